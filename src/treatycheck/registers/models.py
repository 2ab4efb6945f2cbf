"""Designations of objects: the rows of a register that a name or nickname stands for.

A name may stand for several rows and all of them are returned; choosing among them is not done here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from treatycheck.errors import did_you_mean
from treatycheck.registers.table import Row, load_table

COLUMNS: Final = ("model", "aliases")

_DASHES: Final = "-\u2010\u2011\u2012\u2013\u2014\u2212"


@dataclass(frozen=True, slots=True)
class Models:
    """The rows by designation; made by `load_models`."""

    rows: tuple[Row, ...]
    _named: Mapping[str, tuple[Row, ...]] = field(hash=False, repr=False)

    def find(self, text: str) -> tuple[Row, ...]:
        """Return the rows that a name or alias stands for: none, one, or all that share it, in the register's order.

        Case, spaces and hyphens do not count.
        """
        return self._named.get(squeezed(text), ())

    def lookup(self, text: str) -> Row | None:
        """Return the one row that a name or alias stands for; None if there is none or if several share it."""
        rows = self.find(text)
        return rows[0] if len(rows) == 1 else None

    def suggest(self, text: str) -> str:
        """Return "did you mean …?" with the designations close to `text`, else the empty string."""
        return did_you_mean(text.strip(), (spelling for row in self.rows for spelling in _spellings(row)))


def load_models(path: Path) -> Models:
    """Read a register of designations; InputError with every fault of the file."""
    rows = load_table(path, register=f"{path.parent.name}/{path.name}", columns=COLUMNS, key="model")
    named: dict[str, dict[str, Row]] = {}
    for row in rows:
        for spelling in _spellings(row):
            named.setdefault(squeezed(spelling), {})[row.key] = row
    return Models(rows, {name: tuple(sharing.values()) for name, sharing in named.items()})


def _spellings(row: Row) -> Iterator[str]:
    yield row.key
    yield from (alias for alias in row.values["aliases"].split("|") if alias)


def squeezed(text: str) -> str:
    """A designation as it is compared: without case, spaces and hyphens."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if sign not in _DASHES and not sign.isspace())
