from __future__ import annotations

import pytest

from treatycheck.report.blocks import Column, Line, Run, Table, line, strong
from treatycheck.report.columns import column_widths, natural, row_lines, wrap


def texts(lines: list[list[Run]]) -> list[str]:
    return ["".join(run.text for run in one) for one in lines]


def note(number: int) -> Run:
    return Run(str(number), "note")


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 80, ["one two three"]),
        ("", 10, [""]),
        ("see No. 4 of it", 7, ["see", "No. 4", "of it"]),
        ("on 26 March 2021", 9, ["on", "26 March", "2021"]),
        ("at 26 km", 5, ["at 26", "km"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("status/register.csv", 10, ["status/", "register.c", "sv"]),
        ("李明李明", 5, ["李明", "李明"]),
        ("ab 李", 1, ["a", "b", "李"]),
    ],
)
def test_a_line_is_broken_where_it_may_be(text: str, room: int, expected: list[str]) -> None:
    assert texts(wrap(line(text), room)) == expected


def test_a_note_stays_with_the_word_before_it() -> None:
    assert texts(wrap(line("as he said", note(1)), 10)) == ["as he", "said [1]"]


def test_a_line_may_end_between_two_notes() -> None:
    assert texts(wrap((note(1), note(2)), 5)) == ["[1]", "[2]"]


def test_words_of_two_settings_without_a_space_stay_together() -> None:
    assert wrap(line(strong("one"), ", two"), 6) == [[Run("one", "strong"), Run(",")], [Run("two")]]


def test_a_long_word_of_two_settings_is_broken_and_keeps_them() -> None:
    expected = [[Run("abc", "strong"), Run("d")], [Run("ef")]]
    assert wrap(line(strong("abc"), "def"), 4) == expected


def test_the_natural_width_is_that_of_the_whole_line_with_its_notes() -> None:
    assert natural(line("one ", "three", note(1))) == 13


def table(*rows: tuple[str, ...], least: tuple[int, ...]) -> Table:
    columns = tuple(Column(f"c{place}", width) for place, width in enumerate(least))
    return Table(columns, tuple(tuple(line(cell) for cell in row) for row in rows))


def test_columns_take_what_they_need() -> None:
    assert column_widths(table(("abcd", "ef"), least=(2, 2)), 80) == [4, 2]


def test_a_column_that_lacks_little_is_made_whole_before_another_grows() -> None:
    rows = table(("aaa bbb", "long " * 8), least=(5, 10))
    assert column_widths(rows, 24) == [7, 15]


def test_words_are_not_broken_while_there_is_room() -> None:
    assert column_widths(table(("undetermined", "a b c d e f g h"), least=(4, 4)), 18) == [12, 4]


def test_words_are_broken_rather_than_the_table_given_up() -> None:
    assert column_widths(table(("undetermined", "corroborated"), least=(5, 5)), 16) == [7, 7]


def test_there_are_no_columns_where_there_is_no_room() -> None:
    assert column_widths(table(("undetermined", "corroborated"), least=(5, 5)), 11) is None


def test_a_table_without_rows_has_the_width_of_its_titles() -> None:
    assert column_widths(table(least=(1, 1)), 80) == [2, 2]


def test_a_row_is_set_side_by_side_without_spaces_at_the_end() -> None:
    cells: tuple[Line, ...] = (line("one two"), line("a"), line(""))
    assert texts(list(row_lines(cells, [3, 2, 2]))) == ["one  a", "two"]
