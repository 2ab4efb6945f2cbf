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
    """The record of a run. A condition may have several names, one for each rule that shares it."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        program = compile_rulebook(rulebook)
        first: dict[UnitRef, str] = {unit: name for name, unit in program.terms.items()}
        self._gates = {rule.rule.id: tuple(name for name, _ in _gates(rule)) for rule in program.rules}
        self._shared = {
            name: first.setdefault(unit, name) for rule in program.rules for name, unit in _gates(rule)
        }
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
            reading = f"{name} ({program.positions[term.position]})" if term.position else name
            each = [verdicts.event] if unit.scope == "event" else verdicts.objects
            self._seen |= {(reading, str(truth(decided_units[unit.index]))) for decided_units in each}
        for name, unit in _gates(decided.rule):
            decided_units = verdicts.event if unit.scope == "event" else verdicts.lifted
            self._seen.add((self._shared[name], str(truth(decided_units[unit.index]))))

    def seen(self, name: str, value: TruthName) -> bool:
        """Whether a condition had a value."""
        return (self._shared.get(name, name), value) in self._seen

    def untried(self, rules: Iterable[Rule], excused: Iterable[tuple[str, TruthName]]) -> Iterator[Untried]:
        """Every condition of some rules and of the terms of their instruments, with the values it never had."""
        chosen = tuple(rules)
        instruments = {rule.instrument for rule in chosen}
        terms = [term for term in self._rulebook.terms.values() if term.provision.partition(":")[0] in instruments]
        names = [name for term in terms for name in _readings(term)]
        names += [name for rule in chosen for name in self._gates.get(rule.id, ())]
        done = {(self._shared.get(name, name), value) for name, value in excused} | self._seen
        # A term that is a gate as it stands has been listed as a term, or belongs to another instrument.
        listed = set(self._rulebook.terms)
        for name in names:
            shared = self._shared.get(name, name)
            if name in self._gates_of_terms(listed):
                continue
            listed.add(shared)
            yield from (Untried(name, value) for value in _VALUES if (shared, value) not in done)
