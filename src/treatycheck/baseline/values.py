"""The values of an earlier report, each with its place: what is asked of one and not there is told where it stands.

Knows JSON and the kinds of values; what a report has is said where it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from treatycheck.baseline.place import offset
from treatycheck.documents.text import line_and_column
from treatycheck.errors import Diagnostic, InputError, did_you_mean, listed

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {"TC603": "something in an earlier report is missing or of another kind"}
)

ANEW: Final = "make it anew with `treatycheck check … --format json -o FILE`"
MOST: Final = 10
"""So many things that are wrong are told one by one; a damaged report has thousands."""

_SHOWN: Final = 40

Route = tuple[str | int, ...]
"""The keys and numbers that lead to a value."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One pass over a report; collects what is wrong with it."""

    file: str
    text: str
    problems: list[tuple[Route, str, str, str]] = field(default_factory=list)

    def problem(self, path: Route, code: str, message: str, help_line: str) -> None:
        """Collect something that is wrong with the value at a path."""
        self.problems.append((path, code, message, help_line))

    def refuse(self) -> None:
        """Raise `InputError` if anything is wrong."""
        if self.problems:
            found = [
                Diagnostic(self.file, *line_and_column(self.text, offset(self.text, path)), code, message, help_line)
                for path, code, message, help_line in self.problems[:MOST]
            ]
            if (more := len(self.problems) - MOST) > 0:
                found.append(Diagnostic(self.file, 0, 0, "TC603", f"{more} more things are wrong with it", ANEW))
            raise InputError(found)


@dataclass(frozen=True, slots=True)
class Value:
    """A value with its path; what is asked of it and not there is a problem, and something empty is read instead."""

    value: object
    path: Route
    reading: Reading

    def at(self, key: str) -> Value:
        """The value under a key."""
        if not isinstance(self.value, dict):
            self.wrong("an object")
            return Value({}, self.path, Reading("", ""))
        if key not in self.value:
            self.reading.problem(self.path, "TC603", f"`{key}` is missing {self._where()}", ANEW)
            # What is asked of it next has been told already.
            return Value({}, self.path, Reading("", ""))
        return Value(self.value[key], (*self.path, key), self.reading)

    def each(self, key: str) -> Iterator[Value]:
        """The entries of the list under a key."""
        of_list = self.at(key)
        if isinstance(of_list.value, list):
            for number, one in enumerate(of_list.value):
                yield Value(one, (*of_list.path, number), self.reading)
        else:
            of_list.wrong("a list")

    def text(self, key: str, form: re.Pattern[str] | None = None, what: str = "a text") -> str:
        """The text under a key; with `form`, one of that form."""
        found = self.at(key)
        if isinstance(found.value, str) and (form is None or form.fullmatch(found.value)):
            return found.value
        found.wrong(what)
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts in the list under a key."""
        found = tuple(self.each(key))
        for one in found:
            if not isinstance(one.value, str):
                one.wrong("a text")
        return tuple(str(one.value) for one in found)

    def choice(self, key: str, known: Sequence[str]) -> str:
        """One of some words."""
        text = self.text(key)
        if text not in known and isinstance(self.value, dict) and isinstance(self.value.get(key), str):
            help_line = did_you_mean(text, known) or f"it is one of {listed(known)}; {ANEW}"
            self.reading.problem((*self.path, key), "TC603", f"unknown value `{short(text)}` of `{key}`", help_line)
        return text

    def day(self, key: str) -> date:
        """The day under a key."""
        found = self.at(key)
        try:
            return date.fromisoformat(str(found.value))
        except ValueError:
            found.wrong("a day such as `2024-12-31`")
            return date.min

    def words(self) -> Mapping[str, str]:
        """An object of texts."""
        if not isinstance(self.value, dict):
            self.wrong("an object")
            return {}
        return {key: self.text(key) for key in self.value}

    def counts(self) -> Mapping[str, int]:
        """An object of numbers."""
        if not isinstance(self.value, dict):
            self.wrong("an object")
            return {}
        for key, value in self.value.items():
            if type(value) is not int:
                self.at(key).wrong("a number")
        return {key: value for key, value in self.value.items() if type(value) is int}

    def wrong(self, what: str) -> None:
        """Tell of a value of another kind than is asked for, once for however much is asked of it in a row."""
        if all(path != self.path for path, *_ in self.reading.problems[-1:]):
            self.reading.problem(self.path, "TC603", f"{self._called()} must be {what}", ANEW)

    def _called(self) -> str:
        if not self.path:
            return "the report"
        named = [step for step in self.path if isinstance(step, str)]
        last = self.path[-1]
        return f"`{last}`" if isinstance(last, str) else f"entry {last + 1} of `{named[-1]}`"

    def _where(self) -> str:
        return f"in {self._called()}" if self.path else "in the report"


def short(text: str) -> str:
    """The beginning of a text from the file, as a message shows it."""
    plain = " ".join(text[: 2 * _SHOWN].replace("`", "'").split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
