"""Random rows of tables that engage a random rulebook; now and then one that is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from tests.properties.rulebook_words import (
    ACTS,
    AS_OF,
    BAD,
    DESIGNATIONS,
    KINDS,
    MORE_NUMBERS,
    NAMES,
    NUMBERS,
    ROLES,
    STATES,
    TEXTS,
    Lots,
)
from tests.properties.rulebooks import Drawn

from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.event import Cells
from treatycheck.screen.schema import DATE, OF_CODE, OF_KIND, UNKNOWN, Column, FlatSchema

_USUAL: Final[Mapping[str, Sequence[str]]] = {
    "modality": (*["occurred"] * 8, "announced", "announced", "planned", "denied"),
    "strength": ("S2", "S4", "S3", "S2", "S3", "S1", "S0"),
    "dispute": ("", "", "none", "denied", "contradicted", "retracted"),
}


def row(lots: Lots, drawn_: Drawn, rulebook: Rulebook, schema: FlatSchema, like: Cells) -> Cells:
    """A row of a table, often one like another but for a cell or two; now and then one that is refused."""
    again = lots.some(drawn_.columns, 2) if like and lots.often(5) else drawn_.columns
    cells = dict(like) if again is not drawn_.columns else {}
    for name in again:
        column = schema.by_name[name]
        cells[name] = _cell(lots, drawn_, rulebook, column) if column.required or not lots.rarely(16) else ""
    if lots.rarely(4):
        _played_by_one(lots, cells, drawn_.columns)
    for role in schema.roles:
        if cells.get(role + OF_KIND) in ("state", "state_organ") and cells.get(role + OF_CODE, "") in ("", UNKNOWN):
            # Such a row is refused for want of a code, which now and then is enough.
            if role + OF_CODE in drawn_.columns and not lots.rarely(32):
                cells[role + OF_CODE] = lots.choice([*STATES])
            else:
                cells[role + OF_KIND] = lots.choice(("club", UNKNOWN, ""))
    if lots.rarely(32):
        cells[lots.choice(drawn_.columns)] = lots.choice(BAD)
    return {name: text for name, text in cells.items() if text}


def _played_by_one(lots: Lots, cells: dict[str, str], columns: Sequence[str]) -> None:
    """Have one actor play two roles."""
    one, other = lots.sample(ROLES, 2)
    for part in ("", OF_CODE, OF_KIND):
        if one + part in columns and other + part in columns:
            cells[other + part] = cells.get(one + part, "")


def _cell(lots: Lots, drawn_: Drawn, rulebook: Rulebook, column: Column) -> str:  # noqa: C901 - a list of kinds
    part = column.name.rpartition(".")[2]
    if column.name == DATE:
        return _date(lots, drawn_.days)
    if column.name == "act":
        return lots.choice([*drawn_.acts, *drawn_.acts, *ACTS])
    if column.part == "row" or column.kind == "strength":
        return lots.choice(_USUAL[part])
    if lots.rarely(16):
        return UNKNOWN
    if part == "kind":
        return lots.choice((*["state"] * 8, "state_organ", "state_organ", "club", UNKNOWN))
    asked = [text for text in drawn_.asked.get(column.name, ()) if text not in ("ZZZ", *KINDS)]
    if asked and lots.often(6):
        return lots.choice(asked)
    match column.kind:
        case "word":
            return lots.choice(column.words)
        case "truth":
            return lots.choice(("yes", "no"))
        case "number":
            return lots.choice((*NUMBERS, *MORE_NUMBERS))
        case "state":
            return lots.choice([*rulebook.states.codes])
        case "model":
            return lots.choice(DESIGNATIONS)
        case "date":
            return _date(lots, drawn_.days)
    return lots.choice(NAMES if column.part == "actor" else TEXTS)


def _date(lots: Lots, days: Sequence[date]) -> str:
    """A date on, just before or just after a day that something turns on; sometimes not a day."""
    day = lots.choice(days[:256]) + timedelta((0, 1, -1, 30, 400, 1000, 2000, 4000, -400)[lots.randrange(9)])
    if day > AS_OF and not lots.rarely(8):
        day = AS_OF
    match lots.randrange(40):
        case 12:
            return f"{day:%Y-%m}"
        case 13:
            return f"{day:%Y}"
        case 14:
            return f"[{day.isoformat()}..{(day + timedelta(lots.randrange(256))).isoformat()}]"
        case 15:
            return f"{day.isoformat()}/.."
        case 16:
            return f"[..{day.isoformat()}]"
        case 17:
            return "XXXX"
        case 18:
            return f"{day.isoformat()}~"
        case 19:
            return f"{day.isoformat()}/{(day + timedelta(lots.randrange(256))).isoformat()}"
    return day.isoformat()
