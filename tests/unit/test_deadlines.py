"""Who had to do what by when, on the project's own registers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from treatycheck.deadlines import Due, State, listing
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


def one(rulebook: Rulebook, code: str, provision: str, on: date) -> Due:
    found = list(listing(rulebook, on, state=code, provision=provision))
    assert 1 == len(found)
    return found[0]


@pytest.mark.parametrize(
    ("code", "provision", "on", "due", "state"),
    [
        # Stock read as outstanding in a verified row: overdue from the day after the last day.
        ("UKR", "mbc:4", date(2010, 6, 1), date(2010, 6, 1), State.PENDING),
        ("UKR", "mbc:4", date(2010, 6, 2), date(2010, 6, 1), State.OVERDUE),
        # Outstanding too, but the row is only partly verified.
        ("GRC", "mbc:4", date(2024, 11, 20), date(2008, 3, 1), State.UNKNOWN),
        ("ALB", "mbc:4", date(2024, 11, 20), date(2004, 8, 1), State.MET),
        ("BLR", "mbc:4", date(2024, 11, 20), date(2008, 3, 1), State.MET_LATE),
        # An extension granted replaces the computed day.
        ("UKR", "mbc:5", date(2024, 11, 20), date(2033, 12, 1), State.PENDING),
        # The last extension known has run out, and whether there is a later one is not known.
        ("AFG", "mbc:5", date(2026, 1, 1), date(2025, 3, 1), State.UNKNOWN),
        # Completed in June 2004, ahead of the last day.
        ("LTU", "mbc:4", date(2004, 1, 1), date(2007, 11, 1), State.PENDING),
        ("LTU", "mbc:4", date(2004, 6, 29), date(2007, 11, 1), State.PENDING),
        ("LTU", "mbc:4", date(2004, 6, 30), date(2007, 11, 1), State.MET),
        # Completed late, in October 2007, by a row that is only partly verified.
        ("AFG", "mbc:4", date(2004, 1, 1), date(2007, 3, 1), State.PENDING),
        ("AFG", "mbc:4", date(2007, 3, 1), date(2007, 3, 1), State.PENDING),
        ("AFG", "mbc:4", date(2007, 3, 2), date(2007, 3, 1), State.UNKNOWN),
        ("AFG", "mbc:4", date(2007, 10, 15), date(2007, 3, 1), State.UNKNOWN),
        ("AFG", "mbc:4", date(2007, 10, 31), date(2007, 3, 1), State.MET_LATE),
        # Completed late by a row that is verified: overdue until then.
        ("BLR", "mbc:4", date(2008, 3, 1), date(2008, 3, 1), State.PENDING),
        ("BLR", "mbc:4", date(2017, 4, 4), date(2008, 3, 1), State.OVERDUE),
        ("BLR", "mbc:4", date(2017, 4, 5), date(2008, 3, 1), State.MET_LATE),
        # Completed on time, on a day that nobody knows: done by the last day, not before.
        ("AUS", "mbc:4", date(2003, 6, 30), date(2003, 7, 1), State.PENDING),
        ("AUS", "mbc:4", date(2003, 7, 1), date(2003, 7, 1), State.MET),
        # Completed at some time, by a row that nobody verified.
        ("AUT", "mbc:4", date(2003, 3, 1), date(2003, 3, 1), State.PENDING),
        ("AUT", "mbc:4", date(2003, 3, 2), date(2003, 3, 1), State.UNKNOWN),
        ("DZA", "mbc:5", date(2020, 1, 1), date(2017, 4, 1), State.MET),
        # 180 days after entry into force.
        ("UKR", "mbc:7.1", date(2006, 11, 28), date(2006, 11, 28), State.PENDING),
        ("UKR", "mbc:7.1", date(2006, 11, 29), date(2006, 11, 28), State.UNKNOWN),
        # The row of 2018 answers for 30 April 2019 and for no other year.
        ("UKR", "mbc:7.2", date(2019, 6, 1), date(2019, 4, 30), State.MET),
        ("UKR", "mbc:7.2", date(2020, 6, 1), date(2020, 4, 30), State.UNKNOWN),
    ],
)
def test_what_became_of_a_duty_by_a_day(
    rulebook: Rulebook, code: str, provision: str, on: date, due: date, state: State
) -> None:
    found = one(rulebook, code, provision, on)
    assert (due, state) == (found.due, found.state)


@pytest.mark.parametrize(
    ("code", "on", "completed", "why"),
    [
        ("LTU", date(2004, 1, 1), "", ""),
        ("LTU", date(2004, 7, 1), "June 2004", "(2004-06; day not found); State has since withdrawn"),
        ("BLR", date(2010, 1, 1), "", "completed only later"),
        ("AFG", date(2007, 4, 1), "October 2007", "the row that tells of a later completion is not fully verified"),
        ("AFG", date(2007, 10, 1), "October 2007", "when it was completed is not known to the day"),
    ],
)
def test_a_completion_is_not_told_of_a_day_before_it(
    rulebook: Rulebook, code: str, on: date, completed: str, why: str
) -> None:
    found = one(rulebook, code, "mbc:4", on)
    assert (completed, why) == (found.completed, found.why)


def test_every_line_names_the_rows_it_rests_on(rulebook: Rulebook) -> None:
    lines = list(listing(rulebook, date(2024, 11, 20)))
    assert [] != lines
    assert [] == [line for line in lines if not line.rows or not all(row.source for row in line.rows)]


def test_states_that_are_not_bound_are_not_listed(rulebook: Rulebook) -> None:
    listed = {line.code for line in listing(rulebook, date(2024, 11, 20))}
    assert (False, False, True) == ("USA" in listed, "LBN" in listed, "LTU" in listed)


def test_a_state_that_has_left_is_no_longer_listed(rulebook: Rulebook) -> None:
    assert [] == list(listing(rulebook, date(2025, 12, 27), state="LTU"))


def test_a_state_whose_status_is_open_is_listed_without_a_day(rulebook: Rulebook) -> None:
    found = one(rulebook, "LBN", "mbc:4", date(2026, 11, 22))
    assert (None, State.UNKNOWN, "the last day cannot be told to the day") == (found.due, found.state, found.why)


def test_no_duty_is_overdue_on_a_row_that_nobody_verified(rulebook: Rulebook) -> None:
    lines = [line for line in listing(rulebook, date(2026, 11, 22)) if line.state is State.OVERDUE]
    assert [("UKR", "mbc-4-stockpile-destruction")] == [(line.code, line.rule) for line in lines]
    assert [] == [line for line in lines if line.rows[-1].verified != "yes"]
