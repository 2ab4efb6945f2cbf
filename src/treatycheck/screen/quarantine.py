"""Rows that cannot be screened: each with its number, the column, what stands there, and why."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from treatycheck.errors import Diagnostic, InputError
from treatycheck.phrasing import counted

COLUMNS: Final = ("table", "row", "column", "value", "reason")
_SLIP: Final = 1e-6
"""Less than a row: what the product of a share and a number may be off."""

_LONGEST: Final = 400
_FIRST: Final = 5
"""So many reasons are told where there are too many rows."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be screened: the column, what stands there (cut where it is long), and what is wrong with it.

    The column is empty where the row as a whole cannot be read.
    """

    column: str
    value: str
    reason: str


def cut(text: str) -> str:
    """A value as it is shown: not too long."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def told(table: Path, row: int, one: Fault) -> Diagnostic:
    """Why a row cannot be screened, as an error."""
    what = f"`{one.column}` is `{one.value}`" if one.column else f"`{one.value}`"
    return Diagnostic(str(table), 0, 0, "TC654", f"row {row}: {what}: {one.reason}")


@dataclass(slots=True)
class Quarantine:
    """All such rows of a table, of which there may be a `share` from 0 to 1 of the rows that are `read`.

    `unaddressed` of them name nobody whom a rule binds.
    """

    table: Path
    share: float
    read: int
    rows: int = 0
    unaddressed: int = 0
    faults: list[tuple[int, Fault]] = field(default_factory=list)

    def add(self, row: int, faults: Iterable[Fault]) -> None:
        """Put a row aside with everything that is wrong with it."""
        self.rows += 1
        self.faults += [(row, one) for one in faults]

    def check(self) -> None:
        """Raise `InputError` if there are too many."""
        if self.rows <= self.share * self.read + _SLIP:
            return
        message = f"{counted(self.rows, 'row')} so far cannot be screened, more than {self.share:.2%} of the table"
        help_line = "correct the table, or allow more with `--quarantine-share`"
        first = [told(self.table, row, one) for row, one in sorted(self.faults, key=lambda each: each[0])[:_FIRST]]
        raise InputError([Diagnostic(str(self.table), 0, 0, "TC654", message, help_line), *first])

    def write(self, path: Path) -> None:
        """Write rows of CSV without a header, in which nothing acts on a terminal or in a spreadsheet."""
        from treatycheck.report.cells import guarded
        from treatycheck.report.characters import visible

        with path.open("w", encoding="utf-8", newline="", errors="backslashreplace") as file:
            writer = csv.writer(file)
            for row, one in sorted(self.faults, key=lambda each: each[0]):
                texts = (str(self.table), str(row), one.column, one.value, one.reason)
                writer.writerow([guarded(visible(text)) for text in texts])
