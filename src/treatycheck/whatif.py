"""What would follow under suppositions: the findings that move, from what to what, and through which gates.

Runs the same check twice, on what is given and on what is supposed; neither is changed, and nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from treatycheck.casefile.model import Casefile
from treatycheck.check import PLAIN, Options, check
from treatycheck.dates import describe_day
from treatycheck.findings import Finding, Gate, ProcedureState, Report
from treatycheck.moving import came_out, gates_moved
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose import FactSupposed, QuoteLost, Supposition, supposed, told, unsupported
from treatycheck.suppose.quotes import without


@dataclass(frozen=True, slots=True)
class Move:
    """A finding that came out otherwise; it has no `gates` where none moved, as where only the modality is another."""

    before: Finding
    after: Finding
    gates: tuple[Gate, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A procedure that stands elsewhere; None where nothing is said of it."""

    before: ProcedureState | None
    after: ProcedureState | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The findings that move, those that there were not before, those that there are no more, and how many stay.

    `suppositions` are in words; `before` and `after` are the reports of both checks.
    """

    suppositions: tuple[str, ...]
    before: Report
    after: Report
    moved: tuple[Move, ...]
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    stay: int
    steps: tuple[Step, ...] = ()


def whatif(
    rulebook: Rulebook, casefile: Casefile, suppositions: Sequence[Supposition], options: Options = PLAIN
) -> WhatIf:
    """Check a casefile as it is and under suppositions, and compare.

    The day and the positions of `options` belong to what is supposed: what is given is checked under the rulebook's
    own. Raises `DefectError` as `check` does, `InputError` where dates that are supposed cannot follow one another.
    """
    changed_rulebook, changed_casefile = supposed(rulebook, casefile, suppositions)
    before = check(rulebook, casefile, Options(engine=options.engine, insight=False))
    after = check(changed_rulebook, changed_casefile, replace(options, insight=False))
    pairs, new, gone = _paired(before.findings, after.findings)
    moved = tuple(Move(one, other, gates_moved(one, other)) for one, other in pairs if came_out(one) != came_out(other))
    return WhatIf(
        (*_told(rulebook, casefile, suppositions), *_chosen(rulebook, options)),
        before,
        after,
        moved,
        new,
        gone,
        len(pairs) - len(moved),
        tuple(_steps(before, after)),
    )


def _told(rulebook: Rulebook, casefile: Casefile, suppositions: Sequence[Supposition]) -> Iterator[str]:
    """The suppositions in words; a fact is supposed of what the quotes that are taken away leave of its event."""
    lost = [one for one in suppositions if isinstance(one, QuoteLost)]
    left = without(casefile, lost)
    for one in suppositions:
        yield told(one, rulebook, left if isinstance(one, FactSupposed) else casefile)
    if lost:
        yield unsupported(casefile, left)


def _chosen(rulebook: Rulebook, options: Options) -> Iterator[str]:
    """The positions and the day that are supposed, in words."""
    for name, alternative in (options.positions or {}).items():
        position = rulebook.positions[name]
        reference = f"{position.reference} " if position.reference else ""
        answer = position.alternatives[alternative].summary
        yield f"Position {reference}({name}: {alternative}). {position.question} {answer}"
    if options.as_of is not None and options.as_of != date.fromisoformat(rulebook.manifest.as_of):
        yield f"{rulebook.wording.report.as_of}: {describe_day(options.as_of)}"


Key = tuple[str, str, str]


def _paired(
    before: Sequence[Finding], after: Sequence[Finding]
) -> tuple[list[tuple[Finding, Finding]], tuple[Finding, ...], tuple[Finding, ...]]:
    """Findings that are one and the same, then those that are new and those that are gone.

    They have one id; else the same rule, event and name of the bearer, as an actor of another kind is another actor.
    """
    known = {finding.id: finding for finding in after}
    pairs = [(finding, known[finding.id]) for finding in before if finding.id in known]
    same = {finding.id for finding, _ in pairs}
    gone = {_key(finding): finding for finding in before if finding.id not in same}
    new = {_key(finding): finding for finding in after if finding.id not in same}
    counted = Counter(_key(finding) for finding in (*before, *after) if finding.id not in same)
    again = [key for key in gone if key in new and counted[key] == 2]  # noqa: PLR2004 - once before and once after
    pairs += [(gone[key], new[key]) for key in again]
    same |= {finding.id for key in again for finding in (gone[key], new[key])}
    return (
        pairs,
        tuple(finding for finding in after if finding.id not in same),
        tuple(finding for finding in before if finding.id not in same),
    )


def _key(finding: Finding) -> Key:
    return finding.rule, finding.event, finding.bearer.display


def _steps(before: Report, after: Report) -> Iterator[Step]:
    """The procedures of which another stage is reached."""
    earlier = {(one.id, one.event, one.subject): one for one in before.procedures}
    later = {(one.id, one.event, one.subject): one for one in after.procedures}
    for key in dict.fromkeys((*earlier, *later)):
        step = Step(earlier.get(key), later.get(key))
        if (step.before and step.before.state) != (step.after and step.after.state):
            yield step
