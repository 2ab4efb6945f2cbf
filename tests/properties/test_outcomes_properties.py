"""The table of outcomes on random rules: what may move an outcome, in which direction, and what may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from treatycheck.engine.outcomes import DECISIVE, FLAGGED, GRADES, NO_FINDING, Conclusion, Outcome, conclude
from treatycheck.engine.program import CompiledException, CompiledRule
from treatycheck.engine.units import UnitRef
from treatycheck.rulebook.model import Bearer, FindingText, Rule

RULE = Rule(
    id="rule",
    title="A rule",
    status="stable",
    norm="prohibition",
    provision="law:1",
    bearer=Bearer(role=("doer",)),
    act=("do",),
    finding=FindingText(severity="core", statement="{bearer} did it"),
)
# Where the verdicts of the event stand: gates, then two for each exception, then the question whether the rule speaks
# of the event, and the two of a deadline.
GATES: Final = ("addressee", "bound", "place", "conduct")
EXCEPTIONS: Final = ("first", "second")
ONLY_IF, FULFILLED, OVERDUE = 8, 9, 10
RANK: Final[Mapping[Outcome, int]] = {outcome: -rank for rank, outcome in enumerate(Outcome)}
"""A graver outcome has the higher rank."""

verdicts = st.integers(-4, 4)
# Few rules in a hundred are flagged, and fewer with one gate at a certain strength.
rare = settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow], deadline=None)
effects = st.sampled_from(["actual", "actual", "prospective", "negated"])


@dataclass(frozen=True)
class Case:
    """A rule with everything it is concluded on."""

    rule: CompiledRule
    obj: int
    event: tuple[int, ...]
    effect: str

    def conclusion(self) -> Conclusion:
        return conclude(self.rule, [self.obj], self.event, effect=self.effect, standing="bound")

    def with_event(self, place: int, verdict: int) -> Case:
        return replace(self, event=(*self.event[:place], verdict, *self.event[place + 1 :]))

    @property
    def gates(self) -> list[int]:
        return [*self.event[: len(GATES)], self.obj]

    @property
    def exceptions(self) -> list[int]:
        return [self.event[one.applies.index] for one in self.rule.exceptions]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    named = draw(st.sampled_from([(), EXCEPTIONS[:1], EXCEPTIONS]))
    exceptions = tuple(
        CompiledException(
            name,
            UnitRef("event", len(GATES) + 2 * index),
            UnitRef("event", len(GATES) + 2 * index + 1),
            draw(st.booleans()),
            draw(st.integers(1, 4)),
        )
        for index, name in enumerate(named)
    )
    gates = [*[(name, UnitRef("event", index)) for index, name in enumerate(GATES)], ("object", UnitRef("object", 0))]
    timed = draw(st.booleans())
    rule = CompiledRule(
        RULE,
        tuple(gates),
        exceptions,
        UnitRef("event", ONLY_IF) if draw(st.booleans()) else None,
        UnitRef("event", FULFILLED) if timed else None,
        UnitRef("event", OVERDUE) if timed else None,
        (),
        draw(st.integers(1, 4)),
    )
    # Mostly true, as one gate in five being false would leave little to look at.
    said = st.one_of(verdicts, st.integers(1, 4), st.integers(2, 4))
    event = tuple(draw(said) for _ in GATES) + tuple(draw(verdicts) for _ in range(OVERDUE + 1 - len(GATES)))
    return Case(rule, draw(said), event, draw(effects))


@given(cases())
def test_a_rule_makes_no_finding_exactly_if_it_does_not_speak_of_the_event(case: Case) -> None:
    silent = case.rule.only_if is not None and case.event[ONLY_IF] < 0
    assert silent == (case.conclusion() == NO_FINDING)


@rare
@given(cases())
def test_a_norm_does_not_apply_exactly_if_something_decisive_says_so(case: Case) -> None:
    found = case.conclusion()
    assume(found != NO_FINDING)
    decisive = min(case.gates) <= -DECISIVE or case.effect == "negated" or max(case.exceptions, default=0) >= DECISIVE
    assert decisive == (found.outcome is Outcome.NOT_APPLICABLE)


@rare
@given(cases(), st.integers(0, len(GATES) - 1), st.integers(-4, -DECISIVE), st.integers(0, 1))
def test_a_definite_no_beats_every_unknown(case: Case, place: int, no: int, rest: int) -> None:
    assume(case.conclusion() != NO_FINDING)
    unknown = replace(case, obj=0, event=tuple(0 if index != ONLY_IF else 4 for index, _ in enumerate(case.event)))
    found = unknown.with_event(place, no).conclusion()
    assert (Outcome.NOT_APPLICABLE, GATES[place]) == (found.outcome, found.decided_by)


@given(cases())
def test_what_does_not_apply_has_a_reason_and_whatever_applies_has_none(case: Case) -> None:
    found = case.conclusion()
    inapplicable = found.outcome is Outcome.NOT_APPLICABLE
    assert (inapplicable, inapplicable) == (bool(found.reason), bool(found.decided_by))


@given(cases())
def test_a_finding_is_undetermined_exactly_if_something_is_open(case: Case) -> None:
    found = case.conclusion()
    assert (found.outcome is Outcome.UNDETERMINED) == bool(found.open)


@rare
@given(cases())
def test_no_outcome_is_graver_than_the_weakest_thing_it_requires(case: Case) -> None:
    found = case.conclusion()
    assume(found.outcome in FLAGGED)
    ruled_out = [-verdict for verdict in case.exceptions if verdict < 0]
    late = [case.event[OVERDUE], abs(case.event[FULFILLED])] if case.rule.overdue is not None else []
    weakest = min([case.rule.cap, *case.gates, *ruled_out, *late])
    assert found.strength is not None
    assert 1 <= found.strength <= weakest
    assert found.outcome not in GRADES.values() or found.outcome is GRADES[found.strength]


@rare
@given(cases())
def test_every_gate_of_a_flagged_finding_is_true_and_no_exception_is(case: Case) -> None:
    assume(case.conclusion().outcome in FLAGGED)
    assert (True, True) == (min(case.gates) > 0, max(case.exceptions, default=0) <= 0)


@rare
@given(cases(), st.integers(0, len(GATES)))
def test_more_evidence_for_a_true_gate_never_lowers_the_outcome(case: Case, place: int) -> None:
    assume(0 < case.gates[place] < 4)
    stronger = replace(case, obj=case.obj + 1) if place == len(GATES) else case.with_event(place, case.event[place] + 1)
    assert RANK[case.conclusion().outcome] <= RANK[stronger.conclusion().outcome]


@rare
@given(cases(), st.integers(0, len(GATES)))
def test_learning_that_an_open_gate_is_true_never_rules_the_norm_out(case: Case, place: int) -> None:
    assume(case.gates[place] == 0)
    assume(case.conclusion().outcome is Outcome.UNDETERMINED)
    known = replace(case, obj=4) if place == len(GATES) else case.with_event(place, 4)
    assert known.conclusion().outcome is not Outcome.NOT_APPLICABLE


@rare
@given(cases())
def test_more_evidence_that_an_exception_does_not_apply_never_lowers_the_outcome(case: Case) -> None:
    assume(case.exceptions and -4 < case.exceptions[0] < 0)
    stronger = case.with_event(len(GATES), case.exceptions[0] - 1)
    assert RANK[case.conclusion().outcome] <= RANK[stronger.conclusion().outcome]


@given(cases())
def test_an_assumption_is_made_only_of_exceptions_nobody_ruled_out_or_in(case: Case) -> None:
    found = case.conclusion()
    by_name = dict(zip([one.id for one in case.rule.exceptions], case.exceptions, strict=True))
    assert [name for name in found.assumed_not if by_name[name] != 0] == []


@given(cases())
def test_the_weakest_parts_are_as_strong_as_the_outcome_says(case: Case) -> None:
    found = case.conclusion()
    shown = {gate.name: abs(gate.verdict) for gate in (*found.gates, *found.exceptions)}
    assert {found.strength} >= {shown[name] for name in found.weakest}


@given(cases())
def test_conduct_that_has_not_happened_is_never_graded(case: Case) -> None:
    found = replace(case, effect="prospective").conclusion()
    assert found.outcome not in (*GRADES.values(), Outcome.MET_LATE)
