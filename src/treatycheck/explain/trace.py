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
            case UnitRef(scope, index):
                if scope == "event":
                    return self.event[index]
                return self.lifted[index] if number is None else self.objects[number][index]
            case All(parts):
                return all_of([self.of(part, number) for part in parts])
            case Any(parts):
                return any_of([self.of(part, number) for part in parts])
            case Not(part):
                return negate(self.of(part, number))


def deciding(formula: All | Any, verdict: int, parts: Sequence[int]) -> Sequence[bool]:
    """Which parts, given by their verdicts, decided the verdict of their conjunction or disjunction."""
    if verdict != 0 and (verdict > 0) == isinstance(formula, All):
        return [True] * len(parts)
    return [part == verdict for part in parts]


@dataclass(frozen=True, slots=True)
class Step:
    """A leaf or unit that took part in a decision: of object `number` or (None) of the event."""

    ref: LeafRef | UnitRef
    number: int | None
    verdict: int


def steps(verdicts: Verdicts, formula: Formula, number: int | None = None) -> Iterator[Step]:
    """The leaves and units that decided a formula, from the top down."""
    verdict = verdicts.of(formula, number)
    match formula:
        case LeafRef():
            yield Step(formula, number, verdict)
        case UnitRef(scope, index):
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
            chosen = deciding(formula, verdict, [verdicts.of(part, number) for part in parts])
            for part, decided in zip(parts, chosen, strict=True):
                if decided:
                    yield from steps(verdicts, part, number)
        case Not(part):
            yield from steps(verdicts, part, number)
