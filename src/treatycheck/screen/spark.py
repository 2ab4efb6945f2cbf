"""Spark as a backend: the rows of events are looked at by a cluster, everything small stays with DuckDB on the driver.

Files are described, numbered and, unless they are Parquet, read by DuckDB, so that a cell is the same text on both
backends. What goes to and fro are Parquet files in a folder that the driver and all workers have to see. No function
of Python's own is run on a worker.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from treatycheck.errors import Diagnostic, InputError
from treatycheck.screen import cluster
from treatycheck.screen.duck import DuckBackend, parquet, quoted
from treatycheck.screen.plan import EVENTS, LATER, LUT, ROW, STRETCHES, Dialect

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_NANOSECONDS_OF_A_DAY: Final = 86_400_000_000_000
_UNSEEN: Final = ("FILE_NOT_EXIST", "Mkdirs failed", "FileNotFoundException", "AccessDeniedException")
_UNREADABLE: Final = ("FAILED_READ_FILE", "INVALID_UTF8", "CANNOT_READ", "MALFORMED")
"""What stands in an error where a worker sees no file or folder, or where one sees what it cannot read."""

_SHORTER: Final = 1e-4
_LONGER: Final = 1e16
"""Outside of these, a number is written with a power of ten."""


class SparkBackend(DuckBackend):
    """DuckDB, with Spark for whatever is asked of the events; `master` is an address such as `spark://host:7077`.

    A session that runs already is used and left running; else Spark is started when the first table is read. `scratch`
    is the folder for what goes to and fro; without one, a temporary folder is made. `memory` is the limit of DuckDB and
    of the heap of a driver that is started here. Raises `InputError` where Spark cannot be reached.
    """

    guesses = False

    def __init__(self, *, master: str | None = None, memory: str | None = None, scratch: Path | None = None) -> None:
        cluster.look(master)
        super().__init__(memory=memory, scratch=scratch)
        self._master = master
        self._heap = None if memory is None else self._mebibytes()
        self._own = None if scratch is not None else Path(tempfile.mkdtemp(prefix="treatycheck-"))
        self._folder = (scratch or self._own or Path()).resolve() / "spark"
        self._running: SparkSession | None = None
        self._started = False

    @property
    def _session(self) -> SparkSession:
        if self._running is None:
            self._running, self._started = cluster.session(self._master, self._heap, self._tell)
        return self._running

    @property
    def version(self) -> str:
        """What the backend calls itself in a receipt."""
        return f"spark {self._session.version}, {self.reader}"

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What is raised where a table cannot be read."""
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        return (*super().errors, PySparkException, Py4JError)

    def close(self) -> None:
        """Release files and memory, and Spark where it was started here."""
        super().close()
        if self._own is not None:
            shutil.rmtree(self._own, ignore_errors=True)
        if self._running is not None and self._started:
            self._running.stop()

    def progress(self) -> tuple[int, int, str]:
        """Rows done and rows in all of what is under way, and what that is."""
        if self._running is None:
            return super().progress()
        tracker = self._running.sparkContext.statusTracker()
        stages = [info for one in tracker.getActiveStageIds() if (info := tracker.getStageInfo(one)) is not None]
        tasks = sum(info.numTasks for info in stages)
        done = sum(info.numCompletedTasks for info in stages)
        return (self._rows * done // tasks if tasks else 0), self._rows, self.doing

    def _tell(self, what: str) -> None:
        self.doing = what

    def _mebibytes(self) -> int:
        """The limit of memory in the unit that Java takes."""
        number, unit = str(self.rows("SELECT current_setting('memory_limit')")[0][0]).split()
        return int(float(number) * 1024 ** ("KMGT".index(unit[0]) - 1))

    # What is asked of the events

    def read(self, file: Path, layout: str, columns: Sequence[str], flat: str = "") -> None:
        """Make the file the table of events here and there, with the number of each row from 1."""
        super().read(file, layout, columns, flat)
        number = f"_metadata.row_index + 1 AS {_ticked(ROW)}"
        # What is no Parquet, or no table of events yet, is read here once; Spark passes over names that begin so.
        if layout != "parquet" or flat or file.name.startswith((".", "_")):
            number, file = _ticked(ROW), self._stage(EVENTS)
        types = self.columns(file, "parquet")
        there = dict(self._load(file).dtypes)
        names = [name for name in types if name != ROW and (name in columns or flat)]
        self._view(EVENTS, file, [number, *(_cell(name, types[name], there[name]) for name in names)])

    def gather(self, name: str, sql: str) -> None:
        """Make what is asked of the events a table of DuckDB."""
        folder = self._asked(sql, "gathered")
        self.run(f"CREATE OR REPLACE TABLE {quoted(name)} AS SELECT * FROM {_files(folder)}")

    def batches(self, sql: str, points: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of what is asked, in order and some at a time; numbers with a point are in the columns `points`."""
        yield from super().batches(f"SELECT * FROM {_files(self._asked(sql, 'odd'))}", points)

    def find(self, sql: str, target: Path) -> None:
        """Write what is asked of the events to one Parquet file."""
        self.copy(f"SELECT * FROM {_files(self._asked(sql, 'found'))}", target, "parquet")

    def dialect(self) -> Dialect:
        """How the expressions of a plan are worded for Spark."""
        return dialect()

    def _asked(self, sql: str, name: str) -> Path:
        """The folder of Parquet files with the rows of a query, all of them."""
        from pyspark.sql import Observation, functions

        for one in self._small(sql):
            self._view(one, self._stage(one), ["*"])
        folder = self._place(name)
        shutil.rmtree(folder, ignore_errors=True)
        written = Observation()
        rows = self._session.sql(sql).observe(written, functions.count(functions.lit(1)).alias("rows"))
        try:
            rows.write.parquet(_address(folder))
        except self.errors as error:
            raise _told(error) or error from error
        arrived = self.rows(f"SELECT count(*) FROM {_files(folder)}")[0][0] if [*folder.glob("*.parquet")] else -1
        if arrived != written.get["rows"]:
            raise _unseen(f"not all of {written.get['rows']} rows that workers wrote to `{folder}` can be seen here")
        return folder

    def _small(self, sql: str) -> list[str]:
        """The tables of DuckDB that a query names."""
        known = [name for (name,) in self.rows("SELECT table_name FROM duckdb_tables()")]
        return [name for name in known if name in (LUT, LATER, STRETCHES) and _ticked(name) in sql]

    def _stage(self, name: str) -> Path:
        """A file with what is in a table of DuckDB."""
        file = self._place(f"{name}.parquet")
        self.copy(f"SELECT * FROM {quoted(name)}", file, "parquet")
        return file

    def _place(self, name: str) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self._folder / name

    def _load(self, file: Path) -> Any:
        return self._session.read.parquet(_address(file, pattern=True))

    def _view(self, name: str, file: Path, columns: Sequence[str]) -> None:
        self._load(file).selectExpr(*columns).createOrReplaceTempView(_ticked(name))


def _told(error: Exception) -> InputError | None:
    """What is to be said of an error on the cluster; None if it is about what stands in a table."""
    said = str(error)
    if any(one in said for one in _UNSEEN):
        return _unseen("workers do not find a table or may not write")
    if any(one in said for one in _UNREADABLE):
        return None
    help_line = "the logs of its workers say more; nothing was written under the final name"
    return InputError([Diagnostic("--master", 0, 0, "TC656", f"Spark stopped: {cluster.gist(error)}", help_line)])


def _unseen(reason: str) -> InputError:
    help_line = (
        "keep tables and results in a folder that all machines share and write to; so must TMPDIR be, without `-o`"
    )
    return InputError([Diagnostic("--master", 0, 0, "TC656", reason, help_line)])


def _address(path: Path, *, pattern: bool = False) -> str:
    """A path as Spark has it; where it would take it for a pattern, its signs are told apart."""
    text = str(path.resolve())
    if pattern:
        text = "".join(f"\\{one}" if one in "\\*?[]{}" else one for one in text)
    return f"file://{text}"


def _files(folder: Path) -> str:
    return parquet(sorted(folder.glob("*.parquet")))


def _ticked(name: str) -> str:
    """A name as the SQL of Spark has it."""
    return "`" + name.replace("`", "``") + "`"


def _cell(name: str, kind: str, there: str) -> str:
    """A column of a Parquet file with the type that DuckDB gives it."""
    column = _ticked(name)
    if kind == "string":
        # A text that is none ends the run there as well.
        return f"validate_utf8({column}) AS {column}"
    if kind == "timestamp" and there == "bigint":
        days = f"({column} - pmod({column}, {_NANOSECONDS_OF_A_DAY})) DIV {_NANOSECONDS_OF_A_DAY}"
        return f"CAST(date_from_unix_date(CAST({days} AS INT)) AS TIMESTAMP_NTZ) AS {column}"
    return column


def _among(text: Any, values: Sequence[str]) -> Any:
    return text.isin(values)


def dialect() -> Dialect:
    """Look-ups in a map, errors and numbers as texts, in functions that Spark has of its own."""
    import ibis
    import ibis.expr.datatypes as dt
    from ibis.config import Config

    from treatycheck.screen.expressions import as_text

    class Options(Config):  # type: ignore[misc]  # has no types
        """What Ibis asks of its own connection to Spark, and there is none."""

        treat_nan_as_null: bool = False

    if ibis.options.pyspark is None:
        ibis.options.pyspark = Options()

    @ibis.udf.scalar.builtin(name="try_element_at", signature=((dt.Map(dt.string, dt.int64), dt.string), dt.int64))
    def entry(values: Any, text: Any) -> Any: ...

    @ibis.udf.scalar.builtin(name="raise_error", signature=((dt.string,), dt.int64))
    def stop(message: Any) -> Any: ...

    @ibis.udf.scalar.builtin(name="regexp_replace", signature=((dt.string, dt.string, dt.string), dt.string))
    def changed(text: Any, pattern: Any, by: Any) -> Any: ...

    @ibis.udf.scalar.builtin(name="try_element_at", signature=((dt.Array(dt.int64), dt.int32), dt.int64))
    def at(values: Any, place: Any) -> Any: ...

    def extract(values: Any, place: Any) -> Any:
        return at(values, place.cast("int32"))

    def pick(text: Any, values: Sequence[str | None], classes: Sequence[int], other: int | None) -> Any:
        # The first of equal values counts, and a map has no key of nothing.
        numbers = dict(reversed([*zip(values, classes, strict=True)]))
        texts = [value for value in numbers if value is not None]
        if texts:
            keys = ibis.literal(texts, type="array<string>")
            found = entry(ibis.map(keys, ibis.literal([numbers[one] for one in texts], type="array<int64>")), text)
        else:
            found = ibis.null("int64")
        if None in numbers:
            found = ibis.cases((text.isnull(), ibis.literal(numbers[None], "int64")), else_=found)
        return found if other is None else ibis.coalesce(found, ibis.literal(other, "int64"))

    def text(column: Any) -> Any:
        if not column.type().is_floating():
            return as_text(column)
        # Java writes numbers from ten million on, and below a thousandth, in another way than others do.
        java = column.cast("string")
        long = changed(java.try_cast("decimal(38, 21)").cast("string"), r"(\.[0-9]+?)0+$", "$1")
        short = changed(changed(java.lower(), r"\.0e", "e"), "e([0-9])", "e+$1")
        return ibis.cases(
            (java.isin(["NaN", "Infinity", "-Infinity"]), changed(java.lower(), "inity", "")),
            (column == 0, java),
            ((column.abs() >= _SHORTER) & (column.abs() < _LONGER), long),
            else_=changed(short, "e([+-])([0-9])$", "e$10$2"),
        )

    # A list that is joined would be copied to every row.
    return Dialect("pyspark", pick, _among, extract, stop, text, joins=False)
