"""The smallest sets of answers against brute force: every set suffices, none of its parts does, and none is missed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.properties.flights import flights
from tests.properties.test_proof_properties import AS_OF, TESTS, widened
from tests.properties.test_worlds_properties import programs

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Dossier
from treatycheck.check import Decided, decide_event
from treatycheck.engine.agreement import Panel
from treatycheck.engine.compile import Compiler, chosen_positions
from treatycheck.engine.outcomes import FLAGGED, Outcome, conclude
from treatycheck.engine.program import Program
from treatycheck.engine.reference import Reference
from treatycheck.engine.units import All, Any, LeafRef, Unit, UnitRef, Units
from treatycheck.explain.alternatives import Law
from treatycheck.explain.answers import Answers, Choice, TooMany
from treatycheck.explain.choices import OpenFact
from treatycheck.explain.cones import EVENT, NO_OBJECT, Place
from treatycheck.explain.insight import Insights
from treatycheck.explain.proof import invoked
from treatycheck.explain.settle import Group
from treatycheck.explain.trace import Verdicts
from treatycheck.rulebook.conditions import FactTest
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

MOST_FACTS = 3
"""Brute force tries sets of so many facts; what is found of more is only tried itself."""

verdicts = st.integers(-4, 4)


def decided(
    program: Program, event: Sequence[int], objects: Sequence[Sequence[int]], lifted: Mapping[int, int]
) -> Verdicts:
    """All verdicts by the reference evaluator; `lifted` are those of object units of an event without objects."""
    reference = Reference(program.units)
    each = [reference.decide_object(leaves) for leaves in objects]
    over = [*map(max, zip(*each, strict=True))] if each else [0] * len(program.object_units)
    over = [lifted.get(index, verdict) for index, verdict in enumerate(over)]
    return Verdicts(program, objects, each, over, event, reference.decide_event(event, over))


def answered(before: Verdicts, given_: Sequence[Mapping[Place, int]]) -> Verdicts:
    """The verdicts after some answers."""
    event = list(before.event_leaves)
    objects = [list(leaves) for leaves in before.object_leaves]
    lifted: dict[int, int] = {}
    for answer in given_:
        for (number, index), verdict in answer.items():
            if number == EVENT:
                event[index] = verdict
            elif number == NO_OBJECT:
                lifted[index] = verdict
            else:
                objects[number][index] = verdict
    return decided(before.program, event, objects, lifted)


# Formulas and choices made up


@dataclass(frozen=True)
class Posed:
    """Verdicts, choices that touch different leaves, and what is asked of which unit."""

    verdicts: Verdicts
    choices: tuple[Choice, ...]
    ref: UnitRef
    bound: int
    up: bool


@st.composite
def posed(draw: st.DrawFn) -> Posed:
    units: Units = draw(programs())
    asked = tuple(FactTest(f"event.{index}", "is", ("yes",)) for index in range(3))
    program = Program(asked, asked, units.object_units, units.event_units, (), {}, {})
    number = draw(st.integers(0, 2))
    leaves = st.lists(verdicts, min_size=3, max_size=3)
    before = decided(program, draw(leaves), [draw(leaves) for _ in range(number)], {})
    places: list[Place] = [(EVENT, index) for index in range(3)]
    places += [(one, index) for one in range(number) for index in range(3)]
    places = draw(st.permutations(places))[:4]
    choices = []
    while places:
        size = draw(st.integers(1, min(2, len(places))))
        touched, places = places[:size], places[size:]
        answers = draw(st.lists(st.fixed_dictionaries(dict.fromkeys(touched, verdicts)), min_size=1, max_size=3))
        choices.append(Choice(tuple(answers)))
    scope = draw(st.sampled_from(["event", "object"]))
    known = units.event_units if scope == "event" else units.object_units
    ref = UnitRef("event" if scope == "event" else "object", draw(st.integers(0, len(known) - 1)))
    return Posed(before, tuple(choices), ref, draw(st.integers(-4, 4)), draw(st.booleans()))


def holds(one: Posed, after: Verdicts) -> bool:
    verdict = after.weigh(one.ref, None).verdict
    return verdict >= one.bound if one.up else verdict <= one.bound


def tried(choices: Sequence[Choice], size: int) -> Iterator[tuple[frozenset[int], tuple[int, ...]]]:
    """Every way to answer so many of the choices: which, and by which of their answers."""
    for which in combinations(range(len(choices)), size):
        for answers in product(*(range(len(choices[index].answers)) for index in which)):
            yield frozenset(which), answers


@settings(max_examples=400, deadline=None)
@given(posed())
def test_the_smallest_sets_are_those_that_brute_force_finds(one: Posed) -> None:
    enough: set[frozenset[int]] = set()
    for size in range(len(one.choices) + 1):
        for which, answers in tried(one.choices, size):
            given_ = [one.choices[index].answers[place] for index, place in zip(sorted(which), answers, strict=True)]
            if not any(smaller <= which for smaller in enough) and holds(one, answered(one.verdicts, given_)):
                enough.add(which)
    search = Answers(one.verdicts, one.choices)
    conditions = search.conditions(one.ref, one.bound, up=one.up)
    parts = [search.smallest(part) for part in search.apart(conditions)]
    found = (
        {frozenset(index for chosen in sets for index, _ in chosen) for sets in product(*parts)}
        if all(parts)
        else set()
    )
    assert found == enough
    together = search.at_least(one.ref, one.bound) if one.up else search.at_most(one.ref, one.bound)
    assert {frozenset(index for index, _ in chosen) for chosen in search.smallest(together)} == enough


@settings(max_examples=400, deadline=None)
@given(posed())
def test_each_answer_that_is_told_to_do_does(one: Posed) -> None:
    search = Answers(one.verdicts, one.choices)
    cubes = search.at_least(one.ref, one.bound) if one.up else search.at_most(one.ref, one.bound)
    for chosen in search.smallest(cubes):
        masks = [[place for place in range(mask.bit_length()) if mask >> place & 1] for _, mask in chosen]
        assert all(masks)
        for answers in product(*masks):
            given_ = [one.choices[index].answers[place] for (index, _), place in zip(chosen, answers, strict=True)]
            assert holds(one, answered(one.verdicts, given_))


@settings(max_examples=200, deadline=None)
@given(posed(), st.integers(0, 2))
def test_a_limit_leaves_out_the_larger_sets_and_no_other(one: Posed, limit: int) -> None:
    def found(search: Answers) -> set[frozenset[int]]:
        cubes = search.at_least(one.ref, one.bound) if one.up else search.at_most(one.ref, one.bound)
        return {frozenset(index for index, _ in chosen) for chosen in search.smallest(cubes)}

    every = found(Answers(one.verdicts, one.choices))
    assert found(Answers(one.verdicts, one.choices, limit)) == {one for one in every if len(one) <= limit}


# Findings on generated events


class Desk:
    """What a test works on; not a tuple, as a failing example would be printed with all of it."""

    def __init__(self, rulebook: Rulebook, dossier: Dossier, program: Program, law: Law, panel: Panel) -> None:
        self.parts = (rulebook, dossier, program, law, panel)


@pytest.fixture(scope="module", params=["plain", "widened"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("answers")
    shutil.copytree(TESTS / "good", folder, dirs_exist_ok=True)
    shutil.copy(TESTS.parent / "rules" / "wording.yaml", folder / "rules")
    rulebook = load_rulebook(folder / "rules")
    dossier = load_casefile([folder / "case"], rulebook).dossiers[0]
    wide = widened(rulebook) if request.param == "widened" else rulebook
    compiler = Compiler(wide, chosen_positions(wide, {"night_kites": "night"}))
    program = compiler.program()
    law = Law(program, compiler.opened().program(), {})
    with Panel(program.units, "reference") as panel:
        yield Desk(wide, dossier, program, law, panel)


def undetermined(desk: Desk, given_: Mapping[str, object]) -> Iterator[tuple[Decided, Insights]]:
    rulebook, dossier, program, law, panel = desk.parts
    event = replace(dossier.events[0], **given_)  # type: ignore[arg-type]
    for one in decide_event(rulebook, program, panel, dossier, event, AS_OF):
        if one.conclusion.outcome is Outcome.UNDETERMINED:
            yield one, Insights(one.evidence, one.facts, one.bearer, [(one.rule, one.conclusion)], law)


def outcome(one: Decided, insights: Insights, given_: Sequence[Mapping[Place, int]]) -> Outcome:
    """What the reference evaluator and the table of outcomes say after some answers."""
    after = answered(one.evidence.verdicts, given_)
    return conclude(
        one.rule,
        after.lifted,
        after.event,
        effect=insights.effect,
        standing="",
        readable=one.facts.readable,
        invoked=invoked(one.evidence, one.rule),
    ).outcome


def apart(facts: Sequence[OpenFact]) -> bool:
    """Whether no two facts touch one leaf: such are not answered together."""
    touched = [{place for answer in fact.answers for place in answer.verdicts} for fact in facts]
    return all(one.isdisjoint(other) for one, other in combinations(touched, 2))


def sets_of(groups: Sequence[Group]) -> Iterator[frozenset[int]]:
    for chosen in product(*groups):
        yield frozenset(index for one in chosen for index, _ in one)


some = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@some
@given(flights())
def test_what_settles_a_finding_is_what_brute_force_finds(desk: Desk, given_: dict[str, object]) -> None:
    for one, insights in undetermined(desk, given_):
        facts, settling, fully = insights.search(one.rule, one.conclusion)
        assume(fully)
        smallest: dict[bool, set[frozenset[int]]] = {True: set(), False: set()}
        for size in range(1, min(MOST_FACTS, len(facts)) + 1):
            for which in combinations(range(len(facts)), size):
                if not apart([facts[index] for index in which]):
                    continue
                for answers in product(*(facts[index].answers for index in which)):
                    found = outcome(one, insights, [answer.verdicts for answer in answers])
                    key = found in FLAGGED
                    if found is not Outcome.UNDETERMINED and not any(less <= set(which) for less in smallest[key]):
                        smallest[key].add(frozenset(which))
        for flagged, expected in smallest.items():
            told = [sets for each in settling if each.flagged == flagged for sets in sets_of(each.groups)]
            assert {sets for sets in told if len(sets) <= MOST_FACTS} == expected


@some
@given(flights())
def test_every_set_that_is_told_settles_a_finding_and_no_part_of_it_does(desk: Desk, given_: dict[str, object]) -> None:
    for one, insights in undetermined(desk, given_):
        opened, settling, _ = insights.search(one.rule, one.conclusion)
        for each in settling:
            flagged = each.flagged
            for chosen in list(product(*each.groups))[:8]:
                facts = [(opened[index], mask) for part in chosen for index, mask in part]
                first = [fact.answers[(mask & -mask).bit_length() - 1].verdicts for fact, mask in facts]
                assert (outcome(one, insights, first) in FLAGGED) == flagged
                assert outcome(one, insights, first) is not Outcome.UNDETERMINED
                for left_out in range(len(facts)):
                    rest = [fact for place, (fact, _) in enumerate(facts) if place != left_out]
                    for answers in product(*(fact.answers for fact in rest)):
                        found = outcome(one, insights, [answer.verdicts for answer in answers])
                        assert found is Outcome.UNDETERMINED or (found in FLAGGED) != flagged


def test_a_search_that_would_not_end_stops() -> None:
    leaves = 24
    pairs = [Any((LeafRef(index), LeafRef(index + 1))) for index in range(0, leaves, 2)]
    unit = Unit("all pairs", "event", All(tuple(pairs)), 4, 0)
    before = decided(
        Program((), (FactTest("event.one", "is", ("yes",)),) * leaves, (), (unit,), (), {}, {}), [0] * leaves, [], {}
    )
    search = Answers(before, [Choice(({(EVENT, index): 4},)) for index in range(leaves)])
    with pytest.raises(TooMany):
        search.at_least(UnitRef("event", 0), 1)
    # Kept apart, the same conditions are no trouble.
    assert len(search.apart(search.conditions(UnitRef("event", 0), 1))) == leaves // 2
