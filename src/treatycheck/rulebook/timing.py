"""Checks the days and periods that a rulebook computes with: register date, entry into force, notice, last days.

They are checked before a register is read, since reading one computes with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from treatycheck.dates import DateError, parse_period
from treatycheck.rulebook.conditions import is_day
from treatycheck.rulebook.model import Instrument, Membership

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC413": "the day up to which the registers were checked is not one day",
        "TC427": "a day or period that dates are computed with cannot be read",
    }
)

MOST_YEARS: Final = 100
_MONTHS: Final = 12
_DAYS: Final = 366

Fault = tuple[tuple[str, ...], str, str, str]
"""Where below the entry, the code, the message and the help line."""


def as_of_faults(text: str) -> Iterator[Fault]:
    """What is wrong with the date of the registers."""
    if not is_day(text):
        help_line = "write the day up to which the registers were checked, as `2026-11-22`"
        yield ("as_of",), "TC413", f"`{text}` is not one day", help_line


def membership_faults(membership: Membership) -> Iterator[Fault]:
    """What is wrong with the parameters of entering and leaving an instrument."""
    entry = membership.entry_into_force
    for name in ("first_deposits_until", "first_entry"):
        day = getattr(entry, name)
        if day and not is_day(day):
            yield ("entry_into_force", name), "TC427", f"`{day}` is not a day", "write it as `1999-03-01`"
    if bool(entry.first_deposits_until) != bool(entry.first_entry):
        message = "`first_deposits_until` and `first_entry` need each other"
        yield (
            ("entry_into_force",),
            "TC427",
            message,
            "give the last of the first deposits and the day they took effect",
        )
    if not 0 <= entry.months <= MOST_YEARS * _MONTHS:
        message = f"`{entry.months}` months are not possible"
        yield ("entry_into_force", "months"), "TC427", message, f"write a number from 0 to {MOST_YEARS * _MONTHS}"
    periods: dict[tuple[str, ...], str] = {("withdrawal_period",): membership.withdrawal_period}
    if membership.suspension is not None:
        periods["suspension", "period"] = membership.suspension.period
    for path, period in periods.items():
        if period:
            yield from period_faults(path, period)


def calendar_faults(instrument: Instrument) -> Iterator[Fault]:
    """What is wrong with the dates of an instrument itself."""
    for name in ("adopted", "in_force"):
        written = getattr(instrument, name)
        if written and not is_day(written):
            yield (name,), "TC427", f"`{written}` is not a day", "write it as `1999-03-01`, or leave it out"


def period_faults(path: tuple[str, ...], text: str) -> Iterator[Fault]:
    """What is wrong with a period."""
    try:
        period = parse_period(text)
    except DateError as error:
        yield path, "TC427", error.message, error.help
        return
    if period.years + period.months // _MONTHS + period.days // _DAYS > MOST_YEARS:
        yield path, "TC427", f"`{text}` is longer than {MOST_YEARS} years", "check the letters: `P4Y`, `P6M`, `P180D`"
