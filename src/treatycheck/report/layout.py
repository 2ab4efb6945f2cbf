"""The report as a sequence of blocks, the same for the terminal and for Markdown: what comes where, under which number.

Takes its sentences from the wording of the rulebook; it decides nothing and knows no format.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from treatycheck.dates import describe_day
from treatycheck.findings import Finding, PositionUse, Report
from treatycheck.report.annexes import annexes, by_reference
from treatycheck.report.blocks import Block, Column, Heading, Items, Line, Pairs, Paragraph, Table, code, line, strong
from treatycheck.report.citations import Citations
from treatycheck.report.numbered import bearer_heading, capital, finding_blocks, outcome, reply, weakest
from treatycheck.report.numbering import Numbered, number, roman
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
    parts = iter(("Note on standards", "Summary", "Findings", wording.report.considered, "Numbers"))

    def part() -> Heading:
        title = next(parts)
        return Heading(2, line(title), f"{roman(next(count))}.")

    count = iter(range(1, 6))
    yield Heading(1, line(report.title))
    yield from _masthead(report, wording)
    yield part()
    yield Items(tuple((f"({letter})", line(text)) for letter, text in zip(_letters(), report.standards, strict=False)))
    yield part()
    yield from _summary(numbered, wording)
    yield part()
    for entry in numbered.findings:
        yield from finding_blocks(entry.number, entry.finding, wording, citations)
    if not numbered.findings:
        yield Paragraph(line(wording.report.nothing_found))
    yield part()
    yield from _considered(report, numbered, wording, citations)
    yield part()
    yield _counts(report, wording)
    yield from annexes(report, numbered, wording)
    notes = citations.notes()
    if notes.entries:
        yield Heading(2, line("Notes"))
        yield notes


def _letters() -> Iterator[str]:
    """a to z, then aa, bb and so on."""
    times = 0
    while True:
        times += 1
        yield from (chr(ord("a") + place) * times for place in range(26))


def _masthead(report: Report, wording: Wording) -> Iterator[Block]:
    receipt = report.receipt
    engines = line(" and ".join(receipt.engines) or "none", f"; {receipt.notice}" if receipt.notice else "")
    rulebook = line(f"{receipt.rulebook} {receipt.rulebook_version}, SHA-256 ", code(receipt.rulebook_sha256[:SHA_SHOWN]))
    rows: list[tuple[str, Line]] = [
        (wording.report.as_of, line(describe_day(receipt.as_of))),
        ("Rulebook", rulebook),
        *((name, line(title)) for name, title in zip(("Instruments", *[""] * 999), report.instruments.values(), strict=False)),
        ("Checked with", line(receipt.program, "; engines: ", *engines)),
        *(("" if place else "Positions in force", _position(position)) for place, position in enumerate(by_reference(report.positions))),
    ]
    yield Pairs(tuple(rows))
    yield Heading(2, line("Material"))
    entries = []
    for document in report.documents:
        date = f"{document.date}, {document.date_note}" if document.date_note else document.date
        entries.append(
            (
                f"{len(entries) + 1}.",
                line(
                    strong(document.title),
                    f", {document.publisher or wording.report.no_publisher}. {capital(date).rstrip('.')}. ",
                    code(document.file),
                    ", SHA-256 ",
                    code(document.sha256[:SHA_SHOWN]),
                    ".",
                ),
            )
        )
    yield Items(tuple(entries))


def _position(position: PositionUse) -> Line:
    return line(f"{position.reference} ", code(position.id), ": ", code(position.chosen))


def _summary(numbered: Numbered, wording: Wording) -> Iterator[Block]:
    if not numbered.findings:
        yield Paragraph(line(wording.report.nothing_found))
        return
    rows = tuple(_summary_row(entry.number, entry.finding, wording) for entry in numbered.findings)
    yield Table(_SUMMARY, rows, spaced=True)


def _summary_row(paragraph: int, finding: Finding, wording: Wording) -> tuple[Line, ...]:
    return (
        line(str(paragraph)),
        line(strong(finding.citation), f": {finding.title}"),
        line(bearer_heading(finding, wording)),
        line(outcome(finding, wording)),
        line(weakest(finding, wording)),
        line("none" if finding.dispute == "none" else wording.disputes[finding.dispute]),
        line(wording.confidences[finding.confidence]),
    )


def _considered(report: Report, numbered: Numbered, wording: Wording, citations: Citations) -> Iterator[Block]:
    yield Paragraph(line(wording.report.considered_note))
    document = ""
    titles = {document.file: document.title for document in report.documents}
    for group in numbered.considered:
        first = group.findings[0]
        if first.document != document:
            document = first.document
            yield Heading(3, line(titles.get(document, document)))
        against = (
            ()
            if first.dispute == "none"
            else (f" {reply(first, wording)}", *citations.quotes(first.dispute_quotes))
        )
        yield Paragraph(
            line(strong(first.event_title), " (event ", code(first.event), ").", *against), f"{group.number}."
        )
        yield Items(
            tuple(
                (f"({letter})", _considered_line(finding, wording, citations))
                for letter, finding in zip(_letters(), group.findings, strict=False)
            )
        )


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


def _counts(report: Report, wording: Wording) -> Block:
    columns = (Column("Outcome", 18), Column("Number", 6), Column("Meaning", 30))
    rows = [
        (line(words.label), line(str(report.counts.get(name, 0))), line(words.meaning))
        for name, words in wording.outcomes.items()
    ]
    return Table(columns, tuple(rows))
