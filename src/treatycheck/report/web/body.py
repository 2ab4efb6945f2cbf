"""The text of the report with places to link to: entries, notes and proofs, and the filters before the summary.

The blocks are those of every other format, set by `report.html`; they are cut into sections here and not worded anew.
Links are put into the markup of `report.html`, which no text of a document can imitate, as text is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from treatycheck.findings import Finding
from treatycheck.phrasing import capital
from treatycheck.report import html
from treatycheck.report.blocks import Block, Heading, Notes, Paragraph, Table, Tree
from treatycheck.report.numbering import Numbered
from treatycheck.report.web.cited import Cited, Place
from treatycheck.report.web.filters import Filters

SUMMARY: Final = "¶"
"""What the table is known by that has a row for each entry: the title of its first column."""

_ENTRY: Final = 3
_NUMBER: Final = re.compile(r"(\d+)\.")
_NOTE: Final = re.compile(r"<sup>\[(\d+)\]</sup>")
_NOTED: Final = re.compile(r'<li class="hanging"><span class="label">\[(\d+)\]</span>')
_ROW: Final = re.compile(r'<tr><th scope="row">(\d+)</th><td>(<strong>.*?</strong>)')
_SCROLLED: Final = '<div class="wide'


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the report under one heading, or one entry or group of entries with its number."""

    kind: str
    number: int
    blocks: tuple[Block, ...]

    @property
    def heading(self) -> Heading | None:
        """The heading it begins with, if it does."""
        return first if isinstance(first := self.blocks[0], Heading) else None


def parts(blocks: Iterable[Block], numbered: Numbered) -> Iterator[Part]:
    """Cut a report at its headings, its entries and what was considered on one event."""
    entries = {entry.number for entry in numbered.entries}
    groups = {group.number for group in numbered.considered}
    kind, number, own = "part", 0, list[Block]()
    for block in blocks:
        begun = _begun(block, entries, groups)
        if begun is not None:
            if own:
                yield Part(kind, number, tuple(own))
            (kind, number), own = begun, []
        own.append(block)
        if isinstance(block, Heading) and block.level == 1:
            # The contents come between the title and what stands below it.
            yield Part(kind, number, (block,))
            own = []
    if own:
        yield Part(kind, number, tuple(own))


def _begun(block: Block, entries: set[int], groups: set[int]) -> tuple[str, int] | None:
    """What begins with a block, if anything does."""
    if isinstance(block, Heading):
        found = _NUMBER.fullmatch(block.number)
        if block.level == _ENTRY and found and int(found[1]) in entries:
            return "entry", int(found[1])
        return "part", 0
    if isinstance(block, Table) and block.columns[0].title == SUMMARY:
        return "summary", 0
    if isinstance(block, Paragraph) and (found := _NUMBER.fullmatch(block.number)) and int(found[1]) in groups:
        return "group", int(found[1])
    return None


@dataclass(frozen=True, slots=True)
class Body:
    """What the text of the report is set with; `notes` are the places of the quotes that notes cite, by number."""

    numbered: Numbered
    cited: Cited
    filters: Filters
    proof: Callable[[Finding], Tree]
    notes: Mapping[int, Place]
    labels: Mapping[Place, str]

    def part(self, part: Part, name: str) -> str:
        """One part as a section; `name` is what it is called in the page, where nothing else names it."""
        # A long report is set as it comes into view, but for the proofs: to what is left out, links go astray.
        told = f'<div class="told">\n{self._set(part)}</div>\n'
        if part.kind == "entry":
            classes = self.filters.classes[part.number]
            entry = self.numbered.entries[part.number - 1]
            proofs = self._proofs(entry.findings, f"p{part.number}")
            return f'<section class="row entry {classes}" id="e{part.number}">\n{told}{proofs}</section>\n'
        if part.kind == "group":
            group = self.numbered.considered[part.number - len(self.numbered.entries) - 1]
            proofs = self._proofs([finding for line in group.lines for finding in line], f"p{part.number}")
            return f'<section class="entry" id="e{part.number}">\n{told}{proofs}</section>\n'
        if part.kind == "summary":
            # The filters stand beside what they hide: a style that looks into all of the report is slow to follow.
            return self._set(part)
        return f'<section id="{name}">\n{self._set(part)}</section>\n'

    def _set(self, part: Part) -> str:
        return "".join(self._blocks(part.blocks))

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        """Blocks between which the filters and the ends of notes have their place."""
        plain: list[Block] = []
        for block in blocks:
            if isinstance(block, Table) and block.columns[0].title == SUMMARY:
                yield self.linked(html.content(plain))
                plain = []
                yield self.filters.markup()
                yield f'<div class="summary">{self._summary(block)}</div>\n{self.filters.count()}'
            elif isinstance(block, Notes):
                yield self.linked(html.content(plain))
                plain = []
                yield _NOTED.sub(self._noted, html.content([block]))
            else:
                plain.append(block)
        yield self.linked(html.content(plain))

    def linked(self, markup: str) -> str:
        """Markup in which notes are links, and what scrolls can be reached by keyboard."""
        return _scrolled(_NOTE.sub(self._note, markup))

    def _note(self, found: re.Match[str]) -> str:
        """The number of a note: a quote is shown in its document, anything else in the notes."""
        place = self.notes.get(int(found[1]))
        target = f"n{found[1]}" if place is None else f"q{place.id}"
        return f'<sup><a href="#{target}" aria-label="note {found[1]}">[{found[1]}]</a></sup>'

    def _noted(self, found: re.Match[str]) -> str:
        number = found[1]
        place = self.notes.get(int(number))
        label = f"[{number}]" if place is None else f'<a href="#q{place.id}">[{number}]</a>'
        return f'<li class="hanging" id="n{number}"><span class="label">{label}</span>'

    def _summary(self, table: Table) -> str:
        def row(found: re.Match[str]) -> str:
            number, rule = found[1], found[2]
            return (
                f'<tr class="row {self.filters.classes[int(number)]}">'
                f'<th scope="row"><a href="#e{number}">{number}</a></th><td><a href="#p{number}">{rule}</a>'
            )

        return _scrolled(_ROW.sub(row, html.content([table])))

    def _proofs(self, findings: Sequence[Finding], name: str) -> str:
        """The proofs of an entry, folded; a link to `name` unfolds them and shows the entry from its beginning."""
        anchor = f'<span class="start" id="{name}"></span>'
        if len(findings) == 1:
            (finding,) = findings
            inner = f'<span id="f-{finding.id}"></span>{self._proof(finding)}'
            return f'<details class="proof"><summary>Proof</summary>{anchor}\n{inner}</details>\n'
        inner = "".join(
            f"<details><summary>{html.escaped(capital(finding.citation))} — {html.escaped(finding.title)}</summary>"
            f'<span id="f-{finding.id}"></span>\n{self._proof(finding)}</details>\n'
            for finding in findings
        )
        return f'<details class="proof"><summary>Proofs ({len(findings)})</summary>{anchor}\n{inner}</details>\n'

    def _proof(self, finding: Finding) -> str:
        tree = html.content([self.proof(finding)])
        places = self.cited.places[finding.id]
        if not places:
            return tree
        links = ", ".join(f'<a href="#q{place.id}">{self.quote(place)}</a>' for place in places)
        return f"<p>Numbers below are those of this proof. Its quotes in their documents: {links}.</p>\n{tree}"

    def quote(self, place: Place) -> str:
        """What a quote is called: the number of its note, or its place where no note cites it."""
        label = self.labels.get(place)
        return f"[{label}]" if label else f"{place.start}–{place.end}"  # noqa: RUF001 - the dash of a stretch


def _scrolled(markup: str) -> str:
    return markup.replace(
        _SCROLLED, f'<div tabindex="0" role="group" aria-label="Table" {_SCROLLED.removeprefix("<div ")}'
    )
