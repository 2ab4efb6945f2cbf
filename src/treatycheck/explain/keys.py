"""What would have to be known to answer a question otherwise: the open facts that the leaves of a rule come down to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from treatycheck.consensus import ACCOUNTS_DIFFER
from treatycheck.engine.program import DeadlineTest, Leaf, LeafRef, StandingTest, UnitRef
from treatycheck.engine.worlds import places
from treatycheck.explain.cones import Cones
from treatycheck.explain.proof import Evidence
from treatycheck.facts import OPEN, BearerCase, LeafResult
from treatycheck.registers.table import Row
from treatycheck.rulebook.conditions import FactTest
from treatycheck.rulebook.vocabulary import Lookup

Key = tuple[str | int | None, ...]
"""What an open fact is called among those of one bearer and event."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one bearer and event."""

    evidence: Evidence
    bearer: BearerCase
    cones: Cones

    def unknown(self, units: Iterable[UnitRef]) -> list[Key]:
        """Everything that some units rest on and of which nothing is known.

        What a register tells is asked only where nothing else is open.
        """
        keys: dict[Key, None] = {}
        told: dict[Key, None] = {}
        for _, test, result, number in self._under(units):
            if result.verdict == 0:
                found = told if told_by_register(self.evidence, test, result, number) else keys
                found[self.of(test, result, number)] = None
        return [*(keys or told), *self._objects_under(units)]

    def under(self, units: Iterable[UnitRef]) -> list[Key]:
        """Everything that some units rest on, known or not: for what would have to be otherwise."""
        keys: dict[Key, None] = {}
        days: set[int] = set()
        for index, test, result, number in self._under(units):
            match test:
                case StandingTest():
                    # Whoever is no State has no status that could be another one.
                    stateless = result.reason == "not_a_state" and test.of != "place"
                    keys[("kind", test.of) if stateless else ("status", test.instrument, test.of)] = None
                    if result.standing is None or result.standing.changes:
                        days.add(index)
                case FactTest() if not told_by_register(self.evidence, test, result, number):
                    key = self._fact_key(test.fact, number)
                    owner = test.fact.partition(".")[0]
                    if key[0] not in ("actor", "role"):
                        keys[key] = None
                    elif not (owner == "bearer" and self.bearer.code):
                        keys["kind", owner] = None
                case DeadlineTest():
                    keys["due", test.rule] = None
                    days.add(index)
                case FactTest():
                    pass
                case _:
                    days.add(index)
        if days:
            keys[("day", *sorted(days))] = None
        return [*keys, *self._objects_under(units)]

    def questions(self, leaves: Iterable[LeafRef]) -> list[Key]:
        """What some leaves of the event ask."""
        keys = []
        for leaf in leaves:
            test, result = self.evidence.leaf(leaf, None)
            keys.append(self.of(test, result, None))
        return keys

    def _under(self, units: Iterable[UnitRef]) -> Iterator[tuple[int, Leaf, LeafResult, int | None]]:
        """The leaves that some units rest on, of the event and of each object, each with its result."""
        cone = self.cones.under(units)
        program = self.evidence.program
        for index in places(cone.event):
            yield index, program.event_leaves[index], self.evidence.event_results[index], None
        of_objects = [*places(cone.objects)]
        for number, results in enumerate(self.evidence.object_results):
            for index in of_objects:
                yield index, program.object_leaves[index], results[index], number

    def _objects_under(self, units: Iterable[UnitRef]) -> list[Key]:
        """Of an event without objects, the kinds of object that some units ask for."""
        if self.evidence.verdicts.objects:
            return []
        return [("object", index) for index in places(self.cones.under(units).kinds)]

    def of(self, test: Leaf, result: LeafResult, number: int | None) -> Key:
        """What would have to be known to answer a question otherwise."""
        if result.reason == ACCOUNTS_DIFFER:
            return ("accounts",)
        match test:
            case FactTest():
                return self._fact_key(test.fact, number)
            case StandingTest():
                return self._standing_key(test, result)
            case DeadlineTest() if result.reason in ("no_deadline", "deadline_not_verified"):
                return ("due", test.rule)
        return ("date",)

    def _fact_key(self, name: str, number: int | None) -> Key:
        vocabulary = self.evidence.rulebook.vocabulary
        fact = vocabulary.facts.get(name)
        if fact is not None and fact.lookup is not None and number is not None:
            # A model that is not stated, or that no register knows, is the question itself.
            known = _rows(self.evidence, fact.lookup, number)
            return ("fact", name, number) if known else ("fact", fact.lookup.by, number)
        owner, _, attribute = name.partition(".")
        if name == "place.country":
            return ("place",)
        if attribute in ("kind", "code", "link") and (owner == "bearer" or owner in vocabulary.roles):
            return self.actor(owner)
        return ("fact", name, number)

    def actor(self, owner: str) -> Key:
        """The one actor in a role, or the role itself if nobody or more than one takes part in it."""
        if owner == "bearer":
            return ("actor", self.bearer.key if self.bearer.through else self.bearer.participants[0].actor)
        cast = {one.actor for one in self.evidence.event.participants if one.role == owner}
        return ("actor", cast.pop()) if len(cast) == 1 else ("role", owner)

    def _standing_key(self, test: StandingTest, result: LeafResult) -> Key:
        if result.reason in ("after_register", "unlisted", "date_not_certain_in_register", "not_covered"):
            return ("status", test.instrument, test.of)
        if result.reason in ("no_state", "not_a_state") or self._turns_on_who(test, result):
            return ("place",) if test.of == "place" else self.actor(test.of)
        return ("date",)

    @staticmethod
    def _turns_on_who(test: StandingTest, result: LeafResult) -> bool:
        """Whether the answer is as weak as the State is shown to be the one."""
        return test.of != "bearer" and result.standing is not None and not result.standing.changes


def told_by_register(evidence: Evidence, test: Leaf, result: LeafResult, number: int | None) -> bool:
    """Whether nobody need be asked for a fact of an object, as nothing is said of it and the register of models tells.

    The vocabulary says which fact that is looked up makes a question needless (`told_by`).
    """
    if not isinstance(test, FactTest) or number is None or any(value.value != OPEN for value in result.values):
        return False
    facts = evidence.rulebook.vocabulary.facts
    fact = facts.get(test.fact)
    lookup = facts[fact.told_by.fact].lookup if fact is not None and fact.told_by is not None else None
    if fact is None or fact.told_by is None or lookup is None:
        return False
    cells = {row.values[lookup.column] or OPEN for row in _rows(evidence, lookup, number)}
    return len(cells) == 1 and OPEN not in cells and (not fact.told_by.values or cells <= {*fact.told_by.values})


def _rows(evidence: Evidence, lookup: Lookup, number: int) -> tuple[Row, ...]:
    """The rows of the register that are found for an object."""
    item = evidence.event.objects[number]
    stated = item.model if lookup.by == "object.model" else item.facts.get(lookup.by.partition(".")[2])
    return evidence.rulebook.models.find(stated.value) if stated is not None and stated.value != OPEN else ()
