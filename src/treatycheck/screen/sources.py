"""The tables of a run as the backend reads them: whether they fit the schema, and what of them can be read.

A table may be of another layout (through a mapping), and rows of a table of CSV may stop its reading.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import _duckdb as duckdb

from treatycheck.errors import Diagnostic, InputError, did_you_mean, listed
from treatycheck.screen.files import Table
from treatycheck.screen.schema import DATE, REQUIRED, FlatSchema

if TYPE_CHECKING:
    from treatycheck.rulebook.model import Rulebook
    from treatycheck.screen.duck import DuckBackend
    from treatycheck.screen.event import Cells
    from treatycheck.screen.mapping.model import Reading
    from treatycheck.screen.mapping.tables import Mapped
    from treatycheck.screen.quarantine import Fault
    from treatycheck.screen.receipt import Unmatched

_T = TypeVar("_T")

_DAYS: Final = ("string", "date", "timestamp")
"""The types that a column of dates may have."""


class Sources:
    """Opens tables one after the other; copies of them lie in `aside`, or in a folder that goes with this object."""

    def __init__(self, schema: FlatSchema, desk: DuckBackend, mapping: Reading | None, aside: Path | None) -> None:
        self._schema = schema
        self._desk = desk
        desk.truths = frozenset(column.name for column in schema.columns if column.kind == "truth")
        self._aside = aside
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.mapped: Mapped | None = None
        if mapping is not None:
            from treatycheck.screen.mapping.tables import Mapped

            self.mapped = Mapped(mapping, schema, desk)

    def close(self) -> None:
        """Remove what was put aside."""
        if self._folder is not None:
            self._folder.cleanup()

    def described(self, tables: Sequence[Table], ignored: Sequence[str]) -> dict[Path, dict[str, str]]:
        """The columns of the events of every table with their types; `InputError` with whatever does not fit."""
        problems: list[Diagnostic] = []
        found: dict[Path, dict[str, str]] = {}
        there: set[str] = set()
        for one in tables:
            try:
                columns = self._desk.columns(one.path, one.layout)
                there |= columns.keys()
            except InputError as error:
                problems += error.diagnostics
                continue
            except duckdb.Error as error:
                problems.append(stopped(one.path, error))
                continue
            mapped = self.mapped
            misfits = [*(self._misfits(one.path, columns, ignored) if mapped is None else mapped.misfits(one, columns))]
            problems += misfits
            if not misfits:
                found[one.path] = self._flat(columns) if mapped is None else mapped.described(one, columns)
        problems += self._idle(ignored, there)
        if problems:
            raise InputError(problems)
        if self.mapped is not None:
            self.mapped.look_up()
        return found

    def _idle(self, ignored: Sequence[str], there: Collection[str]) -> Iterator[Diagnostic]:
        """What `--ignore` names and cannot leave out."""
        for name in ignored:
            if self.mapped is not None:
                message, help_line = "a mapping reads the columns that it names and no others", "leave it out"
            elif name in self._schema.by_name:
                message = f"`{name}` is a column of the schema, and so is looked at"
                help_line = "leave the column out of the table, or the option out of the command"
            elif name not in there:
                message = f"no table has a column `{name}`"
                help_line = did_you_mean(name, there) or "leave it out"
            else:
                continue
            yield Diagnostic("--ignore", 0, 0, "TC652", message, help_line)

    def _flat(self, columns: Mapping[str, str]) -> dict[str, str]:
        return {one.name: columns[one.name] for one in self._schema.columns if one.name in columns}

    def _misfits(self, path: Path, columns: Mapping[str, str], ignored: Sequence[str]) -> Iterator[Diagnostic]:
        known = self._schema.by_name
        for name, kind in columns.items():
            if name == DATE and kind and kind not in _DAYS:
                help_line = "write days, as days or as text (2020, 2020-05, 2020-05-17)"
                yield Diagnostic(str(path), 0, 0, "TC652", f"column `{name}` holds no dates but `{kind}`", help_line)
            if name in known and not kind:
                help_line = "write it as text, whole or decimal numbers, true and false, or days"
                yield Diagnostic(str(path), 0, 0, "TC652", f"column `{name}` has a type that is not read", help_line)
            if name not in known and name not in ignored:
                help_line = did_you_mean(name, known) or f"`--ignore {name}` leaves it out"
                yield Diagnostic(str(path), 0, 0, "TC652", f"column `{name}` is not in the schema", help_line)
        for name in REQUIRED:
            if name not in columns:
                help_line = (
                    f"every row needs {listed(REQUIRED)}; `treatycheck schema screen` describes them, and a file for"
                    " `--mapping` what a table of another layout has instead"
                )
                yield Diagnostic(str(path), 0, 0, "TC652", f"there is no column `{name}`", help_line)

    def reading(self, table: Table, types: Mapping[str, str], job: Callable[[], _T]) -> _T:
        """Do a job with a table as the table of events; if rows stop the reading, once more without these."""
        try:
            self._open(table, types)
            return job()
        except self._desk.errors as error:
            if table.layout != "csv" or isinstance(error, duckdb.OutOfMemoryException):
                raise InputError([stopped(table.path, error)]) from error
        wanted = tuple(types) if self.mapped is None else self.mapped.columns(table)
        self._desk.mend(table.path, wanted, self._place())
        try:
            self._open(table, types)
            return job()
        except self._desk.errors as error:
            raise InputError([stopped(table.path, error)]) from error

    def _open(self, table: Table, types: Mapping[str, str]) -> None:
        if self.mapped is None:
            self._desk.read(table.path, table.layout, tuple(types))
        else:
            self.mapped.open(table)

    def _place(self) -> Path:
        if self._aside is not None:
            return self._aside
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory()
        return Path(self._folder.name)

    def passed_over(self, table: Table) -> int:
        """Rows of the open table that are not held against the rules, as the mapping says of their kind."""
        return 0 if self.mapped is None else self.mapped.passed_over(table)

    def unmatched(self, table: Table) -> tuple[Unmatched, ...]:
        """The values of the open table that become unknown, as the mapping does not have them."""
        return () if self.mapped is None else self.mapped.unmatched(table)

    def faults(self, cells: Cells, rulebook: Rulebook) -> list[Fault]:
        """Everything that is wrong with a row."""
        if self.mapped is not None:
            return self.mapped.faults(cells, rulebook)
        from treatycheck.screen.event import faults

        return faults(cells, self._schema, rulebook)


def stopped(path: Path, error: Exception) -> Diagnostic:
    """Why a table could not be screened to its end."""
    reason = str(error).strip().partition("\n")[0]
    if isinstance(error, duckdb.OutOfMemoryException):
        help_line = "allow more with `--memory`, or screen the table in parts"
        return Diagnostic("--memory", 0, 0, "TC655", f"the memory does not suffice: {reason}", help_line)
    if "No space left" in reason:
        return Diagnostic(str(path), 0, 0, "TC505", f"the disk is full: {reason}", "make room, or write elsewhere")
    return Diagnostic(
        str(path), 0, 0, "TC653", f"the table cannot be read: {reason}", "correct the file, or write it anew"
    )
