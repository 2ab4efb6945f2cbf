"""Which facts, answered otherwise, would give a formula another verdict: the smallest sets of them, exactly.

A *choice* is a fact that may be left as it is or answered in one of several ways, each of which gives verdicts to some
leaves. What would make a verdict at least (or at most) something is computed as cubes: for each choice, which of its
answers will do. Knows formulas, verdicts and choices; what the facts are is for others to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final, NamedTuple

from treatycheck.engine.program import All, Formula, LeafRef, Not, UnitRef
from treatycheck.explain.cones import Cones
from treatycheck.explain.trace import Verdicts

EVENT: Final = -1
NO_OBJECT: Final = -2

Place = tuple[int, int]
"""A leaf: the number of its object, or `EVENT`, and its index there.

Of an event without objects, an object unit stands for itself: `NO_OBJECT` and its index.
"""

MOST_CUBES: Final = 64
"""With more alternatives than this side by side the search stops."""


_NOTHING: Final[set[int]] = set()


class TooMany(Exception):  # noqa: N818 - says what is the case, not what went wrong
    """There are more alternatives than are looked through."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A fact that may be answered otherwise: for each answer, the verdicts it gives (-4..4) by place."""

    answers: tuple[Mapping[Place, int], ...]


class Cube(NamedTuple):
    """Which answers to each choice will do, as bits side by side, and the choices it says anything of, as bits.

    A choice it says nothing of has all its bits. The lowest bit of a choice means that it is left as it is.
    """

    answers: int
    choices: int


Cubes = tuple[Cube, ...]
"""Any of these will do; none means never."""

NEVER: Final[Cubes] = ()


class Answers:
    """What would have to be answered otherwise.

    `limit` is the number of facts above which a way is not followed; `cones` are those of the program.
    """

    def __init__(
        self, verdicts: Verdicts, choices: Sequence[Choice], limit: int | None = None, cones: Cones | None = None
    ) -> None:
        self.choices = choices
        self._verdicts = verdicts
        self._limit = limit
        self._starts: list[int] = []
        self._at: dict[Place, list[tuple[int, tuple[int | None, ...]]]] = {}
        bits = 0
        for index, choice in enumerate(choices):
            self._starts.append(bits)
            bits += len(choice.answers) + 1
            for place in dict.fromkeys(place for answer in choice.answers for place in answer):
                verdicts_there = tuple([answer.get(place) for answer in choice.answers])
                self._at.setdefault(place, []).append((index, verdicts_there))
        self._cones = Cones(verdicts.program) if cones is None else cones
        self._indices: dict[int, set[int]] = {}
        for number, index in self._at:
            self._indices.setdefault(number, set()).add(index)
        self._all = (1 << bits) - 1
        self._as_is = reduce(or_, (1 << start for start in self._starts), 0)
        self._fields = [
            (1 << len(choice.answers) + 1) - 1 << start for choice, start in zip(choices, self._starts, strict=True)
        ]
        self.always: Cubes = (Cube(self._all, 0),)
        self._touched: dict[tuple[str, int, int | None], bool] = {}
        self._known: dict[tuple[str, int, int | None, int, bool], Cubes] = {}

    def at_least(self, formula: Formula, least: int, number: int | None = None) -> Cubes:
        """What makes a verdict `least` or more. Raises `TooMany`."""
        return self._cubes(formula, least, number, up=True)

    def at_most(self, formula: Formula, most: int, number: int | None = None) -> Cubes:
        """What makes a verdict `most` or less. Raises `TooMany`."""
        return self._cubes(formula, most, number, up=False)

    def conditions(
        self, formula: Formula, bound: int, number: int | None = None, *, up: bool = True
    ) -> Iterator[Cubes]:
        """What makes a verdict `bound` or more (or not `up`: or less), as conditions all of which have to be met."""
        if isinstance(formula, Not):
            yield from self.conditions(formula.part, -bound, number, up=not up)
        elif not isinstance(formula, LeafRef | UnitRef) and isinstance(formula, All) == up:
            for part in formula.parts:
                yield from self.conditions(part, bound, number, up=up)
        elif isinstance(formula, UnitRef) and self._is_its_formula(formula, bound, number, up=up):
            yield from self.conditions(self._verdicts.program.unit(formula).formula, bound, number, up=up)
        elif isinstance(formula, UnitRef) and formula.scope == "object" and number is None and not up:
            yield from self._lifted(formula, bound, up=up)
        else:
            yield self._cubes(formula, bound, number, up=up)

    def _is_its_formula(self, ref: UnitRef, bound: int, number: int | None, *, up: bool) -> bool:
        """Whether a unit has the verdict of its formula as far as a bound can tell."""
        cap = self._verdicts.program.unit(ref).cap
        told = -cap < bound <= cap if up else -cap <= bound < cap
        return told and (ref.scope == "event" or number is not None) and self._depends(ref, number)

    def both(self, ways: Iterable[Cubes]) -> Cubes:
        """What makes all of several things so. Raises `TooMany`."""
        conditions = [cubes for cubes in ways if cubes is not self.always]
        if not all(conditions):
            return NEVER
        joined = self.always
        for cubes in sorted(conditions, key=len):
            if joined is self.always:
                joined = cubes
                continue
            if len(joined) * len(cubes) > MOST_CUBES * MOST_CUBES:
                raise TooMany
            joined = self._absorbed({both for one in joined for other in cubes if (both := self._merged(one, other))})
        return joined

    def either(self, ways: Iterable[Cubes]) -> Cubes:
        """What makes one of several things so. Raises `TooMany`."""
        possible = [cubes for cubes in ways if cubes]
        if len(possible) < 2:  # noqa: PLR2004 - nothing to join
            return possible[0] if possible else NEVER
        if any(cubes is self.always for cubes in possible):
            return self.always
        return self._absorbed({cube for cubes in possible for cube in cubes})

    def apart(self, ways: Iterable[Cubes]) -> tuple[Cubes, ...]:
        """What makes all of several things so, in parts that have no choice in common. Raises `TooMany`."""
        parts: list[tuple[int, list[Cubes]]] = []
        for cubes in ways:
            if not cubes:
                return (NEVER,)
            touched, joined = reduce(or_, (cube.choices for cube in cubes)), [cubes]
            if not touched:
                continue
            others = []
            for known, members in parts:
                if known & touched:
                    touched, joined = touched | known, members + joined
                else:
                    others.append((known, members))
            parts = [*others, (touched, joined)]
        found = [self.both(members) for _, members in parts]
        return tuple(found) if all(found) else (NEVER,)

    def settled(self, ref: UnitRef, number: int | None) -> int | None:
        """The verdict of a unit that no choice touches; None for the others."""
        return None if self._depends(ref, number) else self._verdict(ref, number)

    def smallest(self, cubes: Cubes) -> list[tuple[tuple[int, int], ...]]:
        """The sets of choices that have to be answered, none of which contains another.

        Each choice of a set comes by its index with the answers that will do, as bits: bit n for the n-th from 0. A set
        comes more than once where what will do for one of its choices depends on how another is answered.
        """
        sets: dict[int, dict[Cube, None]] = {}
        for cube in cubes:
            sets.setdefault(self._answered(cube), {})[cube] = None
        found: list[tuple[tuple[int, int], ...]] = []
        for one, same in sets.items():
            if not any(other != one and other & one == other for other in sets):
                # What is said of choices that are left as they are is of no account any more.
                kept = reduce(or_, (self._fields[index] for index in _places(one)), 0)
                alike = {Cube(cube.answers & kept & ~self._as_is | self._all & ~kept, one) for cube in same}
                found += [
                    tuple((index, self._field(cube, index) >> 1) for index in _places(one))
                    for cube in self._joined(alike)
                ]
        return sorted(found, key=lambda chosen: (len(chosen), chosen))

    def _joined(self, cubes: set[Cube]) -> set[Cube]:
        """The same cubes, those as one that differ in their answers to a single choice."""
        for index in _places(reduce(or_, (cube.choices for cube in cubes), 0)):
            field = self._fields[index]
            groups: dict[tuple[int, int], int] = {}
            for answers, choices in cubes:
                key = (answers & ~field, choices)
                groups[key] = groups.get(key, 0) | answers & field
            if len(groups) < len(cubes):
                cubes = {
                    Cube(rest | own, choices & ~(1 << index) if own == field else choices)
                    for (rest, choices), own in groups.items()
                }
        return cubes

    def _field(self, cube: Cube, index: int) -> int:
        return (cube.answers & self._fields[index]) >> self._starts[index]

    def _answered(self, cube: Cube) -> int:
        """The choices that a cube does not leave as they are, as bits."""
        found = 0
        missing = ~cube.answers & self._as_is
        for index in _places(cube.choices):
            if missing >> self._starts[index] & 1:
                found |= 1 << index
        return found

    def _cubes(self, formula: Formula, bound: int, number: int | None, *, up: bool) -> Cubes:
        if isinstance(formula, LeafRef | UnitRef):
            key = (formula.scope if isinstance(formula, UnitRef) else "leaf", formula.index, number, bound, up)
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = (
                    self._unit(formula, bound, number, up=up)
                    if isinstance(formula, UnitRef)
                    else self._leaf(
                        (EVENT if number is None else number, formula.index),
                        self._verdict(formula, number),
                        bound,
                        up=up,
                    )
                )
            return found
        if isinstance(formula, Not):
            return self._cubes(formula.part, -bound, number, up=not up)
        parts = [self._cubes(part, bound, number, up=up) for part in formula.parts]
        return self.both(parts) if isinstance(formula, All) == up else self.either(parts)

    def _unit(self, ref: UnitRef, bound: int, number: int | None, *, up: bool) -> Cubes:
        if not self._depends(ref, number):
            return self.always if _fits(self._verdict(ref, number), bound, up=up) else NEVER
        if ref.scope == "object" and number is None:
            each = self._lifted(ref, bound, up=up)
            return self.either(each) if up else self.both(each)
        unit = self._verdicts.program.unit(ref)
        # A unit is never above its cap, nor below the opposite.
        if _fits(-unit.cap if up else unit.cap, bound, up=up):
            return self.always
        if not _fits(unit.cap if up else -unit.cap, bound, up=up):
            return NEVER
        return self._cubes(unit.formula, bound, number, up=up)

    def _lifted(self, ref: UnitRef, bound: int, *, up: bool) -> list[Cubes]:
        """What gives an object unit such a verdict for each object; without any, for the one there may be."""
        if not self._verdicts.objects:
            return [self._leaf((NO_OBJECT, ref.index), self._verdict(ref, None), bound, up=up)]
        return [self._cubes(ref, bound, place, up=up) for place, _ in enumerate(self._verdicts.objects)]

    def _leaf(self, place: Place, verdict: int, bound: int, *, up: bool) -> Cubes:
        fits = _fits(verdict, bound, up=up)
        choices = self._at.get(place)
        if not choices:
            return self.always if fits else NEVER
        cubes: set[Cube] = set()
        for index, answers in choices:
            field = int(fits)
            for bit, answer in enumerate(answers, 1):
                there = verdict if answer is None else answer
                field |= (there >= bound if up else there <= bound) << bit
            if not field:
                continue
            cube = self._choosing(index, field)
            # Two choices that touch one leaf are not answered together.
            for other, _ in choices:
                if other != index:
                    alone = self._choosing(other, 1)
                    cube = Cube(cube.answers & alone.answers, cube.choices | alone.choices)
            if self._within(cube):
                cubes.add(cube)
        return self.always if self.always[0] in cubes else self._absorbed(cubes)

    def _choosing(self, index: int, field: int) -> Cube:
        """The cube for one choice and the answers that will do; one that will do in any case says nothing."""
        start, own = self._starts[index], self._fields[index]
        if field == own >> start:
            return self.always[0]
        return Cube(self._all & ~own | field << start, 1 << index)

    def _merged(self, one: Cube, other: Cube) -> Cube | None:
        """What both cubes ask for; None if they exclude each other or ask for too many facts."""
        answers = one.answers & other.answers
        for index in _places(one.choices & other.choices):
            if not answers & self._fields[index]:
                return None
        cube = Cube(answers, one.choices | other.choices)
        return cube if self._within(cube) else None

    def _within(self, cube: Cube) -> bool:
        return self._limit is None or (~cube.answers & self._as_is).bit_count() <= self._limit

    def _absorbed(self, cubes: set[Cube]) -> Cubes:
        """The cubes without those that ask for more than another. Raises `TooMany`."""
        if len(cubes) < 2:  # noqa: PLR2004 - nothing to compare
            return tuple(cubes)
        if len(cubes) > MOST_CUBES:
            cubes = self._joined(cubes)
        kept: list[int] = []
        found: list[Cube] = []
        for cube in sorted(cubes, key=lambda one: (one.choices.bit_count(), one)):
            answers = cube.answers
            for other in kept:
                if answers & other == answers:
                    break
            else:
                kept.append(answers)
                found.append(cube)
                if len(found) > MOST_CUBES:
                    raise TooMany
        return tuple(found)

    def _verdict(self, ref: LeafRef | UnitRef, number: int | None) -> int:
        """The verdict as things are."""
        verdicts = self._verdicts
        if isinstance(ref, LeafRef):
            leaves = verdicts.event_leaves if number is None else verdicts.object_leaves[number]
            return leaves[ref.index]
        if ref.scope == "event":
            return verdicts.event[ref.index]
        return (verdicts.lifted if number is None else verdicts.objects[number])[ref.index]

    def _depends(self, ref: UnitRef, number: int | None) -> bool:
        """Whether any choice touches what a unit rests on."""
        key = (ref.scope, ref.index, number)
        found = self._touched.get(key)
        if found is None:
            cone = self._cones.of(ref)
            if number is not None:
                found = not self._indices.get(number, _NOTHING).isdisjoint(cone.objects)
            else:
                found = not (
                    self._indices.get(EVENT, _NOTHING).isdisjoint(cone.event)
                    and self._indices.get(NO_OBJECT, _NOTHING).isdisjoint(cone.kinds)
                    and all(
                        self._indices.get(place, _NOTHING).isdisjoint(cone.objects)
                        for place, _ in enumerate(self._verdicts.objects)
                    )
                )
            self._touched[key] = found
        return found


def _fits(verdict: int, bound: int, *, up: bool) -> bool:
    return verdict >= bound if up else verdict <= bound


def _places(bits: int) -> Iterator[int]:
    """The places of the bits that are set."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
