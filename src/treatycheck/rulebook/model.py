"""The nouns of a rulebook: instruments with their provisions, terms, rules, exceptions, positions and wording.

Frozen dataclasses in the shape in which lawyers write them; conditions are already parsed. Nothing here decides a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from treatycheck.registers.deadlines import DeadlineRegister
from treatycheck.registers.models import Models
from treatycheck.registers.standing import StatusRegister
from treatycheck.registers.states import States
from treatycheck.rulebook.conditions import Condition
from treatycheck.rulebook.vocabulary import Vocabulary

Confidence = Literal["settled", "majority", "contested", "open"]
RuleStatus = Literal["draft", "reviewed", "stable", "retired"]
Norm = Literal["prohibition", "obligation", "permission"]

_CLOSED = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """One paragraph of an instrument, in paraphrase; `checked` says how well its text was read."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    id: str
    paraphrase: str
    kind: str
    bearer: str = ""
    citation: str = ""
    operative: str = ""
    encoded_by: tuple[str, ...] = ()
    why_not: str = ""
    checked: Literal["read", "partly", "recalled"] = "recalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a term, and how widely it is held."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    when: Condition
    confidence: Confidence = "settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A defined concept; with `position`, the reading in force is chosen by that position.

    `contested_because` says in a sentence what is contested of it where no position does.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    id: str
    title: str
    provision: str
    scope: Literal["event", "object"] = "event"
    when: Condition | None = None
    position: str = ""
    readings: Mapping[str, Reading] = field(default_factory=dict)
    confidence: Confidence = "settled"
    contested_because: str = ""
    evaluative: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempting:
    """A provision that defeats the rules which name it.

    `if_unstated` says what happens when nothing in the event suggests it: `ask` leaves the finding undetermined,
    `assume_not` goes on and prints the assumption, with no more than the strength `assumed_at_most`.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    id: str
    title: str
    provision: str
    when: Condition
    if_unstated: Literal["ask", "assume_not"]
    assumed_at_most: Literal["", "S1", "S2", "S3", "S4"] = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A computed last day: `start` plus an ISO 8601 period; `fulfilled` says when the duty is met.

    `start` is `entry_into_force` (for the bearer) or a fact of type `date`, of which the last day counts. `register` is
    a table of granted or reported days by State; `yearly` says that the duty comes back for every calendar year, and
    `listed` whether it binds every State that is bound, so that it can be listed without an event.
    An `extendable` day is read from the register; where that is not verified, a day that has passed proves no delay.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    start: str
    period: str
    fulfilled: Condition
    register: str = ""
    yearly: bool = False
    listed: bool = True
    extendable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """The roles in which an actor bears the norm."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    role: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingText:
    """What a finding says: its severity and the statement in words, with the event's words in braces.

    `foreseen` words conduct that is only announced or conditional.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    severity: Literal["core", "deadline", "reporting", "question"]
    statement: str
    foreseen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One norm on one kind of bearer. `instrument` is filled in from the folder the rule stands in.

    `contested_because` says in a sentence what is contested of it if its `confidence` says that something is.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    id: str
    title: str
    status: RuleStatus
    norm: Norm
    provision: str
    bearer: Bearer
    act: tuple[str, ...]
    finding: FindingText
    instrument: str = ""
    limb: str = ""
    continuing: bool = False
    only_if: Condition | None = None
    addressee: Condition | None = None
    bound: Condition | None = None
    object: Condition | None = None
    place: Condition | None = None
    when: Condition | None = None
    unless: tuple[str, ...] = ()
    deadline: Deadline | None = None
    confidence: Confidence | None = None
    contested_because: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A state of a procedure and the condition under which it is reached."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    state: str
    label: str
    when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """Steps of an organ or committee: the first stage that fits is reported as a state, never as a breach."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    id: str
    title: str
    provision: str
    act: tuple[str, ...]
    subject: Bearer
    stages: tuple[Stage, ...]
    instrument: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """The gates all rules of an instrument share."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    addressee: Condition
    bound: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryIntoForce:
    """How the day of entry into force follows from the deposit."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    rule: Literal["first_day_of_month", "same_day"]
    months: int
    first_deposits_until: str = ""
    first_entry: str = ""
    own_date_instruments: tuple[str, ...] = ()
    provision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionPolicy:
    """Whether a notified suspension has an effect, which a position decides: `none`, `from_act` or `delayed`."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    act: str
    position: str
    effects: Mapping[str, Literal["none", "from_act", "delayed"]]
    period: str = "P3M"
    objection_act: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """The register of an instrument and the parameters of entering and leaving it."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    status: str
    acts: str = ""
    entry_into_force: EntryIntoForce
    withdrawal_period: str = ""
    provisional_act: str = ""
    provisional_covers: tuple[str, ...] = ()
    suspension: SuspensionPolicy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A treaty, decision, custom or statement with its provisions.

    `membership` is the register of who is bound when; without one, the gate `bound` says it in other words.
    `contested_because` says in a sentence what is contested if `confidence` says that something is.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    format: Literal["treatycheck.instrument/1"]
    id: str
    title: str
    short_title: str
    abbreviation: str
    kind: str
    citation: str
    pinpoint: str
    member_word: str
    adopted: str = ""
    in_force: str = ""
    provisions: tuple[Provision, ...] = ()
    gates: Gates
    membership: Membership | None = None
    confidence: Confidence = "settled"
    contested_because: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One answer to a contested question."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    summary: str
    confidence: Confidence
    authority: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A contested question of law with its answers; `default` is in force unless the user chooses another.

    `reference` is its number in a list of such questions; where no list has it, `why_no_reference` says why.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    id: str
    question: str
    default: str
    alternatives: Mapping[str, Alternative]
    reference: str = ""
    why_no_reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeWords:
    """How an outcome is printed; `sentence` has the rule's statement or the reason in braces."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    label: str
    sentence: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWords:
    """The fixed words of the report around its findings.

    `interests`, `truths` and `verified` word what a source has at stake, what an element comes to, and how well a
    register row was checked. `plurals` has the plural of the words before a pinpoint.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    as_of: str
    person: str
    organ_state: str
    no_reply: str
    outside_document: str
    hedged: str
    ended_by: str
    left_open: str
    no_quote: str
    no_publisher: str
    on_position: str
    confidence: str
    assumed_not: str
    settled_by: str
    nothing_found: str
    considered: str
    considered_note: str
    unengaged: str
    no_events: str
    unencoded: str
    remarks: str
    procedures: str
    no_state: str
    not_bound: str
    branches: str
    branches_alone: str
    attributed: str
    accounts_differ: str
    account: str
    account_in_brief: str
    which_account: str
    excluded: str
    unsaid: str
    open_under: str
    bears_on_all: str
    draft: str
    remarks_of_analyst: str
    on_rule: str
    contested: str
    plurals: Mapping[str, str]
    interests: Mapping[str, str]
    truths: Mapping[str, str]
    verified: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfWords:
    """The fixed words of the page on what would follow under suppositions."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    title: str
    note: str
    supposed: str
    moved: str
    new: str
    gone: str
    procedures: str
    nothing: str
    through: str
    no_gate: str
    answered: str
    asked: str
    other_grounds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceWords:
    """The fixed words on what differs from an earlier report.

    `reasons` word what differs in full and `in_brief` in a few words; `marks` stand beside an outcome in the summary.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    title: str
    compared: str
    made: str
    numbers: str
    differs: str
    alike: str
    nothing: str
    changed: str
    new: str
    gone: str
    note: str
    bearing: str
    bearing_on_all: str
    no_gate: str
    marks: Mapping[str, str]
    reasons: Mapping[str, str]
    in_brief: Mapping[str, str]
    none: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverWords:
    """The fixed words on findings that were set aside; `states` say what a waiver comes to in a run."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    title: str
    note: str
    marked: str
    some: str
    count: str
    counted: str
    paragraph: str
    sentence: str
    states: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainWords:
    """The fixed words on how far an outcome carries.

    What has a default need not be in a rulebook's own wording. `evidence` says by strength what kind of source carries
    it, `capped` by reason why no evidence raises an outcome, `limited` the same of the terms that limit it,
    `unengaged` why an event does not engage a rule, and `reasons` what a question of status turned on.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    title: str
    note: str
    nothing: str
    why: str
    leaves_out: str
    deeper: str
    limit: str
    at_most: str
    said_nothing: str
    whether_said: str
    whether_silent: str
    asked_for: str
    must_not: str
    reasons: Mapping[str, str]
    quoted: str
    row: str
    silent: str
    assumed: str
    assumed_at_most: str
    unreadable: str
    unengaged: Mapping[str, str]
    past_title: str
    past: str
    past_all: str
    no_past: str
    missing: str
    undetermined: str
    answered: str
    about: str
    to_flag: str
    to_flag_one: str
    rules_out: str
    rules_out_all: str
    one_of: str
    together: str
    fewer: str
    barred: str
    not_engaged: str
    nobody: str
    rules_out_alone: str
    first: str
    first_note: str
    told_once: str
    as_under: str
    alike: str
    first_flags: str
    first_rules_out: str
    flags: str
    rules_out_number: str
    hinges_title: str
    hinges: str
    robust: str
    on_position: str
    on_date: str
    on_dispute: str
    denied: str
    and_dispute: str
    on_account: str
    and_date: str
    and_account: str
    dormant: str
    hinges_more: str
    support_title: str
    support: str
    weakest: str
    so_far: str
    firmer: str
    firmer_same: str
    evidence: Mapping[str, str]
    capped: Mapping[str, str]
    positions_title: str
    limited: Mapping[str, str] = field(
        default_factory=lambda: {
            "degree": "No further evidence raises it before a competent body has judged a matter of degree: {needs}.",
            "contested": "No further evidence raises it as long as the reading it rests on is contested: {needs}.",
            "contested_and_degree": (
                "No further evidence raises it before a competent body has judged a matter of degree, and as long as a "
                "reading it rests on is contested: {needs}."
            ),
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialWords:
    """The fixed words on what was looked at; each has a default, so that a rulebook's own wording need not have them.

    In braces may stand what is filled in. `unengaged` says why no rule gives a finding on an event.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    period: str = "Reporting period"
    days: str = "{first} to {last}, by the dates of the events"
    no_days: str = "none, as no event has a date"
    open: str = "not known"
    exact: str = "Known to the day: {exact} of {events}; of the others the earliest and latest possible days count."
    open_start: str = "Without a first day, and so perhaps earlier: {events}."
    open_end: str = "Without a last day, and so perhaps later: {events}."
    no_date: str = "Without any date, and so not counted: {events}."
    more: str = "{events} and {number} more"
    undated: str = "Undated"
    fused: str = "Accounts fused by an analyst from documents {documents}."
    unfused: str = "Not used here: accounts fused by an analyst, in {files}. Use them with --fuse."
    warnings: str = "Names to look at"
    dispute: str = "Dispute"
    again: str = (
        "Each incident is counted once: where accounts of one were fused, {number} further findings under the same "
        "rule on the same bearer are not counted here; those in the table are marked."
    )
    counted_with: str = "counted with ¶\N{NO-BREAK SPACE}{place}"
    numbers: str = "Numbers check"
    numbers_note: str = (
        "Sums, numbers on record, and quantities such as casualties and those killed. That figures agree with one "
        "another says nothing on whether they are right."
    )
    no_numbers: str = "No number that a document states was recorded to be checked."
    status: str = "Status of States (extract)"
    status_note: str = "Every State that bears a finding or was asked for, from the registers as they stood on {day}."
    events: str = "Events"
    unengaged: Mapping[str, str] = field(
        default_factory=lambda: {
            "": "nothing more is known.",
            "act": "none speaks of this act.",
            "nobody": "nobody is recorded as taking part.",
            "role": "those on this act are on whoever takes part as {roles}, and here it is: {taking_part}.",
            "before": "those on this act ask something beforehand that is not so here.",
        }
    )
    unverified: str = "Looked up in rows that are not verified, or in part only; see the notes."
    sources: str = "Sources"
    sources_note: str = (
        "Who asserts what is recorded, and who relays it, the first asserter first. A relay adds no strength, and "
        "accounts that share a source do not corroborate one another."
    )
    other_account: str = "another account"
    shared: str = "Documents {documents} are one chain as far as they rest on {name} ({events})."
    apart: str = "No two documents share a source by name."
    positions: str = "Positions and alternatives"
    would_be: str = "{outcome}: {places}"
    would_engage: str = "{outcome} instead of no finding: {places}"
    together_with: str = "only together with another reading: {places}"
    no_change: str = "No alternative changes an outcome here."
    same: str = "no other outcome"
    counts: str = "Outcomes, and rules without a finding"
    once: str = "Once"
    asked_note: str = (
        "Each rule in force is asked of each bearer of each event. Most speak of another act or role, which is no "
        "statement on what happened."
    )
    unasked: str = "Rules on the act that were not engaged"
    unasked_note: str = (
        "These rules speak of the act and of a role of the bearer, and ask something beforehand that is not so here: "
        "treatycheck explain with --rule tells what."
    )
    unencoded: str = "Documents not checked"
    receipt: str = "Receipt"
    receipt_note: str = (
        "SHA-256 of what was read, of the rulebook over all its files. The same input gives the same report."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """All words of the report that say something about law or evidence."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    format: Literal["treatycheck.wording/1"]
    title: str
    standards: tuple[str, ...]
    outcomes: Mapping[str, OutcomeWords]
    reasons: Mapping[str, str]
    strengths: Mapping[str, str]
    disputes: Mapping[str, str]
    confidences: Mapping[str, str]
    severities: Mapping[str, str]
    gates: Mapping[str, str]
    claims: Mapping[str, str]
    verdicts: Mapping[str, str]
    report: ReportWords
    whatif: WhatIfWords
    since: SinceWords
    waivers: WaiverWords
    explain: ExplainWords
    material: MaterialWords = field(default_factory=MaterialWords)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """`rulebook.yaml`: what the rulebook is and which instruments it has, in the order of the report."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    format: Literal["treatycheck.rulebook/1"]
    name: str
    version: str
    as_of: str
    states: str
    models: str
    instruments: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything under `rules/`, checked; `sha256` covers every file that was read."""

    manifest: Manifest
    vocabulary: Vocabulary
    wording: Wording
    positions: Mapping[str, Position]
    instruments: Mapping[str, Instrument]
    registers: Mapping[str, StatusRegister]
    deadlines: Mapping[str, DeadlineRegister]
    terms: Mapping[str, Term]
    rules: Mapping[str, Rule]
    exceptions: Mapping[str, Exempting]
    procedures: Mapping[str, Procedure]
    states: States
    models: Models
    sha256: str

    def provision(self, pinpoint: str) -> Provision:
        """The provision with that id; ids are checked when the rulebook is loaded."""
        instrument = self.instruments[pinpoint.partition(":")[0]]
        return next(provision for provision in instrument.provisions if provision.id == pinpoint)

    def cite(self, pinpoint: str) -> str:
        """The provision in prose, for example with abbreviation, article, paragraph and letter."""
        instrument = self.instruments[pinpoint.partition(":")[0]]
        own = self.provision(pinpoint).citation
        if own:
            return own
        head, *rest = pinpoint.partition(":")[2].split(".")
        return instrument.pinpoint.format(pinpoint=head + "".join(f"({part})" for part in rest))
