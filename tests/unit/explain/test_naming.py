"""Several answers in a few words: names side by side, and States by what tells them from the others."""

from __future__ import annotations

import pytest

from treatycheck.explain.naming import Name, Party, one_of, told

A, B = "bound under the WT", "bound under the XT"


def state(*, wt: int, xt: int = 1, name: str = "", kind: str = "State") -> Party:
    return Party(kind, name, ((A, wt), (B, xt)))


BOUND, NOT, PERHAPS = state(wt=4), state(wt=-4), state(wt=0)
CLUB, ORGAN = Party("club"), state(wt=4, kind="organ of a State")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ""),
        (["red"], "red"),
        (["red", "red", "blue"], "red or blue"),
        (["red", "blue", "green", "grey"], "red, blue, green or grey"),
        (["red", "blue", "green", "grey", "black"], "red, blue, green or another (5 in all)"),
    ],
)
def test_of_many_words_the_first_are_told_and_how_many_there_are(words: list[str], expected: str) -> None:
    assert expected == one_of(words)


@pytest.mark.parametrize(
    ("chosen", "others", "expected"),
    [
        (["red", "blue"], ["green"], "red or blue"),
        # A kind of which all will do is told by its name alone, and every kind is told.
        ([CLUB, BOUND, NOT], [], "club or State"),
        ([Party(kind) for kind in "abcde"], [], "a, b, c, d or e"),
        ([Party(kind) for kind in "abcdefg"], [], "a, b, c or another (7 in all)"),
        # One standing tells them from the rest.
        ([BOUND], [NOT], f"State that was {A}"),
        ([NOT], [BOUND, PERHAPS], f"State that was not {A}"),
        ([PERHAPS], [BOUND, NOT], f"State that was perhaps {A}"),
        ([BOUND, PERHAPS], [NOT], f"State that was certainly or perhaps {A}"),
        ([NOT, PERHAPS], [BOUND], f"State that was not certainly {A}"),
        ([BOUND, ORGAN], [NOT, state(wt=-4, kind="organ of a State")], f"State or organ of a State that was {A}"),
        # Those that rules name are told by name.
        ([state(wt=4, name="Arcadia")], [BOUND], "State (Arcadia)"),
        ([BOUND], [state(wt=4, name="Arcadia")], "State other than Arcadia"),
        (
            [state(wt=4, name="Arcadia"), NOT],
            [BOUND, state(wt=4, name="Borduria")],
            f"State (Arcadia) or State that was not {A}",
        ),
        # No single standing does it.
        (
            [state(wt=4, xt=-4), state(wt=-4, xt=4)],
            [state(wt=4, xt=4), state(wt=-4, xt=-4)],
            f"State that was {A} and not {B} or State that was not {A} and {B}",
        ),
        ([BOUND, "nobody"], [], "State or nobody"),
    ],
)
def test_answers_are_told_by_what_tells_them_from_the_others(
    chosen: list[Name], others: list[Name], expected: str
) -> None:
    assert expected == told(chosen, others)


def test_all_of_many_are_told_where_that_is_asked_for() -> None:
    kinds = [Party(kind) for kind in "abcdefg"]
    assert "a, b, c, d, e, f or g" == told(kinds, [], whole=True)
    assert "red, blue, green, grey or black" == told(["red", "blue", "green", "grey", "black"], [], whole=True)
