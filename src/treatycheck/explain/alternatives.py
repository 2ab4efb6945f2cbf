"""What a finding hinges on: its outcome on every other reading, by every account, on every day its date may be.

All of it is one evaluation of the compiled rules over the alternatives (`engine.worlds`); the program is not run again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

from treatycheck.engine.compile import POSITION
from treatycheck.engine.outcomes import Conclusion
from treatycheck.engine.program import CompiledRule, Leaf, Program, StandingTest
from treatycheck.engine.worlds import Cell, Worlds, cell
from treatycheck.errors import DefectError
from treatycheck.explain.choices import stretches
from treatycheck.explain.outlook import concluded
from treatycheck.explain.proof import Evidence, invoked
from treatycheck.facts import BearerCase, EventFacts
from treatycheck.findings import Hinge
from treatycheck.rulebook.conditions import FactTest
from treatycheck.rulebook.model import Rulebook
from treatycheck.truth import CERTAIN, CERTAINLY_NOT

MOST_WORLDS: Final = 512
"""So many alternatives are looked at; combinations beyond are left out, and that is said."""

Reading = tuple[tuple[str, str], ...]
"""Positions with the answer they are given instead of the one in force."""


@dataclass(frozen=True, slots=True)
class Story:
    """One way in which the facts may be: as recorded, by one account, or on some of the days its date may be."""

    kind: str
    words: str
    facts: EventFacts
    bearer: BearerCase


@dataclass(frozen=True, slots=True)
class World:
    """A story under a reading of the law."""

    story: Story
    reading: Reading

    @property
    def changes(self) -> int:
        """In how many things it differs from what the run was made on."""
        return bool(self.story.kind) + len(self.reading)


@dataclass(frozen=True, slots=True)
class Law:
    """The rules of one act with every position left open, and the rulebook under each answer that changes registers."""

    program: Program
    registers: Mapping[tuple[str, str], Rulebook]


@dataclass
class Alternatives:
    """The alternatives to what one bearer and event were decided on; worked out once for all rules."""

    evidence: Evidence
    facts: EventFacts
    bearer: BearerCase
    law: Law
    rules: Sequence[CompiledRule]

    def of(self, rule: CompiledRule, conclusion: Conclusion) -> tuple[tuple[Hinge, ...], bool]:
        """What the outcome on a rule hinges on, and whether all combinations of two were looked at.

        Raises `DefectError` when the outcome under what is in force is not the one that the engines found.
        """
        opened = next(one for one in self.law.program.rules if one.rule.id == rule.rule.id)
        outcomes = self._outcomes(opened)
        found = outcomes[0]
        if found.outcome is not conclusion.outcome:
            message = f"`{rule.rule.id}` comes to {conclusion.outcome}, and with its positions open to {found.outcome}"
            raise DefectError(message)
        return tuple(_told(self.worlds, outcomes, opened)), self._complete

    @cached_property
    def worlds(self) -> tuple[World, ...]:
        """Every world that is looked at: what is in force, each single change, then two changes together."""
        return self._all_worlds[:MOST_WORLDS]

    @property
    def _complete(self) -> bool:
        return len(self._all_worlds) <= MOST_WORLDS

    @cached_property
    def _all_worlds(self) -> tuple[World, ...]:
        stories = tuple(self._stories())
        readings = list(self._readings())
        pairs = [(*one, *other) for one, other in combinations(readings, 2) if one[0][0] != other[0][0]]
        worlds = [World(story, reading) for story in stories for reading in ((), *readings)]
        worlds += [World(stories[0], pair) for pair in pairs]
        return tuple(sorted(worlds, key=lambda world: world.changes))

    def _stories(self) -> Iterator[Story]:
        yield Story("", "", self.facts, self.bearer)
        accounts = tuple(self.facts.told(self.bearer))
        for according_to, facts, bearer in accounts:
            yield Story("account", according_to, facts, bearer)
        if not accounts:
            for words, when in stretches(self.facts, self.law.program.event_leaves, self.bearer):
                yield Story("date", words, self.facts.at(when), self.bearer)

    def _readings(self) -> Iterator[Reading]:
        """Every other answer to a position that any of the rules rests on."""
        resting = dict.fromkeys(name for rule in self.rules for name in _open(self.law.program, rule).positions)
        for name in resting:
            chosen = self.law.program.positions[name]
            for alternative in self.evidence.rulebook.positions[name].alternatives:
                changes_registers = (name, alternative) in self.law.registers
                if alternative != chosen and (changes_registers or self._read(name)):
                    yield ((name, alternative),)

    def _read(self, position: str) -> bool:
        """Whether a term asks for the position at all."""
        leaves: tuple[Leaf, ...] = (*self.law.program.event_leaves, *self.law.program.object_leaves)
        return any(isinstance(test, FactTest) and test.fact == f"{POSITION}{position}" for test in leaves)

    def _outcomes(self, rule: CompiledRule) -> list[Conclusion]:
        """The conclusion in each world."""
        effect = self.evidence.rulebook.vocabulary.modalities[self.evidence.event.modality.value].effect
        return concluded(
            self._decided,
            rule,
            effect,
            readable=self._where(lambda world: world.story.facts.readable),
            invoked=invoked(self.evidence, rule),
            alone=self._where(lambda world: world.story.kind == "account"),
        )

    def _where(self, holds: Callable[[World], bool]) -> Cell:
        """Certainly so in the worlds of which something holds, and certainly not in the others."""
        verdicts = {place: CERTAIN if holds(world) else CERTAINLY_NOT for place, world in enumerate(self.worlds)}
        return cell(len(self.worlds), verdicts[0], verdicts)

    @cached_property
    def _decided(self) -> Worlds:
        program, count = self.law.program, len(self.worlds)
        stories = {id(world.story): world.story for world in self.worlds}
        of_event = {key: self._event_leaves(story) for key, story in stories.items()}
        of_objects = {key: self._object_leaves(story) for key, story in stories.items()}
        shifted = {
            (key, change): self._standings(story, self.law.registers[change])
            for key, story in stories.items()
            for change in {one for world in self.worlds for one in world.reading}
            if change in self.law.registers
        }
        rows: list[list[int]] = []
        objects: list[list[list[int]]] = []
        for world in self.worlds:
            key, reading = id(world.story), dict(world.reading)
            row = list(of_event[key])
            for change in world.reading:
                for index, verdict in shifted.get((key, change), {}).items():
                    row[index] = verdict
            rows.append(self._read_as(row, program.event_leaves, reading))
            objects.append([self._read_as(list(one), program.object_leaves, reading) for one in of_objects[key]])
        event_cells = [cell(count, column[0], dict(enumerate(column))) for column in zip(*rows, strict=True)]
        object_cells = [
            [cell(count, column[0], dict(enumerate(column))) for column in zip(*of_one, strict=True)]
            for of_one in zip(*objects, strict=True)
        ]
        return Worlds(program.units, count, event_cells, object_cells)

    def _read_as(self, row: list[int], tests: Sequence[Leaf], reading: Mapping[str, str]) -> list[int]:
        """A row of verdicts in which each position is answered as in force or as the reading has it."""
        for index, test in enumerate(tests):
            if isinstance(test, FactTest) and test.fact.startswith(POSITION):
                name = test.fact.removeprefix(POSITION)
                chosen = reading.get(name, self.law.program.positions[name])
                row[index] = CERTAIN if test.operands[0] == chosen else CERTAINLY_NOT
        return row

    def _event_leaves(self, story: Story) -> list[int]:
        results = story.facts.event_leaves(self.law.program.event_leaves, story.bearer)
        return [result.verdict for result in results]

    def _object_leaves(self, story: Story) -> list[list[int]]:
        found = story.facts.object_leaves(self.law.program.object_leaves)
        return [[result.verdict for result in results] for results in found]

    def _standings(self, story: Story, rulebook: Rulebook) -> dict[int, int]:
        """The verdicts on status under the registers of another reading."""
        places = [index for index, test in enumerate(self.law.program.event_leaves) if isinstance(test, StandingTest)]
        tests = tuple(self.law.program.event_leaves[index] for index in places)
        results = story.facts.under(rulebook).event_leaves(tests, story.bearer)
        return {index: result.verdict for index, result in zip(places, results, strict=True)}


def _open(program: Program, rule: CompiledRule) -> CompiledRule:
    return next(one for one in program.rules if one.rule.id == rule.rule.id)


def _told(worlds: Sequence[World], outcomes: Sequence[Conclusion], rule: CompiledRule) -> Iterator[Hinge]:
    """The worlds in which the outcome is another; two changes together only where neither does it alone."""
    base = outcomes[0]
    own = set(rule.positions)
    alone: set[tuple[str, Reading]] = set()
    for world, conclusion in zip(worlds[1:], outcomes[1:], strict=True):
        if conclusion.outcome is base.outcome or not own.issuperset(name for name, _ in world.reading):
            continue
        parts: set[tuple[str, Reading]] = {("", (one,)) for one in world.reading}
        if world.story.kind:
            parts.add((world.story.words, ()))
        if len(parts) > 1 and not parts.isdisjoint(alone):
            continue
        alone |= parts if len(parts) == 1 else set()
        yield Hinge(
            kind=world.story.kind or "position",
            when=world.story.words,
            readings=world.reading,
            outcome=str(conclusion.outcome),
            gates=tuple(_turned(base, conclusion)),
        )


def _turned(base: Conclusion, other: Conclusion) -> Iterable[str]:
    """The gates and exceptions whose answer is another, or else whose strength is."""
    before = {gate.name: gate.verdict for gate in (*base.gates, *base.exceptions)}
    after = {gate.name: gate.verdict for gate in (*other.gates, *other.exceptions)}
    signs = [name for name, verdict in after.items() if _sign(before.get(name, 0)) != _sign(verdict)]
    return signs or [name for name, verdict in after.items() if before.get(name, 0) != verdict]


def _sign(verdict: int) -> int:
    return (verdict > 0) - (verdict < 0)
