"""The proof of a finding as a tree, with the words of the vocabulary, the quotes and the register rows.

Every node is read from the verdicts of the engines and the facts they were given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from treatycheck.casefile.accounts import versions
from treatycheck.casefile.model import SUPPOSED, Dossier, Event
from treatycheck.consensus import ACCOUNTS_DIFFER
from treatycheck.dates import describe, describe_day, describe_period, parse_period
from treatycheck.engine.compile import PART
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
from treatycheck.explain.quoting import quote_ref
from treatycheck.explain.trace import Verdicts, Weighed, decided_by, deciding_objects, steps
from treatycheck.facts import LeafResult, Value
from treatycheck.findings import Node, PositionUse, QuoteRef, RegisterRef
from treatycheck.registers.table import Row
from treatycheck.rulebook.conditions import DateTest, FactTest
from treatycheck.rulebook.model import Rulebook
from treatycheck.truth import CERTAIN, CERTAINLY_NOT, strength, truth

_SHOWN: Final[Mapping[int, tuple[str, str]]] = {
    verdict: (str(truth(verdict)), str(strength(verdict) or "")) for verdict in range(CERTAINLY_NOT, CERTAIN + 1)
}
"""Truth and strength of each verdict as a proof shows them."""

_COMBINATORS: Final[Mapping[type[Formula], tuple[str, str]]] = {
    All: ("all", "all of these"),
    Any: ("any", "any of these"),
    Not: ("not", "not"),
}
"""Kind and label of a combined formula in a proof."""


_BOUNDS: Final[Mapping[str, str]] = {
    "above": "more than ",
    "at_least": "at least ",
    "below": "less than ",
    "at_most": "at most ",
}
"""How the bound of a number is introduced."""

ANYTHING: Final = "whether anything is said of it"
NOTHING: Final = "whether nothing is said of it"
"""What is asked for where the only question is whether a source says something."""

_STANDINGS: Final[Mapping[str, str]] = {"provisional": "provisionally bound", "signatory": "a signatory"}
"""Standings that need more than their own word."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything one bearer and event were decided on, by which a proof is told."""

    rulebook: Rulebook
    dossier: Dossier
    event: Event
    verdicts: Verdicts
    object_results: Sequence[Sequence[LeafResult]]
    event_results: Sequence[LeafResult]
    # What has been told of the objects of an event; all its bearers share it with them.
    object_nodes: dict[tuple[type, int, int, bool], Node] = field(default_factory=dict, compare=False, repr=False)

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
        return quote_ref(self.dossier, name)


def invoked(evidence: Evidence, rule: CompiledRule) -> frozenset[str]:
    """The exceptions to a rule on which accounts of the event differ: one of them may invoke what another does not."""
    if not evidence.event.accounts:
        return frozenset()
    found = {
        one.id: (*steps(evidence.verdicts, one.suggested), *steps(evidence.verdicts, one.applies))
        for one in rule.exceptions
    }
    return frozenset(
        name
        for name, rests_on in found.items()
        for step in rests_on
        if isinstance(step.ref, LeafRef) and evidence.leaf(step.ref, step.number)[1].reason == ACCOUNTS_DIFFER
    )


def node(evidence: Evidence, formula: Formula, number: int | None = None, *, relevant: bool = True) -> Node:
    """The proof of a formula, of object `number` or (None) of the event."""
    return _node(evidence, evidence.verdicts.weigh(formula, number), number, relevant=relevant)


def _node(evidence: Evidence, weighed: Weighed, number: int | None, *, relevant: bool) -> Node:
    formula, verdict, parts = weighed
    if isinstance(formula, LeafRef | UnitRef):
        if number is None:
            return _named(evidence, formula, None, verdict, relevant=relevant)
        key = (type(formula), formula.index, number, relevant)
        found = evidence.object_nodes.get(key)
        if found is None:
            found = evidence.object_nodes[key] = _named(evidence, formula, number, verdict, relevant=relevant)
        return found
    children = [
        _node(evidence, part, number, relevant=relevant and decided)
        for part, decided in zip(parts, decided_by(weighed), strict=True)
    ]
    kind, label = _COMBINATORS[type(formula)]
    return Node(kind, label, *_SHOWN[verdict], relevant, children=tuple(children))


def _named(evidence: Evidence, ref: LeafRef | UnitRef, number: int | None, verdict: int, *, relevant: bool) -> Node:
    """A leaf, or a unit over what it is made of."""
    if isinstance(ref, LeafRef):
        return _leaf(evidence, ref, number, (*_SHOWN[verdict], relevant))
    if ref.scope == "object" and number is None:
        children = [
            _of_object(evidence, ref, each, evidence.verdicts.objects[each][ref.index], relevant=relevant and decided)
            for each, decided in enumerate(deciding_objects(evidence.verdicts, ref, verdict))
        ]
    else:
        # The verdict of a unit may be weaker than that of its formula, so this one is read by itself.
        inner = node(evidence, evidence.program.unit(ref).formula, number, relevant=relevant)
        if evidence.program.unit(ref).name.startswith(PART):
            # Divided for the engines only; a reader sees the condition as it was written.
            return inner
        children = [inner]
    label, provision, position = _unit_words(evidence, ref)
    cap = evidence.program.unit(ref).cap
    at_most = f"S{cap}" if cap < CERTAIN else ""
    return Node(
        "term",
        label,
        *_SHOWN[verdict],
        relevant,
        provision=provision,
        children=tuple(children),
        at_most=at_most,
        position=position,
    )


def _of_object(evidence: Evidence, ref: UnitRef, number: int, verdict: int, *, relevant: bool) -> Node:
    """A unit of scope `object` for one object, under the object's own words."""
    inner = node(evidence, ref, number, relevant=relevant)
    return Node("object", evidence.event.objects[number].described, *_SHOWN[verdict], relevant, children=(inner,))


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
        return Node(
            "status",
            _standing_words(evidence.rulebook, test),
            *shown,
            (sentence,) if sentence else (),
            quotes,
            rows,
            result.reason,
        )
    if isinstance(test, DateTest):
        label = f"the event is {test.operator.replace('_', ' ')} {describe_day(date.fromisoformat(test.day))}"
        told = dict.fromkeys(describe(version.event.date.when) for version in versions(evidence.event))
        return Node("date", label, *shown, tuple(told), quotes, note=result.reason)
    due = "" if result.due is None else describe_day(result.due)
    return Node(
        "deadline",
        f"after the last day ({_deadline_words(test)})",
        *shown,
        (due,) if due else (),
        quotes,
        tuple(register_ref(row) for row in result.rows),
        result.reason,
    )


def _deadline_words(test: DeadlineTest) -> str:
    return f"{describe_period(parse_period(test.period))} after {test.start.replace('_', ' ')}"


def test_words(rulebook: Rulebook, test: FactTest) -> str:
    """A test of a fact in words: the question, and what is asked for."""
    fact = rulebook.vocabulary.fact(test.fact)
    question = fact.question if fact is not None else test.fact
    if test.operator == "is_stated":
        return f"{question} Asked: {ANYTHING if test.operands[0] == 'true' else NOTHING}"
    operands = [value_called(rulebook, test.fact, one) for one in test.operands]
    return f"{question} Asked: {_BOUNDS.get(test.operator, '')}{' or '.join(operands)}"


def _standing_words(rulebook: Rulebook, test: StandingTest) -> str:
    """A question of status: how whoever it is about stands to an instrument."""
    standings = " or ".join(_STANDINGS.get(one, one) for one in test.standings)
    role = rulebook.vocabulary.roles.get(test.of)
    whose = "State of the place: " if test.of == "place" else f"{role.label}: " if role is not None else ""
    return f"{whose}{standings} under the {rulebook.instruments[test.instrument].short_title}"


def value_called(rulebook: Rulebook, fact: str, value: str) -> str:
    """A value of a fact in words; a State by its name."""
    known = rulebook.vocabulary.fact(fact)
    if known is not None and known.type == "state" and value in rulebook.states.codes:
        return rulebook.states.name(value)
    return rulebook.vocabulary.said(fact, value)


def value_words(rulebook: Rulebook, fact: str, value: Value) -> str:
    """A value with its strength, hedge and, from a register, its row."""
    hedge = f", “{value.hedge}”" if value.hedge else ""
    row = f", register {value.row.register}" if value.row is not None else ""
    supposed = ", supposed" if SUPPOSED in value.quotes else ""
    return f"{value_called(rulebook, fact, value.value)} (S{value.strength}{hedge}{row}{supposed})"


def position_use(rulebook: Rulebook, name: str, chosen: str) -> PositionUse:
    """A position with the reading in force."""
    position = rulebook.positions[name]
    alternative = position.alternatives[chosen]
    others = {name: one.summary for name, one in position.alternatives.items() if name != chosen}
    return PositionUse(
        position.id, position.reference, chosen, alternative.summary, alternative.confidence, position.question, others
    )


def register_ref(row: Row) -> RegisterRef:
    """A register row as a citation."""
    return RegisterRef(row.register, row.line, row.key, row.source, row.verified)


def _unit_words(evidence: Evidence, ref: UnitRef) -> tuple[str, str, PositionUse | None]:
    """How a unit is called in a proof, the provision it stands in if any, and the position that chose its reading."""
    rulebook = evidence.rulebook
    kind, _, rest = evidence.program.unit(ref).name.partition(" ")
    if kind == "term":
        term, chosen = rulebook.terms[rest], evidence.program.positions
        position = position_use(rulebook, term.position, chosen[term.position]) if term.position else None
        return term.title, term.provision, position
    if kind == "exception":
        return rulebook.exceptions[rest].title, rulebook.exceptions[rest].provision, None
    return kind, "", None
