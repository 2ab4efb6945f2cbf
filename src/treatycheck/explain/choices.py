"""What is open in an event, and what could be answered: for each open fact the question and its possible answers.

An answer gives verdicts to all the leaves it touches, as if it were established. Answers that no leaf tells apart are
one. Nothing is decided here; values, States and days come from the vocabulary and the registers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from treatycheck import dates
from treatycheck.dates import When
from treatycheck.engine.program import DeadlineTest, Formula, Leaf, LeafRef, Not, StandingTest, UnitRef
from treatycheck.explain.answers import Choice, Place
from treatycheck.explain.proof import Evidence
from treatycheck.explain.questions import bearer_name, whose
from treatycheck.facts import OPEN, BearerCase, EventFacts, LeafResult
from treatycheck.findings import Missing
from treatycheck.rulebook.conditions import FactTest
from treatycheck.rulebook.vocabulary import Fact
from treatycheck.truth import CERTAIN, CERTAINLY_NOT

Key = tuple[str | int | None, ...]
"""What an open fact is called among those of one bearer and event."""

MOST_NAMED: Final = 4
"""So many values are named; of more, only how many there are."""

_OF_STATES: Final = ("state", "state_organ")
_STANDINGS: Final = {"bound": "bound", "signatory": "signed and not bound", "": "neither"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in words, and the verdicts it gives."""

    words: str
    verdicts: Mapping[Place, int]


@dataclass(frozen=True, slots=True)
class OpenFact:
    """A fact that is open, with the question and everything that could be answered."""

    key: Key
    asked: Missing
    answers: tuple[Answer, ...]

    @property
    def choice(self) -> Choice:
        """The fact as the search for answers has it."""
        return Choice(tuple(answer.verdicts for answer in self.answers))


@dataclass
class Choices:
    """The open facts of one bearer and event; what belongs to the event alone is worked out once for all bearers."""

    evidence: Evidence
    facts: EventFacts
    bearer: BearerCase
    # Answers that are the same for every bearer, by key.
    shared: dict[Key, tuple[Answer, ...]] = field(default_factory=dict)
    _found: dict[Key, OpenFact | None] = field(default_factory=dict)

    @cached_property
    def unknown(self) -> tuple[OpenFact, ...]:
        """Everything of which nothing is known, for whatever rule."""
        keys = [self.key(test, result, number) for _, test, result, number in self._leaves() if result.verdict == 0]
        if not self.evidence.verdicts.objects:
            keys += [("object", index) for index, _ in enumerate(self.evidence.program.object_units)]
        return tuple(self.open(keys))

    def open(self, keys: Iterable[Key]) -> Iterator[OpenFact]:
        """The open facts with these keys; what has no answer but the one it has is left out."""
        for key in dict.fromkeys(keys):
            if key not in self._found:
                answers = self._answers(key)
                self._found[key] = OpenFact(key, self._asked(key), answers) if answers else None
            if (found := self._found[key]) is not None:
                yield found

    def key(self, test: Leaf, result: LeafResult, number: int | None) -> Key:
        """What would have to be known to answer a question otherwise."""
        if result.reason == "accounts_differ":
            return ("accounts",)
        match test:
            case FactTest():
                return self._fact_key(test.fact, number)
            case StandingTest():
                return self._standing_key(test, result)
            case DeadlineTest() if result.reason in ("no_deadline", "deadline_not_verified"):
                return ("due", test.rule)
        return ("date",)

    def under(self, units: Iterable[UnitRef]) -> list[Key]:
        """Everything that some units rest on, known or not: for what would have to be otherwise."""
        keys: dict[Key, None] = {}
        reached: set[tuple[UnitRef, int | None]] = set()
        for unit in units:
            for ref, number in self._reached(unit, None, reached):
                test, result = self.evidence.leaf(ref, number)
                match test:
                    case StandingTest():
                        keys |= {("status", test.instrument, test.of): None, ("day",): None}
                        if result.reason == "not_a_state" and test.of != "place":
                            keys["kind", test.of] = None
                    case FactTest():
                        key = self._fact_key(test.fact, number)
                        owner = test.fact.partition(".")[0]
                        keys[("kind", owner) if key[0] in ("actor", "role") else key] = None
                    case DeadlineTest():
                        keys |= {("due", test.rule): None, ("day",): None}
                    case _:
                        keys["day",] = None
        if not self.evidence.verdicts.objects:
            keys |= {("object", ref.index): None for ref in dict.fromkeys(units) if ref.scope == "object"}
        return list(keys)

    def _reached(
        self, formula: Formula, number: int | None, seen: set[tuple[UnitRef, int | None]]
    ) -> Iterator[tuple[LeafRef, int | None]]:
        """The leaves under a formula, of the event or of its objects."""
        match formula:
            case LeafRef():
                yield formula, number
            case UnitRef(scope):
                if (formula, number) in seen:
                    return
                seen.add((formula, number))
                inner = self.evidence.program.unit(formula).formula
                places = (
                    range(len(self.evidence.verdicts.objects)) if scope == "object" and number is None else (number,)
                )
                for place in places:
                    yield from self._reached(inner, place, seen)
            case Not(part):
                yield from self._reached(part, number, seen)
            case _:
                for part in formula.parts:
                    yield from self._reached(part, number, seen)

    # Keys

    def _fact_key(self, name: str, number: int | None) -> Key:
        vocabulary = self.evidence.rulebook.vocabulary
        fact = vocabulary.facts.get(name)
        if fact is not None and fact.lookup is not None and number is not None:
            item = self.evidence.event.objects[number]
            stated = item.model is not None and item.model.value != OPEN
            return ("fact", name, number) if stated else ("fact", fact.lookup.by, number)
        owner, _, attribute = name.partition(".")
        if name == "place.country":
            return ("place",)
        if attribute in ("kind", "code", "link") and (owner == "bearer" or owner in vocabulary.roles):
            return self._actor_key(owner)
        return ("fact", name, number)

    def _actor_key(self, owner: str) -> Key:
        """The one actor in a role, or the role itself if nobody or more than one takes part in it."""
        if owner == "bearer":
            return ("actor", self.bearer.key if self.bearer.through else self.bearer.participants[0].actor)
        cast = {one.actor for one in self.evidence.event.participants if one.role == owner}
        return ("actor", cast.pop()) if len(cast) == 1 else ("role", owner)

    def _standing_key(self, test: StandingTest, result: LeafResult) -> Key:
        if result.reason in ("after_register", "unlisted", "date_not_certain_in_register", "not_covered"):
            return ("status", test.instrument, test.of)
        if result.reason in ("no_state", "not_a_state") or self._turns_on_who(test, result):
            return ("place",) if test.of == "place" else self._actor_key(test.of)
        return ("date",)

    @staticmethod
    def _turns_on_who(test: StandingTest, result: LeafResult) -> bool:
        """Whether the answer is as weak as the State is shown to be the one."""
        return test.of != "bearer" and result.standing is not None and not result.standing.changes

    def _leaves(self) -> Iterator[tuple[LeafRef, Leaf, LeafResult, int | None]]:
        """Every leaf, of the event and of each object, with its result."""
        program = self.evidence.program
        for index, (test, result) in enumerate(zip(program.event_leaves, self.evidence.event_results, strict=True)):
            yield LeafRef(index), test, result, None
        for number, results in enumerate(self.evidence.object_results):
            for index, (of_object, result) in enumerate(zip(program.object_leaves, results, strict=True)):
                yield LeafRef(index), of_object, result, number

    # Answers

    def _answers(self, key: Key) -> tuple[Answer, ...]:
        kind = key[0]
        makers: Mapping[object, Callable[[Key], Iterator[Answer]]] = {
            "fact": self._values,
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
        # Who the bearer is, its status and its days differ from bearer to bearer; what is said of objects does not.
        own = kind != "place" and not (
            kind == "fact" and str(key[1]).partition(".")[0] not in ("bearer", "attribution")
        )
        if own:
            return _told_apart(makers[kind](key))
        if key not in self.shared:
            self.shared[key] = _told_apart(makers[kind](key))
        return self.shared[key]

    def _asking(self, wanted: Callable[[FactTest], bool], number: int | None) -> list[tuple[Place, FactTest]]:
        """The questions about facts in one place, of the event or of an object, with where their answers stand."""
        tests = self.evidence.program.event_leaves if number is None else self.evidence.program.object_leaves
        return [
            ((number, LeafRef(index)), test)
            for index, test in enumerate(tests)
            if isinstance(test, FactTest) and wanted(test)
        ]

    def _standing_tests(self, wanted: Callable[[StandingTest], bool]) -> list[tuple[Place, StandingTest]]:
        return [
            ((None, LeafRef(index)), test)
            for index, test in enumerate(self.evidence.program.event_leaves)
            if isinstance(test, StandingTest) and wanted(test)
        ]

    def _values(self, key: Key) -> Iterator[Answer]:
        name, number = str(key[1]), key[2]
        assert number is None or isinstance(number, int)  # noqa: S101 - how the key of a fact is made
        vocabulary = self.evidence.rulebook.vocabulary
        fact = vocabulary.fact(name)
        own = self._asking(lambda test: test.fact == name, number)
        derived = [one for one, made in vocabulary.facts.items() if made.lookup is not None and made.lookup.by == name]
        if derived:
            yield from self._looked_up(own, derived, number)
            return
        for value, words in _possible(fact, [test for _, test in own], self.evidence.rulebook.states.name):
            yield Answer(words, {place: self.facts.if_stated(test, value) for place, test in own})

    def _looked_up(self, own: list[tuple[Place, FactTest]], derived: list[str], number: int | None) -> Iterator[Answer]:
        """The entries of a register, by what it says of them."""
        facts = self.evidence.rulebook.vocabulary.facts
        asking = self._asking(lambda test: test.fact in derived, number)
        for row in self.evidence.rulebook.models.rows:
            verdicts = {place: self.facts.if_stated(test, row.key) for place, test in own}
            for place, test in asking:
                lookup = facts[test.fact].lookup
                value = row.values[lookup.column] if lookup is not None else ""
                verdict = self.facts.if_stated(test, value or OPEN)
                verdicts[place] = max(-row.strength, min(verdict, row.strength))
            yield Answer(row.key, verdicts)

    def _actors(self, key: Key) -> Iterator[Answer]:
        """Every kind of actor, of whatever State."""
        rulebook = self.evidence.rulebook
        asking = self._asking(lambda test: self._of_actor(test.fact, key), None)
        standing = self._standing_tests(lambda test: test.of != "place" and self._actor_key(test.of) == key)
        coded = [(place, test) for place, test in asking if test.fact.endswith(".code")]
        for kind, word in rulebook.vocabulary.actor_kinds.items():
            if kind == OPEN:
                continue
            link = "organ" if kind == "state_organ" else "direct"
            plain = {
                place: self.facts.if_stated(test, link if test.fact.endswith(".link") else kind)
                for place, test in asking
                if not test.fact.endswith(".code")
            }
            if kind not in _OF_STATES:
                yield Answer(word.label, plain | {place: CERTAINLY_NOT for place, _ in standing})
                continue
            for code in rulebook.states.codes if coded or standing else ("",):
                verdicts = plain | {place: self.facts.if_stated(test, code) for place, test in coded}
                verdicts |= {place: self.facts.if_state(test, code) for place, test in standing if code}
                yield Answer(self._state_words(word.label, code, coded, standing, verdicts), verdicts)

    def _actor_kinds(self, key: Key) -> Iterator[Answer]:
        """The other kinds of actor that whoever has a role might be; of which State it then is stays open."""
        owner = str(key[1])
        asking = self._asking(lambda test: test.fact in (f"{owner}.kind", f"{owner}.link"), None)
        standing = self._standing_tests(lambda test: test.of == owner)
        for kind, word in self.evidence.rulebook.vocabulary.actor_kinds.items():
            if kind == OPEN:
                continue
            link = "organ" if kind == "state_organ" else "direct"
            verdicts = {
                place: self.facts.if_stated(test, link if test.fact.endswith(".link") else kind)
                for place, test in asking
            }
            if self.bearer.code == "" or owner != "bearer":
                unknown = 0 if kind in _OF_STATES else int(CERTAINLY_NOT)
                verdicts |= {place: unknown for place, _ in standing}
            yield Answer(word.label, verdicts)

    def _of_actor(self, fact: str, key: Key) -> bool:
        owner, _, attribute = fact.partition(".")
        known = owner == "bearer" or owner in self.evidence.rulebook.vocabulary.roles
        return known and attribute in ("kind", "code", "link") and self._actor_key(owner) == key

    def _state_words(
        self,
        label: str,
        code: str,
        coded: list[tuple[Place, FactTest]],
        standing: list[tuple[Place, StandingTest]],
        verdicts: Mapping[Place, int],
    ) -> str:
        """A State as far as rules tell it from others: by name where they name it, else by its status."""
        rulebook = self.evidence.rulebook
        if any(code in test.operands for _, test in coded):
            return f"{label} ({rulebook.states.name(code)})" if label else rulebook.states.name(code)
        words = dict.fromkeys(
            f"{_holding(verdicts[place])}{' or '.join(test.standings)} by the {_short(self.evidence, test)}"
            for place, test in standing
            if test.standings
        )
        return f"{label} that was {', '.join(words)}" if words else label or "another State"

    def _places(self, key: Key) -> Iterator[Answer]:
        """Every State it may have happened in."""
        del key
        asking = self._asking(lambda test: test.fact == "place.country", None)
        standing = self._standing_tests(lambda test: test.of == "place")
        for code in self.evidence.rulebook.states.codes:
            verdicts = {place: self.facts.if_stated(test, code) for place, test in asking}
            verdicts |= {place: self.facts.if_state(test, code) for place, test in standing}
            label = "" if any(code in test.operands for _, test in asking) else "a State"
            yield Answer(self._state_words(label, code, asking, standing, verdicts), verdicts)

    def _days(self, key: Key) -> Iterator[Answer]:
        """Every stretch of days within the date of the event on which the answers are the same."""
        del key
        for words, when in stretches(self.facts, self.evidence.program.event_leaves, self.bearer):
            yield Answer(words, dated(self.facts.at(when), self.evidence.program.event_leaves, self.bearer))

    def _any_days(self, key: Key) -> Iterator[Answer]:
        """Every stretch of days on which the answers are the same, whatever the date of the event is."""
        del key
        ever = self.facts.at(dates.parse("XXXX"))
        for words, when in stretches(ever, self.evidence.program.event_leaves, self.bearer):
            yield Answer(words, dated(ever.at(when), self.evidence.program.event_leaves, self.bearer))

    def _standings(self, key: Key) -> Iterator[Answer]:
        """What the register might say of a State."""
        asking = self._standing_tests(lambda test: (test.instrument, test.of) == key[1:])
        for standing, words in _STANDINGS.items():
            yield Answer(
                words,
                {place: int(CERTAIN) if standing in test.standings else int(CERTAINLY_NOT) for place, test in asking},
            )

    def _passed(self, key: Key) -> Iterator[Answer]:
        """Whether a last day had come."""
        places = [
            (None, LeafRef(index))
            for index, test in enumerate(self.evidence.program.event_leaves)
            if isinstance(test, DeadlineTest) and test.rule == key[1]
        ]
        yield Answer("the last day had passed", dict.fromkeys(places, int(CERTAIN)))
        yield Answer("the last day had not passed", dict.fromkeys(places, int(CERTAINLY_NOT)))

    def _accounts(self, key: Key) -> Iterator[Answer]:
        """What each of the sources says that contradict one another."""
        del key
        program = self.evidence.program
        differing = [(number, ref) for ref, _, result, number in self._leaves() if result.reason == "accounts_differ"]
        for according_to, facts, case in self.facts.told(self.bearer):
            event = facts.event_leaves(program.event_leaves, case)
            objects = facts.object_leaves(program.object_leaves)
            yield Answer(
                f"as {according_to} says",
                {
                    (number, ref): (event if number is None else objects[number])[ref.index].verdict
                    for number, ref in differing
                },
            )

    def _kinds(self, key: Key) -> Iterator[Answer]:
        """Whether there was an object of a kind, where none is recorded."""
        index = key[1]
        assert isinstance(index, int)  # noqa: S101 - how the key of an object unit is made
        place = (None, UnitRef("object", index))
        yield Answer("of that kind", {place: int(CERTAIN)})
        yield Answer("of no such kind", {place: int(CERTAINLY_NOT)})

    # Questions

    def _asked(self, key: Key) -> Missing:
        rulebook, event = self.evidence.rulebook, self.evidence.event
        match key:
            case ("fact", str(name), number):
                assert number is None or isinstance(number, int)  # noqa: S101 - how the key of a fact is made
                about = event.objects[number].described if number is not None else ""
                fact = rulebook.vocabulary.fact(name)
                return Missing(name, fact.question if fact is not None else name, about)
            case ("actor", _) if self._actor_key("bearer") == key:
                name = bearer_name(rulebook, self.bearer)
                return Missing("bearer.kind", f"Who is {name}: what kind of actor, and of which State?")
            case ("actor" | "role", str(who)):
                actor = self.evidence.dossier.actors.get(who)
                word = rulebook.vocabulary.roles.get(who)
                called = actor.name if actor is not None else f"the {word.label}" if word is not None else who
                return Missing("", f"Who is {called}: what kind of actor, and of which State?")
            case ("kind", str(owner)):
                actor_kind = rulebook.vocabulary.fact(f"{owner}.kind")
                return Missing(f"{owner}.kind", actor_kind.question if actor_kind is not None else owner)
            case ("date",) | ("day",):
                return Missing("date", "On which day did it happen, and who says so?")
            case ("object", _):
                return Missing("object", "Which objects were they?")
            case ("accounts",):
                each = "; ".join(according_to for according_to, _, _ in self.facts.told(self.bearer))
                return Missing("accounts", f"Which account is right ({each})?")
            case ("place",):
                return Missing("place.country", "In which State did it happen?")
            case ("status", str(instrument), str(of)):
                name, short = whose(self.evidence, of, self.bearer), rulebook.instruments[instrument].short_title
                return Missing("date", f"What was the status of {name} under the {short} on that day?")
            case _:
                return Missing("date", "Which day was the last one, and had it passed?")


def stretches(facts: EventFacts, tests: Iterable[Leaf], bearer: BearerCase) -> Iterator[tuple[str, When]]:
    """The date of an event cut at each day from which an answer may be another, in words and as dates.

    Nothing comes for a date that no such day divides.
    """
    when = facts.when
    cuts = sorted({day for test in tests for day in facts.turns(test, bearer)})
    inside = [
        day
        for day in cuts
        if (when.earliest is None or day > when.earliest) and (when.latest is None or day <= when.latest)
    ]
    if not inside:
        return
    starts = [when.earliest, *inside]
    ends = [*(day - timedelta(days=1) for day in inside), when.latest]
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        words = _between(start if place else None, end if place < len(inside) else None)
        yield (
            words,
            replace(when, text=words, earliest=start, latest=end, extent="instant", begun_by=None, lasts_to=None),
        )


def dated(facts: EventFacts, tests: tuple[Leaf, ...], bearer: BearerCase) -> dict[Place, int]:
    """The verdicts of all questions that turn on the date."""
    turning = tuple(test for test in tests if not isinstance(test, FactTest))
    results = iter(facts.event_leaves(turning, bearer))
    return {
        (None, LeafRef(index)): next(results).verdict
        for index, test in enumerate(tests)
        if not isinstance(test, FactTest)
    }


def _between(start: date | None, end: date | None) -> str:
    """A stretch of days in words, named by the days at which it was cut."""
    if start is None and end is not None:
        return f"before {dates.describe_day(end + timedelta(days=1))}"
    if start is not None and end is None:
        return f"on or after {dates.describe_day(start)}"
    assert start is not None and end is not None  # noqa: S101, PT018 - a stretch has at least one cut
    return f"from {dates.describe_day(start)} to {dates.describe_day(end)}"


def _told_apart(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The answers, those that give the same verdicts as one."""
    groups: dict[tuple[tuple[Place, int], ...], dict[str, None]] = {}
    for answer in answers:
        groups.setdefault(tuple(answer.verdicts.items()), {})[answer.words] = None
    return tuple(Answer(_one_of(list(words)), dict(verdicts)) for verdicts, words in groups.items())


def _one_of(words: list[str]) -> str:
    if len(words) > MOST_NAMED:
        return f"{', '.join(words[: MOST_NAMED - 1])} or another ({len(words)} in all)"
    *rest, last = words
    return f"{', '.join(rest)} or {last}" if rest else last


def _holding(verdict: int) -> str:
    return "" if verdict > 0 else "perhaps " if verdict == 0 else "not "


def _short(evidence: Evidence, test: StandingTest) -> str:
    return evidence.rulebook.instruments[test.instrument].abbreviation


def _possible(fact: Fact | None, tests: list[FactTest], named: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """The values a fact may have, as far as these questions tell them apart, each with its words."""
    operands = dict.fromkeys(operand for test in tests if test.operator != "is_stated" for operand in test.operands)
    if fact is None or fact.type == "text":
        yield from ((operand, operand) for operand in operands)
        yield "another", "something else"
    elif fact.type == "truth":
        yield from (("yes", "yes"), ("no", "no"))
    elif fact.type == "code":
        yield from ((value, value.replace("_", " ")) for value in fact.values)
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
