"""The same program run by the matcher: flags in, fired conjunctions out, stratum by stratum.

Every formula becomes two positive formulas, "definitely true" and "definitely false", over flags; the conjunctions that
fire are the witnesses from which strength is read. The matcher never sees a value, a date or a law.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Self

from treatycheck.engine.matcher import Matcher
from treatycheck.engine.program import All, Any, Formula, LeafRef, Not, Program, Unit, UnitRef
from treatycheck.errors import DefectError, TreatycheckError
from treatycheck.truth import capped

MAX_CONJUNCTIONS: Final = 256
"""Largest normal form of one condition; a longer one is split into terms by its author."""

Literal = tuple[str, int, int]
"""Where the verdict is read (`l` leaf, `o` object unit, `e` event unit), its index, and the sign that is asked for."""

Conjunction = frozenset[Literal]


class FormTooLarge(TreatycheckError):  # noqa: N818 - says what is the case, not what went wrong
    """A condition has too many alternatives to be matched; the message names the unit."""


@dataclass(frozen=True, slots=True)
class _Stratum:
    """Units of one scope and level, with the conjunctions that prove each true (+1) or false (-1)."""

    units: tuple[tuple[int, Unit], ...]
    conjunctions: tuple[tuple[int, int, tuple[Literal, ...]], ...]
    literals: tuple[tuple[Literal, str], ...]
    matcher: Matcher


class Durable:
    """Evaluates the units of a program with the matcher. One object per thread; close it when done."""

    name = "durable"

    def __init__(self, program: Program) -> None:
        self._object = _strata(program.object_units)
        self._event = _strata(program.event_units)
        self._sizes = len(program.object_units), len(program.event_units)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def decide_object(self, leaves: Sequence[int]) -> list[int]:
        """The verdicts of all object units for one object."""
        verdicts = [0] * self._sizes[0]
        for stratum in self._object:
            _match(stratum, {"l": leaves, "o": verdicts}, verdicts)
        return verdicts

    def decide_event(self, leaves: Sequence[int], objects: Sequence[int]) -> list[int]:
        """The verdicts of all event units; `objects` says of each object unit whether it holds for any object."""
        verdicts = [0] * self._sizes[1]
        for stratum in self._event:
            _match(stratum, {"l": leaves, "o": objects, "e": verdicts}, verdicts)
        return verdicts

    def close(self) -> None:
        """Release the native rulesets."""
        for stratum in self._object + self._event:
            stratum.matcher.close()


def _match(stratum: _Stratum, sources: dict[str, Sequence[int]], verdicts: list[int]) -> None:
    raised = [flag for (source, index, sign), flag in stratum.literals if sources[source][index] * sign > 0]
    best: dict[tuple[int, int], int] = {}
    for number in stratum.matcher.match(raised):
        unit, rail, literals = stratum.conjunctions[number]
        weakest = min([abs(sources[source][index]) for source, index, _ in literals])
        if weakest > best.get((unit, rail), 0):
            best[unit, rail] = weakest
    for (unit, rail), strength in best.items():
        if (unit, -rail) in best:
            message = f"the matcher found unit {unit} both true and false"
            raise DefectError(message)
        verdicts[unit] = rail * strength
    for index, unit_ in stratum.units:
        verdicts[index] = capped(verdicts[index], unit_.cap)


def _strata(units: Sequence[Unit]) -> tuple[_Stratum, ...]:
    levels = sorted({unit.level for unit in units})
    return tuple(
        _stratum(tuple((index, unit) for index, unit in enumerate(units) if unit.level == level)) for level in levels
    )


def _stratum(units: tuple[tuple[int, Unit], ...]) -> _Stratum:
    conjunctions: list[tuple[int, int, tuple[Literal, ...]]] = []
    for index, unit in units:
        for rail in (1, -1):
            conjunctions += [(index, rail, tuple(sorted(one))) for one in normal_form(unit.formula, rail, unit.name)]
    used = sorted({literal for _, _, literals in conjunctions for literal in literals})
    flags = {literal: _flag(literal) for literal in used}
    matcher = Matcher([[flags[literal] for literal in literals] for _, _, literals in conjunctions])
    return _Stratum(units, tuple(conjunctions), tuple(flags.items()), matcher)


def _flag(literal: Literal) -> str:
    source, index, sign = literal
    return f"{source}{index}{'t' if sign > 0 else 'f'}"


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
