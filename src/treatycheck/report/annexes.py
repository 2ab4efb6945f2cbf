"""The annexes: every event with its paragraphs, documents that were not checked, and the positions in force.

What no rule engaged is listed too, so that nothing drops out of sight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from treatycheck.findings import PositionUse, Report
from treatycheck.report.blocks import DASH, Block, Column, Heading, Items, Paragraph, Run, Table, code, line
from treatycheck.report.numbering import Numbered
from treatycheck.rulebook.model import Wording


def annexes(report: Report, numbered: Numbered, wording: Wording) -> Iterator[Block]:
    """All annexes of a report."""
    yield Heading(2, line("Annex A. Events"))
    yield from _events(report, numbered, wording)
    if report.unencoded:
        yield Heading(2, line("Annex B. Documents not checked"))
        yield Paragraph(line(wording.report.unencoded))
        yield Items(tuple(("•", line(code(name))) for name in report.unencoded))
    if report.positions:
        yield Heading(2, line(f"Annex {'C' if report.unencoded else 'B'}. Positions in force"))
        yield _positions(report, numbered, wording)


def by_reference(positions: Iterable[PositionUse]) -> list[PositionUse]:
    """Positions in the order of the references by which lawyers know them."""
    return sorted(positions, key=lambda position: (position.reference, position.id))


def _events(report: Report, numbered: Numbered, wording: Wording) -> Iterator[Block]:
    titles = {(finding.document, finding.event): finding.event_title for finding in report.findings}
    columns = (Column("Event", 8), Column("Paragraphs", 10), Column("Title", 30))
    for document in report.documents:
        yield Heading(3, line(document.title))
        if not document.events:
            yield Paragraph(line(wording.report.no_events))
            continue
        rows = []
        for event in document.events:
            key = (document.file, event)
            paragraphs = ", ".join(map(str, numbered.events.get(key, ())))
            rows.append((line(code(event)), line(paragraphs or DASH), line(titles.get(key, wording.report.unengaged))))
        yield Table(columns, tuple(rows))


def _others(position: PositionUse) -> Iterator[str | Run]:
    """The readings that were not chosen, each with its name."""
    for name, summary in position.others.items():
        yield " · "
        yield code(name)
        yield f": {summary}"


def _positions(report: Report, numbered: Numbered, wording: Wording) -> Block:
    columns = (Column("Ref.", 4), Column("Position", 18), Column("Reading", 24), Column("Law", 8), Column("¶", 2))
    rows = []
    for position in by_reference(report.positions):
        used = [
            entry.number for entry in numbered.findings if any(use.id == position.id for use in entry.finding.positions)
        ]
        used += [
            group.number
            for group in numbered.considered
            if any(use.id == position.id for finding in group.findings for use in finding.positions)
        ]
        rows.append(
            (
                line(position.reference),
                line(code(position.id), ": ", code(position.chosen)),
                line(f"{position.question} {position.summary}", *_others(position)),
                line(wording.confidences[position.confidence]),
                line(", ".join(map(str, used)) or DASH),
            )
        )
    return Table(columns, tuple(rows))
