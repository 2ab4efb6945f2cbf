from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from treatycheck.report.blocks import Line, Run, line, strong
from treatycheck.report.characters import width
from treatycheck.report.columns import wrap

TEXT = st.text(st.sampled_from("abc .-/_12李é\u0301 “”\u202e"), max_size=40)
LINES = st.lists(st.one_of(TEXT.map(strong), TEXT), max_size=5).map(lambda parts: line(*parts))


def letters(runs: list[Run] | Line) -> str:
    return "".join(run.text for run in runs).replace(" ", "")


@given(LINES, st.integers(2, 40))
def test_no_line_is_wider_than_the_room(runs: Line, room: int) -> None:
    assert [one for one in wrap(runs, room) if sum(width(run.text) for run in one) > room] == []


@given(LINES, st.integers(1, 40))
def test_no_letter_is_lost_and_none_is_added(runs: Line, room: int) -> None:
    assert "".join(map(letters, wrap(runs, room))) == letters(runs)


@given(LINES, st.integers(1, 40))
def test_no_line_begins_or_ends_with_a_space(runs: Line, room: int) -> None:
    found = ["".join(run.text for run in one) for one in wrap(runs, room)]
    assert [one for one in found if one != one.strip(" ")] == []
