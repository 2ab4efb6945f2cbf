"""The verdict algebra against a naive model that keeps truth and strength apart, and the laws of Kleene's logic."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from treatycheck.truth import CERTAIN, CERTAINLY_NOT, UNKNOWN, all_of, any_of, capped, graded, negate, strength, truth

# The model: None is unknown, else the truth and the strength; it follows the words of the rule, not its numbers.
Model = tuple[bool, int] | None

verdicts = st.integers(-4, 4)
lists = st.lists(verdicts, max_size=6)
grades = st.integers(1, 4)


def model(verdict: int) -> Model:
    return {0: None, **{n: (True, n) for n in range(1, 5)}, **{-n: (False, n) for n in range(1, 5)}}[verdict]


def model_all(parts: list[Model]) -> Model:
    """False with the strongest of its false parts; else unknown if a part is; else true with the weakest part."""
    refuting = [part[1] for part in parts if part is not None and part[0] is False]
    if refuting:
        return (False, max(refuting))
    if None in parts:
        return None
    return (True, min(part[1] for part in parts if part is not None)) if parts else (True, 4)


def model_any(parts: list[Model]) -> Model:
    """True with the strongest of its true parts; else unknown if a part is; else false with the weakest part."""
    supporting = [part[1] for part in parts if part is not None and part[0] is True]
    if supporting:
        return (True, max(supporting))
    if None in parts:
        return None
    return (False, min(part[1] for part in parts if part is not None)) if parts else (False, 4)


def model_not(part: Model) -> Model:
    return None if part is None else (not part[0], part[1])


@given(lists)
def test_conjunction_agrees_with_the_model(parts: list[int]) -> None:
    assert model_all([model(part) for part in parts]) == model(all_of(parts))


@given(lists)
def test_disjunction_agrees_with_the_model(parts: list[int]) -> None:
    assert model_any([model(part) for part in parts]) == model(any_of(parts))


@given(verdicts)
def test_negation_agrees_with_the_model(verdict: int) -> None:
    assert model_not(model(verdict)) == model(negate(verdict))


@given(st.none() | st.booleans(), st.integers(0, 4))
def test_grading_agrees_with_the_model(holds: bool | None, grade: int) -> None:
    expected = None if holds is None or grade == 0 else (holds, grade)
    assert expected == model(graded(holds, grade))


@given(verdicts, grades)
def test_a_cap_agrees_with_the_model(verdict: int, limit: int) -> None:
    part = model(verdict)
    assert (None if part is None else (part[0], min(part[1], limit))) == model(capped(verdict, limit))


@given(verdicts)
def test_truth_and_strength_are_those_of_the_model(verdict: int) -> None:
    part = model(verdict)
    expected = ("unknown", None) if part is None else (str(part[0]).lower(), part[1])
    assert expected == (truth(verdict), strength(verdict))


@given(lists)
def test_de_morgan_holds_for_conjunction(parts: list[int]) -> None:
    assert negate(all_of(parts)) == any_of(negate(part) for part in parts)


@given(lists)
def test_de_morgan_holds_for_disjunction(parts: list[int]) -> None:
    assert negate(any_of(parts)) == all_of(negate(part) for part in parts)


@given(verdicts)
def test_a_double_negation_changes_nothing(verdict: int) -> None:
    assert verdict == negate(negate(verdict))


@given(verdicts, verdicts)
def test_conjunction_absorbs_disjunction(a: int, b: int) -> None:
    assert a == all_of([a, any_of([a, b])])


@given(verdicts, verdicts)
def test_disjunction_absorbs_conjunction(a: int, b: int) -> None:
    assert a == any_of([a, all_of([a, b])])


@given(verdicts, verdicts, verdicts)
def test_conjunction_distributes_over_disjunction(a: int, b: int, c: int) -> None:
    assert any_of([all_of([a, b]), all_of([a, c])]) == all_of([a, any_of([b, c])])


@given(verdicts, verdicts, verdicts)
def test_disjunction_distributes_over_conjunction(a: int, b: int, c: int) -> None:
    assert all_of([any_of([a, b]), any_of([a, c])]) == any_of([a, all_of([b, c])])


@given(lists.flatmap(lambda parts: st.tuples(st.just(parts), st.permutations(parts + parts))))
def test_neither_order_nor_repetition_matters(both: tuple[list[int], list[int]]) -> None:
    parts, shuffled = both
    assert (all_of(parts), any_of(parts)) == (all_of(shuffled), any_of(shuffled))


@given(lists, lists)
def test_parts_may_be_grouped(left: list[int], right: list[int]) -> None:
    assert (all_of(left + right), any_of(left + right)) == (
        all_of([all_of(left), all_of(right)]),
        any_of([any_of(left), any_of(right)]),
    )


@given(lists)
def test_certainty_is_neutral_in_a_conjunction_and_its_opposite_in_a_disjunction(parts: list[int]) -> None:
    assert (all_of(parts), any_of(parts)) == (all_of([*parts, CERTAIN]), any_of([*parts, CERTAINLY_NOT]))


@given(st.lists(verdicts, min_size=1, max_size=6), st.integers(0, 5), st.booleans(), grades)
def test_learning_an_unknown_part_never_flips_a_conclusion(
    parts: list[int],
    place: int,
    learnt: bool,
    grade: int,
) -> None:
    index = place % len(parts)
    silent = [UNKNOWN if i == index else part for i, part in enumerate(parts)]
    informed = [graded(learnt, grade) if i == index else part for i, part in enumerate(parts)]
    flips = [join(silent) * join(informed) < 0 for join in (all_of, any_of)]
    assert not any(flips)


@given(lists, grades)
def test_a_cap_may_be_applied_before_or_after_a_connective(parts: list[int], limit: int) -> None:
    capped_parts = [capped(part, limit) for part in parts]
    assert (capped(all_of(parts), limit), capped(any_of(parts), limit)) == (
        capped(all_of(capped_parts), limit),
        capped(any_of(capped_parts), limit),
    )


@given(verdicts, grades, grades)
def test_the_lower_of_two_caps_counts(verdict: int, first: int, second: int) -> None:
    assert capped(verdict, min(first, second)) == capped(capped(verdict, first), second)


@given(verdicts, grades)
def test_a_cap_never_changes_the_truth(verdict: int, limit: int) -> None:
    assert truth(verdict) is truth(capped(verdict, limit))
