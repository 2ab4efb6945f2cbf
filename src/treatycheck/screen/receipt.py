"""What produced a screening, and what became of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartCount:
    """One table: every row that was read was screened or quarantined.

    A mapping may say of rows that they are of no interest: `passed_over` counts these among the screened. Others name
    nobody whom a rule on their act binds, so that no rule says anything to them: `unaddressed` counts these.
    """

    file: str
    sha256: str
    read: int
    screened: int
    quarantined: int
    passed_over: int = 0
    unaddressed: int = 0


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A value of a column of another layout (`source`) that the mapping does not know: unknown in so many rows."""

    column: str
    source: str
    value: str
    rows: int


def together(unmatched: Iterable[Unmatched]) -> tuple[Unmatched, ...]:
    """The values of several tables that became unknown, those of most rows first."""
    counts = Counter[tuple[str, str, str]]()
    for one in unmatched:
        counts[one.column, one.source, one.value] += one.rows
    return tuple(Unmatched(*key, rows) for key, rows in sorted(counts.items(), key=lambda one: (-one[1], one)))


@dataclass(frozen=True, slots=True)
class Receipt:
    """Program, backend, rulebook and choices; `outcomes` are those that are written or counted.

    `mapping` is the SHA-256 of the mapping file, if the tables are of another layout.
    """

    tool: str
    backend: str
    rulebook: str
    version: str
    rulebook_sha256: str
    as_of: str
    positions: Mapping[str, str]
    engines: tuple[str, ...]
    notice: str
    outcomes: tuple[str, ...]
    tables: tuple[PartCount, ...]
    ignored: tuple[str, ...]
    mapping: str | None = None
    unmatched: tuple[Unmatched, ...] = ()

    @property
    def read(self) -> int:
        """Rows that were read."""
        return sum(one.read for one in self.tables)

    @property
    def screened(self) -> int:
        """Rows that were screened."""
        return sum(one.screened for one in self.tables)

    @property
    def quarantined(self) -> int:
        """Rows that could not be screened, each with its reason in the quarantine."""
        return sum(one.quarantined for one in self.tables)

    @property
    def passed_over(self) -> int:
        """Rows among the screened that were not held against the rules, as the mapping says of their kind."""
        return sum(one.passed_over for one in self.tables)

    @property
    def unaddressed(self) -> int:
        """Rows among the screened to which no rule says anything, as they name nobody whom one on their act binds."""
        return sum(one.unaddressed for one in self.tables)
