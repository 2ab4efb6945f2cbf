"""What a unit rests on: all leaves under it, found once for a program and asked for every event."""

from __future__ import annotations

from dataclasses import dataclass

from treatycheck.engine.program import Formula, LeafRef, Not, Program, UnitRef


@dataclass(frozen=True, slots=True)
class Cone:
    """What a formula rests on: leaves of the event and of objects, and kinds of object that are asked for, by index."""

    event: frozenset[int] = frozenset()
    objects: frozenset[int] = frozenset()
    kinds: frozenset[int] = frozenset()


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
            inner = self._formula(self._program.unit(ref).formula, of_object=ref.scope == "object")
            kinds = frozenset({ref.index}) if ref.scope == "object" else inner.kinds
            found = self._known[key] = Cone(inner.event, inner.objects, kinds)
        return found

    def _formula(self, formula: Formula, *, of_object: bool) -> Cone:
        match formula:
            case LeafRef(index):
                return Cone(objects=frozenset({index})) if of_object else Cone(frozenset({index}))
            case UnitRef():
                return self.of(formula)
            case Not(part):
                return self._formula(part, of_object=of_object)
        parts = [self._formula(part, of_object=of_object) for part in formula.parts]
        return Cone(
            frozenset().union(*(part.event for part in parts)),
            frozenset().union(*(part.objects for part in parts)),
            frozenset().union(*(part.kinds for part in parts)),
        )
