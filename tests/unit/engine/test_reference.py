"""The reference evaluator on programs small enough to be checked by eye."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from treatycheck.engine.reference import Reference
from treatycheck.engine.units import All, Any, Formula, LeafRef, Not, UnitRef, Units

A, B, C = LeafRef(0), LeafRef(1), LeafRef(2)

MakeUnits = Callable[..., Units]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (A, 3),
        (Not(A), -3),
        (All((A, B)), -2),
        (Any((A, B)), 3),
        (All((A, C)), 0),
        (Any((B, C)), 0),
        (All((A,)), 3),
        (Any((B,)), -2),
        (All(()), 4),
        (Any(()), -4),
        (Any((All((A, Not(B))), C)), 2),
        (Not(All((A, Not(Any((B, C)))))), 0),
    ],
)
def test_a_formula_is_worked_out_from_its_leaves(make_units: MakeUnits, formula: Formula, expected: int) -> None:
    engine = Reference(make_units(events=(formula,)))
    assert [expected] == engine.decide_event([3, -2, 0, 0], [])


@pytest.mark.parametrize(("verdict", "expected"), [(4, 2), (2, 2), (1, 1), (0, 0), (-1, -1), (-4, -2)])
def test_a_cap_limits_a_unit_true_or_false(make_units: MakeUnits, verdict: int, expected: int) -> None:
    engine = Reference(make_units(events=(A,), caps={UnitRef("event", 0): 2}))
    assert [expected] == engine.decide_event([verdict, 0, 0, 0], [])


def test_a_unit_reads_the_units_before_it_after_their_caps(make_units: MakeUnits) -> None:
    first = UnitRef("event", 0)
    engine = Reference(make_units(events=(A, Not(first), first), caps={first: 1}))
    assert [1, -1, 1] == engine.decide_event([4, 0, 0, 0], [])


def test_an_event_unit_reads_what_holds_for_any_object(make_units: MakeUnits) -> None:
    engine = Reference(make_units(objects=(A, B), events=(All((UnitRef("object", 1), A)),)))
    assert [2] == engine.decide_event([4, 0, 0, 0], [-4, 2])


def test_objects_are_decided_on_their_own_leaves(make_units: MakeUnits) -> None:
    engine = Reference(make_units(objects=(A, Any((B, UnitRef("object", 0)))), events=(A,)))
    assert [[-1, 3], [2, 2]] == [engine.decide_object([-1, 3, 0, 0]), engine.decide_object([2, 0, 0, 0])]


def test_equal_formulas_may_have_different_caps(make_units: MakeUnits) -> None:
    same = All((A, B))
    engine = Reference(make_units(events=(same, same), caps={UnitRef("event", 0): 1}))
    assert [1, 3] == engine.decide_event([4, 3, 0, 0], [])


def test_a_leaf_of_an_event_is_not_the_leaf_of_an_object(make_units: MakeUnits) -> None:
    engine = Reference(make_units(objects=(A,), events=(Any((A, UnitRef("object", 0))),)))
    assert [1] == engine.decide_event([-4, 0, 0, 0], [1])


def test_a_program_without_units_has_no_answers(make_units: MakeUnits) -> None:
    engine = Reference(make_units())
    engine.close()
    assert ([], []) == (engine.decide_object([0] * 4), engine.decide_event([0] * 4, []))


def test_a_reference_to_a_unit_that_comes_later_is_a_defect(make_units: MakeUnits) -> None:
    with pytest.raises(KeyError):
        Reference(make_units(events=(UnitRef("event", 1), A)))
