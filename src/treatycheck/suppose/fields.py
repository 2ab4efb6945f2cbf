"""Finds what in an event a text such as `received`, `objects.2.model`, `lamp.activation` or `user.kind` means.

An object is named by its number, from 1, or by the words by which the event file describes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from treatycheck.casefile.accounts import OF_OBJECTS
from treatycheck.casefile.model import Event
from treatycheck.errors import did_you_mean, listed
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose.model import Route

OF_EVENTS: Final = ("act", "modality", "date", "place", "purpose", "strength", "dispute")
"""What an event has in a field of its own; everything else is one of its facts."""

STRENGTH: Final = "strength"
_OF_ROLES: Final = ("kind", STRENGTH)
_SHOWN: Final = 30


class UnclearError(ValueError):
    """A text that means nothing in the event; `message` says why, `help` what to write instead."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.help = remedy


def route_of(text: str, event: Event, rulebook: Rulebook) -> Route:
    """The place in the event that a text means; raises `UnclearError`."""
    head, _, rest = text.partition(".")
    described = _described(text, event)
    if text in OF_EVENTS:
        return (text,)
    if head == "objects" and rest:
        number, _, name = rest.partition(".")
        return ("objects", _number(number, event), _known(name, of_objects(rulebook), "object"))
    if described is not None:
        number, name = described
        return ("objects", number, _known(name, of_objects(rulebook), "object"))
    if head == "attribution" and rest:
        return ("attribution", _known(rest, _facts(rulebook, "attribution"), _one_attribution(event)))
    if head in rulebook.vocabulary.roles:
        return _of_role(head, rest, event)
    if text in _facts(rulebook, "event"):
        return ("facts", text)
    raise _unknown(text, event, rulebook)


def of_state(route: Route, rulebook: Rulebook) -> bool:
    """Whether what stands there is a State."""
    owner = {"facts": "event", "objects": "object"}.get(route[0], route[0])
    fact = rulebook.vocabulary.facts.get(f"{owner}.{route[-1]}")
    return route == ("place",) or (fact is not None and fact.type == "state")


def of_objects(rulebook: Rulebook) -> tuple[str, ...]:
    """What may be said of an object."""
    return (*OF_OBJECTS, *_facts(rulebook, "object"), STRENGTH)


def _facts(rulebook: Rulebook, owner: str) -> tuple[str, ...]:
    """The facts of the vocabulary that belong to an event, an object or an attribution, without those in fields."""
    own = {"event": OF_EVENTS, "object": OF_OBJECTS}.get(owner, ())
    found = (name.partition(".")[::2] for name, fact in rulebook.vocabulary.facts.items() if fact.lookup is None)
    return tuple(short for prefix, short in found if prefix == owner and short not in own)


def _described(text: str, event: Event) -> tuple[str, str] | None:
    """The number of the object whose description the text begins with, the longest that fits, and what comes then."""
    folded = text.casefold()
    fits = [
        (len(item.described), str(number))
        for number, item in enumerate(event.objects, 1)
        if folded.startswith(f"{item.described.casefold()}.")
    ]
    if not fits:
        return None
    length, number = max(fits)
    if [size for size, _ in fits].count(length) > 1:
        numbers = ", ".join(f"`objects.{one}`" for size, one in fits if size == length)
        raise UnclearError(f"several objects are described as `{text[:length]}`", f"name one by its number: {numbers}")
    return number, text[length + 1 :]


def _number(text: str, event: Event) -> str:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(event.objects):
        return str(int(text))
    told = "; ".join(f"{number} is {item.described}" for number, item in enumerate(event.objects, 1))
    remedy = (
        f"objects are counted from 1: {told}" if told else "none is recorded there, so nothing can be supposed of it"
    )
    raise UnclearError(f"event `{event.id}` has no object `{text}`", remedy)


def _one_attribution(event: Event) -> str:
    count = sum(len(participant.attributed_to) for participant in event.participants)
    if count != 1:
        message = f"event `{event.id}` has {count or 'no'} attributions, and one is needed to suppose a fact of it"
        raise UnclearError(message, "record it under `attributed_to:` in the event file")
    return "attribution"


def _of_role(role: str, rest: str, event: Event) -> Route:
    if not rest:
        return ("roles", role)
    name = _known(rest, _OF_ROLES, "participant")
    if all(participant.role != role for participant in event.participants):
        remedy = f"suppose who does: `{event.id}.{role}=ACTOR`, an actor of the file or a State"
        raise UnclearError(f"nobody takes part in event `{event.id}` as `{role}`", remedy)
    return ("roles", role, name)


def _known(name: str, known: Iterable[str], owner: str) -> str:
    choices = tuple(known)
    if name not in choices:
        article = "an" if owner[0] in "aeiou" else "a"
        remedy = did_you_mean(name, choices) or f"it may be {listed(choices, limit=_SHOWN)}"
        raise UnclearError(f"`{name}` cannot be supposed of {article} {owner}", remedy)
    return name


def _unknown(text: str, event: Event, rulebook: Rulebook) -> UnclearError:
    """Why a text is nothing of an event; a fact of an object is told to be one."""
    if text in of_objects(rulebook):
        examples = ", ".join(f"`objects.{number}.{text}`" for number, _ in enumerate(event.objects, 1))
        remedy = f"write {examples}" if examples else "none is recorded there, so nothing can be supposed of it"
        return UnclearError(f"`{text}` is said of an object, not of event `{event.id}` itself", remedy)
    known = (
        *OF_EVENTS,
        *_facts(rulebook, "event"),
        *rulebook.vocabulary.roles,
        *(f"{item.described}.{name}" for item in event.objects for name in of_objects(rulebook)),
    )
    remedy = did_you_mean(text, known) or f"it may be {listed((*OF_EVENTS, *_facts(rulebook, 'event')), limit=_SHOWN)}"
    return UnclearError(f"`{text}` is nothing that can be supposed of event `{event.id}`", remedy)
