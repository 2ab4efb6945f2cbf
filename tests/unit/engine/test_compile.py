"""What the conditions of a rulebook become: leaves, units with their caps, gates and exceptions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from treatycheck.engine import compile as compiling
from treatycheck.engine.compile import PART, chosen_positions, compile_rulebook
from treatycheck.engine.durable import Durable
from treatycheck.engine.matcher import available
from treatycheck.engine.program import CompiledRule, DeadlineTest, Program, StandingTest
from treatycheck.engine.reference import Reference
from treatycheck.engine.units import All, Any, Formula, LeafRef, Not, Unit, UnitRef, Units
from treatycheck.rulebook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    DateTest,
    FactTest,
    Negation,
    PassedTest,
    StatusTest,
    TermTest,
)
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Bearer, Confidence, Exempting, Procedure, Rulebook, Stage, Term

needs_matcher = pytest.mark.skipif(available() is not None, reason=str(available()))

BURNT = FactTest("event.burnt", "is", ("yes",))
RESCUE = FactTest("event.purpose", "is", ("rescue",))
HIGH = FactTest("event.height", "above", ("10",))
BOUND = StatusTest("this", "bearer", ("bound", "provisional"))
SINCE = DateTest("on_or_after", "2020-01-01")


@pytest.fixture
def rulebook(desk: Path) -> Rulebook:
    return load_rulebook(desk / "rules")


def with_terms(rulebook: Rulebook, *terms: Term) -> Rulebook:
    return replace(rulebook, terms=dict(rulebook.terms) | {term.id: term for term in terms})


def event_term(name: str, when: Condition, confidence: Confidence = "settled", *, evaluative: bool = False) -> Term:
    return Term(id=name, title=name, provision="ka:2", when=when, confidence=confidence, evaluative=evaluative)


def with_rule(rulebook: Rulebook, **changes: object) -> Rulebook:
    rule = replace(rulebook.rules["ka-1-fly"], **changes)  # type: ignore[arg-type]
    return replace(rulebook, rules=dict(rulebook.rules) | {rule.id: rule})


def with_exception(rulebook: Rulebook, when: Condition, **changes: object) -> Rulebook:
    found = replace(rulebook.exceptions["ka-3-rescue"], when=when, **changes)  # type: ignore[arg-type]
    return replace(rulebook, exceptions={found.id: found})


def rule(program: Program, name: str = "ka-1-fly") -> CompiledRule:
    return next(one for one in program.rules if one.rule.id == name)


def gate(program: Program, name: str, of: str = "ka-1-fly") -> Unit:
    return program.unit(dict(rule(program, of).gates)[name])


def term(program: Program, name: str) -> Unit:
    return program.unit(program.terms[name])


def written(program: Program, formula: Formula, *, of_object: bool = False) -> object:
    """A formula with the leaves and the names of units it refers to in their places."""
    match formula:
        case LeafRef(index):
            return (program.object_leaves if of_object else program.event_leaves)[index]
        case UnitRef():
            return program.unit(formula).name
        case Not(part):
            return ("not", written(program, part, of_object=of_object))
        case All(parts):
            return ("all", *[written(program, part, of_object=of_object) for part in parts])
        case Any(parts):
            return ("any", *[written(program, part, of_object=of_object) for part in parts])


def test_the_gates_stand_in_the_order_in_which_they_are_decided(rulebook: Rulebook) -> None:
    program = compile_rulebook(with_rule(rulebook, place=BURNT))
    assert ["addressee", "bound", "place", "object", "conduct"] == [name for name, _ in rule(program).gates]


def test_a_gate_that_a_rule_does_not_have_is_left_out(rulebook: Rulebook) -> None:
    program = compile_rulebook(with_rule(rulebook, object=None))
    assert ["addressee", "bound", "conduct"] == [name for name, _ in rule(program).gates]


def test_the_conduct_begins_with_the_act_and_the_role(rulebook: Rulebook) -> None:
    program = compile_rulebook(with_rule(rulebook, when=None))
    expected = ("all", FactTest("event.act", "in", ("fly",)), FactTest("bearer.role", "in", ("flyer",)))
    assert expected == written(program, gate(program, "conduct").formula)


def test_the_shared_gates_of_the_instrument_hold_where_a_rule_has_none_of_its_own(rulebook: Rulebook) -> None:
    program = compile_rulebook(rulebook)
    own, shared = gate(program, "addressee"), gate(program, "addressee", "ka-4-burn")
    assert (True, FactTest("bearer.kind", "in", ("state", "state_organ"))) == (
        isinstance(own.formula, Any),
        written(program, shared.formula),
    )


def test_a_condition_becomes_a_formula_of_the_same_shape(rulebook: Rulebook) -> None:
    program = compile_rulebook(with_rule(rulebook, when=None, place=AnyOf((BURNT, Negation(AllOf((HIGH, SINCE)))))))
    assert ("any", BURNT, ("not", ("all", HIGH, SINCE))) == written(program, gate(program, "place").formula)


def test_equal_tests_share_a_leaf(rulebook: Rulebook) -> None:
    program = compile_rulebook(rulebook)
    assert sorted(set(map(str, program.event_leaves))) == sorted(map(str, program.event_leaves))


def test_equal_gates_of_two_rules_share_a_unit(rulebook: Rulebook) -> None:
    program = compile_rulebook(rulebook)
    assert dict(rule(program).gates)["object"] == dict(rule(program, "ka-4-burn").gates)["object"]


def test_a_gate_that_is_a_term_is_the_unit_of_the_term(rulebook: Rulebook) -> None:
    program = compile_rulebook(rulebook)
    assert program.terms["storm_kite"] == dict(rule(program).gates)["object"]


def test_units_come_after_those_they_refer_to_and_one_level_higher(rulebook: Rulebook) -> None:
    program = compile_rulebook(rulebook)
    night, storm = program.terms["night_kite"], program.terms["storm_kite"]
    assert (0, 1, True) == (program.unit(night).level, program.unit(storm).level, night.index < storm.index)


def test_an_event_unit_over_an_object_unit_is_on_the_first_level(rulebook: Rulebook) -> None:
    program = compile_rulebook(with_rule(rulebook, place=AllOf((TermTest("storm_kite"), BURNT))))
    unit = gate(program, "place")
    assert (0, "event", ("all", "term storm_kite", BURNT)) == (unit.level, unit.scope, written(program, unit.formula))


def test_a_rule_that_is_retired_is_not_compiled(rulebook: Rulebook) -> None:
    program = compile_rulebook(with_rule(rulebook, status="retired"))
    assert ["ka-4-burn"] == [one.rule.id for one in program.rules]


# Terms and positions


def test_the_reading_of_the_default_position_is_in_force(rulebook: Rulebook) -> None:
    program = compile_rulebook(rulebook)
    leaf = written(program, term(program, "night_kite").formula, of_object=True)
    assert (FactTest("object.activation", "is", ("never",)), "no_night") == (leaf, program.positions["night_kites"])


def test_another_position_puts_its_reading_in_force(rulebook: Rulebook) -> None:
    program = compile_rulebook(rulebook, {"night_kites": "night"})
    leaf = written(program, term(program, "night_kite").formula, of_object=True)
    assert (FactTest("object.activation", "is", ("at night",)), 3) == (leaf, term(program, "night_kite").cap)


def test_a_rule_knows_the_positions_it_depends_on(rulebook: Rulebook) -> None:
    assert ("night_kites", "pause") == rule(compile_rulebook(rulebook)).positions


def test_a_term_that_only_renames_another_keeps_its_own_position(rulebook: Rulebook) -> None:
    night = rulebook.terms["night_kite"]
    readings = {name: replace(one, when=TermTest("toy"), confidence="settled") for name, one in night.readings.items()}
    toy = Term(
        id="toy", title="Toy", provision="ka:2", scope="object", when=FactTest("object.category", "is", ("toy",))
    )
    program = compile_rulebook(with_terms(rulebook, replace(night, readings=readings), toy))
    assert (True, "term night_kite", "night_kites" in rule(program).positions) == (
        program.terms["night_kite"] != program.terms["toy"],
        term(program, "night_kite").name,
        True,
    )


def test_two_terms_of_one_wording_are_two_units(rulebook: Rulebook) -> None:
    program = compile_rulebook(with_terms(rulebook, event_term("one", BURNT), event_term("other", BURNT)))
    assert ("term one", "term other") == (term(program, "one").name, term(program, "other").name)


@pytest.mark.parametrize(("confidence", "cap"), [("settled", 4), ("majority", 4), ("contested", 3), ("open", 3)])
def test_a_contested_term_never_establishes_anything(rulebook: Rulebook, confidence: Confidence, cap: int) -> None:
    program = compile_rulebook(with_terms(rulebook, event_term("one", BURNT, confidence)))
    assert cap == term(program, "one").cap


def test_a_judgement_of_degree_carries_no_more_than_a_concern(rulebook: Rulebook) -> None:
    program = compile_rulebook(with_terms(rulebook, event_term("one", BURNT, evaluative=True)))
    assert term(program, "one").cap == 1


@pytest.mark.parametrize(("own", "shared", "cap"), [(None, "settled", 4), (None, "open", 3), ("settled", "open", 4)])
def test_the_confidence_of_a_rule_limits_its_outcome(
    rulebook: Rulebook, own: Confidence | None, shared: Confidence, cap: int
) -> None:
    accord = replace(rulebook.instruments["ka"], confidence=shared)
    program = compile_rulebook(replace(with_rule(rulebook, confidence=own), instruments={"ka": accord}))
    assert cap == rule(program).cap


# Status, deadlines and procedures


@pytest.mark.parametrize(("provision", "standings"), [("ka:1", ("bound", "provisional")), ("ka:4", ("bound",))])
def test_provisional_application_counts_only_for_the_provisions_it_covers(
    rulebook: Rulebook, provision: str, standings: tuple[str, ...]
) -> None:
    program = compile_rulebook(with_rule(rulebook, provision=provision, bound=BOUND))
    assert StandingTest("ka", "bearer", standings, continuing=False) == written(program, gate(program, "bound").formula)


def test_conduct_that_continues_asks_for_the_status_while_it_does(rulebook: Rulebook) -> None:
    program = compile_rulebook(rulebook)
    assert StandingTest("ka", "bearer", ("bound",), continuing=True) == written(
        program, gate(program, "bound", "ka-4-burn").formula
    )


def test_outside_a_rule_a_status_names_its_instrument(rulebook: Rulebook) -> None:
    test = StatusTest("ka", "flyer", ("bound", "provisional"))
    program = compile_rulebook(with_terms(rulebook, event_term("one", test)))
    assert StandingTest("ka", "flyer", ("bound",), continuing=False) == written(program, term(program, "one").formula)


def test_an_instrument_without_members_has_no_provisional_application(rulebook: Rulebook) -> None:
    accord = replace(rulebook.instruments["ka"], membership=None)
    program = compile_rulebook(replace(rulebook, instruments={"ka": accord}))
    assert (("night_kites",), StandingTest("ka", "bearer", ("bound",), continuing=False)) == (
        rule(program).positions,
        written(program, gate(program, "bound").formula),
    )


def test_without_a_suspension_no_position_decides_on_it(rulebook: Rulebook) -> None:
    accord = rulebook.instruments["ka"]
    assert accord.membership is not None
    calm = replace(accord, membership=replace(accord.membership, suspension=None))
    assert ("night_kites",) == rule(compile_rulebook(replace(rulebook, instruments={"ka": calm}))).positions


def test_a_deadline_becomes_whether_the_duty_is_met_and_whether_the_day_has_passed(rulebook: Rulebook) -> None:
    program = compile_rulebook(rulebook)
    found = rule(program, "ka-4-burn")
    assert found.fulfilled is not None
    assert found.overdue is not None
    assert (BURNT, DeadlineTest("ka-4-burn", "ka", "entry_into_force", "P4Y")) == (
        written(program, program.unit(found.fulfilled).formula),
        written(program, program.unit(found.overdue).formula),
    )


def test_an_exception_may_ask_whether_the_last_day_under_another_rule_has_passed(rulebook: Rulebook) -> None:
    program = compile_rulebook(with_exception(rulebook, Negation(PassedTest("ka-4-burn"))))
    due = DeadlineTest("ka-4-burn", "ka", "entry_into_force", "P4Y")
    assert (("not", due), ("any",)) == applies_and_suggested(program)
    assert 1 == program.event_leaves.count(due)


def test_a_rule_without_a_deadline_or_a_question_of_its_own_has_neither(rulebook: Rulebook) -> None:
    found = rule(compile_rulebook(rulebook))
    assert (None, None, None) == (found.fulfilled, found.overdue, found.only_if)


def test_what_engages_a_rule_is_a_unit_of_the_event(rulebook: Rulebook) -> None:
    program = compile_rulebook(with_rule(rulebook, only_if=BURNT))
    found = rule(program).only_if
    assert found is not None
    assert written(program, program.unit(found).formula) == BURNT


def test_the_stages_of_a_procedure_keep_their_order(rulebook: Rulebook) -> None:
    stages = (Stage(state="burnt", label="Burnt", when=BURNT), Stage(state="high", label="High", when=HIGH))
    procedure = Procedure(
        id="steps", title="Steps", provision="ka:1", act=("fly",), subject=Bearer(role=("flyer",)), stages=stages
    )
    program = compile_rulebook(replace(rulebook, procedures={"steps": procedure}))
    (found,) = program.procedures
    assert [("burnt", BURNT), ("high", HIGH)] == [
        (stage.state, written(program, program.unit(ref).formula)) for stage, ref in found.stages
    ]


# Exceptions


def applies_and_suggested(program: Program) -> tuple[object, object]:
    (found,) = rule(program).exceptions
    units = program.unit(found.applies), program.unit(found.suggested)
    return written(program, units[0].formula), written(program, units[1].formula)


def test_what_speaks_for_an_exception_suggests_it(rulebook: Rulebook) -> None:
    program = compile_rulebook(with_exception(rulebook, AllOf((RESCUE, AnyOf((BURNT, TermTest("ordered_by_state")))))))
    assert (
        ("all", RESCUE, ("any", BURNT, "term ordered_by_state")),
        ("any", RESCUE, BURNT, "term ordered_by_state"),
    ) == applies_and_suggested(program)


@pytest.mark.parametrize("when", [Negation(BURNT), StatusTest("ka", "bearer", ("bound",)), SINCE])
def test_a_negation_a_status_or_a_date_suggests_no_exception(rulebook: Rulebook, when: Condition) -> None:
    assert ("any",) == applies_and_suggested(compile_rulebook(with_exception(rulebook, when)))[1]


@pytest.mark.parametrize(("if_unstated", "ask"), [("ask", True), ("assume_not", False)])
def test_an_exception_says_what_silence_means(rulebook: Rulebook, if_unstated: str, ask: bool) -> None:
    program = compile_rulebook(with_exception(rulebook, RESCUE, if_unstated=if_unstated))
    assert ask == rule(program).exceptions[0].ask


@pytest.mark.parametrize(("strength", "most"), [("", 4), ("S2", 2)])
def test_an_assumption_may_limit_the_outcome(rulebook: Rulebook, strength: str, most: int) -> None:
    program = compile_rulebook(with_exception(rulebook, RESCUE, assumed_at_most=strength))
    assert most == rule(program).exceptions[0].assumed_at_most


def test_an_exception_asks_the_event_even_where_it_turns_on_an_object(rulebook: Rulebook) -> None:
    program = compile_rulebook(with_exception(rulebook, TermTest("storm_kite")))
    (found,) = rule(program).exceptions
    assert ("event", "term storm_kite") == (found.applies.scope, applies_and_suggested(program)[0])


def test_an_exception_that_two_rules_name_is_one_pair_of_units(rulebook: Rulebook) -> None:
    burn = replace(rulebook.rules["ka-4-burn"], unless=("ka-3-rescue",))
    program = compile_rulebook(replace(rulebook, rules=dict(rulebook.rules) | {burn.id: burn}))
    assert rule(program).exceptions == rule(program, "ka-4-burn").exceptions


def test_the_exceptions_are_those_the_rule_names(rulebook: Rulebook) -> None:
    other = Exempting(id="other", title="Other", provision="ka:3", when=BURNT, if_unstated="ask")
    program = compile_rulebook(replace(rulebook, exceptions=dict(rulebook.exceptions) | {"other": other}))
    assert ["ka-3-rescue"] == [one.id for one in rule(program).exceptions]


# One act alone, and conditions that are long


def test_for_one_act_only_the_rules_that_speak_of_it_are_compiled(rulebook: Rulebook) -> None:
    program = compile_rulebook(rulebook, act="keep")
    assert (["ka-4-burn"], ["night_kite", "storm_kite"]) == (
        [one.rule.id for one in program.rules],
        sorted(program.terms),
    )


def test_for_an_act_no_rule_speaks_of_nothing_is_compiled(rulebook: Rulebook) -> None:
    assert Units(0, 0, (), ()) == compile_rulebook(rulebook, act="sing").units


def test_for_one_act_only_its_procedures_are_compiled(rulebook: Rulebook) -> None:
    stages = (Stage(state="burnt", label="Burnt", when=BURNT),)
    procedures = {
        act: Procedure(id=act, title=act, provision="ka:1", act=(act,), subject=Bearer(role=("flyer",)), stages=stages)
        for act in ("fly", "keep")
    }
    program = compile_rulebook(replace(rulebook, procedures=procedures), act="keep")
    assert ["keep"] == [one.procedure.id for one in program.procedures]


def heights(start: int, size: int = 4) -> AnyOf:
    return AnyOf(tuple(FactTest("event.height", "above", (str(start + index),)) for index in range(size)))


def test_a_condition_of_few_alternatives_is_one_unit(rulebook: Rulebook) -> None:
    place = AllOf((heights(0), heights(10)))
    program = compile_rulebook(with_rule(rulebook, place=place))
    assert [unit.name for unit in program.event_units if unit.name.startswith(PART)] == []


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (AllOf((heights(0), heights(10), heights(20), Negation(heights(30)), BURNT)), All),
        (AnyOf((heights(0), Negation(heights(10, 12)), heights(20, 12))), Any),
        (Negation(AllOf((heights(0), heights(10), heights(20)))), Not),
    ],
)
def test_a_condition_of_many_alternatives_is_divided_and_keeps_its_meaning(
    rulebook: Rulebook, place: Condition, kind: type[Formula]
) -> None:
    whole = compile_rulebook(with_rule(rulebook, place=place))
    unit = gate(whole, "place")
    assert isinstance(unit.formula, kind)
    assert any(one.name == f"{PART} place of ka-1-fly" for one in whole.event_units)
    engine = Reference(whole.units)
    ref = dict(rule(whole).gates)["place"].index
    for height in (0, 3, 13, 23, 40):
        leaves = [verdict(test, height) for test in whole.event_leaves]
        assert holds(place, height) == engine.decide_event(leaves, [0] * len(whole.object_units))[ref]


@needs_matcher
@pytest.mark.parametrize("kind", [AllOf, AnyOf])
def test_many_parts_side_by_side_are_decided_in_groups(rulebook: Rulebook, kind: type[AllOf | AnyOf]) -> None:
    place = kind(tuple(FactTest("event.height", "above", (str(height),)) for height in range(300)))
    program = compile_rulebook(with_rule(rulebook, place=place))
    assert len(gate(program, "place").formula.parts) == 3  # type: ignore[union-attr]
    ref = dict(rule(program).gates)["place"].index
    lifted = [0] * len(program.object_units)
    with Durable(program.units) as durable:
        for height in (0, 150, 400):
            leaves = [verdict(test, height) for test in program.event_leaves]
            engines = (Reference(program.units), durable)
            assert [holds(place, height)] * 2 == [one.decide_event(leaves, lifted)[ref] for one in engines]


def test_what_has_no_parts_cannot_be_divided(rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "MANY_FORMS", 1)
    program = compile_rulebook(with_rule(rulebook, place=BURNT))
    assert written(program, gate(program, "place").formula) == BURNT


def verdict(test: object, height: int) -> int:
    if isinstance(test, FactTest) and test.operator == "above":
        return 3 if height > int(test.operands[0]) else -3
    return 2 if test == BURNT else 0


def holds(condition: Condition, height: int) -> int:
    match condition:
        case AllOf(parts):
            return min(holds(part, height) for part in parts)
        case AnyOf(parts):
            return max(holds(part, height) for part in parts)
        case Negation(part):
            return -holds(part, height)
        case _:
            return verdict(condition, height)


def test_the_reading_is_that_of_the_position_chosen_or_of_its_default(rulebook: Rulebook) -> None:
    chosen = chosen_positions(rulebook, {"pause": "pause_at_once"})
    assert {"night_kites": "no_night", "pause": "pause_at_once"} == chosen


@needs_matcher
def test_the_whole_of_a_rulebook_can_be_matched(rulebook: Rulebook) -> None:
    units = compile_rulebook(rulebook).units
    with Durable(units) as engine:
        assert Reference(units).decide_event([0] * units.event_leaves, [0] * len(units.object_units)) == (
            engine.decide_event([0] * units.event_leaves, [0] * len(units.object_units))
        )
