"""A casefile on disk as a stranger might write it: all that the loader accepts and nobody wants to have printed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

RULES: Final = Path(__file__).resolve().parents[1] / "good" / "rules"

MARKUP: Final = (
    "<script>alert(1)</script>",
    "</pre>&lt;img src=x onerror=alert(1)>",
    "[bold red]loud[/bold red] :bomb: [link=https://example.org/]here[/link]",
    "**a** _b_ `c` [d](javascript:e) | f | # g",
    "=cmd|' /C calc'!A0",
    "+1;@SUM(A1)",
    r"\x1b[2J\033[31m\e]0;title\a %s %n {0} {bearer} $(id) `id`",
)
"""Text that some program would take for more than text."""

HIDDEN_IN_YAML: Final = (
    "soft\u00adhyphen",
    "marks\u200fand\u200eback\u061c",
    "filled\u3164\u115f\uffa0",
    "joined\u2060\u2064\ufff9",
    "tagged\U000e0041\U000e007f",
)
"""Text with signs that nobody sees and that YAML may hold."""

HIDDEN_IN_TEXT: Final = (
    "\x1b[2J\x1b[31m\x1b]0;title\x07\x1b]8;;https://example.org/\x07\x1b[?25l\x1bc",
    "\x9b31m\x9d0;title\x9c\x07\x08\x7f\x0e\x0f\x00",
    "\u202egnp.exe\u2066\u200b\ufeff",
)
"""What a document may hold, as it is read byte by byte."""

WIDE: Final = (
    "W" * 200,
    "二〇二七年五月三日、陸軍は凧を揚げた" * 4,
    "".join(f"Z{chr(0x300 + number % 48) * 4}" for number in range(48)),
    "שלום قال 李明 ☰🇦🇧👩🏽 \u06dd7",
    "https://example.org/" + "path/" * 30,
)
"""Text that is long, wide, stacked or runs the other way."""

NAME: Final = 'it\'s "a" <b>&amp;; =1 $(id) `id` *.txt'
"""The name of a document; its folder has a worse one."""
FOLDER: Final = "a \"b\"  'c'\n\x1b[31m\x1b]0;title\x07\u202ed e"

SAID: Final = " ".join((*MARKUP, *HIDDEN_IN_YAML, *WIDE))
"""What stands in every field that a stranger fills."""

# Between these two words the document has white space of every kind, some of which acts on a terminal.
BETWEEN: Final = "over\x0b\x0c\x1c\x1d\x85\u2028\u2029\r\n\t\u3000\u00adthe market"


def write(folder: Path) -> Path:
    """Write the casefile below `folder`; returns its event file."""
    place = folder / FOLDER
    place.mkdir()
    text = f"{SAID}\n{' '.join(HIDDEN_IN_TEXT)}\nThe army flew kites {BETWEEN}, at 40 metres. A club denied it.\n"
    data = text.encode("utf-8")
    (place / NAME).write_bytes(data)
    path = place / f"{NAME.removesuffix('.txt')}.events.yaml"
    # What is JSON is YAML as well, and nothing in it can be taken for its form.
    path.write_text(json.dumps(_content(hashlib.sha256(data).hexdigest()), ensure_ascii=False), encoding="utf-8")
    return path


def _content(sha256: str) -> dict[str, object]:
    return {
        "format": "treatycheck.events/1",
        "document": {
            "file": NAME,
            "sha256": sha256,
            "title": SAID,
            "publisher": SAID,
            "kind": "news_article",
            "date": {"edtf": "2027-05", "basis": SAID, "note": SAID},
            "note": SAID,
        },
        "actors": {
            "army": {"name": f"Army {SAID}", "kind": "state_organ", "code": "NLA", "note": SAID},
            "north": {"name": "Northland", "kind": "state", "code": "NLA"},
            "club": {"name": f"Club {SAID}", "kind": "club", "note": SAID},
        },
        "quotes": {
            "flight": "The army flew kites over the market",
            "height": "at 40 metres",
            "denial": "A club denied it",
            "all": SAID,
        },
        "events": [
            {
                "id": "M-1",
                "title": SAID,
                "act": {"value": "fly", "quotes": ["flight"], "hedge": "flew", "note": SAID},
                "modality": {"value": "occurred"},
                "date": {"edtf": "2027-05-03", "note": SAID},
                "strength": "S2",
                "quotes": ["flight", "all", "height"],
                "place": {"country": "WLA", "described": SAID, "note": SAID},
                "participants": [
                    {"actor": "army", "role": "flyer", "note": SAID},
                    {
                        "actor": "club",
                        "role": "flyer",
                        "note": SAID,
                        "attributed_to": [{"actor": "north", "facts": {"ordered": {"value": "unknown"}}, "note": SAID}],
                    },
                ],
                "objects": [{"described": SAID, "model": {"value": "Albatross 3"}, "note": SAID}],
                "facts": {"height": {"value": "40", "quotes": ["height"], "note": SAID}},
                "source": {"asserter": SAID, "chain": [SAID, "b"], "note": SAID},
                "dispute": {"status": "denied", "by": SAID, "quotes": ["denial"], "note": SAID},
                "accounts": [
                    {
                        "according_to": SAID,
                        "strength": "S2",
                        "quotes": ["denial"],
                        "place": {"country": "NLA", "described": SAID},
                        "note": SAID,
                    }
                ],
                "note": SAID,
            }
        ],
    }
