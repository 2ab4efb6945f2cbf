"""Suppositions in words, with the names of States, instruments and actors."""

from __future__ import annotations

from treatycheck.casefile.model import Casefile, Dossier, Event
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
