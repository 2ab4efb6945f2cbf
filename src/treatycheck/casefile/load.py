"""Reads casefiles: event files, their documents and quotes, checked against a rulebook's vocabulary and registers.

All mistakes of a run are reported together; nothing is repaired and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from treatycheck import cache, dates, shape, yaml
from treatycheck.casefile import model
from treatycheck.casefile.model import Casefile, Dated, Dossier, Event, EventFile, Item, Stated
from treatycheck.documents import quotes, text
from treatycheck.documents.quotes import Quote, QuoteProblem, Selector
from treatycheck.documents.text import Document
from treatycheck.errors import Diagnostic, InputError, did_you_mean, listed
from treatycheck.rulebook.model import Rulebook
from treatycheck.rulebook.vocabulary import Fact
from treatycheck.yaml import YamlDocument

TreePath = tuple[str | int, ...]

SUFFIX: Final = ".events.yaml"
CACHED_MODULES: Final = (model, dates, quotes, text)
OPEN: Final = "unknown"


def load_casefile(paths: Sequence[Path], rulebook: Rulebook) -> Casefile:
    """Load every event file in the given files and folders; raises `InputError` with every mistake in them."""
    found, problems = event_files(paths)
    if problems:
        raise InputError(problems)
    encoded = {document_of(path) for path in found}
    beside = sorted({file for path in found for file in path.parent.glob("*.txt")} - encoded)
    parts = [(str(path), path.read_bytes()) for path in found]
    parts += [(str(path), path.read_bytes()) for path in sorted(encoded) if path.is_file()]
    parts += [(str(path), b"") for path in beside]
    key = f"{cache.digest(parts)} {rulebook.sha256}"
    return cache.load("casefile", key, Casefile, CACHED_MODULES, lambda: _load(found, beside, rulebook))


def event_files(paths: Sequence[Path]) -> tuple[tuple[Path, ...], list[Diagnostic]]:
    """The event files named by files and folders, each once, sorted by name; and what is wrong with the paths."""
    found: dict[Path, None] = {}
    problems: list[Diagnostic] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(path.rglob(f"*{SUFFIX}"))
            if not inside:
                problems.append(
                    Diagnostic(
                        str(path),
                        0,
                        0,
                        "TC430",
                        f"there is no event file in `{path}`",
                        f"an event file stands beside its document and is named `<document>{SUFFIX}`",
                    )
                )
            found |= dict.fromkeys(inside)
        elif not path.exists():
            problems.append(
                Diagnostic(
                    str(path),
                    0,
                    0,
                    "TC431",
                    f"there is no file or folder `{path}`",
                    "check the name; give an event file or a folder of them",
                )
            )
        elif path.name.endswith(SUFFIX):
            found[path] = None
        else:
            problems.append(
                Diagnostic(
                    str(path),
                    0,
                    0,
                    "TC432",
                    f"`{path.name}` is not an event file",
                    f"give the file that ends in `{SUFFIX}`, or the folder it stands in",
                )
            )
    return tuple(sorted(found, key=lambda one: (one.name, str(one)))), problems


def document_of(path: Path) -> Path:
    """The document that an event file stands beside by its name."""
    return path.with_name(path.name.removesuffix(SUFFIX) + ".txt")


def _load(paths: Iterable[Path], beside: Iterable[Path], rulebook: Rulebook) -> Casefile:
    problems: list[Diagnostic] = []
    dossiers: list[Dossier] = []
    ids: dict[str, str] = {}
    for path in paths:
        dossier = _Reader(path, rulebook, problems, ids).read()
        if dossier is not None:
            dossiers.append(dossier)
    if problems:
        raise InputError(problems)
    return Casefile(tuple(dossiers), tuple(path.name for path in beside))


@dataclass(slots=True)
class _Reader:
    """Reads one event file; `ids` are the events of the whole run, with where each was defined."""

    path: Path
    rulebook: Rulebook
    problems: list[Diagnostic]
    ids: dict[str, str]
    source: YamlDocument = field(init=False)
    content: EventFile = field(init=False)
    used: set[str] = field(default_factory=set)

    def read(self) -> Dossier | None:
        try:
            data = self.path.read_bytes()
            self.source = yaml.load(data, str(self.path))
        except OSError as error:
            self.problems.append(
                Diagnostic(
                    str(self.path),
                    0,
                    0,
                    "TC101",
                    f"cannot read `{self.path.name}`: {error.strerror}",
                    "check the permissions",
                )
            )
            return None
        except InputError as error:
            self.problems += error.diagnostics
            return None
        content = shape.build(EventFile, self.source.value, self.source, self.problems.append)
        if content is None:
            return None
        self.content = content
        before = len(self.problems)
        document = self._document()
        resolved = {} if document is None else self._quotes(document)
        self._actors()
        self._date(content.document.date, ("document", "date"))
        self._quoted(content.document.date.quotes, ("document", "date", "quotes"))
        self._known(
            content.document.kind,
            self.rulebook.vocabulary.document_kinds,
            ("document", "kind"),
            "TC441",
            "kind of document",
        )
        for index, event in enumerate(content.events):
            self._event(event, ("events", index))
        for name in content.quotes:
            if name not in self.used:
                self._problem(
                    ("quotes", name),
                    "TC449",
                    f"quote `{name}` supports nothing",
                    "name it under `quotes:` of the field it supports, or remove it",
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
            cache.digest([(self.path.name, data)]),
        )

    # The document and its quotes

    def _document(self) -> Document | None:
        entry = self.content.document
        path = self.path.parent / entry.file
        if Path(entry.file).name != entry.file:
            self._problem(
                ("document", "file"),
                "TC433",
                f"`{entry.file}` is not a plain file name",
                "the document stands in the same folder as its events",
            )
            return None
        if not path.is_file():
            names = [other.name for other in self.path.parent.glob("*.txt")]
            self._problem(
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
            self._problem(
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
                self._problem(("quotes", name), problem.code, f"quote `{name}`: {problem.message}", problem.help)
        return resolved

    # Actors and events

    def _actors(self) -> None:
        for name, actor in self.content.actors.items():
            path: TreePath = ("actors", name)
            self._known(actor.kind, self.rulebook.vocabulary.actor_kinds, (*path, "kind"), "TC441", "kind of actor")
            if actor.kind in ("state", "state_organ") and not actor.code:
                self._problem(
                    path,
                    "TC442",
                    f"`{name}` has no State code",
                    "add `code:` with the ISO 3166-1 alpha-3 code of the State",
                )
            elif actor.code:
                self._state(actor.code, (*path, "code"))

    def _event(self, event: Event, path: TreePath) -> None:
        words = self.rulebook.vocabulary
        where = f"{self.path}:{self.source.at((*path, 'id')).line}"
        if event.id in self.ids:
            self._problem(
                (*path, "id"),
                "TC440",
                f"event `{event.id}` exists already",
                f"the first one is at {self.ids[event.id]}; give this one another id",
            )
        self.ids.setdefault(event.id, where)
        self._known(event.act.value, words.acts, (*path, "act"), "TC441", "act")
        self._known(event.modality.value, words.modalities, (*path, "modality"), "TC441", "modality")
        self._date(event.date, (*path, "date"))
        if not event.quotes:
            self._problem(
                (*path, "quotes"),
                "TC443",
                f"event `{event.id}` has no quote",
                "name at least one quote of the document that supports it",
            )
        for at, names in _quote_lists(event):
            self._quoted(names, (*path, *at))
        for index, participant in enumerate(event.participants):
            here = (*path, "participants", index)
            self._known(participant.role, words.roles, (*here, "role"), "TC441", "role")
            self._known(participant.actor, self.content.actors, (*here, "actor"), "TC444", "actor")
            for number, attribution in enumerate(participant.attributed_to):
                there = (*here, "attributed_to", number)
                self._known(attribution.actor, self.content.actors, (*there, "actor"), "TC444", "actor")
                principal = self.content.actors.get(attribution.actor)
                if principal is not None and principal.kind != "state":
                    self._problem(
                        (*there, "actor"),
                        "TC444",
                        f"conduct is attributed to a State, `{attribution.actor}` is none",
                        "name an actor of kind `state`",
                    )
                self._facts(attribution.facts, "attribution", (*there, "facts"))
        for index, item in enumerate(event.objects):
            self._item(item, (*path, "objects", index))
        if event.place is not None and event.place.country:
            self._state(event.place.country, (*path, "place", "country"))
        if event.purpose is not None:
            self._value("event.purpose", event.purpose, (*path, "purpose"))
        self._facts(event.facts, "event", (*path, "facts"))

    def _item(self, item: Item, path: TreePath) -> None:
        own = {
            "category": item.category,
            "model": item.model,
            "activation": item.activation,
            "quantity": item.quantity,
            "origin": item.origin,
        }
        for name, stated in own.items():
            if stated is not None:
                self._value(f"object.{name}", stated, (*path, name))
        if item.model is not None and item.model.value != OPEN and not self.rulebook.models.find(item.model.value):
            help_line = (
                self.rulebook.models.suggest(item.model.value)
                or "add the model to the register with a source, or leave `model` out and keep the words in `described`"
            )
            self._problem((*path, "model"), "TC445", f"model `{item.model.value}` is not in the register", help_line)
        self._facts(item.facts, "object", (*path, "facts"))

    def _facts(self, facts: Mapping[str, Stated], owner: str, path: TreePath) -> None:
        for name, stated in facts.items():
            self._value(f"{owner}.{name}", stated, (*path, name))

    def _value(self, name: str, stated: Stated, path: TreePath) -> None:
        fact = self.rulebook.vocabulary.facts.get(name)
        if fact is None or fact.lookup is not None:
            owner, _, short = name.partition(".")
            known = [
                other.partition(".")[2]
                for other, one in self.rulebook.vocabulary.facts.items()
                if other.startswith(f"{owner}.") and one.lookup is None
            ]
            self._problem(
                path,
                "TC446",
                f"unknown fact `{short}`",
                did_you_mean(short, known) or f"the facts here are {listed(known, limit=20)}",
            )
            return
        if stated.value != OPEN:
            self._checked(name, fact, stated.value, path)

    def _checked(self, name: str, fact: Fact, value: str, path: TreePath) -> None:
        wanted, refused = fact.refuses(value)
        if fact.type == "state" and not refused:
            self._state(value, path)
        elif refused:
            help_line = did_you_mean(value, fact.values) or f"use {wanted}, or `{OPEN}`"
            self._problem(path, "TC447", f"`{value}` is not a value of `{name.partition('.')[2]}`", help_line)

    # Single checks

    def _state(self, code: str, path: TreePath) -> None:
        states = self.rulebook.states
        if code in states.codes:
            return
        resolved = states.resolve(code)
        help_line = (
            f"write the code `{resolved}`"
            if resolved
            else states.suggest(code) or "use the ISO 3166-1 alpha-3 code, for example `NOR` for Norway"
        )
        self._problem(path, "TC442", f"`{code}` is not the code of a State", help_line)

    def _date(self, dated: Dated, path: TreePath) -> None:
        for name in ("edtf", "resolved"):
            written = getattr(dated, name)
            if name == "edtf" or written:
                try:
                    dates.parse(written)
                except dates.DateError as error:
                    self._problem((*path, name), "TC448", error.message, error.help)
        if dated.resolved and not dated.basis:
            self._problem(
                path,
                "TC448",
                "a resolved date needs a `basis`",
                "say in one sentence what in the document or in a register the date is read from",
            )

    def _quoted(self, names: Iterable[str], path: TreePath) -> None:
        for name in names:
            self.used.add(name)
            self._known(name, self.content.quotes, path, "TC444", "quote")

    def _known(self, name: str, known: Iterable[str], path: TreePath, code: str, what: str) -> None:
        choices = tuple(known)
        if name not in choices:
            self._problem(
                path,
                code,
                f"unknown {what} `{name}`",
                did_you_mean(name, choices) or f"use one of {listed(choices, limit=24)}",
            )

    def _problem(self, path: TreePath, code: str, message: str, help_line: str) -> None:
        place = self.source.at(path)
        self.problems.append(Diagnostic(str(self.path), place.line, place.column, code, message, help_line))


def _quote_lists(event: Event) -> Iterator[tuple[TreePath, tuple[str, ...]]]:
    """Every list of quote names in an event, with its path."""
    yield ("quotes",), event.quotes
    yield ("date", "quotes"), event.date.quotes
    yield ("dispute", "quotes"), event.dispute.quotes
    for name in ("act", "modality", "purpose", "place"):
        part = getattr(event, name)
        if part is not None:
            yield (name, "quotes"), part.quotes
    yield from _stated(("facts",), event.facts)
    for index, participant in enumerate(event.participants):
        path: TreePath = ("participants", index)
        yield (*path, "quotes"), participant.quotes
        for number, attribution in enumerate(participant.attributed_to):
            yield from _stated((*path, "attributed_to", number, "facts"), attribution.facts)
            for count, indicator in enumerate(attribution.indicators):
                yield (*path, "attributed_to", number, "indicators", count, "quotes"), indicator.quotes
    for index, item in enumerate(event.objects):
        yield ("objects", index, "quotes"), item.quotes
        own = {name: getattr(item, name) for name in ("category", "model", "activation", "quantity", "origin")}
        yield from _stated(("objects", index), {name: stated for name, stated in own.items() if stated is not None})
        yield from _stated(("objects", index, "facts"), item.facts)


def _stated(path: TreePath, facts: Mapping[str, Stated]) -> Iterator[tuple[TreePath, tuple[str, ...]]]:
    for name, stated in facts.items():
        yield (*path, name, "quotes"), stated.quotes
