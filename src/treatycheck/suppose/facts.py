"""A casefile in which an event has another value somewhere: what the user supposes, and no document states.

The supposed value stands against every account of the event. Whether it can be supposed is checked when it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import cast

from treatycheck.casefile.accounts import OF_OBJECTS
from treatycheck.casefile.closed import DisputeStatus, StrengthName
from treatycheck.casefile.model import (
    SUPPOSED,
    Account,
    Actor,
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
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose.model import UNKNOWN, FactSupposed
from treatycheck.suppose.quotes import NO_DATE

Participants = tuple[Participant, ...]


def with_fact(rulebook: Rulebook, casefile: Casefile, one: FactSupposed) -> Casefile:
    """The casefile with the supposed value; KeyError if it has no such event."""
    place, dossier, event = find(casefile, one.event)
    match one.route:
        case ("roles", role):
            dossier, changed = _cast(rulebook, dossier, event, role, one)
        case ("roles", role, "kind"):
            dossier, changed = _of_kind(dossier, event, role, one.value)
        case ("roles", role, _):
            changed = _taking_part(event, lambda each: _graded(each, role, one.value))
        case ("attribution", name):
            changed = _taking_part(event, lambda each: _attributed(each, name, one))
        case ("objects", number, name):
            changed = _of_object(event, int(number), name, one)
        case ("facts", name):
            accounts = _accounts(event, lambda each: replace(each, facts=_put(each.facts, name, None)))
            changed = replace(event, facts=_put(event.facts, name, _value(one)), accounts=accounts)
        case (name,):
            changed = _of_event(event, name, one)
        case _:
            raise ValueError(one.route)
    events = tuple(changed if each is event else each for each in dossier.events)
    dossiers = list(casefile.dossiers)
    dossiers[place] = replace(dossier, events=events)
    return replace(casefile, dossiers=tuple(dossiers))


def find(casefile: Casefile, name: str) -> tuple[int, Dossier, Event]:
    """An event by its id, with its dossier and the place of that; KeyError if there is none."""
    for place, dossier in enumerate(casefile.dossiers):
        for event in dossier.events:
            if event.id == name:
                return place, dossier, event
    raise KeyError(name)


def actor_id(rulebook: Rulebook, dossier: Dossier, name: str) -> str | None:
    """The id of the actor that a text means: one of the file, or a State by its name or code; None if it is neither.

    For a State that the file does not have, the id is its code.
    """
    if name in dossier.actors:
        return name
    code = rulebook.states.resolve(name)
    if code is None:
        return None
    return next((key for key, actor in dossier.actors.items() if (actor.kind, actor.code) == ("state", code)), code)


def _value(one: FactSupposed) -> Stated | None:
    if one.value == UNKNOWN:
        return None
    return Stated(value=one.value, strength=one.strength, quotes=(SUPPOSED,), note=SUPPOSED)


def _put(facts: Mapping[str, Stated], name: str, value: Stated | None) -> dict[str, Stated]:
    others = {key: stated for key, stated in facts.items() if key != name}
    return others if value is None else {**others, name: value}


def _accounts(event: Event, change: Callable[[Account], Account]) -> tuple[Account, ...]:
    return tuple(map(change, event.accounts))


def _of_event(event: Event, name: str, one: FactSupposed) -> Event:
    """The event with another value in a field of its own."""
    value, known = _value(one), one.value != UNKNOWN
    if name == "act":
        return replace(event, act=value or event.act)
    if name == "modality":
        return replace(event, modality=value or event.modality)
    if name == "strength":
        return replace(event, strength=cast("StrengthName", one.value))
    if name == "dispute":
        by = "" if one.value == "none" else event.dispute.by
        return replace(event, dispute=Dispute(status=cast("DisputeStatus", one.value), by=by, note=SUPPOSED))
    if name == "purpose":
        return replace(event, purpose=value, accounts=_accounts(event, lambda each: replace(each, purpose=None)))
    if name == "place":
        place = Place(country=one.value, strength=one.strength, quotes=(SUPPOSED,), note=SUPPOSED) if known else None
        return replace(event, place=place, accounts=_accounts(event, lambda each: replace(each, place=None)))
    edtf = one.value if known else NO_DATE
    dated = Dated(edtf=edtf, strength=one.strength, quotes=(SUPPOSED,), note=SUPPOSED)
    return replace(event, date=dated, accounts=_accounts(event, lambda each: replace(each, date=None)))


def _of_object(event: Event, number: int, name: str, one: FactSupposed) -> Event:
    """The event with another value of one of its objects, counted from 1."""

    def silent(account: Account) -> Account:
        said = account.objects.get(str(number), {})
        return replace(account, objects={**account.objects, str(number): _put(said, name, None)}) if said else account

    objects = list(event.objects)
    objects[number - 1] = _item(objects[number - 1], name, one)
    return replace(event, objects=tuple(objects), accounts=_accounts(event, silent))


def _item(item: Item, name: str, one: FactSupposed) -> Item:
    if name == "strength":
        return replace(item, strength=cast("StrengthName", one.value))
    own = {key: getattr(item, key) for key in OF_OBJECTS}
    if name not in own:
        return replace(item, facts=_put(item.facts, name, _value(one)))
    own[name] = _value(one)
    return replace(item, **own)


def _taking_part(event: Event, change: Callable[[Participant], Participant]) -> Event:
    """The event with a change of those who take part, by whatever account."""
    return replace(
        event,
        participants=tuple(map(change, event.participants)),
        accounts=_accounts(event, lambda each: replace(each, participants=tuple(map(change, each.participants)))),
    )


def _graded(participant: Participant, role: str, strength: str) -> Participant:
    return replace(participant, strength=cast("StrengthName", strength)) if participant.role == role else participant


def _attributed(participant: Participant, name: str, one: FactSupposed) -> Participant:
    def with_value(attribution: Attribution) -> Attribution:
        return replace(attribution, facts=_put(attribution.facts, name, _value(one)))

    return replace(participant, attributed_to=tuple(map(with_value, participant.attributed_to)))


def _cast(rulebook: Rulebook, dossier: Dossier, event: Event, role: str, one: FactSupposed) -> tuple[Dossier, Event]:
    """The event with one actor in a role, or nobody; a State that the file does not have is added to its actors."""
    accounts = _accounts(event, lambda each: replace(each, participants=_others(each.participants, role)))
    others = _others(event.participants, role)
    if one.value == UNKNOWN:
        return dossier, replace(event, participants=others, accounts=accounts)
    name = actor_id(rulebook, dossier, one.value) or one.value
    if name not in dossier.actors:
        actor = Actor(name=rulebook.states.name(name), kind="state", code=name, note=SUPPOSED)
        dossier = replace(dossier, actors={**dossier.actors, name: actor})
    found = Participant(actor=name, role=role, strength=one.strength, quotes=(SUPPOSED,), note=SUPPOSED)
    place = next((at for at, each in enumerate(event.participants) if each.role == role), len(others))
    return dossier, replace(event, participants=(*others[:place], found, *others[place:]), accounts=accounts)


def _others(participants: Participants, role: str) -> Participants:
    return tuple(participant for participant in participants if participant.role != role)


def _of_kind(dossier: Dossier, event: Event, role: str, kind: str) -> tuple[Dossier, Event]:
    """The event with actors of another kind in a role; they are copies, as other events may have the same actors."""
    actors = dict(dossier.actors)

    def other(participant: Participant) -> Participant:
        if participant.role != role:
            return participant
        name = f"{participant.actor}, {SUPPOSED}: {kind}"
        actors[name] = replace(dossier.actors[participant.actor], kind=kind, note=SUPPOSED)
        return replace(participant, actor=name)

    changed = _taking_part(event, other)
    return replace(dossier, actors=actors), changed
