"""How the events of one table of another layout are read: the query that makes them, and the columns they then have.

Depends on the mapping and on the columns of the table, never on its rows, so it is kept like a plan.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from treatycheck import cache
from treatycheck.errors import Diagnostic, did_you_mean, listed
from treatycheck.screen.mapping import model
from treatycheck.screen.mapping.model import Reading, View
from treatycheck.screen.schema import FlatSchema

if TYPE_CHECKING:
    import ibis.expr.types as ir


CODES: Final[Mapping[str, str]] = MappingProxyType({"TC675": "a table lacks a column that the mapping reads"})


def view(reading: Reading, columns: Mapping[str, str], schema: FlatSchema, dialect: str, version: str) -> View:
    """The view on a table with these columns, by their types as Ibis calls them."""
    used = {name: columns[name] for name in reading.places}
    key = cache.digest(
        [
            ("mapping", reading.sha256.encode()),
            ("dictionaries", json.dumps([[one.name, one.pairs] for one in reading.dictionaries]).encode()),
            ("schema", json.dumps([column.name for column in schema.columns]).encode()),
            ("columns", json.dumps(used).encode()),
            ("backend", f"{dialect} {version}".encode()),
        ]
    )
    return cache.load("mapped", key, View, (model,), lambda: _worded(reading, used, schema, dialect))


def _worded(reading: Reading, used: Mapping[str, str], schema: FlatSchema, dialect: str) -> View:
    import ibis

    from treatycheck.screen.mapping.expressions import flat, passed_over, unmatched
    from treatycheck.screen.plan import ROW

    events = flat(reading, used, schema)
    types = {name: str(kind(nullable=True)) for name, kind in events.schema().items() if name != ROW}

    def sql(table: ir.Table) -> str:
        return str(ibis.to_sql(table, dialect=dialect, pretty=False))

    lost = {name: sql(table) for name, table in unmatched(reading, used).items()}
    passed = passed_over(reading, used)
    return View(sql(events), tuple(used), types, lost, "" if passed is None else sql(passed))


def lacking(reading: Reading, table: str, columns: Mapping[str, str]) -> Iterator[Diagnostic]:
    """What a mapping reads that a table does not have; `columns` are those of the table."""
    what_to_do = f"the columns are {listed(columns, limit=40)}"
    for name, (line, column) in reading.places.items():
        if name not in columns:
            help_line = did_you_mean(name, columns)
            if not help_line:
                # All columns of the table are worth telling once.
                help_line, what_to_do = what_to_do, "correct the name, or leave the entry out"
            yield Diagnostic(reading.file, line, column, "TC675", f"`{table}` has no column `{name}`", help_line)
        elif not columns[name]:
            help_line = "write it as text, whole or decimal numbers, true and false, or days"
            yield Diagnostic(
                reading.file,
                line,
                column,
                "TC675",
                f"column `{name}` of `{table}` has a type that is not read",
                help_line,
            )
