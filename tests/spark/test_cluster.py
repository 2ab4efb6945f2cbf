"""Screening on a standalone cluster: a master and two workers, each a process of its own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.properties import rulebook_cases as random
from tests.properties.tables import rows
from tests.properties.test_screen_properties import Desk, desk_of
from tests.properties.test_screen_tables_properties import written

from treatycheck.rulebook.load import load_rulebook
from treatycheck.screen.backends import Backend
from treatycheck.screen.event import Cells, faults
from treatycheck.screen.files import Table, beside
from treatycheck.screen.mapping.load import load
from treatycheck.screen.run import Run, Screening
from treatycheck.screen.schema import flat_schema
from treatycheck.screen.settings import ALL, Options

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROOT = Path(__file__).resolve().parents[2]
BACKENDS: tuple[Backend, ...] = ("duckdb", "spark")
SEEDS = (4, 6, 7) if "TREATYCHECK_EXAMPLES" in os.environ else (4,)
"""Tables of three layouts."""

EVERYTHING = ("rule", "outcome", "bearer", "year")


def drawn(desk: Desk) -> list[Cells]:
    """Some hundreds of rows, the same each time; every other list has rows that cannot be screened."""
    found: list[Cells] = []

    def strategy(*, bad: bool) -> st.SearchStrategy[list[Cells]]:
        one = rows(desk.rulebook, desk.schema, desk.columns, desk.codes, desk.telling, bad=bad)
        return st.lists(one, min_size=3 if bad else 12, max_size=6 if bad else 24)

    @settings(
        max_examples=10,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=[*HealthCheck],
    )
    @given(good=strategy(bad=False), bad=strategy(bad=True))
    def collect(good: list[Cells], bad: list[Cells]) -> None:
        found.extend([*good, *bad])

    collect()
    return found


def screened(
    desk: Desk, paths: Sequence[Path], target: Path, backend: Backend, by: tuple[str, ...] = ()
) -> tuple[Screening, list[tuple[Any, ...]]]:
    """What comes out of a run, and the rows that it has written."""
    tables = [Table(path, path.suffix.removeprefix(".")) for path in paths]
    run = Run(desk.rulebook, tables, target, Options(outcomes=ALL, share=1.0, by=by, backend=backend))
    try:
        done = run.screen()
    finally:
        run.close()
    return done, duckdb.read_parquet(str(target)).order("ALL").fetchall()


def checked(desk: Desk, table: Sequence[Cells]) -> list[tuple[object, ...]]:
    """Row, rule, outcome, strength and reason as a check of each row by itself gives them."""
    return sorted(
        (number, rule, outcome, strength, why)
        for number, cells in enumerate(table, 1)
        if not faults(cells, desk.schema, desk.rulebook)
        for rule, _, outcome, strength, why in desk.checked(cells)
    )


@pytest.mark.parametrize(
    ("table", "layout"), [("duties" if "TREATYCHECK_EXAMPLES" in os.environ else "kites", "ndjson")]
)
def test_a_table_comes_to_the_same_on_the_cluster_on_one_machine_and_row_by_row(
    table: str, layout: str, session: SparkSession, tmp_path: Path
) -> None:
    desk = desk_of(table)
    made = drawn(desk)
    path = written(tmp_path, desk.columns, made, layout)
    here, found_here = screened(desk, [path], tmp_path / "here.parquet", "duckdb")
    there, found_there = screened(desk, [path], tmp_path / "there.parquet", "spark")
    assert checked(desk, made) == sorted((row, rule, *rest[:3]) for row, _, rule, *rest in found_there)
    assert found_here == found_there
    assert here.receipt.tables == there.receipt.tables
    assert there.receipt.backend.startswith(f"spark {session.version}")
    refused = [beside(tmp_path / name, "quarantine.csv").read_bytes() for name in ("here.parquet", "there.parquet")]
    assert refused[0] == refused[1]
    assert there.receipt.read == len(made) == there.receipt.screened + there.receipt.quarantined
    assert there.receipt.screened > 0 < there.receipt.quarantined


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_rulebook_says_the_same_on_the_cluster_as_in_a_check(
    seed: int, session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TREATYCHECK_CACHE", "off")
    one = random.case(seed)
    expected = random.checked(one, "reference")
    assert expected
    assert (expected, one.counts) == random.screened(one, "spark")


def test_a_table_of_another_layout_comes_to_the_same(session: SparkSession, tmp_path: Path) -> None:
    rulebook = load_rulebook(ROOT / "rules")
    reading = load(ROOT / "rules" / "mappings" / "ucdp-ged.yaml", flat_schema(rulebook), rulebook)
    table = Table(ROOT / "rules" / "mappings" / "ucdp-ged.sample.csv", "csv")
    found = []
    for backend in BACKENDS:
        target = tmp_path / f"{backend}.parquet"
        run = Run(rulebook, [table], target, Options(outcomes=ALL, share=1.0, backend=backend, mapping=reading))
        try:
            receipt = run.screen().receipt
        finally:
            run.close()
        found.append((receipt.tables, receipt.unmatched, duckdb.read_parquet(str(target)).order("ALL").fetchall()))
    assert found[0] == found[1]
    assert found[0][2]
