"""Rows that were written to break a screening have the fates on a cluster that they have on one machine."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from tests.unit.screen.hostile import BASE, LARGE, ROWS
from tests.unit.screen.test_hostile import cells, of_rows, screened, write_ndjson, wrong

from treatycheck.rulebook.load import load_rulebook

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.usefixtures("session")
def test_a_row_has_its_fate_on_a_cluster(tmp_path: Path) -> None:
    rows = ROWS[: -len(LARGE)]
    source = write_ndjson(tmp_path / "hostile.ndjson", cells(rows))
    table = tmp_path / "hostile.parquet"
    texts = f"read_json('{source}', columns = {json.dumps(dict.fromkeys(BASE, 'VARCHAR'))})"
    duckdb.sql(f"COPY (FROM {texts}) TO '{table}' (FORMAT parquet)")
    fates = screened(table, "parquet", load_rulebook(ROOT / "rules"), backend="spark")
    assert "" == wrong(of_rows(rows), fates)
