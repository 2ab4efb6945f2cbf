"""How far an outcome carries: what would settle it, let it past the gate that stopped it, or raise it by one step.

Every way that is told has been put to the table of outcomes with the verdicts it would give.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from itertools import chain, islice
from typing import Final

from treatycheck.engine.outcomes import DECISIVE, FLAGGED, Conclusion, Outcome
from treatycheck.engine.program import CompiledRule, LeafRef, UnitRef
from treatycheck.engine.worlds import Cell, Worlds, cell
from treatycheck.errors import DefectError
from treatycheck.explain import ways
from treatycheck.explain.alternatives import Alternatives, Law
from treatycheck.explain.answers import Answers, TooMany
from treatycheck.explain.choices import Choices, OpenFact
from treatycheck.explain.cones import EVENT, NO_OBJECT, Place, Touched
from treatycheck.explain.firmer import firmer
from treatycheck.explain.keys import Key
from treatycheck.explain.outlook import concluded
from treatycheck.explain.possible import Shared
from treatycheck.explain.proof import Evidence, invoked
from treatycheck.explain.settle import AnswerSet, Group, Settling, settle
from treatycheck.explain.trace import steps
from treatycheck.facts import BearerCase, EventFacts
from treatycheck.findings import Hinge, Insight, Route
from treatycheck.rulebook.conditions import FactTest
from treatycheck.truth import CERTAIN, CERTAINLY_NOT

MOST_CHANGED: Final = 4
"""So many facts may have to be other ones to let an outcome past what stopped it; beyond, no way is told."""


Given = tuple[tuple[int, int], ...]
"""Open facts, by index, each with the answer that is given to it, counted from 0."""


@dataclass
class Insights:
    """What can be said of the rules that were decided for one bearer and event.

    `shared` has what is open in the event for all its bearers alike.
    """

    evidence: Evidence
    facts: EventFacts
    bearer: BearerCase
    decided: Sequence[tuple[CompiledRule, Conclusion]]
    law: Law
    shared: Shared = field(default_factory=Shared)
    choices: Choices = field(init=False)
    alternatives: Alternatives = field(init=False)
    effect: str = field(init=False)
    _answers: dict[tuple[Key | int | None, ...], Answers] = field(default_factory=dict)

    def __post_init__(self) -> None:
        event, vocabulary = self.evidence.event, self.evidence.rulebook.vocabulary
        self.effect = vocabulary.modalities[event.modality.value].effect
        self.choices = Choices(self.evidence, self.facts, self.bearer, self.shared, self.law.catalogue)
        self.alternatives = Alternatives(
            self.evidence, self.facts, self.bearer, self.law, [rule for rule, _ in self.decided]
        )

    def of(self, rule: CompiledRule, conclusion: Conclusion) -> Insight:
        """Everything on one rule."""
        settled_by: tuple[Route, ...] = ()
        past: tuple[Route, ...] = ()
        fully = True
        undetermined = conclusion.outcome is Outcome.UNDETERMINED
        # While an event is retracted nothing that is said of it decides anything, whatever the answers are.
        barred = undetermined and self.evidence.event.dispute.limit < DECISIVE
        if undetermined and not barred:
            settled_by, fully = self.settling(rule, conclusion)
        elif conclusion.outcome in (Outcome.NOT_APPLICABLE, Outcome.NO_FINDING):
            past = self.past(rule, conclusion)
        # What the event does not engage has no outcome that could hinge on anything.
        engaged = conclusion.outcome is not Outcome.NO_FINDING
        hinges, hinges_fully = self.alternatives.of(rule, conclusion) if engaged else ((), True)
        return Insight(
            settled_by,
            fully,
            past,
            hinges,
            hinges_fully,
            firmer(self.evidence, rule, conclusion, self.effect),
            barred,
        )

    def would_engage(self, rule: CompiledRule, conclusion: Conclusion) -> tuple[Hinge, ...]:
        """What would engage a rule that asks something beforehand and was not engaged for it."""
        hinges, _ = self.alternatives.of(rule, conclusion)
        # That it would be asked and not apply is of no interest.
        return tuple(hinge for hinge in hinges if hinge.outcome != Outcome.NOT_APPLICABLE)

    def settling(self, rule: CompiledRule, conclusion: Conclusion) -> tuple[tuple[Route, ...], bool]:
        """The smallest sets of open facts that would settle an undetermined finding, in either direction.

        Returns them with whether all were found.
        """
        opened, found, fully = self.search(rule, conclusion)
        routes = self._told(rule, opened, [one.groups for one in found])
        for one, route in zip(found, routes, strict=True):
            if any(
                one.flagged != (outcome in FLAGGED) or outcome == Outcome.UNDETERMINED for outcome in route.outcomes
            ):
                message = f"an answer that should settle `{rule.rule.id}` leaves it {', '.join(route.outcomes)}"
                raise DefectError(message)
        return routes, fully

    def search(
        self, rule: CompiledRule, conclusion: Conclusion
    ) -> tuple[tuple[OpenFact, ...], tuple[Settling, ...], bool]:
        """The open facts, what would settle an undetermined finding among them, and whether all of it was found."""
        keys = [*self._unknown, *(key for key in self._denied(conclusion) if key not in self._unknown)]
        opened = tuple(self.choices.open(keys))
        case = ways.Case(rule, self.effect, self.facts.readable, invoked(self.evidence, rule))
        return opened, *settle(cache(partial(self._asking, opened)), case)

    @cached_property
    def _unknown(self) -> list[Key]:
        """What is not known and matters to any of the undetermined findings."""
        rules = (rule for rule, conclusion in self.decided if conclusion.outcome is Outcome.UNDETERMINED)
        return self.choices.keys.unknown(dict.fromkeys(unit for rule in rules for unit in rule.units))

    def past(self, rule: CompiledRule, conclusion: Conclusion) -> tuple[Route, ...]:
        """The smallest changes of facts, known ones too, that would leave nothing that ends the matter."""
        if self.effect == "negated":
            return ()
        engaging = self._engaging(rule) if conclusion.outcome is Outcome.NO_FINDING else []
        asked = self.choices.keys.questions(engaging)
        for units in (_stopping(rule, conclusion), rule.units):
            keys = dict.fromkeys([*asked, *self.choices.keys.under(units)])
            opened = tuple(self.choices.open(keys))
            for limit in range(1, MOST_CHANGED + 1):
                answers = self._asking(opened, limit)
                try:
                    engaged = [answers.at_least(leaf, 1) for leaf in engaging]
                    parts = answers.apart([*engaged, *ways.letting_past(answers, rule)])
                except TooMany:
                    break
                if all(parts):
                    sets = [answers.smallest(part) for part in parts]
                    least = [tuple(one for one in group if len(one) == len(group[0])) for group in sets]
                    return self._told(rule, opened, [least])
        return ()

    def _engaging(self, rule: CompiledRule) -> list[LeafRef]:
        """What every event that a rule speaks of answers: its act, and the role of the bearer."""
        asked = (FactTest("event.act", "in", rule.rule.act), FactTest("bearer.role", "in", rule.rule.bearer.role))
        return [LeafRef(self.evidence.program.event_leaves.index(test)) for test in asked]

    def _asking(self, opened: tuple[OpenFact, ...], limit: int | None = None) -> Answers:
        """The search over these facts; what it has found is kept for the next rule that asks the same."""
        key = (limit, *(fact.key for fact in opened))
        if key not in self._answers:
            self._answers[key] = self._search(opened, limit)
        return self._answers[key]

    def _search(self, opened: Sequence[OpenFact], limit: int | None) -> Answers:
        chosen = [fact.choice for fact in opened]
        return Answers(self.evidence.verdicts, chosen, limit, self.law.catalogue.cones)

    def _denied(self, conclusion: Conclusion) -> Iterator[Key]:
        """The facts that keep a gate open because what is said of them is too weak to close it."""
        for gate in conclusion.open:
            for step in steps(self.evidence.verdicts, gate.unit):
                if isinstance(step.ref, LeafRef) and 0 < abs(step.verdict) < DECISIVE:
                    test, result = self.evidence.leaf(step.ref, step.number)
                    yield self.choices.keys.of(test, result, step.number)

    def _told(
        self, rule: CompiledRule, opened: Sequence[OpenFact], found: Sequence[Sequence[Group]]
    ) -> tuple[Route, ...]:
        """Each of some groups in words, with every outcome that the table of outcomes gives to one set of each."""
        # What is met as things are takes no answer.
        told = [
            sorted((group for group in groups if group[0]), key=lambda group: (len(group), min(group)))
            for groups in found
        ]
        tried = [dict.fromkeys(_tried(groups)) for groups in told]
        outcomes = iter(self._outcomes(rule, opened, [*chain.from_iterable(tried)]))
        routes = []
        for groups, own in zip(told, tried, strict=True):
            reached = {*islice(outcomes, len(own))}
            in_words = tuple(
                tuple(tuple(opened[index].answered(mask) for index, mask in one) for one in group) for group in groups
            )
            routes.append(Route(tuple(str(outcome) for outcome in Outcome if outcome in reached), in_words))
        return tuple(routes)

    def _outcomes(self, rule: CompiledRule, opened: Sequence[OpenFact], tried: Sequence[Given]) -> list[Outcome]:
        """The outcome of a rule under each of several combinations of answers."""
        given: dict[tuple[int, int], int] = {}
        for world, combination in enumerate(tried):
            for each in combination:
                given[each] = given.get(each, 0) | 1 << world
        turned: dict[Place, dict[int, int]] = {}
        for (index, answer), bits in given.items():
            for place, verdict in opened[index].answers[answer].verdicts.items():
                others = turned.setdefault(place, {})
                others[verdict] = others.get(verdict, 0) | bits

        verdicts, count = self.evidence.verdicts, len(tried)
        event: list[Cell] = [*verdicts.event_leaves]
        objects: list[list[Cell]] = [[*leaves] for leaves in verdicts.object_leaves]
        for (number, leaf), others in turned.items():
            if number != NO_OBJECT:
                row = event if number == EVENT else objects[number]
                usual = verdicts.event_leaves if number == EVENT else verdicts.object_leaves[number]
                row[leaf] = cell(count, usual[leaf], others)
        touched = Touched(self.law.catalogue.cones, verdicts, turned)
        worlds = Worlds(self.evidence.program.units, count, event, objects, touched.settled)
        for (number, unit), others in turned.items():
            if number == NO_OBJECT:
                worlds.suppose(UnitRef("object", unit), cell(count, verdicts.lifted[unit], others))
        readable = CERTAIN if self.facts.readable else CERTAINLY_NOT
        named = invoked(self.evidence, rule)
        return [one.outcome for one in concluded(worlds, rule, self.effect, readable=readable, invoked=named)]


def _stopping(rule: CompiledRule, conclusion: Conclusion) -> list[UnitRef]:
    """What ended the matter: every gate that is false, the exceptions that apply, or that the rule is not engaged."""
    gates = [ref for gate, (_, ref) in zip(conclusion.gates, rule.gates, strict=False) if gate.verdict <= -DECISIVE]
    gates += [gate.unit for gate in conclusion.exceptions if gate.verdict >= DECISIVE]
    return gates if gates or rule.only_if is None else [rule.only_if]


def _tried(groups: Sequence[Group]) -> Iterator[Given]:
    """The answers to try: as one set of a group is as good as another, each of each beside the first of the others."""
    usual = [_one_each(group[0]) for group in groups]
    yield tuple(chain.from_iterable(usual))
    for place, group in enumerate(groups):
        for chosen in group:
            for one in _each(chosen):
                yield tuple(chain.from_iterable([*usual[:place], one, *usual[place + 1 :]]))


def _one_each(chosen: AnswerSet) -> Given:
    """The first answer to each fact of a set."""
    return tuple([(index, (mask & -mask).bit_length() - 1) for index, mask in chosen])


def _each(chosen: AnswerSet) -> Iterator[Given]:
    """Every answer to every fact of a set, each beside the first ones to the others."""
    first = _one_each(chosen)
    for place, (index, mask) in enumerate(chosen):
        for answer in range(mask.bit_length()):
            if mask >> answer & 1:
                yield (*first[:place], (index, answer), *first[place + 1 :])
