"""Joins events of several documents into one account, where independent sources support each other.

The analyst says which events belong together and why; this module refuses what the sources cannot carry. Repeating one
source is one source, and nothing fused is ever "established".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from treatycheck import shape, yaml
from treatycheck.casefile import lookalikes
from treatycheck.casefile.accounts import OF_OBJECTS
from treatycheck.casefile.differing import check_accounts
from treatycheck.casefile.load import check_dispute, check_identity, quote_lists
from treatycheck.casefile.model import (
    Actor,
    Casefile,
    Dated,
    DocumentEntry,
    Dossier,
    Event,
    FusedEvent,
    FusionFile,
    Participant,
    Place,
    Stated,
    level,
)
from treatycheck.casefile.words import OPEN, Part, TreePath, Words, parts
from treatycheck.documents.text import Document
from treatycheck.errors import Diagnostic, InputError, attempt, listed
from treatycheck.rulebook.model import Rulebook
from treatycheck.truth import Strength

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC470": "a fusion names a document that the casefile does not have, or has twice",
        "TC471": "the short name of a document cannot stand before a quote",
        "TC472": "a fused event draws on nothing, or on an event that its documents do not have",
        "TC473": "a strength above what the sources of a fused event carry",
        "TC474": "a fused event is disputed less gravely than its sources",
    }
)

CEILING: Final = Strength.S3
"""Independent chains corroborate; only a procedure or an admission establishes."""

GRAVITY: Final = ("none", "denied", "contradicted", "retracted")
"""The disputes, the gravest last."""

SEPARATOR: Final = ":"
_KIND: Final = "fusion"

Key = tuple[str, ...]
"""What a field of an event states, however the event is written: the field, whose it is and its value."""


def with_fusions(casefile: Casefile, paths: Sequence[Path], rulebook: Rulebook) -> Casefile:
    """The casefile with the fused events of the given files; raises `InputError` with every mistake in them."""
    problems: list[Diagnostic] = []
    known = {event.id: dossier.path for dossier in casefile.dossiers for event in dossier.events}
    added: list[Dossier] = []
    warnings: list[Diagnostic] = []
    for path in paths:
        source = attempt(partial(yaml.read, path), problems)
        if source is None:
            continue
        content = shape.build(FusionFile, source.value, source, problems.append)
        if content is not None:
            words = Words(rulebook, source, problems.append)
            warnings += lookalikes.warnings(content.actors, ("actors",), source)
            added.append(_Fusion(casefile, content, words, known).dossier(path))
    if problems:
        raise InputError(problems)
    used = {path.resolve() for path in paths}
    return replace(
        casefile,
        dossiers=(*casefile.dossiers, *added),
        unfused=tuple(path for path in casefile.unfused if Path(path).resolve() not in used),
        warnings=tuple(sorted({*casefile.warnings, *warnings})),
    )


@dataclass(slots=True)
class _Fusion:
    """One fusion file; `known` are the events of the run so far, with where each was defined."""

    casefile: Casefile
    content: FusionFile
    words: Words
    known: dict[str, str]
    sources: dict[str, Dossier] = field(default_factory=dict)

    def dossier(self, path: Path) -> Dossier:
        self._documents()
        self.words.actors(self.content.actors, ("actors",))
        for index, fused in enumerate(self.content.events):
            self._event(fused, ("events", index))
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        entry = DocumentEntry(
            file=path.name,
            sha256=sha256,
            title=self.content.title,
            kind=_KIND,
            date=Dated(edtf="XXXX"),
            note="; ".join(
                f"{one.event.id} draws on {', '.join(one.draws_on)}: {one.why}" for one in self.content.events
            ),
        )
        events = tuple(replace(fused.event, note=_explained(fused)) for fused in self.content.events)
        text = Document(path.name, sha256, "")
        drawn = {fused.event.id: fused.draws_on for fused in self.content.events}
        return Dossier(str(path), text, entry, self.content.actors, events, {}, sha256, (), self.sources, drawn)

    def _documents(self) -> None:
        """Find the documents that are named; a short name must leave no doubt which document a quote is of."""
        files = [dossier.entry.file for dossier in self.casefile.dossiers]
        for alias, file in self.content.documents.items():
            path = ("documents", alias)
            self.words.known(file, files, path, "TC470", "document")
            if files.count(file) > 1:
                self.words.problem(
                    path,
                    "TC470",
                    f"there are {files.count(file)} documents `{file}`",
                    "check only one of the folders, or give the documents different names",
                )
            if SEPARATOR in alias:
                self.words.problem(
                    path,
                    "TC471",
                    f"the short name `{alias}` contains `{SEPARATOR}`",
                    "choose a short name without it: it stands between the short name and the quote",
                    at_key=True,
                )
            if file in files:
                self.sources[alias] = self.casefile.dossiers[files.index(file)]

    def _event(self, fused: FusedEvent, path: TreePath) -> None:
        here = (*path, "event")
        check_identity(fused.event, here, self.words, self.known)
        check_dispute(fused.event, here, self.words)
        self.words.event(fused.event, self.content.actors, here)
        check_accounts(fused.event, self.content.actors, here, self.words)
        if len(self.sources) < len(self.content.documents):
            # What a document that was not found holds is not known, and each name from it would be refused for nothing.
            return
        quoted = {f"{alias}{SEPARATOR}{name}" for alias, dossier in self.sources.items() for name in dossier.quotes}
        for at, names in quote_lists(fused.event):
            for name in names:
                self.words.known(name, quoted, (*here, *at), "TC444", "quote")
        offered = {event.id: (event, dossier) for dossier in self.sources.values() for event in dossier.events}
        missing = [name for name in dict.fromkeys(fused.draws_on) if name not in offered]
        for message in (f"no event `{name}` in the documents named" for name in missing):
            self.words.problem((*path, "draws_on"), "TC472", message, f"use {listed(offered)}")
        if not fused.draws_on:
            self.words.problem(
                (*path, "draws_on"), "TC472", f"`{fused.event.id}` draws on no event", f"use {listed(offered)}"
            )
        drawn = [offered[name] for name in dict.fromkeys(fused.draws_on) if name in offered]
        # While sources are missing, what they carry is not known, and every field would be refused for nothing.
        if drawn and not missing:
            self._bounded(fused.event, _accounts(drawn), here)
            self._disputed(fused.event, [event for event, _ in drawn], here)

    def _bounded(self, event: Event, accounts: Sequence[_Account], path: TreePath) -> None:
        """Report every field that is stronger than the accounts carry it."""
        for at, key, strength in _fields(event, self.content.actors):
            allowed = _bound(key, accounts)
            if strength > allowed:
                self.words.problem(
                    (*path, *at, "strength"),
                    "TC473",
                    f"`{'.'.join(map(str, at)) or event.id}` is {strength}, and its sources carry {allowed} at most",
                    f"grade it {allowed} or lower; one step more, up to {CEILING}, needs two independent chains that "
                    "state it, one of them disinterested",
                )

    def _disputed(self, event: Event, drawn: Sequence[Event], path: TreePath) -> None:
        """Report a dispute that was made lighter on the way."""
        gravest = max(drawn, key=lambda one: GRAVITY.index(one.dispute.status))
        if GRAVITY.index(event.dispute.status) < GRAVITY.index(gravest.dispute.status):
            self.words.problem(
                (*path, "dispute", "status"),
                "TC474",
                f"the dispute of `{event.id}` is `{event.dispute.status}`, and `{gravest.id}` is "
                f"{gravest.dispute.status}",
                f"write `status: {gravest.dispute.status}` under `dispute:`, or do not draw on `{gravest.id}`",
            )


@dataclass(frozen=True, slots=True)
class _Account:
    """What one event says and how strongly, its dispute taken into account; `backed` it supports without saying it."""

    stated: Mapping[Key, Strength]
    backed: frozenset[Key]
    chain: int
    disinterested: bool


def _accounts(drawn: Sequence[tuple[Event, Dossier]]) -> list[_Account]:
    """What the events say; the number of its chain is the same for events that do not stand on their own."""
    chains = _chains([event for event, _ in drawn])
    accounts: list[_Account] = []
    for event, dossier in drawn:
        limit = event.dispute.limit
        stated: dict[Key, Strength] = {}
        for _, key, strength in _fields(event, dossier.actors):
            stated[key] = max(stated.get(key, Strength.S0), min(strength, limit))
        # Conduct that might be attributed supports an account of the State itself in that role; it does not replace it.
        backed = {
            ("participants", _who(attribution.actor, dossier.actors), participant.role)
            for participant in event.participants
            for attribution in participant.attributed_to
            if min(level(participant.strength, event.strength), limit)
        }
        number = next(number for number, chain in enumerate(chains) if _links(event) & chain)
        accounts.append(_Account(stated, frozenset(backed), number, event.source.interest == "disinterested"))
    return accounts


def _bound(key: Key, accounts: Sequence[_Account]) -> Strength:
    """The highest grade of a field: the strongest that states it, or one step more where chains corroborate it."""
    strongest = max(account.stated.get(key, Strength.S0) for account in accounts)
    behind = [account for account in accounts if account.stated.get(key) or key in account.backed]
    independent = len({account.chain for account in behind}) > 1 and any(one.disinterested for one in behind)
    step = 1 if strongest and independent else 0
    return Strength(min(strongest + step, CEILING))


def _fields(event: Event, actors: Mapping[str, Actor]) -> Iterator[tuple[TreePath, Key, Strength]]:
    """Every field of an event and its accounts that states something: its path, its key and its strength."""
    yield (), ("strength",), Strength[event.strength]
    for path, part, _ in parts(event):
        if getattr(part, "value", "") == OPEN:
            continue
        match path:
            case ("accounts", int(number), *rest):
                # Another source says it of the same event, so it has the key it would have there.
                account = event.accounts[number]
                inherited = account.strength or event.strength
                at = ("objects", number, *_of_object(rest[2:])) if rest[0] == "objects" else (*rest,)
                yield path, _key(at, part, account.participants, actors), level(part.strength, inherited)
            case ("objects", int(index), *_):
                inherited = event.objects[index].strength or event.strength
                yield path, _key(path, part, (), actors), level(part.strength, inherited)
            case _:
                yield path, _key(path, part, event.participants, actors), level(part.strength, event.strength)


def _key(path: TreePath, part: Part, participants: Sequence[Participant], actors: Mapping[str, Actor]) -> Key:
    """What a part states; `participants` are those of its event or account."""
    value = part.value if isinstance(part, Stated) else ""
    match path:
        case ("participants", int(index), *rest):
            participant = participants[index]
            key = ("participants", _who(participant.actor, actors), participant.role)
            match rest:
                case ["attributed_to", int(number), what, *name]:
                    principal = _who(participant.attributed_to[number].actor, actors)
                    # An indicator is a sentence, which no two accounts put in the same words.
                    said = (str(name[0]), value) if what == "facts" else ()
                    return (*key, principal, str(what), *said)
            return key
        case ("objects", _, *rest):
            return ("objects", *map(str, rest), value)
    if isinstance(part, Place):
        return ("place", part.country)
    return (*map(str, path), value)


def _of_object(path: Sequence[str | int]) -> TreePath:
    """Where an object has what an account says of it by name: in a field of its own or among its facts."""
    (name,) = path
    return (name,) if name in OF_OBJECTS else ("facts", name)


def _who(name: str, actors: Mapping[str, Actor]) -> str:
    """An actor in words that are the same in every document; one that is not defined is reported elsewhere."""
    actor = actors.get(name)
    if actor is None:
        return name
    return actor.code if actor.kind == "state" else _plain(actor.name)


def _explained(fused: FusedEvent) -> str:
    """The note on a fused event: what it draws on, and why these accounts belong together."""
    drawn = f"Fused by the analyst from {', '.join(fused.draws_on)}: {fused.why}"
    return f"{drawn} {fused.event.note}".strip()


def _chains(events: Sequence[Event]) -> list[set[str]]:
    """The independent chains of sources: those that share an asserter or a relay are one."""
    chains: list[set[str]] = []
    for event in events:
        joined = _links(event)
        apart = []
        for chain in chains:
            if chain & joined:
                joined |= chain
            else:
                apart.append(chain)
        chains = [*apart, joined]
    return chains


def _links(event: Event) -> set[str]:
    """Everybody through whom something in an event is known, the sources of its accounts included."""
    others = (account.according_to for account in event.accounts)
    return {_plain(name) for name in (event.source.asserter, *event.source.chain, *others)}


def _plain(name: str) -> str:
    """A name as it is compared: without case and with single spaces."""
    return " ".join(name.casefold().split())
