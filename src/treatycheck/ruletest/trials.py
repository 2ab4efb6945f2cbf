"""Which truth values each condition of a rulebook has had while its tests ran.

A gate or exception counts in tests of its own rule only; a condition that several rules share is one. A term counts in
every test, each of its readings for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from treatycheck.check import Decided
from treatycheck.engine.compile import compile_rulebook
from treatycheck.engine.program import CompiledRule, UnitRef
from treatycheck.rulebook.model import Rule, Rulebook, Term
from treatycheck.ruletest.model import TruthName, Untried
from treatycheck.truth import truth

_VALUES: Final[tuple[TruthName, ...]] = ("true", "false", "unknown")


class Trials:
    """The record of a run. A condition has as many names as there are rules that share it; all mean the same."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        program = compile_rulebook(rulebook)
        # A gate that is a bare term has been tried with the term.
        terms = set(program.terms.values())
        first: dict[UnitRef, str] = {}
        self._shared = {
            name: first.setdefault(unit, name)
            for rule in program.rules
            for name, unit in _gates(rule)
            if unit not in terms
        }
        self._gates = {rule.rule.id: tuple(name for name, _ in _gates(rule)) for rule in program.rules}
        self._seen: set[tuple[str, str]] = set()

    def names(self) -> tuple[str, ...]:
        """Every name of a condition."""
        terms = (name for term in self._rulebook.terms.values() for name in _readings(term))
        return (*terms, *self._shared)

    def record(self, decided: Decided) -> None:
        """Note every truth value in what one test was decided on."""
        verdicts = decided.evidence.verdicts
        program = verdicts.program
        for name, unit in program.terms.items():
            term = self._rulebook.terms[name]
            reading = _reading(name, program.positions[term.position]) if term.position else name
            decisions = [verdicts.event] if unit.scope == "event" else verdicts.objects
            self._seen |= {(reading, str(truth(units[unit.index]))) for units in decisions}
        for name, unit in _gates(decided.rule):
            if name in self._shared:
                units = verdicts.event if unit.scope == "event" else verdicts.lifted
                self._seen.add((self._shared[name], str(truth(units[unit.index]))))

    def seen(self, name: str, value: TruthName) -> bool:
        """Whether a condition had a value."""
        return (self._shared.get(name, name), value) in self._seen

    def untried(self, rules: Iterable[Rule], excused: Iterable[tuple[str, TruthName]]) -> Iterator[Untried]:
        """The conditions of some rules and the terms of their instruments, with each value that one never had."""
        chosen = tuple(rules)
        instruments = {rule.instrument for rule in chosen}
        terms = [term for term in self._rulebook.terms.values() if term.provision.partition(":")[0] in instruments]
        labels = {name: name for term in terms for name in _readings(term)}
        for rule in chosen:
            for name in self._gates.get(rule.id, ()):
                if name in self._shared:
                    labels.setdefault(self._shared[name], name)
        done = self._seen | {(self._shared.get(name, name), value) for name, value in excused}
        for name, label in labels.items():
            yield from (Untried(label, value) for value in _VALUES if (name, value) not in done)


def _readings(term: Term) -> tuple[str, ...]:
    """The names of a term: its id, or one for each of its readings."""
    return tuple(_reading(term.id, reading) for reading in term.readings) if term.position else (term.id,)


def _reading(term: str, reading: str) -> str:
    return f"{term} ({reading})"


def _gates(rule: CompiledRule) -> Iterator[tuple[str, UnitRef]]:
    own = rule.rule.id
    yield from ((f"{name} of {own}", unit) for name, unit in rule.gates)
    yield from ((exception.id, exception.applies) for exception in rule.exceptions)
    others = (("only_if", rule.only_if), ("fulfilled", rule.fulfilled), ("overdue", rule.overdue))
    yield from ((f"{name} of {own}", unit) for name, unit in others if unit is not None)
