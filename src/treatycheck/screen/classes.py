"""What no rule can tell apart: the columns of a table sorted into classes, by asking the facts of a check.

The values of a column, and for dates and States the stretches of time, are put to every question that any rule asks;
those that are answered alike, at full strength and with the same reason, are one class. Nothing is decided here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from treatycheck.casefile.model import Dossier, Event
from treatycheck.casefile.words import OF_STATES
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
from treatycheck.registers.models import squeezed
from treatycheck.rulebook.conditions import DateTest, FactTest, is_day
from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.digits import LATER, Digit, Stretches, places
from treatycheck.screen.event import Cells, dossier_of, event_of
from treatycheck.screen.schema import (
    ACT,
    COUNTRY,
    DATE,
    DISPUTE,
    MODALITY,
    OF_CODE,
    OF_KIND,
    OF_STRENGTH,
    STRENGTH,
    UNKNOWN,
    Column,
    FlatSchema,
)

Signature = tuple[int, ...]
"""One class for each digit; 0 where the digit does not matter for the act."""

NOBODY: Final = BearerCase("", "", UNKNOWN, "", "direct", ())

OTHER: Final = "other"
"""Stands for a text that no rule and no register names."""

Answers = tuple[object, ...]


def beginnings(programs: Mapping[str, Program]) -> frozenset[str]:
    """The facts from whose date a deadline runs."""
    return frozenset(
        test.start
        for program in programs.values()
        for test in program.event_leaves
        if isinstance(test, DeadlineTest) and test.start != "entry_into_force"
    )


class Classes:
    """The digits of a rulebook's signatures over the columns that a table has.

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
        self.schema = schema
        self.columns = tuple(column for column in schema.columns if column.name in columns)
        self.roles = tuple(
            role for role in schema.roles if not {role, role + OF_CODE, role + OF_KIND}.isdisjoint(columns)
        )
        self.as_of = as_of
        self._names = frozenset(columns)
        self._first = next(iter(self.programs), next(iter(rulebook.vocabulary.acts)))
        self._acts = tuple(self.programs)
        self._reps: list[dict[int, Cells]] = []
        self._known: list[dict[Answers, int]] = []
        self._later: dict[tuple[int, Answers], int] = {}
        self._counts: dict[int, int] = {}
        self._stretched: list[Mapping[str, tuple[tuple[date, ...], Stretches]]] = []
        self._answered: dict[tuple[str, str], EventFacts] = {}
        self._seen: dict[tuple[int, str, str], int] = {}
        self._spelt: dict[int, tuple[int, Mapping[tuple[int, int], str]]] = {}
        self.begin = beginnings(self.programs)
        found: list[Digit] = []
        for column in self.columns:
            found += self._of_column(column)
        found += self._of_people()
        if self._object_shows():
            filled = tuple(one.name for one in self.columns if one.part == "object" and one.kind != "strength")
            if filled:
                found.append(Digit(name="object", way="filled", columns=filled, acts=self._acts, size=2))
                self._add({1: {filled[0]: UNKNOWN}})
        self.digits = tuple(found)
        self.places = places(self.digits)
        self.index = {digit.name: number for number, digit in enumerate(self.digits)}
        self.words = self.places[-1].word + 1
        self._listed = [dict(zip(digit.values, digit.classes, strict=digit.way != "number")) for digit in self.digits]

    # One row

    def classify(self, cells: Cells) -> Signature:
        """The signature of a row without faults."""
        act = cells[ACT]
        exact = any(act in self._acts_of(name) and cells.get(name, UNKNOWN) != UNKNOWN for name in self.begin)
        return tuple(
            [
                self._class(number, digit, cells, exact) if act in digit.acts else 0
                for number, digit in enumerate(self.digits)
            ]
        )

    def packed(self, signature: Signature) -> tuple[int, ...] | None:
        """The signature as the numbers that a table engine finds; None if it has a class that was not known before."""
        words = [0] * self.words
        for value, digit, place in zip(signature, self.digits, self.places, strict=True):
            if value >= digit.size:
                return None
            words[place.word] += value * place.unit
        return tuple(words)

    def unpacked(self, words: Sequence[int]) -> Signature:
        """The signature that stands for these numbers."""
        return tuple(
            [
                words[place.word] // place.unit % digit.size
                for digit, place in zip(self.digits, self.places, strict=True)
            ]
        )

    def cells(self, number: int, value: int) -> Cells:
        """What a row may hold that has this class in this digit."""
        return self._reps[number].get(value, {})

    def row(self, numbers: Iterable[int], signature: Signature) -> Cells:
        """What a row may hold that has the classes of a signature in these digits, and says no more."""
        said: dict[str, str] = {}
        # What only shows that something is there gives way to what says what it is.
        for number in sorted(numbers, key=lambda one: self.digits[one].way not in ("filled", "named")):
            said |= self.cells(number, signature[number])
            if number in self._spelt:
                by_name, texts = self._spelt[number]
                if text := texts[signature[by_name], signature[number]]:
                    said[self.digits[number].columns[0]] = text
        return said

    def _class(self, number: int, digit: Digit, cells: Cells, exact: bool) -> int:  # noqa: FBT001
        text = cells.get(digit.columns[0], "")
        match digit.way:
            case "listed":
                if exact and digit.columns[0] in self.begin and text not in ("", UNKNOWN):
                    return self._class_later(number, (text,), {digit.columns[0]: text})
                return self._listed[number].get(text, digit.other)
            case "designation":
                return digit.absent if not text else self._listed[number].get(squeezed(text), digit.other)
            case "number":
                return 0 if text in ("", UNKNOWN) else _between(digit, text)
            case "dated":
                return self._class_dated(number, digit, cells, exact)
            case "named":
                return int(bool(text) and not any(cells.get(name) for name in digit.columns[1:]))
            case "filled":
                return int(any(cells.get(name) for name in digit.columns))
            case "same":
                return int(_same(digit, cells))

    def _class_dated(self, number: int, digit: Digit, cells: Cells, exact: bool) -> int:  # noqa: FBT001
        day = cells.get(DATE, "")
        day = "" if day == UNKNOWN else day
        key = cells.get(digit.columns[1], "") if len(digit.columns) > 1 else ""
        if len(digit.columns) > 1 and key == "":
            return digit.absent
        if exact:
            said = {DATE: day, digit.columns[-1]: day if len(digit.columns) == 1 else key}
            return self._class_later(number, (key, day), said)
        if len(digit.columns) > 1 and key == UNKNOWN:
            return digit.open
        known = self._seen.get((number, key, day))
        if known is None:
            known = self._seen[number, key, day] = self._class_of(number, digit, key, day)
        return known

    def _class_of(self, number: int, digit: Digit, key: str, day: str) -> int:
        days, stretches = self._stretched[number][key]
        if not day:
            return stretches.unstated
        if is_day(day):
            return stretches.classes[bisect_right(days, date.fromisoformat(day))]
        answers = self._asked(digit.name)(key, day)
        known = self._known[number].get(answers)
        if known is not None:
            return known
        return self._class_later(number, answers, {DATE: day, **({digit.columns[1]: key} if key else {})})

    def _class_later(self, number: int, answers: Answers, said: Cells) -> int:
        """A class that was not known before this row."""
        found = self._later.get((number, answers))
        if found is None:
            size = self.digits[number].size
            found = self._later[number, answers] = size + self._counts.get(number, 0)
            self._counts[number] = self._counts.get(number, 0) + 1
            self._reps[number][found] = said
        return found

    # Columns

    def _of_column(self, column: Column) -> Iterator[Digit]:
        name = column.name
        if name == ACT:
            classes = {act: self._acts.index(act) + 1 if act in self.programs else 0 for act in column.words}
            yield self._listing(column, column.words, lambda act: (classes[act],), acts=column.words)
        elif name == MODALITY:
            effects = self.rulebook.vocabulary.modalities
            tests = self._tests("event.modality")
            yield self._listing(
                column, column.words, lambda word: (effects[word].effect, *self._answers({MODALITY: word}, tests))
            )
        elif name == STRENGTH:
            yield self._listing(column, column.words, lambda word: (word,))
        elif name == DISPUTE:
            words = ("", *column.words)
            yield self._listing(
                column, words, lambda word: (event_of(self._base({name: word}), self.schema)[1].dispute.limit,)
            )
        elif name == DATE:
            yield self._dating(name, (DATE,), self._acts)
        elif column.kind == "strength":
            acts = self._acts if column.grades == DATE else self._acts_of(column.subject)
            yield self._listing(column, ("", *column.words), lambda word: (word,), acts=acts)
        elif name == COUNTRY:
            yield self._dating(name, (DATE, name), self._acts_of(name))
        elif column.part == "actor":
            yield from self._of_actor(column)
        elif column.part in ("event", "object"):
            yield from self._of_fact(column)

    def _of_actor(self, column: Column) -> Iterator[Digit]:
        role, acts = column.subject, self._acts_of(column.subject)
        if column.name == role + OF_CODE:
            yield self._dating(column.name, (DATE, column.name), acts, absent=0, unknown=1)
        elif column.name == role + OF_KIND:
            tests = self._tests(f"{role}.kind", "bearer.kind", "bearer.link")

            def kinds(kind: str) -> Answers:
                return (kind == "", kind in ("", UNKNOWN), *self._answers({role + OF_KIND: kind}, tests, role))

            guarded = tuple(one for one in OF_STATES if one in column.words)
            yield self._listing(column, ("", *column.words), kinds, acts=acts, guarded=guarded)

    def _of_people(self) -> Iterator[Digit]:
        """Whether somebody is only named, and who is the same in two roles, where that matters."""
        for role in self.roles:
            if role in self._names:
                rest = tuple(name for name in (role + OF_CODE, role + OF_KIND) if name in self._names)
                self._add({1: {role: "somebody"}})
                yield Digit(name=role, way="named", columns=(role, *rest), acts=self._acts_of(role), size=2)
        parts = ("", OF_CODE, OF_KIND)
        for place, one in enumerate(self.roles):
            for other in self.roles[place + 1 :]:
                acts = tuple(act for act in self._acts if self._told_apart(act, one, other))
                if acts:
                    columns = tuple(role + part for role in (one, other) for part in parts)
                    self._add({})
                    yield Digit(name=f"{one} {other}", way="same", columns=columns, acts=acts, size=2)

    def _told_apart(self, act: str, one: str, other: str) -> bool:
        """Whether it matters for an act that two roles are played by one actor.

        It does if a rule binds both, which is then one finding and not two, or if a rule that binds one asks whether
        the bearer has the other, or how well shown its roles are.
        """
        graded = not self._names.isdisjoint((one + OF_STRENGTH, other + OF_STRENGTH))
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

    def _of_fact(self, column: Column) -> Iterator[Digit]:
        name, acts = column.name, self._acts_of(column.name)
        tests = self._tests(name)
        if column.kind == "model":
            yield from self._of_model(column, tests, acts)
        elif column.kind in ("word", "truth"):
            words = column.words or ("yes", "no")
            yield self._listing(
                column, ("", UNKNOWN, *words), lambda word: self._answers({name: word}, tests), acts=acts
            )
        elif column.kind == "state":
            codes = tuple(self.rulebook.states.codes)
            yield self._listing(
                column, ("", UNKNOWN, *codes), lambda word: self._answers({name: word}, tests), acts=acts
            )
        elif column.kind == "number":
            yield self._numbers(column, tests, acts)
        elif column.kind == "date":
            yield self._listing(
                column,
                ("", UNKNOWN),
                lambda word: self._answers({name: word}, tests),
                acts=acts,
                other="2020",
                later=True,
            )
        elif column.kind == "text" and tests:
            yield self._in_words(column, tests, acts)

    def _of_model(self, column: Column, tests: Sequence[FactTest], acts: tuple[str, ...]) -> Iterator[Digit]:
        """By what the register has under a designation, and by its very words where a rule asks for them."""
        designated = self._designation(column, acts)
        yield designated
        if not tests:
            return
        worded = self._in_words(column, tests, acts)
        yield worded
        # One text has to stand for both classes.
        by_name = dict(zip(designated.values, designated.classes, strict=True))
        by_word = dict(zip(worded.values, worded.classes, strict=True))
        texts: dict[tuple[int, int], str] = {}
        for text in (*worded.values, *(_respelt(one, worded.values) for one in (*designated.spelt, OTHER))):
            of_name = by_name.get(squeezed(text), designated.other) if text else designated.absent
            texts.setdefault((of_name, by_word.get(text, worded.other)), text)
        self._spelt[len(self._reps) - 1] = len(self._reps) - 2, texts

    def _in_words(self, column: Column, tests: Sequence[FactTest], acts: tuple[str, ...]) -> Digit:
        """A digit by the very text of a column."""
        named = tuple(
            dict.fromkeys(operand for test in tests if test.operator != "is_stated" for operand in test.operands)
        )
        return self._listing(
            column,
            ("", UNKNOWN, *named),
            lambda word: self._answers({column.name: word} if word else {}, tests),
            acts=acts,
            other=_respelt(OTHER, named),
            label=f"{column.name} in words",
        )

    # How digits are made

    def _add(self, reps: dict[int, Cells], known: dict[Answers, int] | None = None) -> None:
        self._reps.append(reps)
        self._known.append(known or {})
        self._stretched.append({})

    def _listing(
        self,
        column: Column,
        values: Iterable[str],
        answers: Callable[[str], Answers],
        *,
        acts: tuple[str, ...] | None = None,
        other: str = "",
        label: str = "",
        guarded: tuple[str, ...] = (),
        later: bool = False,
    ) -> Digit:
        """A digit by the value of one column; what is asked of it tells which values are one class."""
        known: dict[Answers, int] = {}
        reps: dict[int, Cells] = {}
        classes: list[int] = []
        values = tuple(dict.fromkeys(values))
        for value in (*values, *([other] if other else [])):
            found = known.setdefault(answers(value), len(known))
            reps.setdefault(found, {column.name: value} if value else {})
            classes.append(found)
        if column.name == ACT:
            classes = [self._acts.index(act) + 1 if act in self.programs else 0 for act in values]
            reps = {number: {ACT: act} for act, number in zip(values, classes, strict=True)}
        self._add(reps, known)
        return Digit(
            name=label or column.name,
            way="listed",
            columns=(column.name,),
            acts=self._acts if acts is None else acts,
            size=max(classes) + 1,
            values=values,
            classes=tuple(classes[: len(values)]),
            other=classes[-1] if other else LATER,
            guarded=guarded,
            later=later,
        )

    def _designation(self, column: Column, acts: tuple[str, ...]) -> Digit:
        looked_up = [
            name
            for name, fact in self.rulebook.vocabulary.facts.items()
            if fact.lookup is not None and fact.lookup.by == column.name
        ]
        tests = self._tests(*looked_up)
        known: dict[Answers, int] = {}
        reps: dict[int, Cells] = {}

        def found(text: str) -> int:
            number = known.setdefault(self._answers({column.name: text} if text else {}, tests), len(known))
            reps.setdefault(number, {column.name: text} if text else {})
            return number

        absent = found("")
        named: dict[str, int] = {}
        spelt = [UNKNOWN]
        for row in self.rulebook.models.rows:
            spelt += [row.key, *filter(None, row.values["aliases"].split("|"))]
        for spelling in spelt:
            named.setdefault(squeezed(spelling), found(spelling))
        unlisted = next(f"{OTHER}{count}" for count in range(len(named) + 1) if f"{OTHER}{count}" not in named)
        other = found(unlisted)
        self._add(reps, known)
        return Digit(
            name=column.name,
            way="designation",
            columns=(column.name,),
            acts=acts,
            size=len(known),
            values=tuple(named),
            classes=tuple(named.values()),
            spelt=tuple(dict.fromkeys(spelt)),
            other=other,
            absent=absent,
        )

    def _numbers(self, column: Column, tests: Sequence[FactTest], acts: tuple[str, ...]) -> Digit:
        cuts = sorted({Decimal(operand) for test in tests if test.operator != "is_stated" for operand in test.operands})
        stops = [cuts[0] / 2 if cuts else Decimal(1)]
        for place, cut in enumerate(cuts):
            stops += [cut, (cut + cuts[place + 1]) / 2 if place + 1 < len(cuts) else cut + 1]
        known: dict[Answers, int] = {self._answers({}, tests): 0}
        reps: dict[int, Cells] = {0: {}}
        classes = []
        for stop in stops:
            said = {column.name: f"{stop:f}"}
            found = known.setdefault(self._answers(said, tests), len(known))
            reps.setdefault(found, said)
            classes.append(found)
        self._add(reps, known)
        return Digit(
            name=column.name,
            way="number",
            columns=(column.name,),
            acts=acts,
            size=len(known),
            classes=tuple(classes),
            cuts=tuple(f"{cut:f}" for cut in cuts),
        )

    def _dating(
        self, name: str, columns: tuple[str, ...], acts: tuple[str, ...], *, absent: int = 0, unknown: int = 0
    ) -> Digit:
        """A digit by the date of the row, and by the State in a column if there is one."""
        asked = self._asked(name)
        tests = self._dated_tests(name)
        of_state = len(columns) > 1
        first = max(absent, unknown) + 1 if of_state else 0
        known: dict[Answers, int] = {}
        reps: dict[int, Cells] = {unknown: {columns[1]: UNKNOWN}} if unknown else {}
        stretched: dict[str, tuple[tuple[date, ...], Stretches]] = {}

        def found(key: str, day: str) -> int:
            number = known.setdefault(asked(key, day), len(known) + first)
            # That no date is stated is said as well: else the date of another class would count for this State.
            said = {DATE: day or UNKNOWN, columns[1]: key} if of_state else {DATE: day} if day else {}
            reps.setdefault(number, said)
            return number

        for key in self.rulebook.states.codes if of_state else ("",):
            days = self._turns(key, tests)
            begins = [days[0] - timedelta(days=1), *days]
            classes = [found(key, day.isoformat()) for day in begins]
            kept = [place for place in range(len(days)) if classes[place] != classes[place + 1]]
            stretches = Stretches(
                key=key,
                unstated=found(key, ""),
                days=tuple(days[place].isoformat() for place in kept),
                classes=(*(classes[place] for place in kept), classes[-1]),
            )
            stretched[key] = tuple(days[place] for place in kept), stretches
        self._add(reps, known)
        self._stretched[-1] = stretched
        return Digit(
            name=name,
            way="dated",
            columns=columns,
            acts=acts,
            size=len(known) + first,
            stretches=tuple(stretches for _, stretches in stretched.values()),
            absent=absent,
            open=unknown,
        )

    # What is asked

    def _tests(self, *facts: str) -> list[FactTest]:
        """Every question about these facts that any rule asks."""
        return [
            *dict.fromkeys(
                test
                for program in self.programs.values()
                for test in (*program.event_leaves, *program.object_leaves)
                if isinstance(test, FactTest) and test.fact in facts
            )
        ]

    def _dated_tests(self, name: str) -> list[Leaf]:
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

    def _asked(self, name: str) -> Callable[[str, str], Answers]:
        tests = tuple(self._dated_tests(name))

        def answers(key: str, day: str) -> Answers:
            facts = self._facts_on(key, day)
            bearer = BearerCase("", "", "state", key, "direct", ()) if key else NOBODY
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

    def _turns(self, key: str, tests: Iterable[Leaf]) -> list[date]:
        facts = self._facts_on(key, "")
        bearer = BearerCase("", "", "state", key, "direct", ()) if key else NOBODY
        days = {day for test in tests for day in facts.turns(test, bearer)} | {self.as_of + timedelta(days=1)}
        return sorted(days)

    def facts(self, said: Cells) -> EventFacts:
        """The facts of the event that a row states which holds no more than these cells."""
        return EventFacts(self.rulebook, *self.case(said), self.as_of)

    def case(self, said: Cells) -> tuple[Dossier, Event]:
        """The event that a row states which holds no more than these cells, with its actors."""
        dossier = dossier_of(self._base(said), self.schema)
        return dossier, dossier.events[0]

    def _base(self, said: Cells) -> Cells:
        return {ACT: self._first, MODALITY: next(iter(self.rulebook.vocabulary.modalities)), STRENGTH: "S4", **said}

    def _answers(self, said: Cells, tests: Sequence[FactTest], role: str = "") -> Answers:
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

    def _object_shows(self) -> bool:
        """Whether a rule may tell an object of which nothing is said from none."""
        return any(test.operator == "is_stated" for program in self.programs.values() for test in program.object_leaves)

    def _acts_of(self, subject: str) -> tuple[str, ...]:
        """The acts whose rules look at a fact or a role."""
        return tuple(act for act, program in self.programs.items() if self._looks_at(program, subject))

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
                if fact is not None and fact.lookup is not None and fact.lookup.by == subject:
                    return True
        return False


def _respelt(text: str, taken: Collection[str]) -> str:
    """A text that is none of those taken and designates the same."""
    while text in taken:
        text += "-"
    return text


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


def _between(digit: Digit, text: str) -> int:
    number, cuts = Decimal(text), [Decimal(cut) for cut in digit.cuts]
    place = bisect_right(cuts, number)
    return digit.classes[2 * place - 1 if place and cuts[place - 1] == number else 2 * place]


def _same(digit: Digit, cells: Cells) -> bool:
    half = len(digit.columns) // 2
    one, other = ([_said(cells, name) for name in part] for part in (digit.columns[:half], digit.columns[half:]))
    return one == other and any(one[:2])


def _said(cells: Cells, name: str) -> str:
    text = cells.get(name, "")
    return "" if text == UNKNOWN else text
