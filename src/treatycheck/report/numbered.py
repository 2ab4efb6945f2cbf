"""The numbered paragraphs of one finding: status, facts alleged, reply, elements, conclusion, positions.

Every sentence is one of the finding or of the wording; nothing is concluded here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from treatycheck.findings import Element, Finding
from treatycheck.phrasing import capital
from treatycheck.report.blocks import DASH, Block, Column, Heading, Line, Run, Table, code, line
from treatycheck.report.insight import firmer, hinge_paragraphs
from treatycheck.report.numbering import NOT_APPLICABLE
from treatycheck.report.page import (
    Page,
    Paragraphs,
    bearer_heading,
    bearer_named,
    branches,
    contested,
    elements_named,
    ending_elements,
    exception_name,
    exceptions,
    facts,
    open_elements,
    outcome,
    positions,
    rule_notes,
    status,
    weakest_elements,
)
from treatycheck.report.steps import silent
from treatycheck.report.waivers import set_aside
from treatycheck.rulebook.model import Wording

_ELEMENTS: Final = (
    Column("Element", 17),
    Column("Found", 9),
    Column("Value", 20),
    Column("Strength", 8),
    Column("Notes", 9),
)


def finding_blocks(number: int, finding: Finding, page: Page) -> Iterator[Block]:
    """The heading and paragraphs of a finding."""
    wording = page.wording
    title = f"{capital(finding.citation)} — {finding.title} — {bearer_heading(finding.bearer, wording)}"
    yield Heading(3, line(title), f"{number}.")
    paragraph = Paragraphs(number)
    of_status = paragraph.following
    if standing := status(finding, page):
        yield paragraph("Status.", f"{bearer_named(finding, wording)}: ", *standing)
    yield from facts((finding,), page, paragraph)
    yield from branches(finding, page, paragraph)
    shown, left_out = _sorted(finding, wording)
    graded = outcome(finding, wording)
    of_grade = (Run(capital(graded.text), graded.mark), _grade(finding, wording))
    yield paragraph("Conclusion.", f"{finding.message} ", *of_grade, " Id: ", code(finding.id), ".")
    yield Table(_ELEMENTS, tuple(_element(element, finding, of_status, page) for element in shown))
    yield from set_aside((finding,), page, paragraph)
    yield from exceptions(left_out, page, paragraph)
    yield from positions((finding,), page, paragraph)
    yield from contested((finding,), page, paragraph)
    yield from hinge_paragraphs((finding,), page, paragraph)
    if raised := firmer(finding, wording):
        yield paragraph(wording.explain.support, *raised)
    yield from rule_notes((finding,), page, paragraph)


def weakest(finding: Finding, wording: Wording) -> str:
    """What limits the outcome: the strength and the elements that have it, or the elements that are not known.

    Of a finding that does not apply, what ended the matter; nothing else of it is a question any more.
    """
    if finding.outcome == NOT_APPLICABLE:
        ending = elements_named(ending_elements(finding, wording), wording)
        return f"{wording.report.ended_by}: {ending}" if ending else ""
    names, head = weakest_elements(finding, wording), finding.strength
    if not names:
        names = open_elements(finding, wording)
        head = wording.report.truths["unknown"] if names else ""
    words = elements_named(names, wording)
    return f"{head}: {words}" if words and head else head


def _sorted(finding: Finding, wording: Wording) -> tuple[list[Element], dict[str, list[str]]]:
    """What is tabled, and the exceptions that are not, by what is said of them.

    Those are the ones that what is said rules out without a quote of their own, the ones that nothing is said of, and
    the ones taken not to apply.
    """
    words, shown = wording.report, list[Element]()
    left_out: dict[str, list[str]] = {words.excluded: [], words.unsaid: [], words.assumed_not: []}
    for place, element in enumerate(finding.elements):
        if element.name in finding.assumed_not:
            left_out[words.assumed_not].append(exception_name(element))
        elif element.name in wording.gates or element.truth != "false" or element.quotes or element.detail:
            shown.append(element)
        else:
            said = words.unsaid if silent(finding.proof[place]) else words.excluded
            left_out[said].append(exception_name(element))
    return shown, left_out


def _element(element: Element, finding: Finding, of_status: str, page: Page) -> tuple[Line, ...]:
    wording, citations = page.wording, page.citations
    left_open = element.truth == "unknown" and finding.outcome == NOT_APPLICABLE
    numbers = (*citations.quotes(element.quotes), *citations.registers(element.registers))
    detail = element.detail
    if finding.status:
        # The status has a paragraph of its own.
        detail = detail.replace(finding.status, f"see {of_status}")
    return (
        line(element.label),
        line(wording.report.left_open if left_open else wording.report.truths[element.truth]),
        line(detail or DASH),
        line(element.strength or DASH),
        line(*sorted(numbers, key=lambda note: int(note.text))) or line(DASH),
    )


def _grade(finding: Finding, wording: Wording) -> str:
    limits = weakest(finding, wording)
    strength = wording.strengths.get(finding.strength)
    if strength:
        limits = f"limited by {limits.replace(finding.strength, f'{finding.strength} ({strength})', 1)}"
    severity, law = wording.severities[finding.severity], wording.confidences[finding.confidence]
    draft = f" {wording.report.draft}" if finding.rule_status == "draft" else ""
    return f"{f'; {limits}' if limits else ''}. Severity: {severity}. Law: {law}.{draft}"
