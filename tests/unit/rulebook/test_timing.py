"""Days and periods that a rulebook computes with are looked at before anything is computed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from treatycheck.rulebook.model import EntryIntoForce, Instrument, Membership, SuspensionPolicy
from treatycheck.rulebook.timing import as_of_faults, calendar_faults, membership_faults, period_faults


def membership(
    *, months: int = 6, until: str = "", first: str = "", notice: str = "P6M", pause: str = "P3M"
) -> Membership:
    return Membership(
        status="status.csv",
        entry_into_force=EntryIntoForce(rule="same_day", months=months, first_deposits_until=until, first_entry=first),
        withdrawal_period=notice,
        suspension=SuspensionPolicy(act="pause", position="p", effects={}, period=pause),
    )


def test_parameters_that_can_be_computed_with_are_accepted() -> None:
    good = [
        membership(),
        membership(until="1998-09-16", first="1999-03-01"),
        membership(notice=""),
        membership(months=0),
        Membership(status="status.csv", entry_into_force=EntryIntoForce(rule="same_day", months=1)),
    ]
    assert [] == [fault for one in good for fault in membership_faults(one)]


@pytest.mark.parametrize(
    ("bad", "place"),
    [
        (membership(months=-1), ("entry_into_force", "months")),
        (membership(months=1201), ("entry_into_force", "months")),
        (membership(until="1998-09-16"), ("entry_into_force",)),
        (membership(until="1998-09", first="1999-03-01"), ("entry_into_force", "first_deposits_until")),
        (membership(until="1998-09-16", first="soon"), ("entry_into_force", "first_entry")),
        (membership(notice="six months"), ("withdrawal_period",)),
        (membership(pause="P"), ("suspension", "period")),
    ],
)
def test_a_parameter_that_cannot_be_computed_with_is_told_where_it_stands(
    bad: Membership, place: tuple[str, ...]
) -> None:
    assert [(place, "TC427")] == [fault[:2] for fault in membership_faults(bad)]


@pytest.mark.parametrize("text", ["2026", "2026-11", "2026-11-31", "[2026-11-22..2026-11-22]", "2026-11-22~", " ", ""])
def test_the_registers_are_dated_by_one_day(text: str) -> None:
    assert ([], ["TC413"]) == (list(as_of_faults("2026-11-22")), [fault[1] for fault in as_of_faults(text)])


def dated(adopted: str, in_force: str = "") -> Instrument:
    return cast("Instrument", SimpleNamespace(adopted=adopted, in_force=in_force))


@pytest.mark.parametrize("text", ["1997", "1997-09", "1997-09-31", "1997-09-18~", "[1997-09-18..]", "XXXX"])
def test_an_instrument_is_adopted_and_enters_into_force_on_one_day(text: str) -> None:
    found = [fault[:2] for fault in calendar_faults(dated(text, text))]
    assert [(("adopted",), "TC427"), (("in_force",), "TC427")] == found


@pytest.mark.parametrize("text", ["1997-09-18", ""])
def test_the_dates_of_an_instrument_are_days_or_are_left_out(text: str) -> None:
    assert [] == list(calendar_faults(dated(text, text)))


@pytest.mark.parametrize("text", ["P101Y", "P1212M", "P40000D", "P99Y24M"])
def test_a_period_of_more_than_a_century_is_a_slip(text: str) -> None:
    assert ["TC427"] == [fault[1] for fault in period_faults(("period",), text)]


@pytest.mark.parametrize("text", ["P100Y", "P4Y", "P6M", "P180D"])
def test_a_period_up_to_a_century_is_accepted(text: str) -> None:
    assert [] == list(period_faults(("period",), text))
