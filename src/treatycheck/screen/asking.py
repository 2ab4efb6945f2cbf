"""What the rules ask of an event, put to the facts of a check: which values of a column are answered alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from treatycheck.casefile.model import Dossier, Event
from treatycheck.engine.program import (
    All,
    Any,
    CompiledRule,
    DeadlineTest,
    Formula,
    Leaf,
    LeafRef,
    Not,
    Program,
    StandingTest,
    UnitRef,
)
from treatycheck.facts import BearerCase, EventFacts, LeafResult, bearers
from treatycheck.rulebook.conditions import DateTest, FactTest
from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.event import Cells, dossier_of
from treatycheck.screen.schema import (
    ACT,
    COUNTRY,
    DATE,
    MODALITY,
    OF_CODE,
    OF_KIND,
    OF_STRENGTH,
    STRENGTH,
    UNKNOWN,
    FlatSchema,
)

NOBODY: Final = BearerCase("", "", UNKNOWN, "", "direct", ())

Answers = tuple[object, ...]


def beginnings(programs: Mapping[str, Program]) -> frozenset[str]:
    """The facts from whose date a deadline runs."""
    return frozenset(
        test.start
        for program in programs.values()
        for test in program.event_leaves
        if isinstance(test, DeadlineTest) and test.start != "entry_into_force"
    )


class Asking:
    """The questions of a rulebook over tables with some columns.

    `rulebook` has its registers under the positions and as of the day; `programs` are what its rules ask, by act.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        programs: Mapping[str, Program],
        schema: FlatSchema,
        columns: Collection[str],
        as_of: date,
    ) -> None:
        self.rulebook = rulebook
        self.programs = {act: program for act, program in programs.items() if program.rules}
        self.acts = tuple(self.programs)
        self.schema = schema
        self.as_of = as_of
        self.roles = schema.roles_in(columns)
        self.names = frozenset(columns)
        self._first = next(iter(self.programs), next(iter(rulebook.vocabulary.acts)))
        self._answered: dict[tuple[str, str], EventFacts] = {}
        self._acts_of: dict[str, tuple[str, ...]] = {}

    def tests(self, *facts: str) -> list[FactTest]:
        """Every question about these facts that any rule asks."""
        return [
            *dict.fromkeys(
                test
                for program in self.programs.values()
                for test in (*program.event_leaves, *program.object_leaves)
                if isinstance(test, FactTest) and test.fact in facts
            )
        ]

    def dated_tests(self, name: str) -> list[Leaf]:
        """Every question that the date, or the State in a column on that date, answers."""
        every = dict.fromkeys(test for program in self.programs.values() for test in program.event_leaves)
        if name == DATE:
            return [test for test in every if isinstance(test, DateTest)]
        if name == COUNTRY:
            return [test for test in every if _of_state(test, "place", COUNTRY)]
        role = name.removesuffix(OF_CODE)
        bears = any(role in rule.rule.bearer.role for program in self.programs.values() for rule in program.rules)
        return [
            test
            for test in every
            if _of_state(test, role, name)
            or (bears and (_of_state(test, "bearer", "bearer.code") or isinstance(test, DeadlineTest)))
        ]

    def asked(self, name: str) -> Callable[[str, str], Answers]:
        """What tells the answers for a State on a day, or for a day alone, to all that its column is asked."""
        tests = tuple(self.dated_tests(name))

        def answers(key: str, day: str) -> Answers:
            facts = self._facts_on(key, day)
            bearer = _state(key)
            found: Answers = (facts.readable, *map(_told, facts.event_leaves(tests, bearer)))
            return found

        return answers

    def _facts_on(self, key: str, day: str) -> EventFacts:
        """The facts of an event on a day in which one State has every role."""
        facts = self._answered.get((key, day))
        if facts is None:
            everybody = {role + OF_CODE: key for role in self.roles} if key else {}
            cells = {DATE: day, COUNTRY: key, **everybody}
            facts = self._answered[key, day] = self.facts({one: text for one, text in cells.items() if text})
        return facts

    def turns(self, key: str, tests: Iterable[Leaf]) -> list[date]:
        """The days from which on questions may be answered otherwise."""
        facts = self._facts_on(key, "")
        bearer = _state(key)
        days = {day for test in tests for day in facts.turns(test, bearer)} | {self.as_of + timedelta(days=1)}
        return sorted(days)

    def facts(self, said: Cells) -> EventFacts:
        """The facts of the event that a row states which holds no more than these cells."""
        return EventFacts(self.rulebook, *self.case(said), self.as_of)

    def case(self, said: Cells) -> tuple[Dossier, Event]:
        """The event that a row states which holds no more than these cells, with its actors."""
        dossier = dossier_of(self.base(said), self.schema)
        return dossier, dossier.events[0]

    def base(self, said: Cells) -> Cells:
        """What a row says at least, and these cells."""
        return {ACT: self._first, MODALITY: next(iter(self.rulebook.vocabulary.modalities)), STRENGTH: "S4", **said}

    def answers(self, said: Cells, tests: Sequence[FactTest], role: str = "") -> Answers:
        """The verdicts on questions about facts, of an event that says only this."""
        dossier, event = self.case(said)
        facts = EventFacts(self.rulebook, dossier, event, self.as_of)
        bearer = next(iter(bearers(dossier, event)), NOBODY) if role else NOBODY
        inner = tuple(test for test in tests if self._of_object(test))
        outer = tuple(test for test in tests if not self._of_object(test))
        objects = facts.object_leaves(inner)
        of_object = [result.verdict for result in objects[0]] if objects else [0 for _ in inner]
        return (*of_object, *(result.verdict for result in facts.event_leaves(outer, bearer)))

    def _of_object(self, test: FactTest) -> bool:
        fact = self.rulebook.vocabulary.fact(test.fact)
        return fact is not None and fact.scope == "object"

    def object_shows(self) -> bool:
        """Whether a rule may tell an object of which nothing is said from none."""
        return any(test.operator == "is_stated" for program in self.programs.values() for test in program.object_leaves)

    def acts_of(self, subject: str) -> tuple[str, ...]:
        """The acts whose rules look at a fact or a role, be it for the sake of another role of the same actor."""
        found = self._acts_of.get(subject)
        if found is None:
            others = [role for role in self.roles if role != subject] if subject in self.roles else []
            found = self._acts_of[subject] = tuple(
                act
                for act, program in self.programs.items()
                if self._looks_at(program, subject) or any(self.told_apart(act, subject, other) for other in others)
            )
        return found

    def _looks_at(self, program: Program, subject: str) -> bool:
        if any(subject in rule.rule.bearer.role for rule in program.rules):
            return True
        facts = self.rulebook.vocabulary.facts
        for test in (*program.event_leaves, *program.object_leaves):
            if isinstance(test, StandingTest) and (test.of == subject or (test.of == "place" and subject == COUNTRY)):
                return True
            if isinstance(test, DeadlineTest) and test.start == subject:
                return True
            if isinstance(test, FactTest):
                fact = facts.get(test.fact)
                if test.fact in (subject, subject + OF_CODE, subject + OF_KIND):
                    return True
                if test.fact == "bearer.role" and subject in test.operands:
                    return True
                if fact is not None and fact.lookup is not None and fact.lookup.by == subject:
                    return True
        return False

    def told_apart(self, act: str, one: str, other: str) -> bool:
        """Whether it matters for an act that two roles are played by one actor.

        It does if a rule binds both, which is then one finding and not two, or if a rule that binds one asks whether
        the bearer has the other, or how well shown its roles are.
        """
        graded = not self.names.isdisjoint((one + OF_STRENGTH, other + OF_STRENGTH))
        for rule in self.programs[act].rules:
            bound = {one, other}.intersection(rule.rule.bearer.role)
            asked = _asked_roles(self.programs[act], rule) if bound else []
            if len(bound) > 1 or (bound and graded and asked):
                return True
            if any(
                (one in test.operands) != (other in test.operands) and not bound & {*test.operands} for test in asked
            ):
                return True
        return False


def _state(key: str) -> BearerCase:
    """The State of a code as a bearer; nobody without one."""
    return BearerCase("", "", "state", key, "direct", ()) if key else NOBODY


def _of_state(test: Leaf, of: str, fact: str) -> bool:
    return (isinstance(test, StandingTest) and test.of == of) or (isinstance(test, FactTest) and test.fact == fact)


def _asked_roles(program: Program, rule: CompiledRule) -> list[FactTest]:
    """The questions about the roles of the bearer that a rule rests on."""
    found: list[FactTest] = []
    waiting: list[Formula] = [*rule.units]
    while waiting:
        match waiting.pop():
            case UnitRef() as ref if ref.scope == "event":
                waiting.append(program.unit(ref).formula)
            case LeafRef(index):
                test = program.event_leaves[index]
                if isinstance(test, FactTest) and test.fact == "bearer.role":
                    found.append(test)
            case All(parts) | Any(parts):
                waiting += parts
            case Not(part):
                waiting.append(part)
    return found


def _told(result: LeafResult) -> tuple[object, ...]:
    """What of an answer may show in an outcome, whatever the strength of the row."""
    changes = result.standing.changes if result.standing is not None else None
    return result.verdict, result.reason, changes, result.due is None
