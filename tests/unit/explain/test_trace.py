"""Which parts decided a verdict."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from treatycheck.engine.program import Program
from treatycheck.engine.reference import Reference
from treatycheck.engine.units import All, Any, Formula, LeafRef, Not, Unit, UnitRef
from treatycheck.explain.trace import Step, Verdicts, decided_by, steps
from treatycheck.rulebook.conditions import FactTest

A, B, C = LeafRef(0), LeafRef(1), LeafRef(2)
LEAVES = tuple(FactTest(f"fact.{name}", "is", ("yes",)) for name in "abc")


def verdicts(
    event: Sequence[int] = (0, 0, 0),
    objects: Sequence[Sequence[int]] = (),
    *,
    units: Sequence[Formula] = (),
    caps: Sequence[int] = (),
    of_objects: Sequence[Formula] = (),
) -> Verdicts:
    """The verdicts of a program of the units given, each on a level of its own, with three leaves in each scope."""
    program = Program(
        LEAVES,
        LEAVES,
        tuple(Unit(f"term o{index}", "object", one, 4, index) for index, one in enumerate(of_objects)),
        tuple(
            Unit(f"term e{index}", "event", one, caps[index] if caps else 4, index) for index, one in enumerate(units)
        ),
        (),
        {},
        {},
    )
    engine = Reference(program.units)
    each = [engine.decide_object(leaves) for leaves in objects]
    lifted = [max(column) for column in zip(*each, strict=True)] if each else [0] * len(of_objects)
    return Verdicts(program, objects, each, lifted, event, engine.decide_event(event, lifted))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [(A, 3), (Not(B), 2), (All((A, B)), -2), (Any((A, C)), 3), (All(()), 4), (Any((B, Not(A))), -2)],
)
def test_a_formula_is_weighed_from_its_leaves(formula: Formula, expected: int) -> None:
    assert expected == verdicts((3, -2, 0)).weigh(formula, None).verdict


def test_a_formula_of_an_object_is_weighed_from_the_leaves_of_that_object() -> None:
    found = verdicts((4, 4, 4), [(1, 0, 0), (-2, 0, 0)])
    assert [1, -2] == [found.weigh(A, number).verdict for number in (0, 1)]


def test_a_unit_is_weighed_as_the_engines_decided_it() -> None:
    found = verdicts((4, 0, 0), units=(A,), caps=(1,))
    assert found.weigh(UnitRef("event", 0), None).verdict == 1


def test_a_unit_of_objects_is_weighed_for_one_of_them_or_for_any() -> None:
    found = verdicts(objects=[(1, 0, 0), (3, 0, 0)], of_objects=(A,))
    assert [1, 3, 3] == [found.weigh(UnitRef("object", 0), number).verdict for number in (0, 1, None)]


@pytest.mark.parametrize(
    ("formula", "leaves", "expected"),
    [
        (All((A, B, C)), (4, 2, 3), "abc"),
        (All((A, B, C)), (-4, -2, -4), "ac"),
        (All((A, B, C)), (0, 2, 0), "ac"),
        (All((A, B, C)), (0, -1, 4), "b"),
        (Any((A, B, C)), (3, 4, -4), "b"),
        (Any((A, B, C)), (-3, -4, -1), "abc"),
        (Any((A, B, C)), (0, -4, 0), "ac"),
        (Not(A), (0, 0, 0), "a"),
    ],
)
def test_a_verdict_rests_on_the_parts_that_made_it(formula: Formula, leaves: tuple[int, ...], expected: str) -> None:
    found = decided_by(verdicts(leaves).weigh(formula, None))
    assert expected == "".join(name for name, decided in zip("abc", found, strict=False) if decided)


def test_the_steps_go_from_the_top_down() -> None:
    term = UnitRef("event", 0)
    found = verdicts((4, -2, 3), units=(Any((A, B)), All((Not(B), term, C))))
    top = UnitRef("event", 1)
    assert (Step(top, None, 2), Step(B, None, -2), Step(term, None, 4), Step(A, None, 4), Step(C, None, 3)) == steps(
        found, top
    )


def test_a_part_that_did_not_decide_is_no_step() -> None:
    assert (Step(B, None, -2),) == steps(verdicts((4, -2, 0)), All((A, B, C)))


@pytest.mark.parametrize(
    ("leaves", "expected"),
    [
        ([(4, 0, 0), (-4, 0, 0)], [(0, 4)]),
        ([(0, 0, 0), (-4, 0, 0)], [(0, 0)]),
        ([(-4, 0, 0), (-2, 0, 0)], [(0, -4), (1, -2)]),
        ([], []),
    ],
)
def test_a_unit_holds_because_of_one_object_and_fails_because_of_all(
    leaves: list[tuple[int, ...]], expected: list[tuple[int, int]]
) -> None:
    found = steps(verdicts(objects=leaves, of_objects=(A,)), UnitRef("object", 0))
    assert expected == [(step.number, step.verdict) for step in found if step.ref == A]


def test_each_object_that_decided_is_a_step_before_its_leaves() -> None:
    unit = UnitRef("object", 0)
    found = steps(verdicts(objects=[(-1, 0, 0), (2, 0, 0)], of_objects=(A,)), unit)
    assert (Step(unit, None, 2), Step(unit, 1, 2), Step(A, 1, 2)) == found


def test_within_one_object_its_units_are_followed_for_it_alone() -> None:
    inner, outer = UnitRef("object", 0), UnitRef("object", 1)
    found = steps(verdicts(objects=[(3, 0, 0)], of_objects=(A, Not(inner))), outer, 0)
    assert (Step(outer, 0, -3), Step(inner, 0, 3), Step(A, 0, 3)) == found
