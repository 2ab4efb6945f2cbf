"""A cell is the same to Spark as it is to DuckDB, whatever its type and however odd it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
from tests.properties.test_screen_properties import desk_of
from tests.properties.test_screen_tables_properties import written
from tests.spark.test_cluster import BACKENDS, EVERYTHING, ROOT, drawn, screened
from tests.unit.screen.hostile import ROWS
from tests.unit.screen.test_hostile import cells, of_rows, write_parquet, wrong
from tests.unit.screen.test_hostile import screened as fates

from treatycheck.rulebook.load import load_rulebook
from treatycheck.screen.files import beside

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

USUAL = {
    "id": "1",
    "act": "fly",
    "modality": "occurred",
    "strength": "S3",
    "date": "2020-05-17",
    "flyer.code": "NLA",
    "flyer.kind": "state",
    "object.category": "storm_kite",
}

NUMBERS = (
    *(0.0, -0.0, 5.0, 39.5, 40.0, 40.00000000000001, 0.1, 1e-3, 1e-4, 9.99e-5, 1e-5, 1e-7, 2.5e-10),
    *(9999999.0, 1e7, 12345678.9, 1e15, 999999999999999.9, 1e16, 1.5e16, 123456789012345678.0, 1e21, 1e300, 5e-324),
    *(-1.0, -1e-9, -12345678.9, math.inf, -math.inf, math.nan, 1 / 3, 100.0),
)
DAYS = (
    *("0001-01-01", "1582-10-04", "1582-10-10", "1900-02-28", "1969-12-31", "1970-01-01", "2003-02-28", "2020-02-29"),
    *("2026-11-23", "2999-01-01", "9999-12-31"),
)


def table(path: Path, types: dict[str, str], rows: Sequence[dict[str, Any]]) -> Path:
    """A Parquet file with these rows; columns are texts unless `types` says otherwise."""
    names = [*USUAL, *(name for name in types if name not in USUAL)]
    kinds = ", ".join(f'"{name}" {types.get(name, "VARCHAR")}' for name in names)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"CREATE TABLE events ({kinds})")
        places = ", ".join("?" * len(names))
        connection.executemany(
            f"INSERT INTO events VALUES ({places})",  # noqa: S608 - places for values alone
            [[{**USUAL, **row}.get(name) for name in names] for row in rows],
        )
        connection.execute("COPY events TO ? (FORMAT parquet, ROW_GROUP_SIZE 2048)", [str(path)])
    return path


def test_a_hostile_row_has_the_fate_that_it_must_have(session: SparkSession, tmp_path: Path) -> None:
    table = write_parquet(tmp_path / "hostile.parquet", cells(ROWS))
    assert "" == wrong(of_rows(ROWS), fates(table, "parquet", load_rulebook(ROOT / "rules"), "spark"))


def test_numbers_days_and_names_of_files_are_the_same_on_both(session: SparkSession, tmp_path: Path) -> None:
    numbers = [{"event.height": one, "date": None} for one in NUMBERS]
    exact = [{"object.quantity": one, "date": None} for one in NUMBERS if 0 <= one < 1e9]
    days = [{"date": date.fromisoformat(day), "event.burnt": count % 3 == 0} for count, day in enumerate(DAYS)]
    single = [{"event.height": one, "date": None} for one in NUMBERS if not 1e38 < abs(one) < math.inf]
    moments = [
        {"date": datetime.fromisoformat(f"{day} 23:59:59.999999"), "object.quantity": 40 * count}
        for count, day in enumerate(DAYS)
        if "1700" < day < "2200"
    ]
    paths = [
        table(
            tmp_path / "a 'b' [1] {2} % # \u00e9.parquet",
            {"date": "DATE", "event.height": "DOUBLE", "object.quantity": "DECIMAL(12, 3)", "event.burnt": "BOOLEAN"},
            [*numbers, *exact, *days, {"date": None}],
        ),
        table(
            tmp_path / "_moments.parquet",
            {"date": "TIMESTAMP_NS", "event.height": "FLOAT", "object.quantity": "UINTEGER"},
            [*moments, *single],
        ),
    ]
    kites = desk_of("kites")
    here, found_here = screened(kites, paths, tmp_path / "here.parquet", "duckdb")
    there, found_there = screened(kites, paths, tmp_path / "there.parquet", "spark")
    assert found_here == found_there
    assert here.receipt.tables == there.receipt.tables
    refused = [beside(tmp_path / name, "quarantine.csv").read_text() for name in ("here.parquet", "there.parquet")]
    assert refused[0].splitlines() == refused[1].splitlines()
    assert there.receipt.screened > 0 < there.receipt.quarantined


def test_a_summary_has_the_same_counts_on_both(session: SparkSession, tmp_path: Path) -> None:
    kites = desk_of("kites")
    path = written(tmp_path, kites.columns, drawn(kites), "parquet")
    (_, here), (_, there) = (
        screened(kites, [path], tmp_path / f"{backend}.parquet", backend, EVERYTHING) for backend in BACKENDS
    )
    assert here == there
    assert len({(rule, outcome) for rule, outcome, *_ in there}) > 5
