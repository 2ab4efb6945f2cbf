"""Holds waivers against the findings of a run: which of them stand, which do not count, and which name nothing.

Never changes an outcome or a count of outcomes. Whether a waiver has expired is judged by the day up to which the run
believes its registers, never by the clock, so that the same input gives the same report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from treatycheck.dates import describe_day
from treatycheck.engine.outcomes import Outcome
from treatycheck.errors import Diagnostic, InputError, listed
from treatycheck.findings import BearerRef, Finding, Report, WaiverState
from treatycheck.waivers.load import problem
from treatycheck.waivers.model import Waiver

CODES: Final[Mapping[str, str]] = MappingProxyType({"TC615": "a waiver does not agree with the finding it names"})

STANDS: Final = "stands"
EXPIRED: Final = "expired"
GRAVER: Final = "graver"
STALE: Final = "stale"

_GRAVITY: Final[Mapping[str, int]] = {str(outcome): rank for rank, outcome in enumerate(Outcome)}


def applied(report: Report, waivers: Sequence[Waiver]) -> Report:
    """The report with its findings marked; raises `InputError` where a waiver does not agree with its finding."""
    known = {finding.id: finding for finding in report.findings}
    problems = [one for waiver in waivers for one in _disagreeing(waiver, known)]
    if problems:
        raise InputError(problems)
    states = tuple(_state(waiver, known.get(waiver.entry.finding), report.receipt.as_of) for waiver in waivers)
    standing = {one.finding: one for one in states if one.state == STANDS}
    findings = tuple(
        replace(finding, waiver=standing[finding.id]) if finding.id in standing else finding
        for finding in report.findings
    )
    return replace(report, findings=findings, waivers=states)


def remarks(report: Report) -> Iterator[str]:
    """What has to be told of waivers that do not count, a remark for each kind."""
    told = {
        EXPIRED: f"expired before {describe_day(report.receipt.as_of)}, the day of the registers",
        GRAVER: "the finding is graver now than when it was set aside",
        STALE: "no finding of this run has that id",
    }
    for state, words in told.items():
        found = [f"{one.finding} at {one.file}:{one.line}" for one in report.waivers if one.state == state]
        if found:
            count = "1 waiver does" if len(found) == 1 else f"{len(found)} waivers do"
            yield f"{count} not count ({words}): {', '.join(found)}"


def _state(waiver: Waiver, finding: Finding | None, as_of: date) -> WaiverState:
    entry = waiver.entry
    if finding is None:
        state = STALE
    elif waiver.expires < as_of:
        state = EXPIRED
    elif _GRAVITY[finding.outcome] < _GRAVITY[entry.outcome]:
        state = GRAVER
    else:
        state = STANDS
    return WaiverState(
        finding=entry.finding,
        rule=entry.rule,
        event=entry.event,
        bearer=entry.bearer,
        reason=entry.reason,
        author_role=entry.author_role,
        set_aside=waiver.set_aside,
        expires=waiver.expires,
        outcome=entry.outcome,
        state=state,
        file=Path(waiver.source.file).name,
        line=waiver.source.at(("waivers", waiver.number)).line,
    )


def _disagreeing(waiver: Waiver, known: Mapping[str, Finding]) -> Iterator[Diagnostic]:
    """Where a waiver differs from the finding with its id, or has no such finding but describes another."""
    entry = waiver.entry
    finding = known.get(entry.finding)
    if finding is None:
        meant = [one for one in known.values() if _described(waiver, one)]
        if meant:
            message = f"`{entry.finding}` is not the id of the finding on this rule, event and bearer"
            advice = f"did you mean {listed(one.id for one in meant)}?"
            yield problem(waiver.source, waiver.number, "finding", "TC615", message, advice)
        return
    for key, right in (("rule", (finding.rule,)), ("event", (finding.event,)), ("bearer", _names(finding.bearer))):
        if getattr(entry, key) not in right:
            message = f"the finding `{finding.id}` has another {key} than `{getattr(entry, key)}`"
            advice = f"did you mean `{right[0]}`? Or correct the id"
            yield problem(waiver.source, waiver.number, key, "TC615", message, advice)


def _described(waiver: Waiver, finding: Finding) -> bool:
    entry = waiver.entry
    return (entry.rule, entry.event) == (finding.rule, finding.event) and entry.bearer in _names(finding.bearer)


def _names(bearer: BearerRef) -> tuple[str, ...]:
    """How a bearer may be called: as the report does; by its State alone where another's conduct may be attributed."""
    return tuple(dict.fromkeys(name for name in (bearer.display, bearer.name) if name))
