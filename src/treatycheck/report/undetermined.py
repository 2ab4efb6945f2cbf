"""The paragraphs on what stays undetermined for one bearer in one event: all provisions together, and what to ask.

The elements of each provision are not repeated here; the JSON report has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from treatycheck.engine.outcomes import FLAGGED
from treatycheck.findings import Finding
from treatycheck.phrasing import capital
from treatycheck.report.blocks import Block, Column, Heading, Items, Line, Run, Table, code, line, strong
from treatycheck.report.insight import hinge_paragraphs
from treatycheck.report.numbered import weakest
from treatycheck.report.numbering import Entry, letter
from treatycheck.report.page import (
    Page,
    Paragraphs,
    bearer_heading,
    bearer_named,
    branches,
    contested,
    elements_named,
    exception_name,
    exceptions,
    facts,
    open_elements,
    positions,
    status,
)
from treatycheck.report.waivers import set_aside
from treatycheck.rulebook.model import Wording

_OPEN: Final = (Column("Rule", 30), Column("Not known", 18), Column("Law", 8))

_Answer = tuple[str, str]
"""An answer, and the object that it is about."""

_POINTED_TO: Final = 3
"""From how many questions in a row a reference is shorter than they are."""


def undetermined_blocks(entry: Entry, page: Page) -> Iterator[Block]:
    """The heading and paragraphs of an entry."""
    first, words = entry.first, page.wording
    yield Heading(3, line(f"{bearer_heading(first.bearer, words)} — {first.event_title}"), f"{entry.number}.")
    paragraph = Paragraphs(entry.number)
    if standings := tuple(_statuses(entry.findings, page)):
        yield paragraph("Status.", f"{bearer_named(first, words)}.", *standings)
    yield from facts(entry.findings, page, paragraph)
    yield from branches(first, page, paragraph)
    if len(entry.findings) > 1:
        yield paragraph(f"{words.report.open_under}:")
        yield Table(_OPEN, tuple(_rule(finding, words) for finding in entry.findings))
    else:
        of_law = f"Law: {words.confidences[first.confidence]}."
        open_ones = f"{capital(words.report.truths['unknown'])}: {not_known(first, words)}."
        told = f"{first.title}. {open_ones} {of_law} Id: "
        yield paragraph(f"{words.report.open_under} {first.citation}:", told, code(first.id), ".")
    yield from _unverified(entry.findings, page, paragraph)
    yield from set_aside(entry.findings, page, paragraph)
    questions = tuple(_questions(entry.findings, page))
    if questions:
        number = paragraph.following
        yield paragraph(f"{words.report.settled_by}:")
        yield Items(_lettered(questions, number, page))
    yield from hinge_paragraphs(entry.findings, page, paragraph)
    yield from positions(entry.findings, page, paragraph)
    yield from contested(entry.findings, page, paragraph)
    yield from exceptions({words.report.assumed_not: _assumed(entry.findings)}, page, paragraph)


def not_known(finding: Finding, wording: Wording) -> str:
    """The elements that keep a finding open."""
    return elements_named(open_elements(finding, wording), wording) or weakest(finding, wording)


def _statuses(findings: tuple[Finding, ...], page: Page) -> Iterator[str | Run]:
    """The bearer's status under each instrument; what is the same under several is said once."""
    instruments: dict[str, Finding] = {}
    for finding in findings:
        instruments.setdefault(finding.instrument, finding)
    told: dict[Line, list[str]] = {}
    for instrument, finding in instruments.items():
        if standing := status(finding, page):
            told.setdefault(standing, []).append(page.abbreviations.get(instrument, instrument))
    for of_status, names in told.items():
        yield f" {', '.join(names)}: "
        yield from of_status


def _unverified(findings: Iterable[Finding], page: Page, paragraph: Paragraphs) -> Iterator[Block]:
    """The register rows, besides those of the status, of which it has to be said that nobody verified them."""
    rows = dict.fromkeys(
        row
        for finding in findings
        for element in finding.elements
        if element.name != "bound" or not finding.status
        for row in element.registers
        if row.verified != "yes"
    )
    if rows:
        yield paragraph("Registers.", page.wording.material.unverified, *page.citations.registers(rows))


def _rule(finding: Finding, wording: Wording) -> tuple[Line, ...]:
    return (
        line(strong(capital(finding.citation)), f": {finding.title} (", code(finding.id), ")"),
        line(not_known(finding, wording)),
        line(wording.confidences[finding.confidence]),
    )


def _questions(findings: tuple[Finding, ...], page: Page) -> Iterator[str]:
    """The questions, each once with what it is about and the rules it bears on; those of most rules come first."""
    rules: dict[str, list[Finding]] = {}
    about: dict[str, dict[str, None]] = {}
    known: dict[str, dict[str, None]] = {}
    ending = _ending(findings)
    for finding in findings:
        for one in finding.missing:
            asking = rules.setdefault(one.question, [])
            if not asking or asking[-1] is not finding:
                asking.append(finding)
            about.setdefault(one.question, {}).update({one.about: None} if one.about else {})
            known.setdefault(one.question, {}).update({one.known: None} if one.known else {})
    for question, asking in sorted(rules.items(), key=lambda item: (-len(ending.get(item[0], {})), -len(item[1]))):
        objects = f" (about: {'; '.join(about[question])})" if about[question] else ""
        already = f" Known: {'; '.join(known[question])}." if known[question] else ""
        whole = page.wording.report.bears_on_all if len(asking) == len(findings) else page.cited(asking)
        ends = _ends(question, ending, asking, len(about[question]), page)
        yield f"{question}{objects}{already}{f' — {whole}.' if len(findings) > 1 else ''}{ends}"


def _ending(findings: Iterable[Finding]) -> dict[str, dict[str, list[_Answer]]]:
    """The questions of which one answer alone rules a finding out: by question the ids, each with the answers."""
    found: dict[str, dict[str, list[_Answer]]] = {}
    for finding in findings:
        for route in finding.insight.settled_by if finding.insight is not None else ():
            for known in route.groups[0] if route.outcomes[0] not in FLAGGED and len(route.groups) == 1 else ():
                if len(known) == 1:
                    answers = found.setdefault(known[0].fact.question, {}).setdefault(finding.id, [])
                    answers.append((known[0].brief or f"“{known[0].answer}”", known[0].fact.about))
    return found


def _ends(
    question: str, ending: Mapping[str, Mapping[str, list[_Answer]]], asking: Sequence[Finding], about: int, page: Page
) -> str:
    """Which answers to a question end the matter, under which provisions, and of what if it is `about` several."""
    told: dict[str, list[Finding]] = {}
    answered = ending.get(question, {})
    for finding in asking:
        if finding.id in answered:
            answers = (f"{said} ({what})" if what and about > 1 else said for said, what in answered[finding.id])
            told.setdefault(", ".join(answers), []).append(finding)
    parts = [
        answers if len(concerned) == len(asking) else f"{answers} ({page.cited(concerned)})"
        for answers, concerned in told.items()
    ]
    return f" {page.wording.explain.rules_out_alone}: {'; '.join(parts)}." if parts else ""


def _lettered(questions: tuple[str, ...], number: str, page: Page) -> tuple[tuple[str, Line], ...]:
    """Questions with their letters; several that stand in a row in an earlier paragraph are pointed to."""
    entries: list[tuple[str, Line]] = []
    while questions:
        label = letter(len(entries))
        run, before, start = _asked_before(questions, page)
        if run >= _POINTED_TO:
            stretch = f"({letter(start)}) to ({letter(start + run - 1)})"
            entries.append((f"({label})", line(f"The {run} questions in paragraph {before}{stretch}")))
        else:
            run = 1
            page.asked.setdefault(questions[0], []).append((number, len(entries)))
            entries.append((f"({label})", line(questions[0])))
        questions = questions[run:]
    return tuple(entries)


def _asked_before(questions: tuple[str, ...], page: Page) -> tuple[int, str, int]:
    """How many of the questions stand in a row in one earlier paragraph, which one, and where there they begin."""
    found = (0, "", 0)
    for before, start in page.asked.get(questions[0], ()):
        run = 1
        while run < len(questions) and (before, start + run) in page.asked.get(questions[run], ()):
            run += 1
        found = max(found, (run, before, start), key=lambda one: one[0])
    return found


def _assumed(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        for element in finding.elements:
            if element.name in finding.assumed_not:
                yield f"{exception_name(element)} ({finding.citation})"
