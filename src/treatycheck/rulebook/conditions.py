"""The closed grammar of conditions: what a rule, a term or an exception asks of an event.

Parses YAML mappings into nodes, with a diagnostic for each mistake; it evaluates nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from treatycheck.errors import Diagnostic, did_you_mean, listed

if TYPE_CHECKING:
    from treatycheck.rulebook.vocabulary import Vocabulary
    from treatycheck.yaml import YamlDocument

Path = tuple[str | int, ...]

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC401": "a condition is not one mapping with one kind of question",
        "TC402": "`all`, `any` or `not` without conditions of its own, or beside something else",
        "TC403": "a condition asks for a fact that does not exist",
        "TC404": "a condition on the event stands where one object is asked about, or the other way round",
        "TC405": "a fact is compared with an operator that its type does not have",
        "TC406": "a fact is compared with a value that it cannot have",
        "TC407": "a status condition that cannot be asked",
        "TC408": "a term condition that is more than the id of a term",
        "TC409": "a condition on a date or a deadline that cannot be asked",
    }
)

COMBINATORS: Final = ("all", "any", "not")
LEAVES: Final = ("fact", "term", "status", "date", "deadline")
STANDINGS: Final = ("bound", "signatory", "provisional")
OPERATORS_BY_TYPE: Final[Mapping[str, tuple[str, ...]]] = {
    "truth": ("is", "is_stated"),
    "code": ("is", "in", "is_stated"),
    "state": ("is", "in", "is_stated"),
    "text": ("is", "in", "is_stated"),
    "date": ("is_stated",),
    "number": ("is", "above", "at_least", "below", "at_most", "is_stated"),
}


@dataclass(frozen=True, slots=True)
class FactTest:
    """One fact compared with fixed values: `operator` is one of `OPERATORS_BY_TYPE` of the fact's type."""

    fact: str
    operator: str
    operands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatusTest:
    """Whether the State in role `of` stands in one of the `standings` to an instrument on the date of the event."""

    instrument: str
    of: str
    standings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateTest:
    """Whether the event's date is on or after, or before, a day (ISO 8601); `operator` is `on_or_after` or `before`."""

    operator: str
    day: str


@dataclass(frozen=True, slots=True)
class PassedTest:
    """Whether the bearer's last day under the deadline of a rule, named by its id, lies before the event."""

    rule: str


@dataclass(frozen=True, slots=True)
class TermTest:
    """Whether a defined term applies."""

    term: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Conjunction."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Disjunction."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """Negation; keeps the strength of what it negates."""

    part: Condition


Question = FactTest | StatusTest | DateTest | PassedTest | TermTest
Condition = Question | AllOf | AnyOf | Negation


def is_day(text: str) -> bool:
    """Whether a text is one day in the form `2026-11-22`."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def leaves(condition: Condition) -> Iterator[Question]:
    """All leaves of a condition, from left to right."""
    for _, leaf in located(condition):
        yield leaf


def located(condition: Condition, path: Path = ()) -> Iterator[tuple[Path, Question]]:
    """All leaves of a condition that is written at `path`, each with the path where it is written itself."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            kind = "all" if isinstance(condition, AllOf) else "any"
            for index, part in enumerate(parts):
                yield from located(part, (*path, kind, index))
        case Negation(part):
            yield from located(part, (*path, "not"))
        case _:
            yield path, condition


@dataclass(frozen=True, slots=True)
class Parser:
    """Parses the conditions of one file; `report` receives every diagnostic.

    Scope is `object` or `event`, or empty where it is not known.
    """

    source: YamlDocument
    vocabulary: Vocabulary
    instruments: tuple[str, ...]
    report: Callable[[Diagnostic], None]

    def parse(self, value: object, path: Path, scope: str) -> Condition | None:
        """Return the condition at `path`, or None after reporting what is wrong with it."""
        if not isinstance(value, dict):
            return self._refuse(
                path,
                "TC401",
                "a condition must be a mapping",
                "write `all:`, `any:`, `not:`, `fact:`, `term:` or `status:`",
            )
        kinds = [key for key in value if key in COMBINATORS or key in LEAVES]
        if len(kinds) != 1:
            found = " and ".join(f"`{key}`" for key in kinds) or listed(value) or "nothing"
            return self._refuse(
                path,
                "TC401",
                f"a condition needs exactly one of {listed(COMBINATORS + LEAVES)}, found {found}",
                "write several conditions as a list under `all:` or `any:`"
                if kinds
                else did_you_mean(next(iter(value), ""), COMBINATORS + LEAVES)
                or "begin with one of them, for example `fact:`",
            )
        kind = kinds[0]
        if kind in COMBINATORS:
            return self._combined(kind, value, path, scope)
        if kind == "fact":
            return self._fact(value, path, scope)
        if kind == "term":
            return self._term(value, path)
        if scope == "object":
            return self._refuse(
                path,
                "TC404",
                f"a {kind} condition speaks of the event, not of one object",
                "ask for it outside `object:` and terms with `scope: object`",
            )
        return {"status": self._status, "date": self._date, "deadline": self._passed}[kind](value, path)

    def _combined(self, kind: str, value: Mapping[str, object], path: Path, scope: str) -> Condition | None:
        extra = [key for key in value if key != kind]
        if extra:
            return self._refuse(
                (*path, extra[0]),
                "TC402",
                f"`{extra[0]}` cannot stand beside `{kind}`",
                f"move it into the list under `{kind}:`",
            )
        inner = value[kind]
        if kind == "not":
            part = self.parse(inner, (*path, kind), scope)
            return None if part is None else Negation(part)
        if not isinstance(inner, list) or not inner:
            return self._refuse(
                (*path, kind),
                "TC402",
                f"`{kind}` needs a list with at least one condition",
                "write each condition on its own line after `- `",
            )
        parts = [self.parse(part, (*path, kind, index), scope) for index, part in enumerate(inner)]
        known = tuple(part for part in parts if part is not None)
        if len(known) != len(parts):
            return None
        return AllOf(known) if kind == "all" else AnyOf(known)

    def _fact(self, value: Mapping[str, object], path: Path, scope: str) -> Condition | None:
        name = value["fact"]
        if not isinstance(name, str):
            return self._refuse((*path, "fact"), "TC403", "`fact` takes the id of one fact", "write it as one text")
        if (fact := self.vocabulary.fact(name)) is None:
            hint = did_you_mean(name, self.vocabulary.fact_names()) or "the facts are listed in the vocabulary"
            return self._refuse((*path, "fact"), "TC403", f"unknown fact `{name}`", hint)
        if scope and (fact.scope == "object") != (scope == "object"):
            where = (
                "under `object:` or in a term with `scope: object`"
                if fact.scope == "object"
                else "outside `object:` and terms with `scope: object`"
            )
            return self._refuse(
                (*path, "fact"),
                "TC404",
                f"fact `{name}` belongs to the {fact.scope}, not to the {scope}",
                f"ask for it {where}",
            )
        operators = [key for key in value if key != "fact"]
        allowed = OPERATORS_BY_TYPE[fact.type]
        if len(operators) != 1 or operators[0] not in allowed:
            found = " and ".join(f"`{key}`" for key in operators) or "none"
            return self._refuse(
                path,
                "TC405",
                f"fact `{name}` has no operator `{operators[0]}`"
                if len(operators) == 1
                else f"fact `{name}` needs one operator, found {found}",
                f"a fact of type {fact.type} takes {listed(allowed)}",
            )
        operator = operators[0]
        raw = value[operator]
        operands = tuple(raw) if isinstance(raw, list) else (raw,)
        if (
            not operands
            or not all(isinstance(operand, str) for operand in operands)
            or (isinstance(raw, list) != (operator == "in"))
        ):
            return self._refuse(
                (*path, operator),
                "TC406",
                f"`{operator}` takes {'a list of values' if operator == 'in' else 'one value'}",
                "write `in: [one, another]`" if "in" in allowed else f"write one value after `{operator}:`",
            )
        for operand in operands:
            problem = (
                ("`true` or `false`", operand not in ("true", "false"))
                if operator == "is_stated"
                else fact.refuses(operand)
            )
            if problem[1]:
                hint = did_you_mean(operand, fact.values) or f"use {problem[0]}"
                return self._refuse((*path, operator), "TC406", f"`{operand}` is not a value of fact `{name}`", hint)
        return FactTest(name, operator, operands)

    def _status(self, value: Mapping[str, object], path: Path) -> Condition | None:
        extra = [key for key in value if key not in ("status", "of", "is")]
        if extra or "of" not in value or "is" not in value:
            return self._refuse(
                path,
                "TC407",
                "a status condition needs `status`, `of` and `is`, and nothing else",
                "for example `{status: this, of: bearer, is: bound}`",
            )
        instrument, of, raw = value["status"], value["of"], value["is"]
        standings = tuple(raw) if isinstance(raw, list) else (raw,)
        if not isinstance(instrument, str):
            return self._refuse(
                (*path, "status"), "TC407", "`status` takes one instrument", "for example `status: this`"
            )
        if instrument != "this" and instrument not in self.instruments:
            return self._refuse(
                (*path, "status"),
                "TC407",
                f"unknown instrument `{instrument}`",
                did_you_mean(instrument, self.instruments) or f"use `this` or {listed(self.instruments)}",
            )
        if not isinstance(of, str):
            return self._refuse((*path, "of"), "TC407", "`of` takes one role", "for example `of: bearer`")
        if of not in ("bearer", "place") and of not in self.vocabulary.roles:
            return self._refuse(
                (*path, "of"),
                "TC407",
                f"unknown role `{of}`",
                did_you_mean(of, self.vocabulary.roles) or "use `bearer`, `place` or a role of the vocabulary",
            )
        named = tuple(standing for standing in standings if isinstance(standing, str))
        if not named or len(named) != len(standings):
            message = "`is` takes one standing, or a list of them"
            return self._refuse((*path, "is"), "TC407", message, f"use {listed(STANDINGS)}")
        wrong = [standing for standing in named if standing not in STANDINGS]
        if wrong:
            hint = did_you_mean(wrong[0], STANDINGS) or f"use {listed(STANDINGS)}"
            return self._refuse((*path, "is"), "TC407", f"unknown standing `{wrong[0]}`", hint)
        return StatusTest(instrument, of, named)

    def _date(self, value: Mapping[str, object], path: Path) -> Condition | None:
        operators = [key for key in value if key != "date"]
        example = "for example `{date: event, on_or_after: 2011-02-26}`"
        if value["date"] != "event" or len(operators) != 1 or operators[0] not in ("on_or_after", "before"):
            return self._refuse(path, "TC409", "a date condition compares the date of the `event` with a day", example)
        day = value[operators[0]]
        if not isinstance(day, str) or not is_day(day):
            message = f"`{day}` is not a day" if isinstance(day, str) else f"`{operators[0]}` takes one day"
            return self._refuse((*path, operators[0]), "TC409", message, example)
        return DateTest(operators[0], day)

    def _passed(self, value: Mapping[str, object], path: Path) -> Condition | None:
        rule = value["deadline"]
        if not isinstance(rule, str) or value != {"deadline": rule, "is": "passed"}:
            return self._refuse(
                path,
                "TC409",
                "a deadline condition asks whether the last day under one rule has passed",
                "write `deadline:` and the id of the rule, and `is: passed`; for its opposite put it under `not:`",
            )
        return PassedTest(rule)

    def _term(self, value: Mapping[str, object], path: Path) -> Condition | None:
        extra = [key for key in value if key != "term"]
        if extra or not isinstance(value["term"], str):
            return self._refuse(
                path, "TC408", "a term condition is `term:` and the id of the term", "for example `{term: transfer}`"
            )
        return TermTest(value["term"])

    def _refuse(self, path: Path, code: str, message: str, help_line: str) -> Condition | None:
        """Report a mistake; there is then no condition."""
        position = self.source.at(path)
        self.report(Diagnostic(self.source.file, position.line, position.column, code, message, help_line))
        return None
