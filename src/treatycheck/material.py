"""What a check looked at besides its findings: events, dates and sources, the status of States, and what was silent.

Lists and counts; it decides nothing and words no law.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from treatycheck import dates
from treatycheck.casefile.model import Casefile, Dossier, Event
from treatycheck.dates import When
from treatycheck.engine.compile import RETIRED
from treatycheck.engine.program import Program
from treatycheck.explain.proof import register_ref
from treatycheck.facts import bearers
from treatycheck.findings import (
    Asked,
    ClaimResult,
    EventRef,
    Finding,
    Period,
    RegisterRef,
    SharedSource,
    SourceRef,
    StatusRow,
)
from treatycheck.registers.record import dated
from treatycheck.registers.standing import StatusRegister
from treatycheck.rulebook.model import Rulebook


def event_ref(rulebook: Rulebook, dossier: Dossier, event: Event, program: Program, *, found: bool) -> EventRef:
    """An event with its sources; `found` says that it has a finding, else it is told why it has none."""
    when, words = event.date.when, rulebook.vocabulary
    roles = dict.fromkeys(
        role for rule in program.rules if event.act.value in rule.rule.act for role in rule.rule.bearer.role
    )
    taking_part = dict.fromkeys(one.role for bearer in bearers(dossier, event) for one in bearer.participants)
    if found:
        why = ""
    elif not roles:
        why = "act"
    elif not taking_part:
        why = "nobody"
    else:
        why = "role" if roles.keys().isdisjoint(taking_part) else "before"
    return EventRef(
        id=event.id,
        title=event.title,
        document=dossier.entry.file,
        act=words.said("event.act", event.act.value),
        modality=words.modalities[event.modality.value].label,
        read_as=dates.describe(when),
        stated=dates.describe(dates.parse(event.date.edtf)),
        earliest=when.earliest,
        latest=when.latest,
        exact=_exact(when),
        sources=(
            SourceRef(event.source.asserter, event.source.interest, event.source.chain),
            *(SourceRef(account.according_to, "", ()) for account in event.accounts),
        ),
        draws_on=dossier.draws_on.get(event.id, ()),
        unengaged=why,
        roles=tuple(words.roles[role].label for role in roles),
        taking_part=tuple(words.roles[role].label for role in taking_part),
    )


def _exact(when: When) -> bool:
    """Whether the first and the last day of a date are known."""
    if when.earliest is None or when.latest is None or when.approximate or when.uncertain:
        return False
    if when.extent == "span":
        return when.precision == "day" and (when.begun_by, when.lasts_to) == (when.earliest, when.latest)
    return when.earliest == when.latest


def period(events: Iterable[EventRef]) -> Period:
    """The reporting period: from the first to the last day that the dates of the events allow."""
    own = [event for event in events if not event.draws_on]
    undated = [event.id for event in own if event.earliest is None and event.latest is None]
    return Period(
        earliest=min((event.earliest for event in own if event.earliest is not None), default=None),
        latest=max((event.latest for event in own if event.latest is not None), default=None),
        events=len(own),
        exact=sum(event.exact for event in own),
        open_start=tuple(one.id for one in own if one.earliest is None and one.id not in undated),
        open_end=tuple(one.id for one in own if one.latest is None and one.id not in undated),
        undated=tuple(undated),
    )


def shared(events: Iterable[EventRef]) -> Iterator[SharedSource]:
    """The sources that occur in more than one document; names are compared without case and with single spaces.

    Fused events are left out, as is who is only called `this …`: in each document that is another.
    """
    found: dict[str, tuple[str, dict[str, None], dict[str, None]]] = {}
    for event in events:
        for source in () if event.draws_on else event.sources:
            for name in (source.asserter, *source.chain):
                plain = " ".join(name.casefold().split())
                if not plain.startswith("this "):
                    _, documents, ids = found.setdefault(plain, (name, {}, {}))
                    documents[event.document] = None
                    ids[event.id] = None
    for name, documents, ids in found.values():
        if len(documents) > 1:
            yield SharedSource(name, tuple(documents), tuple(ids))


def statuses(
    rulebook: Rulebook,
    registers: Mapping[str, StatusRegister],
    findings: Iterable[Finding],
    claims: Iterable[ClaimResult],
) -> Iterator[StatusRow]:
    """What the registers say of each State that bears a finding, or that a finding or a remark asked for.

    By the name of the State; a State that a register does not list is left to the findings, which say so.
    """
    named = {record.row.register: name for name, register in registers.items() for record in register.records.values()}
    wanted: set[tuple[str, str]] = set()
    cited: list[RegisterRef] = []
    for finding in findings:
        wanted.add((finding.instrument, finding.bearer.code))
        cited += finding.registers
    for claim in claims:
        cited += claim.registers
    wanted.update((named[row.register], row.key) for row in cited if row.register in named)
    order = [*rulebook.instruments]
    rows = [
        row
        for name, code in sorted(wanted, key=lambda one: (order.index(one[0]), one[1]))
        if name in registers and code in registers[name].records
        for row in _rows(rulebook, registers[name], name, code)
    ]
    yield from sorted(rows, key=lambda row: row.state)


def _rows(rulebook: Rulebook, register: StatusRegister, instrument: str, code: str) -> Iterator[StatusRow]:
    """The row of the State and those of its further acts, each with what it alone says."""
    record = register.records[code]
    acts: dict[RegisterRef, list[str]] = {register_ref(record.row): []}
    for when, act, row in register.history(code):
        acts.setdefault(register_ref(row), []).append(f"{act.replace('-', ' ')} {dated(when)}")
    state = rulebook.states.name(code)
    for ref, told in acts.items():
        sentence = (
            register.bound(code, dates.UNKNOWN_DATE).sentence if ref == register_ref(record.row) and not told else ""
        )
        yield StatusRow(instrument, code, state, tuple(told), sentence, ref)


def asked(rulebook: Rulebook, number: int, findings: Iterable[Finding]) -> Iterator[Asked]:
    """How often the rules of each instrument were asked of `number` bearers, and which gave no finding."""
    given = Counter(finding.rule for finding in findings)
    for name in rulebook.instruments:
        rules = [rule.id for rule in rulebook.rules.values() if rule.instrument == name and rule.status != RETIRED]
        if rules:
            silent = tuple(rule for rule in rules if not given[rule])
            times = len(rules) * number
            yield Asked(name, len(rules), silent, times, times - sum(given[rule] for rule in rules))


def counted_once(findings: Sequence[Finding], events: Iterable[EventRef]) -> tuple[Finding, ...]:
    """The findings, each with the one that is counted for it where both are on accounts of one incident.

    Those on a fused event and on the events it draws on, under the same rule and of the same bearer, count once: as
    the gravest of them, and among equals as that on the fused event. `findings` come with the gravest first.
    """
    instead: dict[str, str] = {}
    for event in (one for one in events if one.draws_on):
        groups: dict[tuple[str, str, str], list[Finding]] = {}
        for finding in findings:
            if finding.event in (event.id, *event.draws_on) and finding.id not in instead:
                groups.setdefault((finding.rule, *_bearer(finding)), []).append(finding)
        for group in groups.values():
            gravest = [one for one in group if one.outcome == group[0].outcome]
            first = next((one for one in gravest if one.event == event.id), gravest[0])
            instead.update((one.id, first.id) for one in group if one is not first)
    return tuple(replace(one, counted_in=instead[one.id]) if one.id in instead else one for one in findings)


def _bearer(finding: Finding) -> tuple[str, str]:
    """The bearer of a finding in words that are the same in every document: a State by its code."""
    bearer = finding.bearer
    name = bearer.code if bearer.kind == "state" else " ".join(bearer.name.casefold().split())
    return name, " ".join(bearer.through.casefold().split())


def unfused(casefile: Casefile) -> tuple[str, ...]:
    """The names of the files with fused accounts that are not used."""
    return tuple(Path(path).name for path in casefile.unfused)
