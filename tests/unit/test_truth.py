"""Verdicts: the values, the empty connectives and the way back to truth and strength."""

from __future__ import annotations

import pytest

from treatycheck.truth import (
    CERTAIN,
    CERTAINLY_NOT,
    UNKNOWN,
    Strength,
    Truth,
    all_of,
    any_of,
    capped,
    graded,
    negate,
    strength,
    truth,
)


@pytest.mark.parametrize(
    ("holds", "grade", "verdict"),
    [(True, 4, 4), (True, 1, 1), (False, 3, -3), (None, 4, UNKNOWN), (True, 0, UNKNOWN), (False, 0, UNKNOWN)],
)
def test_a_statement_is_graded_by_its_evidence(holds: bool | None, grade: int, verdict: int) -> None:
    assert verdict == graded(holds, grade)


def test_a_strength_may_be_given_by_name() -> None:
    assert -2 == graded(False, Strength.S2)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([4, 2, 3], 2),
        ([4, UNKNOWN], UNKNOWN),
        ([UNKNOWN, -1], -1),
        ([-1, -3, 4], -3),
        ([], CERTAIN),
    ],
)
def test_all_of_is_as_true_as_its_weakest_part(parts: list[int], expected: int) -> None:
    assert expected == all_of(parts)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([-4, -2, -3], -2),
        ([-4, UNKNOWN], UNKNOWN),
        ([UNKNOWN, 1], 1),
        ([1, 3, -4], 3),
        ([], CERTAINLY_NOT),
    ],
)
def test_any_of_is_as_true_as_its_strongest_part(parts: list[int], expected: int) -> None:
    assert expected == any_of(parts)


def test_connectives_take_any_iterable_once() -> None:
    assert (1, 3) == (all_of(iter([1, 2, 3])), any_of(iter([1, 2, 3])))


@pytest.mark.parametrize(("verdict", "expected"), [(4, -4), (-1, 1), (UNKNOWN, UNKNOWN)])
def test_negation_keeps_the_strength(verdict: int, expected: int) -> None:
    assert expected == negate(verdict)


@pytest.mark.parametrize(
    ("verdict", "limit", "expected"), [(4, 2, 2), (-4, 2, -2), (1, 2, 1), (-1, 2, -1), (UNKNOWN, 1, UNKNOWN)]
)
def test_a_cap_limits_the_strength_on_both_sides(verdict: int, limit: int, expected: int) -> None:
    assert expected == capped(verdict, limit)


@pytest.mark.parametrize(
    ("verdict", "expected"), [(4, Truth.TRUE), (1, Truth.TRUE), (UNKNOWN, Truth.UNKNOWN), (-1, Truth.FALSE)]
)
def test_the_sign_is_the_truth(verdict: int, expected: Truth) -> None:
    assert expected is truth(verdict)


@pytest.mark.parametrize(("verdict", "expected"), [(3, Strength.S3), (-2, Strength.S2), (UNKNOWN, None)])
def test_the_magnitude_is_the_strength(verdict: int, expected: Strength | None) -> None:
    assert expected is strength(verdict)


def test_strengths_are_ordered_and_named() -> None:
    assert ["S0", "S1", "S2", "S3", "S4"] == [str(grade) for grade in sorted(Strength)]


def test_truth_values_read_as_words() -> None:
    assert ["false", "unknown", "true"] == [str(value) for value in Truth]
