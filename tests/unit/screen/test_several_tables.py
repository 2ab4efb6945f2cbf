"""Several tables in one run, and runs one after the other: none has a bearing on what another comes to.

Nor does it matter whether a cell is a text or a number.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from treatycheck.cli import main
from treatycheck.screen import ledger

# A rulebook with few rules is prepared for soon.
RULES = str(Path(__file__).resolve().parents[2] / "benchmarks" / "mbc-8")
USE = {
    "act": "use",
    "modality": "occurred",
    "strength": "S3",
    "date": "2020-01-01",
    "actor": "Norway",
    "actor.code": "NOR",
    "actor.kind": "state",
    "event.assertion": "confirmed",
    "object.activation": "person",
}


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TREATYCHECK_CACHE", str(tmp_path / "cache"))
    return tmp_path


def table(name: str, *rows: dict[str, str]) -> str:
    with Path(name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["id", *USE, *[one for one in rows[0] if one not in ("id", *USE)]])
        writer.writeheader()
        writer.writerows({**USE, **row} for row in rows)
    return name


def screen(*words: str) -> int:
    return main(["screen", *words, "--rules", RULES])


def found(*words: str) -> list[tuple[str, ...]]:
    """What a screening writes, without the numbers of rows."""
    assert 0 == screen(*words, "--outcomes", "all", "-o", "found.csv")
    with Path("found.csv").open(encoding="utf-8", newline="") as file:
        return sorted(
            tuple(row[name] for name in ("id", "rule", "outcome", "strength", "why")) for row in csv.DictReader(file)
        )


def alone(name: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    with monkeypatch.context() as patch:
        patch.setenv("TREATYCHECK_CACHE", "off")
        return found(name)


def tables() -> list[str]:
    """Two tables with the same columns, and one with others between them."""
    return [
        table("a.csv", {"id": "A", "dispute": "none"}),
        table("b.csv", {"id": "B", "event.purpose": "training"}),
        table("c.csv", {"id": "C", "dispute": "retracted"}),
    ]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_tables_with_other_columns_have_no_bearing_on_one_another(
    order: Sequence[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = tables()
    apart = sorted(row for name in names for row in alone(name, monkeypatch))
    assert apart == found(*[names[number] for number in order])
    # Nor on later runs, which find what was decided.
    assert apart == sorted(row for name in names for row in found(name))


def test_what_is_kept_of_a_signature_is_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    names = tables()
    apart = [alone(name, monkeypatch) for name in names]
    monkeypatch.setattr(ledger, "_KEPT", 1)
    assert apart[0] == found(names[0])
    assert sorted(apart[0] + apart[2]) == found(names[0], names[2])
    assert apart[2] == found(names[2])
    assert apart[0] == found(names[0])


@pytest.mark.parametrize("layout", ["csv", "ndjson", "parquet"])
def test_a_name_with_signs_of_patterns_is_that_of_one_file(layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ev[1]", "ev1", "e*"):
        source = table("one.csv", {"id": name})
        rows = f"SELECT * FROM read_csv('{source}', all_varchar = true)"  # noqa: S608 - a name of its own
        kind = {"csv": "csv", "ndjson": "json", "parquet": "parquet"}[layout]
        duckdb.execute(f"COPY ({rows}) TO '{name}.{layout}' (FORMAT {kind})")
    Path("one.csv").unlink()
    for name in ("ev[1]", "ev1", "e*"):
        if name != "e*" or layout == "parquet":
            assert {name} == {row[0] for row in alone(f"{name}.{layout}", monkeypatch)}


def test_what_the_cache_has_under_a_name_and_is_not_that_is_made_anew(tmp_path: Path) -> None:
    name = table("a.csv", {"id": "A"}, {"id": "B", "date": "2031-05-17"})
    assert 0 == screen(name, "-o", "found.csv")
    before = Path("found.csv").read_bytes()
    kept = [*(tmp_path / "cache").glob("*.parquet")]
    assert {"screened", "stretches"} == {one.name.partition("-")[0] for one in kept}
    for one in kept:
        duckdb.execute(f"COPY (SELECT 1 AS other) TO '{one}' (FORMAT parquet)")
    assert 0 == screen(name, "-o", "found.csv")
    assert before == Path("found.csv").read_bytes()


def test_a_date_that_is_a_number_is_told_before_anything_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    duckdb.execute("COPY (SELECT 'use' AS act, 'occurred' AS modality, 'S3' AS strength, 2010 AS date) TO 'a.parquet'")
    assert 2 == screen("a.parquet", "--summary")
    assert "column `date` holds no dates but `int32`" in capsys.readouterr().err


def test_a_number_with_a_point_is_explained_as_it_is_screened(capsys: pytest.CaptureFixture[str]) -> None:
    numbers = "unnest([1e16, 1e-7, -0.0, 2.5]) AS \"object.quantity\", unnest(['1', '2', '3', '4']) AS id"
    columns = "'stockpile' AS act, 'occurred' AS modality, 'S3' AS strength, 'NOR' AS \"actor.code\""
    duckdb.execute(f"COPY (SELECT {columns}, {numbers}) TO 'a.parquet'")
    assert {"1", "2", "3", "4"} == {row[0] for row in found("a.parquet")}
    for row, said in enumerate(("10000000000000000", "0.0000001", "0.0", "2.5"), 1):
        assert 0 == screen("a.parquet", "--explain", str(row), "--all")
        assert f"How many are there? — {said} (" in capsys.readouterr().out


def test_a_result_has_the_tables_of_its_run_alone() -> None:
    names = tables()
    part = Path(".found.csv.part")
    assert 0 == screen(names[0], "-o", "found.csv")
    one = json.loads(Path("found.csv.receipt.json").read_text())["tables"][0]
    # What a run over more tables has left behind: the second one done, with rows and a quarantine.
    part.mkdir()
    (part / "00001.json").write_text(json.dumps({"question": "", "count": one, "unmatched": []}))
    duckdb.execute(f"COPY (SELECT 'stale' AS id) TO '{part / '00001.parquet'}' (FORMAT parquet)")
    (part / "00001.quarantine").write_text("b.csv,1,date,x,bad\n")
    assert {"A"} == {row[0] for row in found(names[0], "--resume")}
    assert not Path("found.csv.quarantine.csv").exists()


def test_what_stands_beside_a_result_is_no_input_of_its_run(capsys: pytest.CaptureFixture[str]) -> None:
    name = table("found.csv.quarantine.csv", {"id": "A"})
    before = Path(name).read_bytes()
    assert 2 == screen(name, "-o", "found.csv")
    assert "is an input of this run" in capsys.readouterr().err
    assert before == Path(name).read_bytes()
    # Nor is a file taken away that only has the name of a quarantine.
    assert 0 == screen(table("other.csv", {"id": "A"}), "-o", "found.csv")
    assert before == Path(name).read_bytes()


def test_a_share_is_of_all_rows_that_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"id": str(number), "date": "2020-13-01" if number < 29 else "2020-01-01"} for number in range(100)]
    name = table("a.csv", *rows)
    assert 0 == screen(name, "--summary", "--quarantine-share", "29%")
    assert 2 == screen(name, "--summary", "--quarantine-share", "28.9%")
    assert "row 1: " in capsys.readouterr().err


def test_a_bearer_without_a_known_state_is_counted_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    name = table(
        "a.csv",
        *(
            {"id": one, "actor": one, "actor.code": "unknown", "actor.kind": "unknown"}
            for one in ("One Front", "Other Front")
        ),
    )
    assert 0 == screen(name, "--summary", "--by", "bearer")
    told = [line.partition(",")[0] for line in capsys.readouterr().out.splitlines()]
    assert ["bearer", "One Front", "Other Front"] == told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--by", "rule", "-o", "x.csv"], "--by: error[TC501]: `--by` does nothing without `--summary`"),
        (["--summary", "--format", "json"], "--format: error[TC501]: `--format` does nothing without `--explain`"),
        (["--summary", "--resume"], "--resume: error[TC501]: `--resume` does nothing without `--output`"),
        (["--summary", "-o", "counts.txt"], "--output: error[TC501]: `counts.txt` is no table that can be written"),
        (["--explain", "1", "-o", "e.csv"], "--output: error[TC501]: `e.csv` is named like a table"),
        (["-o", "there.duckdb"], "--output: error[TC505]: `there.duckdb` is there already"),
        (["-o", "x.csv", "--memory", "99999999999999GB"], "--memory: error[TC517]"),
        (["-o", "x.csv", "--ignore", "date"], "--ignore: error[TC652]: `date` is a column of the schema"),
        (["-o", "x.csv", "--ignore", "nonsense"], "--ignore: error[TC652]: no table has a column `nonsense`"),
    ],
)
def test_an_option_that_can_do_nothing_is_refused(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("there.duckdb").write_bytes(b"")
    assert 2 == screen(table("a.csv", {"id": "A"}), *words)
    assert said in capsys.readouterr().err
    assert not Path("x.csv").exists()


def test_a_time_with_a_zone_is_no_day(capsys: pytest.CaptureFixture[str]) -> None:
    table("a.csv", {"id": "A"})
    rows = "SELECT * REPLACE ('1999-10-31 23:30:00-02'::TIMESTAMPTZ AS date) FROM 'a.csv'"
    duckdb.execute(f"COPY ({rows}) TO 'a.parquet' (FORMAT parquet)")
    assert 2 == screen("a.parquet", "--summary")
    assert "column `date` has a type that is not read" in capsys.readouterr().err
