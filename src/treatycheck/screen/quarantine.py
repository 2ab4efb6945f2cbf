"""Rows that cannot be screened: each with its number, the column, what stands there, and why."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from treatycheck.errors import Diagnostic, InputError

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
    """All such rows of a run; of each table there may be a `share`, from 0 to 1."""

    share: float
    rows: int = 0
    faults: list[tuple[Path, int, Fault]] = field(default_factory=list)

    def add(self, table: Path, row: int, faults: Iterable[Fault]) -> None:
        """Put a row aside with everything that is wrong with it."""
        self.rows += 1
        self.faults += [(table, row, one) for one in faults]

    def mark(self) -> tuple[int, int]:
        """How far it is filled."""
        return self.rows, len(self.faults)

    def back_to(self, mark: tuple[int, int]) -> None:
        """Forget what was added since."""
        self.rows = mark[0]
        del self.faults[mark[1] :]

    def check(self, table: Path, read: int, mark: tuple[int, int]) -> None:
        """Raise `InputError` if too many of the rows of a table were added since; `read` is how many it has."""
        count = self.rows - mark[0]
        if count <= int(self.share * read):
            return
        message = f"{count} rows so far cannot be screened, more than {self.share:.2%} of the table"
        help_line = "correct the table, or allow more with `--quarantine-share`"
        first = [told(where, row, one) for where, row, one in self.faults[mark[1] : mark[1] + _FIRST]]
        raise InputError([Diagnostic(str(table), 0, 0, "TC654", message, help_line), *first])

    def write(self, path: Path) -> None:
        """Write a table of CSV in which nothing acts on a terminal or in a spreadsheet."""
        from treatycheck.report.cells import guarded
        from treatycheck.report.characters import visible

        with path.open("w", encoding="utf-8", newline="", errors="backslashreplace") as file:
            writer = csv.writer(file)
            writer.writerow(("table", "row", "column", "value", "reason"))
            for table, row, one in sorted(self.faults, key=lambda each: each[:2]):
                texts = (str(table), str(row), one.column, one.value, one.reason)
                writer.writerow([guarded(visible(text)) for text in texts])
