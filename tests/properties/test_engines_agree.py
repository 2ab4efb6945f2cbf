"""Random programs on random verdicts: the reference, the matcher and a naive evaluator must all say the same.

The naive evaluator below knows no numbers below zero, no order of units and no sharing: it follows the words of the
semantics on pairs of truth and strength. For a long campaign set the number of examples in the environment:

    TREATYCHECK_EXAMPLES=10000 pytest tests/properties/test_engines_agree.py
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from treatycheck.engine.agreement import Panel
from treatycheck.engine.durable import Durable
from treatycheck.engine.matcher import available
from treatycheck.engine.reference import Reference
from treatycheck.engine.units import All, Any, Formula, LeafRef, Not, Scope, Unit, UnitRef, Units

EXAMPLES = int(os.environ.get("TREATYCHECK_EXAMPLES", "1000"))

campaign = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
needs_matcher = pytest.mark.skipif(available() is not None, reason=str(available()))


@dataclass(frozen=True)
class Case:
    """Units, and verdicts for their leaves: of each object, and of the event."""

    units: Units
    objects: tuple[tuple[int, ...], ...]
    event: tuple[int, ...]


class Tape:
    """Choices read from random bytes: a hundred times faster than one strategy for each, and shorter is simpler."""

    def __init__(self, choices: bytes) -> None:
        self.choices = iter(choices)

    def below(self, limit: int) -> int:
        return next(self.choices, 0) % limit

    def verdicts(self, size: int) -> tuple[int, ...]:
        return tuple((0, 4, -4, 3, -3, 2, -2, 1, -1)[self.below(9)] for _ in range(size))

    def formula(self, refs: Sequence[Formula], depth: int = 3) -> Formula:
        """A formula over some references, empty conjunctions and disjunctions included."""
        kind = self.below(6) if depth else 0
        if kind < 2:
            return refs[self.below(len(refs))]
        if kind == 2:
            return Not(self.formula(refs, depth - 1))
        parts = tuple(self.formula(refs, depth - 1) for _ in range((2, 3, 1, 2, 3, 0)[self.below(6)]))
        return All(parts) if self.below(2) else Any(parts)

    def unit(self, scope: Scope, refs: Sequence[Formula], known: Sequence[Unit]) -> Unit:
        formula = self.formula(refs)
        return Unit(f"{scope} {len(known)}", scope, formula, 4 - self.below(8) % 5 % 4, level(formula, scope, known))

    def case(self) -> Case:
        object_leaves, event_leaves = 1 + self.below(4), 1 + self.below(4)
        refs: list[Formula] = [LeafRef(index) for index in range(object_leaves)]
        objects: list[Unit] = []
        for index in range(self.below(6)):
            objects.append(self.unit("object", refs, objects))
            refs.append(UnitRef("object", index))
        refs = [LeafRef(index) for index in range(event_leaves)]
        refs += [UnitRef("object", index) for index, _ in enumerate(objects)]
        events: list[Unit] = []
        for index in range(1 + self.below(6)):
            events.append(self.unit("event", refs, events))
            refs.append(UnitRef("event", index))
        return Case(
            Units(object_leaves, event_leaves, tuple(objects), tuple(events)),
            tuple(self.verdicts(object_leaves) for _ in range(self.below(4))),
            self.verdicts(event_leaves),
        )


def level(formula: Formula, scope: Scope, units: Sequence[Unit]) -> int:
    match formula:
        case LeafRef():
            return 0
        case UnitRef(of, index):
            return units[index].level + 1 if of == scope else 0
        case Not(part):
            return level(part, scope, units)
        case All(parts) | Any(parts):
            return max((level(part, scope, units) for part in parts), default=0)


cases = st.binary(min_size=100, max_size=300).map(lambda choices: Tape(choices).case())
rows = st.lists(st.tuples(*[st.integers(-4, 4)] * 4), min_size=2, max_size=5)


# The semantics in words: None is unknown, else whether it holds and how strongly.

Pair = tuple[bool, int] | None


def pair(verdict: int) -> Pair:
    return None if verdict == 0 else (verdict > 0, abs(verdict))


def turned(value: Pair) -> Pair:
    return None if value is None else (not value[0], value[1])


def some(values: list[Pair]) -> Pair:
    """True as strongly as the strongest true one; else unknown if one is; else as weakly false as the weakest."""
    true = [value[1] for value in values if value is not None and value[0]]
    if true:
        return True, max(true)
    if None in values:
        return None
    return False, min([value[1] for value in values if value is not None], default=4)


def every(values: list[Pair]) -> Pair:
    """What De Morgan makes of it: no part fails."""
    return turned(some([turned(value) for value in values]))


@dataclass(frozen=True)
class Naive:
    """Works a unit out from its formula whenever it is asked for it."""

    case: Case

    def unit(self, ref: UnitRef, number: int | None) -> Pair:
        if ref.scope == "object" and number is None:
            each = [self.unit(ref, number) for number, _ in enumerate(self.case.objects)]
            return some(each) if each else None
        units = self.case.units.object_units if ref.scope == "object" else self.case.units.event_units
        found = self.value(units[ref.index].formula, number)
        return None if found is None else (found[0], min(found[1], units[ref.index].cap))

    def value(self, formula: Formula, number: int | None) -> Pair:
        match formula:
            case LeafRef(index):
                return pair((self.case.event if number is None else self.case.objects[number])[index])
            case UnitRef():
                return self.unit(formula, number)
            case Not(part):
                return turned(self.value(part, number))
            case All(parts):
                return every([self.value(part, number) for part in parts])
            case Any(parts):
                return some([self.value(part, number) for part in parts])

    def answers(self) -> tuple[list[list[Pair]], list[Pair]]:
        objects = [UnitRef("object", index) for index, _ in enumerate(self.case.units.object_units)]
        events = [UnitRef("event", index) for index, _ in enumerate(self.case.units.event_units)]
        each = [[self.unit(ref, number) for ref in objects] for number, _ in enumerate(self.case.objects)]
        return each, [self.unit(ref, None) for ref in events]


def answers(case: Case, engine: Reference | Durable) -> tuple[list[list[Pair]], list[Pair]]:
    each = [engine.decide_object(leaves) for leaves in case.objects]
    lifted = [max(column) for column in zip(*each, strict=True)] if each else [0] * len(case.units.object_units)
    event = engine.decide_event(case.event, lifted)
    return [[pair(verdict) for verdict in one] for one in each], [pair(verdict) for verdict in event]


@campaign
@given(cases)
def test_the_reference_does_what_the_words_say(case: Case) -> None:
    assert Naive(case).answers() == answers(case, Reference(case.units))


@needs_matcher
@campaign
@given(cases)
def test_the_matcher_does_what_the_words_say(case: Case) -> None:
    with Durable(case.units) as engine:
        assert Naive(case).answers() == answers(case, engine)


@needs_matcher
@campaign
@given(cases)
def test_both_engines_agree_and_a_panel_lifts_its_objects(case: Case) -> None:
    naive = Naive(case)
    with Panel(case.units) as panel:
        _, lifted = panel.decide_objects(case.objects)
        event = panel.decide_event(case.event, lifted)
    refs = [UnitRef("object", index) for index, _ in enumerate(case.units.object_units)]
    assert [naive.unit(ref, None) for ref in refs] == [pair(verdict) for verdict in lifted]
    assert naive.answers()[1] == [pair(verdict) for verdict in event]


def test_the_cases_have_what_they_are_to_try() -> None:
    random = Random(0)  # noqa: S311 - nothing secret is drawn
    found = [Tape(random.randbytes(300)).case() for _ in range(300)]
    units = [unit for case in found for unit in (*case.units.object_units, *case.units.event_units)]
    refs = {type(unit.formula) for unit in units}
    assert ({1, 2, 3, 4}, True, {All, Any, Not, LeafRef, UnitRef}) == (
        {unit.cap for unit in units},
        max(unit.level for unit in units) >= 3,
        refs,
    )
    assert {0, 1, 2, 3} == {len(case.objects) for case in found}


@needs_matcher
@campaign
@given(cases, rows)
def test_an_answer_does_not_depend_on_what_was_asked_before(case: Case, others: list[tuple[int, ...]]) -> None:
    lifted = [0] * len(case.units.object_units)
    with Durable(case.units) as used, Durable(case.units) as fresh:
        for leaves in others:
            used.decide_event(leaves[: len(case.event)], lifted)
        assert fresh.decide_event(case.event, lifted) == used.decide_event(case.event, lifted)
