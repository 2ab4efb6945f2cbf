"""What the cells of a table become through a mapping, whatever the layout of the file."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.unit.screen.mapping.screening import flat_cells, screened

from treatycheck.errors import InputError
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.mapping.refused import MARK

ROOT = Path(__file__).resolve().parents[4]

START = """\
format: treatycheck.mapping/1
columns:
  act: {constant: use}
  modality: {constant: occurred}
  strength: {constant: S3}
"""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


def mapping(entries: str, folder: Path) -> Path:
    file = folder / "theirs.yaml"
    file.write_text(f"{START}{entries}", encoding="utf-8")
    return file


def table(rows: list[dict[str, Any]], folder: Path, suffix: str = ".csv") -> Path:
    file = folder / f"theirs{suffix}"
    if suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), file)
    elif suffix == ".ndjson":
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    else:
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, [*rows[0]])
            writer.writeheader()
            writer.writerows(rows)
    return file


def became(
    name: str, entry: str, cells: list[Any], folder: Path, rulebook: Rulebook, suffix: str = ".csv"
) -> list[str]:
    """What a column of cells becomes; a refused one as its column and text after `!`."""
    rows = [cell if isinstance(cell, dict) else {"a": cell} for cell in cells]
    rows = [{"n": number, **row} for number, row in enumerate(rows)]
    file = table(rows, folder, suffix)
    found = flat_cells(file, mapping(f"  {name}: {entry}\n", folder), rulebook, len(rows))
    return [one.get(name, "").replace(MARK, "!", 1).replace(MARK, ":") for one in found]


@pytest.mark.parametrize(
    ("entry", "cells", "expected"),
    [
        ("{column: a, values: {x: use}}", ["x", " x ", "X", "y"], ["use", "use", "!a:X", "!a:y"]),
        ("{column: a, values: {x: use}, otherwise: keep}", ["x", "transfer"], ["use", "transfer"]),
        ("{column: a, values: {x: use}, empty: casualties}", ["", " ", "x"], ["casualties", "casualties", "use"]),
    ],
)
def test_a_table_of_values_translates_what_it_has_and_nothing_else(
    entry: str, cells: list[str], expected: list[str], tmp_path: Path, rulebook: Rulebook
) -> None:
    text = START.replace("  act: {constant: use}\n", "")
    file = tmp_path / "theirs.yaml"
    file.write_text(f"{text}  act: {entry}\n", encoding="utf-8")
    found = flat_cells(table([{"n": 1, "a": cell} for cell in cells], tmp_path), file, rulebook, len(cells))
    assert expected == [one.get("act", "").replace(MARK, "!", 1).replace(MARK, ":") for one in found]


@pytest.mark.parametrize(
    ("entry", "cells", "expected"),
    [
        ("{column: a, countries: [numeric]}", ["578", "4", "004", "999", ""], ["NOR", "AFG", "AFG", "!a:999", ""]),
        (
            "{column: a, countries: [name], otherwise: unknown}",
            ["Norway", "NORWAY", "Norwey"],
            ["NOR", "NOR", "unknown"],
        ),
        ("{column: a, countries: [alpha-2, alpha-3]}", ["NO", "NOR", "Norway"], ["NOR", "NOR", "!a:Norway"]),
        ("{column: a, countries: [gleditsch-ward]}", ["385", "678", "345"], ["NOR", "YEM", "!a:345"]),
        # The mapping's own table comes first, also where the library has another State under that code.
        ("{column: a, countries: [numeric], values: {578: SWE, ZZZ: unknown}}", ["578", "ZZZ"], ["SWE", "unknown"]),
    ],
)
def test_a_state_is_found_by_what_the_table_calls_it(
    entry: str, cells: list[str], expected: list[str], tmp_path: Path, rulebook: Rulebook
) -> None:
    assert expected == became("user.code", entry, cells, tmp_path, rulebook)


@pytest.mark.parametrize(
    ("entry", "cells", "expected"),
    [
        (
            "{column: a, format: D MMMM YYYY}",
            ["6 March 2021", "16 may 2021", "6 Mar 2021"],
            ["2021-03-06", "2021-05-16", "!a:6 Mar 2021"],
        ),
        ("{column: a, format: MM/DD/YYYY}", ["03/26/2021", "2021-03-26", ""], ["2021-03-26", "!a:2021-03-26", ""]),
        ("{column: a, format: MMM YYYY}", ["Mar 2021", "Dec 1999"], ["2021-03", "1999-12"]),
        ("{column: a, at_latest: true}", ["2021-03-26", "2021-03"], ["[..2021-03-26]", "[..2021-03]"]),
    ],
)
def test_a_date_is_read_in_the_form_that_the_mapping_says(
    entry: str, cells: list[str], expected: list[str], tmp_path: Path, rulebook: Rulebook
) -> None:
    assert expected == became("date", entry, cells, tmp_path, rulebook)


CODES = "values: {1: day, 2: week, 3: month, 4: year, 5: approximate, 6: unknown, 7: range}"


@pytest.mark.parametrize(
    ("code", "until", "expected", "latest"),
    [
        ("1", "2021-03-26", "2021-03-26", "[..2021-03-26]"),
        ("1", "2021-03-28", "[2021-03-26..2021-03-28]", "[..2021-03-28]"),
        ("2", "2021-03-26", "[2021-03-20..2021-04-01]", "[..2021-04-01]"),
        ("3", "2021-03-26", "2021-03", "[..2021-03]"),
        ("4", "2021-03-26", "2021", "[..2021]"),
        ("5", "2021-03-26", "2021-03-26~", "[..2021-03-26~]"),
        ("6", "2021-03-26", "unknown", "unknown"),
        ("7", "2021-04-02", "[2021-03-26..2021-04-02]", "[..2021-04-02]"),
        ("7", "2021-03-26", "2021-03-26", "[..2021-03-26]"),
        ("8", "2021-03-26", "!p:8", "!p:8"),
        ("", "2021-03-26", "!p:", "!p:"),
        ("1", "2021-03-25", "!u:2021-03-25", "!u:2021-03-25"),
        ("1", "", "!u:", "!u:"),
        ("1", "2021-02-30", "!u:2021-02-30", "!u:2021-02-30"),
    ],
)
def test_a_precision_makes_a_date_of_a_day(
    code: str, until: str, expected: str, latest: str, tmp_path: Path, rulebook: Rulebook
) -> None:
    row = {"a": "2021-03-26", "p": code, "u": until}
    entry = f"column: a, until: u, precision: {{column: p, {CODES}}}"
    assert [expected] == became("date", f"{{{entry}}}", [row], tmp_path, rulebook)
    assert [latest] == became("date", f"{{{entry}, at_latest: true}}", [row], tmp_path, rulebook)


def test_a_day_that_is_none_is_refused_where_something_stands_beside_it(tmp_path: Path, rulebook: Rulebook) -> None:
    entry = f"{{column: a, precision: {{column: p, {CODES.replace(', 7: range', '')}}}}}"
    rows = [{"a": "2021-02-30", "p": "1"}, {"a": "March", "p": "1"}, {"a": "", "p": "1"}]
    assert ["!a:2021-02-30", "!a:March", ""] == became("date", entry, rows, tmp_path, rulebook)


def test_an_unknown_precision_makes_the_date_unknown_if_the_mapping_says_so(tmp_path: Path, rulebook: Rulebook) -> None:
    entry = "{column: a, precision: {column: p, values: {1: day}, otherwise: unknown}}"
    rows = [{"a": "2021-03-26", "p": "1"}, {"a": "2021-03-26", "p": "9"}, {"a": "2021-03-26", "p": ""}]
    assert ["2021-03-26", "unknown", "unknown"] == became("date", entry, rows, tmp_path, rulebook)


@pytest.mark.parametrize("suffix", [".csv", ".ndjson", ".parquet"])
def test_numbers_are_codes_in_every_layout(suffix: str, tmp_path: Path, rulebook: Rulebook) -> None:
    entry = "{column: a, countries: [numeric], otherwise: unknown}"
    assert ["NOR", "AFG", "unknown"] == became("user.code", entry, [578, 4, 5], tmp_path, rulebook, suffix)


def test_a_column_of_numbers_with_a_point_has_the_same_codes(tmp_path: Path, rulebook: Rulebook) -> None:
    entry = "{column: a, countries: [numeric], otherwise: unknown}"
    cells = [578.0, None, 4.5, float("nan")]
    assert ["NOR", "", "unknown", ""] == became("user.code", entry, cells, tmp_path, rulebook, ".parquet")


@pytest.mark.parametrize("suffix", [".ndjson", ".parquet"])
def test_true_and_false_can_be_translated(suffix: str, tmp_path: Path, rulebook: Rulebook) -> None:
    entry = "{column: a, values: {true: no, false: yes}}"
    assert ["no", "yes"] == became("object.placed", entry, [True, False], tmp_path, rulebook, suffix)


def test_rows_are_passed_over_by_listed_values_alone(tmp_path: Path, rulebook: Rulebook) -> None:
    rows = [{"n": one, "kind": kind} for one, kind in enumerate(["protest", "laid", "", "Protest", " protest "], 1)]
    file = mapping("  id: {column: n}\npass_over: {kind: [protest]}\n", tmp_path)
    came = screened(table(rows, tmp_path), file, rulebook)
    (counts,) = came.receipt["tables"]
    assert (5, 5, 0, 2) == tuple(counts[key] for key in ("read", "screened", "quarantined", "passed_over"))


def test_a_refused_row_keeps_its_number_where_rows_are_passed_over(tmp_path: Path, rulebook: Rulebook) -> None:
    rows = [{"k": "skip", "q": "1"}, {"k": "go", "q": "1"}, {"k": "go", "q": "few"}]
    file = mapping("  object.quantity: {column: q}\npass_over: {k: [skip]}\n", tmp_path)
    came = screened(table(rows, tmp_path), file, rulebook)
    assert [("3", "q", "few", "not a number of at least zero (`object.quantity`)")] == came.quarantine


def test_a_cell_with_the_mark_of_the_program_is_refused(tmp_path: Path, rulebook: Rulebook) -> None:
    entry = "  object.category: {column: a, values: {x: mine}, otherwise: keep}\n"
    came = screened(
        table([{"n": 1, "a": MARK}, {"n": 2, "a": f"{MARK}a{MARK}b"}], tmp_path), mapping(entry, tmp_path), rulebook
    )
    assert ["1", "2"] == [row for row, *_ in came.quarantine]


def test_columns_that_a_table_lacks_are_told_where_the_mapping_names_them(tmp_path: Path, rulebook: Rulebook) -> None:
    entries = "  user: {column: actr1}\n  date: {column: day, until: end}\n"
    with pytest.raises(InputError) as caught:
        screened(table([{"actor1": "x", "day": "2021"}], tmp_path), mapping(entries, tmp_path), rulebook)
    assert [
        (6, 18, "TC675", "`theirs.csv` has no column `actr1`", "did you mean `actor1`?"),
        (7, 30, "TC675", "`theirs.csv` has no column `end`", "the columns are `actor1`, `day`"),
    ] == [(one.line, one.column, one.code, one.message, one.help) for one in caught.value.diagnostics]
