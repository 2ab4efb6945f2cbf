"""One row as the event of a casefile, and what is wrong with a row that cannot be one.

The only place that says what cells mean: classes, decisions and explanations all ask the event that is made here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Final, cast

from treatycheck.casefile.closed import DisputeStatus, StrengthName
from treatycheck.casefile.model import (
    Actor,
    Dated,
    Dispute,
    DocumentEntry,
    Dossier,
    Event,
    Item,
    Participant,
    Place,
    Source,
    Stated,
)
from treatycheck.casefile.words import OF_STATES
from treatycheck.dates import DateError, parse
from treatycheck.documents.quotes import Quote
from treatycheck.documents.text import Document
from treatycheck.rulebook.model import Rulebook
from treatycheck.rulebook.vocabulary import is_date, is_number
from treatycheck.screen.quarantine import Fault, cut
from treatycheck.screen.schema import (
    ACT,
    COUNTRY,
    DATE,
    DISPUTE,
    ID,
    MODALITY,
    OF_CODE,
    OF_KIND,
    OF_STRENGTH,
    SOURCE,
    STRENGTH,
    UNKNOWN,
    WHO,
    Column,
    FlatSchema,
)

Cells = Mapping[str, str]
"""The cells of a row by column, as texts; one that is empty may be left out."""

NOT_STATED: Final = "XXXX"
_OF_ITEM: Final = ("category", "model", "activation", "quantity", "origin")


def fault(column: Column, text: str, rulebook: Rulebook) -> Fault | None:
    """What is wrong with one cell by itself; an empty cell is wrong only where it must be filled."""
    reason = _wrong(column, text, rulebook)
    return None if not reason else Fault(column.name, cut(text), reason)


def _wrong(column: Column, text: str, rulebook: Rulebook) -> str:
    if not text:
        return "empty; an event needs it" if column.required else ""
    if text == UNKNOWN and column.part != "row" and column.kind != "strength":
        return ""
    if column.kind in ("word", "strength"):
        return "" if text in column.words else "not a word of the vocabulary"
    if column.kind == "truth":
        return "" if text in ("yes", "no") else "neither `yes` nor `no`"
    if column.kind == "number":
        return "" if is_number(text) else "not a number of at least zero"
    if column.kind == "state":
        return "" if text in rulebook.states.codes else "not the code of a State"
    if column.kind == "date" and column.name != DATE:
        return "" if is_date(text) else "not a date"
    if column.kind == "date" and text != UNKNOWN:
        try:
            parse(text)
        except DateError as error:
            return error.message
    return ""


def faults(cells: Cells, schema: FlatSchema, rulebook: Rulebook) -> list[Fault]:
    """Everything that is wrong with a row."""
    found = [
        wrong
        for column in schema.columns
        if (column.required or column.name in cells)
        and (wrong := fault(column, cells.get(column.name, ""), rulebook)) is not None
    ]
    for role in schema.roles:
        kind = cells.get(role + OF_KIND, "")
        if kind in OF_STATES and cells.get(role + OF_CODE, "") in ("", UNKNOWN):
            found.append(Fault(role + OF_CODE, cells.get(role + OF_CODE, ""), f"a {kind} needs the code of its State"))
    return found


def taking_part(cells: Cells, role: str) -> bool:
    """Whether a row says that somebody takes part in a role; that nobody knows who is said by `unknown`."""
    return any(cells.get(role + part) for part in WHO)


def event_of(cells: Cells, schema: FlatSchema, *, name: str = "row") -> tuple[Mapping[str, Actor], Event]:
    """The event that a row without faults states, and its actors by key.

    Actors are one if their name, code and kind are the same; two of whom nothing but the kind is known are not.
    """
    strength = cast("StrengthName", cells[STRENGTH])
    actors, participants = _cast(cells, schema)
    facts = {
        column.name.partition(".")[2]: _stated(cells, column.name)
        for column in schema.columns
        if column.part == "event" and column.kind != "strength" and cells.get(column.name)
    }
    country = cells.get(COUNTRY, "")
    date = cells.get(DATE, "")
    purpose = facts.pop("purpose", None)
    event = Event(
        id=cells.get(ID) or name,
        title=name,
        act=Stated(value=cells[ACT], quotes=(ACT,)),
        modality=Stated(value=cells[MODALITY], quotes=(MODALITY,)),
        date=Dated(
            edtf=NOT_STATED if date in ("", UNKNOWN) else date,
            strength=_grade(cells, DATE),
            quotes=(DATE,) if date else (),
        ),
        strength=strength,
        quotes=(ACT,),
        source=Source(asserter=cells.get(SOURCE, "")),
        participants=participants,
        objects=tuple(_items(cells, schema)),
        place=Place(country=country, strength=_grade(cells, COUNTRY), quotes=(COUNTRY,))
        if country not in ("", UNKNOWN)
        else None,
        purpose=purpose,
        facts=facts,
        dispute=Dispute(status=cast("DisputeStatus", cells.get(DISPUTE) or "none")),
    )
    return actors, event


def _cast(cells: Cells, schema: FlatSchema) -> tuple[Mapping[str, Actor], tuple[Participant, ...]]:
    actors: dict[str, Actor] = {}
    participants: list[Participant] = []
    for role in schema.roles:
        if not taking_part(cells, role):
            continue
        name, code, kind = (cells.get(role + part, "") for part in WHO)
        name, code, kind = _known(name), _known(code), kind or UNKNOWN
        actor = Actor(name=name or code, kind=kind, code=code)
        known = next((key for key, other in actors.items() if other == actor), None) if actor.name else None
        key = known or f"{role} of the row"
        actors[key] = actor
        quotes = tuple(role + part for part in WHO if cells.get(role + part))
        participants.append(Participant(actor=key, role=role, strength=_grade(cells, role), quotes=quotes))
    return actors, tuple(participants)


def _known(text: str) -> str:
    return "" if text == UNKNOWN else text


def _items(cells: Cells, schema: FlatSchema) -> Iterator[Item]:
    """The object of the row, if any of its columns speaks of one."""
    stated = {
        column.name.partition(".")[2]: _stated(cells, column.name)
        for column in schema.columns
        if column.part == "object" and column.kind != "strength" and cells.get(column.name)
    }
    if stated:
        category, model, activation, quantity, origin = (stated.pop(name, None) for name in _OF_ITEM)
        described = model or category
        yield Item(
            described=described.value if described is not None else "object",
            category=category,
            model=model,
            activation=activation,
            quantity=quantity,
            origin=origin,
            facts=stated,
        )


def _stated(cells: Cells, name: str) -> Stated:
    return Stated(value=cells[name], strength=_grade(cells, name), quotes=(name,))


def _grade(cells: Cells, name: str) -> StrengthName | None:
    return cast("StrengthName | None", cells.get(name + OF_STRENGTH) or None)


def dossier_of(cells: Cells, schema: FlatSchema) -> Dossier:
    """The event of a row with its actors, and without any text."""
    actors, event = event_of(cells, schema)
    return Dossier("", _NO_TEXT, _NO_ENTRY, actors, (event,), {}, "")


_NO_TEXT: Final = Document("", "", "")
_NO_ENTRY: Final = DocumentEntry(file="", sha256="", title="", kind="other", date=Dated(edtf=NOT_STATED))


def document_of(cells: Cells, schema: FlatSchema, *, file: str, row: int) -> Dossier:
    """A row as a document of its own with its event; each filled cell is a line of it and may be quoted."""
    actors, event = event_of(cells, schema, name=f"row {row}")
    lines: list[str] = []
    quotes: dict[str, Quote] = {}
    start = 0
    for column in schema.columns:
        text = cells.get(column.name)
        if text:
            line = f"{column.name}: {text}"
            quotes[column.name] = Quote(start, start + len(line), line)
            lines.append(line)
            start += len(line) + 1
    whole = "\n".join(lines)
    sha256 = hashlib.sha256(whole.encode(errors="surrogateescape")).hexdigest()
    shown = f"{file}, row {row}"
    entry = DocumentEntry(file=shown, sha256=sha256, title=shown, kind="other", date=Dated(edtf=NOT_STATED))
    return Dossier(shown, Document(shown, sha256, whole), entry, actors, (event,), quotes, sha256)
