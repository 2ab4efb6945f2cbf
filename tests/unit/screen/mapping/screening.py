"""Screens a table that is written on the spot through a mapping that is written on the spot."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.files import QUARANTINE, RECEIPT, Table, beside
from treatycheck.screen.mapping.load import load
from treatycheck.screen.run import Run
from treatycheck.screen.schema import flat_schema
from treatycheck.screen.settings import ALL, Options


@dataclass(frozen=True)
class Came:
    """What came of it: findings and quarantine as rows of texts, and the receipt as it is written."""

    findings: list[dict[str, str]]
    quarantine: list[tuple[str, str, str, str]]
    receipt: Any


def screened(table: Path, mapping: Path, rulebook: Rulebook, *, share: float = 1.0) -> Came:
    """Screen one table with all outcomes; any share of it may be refused."""
    reading = load(mapping, flat_schema(rulebook), rulebook)
    target = table.with_name(f"{table.stem}-found.csv")
    layout = {".csv": "csv", ".ndjson": "ndjson", ".parquet": "parquet"}[table.suffix]
    run = Run(rulebook, [Table(table, layout)], target, Options(mapping=reading, outcomes=ALL, share=share))
    try:
        run.screen()
    finally:
        run.close()
    refused = beside(target, QUARANTINE)
    quarantine = rows(refused) if refused.exists() else []
    receipt = json.loads(beside(target, RECEIPT).read_text(encoding="utf-8"))
    return Came(
        rows(target),
        [(one["row"], one["column"], one["value"], one["reason"]) for one in quarantine],
        receipt,
    )


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def flat_cells(table: Path, mapping: Path, rulebook: Rulebook, count: int) -> list[dict[str, str]]:
    """The cells that the first rows of a table have as events, refused ones without their mark."""
    reading = load(mapping, flat_schema(rulebook), rulebook)
    layout = {".csv": "csv", ".ndjson": "ndjson", ".parquet": "parquet"}[table.suffix]
    one = Table(table, layout)
    run = Run(rulebook, [one], None, Options(mapping=reading))
    try:
        found = [run.cells(one, number) or {} for number in range(1, count + 1)]
    finally:
        run.close()
    return [dict(cells) for cells in found]
