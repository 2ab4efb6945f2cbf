"""Checks the words of events against a rulebook's vocabulary and registers: acts, roles, kinds, facts, States, dates.

Grades, hedges and the order of dates as well. Every mistake is reported where it stands; nothing is repaired, and
whether a quote is in the document or an id is unique is none of its business.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from treatycheck import dates
from treatycheck.casefile.accounts import OF_OBJECTS, versions
from treatycheck.casefile.model import Account, Actor, Dated, Event, Item, Participant, Place, Stated
from treatycheck.documents.text import fold
from treatycheck.errors import Diagnostic, did_you_mean, listed
from treatycheck.rulebook.model import Rulebook
from treatycheck.rulebook.vocabulary import Fact, Word
from treatycheck.truth import Strength
from treatycheck.yaml import YamlDocument

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC441": "a word that the vocabulary does not have",
        "TC442": "a State is needed here, by its code",
        "TC444": "an actor or quote that the file does not define",
        "TC445": "a model that is not in the register",
        "TC446": "a fact that cannot be stated here",
        "TC447": "a value that the fact cannot have",
        "TC448": "a date that cannot be read, or one that is resolved without saying why",
        "TC455": "a strength above what the kind of document can carry",
        "TC456": "something is told as a fact that comes after the document",
        "TC457": "a hedge that is in none of its quotes",
        "TC458": "the name of one State with the code of another",
    }
)

TreePath = tuple[str | int, ...]

OPEN: Final = "unknown"

Part = Stated | Dated | Place | Participant | Item
"""What has a strength, a hedge or quotes of its own."""

OF_STATES: Final = ("state", "state_organ")
"""The kinds of actor that are, or belong to, a State, whose code they need."""


@dataclass(frozen=True, slots=True)
class Words:
    """The check of one file: `source` tells where things stand, `report` receives every diagnostic."""

    rulebook: Rulebook
    source: YamlDocument
    report: Callable[[Diagnostic], None]

    def actors(self, actors: Mapping[str, Actor], path: TreePath) -> None:
        """Check kinds of actors and codes of States, and that a name and its code mean the same State."""
        for name, actor in actors.items():
            here = (*path, name)
            self.known(actor.kind, self.rulebook.vocabulary.actor_kinds, (*here, "kind"), "TC441", "kind of actor")
            if actor.kind in OF_STATES and not actor.code:
                self.problem(
                    here,
                    "TC442",
                    f"`{name}` has no State code",
                    "add `code:` with the ISO 3166-1 alpha-3 code of the State",
                )
            elif actor.code:
                self.state(actor.code, (*here, "code"))
                self._named(actor, here)

    def event(self, event: Event, actors: Mapping[str, Actor], path: TreePath) -> None:
        """Check every word of an event that takes part with these actors."""
        words = self.rulebook.vocabulary
        self.known(event.act.value, words.acts, (*path, "act"), "TC441", "act")
        self.known(event.modality.value, words.modalities, (*path, "modality"), "TC441", "modality")
        self.date(event.date, (*path, "date"))
        for index, participant in enumerate(event.participants):
            self.participant(participant, actors, (*path, "participants", index))
        for index, item in enumerate(event.objects):
            self._item(item, (*path, "objects", index))
        if event.place is not None and event.place.country:
            self.state(event.place.country, (*path, "place", "country"))
        if event.purpose is not None:
            self.value("event.purpose", event.purpose, (*path, "purpose"))
        self.facts(event.facts, "event", (*path, "facts"), ("act", "modality", "purpose"))

    def carried(self, event: Event, kind: Word, path: TreePath) -> None:
        """Check that no field of the event is stronger than this kind of document can carry."""
        if not kind.strongest:
            return
        article = "an" if kind.label.startswith(tuple("aeio")) else "a"
        for at, strength in strengths(event):
            if strength > Strength[kind.strongest]:
                self.problem(
                    (*path, *at),
                    "TC455",
                    f"{article} {kind.label} carries no more than {kind.strongest}",
                    f"attach the primary text, or grade it {kind.strongest} or lower",
                )

    def told_by(self, event: Event, document: Dated, path: TreePath) -> None:
        """Check that nothing that is told as a fact begins after the document ends; dates nobody knows pass."""
        self._told(event, document, path)
        for number, (account, version) in enumerate(zip(event.accounts, versions(event)[1:], strict=True)):
            if account.date is not None:
                self._told(version.event, document, (*path, "accounts", number))

    def _told(self, event: Event, document: Dated, path: TreePath) -> None:
        modalities = self.rulebook.vocabulary.modalities
        modality = modalities.get(event.modality.value)
        try:
            begins, told = event.date.when.earliest, document.when.latest
        except dates.DateError:  # reported where the date stands
            return
        if modality is None or modality.effect != "actual" or begins is None or told is None or begins <= told:
            return
        foreseen = [name for name, one in modalities.items() if one.effect == "prospective"]
        self.problem(
            (*path, "date", "resolved" if event.date.resolved else "edtf"),
            "TC456",
            f"`{event.date.when.text}` is later than the document, which is of `{document.when.text}`",
            f"correct one of the dates, or use a modality of what is still to come: {listed(foreseen)}",
        )

    def hedges(self, event: Event, quotes: Mapping[str, str], path: TreePath) -> None:
        """Check that each hedge is in one of the quotes of its field, whose words `quotes` gives by name."""
        folded = {name: _folded(words) for name, words in quotes.items()}
        for at, part, names in parts(event):
            hedge = getattr(part, "hedge", "")
            # Names that the file does not define, and an event without quotes, are reported elsewhere.
            can_be_read = names and folded.keys() >= set(names)
            if can_be_read and not any(_folded(hedge) in folded[name] for name in names):
                self.problem(
                    (*path, *at, "hedge"),
                    "TC457",
                    f"the hedge `{hedge}` is in none of its quotes: {listed(names)}",
                    "copy the hedge from the quote, or name the quote that it stands in under `quotes:` of the field",
                )

    def date(self, dated: Dated, path: TreePath) -> None:
        """Check that a date can be read and that a resolved one says why."""
        for name in ("edtf", "resolved"):
            written = getattr(dated, name)
            if name == "edtf" or written:
                try:
                    dates.parse(written)
                except dates.DateError as error:
                    self.problem((*path, name), "TC448", error.message, error.help)
        if dated.resolved and not dated.basis:
            self.problem(
                path,
                "TC448",
                "a resolved date needs a `basis`",
                "say in one sentence what in the document or in a register the date is read from",
            )

    def known(self, name: str, known: Iterable[str], path: TreePath, code: str, what: str) -> None:
        """Check that a name is one of those known."""
        choices = tuple(known)
        if name not in choices:
            self.problem(
                path,
                code,
                f"unknown {what} `{name}`",
                did_you_mean(name, choices) or f"use one of {listed(choices, limit=24)}",
            )

    def problem(self, path: TreePath, code: str, message: str, help_line: str, *, at_key: bool = False) -> None:
        """Report a mistake that stands at `path`, or at the key of what stands there."""
        place = self.source.keys.get(path) if at_key else None
        place = place or self.source.at(path)
        self.report(Diagnostic(self.source.file, place.line, place.column, code, message, help_line))

    def _named(self, actor: Actor, path: TreePath) -> None:
        """Report an actor of a State whose name is that of another; a code that is none is reported as such."""
        states = self.rulebook.states
        meant = states.resolve(actor.name)
        if actor.kind in OF_STATES and actor.code in states.codes and meant not in (None, actor.code):
            self.problem(
                (*path, "code"),
                "TC458",
                f"`{actor.name}` is the State `{meant}`, and `{actor.code}` is {states.name(actor.code)}",
                f"write the code `{meant}`, or correct the name",
            )

    def participant(self, participant: Participant, actors: Mapping[str, Actor], path: TreePath) -> None:
        """Check who takes part, in which role, and to whom that might be attributed."""
        self.known(participant.role, self.rulebook.vocabulary.roles, (*path, "role"), "TC441", "role")
        self.known(participant.actor, actors, (*path, "actor"), "TC444", "actor")
        for number, attribution in enumerate(participant.attributed_to):
            there = (*path, "attributed_to", number)
            self.known(attribution.actor, actors, (*there, "actor"), "TC444", "actor")
            principal = actors.get(attribution.actor)
            if principal is not None and principal.kind != "state":
                self.problem(
                    (*there, "actor"),
                    "TC442",
                    f"conduct is attributed to a State, and `{attribution.actor}` is none",
                    "name an actor of kind `state`",
                )
            self.facts(attribution.facts, "attribution", (*there, "facts"))

    def _item(self, item: Item, path: TreePath) -> None:
        for name in OF_OBJECTS:
            stated = getattr(item, name)
            if stated is not None:
                self.value(f"object.{name}", stated, (*path, name))
        if item.model is not None:
            self.model(item.model, (*path, "model"))
        self.facts(item.facts, "object", (*path, "facts"), OF_OBJECTS)

    def model(self, stated: Stated, path: TreePath) -> None:
        """Check that a model is in the register."""
        if stated.value != OPEN and not self.rulebook.models.find(stated.value):
            help_line = (
                self.rulebook.models.suggest(stated.value)
                or "add the model to the register with a source, or leave `model` out and keep the words in `described`"
            )
            self.problem(path, "TC445", f"model `{stated.value}` is not in the register", help_line)

    def facts(self, facts: Mapping[str, Stated], owner: str, path: TreePath, fields: Collection[str] = ()) -> None:
        """Check facts; what has a field of its own among `fields` could otherwise be stated twice."""
        for name, stated in facts.items():
            if name in fields:
                help_line = f"write `{name}:` one level up, outside `facts:`"
                self.problem((*path, name), "TC446", f"`{name}` has a field of its own", help_line, at_key=True)
            else:
                self.value(f"{owner}.{name}", stated, (*path, name), fields)

    def value(self, name: str, stated: Stated, path: TreePath, fields: Collection[str] = ()) -> None:
        """Check that there is such a fact and that it can have this value; `fields` are not among those to propose."""
        fact = self.rulebook.vocabulary.facts.get(name)
        if fact is None or fact.lookup is not None:
            owner, _, short = name.partition(".")
            known = [
                other.partition(".")[2]
                for other, one in self.rulebook.vocabulary.facts.items()
                if other.startswith(f"{owner}.") and one.lookup is None and other.partition(".")[2] not in fields
            ]
            self.problem(
                path,
                "TC446",
                f"unknown fact `{short}`",
                did_you_mean(short, known) or f"the facts here are {listed(known, limit=20)}",
                at_key=True,
            )
        elif stated.value != OPEN:
            self._checked(name, fact, stated.value, path)

    def _checked(self, name: str, fact: Fact, value: str, path: TreePath) -> None:
        wanted, refused = fact.refuses(value)
        short = name.partition(".")[2]
        if not value:
            self.problem(path, "TC447", f"`{short}` is empty", f"use {wanted}, or `{OPEN}`")
        elif fact.type == "state":
            self.state(value, path)
        elif refused:
            help_line = did_you_mean(value, fact.values) or f"use {wanted}, or `{OPEN}`"
            self.problem(path, "TC447", f"`{value}` is not a value of `{short}`", help_line)

    def state(self, code: str, path: TreePath) -> None:
        """Report a code that is not that of a State."""
        states = self.rulebook.states
        if code in states.codes:
            return
        resolved = states.resolve(code)
        help_line = (
            f"write the code `{resolved}`"
            if resolved
            else states.suggest(code) or "use the ISO 3166-1 alpha-3 code as in the register of States"
        )
        self.problem(path, "TC442", f"`{code}` is not the code of a State", help_line)


def strengths(event: Event) -> Iterator[tuple[TreePath, Strength]]:
    """Every strength that an event states, with its path."""
    yield ("strength",), Strength[event.strength]
    own: list[tuple[TreePath, Part | Account]] = [(path, part) for path, part, _ in parts(event)]
    own += [(("accounts", number), account) for number, account in enumerate(event.accounts)]
    for path, part in own:
        if part.strength is not None:
            yield (*path, "strength"), Strength[part.strength]


def parts(event: Event) -> Iterator[tuple[TreePath, Part, tuple[str, ...]]]:
    """Every part of an event that has a strength or a hedge of its own: its path, and the quotes that support it."""
    yield ("act",), event.act, event.act.quotes or event.quotes
    yield ("modality",), event.modality, event.modality.quotes or event.quotes
    yield from _told_parts(event)
    stated: list[tuple[TreePath, Stated, tuple[str, ...]]] = []
    for index, item in enumerate(event.objects):
        here: TreePath = ("objects", index)
        quotes = item.quotes or event.quotes
        yield here, item, quotes
        own = {name: getattr(item, name) for name in OF_OBJECTS}
        stated += [((*here, name), one, quotes) for name, one in own.items() if one is not None]
        stated += [((*here, "facts", name), one, quotes) for name, one in item.facts.items()]
    for path, one, quotes in stated:
        yield path, one, one.quotes or quotes
    for number, account in enumerate(event.accounts):
        for path, part, quotes in account_parts(account):
            yield ("accounts", number, *path), part, quotes


def account_parts(account: Account) -> Iterator[tuple[TreePath, Part, tuple[str, ...]]]:
    """Every part of what an account says, as `parts` has those of an event."""
    yield from _told_parts(account)
    for number, said in account.objects.items():
        for name, stated in said.items():
            yield ("objects", number, name), stated, stated.quotes or account.quotes


def _told_parts(told: Event | Account) -> Iterator[tuple[TreePath, Part, tuple[str, ...]]]:
    """The parts that an event and an account of it have in common."""
    single: dict[str, Part | None] = {"date": told.date, "purpose": told.purpose, "place": told.place}
    for name, part in single.items():
        if part is not None:
            yield (name,), part, part.quotes or told.quotes
    stated: list[tuple[TreePath, Stated]] = [(("facts", name), one) for name, one in told.facts.items()]
    for index, participant in enumerate(told.participants):
        yield ("participants", index), participant, participant.quotes or told.quotes
        for number, attribution in enumerate(participant.attributed_to):
            there: TreePath = ("participants", index, "attributed_to", number)
            stated += [((*there, "facts", name), one) for name, one in attribution.facts.items()]
            stated += [((*there, "indicators", count), one) for count, one in enumerate(attribution.indicators)]
    for path, one in stated:
        yield path, one, one.quotes or told.quotes


def _folded(words: str) -> str:
    """Words as they are compared: as in quotes, and without case."""
    return fold(words).text.strip().casefold()
