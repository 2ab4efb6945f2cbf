"""What a check yields: findings with their proof, the documents they rest on and the receipt of the run.

With them, what was set aside by an analyst, and what differs from an earlier report.

Plain nouns, ready to be printed in any format; nothing here evaluates or words anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class QuoteRef:
    """A quote in a document: code-point offsets, end exclusive, into the original text; `line` counts from 1."""

    document: str
    name: str
    start: int
    end: int
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class RegisterRef:
    """A register row a finding rests on."""

    register: str
    row: int
    key: str
    source: str
    verified: str


class Node(NamedTuple):
    """One step of a proof: what was asked, what the answer is and what it rests on. There are thousands in a report.

    `kind` is term, all, any, not, object, fact, status, date or deadline; `truth` is true, false or unknown; `strength`
    is S0..S4 or empty when nothing is known; `relevant` marks the steps that decided the one above. `at_most` is the
    strength to which a step limits what it rests on, where it does; `position` the contested question with the reading
    in force by which it was answered, if there is one.
    """

    kind: str
    label: str
    truth: str
    strength: str
    relevant: bool
    values: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    registers: tuple[RegisterRef, ...] = ()
    note: str = ""
    provision: str = ""
    children: tuple[Node, ...] = ()
    at_most: str = ""
    position: PositionUse | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """One row of a finding's elements table: a gate or exception with its value, strength and sources."""

    name: str
    label: str
    truth: str
    strength: str
    detail: str
    quotes: tuple[QuoteRef, ...]
    registers: tuple[RegisterRef, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate or exception that was decided in two ways: how before and how after."""

    before: Element
    after: Element


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that would settle an undetermined finding: the question, and what it is asked about."""

    fact: str
    question: str
    about: str = ""
    known: str = ""


@dataclass(frozen=True, slots=True)
class PositionUse:
    """A position on which an outcome depends, with the reading in force; `others` are the readings not chosen."""

    id: str
    reference: str
    chosen: str
    summary: str
    confidence: str
    question: str = ""
    others: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class BearerRef:
    """Who bears the norm; `through` names the actor whose conduct might be attributed to it, of kind `through_kind`."""

    code: str
    name: str
    kind: str
    through: str = ""
    through_kind: str = ""

    @property
    def display(self) -> str:
        """The bearer in a heading or sentence."""
        return f"{self.name} (if the conduct of {self.through} is attributed to it)" if self.through else self.name


@dataclass(frozen=True, slots=True)
class Answered:
    """A fact with the answers to it that would do, in words; `brief` names some of them where they are many."""

    fact: Missing
    answer: str
    brief: str = ""


FactSet = tuple[Answered, ...]
"""Facts that do something together, and none of them without the others."""


@dataclass(frozen=True, slots=True)
class Route:
    """What would bring about one of some outcomes: of each group, one set of facts with its answers."""

    outcomes: tuple[str, ...]
    groups: tuple[tuple[FactSet, ...], ...]


@dataclass(frozen=True, slots=True)
class Hinge:
    """What would change an outcome: another account or another date (`kind`, `when`), or other readings of the law.

    `kind` is account, date, dispute (if what speaks against the event falls) or position; `when` names the account or
    the days, `days` those of an account; `readings` are positions with the answer they are given instead; `gates` those
    through which the outcome changes.
    """

    kind: str
    when: str
    readings: tuple[tuple[str, str], ...]
    outcome: str
    gates: tuple[str, ...]
    days: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that has to be better supported: the element it belongs to, what it is, and its strength so far."""

    element: str
    words: str
    strength: str


@dataclass(frozen=True, slots=True)
class Firmer:
    """What would raise an outcome by one step: to which outcome, what needs which strength, or what stands in the way.

    `capped` says why no evidence raises it, and `step` is empty then: law, dispute, exception, degree (a term is a
    matter of degree), contested (its reading is), contested_and_degree, or reading where these cannot be told apart.
    """

    outcome: str
    step: str
    needs: tuple[Need, ...]
    capped: str = ""


@dataclass(frozen=True, slots=True)
class Insight:
    """How far an outcome carries: what would settle it, change it, let it past the gate that stopped it, raise it.

    `settled_by` is for what is undetermined: first the route towards a potential violation, if there is one, then those
    away from it. `past` is for what does not apply, `firmer` for what is flagged. Where `settled_fully` or
    `hinges_fully` is false, the search stopped early. `barred` says that it is undetermined while the event is
    retracted: no answer decides anything.
    """

    settled_by: tuple[Route, ...] = ()
    settled_fully: bool = True
    past: tuple[Route, ...] = ()
    hinges: tuple[Hinge, ...] = ()
    hinges_fully: bool = True
    firmer: Firmer | None = None
    barred: bool = False


@dataclass(frozen=True, slots=True)
class AccountRef:
    """What one source says where sources contradict one another; `says` is one phrase in words."""

    according_to: str
    says: str
    strength: str
    quotes: tuple[QuoteRef, ...]


@dataclass(frozen=True, slots=True)
class WaiverState:
    """One entry of a file of findings that were set aside, and what it comes to in this run.

    `state` is stands, expired, graver (than `outcome`, at which the finding was set aside) or stale (no finding of this
    run has that id). Only one that stands counts. `file` and `line` say where it is written.
    """

    finding: str
    rule: str
    event: str
    bearer: str
    reason: str
    author_role: str
    set_aside: date
    expires: date
    outcome: str
    state: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule, one bearer, one event: the outcome and everything it rests on.

    `grounds` says in words why a rule does not apply; it is empty for every other outcome. `accounts` are what is
    recorded and what other sources say instead, where they contradict one another. `waiver` says that the finding is
    set aside; it never changes the outcome. `counted_in` is the id of the finding that is counted for this one as well,
    where both are on accounts of one incident (a fused event and those it draws on); empty for all others.
    """

    id: str
    rule: str
    rule_status: str
    title: str
    instrument: str
    provision: str
    citation: str
    event: str
    event_title: str
    document: str
    bearer: BearerRef
    outcome: str
    reason: str
    message: str
    missing: tuple[Missing, ...]
    strength: str
    weakest: tuple[str, ...]
    dispute: str
    dispute_by: str
    dispute_according_to: str
    severity: str
    confidence: str
    positions: tuple[PositionUse, ...]
    assumed_not: tuple[str, ...]
    status: str
    due: date | None
    event_date: str
    event_date_stated: str
    modality: str
    asserter: str
    chain: tuple[str, ...]
    interest: str
    elements: tuple[Element, ...]
    quotes: tuple[QuoteRef, ...]
    dispute_quotes: tuple[QuoteRef, ...]
    registers: tuple[RegisterRef, ...]
    proof: tuple[Node, ...]
    remarks: tuple[str, ...]
    rule_note: str
    grounds: str = ""
    accounts: tuple[AccountRef, ...] = ()
    insight: Insight | None = None
    waiver: WaiverState | None = None
    counted_in: str = ""
    contested: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dormant:
    """A rule that gives no finding as things are, and would under another reading, account or date (`hinges`)."""

    id: str
    rule: str
    title: str
    citation: str
    event: str
    document: str
    bearer: BearerRef
    hinges: tuple[Hinge, ...]


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """What a document says about law or numbers, with the verdict (confirmed, wrong, misleading, unverifiable).

    `kind` is how it was checked; `numbers` says that it belongs to the check of numbers.
    """

    id: str
    document: str
    says: str
    verdict: str
    correction: str
    authority: str
    note: str
    quotes: tuple[QuoteRef, ...]
    registers: tuple[RegisterRef, ...]
    kind: str = ""
    numbers: bool = False


@dataclass(frozen=True, slots=True)
class ProcedureState:
    """Where a procedure stands by an event; a state of affairs, never a breach. Empty `state`: none can be told."""

    id: str
    title: str
    provision: str
    citation: str
    event: str
    document: str
    subject: str
    state: str
    label: str
    strength: str
    quotes: tuple[QuoteRef, ...]


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Who asserts something, who relays it (first asserter first), and what the asserter has at stake."""

    asserter: str
    interest: str
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventRef:
    """An event that was looked at, whether a rule is engaged by it or not; `act` and `modality` are in words.

    `stated` is its date in words, `read_as` the one rules are applied on; `earliest` and `latest` are the bounds of
    that, inclusive, None where it is open; `exact` says that its first and last day are known. `sources` are that of
    the event and those of its accounts. `draws_on` are the events that a fused one was made from. `unengaged` says why
    no rule gives a finding: act (no rule speaks of it), nobody (nobody is recorded as taking part), role (no rule on it
    is on whoever takes part), before (what rules ask beforehand is not so); it is empty where one does. `roles` are
    those that rules on the act are on, `taking_part` those of the event.
    """

    id: str
    title: str
    document: str
    act: str
    modality: str
    read_as: str
    stated: str
    earliest: date | None
    latest: date | None
    exact: bool
    sources: tuple[SourceRef, ...]
    draws_on: tuple[str, ...] = ()
    unengaged: str = ""
    roles: tuple[str, ...] = ()
    taking_part: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """The days that the dates of the events allow, inclusive; None where no event has such a bound.

    `exact` counts the events whose first and last day are known; `open_start`, `open_end` and `undated` are the ids of
    those whose date is open at one end or at both. Fused events are left out, as those they draw on are counted.
    """

    earliest: date | None
    latest: date | None
    events: int
    exact: int
    open_start: tuple[str, ...]
    open_end: tuple[str, ...]
    undated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedSource:
    """A source through which something in several documents is known: they are one chain, and do not corroborate."""

    name: str
    documents: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatusRow:
    """What one row of a register says of a State that bears a finding or that was asked for.

    `acts` are dated acts in words, the oldest first; `status` is what it did, in words, where that is no dated act.
    """

    instrument: str
    code: str
    state: str
    acts: tuple[str, ...]
    status: str
    row: RegisterRef


@dataclass(frozen=True, slots=True)
class Asked:
    """The rules in force of one instrument, and how often they were asked: each of each bearer of each event.

    `silent` are the rules that gave no finding at all; `no_finding` counts the answers that are none.
    """

    instrument: str
    rules: int
    silent: tuple[str, ...]
    asked: int
    no_finding: int


@dataclass(frozen=True, slots=True)
class Unasked:
    """The rules that speak of the act and of a role of the bearer, and ask something beforehand that is not so."""

    event: str
    document: str
    bearer: BearerRef
    rules: tuple[str, ...]
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """What was looked at besides the findings.

    `unfused` are files with fused accounts that lie beside the events and are not used; `warnings` tell what in the
    input may be meant otherwise.
    """

    events: tuple[EventRef, ...] = ()
    period: Period | None = None
    shared: tuple[SharedSource, ...] = ()
    statuses: tuple[StatusRow, ...] = ()
    asked: tuple[Asked, ...] = ()
    unasked: tuple[Unasked, ...] = ()
    unfused: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document of the run; `date` is in words, `date_note` says how an unstated date was resolved.

    `undated` says that the document does not state its date; `fused` are the documents that fused accounts draw on.
    """

    file: str
    sha256: str
    events_sha256: str
    title: str
    publisher: str
    kind: str
    date: str
    date_note: str
    note: str
    events: tuple[str, ...]
    undated: bool = False
    fused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What produced a report: versions, hashes, the date of the registers, the positions and the engines."""

    program: str
    rulebook: str
    rulebook_version: str
    rulebook_sha256: str
    as_of: date
    positions: Mapping[str, str]
    engines: tuple[str, ...]
    notice: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that differs between two reports and may bear on a finding; `of` is a document's file or a position.

    `kind` is document_new, document_gone, document, events, position, as_of, rulebook or program; it is unknown where
    nothing differs that the reports record. `before` and `after` are what each of them says.
    """

    kind: str
    of: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding that an earlier report has not (`before` is None), that only it has, or that came out otherwise.

    `gates` are those that were decided otherwise; of what is new or gone there are none.
    """

    before: Finding | None
    after: Finding | None
    reasons: tuple[Reason, ...]
    gates: tuple[Gate, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is new, gone and changed since an earlier report; `reasons` are all that differs between the two runs.

    `file` and `sha256` are those of the earlier report, `receipt` is what produced it. Its findings are told without
    proof and quotes.
    """

    file: str
    sha256: str
    receipt: Receipt
    reasons: tuple[Reason, ...]
    new: tuple[Difference, ...]
    gone: tuple[Difference, ...]
    changed: tuple[Difference, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a check: findings from the gravest to the least, and what was looked at without one.

    `instruments` are their full titles and `abbreviations` their short ones, both by id. `waivers` are all entries of
    the files of findings that were set aside, `baseline` what differs from an earlier report, if one was given.
    `counts` counts every finding; `material` is what was looked at.
    """

    title: str
    standards: tuple[str, ...]
    receipt: Receipt
    instruments: Mapping[str, str]
    positions: tuple[PositionUse, ...]
    documents: tuple[DocumentRef, ...]
    unencoded: tuple[str, ...]
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]
    procedures: tuple[ProcedureState, ...] = ()
    claims: tuple[ClaimResult, ...] = ()
    dormant: tuple[Dormant, ...] = ()
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    waivers: tuple[WaiverState, ...] = ()
    baseline: Comparison | None = None
    material: Material = Material()
