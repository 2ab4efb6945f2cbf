"""The report as a sequence of blocks, the same for the terminal and for Markdown: what comes where, under which number.

Takes its sentences from the wording of the rulebook; it decides nothing and knows no format.
"""

from __future__ import annotations

from collections.abc import Iterator

from treatycheck.findings import Finding, RegisterRef, Report
from treatycheck.phrasing import capital
from treatycheck.report import baseline, waivers
from treatycheck.report.annexes import annexes
from treatycheck.report.blocks import (
    Block,
    Heading,
    Items,
    Line,
    Paragraph,
    Run,
    code,
    line,
    strong,
)
from treatycheck.report.citations import Citations
from treatycheck.report.insight import dormant, hinges_of
from treatycheck.report.masthead import masthead
from treatycheck.report.numbered import finding_blocks
from treatycheck.report.numbering import UNDETERMINED, letter, number, roman
from treatycheck.report.page import (
    Page,
    bearer_heading,
    ending_elements,
    position_name,
    reply,
)
from treatycheck.report.remarks import numbers_check, procedures, quoted, remarks
from treatycheck.report.summary import summary
from treatycheck.report.undetermined import undetermined_blocks
from treatycheck.rulebook.model import Wording


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
        ("Summary", summary(report, page)),
        ("Findings", _findings(page)),
        (wording.report.considered, _considered(report, page)),
    ]
    if report.baseline is not None:
        parts.insert(2, (wording.since.title, baseline.part(report.baseline, page)))
    if report.waivers:
        parts.append((wording.waivers.title, waivers.part(report, page)))
    if report.procedures:
        parts.append((wording.report.procedures, procedures(report, wording, citations)))
    if not all(claim.numbers for claim in report.claims):
        parts.append((wording.report.remarks, remarks(report, wording, citations)))
    parts.append((wording.material.numbers, numbers_check(report, wording, citations)))
    yield Heading(1, line(report.title))
    yield from masthead(report, wording, citations)
    for place, (title, blocks) in enumerate(parts, 1):
        yield Heading(2, line(title), f"{roman(place)}.")
        yield from blocks
    yield from annexes(report, page)
    notes = citations.notes()
    if notes.entries:
        yield Heading(2, line("Notes"))
        yield notes


def _standards(report: Report) -> Iterator[Block]:
    yield Items(tuple((f"({letter(place)})", line(text)) for place, text in enumerate(report.standards)))


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
    rows = dict.fromkeys(row for finding in same for row in _against(finding, words))
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
    for name in (bearer, f"{bearer[:1].lower()}{bearer[1:]}"):
        before, named, after = sentence.partition(f" {name} ")
        if named:
            return f"{before} ", strong(name), f" {after}"
    return strong(bearer), f". {sentence}"


def _against(finding: Finding, wording: Wording) -> Iterator[RegisterRef]:
    """The register rows in what keeps a rule from applying; all that there are, if no element tells."""
    ending = ending_elements(finding, wording)
    if not ending:
        return iter(finding.registers)
    return (row for element in finding.elements if element.name in ending for row in element.registers)
