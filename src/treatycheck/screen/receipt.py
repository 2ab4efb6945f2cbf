"""What produced a screening, and what became of every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PartCount:
    """One table: every row that was read was screened or quarantined."""

    file: str
    sha256: str
    read: int
    screened: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """Program, backend, rulebook and choices; `outcomes` are those that are written or counted."""

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
