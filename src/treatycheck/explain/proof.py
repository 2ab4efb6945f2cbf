"""The proof of a finding as a tree, with the words of the vocabulary, the quotes and the register rows.

Every node is read from the verdicts of the engines and the facts they were given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from treatycheck.casefile.model import Dossier, Event
from treatycheck.dates import describe, describe_day
from treatycheck.engine.program import (
    All,
    Any,
    DeadlineTest,
    Formula,
    Leaf,
    LeafRef,
    Not,
    Program,
    StandingTest,
    UnitRef,
)
from treatycheck.explain.trace import Verdicts
from treatycheck.facts import LeafResult, Value
from treatycheck.findings import Node, QuoteRef, RegisterRef
from treatycheck.registers.table import Row
from treatycheck.rulebook.conditions import DateTest, FactTest
from treatycheck.rulebook.model import Rulebook
from treatycheck.truth import strength, truth


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything one bearer and event were decided on, by which a proof is told."""

    rulebook: Rulebook
    dossier: Dossier
    event: Event
    verdicts: Verdicts
    object_results: Sequence[Sequence[LeafResult]]
    event_results: Sequence[LeafResult]

    @property
    def program(self) -> Program:
        """The program that was run."""
        return self.verdicts.program

    def leaf(self, ref: LeafRef, number: int | None) -> tuple[Leaf, LeafResult]:
        """A leaf of an object or (None) of the event, with its result."""
        if number is None:
            return self.program.event_leaves[ref.index], self.event_results[ref.index]
        return self.program.object_leaves[ref.index], self.object_results[number][ref.index]

    def quote(self, name: str) -> QuoteRef:
        """A quote of the event's document."""
        found = self.dossier.quotes[name]
        line = self.dossier.document.text.count("\n", 0, found.start) + 1
        return QuoteRef(self.dossier.entry.file, name, found.start, found.end, line, found.text)


def node(evidence: Evidence, formula: Formula, number: int | None = None, *, relevant: bool = True) -> Node:
    """The proof of a formula, of object `number` or (None) of the event."""
    verdict = evidence.verdicts.of(formula, number)
    grade = strength(verdict)
    shown = (str(truth(verdict)), "" if grade is None else str(grade), relevant)
    match formula:
        case LeafRef():
            return _leaf(evidence, formula, number, shown)
        case UnitRef(scope, index) if scope == "object" and number is None:
            each = tuple(
                _of_object(evidence, formula, one, relevant=relevant and verdicts[index] == verdict)
                for one, verdicts in enumerate(evidence.verdicts.objects)
            )
            return Node(
                "term",
                _unit_label(evidence, formula),
                *shown,
                provision=_unit_provision(evidence, formula),
                children=each,
            )
        case UnitRef():
            inner = node(evidence, evidence.program.unit(formula).formula, number, relevant=relevant)
            return Node(
                "term",
                _unit_label(evidence, formula),
                *shown,
                provision=_unit_provision(evidence, formula),
                children=(inner,),
            )
        case All(parts) | Any(parts):
            kind = "all" if isinstance(formula, All) else "any"
            chosen = evidence.verdicts.deciding(parts, verdict, number, conjunction=kind == "all")
            children = tuple(
                node(evidence, part, number, relevant=relevant and decided)
                for part, decided in zip(parts, chosen, strict=True)
            )
            return Node(kind, "all of these" if kind == "all" else "any of these", *shown, children=children)
        case Not(part):
            return Node("not", "not", *shown, children=(node(evidence, part, number, relevant=relevant),))


def _of_object(evidence: Evidence, ref: UnitRef, number: int, *, relevant: bool) -> Node:
    """A unit of scope `object` for one object, under the object's own words."""
    shown = _shown(evidence.verdicts.objects[number][ref.index], relevant=relevant)
    inner = node(evidence, ref, number, relevant=relevant)
    return Node("object", evidence.event.objects[number].described, *shown, children=(inner,))


def _shown(verdict: int, *, relevant: bool) -> tuple[str, str, bool]:
    grade = strength(verdict)
    return str(truth(verdict)), "" if grade is None else str(grade), relevant


def _leaf(evidence: Evidence, ref: LeafRef, number: int | None, shown: tuple[str, str, bool]) -> Node:
    test, result = evidence.leaf(ref, number)
    quotes = tuple(dict.fromkeys(name for value in result.values for name in value.quotes))
    if isinstance(test, FactTest):
        values = tuple(value_words(evidence.rulebook, test.fact, value) for value in result.values)
        rows = tuple(register_ref(value.row) for value in result.values if value.row is not None)
        note = "; ".join(dict.fromkeys(value.note for value in result.values if value.note))
        return Node("fact", test_words(evidence.rulebook, test), *shown, values, quotes, rows, note)
    if isinstance(test, StandingTest):
        rows = () if result.standing is None else tuple(register_ref(row) for row in result.standing.rows)
        sentence = "" if result.standing is None else result.standing.sentence
        label = f"{' or '.join(test.standings)} by {evidence.rulebook.instruments[test.instrument].short_title}"
        return Node("status", label, *shown, (sentence,) if sentence else (), quotes, rows, result.reason)
    if isinstance(test, DateTest):
        label = f"the event is {test.operator.replace('_', ' ')} {describe_day(date.fromisoformat(test.day))}"
        return Node("date", label, *shown, (describe(evidence.event.date.when),), quotes)
    due = "" if result.due is None else describe_day(result.due)
    return Node(
        "deadline",
        f"after the last day ({_deadline_words(test)})",
        *shown,
        (due,) if due else (),
        quotes,
        note=result.reason,
    )


def _deadline_words(test: DeadlineTest) -> str:
    return f"entry into force + {test.period}"


def test_words(rulebook: Rulebook, test: FactTest) -> str:
    """A test of a fact in words."""
    fact = rulebook.vocabulary.fact(test.fact)
    question = fact.question if fact is not None else test.fact
    if test.operator == "is_stated":
        return f"{test.fact} is {'' if test.operands[0] == 'true' else 'not '}stated"
    return f"{test.fact} {test.operator.replace('_', ' ')} {', '.join(test.operands)}: {question}"


def value_words(rulebook: Rulebook, name: str, value: Value) -> str:
    """A value with its strength, hedge and, from a register, its row."""
    del rulebook, name
    hedge = f", “{value.hedge}”" if value.hedge else ""
    row = f", register {value.row.register}" if value.row is not None else ""
    return f"{value.value} (S{value.strength}{hedge}{row})"


def register_ref(row: Row) -> RegisterRef:
    """A register row as a citation."""
    return RegisterRef(row.register, row.line, row.key, row.source, row.verified)


def _unit_label(evidence: Evidence, ref: UnitRef) -> str:
    name = evidence.program.unit(ref).name
    kind, _, rest = name.partition(" ")
    if kind == "term":
        return evidence.rulebook.terms[rest].title
    if kind == "exception":
        return evidence.rulebook.exceptions[rest].title
    return kind


def _unit_provision(evidence: Evidence, ref: UnitRef) -> str:
    kind, _, rest = evidence.program.unit(ref).name.partition(" ")
    found: Mapping[str, str] = {}
    if kind == "term":
        found = {rest: evidence.rulebook.terms[rest].provision}
    elif kind == "exception":
        found = {rest: evidence.rulebook.exceptions[rest].provision}
    return found.get(rest, "")
