"""An event as each of its sources tells it, where sources contradict one another.

Puts what an account says in the place of what is recorded; it compares nothing and chooses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from treatycheck.casefile.closed import StrengthName
from treatycheck.casefile.model import Account, Attribution, Dated, Event, Item, Participant, Place, Stated

OF_OBJECTS: Final = ("category", "model", "activation", "quantity", "origin")
"""What is said of an object in a field of its own; everything else is one of its facts."""

_Field = TypeVar("_Field", Stated, Dated, Place, Participant)


@dataclass(frozen=True, slots=True)
class Version:
    """The event as one source tells it. `event` has no accounts of its own; `quotes` are those of this source."""

    according_to: str
    event: Event
    quotes: tuple[str, ...]


def versions(event: Event) -> tuple[Version, ...]:
    """The event as recorded, then as told by each of its accounts; without any, the event itself alone."""
    recorded = replace(event, accounts=()) if event.accounts else event
    return (
        Version(event.source.asserter, recorded, event.quotes),
        *(Version(account.according_to, _told(recorded, account), account.quotes) for account in event.accounts),
    )


def _told(event: Event, account: Account) -> Event:
    """The event with what the account says in place of what is recorded."""
    voice = _Voice(account.strength or event.strength, account.quotes)
    roles = {participant.role for participant in account.participants}
    return replace(
        event,
        date=event.date if account.date is None else voice.own(account.date),
        place=event.place if account.place is None else voice.own(account.place),
        purpose=event.purpose if account.purpose is None else voice.own(account.purpose),
        facts={**event.facts, **voice.each(account.facts)},
        participants=(
            *(participant for participant in event.participants if participant.role not in roles),
            *map(voice.taking_part, account.participants),
        ),
        objects=_objects(event.objects, {number: voice.each(said) for number, said in account.objects.items()}),
    )


def _objects(items: Sequence[Item], said: Mapping[str, Mapping[str, Stated]]) -> tuple[Item, ...]:
    """The objects with what is said of them, by their position from 1."""
    told = list(items)
    for index, item in enumerate(items):
        about = said.get(str(index + 1), {})
        if about:
            told[index] = replace(
                item,
                category=about.get("category", item.category),
                model=about.get("model", item.model),
                activation=about.get("activation", item.activation),
                quantity=about.get("quantity", item.quantity),
                origin=about.get("origin", item.origin),
                facts={**item.facts, **{name: one for name, one in about.items() if name not in OF_OBJECTS}},
            )
    return tuple(told)


@dataclass(frozen=True, slots=True)
class _Voice:
    """Whose words they are: the strength and quotes of what is said without any of its own."""

    strength: StrengthName
    quotes: tuple[str, ...]

    def own(self, said: _Field) -> _Field:
        return replace(said, strength=said.strength or self.strength, quotes=said.quotes or self.quotes)

    def each(self, facts: Mapping[str, Stated]) -> dict[str, Stated]:
        return {name: self.own(stated) for name, stated in facts.items()}

    def taking_part(self, participant: Participant) -> Participant:
        return replace(self.own(participant), attributed_to=tuple(map(self._attributed, participant.attributed_to)))

    def _attributed(self, attribution: Attribution) -> Attribution:
        return replace(
            attribution,
            facts=self.each(attribution.facts),
            indicators=tuple(map(self.own, attribution.indicators)),
        )
