"""The signature of a row: what no rule can tell apart, as one small number for each digit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from treatycheck.casefile.model import Dossier, Event
from treatycheck.facts import EventFacts
from treatycheck.registers.models import squeezed
from treatycheck.rulebook.conditions import is_day
from treatycheck.screen.asking import Answers, Asking, beginnings
from treatycheck.screen.digits import Digit, places
from treatycheck.screen.event import Cells, taking_part
from treatycheck.screen.making import Making
from treatycheck.screen.schema import ACT, DATE, UNKNOWN

Signature = tuple[int, ...]
"""One class for each digit; 0 where the digit does not matter for the act."""


class Classes:
    """The digits of a rulebook's signatures over the columns that a table has, made by asking the facts of a check."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self.rulebook, self.schema, self.as_of = asking.rulebook, asking.schema, asking.as_of
        self.programs, self.roles = asking.programs, asking.roles
        self.columns = tuple(column for column in asking.schema.columns if column.name in asking.names)
        self.begin = beginnings(self.programs)
        self._made = tuple(Making(asking).made(self.columns))
        self.digits = tuple(one.digit for one in self._made)
        self.places = places(self.digits)
        self.index = {digit.name: number for number, digit in enumerate(self.digits)}
        self.words = self.places[-1].word + 1
        self._listed = [dict(zip(digit.values, digit.classes, strict=digit.way != "number")) for digit in self.digits]
        self._later: dict[tuple[int, Answers], int] = {}
        self._counts: dict[int, int] = {}
        self._seen: dict[tuple[int, str, str], int] = {}

    def facts(self, said: Cells) -> EventFacts:
        """The facts of the event that a row states which holds no more than these cells."""
        return self._asking.facts(said)

    def case(self, said: Cells) -> tuple[Dossier, Event]:
        """The event that a row states which holds no more than these cells, with its actors."""
        return self._asking.case(said)

    def bound(self, act: str) -> frozenset[str]:
        """The roles in which some rule on an act binds whoever plays them."""
        program = self.programs.get(act)
        return frozenset(role for rule in program.rules for role in rule.rule.bearer.role) if program else frozenset()

    def unaddressed(self, cells: Cells) -> bool:
        """Whether a row has an act but names nobody whom a rule on it binds, so that no rule says anything to it."""
        act = cells.get(ACT, "")
        return act in self.rulebook.vocabulary.acts and not any(taking_part(cells, role) for role in self.bound(act))

    def classify(self, cells: Cells) -> Signature:
        """The signature of a row without faults."""
        act = cells[ACT]
        exact = any(act in self._asking.acts_of(name) and cells.get(name, UNKNOWN) != UNKNOWN for name in self.begin)
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
        return self._made[number].reps.get(value, {})

    def row(self, numbers: Iterable[int], signature: Signature) -> Cells:
        """What a row may hold that has the classes of a signature in these digits, and says no more."""
        said: dict[str, str] = {}
        # What only shows that something is there gives way to what says what it is.
        for number in sorted(numbers, key=lambda one: self.digits[one].way not in ("filled", "named")):
            said |= self.cells(number, signature[number])
            texts = self._made[number].texts
            if texts and (text := texts[signature[number - 1], signature[number]]):
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
        days, stretches = self._made[number].stretched[key]
        if not day:
            return stretches.unstated
        if is_day(day):
            return stretches.classes[bisect_right(days, date.fromisoformat(day))]
        answers = self._asking.asked(digit.name)(key, day)
        known = self._made[number].known.get(answers)
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
            self._made[number].reps[found] = said
        return found


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
