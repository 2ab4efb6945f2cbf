"""Compiles a rulebook under chosen positions into a program: terms first, then gates, exceptions and rules.

The rulebook has been checked before: what cannot be compiled (a circle of terms) was refused when it was loaded.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from treatycheck.engine.program import (
    All,
    Any,
    CompiledException,
    CompiledProcedure,
    CompiledRule,
    DeadlineTest,
    Formula,
    Leaf,
    LeafRef,
    Not,
    Program,
    Scope,
    StandingTest,
    Unit,
    UnitRef,
)
from treatycheck.rulebook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    DateTest,
    FactTest,
    Negation,
    PassedTest,
    StatusTest,
    TermTest,
)
from treatycheck.rulebook.model import Confidence, Deadline, Exempting, Procedure, Rule, Rulebook, Term
from treatycheck.truth import Strength

CONFIDENCE_CAP: Final[Mapping[Confidence, int]] = {"settled": 4, "majority": 4, "contested": 3, "open": 3}
"""A contested or open reading never carries a conclusion to "established"."""

EVALUATIVE_CAP: Final = int(Strength.S1)
"""A judgement of degree that no competent body has made carries no more than a concern."""

MANY_FORMS: Final = 24
"""A condition with more alternatives, for and against together, is decided part by part."""

MANY_PARTS: Final = 100
"""A condition with more parts side by side is decided group by group."""

PART: Final = "part of"
"""How the units of a divided condition are named."""

POSITION: Final = "position."
"""Begins the name of the fact that a position is answered in one way, which only an open program asks for."""

RETIRED: Final = "retired"


@dataclass(slots=True)
class Compiler:
    """What has been compiled of a rulebook under a choice of positions; with `act`, of what speaks of it.

    If `open`, terms have all their readings, and a fact for each answer to a position says which is in force.
    """

    rulebook: Rulebook
    positions: Mapping[str, str]
    act: str | None = None
    leaves: dict[Scope, dict[Leaf, int]] = field(default_factory=lambda: {"object": {}, "event": {}})
    units: dict[Scope, list[Unit]] = field(default_factory=lambda: {"object": [], "event": []})
    known: dict[tuple[Scope, Formula], UnitRef] = field(default_factory=dict)
    terms: dict[str, UnitRef] = field(default_factory=dict)
    used: dict[UnitRef, frozenset[str]] = field(default_factory=dict)
    rules: dict[str, CompiledRule] = field(default_factory=dict)
    open: bool = False

    def program(self) -> Program:
        """Everything compiled: the rules that are not retired, the procedures, and what they use."""
        for name in self.rulebook.terms if self.act is None else ():
            self.term(name)
        rules = tuple(
            self.rule(rule)
            for rule in self.rulebook.rules.values()
            if rule.status != RETIRED and self._speaks(rule.act)
        )
        procedures = tuple(self.procedure(one) for one in self.rulebook.procedures.values() if self._speaks(one.act))
        return Program(
            cast("tuple[FactTest, ...]", tuple(self.leaves["object"])),
            tuple(self.leaves["event"]),
            tuple(self.units["object"]),
            tuple(self.units["event"]),
            rules,
            self.terms,
            self.positions,
            procedures,
        )

    def opened(self) -> Compiler:
        """A compiler that goes on from here with every position left open.

        Its program begins with all the leaves and units of this one, in their places; what rests on no position is as
        it was.
        """
        return Compiler(
            self.rulebook,
            self.positions,
            self.act,
            leaves={scope: {**leaves} for scope, leaves in self.leaves.items()},
            units={scope: [*units] for scope, units in self.units.items()},
            known={**self.known},
            terms={name: ref for name, ref in self.terms.items() if not self.used[ref]},
            used={**self.used},
            rules={name: rule for name, rule in self.rules.items() if not any(self.used[ref] for ref in rule.units)},
            open=True,
        )

    def _speaks(self, acts: Sequence[str]) -> bool:
        return self.act is None or self.act in acts

    def unit(self, name: str, scope: Scope, formula: Formula) -> UnitRef:
        """The unit for a formula; equal formulas share one, and a bare reference is not wrapped again."""
        if isinstance(formula, UnitRef) and formula.scope == scope:
            return formula
        key = (scope, formula)
        if key not in self.known:
            self.known[key] = self.new_unit(name, scope, formula, int(Strength.S4), frozenset())
        return self.known[key]

    def new_unit(self, name: str, scope: Scope, formula: Formula, cap: int, positions: frozenset[str]) -> UnitRef:
        """A unit of its own, which rests on `positions` and on those of the units it refers to."""
        if _forms(formula, 1) + _forms(formula, -1) > MANY_FORMS:
            formula = self.divided(name, scope, formula)
        inner = list(_unit_refs(formula))
        level = max((self.units[scope][ref.index].level + 1 for ref in inner if ref.scope == scope), default=0)
        ref = UnitRef(scope, len(self.units[scope]))
        self.units[scope].append(Unit(name, scope, formula, cap, level))
        self.used[ref] = positions.union(*(self.used[other] for other in inner))
        return ref

    def divided(self, name: str, scope: Scope, formula: Formula) -> Formula:
        """The formula with each compound part as a unit of its own, so that no long list of alternatives arises."""
        match formula:
            case All(parts):
                return All(tuple(self.part(name, scope, part) for part in _grouped(All, parts)))
            case Any(parts):
                return Any(tuple(self.part(name, scope, part) for part in _grouped(Any, parts)))
            case Not(part):
                return Not(self.part(name, scope, part))
            case _:
                return formula

    def part(self, name: str, scope: Scope, formula: Formula) -> Formula:
        """A part of a divided formula: as it is, or as a unit."""
        if isinstance(formula, Not):
            return Not(self.part(name, scope, formula.part))
        return self.unit(f"{PART} {name}", scope, formula) if isinstance(formula, All | Any) else formula

    def leaf(self, test: Leaf, scope: Scope) -> LeafRef:
        """The leaf for a test; equal tests share one."""
        return LeafRef(self.leaves[scope].setdefault(test, len(self.leaves[scope])))

    def term(self, name: str) -> UnitRef:
        """The unit of a term under the reading in force."""
        if name not in self.terms:
            term = self.rulebook.terms[name]
            if term.position and self.open:
                self.terms[name] = self.open_term(term)
            else:
                condition, confidence, positions = _reading(term, self.positions)
                # A term is a unit of its own even where it only renames another: a proof shows it, with its position.
                self.terms[name] = self.reading(term, condition, confidence, positions)
        return self.terms[name]

    def reading(self, term: Term, condition: Condition, confidence: Confidence, positions: frozenset[str]) -> UnitRef:
        """The unit of a term in one reading."""
        cap = EVALUATIVE_CAP if term.evaluative else CONFIDENCE_CAP[confidence]
        return self.new_unit(f"term {term.id}", term.scope, self.formula(condition, term.scope), cap, positions)

    def open_term(self, term: Term) -> UnitRef:
        """A term in all its readings, each of which holds where its position is answered so."""
        position = frozenset({term.position})
        readings: list[Formula] = []
        for answer, reading in term.readings.items():
            chosen = self.leaf(FactTest(f"{POSITION}{term.position}", "is", (answer,)), term.scope)
            readings.append(All((chosen, self.reading(term, reading.when, reading.confidence, position))))
        return self.new_unit(f"term {term.id}", term.scope, Any(tuple(readings)), int(Strength.S4), position)

    def formula(self, condition: Condition, scope: Scope, rule: Rule | None = None) -> Formula:
        """The formula of a condition; status tests are bound to the rule's own instrument."""
        match condition:
            case FactTest() | DateTest():
                return self.leaf(condition, scope)
            case StatusTest():
                return self.leaf(self.standing(condition, rule), scope)
            case PassedTest(name):
                return self.leaf(self.deadline(self.rulebook.rules[name]), scope)
            case TermTest(name):
                return self.term(name)
            case Negation(part):
                return Not(self.formula(part, scope, rule))
            case AllOf(parts):
                return All(tuple(self.formula(part, scope, rule) for part in parts))
        return Any(tuple(self.formula(part, scope, rule) for part in condition.parts))

    def standing(self, test: StatusTest, rule: Rule | None) -> StandingTest:
        """A status test with `this` resolved, and provisional application only where it covers the rule's provision."""
        name = rule.instrument if rule is not None and test.instrument == "this" else test.instrument
        membership = self.rulebook.instruments[name].membership
        covered = () if membership is None else membership.provisional_covers
        standings = tuple(
            one for one in test.standings if one != "provisional" or (rule is not None and rule.provision in covered)
        )
        return StandingTest(name, test.of, standings, rule.continuing if rule is not None else False)

    def deadline(self, rule: Rule) -> DeadlineTest:
        """The test of the last day under a rule that has a deadline."""
        due = cast("Deadline", rule.deadline)
        return DeadlineTest(rule.id, rule.instrument, due.start, due.period)

    def exception(self, exempting: Exempting) -> CompiledException:
        """Whether an exception applies, and what suggests it."""
        applies = self.unit(f"exception {exempting.id}", "event", self.formula(exempting.when, "event"))
        hints = tuple(self.formula(leaf, "event") for leaf in _positive_leaves(exempting.when))
        suggested = self.unit(f"suggested {exempting.id}", "event", Any(hints))
        cap = int(Strength[exempting.assumed_at_most]) if exempting.assumed_at_most else int(Strength.S4)
        return CompiledException(exempting.id, applies, suggested, exempting.if_unstated == "ask", cap)

    def rule(self, rule: Rule) -> CompiledRule:
        """The gates and exceptions of a rule."""
        if rule.id not in self.rules:
            self.rules[rule.id] = self._rule(rule)
        return self.rules[rule.id]

    def _rule(self, rule: Rule) -> CompiledRule:
        shared = self.rulebook.instruments[rule.instrument].gates
        conduct: list[Condition] = [
            FactTest("event.act", "in", rule.act),
            FactTest("bearer.role", "in", rule.bearer.role),
        ]
        conduct += [] if rule.when is None else [rule.when]
        conditions: list[tuple[str, Condition | None, Scope]] = [
            ("addressee", rule.addressee or shared.addressee, "event"),
            ("bound", rule.bound or shared.bound, "event"),
            ("place", rule.place, "event"),
            ("object", rule.object, "object"),
            ("conduct", AllOf(tuple(conduct)), "event"),
        ]
        gates = [
            (name, self.unit(f"{name} of {rule.id}", scope, self.formula(condition, scope, rule)))
            for name, condition, scope in conditions
            if condition is not None
        ]
        exceptions = tuple(self.exception(self.rulebook.exceptions[name]) for name in rule.unless)
        only_if = (
            None
            if rule.only_if is None
            else self.unit(f"only_if of {rule.id}", "event", self.formula(rule.only_if, "event", rule))
        )
        fulfilled = overdue = None
        if rule.deadline is not None:
            fulfilled = self.unit(
                f"fulfilled of {rule.id}", "event", self.formula(rule.deadline.fulfilled, "event", rule)
            )
            overdue = self.unit(f"overdue of {rule.id}", "event", self.leaf(self.deadline(rule), "event"))
        refs = [ref for _, ref in gates] + [exception.applies for exception in exceptions]
        refs += [ref for ref in (only_if, fulfilled, overdue) if ref is not None]
        positions = frozenset[str]().union(*(self.used[ref] for ref in refs))
        membership = self.rulebook.instruments[rule.instrument].membership
        if membership is not None and membership.suspension is not None:
            positions |= {membership.suspension.position}
        cap = CONFIDENCE_CAP[rule.confidence or self.rulebook.instruments[rule.instrument].confidence]
        return CompiledRule(rule, tuple(gates), exceptions, only_if, fulfilled, overdue, tuple(sorted(positions)), cap)

    def procedure(self, procedure: Procedure) -> CompiledProcedure:
        """The units of the stages of a procedure."""
        stages = tuple(
            (stage, self.unit(f"{stage.state} in {procedure.id}", "event", self.formula(stage.when, "event")))
            for stage in procedure.stages
        )
        return CompiledProcedure(procedure, stages)


def _grouped(kind: type[All | Any], parts: Sequence[Formula]) -> Sequence[Formula]:
    """The parts side by side, in groups of the same kind where they are too many for one condition."""
    if len(parts) <= MANY_PARTS:
        return parts
    return [kind(tuple(parts[start : start + MANY_PARTS])) for start in range(0, len(parts), MANY_PARTS)]


def compile_rulebook(
    rulebook: Rulebook, positions: Mapping[str, str] | None = None, *, act: str | None = None
) -> Program:
    """Compile every rule that is not retired, under the default positions except those given.

    With `act`, only the rules and procedures that speak of it, and the terms they use.
    """
    return Compiler(rulebook, chosen_positions(rulebook, positions), act).program()


def chosen_positions(rulebook: Rulebook, positions: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """Every position with the answer in force: its default, except those given."""
    return {name: position.default for name, position in rulebook.positions.items()} | dict(positions or {})


def _reading(term: Term, positions: Mapping[str, str]) -> tuple[Condition, Confidence, frozenset[str]]:
    if term.position:
        reading = term.readings[positions[term.position]]
        return reading.when, reading.confidence, frozenset({term.position})
    return cast("Condition", term.when), term.confidence, frozenset()


def _positive_leaves(condition: Condition) -> Iterator[Condition]:
    """Facts and terms that speak for the condition when true; a negation, a status or a date suggests nothing."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _positive_leaves(part)
        case FactTest() | TermTest():
            yield condition
        case _:
            return


def _forms(formula: Formula, rail: int) -> int:
    """How many conjunctions the normal form of a formula has at most, for (1) or against it (-1)."""
    match formula:
        case LeafRef() | UnitRef():
            return 1
        case Not(part):
            return _forms(part, -rail)
    each = [_forms(part, rail) for part in formula.parts]
    return sum(each) if isinstance(formula, Any) == (rail > 0) else math.prod(each)


def _unit_refs(formula: Formula) -> Iterator[UnitRef]:
    match formula:
        case UnitRef():
            yield formula
        case All(parts) | Any(parts):
            for part in parts:
                yield from _unit_refs(part)
        case Not(part):
            yield from _unit_refs(part)
