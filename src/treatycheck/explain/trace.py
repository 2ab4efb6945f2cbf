"""Which parts of a formula decided its verdict, read from the verdicts that the engines found.

A true conjunction rests on all its parts, a false one on those that are false at its strength, an unknown one on the
parts that are unknown; a disjunction the other way round. Nothing is evaluated anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from treatycheck.engine.program import All, Formula, LeafRef, Not, Program, UnitRef
from treatycheck.truth import all_of, any_of, negate


@dataclass(frozen=True, slots=True)
class Verdicts:
    """All verdicts of one bearer and event: of leaves and units, for each object and for the event.

    `lifted` says of each object unit whether it holds for any object.
    """

    program: Program
    object_leaves: Sequence[Sequence[int]]
    objects: Sequence[Sequence[int]]
    lifted: Sequence[int]
    event_leaves: Sequence[int]
    event: Sequence[int]

    def of(self, ref: LeafRef | UnitRef, number: int | None) -> int:
        """The verdict of a leaf or unit, of object `number` or (None) of the event."""
        if isinstance(ref, LeafRef):
            return (self.event_leaves if number is None else self.object_leaves[number])[ref.index]
        if ref.scope == "event":
            return self.event[ref.index]
        return (self.lifted if number is None else self.objects[number])[ref.index]

    def weigh(self, formula: Formula, number: int | None) -> Weighed:
        """A formula with its verdict and those of its parts, of object `number` or (None) of the event."""
        if isinstance(formula, LeafRef):
            leaves = self.event_leaves if number is None else self.object_leaves[number]
            return Weighed(formula, leaves[formula.index], ())
        if isinstance(formula, UnitRef):
            objects = self.lifted if number is None else self.objects[number]
            return Weighed(formula, (self.event if formula.scope == "event" else objects)[formula.index], ())
        if isinstance(formula, Not):
            part = self.weigh(formula.part, number)
            return Weighed(formula, negate(part.verdict), (part,))
        parts = tuple([self.weigh(part, number) for part in formula.parts])
        combine = all_of if isinstance(formula, All) else any_of
        return Weighed(formula, combine([part.verdict for part in parts]), parts)


class Weighed(NamedTuple):
    """A formula with its verdict, and the parts of a combined one likewise."""

    formula: Formula
    verdict: int
    parts: tuple[Weighed, ...]


def decided_by(weighed: Weighed) -> list[bool]:
    """Which parts of a conjunction, disjunction or negation decided its verdict."""
    verdict, parts = weighed.verdict, weighed.parts
    if isinstance(weighed.formula, Not) or (verdict != 0 and (verdict > 0) == isinstance(weighed.formula, All)):
        return [True] * len(parts)
    return [part.verdict == verdict for part in parts]


def deciding_objects(verdicts: Verdicts, unit: UnitRef, lifted: int) -> list[bool]:
    """Which objects decided whether a unit holds for any of them: it fails for any only if it fails for all."""
    return [lifted < 0 or of_object[unit.index] == lifted for of_object in verdicts.objects]


class Step(NamedTuple):
    """A leaf or unit that took part in a decision: of object `number` or (None) of the event."""

    ref: LeafRef | UnitRef
    number: int | None
    verdict: int


def steps(verdicts: Verdicts, formula: Formula, number: int | None = None) -> tuple[Step, ...]:
    """The leaves and units that decided a formula, from the top down."""
    found: list[Step] = []
    _follow(verdicts, verdicts.weigh(formula, number), number, found)
    return tuple(found)


def _follow(verdicts: Verdicts, weighed: Weighed, number: int | None, found: list[Step]) -> None:
    formula = weighed.formula
    if not isinstance(formula, LeafRef | UnitRef):
        for part, decided in zip(weighed.parts, decided_by(weighed), strict=True):
            if decided:
                _follow(verdicts, part, number, found)
        return
    found.append(Step(formula, number, weighed.verdict))
    if isinstance(formula, LeafRef):
        return
    inner = verdicts.program.unit(formula).formula
    if formula.scope == "event" or number is not None:
        _follow(verdicts, verdicts.weigh(inner, number), number, found)
        return
    for each, decided in enumerate(deciding_objects(verdicts, formula, weighed.verdict)):
        if decided:
            found.append(Step(formula, each, weighed.verdict))
            _follow(verdicts, verdicts.weigh(inner, each), each, found)
