"""What the engines run: formulas over leaves, as named units in two scopes, and nothing of where they come from.

A *unit* is a named formula (a term, a gate, an exception). Units of scope `object` are decided once per object; a
formula of scope `event` that refers to one asks whether it holds for any object.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scope = Literal["object", "event"]


@dataclass(frozen=True, slots=True)
class LeafRef:
    """The leaf with that index in the formula's own scope."""

    index: int


@dataclass(frozen=True, slots=True)
class UnitRef:
    """The unit with that index; in an event formula, scope `object` means: for any object."""

    scope: Scope
    index: int


@dataclass(frozen=True, slots=True)
class All:
    """Conjunction of formulas."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Disjunction of formulas."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Negation of a formula."""

    part: Formula


Formula = LeafRef | UnitRef | All | Any | Not


@dataclass(frozen=True, slots=True)
class Unit:
    """A named formula. `cap` (1..4) limits its strength; `level` is its depth among units of its own scope."""

    name: str
    scope: Scope
    formula: Formula
    cap: int
    level: int


@dataclass(frozen=True, slots=True)
class Units:
    """All units of both scopes, each after those it refers to, and how many leaves there are in each scope."""

    object_leaves: int
    event_leaves: int
    object_units: tuple[Unit, ...]
    event_units: tuple[Unit, ...]
