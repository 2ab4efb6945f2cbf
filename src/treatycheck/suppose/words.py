"""Suppositions in words, with the names of States, instruments and actors."""

from __future__ import annotations

from collections.abc import Iterator

from treatycheck.casefile.accounts import OF_OBJECTS
from treatycheck.casefile.model import Casefile, Dossier, Event, Item
from treatycheck.dates import describe, parse
from treatycheck.phrasing import capital
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose.facts import actor_id, find
from treatycheck.suppose.fields import of_state
from treatycheck.suppose.model import (
    UNKNOWN,
    DateSupposed,
    FactSupposed,
    QuoteLost,
    StatusSupposed,
    Supposition,
)


def told(one: Supposition, rulebook: Rulebook, casefile: Casefile) -> str:
    """A supposition in words; `casefile` is the one that is given, without any supposition."""
    match one:
        case StatusSupposed(code, instruments, status):
            under = ", ".join(_short(rulebook, name) for name in instruments)
            return f"{rulebook.states.name(code)}: status under {under}: {status.replace('_', ' ')}"
        case DateSupposed(code, column, instrument, date):
            when = describe(parse(date)) if date else "not done"
            act = column.replace("_", " ")
            return f"{rulebook.states.name(code)}: {act} under {_short(rulebook, instrument)}: {when}"
        case QuoteLost(path, name):
            dossier = next(each for each in casefile.dossiers if each.path == path)
            return f"Without quote {name} of {dossier.entry.file}: “{dossier.quotes[name].text}”"
        case FactSupposed():
            _, dossier, event = find(casefile, one.event)
            return f"Event {one.event}: {_field(one, rulebook, event)}: {_valued(one, rulebook, dossier)}"


def unsupported(casefile: Casefile, left: Casefile) -> str:
    """What is not known any more in what quotes that were taken away `left` of a casefile."""
    found: list[str] = []
    for before, after in zip(casefile.dossiers, left.dossiers, strict=True):
        known = {event.id: event for event in after.events}
        for event in before.events:
            if event.id not in known:
                found.append(f"event {event.id} as a whole")
            elif names := list(dict.fromkeys(_lost(event, known[event.id]))):
                found.append(f"of event {event.id}: {', '.join(map(_plain, names))}")
    return f"Not known any more: {'; '.join(found)}" if found else "Nothing rests on what is left out alone"


def _lost(event: Event, left: Event) -> Iterator[str]:
    """What an event has and what is left of it has not, each by its name; an object by the words that describe it."""
    if event.date.edtf != left.date.edtf:
        yield "date"
    yield from (
        name for name in ("place", "purpose") if getattr(event, name) is not None and getattr(left, name) is None
    )
    if event.dispute.status != left.dispute.status:
        yield "dispute"
    yield from (name for name in event.facts if name not in left.facts)
    taking_part = [(one.actor, one.role) for one in left.participants]
    yield from (one.role for one in event.participants if (one.actor, one.role) not in taking_part)
    said = [_said(item) for item in left.objects]
    yield from (item.described for item in event.objects if _said(item) not in said)
    yield from (f"account of {one.according_to}" for one in event.accounts if one.according_to not in _voices(left))


def _said(item: Item) -> tuple[str, frozenset[str]]:
    """An object with the names of what is said of it."""
    own = (name for name in OF_OBJECTS if getattr(item, name) is not None)
    return item.described, frozenset((*own, *item.facts))


def _voices(event: Event) -> set[str]:
    return {account.according_to for account in event.accounts}


def _short(rulebook: Rulebook, instrument: str) -> str:
    return capital(rulebook.instruments[instrument].abbreviation)


def _field(one: FactSupposed, rulebook: Rulebook, event: Event) -> str:
    match one.route:
        case ("objects", number, name):
            return f"{event.objects[int(number) - 1].described}: {_plain(name)}"
        case ("roles", role, *rest):
            return ": ".join((rulebook.vocabulary.roles[role].label, *rest))
        case (*_, name):
            return _plain(name)
    raise ValueError(one.route)


def _valued(one: FactSupposed, rulebook: Rulebook, dossier: Dossier) -> str:
    if one.value == UNKNOWN:
        return "not known"
    strengths = rulebook.wording.strengths
    match one.route:
        case ("dispute",):
            return rulebook.wording.disputes[one.value]
        case ("roles", _, "kind"):
            return rulebook.vocabulary.actor_kinds[one.value].label
        case (*_, "strength"):
            return f"{one.value} ({strengths[one.value]})"
        case ("roles", _):
            name = actor_id(rulebook, dossier, one.value) or one.value
            known = dossier.actors.get(name)
            value = rulebook.states.name(name) if known is None else known.name
        case ("date",):
            value = describe(parse(one.value))
        case ("act",):
            value = rulebook.vocabulary.acts[one.value].label
        case route:
            value = rulebook.states.name(one.value) if of_state(route, rulebook) else _plain(one.value)
    return f"{value} ({strengths[one.strength]})"


def _plain(text: str) -> str:
    return text.replace("_", " ")
