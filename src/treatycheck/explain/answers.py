"""Which facts, answered otherwise, would give a formula another verdict: the smallest sets of them, exactly.

A *choice* is a fact that may be left as it is or answered in one of several ways, each of which gives verdicts to some
leaves. What would make a verdict at least (or at most) something is computed as cubes: for some choices, which of their
answers will do. Knows formulas, verdicts and choices; what the facts are is for others to know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from treatycheck.engine.program import All, Formula, LeafRef, Not, UnitRef
from treatycheck.explain.trace import Verdicts

Place = tuple[int | None, LeafRef | UnitRef]
"""A leaf of object `number` or (None) of the event; of an event without objects, an object unit stands for itself."""

Cube = tuple[tuple[int, int], ...]
"""For some choices, by index and in order, which answers will do: bit 0 as it is, bit n the n-th answer."""

Cubes = tuple[Cube, ...]
"""Any of these will do: none means never, the empty cube always."""

ALWAYS: Final[Cubes] = ((),)
NEVER: Final[Cubes] = ()
AS_IS: Final = 1

MOST_CUBES: Final = 1000
"""With more alternatives than this side by side the search stops."""


class TooMany(Exception):  # noqa: N818 - says what is the case, not what went wrong
    """There are more alternatives than are looked through."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A fact that may be answered otherwise: for each answer, the verdicts it gives (-4..4) by place."""

    answers: tuple[Mapping[Place, int], ...]


@dataclass(slots=True)
class Answers:
    """What would have to be answered otherwise; `limit` is the number of facts above which a way is not followed."""

    verdicts: Verdicts
    choices: Sequence[Choice]
    limit: int | None = None
    _at: dict[Place, list[int]] = field(default_factory=dict)
    _touched: dict[tuple[UnitRef, int | None], bool] = field(default_factory=dict)
    _known: dict[tuple[UnitRef, int | None, int, bool], Cubes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for index, choice in enumerate(self.choices):
            for place in dict.fromkeys(place for answer in choice.answers for place in answer):
                self._at.setdefault(place, []).append(index)

    def at_least(self, formula: Formula, least: int, number: int | None = None) -> Cubes:
        """What makes a verdict `least` or more. Raises `TooMany`."""
        return self._cubes(formula, least, number, up=True)

    def at_most(self, formula: Formula, most: int, number: int | None = None) -> Cubes:
        """What makes a verdict `most` or less. Raises `TooMany`."""
        return self._cubes(formula, most, number, up=False)

    def both(self, ways: Iterable[Cubes]) -> Cubes:
        """What makes all of several things so. Raises `TooMany`."""
        joined: Cubes = ALWAYS
        for cubes in sorted(ways, key=len):
            found: set[Cube] = set()
            for one in joined:
                for other in cubes:
                    if (merged := _merged(one, other)) is not None and self._within(merged):
                        found.add(merged)
                if len(found) > MOST_CUBES * 4:
                    raise TooMany
            joined = _absorbed(found)
        return joined

    def either(self, ways: Iterable[Cubes]) -> Cubes:
        """What makes one of several things so. Raises `TooMany`."""
        return _absorbed({cube for cubes in ways for cube in cubes})

    def _within(self, cube: Cube) -> bool:
        return self.limit is None or sum(not mask & AS_IS for _, mask in cube) <= self.limit

    def _cubes(self, formula: Formula, bound: int, number: int | None, *, up: bool) -> Cubes:
        if isinstance(formula, LeafRef):
            return self._leaf((number, formula), self.verdicts.weigh(formula, number).verdict, bound, up=up)
        if isinstance(formula, UnitRef):
            key = (formula, number, bound, up)
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = self._unit(formula, bound, number, up=up)
            return found
        if isinstance(formula, Not):
            return self._cubes(formula.part, -bound, number, up=not up)
        parts = [self._cubes(part, bound, number, up=up) for part in formula.parts]
        return self.both(parts) if isinstance(formula, All) == up else self.either(parts)

    def _unit(self, ref: UnitRef, bound: int, number: int | None, *, up: bool) -> Cubes:
        verdict = self.verdicts.weigh(ref, number).verdict
        if not self._depends(ref, number):
            return ALWAYS if _fits(verdict, bound, up=up) else NEVER
        if ref.scope == "object" and number is None:
            if not self.verdicts.objects:
                return self._leaf((None, ref), verdict, bound, up=up)
            each = [self._cubes(ref, bound, place, up=up) for place, _ in enumerate(self.verdicts.objects)]
            return self.either(each) if up else self.both(each)
        unit = self.verdicts.program.unit(ref)
        # A unit is never above its cap, nor below the opposite.
        if _fits(-unit.cap if up else unit.cap, bound, up=up):
            return ALWAYS
        if not _fits(unit.cap if up else -unit.cap, bound, up=up):
            return NEVER
        return self._cubes(unit.formula, bound, number, up=up)

    def _leaf(self, place: Place, verdict: int, bound: int, *, up: bool) -> Cubes:
        fits = _fits(verdict, bound, up=up)
        choices = self._at.get(place)
        if not choices:
            return ALWAYS if fits else NEVER
        cubes: set[Cube] = set()
        for index in choices:
            # Two choices that touch one leaf are not answered together.
            others = tuple((other, AS_IS) for other in choices if other != index)
            answers = self.choices[index].answers
            will_do = [_fits(answer.get(place, verdict), bound, up=up) for answer in answers]
            mask = sum(1 << place for place, fine in enumerate([fits, *will_do]) if fine)
            if mask == (1 << len(answers) + 1) - 1 and not others:
                return ALWAYS
            if mask:
                cubes.add(tuple(sorted([(index, mask), *others])))
        return _absorbed({cube for cube in cubes if self._within(cube)})

    def _depends(self, ref: UnitRef, number: int | None) -> bool:
        """Whether any choice touches what a unit rests on."""
        key = (ref, number)
        found = self._touched.get(key)
        if found is None:
            if ref.scope == "object" and number is None:
                numbers = range(len(self.verdicts.objects))
                found = (None, ref) in self._at or any(self._depends(ref, each) for each in numbers)
            else:
                found = self._reaches(self.verdicts.program.unit(ref).formula, number)
            self._touched[key] = found
        return found

    def _reaches(self, formula: Formula, number: int | None) -> bool:
        if isinstance(formula, LeafRef):
            return (number, formula) in self._at
        if isinstance(formula, UnitRef):
            return self._depends(formula, number)
        if isinstance(formula, Not):
            return self._reaches(formula.part, number)
        return any(self._reaches(part, number) for part in formula.parts)


def smallest(cubes: Collection[Cube]) -> tuple[tuple[frozenset[int], Cube], ...]:
    """The sets of choices that have to be answered, none of which contains another, each with a cube that does it."""
    sets: dict[frozenset[int], Cube] = {}
    for cube in sorted(cubes):
        sets.setdefault(answered(cube), cube)
    kept = [one for one in sets if not any(other < one for other in sets)]
    return tuple((one, sets[one]) for one in sorted(kept, key=lambda one: (len(one), sorted(one))))


def answered(cube: Cube) -> frozenset[int]:
    """The choices that a cube does not leave as they are."""
    return frozenset(index for index, mask in cube if not mask & AS_IS)


def _fits(verdict: int, bound: int, *, up: bool) -> bool:
    return verdict >= bound if up else verdict <= bound


def _merged(one: Cube, other: Cube) -> Cube | None:
    """What both cubes ask for; None if they exclude each other."""
    if not one or not other:
        return one or other
    masks = dict(one)
    for index, mask in other:
        both = masks.get(index, mask) & mask
        if not both:
            return None
        masks[index] = both
    return tuple(sorted(masks.items()))


def _absorbed(cubes: set[Cube]) -> Cubes:
    """The cubes without those that ask for more than another. Raises `TooMany`."""
    if () in cubes:
        return ALWAYS
    kept: list[dict[int, int]] = []
    found: list[Cube] = []
    for cube in sorted(cubes, key=lambda one: (len(one), one)):
        masks = dict(cube)
        if not any(all(index in masks and not masks[index] & ~mask for index, mask in other.items()) for other in kept):
            kept.append(masks)
            found.append(cube)
            if len(found) > MOST_CUBES:
                raise TooMany
    return tuple(found)
