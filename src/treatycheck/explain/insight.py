"""How far an outcome carries: what would settle it, let it past the gate that stopped it, or raise it by one step.

Every way that is told has been put to the table of outcomes with the verdicts it would give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from treatycheck.engine.outcomes import DECISIVE, FLAGGED, Conclusion, Outcome
from treatycheck.engine.program import CompiledRule, LeafRef, UnitRef
from treatycheck.engine.worlds import Worlds, cell
from treatycheck.errors import DefectError
from treatycheck.explain import ways
from treatycheck.explain.alternatives import Alternatives, Law
from treatycheck.explain.answers import Answers, Cube, Cubes, Place, TooMany, smallest
from treatycheck.explain.choices import Answer, Choices, Key, OpenFact
from treatycheck.explain.firmer import firmer
from treatycheck.explain.outlook import concluded
from treatycheck.explain.proof import Evidence, invoked
from treatycheck.explain.trace import steps
from treatycheck.facts import BearerCase, EventFacts
from treatycheck.findings import Hinge, Insight, Way
from treatycheck.truth import CERTAIN, CERTAINLY_NOT

MOST_CHANGED: Final = 4
"""So many facts may have to be other ones to let an outcome past what stopped it; beyond, no way is told."""

_FEWER: Final = 2
"""Sets of more facts are left out where there are too many alternatives to look through."""


@dataclass
class Insights:
    """What can be said of the rules that were decided for one bearer and event.

    `shared` has what is open in the event for all its bearers alike.
    """

    evidence: Evidence
    facts: EventFacts
    bearer: BearerCase
    rules: Sequence[CompiledRule]
    law: Law
    shared: dict[Key, tuple[Answer, ...]] = field(default_factory=dict)
    choices: Choices = field(init=False)
    alternatives: Alternatives = field(init=False)
    effect: str = field(init=False)
    _answers: dict[tuple[Key, ...], Answers] = field(default_factory=dict)

    def __post_init__(self) -> None:
        event, vocabulary = self.evidence.event, self.evidence.rulebook.vocabulary
        self.effect = vocabulary.modalities[event.modality.value].effect
        self.choices = Choices(self.evidence, self.facts, self.bearer, self.shared)
        self.alternatives = Alternatives(self.evidence, self.facts, self.bearer, self.law, self.rules)

    def of(self, rule: CompiledRule, conclusion: Conclusion) -> Insight:
        """Everything on one rule."""
        settled_by: tuple[Way, ...] = ()
        past: tuple[Way, ...] = ()
        fully = True
        if conclusion.outcome is Outcome.UNDETERMINED:
            settled_by, fully = self.settling(rule, conclusion)
        elif conclusion.outcome is Outcome.NOT_APPLICABLE:
            past = self.past(rule, conclusion)
        hinges, hinges_fully = self.hinges(rule, conclusion)
        return Insight(
            settled_by,
            fully,
            past,
            hinges,
            hinges_fully,
            firmer(self.evidence, rule, conclusion, self.effect),
        )

    def hinges(self, rule: CompiledRule, conclusion: Conclusion) -> tuple[tuple[Hinge, ...], bool]:
        """What the outcome hinges on."""
        return self.alternatives.of(rule, conclusion)

    def settling(self, rule: CompiledRule, conclusion: Conclusion) -> tuple[tuple[Way, ...], bool]:
        """The smallest sets of open facts that would settle an undetermined finding, in either direction.

        Returns them with whether all were found.
        """
        keys = [fact.key for fact in self.choices.unknown]
        keys += [key for key in self._denied(conclusion) if key not in keys]
        opened = tuple(self.choices.open(keys))
        answers = self._asking(opened)

        def found(answers: Answers) -> list[tuple[bool, Cubes]]:
            case = ways.Case(rule, self.effect, self.facts.readable, invoked(self.evidence, rule))
            return [(True, ways.flagging(answers, case)), (False, ways.ruling_out(answers, case))]

        try:
            directions, fully = found(answers), True
        except TooMany:
            try:
                directions, fully = found(Answers(self.evidence.verdicts, answers.choices, _FEWER)), False
            except TooMany:
                return (), False
        wanted = [(flags, one) for flags, cubes in directions for one in smallest(cubes)]
        told = self._told(rule, opened, [cube for _, (_, cube) in wanted])
        for (flags, _), way in zip(wanted, told, strict=True):
            if way.outcome == Outcome.UNDETERMINED or flags != (way.outcome in FLAGGED):
                message = f"an answer that should settle `{rule.rule.id}` leaves it {way.outcome}"
                raise DefectError(message)
        return tuple(sorted(told, key=lambda way: len(way.facts))), fully

    def past(self, rule: CompiledRule, conclusion: Conclusion) -> tuple[Way, ...]:
        """The smallest changes of facts, known ones too, that would leave nothing that ends the matter."""
        if self.effect == "negated":
            return ()
        for keys in (self.choices.under(_stopping(rule, conclusion)), self.choices.under(_all_units(rule))):
            opened = tuple(self.choices.open(keys))
            for limit in range(1, MOST_CHANGED + 1):
                answers = Answers(self.evidence.verdicts, [fact.choice for fact in opened], limit)
                try:
                    cubes = ways.letting_past(answers, rule)
                except TooMany:
                    break
                if cubes:
                    return tuple(self._told(rule, opened, [cube for _, cube in smallest(cubes)]))
        return ()

    def _asking(self, opened: tuple[OpenFact, ...]) -> Answers:
        """The search over these facts; what it has found is kept for the next rule that asks the same."""
        key = tuple(fact.key for fact in opened)
        if key not in self._answers:
            self._answers[key] = Answers(self.evidence.verdicts, [fact.choice for fact in opened])
        return self._answers[key]

    def _denied(self, conclusion: Conclusion) -> Iterator[Key]:
        """The facts that keep a gate open because what is said of them is too weak to close it."""
        for gate in conclusion.open:
            for step in steps(self.evidence.verdicts, gate.unit):
                if isinstance(step.ref, LeafRef) and 0 < abs(step.verdict) < DECISIVE:
                    test, result = self.evidence.leaf(step.ref, step.number)
                    yield self.choices.key(test, result, step.number)

    def _told(self, rule: CompiledRule, opened: Sequence[OpenFact], cubes: Sequence[Cube]) -> list[Way]:
        """The ways with their outcomes, as the table of outcomes has them."""
        chosen = [[(opened[index], _first(mask)) for index, mask in cube if not mask & 1] for cube in cubes]
        outcomes = self._outcomes(rule, [[fact.answers[place].verdicts for fact, place in way] for way in chosen])
        return [
            Way(
                tuple(fact.asked for fact, _ in way),
                tuple(_words(opened, cube)),
                str(outcome),
            )
            for way, cube, outcome in zip(chosen, cubes, outcomes, strict=True)
        ]

    def _outcomes(self, rule: CompiledRule, changes: Sequence[Sequence[Mapping[Place, int]]]) -> list[Outcome]:
        """The outcome of a rule under each of several changes of verdicts."""
        if not changes:
            return []
        verdicts, count = self.evidence.verdicts, len(changes)
        turned: dict[Place, dict[int, int]] = {}
        for world, answers in enumerate(changes):
            for answer in answers:
                for place, verdict in answer.items():
                    turned.setdefault(place, {})[world] = verdict

        def row(usual: Sequence[int], place: Callable[[int], Place]) -> list[int | tuple[int, ...]]:
            return [cell(count, one, turned.get(place(index), {})) for index, one in enumerate(usual)]

        worlds = Worlds(
            self.evidence.program.units,
            count,
            row(verdicts.event_leaves, lambda index: (None, LeafRef(index))),
            [
                row(leaves, lambda index, number=number: (number, LeafRef(index)))  # type: ignore[misc]
                for number, leaves in enumerate(verdicts.object_leaves)
            ],
        )
        for (_, ref), otherwise in turned.items():
            if isinstance(ref, UnitRef):
                worlds.suppose(ref, cell(count, verdicts.weigh(ref, None).verdict, otherwise))
        readable = CERTAIN if self.facts.readable else CERTAINLY_NOT
        others = invoked(self.evidence, rule)
        return [one.outcome for one in concluded(worlds, rule, self.effect, readable=readable, invoked=others)]


def _stopping(rule: CompiledRule, conclusion: Conclusion) -> list[UnitRef]:
    """What ended the matter: every gate that is false, the exceptions that apply, or that the rule is not engaged."""
    gates = [ref for gate, (_, ref) in zip(conclusion.gates, rule.gates, strict=False) if gate.verdict <= -DECISIVE]
    gates += [gate.unit for gate in conclusion.exceptions if gate.verdict >= DECISIVE]
    return gates or ([] if rule.only_if is None else [rule.only_if])


def _all_units(rule: CompiledRule) -> list[UnitRef]:
    units = [ref for _, ref in rule.gates] + [one.applies for one in rule.exceptions]
    return units if rule.only_if is None else [*units, rule.only_if]


def _first(mask: int) -> int:
    """The first answer of a mask, counted from 0."""
    return (mask & -mask).bit_length() - 2


def _words(opened: Sequence[OpenFact], cube: Cube) -> Iterator[str]:
    """The answers that will do, in words."""
    for index, mask in cube:
        if not mask & 1:
            answers = opened[index].answers
            yield " or ".join(answer.words for place, answer in enumerate(answers, 1) if mask >> place & 1)
