"""The counts of a summary: how many rows came to what, table by table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from treatycheck.screen.duck import literal, parquet, quoted
from treatycheck.screen.plan import word
from treatycheck.screen.schema import OF_CODE, UNKNOWN

if TYPE_CHECKING:
    from pathlib import Path

    from treatycheck.screen.duck import DuckBackend

TOTALS: Final = "totals"
_OF_ONE: Final = "totals of a table"


class Totals:
    """Counts by some of the dimensions of a summary, kept in DuckDB."""

    def __init__(self, desk: DuckBackend, by: Sequence[str]) -> None:
        self._desk = desk
        self._by = by
        self._types = {name: "BIGINT" if name == "year" else "VARCHAR" for name in by} | {"rows": "BIGINT"}
        desk.table(TOTALS, self._types)

    def begin(self) -> None:
        """Begin to count a table."""
        self._desk.table(_OF_ONE, self._types)

    def add(self, groups: str, decided: str, words: int, roles: Sequence[str]) -> None:
        """Add the rows of the open table that are counted in `groups` by signature; a ledger has `decided` these."""
        on = " AND ".join(f"g.{quoted(word(one))} = l.{quoted(word(one))}" for one in range(words))
        bearer = " ".join(f"WHEN {number} THEN {_called(role)}" for number, role in enumerate(roles))
        columns = {
            "rule": "l.rule",
            "outcome": "l.outcome",
            "bearer": f"CASE l.slot {bearer} END" if bearer else "NULL",
            "year": 'g."by year"',
        }
        chosen = ", ".join(columns[name] for name in self._by)
        self._desk.run(
            f"INSERT INTO {quoted(_OF_ONE)} SELECT {chosen}, sum(g.rows)"
            f" FROM {quoted(groups)} g JOIN {decided} l ON {on}"
            " WHERE l.slot >= 0 GROUP BY ALL"
        )

    def close(self, kept: Path | None) -> None:
        """End a table: its counts join the others, and are kept in a file if there is one for them."""
        if kept is not None:
            self._desk.copy(f"SELECT * FROM {quoted(_OF_ONE)}", kept, "parquet")
        self._desk.run(f"INSERT INTO {TOTALS} SELECT * FROM {quoted(_OF_ONE)}")

    def load(self, kept: Path) -> None:
        """Add the counts of a table that was screened before."""
        self._desk.run(f"INSERT INTO {TOTALS} SELECT * FROM {parquet([kept])}")

    @property
    def query(self) -> str:
        """The counts over all tables, in order."""
        listed = ", ".join(self._by)
        return f"SELECT {listed}, sum(rows)::BIGINT AS findings FROM {TOTALS} GROUP BY ALL ORDER BY ALL"

    def rows(self) -> list[tuple[Any, ...]]:
        """The counts over all tables, in order."""
        return self._desk.rows(self.query)


def _called(role: str) -> str:
    """By what a bearer is counted: the code of its State; its name if that is not known."""
    code, name = (f"g.{quoted(f'by {role}{part}')}" for part in (OF_CODE, ""))
    return f"coalesce(nullif(nullif({code}, ''), {literal(UNKNOWN)}), nullif({name}, ''), {code})"
