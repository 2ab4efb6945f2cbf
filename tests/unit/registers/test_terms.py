"""Terms: the day of entry into force that follows from a deposit."""

from __future__ import annotations

from datetime import date

import pytest

from treatycheck.dates import parse, parse_period
from treatycheck.errors import DefectError
from treatycheck.registers.terms import Joining, Moment, entry_by_rule, moment

MONTHLY = Joining("first_day_of_month", 6, date(1998, 9, 16), date(1999, 3, 1))


@pytest.mark.parametrize(
    ("deposit", "entry"),
    [
        (date(1998, 9, 15), date(1999, 3, 1)),
        (date(1998, 9, 16), date(1999, 3, 1)),
        (date(1998, 10, 31), date(1999, 4, 1)),
        (date(2000, 3, 1), date(2000, 9, 1)),
        (date(2005, 7, 31), date(2006, 1, 1)),
    ],
)
def test_the_first_deposits_share_a_date_and_later_ones_wait_for_the_first_of_a_month(
    deposit: date, entry: date
) -> None:
    assert entry == entry_by_rule(MONTHLY, deposit)


def test_without_first_deposits_the_rule_holds_for_all() -> None:
    assert date(1998, 7, 1) == entry_by_rule(Joining("first_day_of_month", 6), date(1998, 1, 31))


def test_a_limit_for_first_deposits_without_their_date_changes_nothing() -> None:
    joining = Joining("first_day_of_month", 6, first_deposits_until=date(1999, 1, 1))
    assert date(1998, 7, 1) == entry_by_rule(joining, date(1998, 1, 31))


def test_the_same_day_some_months_later_is_clamped_to_the_end_of_the_month() -> None:
    assert date(1999, 2, 28) == entry_by_rule(Joining("same_day", 6), date(1998, 8, 31))


def test_a_rule_that_does_not_exist_is_a_defect() -> None:
    with pytest.raises(DefectError, match="`next_full_moon` is not a rule of entry into force"):
        entry_by_rule(Joining("next_full_moon", 6), date(2000, 1, 1))


def test_a_moment_is_certain_if_its_day_is_known() -> None:
    assert [True, False, False] == [moment(parse(text)).certain for text in ("2020-01-01", "2020-01", "XXXX")]


def test_a_moment_moves_by_a_period_at_both_bounds() -> None:
    assert Moment(date(2020, 4, 1), None) == Moment(date(2020, 1, 1), None).later(parse_period("P3M"))
