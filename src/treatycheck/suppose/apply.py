"""The rulebook and the casefile as they would be under suppositions.

First quotes are taken away, then facts are supposed, so that no quote carries what is supposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from treatycheck.casefile.model import Casefile
from treatycheck.errors import Diagnostic, InputError, attempt
from treatycheck.registers.standing import StatusRegister
from treatycheck.registers.supposed import with_dates, with_status
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose.facts import with_fact
from treatycheck.suppose.model import DateSupposed, FactSupposed, QuoteLost, StatusSupposed, Supposition
from treatycheck.suppose.quotes import without

SET: Final = "--set"


def supposed(rulebook: Rulebook, casefile: Casefile, suppositions: Sequence[Supposition]) -> tuple[Rulebook, Casefile]:
    """What is given under the suppositions; `InputError` if dates of a State cannot follow one another."""
    changed = with_registers(rulebook, suppositions)
    casefile = without(casefile, [one for one in suppositions if isinstance(one, QuoteLost)])
    for one in suppositions:
        if isinstance(one, FactSupposed):
            casefile = with_fact(rulebook, casefile, one)
    return changed, casefile


def with_registers(rulebook: Rulebook, suppositions: Sequence[Supposition]) -> Rulebook:
    """The rulebook with its registers of States under the suppositions; raises as `supposed`."""
    registers: dict[str, StatusRegister] = dict(rulebook.registers)
    dates: dict[tuple[str, str], dict[str, str]] = {}
    for one in suppositions:
        if isinstance(one, DateSupposed):
            dates.setdefault((one.instrument, one.code), {})[one.column] = one.date
    problems: list[Diagnostic] = []
    # All dates of one State at once: each may fit only together with the others.
    for (name, code), changes in dates.items():
        found = attempt(partial(with_dates, registers[name], code, changes, rulebook.states, SET), problems)
        registers[name] = found or registers[name]
    if problems:
        raise InputError(problems)
    for one in suppositions:
        if isinstance(one, StatusSupposed):
            for name in one.instruments:
                registers[name] = with_status(registers[name], one.code, one.status, rulebook.states)
    return replace(rulebook, registers=registers)
