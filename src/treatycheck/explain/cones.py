"""What a unit rests on: all leaves under it, found once for a program and asked for every event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from treatycheck.engine.program import Formula, LeafRef, Not, Program, UnitRef
from treatycheck.explain.trace import Verdicts

EVENT: Final = -1
NO_OBJECT: Final = -2

Place = tuple[int, int]
"""A leaf: the number of its object, or `EVENT`, and its index there.

Of an event without objects, an object unit stands for itself: `NO_OBJECT` and its index.
"""


class Cone(NamedTuple):
    """What a formula rests on, each by index as bits: leaves of the event and of objects, kinds of object asked for."""

    event: int = 0
    objects: int = 0
    kinds: int = 0

    def __or__(self, other: Cone) -> Cone:
        """What any of two formulas rests on."""
        return Cone(self.event | other.event, self.objects | other.objects, self.kinds | other.kinds)


class Cones:
    """The cones of one program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._known: dict[tuple[str, int], Cone] = {}

    def of(self, ref: UnitRef) -> Cone:
        """What a unit rests on."""
        key = (ref.scope, ref.index)
        found = self._known.get(key)
        if found is None:
            found = self._formula(self._program.unit(ref).formula, of_object=ref.scope == "object")
            if ref.scope == "object":
                found = found._replace(kinds=1 << ref.index)
            self._known[key] = found
        return found

    def under(self, refs: Iterable[UnitRef]) -> Cone:
        """What any of several units rests on."""
        joined = Cone()
        for ref in refs:
            joined |= self.of(ref)
        return joined

    def _formula(self, formula: Formula, *, of_object: bool) -> Cone:
        if isinstance(formula, LeafRef):
            return Cone(objects=1 << formula.index) if of_object else Cone(event=1 << formula.index)
        if isinstance(formula, UnitRef):
            return self.of(formula)
        if isinstance(formula, Not):
            return self._formula(formula.part, of_object=of_object)
        joined = Cone()
        for part in formula.parts:
            joined |= self._formula(part, of_object=of_object)
        return joined


class Touched:
    """The units that rest on any of some places; the others keep the verdicts that the engines found."""

    def __init__(self, cones: Cones, verdicts: Verdicts, places: Iterable[Place]) -> None:
        self._cones = cones
        self._verdicts = verdicts
        self._at: dict[int, int] = {}
        for number, index in places:
            self._at[number] = self._at.get(number, 0) | 1 << index
        self._event = self._at.get(EVENT, 0)
        self._kinds = self._at.get(NO_OBJECT, 0)
        self._objects = 0
        for number, bits in self._at.items():
            if number >= 0:
                self._objects |= bits

    def holds(self, ref: UnitRef, number: int | None) -> bool:
        """Whether a unit, of object `number` or (None) of the event, is among them."""
        event, objects, kinds = self._cones.of(ref)
        if number is not None:
            return bool(objects & self._at.get(number, 0))
        return bool(event & self._event or objects & self._objects or kinds & self._kinds)

    def settled(self, ref: UnitRef, number: int | None) -> int | None:
        """The verdict of a unit that is not among them; None for the others."""
        return None if self.holds(ref, number) else self._verdicts.of(ref, number)
