"""The report as a sequence of blocks, the same for the terminal and for Markdown: what comes where, under which number.

Takes its sentences from the wording of the rulebook; it decides nothing and knows no format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from treatycheck.dates import describe_day
from treatycheck.findings import DocumentRef, Finding, RegisterRef, Report
from treatycheck.phrasing import capital
from treatycheck.report import baseline, waivers
from treatycheck.report.annexes import annexes, by_reference
from treatycheck.report.blocks import (
    Block,
    Column,
    Heading,
    Items,
    Line,
    Pairs,
    Paragraph,
    Run,
    Table,
    code,
    line,
    strong,
)
from treatycheck.report.citations import Citations
from treatycheck.report.insight import dormant, hinges_of
from treatycheck.report.numbered import finding_blocks, weakest
from treatycheck.report.numbering import UNDETERMINED, Entry, letter, number, roman
from treatycheck.report.page import (
    Page,
    bearer_heading,
    bearer_short,
    elements_named,
    open_elements,
    outcome,
    position_name,
    reply,
)
from treatycheck.report.remarks import procedures, quoted, remarks
from treatycheck.report.undetermined import undetermined_blocks
from treatycheck.rulebook.model import Wording

SHA_SHOWN: Final = 12
"""Digits of a hash in print; the JSON report has them all."""

_SUMMARY: Final = (
    Column("¶", 2),
    Column("Rule", 24),
    Column("Event, bearer", 16),
    Column("Outcome, weakest", 17),
    Column("Law", 8),
)

_PINPOINTS: Final = 3
"""How many provisions of one instrument a row of the summary names."""


def layout(report: Report, wording: Wording) -> tuple[Block, ...]:
    """Lay a report out."""
    return tuple(_blocks(report, wording))


def _blocks(report: Report, wording: Wording) -> Iterator[Block]:
    numbered = number(report)
    citations = Citations(report.documents, wording.report)
    references = {use.id: use.reference or use.id for use in report.positions}
    page = Page(wording, citations, numbered, report.abbreviations, references)
    # Each part is laid out when its turn comes, so that notes are numbered in the order of the page.
    parts = [
        ("Note on standards", _standards(report)),
        ("Summary", _summary(report, page)),
        ("Findings", _findings(page)),
        (wording.report.considered, _considered(report, page)),
    ]
    if report.baseline is not None:
        parts.insert(2, (wording.since.title, baseline.part(report.baseline, page)))
    if report.waivers:
        parts.append((wording.waivers.title, waivers.part(report, page)))
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
        *_under("Instruments", [_instrument(name, report) for name in report.instruments]),
        ("Checked with", line(receipt.program, "; engines: ", *engines)),
        *_under("Positions in force", [position_name(position) for position in by_reference(report.positions)]),
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


def _instrument(name: str, report: Report) -> Line:
    """The title of an instrument behind the abbreviation by which it is cited."""
    short = capital(report.abbreviations.get(name, ""))
    return line(strong(short), ": " if short else "", report.instruments[name])


def _under(label: str, lines: list[Line]) -> Iterator[tuple[str, Line]]:
    """Several lines under one label."""
    yield from (("" if place else label, one) for place, one in enumerate(lines))


def _standards(report: Report) -> Iterator[Block]:
    yield Items(tuple((f"({letter(place)})", line(text)) for place, text in enumerate(report.standards)))


def _summary(report: Report, page: Page) -> Iterator[Block]:
    wording = page.wording
    counted = Counter(finding.outcome for finding in report.findings)
    labels = (f"{words.label}: {counted[name]}" for name, words in wording.outcomes.items() if counted[name])
    aside = f" {capital(wording.waivers.count)}: {waivers.number_of(report)}." if report.waivers else ""
    yield Paragraph(line(f"{capital('; '.join(labels))}." if counted else wording.report.nothing_found, aside))
    since = baseline.marks(report.baseline)
    rows = tuple(_summary_row(entry, since, page) for entry in page.numbered.entries)
    if rows:
        yield Table(_SUMMARY, rows)


def _summary_row(entry: Entry, since: Mapping[str, str], page: Page) -> tuple[Line, ...]:
    first, wording = entry.first, page.wording
    citations = dict.fromkeys(finding.citation for finding in entry.findings)
    if len(citations) == 1:
        titles = "; ".join(dict.fromkeys(finding.title for finding in entry.findings))
        rule = line(strong(capital(first.citation)), f": {titles}")
    else:
        rule = line(strong(f"{len(citations)} provisions"), f": {page.cited(entry.findings, most=_PINPOINTS)}")
    dispute = "" if first.dispute == "none" else f"; {wording.disputes[first.dispute]}"
    told = (waivers.marked(entry.findings, wording), baseline.marked(entry.findings, since, wording))
    marks = (f"; {mark}" for mark in told if mark)
    return (
        line(str(entry.number)),
        rule,
        line(code(first.event), f" {bearer_short(first.bearer, wording)}"),
        line(outcome(first, wording), *_limits(entry, wording), dispute, *marks),
        line("; ".join(dict.fromkeys(wording.confidences[finding.confidence] for finding in entry.findings))),
    )


def _limits(entry: Entry, wording: Wording) -> Iterator[str]:
    """What limits an outcome; of an entry on several provisions, everything that is not known."""
    names = [name for finding in entry.findings for name in open_elements(finding, wording)]
    if entry.first.outcome == UNDETERMINED and names:
        limits = f"{wording.report.truths['unknown']}: {elements_named(names, wording)}"
    else:
        limits = weakest(entry.first, wording)
    if limits:
        yield f", {limits}"


def _findings(page: Page) -> Iterator[Block]:
    for entry in page.numbered.entries:
        if entry.first.outcome == UNDETERMINED:
            yield from undetermined_blocks(entry, page)
        else:
            yield from finding_blocks(entry.number, entry.first, page)
    if not page.numbered.entries:
        yield Paragraph(line(page.wording.report.nothing_found))


def _considered(report: Report, page: Page) -> Iterator[Block]:
    yield Paragraph(line(page.wording.report.considered_note))
    document = ""
    titles = {document.file: document.title for document in report.documents}
    for group in page.numbered.considered:
        if group.first.document != document:
            document = group.first.document
            yield Heading(3, line(titles.get(document, document)))
        yield Paragraph(_considered_event(group.first, page), f"{group.number}.")
        entries = enumerate(group.lines)
        yield Items(tuple((f"({letter(at)})", _considered_line(same, page)) for at, same in entries))
    if report.dormant:
        yield Heading(3, line(page.wording.explain.dormant))
        yield Items(tuple(("•", one) for one in dormant(report, page)))


def _considered_event(first: Finding, page: Page) -> Line:
    """The event of a group, with what is said against it: nobody is named without the reply."""
    event = (strong(first.event_title), " (event ", code(first.event), ").")
    if first.dispute == "none":
        return line(*event)
    said = (f" {reply(first, page.wording)}",)
    if (first.document, first.event) in page.told:
        return line(*event, *said, f", as in paragraph {page.told[first.document, first.event].reply}.")
    quotes = quoted(first.dispute_quotes, page.citations)
    return line(*event, *said, ": " if quotes else "", *quotes, ".")


def _considered_line(same: tuple[Finding, ...], page: Page) -> Line:
    """The rules that do not apply to one bearer on the same grounds, with the positions and the register rows."""
    first, words = same[0], page.wording
    told = f"{capital(first.grounds)} — {page.cited(same)}." if first.grounds else first.message
    readings: list[str | Run] = []
    for use in first.positions:
        confidence = words.confidences[use.confidence]
        readings += [f" {words.report.on_position} ", *position_name(use), f" ({confidence})."]
    rows = dict.fromkeys(row for finding in same for row in _against(finding))
    turning = [sentence for sentence, _ in hinges_of(same, page, robust=False)]
    return line(
        *_pointed_out(told, bearer_heading(first.bearer, words)),
        *readings,
        *page.citations.registers(rows),
        *(f" {sentence}" for sentence in turning),
        *(f" {words.waivers.paragraph} {sentence}" for sentence in waivers.sentences(same, page)),
    )


def _pointed_out(sentence: str, bearer: str) -> tuple[str | Run, ...]:
    """A sentence in which the bearer stands out, or before which it stands."""
    if sentence.startswith(f"{bearer} "):
        return strong(bearer), sentence.removeprefix(bearer)
    before, named, after = sentence.partition(f" {bearer} ")
    return (f"{before} ", strong(bearer), f" {after}") if named else (strong(bearer), f". {sentence}")


def _against(finding: Finding) -> tuple[RegisterRef, ...]:
    """The register rows that speak against a rule; all that there are, if it is something else that does."""
    found = tuple(row for element in finding.elements if element.truth == "false" for row in element.registers)
    return found or finding.registers


def _numbers(report: Report, wording: Wording) -> Iterator[Block]:
    columns = (Column("Outcome", 18), Column("Number", 6), Column("Meaning", 30))
    rows = [
        (line(words.label), line(str(report.counts.get(name, 0))), line(words.meaning))
        for name, words in wording.outcomes.items()
    ]
    if report.waivers:
        aside = wording.waivers
        rows.append((line(aside.count), line(str(waivers.number_of(report))), line(aside.counted)))
    yield Table(columns, tuple(rows))
