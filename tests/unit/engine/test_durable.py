"""The program as conjunctions of flags, and what is read from those that fire."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Self

import pytest

from treatycheck.engine import durable
from treatycheck.engine.durable import MAX_CONJUNCTIONS, Conjunction, Durable, FormTooLarge, normal_form
from treatycheck.engine.matcher import MatcherError, available
from treatycheck.engine.units import All, Any, Formula, LeafRef, Not, UnitRef, Units
from treatycheck.errors import DefectError

A, B, C, D = (LeafRef(index) for index in range(4))

MakeUnits = Callable[..., Units]
needs_matcher = pytest.mark.skipif(available() is not None, reason=str(available()))


def form(*conjunctions: str) -> frozenset[Conjunction]:
    """Conjunctions written as `a b'`: leaf 0 true and leaf 1 false."""
    return frozenset(
        frozenset(("l", "abcd".index(literal[0]), -1 if literal.endswith("'") else 1) for literal in one.split())
        for one in conjunctions
    )


@pytest.mark.parametrize(
    ("formula", "true", "false"),
    [
        (A, form("a"), form("a'")),
        (Not(A), form("a'"), form("a")),
        (All((A, B)), form("a b"), form("a'", "b'")),
        (Any((A, B)), form("a", "b"), form("a' b'")),
        (All(()), form(""), form()),
        (Any(()), form(), form("")),
        (All((A, Any((B, C)))), form("a b", "a c"), form("a'", "b' c'")),
        (Any((A, All((A, B)))), form("a"), form("a'")),
        (All((A, Not(A))), form(), form("a", "a'")),
        (Any((All((A, Not(A))), B)), form("b"), form("a b'", "a' b'")),
        (Not(All((Not(A), Not(B)))), form("a", "b"), form("a' b'")),
    ],
)
def test_each_rail_is_a_positive_formula(
    formula: Formula, true: frozenset[Conjunction], false: frozenset[Conjunction]
) -> None:
    assert (true, false) == (normal_form(formula, 1), normal_form(formula, -1))


def test_a_reference_keeps_the_scope_of_its_unit() -> None:
    formula = All((UnitRef("object", 3), UnitRef("event", 5)))
    assert frozenset({frozenset({("o", 3, 1), ("e", 5, 1)})}) == normal_form(formula, 1)


def pairs(size: int) -> Formula:
    """A conjunction of so many disjunctions of two leaves of their own: two to that power alternatives."""
    return All(tuple(Any((LeafRef(2 * index), LeafRef(2 * index + 1))) for index in range(size)))


def test_as_many_alternatives_as_are_allowed_are_kept() -> None:
    assert MAX_CONJUNCTIONS == len(normal_form(pairs(8), 1))


@pytest.mark.parametrize("size", [9, 17])
def test_a_condition_with_too_many_alternatives_is_refused_by_name(size: int) -> None:
    with pytest.raises(FormTooLarge, match=r"^the condition of `a term` has more than 256 alternatives$"):
        normal_form(pairs(size), 1, "a term")


def test_a_disjunction_with_too_many_alternatives_is_refused(make_units: MakeUnits) -> None:
    wide = Any(tuple(LeafRef(index) for index in range(MAX_CONJUNCTIONS + 1)))
    with pytest.raises(FormTooLarge):
        normal_form(wide, 1)


@needs_matcher
@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (A, 3),
        (Not(A), -3),
        (All((A, B)), -2),
        (Any((A, B)), 3),
        (All((A, C)), 0),
        (All((A, Not(B))), 2),
        (Any((All((A, Not(B))), D)), 2),
        (Any((All((A, D)), Not(B), All((A, Not(B))))), 2),
        (All((B, C)), -2),
        (All((Any((B, C)), A)), 0),
        (All(()), 4),
        (Any(()), -4),
    ],
)
def test_strength_is_read_from_the_best_witness(make_units: MakeUnits, formula: Formula, expected: int) -> None:
    with Durable(make_units(events=(formula,))) as engine:
        assert [expected] == engine.decide_event([3, -2, 0, 1], [])


@needs_matcher
def test_a_unit_reads_the_strata_before_it_after_their_caps(make_units: MakeUnits) -> None:
    first, second = UnitRef("event", 0), UnitRef("event", 1)
    units = make_units(
        events=(All((A, B)), All((first, C)), Not(second)), caps={first: 1}, levels={second: 1, UnitRef("event", 2): 2}
    )
    with Durable(units) as engine:
        assert [1, 1, -1] == engine.decide_event([4, 3, 2, 0], [])


@needs_matcher
def test_a_unit_that_always_holds_is_capped_and_can_be_referred_to(make_units: MakeUnits) -> None:
    first = UnitRef("event", 0)
    units = make_units(events=(All(()), All((first, A))), caps={first: 2}, levels={UnitRef("event", 1): 1})
    with Durable(units) as engine:
        assert [2, 2] == engine.decide_event([4, 0, 0, 0], [])


@needs_matcher
def test_objects_are_decided_on_their_own_leaves(make_units: MakeUnits) -> None:
    units = make_units(
        objects=(All((A, B)), Any((C, UnitRef("object", 0)))), levels={UnitRef("object", 1): 1}, events=(A,)
    )
    with Durable(units) as engine:
        assert [[2, 2], [-1, 4]] == [engine.decide_object([3, 2, 0, 0]), engine.decide_object([-1, 3, 4, 0])]


@needs_matcher
def test_an_event_unit_reads_what_holds_for_any_object(make_units: MakeUnits) -> None:
    with Durable(make_units(objects=(A,), events=(All((UnitRef("object", 0), A)),))) as engine:
        assert [2] == engine.decide_event([4, 0, 0, 0], [2])


@needs_matcher
def test_a_closed_engine_refuses_to_decide(make_units: MakeUnits) -> None:
    engine = Durable(make_units(objects=(All((A, B)),), events=(All((A, B)),)))
    engine.close()
    with pytest.raises(MatcherError, match="closed"):
        engine.decide_event([4, 4, 0, 0], [0])


class Lying:
    """A matcher for which everything holds."""

    def __init__(self, conjunctions: Sequence[Sequence[str]]) -> None:
        self.everything = frozenset(range(len(conjunctions)))

    def match(self, _flags: Collection[str]) -> frozenset[int]:
        return self.everything

    def close(self) -> None:
        """Nothing to release."""

    def __enter__(self) -> Self:
        return self


def test_a_unit_that_is_both_true_and_false_is_a_defect(make_units: MakeUnits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "Matcher", Lying)
    engine = Durable(make_units(events=(A, Any((All((A, B)), All((C, D)))))))
    with pytest.raises(DefectError, match=r"^the matcher found unit 1 both true and false$"):
        engine.decide_event([4, 4, 4, 4], [])
