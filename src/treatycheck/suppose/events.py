"""Reads suppositions on events: `EVENT.FIELD=VALUE`, with `@S2` behind it for another strength than S4.

A value is held against the vocabulary and the registers by the same checks as one in an event file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, cast

from treatycheck.casefile.closed import StrengthName
from treatycheck.casefile.model import Casefile, Dossier
from treatycheck.casefile.words import Words
from treatycheck.errors import Diagnostic, InputError, did_you_mean, listed
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose.facts import actor_id, find, with_fact
from treatycheck.suppose.fields import STRENGTH, UnclearError, of_state, route_of
from treatycheck.suppose.model import UNKNOWN, FactSupposed, Route
from treatycheck.truth import Strength
from treatycheck.yaml import Position, YamlDocument

FACT: Final = "--fact"

_FORM: Final = "write `EVENT.FIELD=VALUE`, or `EVENT.FIELD=VALUE@S2` for another strength than S4"
_GRADED: Final = re.compile(r"(?P<value>.*)@(?P<strength>S[0-9]+)", re.DOTALL)
_DISPUTES: Final = ("none", "denied", "contradicted", "retracted")
_UNGRADED: Final = ("dispute", STRENGTH, "kind")
_KINDS_OF_STATES: Final = ("state", "state_organ")
_SHOWN: Final = 24


def read_fact(text: str, rulebook: Rulebook, casefile: Casefile) -> FactSupposed:
    """One supposition on an event of the casefile; raises `InputError` with everything that is wrong with it."""
    left, sign, written = text.partition("=")
    name = _event(left, casefile)
    if not sign:
        raise InputError([_wrong("TC510", f"`{text}` has no `=`", _FORM)])
    _, dossier, event = find(casefile, name)
    try:
        route = route_of(left[len(name) + 1 :], event, rulebook)
    except UnclearError as error:
        raise InputError([_wrong("TC512", error.message, error.help)]) from error
    graded = _GRADED.fullmatch(written.strip())
    value, strength = (graded["value"], graded["strength"]) if graded else (written.strip(), "")
    faults = [*_strength_faults(route, value, strength), *_value_faults(route, value, rulebook, dossier)]
    if faults:
        raise InputError(faults)
    spelt = _spelt(route, value, rulebook, dossier)
    one = FactSupposed(name, route, spelt, cast("StrengthName", strength or Strength.S4.name))
    if faults := _word_faults(one, rulebook, casefile):
        raise InputError(faults)
    return one


def _event(left: str, casefile: Casefile) -> str:
    """The event whose id a text begins with, the longest that fits, as ids may hold dots."""
    ids = [event.id for dossier in casefile.dossiers for event in dossier.events]
    fits = [name for name in ids if left.startswith(f"{name}.")]
    if fits:
        return max(fits, key=len)
    if left in ids:
        raise InputError([_wrong("TC510", f"`{left}` does not say what is supposed of the event", _FORM)])
    head = left.partition(".")[0]
    remedy = did_you_mean(head, ids) or f"the events are {listed(ids, limit=_SHOWN)}"
    raise InputError([_wrong("TC511", f"there is no event `{head}`", remedy)])


def _strength_faults(route: Route, value: str, strength: str) -> Iterable[Diagnostic]:
    if strength and route[-1] in _UNGRADED:
        yield _wrong("TC513", f"`{route[-1]}` has no strength of its own", f"leave out `@{strength}`")
    elif strength and value == UNKNOWN:
        yield _wrong("TC513", "what is not known has no strength", f"leave out `@{strength}`")
    elif strength and strength not in Strength.__members__:
        yield _wrong("TC513", f"unknown strength `{strength}`", f"use one of {listed(Strength.__members__)}")


def _value_faults(route: Route, value: str, rulebook: Rulebook, dossier: Dossier) -> Iterable[Diagnostic]:
    """What is wrong with a value that no check of event files looks at, or would accept where it is needed."""
    choices = _choices(route, rulebook)
    if not value:
        yield _wrong("TC513", f"`{'.'.join(route)}` has no value", f"`{UNKNOWN}` takes away what is known")
    elif choices and value not in choices:
        remedy = did_you_mean(value, choices) or f"use one of {listed(choices, limit=_SHOWN)}"
        yield _wrong("TC513", f"`{value}` cannot be supposed as `{route[-1]}`", remedy)
    elif route[0] == "roles" and len(route) == 2 and value != UNKNOWN and actor_id(rulebook, dossier, value) is None:  # noqa: PLR2004 - the role alone: who it is
        names = (row.values["name"] for row in rulebook.states.codes.values())
        remedy = did_you_mean(value, (*dossier.actors, *names))
        known = f"name a State, or an actor of {dossier.entry.file}: {listed(dossier.actors, limit=_SHOWN)}"
        yield _wrong("TC513", f"`{value}` is neither an actor of the file nor a State", remedy or known)


def _choices(route: Route, rulebook: Rulebook) -> tuple[str, ...]:
    """The values of what an event cannot be without; empty where anything may be tried."""
    words = rulebook.vocabulary
    known: dict[str, Iterable[str]] = {
        "act": words.acts,
        "modality": words.modalities,
        "dispute": _DISPUTES,
        STRENGTH: Strength.__members__,
    }
    if route[0] == "roles" and route[-1] == "kind":
        return tuple(words.actor_kinds)
    return tuple(known.get(route[-1], ())) if len(route) == 1 or route[-1] == STRENGTH else ()


def _spelt(route: Route, value: str, rulebook: Rulebook, dossier: Dossier) -> str:
    """The value as event files have it: a State by its code, an actor by its id."""
    if route[0] == "roles" and len(route) == 2 and value != UNKNOWN:  # noqa: PLR2004 - as above
        return actor_id(rulebook, dossier, value) or value
    return rulebook.states.resolve(value) or value if of_state(route, rulebook) else value


def _word_faults(one: FactSupposed, rulebook: Rulebook, casefile: Casefile) -> list[Diagnostic]:
    """What the checks of event files say to the event as it would be."""
    found: list[Diagnostic] = []
    words = Words(rulebook, YamlDocument(FACT, None, {(): Position(0, 0)}, {}), found.append)
    _, dossier, event = find(with_fact(rulebook, casefile, one), one.event)
    words.event(event, dossier.actors, ())
    for participant in event.participants:
        actor = dossier.actors[participant.actor]
        if one.route == ("roles", participant.role, "kind") and actor.kind in _KINDS_OF_STATES and not actor.code:
            remedy = f"suppose which State it is: `{one.event}.{participant.role}=STATE`"
            found.append(_wrong("TC513", f"`{actor.name}` is not known to be of any State", remedy))
    return found


def _wrong(code: str, message: str, remedy: str) -> Diagnostic:
    return Diagnostic(FACT, 0, 0, code, message, remedy)
