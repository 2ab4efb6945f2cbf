"""The worked mappings: what becomes of every row of their samples."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.unit.screen.mapping.screening import Came, screened

from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[4]
MAPPINGS = ROOT / "rules" / "mappings"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


def sample(name: str, folder: Path, rulebook: Rulebook) -> Came:
    table = folder / f"{name}.sample.csv"
    shutil.copy(MAPPINGS / table.name, table)
    return screened(table, MAPPINGS / f"{name}.yaml", rulebook)


def outcomes(came: Came, rule: str) -> dict[str, str]:
    """The outcome of a rule by the id of the row, with the reason or the strength."""
    return {
        one["id"]: f"{one['outcome']} {one['why'] or one['strength']}" for one in came.findings if one["rule"] == rule
    }


def test_the_sample_of_acled_has_these_outcomes(tmp_path: Path, rulebook: Rulebook) -> None:
    came = sample("acled", tmp_path, rulebook)
    # The class of the device is in no column, and only the day by which it was laid.
    assert {
        "MADE1": "undetermined bound|object",
        "MADE2": "not_applicable actor_not_bound",
        "MADE3": "not_applicable actor_not_addressee",
    } == outcomes(came, "mbc-1-1-a-use")
    assert [
        ("6", "user.code", "unknown", "a state_organ needs the code of its State (made of `actor1`)"),
        ("7", "source_scale", "Hearsay", "not in the table of the mapping (`strength`)"),
        ("7", "time_precision", "7", "not in the table of precisions of the mapping (`date`)"),
    ] == came.quarantine
    (table,) = came.receipt["tables"]
    assert (7, 5, 2, 2) == tuple(table[key] for key in ("read", "screened", "quarantined", "passed_over"))
    assert [
        ("user.code", "actor1", "Invented Front", 2),
        ("place.country", "iso", "999", 1),
        ("user.code", "actor1", "Military Forces of Nowhere (Made-up)", 1),
    ] == [tuple(one.values()) for one in came.receipt["unmatched"]]


def test_the_sample_of_ucdp_ged_has_these_outcomes(tmp_path: Path, rulebook: Rulebook) -> None:
    came = sample("ucdp-ged", tmp_path, rulebook)
    assert {
        "1": "credible_concern S2",
        # The days of the second go from before to after the entry into force.
        "2": "undetermined bound",
        "3": "not_applicable actor_not_bound",
        "5": "not_applicable actor_not_addressee",
    } == outcomes(came, "mbc-1-1-a-use")
    # Without a weapon that somebody coded, a row states casualties and no act of anybody.
    assert [] == [one for one in came.findings if one["id"] == "4"]
    assert [
        ("6", "date_end", "2021-03-20 00:00:00.000", "no day, or one before the first day (`date`)"),
        ("7", "coded_weapon", "harpoon", "not in the table of the mapping (`act`)"),
        ("7", "event_clarity", "3", "not in the table of the mapping (`strength`)"),
        ("7", "coded_weapon", "harpoon", "not in the table of the mapping (`object.category`)"),
    ] == came.quarantine
    (table,) = came.receipt["tables"]
    assert (7, 5, 2, 0) == tuple(table[key] for key in ("read", "screened", "quarantined", "passed_over"))


@pytest.mark.parametrize("name", ["acled", "ucdp-ged"])
def test_every_row_of_a_sample_says_that_it_is_made_up(name: str) -> None:
    lines = (MAPPINGS / f"{name}.sample.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert lines != []
    assert [] == [line for line in lines if "made-up row" not in line.casefold()]


def test_a_row_that_cannot_be_read_keeps_its_number_and_breaks_no_other(tmp_path: Path, rulebook: Rulebook) -> None:
    lines = (MAPPINGS / "acled.sample.csv").read_bytes().splitlines(keepends=True)
    # What stands in a column that is not read may be written in any way.
    lines[1] = lines[1].replace(b"Made-up row", b"Made-up \xe9 row")
    lines[2] = lines[2].replace(b"Military Forces of Nepal", b"Military Forces of N\xe9pal")
    lines.insert(4, b"MADE3a,2021-03-15\n")
    table = tmp_path / "acled.csv"
    table.write_bytes(b"".join(lines))
    came = screened(table, MAPPINGS / "acled.yaml", rulebook)
    assert {
        "MADE1": "undetermined bound|object",
        "MADE3": "not_applicable actor_not_addressee",
    } == outcomes(came, "mbc-1-1-a-use")
    assert [
        ("2", "actor1", "Military Forces of N\\xe9pal (Made-up)", "not written in UTF-8"),
        ("4", "", "MADE3a,2021-03-15", "2 cells, where the header has 31"),
        ("7", "user.code", "unknown", "a state_organ needs the code of its State (made of `actor1`)"),
        ("8", "source_scale", "Hearsay", "not in the table of the mapping (`strength`)"),
        ("8", "time_precision", "7", "not in the table of precisions of the mapping (`date`)"),
    ] == came.quarantine
    (counts,) = came.receipt["tables"]
    assert (8, 4, 4, 2) == tuple(counts[key] for key in ("read", "screened", "quarantined", "passed_over"))
    # Read a second time for the sake of two rows, a value that is unknown is counted once all the same.
    assert 2 == next(one["rows"] for one in came.receipt["unmatched"] if one["value"] == "Invented Front")
