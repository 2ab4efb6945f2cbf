"""Who had to do what by when: the last day of every dated duty for every State, and what became of it by the registers.

An expired day in a row that nobody verified is "unknown" here, never overdue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from treatycheck import dates
from treatycheck.registers.deadlines import DeadlineRow
from treatycheck.registers.record import Record
from treatycheck.registers.table import Row
from treatycheck.rulebook.model import Rule, Rulebook

ENTRY = "entry_into_force"


class State(StrEnum):
    """What became of a duty by a given day."""

    OVERDUE = "overdue"
    MET_LATE = "met_late"
    UNKNOWN = "unknown"
    PENDING = "pending"
    MET = "met"


@dataclass(frozen=True, slots=True)
class Due:
    """One State's last day under one rule.

    `due` is None where it cannot be told to the day; `computed` says that it follows from the entry into force and was
    not read in a register; `why` says in words why the state is what it is; `rows` are the register rows used.
    """

    rule: str
    citation: str
    title: str
    code: str
    name: str
    due: date | None
    computed: bool
    completed: str
    state: State
    why: str
    rows: tuple[Row, ...]


def listing(rulebook: Rulebook, on: date, *, state: str = "", provision: str = "") -> Iterator[Due]:
    """Every dated duty that runs from entry into force or by calendar year, for the States bound on a day.

    `state` (a code) and `provision` (an id or its beginning) narrow the list. Sorted by rule, then name.
    """
    for rule in rulebook.rules.values():
        if not _listed(rule):
            continue
        if provision and not (rule.provision == provision or rule.provision.startswith(f"{provision}.")):
            continue
        register = rulebook.registers[rule.instrument]
        codes = [state] if state else sorted(register.records, key=rulebook.states.name)
        for code in codes:
            standing = register.bound(code, dates.parse(on.isoformat()))
            record = register.records.get(code)
            if record is not None and standing.verdict >= 0:
                yield _due(rulebook, rule, record, on)


def _due(rulebook: Rulebook, rule: Rule, record: Record, on: date) -> Due:
    register = rulebook.deadlines.get(rule.id)
    row = register.rows.get(record.row.key) if register is not None else None
    due, computed = _last_day(rule, record, row, on)
    yearly = rule.deadline is not None and rule.deadline.yearly
    if yearly and row is not None and (row.due is None or row.due.latest != due):
        # The row tells of another year; it is named, but settles nothing.
        state, why, completed = State.UNKNOWN, _last_known(row), None
    else:
        state, why = _state(row, due, on, date.fromisoformat(rulebook.manifest.as_of))
        # A day before it was done does not tell of its completion.
        open_yet = state in (State.PENDING, State.OVERDUE)
        completed = row.completed if row is not None and not open_yet else None
    return Due(
        rule=rule.id,
        citation=rulebook.cite(rule.provision),
        title=rule.title,
        code=record.row.key,
        name=rulebook.states.name(record.row.key),
        due=due,
        computed=computed,
        completed="" if completed is None else dates.describe(completed),
        state=state,
        why=why,
        rows=(record.row,) if row is None else (record.row, row.row),
    )


def _last_day(rule: Rule, record: Record, row: DeadlineRow | None, on: date) -> tuple[date | None, bool]:
    """The last day and whether it was computed."""
    if rule.deadline is None:
        return None, True
    period = dates.parse_period(rule.deadline.period)
    entry = record.entry_into_force
    if entry is None or entry.earliest is None or entry.earliest != entry.latest:
        return None, True
    if rule.deadline.yearly:
        # The newest calendar year whose last day has come, if the State was bound in it.
        years = [
            year
            for year in range(on.year - 2, on.year)
            if dates.add(date(year, 12, 31), period) <= on and entry.earliest.year <= year
        ]
        return (dates.add(date(years[-1], 12, 31), period) if years else None), True
    extended = row.due if row is not None and rule.deadline.extendable else None
    if extended is not None and extended.latest is not None and extended.earliest == extended.latest:
        return extended.latest, extended.latest == dates.add(entry.earliest, period)
    return dates.add(entry.earliest, period), True


def _state(row: DeadlineRow | None, due: date | None, on: date, as_of: date) -> tuple[State, str]:
    """What became of a duty by the day `on`; `as_of` is the day up to which the registers were checked."""
    if due is None:
        return State.UNKNOWN, "the last day cannot be told to the day"
    if row is not None and row.state == "none":
        return (State.MET, row.note) if row.row.verified == "yes" else (State.UNKNOWN, f"{row.note}; not verified")
    done = _done(row, due, on, as_of) if row is not None and row.state == "completed" else False
    if row is not None and done:
        in_time = None if row.completed is None else dates.before(row.completed, due + timedelta(days=1))
        settled = {"on_time": True, "late": False}.get(row.timing, in_time)
        if settled is None or row.row.verified == "no":
            return State.UNKNOWN, row.note or "when it was completed is not known to the day"
        return (State.MET if settled else State.MET_LATE), row.note
    if on <= due:
        return State.PENDING, ""
    if row is None:
        return State.UNKNOWN, "the last day has passed, and no register tells what became of the duty"
    if row.state == "completed" and done is None:
        return State.UNKNOWN, "when it was completed is not known to the day"
    if row.state == "completed":
        if row.row.verified == "yes":
            return State.OVERDUE, "completed only later"
        return State.UNKNOWN, "the row that tells of a later completion is not fully verified"
    if row.state == "outstanding":
        if row.row.verified == "yes":
            return State.OVERDUE, row.note
        return State.UNKNOWN, f"the register has “{row.note or row.state}”, which is not fully verified"
    return State.UNKNOWN, row.note or "the last day known has passed and the register does not say what became of it"


def _done(row: DeadlineRow, due: date, on: date, as_of: date) -> bool | None:
    """Whether a duty completed at some time was so by the day `on`; None if the row leaves it open."""
    done = None if row.completed is None else dates.before(row.completed, on + timedelta(days=1))
    if done is None and (on >= as_of or (row.timing == "on_time" and on >= due)):
        return True
    return done


def _last_known(row: DeadlineRow) -> str:
    if row.completed is None:
        return row.note
    return f"last one known: {dates.describe(row.completed)}" + (f"; {row.note}" if row.note else "")


def pinpoints(rulebook: Rulebook) -> tuple[str, ...]:
    """The provisions of the duties that `listing` lists."""
    return tuple(one.provision for one in rulebook.rules.values() if _listed(one))


def _listed(rule: Rule) -> bool:
    deadline = rule.deadline
    return deadline is not None and deadline.listed and (deadline.start == ENTRY or deadline.yearly)


def pinpoint(rulebook: Rulebook, text: str) -> str:
    """The provision that an id or the number of an article means; empty if no listed duty stands there."""
    for known in pinpoints(rulebook):
        instrument = known.partition(":")[0]
        for candidate in (text, f"{instrument}:{text}"):
            if known == candidate or known.startswith(f"{candidate}."):
                return candidate
    return ""
