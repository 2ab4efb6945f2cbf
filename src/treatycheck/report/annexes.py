"""The annexes: every event with its paragraphs, documents that were not checked, and the positions in force.

What no rule engaged is listed too, so that nothing drops out of sight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from treatycheck.findings import PositionUse, Report
from treatycheck.phrasing import capital
from treatycheck.report.blocks import DASH, Block, Heading, Items, Line, Paragraph, Run, code, line
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
    """Positions in the order of the references by which lawyers know them, then those that have none."""
    return sorted(positions, key=lambda position: (not position.reference, position.reference, position.id))


def _events(report: Report, numbered: Numbered, wording: Wording) -> Iterator[Block]:
    titles = {(finding.document, finding.event): finding.event_title for finding in report.findings}
    for document in report.documents:
        yield Heading(3, line(document.title))
        if not document.events:
            yield Paragraph(line(wording.report.no_events))
            continue
        engaged = [event for event in document.events if (document.file, event) in numbered.events]
        others = [event for event in document.events if event not in engaged]
        entries = [
            (event, line(f"{titles[document.file, event]}: {_marked(numbered.events[document.file, event])}."))
            for event in engaged
        ]
        if others:
            entries.append((DASH, line(f"{capital(wording.report.unengaged)}: ", *_listed(others), ".")))
        yield Items(tuple(entries))


def _marked(numbers: Iterable[int]) -> str:
    """Numbers of paragraphs with their sign, which stays with the first."""
    return f"¶\N{NO-BREAK SPACE}{', '.join(map(str, numbers))}"


def _listed(events: Iterable[str]) -> Iterator[str | Run]:
    for place, event in enumerate(events):
        yield ", " if place else ""
        yield code(event)


def _positions(report: Report, numbered: Numbered, wording: Wording) -> Block:
    """Every position with its reading, the readings not chosen, and the paragraphs on outcomes that depend on it."""
    used: dict[str, dict[int, None]] = {}
    for entry in numbered.entries:
        for use in (use for finding in entry.findings for use in finding.positions):
            used.setdefault(use.id, {})[entry.number] = None
    for group in numbered.considered:
        for use in (use for same in group.lines for use in same[0].positions):
            used.setdefault(use.id, {})[group.number] = None
    return Items(
        tuple(
            (one.reference or DASH, _position(one, used.get(one.id, ()), wording))
            for one in by_reference(report.positions)
        )
    )


def _position(position: PositionUse, used: Iterable[int], wording: Wording) -> Line:
    numbers = tuple(used)
    law = wording.confidences[position.confidence]
    name = (code(position.id), ": ", code(position.chosen))
    if not numbers:
        # Nothing here turns on it: the readings are named and not explained.
        return line(*name, *_alternatives(position), f". {position.question} Law: {law}.")
    others: list[str | Run] = []
    for one, summary in position.others.items():
        others += [" · ", code(one), f": {summary}"]
    reading = f". {position.question} {position.summary}"
    return line(*name, reading, *others, f" Law: {law}. {_marked(numbers)}.")


def _alternatives(position: PositionUse) -> Iterator[str | Run]:
    for place, name in enumerate(position.others):
        yield ", " if place else " (or "
        yield code(name)
    yield ")" if position.others else ""
