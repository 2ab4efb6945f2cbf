"""A casefile without some of its quotes: what rests on them alone is not known any more, all else stays.

A part without quotes of its own rests on those of its object or event. Strengths stay as the analyst wrote them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TypeVar

from treatycheck.casefile.accounts import OF_OBJECTS
from treatycheck.casefile.model import (
    Account,
    Attribution,
    Casefile,
    Dated,
    Dispute,
    Dossier,
    Event,
    Item,
    Participant,
    Place,
    Stated,
)
from treatycheck.suppose.model import QuoteLost

NO_DATE = "XXXX"

_Part = TypeVar("_Part", Stated, Dated, Place, Participant, Account, Dispute)


def without(casefile: Casefile, lost: Collection[QuoteLost]) -> Casefile:
    """The casefile in which these quotes support nothing; what documents say about law and numbers stays."""
    if not lost:
        return casefile
    return replace(casefile, dossiers=tuple(_dossier(dossier, lost) for dossier in casefile.dossiers))


def _dossier(dossier: Dossier, lost: Collection[QuoteLost]) -> Dossier:
    names = {one.name for one in lost if one.path == dossier.path}
    for alias, source in dossier.sources.items():
        names |= {f"{alias}:{one.name}" for one in lost if one.path == source.path}
    events = tuple(left for event in dossier.events if (left := without_quotes(event, names)) is not None)
    return replace(dossier, events=events)


def without_quotes(event: Event, lost: Collection[str]) -> Event | None:
    """The event without quotes of these names; None where nothing is left to say that it happened, or what it was."""
    act, modality = _left(event.act, lost), _left(event.modality, lost)
    quotes = _others(event.quotes, lost)
    if act is None or modality is None or (event.quotes and not quotes):
        return None
    objects = [_item(item, lost) for item in event.objects]
    accounts = [_account(account, lost) for account in event.accounts]
    numbers = _numbers(objects)
    return replace(
        event,
        act=act,
        modality=modality,
        quotes=quotes,
        date=_left(event.date, lost) or Dated(edtf=NO_DATE),
        place=_optional(event.place, lost),
        purpose=_optional(event.purpose, lost),
        facts=_facts(event.facts, lost),
        participants=_participants(event.participants, lost),
        objects=tuple(item for item in objects if item is not None),
        dispute=_dispute(event.dispute, lost),
        accounts=tuple(_renumbered(account, numbers) for account in accounts if account is not None),
    )


def _others(quotes: tuple[str, ...], lost: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in quotes if name not in lost)


def _left(part: _Part, lost: Collection[str]) -> _Part | None:
    """A part with the quotes that are left to it; None where it had some and has none."""
    quotes = _others(part.quotes, lost)
    if part.quotes and not quotes:
        return None
    return part if quotes == part.quotes else replace(part, quotes=quotes)


def _dispute(dispute: Dispute, lost: Collection[str]) -> Dispute:
    """What is said against the event; a source outside the document goes on saying it."""
    if dispute.according_to:
        return replace(dispute, quotes=_others(dispute.quotes, lost))
    return _left(dispute, lost) or Dispute()


def _optional(part: _Part | None, lost: Collection[str]) -> _Part | None:
    return None if part is None else _left(part, lost)


def _facts(facts: Mapping[str, Stated], lost: Collection[str]) -> dict[str, Stated]:
    return {name: left for name, stated in facts.items() if (left := _left(stated, lost)) is not None}


def _participants(participants: tuple[Participant, ...], lost: Collection[str]) -> tuple[Participant, ...]:
    left = (_left(participant, lost) for participant in participants)
    return tuple(
        replace(one, attributed_to=tuple(_attribution(each, lost) for each in one.attributed_to))
        for one in left
        if one is not None
    )


def _attribution(attribution: Attribution, lost: Collection[str]) -> Attribution:
    signs = (_left(one, lost) for one in attribution.indicators)
    indicators = tuple(one for one in signs if one is not None)
    return replace(attribution, facts=_facts(attribution.facts, lost), indicators=indicators)


def _item(item: Item, lost: Collection[str]) -> Item | None:
    """An object; where its own quotes are gone, only what has others, and None where nothing has."""
    quotes = _others(item.quotes, lost)
    bare = bool(item.quotes) and not quotes
    own = {name: stated for name in OF_OBJECTS if (stated := getattr(item, name)) is not None}
    kept = {
        name: left
        for name, stated in {**own, **item.facts}.items()
        if (stated.quotes or not bare) and (left := _left(stated, lost)) is not None
    }
    if bare and not kept:
        return None
    if bare:
        quotes = tuple(dict.fromkeys(name for stated in kept.values() for name in stated.quotes))
    return replace(
        item,
        quotes=quotes,
        category=kept.get("category"),
        model=kept.get("model"),
        activation=kept.get("activation"),
        quantity=kept.get("quantity"),
        origin=kept.get("origin"),
        facts={name: stated for name, stated in kept.items() if name not in OF_OBJECTS},
    )


def _account(account: Account, lost: Collection[str]) -> Account | None:
    left = _left(account, lost)
    if left is None:
        return None
    return replace(
        left,
        date=_optional(left.date, lost),
        place=_optional(left.place, lost),
        purpose=_optional(left.purpose, lost),
        facts=_facts(left.facts, lost),
        participants=_participants(left.participants, lost),
        objects={number: _facts(said, lost) for number, said in left.objects.items()},
    )


def _numbers(objects: list[Item | None]) -> dict[str, str]:
    """The numbers that objects had, with those that they have when others are gone."""
    left = [str(number) for number, item in enumerate(objects, 1) if item is not None]
    return {number: str(place) for place, number in enumerate(left, 1)}


def _renumbered(account: Account, numbers: Mapping[str, str]) -> Account:
    return replace(
        account, objects={numbers[number]: said for number, said in account.objects.items() if number in numbers}
    )
