"""The tables of another layout in one run: how each is read, which of their rows and values the mapping does not take.

Stands between a run and its backend; what a mapping means is worded elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from treatycheck.screen.duck import DIALECT
from treatycheck.screen.event import Cells
from treatycheck.screen.files import Table
from treatycheck.screen.mapping.model import Reading, View
from treatycheck.screen.mapping.refused import faults_of
from treatycheck.screen.mapping.view import lacking, view
from treatycheck.screen.quarantine import Fault
from treatycheck.screen.receipt import Unmatched
from treatycheck.screen.schema import FlatSchema

if TYPE_CHECKING:
    from pathlib import Path

    from treatycheck.errors import Diagnostic
    from treatycheck.rulebook.model import Rulebook
    from treatycheck.screen.duck import DuckBackend


class Mapped:
    """Reads tables through a mapping; tells what values no table of the mapping has."""

    def __init__(self, reading: Reading, schema: FlatSchema, desk: DuckBackend) -> None:
        self.reading = reading
        self._schema = schema
        self._desk = desk
        self._views: dict[Path, View] = {}

    def misfits(self, table: Table, columns: Mapping[str, str]) -> Iterator[Diagnostic]:
        """What the mapping reads that a table with these columns does not have."""
        yield from lacking(self.reading, table.path.name, columns)

    def described(self, table: Table, columns: Mapping[str, str]) -> dict[str, str]:
        """Find out how the events of a table are read that has these columns; returns their columns with the types."""
        found = view(self.reading, columns, self._schema, DIALECT, self._desk.reader)
        self._views[table.path] = found
        return dict(found.types)

    def look_up(self) -> None:
        """Make the dictionaries of the mapping tables of the backend, once for all that is read."""
        for dictionary in self.reading.dictionaries:
            self._desk.table(dictionary.name, {"key": "VARCHAR", "value": "VARCHAR"}, dictionary.pairs)

    def open(self, table: Table) -> None:
        """Make the events of a table the table of events."""
        found = self._views[table.path]
        self._desk.read(table.path, table.layout, found.columns, found.sql)

    def columns(self, table: Table) -> tuple[str, ...]:
        """What is read of a table."""
        return self._views[table.path].columns

    def passed_over(self, table: Table) -> int:
        """Rows of the open table that are not held against the rules."""
        found = self._views[table.path]
        return int(self._desk.rows(found.passed_over)[0][0]) if found.passed_over else 0

    def unmatched(self, table: Table) -> tuple[Unmatched, ...]:
        """The values of the open table that become unknown."""
        return tuple(
            Unmatched(column, source, value, int(rows))
            for column, sql in self._views[table.path].unmatched.items()
            for source, value, rows in self._desk.rows(sql)
        )

    def faults(self, cells: Cells, rulebook: Rulebook) -> list[Fault]:
        """Everything that is wrong with a row, in the columns of the table that it came from."""
        return faults_of(cells, self._schema, rulebook, self.reading)
