"""What a finding hinges on: its outcome on every other reading, by every account, on every day its date may be.

All of it is one evaluation of the compiled rules over the alternatives (`engine.worlds`); the program is not run again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations, repeat
from typing import Final, Generic, NamedTuple, TypeVar

from treatycheck.engine.compile import POSITION
from treatycheck.engine.outcomes import DECISIVE, Conclusion, Outcome
from treatycheck.engine.program import CompiledRule, Leaf, Program, StandingTest, UnitRef
from treatycheck.engine.worlds import Cell, Worlds, cell
from treatycheck.errors import DefectError
from treatycheck.explain.cones import EVENT, Touched
from treatycheck.explain.days import Stretch, between, dated, joined, stretches, within
from treatycheck.explain.outlook import concluded
from treatycheck.explain.possible import Catalogue
from treatycheck.explain.proof import Evidence, invoked
from treatycheck.facts import BearerCase, EventFacts
from treatycheck.findings import Hinge
from treatycheck.rulebook.conditions import FactTest
from treatycheck.rulebook.model import Rulebook
from treatycheck.truth import CERTAIN, CERTAINLY_NOT, UNKNOWN, Strength

MOST_WORLDS: Final = 512
"""So many alternatives are looked at; combinations beyond are left out, and that is said."""

_Asked = TypeVar("_Asked", bound=Leaf)

_TOGETHER: Final = 2
"""So many things are changed together at most."""

Change = tuple[str, str]
"""A position with an answer that is not the one in force."""

Reading = tuple[Change, ...]
"""Positions with the answer they are given instead of the one in force."""


@dataclass(frozen=True, slots=True)
class Story:
    """One way in which the facts may be: as recorded, by one account, on some of the days of its date, or undisputed.

    `words` name the source of an account; `days` are the stretch of days where the date is cut.
    """

    kind: str
    words: str
    facts: EventFacts
    bearer: BearerCase
    days: Stretch = (None, None)

    @property
    def changes(self) -> int:
        """In how many things it differs from what is recorded."""
        return bool(self.kind) + (self.kind == "account" and self.days != (None, None))


class World(NamedTuple):
    """A story under a reading of the law."""

    story: Story
    reading: Reading


class Law:
    """The rules of one act as they are decided and, as `program`, with every position left open.

    `registers` has the rulebook under each other answer to a position that decides what a register says; `catalogue`
    keeps what is the same for every event.
    """

    def __init__(self, decided: Program, undecided: Program, registers: Mapping[tuple[str, str], Rulebook]) -> None:
        """`undecided` begins with the leaves and units of `decided`."""
        self.program = program = undecided
        self.decided = decided
        self.registers = registers
        self.rules = {rule.rule.id: rule for rule in program.rules}
        self.catalogue = Catalogue(decided)
        self._readings: dict[tuple[tuple[str, ...], ...], tuple[list[Change], list[tuple[Change, Change]]]] = {}
        self.of_event = _positions(program.event_leaves)
        self.of_objects = _positions(program.object_leaves)
        self.further_of_event = _further(program.event_leaves, len(decided.event_leaves))
        self.further_of_objects = _further(program.object_leaves, len(decided.object_leaves))
        self.standings = tuple(
            index for index, test in enumerate(program.event_leaves) if isinstance(test, StandingTest)
        )

    def is_decided(self, ref: UnitRef) -> bool:
        """Whether a unit is one that the engines decide, and not one of another reading."""
        units = self.decided.object_units if ref.scope == "object" else self.decided.event_units
        return ref.index < len(units)

    def asks(self, position: str) -> bool:
        """Whether any term asks for the answer to a position."""
        return any(name == position for name, _ in (*self.of_event, *self.of_objects))

    def readings(self, rules: Sequence[CompiledRule]) -> tuple[Sequence[Change], Sequence[tuple[Change, Change]]]:
        """Every other answer to a position that any of some rules rests on, and those that go together in pairs.

        Two positions on which no rule rests together change nothing together.
        """
        positions = dict.fromkeys(self.rules[rule.rule.id].positions for rule in rules)
        found = self._readings.get((*positions,))
        if found is None:
            single = [change for name in dict.fromkeys(chain.from_iterable(positions)) for change in self._others(name)]
            together = [{*names} for names in positions]
            pairs = [
                pair
                for pair in combinations(single, 2)
                if pair[0][0] != pair[1][0] and any(names.issuperset(name for name, _ in pair) for names in together)
            ]
            found = self._readings[(*positions,)] = single, pairs
        return found

    def _others(self, name: str) -> Iterator[Change]:
        """Every other answer to a position."""
        chosen = self.program.positions[name]
        known = {answer for position, answer in self.registers if position == name}
        known |= {answer for position, answer in (*self.of_event, *self.of_objects) if position == name}
        yield from ((name, answer) for answer in sorted(known - {chosen}))


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
        if len(self.worlds) == 1:
            return (), True
        opened = self.law.rules[rule.rule.id]
        fully = len(self._all_worlds) <= MOST_WORLDS
        if self._stays_out(opened, conclusion):
            return (), fully
        # The exceptions are those of the rule as it was decided: units of one program are not those of the other.
        outcomes = self._outcomes(opened, invoked(self.evidence, rule))
        found = outcomes[0]
        if found.outcome is not conclusion.outcome:
            message = f"`{rule.rule.id}` comes to {conclusion.outcome}, and with its positions open to {found.outcome}"
            raise DefectError(message)
        return tuple(_told(self.worlds, outcomes, opened)), fully

    def _stays_out(self, rule: CompiledRule, conclusion: Conclusion) -> bool:
        """Whether one unit ends the matter in all worlds alike, so that nothing else need be asked."""
        engaged = CERTAIN if rule.only_if is None else self._decided.verdict(rule.only_if)
        if not isinstance(engaged, int):
            return False
        if conclusion.outcome is Outcome.NO_FINDING:
            return engaged < 0
        if conclusion.outcome is not Outcome.NOT_APPLICABLE or engaged < 0:
            return False
        gates = (self._decided.verdict(ref) for _, ref in rule.gates)
        return any(isinstance(one, int) and one <= -DECISIVE for one in gates)

    @cached_property
    def worlds(self) -> tuple[World, ...]:
        """Every world that is looked at: what is in force, each single change, then two changes together."""
        return self._all_worlds[:MOST_WORLDS]

    @cached_property
    def _all_worlds(self) -> tuple[World, ...]:
        stories = tuple(self._stories())
        known, together = self.law.readings(self.rules)
        readings = [change for change in known if self._concerned(change)]
        pairs = [pair for pair in together if pair[0] in readings and pair[1] in readings]
        worlds: list[list[World]] = [[] for _ in range(_TOGETHER + 1)]
        for story in stories:
            changes = story.changes
            worlds[changes].append(World(story, ()))
            if changes < _TOGETHER:
                worlds[changes + 1] += [World(story, (one,)) for one in readings]
        worlds[_TOGETHER] += [World(stories[0], pair) for pair in pairs]
        return tuple(chain.from_iterable(worlds))

    def _concerned(self, change: tuple[str, str]) -> bool:
        """Whether a reading may matter here: one that only decides what a notice comes to, only to who gave such."""
        if change not in self.law.registers or self.law.asks(change[0]):
            return True
        event, actors = self.evidence.event, self.evidence.dossier.actors
        cast = [*event.participants, *(one for account in event.accounts for one in account.participants)]
        places = [event.place, *(account.place for account in event.accounts)]
        codes = {self.bearer.code, *(actors[one.actor].code for one in cast)}
        codes |= {place.country for place in places if place is not None}
        before, after = self.evidence.rulebook.registers, self.law.registers[change].registers
        return any(
            record.done(suspension.act)
            for name, register in after.items()
            if (suspension := register.terms.suspension) is not None and suspension != before[name].terms.suspension
            for code in codes
            if (record := register.records.get(code)) is not None
        )

    def _stories(self) -> Iterator[Story]:
        leaves = self.law.program.event_leaves
        yield Story("", "", self.facts, self.bearer)
        accounts = tuple(self.facts.told(self.bearer))
        for according_to, facts, bearer in accounts:
            yield Story("account", according_to, facts, bearer)
            for days in stretches(facts, leaves, bearer):
                yield Story("account", according_to, facts.at(within(facts, *days)), bearer, days)
        # Where accounts give different dates, the days of one are not those of another.
        if len({facts.when for _, facts, _ in accounts}) < 2:  # noqa: PLR2004 - one date or none
            for days in stretches(self.facts, leaves, self.bearer):
                yield Story("date", "", self.facts.at(within(self.facts, *days)), self.bearer, days)
        if self.evidence.event.dispute.limit < Strength.S4:
            yield Story("dispute", "", self.facts.undisputed(), self.bearer)

    def _outcomes(self, rule: CompiledRule, differing: Collection[str]) -> list[Conclusion]:
        """The conclusion in each world."""
        effect = self.evidence.rulebook.vocabulary.modalities[self.evidence.event.modality.value].effect
        return concluded(
            self._decided,
            rule,
            effect,
            readable=self._readable,
            invoked=differing,
            alone=self._alone,
        )

    @cached_property
    def _readable(self) -> Cell:
        """Where the law of the time is read."""
        return self._where(lambda story: story.facts.readable)

    @cached_property
    def _alone(self) -> Cell:
        """Where one account is taken for itself."""
        return self._where(lambda story: story.kind == "account")

    def _where(self, holds: Callable[[Story], bool]) -> Cell:
        """Certainly so in the worlds of whose story something holds, and certainly not in the others."""
        told = {id(world.story): world.story for world in self.worlds}
        yes = sum(bits for story, bits in self._told_in.items() if holds(told[story]))
        first = CERTAIN if yes & 1 else CERTAINLY_NOT
        every = (1 << len(self.worlds)) - 1
        return cell(len(self.worlds), first, {-first: yes ^ every if first == CERTAIN else yes})

    @cached_property
    def _told_in(self) -> Mapping[int, int]:
        """The worlds of each story, as bits."""
        found: dict[int, int] = {}
        for place, world in enumerate(self.worlds):
            found[id(world.story)] = found.get(id(world.story), 0) | 1 << place
        return found

    @cached_property
    def _decided(self) -> Worlds:
        usual, of_objects = self._recorded()
        event = _Turned(usual)
        objects = [_Turned(leaves) for leaves in of_objects]
        for story in {id(world.story): world.story for world in self.worlds}.values():
            worlds = self._told_in[id(story)]
            own, of_each = self._differing(story, usual, of_objects)
            event.turn(worlds, own)
            for turned, changed in zip(objects, of_each, strict=False):
                turned.turn(worlds, changed)
        read: dict[tuple[str, str], int] = {}
        standing: dict[tuple[int, tuple[str, str]], tuple[Story, int]] = {}
        for place, world in enumerate(self.worlds):
            for change in world.reading:
                read[change] = read.get(change, 0) | 1 << place
                if change in self.law.registers:
                    key = (id(world.story), change)
                    standing[key] = world.story, standing.get(key, (world.story, 0))[1] | 1 << place
        for (_, change), (story, worlds) in standing.items():
            event.turn(worlds, self._standings(story, change))
        for change, worlds in read.items():
            self._read(change, worlds, event, objects)
        count = len(self.worlds)
        rows = [event.cells(count), *(row.cells(count) for row in objects)]
        varying = [
            (number, index)
            for number, row in enumerate(rows, EVENT)
            for index, verdict in enumerate(row)
            if not isinstance(verdict, int)
        ]
        touched = Touched(self.law.catalogue.cones, self.evidence.verdicts, varying)
        return Worlds(
            self.law.program.units,
            count,
            rows[0],
            rows[1:],
            lambda ref, number: touched.settled(ref, number) if self.law.is_decided(ref) else None,
        )

    def _recorded(self) -> tuple[list[int], list[list[int]]]:
        """The verdicts of all leaves as things are, of the event and of each object: known but for other readings."""
        law, known = self.law, self.evidence.verdicts
        event = [*known.event_leaves, *repeat(UNKNOWN, len(law.program.event_leaves) - len(known.event_leaves))]
        further = self.facts.event_leaves(law.further_of_event.tests, self.bearer)
        for index, result in zip(law.further_of_event.indices, further, strict=True):
            event[index] = result.verdict
        more = len(law.program.object_leaves) - len(law.decided.object_leaves)
        objects = [[*leaves, *repeat(UNKNOWN, more)] for leaves in known.object_leaves]
        if law.further_of_objects.tests:
            for row, results in zip(objects, self.facts.object_leaves(law.further_of_objects.tests), strict=True):
                for index, result in zip(law.further_of_objects.indices, results, strict=True):
                    row[index] = result.verdict
        return self._in_force(event, law.of_event), [self._in_force(row, law.of_objects) for row in objects]

    def _read(self, change: tuple[str, str], worlds: int, event: _Turned, objects: Sequence[_Turned]) -> None:
        """Answer a position otherwise in some worlds."""
        name, answer = change
        for other, verdict in ((self.law.program.positions[name], CERTAINLY_NOT), (answer, CERTAIN)):
            event.turn(worlds, dict.fromkeys(self.law.of_event.get((name, other), ()), verdict))
            of_objects = dict.fromkeys(self.law.of_objects.get((name, other), ()), verdict)
            for row in objects:
                row.turn(worlds, of_objects)

    def _differing(
        self, story: Story, usual: Sequence[int], of_objects: Sequence[Sequence[int]]
    ) -> tuple[dict[int, int], list[dict[int, int]]]:
        """The verdicts of a story that are not those of what is recorded: of the event, and of each object."""
        if story.kind == "date":
            turned = {
                index: verdict
                for (_, index), verdict in dated(story.facts, self.law.program.event_leaves, story.bearer).items()
            }
            return turned, []
        if story.kind in ("account", "dispute"):
            told, each = self._event_leaves(story), self._object_leaves(story)
            changed = [_changed(before, after) for before, after in zip(of_objects, each, strict=True)]
            return _changed(usual, told), changed
        return {}, []

    def _event_leaves(self, story: Story) -> list[int]:
        results = story.facts.event_leaves(self.law.program.event_leaves, story.bearer)
        return self._in_force([result.verdict for result in results], self.law.of_event)

    def _object_leaves(self, story: Story) -> list[list[int]]:
        found = story.facts.object_leaves(self.law.program.object_leaves)
        return [self._in_force([result.verdict for result in results], self.law.of_objects) for results in found]

    def _in_force(self, row: list[int], asked: Mapping[tuple[str, str], Sequence[int]]) -> list[int]:
        """A row of verdicts with each position answered as it is in force."""
        for (name, answer), indices in asked.items():
            for index in indices:
                row[index] = CERTAIN if self.law.program.positions[name] == answer else CERTAINLY_NOT
        return row

    def _standings(self, story: Story, change: tuple[str, str]) -> dict[int, int]:
        """The verdicts on status under the registers of another reading."""
        tests = tuple(self.law.program.event_leaves[index] for index in self.law.standings)
        results = story.facts.under(self.law.registers[change]).event_leaves(tests, story.bearer)
        return {index: result.verdict for index, result in zip(self.law.standings, results, strict=True)}


class _Turned:
    """A row of verdicts with those that are others in some worlds."""

    def __init__(self, usual: Sequence[int]) -> None:
        self._usual = usual
        self._others: dict[int, dict[int, int]] = {}

    def turn(self, worlds: int, verdicts: Mapping[int, int]) -> None:
        """Give some of the verdicts otherwise in some worlds, whatever they were there."""
        for index, verdict in verdicts.items():
            others = self._others.setdefault(index, {})
            for known in others:
                others[known] &= ~worlds
            others[verdict] = others.get(verdict, 0) | worlds

    def cells(self, count: int) -> list[Cell]:
        """The row in all worlds."""
        found: list[Cell] = [*self._usual]
        for index, others in self._others.items():
            found[index] = cell(count, self._usual[index], others)
        return found


class _Further(NamedTuple, Generic[_Asked]):
    """Questions that are asked only under other readings, with where they stand."""

    indices: tuple[int, ...]
    tests: tuple[_Asked, ...]


def _further(tests: Sequence[_Asked], known: int) -> _Further[_Asked]:
    """The leaves that come after so many, but for positions, which are no facts of an event."""
    further = {
        index: test
        for index, test in enumerate(tests)
        if index >= known and not (isinstance(test, FactTest) and test.fact.startswith(POSITION))
    }
    return _Further(tuple(further), tuple(further.values()))


def _positions(tests: Sequence[Leaf]) -> dict[tuple[str, str], tuple[int, ...]]:
    """Where it is asked whether a position is answered in a way."""
    found: dict[tuple[str, str], tuple[int, ...]] = {}
    for index, test in enumerate(tests):
        if isinstance(test, FactTest) and test.fact.startswith(POSITION):
            key = (test.fact.removeprefix(POSITION), test.operands[0])
            found[key] = (*found.get(key, ()), index)
    return found


def _changed(before: Sequence[int], after: Sequence[int]) -> dict[int, int]:
    return {index: new for index, (old, new) in enumerate(zip(before, after, strict=True)) if old != new}


def _told(worlds: Sequence[World], outcomes: Sequence[Conclusion], rule: CompiledRule) -> Iterator[Hinge]:
    """The worlds in which the outcome is another; two changes together only where neither does it alone.

    The days of an account are told as well where they come to something else than both the account and the days.
    Stretches of days that follow one another and come to the same are told as one.
    """
    base = outcomes[0]
    own = set(rule.positions)
    alone: dict[object, Outcome] = {}
    stretched: dict[tuple[str, Reading, str, tuple[str, ...]], list[Stretch]] = {}
    for world, conclusion in zip(worlds[1:], outcomes[1:], strict=True):
        if conclusion.outcome is base.outcome or not own.issuperset(name for name, _ in world.reading):
            continue
        story = world.story
        parts: list[object] = [*world.reading]
        parts += [(story.kind, story.words)] if story.kind not in ("", "date") else []
        parts += [story.days] if story.days != (None, None) else []
        if len(parts) == 1:
            alone[parts[0]] = conclusion.outcome
        else:
            singly = [alone[part] for part in parts if part in alone]
            if singly and (world.reading or conclusion.outcome in singly):
                continue
        gates = tuple(_turned(base, conclusion))
        if story.days != (None, None):
            key = (story.words, world.reading, str(conclusion.outcome), gates)
            stretched.setdefault(key, []).append(story.days)
        else:
            yield Hinge(story.kind or "position", story.words, world.reading, str(conclusion.outcome), gates)
    for (who, reading, outcome, gates), days in stretched.items():
        words = " or ".join(between(*one) for one in joined(days))
        if who:
            yield Hinge("account", who, reading, outcome, gates, words)
        else:
            yield Hinge("date", words, reading, outcome, gates)


def _turned(base: Conclusion, other: Conclusion) -> Iterable[str]:
    """The gates and exceptions whose answer is another, or else whose strength is."""
    before = {gate.name: gate.verdict for gate in (*base.gates, *base.exceptions)}
    after = {gate.name: gate.verdict for gate in (*other.gates, *other.exceptions)}
    signs = [name for name, verdict in after.items() if _sign(before.get(name, 0)) != _sign(verdict)]
    return signs or [name for name, verdict in after.items() if before.get(name, 0) != verdict]


def _sign(verdict: int) -> int:
    return (verdict > 0) - (verdict < 0)
