"""The files of a run: which tables are meant, what layout they have, and how a result takes its name in one step.

Knows paths and bytes, nothing of events.
"""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from treatycheck.errors import Diagnostic, did_you_mean, listed

CODES: Final = MappingProxyType(
    {
        "TC651": "there is no table to screen",
        "TC652": "a table has a column that the schema does not have, or lacks one that it needs",
        "TC653": "a table cannot be read",
        "TC654": "more rows than allowed cannot be screened",
        "TC655": "the memory that is allowed does not suffice",
        "TC656": "the cluster cannot be reached, does not go on, or does not see the files",
    }
)

LAYOUTS: Final = MappingProxyType(
    {
        ".parquet": "parquet",
        ".pq": "parquet",
        ".csv": "csv",
        ".csv.gz": "csv",
        ".ndjson": "ndjson",
        ".jsonl": "ndjson",
        ".ndjson.gz": "ndjson",
        ".jsonl.gz": "ndjson",
    }
)
DATABASE: Final = ".duckdb"
RECEIPT: Final = "receipt.json"
QUARANTINE: Final = "quarantine.csv"


@dataclass(frozen=True, slots=True)
class Table:
    """One file that is read, with its layout."""

    path: Path
    layout: str


def layout_of(path: Path) -> str:
    """The layout that the name of a file tells; empty if it tells none."""
    name = path.name.casefold()
    return next((layout for suffix, layout in LAYOUTS.items() if name.endswith(suffix)), "")


def tables(inputs: Iterable[str], problems: list[Diagnostic]) -> list[Table]:
    """The tables that files, folders and patterns name, each once and in the order of their names."""
    found: dict[Path, Table] = {}
    for text in inputs:
        path = Path(text)
        if path.is_dir():
            named = [one for one in sorted(path.rglob("*")) if one.is_file() and layout_of(one)]
        elif path.is_file():
            named = [path]
        else:
            # A pattern may begin anywhere, which only this module takes.
            named = sorted(map(Path, glob.glob(text, recursive=True)))  # noqa: PTH207
        if not named:
            problems.append(
                Diagnostic(
                    text, 0, 0, "TC651", f"there is no table `{text}`", f"name files that end in {listed(LAYOUTS)}"
                )
            )
        for one in named:
            layout = layout_of(one)
            if not layout:
                guess = did_you_mean(one.suffix, LAYOUTS)
                help_line = f"tables end in {listed(LAYOUTS)}" + (f"; {guess}" if guess else "")
                problems.append(
                    Diagnostic(str(one), 0, 0, "TC651", f"`{one.name}` is no table that is known", help_line)
                )
            else:
                found.setdefault(one.resolve(), Table(one, layout))
    return list(found.values())


def sha256(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def beside(target: Path, what: str) -> Path:
    """The file beside a result that says more of it: `found.parquet` has `found.parquet.receipt.json`."""
    return target.with_name(f"{target.name}.{what}")


def draft_of(target: Path) -> Path:
    """The folder in which a result grows until it is whole."""
    return target.with_name(f".{target.name}.part")
