"""The same program under many alternatives in one evaluation: a verdict is a row of bits, one bit for each world.

A *world* is one way in which the leaves may be answered. What is the same in all worlds stays a plain verdict, so the
cost is that of the formulas, whatever the number of worlds. This module decides nothing of a run: it says what the
engines would say if a reading, a date or an account were another one, and is held to the reference by its tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from treatycheck.engine.units import All, Formula, LeafRef, Not, UnitRef, Units
from treatycheck.truth import CERTAIN, CERTAINLY_NOT, UNKNOWN, capped, negate

Bits = tuple[int, ...]
"""For each grade of `_GRADES`, the worlds (as bits) in which a verdict is at least that."""

Cell = int | Bits
"""A verdict that is the same in all worlds, or its bits."""

Settled = Callable[[UnitRef, int | None], int | None]
"""The verdict of a unit, of an object or (None) of the event, where nothing it rests on differs; else None."""

_GRADES: Final = range(CERTAINLY_NOT + 1, CERTAIN + 1)


class Worlds:
    """The verdicts of a program in `count` worlds; each formula is evaluated once, when it is first asked for."""

    def __init__(
        self,
        units: Units,
        count: int,
        event_leaves: Sequence[Cell],
        object_leaves: Sequence[Sequence[Cell]],
        settled: Settled | None = None,
    ) -> None:
        """`event_leaves` are the leaves of the event, `object_leaves` those of each object; `cell` makes them.

        `settled` gives the verdict of a unit that is the same in all worlds, so that it is not worked out again.
        """
        self.count = count
        self._units = units
        self._every = (1 << count) - 1
        self._event_leaves = event_leaves
        self._object_leaves = object_leaves
        self._settled = settled
        self._events: dict[int, Cell] = {}
        self._objects: dict[tuple[int, int | None], Cell] = {}

    def verdict(self, ref: UnitRef, number: int | None = None) -> Cell:
        """The verdict of a unit, of object `number` or (None) of the event, where an object unit is asked for any."""
        if ref.scope == "event":
            found = self._events.get(ref.index)
            if found is None:
                found = self._events[ref.index] = self._unit(ref, number)
            return found
        key = (ref.index, number)
        found = self._objects.get(key)
        if found is None:
            found = self._objects[key] = self._unit(ref, number)
        return found

    def suppose(self, ref: UnitRef, verdict: Cell) -> None:
        """Take an object unit to hold for some object or none, whatever it rests on; before anything else is asked."""
        self._objects[ref.index, None] = verdict

    def groups(self, cells: Iterable[Cell]) -> Iterator[tuple[tuple[int, ...], int]]:
        """The combinations of verdicts that occur, each with the worlds (as bits) in which it does."""
        parts: list[tuple[tuple[int, ...], int]] = [((), self._every)]
        for cell in cells:
            if isinstance(cell, int):
                parts = [((*known, cell), worlds) for known, worlds in parts]
            else:
                split = [(verdict, self._exactly(cell, verdict)) for verdict in range(CERTAINLY_NOT, CERTAIN + 1)]
                parts = [
                    ((*known, verdict), both)
                    for known, worlds in parts
                    for verdict, own in split
                    if (both := worlds & own)
                ]
        return iter(parts)

    def _exactly(self, bits: Bits, verdict: int) -> int:
        at_least = self._every if verdict == CERTAINLY_NOT else bits[verdict - _GRADES.start]
        more = 0 if verdict == CERTAIN else bits[verdict + 1 - _GRADES.start]
        return at_least & ~more

    def _unit(self, ref: UnitRef, number: int | None) -> Cell:
        if self._settled is not None and (known := self._settled(ref, number)) is not None:
            return known
        units = self._units.object_units if ref.scope == "object" else self._units.event_units
        unit = units[ref.index]
        if ref.scope == "object" and number is None:
            # Whether there is an object at all is then open, as the engines have it.
            each = [self.verdict(ref, place) for place, _ in enumerate(self._object_leaves)]
            return self._any(each) if each else UNKNOWN
        found = self._formula(unit.formula, number)
        if isinstance(found, int):
            return capped(found, unit.cap)
        return self._within(found, -unit.cap, unit.cap)

    def _formula(self, formula: Formula, number: int | None) -> Cell:
        if isinstance(formula, LeafRef):
            return (self._event_leaves if number is None else self._object_leaves[number])[formula.index]
        if isinstance(formula, UnitRef):
            return self.verdict(formula, number)
        if isinstance(formula, Not):
            found = self._formula(formula.part, number)
            return negate(found) if isinstance(found, int) else self._not(found)
        parts = [self._formula(part, number) for part in formula.parts]
        return self._all(parts) if isinstance(formula, All) else self._any(parts)

    def _all(self, cells: Iterable[Cell]) -> Cell:
        least, varying = CERTAIN, []
        for cell in cells:
            if isinstance(cell, int):
                least = min(least, cell)
            else:
                varying.append(cell)
        if not varying or least == CERTAINLY_NOT:
            return least
        joined = varying[0]
        for cell in varying[1:]:
            joined = tuple([one & other for one, other in zip(joined, cell, strict=True)])
        return self._within(joined, CERTAINLY_NOT, least)

    def _any(self, cells: Iterable[Cell]) -> Cell:
        most, varying = CERTAINLY_NOT, []
        for cell in cells:
            if isinstance(cell, int):
                most = max(most, cell)
            else:
                varying.append(cell)
        if not varying or most == CERTAIN:
            return most
        joined = varying[0]
        for cell in varying[1:]:
            joined = tuple([one | other for one, other in zip(joined, cell, strict=True)])
        return self._within(joined, most, CERTAIN)

    def _not(self, bits: Bits) -> Bits:
        # A negation is at least a grade where the verdict is not above the opposite grade.
        return tuple([self._every & ~one for one in reversed(bits)])

    def _within(self, bits: Bits, least: int, most: int) -> Bits:
        """The verdicts raised to `least` and lowered to `most`."""
        if least == CERTAINLY_NOT and most == CERTAIN:
            return bits
        return tuple(
            [
                self._every if grade <= least else 0 if grade > most else one
                for grade, one in zip(_GRADES, bits, strict=True)
            ]
        )


def cell(count: int, usual: int, otherwise: Mapping[int, int]) -> Cell:
    """A leaf that is `usual` in all of `count` worlds but some: `otherwise` has those of each verdict, as bits."""
    worlds = {verdict: bits for verdict, bits in otherwise.items() if bits and verdict != usual}
    if not worlds:
        return usual
    at_least = (1 << count) - 1
    worlds[usual] = at_least & ~sum(worlds.values())
    found: Bits = ()
    below = int(CERTAINLY_NOT)
    for verdict in sorted(worlds):
        found += (at_least,) * (verdict - below)
        at_least &= ~worlds[verdict]
        below = verdict
    return found + (0,) * (CERTAIN - below)


def places(bits: int) -> Iterator[int]:
    """The worlds whose bits are set."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
