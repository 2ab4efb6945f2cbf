"""Tables: what a row carries, and a bad twin for each fault of form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from treatycheck.errors import InputError
from treatycheck.registers.states import States
from treatycheck.registers.table import Row, load_table, read_table

HEADER = "code,name,since,source,verified\n"
GOOD = "AAA,Arcadia,2001-05,the gazette,yes\n"

Write = Callable[[str, str], Path]


def rows_of(path: Path) -> tuple[Row, ...]:
    return load_table(path, register="r", columns=("code", "name", "since"), key="code", dates=("since",))


def faults_of(path: Path, states: States | None = None) -> list[str]:
    with pytest.raises(InputError) as caught:
        load_table(path, register="r", columns=("code", "name", "since"), key="code", dates=("since",), states=states)
    return [str(diagnostic).removeprefix(f"{path}") for diagnostic in caught.value.diagnostics]


def test_a_row_carries_its_register_line_key_values_source_and_flag(write: Write) -> None:
    (row,) = rows_of(write("t.csv", HEADER + GOOD))
    values = {"code": "AAA", "name": "Arcadia", "since": "2001-05", "source": "the gazette", "verified": "yes"}
    assert Row("r", 2, "AAA", values, "the gazette", "yes") == row


@pytest.mark.parametrize(("verified", "strength"), [("yes", 4), ("partly", 3), ("no", 2)])
def test_the_flag_limits_the_strength_of_what_rests_on_the_row(write: Write, verified: str, strength: int) -> None:
    (row,) = rows_of(write("t.csv", f"{HEADER}AAA,Arcadia,,the gazette,{verified}\n"))
    assert strength == row.strength


def test_a_row_can_stand_in_a_set(write: Write) -> None:
    rows = rows_of(write("t.csv", HEADER + GOOD))
    assert 1 == len({*rows, *rows_of(write("t.csv", HEADER + GOOD))})


def test_a_column_that_is_not_required_is_kept(write: Write) -> None:
    (row,) = rows_of(write("t.csv", "code,name,since,note,source,verified\nAAA,Arcadia,,a note,the gazette,yes\n"))
    assert row.values["note"] == "a note"


def test_a_byte_order_mark_and_windows_line_ends_are_read_past(write: Write) -> None:
    (row,) = rows_of(write("t.csv", "\ufeff" + (HEADER + GOOD).replace("\n", "\r\n")))
    assert ("AAA", "yes") == (row.key, row.verified)


def test_blank_lines_are_no_rows_but_count_as_lines(write: Write) -> None:
    (row,) = rows_of(write("t.csv", f"{HEADER}\n\n{GOOD}\n"))
    assert row.line == 4


def test_a_cell_of_several_lines_moves_the_lines_after_it(write: Write) -> None:
    rows = rows_of(write("t.csv", f'{HEADER}AAA,Arcadia,,"the\ngazette",yes\nBBB,Borduria,,the gazette,yes\n'))
    assert [2, 4] == [row.line for row in rows]


def test_a_key_of_several_columns_joins_them(write: Write) -> None:
    path = write("t.csv", HEADER + GOOD)
    (row,) = load_table(path, register="r", columns=("code", "name"), key=("code", "since"))
    assert row.key == "AAA/2001-05"


def test_the_rows_without_fault_are_kept_beside_the_faults_of_the_others(write: Write) -> None:
    path = write("t.csv", f"{HEADER}{GOOD}BBB,Borduria,,,yes\n")
    table = read_table(path, register="r", columns=("code",), key="code")
    assert (["AAA"], ["TC304"]) == ([row.key for row in table.rows], [fault.code for fault in table.diagnostics])


def test_several_dates_in_a_cell_are_each_checked(write: Write) -> None:
    faults = faults_of(write("t.csv", f"{HEADER}AAA,Arcadia,2001-05-01|2001-02-29,the gazette,yes\n"))
    assert ":2:13: error[TC306]: `2001-02-29` is not in the calendar: February 2001 has 28 days" in faults[0]


def test_all_faults_of_a_file_are_told_together(write: Write) -> None:
    faults = faults_of(write("t.csv", f"{HEADER}AAA,Arcadia,2001-02-30,,perhaps\nAAA,Arcadia,,the gazette\n"))
    assert ["TC306", "TC304", "TC305", "TC303"] == [fault.split("[")[1][:5] for fault in faults]


BAD_TWINS = [
    pytest.param(
        "",
        ":1:1: error[TC302]: the register has no header\n"
        "  help: begin with the header `code,name,since,source,verified`",
        id="empty file",
    ),
    pytest.param(
        "code,nam,since,source,verified\n",
        ":1:1: error[TC302]: the header has no column `name`\n  help: did you mean `nam`?",
        id="column misspelt",
    ),
    pytest.param(
        "code,name,since,source\n",
        ":1:1: error[TC302]: the header has no column `verified`\n"
        "  help: add it; required are `code`, `name`, `since`, `source`, `verified`",
        id="column missing",
    ),
    pytest.param(
        "code,name,since,name,source,verified\n",
        ":1:17: error[TC302]: the header has the column `name` twice\n  help: rename or remove one of them",
        id="column twice",
    ),
    pytest.param(
        "code,name,since,source,verified,\n",
        ":1:33: error[TC302]: the header has a column `` without a name\n  help: name it",
        id="column unnamed",
    ),
    pytest.param(
        HEADER + "AAA,Arcadia,the gazette,yes\n",
        ":2:1: error[TC303]: the row has 4 cells, the header 5\n  help: an empty cell needs its comma",
        id="row too short",
    ),
    pytest.param(
        HEADER + "AAA,Arcadia,,the gazette, page 3,yes\n",
        ":2:1: error[TC303]: the row has 6 cells, the header 5\n  help: put a cell that has a comma in quotes",
        id="row too long",
    ),
    pytest.param(
        HEADER + 'AAA,Arcadia,,"the" gazette,yes\n',
        ":2:1: error[TC303]: the row cannot be read: ',' expected after '\"'\n"
        '  help: put a cell that has a comma or a quote in quotes, and double each quote within: `"a ""b"""`',
        id="quote inside a quoted cell",
    ),
    pytest.param(
        HEADER + "AAA,Arcadia,, ,yes\n",
        ":2:14: error[TC304]: the row has no source\n  help: name the text in which it can be read",
        id="no source",
    ),
    pytest.param(
        HEADER + 'AAA,"Arcadia, the",,the gazette,partially\n',
        ":2:33: error[TC305]: `partially` does not say whether the row is verified\n  help: did you mean `partly`?",
        id="flag misspelt",
    ),
    pytest.param(
        HEADER + "AAA,Arcadia,,the gazette,\n",
        ":2:26: error[TC305]: `` does not say whether the row is verified\n"
        "  help: write `yes`, `partly` or `no`: was it read in its source?",
        id="no flag",
    ),
    pytest.param(
        HEADER + "AAA,Arcadia,2001-02-30,the gazette,yes\n",
        ":2:13: error[TC306]: `2001-02-30` is not in the calendar: February 2001 has 28 days\n"
        "  help: correct the day, or write `2001-02` if only the month is known",
        id="30 February",
    ),
    pytest.param(
        HEADER + GOOD + GOOD,
        ":3:1: error[TC307]: `AAA` stands twice, first on line 2\n  help: merge the two rows, or remove one of them",
        id="key twice",
    ),
    pytest.param(
        HEADER + " ,Arcadia,,the gazette,yes\n",
        ":2:1: error[TC307]: the row has no `code`\n  help: rows are found by it: fill it in",
        id="no key",
    ),
]


@pytest.mark.parametrize(("text", "expected"), BAD_TWINS)
def test_a_bad_twin_is_told_by_place_message_and_help(write: Write, text: str, expected: str) -> None:
    assert [expected] == faults_of(write("t.csv", text))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            "AAB,Arcadia,,the gazette,yes",
            ":2:1: error[TC308]: `AAB` is not the code of a State\n  help: did you mean `AAA`?",
        ),
        (
            "QQQ,Borduri,,the gazette,yes",
            ":2:1: error[TC308]: `QQQ` is not the code of a State\n  help: did you mean `Borduria` or `Bordurian`?",
        ),
        (
            "QQQ,Xyz,,the gazette,yes",
            ":2:1: error[TC308]: `QQQ` is not the code of a State\n  help: write the code as in the register of States",
        ),
        (
            "AAA,Borduria,,the gazette,yes",
            (
                ":2:5: error[TC308]: `Borduria` is not a name of `AAA`\n"
                "  help: `AAA` is `Arcadia`; did you mean `Borduria` or `Bordurian`?"
            ),
        ),
        (
            "AAA,Xyz,,the gazette,yes",
            (
                ":2:5: error[TC308]: `Xyz` is not a name of `AAA`\n"
                "  help: `AAA` is `Arcadia`; correct the code or the name"
            ),
        ),
    ],
)
def test_a_code_that_is_no_states_is_told_with_what_may_be_meant(
    write: Write, states: States, row: str, expected: str
) -> None:
    assert [expected] == faults_of(write("t.csv", f"{HEADER}{row}\n"), states)


def test_a_row_without_a_code_is_allowed_where_the_code_is_not_the_key(write: Write, states: States) -> None:
    path = write("t.csv", f"{HEADER},A meeting,2001,the gazette,yes\n")
    (row,) = load_table(path, register="r", columns=("code", "name"), key="name", states=states)
    assert row.values["code"] == ""


def test_the_column_of_a_fault_is_found_behind_quotes_and_line_breaks(write: Write) -> None:
    faults = faults_of(write("t.csv", f'{HEADER}AAA,"Arc,""adia""\nthe great",,the gazette,maybe\n'))
    assert faults == [
        (
            ":3:25: error[TC305]: `maybe` does not say whether the row is verified\n"
            "  help: write `yes`, `partly` or `no`: was it read in its source?"
        )
    ]


def test_the_column_of_an_empty_last_cell_is_the_end_of_the_file(write: Write) -> None:
    (fault,) = faults_of(write("t.csv", f"{HEADER}AAA,Arcadia,,the gazette,"))
    assert fault.startswith(":2:26: error[TC305]: `` does not say")


def test_a_missing_file_is_told_by_name(tmp_path: Path) -> None:
    expected = ": error[TC301]: there is no register `t.csv`\n  help: restore the file, or correct its name"
    assert [expected] == faults_of(tmp_path / "t.csv")


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "t.csv").mkdir()
    expected = ": error[TC301]: `t.csv` cannot be read: is a directory\n  help: check what stands there"
    assert [expected] == faults_of(tmp_path / "t.csv")


def test_a_file_that_is_not_utf_8_is_told_with_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(HEADER.encode() + "AAA,Arcádia".encode("latin-1"))
    assert [":2:8: error[TC301]: the byte `0xe1` is not UTF-8\n  help: save the file as UTF-8"] == faults_of(path)
