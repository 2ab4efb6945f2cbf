"""The same program run by the matcher: flags in, fired conjunctions out, stratum by stratum.

Every formula becomes two positive formulas, "definitely true" and "definitely false", over flags; the conjunctions that
fire are the witnesses from which strength is read. The matcher never sees a value, a date or a law.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from operator import itemgetter
from typing import Final, Self

from treatycheck.engine.matcher import Matcher
from treatycheck.engine.program import All, Any, Formula, LeafRef, Not, Program, Unit, UnitRef
from treatycheck.errors import DefectError, TreatycheckError
from treatycheck.truth import CERTAIN, capped

MAX_CONJUNCTIONS: Final = 256
"""Largest normal form of one condition; a longer one is split into terms by its author."""

Literal = tuple[str, int, int]
"""Where the verdict is read (`l` leaf, `o` object unit, `e` event unit), its index, and the sign that is asked for."""

Conjunction = frozenset[Literal]


class FormTooLarge(TreatycheckError):  # noqa: N818 - says what is the case, not what went wrong
    """A condition has too many alternatives to be matched; the message names the unit."""


Source = tuple[str, int]
"""Where a verdict is read: `l` leaf, `o` object unit, `e` event unit, and its index."""

Flags = tuple[str, str]
"""The flags that are raised for a verdict: if it is true, if it is false."""


Proof = tuple[int, int, Callable[[Sequence[int]], tuple[int, ...]]]
"""Of a conjunction: the place of the unit it proves, true (1) or false (-1), and what reads the strengths it rests on."""


@dataclass(frozen=True, slots=True)
class _Stratum:
    """Units of one scope and level, each at its place with its cap and flags, and the conjunctions that prove them."""

    units: tuple[tuple[int, int, Flags], ...]
    proofs: tuple[Proof, ...]
    matcher: Matcher


@dataclass(frozen=True, slots=True)
class _Scope:
    """The strata of one scope over a row of verdicts: those that are given, with their flags, then those of its units.

    `start` is the row before anything is known of the units, but for those that hold whatever is given.
    """

    given: tuple[Flags, ...]
    start: tuple[int, ...]
    strata: tuple[_Stratum, ...]

    def decided(self, verdicts: list[int]) -> list[int]:
        """Return the verdicts of the units; `verdicts` are those that are given."""
        raised = {flags[verdict < 0] for verdict, flags in zip(verdicts, self.given, strict=True) if verdict}
        first = len(verdicts)
        found = [*verdicts, *self.start]
        strengths = [*map(abs, found)]
        for stratum in self.strata:
            proofs = stratum.proofs
            for number in stratum.matcher.match(raised):
                place, rail, read = proofs[number]
                known = found[place] * rail
                if known < 0:
                    message = f"the matcher found unit {place - first} both true and false"
                    raise DefectError(message)
                weakest = min(read(strengths))
                if weakest > known:
                    found[place] = rail * weakest
            for place, cap, flags in stratum.units:
                if verdict := found[place]:
                    raised.add(flags[verdict < 0])
                    if cap < CERTAIN:
                        found[place] = verdict = capped(verdict, cap)
                    strengths[place] = abs(verdict)
        return found[first:]


class Durable:
    """Evaluates the units of a program with the matcher. One object per thread; close it when done."""

    name = "durable"

    def __init__(self, program: Program) -> None:
        leaves = [("l", index) for index, _ in enumerate(program.event_leaves)]
        objects = [("o", index) for index, _ in enumerate(program.object_units)]
        self._object = _scope([("l", index) for index, _ in enumerate(program.object_leaves)], program.object_units)
        self._event = _scope(leaves + objects, program.event_units)

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
    members: dict[int, list[tuple[int, int, Flags]]] = {}
    proofs: dict[int, list[Proof]] = {}
    conjunctions: dict[int, list[list[str]]] = {}
    for index, unit in enumerate(units):
        place = len(given) + index
        members.setdefault(unit.level, []).append((place, unit.cap, _flags(own[index])))
        for rail in (1, -1):
            for literals in map(sorted, normal_form(unit.formula, rail, unit.name)):
                if not literals:
                    start[index] = rail * CERTAIN
                    continue
                conjunctions.setdefault(unit.level, []).append(
                    [_flags((name, number))[sign < 0] for name, number, sign in literals]
                )
                # An item getter gives a tuple from two items on; which of them is there twice does not matter.
                read = itemgetter(*[places[name, number] for name, number, _ in (*literals, literals[0])])
                proofs.setdefault(unit.level, []).append((place, rail, read))
    strata = tuple(
        _Stratum(tuple(members[level]), tuple(proofs.get(level, ())), Matcher(conjunctions.get(level, ())))
        for level in sorted(members)
    )
    return _Scope(tuple(map(_flags, given)), tuple(start), strata)


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
        case All(parts) | Any(parts):
            forms = [normal_form(part, rail, name) for part in parts]
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
