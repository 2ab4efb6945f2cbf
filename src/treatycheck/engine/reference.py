"""The reference evaluator: the semantics in a few lines of plain Python.

It is the specification that the matcher is tested against, and the engine that runs where the matcher cannot.
"""

from __future__ import annotations

from collections.abc import Sequence

from treatycheck.engine.program import All, Any, Formula, LeafRef, Not, Program, Unit, UnitRef
from treatycheck.truth import CERTAIN, all_of, any_of, capped, negate


class Reference:
    """Evaluates the units of a program on verdicts of its leaves; all verdicts are -4..4 as in `truth`."""

    name = "reference"

    def __init__(self, program: Program) -> None:
        self._program = program

    def decide_object(self, leaves: Sequence[int]) -> list[int]:
        """The verdicts of all object units for one object."""
        verdicts: list[int] = []
        for unit in self._program.object_units:
            verdicts.append(_decide(unit, leaves, verdicts, verdicts))
        return verdicts

    def decide_event(self, leaves: Sequence[int], objects: Sequence[int]) -> list[int]:
        """The verdicts of all event units; `objects` says of each object unit whether it holds for any object."""
        verdicts: list[int] = []
        for unit in self._program.event_units:
            verdicts.append(_decide(unit, leaves, objects, verdicts))
        return verdicts

    def close(self) -> None:
        """Nothing to release."""


def _decide(unit: Unit, leaves: Sequence[int], objects: Sequence[int], events: Sequence[int]) -> int:
    verdict = _evaluate(unit.formula, leaves, objects, events)
    return verdict if unit.cap == CERTAIN else capped(verdict, unit.cap)


def _evaluate(formula: Formula, leaves: Sequence[int], objects: Sequence[int], events: Sequence[int]) -> int:
    match formula:
        case LeafRef(index):
            return leaves[index]
        case UnitRef(scope, index):
            return objects[index] if scope == "object" else events[index]
        case All(parts):
            return all_of([_evaluate(part, leaves, objects, events) for part in parts])
        case Any(parts):
            return any_of([_evaluate(part, leaves, objects, events) for part in parts])
        case Not(part):
            return negate(_evaluate(part, leaves, objects, events))
