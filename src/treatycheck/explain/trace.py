"""Which parts of a formula decided its verdict, read from the verdicts that the engines found.

A true conjunction rests on all its parts, a false one on those that are false at its strength, an unknown one on the
parts that are unknown; a disjunction the other way round. Nothing is evaluated anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from treatycheck.engine.program import All, Any, Formula, LeafRef, Not, Program, UnitRef
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

    def of(self, formula: Formula, number: int | None) -> int:
        """The verdict of a formula, of object `number` or (None) of the event."""
        match formula:
            case LeafRef(index):
                return self.event_leaves[index] if number is None else self.object_leaves[number][index]
            case UnitRef("event", index):
                return self.event[index]
            case UnitRef(_, index):
                return self.lifted[index] if number is None else self.objects[number][index]
            case All(parts):
                return all_of(self.of(part, number) for part in parts)
            case Any(parts):
                return any_of(self.of(part, number) for part in parts)
            case Not(part):
                return negate(self.of(part, number))

    def deciding(
        self, parts: Sequence[Formula], verdict: int, number: int | None, *, conjunction: bool
    ) -> tuple[bool, ...]:
        """Which parts decided the verdict of their conjunction or disjunction."""
        if (verdict > 0) == conjunction and verdict != 0:
            return (True,) * len(parts)
        return tuple(self.of(part, number) == verdict for part in parts)


@dataclass(frozen=True, slots=True)
class Step:
    """A leaf or unit that took part in a decision: of object `number` or (None) of the event."""

    ref: LeafRef | UnitRef
    number: int | None
    verdict: int


def steps(verdicts: Verdicts, formula: Formula, number: int | None = None) -> Iterator[Step]:
    """The leaves and units that decided a formula, from the top down."""
    match formula:
        case LeafRef():
            yield Step(formula, number, verdicts.of(formula, number))
        case UnitRef(scope, index):
            verdict = verdicts.of(formula, number)
            inner = verdicts.program.unit(formula).formula
            if scope == "object" and number is None:
                yield Step(formula, None, verdict)
                for each, unit_verdicts in enumerate(verdicts.objects):
                    if unit_verdicts[index] == verdict:
                        yield Step(formula, each, verdict)
                        yield from steps(verdicts, inner, each)
            else:
                yield Step(formula, number, verdict)
                yield from steps(verdicts, inner, number)
        case All(parts) | Any(parts):
            verdict = verdicts.of(formula, number)
            chosen = verdicts.deciding(parts, verdict, number, conjunction=isinstance(formula, All))
            for part, decided in zip(parts, chosen, strict=True):
                if decided:
                    yield from steps(verdicts, part, number)
        case Not(part):
            yield from steps(verdicts, part, number)
