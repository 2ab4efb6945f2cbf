"""Every mistake in a file of waivers is told where it stands, all together, with what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from treatycheck.errors import Diagnostic, InputError
from treatycheck.waivers.load import load

Write = Callable[..., Path]

ENTRY = {
    "finding": "0123456789ab",
    "rule": "ka-1-fly",
    "event": "M-1",
    "bearer": "Northland",
    "outcome": "concern",
    "reason": "The document is being asked for.",
    "author_role": "legal analyst",
    "set_aside": "2027-05-05",
    "expires": "2028-05-05",
}


def told(*paths: Path) -> list[Diagnostic]:
    with pytest.raises(InputError) as error:
        load(paths)
    return list(error.value.diagnostics)


def test_entries_are_read_with_their_days(write: Write) -> None:
    (one,) = load([write(ENTRY)])
    assert ("0123456789ab", "legal analyst") == (one.entry.finding, one.entry.author_role)
    assert (date(2027, 5, 5), date(2028, 5, 5), 0) == (one.set_aside, one.expires, one.number)


def test_several_files_are_read_one_after_the_other(write: Write) -> None:
    first = write(ENTRY, name="a.yaml")
    second = write({**ENTRY, "finding": "ba9876543210"}, name="b.yaml")
    assert ["0123456789ab", "ba9876543210"] == [one.entry.finding for one in load([first, second])]


def test_a_file_may_be_empty_of_entries(write: Write) -> None:
    assert () == load([write()])


@pytest.mark.parametrize(
    ("key", "value", "code", "message", "help_line"),
    [
        ("finding", "0123", "TC611", "`0123` cannot be the value of `finding`", "12 digits and letters"),
        ("finding", "0123456789AB", "TC611", "`0123456789AB` cannot be the value of `finding`", "12 digits"),
        ("outcome", "concrn", "TC611", "`concrn` cannot be the value of `outcome`", "did you mean `concern`?"),
        ("outcome", "no_finding", "TC611", "`no_finding` cannot be the value of `outcome`", "use one of"),
        ("rule", "''", "TC611", "`rule` is empty", "rules list"),
        ("event", "''", "TC611", "`event` is empty", "id of the event"),
        ("bearer", "''", "TC611", "`bearer` is empty", "as the report names it"),
        ("reason", "''", "TC611", "`reason` is empty", "say why"),
        ("author_role", "''", "TC611", "`author_role` is empty", "`legal analyst`"),
        ("author_role", "Ada Example", "TC611", "`Ada Example` cannot be the value of `author_role`", "no person"),
        ("author_role", "ada@example.org", "TC611", "`ada@example.org` cannot be the value of `author_role`", "role"),
        ("set_aside", "2027-05", "TC612", "`2027-05` is not one day", "2026-11-23"),
        ("set_aside", "5 May 2027", "TC612", "`5 May 2027` is not a date in the form used here", "`2027-05-05`"),
        ("expires", "2027-02-30", "TC612", "`2027-02-30` is not in the calendar", "correct the day"),
        ("expires", "XXXX", "TC612", "`XXXX` is not one day", "2026-11-23"),
        ("expires", "2028-05-06", "TC613", "`2028-05-06` is more than a year after `2027-05-05`", "`2028-05-05`"),
        ("expires", "2027-05-04", "TC613", "`2027-05-04` is before `2027-05-05`", "write a day up to `2028-05-05`"),
    ],
)
def test_a_value_that_cannot_be_is_told_where_it_stands(
    key: str, value: str, code: str, message: str, help_line: str, write: Write
) -> None:
    path = write({**ENTRY, key: value})
    (one,) = told(path)
    assert (str(path), code, 3 + list(ENTRY).index(key)) == (one.file, one.code, one.line)
    assert len(f"    {key}: ") + 1 == one.column
    assert message in one.message
    assert help_line in one.help


def test_a_waiver_lasts_a_year_at_most_also_from_a_leap_day(write: Write) -> None:
    leap = {**ENTRY, "set_aside": "2028-02-29"}
    assert 1 == len(load([write({**leap, "expires": "2029-02-28"})]))
    assert ["TC613"] == [one.code for one in told(write({**leap, "expires": "2029-03-01"}))]


def test_a_waiver_may_end_on_the_day_on_which_it_begins(write: Write) -> None:
    assert 1 == len(load([write({**ENTRY, "expires": ENTRY["set_aside"]})]))


@pytest.mark.parametrize("key", list(ENTRY))
def test_no_key_may_be_left_out(key: str, write: Write) -> None:
    found = told(write({name: value for name, value in ENTRY.items() if name != key}))
    assert [("TC120", f"`{key}` is missing")] == [(one.code, one.message) for one in found]


def test_a_key_too_many_is_told_with_what_may_be_meant(write: Write) -> None:
    (one,) = told(write({**ENTRY, "author_roles": "legal analyst"}))
    assert ("TC120", "did you mean `author_role`?") == (one.code, one.help)


def test_beside_an_entry_of_another_shape_the_others_are_looked_at(write: Write) -> None:
    shapeless = {name: value for name, value in ENTRY.items() if name != "rule"}
    assert ["TC120", "TC611"] == [one.code for one in told(write(shapeless, {**ENTRY, "outcome": "grave"}))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "TC113"),
        ("format: treatycheck.waivers/2\nwaivers: []\n", "TC120"),
        ("waivers: []\n", "TC120"),
        ("format: treatycheck.waivers/1\nwaivers: none\n", "TC120"),
        ("- a\n", "TC120"),
        ("format: treatycheck.waivers/1\nwaivers:\n\t- a\n", "TC107"),
    ],
)
def test_a_file_of_another_kind_is_refused(text: str, code: str, desk: Path) -> None:
    (desk / "a.yaml").write_text(text, encoding="utf-8")
    assert {code} == {one.code for one in told(desk / "a.yaml")}


def test_a_file_that_is_not_there_is_told(desk: Path) -> None:
    assert ["TC101"] == [one.code for one in told(desk / "nowhere.yaml")]


def test_a_finding_is_set_aside_once_in_all_files(write: Write) -> None:
    first, second = write(ENTRY, name="a.yaml"), write(ENTRY, name="b.yaml")
    (one,) = told(first, second)
    assert (str(second), "TC614", 3) == (one.file, one.code, one.line)
    assert f"{first}:3" in one.help


def test_the_mistakes_of_all_files_are_told_together(write: Write) -> None:
    first = write({**ENTRY, "outcome": "concrn", "expires": "never"}, name="a.yaml")
    second = write({**ENTRY, "reason": "''"}, name="b.yaml")
    assert ["TC611", "TC612", "TC611"] == [one.code for one in told(first, second)]
