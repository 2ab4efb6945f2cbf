"""How digits are made: the values of each column sorted into classes that no rule can tell apart.

The values of a column, and for dates and States the stretches of time, are put to every question that any rule asks;
those that are answered alike, at full strength and with the same reason, are one class. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from treatycheck.casefile.words import OF_STATES
from treatycheck.registers.models import squeezed
from treatycheck.rulebook.conditions import FactTest
from treatycheck.screen.asking import Answers, Asking
from treatycheck.screen.digits import LATER, Digit, Stretches
from treatycheck.screen.event import Cells, event_of
from treatycheck.screen.schema import (
    ACT,
    COUNTRY,
    DATE,
    DISPUTE,
    MODALITY,
    OF_CODE,
    OF_KIND,
    STRENGTH,
    UNKNOWN,
    WHO,
    Column,
)

OTHER: Final = "other"
"""Stands for a text that no rule and no register names."""


@dataclass(slots=True)
class Made:
    """A digit, with what a row may hold that has each of its classes, and by which answers each is known.

    `stretched` has the stretches of each State with their days as dates. `texts` are by the class of the digit before,
    if one text has to stand for both.
    """

    digit: Digit
    reps: dict[int, Cells]
    known: dict[Answers, int] = field(default_factory=dict)
    stretched: Mapping[str, tuple[tuple[date, ...], Stretches]] = field(default_factory=dict)
    texts: Mapping[tuple[int, int], str] = field(default_factory=dict)


class Making:
    """Makes the digits of a signature; what is asked of events is found out elsewhere."""

    def __init__(self, law: Asking) -> None:
        self._law = law

    def made(self, columns: Sequence[Column]) -> Iterator[Made]:
        """The digits over the columns of a table."""
        for column in columns:
            yield from self._of_column(column)
        yield from self._of_people()
        filled = tuple(one.name for one in columns if one.part == "object" and one.kind != "strength")
        if filled and self._law.object_shows():
            digit = Digit(name="object", way="filled", columns=filled, acts=self._law.acts, size=2)
            yield Made(digit, {1: {filled[0]: UNKNOWN}})

    def _of_column(self, column: Column) -> Iterator[Made]:
        name = column.name
        if name == ACT:
            yield self._acting(column)
        elif name == MODALITY:
            effects = self._law.rulebook.vocabulary.modalities
            tests = self._law.tests("event.modality")
            yield self._listing(
                column,
                column.words,
                lambda word: (effects[word].effect, *self._law.answers({MODALITY: word}, tests)),
            )
        elif name == STRENGTH:
            yield self._listing(column, column.words, lambda word: (word,))
        elif name == DISPUTE:
            words = ("", *column.words)
            yield self._listing(
                column,
                words,
                lambda word: (event_of(self._law.base({name: word}), self._law.schema)[1].dispute.limit,),
            )
        elif name == DATE:
            yield self._dating(name, (DATE,), self._law.acts)
        elif column.kind == "strength":
            acts = self._law.acts if column.grades == DATE else self._law.acts_of(column.subject)
            yield self._listing(column, ("", *column.words), lambda word: (word,), acts=acts)
        elif name == COUNTRY:
            yield self._dating(name, (DATE, name), self._law.acts_of(name))
        elif column.part == "actor":
            yield from self._of_actor(column)
        elif column.part in ("event", "object"):
            yield from self._of_fact(column)

    def _of_actor(self, column: Column) -> Iterator[Made]:
        role, acts = column.subject, self._law.acts_of(column.subject)
        if column.name == role + OF_CODE:
            yield self._dating(column.name, (DATE, column.name), acts, absent=0, unknown=1)
        elif column.name == role + OF_KIND:
            tests = self._law.tests(f"{role}.kind", "bearer.kind", "bearer.link")

            def kinds(kind: str) -> Answers:
                return (kind == "", kind in ("", UNKNOWN), *self._law.answers({role + OF_KIND: kind}, tests, role))

            guarded = tuple(one for one in OF_STATES if one in column.words)
            yield self._listing(column, ("", *column.words), kinds, acts=acts, guarded=guarded)

    def _of_people(self) -> Iterator[Made]:
        """Whether somebody is only named, and who is the same in two roles, where that matters."""
        for role in self._law.roles:
            if role in self._law.names:
                rest = tuple(name for name in (role + OF_CODE, role + OF_KIND) if name in self._law.names)
                acts = self._law.acts_of(role)
                digit = Digit(name=role, way="named", columns=(role, *rest), acts=acts, size=2)
                yield Made(digit, {1: {role: "somebody"}})
        for place, one in enumerate(self._law.roles):
            for other in self._law.roles[place + 1 :]:
                acts = tuple(act for act in self._law.acts if self._law.told_apart(act, one, other))
                if acts:
                    columns = tuple(role + part for role in (one, other) for part in WHO)
                    yield Made(Digit(name=f"{one} {other}", way="same", columns=columns, acts=acts, size=2), {})

    def _of_fact(self, column: Column) -> Iterator[Made]:
        name, acts = column.name, self._law.acts_of(column.name)
        tests = self._law.tests(name)
        if column.kind == "model":
            yield from self._of_model(column, tests, acts)
        elif column.kind in ("word", "truth"):
            words = column.words or ("yes", "no")
            yield self._listing(
                column, ("", UNKNOWN, *words), lambda word: self._law.answers({name: word}, tests), acts=acts
            )
        elif column.kind == "state":
            codes = tuple(self._law.rulebook.states.codes)
            yield self._listing(
                column, ("", UNKNOWN, *codes), lambda word: self._law.answers({name: word}, tests), acts=acts
            )
        elif column.kind == "number":
            yield self._numbers(column, tests, acts)
        elif column.kind == "date":
            yield self._listing(
                column,
                ("", UNKNOWN),
                lambda word: self._law.answers({name: word}, tests),
                acts=acts,
                other="2020",
                later=True,
            )
        elif column.kind == "text" and tests:
            yield self._in_words(column, tests, acts)

    def _of_model(self, column: Column, tests: Sequence[FactTest], acts: tuple[str, ...]) -> Iterator[Made]:
        """By what the register has under a designation, and by its very words where a rule asks for them."""
        designated = self._designation(column, acts)
        yield designated
        if not tests:
            return
        worded = self._in_words(column, tests, acts)
        # One text has to stand for both classes.
        first, second = designated.digit, worded.digit
        by_name = dict(zip(first.values, first.classes, strict=True))
        by_word = dict(zip(second.values, second.classes, strict=True))
        texts: dict[tuple[int, int], str] = {}
        for text in (*second.values, *(_respelt(one, second.values) for one in (*first.spelt, OTHER))):
            of_name = by_name.get(squeezed(text), first.other) if text else first.absent
            texts.setdefault((of_name, by_word.get(text, second.other)), text)
        worded.texts = texts
        yield worded

    def _in_words(self, column: Column, tests: Sequence[FactTest], acts: tuple[str, ...]) -> Made:
        """A digit by the very text of a column."""
        named = tuple(
            dict.fromkeys(operand for test in tests if test.operator != "is_stated" for operand in test.operands)
        )
        return self._listing(
            column,
            ("", UNKNOWN, *named),
            lambda word: self._law.answers({column.name: word} if word else {}, tests),
            acts=acts,
            other=_respelt(OTHER, named),
            label=f"{column.name} in words",
        )

    def _acting(self, column: Column) -> Made:
        """The act: one class for each act of which a rule speaks, 0 for the others."""
        classes = {act: self._law.acts.index(act) + 1 if act in self._law.programs else 0 for act in column.words}
        digit = Digit(
            name=ACT,
            way="listed",
            columns=(ACT,),
            acts=column.words,
            size=max(classes.values()) + 1,
            values=tuple(classes),
            classes=tuple(classes.values()),
            other=LATER,
        )
        return Made(digit, {number: {ACT: act} for act, number in classes.items()})

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
    ) -> Made:
        """A digit by the value of one column; what is asked of it tells which values are one class."""
        known: dict[Answers, int] = {}
        reps: dict[int, Cells] = {}
        classes: list[int] = []
        values = tuple(dict.fromkeys(values))
        for value in (*values, *([other] if other else [])):
            found = known.setdefault(answers(value), len(known))
            reps.setdefault(found, {column.name: value} if value else {})
            classes.append(found)
        digit = Digit(
            name=label or column.name,
            way="listed",
            columns=(column.name,),
            acts=self._law.acts if acts is None else acts,
            size=max(classes) + 1,
            values=values,
            classes=tuple(classes[: len(values)]),
            other=classes[-1] if other else LATER,
            guarded=guarded,
            later=later,
        )
        return Made(digit, reps, known)

    def _designation(self, column: Column, acts: tuple[str, ...]) -> Made:
        looked_up = [
            name
            for name, fact in self._law.rulebook.vocabulary.facts.items()
            if fact.lookup is not None and fact.lookup.by == column.name
        ]
        tests = self._law.tests(*looked_up)
        known: dict[Answers, int] = {}
        reps: dict[int, Cells] = {}

        def found(text: str) -> int:
            number = known.setdefault(self._law.answers({column.name: text} if text else {}, tests), len(known))
            reps.setdefault(number, {column.name: text} if text else {})
            return number

        absent = found("")
        named: dict[str, int] = {}
        spelt = [UNKNOWN]
        for row in self._law.rulebook.models.rows:
            spelt += [row.key, *filter(None, row.values["aliases"].split("|"))]
        for spelling in spelt:
            named.setdefault(squeezed(spelling), found(spelling))
        unlisted = next(f"{OTHER}{count}" for count in range(len(named) + 1) if f"{OTHER}{count}" not in named)
        other = found(unlisted)
        digit = Digit(
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
        return Made(digit, reps, known)

    def _numbers(self, column: Column, tests: Sequence[FactTest], acts: tuple[str, ...]) -> Made:
        cuts = sorted({Decimal(operand) for test in tests if test.operator != "is_stated" for operand in test.operands})
        stops = [cuts[0] / 2 if cuts else Decimal(1)]
        for place, cut in enumerate(cuts):
            stops += [cut, (cut + cuts[place + 1]) / 2 if place + 1 < len(cuts) else cut + 1]
        known: dict[Answers, int] = {self._law.answers({}, tests): 0}
        reps: dict[int, Cells] = {0: {}}
        classes = []
        for stop in stops:
            said = {column.name: f"{stop:f}"}
            found = known.setdefault(self._law.answers(said, tests), len(known))
            reps.setdefault(found, said)
            classes.append(found)
        digit = Digit(
            name=column.name,
            way="number",
            columns=(column.name,),
            acts=acts,
            size=len(known),
            classes=tuple(classes),
            cuts=tuple(f"{cut:f}" for cut in cuts),
        )
        return Made(digit, reps, known)

    def _dating(
        self, name: str, columns: tuple[str, ...], acts: tuple[str, ...], *, absent: int = 0, unknown: int = 0
    ) -> Made:
        """A digit by the date of the row, and by the State in a column if there is one."""
        asked = self._law.asked(name)
        tests = self._law.dated_tests(name)
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

        for key in self._law.rulebook.states.codes if of_state else ("",):
            days = self._law.turns(key, tests)
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
        digit = Digit(
            name=name,
            way="dated",
            columns=columns,
            acts=acts,
            size=len(known) + first,
            stretches=tuple(stretches for _, stretches in stretched.values()),
            absent=absent,
            open=unknown,
        )
        return Made(digit, reps, known, stretched)


def _respelt(text: str, taken: Collection[str]) -> str:
    """A text that is none of those taken and designates the same."""
    while text in taken:
        text += "-"
    return text
