"""Reads casefiles: event files, their documents and quotes, checked against a rulebook's vocabulary and registers.

All mistakes of a run are reported together; nothing is repaired and nothing is left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from treatycheck import cache, dates, errors, shape, yaml
from treatycheck.casefile import lookalikes, model
from treatycheck.casefile.claims import check_claim, check_id
from treatycheck.casefile.differing import check_accounts
from treatycheck.casefile.locate import SUFFIX, document_of, event_files, fusions_beside, texts_beside
from treatycheck.casefile.model import Casefile, Dossier, Event, EventFile
from treatycheck.casefile.words import TreePath, Words, parts
from treatycheck.documents import quotes, text
from treatycheck.documents.quotes import Quote, QuoteProblem, Selector
from treatycheck.documents.text import Document
from treatycheck.errors import Diagnostic, InputError, did_you_mean
from treatycheck.rulebook.model import Rulebook
from treatycheck.yaml import YamlDocument

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC433": "the document of an event file is missing or is another one",
        "TC434": "the document has changed since its events were recorded",
        "TC440": "an event has no id, or that of another",
        "TC443": "an event has no quote",
        "TC449": "a quote supports nothing",
        "TC475": "a dispute has neither a quote nor a source outside the document",
    }
)

CACHED_MODULES: Final = (model, dates, errors, quotes, text)


def load_casefile(paths: Sequence[Path], rulebook: Rulebook) -> Casefile:
    """Load every event file in the given files and folders; raises `InputError` with every mistake in them."""
    found, problems = event_files(paths)
    if problems:
        raise InputError(problems)
    encoded = {document_of(path) for path in found}
    beside = [text for text in texts_beside(found) if text not in encoded]
    parts: list[tuple[str, bytes]] = []
    for path in (*found, *sorted(path for path in encoded if path.is_file())):
        try:
            parts.append((str(path), path.read_bytes()))
        except OSError as error:
            problems.append(yaml.unreadable(str(path), error))
    if problems:
        raise InputError(problems)
    unfused = tuple(str(path) for path in fusions_beside(found))
    parts += [(str(path), b"") for path in beside]
    key = f"{cache.digest(parts)} {rulebook.sha256}"
    casefile = cache.load("casefile", key, Casefile, CACHED_MODULES, lambda: _load(found, beside, rulebook))
    return replace(casefile, unfused=unfused) if unfused else casefile


def _load(paths: Iterable[Path], beside: Iterable[Path], rulebook: Rulebook) -> Casefile:
    problems: list[Diagnostic] = []
    dossiers: list[Dossier] = []
    ids: dict[str, str] = {}
    claim_ids: dict[str, str] = {}
    warnings: list[Diagnostic] = []
    for path in paths:
        dossier = _Reader(path, rulebook, problems, warnings, ids, claim_ids).read()
        if dossier is not None:
            dossiers.append(dossier)
    if problems:
        raise InputError(problems)
    return Casefile(tuple(dossiers), tuple(path.name for path in beside), warnings=tuple(sorted(warnings)))


@dataclass(slots=True)
class _Reader:
    """Reads one event file; `ids` and `claim_ids` are those of the whole run, with where each was defined."""

    path: Path
    rulebook: Rulebook
    problems: list[Diagnostic]
    warnings: list[Diagnostic]
    ids: dict[str, str]
    claim_ids: dict[str, str]
    source: YamlDocument = field(init=False)
    content: EventFile = field(init=False)
    words: Words = field(init=False)
    used: set[str] = field(default_factory=set)

    def read(self) -> Dossier | None:
        try:
            data = self.path.read_bytes()
            self.source = yaml.load(data, str(self.path))
        except OSError as error:
            self.problems.append(yaml.unreadable(str(self.path), error))
            return None
        except InputError as error:
            self.problems += error.diagnostics
            return None
        content = shape.build(EventFile, self.source.value, self.source, self.problems.append)
        if content is None:
            return None
        self.content = content
        self.words = Words(self.rulebook, self.source, self.problems.append)
        before = len(self.problems)
        document = self._document()
        resolved = {} if document is None else self._quotes(document)
        self.words.actors(content.actors, ("actors",))
        self.warnings += lookalikes.warnings(content.actors, ("actors",), self.source)
        self.words.date(content.document.date, ("document", "date"))
        self._quoted(content.document.date.quotes, ("document", "date", "quotes"))
        self.words.known(
            content.document.kind,
            self.rulebook.vocabulary.document_kinds,
            ("document", "kind"),
            "TC441",
            "kind of document",
        )
        exact = {name: quote.exact for name, quote in content.quotes.items()}
        for index, event in enumerate(content.events):
            self._event(event, ("events", index))
            self.words.hedges(event, exact, ("events", index))
        for index, claim in enumerate(content.claims):
            check_id(claim, ("claims", index), self.words, self.claim_ids)
            check_claim(claim, ("claims", index), self.words)
            self._quoted(claim.quotes, ("claims", index, "quotes"))
        for name in content.quotes:
            if name not in self.used:
                self.words.problem(
                    ("quotes", name),
                    "TC449",
                    f"quote `{name}` supports nothing",
                    "name it under `quotes:` of the field it supports, or remove it",
                    at_key=True,
                )
        if document is None or len(self.problems) > before:
            return None
        return Dossier(
            str(self.path),
            document,
            content.document,
            content.actors,
            content.events,
            resolved,
            hashlib.sha256(data).hexdigest(),
            content.claims,
        )

    # The document and its quotes

    def _document(self) -> Document | None:
        entry = self.content.document
        path = document_of(self.path)
        if entry.file != path.name:
            self.words.problem(
                ("document", "file"),
                "TC433",
                f"`{entry.file}` is not the document that `{self.path.name}` stands beside",
                f"write `{path.name}`, or name the event file after its document: `<document>{SUFFIX}`",
            )
            return None
        if not path.is_file():
            names = [other.name for other in self.path.parent.glob("*.txt")]
            self.words.problem(
                ("document", "file"),
                "TC433",
                f"there is no document `{entry.file}` beside the event file",
                did_you_mean(entry.file, names) or "put the document into the same folder, byte for byte",
            )
            return None
        try:
            document = text.read_document(path, shown=str(path))
        except InputError as error:
            self.problems += error.diagnostics
            return None
        if document.sha256 != entry.sha256:
            self.words.problem(
                ("document", "sha256"),
                "TC434",
                f"the document `{entry.file}` has changed: its sha256 is now `{document.sha256}`",
                "restore the document, or read it again, check every quote and write the new sha256",
            )
            return None
        return document

    def _quotes(self, document: Document) -> dict[str, Quote]:
        folded = text.fold(document.text)
        resolved: dict[str, Quote] = {}
        for name, quote in self.content.quotes.items():
            try:
                resolved[name] = quotes.resolve(Selector(quote.exact, quote.prefix, quote.suffix), document, folded)
            except QuoteProblem as problem:
                self.words.problem(("quotes", name), problem.code, f"quote `{name}`: {problem.message}", problem.help)
        return resolved

    # Events

    def _event(self, event: Event, path: TreePath) -> None:
        check_identity(event, path, self.words, self.ids)
        check_dispute(event, path, self.words)
        self.words.event(event, self.content.actors, path)
        check_accounts(event, self.content.actors, path, self.words)
        self.words.told_by(event, self.content.document.date, path)
        kind = self.rulebook.vocabulary.document_kinds.get(self.content.document.kind)
        if kind is not None:
            self.words.carried(event, kind, path)
        for at, names in quote_lists(event):
            self._quoted(names, (*path, *at))

    def _quoted(self, names: Iterable[str], path: TreePath) -> None:
        for index, name in enumerate(names):
            self.used.add(name)
            self.words.known(name, self.content.quotes, (*path, index), "TC444", "quote")


def check_identity(event: Event, path: TreePath, words: Words, ids: dict[str, str]) -> None:
    """Check that an event has an id of its own and a quote; `ids`, of events with where they stand, receives its id."""
    if not event.id:
        words.problem((*path, "id"), "TC440", "an event has an empty id", "give it an id of its own")
    elif event.id in ids:
        words.problem(
            (*path, "id"),
            "TC440",
            f"event `{event.id}` exists already",
            f"the first one is at {ids[event.id]}; give this one another id",
        )
    ids.setdefault(event.id, f"{words.source.file}:{words.source.at((*path, 'id')).line}")
    if not event.quotes:
        words.problem(
            (*path, "quotes"),
            "TC443",
            f"event `{event.id}` has no quote",
            "name at least one quote of the document that supports it",
        )


def check_dispute(event: Event, path: TreePath, words: Words) -> None:
    """Check that somebody is quoted or named who speaks against the event, if anybody does."""
    dispute = event.dispute
    if dispute.status != "none" and not dispute.quotes and not dispute.according_to.strip():
        words.problem(
            (*path, "dispute"),
            "TC475",
            f"nothing says that event `{event.id}` is {dispute.status}",
            "name the quote that says so, or under `according_to` the source outside the document",
        )


def quote_lists(event: Event) -> Iterator[tuple[TreePath, tuple[str, ...]]]:
    """Every list of quote names in an event, with its path."""
    yield ("quotes",), event.quotes
    yield ("dispute", "quotes"), event.dispute.quotes
    for number, account in enumerate(event.accounts):
        yield ("accounts", number, "quotes"), account.quotes
    for path, part, _ in parts(event):
        yield (*path, "quotes"), part.quotes
