"""Turns a conclusion into a finding: elements, quotes, register rows, what is missing, positions and the sentence.

Words come from the rulebook's wording and vocabulary; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from treatycheck import dates
from treatycheck.casefile.model import SUPPOSED, Event
from treatycheck.engine.outcomes import Conclusion, Gate, Outcome
from treatycheck.engine.program import CompiledRule, Leaf, LeafRef, StandingTest
from treatycheck.explain.accounts import account_notes, accounts_told
from treatycheck.explain.law import law_of
from treatycheck.explain.proof import Evidence, node, register_ref, value_called
from treatycheck.explain.questions import bearer_name, missing_facts
from treatycheck.explain.trace import Step, steps
from treatycheck.facts import BearerCase, LeafResult
from treatycheck.findings import BearerRef, Element, Finding, Insight, Missing, QuoteRef, RegisterRef
from treatycheck.phrasing import capital
from treatycheck.rulebook.conditions import FactTest
from treatycheck.rulebook.model import Rulebook, Wording
from treatycheck.truth import strength, truth

_ADDRESSEE: Final = "addressee"
_KIND: Final = "bearer.kind"
_LINK: Final = "bearer.link"
_ITSELF: Final = "direct"


def tell(
    evidence: Evidence,
    rule: CompiledRule,
    bearer: BearerCase,
    conclusion: Conclusion,
    finding_id: str,
    insight: Insight | None = None,
) -> Finding:
    """The finding for one rule, bearer and event; `insight` is how far its outcome carries."""
    rulebook, event = evidence.rulebook, evidence.event
    gates = (*conclusion.gates, *conclusion.exceptions)
    rests_on = {gate.name: tuple(steps(evidence.verdicts, gate.unit)) for gate in gates}
    law = law_of(evidence, rule, bearer, conclusion)
    elements = tuple(_element(evidence, gate, rests_on[gate.name]) for gate in gates)
    citation = rulebook.cite(rule.rule.provision)
    due = _due(evidence, rule)
    missing = (
        tuple(dict.fromkeys(missing_facts(evidence, conclusion.open, rests_on, bearer)))
        if conclusion.outcome is Outcome.UNDETERMINED
        else ()
    )
    status = _status(evidence, rule)
    told_of = bearer_ref(evidence, bearer)
    grounds = _grounds(evidence, bearer, conclusion, told_of.display, status)
    return Finding(
        id=finding_id,
        rule=rule.rule.id,
        rule_status=rule.rule.status,
        title=rule.rule.title,
        instrument=rule.rule.instrument,
        provision=rule.rule.provision,
        citation=citation,
        event=event.id,
        event_title=event.title,
        document=evidence.dossier.entry.file,
        bearer=told_of,
        outcome=str(conclusion.outcome),
        reason=conclusion.reason,
        message=_sentence(evidence, rule, bearer, told_of.display, conclusion, citation, missing, grounds),
        missing=missing,
        strength="" if conclusion.strength is None else str(conclusion.strength),
        weakest=conclusion.weakest,
        dispute=event.dispute.status,
        dispute_by=event.dispute.by,
        dispute_according_to=event.dispute.according_to,
        severity=rule.rule.finding.severity,
        confidence=law.confidence,
        positions=law.positions,
        contested=law.contested,
        assumed_not=conclusion.assumed_not,
        status=status,
        due=due,
        event_date=dates.describe(event.date.when),
        event_date_stated=dates.describe(dates.parse(event.date.edtf)),
        modality=event.modality.value,
        asserter=event.source.asserter,
        chain=event.source.chain,
        interest=event.source.interest,
        elements=elements,
        quotes=_quotes(
            evidence, (*(quote.name for element in elements for quote in element.quotes), *_asserting(event))
        ),
        dispute_quotes=_quotes(evidence, event.dispute.quotes),
        registers=tuple(dict.fromkeys(ref for element in elements for ref in element.registers)),
        proof=tuple(node(evidence, gate.unit) for gate in gates),
        remarks=tuple(_remarks(evidence)),
        rule_note=rule.rule.note,
        grounds=grounds,
        accounts=accounts_told(rulebook, evidence.dossier, event),
        insight=insight,
    )


def _asserting(event: Event) -> Iterator[str]:
    """The quotes of the event and of its accounts."""
    yield from event.quotes
    for account in event.accounts:
        yield from account.quotes


def _remarks(evidence: Evidence) -> Iterator[str]:
    """What the analyst noted on the event: how its date is read, on its source, on those taking part, on itself."""
    event = evidence.event
    yield from (note for note in (event.date.basis, event.date.note, event.source.note) if note)
    yield from account_notes(event)
    for participant in event.participants:
        if participant.note:
            yield f"{capital(evidence.dossier.actors[participant.actor].name)}: {participant.note}"
    stated = (event.act, event.modality, event.purpose, *event.facts.values())
    yield from dict.fromkeys(one.note for one in stated if one is not None and one.note)
    yield from (f"{capital(item.described)}: {item.note}" for item in event.objects if item.note)
    yield from (note for note in (event.dispute.note, event.note) if note)


def _element(evidence: Evidence, gate: Gate, found: Iterable[Step]) -> Element:
    asked = [evidence.leaf(step.ref, step.number) for step in found if isinstance(step.ref, LeafRef)]
    results = [result for _, result in asked]
    quotes = _quotes(
        evidence, (name for result in results for value in result.values if value.strength for name in value.quotes)
    )
    grade = strength(gate.verdict)
    words = evidence.rulebook.wording.gates
    exempting = evidence.rulebook.exceptions.get(gate.name)
    label = words[gate.name] if exempting is None else f"Exception: {exempting.title}"
    return Element(
        gate.name,
        label,
        str(truth(gate.verdict)),
        "" if grade is None else str(grade),
        _detail(evidence, gate, asked),
        quotes,
        tuple(dict.fromkeys(_rows(results))),
    )


def _detail(evidence: Evidence, gate: Gate, asked: Sequence[tuple[Leaf, LeafResult]]) -> str:
    """What an element's value is, in words: each object with its own answer, the status, the values found."""
    if gate.unit.scope == "object":
        verdicts = [verdicts[gate.unit.index] for verdicts in evidence.verdicts.objects]
        words = {1: "yes", 0: "undetermined", -1: "no"}
        return (
            "; ".join(
                f"{item.described}: {words[(verdict > 0) - (verdict < 0)]}"
                for item, verdict in zip(evidence.event.objects, verdicts, strict=True)
            )
            or "no object is recorded"
        )
    parts = [result.standing.sentence for _, result in asked if result.standing is not None]
    parts += [f"last day {dates.describe_day(result.due)}" for _, result in asked if result.due is not None]
    parts += [
        f"{_valued(evidence.rulebook, test.fact, value.value)}"
        f"{f' (“{value.hedge}”)' if value.hedge else ''}{' (supposed)' if SUPPOSED in value.quotes else ''}"
        for test, result in asked
        if isinstance(test, FactTest)
        for value in result.values
    ]
    told = "; ".join(dict.fromkeys(parts))
    # The strength is that of who is named; it says nothing of the conduct.
    return f"{told} (who it is, not what it did)" if told and gate.name == _ADDRESSEE else told


def _valued(rulebook: Rulebook, fact: str, value: str) -> str:
    """A fact with its value, in a few words."""
    said = value_called(rulebook, fact, value).removeprefix("is ")
    if fact == _LINK:
        return "itself the actor named" if value == _ITSELF else f"named {said}"
    return f"bearer: {said}" if fact == _KIND else f"{_called(rulebook, fact)}: {said}"


def _called(rulebook: Rulebook, fact: str) -> str:
    """A fact in a word or two, from its id: `event.stock_remains` is "stock remains", `place.country` is "place"."""
    owner, _, name = fact.partition(".")
    known = rulebook.vocabulary.fact(fact)
    if known is not None and known.type == "state" and owner != "object":
        role = rulebook.vocabulary.roles.get(owner)
        return owner if role is None else role.label
    return (name if owner in ("event", "bearer", "object", "attribution") else f"{owner} {name}").replace("_", " ")


def _rows(results: Iterable[LeafResult]) -> Iterator[RegisterRef]:
    for result in results:
        if result.standing is not None:
            yield from (register_ref(row) for row in result.standing.rows)
        yield from (register_ref(row) for row in result.rows)
        yield from (register_ref(value.row) for value in result.values if value.row is not None)


def _quotes(evidence: Evidence, names: Iterable[str]) -> tuple[QuoteRef, ...]:
    return tuple(evidence.quote(name) for name in dict.fromkeys(names) if name != SUPPOSED)


def _due(evidence: Evidence, rule: CompiledRule) -> date | None:
    if rule.overdue is None:
        return None
    formula = evidence.program.unit(rule.overdue).formula
    return evidence.leaf(formula, None)[1].due if isinstance(formula, LeafRef) else None


def _status(evidence: Evidence, rule: CompiledRule) -> str:
    """The bearer's status under the rule's instrument as one clause."""
    for test, result in zip(evidence.program.event_leaves, evidence.event_results, strict=True):
        if (
            isinstance(test, StandingTest)
            and test.of == "bearer"
            and test.instrument == rule.rule.instrument
            and result.standing is not None
        ):
            return result.standing.sentence
    return ""


def bearer_ref(evidence: Evidence, bearer: BearerCase) -> BearerRef:
    """The bearer, with the kind of the actor whose conduct might be attributed to it."""
    kind = evidence.dossier.actors[bearer.participants[0].actor].kind if bearer.through else ""
    return BearerRef(bearer.code, bearer_name(evidence.rulebook, bearer), bearer.kind, bearer.through, kind)


def _grounds(evidence: Evidence, bearer: BearerCase, conclusion: Conclusion, name: str, status: str) -> str:
    """Why a rule does not apply, in words."""
    wording = evidence.rulebook.wording
    reason = wording.reasons.get(conclusion.reason, "")
    if conclusion.decided_by == "bound" and not status:
        # No register of States speaks of this bearer, so there are no acts of it to repeat.
        reason = wording.report.not_bound
    exception = evidence.rulebook.exceptions.get(conclusion.decided_by)
    # A State by the name it has in the document; of an organ, the State it belongs to.
    organ = bearer.code and bearer.kind != "state"
    state = evidence.rulebook.states.name(bearer.code) if organ else bearer.name if bearer.code else name
    return reason.format(
        bearer=name,
        state=state,
        standing=status,
        exception="" if exception is None else f"{exception.title}, {evidence.rulebook.cite(exception.provision)}",
    )


def _sentence(
    evidence: Evidence,
    rule: CompiledRule,
    bearer: BearerCase,
    name: str,
    conclusion: Conclusion,
    citation: str,
    missing: Iterable[Missing],
    grounds: str,
) -> str:
    wording = evidence.rulebook.wording
    due = _due(evidence, rule)
    text = rule.rule.finding
    words = {
        "citation": citation,
        "due": "" if due is None else dates.describe_day(due),
        "missing": " ".join(
            dict.fromkeys(f"{one.about}: {one.question}" if one.about else one.question for one in missing)
        ),
        "reason": grounds,
    }
    statement = (text.foreseen or text.statement) if conclusion.outcome is Outcome.ANTICIPATED else text.statement
    words["statement"] = statement.format(**_event_words(evidence, rule, name) | words) + _hedged(rule, bearer, wording)
    return wording.outcomes[str(conclusion.outcome)].sentence.format(**words)


def _hedged(rule: CompiledRule, bearer: BearerCase, wording: Wording) -> str:
    """How the source hedges the part that a bearer had, in its own words; nothing if it does not."""
    parts = [one for one in bearer.participants if one.role in rule.rule.bearer.role]
    hedges = dict.fromkeys(f"“{one.hedge}”" for one in parts if one.hedge)
    return wording.report.hedged.format(hedges=_joined(hedges)) if hedges else ""


def _event_words(evidence: Evidence, rule: CompiledRule, bearer: str) -> dict[str, str]:
    """What the statement of a rule may take from its event."""
    event, vocabulary = evidence.event, evidence.rulebook.vocabulary
    words = dict.fromkeys(vocabulary.roles, "")
    for role, word in vocabulary.roles.items():
        names = [
            evidence.dossier.actors[participant.actor].name
            for participant in event.participants
            if participant.role == role
        ]
        if names:
            words[role] = f" {word.preposition} {_joined(names)}".replace("  ", " ")
    gate = next((ref for name, ref in rule.gates if name == "object"), None)
    graded = [
        (item.described, 1 if gate is None else verdicts[gate.index])
        for item, verdicts in zip(event.objects, evidence.verdicts.objects, strict=True)
    ]
    # Those that are what the rule speaks of; if none is for certain, those that may be.
    in_scope = [name for name, verdict in graded if verdict > 0] or [name for name, verdict in graded if verdict == 0]
    place = event.place
    where = (
        ""
        if place is None
        else place.described or (evidence.rulebook.states.name(place.country) if place.country else "")
    )
    return words | {
        "bearer": bearer,
        "act": vocabulary.acts[event.act.value].label,
        "objects": _joined(in_scope) or "the objects",
        "date": dates.describe(event.date.when),
        "place": f" in {where}" if where else "",
    }


def _joined(names: Iterable[str]) -> str:
    *rest, last = dict.fromkeys(names) or [""]
    return f"{', '.join(rest)} and {last}" if rest else last
