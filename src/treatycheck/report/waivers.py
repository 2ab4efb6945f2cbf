"""Findings that were set aside: in their own paragraphs, in the summary, and as a part that lists every waiver.

Takes its sentences from the wording of the rulebook; whether a waiver counts has been decided before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from treatycheck.dates import describe_day
from treatycheck.findings import Finding, Report, WaiverState
from treatycheck.phrasing import capital
from treatycheck.report.blocks import Block, Items, Line, Paragraph, code, line
from treatycheck.report.moves import named
from treatycheck.report.page import Page, Paragraphs, outcome
from treatycheck.rulebook.model import Wording


def number_of(report: Report) -> int:
    """How many findings are set aside."""
    return sum(finding.waiver is not None for finding in report.findings)


def marked(findings: Sequence[Finding], wording: Wording) -> str:
    """What the summary says of findings under one number; empty where none of them is set aside."""
    aside = [finding for finding in findings if finding.waiver is not None]
    if not aside:
        return ""
    return wording.waivers.marked if len(aside) == len(findings) else wording.waivers.some


def set_aside(findings: Sequence[Finding], page: Page, paragraph: Paragraphs) -> Iterator[Block]:
    """The paragraph that says why findings under one number are set aside, in which role and until when."""
    told = " ".join(sentences(findings, page))
    if told:
        yield paragraph(page.wording.waivers.paragraph, told)


def sentences(findings: Sequence[Finding], page: Page) -> Iterator[str]:
    """A sentence for each way in which some of the findings are set aside, with the provisions if they are not all."""
    told: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.waiver is not None:
            told.setdefault(sentence(finding.waiver, page.wording), []).append(finding)
    for said, concerned in told.items():
        yield said if len(concerned) == len(findings) else f"{capital(page.cited(concerned))}: {said}"


def part(report: Report, page: Page) -> Iterator[Block]:
    """Every waiver of the run, with what it comes to."""
    yield Paragraph(line(page.wording.waivers.note))
    known = {finding.id: finding for finding in report.findings}
    places = page.numbered.places()
    entries = [
        _entry(waiver, known.get(waiver.finding), places.get(waiver.finding, ""), report, page.wording)
        for waiver in report.waivers
    ]
    yield Items(tuple((f"{number}.", entry) for number, entry in enumerate(entries, 1)))


def _entry(waiver: WaiverState, finding: Finding | None, place: str, report: Report, wording: Wording) -> Line:
    if finding is None:
        # Whoever is named there is not repeated: it may be a person.
        about = line("Rule ", code(waiver.rule), ", event ", code(waiver.event))
    else:
        about = line(*named(finding, wording), f" (¶\N{NO-BREAK SPACE}{place}): ", outcome(finding, wording))
    state = wording.waivers.states[waiver.state].format(
        expires=describe_day(waiver.expires),
        outcome=wording.outcomes[waiver.outcome].label,
        now="" if finding is None else wording.outcomes[finding.outcome].label,
        day=describe_day(report.receipt.as_of),
    )
    return line(*about, f". {sentence(waiver, wording)} {capital(state)}. Id: ", code(waiver.finding), ".")


def sentence(waiver: WaiverState, wording: Wording) -> str:
    """Why a finding is set aside, in which role and until when."""
    reason = waiver.reason if waiver.reason.endswith((".", "!", "?")) else f"{waiver.reason}."
    return wording.waivers.sentence.format(
        reason=capital(reason),
        role=waiver.author_role,
        day=describe_day(waiver.set_aside),
        expires=describe_day(waiver.expires),
        outcome=wording.outcomes[waiver.outcome].label,
    )
