"""Which facts, answered otherwise, would give a formula another verdict: the smallest sets of them, exactly.

A *choice* is a fact that may be left as it is or answered in one of several ways, each of which gives verdicts to some
leaves. What would make a verdict at least (or at most) something is computed as cubes: for each choice, which of its
answers will not do. Knows formulas, verdicts and choices; what the facts are is for others to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Final

from treatycheck.engine.program import All, Formula, LeafRef, Not, UnitRef
from treatycheck.explain.cones import EVENT, NO_OBJECT, Cones, Place, Touched
from treatycheck.explain.trace import Verdicts

MOST_CUBES: Final = 64
"""With more alternatives than this side by side the search stops."""


class TooMany(Exception):  # noqa: N818 - says what is the case, not what went wrong
    """There are more alternatives than are looked through."""


class Choice:
    """A fact that may be answered otherwise: for each answer, the verdicts it gives (-4..4) by place."""

    __slots__ = ("answers", "at")

    def __init__(self, answers: Sequence[Mapping[Place, int]]) -> None:
        self.answers = tuple(answers)
        touched = dict.fromkeys(place for answer in answers for place in answer)
        self.at = {place: tuple([answer.get(place) for answer in answers]) for place in touched}
        """For each place that any answer touches, the verdict by each answer, None by one that leaves it as it is."""


Cube = int
"""Which answers to each choice will *not* do, as bits: each choice has a field of its own, with a guard bit above it.

The lowest bit of a field stands for leaving the choice as it is. A field without a bit says nothing of its choice; one
with all of them leaves nothing to choose. Adding 1 to a field carries into its guard only where all bits are set, and
adding all bits only where any is set, so that all fields are asked at once.
"""

Cubes = tuple[Cube, ...]
"""Any of these will do; none means never."""

NEVER: Final[Cubes] = ()
ALWAYS: Final[Cubes] = (0,)


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
        self._fields: list[int] = []
        self._index: dict[int, int] = {}
        self._guarded: dict[int, int] = {}
        bits = 0
        for index, choice in enumerate(choices):
            width = len(choice.answers) + 1
            self._starts.append(bits)
            self._fields.append((1 << width) - 1 << bits)
            self._index[1 << bits] = index
            self._guarded[1 << bits + width] = self._fields[-1]
            bits += width + 1
            for place, verdicts_there in choice.at.items():
                self._at.setdefault(place, []).append((index, verdicts_there))
        self._touched = Touched(Cones(verdicts.program) if cones is None else cones, verdicts, self._at)
        self._as_is = sum(self._index)
        self._every = sum(self._fields)
        self._guards = self._every + self._as_is
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
        return told and (ref.scope == "event" or number is not None) and self._touched.holds(ref, number)

    def both(self, ways: Iterable[Cubes]) -> Cubes:
        """What makes all of several things so. Raises `TooMany`."""
        conditions = [cubes for cubes in ways if cubes is not ALWAYS]
        if not all(conditions):
            return NEVER
        joined = ALWAYS
        for cubes in sorted(conditions, key=len):
            if joined is ALWAYS:
                joined = cubes
                continue
            if len(joined) * len(cubes) > MOST_CUBES * MOST_CUBES:
                raise TooMany
            joined = self._absorbed(self._merged(joined, cubes))
        return joined

    def either(self, ways: Iterable[Cubes]) -> Cubes:
        """What makes one of several things so. Raises `TooMany`."""
        possible = [cubes for cubes in ways if cubes]
        if len(possible) < 2:  # noqa: PLR2004 - nothing to join
            return possible[0] if possible else NEVER
        if any(cubes is ALWAYS for cubes in possible):
            return ALWAYS
        return self._absorbed({cube for cubes in possible for cube in cubes})

    def apart(self, ways: Iterable[Cubes]) -> tuple[Cubes, ...]:
        """What makes all of several things so, in parts that have no choice in common. Raises `TooMany`."""
        parts: list[tuple[int, list[Cubes]]] = []
        for cubes in ways:
            if not cubes:
                return (NEVER,)
            touched, joined = self._choices(reduce(or_, cubes)), [cubes]
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

    def smallest(self, cubes: Cubes) -> list[tuple[tuple[int, int], ...]]:
        """The sets of choices that have to be answered, none of which contains another.

        Each choice of a set comes by its index with the answers that will do, as bits: bit n for the n-th from 0. A set
        comes more than once where what will do for one of its choices depends on how another is answered.
        """
        sets: dict[int, set[Cube]] = {}
        for cube in cubes:
            sets.setdefault(cube & self._as_is, set()).add(cube)
        found: list[tuple[tuple[int, int], ...]] = []
        for one, same in sets.items():
            if not any(other != one and other & one == other for other in sets):
                indices = [self._index[bit] for bit in _bits(one)]
                # What is said of choices that are left as they are is of no account any more.
                kept = sum(self._fields[index] for index in indices)
                found += [
                    tuple((index, self._will_do(cube, index)) for index in indices)
                    for cube in self._joined({cube & kept for cube in same})
                ]
        return sorted(found, key=lambda chosen: (len(chosen), chosen))

    def _joined(self, cubes: set[Cube]) -> set[Cube]:
        """The same cubes, those as one that differ in their answers to a single choice."""
        for bit in _bits(self._choices(reduce(or_, cubes, 0))):
            field = self._guarded[bit]
            groups: dict[int, Cube] = {}
            for cube in cubes:
                rest = cube | field
                groups[rest] = groups.get(rest, rest) & cube
            if len(groups) < len(cubes):
                cubes = set(groups.values())
        return cubes

    def _choices(self, cube: Cube) -> int:
        """The choices of which a cube says anything, each as its guard bit."""
        return cube + self._every & self._guards

    def _will_do(self, cube: Cube, index: int) -> int:
        """The answers to a choice that will do, as bits, without leaving it as it is."""
        return (~cube & self._fields[index]) >> self._starts[index] + 1

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
                        self._verdicts.of(formula, number),
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
        if not self._touched.holds(ref, number):
            return ALWAYS if _fits(self._verdicts.of(ref, number), bound, up=up) else NEVER
        if ref.scope == "object" and number is None:
            each = self._lifted(ref, bound, up=up)
            return self.either(each) if up else self.both(each)
        unit = self._verdicts.program.unit(ref)
        # A unit is never above its cap, nor below the opposite.
        if _fits(-unit.cap if up else unit.cap, bound, up=up):
            return ALWAYS
        if not _fits(unit.cap if up else -unit.cap, bound, up=up):
            return NEVER
        return self._cubes(unit.formula, bound, number, up=up)

    def _lifted(self, ref: UnitRef, bound: int, *, up: bool) -> list[Cubes]:
        """What gives an object unit such a verdict for each object; without any, for the one there may be."""
        if not self._verdicts.objects:
            return [self._leaf((NO_OBJECT, ref.index), self._verdicts.of(ref, None), bound, up=up)]
        return [self._cubes(ref, bound, place, up=up) for place, _ in enumerate(self._verdicts.objects)]

    def _leaf(self, place: Place, verdict: int, bound: int, *, up: bool) -> Cubes:
        fits = _fits(verdict, bound, up=up)
        choices = self._at.get(place)
        if not choices:
            return ALWAYS if fits else NEVER
        cubes: set[Cube] = set()
        for index, answers in choices:
            will_do = int(fits)
            for bit, answer in enumerate(answers, 1):
                there = verdict if answer is None else answer
                will_do |= (there >= bound if up else there <= bound) << bit
            if not will_do:
                continue
            cube = self._fields[index] & ~(will_do << self._starts[index])
            # Two choices that touch one leaf are not answered together.
            for other, _ in choices:
                if other != index:
                    cube |= self._fields[other] & ~self._as_is
            if self._within(cube):
                cubes.add(cube)
        return ALWAYS if 0 in cubes else self._absorbed(cubes)

    def _merged(self, some: Cubes, others: Cubes) -> set[Cube]:
        """What one cube of each asks for, without what is excluded or asks for too many facts."""
        low, guards, limit = self._as_is, self._guards, self._limit
        merged = {both for one in some for other in others if not ((both := one | other) + low) & guards}
        return merged if limit is None else {cube for cube in merged if (cube & low).bit_count() <= limit}

    def _within(self, cube: Cube) -> bool:
        return self._limit is None or (cube & self._as_is).bit_count() <= self._limit

    def _absorbed(self, cubes: set[Cube]) -> Cubes:
        """The cubes without those that ask for more than another. Raises `TooMany`."""
        if len(cubes) < 2:  # noqa: PLR2004 - nothing to compare
            return tuple(cubes)
        if len(cubes) > MOST_CUBES:
            cubes = self._joined(cubes)
        found: list[Cube] = []
        # What is contained in a cube has fewer bits.
        for cube in sorted(cubes, key=lambda one: (one.bit_count(), one)):
            for other in found:
                if cube & other == other:
                    break
            else:
                found.append(cube)
                if len(found) > MOST_CUBES:
                    raise TooMany
        return tuple(found)


def _fits(verdict: int, bound: int, *, up: bool) -> bool:
    return verdict >= bound if up else verdict <= bound


def _bits(bits: int) -> Iterator[int]:
    """The bits that are set, each by itself."""
    while bits:
        low = bits & -bits
        yield low
        bits ^= low
