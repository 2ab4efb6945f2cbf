"""Which truth values each condition of a rulebook has had while its tests ran.

A gate or exception counts in tests of its own rule only; a condition that several rules share is one. A term counts in
every test, each of its readings for itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from treatycheck.check import Decided
from treatycheck.engine.compile import compile_rulebook
from treatycheck.engine.program import CompiledRule, Program, UnitRef
from treatycheck.rulebook.model import Rulebook
from treatycheck.ruletest.model import TruthName, Untried
from treatycheck.truth import truth

VALUES: tuple[TruthName, ...] = ("true", "false", "unknown")


class Trials:
    """The record of a run."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._names = tuple(condition_names(rulebook))
        self._seen: set[tuple[str, str]] = set()

    def record(self, decided: Decided) -> None:
        """Note every truth value in what one test was decided on."""
        verdicts = decided.evidence.verdicts
        program = verdicts.program
        for name, unit in _terms(decided.evidence.rulebook, program):
            if unit.scope == "event":
                self._seen.add((name, str(truth(verdicts.event[unit.index]))))
            else:
                self._seen |= {(name, str(truth(each[unit.index]))) for each in verdicts.objects}
        names = _gate_names(program)
        for _, unit in _gates(decided.rule):
            decided_units = verdicts.event if unit.scope == "event" else verdicts.lifted
            self._seen.add((names[unit], str(truth(decided_units[unit.index]))))

    def seen(self, name: str, value: TruthName) -> bool:
        """Whether a condition had a value."""
        return (name, value) in self._seen

    def untried(self) -> Iterator[Untried]:
        """Every condition with the values it never had, in the order of the rulebook."""
        for name in self._names:
            for value in VALUES:
                if not self.seen(name, value):
                    yield Untried(name, value)


def condition_names(rulebook: Rulebook) -> Iterator[str]:
    """Every condition that tests should try: the terms of a rulebook, then the gates and exceptions of its rules."""
    for term in rulebook.terms.values():
        yield from (f"{term.id} ({reading})" for reading in term.readings) if term.position else (term.id,)
    program = compile_rulebook(rulebook)
    terms = set(program.terms.values())
    yield from (name for unit, name in _gate_names(program).items() if unit not in terms)


def _terms(rulebook: Rulebook, program: Program) -> Iterator[tuple[str, UnitRef]]:
    for name, unit in program.terms.items():
        position = rulebook.terms[name].position
        yield (f"{name} ({program.positions[position]})" if position else name), unit


def _gate_names(program: Program) -> dict[UnitRef, str]:
    """The conditions of rules, each under the name of the first rule or exception that has it."""
    names: dict[UnitRef, str] = {}
    for rule in program.rules:
        for name, unit in _gates(rule):
            names.setdefault(unit, name)
    return names


def _gates(rule: CompiledRule) -> Iterator[tuple[str, UnitRef]]:
    own = rule.rule.id
    yield from ((f"{name} of {own}", unit) for name, unit in rule.gates)
    yield from ((exception.id, exception.applies) for exception in rule.exceptions)
    others = (("only_if", rule.only_if), ("fulfilled", rule.fulfilled), ("overdue", rule.overdue))
    yield from ((f"{name} of {own}", unit) for name, unit in others if unit is not None)
