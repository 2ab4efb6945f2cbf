"""Makes the registers of the rulebook of the workload MBC-8 from the two tables of a workload.

The rules stay as they are; only what the tables say goes into the rulebook's folder. Run as

    uv run python -m tests.benchmarks.registers TABLES [RULEBOOK]

TABLES is a folder with `status.csv` and `models.csv`.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks.workload import NO_STATE

ROOT: Final = Path(__file__).resolve().parents[2]
RULEBOOK: Final = Path(__file__).resolve().parent / "mbc-8"
NAMES: Final = ROOT / "rules" / "registers" / "states.csv"
SOURCE: Final = {"source": "table of the workload", "verified": "yes"}


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, table: Iterable[Mapping[str, str]]) -> None:
    """Write a register, with the columns of its first row."""
    lines = [{**row, **SOURCE} for row in table]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def standing(row: Mapping[str, str], name: str) -> dict[str, str]:
    """The row of the register of status for a row of the workload's table.

    The table tells no deposit and no notice, which a register has to have: they stand on the day they take effect, so
    that nothing follows from them that the table does not say.
    """
    entry, withdrawal = row["entry_into_force"], row["withdrawal"]
    return {
        "code": row["iso3"],
        "name": name,
        "signature": row["signature"],
        "instrument": "consent" if entry else "",
        "deposit": entry,
        "entry_into_force": entry,
        "withdrawal_notified": withdrawal,
        "withdrawal_effective": withdrawal,
    }


def make(tables: Path, rulebook: Path) -> None:
    """Write the three registers into a rulebook's folder; a State in no table keeps its name and has no status."""
    status = rows(tables / "status.csv")
    names = {row["code"]: row["name"] for row in rows(NAMES)}
    names[NO_STATE] = "a State that is not identified"
    names |= {row["iso3"]: row["iso3"] for row in status if row["iso3"] not in names}
    write(
        rulebook / "registers" / "states.csv",
        ({"code": code, "name": name, "aliases": ""} for code, name in names.items()),
    )
    write(
        rulebook / "registers" / "models.csv",
        ({"model": row["model"], "aliases": "", **row} for row in rows(tables / "models.csv")),
    )
    write(
        rulebook / "mine-ban-workload" / "status.csv",
        (standing(row, names[row["iso3"]]) for row in status),
    )


def main(arguments: Sequence[str]) -> int:
    """Make the registers of a rulebook."""
    make(Path(arguments[0]), Path(arguments[1]) if len(arguments) > 1 else RULEBOOK)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
