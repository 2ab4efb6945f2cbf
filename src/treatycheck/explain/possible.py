"""What could be answered to an open fact: every answer that some question tells apart from the others.

An answer gives verdicts to all the leaves it touches, as if it were established. Values, States and days come from the
vocabulary and the registers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import itemgetter
from typing import Final

from treatycheck import dates
from treatycheck.consensus import ACCOUNTS_DIFFER
from treatycheck.engine.program import DeadlineTest, Leaf, Program, StandingTest
from treatycheck.explain.answers import Choice
from treatycheck.explain.cones import EVENT, NO_OBJECT, Cones, Place
from treatycheck.explain.days import Stretch, between, dated, joined, stretches, within
from treatycheck.explain.keys import Key, Keys
from treatycheck.explain.naming import Name, Party, told
from treatycheck.explain.proof import Evidence
from treatycheck.facts import OPEN, BearerCase, EventFacts, LeafResult
from treatycheck.rulebook.conditions import FactTest
from treatycheck.rulebook.vocabulary import Vocabulary
from treatycheck.truth import CERTAIN, CERTAINLY_NOT, capped

Asking = list[tuple[Place, FactTest]]
"""Questions about facts, with where their answers stand."""

Values = tuple[tuple[tuple[str, ...], tuple[tuple[int, int], ...]], ...]
"""What may be answered, by names, each with the verdicts it gives to leaves of the scope of the fact, by index."""

_OF_STATES: Final = ("state", "state_organ")
_STANDINGS: Final = {"bound": "bound", "signatory": "signed and not bound", "": "neither"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, by the names of all it stands for, and the verdicts it gives."""

    names: tuple[Name, ...]
    verdicts: Mapping[Place, int]
    days: Stretch | None = None
    """The first and the last day of a stretch of days, None where it has no end."""


@dataclass(frozen=True)
class Possible:
    """Everything that could be answered to a question."""

    answers: tuple[Answer, ...]
    _told: dict[int, tuple[str, str]] = field(init=False, repr=False, compare=False, default_factory=dict)

    @cached_property
    def choice(self) -> Choice:
        """The answers as the search has them."""
        return Choice([answer.verdicts for answer in self.answers])

    def words(self, mask: int) -> tuple[str, str]:
        """The answers with these bits in words: all of them and, of many, only some."""
        found = self._told.get(mask)
        if found is None:
            found = self._told[mask] = self._words(mask)
        return found

    def _words(self, mask: int) -> tuple[str, str]:
        chosen: list[Answer] = []
        left: list[Answer] = []
        for place, answer in enumerate(self.answers):
            (chosen if mask >> place & 1 else left).append(answer)
        stretched = [answer.days for answer in chosen if answer.days is not None]
        if stretched:
            # Adjoining days are one stretch.
            words = " or ".join(between(start, end) for start, end in joined(stretched))
            return words, words
        names, others = ([name for answer in some for name in answer.names] for some in (chosen, left))
        return told(names, others, whole=True), told(names, others)


class Catalogue:
    """What is the same for every event under one program.

    That is what may be answered about a fact, of the event or of the object of a number, and what units rest on.
    """

    def __init__(self, program: Program) -> None:
        self.values: dict[str, Values] = {}
        self.possible: dict[Key, Possible] = {}
        self.cones = Cones(program)
        self.of_event = _by_fact(program.event_leaves)
        self.of_objects = _by_fact(program.object_leaves)


@dataclass
class Shared:
    """What is the same for all bearers of an event.

    `possible` has what may be answered to some questions; `codes` has one State of each kind that questions tell apart,
    on that date.
    """

    possible: dict[Key, Possible] = field(default_factory=dict)
    codes: dict[tuple[tuple[StandingTest, ...], tuple[str, ...]], tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Possibilities:
    """What could be answered for one bearer and event."""

    evidence: Evidence
    facts: EventFacts
    bearer: BearerCase
    keys: Keys
    shared: Shared
    catalogue: Catalogue

    def of(self, key: Key) -> Possible:
        """Everything that could be answered to an open fact."""
        kind = key[0]
        # What may be said of a fact is the same whoever the bearer is; who it is, its status and its days are not.
        known = {"fact": self.catalogue.possible, "place": self.shared.possible}.get(str(kind))
        found = None if known is None else known.get(key)
        if found is None:
            # What may be said of a fact has been told apart already.
            answers = tuple(self._values(key)) if kind == "fact" else _told_apart(self._makers[kind](key))
            found = Possible(answers)
            if known is not None:
                known[key] = found
        return found

    @property
    def _makers(self) -> Mapping[object, Callable[[Key], Iterator[Answer]]]:
        return {
            "actor": self._actors,
            "role": self._actors,
            "kind": self._actor_kinds,
            "place": self._places,
            "date": self._days,
            "day": self._any_days,
            "status": self._standings,
            "due": self._passed,
            "accounts": self._accounts,
            "object": self._kinds,
        }

    def _asking(self, wanted: Callable[[str], bool]) -> Asking:
        """The questions about facts of the event, with where their answers stand."""
        return [
            ((EVENT, index), test)
            for fact, asked in self.catalogue.of_event.items()
            if wanted(fact)
            for index, test in asked
        ]

    def _standing_tests(self, wanted: Callable[[StandingTest], bool]) -> list[tuple[Place, StandingTest]]:
        return [
            ((EVENT, index), test)
            for index, test in enumerate(self.evidence.program.event_leaves)
            if isinstance(test, StandingTest) and wanted(test)
        ]

    def _values(self, key: Key) -> Iterator[Answer]:
        name, number = str(key[1]), key[2]
        assert number is None or isinstance(number, int)  # noqa: S101 - how the key of a fact is made
        if name not in self.catalogue.values:
            self.catalogue.values[name] = tuple(self._of_fact(name, number))
        for names, verdicts in self.catalogue.values[name]:
            at = EVENT if number is None else number
            yield Answer(names, {(at, index): verdict for index, verdict in verdicts})

    def _of_fact(self, name: str, number: int | None) -> Iterator[tuple[tuple[str, ...], tuple[tuple[int, int], ...]]]:
        """What may be answered about a fact, with its verdicts; answers that no question tells apart are one."""
        vocabulary = self.evidence.rulebook.vocabulary
        asked = self.catalogue.of_event if number is None else self.catalogue.of_objects
        asking = asked.get(name, [])
        derived = {one: made.lookup for one, made in vocabulary.facts.items() if made.lookup and made.lookup.by == name}
        groups: dict[tuple[tuple[int, int], ...], list[str]] = {}
        if derived:
            looked_up = sorted((one for fact in derived for one in asked.get(fact, [])), key=itemgetter(0))
            for row in self.evidence.rulebook.models.rows:
                own = [(index, self.facts.if_stated(test, row.key)) for index, test in asking]
                for index, test in looked_up:
                    verdict = self.facts.if_stated(test, row.values[derived[test.fact].column] or OPEN)
                    own.append((index, capped(verdict, row.strength)))
                groups.setdefault(tuple(own), []).append(row.key)
        else:
            tests = [test for _, test in asking]
            for value, words in _possible(vocabulary, name, tests, self.evidence.rulebook.states.name):
                verdicts = tuple((index, self.facts.if_stated(test, value)) for index, test in asking)
                groups.setdefault(verdicts, []).append(words)
        for verdicts, named in groups.items():
            yield tuple(dict.fromkeys(named)), verdicts

    def _actors(self, key: Key) -> Iterator[Answer]:
        """Every kind of actor, of whatever State."""
        rulebook = self.evidence.rulebook
        asking = self._asking(lambda fact: self._of_actor(fact, key))
        standing = self._standing_tests(lambda test: test.of != "place" and self.keys.actor(test.of) == key)
        coded = [(place, test) for place, test in asking if test.fact.endswith(".code")]
        for kind, word in rulebook.vocabulary.actor_kinds.items():
            if kind == OPEN:
                continue
            link = "organ" if kind == "state_organ" else "direct"
            plain: dict[Place, int] = {
                place: self.facts.if_stated(test, link if test.fact.endswith(".link") else kind)
                for place, test in asking
                if not test.fact.endswith(".code")
            }
            if kind not in _OF_STATES:
                yield Answer((Party(word.label),), plain | {place: CERTAINLY_NOT for place, _ in standing})
                continue
            for code in self._codes(coded, standing):
                verdicts = plain | {place: self.facts.if_stated(test, code) for place, test in coded}
                verdicts |= {place: self.facts.if_state(test, code) for place, test in standing if code}
                yield Answer((self._party(word.label, code, coded, standing, verdicts),), verdicts)

    def _codes(self, coded: Asking, standing: Sequence[tuple[Place, StandingTest]]) -> Sequence[str]:
        """One State of each kind that questions tell apart, by code."""
        if not coded and not standing:
            return ("",)
        tests = tuple(dict.fromkeys(replace(test, of="") for _, test in standing))
        named = tuple(sorted({operand for _, test in coded for operand in test.operands}))
        key = (tests, named)
        if key not in self.shared.codes:
            alike: dict[tuple[object, ...], str] = {}
            for code in self.evidence.rulebook.states.codes:
                kind = (*(self.facts.if_state(test, code) for test in tests), code if code in named else "")
                alike.setdefault(kind, code)
            self.shared.codes[key] = tuple(alike.values())
        return self.shared.codes[key]

    def _actor_kinds(self, key: Key) -> Iterator[Answer]:
        """The other kinds of actor that whoever has a role might be; of which State it then is stays open."""
        owner = str(key[1])
        asking = self._asking(lambda fact: fact in (f"{owner}.kind", f"{owner}.link"))
        standing = self._standing_tests(lambda test: test.of == owner)
        for kind, word in self.evidence.rulebook.vocabulary.actor_kinds.items():
            if kind == OPEN:
                continue
            link = "organ" if kind == "state_organ" else "direct"
            verdicts: dict[Place, int] = {
                place: self.facts.if_stated(test, link if test.fact.endswith(".link") else kind)
                for place, test in asking
            }
            if self.bearer.code == "" or owner != "bearer":
                unknown = 0 if kind in _OF_STATES else int(CERTAINLY_NOT)
                verdicts |= {place: unknown for place, _ in standing}
            yield Answer((Party(word.label),), verdicts)

    def _of_actor(self, fact: str, key: Key) -> bool:
        owner, _, attribute = fact.partition(".")
        known = owner == "bearer" or owner in self.evidence.rulebook.vocabulary.roles
        return known and attribute in ("kind", "code", "link") and self.keys.actor(owner) == key

    def _party(
        self,
        kind: str,
        code: str,
        coded: Asking,
        standing: list[tuple[Place, StandingTest]],
        verdicts: Mapping[Place, int],
    ) -> Party:
        """A State as far as rules tell it from others: by its name where they name it, and by its standings."""
        rulebook = self.evidence.rulebook
        named = any(code in test.operands for _, test in coded)
        standings = {
            f"{' or '.join(test.standings)} under the {rulebook.instruments[test.instrument].abbreviation}": verdicts[
                place
            ]
            for place, test in standing
            if test.standings and code
        }
        return Party(kind, rulebook.states.name(code) if named else "", tuple(standings.items()))

    def _places(self, key: Key) -> Iterator[Answer]:
        """Every State it may have happened in."""
        del key
        asking = self._asking(lambda fact: fact == "place.country")
        standing = self._standing_tests(lambda test: test.of == "place")
        for code in self._codes(asking, standing):
            verdicts: dict[Place, int] = {place: self.facts.if_stated(test, code) for place, test in asking}
            verdicts |= {place: self.facts.if_state(test, code) for place, test in standing}
            yield Answer((self._party("a State", code, asking, standing, verdicts),), verdicts)

    def _days(self, key: Key) -> Iterator[Answer]:
        """Every stretch of days within the date of the event on which the answers are the same."""
        del key
        leaves = self.evidence.program.event_leaves
        divided = tuple(self._cut(self.facts, leaves))
        yield from divided
        if not divided:
            # No day within the date makes a difference; what may be lacking is somebody who vouches for it.
            verdicts = dated(self.facts.at(self.facts.when), leaves, self.bearer)
            yield Answer((f"as recorded, {dates.describe(self.facts.when)}",), verdicts)

    def _any_days(self, key: Key) -> Iterator[Answer]:
        """The same for some questions, whatever the date of the event is."""
        leaves = self.evidence.program.event_leaves
        return self._cut(
            self.facts.at(dates.parse("XXXX")), [leaves[int(index)] for index in key[1:] if index is not None]
        )

    def _cut(self, facts: EventFacts, tests: Iterable[Leaf]) -> Iterator[Answer]:
        for start, end in stretches(facts, tests, self.bearer):
            on_them = facts.at(within(facts, start, end))
            verdicts = dated(on_them, self.evidence.program.event_leaves, self.bearer)
            yield Answer((between(start, end),), verdicts, (start, end))

    def _standings(self, key: Key) -> Iterator[Answer]:
        """What the register might say of a State."""
        asking = self._standing_tests(lambda test: (test.instrument, test.of) == key[1:])
        for standing, words in _STANDINGS.items():
            yield Answer(
                (words,),
                {place: int(CERTAIN) if standing in test.standings else int(CERTAINLY_NOT) for place, test in asking},
            )

    def _passed(self, key: Key) -> Iterator[Answer]:
        """Whether a last day had come."""
        places = [
            (EVENT, index)
            for index, test in enumerate(self.evidence.program.event_leaves)
            if isinstance(test, DeadlineTest) and test.rule == key[1]
        ]
        yield Answer(("the last day had passed",), dict.fromkeys(places, int(CERTAIN)))
        yield Answer(("the last day had not passed",), dict.fromkeys(places, int(CERTAINLY_NOT)))

    def _accounts(self, key: Key) -> Iterator[Answer]:
        """What each of the sources says that contradict one another."""
        del key
        program = self.evidence.program
        differing = [place for place, result in self._leaves() if result.reason == ACCOUNTS_DIFFER]
        for according_to, facts, case in self.facts.told(self.bearer):
            event = facts.event_leaves(program.event_leaves, case)
            objects = facts.object_leaves(program.object_leaves)
            yield Answer(
                (f"as {according_to} says",),
                {
                    (number, index): (event if number == EVENT else objects[number])[index].verdict
                    for number, index in differing
                },
            )

    def _kinds(self, key: Key) -> Iterator[Answer]:
        """Whether there was an object of a kind, where none is recorded."""
        index = key[1]
        assert isinstance(index, int)  # noqa: S101 - how the key of an object unit is made
        place = (NO_OBJECT, index)
        yield Answer(("of that kind",), {place: int(CERTAIN)})
        yield Answer(("of no such kind",), {place: int(CERTAINLY_NOT)})

    def _leaves(self) -> Iterator[tuple[Place, LeafResult]]:
        """Every leaf, of the event and of each object, with its result."""
        for index, result in enumerate(self.evidence.event_results):
            yield (EVENT, index), result
        for number, results in enumerate(self.evidence.object_results):
            for index, result in enumerate(results):
                yield (number, index), result


def _by_fact(tests: Iterable[Leaf]) -> dict[str, list[tuple[int, FactTest]]]:
    """The questions about each fact, with where they stand."""
    found: dict[str, list[tuple[int, FactTest]]] = {}
    for index, test in enumerate(tests):
        if isinstance(test, FactTest):
            found.setdefault(test.fact, []).append((index, test))
    return found


def _told_apart(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers, those that give the same verdicts as one; stretches of days stay apart."""
    groups: dict[object, list[Answer]] = {}
    for answer in answers:
        groups.setdefault((answer.days, tuple(answer.verdicts.items())), []).append(answer)
    return tuple(
        replace(group[0], names=tuple(dict.fromkeys(name for answer in group for name in answer.names)))
        for group in groups.values()
    )


def _possible(
    vocabulary: Vocabulary, name: str, tests: list[FactTest], named: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """The values a fact may have, as far as these questions tell them apart, each with its words."""
    fact = vocabulary.fact(name)
    operands = dict.fromkeys(operand for test in tests if test.operator != "is_stated" for operand in test.operands)
    if fact is None or fact.type == "text":
        yield from ((operand, operand) for operand in operands)
        yield "another", "something else"
    elif fact.type == "truth":
        yield from (("yes", "yes"), ("no", "no"))
    elif fact.type == "code":
        yield from ((value, vocabulary.said(name, value)) for value in fact.values)
    elif fact.type == "state":
        yield from ((code, named(code)) for code in operands)
        yield "another", "another State"
    elif fact.type == "number":
        yield from _numbers(operands)
    else:
        yield "2000-01-01", "a day"


def _numbers(operands: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The operands, and a number below, between and above them."""
    bounds = sorted(operands, key=float)
    for place, bound in enumerate(bounds):
        if float(bound) > 0:
            low = bounds[place - 1] if place else "0"
            yield (
                str((float(low) + float(bound)) / 2),
                f"less than {bound}" if place == 0 else f"between {low} and {bound}",
            )
        yield bound, bound
    if bounds:
        yield str(float(bounds[-1]) + 1), f"more than {bounds[-1]}"
    else:
        yield "1", "a number"
