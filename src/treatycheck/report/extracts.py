"""The annexes on what a report rests on: rows of registers on the States concerned, and sources with their relays.

Repeats registers and event files; it weighs no source.
"""

from __future__ import annotations

from collections.abc import Iterator

from treatycheck.dates import describe_day
from treatycheck.findings import EventRef, Report, SourceRef
from treatycheck.phrasing import capital
from treatycheck.report.blocks import DASH, Block, Column, Heading, Items, Line, Paragraph, Run, Table, code, line
from treatycheck.report.page import Page


def status_table(report: Report, page: Page) -> Iterator[Block]:
    """The dated acts of each State under each instrument, with the row and whether it was verified."""
    words = page.wording
    columns = (Column("State", 12), Column("Instrument", 10), Column("Dated acts", 24), Column("Row, source", 18))
    rows = []
    for one in report.material.statuses:
        checked = words.report.verified.get(one.row.verified, one.row.verified)
        short = capital(report.abbreviations.get(one.instrument, one.instrument))
        acts = "; ".join(one.acts) or one.status
        source = line(f"row {one.row.row}, {checked}", *page.citations.registers((one.row,)))
        rows.append((line(one.state), line(short), line(capital(acts)), source))
    yield Paragraph(line(words.material.status_note.format(day=describe_day(report.receipt.as_of))))
    yield Table(columns, tuple(rows))


def sources(report: Report, page: Page) -> Iterator[Block]:
    """By document, who asserts and relays what; then which documents share a source and are one chain so far."""
    words = page.wording.material
    yield Paragraph(line(words.sources_note))
    columns = (Column("Asserted by", 20), Column("Interest", 12), Column("Relayed by", 16), Column("Events", 12))
    known = {(one.document, one.id): one for one in report.material.events}
    for document in report.documents:
        found: dict[tuple[SourceRef, tuple[str, ...]], list[str]] = {}
        for event in (known[document.file, name] for name in document.events if (document.file, name) in known):
            for place, source in enumerate(event.sources):
                key = (source, event.draws_on if not place else ())
                found.setdefault(key, []).append(event.id)
        if found:
            yield Heading(3, line(document.title))
            rows = tuple(_source(source, drawn, ids, page) for (source, drawn), ids in found.items())
            yield Table(columns, rows)
    yield from _chains(report, page)


def _source(source: SourceRef, drawn: tuple[str, ...], events: list[str], page: Page) -> tuple[Line, ...]:
    words = page.wording
    interest = words.report.interests.get(source.interest, source.interest) or words.material.other_account
    relays = f"fused from {', '.join(drawn)}" if drawn else " → ".join(source.chain)
    return line(source.asserter), line(interest), line(relays or DASH), line(*codes(events))


def _chains(report: Report, page: Page) -> Iterator[Block]:
    words = page.wording.material
    if not report.material.shared:
        if len([one for one in report.documents if not one.fused]) > 1:
            yield Paragraph(line(words.apart))
        return
    entries = []
    for one in report.material.shared:
        documents = page.citations.numbers(one.documents)
        told = words.shared.format(documents=documents, name=one.name, events=", ".join(one.events))
        entries.append(("•", line(told)))
    yield Items(tuple(entries))


def codes(names: list[str] | tuple[str, ...]) -> Iterator[str | Run]:
    """Ids, one after another."""
    for place, name in enumerate(names):
        yield ", " if place else ""
        yield code(name)


def event_line(event: EventRef) -> str:
    """What an event is, in a few words: the act, when, and how the source speaks of it."""
    return f"{capital(event.act)}; {event.read_as}; {event.modality.removeprefix('is ')}"
