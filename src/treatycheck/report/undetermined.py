"""The paragraphs on what stays undetermined for one bearer in one event: all provisions together, and what to ask.

The elements of each provision are not repeated here; the JSON report has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from treatycheck.findings import Finding
from treatycheck.report.blocks import Block, Column, Heading, Items, Line, Run, Table, line, strong
from treatycheck.report.numbered import weakest
from treatycheck.report.numbering import Entry, letter
from treatycheck.report.page import (
    Page,
    Paragraphs,
    bearer_heading,
    bearer_named,
    branches,
    elements_named,
    facts,
    open_elements,
    positions,
    status,
)
from treatycheck.rulebook.model import Wording

_OPEN: Final = (Column("Rule", 30), Column("Not known", 12), Column("Law", 8))


def undetermined_blocks(entry: Entry, page: Page) -> Iterator[Block]:
    """The heading and paragraphs of an entry."""
    first, words = entry.first, page.wording
    yield Heading(3, line(f"{bearer_heading(first.bearer, words)} — {first.event_title}"), f"{entry.number}.")
    paragraph = Paragraphs(entry.number)
    yield paragraph("Status.", *_statuses(entry.findings, page))
    yield from facts(entry.findings, page, paragraph)
    yield from branches(first, page, paragraph)
    yield paragraph(f"{words.report.open_under}:")
    yield Table(_OPEN, tuple(_rule(finding, words) for finding in entry.findings))
    questions = tuple(_questions(entry.findings, page))
    if questions:
        yield paragraph(f"{words.report.settled_by}:")
        yield Items(tuple((f"({letter(place)})", line(question)) for place, question in enumerate(questions)))
    yield from positions(entry.findings, page, paragraph)
    assumed = "; ".join(dict.fromkeys(_assumed(entry.findings)))
    if assumed:
        yield paragraph(words.report.assumed_not, f"{assumed}.")


def not_known(finding: Finding, wording: Wording) -> str:
    """The elements that keep a finding open."""
    return elements_named(open_elements(finding), wording) or weakest(finding, wording)


def _statuses(findings: Iterable[Finding], page: Page) -> Iterator[str | Run]:
    """The bearer's status under each instrument; what is the same under several is said once."""
    told: dict[Line, list[str]] = {}
    named = ""
    for finding in {one.instrument: one for one in reversed(tuple(findings))}.values():
        named = bearer_named(finding, page.wording)
        short = page.abbreviations.get(finding.instrument, finding.instrument)
        told.setdefault(status(finding, page), []).insert(0, short)
    yield f"{named}."
    for of_status, instruments in reversed(told.items()):
        yield f" {', '.join(instruments)}: "
        yield from of_status


def _rule(finding: Finding, wording: Wording) -> tuple[Line, ...]:
    return (
        line(strong(finding.citation), f": {finding.title}"),
        line(not_known(finding, wording)),
        line(wording.confidences[finding.confidence]),
    )


def _questions(findings: tuple[Finding, ...], page: Page) -> Iterator[str]:
    """The questions, each once with what it is about and the rules it bears on; those of most rules come first."""
    rules: dict[str, list[Finding]] = {}
    about: dict[str, dict[str, None]] = {}
    known: dict[str, dict[str, None]] = {}
    for finding in findings:
        for one in finding.missing:
            if finding not in rules.setdefault(one.question, []):
                rules[one.question].append(finding)
            about.setdefault(one.question, {}).update({one.about: None} if one.about else {})
            known.setdefault(one.question, {}).update({one.known: None} if one.known else {})
    for question, asking in sorted(rules.items(), key=lambda item: -len(item[1])):
        objects = f" (about: {'; '.join(about[question])})" if about[question] else ""
        already = f" Known: {'; '.join(known[question])}." if known[question] else ""
        whole = page.wording.report.bears_on_all if len(asking) == len(findings) else page.cited(asking)
        yield f"{question}{objects}{already}{f' — {whole}' if len(findings) > 1 else ''}"


def _assumed(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        for element in finding.elements:
            if element.name in finding.assumed_not:
                yield f"{element.label.partition(': ')[2] or element.label} ({finding.citation})"
