"""A casefile and a rulebook in which nobody's words are left but the program's own and those of its rules.

Whatever documents, analysts and treaties say is replaced by a sign, by where it stands and not by what it is. What is
printed then is what the program answers for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any, Final, TypeVar

from treatycheck.casefile.model import Actor, Casefile, Event
from treatycheck.documents.quotes import Quote
from treatycheck.documents.text import Document
from treatycheck.rulebook.model import Alternative, Instrument, Position, Provision, Rulebook
from treatycheck.rulebook.vocabulary import Fact

Noun = TypeVar("Noun")

SAID: Final = "Qxz"
"""Stands for words of a document, of an analyst or of a treaty."""
PERSON: Final = "Pnz"
"""Begins the name of a person; a number follows."""

_SAID: Final = frozenset(
    {
        *("title", "says", "note", "basis", "described", "asserter", "by", "hedge", "publisher", "according_to"),
        *("correction", "authority", "chain"),
    }
)
_PEOPLE: Final = frozenset({"person", "private_military_company", "armed_group", "company", "unknown"})
_TREATIES: Final[Mapping[type, frozenset[str]]] = {
    Instrument: frozenset({"title", "short_title", "citation"}),
    Provision: frozenset({"paraphrase"}),
    Position: frozenset({"question"}),
    Alternative: frozenset({"summary", "authority"}),
    # What an element of a treaty asks, in the form of a question, which claims nothing.
    Fact: frozenset({"question"}),
}


def casefile(found: Casefile, *, persons: bool = False, strength: str = "") -> Casefile:
    """The casefile without its words; on request everybody but States is a person, and all is of one strength."""
    names: dict[str, str] = {}

    def changed(noun: Any) -> Any:
        if isinstance(noun, Document | Quote):
            return replace(noun, text=re.sub(r"\w", "q", noun.text))
        if isinstance(noun, Actor):
            if noun.kind == "person" or (persons and noun.kind in _PEOPLE):
                name = names.setdefault(noun.name, f"{PERSON}{len(names)}z")
                return replace(noun, kind="person", code="", name=name, note=SAID if noun.note else "")
            return replace(noun, name=noun.name if noun.code else SAID, note=SAID if noun.note else "")
        noun = _without(noun, _SAID)
        if isinstance(noun, Event) and strength:
            noun = replace(noun, dispute=replace(noun.dispute, status="none"), accounts=())
        return replace(noun, strength=strength) if strength and getattr(noun, "strength", None) else noun

    return _within(found, changed)


def rulebook(found: Rulebook) -> Rulebook:
    """The rulebook without what treaties and authors say, and ask; its statements, labels and notes stay."""
    return _within(found, lambda noun: _without(noun, _TREATIES.get(type(noun), frozenset())))


def _without(noun: Any, names: frozenset[str]) -> Any:
    changes: dict[str, Any] = {}
    for field in fields(noun):
        value = getattr(noun, field.name)
        if field.name in names and value:
            changes[field.name] = tuple(SAID for _ in value) if isinstance(value, tuple) else SAID
    return replace(noun, **changes) if changes else noun


def _within(noun: Noun, change: Callable[[Any], Any]) -> Noun:
    """The noun with a change made in each noun within it, from the inside out."""
    return _walked(noun, change)  # type: ignore[no-any-return]  # what goes in comes out


def _walked(noun: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(noun, tuple) and not hasattr(noun, "_fields"):
        return tuple(_walked(one, change) for one in noun)
    if isinstance(noun, Mapping):
        return MappingProxyType({key: _walked(one, change) for key, one in noun.items()})
    if is_dataclass(noun) and not isinstance(noun, type):
        changes = {}
        for field in fields(noun):
            if field.init:
                before = getattr(noun, field.name)
                after = _walked(before, change)
                if after is not before and after != before:
                    changes[field.name] = after
        return change(replace(noun, **changes) if changes else noun)
    return noun
