"""The lines of the table of outcomes as questions: what would flag a finding, rule it out, or let it past a gate.

The table itself is `engine.outcomes`; whatever is found here is put to it before it is told, and a test holds the two
together.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from treatycheck.engine.outcomes import DECISIVE
from treatycheck.engine.program import CompiledException, CompiledRule
from treatycheck.explain.answers import ALWAYS, NEVER, Answers, Cubes


@dataclass(frozen=True, slots=True)
class Case:
    """A rule on one bearer and event, with what else the table of outcomes looks at (see `conclude`)."""

    rule: CompiledRule
    effect: str
    readable: bool = True
    invoked: Collection[str] = ()


def flagging(answers: Answers, case: Case, least: int = 1) -> Cubes:
    """What would flag a potential violation in which no element is weaker than `least`. Raises `TooMany`."""
    rule = case.rule
    if case.effect == "negated" or not case.readable or rule.cap < least:
        return NEVER
    ways = [answers.at_least(ref, least) for _, ref in rule.gates]
    ways += [_excluded(answers, one, case, least) for one in rule.exceptions]
    if rule.only_if is not None:
        ways.append(answers.at_least(rule.only_if, 0))
    if rule.overdue is not None and rule.fulfilled is not None:
        ways.append(answers.at_least(rule.overdue, least))
        ways.append(answers.either([answers.at_least(rule.fulfilled, least), answers.at_most(rule.fulfilled, -least)]))
    if case.effect == "prospective":
        ways += [answers.at_least(ref, DECISIVE) for name, ref in rule.gates if name == "conduct"]
    return answers.both(ways)


def ruling_out(answers: Answers, case: Case) -> Cubes:
    """What would end the matter without a potential violation: a gate, an exception, a duty met or not yet due."""
    rule = case.rule
    if case.effect == "negated":
        return ALWAYS
    ways = [answers.at_most(ref, -DECISIVE) for _, ref in rule.gates]
    ways += [answers.at_least(one.applies, DECISIVE) for one in rule.exceptions]
    if rule.only_if is not None:
        ways.append(answers.at_most(rule.only_if, -1))
    if rule.overdue is not None and case.readable:
        passed = [answers.at_least(ref, 1) for _, ref in rule.gates]
        passed += [_excluded(answers, one, case, 1) for one in rule.exceptions]
        ways.append(answers.both([*passed, answers.at_most(rule.overdue, -1)]))
    return answers.either(ways)


def letting_past(answers: Answers, rule: CompiledRule) -> Cubes:
    """What would leave no gate and no exception that ends the matter. Raises `TooMany`."""
    ways = [answers.at_least(ref, 1 - DECISIVE) for _, ref in rule.gates]
    ways += [answers.at_most(one.applies, DECISIVE - 1) for one in rule.exceptions]
    if rule.only_if is not None:
        ways.append(answers.at_least(rule.only_if, 0))
    return answers.both(ways)


def _excluded(answers: Answers, exception: CompiledException, case: Case, least: int) -> Cubes:
    """What leaves an exception out of account: it does not apply, or nothing invokes it."""
    ways = [answers.at_most(exception.applies, -least)]
    if not exception.ask and exception.id not in case.invoked and exception.assumed_at_most >= least:
        uninvoked = [answers.at_most(exception.applies, 0), answers.at_most(exception.suggested, 0)]
        ways.append(answers.both(uninvoked))
    return answers.either(ways)
