"""The report as a sequence of blocks, the same for the terminal and for Markdown: what comes where, under which number.

Takes its sentences from the wording of the rulebook; it decides nothing and knows no format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from treatycheck.dates import describe_day
from treatycheck.findings import DocumentRef, Finding, PositionUse, Report
from treatycheck.report.annexes import annexes, by_reference
from treatycheck.report.blocks import (
    BREAK,
    Block,
    Column,
    Heading,
    Items,
    Line,
    Pairs,
    Paragraph,
    Table,
    code,
    line,
    strong,
)
from treatycheck.report.citations import Citations
from treatycheck.report.numbered import bearer_heading, capital, finding_blocks, outcome, reply, weakest
from treatycheck.report.numbering import Group, Numbered, letter, number, roman
from treatycheck.report.remarks import procedures, quoted, remarks
from treatycheck.rulebook.model import Wording

SHA_SHOWN: Final = 12
"""Digits of a hash in print; the JSON report has them all."""

_SUMMARY: Final = (
    Column("¶", 2),
    Column("Rule", 17),
    Column("Duty-bearer", 12),
    Column("Outcome", 12),
    Column("Weakest", 9),
    Column("Dispute", 7),
    Column("Law", 8),
)


def layout(report: Report, wording: Wording) -> tuple[Block, ...]:
    """Lay a report out."""
    return tuple(_blocks(report, wording))


def _blocks(report: Report, wording: Wording) -> Iterator[Block]:
    numbered = number(report)
    citations = Citations(report.documents, wording.report)
    # Each part is laid out when its turn comes, so that notes are numbered in the order of the page.
    parts = [
        ("Note on standards", _standards(report)),
        ("Summary", _summary(report, numbered, wording)),
        ("Findings", _findings(numbered, wording, citations)),
        (wording.report.considered, _considered(report, numbered, wording, citations)),
    ]
    if report.procedures:
        parts.append((wording.report.procedures, procedures(report, wording, citations)))
    if report.claims:
        parts.append((wording.report.remarks, remarks(report, wording, citations)))
    parts.append(("Numbers", _numbers(report, wording)))
    yield Heading(1, line(report.title))
    yield from _masthead(report, wording)
    for place, (title, blocks) in enumerate(parts, 1):
        yield Heading(2, line(title), f"{roman(place)}.")
        yield from blocks
    yield from annexes(report, numbered, wording)
    notes = citations.notes()
    if notes.entries:
        yield Heading(2, line("Notes"))
        yield notes


def _masthead(report: Report, wording: Wording) -> Iterator[Block]:
    receipt = report.receipt
    engines = line(" and ".join(receipt.engines) or "none", f"; {receipt.notice}" if receipt.notice else "")
    rulebook = line(
        f"{receipt.rulebook} {receipt.rulebook_version}, SHA-256 ", code(receipt.rulebook_sha256[:SHA_SHOWN])
    )
    rows: list[tuple[str, Line]] = [
        (wording.report.as_of, line(describe_day(receipt.as_of))),
        ("Rulebook", rulebook),
        *_under("Instruments", [line(title) for title in report.instruments.values()]),
        ("Checked with", line(receipt.program, "; engines: ", *engines)),
        *_under("Positions in force", [_position(position) for position in by_reference(report.positions)]),
    ]
    yield Pairs(tuple(rows))
    yield Heading(2, line("Material"))
    yield Items(tuple((f"{place}.", _document(one, wording)) for place, one in enumerate(report.documents, 1)))


def _document(document: DocumentRef, wording: Wording) -> Line:
    date = f"{document.date}, {document.date_note}" if document.date_note else document.date
    return line(
        strong(document.title),
        f", {document.publisher or wording.report.no_publisher}. {capital(date).rstrip('.')}. ",
        code(document.file),
        ", SHA-256 ",
        code(document.sha256[:SHA_SHOWN]),
        ".",
    )


def _under(label: str, lines: list[Line]) -> Iterator[tuple[str, Line]]:
    """Several lines under one label."""
    yield from (("" if place else label, one) for place, one in enumerate(lines))


def _position(position: PositionUse) -> Line:
    return line(f"{position.reference} ", code(position.id), ": ", code(position.chosen))


def _standards(report: Report) -> Iterator[Block]:
    yield Items(tuple((f"({letter(place)})", line(text)) for place, text in enumerate(report.standards)))


def _summary(report: Report, numbered: Numbered, wording: Wording) -> Iterator[Block]:
    counted = Counter(finding.outcome for finding in report.findings)
    labels = (f"{words.label}: {counted[name]}" for name, words in wording.outcomes.items() if counted[name])
    yield Paragraph(line(f"{capital('; '.join(labels))}." if counted else wording.report.nothing_found))
    rows = tuple(_summary_row(entry.number, entry.finding, wording) for entry in numbered.findings)
    if rows:
        yield Table(_SUMMARY, rows, spaced=True)


def _summary_row(paragraph: int, finding: Finding, wording: Wording) -> tuple[Line, ...]:
    return (
        line(str(paragraph)),
        line(strong(finding.citation), BREAK, finding.title),
        line(bearer_heading(finding, wording)),
        line(outcome(finding, wording)),
        line(weakest(finding, wording)),
        line("none" if finding.dispute == "none" else wording.disputes[finding.dispute]),
        line(wording.confidences[finding.confidence]),
    )


def _findings(numbered: Numbered, wording: Wording, citations: Citations) -> Iterator[Block]:
    for entry in numbered.findings:
        yield from finding_blocks(entry.number, entry.finding, wording, citations)
    if not numbered.findings:
        yield Paragraph(line(wording.report.nothing_found))


def _considered(report: Report, numbered: Numbered, wording: Wording, citations: Citations) -> Iterator[Block]:
    yield Paragraph(line(wording.report.considered_note))
    document = ""
    titles = {document.file: document.title for document in report.documents}
    for group in numbered.considered:
        first = group.findings[0]
        if first.document != document:
            document = first.document
            yield Heading(3, line(titles.get(document, document)))
        yield Paragraph(_considered_event(group, wording, citations), f"{group.number}.")
        entries = enumerate(group.findings)
        yield Items(tuple((f"({letter(at)})", _considered_line(one, wording, citations)) for at, one in entries))


def _considered_event(group: Group, wording: Wording, citations: Citations) -> Line:
    """The event of a group, with what is said against it: nobody is named without the reply."""
    first = group.findings[0]
    event = (strong(first.event_title), " (event ", code(first.event), ").")
    if first.dispute == "none":
        return line(*event)
    quotes = quoted(first.dispute_quotes, citations)
    return line(*event, f" {reply(first, wording)}", ": " if quotes else "", *quotes, ".")


def _considered_line(finding: Finding, wording: Wording, citations: Citations) -> Line:
    readings = (
        f" {wording.report.on_position} {use.reference} ({use.id}: {use.chosen}). "
        f"{wording.report.confidence}: {wording.confidences[use.confidence]}."
        for use in finding.positions
    )
    return line(
        f"{finding.title}: {bearer_heading(finding, wording)}. {finding.message}",
        *readings,
        *citations.registers(finding.registers),
    )


def _numbers(report: Report, wording: Wording) -> Iterator[Block]:
    columns = (Column("Outcome", 18), Column("Number", 6), Column("Meaning", 30))
    rows = [
        (line(words.label), line(str(report.counts.get(name, 0))), line(words.meaning))
        for name, words in wording.outcomes.items()
    ]
    yield Table(columns, tuple(rows))
