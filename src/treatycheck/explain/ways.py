"""The lines of the table of outcomes as questions: what would flag a finding, rule it out, or let it past a gate.

The table itself is `engine.outcomes`; whatever is found here is put to it before it is told, and a test holds the two
together. Each function yields conditions all of which have to be met; of those that `ruling_out` yields, any will do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from treatycheck.engine.outcomes import DECISIVE
from treatycheck.engine.program import CompiledException, CompiledRule
from treatycheck.explain.answers import NEVER, Answers, Cubes

Sought = Callable[[Answers], Iterable[Cubes]]
"""Conditions all of which have to be met. Raises `TooMany`."""


@dataclass(frozen=True, slots=True)
class Case:
    """A rule on one bearer and event, with what else the table of outcomes looks at (see `conclude`)."""

    rule: CompiledRule
    effect: str
    readable: bool = True
    invoked: Collection[str] = ()


def flagging(answers: Answers, case: Case, least: int = 1) -> Iterator[Cubes]:
    """What all would flag a potential violation in which no element is weaker than `least`. Raises `TooMany`."""
    rule = case.rule
    if case.effect == "negated" or not case.readable or rule.cap < least:
        yield NEVER
    yield from _elements(answers, case, least)
    if rule.overdue is not None and rule.fulfilled is not None:
        yield from answers.conditions(rule.overdue, least)
        yield answers.either([answers.at_least(rule.fulfilled, least), answers.at_most(rule.fulfilled, -least)])
    if case.effect == "prospective":
        for name, ref in rule.gates:
            if name == "conduct":
                yield from answers.conditions(ref, DECISIVE)


def ruling_out(case: Case) -> Iterator[Sought]:
    """What, each by itself, would end the matter without a potential violation."""
    rule = case.rule
    for _, ref in rule.gates:
        yield lambda answers, ref=ref: answers.conditions(ref, -DECISIVE, up=False)  # type: ignore[misc]
    for one in rule.exceptions:
        yield lambda answers, ref=one.applies: answers.conditions(ref, DECISIVE)  # type: ignore[misc]
    if (only_if := rule.only_if) is not None:
        yield lambda answers: answers.conditions(only_if, -1, up=False)
    if (overdue := rule.overdue) is not None and case.readable:
        # The duty is met in time, or not yet due.
        yield lambda answers: chain(_elements(answers, case, 1), answers.conditions(overdue, -1, up=False))


def letting_past(answers: Answers, rule: CompiledRule) -> Iterator[Cubes]:
    """What all would leave no gate and no exception that ends the matter. Raises `TooMany`."""
    yield from chain.from_iterable(answers.conditions(ref, 1 - DECISIVE) for _, ref in rule.gates)
    yield from chain.from_iterable(answers.conditions(one.applies, DECISIVE - 1, up=False) for one in rule.exceptions)
    if rule.only_if is not None:
        yield from answers.conditions(rule.only_if, 0)


def _elements(answers: Answers, case: Case, least: int) -> Iterator[Cubes]:
    """What makes every element of a rule so, at this strength."""
    rule = case.rule
    yield from chain.from_iterable(answers.conditions(ref, least) for _, ref in rule.gates)
    yield from (_excluded(answers, one, case, least) for one in rule.exceptions)
    if rule.only_if is not None:
        yield from answers.conditions(rule.only_if, 0)


def _excluded(answers: Answers, exception: CompiledException, case: Case, least: int) -> Cubes:
    """What leaves an exception out of account: it does not apply, or nothing invokes it."""
    ways = [answers.at_most(exception.applies, -least)]
    if not exception.ask and exception.id not in case.invoked and exception.assumed_at_most >= least:
        uninvoked = [answers.at_most(exception.applies, 0), answers.at_most(exception.suggested, 0)]
        ways.append(answers.both(uninvoked))
    return answers.either(ways)
