"""The nouns of suppositions, each checked against a rulebook and a casefile when it is read.

They name States, events and quotes by code, id and name; they hold nothing of what they change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from treatycheck.casefile.closed import StrengthName

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC510": "a supposition that cannot be read",
        "TC511": "an event that the casefile does not have",
        "TC512": "nothing of that name can be supposed of an event or a State",
        "TC513": "what cannot be supposed there",
        "TC514": "a quote that no document has, or more than one",
        "TC515": "the same thing is supposed in two ways",
    }
)

UNKNOWN: Final = "unknown"
"""The value that takes away what is known."""

Route = tuple[str, ...]
"""Where in an event something is supposed: `("act",)`, `("facts", "received")`, `("objects", "2", "model")`,
`("roles", "user")`, `("roles", "user", "kind")`, `("attribution", "ordered")`; objects are counted from 1."""


@dataclass(frozen=True, slots=True)
class StatusSupposed:
    """A State has one status under some instruments on every day: bound, not_bound, signatory or unknown."""

    code: str
    instruments: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True)
class DateSupposed:
    """A State did an act of a column of its register on another date (EDTF); the empty one means that it did not."""

    code: str
    column: str
    instrument: str
    date: str


@dataclass(frozen=True, slots=True)
class FactSupposed:
    """An event has another value at `route`, with a strength of its own; `UNKNOWN` takes away what is there."""

    event: str
    route: Route
    value: str
    strength: StrengthName = "S4"


@dataclass(frozen=True, slots=True)
class QuoteLost:
    """A quote supports nothing; `path` is that of the event file it is named in."""

    path: str
    name: str


Supposition = StatusSupposed | DateSupposed | FactSupposed | QuoteLost
