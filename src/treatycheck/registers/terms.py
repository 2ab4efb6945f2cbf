"""The parameters by which an instrument binds and releases States, and the dates that follow from them.

Values only: they are read from the instrument's own file, and positions choose among the contested ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from treatycheck.dates import Period, When, add, first_of_month_after
from treatycheck.errors import DefectError


@dataclass(frozen=True, slots=True)
class Joining:
    """When an instrument enters into force for a State that has deposited its consent.

    `rule` is "first_day_of_month" (of the month that comes `months` after that of the deposit) or "same_day" (`months`
    after it). Deposits on or before `first_deposits_until` take effect on `first_entry`. An instrument of consent among
    `own_date_instruments` follows no rule: its date is the depositary's.
    """

    rule: str = "same_day"
    months: int = 0
    first_deposits_until: date | None = None
    first_entry: date | None = None
    own_date_instruments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspension:
    """Whether a notice of suspension, the act `act`, interrupts the bond.

    `effect` is "none", "from_act" (at once) or "delayed" (after `period`, unless another State has answered with the
    act `objection_act`).
    """

    act: str
    effect: str = "none"
    period: str = "P3M"
    objection_act: str = ""


@dataclass(frozen=True, slots=True)
class RegisterTerms:
    """All parameters of one instrument; what is left out does not exist in it.

    `member_word` is what the instrument calls a State that it binds.
    """

    joining: Joining | None = None
    provisional_act: str = ""
    suspension: Suspension | None = None
    withdrawal_period: str = ""
    member_word: str = "bound"


def entry_by_rule(joining: Joining, deposit: date) -> date:
    """Return the day of entry into force for a deposit on a given day; DateError outside the calendar."""
    until = joining.first_deposits_until
    if until is not None and joining.first_entry is not None and deposit <= until:
        return joining.first_entry
    if joining.rule == "first_day_of_month":
        return first_of_month_after(deposit, joining.months)
    if joining.rule == "same_day":
        return add(deposit, Period(months=joining.months))
    raise DefectError(f"`{joining.rule}` is not a rule of entry into force")


@dataclass(frozen=True, slots=True)
class Moment:
    """The day of a change as far as a register tells it: both bounds inclusive, None where there is none."""

    earliest: date | None
    latest: date | None

    @property
    def certain(self) -> bool:
        """Whether the day itself is known."""
        return self.earliest is not None and self.earliest == self.latest

    def later(self, period: Period) -> Moment:
        """Return the moment a period later; DateError outside the calendar."""
        return Moment(*(add(day, period) if day else None for day in (self.earliest, self.latest)))


def moment(when: When) -> Moment:
    """Return the moment at which a dated act was done."""
    return Moment(when.earliest, when.latest)
