"""The annexes: status of States, events, sources, positions, outcomes and silent rules, documents not checked, receipt.

What no rule engaged is listed too, so that nothing drops out of sight.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase

from treatycheck.findings import EventRef, Report, Unasked
from treatycheck.phrasing import capital
from treatycheck.report import waivers
from treatycheck.report.alternatives import positions
from treatycheck.report.blocks import Block, Column, Heading, Items, Line, Paragraph, Table, code, line
from treatycheck.report.citing import cited
from treatycheck.report.extracts import event_line, sources, status_table
from treatycheck.report.page import Page, bearer_short, paragraphs_named


def annexes(report: Report, page: Page) -> Iterator[Block]:
    """All annexes of a report, lettered in their order; one that would be empty is left out."""
    words, material = page.wording.material, report.material
    parts: list[tuple[bool, str, Iterator[Block]]] = [
        (bool(material.statuses), words.status, status_table(report, page)),
        (True, words.events, _events(report, page)),
        (bool(material.events), words.sources, sources(report, page)),
        (bool(report.positions), words.positions, iter((positions(report, page),))),
        (True, words.counts, _counts(report, page)),
        (bool(report.unencoded), words.unencoded, _unencoded(report, page)),
        (True, words.receipt, _receipt(report, page)),
    ]
    shown = [(title, blocks) for there, title, blocks in parts if there]
    for letter, (title, blocks) in zip(ascii_uppercase, shown, strict=False):
        yield Heading(2, line(f"Annex {letter}. {title}"))
        yield from blocks


def _events(report: Report, page: Page) -> Iterator[Block]:
    """Every event by document: what it is, and where it is told or why no rule gives a finding."""
    known = {(one.document, one.id): one for one in report.material.events}
    titles = {(finding.document, finding.event): finding.event_title for finding in report.findings}
    for document in report.documents:
        yield Heading(3, line(document.title))
        if not document.events:
            yield Paragraph(line(page.wording.report.no_events))
            continue
        entries = []
        for event in document.events:
            key = (document.file, event)
            found, numbers = known.get(key), page.numbered.events.get(key, ())
            title = found.title if found is not None else titles.get(key, "")
            about = f" {event_line(found)}." if found is not None else ""
            told = f" {paragraphs_named(numbers)}." if numbers else f" {_unengaged(found, page)}"
            entries.append((event, line(f"{title}.{about}{told}".strip())))
        yield Items(tuple(entries))


def _unengaged(event: EventRef | None, page: Page) -> str:
    """Why no rule gives a finding on an event."""
    sentence = page.wording.material.unengaged["" if event is None else event.unengaged]
    filled = {} if event is None else {"roles": " or ".join(event.roles), "taking_part": ", ".join(event.taking_part)}
    return f"{capital(page.wording.report.unengaged)} it: {sentence.format(**filled)}"


def _counts(report: Report, page: Page) -> Iterator[Block]:
    """How often each outcome occurs and what it means; the rules without a finding, by instrument and by event."""
    words = page.wording
    once: dict[str, int] = {}
    for finding in report.findings:
        once[finding.outcome] = once.get(finding.outcome, 0) + (not finding.counted_in)
    fused = any(finding.counted_in for finding in report.findings)
    columns = [Column("Outcome", 18), Column("Number", 6), Column("Meaning", 30)]
    rows = []
    for name, outcome in words.outcomes.items():
        row = [line(outcome.label), line(str(report.counts.get(name, 0))), line(outcome.meaning)]
        if fused:
            row.insert(2, line(str(once.get(name, 0 if name != "no_finding" else report.counts.get(name, 0)))))
        rows.append(tuple(row))
    if fused:
        columns.insert(2, Column(words.material.once, 5))
    if report.waivers:
        aside = [line(words.waivers.count), line(str(waivers.number_of(report))), line(words.waivers.counted)]
        if fused:
            once_aside = sum(one.waiver is not None and not one.counted_in for one in report.findings)
            aside.insert(2, line(str(once_aside)))
        rows.append(tuple(aside))
    yield Table(tuple(columns), tuple(rows))
    if report.material.asked:
        yield Paragraph(line(words.material.asked_note))
        yield _asked(report)
    if report.material.unasked:
        yield Heading(3, line(words.material.unasked))
        yield Paragraph(line(words.material.unasked_note))
        yield Items(tuple(_unasked(report.material.unasked, page)))


def _asked(report: Report) -> Table:
    columns = (
        *(Column("Instrument", 16), Column("Rules", 5), Column("Without a finding", 9)),
        *(Column("Asked", 6), Column("No finding", 7)),
    )
    rows = (
        (
            line(capital(report.abbreviations.get(one.instrument, one.instrument))),
            *(line(str(number)) for number in (one.rules, len(one.silent), one.asked, one.no_finding)),
        )
        for one in report.material.asked
    )
    return Table(columns, tuple(rows))


def _unasked(unasked: tuple[Unasked, ...], page: Page) -> Iterator[tuple[str, Line]]:
    """By event, the rules that were not asked; bearers of whom the same is said stand together."""
    same: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for one in unasked:
        bearer = bearer_short(one.bearer, page.wording)
        same.setdefault((one.document, one.event, one.citations), []).append(bearer)
    for (_, event, citations), bearers in same.items():
        named = "; ".join(dict.fromkeys(bearers))
        yield "•", line(code(event), f" {named}: {cited(citations, page.wording.report.plurals)}.")


def _unencoded(report: Report, page: Page) -> Iterator[Block]:
    yield Paragraph(line(page.wording.report.unencoded))
    yield Items(tuple(("•", line(code(name))) for name in report.unencoded))


def _receipt(report: Report, page: Page) -> Iterator[Block]:
    """Whole hashes of what was read, of which the masthead shows the beginning."""
    read = [("Rulebook", report.receipt.rulebook_sha256)]
    for document in report.documents:
        name = capital(page.citations.numbers((document.file,)))
        if not document.fused:
            read.append((f"Document {name}", document.sha256))
        read.append((f"Document {name}, events", document.events_sha256))
    yield Paragraph(line(page.wording.material.receipt_note))
    yield Items(tuple(("•", line(f"{name}: ", code(found))) for name, found in read if found))
