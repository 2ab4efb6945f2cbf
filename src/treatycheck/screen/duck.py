"""DuckDB as a backend: embedded, on one machine, within a given memory.

Reads files, runs the SQL of a plan, writes results; it knows neither rules nor classes. The engine is loaded without
the package `duckdb` around it, whose other interfaces take several times as long to import and are not used here.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import _duckdb as duckdb

from treatycheck.screen import csvtext
from treatycheck.screen.plan import DAYS, EVENTS, FOREIGN, ROW, Dialect, cells_of
from treatycheck.screen.quarantine import Fault, cut

if TYPE_CHECKING:
    from treatycheck.screen.plan import OverTime

DIALECT: Final = "duckdb"
"""What files are read and translated with, whatever backend looks at the events."""

BATCH: Final = 20_000
"""So many rows are looked at one by one at a time."""

_LONGEST_OBJECT: Final = 128 * 2**20
"""No row of NDJSON is longer, in bytes."""

_NO_OBJECT: Final = "json IS NULL OR json_type(json) <> 'OBJECT'"

# What `report.cells` guards, in the words of the library that DuckDB has for patterns.
_SPACES: Final = r"\s\v\x{1c}-\x{1f}\x{85}\p{Z}"
_FORMULA: Final = rf"""(^|;)([{_SPACES}"'“”‘’`]*[=+\-@\x{{ff1d}}\x{{ff0b}}\x{{ff0d}}\x{{ff20}}\t\r])"""  # noqa: RUF001 - as there
_APOSTROPHE: Final = r"\1'\2"

_WRITERS: Final[Mapping[str, str]] = {
    "parquet": "FORMAT parquet",
    "csv": "FORMAT csv, HEADER true",
    "ndjson": "FORMAT json",
}


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def named(path: Path) -> str:
    """A file that is read, as SQL has it: the signs of patterns in its name stand for themselves."""
    return literal("".join(f"[{one}]" if one in "*?[" else one for one in str(path)))


def parquet(paths: Iterable[Path]) -> str:
    """Parquet files as a table of SQL, one after the other."""
    return f"read_parquet([{', '.join(map(named, paths))}])"


class DuckBackend:
    """One connection; `memory` is a limit such as `1GB`, `scratch` the folder where it may put what does not fit."""

    guesses = True
    """Whether a query that stops half-way costs little, so that one is tried before all is known to be decided."""

    def __init__(self, *, memory: str | None = None, scratch: Path | None = None, threads: int | None = None) -> None:
        self._connection = duckdb.connect(":memory:")
        self._headers: dict[Path, csvtext.Header] = {}
        self._copies: dict[Path, csvtext.Copied] = {}
        self._broken: dict[Path, list[tuple[int, Fault]]] = {}
        self.truths: frozenset[str] = frozenset()
        """The columns in which true and false stand for yes and no."""
        self.doing = ""
        self._rows = 0
        self.run("SET TimeZone = 'UTC'")
        # Files may not reach out: no extension is fetched, and nothing in them is run.
        self.run("SET autoinstall_known_extensions = false")
        if memory is not None:
            self.run(f"SET memory_limit = {literal(memory)}")
        if scratch is not None:
            self.run(f"SET temp_directory = {literal(str(scratch))}")
        if threads is not None:
            self.run(f"SET threads = {threads}")

    @property
    def reader(self) -> str:
        """What files are read with, as one calls it in a receipt."""
        return f"{DIALECT} {duckdb.__version__}"

    @property
    def version(self) -> str:
        """What the backend calls itself in a receipt."""
        return self.reader

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What is raised where a table cannot be read."""
        return (duckdb.Error,)

    def close(self) -> None:
        """Release files and memory."""
        self._connection.close()

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        """Run a statement."""
        self._connection.execute(sql, values) if values else self._connection.execute(sql)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self._connection.execute(sql).fetchall()

    # Reading

    def columns(self, file: Path, layout: str) -> dict[str, str]:
        """The columns of a file with the types they have, as the words of Ibis; `InputError` if it has none."""
        if layout == "ndjson":
            return dict.fromkeys(self._keys(file), "string")
        if layout == "csv":
            return dict.fromkeys(self._header(file).columns, "string")
        described = self.rows(f"DESCRIBE SELECT * FROM read_parquet({named(file)})")
        return {name: _type(str(kind)) for name, kind, *_ in described}

    def _header(self, file: Path) -> csvtext.Header:
        if file not in self._headers:
            self._headers[file] = csvtext.header(file)
        return self._headers[file]

    def _keys(self, file: Path) -> list[str]:
        """Every key of every object: one that stands in the last row alone is no less a column."""
        source = f"read_ndjson_objects({named(file)}, ignore_errors = true, maximum_object_size = {_LONGEST_OBJECT})"
        found = [keys for (keys,) in self.rows(f"SELECT DISTINCT json_keys(json) FROM {source}")]
        # What is no object has no keys, and an object that repeats one is not clear.
        if any(not keys or len({*keys}) < len(keys) for keys in found):
            numbered = f"SELECT row_number() OVER () AS row, json, json_keys(json) AS keys FROM {source}"
            odd = f"SELECT * FROM ({numbered}) WHERE {_NO_OBJECT} OR len(keys) > list_unique(keys)"
            self._broken[file] = [(row, _why_broken(text, keys)) for row, text, keys in self.rows(odd)]
        return sorted({name for keys in found for name in keys or ()})

    def unread(self, file: Path) -> Sequence[tuple[int, Fault]]:
        """The rows of a file that are in no table of events, by their numbers, and why."""
        copy = self._copies.get(file)
        return self._broken.get(file, ()) if copy is None else copy.unread

    def mend(self, file: Path, columns: Sequence[str], folder: Path) -> None:
        """From now on read a table of CSV without the rows that stop the reading."""
        target = folder / f"copy {len(self._copies)}.csv"
        self._copies[file] = csvtext.copied(file, self._header(file), columns, target)

    def _source(self, file: Path, layout: str, columns: Sequence[str]) -> str:
        """The rows of a file with their numbers from 1 and these columns."""
        cells = [quoted(name) for name in columns]
        if layout == "parquet":
            number = "file_row_number + 1"
            source = f"read_parquet({named(file)}, file_row_number = true)"
        elif layout == "csv":
            head, copy = self._header(file), self._copies.get(file)
            number = "row_number() OVER ()" if copy is None else "c0::BIGINT"
            places = [1 + (head.columns if copy is None else columns).index(name) for name in columns]
            cells = [f"c{place} AS {cell}" for place, cell in zip(places, cells, strict=True)]
            source = _csv(file, head) if copy is None else _csv_copy(copy, len(columns))
        else:
            number = "row_number() OVER ()"
            types = ", ".join(f"{literal(one)}: 'VARCHAR'" for one in columns)
            source = (
                f"read_json({named(file)}, format = 'newline_delimited', columns = {{{types}}},"
                f" ignore_errors = true, maximum_object_size = {_LONGEST_OBJECT})"
            )
        listed = ", ".join([f"{number} AS {quoted(ROW)}", *cells])
        if file not in self._broken:
            return f"SELECT {listed} FROM {source}"
        self.table("broken", {"row": "BIGINT"}, [(row,) for row, _ in self._broken[file]])
        return f"SELECT * FROM (SELECT {listed} FROM {source}) WHERE {quoted(ROW)} NOT IN (SELECT row FROM broken)"

    def read(self, file: Path, layout: str, columns: Sequence[str], flat: str = "") -> None:
        """Make the file the table of events, with these columns and the number of each row from 1.

        If the file has another layout, `flat` is the query that makes events of it.
        """
        cells = [
            _json_cell(name) if layout == "ndjson" and name in self.truths and not flat else quoted(name)
            for name in columns
        ]
        listed = ", ".join([quoted(ROW), *cells])
        name = FOREIGN if flat else EVENTS
        source = self._source(file, layout, columns)
        self.run(f"CREATE OR REPLACE VIEW {quoted(name)} AS SELECT {listed} FROM ({source})")
        if flat:
            self.run(f"CREATE OR REPLACE VIEW {EVENTS} AS {flat}")

    def count(self) -> int:
        """How many rows the table of events has."""
        self._rows = int(self.rows(f"SELECT count(*) FROM {EVENTS}")[0][0])
        return self._rows

    def gather(self, name: str, sql: str) -> None:
        """Make what is asked of the events a table of its own."""
        self.run(f"CREATE OR REPLACE TABLE {quoted(name)} AS {sql}")

    def batches(self, sql: str, points: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of what is asked, in order and some at a time; numbers with a point are in the columns `points`."""
        texts = ", ".join(f"{quoted(name)}::VARCHAR AS {quoted(name)}" for name in points)
        chosen = f"* REPLACE ({texts})" if texts else "*"
        cursor = self._connection.cursor().execute(f"SELECT {chosen} FROM ({sql}) ORDER BY {quoted(ROW)}")
        places = {place for place, (name, *_) in enumerate(cursor.description or ()) if name in points}
        while batch := cursor.fetchmany(BATCH):
            yield (
                [tuple(_plain(cell) if place in places else cell for place, cell in enumerate(row)) for row in batch]
                if places
                else batch
            )

    def find(self, sql: str, target: Path) -> None:
        """Write what is asked of the events to one Parquet file."""
        self.copy(sql, target, "parquet")

    def dialect(self) -> Dialect:
        """How the expressions of a plan are worded for this backend."""
        return dialect()

    def row(self, number: int, types: Mapping[str, str]) -> dict[str, str] | None:
        """The cells of one row of the table of events as texts; None if there is no such row."""
        cells = [
            f"CASE {quoted(name)} WHEN true THEN 'yes' WHEN false THEN 'no' END"
            if kind == "boolean"
            else f"CAST({quoted(name)} AS DATE)::VARCHAR"
            if kind == "timestamp"
            else f"{quoted(name)}::VARCHAR"
            for name, kind in types.items()
        ]
        found = self.rows(f"SELECT {', '.join(cells)} FROM {EVENTS} WHERE {quoted(ROW)} = {number} LIMIT 1")
        if not found:
            return None
        texts = zip(types.items(), found[0], strict=True)
        return {name: _plain(text) if kind.startswith("float") else text for (name, kind), text in texts}

    def progress(self) -> tuple[int, int, str]:
        """Rows done and rows in all of what is under way, and what that is."""
        share = max(self._connection.query_progress(), 0.0)
        return int(share / 100 * self._rows), self._rows, self.doing

    # Tables of its own

    def table(self, name: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]] = ()) -> None:
        """Make a table of its own; `columns` have the types of DuckDB."""
        self.run(f"DROP TABLE IF EXISTS {quoted(name)}")
        listed = ", ".join(f"{quoted(one)} {kind}" for one, kind in columns.items())
        self.run(f"CREATE TABLE {quoted(name)} ({listed})")
        self.insert(name, tuple(columns.values()), rows)

    def insert(self, name: str, types: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Add rows to a table of its own."""
        if rows:
            # One list for each column is many times as fast as one statement for each row.
            lists = [list(column) for column in zip(*rows, strict=True)]
            selected = ", ".join(f"unnest(?::{kind}[])" for kind in types)
            self.run(f"INSERT INTO {quoted(name)} SELECT {selected}", lists)

    def over_time(self, name: str, lists: OverTime) -> None:
        """Make the table of one row with the lists of what dates and States come to over time."""
        columns = {DAYS: lists.stretch, **{cells_of(digit): cells for digit, cells in lists.cells.items()}}
        listed = ", ".join(f"?::BIGINT[] AS {quoted(one)}" for one in columns)
        self.run(f"CREATE OR REPLACE TABLE {quoted(name)} AS SELECT {listed}", [[*one] for one in columns.values()])

    def load(self, name: str, columns: Mapping[str, str], path: Path | None) -> bool:
        """Make a table of its own, with what `keep` wrote to a file; returns whether such rows could be read."""
        self.table(name, columns)
        if path is None or not path.is_file():
            return False
        try:
            self.run(f"INSERT INTO {quoted(name)} SELECT * FROM {parquet([path])}")
        except duckdb.Error:
            return False
        return True

    # Writing

    def keep(self, sql: str, path: Path) -> None:
        """Write the rows of a query to a file for later runs, whole or, where that cannot be, not at all."""
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        with contextlib.suppress(OSError, duckdb.Error):
            path.parent.mkdir(parents=True, exist_ok=True)
            self.copy(sql, draft, "parquet")
            draft.replace(path)

    def copy(self, sql: str, target: Path, layout: str) -> int:
        """Write the rows of a query to a file; returns how many. No text in CSV begins a formula of a spreadsheet."""
        if layout == "csv":
            kinds = self.rows(f"DESCRIBE {sql}")
            texts = [_guarded(name) if kind == "VARCHAR" else quoted(name) for name, kind, *_ in kinds]
            sql = f"SELECT {', '.join(texts)} FROM ({sql})"
        return int(self.rows(f"COPY ({sql}) TO {literal(str(target))} ({_WRITERS[layout]})")[0][0])


def _guarded(name: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula, as in the tables of a report."""
    return f"regexp_replace({quoted(name)}, {literal(_FORMULA)}, {literal(_APOSTROPHE)}, 'g') AS {quoted(name)}"


def _csv(file: Path, head: csvtext.Header) -> str:
    """A table of CSV in the form that its header shows; what has another form stops the reading."""
    names = [f"c{place}" for place in range(1, len(head.columns) + 1)]
    return _read_csv(file, names, f"delim = {literal(head.separator)}, skip = {head.skip}")


def _csv_copy(copy: csvtext.Copied, columns: int) -> str:
    """The clean copy of a table of CSV, with the number of the row before the cells."""
    names = [f"c{place}" for place in range(columns + 1)]
    return _read_csv(copy.path, names, f"delim = ',', max_line_size = {copy.longest}")


def _read_csv(file: Path, names: Sequence[str], more: str) -> str:
    types = ", ".join(f"{name}: 'VARCHAR'" for name in names)
    return (
        f"read_csv({named(file)}, auto_detect = false, header = true, columns = {{{types}}}, quote = '\"',"
        f" escape = '\"', strict_mode = true, null_padding = false, {more})"
    )


def _plain(text: Any) -> Any:
    """The text of a number as people write it, where DuckDB has a power of ten or a zero below zero."""
    if text is None or not text.lstrip("-")[:1].isdigit():
        return text
    plain = format(Decimal(text), "f")
    return plain.lstrip("-") if Decimal(text) == 0 else plain


def _why_broken(text: str | None, keys: Sequence[str]) -> Fault:
    repeated = sorted({key for key in keys or () if keys.count(key) > 1})
    if repeated:
        return Fault(cut(repeated[0]), cut(text or ""), "stands twice in the row")
    return Fault("", cut(text or ""), "no JSON object in UTF-8, or one that is not whole")


def _json_cell(name: str) -> str:
    """A cell of NDJSON as text, with yes and no for what is true and false there."""
    column = quoted(name)
    return f"CASE {column} WHEN 'true' THEN 'yes' WHEN 'false' THEN 'no' ELSE {column} END AS {column}"


def _type(kind: str) -> str:
    """A type of DuckDB as Ibis calls it; what is none of the plain ones is read as text."""
    plain = {
        "BOOLEAN": "boolean",
        "DATE": "date",
        "DOUBLE": "float64",
        "FLOAT": "float32",
        "TINYINT": "int8",
        "SMALLINT": "int16",
        "INTEGER": "int32",
        "BIGINT": "int64",
        "UTINYINT": "uint8",
        "USMALLINT": "uint16",
        "UINTEGER": "uint32",
        "UBIGINT": "uint64",
        "VARCHAR": "string",
    }
    # Which day a time with a zone lies on depends on where one stands.
    if kind.startswith("TIMESTAMP") and "TIME ZONE" not in kind:
        return "timestamp"
    if kind.startswith("DECIMAL"):
        return kind.lower()
    return plain.get(kind, "")


def dialect() -> Dialect:
    """Look-ups by position in a list: DuckDB finds them once for each entry of a dictionary, not for each row."""
    import ibis
    import ibis.expr.datatypes as dt

    from treatycheck.screen.expressions import as_text

    @ibis.udf.scalar.builtin(name="list_extract", signature=((dt.Array(dt.int64), dt.int64), dt.int64))
    def extract(values: Any, place: Any) -> Any: ...

    @ibis.udf.scalar.builtin(name="list_position", signature=((dt.Array(dt.string), dt.string), dt.int64))
    def position(values: Any, text: Any) -> Any: ...

    @ibis.udf.scalar.builtin(name="error", signature=((dt.string,), dt.int64))
    def stop(message: Any) -> Any: ...

    def constant(values: Sequence[object], kind: str) -> Any:
        # One text is read and folded at once; a list of literals takes longer to plan than to use.
        return ibis.literal(json.dumps([*values])).cast("json").cast(f"array<{kind}>")

    def pick(text: Any, values: Sequence[str | None], classes: Sequence[int], other: int | None) -> Any:
        found = extract(constant(classes, "int64"), position(constant(values, "string"), text))
        return found if other is None else ibis.coalesce(found, ibis.literal(other, "int64"))

    def among(text: Any, values: Sequence[str]) -> Any:
        return position(constant(values, "string"), text).notnull()

    return Dialect(DIALECT, pick, among, extract, stop, as_text, joins=True)
