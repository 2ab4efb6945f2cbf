"""Why an outcome is what it is, and why there is none: findings with everything that the table of outcomes looked at.

Only the events that are asked for are decided. An outcome can be worked out again from its explanation alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from math import prod
from typing import Final

from treatycheck.casefile.model import Casefile, Dossier, Event
from treatycheck.check import (
    PLAIN,
    Decided,
    Options,
    decide_event,
    finding_id,
    findings_on,
    identify,
    other_registers,
    receipt_of,
    under,
    with_insights,
)
from treatycheck.engine.chambers import Chambers
from treatycheck.engine.compile import RETIRED, chosen_positions
from treatycheck.engine.outcomes import FLAGGED, Outcome, exceptions_asked
from treatycheck.explain.alternatives import Law
from treatycheck.explain.proof import invoked, position_use
from treatycheck.facts import bearers
from treatycheck.findings import Answered, Finding, PositionUse, Receipt
from treatycheck.rulebook.model import Rulebook

ALL: Final = "all"
"""Stands for every finding of a casefile."""

MOST_SETS: Final = 64
"""A route with more combinations than this does not count towards what to find out first."""

ENGAGING: Final = ("act", "role", "only_if")
"""What has to be so for an event to engage a rule: its act, the role of the bearer, what the rule asks beforehand."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The events to explain, by id, each with the ids of the findings that are asked for; None for all of them."""

    events: Mapping[str, frozenset[str] | None]


@dataclass(frozen=True, slots=True)
class ExceptionState:
    """An exception as the table of outcomes saw it: whether it was invoked, and what strength it leaves if not."""

    name: str
    title: str
    invoked: bool
    at_most: str


@dataclass(frozen=True, slots=True)
class Engaging:
    """What a rule speaks of and what the event is, in words: acts and roles."""

    acts: tuple[str, ...]
    act: str
    roles: tuple[str, ...]
    role: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A finding, or a rule that gave none, with all that decided it.

    `effect` is actual, prospective or negated; `limit` is the strength to which the law of the rule limits a
    conclusion; `readable` whether the law of the time is read; `unengaged` what of `ENGAGING` is not so.
    """

    finding: Finding
    effect: str
    limit: str
    readable: bool
    exceptions: tuple[ExceptionState, ...]
    engaging: Engaging
    unengaged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class First:
    """Facts of one event that settle findings together: with how many.

    `flagging` are the findings that some answer to them makes a flag, `ruling_out` those that some answer rules out; a
    finding may be among both.
    """

    event: str
    facts: tuple[Answered, ...]
    findings: tuple[Finding, ...]
    flagging: tuple[Finding, ...] = ()
    ruling_out: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanations:
    """The explanations that were asked for, in the order of events and rules, and what produced them.

    `nobody` has the events in which nobody takes part, each with the roles that the rule speaks of.
    """

    receipt: Receipt
    positions: tuple[PositionUse, ...]
    explained: tuple[Explanation, ...]
    first: tuple[First, ...] = ()
    nobody: tuple[tuple[str, tuple[str, ...]], ...] = ()


def locate(rulebook: Rulebook, casefile: Casefile, text: str) -> Wanted | tuple[str, ...]:
    """What an id stands for: every finding, those of an event, or one; else the ids that begin so, of findings.

    Nothing is decided for it: the id of a finding is a hash of rule, bearer and event.
    """
    events = {event.id: (dossier, event) for dossier in casefile.dossiers for event in dossier.events}
    if text == ALL:
        return Wanted(dict.fromkeys(events))
    if text in events:
        return Wanted({text: None})
    found = [(one, name) for name, known in events.items() for one in _ids(rulebook, *known) if one.startswith(text)]
    if len(found) == 1:
        (one, name), *_ = found
        return Wanted({name: frozenset({one})})
    return tuple(one for one, _ in found)


def _ids(rulebook: Rulebook, dossier: Dossier, event: Event) -> Iterator[str]:
    """The ids that findings on an event may have."""
    rules = [rule for rule in rulebook.rules.values() if rule.status != RETIRED and event.act.value in rule.act]
    for bearer in bearers(dossier, event):
        roles = {participant.role for participant in bearer.participants}
        for rule in rules:
            if not roles.isdisjoint(rule.bearer.role):
                yield identify(rule.id, bearer.key, event.id)


def explain(
    rulebook: Rulebook, casefile: Casefile, wanted: Wanted, options: Options = PLAIN, *, rule: str = ""
) -> Explanations:
    """Explain findings; with `rule`, what that rule says to every bearer of the events, findings or not.

    Raises `DefectError` when the engines disagree.
    """
    as_of = options.as_of or date.fromisoformat(rulebook.manifest.as_of)
    positions = chosen_positions(rulebook, options.positions)
    registers = other_registers(rulebook, positions, as_of)
    known = under(rulebook, positions, as_of)
    if rule:
        known = _only(known, rule)
        registers = {change: _only(other, rule) for change, other in registers.items()}
    explained: list[Explanation] = []
    nobody: list[tuple[str, tuple[str, ...]]] = []
    laws: dict[str, Law] = {}
    with Chambers(known, positions, options.engine) as chambers:
        for dossier, event in _events(casefile, wanted):
            # A rule that does not speak of the act is asked all the same, if it was asked for.
            act = known.rules[rule].act[0] if rule else event.act.value
            program, panel = chambers.of(act)
            law = laws[act] = laws.get(act) or Law(program, chambers.undecided(act), registers)
            decided = [
                one
                for one in decide_event(known, program, panel, dossier, event, as_of, unengaged=bool(rule))
                if rule or one.engaged
            ]
            if rule and not bearers(dossier, event):
                words = known.vocabulary.roles
                nobody.append((event.id, tuple(words[role].label for role in known.rules[rule].bearer.role)))
            ids = wanted.events[event.id]
            carried = [
                pair
                for pair in with_insights(decided, law)
                if (rule or pair[0].conclusion.outcome is not Outcome.NO_FINDING)
                and (ids is None or finding_id(pair[0]) in ids)
            ]
            explained += [_explained(one, found) for (one, _), found in zip(carried, findings_on(carried), strict=True)]
        receipt = receipt_of(rulebook, positions, as_of, chambers)
    uses = tuple(position_use(rulebook, name, chosen) for name, chosen in sorted(positions.items()))
    return Explanations(receipt, uses, tuple(explained), tuple(_first(explained)), tuple(nobody))


def _only(rulebook: Rulebook, rule: str) -> Rulebook:
    """The rulebook with one of its rules."""
    return replace(rulebook, rules={rule: rulebook.rules[rule]}, procedures={})


def _events(casefile: Casefile, wanted: Wanted) -> Iterator[tuple[Dossier, Event]]:
    for dossier in casefile.dossiers:
        for event in dossier.events:
            if event.id in wanted.events:
                yield dossier, event


def _explained(decided: Decided, finding: Finding) -> Explanation:
    """A finding with what else the table of outcomes looked at."""
    rule, evidence = decided.rule, decided.evidence
    event, verdicts = evidence.event, evidence.verdicts.event
    words = evidence.rulebook.vocabulary
    asked = exceptions_asked(rule, verdicts, invoked(evidence, rule))
    roles = {participant.role for participant in decided.bearer.participants}
    missing = {
        "act": event.act.value not in rule.rule.act,
        "role": roles.isdisjoint(rule.rule.bearer.role),
        "only_if": rule.only_if is not None and verdicts[rule.only_if.index] < 0,
    }
    return Explanation(
        finding,
        words.modalities[event.modality.value].effect,
        f"S{rule.cap}",
        decided.facts.readable,
        tuple(
            ExceptionState(
                one.id,
                evidence.rulebook.exceptions[one.id].title,
                one.id in asked,
                f"S{one.assumed_at_most}",
            )
            for one in rule.exceptions
        ),
        Engaging(
            tuple(words.acts[act].label for act in rule.rule.act),
            words.acts[event.act.value].label,
            tuple(words.roles[role].label for role in rule.rule.bearer.role),
            tuple(sorted(words.roles[role].label for role in roles)),
        ),
        tuple(name for name in ENGAGING if missing[name]),
    )


def _first(explained: Sequence[Explanation]) -> Iterator[First]:
    """The sets of facts that settle findings by themselves, those that settle most first, then the smaller ones."""
    sets: dict[tuple[str, frozenset[tuple[str, str]]], tuple[Answered, ...]] = {}
    by_finding: dict[str, list[tuple[frozenset[tuple[str, str]], bool]]] = {}
    for one in explained:
        for facts, flags in _sufficient(one.finding):
            key = (one.finding.event, frozenset((each.fact.about, each.fact.question) for each in facts))
            sets.setdefault(key, facts)
            by_finding.setdefault(one.finding.id, []).append((key[1], flags))
    findings = {one.finding.id: one.finding for one in explained}
    found: list[tuple[frozenset[tuple[str, str]], First]] = []
    for (event, asked), facts in sets.items():
        ways = {
            name: {flags for least, flags in enough if least <= asked}
            for name, enough in by_finding.items()
            if findings[name].event == event
        }
        settled, flagging, ruling_out = (
            tuple(findings[name] for name, directions in ways.items() if directions & wanted)
            for wanted in ({True, False}, {True}, {False})
        )
        found.append((asked, First(event, facts, settled, flagging, ruling_out)))
    for _, first in sorted(found, key=lambda one: (-len(one[1].findings), len(one[0]), one[1].event)):
        yield first


def _sufficient(finding: Finding) -> Iterator[tuple[tuple[Answered, ...], bool]]:
    """Every smallest set of facts that settles a finding, as far as there are not too many, and whether it flags it."""
    if finding.insight is None:
        return
    for route in finding.insight.settled_by:
        if prod(len(group) for group in route.groups) <= MOST_SETS:
            for chosen in product(*route.groups):
                yield tuple(one for facts in chosen for one in facts), route.outcomes[0] in FLAGGED
