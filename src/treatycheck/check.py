"""The main job: every rule on every bearer of every event, and a report of what comes out.

Loads nothing and prints nothing; it reads on one page how facts become findings.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby
from typing import Final

import treatycheck
from treatycheck import dates, material
from treatycheck.casefile.model import Casefile, Dossier, Event
from treatycheck.claims import check_claims
from treatycheck.consensus import event_facts
from treatycheck.engine.agreement import EngineChoice, Panel, Record
from treatycheck.engine.chambers import Chambers
from treatycheck.engine.compile import RETIRED, chosen_positions
from treatycheck.engine.outcomes import NO_FINDING, Conclusion, Outcome, conclude
from treatycheck.engine.program import CompiledRule, Program, StandingTest
from treatycheck.explain.alternatives import Law
from treatycheck.explain.insight import Insights
from treatycheck.explain.possible import Shared
from treatycheck.explain.proof import Evidence, invoked, position_use
from treatycheck.explain.quoting import quote_ref
from treatycheck.explain.tell import bearer_ref, tell
from treatycheck.explain.trace import Verdicts
from treatycheck.facts import BearerCase, EventFacts, LeafResult, bearers
from treatycheck.findings import (
    DocumentRef,
    Dormant,
    EventRef,
    Finding,
    Material,
    Node,
    ProcedureState,
    Receipt,
    Report,
    Unasked,
)
from treatycheck.rulebook.load import register_terms
from treatycheck.rulebook.model import Rulebook
from treatycheck.truth import Strength

_GRAVITY: Mapping[str, int] = {outcome: rank for rank, outcome in enumerate(Outcome)}


@dataclass(frozen=True, slots=True)
class Options:
    """How a check is run. `as_of` is the day up to which the registers are believed, by default the rulebook's own.

    With `insight`, each finding says what it hinges on, what would settle it and what would raise it.
    """

    engine: EngineChoice = "both"
    as_of: date | None = None
    positions: Mapping[str, str] | None = None
    insight: bool = True


PLAIN: Final = Options()
"""Both engines, the rulebook's own day and positions."""


@dataclass(frozen=True, slots=True)
class Run:
    """A report, with what the engines ran and every answer they gave."""

    report: Report
    records: tuple[Record, ...]


def check(rulebook: Rulebook, casefile: Casefile, options: Options = PLAIN) -> Report:
    """Check every event of a casefile against every rule of a rulebook.

    Raises `DefectError` when the engines disagree.
    """
    return run(rulebook, casefile, options).report


def run(rulebook: Rulebook, casefile: Casefile, options: Options = PLAIN) -> Run:
    """Check, and keep what the engines were asked and what they answered. Raises as `check`."""
    as_of = options.as_of or _day(rulebook.manifest.as_of)
    positions = chosen_positions(rulebook, options.positions)
    registers = other_registers(rulebook, positions, as_of)
    rulebook = under(rulebook, positions, as_of)
    in_force = sum(rule.status != RETIRED for rule in rulebook.rules.values())
    findings: list[Finding] = []
    procedures: list[ProcedureState] = []
    dormant: list[Dormant] = []
    unasked: list[Unasked] = []
    events: list[EventRef] = []
    cast = 0
    laws: dict[str, Law] = {}
    with Chambers(rulebook, positions, options.engine) as chambers:
        for dossier in casefile.dossiers:
            for event in dossier.events:
                cast += len(bearers(dossier, event))
                program, panel = chambers.of(event.act.value)
                procedures += procedure_states(rulebook, program, panel, dossier, event, as_of)
                asked = [one for one in decide_event(rulebook, program, panel, dossier, event, as_of) if one.engaged]
                law = None
                if options.insight and asked:
                    act = event.act.value
                    law = laws[act] = laws.get(act) or Law(program, chambers.undecided(act), registers)
                carried = [*with_insights(asked, law)]
                dormant += _dormant(carried)
                found = findings_on([pair for pair in carried if pair[0].conclusion.outcome is not Outcome.NO_FINDING])
                findings += found
                unasked += unasked_rules(asked)
                events.append(material.event_ref(rulebook, dossier, event, program, found=bool(found)))
        receipt = receipt_of(rulebook, positions, as_of, chambers)
        records = tuple(chambers.records())
    order = {name: rank for rank, name in enumerate(rulebook.rules)}
    findings.sort(key=lambda one: (_GRAVITY[one.outcome], one.document, one.event, order[one.rule], one.bearer.display))
    findings = [*material.counted_once(findings, events)]
    counts = Counter(one.outcome for one in findings)
    claims = tuple(check_claims(rulebook, casefile, as_of))
    report = Report(
        title=rulebook.wording.title,
        standards=rulebook.wording.standards,
        receipt=receipt,
        instruments={one.id: f"{one.title} ({one.citation})" for one in rulebook.instruments.values()},
        abbreviations={one.id: one.abbreviation for one in rulebook.instruments.values()},
        positions=tuple(position_use(rulebook, name, chosen) for name, chosen in sorted(positions.items())),
        documents=tuple(_document(dossier) for dossier in casefile.dossiers),
        unencoded=casefile.unencoded,
        findings=tuple(findings),
        counts={str(outcome): counts[outcome] for outcome in Outcome if outcome is not Outcome.NO_FINDING}
        | {str(Outcome.NO_FINDING): in_force * cast - len(findings)},
        procedures=tuple(procedures),
        claims=claims,
        dormant=tuple(dormant),
        material=Material(
            events=tuple(events),
            period=material.period(events),
            shared=tuple(material.shared(events)),
            statuses=tuple(material.statuses(rulebook, rulebook.registers, findings, claims)),
            asked=tuple(material.asked(rulebook, cast, findings)),
            unasked=tuple(unasked),
            unfused=material.unfused(casefile),
            warnings=tuple(map(str, casefile.warnings)),
        ),
    )
    return Run(report, records)


@dataclass(frozen=True, slots=True)
class Decided:
    """The conclusion on one rule and one bearer of an event, with everything it was drawn from."""

    rule: CompiledRule
    bearer: BearerCase
    conclusion: Conclusion
    evidence: Evidence
    facts: EventFacts
    engaged: bool
    """Whether the rule speaks of the act of the event and of a role of the bearer."""


def with_insights(decided: Sequence[Decided], law: Law | None) -> Iterator[tuple[Decided, Insights | None]]:
    """The conclusions on one event, in their order; with `law`, each with how far those on its bearer carry."""
    if law is None:
        yield from ((one, None) for one in decided)
        return
    shared = Shared()
    for _, group in groupby(decided, key=lambda one: id(one.evidence)):
        of_bearer = list(group)
        first = of_bearer[0]
        cases = [(one.rule, one.conclusion) for one in of_bearer]
        carried = Insights(first.evidence, first.facts, first.bearer, cases, law, shared)
        yield from ((one, carried) for one in of_bearer)


def findings_on(carried: Sequence[tuple[Decided, Insights | None]]) -> list[Finding]:
    """The findings that conclusions come to, each with how far it carries where that is asked."""
    # All that is worked out comes before any words: by turns, each slows down the other.
    known = [None if insights is None else insights.of(one.rule, one.conclusion) for one, insights in carried]
    return [
        tell(one.evidence, one.rule, one.bearer, one.conclusion, finding_id(one), insight)
        for (one, _), insight in zip(carried, known, strict=True)
    ]


def _dormant(carried: Iterable[tuple[Decided, Insights | None]]) -> Iterator[Dormant]:
    """The rules that ask something beforehand and were not engaged for it, with what would change that."""
    for one, insights in carried:
        if insights is None or one.conclusion.outcome is not Outcome.NO_FINDING:
            continue
        if hinges := insights.would_engage(one.rule, one.conclusion):
            rule, evidence = one.rule.rule, one.evidence
            yield Dormant(
                id=finding_id(one),
                rule=rule.id,
                title=rule.title,
                citation=evidence.rulebook.cite(rule.provision),
                event=evidence.event.id,
                document=evidence.dossier.entry.file,
                bearer=bearer_ref(evidence, one.bearer),
                hinges=hinges,
            )


def unasked_rules(decided: Sequence[Decided]) -> Iterator[Unasked]:
    """By bearer, the rules on the act and one of its roles that were not asked for a condition of their own."""
    silent = (one for one in decided if one.conclusion.outcome is Outcome.NO_FINDING)
    for _, group in groupby(silent, key=lambda one: id(one.evidence)):
        of_bearer = list(group)
        evidence, rules = of_bearer[0].evidence, [one.rule.rule for one in of_bearer]
        yield Unasked(
            event=evidence.event.id,
            document=evidence.dossier.entry.file,
            bearer=bearer_ref(evidence, of_bearer[0].bearer),
            rules=tuple(rule.id for rule in rules),
            citations=tuple(dict.fromkeys(evidence.rulebook.cite(rule.provision) for rule in rules)),
        )


def decide_event(
    rulebook: Rulebook,
    program: Program,
    panel: Panel,
    dossier: Dossier,
    event: Event,
    as_of: date,
    *,
    unengaged: bool = False,
) -> Iterator[Decided]:
    """Decide every rule for every bearer of one event.

    With `unengaged`, the gates of rules that the event does not engage are told as well, as if it did.
    """
    if not program.rules:
        return
    facts = event_facts(rulebook, dossier, event, as_of)
    object_results = facts.object_leaves(program.object_leaves)
    object_leaves = [[result.verdict for result in results] for results in object_results]
    objects, lifted = panel.decide_objects(object_leaves)
    effect = rulebook.vocabulary.modalities[event.modality.value].effect
    object_nodes: dict[tuple[type, int, int, bool], Node] = {}
    for bearer in bearers(dossier, event):
        results = facts.event_leaves(program.event_leaves, bearer)
        leaves = [result.verdict for result in results]
        verdicts = Verdicts(program, object_leaves, objects, lifted, leaves, panel.decide_event(leaves, lifted))
        evidence = Evidence(rulebook, dossier, event, verdicts, object_results, results, object_nodes)
        roles = {participant.role for participant in bearer.participants}
        for rule in program.rules:
            engaged = event.act.value in rule.rule.act and not roles.isdisjoint(rule.rule.bearer.role)
            if not (engaged or unengaged):
                yield Decided(rule, bearer, NO_FINDING, evidence, facts, engaged)
                continue
            found = partial(
                conclude,
                effect=effect,
                standing=standing_reason(program, results, rule),
                readable=facts.readable,
                invoked=invoked(evidence, rule),
            )
            conclusion = found(rule, lifted, verdicts.event)
            if unengaged and (conclusion.outcome is Outcome.NO_FINDING or not engaged):
                conclusion = found(replace(rule, only_if=None), lifted, verdicts.event)
                conclusion = conclusion._replace(outcome=Outcome.NO_FINDING)
            yield Decided(rule, bearer, conclusion, evidence, facts, engaged)


def procedure_states(
    rulebook: Rulebook, program: Program, panel: Panel, dossier: Dossier, event: Event, as_of: date
) -> Iterator[ProcedureState]:
    """Where the procedures stand that an event takes part in, for each of their subjects."""
    concerned = [one for one in program.procedures if event.act.value in one.procedure.act]
    if not concerned:
        return
    facts = event_facts(rulebook, dossier, event, as_of)
    _, lifted = panel.decide_objects(
        [[result.verdict for result in results] for results in facts.object_leaves(program.object_leaves)]
    )
    for bearer in bearers(dossier, event):
        roles = {participant.role for participant in bearer.participants}
        for compiled in concerned:
            if roles.isdisjoint(compiled.procedure.subject.role):
                continue
            leaves = [result.verdict for result in facts.event_leaves(program.event_leaves, bearer)]
            verdicts = panel.decide_event(leaves, lifted)
            # The first stage that is not ruled out; if nobody knows whether it was reached, none can be told.
            first = next(
                ((stage, verdicts[ref.index]) for stage, ref in compiled.stages if verdicts[ref.index] >= 0), None
            )
            reached = first if first is not None and first[1] > 0 else None
            yield ProcedureState(
                id=compiled.procedure.id,
                title=compiled.procedure.title,
                provision=compiled.procedure.provision,
                citation=rulebook.cite(compiled.procedure.provision),
                event=event.id,
                document=dossier.entry.file,
                subject=bearer.name,
                state=reached[0].state if reached else "",
                label=reached[0].label if reached else "",
                strength=str(Strength(reached[1])) if reached else "",
                quotes=tuple(quote_ref(dossier, name) for name in event.quotes),
            )


def receipt_of(rulebook: Rulebook, positions: Mapping[str, str], as_of: date, chambers: Chambers) -> Receipt:
    """What produced a result."""
    return Receipt(
        f"treatycheck {treatycheck.__version__}",
        rulebook.manifest.name,
        rulebook.manifest.version,
        rulebook.sha256,
        as_of,
        dict(sorted(positions.items())),
        chambers.engines,
        chambers.notice,
    )


def under(rulebook: Rulebook, positions: Mapping[str, str], as_of: date) -> Rulebook:
    """The rulebook with its registers under a choice of positions and as they stood on a day."""
    registers = {
        name: replace(register, terms=register_terms(membership, positions, instrument.member_word)).as_of(as_of)
        for name, register in rulebook.registers.items()
        if (membership := (instrument := rulebook.instruments[name]).membership) is not None
    }
    return replace(rulebook, registers=registers)


def other_registers(
    rulebook: Rulebook, positions: Mapping[str, str], as_of: date
) -> Mapping[tuple[str, str], Rulebook]:
    """The rulebook under each other answer to a position that decides what a register says."""
    deciding = {
        membership.suspension.position
        for instrument in rulebook.instruments.values()
        if (membership := instrument.membership) is not None and membership.suspension is not None
    }
    return {
        (name, alternative): under(rulebook, {**positions, name: alternative}, as_of)
        for name in sorted(deciding)
        for alternative in rulebook.positions[name].alternatives
        if alternative != positions[name]
    }


def finding_id(decided: Decided) -> str:
    """A stable id: a hash of rule, bearer and event."""
    return identify(decided.rule.rule.id, decided.bearer.key, decided.evidence.event.id)


def identify(rule: str, bearer: str, event: str) -> str:
    """The id of the finding on a rule, a bearer's key and an event."""
    return hashlib.sha256(f"{rule}\n{bearer}\n{event}".encode()).hexdigest()[:12]


def standing_reason(program: Program, results: Sequence[LeafResult], rule: CompiledRule) -> str:
    """The reason the register gave for the bearer's status under the rule's instrument."""
    for test, result in zip(program.event_leaves, results, strict=True):
        if (
            isinstance(test, StandingTest)
            and test.of == "bearer"
            and test.instrument == rule.rule.instrument
            and "bound" in test.standings
            and test.continuing == rule.rule.continuing
        ):
            return result.reason
    return ""


def _document(dossier: Dossier) -> DocumentRef:
    entry = dossier.entry
    stated = dates.describe(dates.parse(entry.date.edtf))
    note = f"read as {dates.describe(entry.date.when)}: {entry.date.basis}" if entry.date.resolved else ""
    return DocumentRef(
        file=entry.file,
        sha256=entry.sha256,
        events_sha256=dossier.events_sha256,
        title=entry.title,
        publisher=entry.publisher,
        kind=entry.kind,
        date=stated,
        date_note=note,
        note=entry.note,
        events=tuple(event.id for event in dossier.events),
        undated=dates.parse(entry.date.edtf) == dates.UNKNOWN_DATE,
        fused=tuple(source.entry.file for source in dossier.sources.values()),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)
