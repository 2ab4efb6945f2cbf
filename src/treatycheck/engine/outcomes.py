"""From the verdicts of a rule's gates to its outcome: the first line of the table that fits.

The table is in the README; the caps on strength have been applied inside the units.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from treatycheck.engine.program import CompiledRule, UnitRef
from treatycheck.truth import Strength


class Outcome(StrEnum):
    """What is said of one rule, one bearer and one event, from the gravest to the least."""

    ESTABLISHED = "established"
    REASONABLE_GROUNDS = "reasonable_grounds"
    CREDIBLE_CONCERN = "credible_concern"
    CONCERN = "concern"
    MET_LATE = "met_late"
    ANTICIPATED = "anticipated"
    UNDETERMINED = "undetermined"
    PENDING = "pending"
    MET = "met"
    NOT_APPLICABLE = "not_applicable"
    NO_FINDING = "no_finding"


GRADES: Final[Mapping[int, Outcome]] = {
    1: Outcome.CONCERN,
    2: Outcome.CREDIBLE_CONCERN,
    3: Outcome.REASONABLE_GROUNDS,
    4: Outcome.ESTABLISHED,
}
FLAGGED: Final = (*GRADES.values(), Outcome.MET_LATE, Outcome.ANTICIPATED)
"""The outcomes that flag a potential violation."""

DECISIVE: Final = 2
"""What rules a norm out, or an exception in, must at least be indicated; an allegation leaves it open."""

_REASONS: Final = {
    "addressee": "actor_not_addressee",
    "bound": "actor_not_bound",
    "place": "place_out_of_scope",
    "object": "object_out_of_scope",
    "conduct": "act_out_of_scope",
}
_BOUND_REASONS: Final = {"not_yet_in_force": "not_yet_in_force", "ceased": "ceased", "suspended": "suspended"}


class Gate(NamedTuple):
    """One decided gate: its verdict -4..4. A plain tuple, as a run makes some for every rule, bearer and event."""

    name: str
    verdict: int
    unit: UnitRef


class Conclusion(NamedTuple):
    """The outcome with what decided it.

    `reason` and `decided_by` are set for `not_applicable`; `open` names the gates and exceptions that keep a finding
    undetermined; `assumed_not` the exceptions that were taken not to apply; `strength` is that of the
    weakest elements, which `weakest` names.
    """

    outcome: Outcome
    gates: tuple[Gate, ...]
    exceptions: tuple[Gate, ...] = ()
    reason: str = ""
    decided_by: str = ""
    open: tuple[Gate, ...] = ()
    assumed_not: tuple[str, ...] = ()
    strength: Strength | None = None
    weakest: tuple[str, ...] = ()


NO_FINDING: Final = Conclusion(Outcome.NO_FINDING, ())
"""On a rule that does not speak of the event."""


def exceptions_asked(
    rule: CompiledRule, event: Sequence[int] | Mapping[int, int], invoked: Collection[str]
) -> set[str]:
    """The exceptions that have to be settled: those always asked for, and those that something invokes.

    What says, however weakly, that an exception applies invokes it as well as what suggests it.
    """
    return {
        one.id
        for one in rule.exceptions
        if one.ask or one.id in invoked or event[one.suggested.index] > 0 or event[one.applies.index] > 0
    }


def conclude(  # noqa: C901, PLR0912 - the table of outcomes, read from the top
    rule: CompiledRule,
    objects: Sequence[int] | Mapping[int, int],
    event: Sequence[int] | Mapping[int, int],
    *,
    effect: str,
    standing: str,
    readable: bool = True,
    invoked: Collection[str] = (),
) -> Conclusion:
    """The outcome of a rule whose act is that of the event.

    `objects` and `event` are the verdicts of the units by index; `effect` says whether the event is actual, prospective
    or negated; `standing` is the reason the register gave for the bearer's status; `readable` whether the event lies
    within the time up to which the law is read: later, nobody is known to be bound. `invoked` are exceptions that some
    account of the event invokes and another does not: none of them is taken not to apply.
    """
    verdicts = {"object": objects, "event": event}
    # A rule is engaged unless all that is said speaks against it, however weakly.
    if rule.only_if is not None and event[rule.only_if.index] < 0:
        return NO_FINDING
    gates = tuple([Gate(name, verdicts[ref.scope][ref.index], ref) for name, ref in rule.gates])
    if not readable:
        gates = tuple([gate._replace(verdict=min(gate.verdict, 0)) if gate.name == "bound" else gate for gate in gates])
    exceptions = tuple([Gate(one.id, event[one.applies.index], one.applies) for one in rule.exceptions])

    for gate in gates:
        if gate.verdict <= -DECISIVE:
            reason = _BOUND_REASONS.get(standing, _REASONS[gate.name]) if gate.name == "bound" else _REASONS[gate.name]
            return Conclusion(Outcome.NOT_APPLICABLE, gates, exceptions, reason, gate.name)
    if effect == "negated":
        return Conclusion(Outcome.NOT_APPLICABLE, gates, exceptions, "act_out_of_scope", "conduct")
    for exception in exceptions:
        if exception.verdict >= DECISIVE:
            return Conclusion(Outcome.NOT_APPLICABLE, gates, exceptions, "exception_applies", exception.name)

    asked = exceptions_asked(rule, event, invoked)
    unsettled = [exception for exception in exceptions if exception.verdict >= 0]
    assumed_not = tuple(exception.name for exception in unsettled if exception.name not in asked)
    open_gates = tuple(gate for gate in gates if gate.verdict <= 0) + tuple(
        exception for exception in unsettled if exception.name in asked
    )
    if open_gates:
        return Conclusion(Outcome.UNDETERMINED, gates, exceptions, open=open_gates, assumed_not=assumed_not)

    required = [
        *gates,
        *(
            Gate(exception.name, -exception.verdict, exception.unit)
            for exception in exceptions
            if exception.verdict < 0
        ),
    ]
    flagged: Outcome | None = None
    if rule.overdue is not None and rule.fulfilled is not None:
        fulfilled, late = event[rule.fulfilled.index], event[rule.overdue.index]
        deadline, duty = Gate("deadline", late, rule.overdue), Gate("fulfilled", fulfilled, rule.fulfilled)
        gates = (*gates, deadline, duty)
        if late == 0 or (late > 0 and fulfilled == 0):
            unknown = deadline if late == 0 else duty
            return Conclusion(Outcome.UNDETERMINED, gates, exceptions, open=(unknown,), assumed_not=assumed_not)
        if late < 0:
            return Conclusion(
                Outcome.MET if fulfilled > 0 else Outcome.PENDING, gates, exceptions, assumed_not=assumed_not
            )
        required += [deadline, Gate("fulfilled", abs(fulfilled), rule.fulfilled)]
        flagged = Outcome.MET_LATE if fulfilled > 0 else None

    assumed = [exception.assumed_at_most for exception in rule.exceptions if exception.id in assumed_not]
    strength = Strength(min(rule.cap, *assumed, *(gate.verdict for gate in required)))
    weakest = tuple(gate.name for gate in required if gate.verdict == strength)
    if effect == "prospective":
        conduct = next(gate for gate in gates if gate.name == "conduct")
        if conduct.verdict < DECISIVE:
            return Conclusion(
                Outcome.UNDETERMINED,
                gates,
                exceptions,
                open=(conduct,),
                assumed_not=assumed_not,
                strength=strength,
                weakest=weakest,
            )
        flagged = Outcome.ANTICIPATED
    return Conclusion(
        flagged or GRADES[strength], gates, exceptions, assumed_not=assumed_not, strength=strength, weakest=weakest
    )
