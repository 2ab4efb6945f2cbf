"""What law an outcome rests on: the contested positions that decide it, and how settled the law is.

Every gate counts that is not immaterial to the outcome, the satisfied ones as well as those that are open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from treatycheck import dates
from treatycheck.casefile.accounts import versions
from treatycheck.engine.outcomes import Conclusion, Gate, Outcome
from treatycheck.engine.program import CompiledRule, UnitRef
from treatycheck.explain.proof import Evidence, position_use
from treatycheck.explain.trace import Step, steps
from treatycheck.facts import BearerCase
from treatycheck.findings import PositionUse
from treatycheck.rulebook.model import Confidence, Term

_DOUBT: Final[Sequence[Confidence]] = ("settled", "majority", "contested", "open")

CONTESTED: Final[Sequence[Confidence]] = ("contested", "open")
"""What is so held has to be told with what is contested of it."""


class RestsOn(NamedTuple):
    """The positions an outcome rests on, in the order of their names, and its least settled reading.

    `contested` says in sentences what is contested of the rule, its instrument and the terms besides the positions.
    """

    positions: tuple[PositionUse, ...]
    confidence: Confidence
    contested: tuple[str, ...]


def law_of(evidence: Evidence, rule: CompiledRule, bearer: BearerCase, conclusion: Conclusion) -> RestsOn:
    """The positions and the confidence of the law of one outcome."""
    deciding = _deciding(conclusion)
    found = [step for gate in deciding for step in steps(evidence.verdicts, gate.unit)]
    if rule.only_if is not None and _engages(conclusion, evidence.verdicts.of(rule.only_if, None)):
        found += steps(evidence.verdicts, rule.only_if)
    terms = tuple({term.id: term for term in _terms(evidence, found)}.values())
    positions = _positions(evidence, rule, bearer, deciding, terms)
    return RestsOn(positions, _confidence(evidence, rule, positions, terms), _contested(evidence, rule, terms))


def _engages(conclusion: Conclusion, asked: int) -> bool:
    """Whether an outcome rests on what a rule asks beforehand: it engages the rule, or speaks against it (-4..4)."""
    if conclusion.outcome is Outcome.NO_FINDING:
        return asked < 0
    return conclusion.outcome is not Outcome.NOT_APPLICABLE


def _deciding(conclusion: Conclusion) -> tuple[Gate, ...]:
    """The gates an outcome rests on: the one that ruled a rule out, or else all, satisfied and open ones alike.

    Of the exceptions, those count that were decided or have to be settled, not those assumed not to apply.
    """
    gates = (*conclusion.gates, *conclusion.exceptions)
    if conclusion.outcome is Outcome.NOT_APPLICABLE:
        return tuple(gate for gate in gates if gate.name == conclusion.decided_by)
    return tuple(gate for gate in gates if gate.name not in conclusion.assumed_not)


def _positions(
    evidence: Evidence, rule: CompiledRule, bearer: BearerCase, deciding: Iterable[Gate], terms: Iterable[Term]
) -> tuple[PositionUse, ...]:
    program = evidence.program
    names = {term.position for term in terms if term.position}
    membership = evidence.rulebook.instruments[rule.rule.instrument].membership
    suspension = None if membership is None else membership.suspension
    rests_on_status = any(gate.name == "bound" for gate in deciding)
    if (
        suspension is not None
        and rests_on_status
        and any(
            act == suspension.act and _not_before(evidence, when)
            for when, act, _ in evidence.rulebook.registers[rule.rule.instrument].history(bearer.code)
        )
    ):
        names.add(suspension.position)
    return tuple(position_use(evidence.rulebook, name, program.positions[name]) for name in sorted(names))


def _not_before(evidence: Evidence, act: dates.When) -> bool:
    """Whether some day of the event may not be before an act, so that the act can matter to it."""
    latest = [version.event.date.when.latest for version in versions(evidence.event)]
    return act.earliest is None or any(day is None or day >= act.earliest for day in latest)


def _terms(evidence: Evidence, found: Iterable[Step]) -> Iterator[Term]:
    for step in found:
        if isinstance(step.ref, UnitRef):
            kind, _, name = evidence.program.unit(step.ref).name.partition(" ")
            if kind == "term":
                yield evidence.rulebook.terms[name]


def _contested(evidence: Evidence, rule: CompiledRule, terms: Iterable[Term]) -> tuple[str, ...]:
    """What is contested of the law that no position asks, each sentence once."""
    own, instrument = rule.rule, evidence.rulebook.instruments[rule.rule.instrument]
    held: list[tuple[Confidence, str]] = [
        (instrument.confidence, instrument.contested_because)
        if own.confidence is None
        else (own.confidence, own.contested_because)
    ]
    held += [(term.confidence, term.contested_because) for term in terms if not term.position]
    return tuple(dict.fromkeys(sentence for confidence, sentence in held if confidence in CONTESTED and sentence))


def _confidence(
    evidence: Evidence, rule: CompiledRule, positions: Iterable[PositionUse], terms: Sequence[Term]
) -> Confidence:
    """The least settled reading an outcome rests on: of its rule or instrument, and of every term."""
    held: list[Confidence] = [rule.rule.confidence or evidence.rulebook.instruments[rule.rule.instrument].confidence]
    held += [
        term.readings[evidence.program.positions[term.position]].confidence if term.position else term.confidence
        for term in terms
    ]
    held += [
        evidence.rulebook.positions[use.id].alternatives[use.chosen].confidence
        for use in positions
        if use.id not in {term.position for term in terms}
    ]
    return max(held, key=_DOUBT.index)
