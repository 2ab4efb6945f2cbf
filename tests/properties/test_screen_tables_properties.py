"""The table engine finds what a check of each row finds, in every layout, and passes over no row."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.properties.tables import rows
from tests.properties.test_screen_properties import TABLES, Desk, desk_of

from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.duck import DuckBackend
from treatycheck.screen.event import Cells, faults
from treatycheck.screen.files import Table
from treatycheck.screen.run import Run, Screening
from treatycheck.screen.settings import ALL, Options

Found = list[tuple[object, ...]]


def written(folder: Path, columns: Sequence[str], table: Sequence[Cells], layout: str) -> Path:
    """The rows as a table of one of the layouts."""
    path = folder / f"events.{layout}"
    if layout == "ndjson":
        path.write_text("".join(f"{json.dumps({'act': None, **row})}\n" for row in table), encoding="utf-8")
        return path
    source = folder / "events.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(table)
    if layout == "parquet":
        duckdb.read_csv(str(source), all_varchar=True, header=True).write_parquet(str(path))
    return path


def screened(desk: Desk, rulebook: Rulebook, path: Path, layout: str, options: Options) -> tuple[Screening, Found]:
    """What a run over a table writes: row, rule, role, outcome, strength and reason."""
    target = path.with_name("found.parquet")
    run = Run(rulebook, [Table(path, layout)], target, options)
    try:
        done = run.screen()
    finally:
        run.close()
    found = duckdb.read_parquet(str(target)).project("row, rule, role, outcome, strength, why").fetchall()
    return done, sorted(found)


def expected(desk: Desk, table: Sequence[Cells]) -> Found:
    """The same for the rows that have no faults, one by one."""
    return sorted(
        (number, one.rule, one.roles, one.outcome, one.strength, one.why)
        for number, cells in enumerate(table, 1)
        if not faults(cells, desk.schema, desk.rulebook)
        for one in desk.decider.decide(desk.classes.classify(cells))
    )


# Every table in one layout, and the quickest in all of them; random rulebooks are screened in all as well.
LAYOUTS = (*((table, "csv") for table in TABLES), ("kites", "parquet"), ("kites", "ndjson"), ("use", "ndjson"))


@pytest.mark.parametrize(("table", "layout"), LAYOUTS)
@settings(max_examples=4, suppress_health_check=[*HealthCheck], phases=[Phase.generate])
@given(data=st.data())
def test_a_table_comes_to_what_its_rows_come_to(table: str, layout: str, data: st.DataObject) -> None:
    desk = desk_of(table)
    one = rows(desk.rulebook, desk.schema, desk.columns, desk.codes, desk.telling, bad=True)
    drawn = data.draw(st.lists(one, min_size=1, max_size=40))
    with TemporaryDirectory() as folder:
        path = written(Path(folder), desk.columns, drawn, layout)
        options = Options(outcomes=ALL, share=1.0)
        done, found = screened(desk, desk.rulebook, path, layout, options)
        assert expected(desk, drawn) == found
        refused = sum(bool(faults(cells, desk.schema, desk.rulebook)) for cells in drawn)
        assert (len(drawn), refused) == (done.receipt.read, done.receipt.quarantined)


@pytest.mark.parametrize("table", TABLES)
@settings(max_examples=4, suppress_health_check=[*HealthCheck], phases=[Phase.generate])
@given(data=st.data())
def test_a_signature_found_by_the_table_engine_is_that_of_the_row(table: str, data: st.DataObject) -> None:
    desk = desk_of(table)
    one = rows(desk.rulebook, desk.schema, desk.columns, desk.codes, desk.telling, bad=True)
    drawn = data.draw(st.lists(one, min_size=1, max_size=40))
    with TemporaryDirectory() as folder:
        path = written(Path(folder), desk.columns, drawn, "csv")
        ordinary = 0
        for row, words in signed(desk, path):
            cells = drawn[row - 1]
            if None not in words:
                ordinary += 1
                assert not faults(cells, desk.schema, desk.rulebook)
                assert desk.classes.packed(desk.classes.classify(cells)) == words
        assert ordinary <= len(drawn)


def signed(desk: Desk, path: Path) -> Iterator[tuple[int, tuple[int | None, ...]]]:
    """The number of each row with its signature, as the table engine finds it."""
    import ibis

    from treatycheck.screen.expressions import Signing, over_time
    from treatycheck.screen.plan import EVENTS, ROW, STRETCHES

    backend = DuckBackend()
    types: Mapping[str, str] = dict.fromkeys(desk.columns, "string")
    backend.over_time(STRETCHES, over_time(desk.classes.digits, desk.classes.places))
    backend.read(path, "csv", tuple(types))
    signing = Signing(desk.classes.digits, desk.classes.places, tuple(desk.rulebook.vocabulary.acts), backend.dialect())
    table = signing.signed(ibis.table({ROW: "int64", **types}, name=EVENTS))
    for row in backend.rows(str(ibis.to_sql(table, dialect="duckdb"))):
        yield row[0], tuple(row[-desk.classes.words :])
    backend.close()
