"""The same program run by the matcher: flags in, fired conjunctions out, stratum by stratum.

Every formula becomes two positive formulas, "definitely true" and "definitely false", over flags; the conjunctions that
fire are the witnesses from which strength is read. The matcher never sees a value, a date or a law.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from operator import itemgetter
from typing import Final, Self

from treatycheck.engine.matcher import Matcher
from treatycheck.engine.units import Any, Formula, LeafRef, Not, Unit, UnitRef, Units
from treatycheck.errors import DefectError, TreatycheckError
from treatycheck.truth import CERTAIN, capped

MAX_CONJUNCTIONS: Final = 256
"""Largest normal form of one condition; a longer one is split into terms by its author."""

Source = tuple[str, int]
"""Where a verdict is read: `l` leaf, `o` object unit, `e` event unit, and its index."""

Literal = tuple[str, int, int]
"""A source, and the sign that its verdict is asked to have."""

Conjunction = frozenset[Literal]

Flags = tuple[str, str]
"""The flags that are raised for a verdict: if it is true, if it is false."""


class FormTooLarge(TreatycheckError):  # noqa: N818 - says what is the case, not what went wrong
    """A condition has too many alternatives to be matched; the message names the unit."""


@dataclass(frozen=True, slots=True)
class _Stratum:
    """Units of one scope and level, with what proves them, by places in the row of verdicts.

    `sources` are the verdicts that raise flags, and `proofs` stand beside the matcher's conjunctions: the place of the
    unit that each proves true (1) or false (-1), and what reads the verdicts it rests on. A conjunction of a single
    flag leaves nothing to match; `single` has for each the place and sign it asks for, and what it proves. `caps` are
    the places of units that are limited, and to which strength.
    """

    sources: tuple[tuple[int, Flags], ...]
    matcher: Matcher
    proofs: tuple[tuple[int, int, Callable[[Sequence[int]], tuple[int, ...]]], ...]
    single: tuple[tuple[int, int, int, int], ...]
    caps: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Scope:
    """The strata of one scope over a row of verdicts: first those that are given, then those of its units.

    `start` is what is known of the units from the beginning: nothing, unless they hold whatever is given.
    """

    start: tuple[int, ...]
    strata: tuple[_Stratum, ...]

    def decided(self, given: list[int]) -> list[int]:
        """Return the verdicts of the units."""
        row = [*given, *self.start]
        for stratum in self.strata:
            for source, sign, place, rail in stratum.single:
                weight = row[source] * sign
                if weight > 0 and weight > row[place] * rail:
                    _refuse_contradiction(row[place] * rail, place - len(given))
                    row[place] = weight * rail
            raised = [flags[verdict < 0] for place, flags in stratum.sources if (verdict := row[place])]
            for number in stratum.matcher.match(raised):
                place, rail, read = stratum.proofs[number]
                weight = min(map(abs, read(row)))
                if weight > row[place] * rail:
                    _refuse_contradiction(row[place] * rail, place - len(given))
                    row[place] = weight * rail
            for place, cap in stratum.caps:
                row[place] = capped(row[place], cap)
        return row[len(given) :]


def _refuse_contradiction(known: int, unit: int) -> None:
    """Raise `DefectError` if what is known of a unit is the opposite of what has just been proved."""
    if known < 0:
        message = f"the matcher found unit {unit} both true and false"
        raise DefectError(message)


class Durable:
    """Evaluates the units of a program with the matcher. One object per thread; close it when done."""

    name = "durable"

    def __init__(self, units: Units) -> None:
        leaves = [("l", index) for index in range(units.event_leaves)]
        objects = [("o", index) for index, _ in enumerate(units.object_units)]
        self._object = _scope([("l", index) for index in range(units.object_leaves)], units.object_units)
        self._event = _scope(leaves + objects, units.event_units)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def decide_object(self, leaves: Sequence[int]) -> list[int]:
        """The verdicts of all object units for one object."""
        return self._object.decided([*leaves])

    def decide_event(self, leaves: Sequence[int], objects: Sequence[int]) -> list[int]:
        """The verdicts of all event units; `objects` says of each object unit whether it holds for any object."""
        return self._event.decided([*leaves, *objects])

    def close(self) -> None:
        """Release the native rulesets."""
        for stratum in self._object.strata + self._event.strata:
            stratum.matcher.close()


def _scope(given: Sequence[Source], units: Sequence[Unit]) -> _Scope:
    own = [(unit.scope[0], index) for index, unit in enumerate(units)]
    places = {source: place for place, source in enumerate([*given, *own])}
    start = [0] * len(units)
    strata = []
    for level in sorted({unit.level for unit in units}):
        conjunctions: list[list[str]] = []
        proofs = []
        single = []
        used: dict[Source, Flags] = {}
        for index, unit in enumerate(units):
            for rail in (1, -1) if unit.level == level else ():
                for literals in map(sorted, normal_form(unit.formula, rail, unit.name)):
                    read = [places[name, number] for name, number, _ in literals]
                    if not literals:
                        start[index] = rail * CERTAIN
                    elif len(literals) == 1:
                        single.append((read[0], literals[0][2], places[own[index]], rail))
                    else:
                        used |= {(name, number): _flags((name, number)) for name, number, _ in literals}
                        conjunctions.append([used[name, number][sign < 0] for name, number, sign in literals])
                        proofs.append((places[own[index]], rail, itemgetter(*read)))
        caps = [
            (places[source], unit.cap)
            for source, unit in zip(own, units, strict=True)
            if unit.level == level and unit.cap < CERTAIN
        ]
        sources = [(places[source], flags) for source, flags in used.items()]
        strata.append(_Stratum(tuple(sources), Matcher(conjunctions), tuple(proofs), tuple(single), tuple(caps)))
    return _Scope(tuple(start), tuple(strata))


def _flags(source: Source) -> Flags:
    name = f"{source[0]}{source[1]}"
    return f"{name}t", f"{name}f"


def normal_form(formula: Formula, rail: int, name: str = "") -> frozenset[Conjunction]:
    """The conjunctions of literals that make a formula definitely true (`rail` 1) or definitely false (-1).

    Raises `FormTooLarge` when there are more than `MAX_CONJUNCTIONS`.
    """
    match formula:
        case LeafRef(index):
            return frozenset({frozenset({("l", index, rail)})})
        case UnitRef(scope, index):
            return frozenset({frozenset({(scope[0], index, rail)})})
        case Not(part):
            return normal_form(part, -rail, name)
    forms = [normal_form(part, rail, name) for part in formula.parts]
    if isinstance(formula, Any) == (rail > 0):
        joined = _without_supersets(set().union(*forms))
    else:
        size = 1
        for form in forms:
            size *= len(form)
        if size > MAX_CONJUNCTIONS**2:
            raise FormTooLarge(_too_large(name))
        joined = _without_supersets({frozenset[Literal]().union(*chosen) for chosen in product(*forms)})
    if len(joined) > MAX_CONJUNCTIONS:
        raise FormTooLarge(_too_large(name))
    return joined


def _too_large(name: str) -> str:
    return f"the condition of `{name}` has more than {MAX_CONJUNCTIONS} alternatives"


def _without_supersets(conjunctions: set[Conjunction]) -> frozenset[Conjunction]:
    """Drop what another conjunction already implies, and what can never hold."""
    possible = [one for one in conjunctions if not any((source, index, -sign) in one for source, index, sign in one)]
    kept: list[Conjunction] = []
    for one in sorted(possible, key=len):
        if not any(other <= one for other in kept):
            kept.append(one)
    return frozenset(kept)
