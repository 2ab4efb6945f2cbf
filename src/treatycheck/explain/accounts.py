"""What each account of an event says in words, where sources contradict one another.

Words only: an account is told on exactly what accounts differ in, and nobody is believed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from treatycheck import dates
from treatycheck.casefile.accounts import OF_OBJECTS, versions
from treatycheck.casefile.model import SUPPOSED, Account, Dossier, Event, Participant, Stated
from treatycheck.casefile.words import account_parts
from treatycheck.explain.quoting import quote_ref
from treatycheck.findings import AccountRef, QuoteRef
from treatycheck.phrasing import capital
from treatycheck.rulebook.model import Rulebook

Topic = tuple[str, ...]
"""What an account may speak of: `date`, a fact by its name, an object by number and name, a role."""


def accounts_told(rulebook: Rulebook, dossier: Dossier, event: Event) -> tuple[AccountRef, ...]:
    """What the event is recorded as, then what each account says instead; nothing where there is only one."""
    recorded, *others = versions(event)
    own = [
        (account, topics, version)
        for account, version in zip(event.accounts, others, strict=True)
        # What a run supposes instead may leave an account nothing to say.
        if (topics := dict.fromkeys(_topics(account)))
    ]
    if not own:
        return ()
    every = dict.fromkeys(topic for _, topics, _ in own for topic in topics)
    words = _Words(rulebook, dossier)
    told = [
        AccountRef(
            recorded.according_to,
            "; ".join(words.said(recorded.event, topic) for topic in every),
            event.strength,
            words.quoted(_quotes(recorded.event, every)),
        )
    ]
    for account, topics, version in own:
        names = (*account.quotes, *(name for _, part, _ in account_parts(account) for name in part.quotes))
        told.append(
            AccountRef(
                version.according_to,
                "; ".join(words.said(version.event, topic) for topic in topics),
                account.strength or event.strength,
                words.quoted(names),
            )
        )
    return tuple(told)


def which_account(rulebook: Rulebook, dossier: Dossier, event: Event) -> str:
    """The question that is open where accounts differ."""
    words = rulebook.wording.report
    told = (
        words.account_in_brief.format(source=one.according_to, says=one.says)
        for one in accounts_told(rulebook, dossier, event)
    )
    return words.which_account.format(accounts="; ".join(told))


def account_notes(event: Event) -> Iterator[str]:
    """What the analyst noted on the accounts of an event."""
    for account in event.accounts:
        basis = account.date.basis if account.date is not None else ""
        for note in (account.note, basis, *(part.note for _, part, _ in account_parts(account))):
            if note:
                yield f"{capital(account.according_to)}: {note}"


def _topics(account: Account) -> Iterator[Topic]:
    for at, _, _ in account_parts(account):
        if at[0] == "participants" and isinstance(at[1], int):
            yield "role", account.participants[at[1]].role
        else:
            yield tuple(map(str, at))


def _quotes(event: Event, topics: Mapping[Topic, object]) -> Iterator[str]:
    """The quotes of what is recorded on some topics, and those of the event where a part has none of its own."""
    for topic in topics:
        match topic:
            case ("role", role):
                parts = [one.quotes for one in event.participants if one.role == role]
            case ("objects", number, name):
                item, stated = event.objects[int(number) - 1], _of_object(event, number, name)
                parts = [] if stated is None else [stated.quotes or item.quotes]
            case ("facts", name):
                parts = [event.facts[name].quotes] if name in event.facts else []
            case _:
                part = getattr(event, topic[0])
                parts = [part.quotes] if part is not None else []
        for quotes in parts:
            yield from quotes or event.quotes


def _of_object(event: Event, number: str, name: str) -> Stated | None:
    item = event.objects[int(number) - 1]
    stated: Stated | None = getattr(item, name) if name in OF_OBJECTS else item.facts.get(name)
    return stated


@dataclass(frozen=True, slots=True)
class _Words:
    """The words for what an event says on a topic; `unstated` where it says nothing."""

    rulebook: Rulebook
    dossier: Dossier

    def quoted(self, names: Iterable[str]) -> tuple[QuoteRef, ...]:
        return tuple(quote_ref(self.dossier, name) for name in dict.fromkeys(names) if name != SUPPOSED)

    def said(self, event: Event, topic: Topic) -> str:
        match topic:
            case ("role", role):
                cast = [self._taking_part(one) for one in event.participants if one.role == role]
                return f"{self.rulebook.vocabulary.roles[role].label}: {', '.join(cast) or self._unstated}"
            case ("objects", number, name):
                called = f"{event.objects[int(number) - 1].described}, {_plain(name)}"
                return f"{called}: {self._value(_of_object(event, number, name))}"
            case ("facts", name):
                return f"{_plain(name)}: {self._value(event.facts.get(name))}"
            case ("place",):
                return f"place: {self._place(event)}"
            case ("purpose",):
                return f"purpose: {self._value(event.purpose)}"
        return f"date: {dates.describe(event.date.when)}"

    @property
    def _unstated(self) -> str:
        return self.rulebook.wording.report.truths["unknown"]

    def _value(self, stated: Stated | None) -> str:
        if stated is None:
            return self._unstated
        hedge = f" (“{stated.hedge}”)" if stated.hedge else ""
        return f"{_plain(stated.value)}{hedge}"

    def _place(self, event: Event) -> str:
        place = event.place
        if place is None:
            return self._unstated
        country = self.rulebook.states.name(place.country) if place.country else ""
        return f"{place.described} ({country})" if place.described and country else place.described or country

    def _taking_part(self, participant: Participant) -> str:
        name = self.dossier.actors[participant.actor].name
        principals = [self.dossier.actors[one.actor].name for one in participant.attributed_to]
        attributed = self.rulebook.wording.report.attributed
        return ", ".join([attributed.format(state=state, through=name) for state in principals] or [name])


def _plain(name: str) -> str:
    return name.replace("_", " ")
