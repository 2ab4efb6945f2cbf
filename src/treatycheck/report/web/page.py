"""The page as a whole: one file with its style and nothing else, which asks for nothing and runs nothing.

A strict policy stands at its head: even if some text got through as markup, nothing of it could load or run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from treatycheck.casefile.model import Casefile, Dossier
from treatycheck.check import under
from treatycheck.dates import describe_day
from treatycheck.findings import Finding, Report
from treatycheck.phrasing import capital
from treatycheck.report import html
from treatycheck.report.blocks import Block, Notes
from treatycheck.report.explanation import proofs
from treatycheck.report.html import escaped
from treatycheck.report.layout import layout
from treatycheck.report.numbering import Numbered, number
from treatycheck.report.page import bearer_short
from treatycheck.report.web.body import Body, parts
from treatycheck.report.web.cited import Cited, Place, Uses, collect
from treatycheck.report.web.filters import filters
from treatycheck.report.web.source import Marking, marked
from treatycheck.report.web.timeline import timelines
from treatycheck.rulebook.model import Rulebook, Wording

POLICY: Final = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"

MOST_AT_ONCE: Final = 500
"""With more entries than this, a browser sets each when it comes into view, and none points out its quotes.

Either would slow a long page down. In a short one all stand in their places before anybody follows a link.
"""

_ENTRY: Final = "> div > "
_START: Final = "> div > section > details > "
"""Where the targets stand below the report: a browser that had to look for each in all of it would take seconds."""

_IN_VIEW: Final = "@media screen{.told{content-visibility:auto;contain-intrinsic-size:auto 60em}}\n"


def render(report: Report, rulebook: Rulebook, casefile: Casefile) -> str:
    """Return the report on a casefile as one HTML file."""
    return "".join(_Page(report, rulebook, casefile).lines())


@cache
def _own_style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


class _Page:
    """The parts of the page, which know one another's names."""

    def __init__(self, report: Report, rulebook: Rulebook, casefile: Casefile) -> None:
        self._report, self._rulebook, self._casefile = report, rulebook, casefile
        self._wording: Wording = rulebook.wording
        self._numbered: Numbered = number(report)
        self._cited: Cited = collect(report, casefile)
        blocks = layout(report, self._wording)
        self._notes = dict(_noted(blocks, self._cited))
        labels = {place: str(note) for note, place in reversed(self._notes.items())}
        self._filters = filters(self._numbered.entries, report, self._wording)
        proof = proofs(report, self._wording, rulebook.cite)
        self._body = Body(self._numbered, self._cited, self._filters, proof, self._notes, labels)
        self._parts = list(parts(blocks, self._numbered))
        self._where = _where(self._numbered)
        classes = _classes(self._cited, self._where)
        self._markings = [
            marked(dossier.document.text, self._cited.by_text[place], labels, classes)
            for place, dossier in enumerate(self._cited.texts, 1)
        ]

    def lines(self) -> Iterator[str]:
        """The file."""
        style = f"{html.style()}{_own_style()}{self._generated()}"
        hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        title = f"{self._report.title} ({describe_day(self._report.receipt.as_of)})"
        yield '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY.format(hashed)}">\n'
        yield '<meta name="viewport" content="width=device-width">\n<meta name="color-scheme" content="light dark">\n'
        yield f"<title>{escaped(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        yield '<p class="skip"><a href="#report">To the report</a> <a href="#documents">To the documents</a></p>\n'
        yield '<main class="report" id="report" tabindex="0">\n<div class="treatycheck">\n'
        yield from self._told()
        yield '</div>\n</main>\n<aside class="documents" id="documents" tabindex="0" aria-label="Documents">\n'
        yield '<div class="treatycheck">\n'
        yield from self._documents()
        yield "</div>\n</aside>\n</body>\n</html>\n"

    def _generated(self) -> str:
        """The style that follows from what stands on the page: names and numbers, no text."""
        rules = [self._filters.style()]
        if len(self._numbered.entries) > MOST_AT_ONCE:
            rules.append(_IN_VIEW)
        else:
            rules += [
                f".report:has({_ENTRY}#e{one}:target, {_START}#p{one}:target) ~ .documents .e{one}"
                "{outline:2px solid var(--accent)}\n"
                for one in (*(entry.number for entry in self._numbered.entries), *self._groups())
            ]
        rules += [
            f":root:has(#q{place.id}:target) .q{place.id}{{background:var(--chosen)}}\n"
            for marking in self._markings
            for place in marking.cut
        ]
        return "".join(rules)

    def _groups(self) -> Iterable[int]:
        return (group.number for group in self._numbered.considered)

    def _told(self) -> Iterator[str]:
        """The report: its parts in their order, the contents after the masthead, the timeline after the summary."""
        told = {(one.bearer.code, one.event): f"e{self._where[one.id]}" for one in reversed(self._report.findings)}
        registers = under(self._rulebook, self._report.receipt.positions, self._report.receipt.as_of).registers
        timeline = timelines(self._report, self._casefile, self._rulebook, registers, told)
        for place, part in enumerate(self._parts):
            yield self._body.part(part, f"part-{place}")
            if not place:
                yield from self._contents(timeline=bool(timeline))
            if timeline and place == self._summary():
                yield f'<section id="timeline">\n<h2>Timeline of status</h2>\n{timeline}</section>\n'

    def _summary(self) -> int:
        """The place of the part after which the timeline comes: that before the first entry's heading."""
        entries = [place for place, part in enumerate(self._parts) if part.kind == "entry"]
        return entries[0] - 2 if entries and entries[0] > 1 else 0

    def _contents(self, *, timeline: bool) -> Iterator[str]:
        yield '<nav aria-label="Contents">\n<ul>\n'
        for place, part in enumerate(self._parts):
            heading = part.heading
            if part.kind == "part" and heading is not None and heading.level == 2:  # noqa: PLR2004 - the parts
                text = " ".join(filter(None, (heading.number, "".join(run.text for run in heading.line))))
                yield f'<li><a href="#part-{place}">{escaped(text)}</a></li>\n'
            if timeline and place == self._summary():
                yield '<li><a href="#timeline">Timeline of status</a></li>\n'
        yield '<li><a href="#documents">Documents</a></li>\n</ul>\n</nav>\n'
        yield '<p class="paper">Proofs are printed where they are unfolded on the screen.</p>\n'

    def _documents(self) -> Iterator[str]:
        numbers = {dossier.path: place for place, dossier in enumerate(self._casefile.dossiers, 1)}
        yield "<h2>Documents</h2>\n"
        for place, (dossier, marking) in enumerate(zip(self._cited.texts, self._markings, strict=True), 1):
            yield from self._document(place, numbers[dossier.path], dossier, marking)

    def _document(self, place: int, material: int, dossier: Dossier, marking: Marking) -> Iterator[str]:
        entry = dossier.entry
        title = f'{material}. <span dir="auto">{escaped(entry.title)}</span>'
        yield f'<section class="document" id="d{place}">\n<h3>{title}</h3>\n'
        yield f'<p class="file"><code dir="auto">{escaped(entry.file)}</code></p>\n'
        yield f'<div class="source" lang="">{marking.markup}</div>\n</section>\n'
        uses = [(one, self._cited.uses[one]) for one in self._cited.by_text[place]]
        if uses:
            yield f'<section class="uses">\n<h4>Quotes of document {material} and what rests on them</h4>\n<ul>\n'
            yield from (self._use(one, found) for one, found in uses)
            yield "</ul>\n</section>\n"

    def _use(self, place: Place, found: Uses) -> str:
        """A quote with links to what rests on it; it comes to the fore when the quote is chosen in the text."""
        quote = self._cited.texts[place.text - 1].document.text[place.start : place.end]
        lines = "".join(f"<li>{self._finding(one)}</li>" for one in found.findings.values())
        lines += "".join(f"<li>{escaped(one)}</li>" for one in found.others)
        return (
            f'<li class="use" id="u{place.id}"><p><a href="#q{place.id}">{self._body.quote(place)}</a> '
            f'<q dir="auto">{escaped(quote)}</q></p><ul>{lines}</ul></li>\n'
        )

    def _finding(self, finding: Finding) -> str:
        label = self._wording.outcomes[finding.outcome].label
        about = f"{capital(finding.citation)} — {bearer_short(finding.bearer, self._wording)}: {label}"
        return f'<a href="#f-{finding.id}">¶\N{NO-BREAK SPACE}{self._where[finding.id]}</a> {escaped(about)}'


def _noted(blocks: Iterable[Block], cited: Cited) -> Iterator[tuple[int, Place]]:
    """The places of the quotes that notes cite, by the numbers of the notes."""
    for block in blocks:
        if isinstance(block, Notes):
            for note, (file, start, end, key) in enumerate(block.sources, 1):
                place = None if key else cited.place(file, start, end)
                if place is not None:
                    yield note, place


def _where(numbered: Numbered) -> Mapping[str, int]:
    """The number under which each finding is told."""
    found = {finding.id: entry.number for entry in numbered.entries for finding in entry.findings}
    found.update(
        (finding.id, group.number) for group in numbered.considered for line in group.lines for finding in line
    )
    return found


def _classes(cited: Cited, where: Mapping[str, int]) -> Mapping[Place, str]:
    """By its place, the entries that a quote is used in."""
    return {
        place: " ".join(dict.fromkeys(f"e{where[finding]}" for finding in uses.findings))
        for place, uses in cited.uses.items()
    }
