"""What would raise an outcome by one step: which elements need better support, or what no support can overcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from treatycheck.engine.outcomes import FLAGGED, GRADES, Conclusion, Outcome
from treatycheck.engine.program import CompiledRule, Leaf, LeafRef, StandingTest, UnitRef
from treatycheck.explain import ways
from treatycheck.explain.answers import NEVER, Answers, Choice, TooMany
from treatycheck.explain.cones import EVENT, Place
from treatycheck.explain.keys import Key
from treatycheck.explain.proof import Evidence, invoked, value_called
from treatycheck.explain.trace import steps
from treatycheck.facts import LeafResult
from treatycheck.findings import Firmer, Need
from treatycheck.rulebook.conditions import FactTest
from treatycheck.rulebook.model import Rulebook

_UNRAISED: Final = (Outcome.MET_LATE, Outcome.ANTICIPATED)
"""Flagged whatever its strength; what would raise it is told of the grade it would have otherwise."""


def firmer(evidence: Evidence, rule: CompiledRule, conclusion: Conclusion, effect: str) -> Firmer | None:
    """What would raise a flagged outcome by one step; None for others and for what is established."""
    strength = conclusion.strength
    if conclusion.outcome not in FLAGGED or strength is None or strength >= max(GRADES):
        return None
    least = int(strength) + 1
    outcome = str(conclusion.outcome if conclusion.outcome in _UNRAISED else GRADES[least])
    weak = dict(_weak(evidence, conclusion, least))
    found = Answers(evidence.verdicts, [Choice((raised,)) for _, raised in weak.values()])
    try:
        case = ways.Case(rule, effect, invoked=invoked(evidence, rule))
        parts = found.apart(ways.flagging(found, case, least))
    except TooMany:
        parts = (NEVER,)
    if evidence.event.dispute.limit < least:
        return Firmer(outcome, "", (), "dispute")
    if not all(parts):
        capped = _cap(rule, conclusion, least)
        needs = tuple(_assumed(evidence, rule, conclusion)) if capped == "exception" else ()
        if not capped:
            needs = tuple(_capping(evidence, conclusion, least))
            capped = "_and_".join(sorted({need.element for need in needs})) or "reading"
        return Firmer(outcome, "", needs, capped)
    needed = {index for part in parts for index, _ in found.smallest(part)[0]}
    return Firmer(outcome, f"S{least}", tuple(need for index, (need, _) in enumerate(weak.values()) if index in needed))


def _weak(
    evidence: Evidence, conclusion: Conclusion, least: int
) -> Iterator[tuple[Key, tuple[Need, dict[Place, int]]]]:
    """Everything the outcome rests on that is too weak, by what it is, with the verdicts it would have."""
    found: dict[Key, tuple[Need, dict[Place, int]]] = {}
    for gate in (*conclusion.gates, *conclusion.exceptions):
        for step in steps(evidence.verdicts, gate.unit):
            if isinstance(step.ref, UnitRef) or not 0 < abs(step.verdict) < least:
                continue
            test, result = evidence.leaf(step.ref, step.number)
            key = _support(evidence, test, result, step.number)
            words = _words(evidence, result, step.number, key)
            _, raised = found.setdefault(key, (Need(gate.name, words, f"S{abs(step.verdict)}"), {}))
            raised[EVENT if step.number is None else step.number, step.ref.index] = (
                least if step.verdict > 0 else -least
            )
    # The other questions about the same fact have the same support.
    leaves = [
        (None, evidence.program.event_leaves, evidence.event_results),
        *((number, evidence.program.object_leaves, results) for number, results in enumerate(evidence.object_results)),
    ]
    for number, tests, results in leaves:
        for index, (test, result) in enumerate(zip(tests, results, strict=True)):
            if 0 < abs(result.verdict) < least and (key := _support(evidence, test, result, number)) in found:
                place = EVENT if number is None else number, index
                found[key][1].setdefault(place, least if result.verdict > 0 else -least)
    yield from found.items()


def _support(evidence: Evidence, test: Leaf, result: LeafResult, number: int | None) -> Key:
    """What the strength of an answer is that of: a fact, the date, who somebody is, or a row of a register."""
    if isinstance(test, FactTest):
        fact = evidence.rulebook.vocabulary.facts.get(test.fact)
        # What a register says of a value is as strong as the value.
        return ("fact", test.fact if fact is None or fact.lookup is None else fact.lookup.by, number)
    if isinstance(test, StandingTest) and result.standing is not None:
        rows = [row for row in result.standing.rows if row.strength <= abs(result.verdict)]
        if rows:
            return ("row", rows[0].register, rows[0].line)
        if not result.standing.changes and test.of != "bearer":
            return ("who", test.of)
    return ("date",)


def _words(evidence: Evidence, result: LeafResult, number: int | None, key: Key) -> str:
    match key:
        case ("fact", str(name), _):
            about = f", {evidence.event.objects[number].described}" if number is not None else ""
            values = dict.fromkeys(value_called(evidence.rulebook, name, value.value) for value in result.values)
            return f"{called(evidence.rulebook, name)}{about}: {', '.join(values)}"
        case ("row", str(register), int(line)):
            return f"row {line} of the register {register}"
        case ("who", str(of)):
            role = evidence.rulebook.vocabulary.roles.get(str(of))
            return f"who the {role.label} is" if role is not None else "in which State it happened"
    return "the date"


def called(rulebook: Rulebook, name: str) -> str:
    """A fact as a sentence calls it: by its label, else by its question."""
    fact = rulebook.vocabulary.fact(name)
    if fact is None:
        return name
    return fact.label or f"“{fact.question}”"


def _cap(rule: CompiledRule, conclusion: Conclusion, least: int) -> str:
    """Why no evidence raises an outcome: contested law, or an exception that is only assumed away; else empty."""
    if rule.cap < least:
        return "law"
    assumed: Sequence[str] = conclusion.assumed_not
    if any(one.id in assumed and one.assumed_at_most < least for one in rule.exceptions):
        return "exception"
    return ""


def _capping(evidence: Evidence, conclusion: Conclusion, least: int) -> Iterator[Need]:
    """The terms that carry no more, each with why it does not: `degree` or `contested`."""
    found: dict[str, Need] = {}
    for gate in (*conclusion.gates, *conclusion.exceptions):
        for step in steps(evidence.verdicts, gate.unit):
            if isinstance(step.ref, UnitRef) and evidence.program.unit(step.ref).cap < least:
                kind, _, name = evidence.program.unit(step.ref).name.partition(" ")
                term = evidence.rulebook.terms.get(name) if kind == "term" else None
                if term is not None:
                    found[name] = Need("degree" if term.evaluative else "contested", f"“{term.title}”", "")
    yield from found.values()


def _assumed(evidence: Evidence, rule: CompiledRule, conclusion: Conclusion) -> Iterator[Need]:
    """The exceptions that are only taken not to apply and limit an outcome for that, with what has to be known."""
    for one in rule.exceptions:
        if one.id in conclusion.assumed_not and conclusion.strength == one.assumed_at_most:
            title = evidence.rulebook.exceptions[one.id].title
            questions = dict.fromkeys(
                question.question
                for step in steps(evidence.verdicts, one.applies)
                if isinstance(step.ref, LeafRef)
                for test, _ in [evidence.leaf(step.ref, step.number)]
                if isinstance(test, FactTest) and (question := evidence.rulebook.vocabulary.fact(test.fact)) is not None
            )
            yield Need(one.id, f"{title} ({' '.join(questions)})" if questions else title, "")
