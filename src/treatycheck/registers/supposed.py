"""Registers as they would be if a State had another status, or had done an act on another day.

Makes a new register and leaves the given one as it is; rows that are supposed say so in their source and their flag.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from treatycheck.dates import DateError, When, parse
from treatycheck.errors import Diagnostic, InputError
from treatycheck.registers.record import SUPPOSED as STATUSES
from treatycheck.registers.record import Record
from treatycheck.registers.standing import StatusRegister
from treatycheck.registers.states import States
from treatycheck.registers.status import DATES, STATUS_COLUMNS, order_faults, record_of
from treatycheck.registers.table import SUPPOSED, Row, Table
from treatycheck.registers.terms import RegisterTerms, entry_by_rule

__all__ = ["DATES", "STATUSES", "with_dates", "with_status"]

_CONSENT: Final = "consent"
"""The form of consent of a State of which the register knows none."""

_FOLLOWING: Final[Mapping[str, tuple[str, ...]]] = {
    "deposit": ("entry_into_force", "withdrawal_notified", "withdrawal_effective"),
    "entry_into_force": ("withdrawal_notified", "withdrawal_effective"),
    "withdrawal_notified": ("withdrawal_effective",),
}
"""What is not done either where an act was not done."""


def with_status(register: StatusRegister, code: str, status: str, states: States) -> StatusRegister:
    """The register with a State in one of the `STATUSES` on every day; its row says that this is supposed."""
    record = _record(register, code, states)
    row = replace(record.row, source="supposed in this run, whatever the register has", verified=SUPPOSED)
    return _with(register, replace(record, row=row, supposed=status))


def with_dates(
    register: StatusRegister, code: str, changes: Mapping[str, str], states: States, place: str
) -> StatusRegister:
    """The register with other dates of a State by column, as EDTF; an empty one says that the act was not done.

    An entry into force that is not among them follows a new deposit by the rule of the instrument. Raises `InputError`,
    with `place` in the place of a file, where the dates cannot follow one another.
    """
    record = _record(register, code, states)
    known = {column: record.row.values[column] for column in DATES}
    values = _completed({**record.row.values, **changes}, changes, register.terms)
    supposed = [column for column in DATES if values[column] != known[column]]
    kept = [column for column in DATES if values[column] and column not in supposed]
    # What the row keeps is known no better than before.
    flag = f"{SUPPOSED}, {record.row.verified}" if kept and record.row.verified in ("partly", "no") else SUPPOSED
    named = ", ".join(column.replace("_", " ") for column in supposed or changes)
    source = f"supposed in this run: {named}" + (f"; for the rest, {record.row.source}" if kept else "")
    row = replace(record.row, values=values, source=source, verified=flag)
    table = Table(place, STATUS_COLUMNS, (row,), ())
    remedy = "suppose dates that can follow one another, and those that go before them; `none` is an act not done"
    later = [column for column in _FOLLOWING["deposit"] if values[column]]
    if later and not values["deposit"]:
        raise InputError([Diagnostic(place, 0, 0, "TC309", f"`{code}` has a `{later[0]}` and no `deposit`", remedy)])
    if faults := order_faults(table, replace(row, line=0), register.terms):
        raise InputError(replace(fault, column=0, help=remedy) for fault in faults)
    return _with(register, record_of(row, record.acts))


def _record(register: StatusRegister, code: str, states: States) -> Record:
    """The State's record, or an empty one where the register does not list it."""
    if code in register.records:
        return register.records[code]
    name = next((record.row.register for record in register.records.values()), register.instrument)
    values = {**dict.fromkeys(STATUS_COLUMNS, ""), "code": code, "name": states.name(code)}
    return record_of(Row(name, 0, code, values, "", SUPPOSED), ())


def _with(register: StatusRegister, record: Record) -> StatusRegister:
    return replace(register, records={**register.records, record.row.key: record})


def _completed(values: dict[str, str], changes: Mapping[str, str], terms: RegisterTerms) -> dict[str, str]:
    """The cells of a row in which what follows from the changes is changed as well."""
    for column, following in _FOLLOWING.items():
        if column in changes and not changes[column]:
            values |= {name: "" for name in following if name not in changes}
    if not values["deposit"]:
        values["instrument"] = ""
        return values
    values["instrument"] = values["instrument"] or _CONSENT
    if "deposit" in changes and "entry_into_force" not in changes:
        values["entry_into_force"] = _entry(parse(values["deposit"]), values["instrument"], terms)
    return values


def _entry(deposit: When, instrument: str, terms: RegisterTerms) -> str:
    """The entry into force that follows from a deposit, with the bounds that the deposit has."""
    joining, bounds = terms.joining, (deposit.earliest, deposit.latest)
    if joining is None or instrument in joining.own_date_instruments:
        return "XXXX"
    try:
        first, last = (None if day is None else entry_by_rule(joining, day) for day in bounds)
    except DateError:
        return "XXXX"
    if first is None and last is None:
        return "XXXX"
    return f"{first}" if first == last else f"[{first or ''}..{last or ''}]"
