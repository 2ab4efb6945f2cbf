"""The nouns of a casefile: documents, actors and events, in the shape in which analysts write them.

Plain frozen dataclasses that say nothing about any law; `casefile.load` checks them against a rulebook's vocabulary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal

from treatycheck import dates
from treatycheck.casefile.closed import DisputeStatus, Interest, StrengthName
from treatycheck.dates import When
from treatycheck.documents.quotes import Quote
from treatycheck.documents.text import Document
from treatycheck.errors import Diagnostic
from treatycheck.truth import Strength

SUPPOSED: Final = "supposed in this run"
"""Stands among the quotes of what no document states and a run supposes, so that no other quote is taken for it."""

_CLOSED = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One value that a source states: how strongly it is supported and by which quotes.

    `strength` and `quotes` left out mean those of the event. A value `unknown` says that the source leaves it open.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    value: str
    strength: StrengthName | None = None
    quotes: tuple[str, ...] = ()
    hedge: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date as the document gives it (`edtf`) and, where the analyst resolves it, what it is read as and why."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    edtf: str
    resolved: str = ""
    basis: str = ""
    strength: StrengthName | None = None
    quotes: tuple[str, ...] = ()
    note: str = ""

    @property
    def when(self) -> When:
        """The date rules are applied on: the resolved one if there is one."""
        return dates.parse(self.resolved or self.edtf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A State, organ, group, company or person; `code` is the ISO 3166-1 alpha-3 code of the (organ's) State."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    name: str
    kind: str
    code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A State to which a participant's conduct might be attributed; `indicators` are recorded and never suffice."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    actor: str
    facts: Mapping[str, Stated] = field(default_factory=dict)
    indicators: tuple[Stated, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """An actor in a role of an event."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    actor: str
    role: str
    strength: StrengthName | None = None
    quotes: tuple[str, ...] = ()
    hedge: str = ""
    note: str = ""
    attributed_to: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where: the State whose territory it is (without prejudice to sovereignty) and the place as described."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    country: str = ""
    described: str = ""
    strength: StrengthName | None = None
    quotes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One object of an event, as the document describes it."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    described: str
    category: Stated | None = None
    model: Stated | None = None
    activation: Stated | None = None
    quantity: Stated | None = None
    origin: Stated | None = None
    facts: Mapping[str, Stated] = field(default_factory=dict)
    strength: StrengthName | None = None
    quotes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who asserts the event and who relays it, first asserter first."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    asserter: str
    interest: Interest = "unknown"
    chain: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Whether those concerned deny the event, or evidence contradicts it.

    What the document does not say itself has no quote; `according_to` names the source outside it that says so.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    status: DisputeStatus = "none"
    by: str = ""
    according_to: str = ""
    quotes: tuple[str, ...] = ()
    note: str = ""

    @property
    def limit(self) -> Strength:
        """How strong a statement of the event may be: contrary evidence limits it to "indicated"."""
        return {"contradicted": Strength.S2, "retracted": Strength.S0}.get(self.status, Strength.S4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What another source says of an event instead; nobody chooses between the two.

    `strength` and `quotes` are those of what it says, where a field has none of its own; left out, the strength is that
    of the event. `objects` are named by their position among those of the event, from 1, each with what is said of it
    by name. `participants` take the place of those whom the event names in the same roles.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    according_to: str
    quotes: tuple[str, ...]
    strength: StrengthName | None = None
    date: Dated | None = None
    place: Place | None = None
    purpose: Stated | None = None
    participants: tuple[Participant, ...] = ()
    objects: Mapping[str, Mapping[str, Stated]] = field(default_factory=dict)
    facts: Mapping[str, Stated] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that is said to have happened, to be going on or to be announced.

    `accounts` are what other sources say of it instead.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    id: str
    title: str
    act: Stated
    modality: Stated
    date: Dated
    strength: StrengthName
    quotes: tuple[str, ...]
    source: Source
    participants: tuple[Participant, ...] = ()
    objects: tuple[Item, ...] = ()
    place: Place | None = None
    purpose: Stated | None = None
    facts: Mapping[str, Stated] = field(default_factory=dict)
    dispute: Dispute = field(default_factory=Dispute)
    accounts: tuple[Account, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountClaim:
    """A count of States on a date: bound, consented (deposited, in force or not) or signed."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    instrument: str
    of: Literal["bound", "consented", "signed"]
    on: str
    stated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusClaim:
    """What a document says of a State's status under an instrument on a date.

    `signed_not_ratified` is said of a State that "has not ratified": misleading where it has not even signed.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    instrument: str
    state: str
    on: str
    stated: Literal["bound", "not_bound", "signatory", "signed_not_ratified"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ElapsedClaim:
    """A number of full years since an instrument was adopted or entered into force, as of a date."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    instrument: str
    since: Literal["adopted", "in_force"]
    on: str
    years: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DateClaim:
    """The date a document gives for the adoption or the entry into force of an instrument."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    instrument: str
    of: Literal["adopted", "in_force"]
    stated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SumClaim:
    """Parts and their total as stated; digits, with commas between thousands."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    parts: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualClaim:
    """A stated value and the one on record, for which the claim names the authority."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    stated: str
    recorded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictClaim:
    """Dates that a document gives for one thing, at least two; they conflict when they have no day in common."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    dates: tuple[str, ...]


CLAIM_KINDS: Final = ("count", "status", "elapsed", "dated", "sum", "equal", "conflict", "judged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something a document says about law or numbers; exactly one of the kinds below says how it is checked.

    `judged` is the analyst's own verdict where no register can answer; it needs a correction and an authority. The
    other kinds are computed and bring their own correction; `equal` needs an authority, `conflict` may have one.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    id: str
    says: str
    quotes: tuple[str, ...]
    count: CountClaim | None = None
    status: StatusClaim | None = None
    elapsed: ElapsedClaim | None = None
    dated: DateClaim | None = None
    sum: SumClaim | None = None
    equal: EqualClaim | None = None
    conflict: ConflictClaim | None = None
    judged: Literal["", "confirmed", "wrong", "misleading", "unverifiable"] = ""
    correction: str = ""
    authority: str = ""
    note: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of check it gives; a claim has one."""
        return tuple(name for name in CLAIM_KINDS if getattr(self, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """What the analyst records about a document; `sha256` ties the events to these very bytes."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    file: str
    sha256: str
    title: str
    kind: str
    date: Dated
    publisher: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteText:
    """Exact words of the document, with the words before or after where they occur more than once."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFile:
    """The content of one `<stem>.events.yaml`."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    format: Literal["treatycheck.events/1"]
    document: DocumentEntry
    events: tuple[Event, ...]
    quotes: Mapping[str, QuoteText] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FusedEvent:
    """An account drawn from several events; its quotes are named `<document>:<quote>`."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    draws_on: tuple[str, ...]
    why: str
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FusionFile:
    """The content of a fusion file; `documents` gives each document a short name for its quotes."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    format: Literal["treatycheck.fusion/1"]
    title: str
    documents: Mapping[str, str]
    actors: Mapping[str, Actor]
    events: tuple[FusedEvent, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One document of a casefile with its events; `quotes` are resolved to offsets in the original text.

    A dossier of fused events has no text of its own; `sources` are the dossiers it quotes, by their short names, and
    `draws_on` has by the id of each of its events those it was made from.
    """

    path: str
    document: Document
    entry: DocumentEntry
    actors: Mapping[str, Actor]
    events: tuple[Event, ...]
    quotes: Mapping[str, Quote]
    events_sha256: str
    claims: tuple[Claim, ...] = ()
    sources: Mapping[str, Dossier] = field(default_factory=dict)
    draws_on: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def quoted(self, name: str) -> tuple[Dossier, Quote]:
        """A quote by its name, with the dossier in whose document it stands."""
        if name in self.quotes:
            return self, self.quotes[name]
        alias, _, own = name.partition(":")
        return self.sources[alias], self.sources[alias].quotes[own]


@dataclass(frozen=True, slots=True)
class Casefile:
    """All documents of a check, in the order of their file names.

    `unencoded` are documents that have no event file, `unfused` files with fused accounts that lie beside the event
    files and are not used; `warnings` tell what in the files may be meant otherwise.
    """

    dossiers: tuple[Dossier, ...]
    unencoded: tuple[str, ...] = ()
    unfused: tuple[str, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()


def level(name: StrengthName | None, default: StrengthName) -> Strength:
    """The strength of a field, which is the event's own where the field gives none."""
    return Strength[name or default]
