"""The tables of last days."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatycheck.dates import parse
from treatycheck.errors import InputError
from treatycheck.registers.deadlines import DeadlineRegister, load_deadlines
from treatycheck.registers.states import load_states

ROOT = Path(__file__).parents[3]
STATES = load_states(ROOT / "rules" / "registers" / "states.csv")
HEADER = "code,name,due,completed,state,timing,note,source,verified"


def loaded(folder: Path, *rows: str) -> DeadlineRegister:
    path = folder / "register" / "deadlines" / "duty.csv"
    path.parent.mkdir(parents=True)
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return load_deadlines(path, STATES)


def faults(folder: Path, *rows: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        loaded(folder, *rows)
    return [f"{one.line}:{one.column} {one.code} {one.message}; {one.help}" for one in caught.value.diagnostics]


def test_a_row_gives_its_last_day_and_its_completion(tmp_path: Path) -> None:
    row = loaded(tmp_path, "NOR,Norway,2003-03-01,2001-09,completed,on_time,,a report,yes").rows["NOR"]
    assert (parse("2003-03-01"), parse("2001-09"), "completed", "on_time") == (
        row.due,
        row.completed,
        row.state,
        row.timing,
    )


def test_empty_dates_are_not_known(tmp_path: Path) -> None:
    row = loaded(tmp_path, "NOR,Norway,,,,,nothing read,a report,no").rows["NOR"]
    assert (None, None, "", "nothing read") == (row.due, row.completed, row.state, row.note)


def test_a_state_of_affairs_outside_the_list_is_refused(tmp_path: Path) -> None:
    assert [
        "2:24 TC310 `complete` is not a value of `state`; did you mean `completed`?",
    ] == faults(tmp_path, "NOR,Norway,2003-03-01,,complete,,,a report,yes")


def test_a_timing_outside_the_list_is_refused(tmp_path: Path) -> None:
    assert [
        "2:41 TC310 `early` is not a value of `timing`; write one of `late`, `on_time`, or leave it empty",
    ] == faults(tmp_path, "NOR,Norway,2003-03-01,2001-09,completed,early,,a report,yes")


def test_a_completion_needs_its_state(tmp_path: Path) -> None:
    expected = (
        "2:31 TC310 `NOR` has a date of completion and is not `completed`; "
        "write `completed` as the state, or empty the date"
    )
    assert [expected] == faults(tmp_path, "NOR,Norway,2003-03-01,2001-09,,,,a report,yes")


def test_a_day_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert ["2:12 TC306"] == [fault[:10] for fault in faults(tmp_path, "NOR,Norway,2003-02-30,,,,,a report,yes")]


@pytest.mark.parametrize("name", ["stockpile", "clearance", "article-7"])
def test_every_table_of_the_rulebook_has_a_source_and_a_flag_in_each_row(name: str) -> None:
    path = ROOT / "rules" / "mine-ban-convention" / "deadlines" / f"{name}.csv"
    rows = load_deadlines(path, STATES).rows.values()
    assert [] != [row.row.key for row in rows]
    assert [] == [row.row.key for row in rows if not row.row.source or row.row.verified not in ("yes", "partly", "no")]
