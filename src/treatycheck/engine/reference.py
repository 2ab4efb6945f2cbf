"""The reference evaluator: the semantics in a few lines of plain Python.

It is the specification that the matcher is tested against, and the engine that runs where the matcher cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from treatycheck.engine.units import All, Any, Formula, LeafRef, Not, Unit, UnitRef, Units
from treatycheck.truth import CERTAIN, all_of, any_of, capped, negate

Combine = Callable[[Iterable[int]], int]
Step = Callable[[list[int]], int]
"""Reads verdicts that stand on a sheet and returns the one that is to stand next."""


class Reference:
    """Evaluates the units of a program on verdicts of its leaves; all verdicts are -4..4 as in `truth`."""

    name = "reference"

    def __init__(self, units: Units) -> None:
        object_leaves, event_leaves = (
            [LeafRef(index) for index in range(number)] for number in (units.object_leaves, units.event_leaves)
        )
        objects = [UnitRef("object", index) for index, _ in enumerate(units.object_units)]
        self._object = _sheet(units.object_units, object_leaves)
        self._event = _sheet(units.event_units, [*event_leaves, *objects])

    def decide_object(self, leaves: Sequence[int]) -> list[int]:
        """The verdicts of all object units for one object."""
        return self._object.filled([*leaves])

    def decide_event(self, leaves: Sequence[int], objects: Sequence[int]) -> list[int]:
        """The verdicts of all event units; `objects` says of each object unit whether it holds for any object."""
        return self._event.filled([*leaves, *objects])

    def close(self) -> None:
        """Nothing to release."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The formulas of one scope, each written once below those it is made of; `units` are the places of the units."""

    steps: tuple[Step, ...]
    units: tuple[int, ...]

    def filled(self, sheet: list[int]) -> list[int]:
        """Return the verdicts of the units; the verdicts that are given stand on the sheet already."""
        for step in self.steps:
            sheet.append(step(sheet))
        return [sheet[place] for place in self.units]


def _sheet(units: Iterable[Unit], given: Sequence[LeafRef | UnitRef]) -> _Sheet:
    """Lay out the units in their order, in which each comes after those it refers to."""
    places: dict[Formula, int] = {ref: place for place, ref in enumerate(given)}
    steps: list[Step] = []

    def write(step: Step) -> int:
        steps.append(step)
        return len(given) + len(steps) - 1

    def place(formula: Formula) -> int:
        if isinstance(formula, All | Any | Not) and formula not in places:
            places[formula] = write(_step(formula, place))
        return places[formula]

    for index, unit in enumerate(units):
        uncapped = place(unit.formula)
        places[UnitRef(unit.scope, index)] = uncapped if unit.cap == CERTAIN else write(_cap(uncapped, unit.cap))
    return _Sheet(tuple(steps), tuple(places[UnitRef(unit.scope, index)] for index, unit in enumerate(units)))


def _step(formula: All | Any | Not, place: Callable[[Formula], int]) -> Step:
    match formula:
        case All(parts):
            return _combination(min, all_of, [place(part) for part in parts])
        case Any(parts):
            return _combination(max, any_of, [place(part) for part in parts])
    negated = place(formula.part)
    return lambda sheet: negate(sheet[negated])


def _combination(of_many: Combine, of_few: Combine, places: list[int]) -> Step:
    # Of two and more, `all_of` is `min` and `any_of` is `max`; these are called directly, as most of the time is here.
    if len(places) > 1:
        pick = itemgetter(*places)
        return lambda sheet: of_many(pick(sheet))
    return lambda sheet: of_few([sheet[place] for place in places])


def _cap(place: int, strength: int) -> Step:
    return lambda sheet: capped(sheet[place], strength)
