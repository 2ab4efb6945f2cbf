"""How tables are screened: what a run may be asked for beside its tables, its rulebook and the file of its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from treatycheck.engine.agreement import EngineChoice
from treatycheck.engine.outcomes import Outcome
from treatycheck.screen.backends import Backend
from treatycheck.screen.plan import FINDING

if TYPE_CHECKING:
    from treatycheck.screen.mapping.model import Reading

WRITTEN: Final = tuple(
    str(outcome) for outcome in Outcome if outcome not in (Outcome.NOT_APPLICABLE, Outcome.MET, Outcome.NO_FINDING)
)
"""The outcomes that are written as findings unless others are asked for; a summary counts all."""

ALL: Final = tuple(str(outcome) for outcome in Outcome if outcome is not Outcome.NO_FINDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How tables are screened. `by` is what a summary counts by, empty for findings; `share` of rows may be refused.

    `columns` are those of the findings that are written. With a `mapping`, the tables are of another layout. `master`
    is the address of a cluster for the backend `spark`; without one, Spark runs on this machine.
    """

    engine: EngineChoice = "both"
    as_of: date | None = None
    positions: Mapping[str, str] | None = None
    by: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = WRITTEN
    columns: tuple[str, ...] = FINDING
    memory: str | None = None
    share: float = 0.01
    ignored: tuple[str, ...] = ()
    resume: bool = False
    mapping: Reading | None = None
    backend: Backend = "duckdb"
    master: str | None = None
