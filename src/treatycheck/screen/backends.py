"""The backends that tables are screened with, by name; each is loaded only where it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from treatycheck.screen.duck import DuckBackend

Backend = Literal["duckdb", "spark"]

BACKENDS: Final[tuple[str, ...]] = get_args(Backend)


def opened(name: Backend, *, master: str | None, memory: str | None, scratch: Path | None) -> DuckBackend:
    """The backend of that name: what it may hold in memory, and where it may put what it does not hold.

    `master` is the address of a cluster for Spark. Raises `InputError` where Spark cannot be reached.
    """
    if name == "spark":
        from treatycheck.screen.spark import SparkBackend

        return SparkBackend(master=master, memory=memory, scratch=scratch)
    from treatycheck.screen.duck import DuckBackend

    return DuckBackend(memory=memory, scratch=scratch)
