"""From gates to an outcome: every line of the table, and the order of its lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from treatycheck.engine.outcomes import NO_FINDING, Conclusion, Outcome, conclude
from treatycheck.engine.program import CompiledException, CompiledRule
from treatycheck.engine.units import UnitRef
from treatycheck.truth import Strength

MakeRule = Callable[..., CompiledRule]

ASSUMED = CompiledException("rescue", UnitRef("event", 4), UnitRef("event", 5), ask=False)
ASKED = CompiledException("rescue", UnitRef("event", 4), UnitRef("event", 5), ask=True)
CAUTIOUS = CompiledException("rescue", UnitRef("event", 4), UnitRef("event", 5), ask=False, assumed_at_most=2)


def concluded(
    rule: CompiledRule, *event: int, obj: int = 4, effect: str = "actual", standing: str = "bound"
) -> Conclusion:
    """The conclusion on verdicts of the event units, 4 for the gates that are not given."""
    return conclude(rule, [obj], [*event, *[4] * (4 - len(event))], effect=effect, standing=standing)


def names(gates: tuple[object, ...]) -> list[str]:
    return [str(gate[0]) for gate in gates if isinstance(gate, tuple)]


@pytest.mark.parametrize(
    ("strength", "outcome"),
    [
        (1, Outcome.CONCERN),
        (2, Outcome.CREDIBLE_CONCERN),
        (3, Outcome.REASONABLE_GROUNDS),
        (4, Outcome.ESTABLISHED),
    ],
)
def test_an_outcome_is_as_strong_as_its_weakest_gate(make_rule: MakeRule, strength: int, outcome: Outcome) -> None:
    found = concluded(make_rule(), 4, 4, 4, strength)
    assert (outcome, Strength(strength)) == (found.outcome, found.strength)


def test_the_weakest_gates_are_named(make_rule: MakeRule) -> None:
    assert ("bound", "object") == concluded(make_rule(), 4, 2, 4, 3, obj=2).weakest


def test_the_object_is_read_from_the_units_of_objects(make_rule: MakeRule) -> None:
    assert concluded(make_rule(), obj=1).outcome is Outcome.CONCERN


def test_the_cap_of_a_rule_limits_its_outcome(make_rule: MakeRule) -> None:
    assert concluded(make_rule(cap=3)).outcome is Outcome.REASONABLE_GROUNDS


@pytest.mark.parametrize(
    ("place", "name", "reason"),
    [
        (0, "addressee", "actor_not_addressee"),
        (1, "bound", "actor_not_bound"),
        (2, "place", "place_out_of_scope"),
        (3, "conduct", "act_out_of_scope"),
    ],
)
def test_a_gate_that_is_false_rules_the_norm_out(make_rule: MakeRule, place: int, name: str, reason: str) -> None:
    found = concluded(make_rule(), *[-2 if index == place else 4 for index in range(4)])
    assert (Outcome.NOT_APPLICABLE, reason, name, None) == (
        found.outcome,
        found.reason,
        found.decided_by,
        found.strength,
    )


def test_an_object_out_of_scope_rules_the_norm_out(make_rule: MakeRule) -> None:
    found = concluded(make_rule(), obj=-4)
    assert ("object_out_of_scope", "object") == (found.reason, found.decided_by)


@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        ("not_yet_in_force", "not_yet_in_force"),
        ("ceased", "ceased"),
        ("suspended", "suspended"),
        ("never_party", "actor_not_bound"),
        ("", "actor_not_bound"),
    ],
)
def test_the_register_says_why_an_actor_is_not_bound(make_rule: MakeRule, standing: str, reason: str) -> None:
    assert reason == concluded(make_rule(), 4, -4, standing=standing).reason


def test_the_standing_explains_no_other_gate(make_rule: MakeRule) -> None:
    assert concluded(make_rule(), -4, standing="ceased").reason == "actor_not_addressee"


def test_the_first_gate_that_is_false_gives_the_reason(make_rule: MakeRule) -> None:
    assert concluded(make_rule(), 4, -2, -4, -4).decided_by == "bound"


def test_a_definite_no_wins_over_an_unknown(make_rule: MakeRule) -> None:
    assert concluded(make_rule(), 0, 0, 0, -2, obj=0).outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize("verdict", [0, -1])
def test_a_gate_that_is_unknown_or_only_said_to_be_false_leaves_it_open(make_rule: MakeRule, verdict: int) -> None:
    found = concluded(make_rule(), 4, verdict)
    assert (Outcome.UNDETERMINED, ["bound"], None) == (found.outcome, names(found.open), found.strength)


def test_conduct_that_is_denied_is_none(make_rule: MakeRule) -> None:
    found = concluded(make_rule(), effect="negated")
    assert (Outcome.NOT_APPLICABLE, "act_out_of_scope", "conduct") == (found.outcome, found.reason, found.decided_by)


@pytest.mark.parametrize("verdict", [-1, -4])
def test_a_rule_that_does_not_speak_of_the_event_makes_no_finding(make_rule: MakeRule, verdict: int) -> None:
    assert concluded(make_rule(only_if=4), -4, 4, 4, 4, verdict) == NO_FINDING


@pytest.mark.parametrize("verdict", [0, 1, 4])
def test_a_rule_that_may_speak_of_the_event_is_decided(make_rule: MakeRule, verdict: int) -> None:
    assert concluded(make_rule(only_if=4), 4, 4, 4, 4, verdict).outcome is Outcome.ESTABLISHED


# Exceptions: event unit 4 says whether it applies, 5 whether something suggests it.


def test_an_exception_that_applies_is_named(make_rule: MakeRule) -> None:
    found = concluded(make_rule((ASSUMED,)), 4, 0, 4, 4, 2, 2)
    assert (Outcome.NOT_APPLICABLE, "exception_applies", "rescue") == (found.outcome, found.reason, found.decided_by)


def test_a_gate_that_is_false_comes_before_an_exception(make_rule: MakeRule) -> None:
    assert concluded(make_rule((ASSUMED,)), -4, 4, 4, 4, 4, 4).decided_by == "addressee"


def test_an_exception_nobody_suggests_is_assumed_not_to_apply(make_rule: MakeRule) -> None:
    found = concluded(make_rule((ASSUMED,)), 4, 4, 4, 4, 0, 0)
    assert (Outcome.ESTABLISHED, ("rescue",)) == (found.outcome, found.assumed_not)


def test_an_assumption_limits_the_outcome_if_its_exception_says_so(make_rule: MakeRule) -> None:
    assert concluded(make_rule((CAUTIOUS,)), 4, 4, 4, 4, 0, 0).outcome is Outcome.CREDIBLE_CONCERN


def test_an_exception_that_is_ruled_out_is_no_assumption(make_rule: MakeRule) -> None:
    found = concluded(make_rule((CAUTIOUS,)), 4, 4, 4, 4, -4, -4)
    assert (Outcome.ESTABLISHED, ()) == (found.outcome, found.assumed_not)


def test_an_exception_that_something_suggests_is_open(make_rule: MakeRule) -> None:
    found = concluded(make_rule((ASSUMED,)), 4, 4, 4, 4, 0, 1)
    assert (Outcome.UNDETERMINED, ["rescue"], ()) == (found.outcome, names(found.open), found.assumed_not)


def test_an_exception_that_must_be_excluded_is_open_although_nothing_suggests_it(make_rule: MakeRule) -> None:
    assert names(concluded(make_rule((ASKED,)), 4, 4, 4, 4, 0, 0).open) == ["rescue"]


def test_an_exception_that_is_only_said_to_apply_is_open(make_rule: MakeRule) -> None:
    assert names(concluded(make_rule((ASSUMED,)), 4, 0, 4, 4, 1, 1).open) == ["bound", "rescue"]


def test_an_exception_that_is_said_to_apply_is_open_although_nothing_else_suggests_it(make_rule: MakeRule) -> None:
    assert names(concluded(make_rule((ASSUMED,)), 4, 4, 4, 4, 1, -4).open) == ["rescue"]


def test_ruling_an_exception_out_weakly_weakens_the_outcome(make_rule: MakeRule) -> None:
    found = concluded(make_rule((ASKED,)), 4, 4, 4, 4, -1, 0)
    assert (Outcome.CONCERN, ("rescue",)) == (found.outcome, found.weakest)


# Deadlines: event unit 4 says whether the duty was fulfilled, 5 whether the last day had passed.


@pytest.mark.parametrize(
    ("fulfilled", "overdue", "outcome"),
    [
        (4, -4, Outcome.MET),
        (0, -4, Outcome.PENDING),
        (-4, -1, Outcome.PENDING),
        (3, 2, Outcome.MET_LATE),
        (0, 3, Outcome.UNDETERMINED),
        (-1, 4, Outcome.CONCERN),
        (-4, 3, Outcome.REASONABLE_GROUNDS),
        (-4, 4, Outcome.ESTABLISHED),
        (4, 0, Outcome.UNDETERMINED),
    ],
)
def test_a_deadline_is_met_or_pending_or_passed(
    make_rule: MakeRule, fulfilled: int, overdue: int, outcome: Outcome
) -> None:
    assert outcome is concluded(make_rule(deadline=(4, 5)), 4, 4, 4, 4, fulfilled, overdue).outcome


def test_a_last_day_that_is_not_known_keeps_the_finding_open(make_rule: MakeRule) -> None:
    found = concluded(make_rule(deadline=(4, 5)), 4, 4, 4, 4, 4, 0)
    assert (["deadline"], ["deadline", "fulfilled"]) == (names(found.open), names(found.gates[-2:]))


def test_after_the_last_day_nobody_knows_of_a_breach_before_somebody_says_what_became_of_the_duty(
    make_rule: MakeRule,
) -> None:
    assert names(concluded(make_rule(deadline=(4, 5)), 4, 4, 4, 4, 0, 4).open) == ["fulfilled"]


def test_a_delay_is_as_strong_as_its_weakest_part(make_rule: MakeRule) -> None:
    found = concluded(make_rule(deadline=(4, 5)), 4, 4, 4, 4, 4, 2)
    assert (Strength.S2, ("deadline",)) == (found.strength, found.weakest)


def test_an_open_gate_comes_before_the_deadline(make_rule: MakeRule) -> None:
    assert names(concluded(make_rule(deadline=(4, 5)), 4, 0, 4, 4, 4, -4).open) == ["bound"]


# Announced conduct.


@pytest.mark.parametrize("strength", [2, 3, 4])
def test_conduct_that_is_announced_is_anticipated(make_rule: MakeRule, strength: int) -> None:
    found = concluded(make_rule(), 4, 4, 4, strength, effect="prospective")
    assert (Outcome.ANTICIPATED, Strength(strength)) == (found.outcome, found.strength)


def test_conduct_that_is_only_said_to_be_announced_is_open(make_rule: MakeRule) -> None:
    found = concluded(make_rule(), 4, 4, 4, 1, effect="prospective")
    assert (Outcome.UNDETERMINED, ["conduct"], ("conduct",)) == (found.outcome, names(found.open), found.weakest)
