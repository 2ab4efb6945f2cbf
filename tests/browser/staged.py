"""Pages for tests in a browser: the report on the seeds, and reports on documents that were written to make trouble."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile, Dossier
from treatycheck.check import Options, check
from treatycheck.documents.quotes import Quote
from treatycheck.report.web.page import render
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]
OPTIONS: Final = Options(engine="reference")

RUNS: Final = (
    "<script>document.title='ran';alert(1)</script>",
    "<img src=x onerror=\"document.title='ran'\">",
    "\"><svg onload=alert(1)>'><b onmouseover=alert(2)>",
    "</style><script>alert(3)</script>",
    "</title><script>alert(4)</script>",
    "--><iframe src='https://example.org/'></iframe><!--",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<link rel=stylesheet href='https://example.org/a.css'><base href='https://example.org/'>",
    "<a href='javascript:alert(5)'>here</a>",
    "<style>*{display:none}body{background:url(https://example.org/b.png)}</style>",
    "&lt;script&gt;&#60;script>",
    "]]><![CDATA[<script>alert(6)</script>",
)
"""Text that would do something, if anybody took it for markup."""

HIDES: Final = (
    "\u202eright to left\u202c and \u2066isolated",
    "zero\u200bwidth\u2060join\ufeffer",
    "\x07bell \x1b[31mred\x1b[0m \x7f \x85",
    "tag\U000e0041\U000e0042s",
    "soft\u00adhyphen",
)
"""Text of which a reader would not see everything, or not where it stands."""

BREAKS: Final = (
    "W" * 3000,
    "".join(f"Z{chr(0x300 + number % 64) * 12}" for number in range(40)),
    "a\"b'c<d>&e`f\\g/..;h.txt",
    "https://example.org/" + "path/" * 200,
)
"""Text that does not fit."""


@cache
def seeds() -> str:
    """The report on the seeds."""
    rulebook = load_rulebook(ROOT / "rules")
    casefile = load_casefile([ROOT / "seeds"], rulebook)
    return render(check(rulebook, casefile, OPTIONS), rulebook, casefile)


@cache
def kites() -> tuple[Rulebook, Dossier]:
    """A small law of an invented matter, and a document on it."""
    rulebook = load_rulebook(ROOT / "tests" / "good" / "rules")
    return rulebook, load_casefile([ROOT / "tests" / "good" / "case"], rulebook).dossiers[0]


def hostile() -> str:
    """A report in which everything a stranger may write is hostile, and the document is made of it."""
    text = "\r\n".join((*RUNS, *HIDES, *BREAKS, "nul \0 here", "paragraph\u2029separator"))
    return page(text, {"market": HIDES[0], "club": BREAKS[0], "height": RUNS[2]}, " ".join((*RUNS, *HIDES, *BREAKS)))


def page(text: str, quotes: Mapping[str, str], name: str, sized: Callable[[Dossier], Dossier] = lambda one: one) -> str:
    """A report on a text; `quotes` are words of it, and `name` stands wherever an analyst may put a name."""
    rulebook, dossier = kites()
    casefile = Casefile((sized(staged(dossier, text, quotes, name)),), (name,))
    return render(check(rulebook, casefile, OPTIONS), rulebook, casefile)


def staged(dossier: Dossier, text: str, quotes: Mapping[str, str], name: str) -> Dossier:
    """A dossier with another text; quotes that are not given are the first lines of it."""
    first = text[: min(len(text), 60)]
    found = {one: quotes.get(one, first) for one in dossier.quotes}
    places = {one: Quote(text.index(words), text.index(words) + len(words), words) for one, words in found.items()}
    (event,) = dossier.events
    event = replace(
        event,
        id=name,
        title=name,
        note=name,
        source=replace(event.source, asserter=name, chain=(name, name)),
        dispute=replace(event.dispute, status="denied", by=name, quotes=("club",)),
        objects=tuple(replace(one, described=name) for one in event.objects),
        place=None if event.place is None else replace(event.place, described=name),
    )
    return replace(
        dossier,
        document=replace(dossier.document, text=text, file=name),
        entry=replace(dossier.entry, file=name, title=name, publisher=name, note=name),
        actors={
            key: replace(one, name=name if one.kind == "club" else one.name) for key, one in dossier.actors.items()
        },
        events=(event,),
        quotes=places,
    )


ARABIC: Final = "قال الجيش في 3 مايو 2027 إنه أطلق ثلاث طائرات ورقية فوق السوق. ونفى النادي ذلك."
HEBREW: Final = "הצבא אמר כי הפריח שלושה עפיפונים (Albatross 3) מעל השוק ב־3 במאי 2027."


def right_to_left() -> str:
    """A report on a document in Arabic and Hebrew, with a line that runs from left to right."""
    text = f"{ARABIC}\n{HEBREW}\nThe witnesses spoke of kites, {ARABIC}\n"
    return page(text, {"flight": "أطلق ثلاث طائرات ورقية", "club": "עפיפונים (Albatross 3) מעל"}, ARABIC[:30])


IDEOGRAPHS: Final = "二〇二七年五月三日、陸軍は市場の上空で三機の凧を揚げたと目撃者が述べた。クラブはこれを否定した。"


def ideographs() -> str:
    """A report on a document in Japanese, all of it in one line without a space."""
    return page(IDEOGRAPHS * 20, {"flight": IDEOGRAPHS[10:30], "club": "クラブはこれを否定した"}, IDEOGRAPHS[:20])
