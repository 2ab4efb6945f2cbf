"""A finding in one line, and from what to what it moved, for every page that compares two checks.

Takes its sentences from the wording of the rulebook; it compares nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from treatycheck.dates import describe_day
from treatycheck.findings import Element, Finding, Gate
from treatycheck.phrasing import capital, counted
from treatycheck.report.blocks import Line, Run, code, line, strong
from treatycheck.report.citing import cited
from treatycheck.report.page import bearer_short, outcome
from treatycheck.rulebook.model import Wording

ARROW: Final = " \N{RIGHTWARDS ARROW} "


def named(finding: Finding, wording: Wording) -> Iterator[str | Run]:
    """A finding in one line: provision and title, event, bearer."""
    yield strong(capital(finding.citation))
    yield f": {finding.title}. Event "
    yield code(finding.event)
    yield f", {bearer_short(finding.bearer, wording)}"


def from_to(before: Finding, after: Finding, wording: Wording) -> Line:
    """The outcome before and after, with what tells two outcomes of one name apart."""
    first, then = _apart(before, after, wording)
    return line(outcome(before, wording), first, ARROW, outcome(after, wording), then)


def _apart(before: Finding, after: Finding, wording: Wording) -> tuple[str, str]:
    """What tells two outcomes of one name apart; empty where their names do."""
    words = wording.whatif
    if before.outcome != after.outcome:
        return "", ""
    if before.due != after.due:
        days = (f", last day {describe_day(one.due)}" if one.due else "" for one in (before, after))
        return next(days), next(days)
    if before.strength != after.strength:
        grades = (f", {wording.strengths[one.strength]}" if one.strength else "" for one in (before, after))
        return next(grades), next(grades)
    if before.reason != after.reason:
        return "", f", {words.other_grounds}"
    return f", {counted(len(questions(before)), 'question')}", f", {counted(len(questions(after)), 'question')}"


def questions(finding: Finding) -> list[str]:
    """What is asked to settle a finding, each question once."""
    asked = (f"{one.about}: {one.question}" if one.about else one.question for one in finding.missing)
    return list(dict.fromkeys(asked))


def through(gates: Iterable[Gate], wording: Wording) -> str:
    """The gates through which a finding moved, each with its answer before and after."""
    return "; ".join(
        f"{gate.after.label} ({_answer(gate.before, wording)}{ARROW}{_answer(gate.after, wording)})" for gate in gates
    )


def _answer(element: Element, wording: Wording) -> str:
    truth = wording.report.truths[element.truth]
    return f"{truth}, {wording.strengths[element.strength]}" if element.strength else truth


def grouped(findings: Iterable[Finding], wording: Wording) -> Iterator[Line]:
    """The provisions of findings with one outcome on one bearer and event."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.event, finding.bearer.display, finding.outcome), []).append(finding)
    for same in groups.values():
        first, provisions = same[0], cited((finding.citation for finding in same), wording.report.plurals)
        who = f", {bearer_short(first.bearer, wording)}: "
        yield line("Event ", code(first.event), who, outcome(first, wording), f" ({provisions})")
