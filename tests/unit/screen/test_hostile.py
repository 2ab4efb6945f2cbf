"""No row that was written to break a screening breaks it, and each has the fate that it must have."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.unit.screen.hostile import BASE, CSV, LARGE, NDJSON, PARQUET, ROWS, RULE, TEXTS, Line, Refused, Row

from treatycheck.report.cells import guarded
from treatycheck.report.characters import visible
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.backends import Backend
from treatycheck.screen.duck import DuckBackend
from treatycheck.screen.files import QUARANTINE, RECEIPT, Table, beside
from treatycheck.screen.run import Run
from treatycheck.screen.settings import ALL, Options

ROOT = Path(__file__).resolve().parents[3]
Fates = dict[int, str | Refused]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


def screened(table: Path, layout: str, rulebook: Rulebook, backend: Backend = "duckdb") -> Fates:
    """What became of every row of a table, by its number, as the files that were written tell it."""
    target = table.with_name("found.parquet")
    run = Run(rulebook, [Table(table, layout)], target, Options(outcomes=ALL, share=1.0, backend=backend))
    try:
        run.screen()
    finally:
        run.close()
    (counts,) = json.loads(beside(target, RECEIPT).read_text(encoding="utf-8"))["tables"]
    refused: dict[int, Refused] = {}
    for one in read(beside(target, QUARANTINE)):
        reason = re.sub(r"of line \d+$", "of line {}", one["reason"])
        refused.setdefault(int(one["row"]), {})[one["column"]] = reason
    assert (counts["quarantined"], counts["screened"]) == (len(refused), counts["read"] - len(refused))
    found = duckdb.read_parquet(str(target)).filter(f"rule = '{RULE}' AND role LIKE '%user%'")
    fates: Fates = dict.fromkeys(range(1, counts["read"] + 1), "none")
    for row, outcome, strength, why in found.project("row, outcome, strength, why").fetchall():
        assert fates[row] == "none"
        fates[row] = f"{outcome} {strength or why}"
    for row, reasons in refused.items():
        assert fates[row] == "none"
        fates[row] = reasons
    return fates


def read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def as_written(fate: str | Refused) -> str | Refused:
    """A fate with its reasons as a quarantine shows them."""
    if isinstance(fate, str):
        return fate
    return {column: guarded(visible(reason)) for column, reason in fate.items()}


def wrong(expected: Sequence[tuple[str, str | Refused]], fates: Mapping[int, str | Refused]) -> str:
    """Every row whose fate is another one than expected, a line for each."""
    assert len(expected) == len(fates)
    told = ((number, what, as_written(fate)) for number, (what, fate) in enumerate(expected, 1))
    others = [f"{number} {what}: {fates[number]}, not {fate}" for number, what, fate in told if fates[number] != fate]
    return "\n".join(others)


def of_rows(rows: Sequence[Row]) -> list[tuple[str, str | Refused]]:
    return [(row.what, row.fate) for row in rows]


def of_lines(lines: Sequence[Line]) -> list[tuple[str, str | Refused]]:
    return [(line.what, fate) for line in lines for fate in line.fates]


def cells(rows: Sequence[Row]) -> list[dict[str, str]]:
    return [{**BASE, **row.cells} for row in rows]


def write_csv(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*BASE])
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_ndjson(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(row)}\n" for row in rows)
    return path


def write_parquet(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    source = write_ndjson(path.with_name("source.ndjson"), rows)
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in BASE)
    texts = f"read_json('{source}', columns = {{{types}}}, maximum_object_size = 100000000)"
    duckdb.sql(f"COPY (FROM {texts}) TO '{path}' (FORMAT parquet)")
    return path


def test_there_are_more_than_two_hundred_rows_and_no_two_are_the_same() -> None:
    assert 200 < len(ROWS)
    assert [] == [what for what, count in Counter(row.what for row in ROWS).items() if count > 1]
    # Where a cell is as in the row that they are made of, nothing would be tried.
    assert [] == [row.what for row in ROWS if all(BASE[name] == cell for name, cell in row.cells.items())]


def test_most_rows_are_found_by_their_signature_and_not_looked_at_by_themselves(
    tmp_path: Path, rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd: list[int] = []
    batches = DuckBackend.batches

    def noted(desk: DuckBackend, sql: str, points: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
        for batch in batches(desk, sql, points):
            odd.extend(row for row, *_ in batch)
            yield batch

    monkeypatch.setattr(DuckBackend, "batches", noted)
    screened(write_parquet(tmp_path / "hostile.parquet", cells(ROWS)), "parquet", rulebook)
    sound = [number for number, row in enumerate(ROWS, 1) if not isinstance(row.fate, dict)]
    assert len(ROWS) - len(sound) <= len(odd)
    assert len(sound) / 4 > len({*sound} & {*odd}) > 0


@pytest.mark.parametrize("layout", ["csv", "ndjson", "parquet"])
def test_a_row_has_its_fate_in_every_layout(layout: str, tmp_path: Path, rulebook: Rulebook) -> None:
    table = tmp_path / f"hostile.{layout}"
    # A line of CSV that is too long for the backend sends all rows another way, which the next test has them go.
    rows = ROWS[: -len(LARGE)] if layout == "csv" else ROWS
    write = {"csv": write_csv, "ndjson": write_ndjson, "parquet": write_parquet}[layout]
    write(table, cells(rows))
    assert "" == wrong(of_rows(rows), screened(table, layout, rulebook))


def test_a_line_of_csv_that_breaks_its_form_breaks_no_other_row(tmp_path: Path, rulebook: Rulebook) -> None:
    """The rows before and behind have the fate that they have in a table without such lines."""
    before, behind = ROWS[::2], ROWS[1::2]
    table = write_csv(tmp_path / "hostile.csv", cells(before))
    others = write_csv(tmp_path / "others.csv", cells(behind)).read_bytes().partition(b"\r\n")[2]
    *lines, last = CSV
    with table.open("ab") as file:
        file.writelines([*(line.bytes for line in lines), others, last.bytes])
    expected = [*of_rows(before), *of_lines(lines), *of_rows(behind), *of_lines([last])]
    assert "" == wrong(expected, screened(table, "csv", rulebook))


def test_a_line_of_ndjson_that_is_no_object_breaks_no_other_row(tmp_path: Path, rulebook: Rulebook) -> None:
    before, behind = ROWS[:20], ROWS[20:40]
    table = write_ndjson(tmp_path / "hostile.ndjson", cells(before))
    others = write_ndjson(tmp_path / "others.ndjson", cells(behind)).read_bytes()
    with table.open("ab") as file:
        file.writelines([*(line.bytes for line in NDJSON), others])
    expected = [*of_rows(before), *of_lines(NDJSON), *of_rows(behind)]
    assert "" == wrong(expected, screened(table, "ndjson", rulebook))


def test_a_cell_of_another_type_than_text_has_its_fate(tmp_path: Path, rulebook: Rulebook) -> None:
    types = {"object.quantity": "DOUBLE", "date": "DATE", "object.placed": "BOOLEAN"}
    table = tmp_path / "hostile.parquet"
    with duckdb.connect() as desk:
        base = desk.read_csv(str(write_csv(tmp_path / "base.csv", [BASE])), all_varchar=True)
        for number, (_, column, value, _) in enumerate(PARQUET):
            made = {name: f'CAST("{name}" AS {types.get(name, "VARCHAR")})' for name in BASE} | {column: value}
            row = base.project(", ".join(f'{cell} AS "{name}"' for name, cell in made.items()))
            row.create("typed") if number == 0 else row.insert_into("typed")
        desk.table("typed").write_parquet(str(table))
    assert "" == wrong([(what, fate) for what, _, _, fate in PARQUET], screened(table, "parquet", rulebook))


def test_no_cell_of_the_findings_begins_a_formula(tmp_path: Path, rulebook: Rulebook) -> None:
    table = write_csv(tmp_path / "hostile.csv", cells(TEXTS))
    target = tmp_path / "found.csv"
    run = Run(rulebook, [Table(table, "csv")], target, Options())
    try:
        run.screen()
    finally:
        run.close()
    found = {(one["id"], one["bearer"]) for one in read(target)}
    assert {(guarded(row["id"]), guarded(row["user"])) for row in cells(TEXTS)} == found
