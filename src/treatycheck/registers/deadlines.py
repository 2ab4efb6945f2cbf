"""Last days by State: granted, reported as kept, or still open, one row a State under one duty.

Tells what the table says; whether a duty was met on a date is decided by its readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from treatycheck.dates import When, parse
from treatycheck.errors import Diagnostic, InputError, did_you_mean, listed
from treatycheck.registers.states import States
from treatycheck.registers.table import Row, Table, read_table

CODES: Final[Mapping[str, str]] = MappingProxyType({"TC310": "what a table says of a duty cannot be so"})

COLUMNS: Final = ("code", "name", "due", "completed", "state", "timing", "note")
STATES: Final = ("", "completed", "outstanding", "none")
TIMINGS: Final = ("", "on_time", "late")


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One State's row.

    `due` is the last day known, extensions included (None: as computed); `completed` when the duty was met; `state`
    says that it was completed, is outstanding or that there was nothing to do; `timing` settles what dates leave open.
    """

    due: When | None
    completed: When | None
    state: str
    timing: str
    note: str
    row: Row


@dataclass(frozen=True, slots=True)
class DeadlineRegister:
    """The rows of one duty by State code; made by `load_deadlines`."""

    rows: Mapping[str, DeadlineRow] = field(hash=False)


def load_deadlines(path: Path, states: States) -> DeadlineRegister:
    """Read a table of last days; InputError with every fault of the file."""
    name = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    table = read_table(path, register=name, columns=COLUMNS, key="code", dates=("due", "completed"), states=states)
    faults = [*table.diagnostics, *_faults(table)]
    if faults:
        raise InputError(faults)
    return DeadlineRegister({row.key: _row(row) for row in table.rows})


def _faults(table: Table) -> Iterator[Diagnostic]:
    for row in table.rows:
        for column, allowed in (("state", STATES), ("timing", TIMINGS)):
            value = row.values[column]
            if value not in allowed:
                remedy = (
                    did_you_mean(value, allowed)
                    or f"write one of {listed(one for one in allowed if one)}, or leave it empty"
                )
                yield table.fault(row.line, column, "TC310", f"`{value}` is not a value of `{column}`", remedy)
        if row.values["completed"] and row.values["state"] != "completed":
            remedy = "write `completed` as the state, or empty the date"
            yield table.fault(
                row.line, "state", "TC310", f"`{row.key}` has a date of completion and is not `completed`", remedy
            )


def _row(row: Row) -> DeadlineRow:
    values = row.values
    due, completed = (parse(values[column]) if values[column] else None for column in ("due", "completed"))
    return DeadlineRow(due, completed, values["state"], values["timing"], values["note"], row)
