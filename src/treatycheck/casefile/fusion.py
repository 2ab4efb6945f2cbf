"""Joins events of several documents into one account, where independent sources support each other.

The analyst says which events belong together and why; this module refuses what the sources cannot carry. Repeating one
source is one source, and nothing fused is ever "established".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from treatycheck import cache, shape, yaml
from treatycheck.casefile.load import quote_lists
from treatycheck.casefile.model import Casefile, Dated, DocumentEntry, Dossier, Event, FusedEvent, FusionFile
from treatycheck.casefile.words import TreePath, Words, strengths
from treatycheck.documents.text import Document
from treatycheck.errors import Diagnostic, InputError, listed
from treatycheck.rulebook.model import Rulebook
from treatycheck.truth import Strength

CEILING: Final = Strength.S3
"""Independent chains corroborate; only a procedure or an admission establishes."""

SEPARATOR: Final = ":"
_KIND: Final = "fusion"


def with_fusions(casefile: Casefile, paths: Sequence[Path], rulebook: Rulebook) -> Casefile:
    """The casefile with the fused events of the given files; raises `InputError` with every mistake in them."""
    problems: list[Diagnostic] = []
    known = {event.id for dossier in casefile.dossiers for event in dossier.events}
    added: list[Dossier] = []
    for path in paths:
        try:
            source = yaml.read(path)
        except InputError as error:
            problems += error.diagnostics
            continue
        content = shape.build(FusionFile, source.value, source, problems.append)
        if content is not None:
            words = Words(rulebook, source, problems.append)
            added.append(_Fusion(casefile, content, words, known).dossier(path))
    if problems:
        raise InputError(problems)
    return replace(casefile, dossiers=(*casefile.dossiers, *added))


@dataclass(slots=True)
class _Fusion:
    """One fusion file; `known` are the event ids of the run so far."""

    casefile: Casefile
    content: FusionFile
    words: Words
    known: set[str]
    sources: dict[str, Dossier] = field(default_factory=dict)

    def dossier(self, path: Path) -> Dossier:
        by_file = {dossier.entry.file: dossier for dossier in self.casefile.dossiers}
        for alias, file in self.content.documents.items():
            self.words.known(file, by_file, ("documents", alias), "TC460", "document")
            if file in by_file:
                self.sources[alias] = by_file[file]
        self.words.actors(self.content.actors, ("actors",))
        for index, fused in enumerate(self.content.events):
            self._event(fused, ("events", index))
        sha256 = cache.digest([(path.name, path.read_bytes())])
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
        return Dossier(str(path), text, entry, self.content.actors, events, {}, sha256, (), self.sources)

    def _event(self, fused: FusedEvent, path: TreePath) -> None:
        here = (*path, "event")
        self.words.event(fused.event, self.content.actors, here)
        if fused.event.id in self.known:
            self.words.problem(
                (*here, "id"), "TC440", f"event `{fused.event.id}` exists already", "give this one another id"
            )
        self.known.add(fused.event.id)
        quoted = {f"{alias}{SEPARATOR}{name}" for alias, dossier in self.sources.items() for name in dossier.quotes}
        for at, names in quote_lists(fused.event):
            for name in names:
                self.words.known(name, quoted, (*here, *at), "TC444", "quote")
        drawn = [
            (dossier, event)
            for dossier in self.sources.values()
            for event in dossier.events
            if event.id in fused.draws_on
        ]
        for name in set(fused.draws_on) - {event.id for _, event in drawn}:
            self.words.problem(
                (*path, "draws_on"),
                "TC460",
                f"no event `{name}` in the documents named",
                f"use {listed(event.id for dossier in self.sources.values() for event in dossier.events)}",
            )
        allowed = self._ceiling([event for _, event in drawn])
        for at, strength in strengths(fused.event):
            if strength > allowed:
                self.words.problem(
                    (*here, *at),
                    "TC461",
                    f"the sources carry no more than {allowed.name}, not {strength.name}",
                    "a higher grade needs two independent chains, one of them disinterested",
                )

    def _ceiling(self, events: Sequence[Event]) -> Strength:
        """The highest grade these events can carry together."""
        strongest = max((strength for event in events for _, strength in strengths(event)), default=Strength.S0)
        independent = _chains(events) > 1 and any(event.source.interest == "disinterested" for event in events)
        return CEILING if independent else min(strongest, CEILING)


def _explained(fused: FusedEvent) -> str:
    """The note on a fused event: what it draws on, and why these accounts belong together."""
    drawn = f"Fused by the analyst from {', '.join(fused.draws_on)}: {fused.why}"
    return f"{drawn} {fused.event.note}".strip()


def _chains(events: Sequence[Event]) -> int:
    """How many independent chains of sources there are: those that share an asserter or a relay are one."""
    chains: list[set[str]] = []
    for event in events:
        joined = {event.source.asserter, *event.source.chain}
        apart = []
        for chain in chains:
            if chain & joined:
                joined |= chain
            else:
                apart.append(chain)
        chains = [*apart, joined]
    return len(chains)
