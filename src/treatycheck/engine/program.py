"""The compiled rulebook: leaves, units, gates and stages as plain indexed data.

What the engines need of it stands in `engine.units`; the rest says what the leaves ask and what the units are for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from treatycheck.engine.units import All, Any, Formula, LeafRef, Not, Scope, Unit, UnitRef, Units
from treatycheck.rulebook.conditions import DateTest, FactTest

if TYPE_CHECKING:
    # Only named here: the engines need no rulebook, so that they can run without loading one.
    from treatycheck.rulebook.model import Procedure, Rule, Stage

__all__ = [
    "All",
    "Any",
    "CompiledException",
    "CompiledProcedure",
    "CompiledRule",
    "DeadlineTest",
    "Formula",
    "Leaf",
    "LeafRef",
    "Not",
    "Program",
    "Scope",
    "StandingTest",
    "Unit",
    "UnitRef",
    "Units",
]


@dataclass(frozen=True, slots=True)
class StandingTest:
    """Whether the State in role `of` stands in one of `standings` to `instrument` on the event's date.

    `continuing` conduct is within the time a State is bound as soon as part of it is.
    """

    instrument: str
    of: str
    standings: tuple[str, ...]
    continuing: bool


@dataclass(frozen=True, slots=True)
class DeadlineTest:
    """Whether the event's date is after the bearer's last day under a rule: `start` plus an ISO 8601 period.

    `start` is `entry_into_force` or a fact of type `date`; a day that the rule's own register gives goes before.
    """

    rule: str
    instrument: str
    start: str
    period: str


Leaf = FactTest | StandingTest | DateTest | DeadlineTest


@dataclass(frozen=True, slots=True)
class CompiledException:
    """An exception as two units: whether it applies, and whether anything in the event suggests it.

    `assumed_at_most` is the strength (1..4) a conclusion keeps when the exception is taken not to apply.
    """

    id: str
    applies: UnitRef
    suggested: UnitRef
    ask: bool
    assumed_at_most: int = 4


@dataclass(frozen=True)
class CompiledRule:
    """A rule with its gates in the order in which they are decided; `cap` (1..4) limits the strength of its outcome."""

    rule: Rule
    gates: tuple[tuple[str, UnitRef], ...]
    exceptions: tuple[CompiledException, ...]
    only_if: UnitRef | None
    fulfilled: UnitRef | None
    overdue: UnitRef | None
    positions: tuple[str, ...]
    cap: int = 4

    @cached_property
    def units(self) -> tuple[UnitRef, ...]:
        """Everything that the table of outcomes looks at, each once."""
        refs = [ref for _, ref in self.gates] + [ref for one in self.exceptions for ref in (one.applies, one.suggested)]
        refs += [ref for ref in (self.only_if, self.fulfilled, self.overdue) if ref is not None]
        return tuple(dict.fromkeys(refs))


@dataclass(frozen=True, slots=True)
class CompiledProcedure:
    """A procedure with the unit of each stage, in the order in which they are tried."""

    procedure: Procedure
    stages: tuple[tuple[Stage, UnitRef], ...]


@dataclass(frozen=True, slots=True)
class Program:
    """A rulebook compiled under one choice of positions; units come after the units they refer to."""

    object_leaves: tuple[FactTest, ...]
    event_leaves: tuple[Leaf, ...]
    object_units: tuple[Unit, ...]
    event_units: tuple[Unit, ...]
    rules: tuple[CompiledRule, ...]
    terms: Mapping[str, UnitRef]
    positions: Mapping[str, str]
    procedures: tuple[CompiledProcedure, ...] = ()

    @property
    def units(self) -> Units:
        """What the engines run."""
        return Units(len(self.object_leaves), len(self.event_leaves), self.object_units, self.event_units)

    def unit(self, ref: UnitRef) -> Unit:
        """The unit a reference stands for."""
        return (self.object_units if ref.scope == "object" else self.event_units)[ref.index]
