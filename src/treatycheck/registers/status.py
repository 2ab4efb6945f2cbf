"""Reads the status of States under one instrument: a row of dates per State, and the acts that fit in no column.

Refuses dates that cannot follow one another; it fills no gap, and an empty cell means that the act was not done.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from treatycheck.dates import When, parse, parse_period
from treatycheck.errors import Diagnostic, InputError, did_you_mean, listed
from treatycheck.registers.record import CONSENTED, Act, Record
from treatycheck.registers.standing import StatusRegister
from treatycheck.registers.states import States
from treatycheck.registers.table import Row, Table, read_table
from treatycheck.registers.terms import RegisterTerms, entry_by_rule, moment

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC309": "dates of a State that cannot follow one another",
        "TC311": "an entry into force that does not follow from the deposit",
    }
)

DATES: Final = ("signature", "deposit", "entry_into_force", "withdrawal_notified", "withdrawal_effective")
STATUS_COLUMNS: Final = ("code", "name", "instrument", *DATES)
ACT_COLUMNS: Final = ("code", "name", "act", "date", "about", "summary")

# What the dates are called in an error; each must not come after the next.
_NAMES: Final = ("signature", "deposit", "entry into force", "notice of withdrawal", "withdrawal")


def load_status(
    status: Path, acts: Path | None, *, instrument: str, states: States, terms: RegisterTerms
) -> StatusRegister:
    """Read the two registers of one instrument; InputError with every fault of both."""
    standing = read_table(
        status, register=_register(status), columns=STATUS_COLUMNS, key="code", dates=DATES, states=states
    )
    faults = [*standing.diagnostics, *_status_faults(standing, terms)]
    dated: tuple[Row, ...] = ()
    if acts is not None:
        table = read_table(
            acts,
            register=_register(acts),
            columns=ACT_COLUMNS,
            key=("code", "act", "date"),
            dates=("date",),
            states=states,
        )
        faults += [*table.diagnostics, *_act_faults(table, states, terms)]
        dated = table.rows
    if faults:
        raise InputError(faults)
    done = tuple(_act(row) for row in dated)
    records = {row.key: record_of(row, done) for row in standing.rows}
    return StatusRegister(instrument, records, done, terms)


def _register(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _date(row: Row, column: str) -> When | None:
    return parse(row.values[column]) if row.values[column] else None


def _act(row: Row) -> Act:
    return Act(row.values["act"], parse(row.values["date"]), row.values["about"], row)


def record_of(row: Row, acts: tuple[Act, ...]) -> Record:
    """Read the dates of a status row, and take from `acts` those of its State."""
    own = tuple(act for act in acts if act.row.values["code"] == row.key)
    return Record(
        row,
        row.values["instrument"],
        signature=_date(row, "signature"),
        deposit=_date(row, "deposit"),
        entry_into_force=_date(row, "entry_into_force"),
        withdrawal_notified=_date(row, "withdrawal_notified"),
        withdrawal_effective=_date(row, "withdrawal_effective"),
        acts=own,
    )


def _status_faults(table: Table, terms: RegisterTerms) -> Iterator[Diagnostic]:
    for row in table.rows:
        yield from order_faults(table, row, terms) or _computed(table, row, terms)


def order_faults(table: Table, row: Row, terms: RegisterTerms) -> tuple[Diagnostic, ...]:
    """Return what keeps the dates of a row from following one another."""
    return tuple(_missing(table, row)) or tuple(_disorder(table, row, terms))


def _missing(table: Table, row: Row) -> Iterator[Diagnostic]:
    """Yield a fault for an act without the one it presupposes, and for a form of consent that is none."""
    instrument = row.values["instrument"]
    if instrument and instrument not in CONSENTED:
        remedy = did_you_mean(instrument, CONSENTED) or f"write one of {listed(CONSENTED)}"
        yield table.fault(row.line, "instrument", "TC309", f"`{instrument}` is not a form of consent", remedy)
    for column in ("deposit", "entry_into_force"):
        if instrument and not row.values[column]:
            message = f"`{row.key}` has an instrument of {instrument} and no `{column}`"
            remedy = "write the day, its bounds as `[2026-02-04..2026-11-22]`, or `XXXX` if it is not known"
            yield table.fault(row.line, column, "TC309", message, remedy)
    for column, needed in (*((date, "instrument") for date in DATES[1:4]), ("withdrawal_effective", DATES[3])):
        if row.values[column] and not row.values[needed]:
            message = f"`{row.key}` has a `{column}` and no `{needed}`"
            yield table.fault(row.line, column, "TC309", message, f"fill in `{needed}`, or empty this cell")


def _disorder(table: Table, row: Row, terms: RegisterTerms) -> Iterator[Diagnostic]:
    """Yield a fault for each date that comes before the one it must follow, however the two are read."""
    own_dates = terms.joining.own_date_instruments if terms.joining is not None else ()
    for place, column in enumerate(DATES[1:], 1):
        first, second, before = _date(row, DATES[place - 1]), _date(row, column), DATES[place - 1]
        if first is None or second is None or (before == "deposit" and row.values["instrument"] in own_dates):
            continue
        soonest, latest = moment(first), second.latest
        if before == "withdrawal_notified" and terms.withdrawal_period:
            soonest = soonest.later(parse_period(terms.withdrawal_period))
        if soonest.earliest is None or latest is None or latest >= soonest.earliest:
            continue
        notice = "" if soonest == moment(first) else f" with its period of notice, to `{soonest.earliest}`,"
        message = (
            f"the {_NAMES[place - 1]} of `{row.key}` on `{first.text}`{notice} comes after "
            f"its {_NAMES[place]} on `{second.text}`"
        )
        yield table.fault(row.line, column, "TC309", message, "look both dates up; one of them is wrong")


def _computed(table: Table, row: Row, terms: RegisterTerms) -> Iterator[Diagnostic]:
    """Yield a fault for an entry into force that is not the day which follows from the deposit by the rule."""
    deposit, entry, joining = _date(row, "deposit"), _date(row, "entry_into_force"), terms.joining
    if deposit is None or entry is None or joining is None or row.values["instrument"] in joining.own_date_instruments:
        return
    if deposit.earliest is None or not (moment(deposit).certain and moment(entry).certain):
        return
    expected = entry_by_rule(joining, deposit.earliest)
    if entry.earliest != expected:
        message = (
            f"`{row.key}` is bound from `{entry.text}`, and `{expected}` follows from its deposit on `{deposit.text}`"
        )
        remedy = (
            "correct the date, or name the form of consent under `own_date_instruments` if it has a date of its own"
        )
        yield table.fault(row.line, "entry_into_force", "TC311", message, remedy)


def _act_faults(table: Table, states: States, terms: RegisterTerms) -> Iterator[Diagnostic]:
    objection = terms.suspension.objection_act if terms.suspension is not None else ""
    for row in table.rows:
        about = row.values["about"]
        if not row.values["date"]:
            remedy = "write the day, its bounds as `[2025-07-18..2025-12-05]`, or `XXXX` if it is not known"
            yield table.fault(row.line, "date", "TC306", f"the act `{row.values['act']}` has no date", remedy)
        if about and about not in states.codes:
            remedy = states.suggest(about) or "write the code as in the register of States"
            yield table.fault(row.line, "about", "TC308", f"`{about}` is not the code of a State", remedy)
        if objection and row.values["act"] == objection and not about:
            message = f"`{objection}` does not say whose act it answers"
            yield table.fault(row.line, "about", "TC308", message, "write the code of that State in `about`")
