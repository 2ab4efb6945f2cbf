"""Checks accounts: each has a source, speaks of what the event has, and says something else than the event.

An account that repeats the event, leaves a matter open or is only mentioned contradicts nothing; it is refused, as it
could only weaken what is recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from treatycheck.casefile.accounts import OF_OBJECTS
from treatycheck.casefile.model import Account, Actor, Dated, Event, Item, Participant, Place, Stated
from treatycheck.casefile.words import OPEN, Part, TreePath, Words, account_parts
from treatycheck.dates import DateError
from treatycheck.errors import listed

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC437": "an account that contradicts nothing",
        "TC438": "an account of an object that the event does not have",
        "TC439": "an account without the name of its source",
    }
)

FIELDS: Final = ("date", "place", "purpose", "facts", "objects", "participants")
"""What an account may say otherwise; act and modality are what the event is."""

_MENTIONED: Final = "S0"


def check_accounts(event: Event, actors: Mapping[str, Actor], path: TreePath, words: Words) -> None:
    """Report every mistake in the accounts of an event."""
    for number, account in enumerate(event.accounts):
        here = (*path, "accounts", number)
        _source(event, account, here, words)
        _words(account, actors, here, words)
        for index in account.objects:
            if _item(event, index) is None:
                count = f"{len(event.objects)} object{'' if len(event.objects) == 1 else 's'}"
                words.problem(
                    (*here, "objects", index),
                    "TC438",
                    f"event `{event.id}` has no object `{index}`",
                    f"it has {count}; write the place of the object in the list `objects:`, from 1",
                    at_key=True,
                )
        for at, message, help_line in _idle(event, account):
            words.problem((*here, *at), "TC437", message, help_line)


def _source(event: Event, account: Account, path: TreePath, words: Words) -> None:
    if not account.according_to:
        help_line = "write who says so, as in `source: {asserter: …}`"
        words.problem((*path, "according_to"), "TC439", f"an account of event `{event.id}` has no source", help_line)
    if not account.quotes:
        words.problem(
            (*path, "quotes"),
            "TC443",
            f"an account of event `{event.id}` has no quote",
            "name at least one quote of the document in which it is given",
        )


def _words(account: Account, actors: Mapping[str, Actor], path: TreePath, words: Words) -> None:
    """Check every word of an account as in an event."""
    if account.date is not None:
        words.date(account.date, (*path, "date"))
    if account.place is not None and account.place.country:
        words.state(account.place.country, (*path, "place", "country"))
    if account.purpose is not None:
        words.value("event.purpose", account.purpose, (*path, "purpose"))
    words.facts(account.facts, "event", (*path, "facts"), ("act", "modality", "purpose"))
    for index, participant in enumerate(account.participants):
        words.participant(participant, actors, (*path, "participants", index))
    for number, said in account.objects.items():
        for name, stated in said.items():
            here = (*path, "objects", number, name)
            words.value(f"object.{name}", stated, here)
            if name == "model":
                words.model(stated, here)


def _idle(event: Event, account: Account) -> Iterator[tuple[TreePath, str, str]]:
    """What contradicts nothing: where it stands, what is wrong and what to do."""
    said = list(account_parts(account))
    if not said:
        message = f"the account of `{account.according_to}` says nothing"
        yield (), message, f"give what it says instead, under {listed(FIELDS)}, or remove it"
    graded: Iterable[tuple[TreePath, Part | Account]] = [((), account), *((at, part) for at, part, _ in said)]
    for at, one in graded:
        if one.strength == _MENTIONED:
            help_line = "nobody vouches for what is only mentioned: put it into a `note`, or grade it S1 or higher"
            yield (*at, "strength"), f"an account of strength {_MENTIONED} contradicts nothing", help_line
    for at, part, _ in said:
        if _leaves_open(part) and "participants" not in at:
            help_line = "leave it out: a source that leaves something open contradicts nobody"
            yield at, f"this account leaves `{at[-1]}` open", help_line
        elif _repeats(event, at, part):
            yield at, f"`{at[-1]}` is what the event says already", "leave out what this source says as well"
    roles = {participant.role for participant in account.participants}
    before = [participant for participant in event.participants if participant.role in roles]
    if roles and {*map(_taking_part, before)} == {*map(_taking_part, account.participants)}:
        message = "the `participants` are those of the event"
        yield ("participants",), message, "leave out the roles in which this source names the same actors"


def _leaves_open(part: Part) -> bool:
    match part:
        case Stated():
            return part.value == OPEN
        case Place():
            return not (part.country or part.described)
        case Dated():
            return _days(part) == (None, None)
    return False


def _repeats(event: Event, at: TreePath, part: Part) -> bool:
    """Whether a part of an account is what the event says already, whoever says it and however strongly."""
    match at, part:
        case ("date",), Dated():
            return _days(part) == _days(event.date)
        case ("place",), Place():
            place = event.place
            return place is not None and part.country == place.country and part.described in ("", place.described)
        case ("purpose",), Stated():
            return event.purpose is not None and part.value == event.purpose.value
        case ("facts", str(name)), Stated() if name in event.facts:
            return part.value == event.facts[name].value
        case ("objects", str(number), str(name)), Stated():
            item = _item(event, number)
            stated = None if item is None else getattr(item, name) if name in OF_OBJECTS else item.facts.get(name)
            return stated is not None and part.value == stated.value
    return False


def _item(event: Event, number: str) -> Item | None:
    """The object of that number, counted from 1."""
    return {str(index): item for index, item in enumerate(event.objects, 1)}.get(number)


def _days(dated: Dated) -> object:
    """The days a date covers; one that cannot be read, which is reported where it stands, is like no other."""
    try:
        return dated.when.earliest, dated.when.latest
    except DateError:
        return dated


def _taking_part(participant: Participant) -> object:
    """Who takes part in what, and to whom that might be attributed, without who says so."""
    return (
        participant.actor,
        participant.role,
        frozenset(
            (one.actor, frozenset((name, stated.value) for name, stated in one.facts.items()))
            for one in participant.attributed_to
        ),
    )
