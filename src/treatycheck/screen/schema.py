"""The flat event schema: one row is one event with at most one object, one actor in a role and one account.

The columns are made from a rulebook's vocabulary and are named as rules name what they ask for: `event.purpose`,
`object.model`, `place.country`. Whatever cannot be said in one row (attribution, several accounts, quotes) is for event
files. Says what a row may hold; it reads none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, get_args

from treatycheck.casefile.closed import DisputeStatus, StrengthName
from treatycheck.rulebook.model import Rulebook
from treatycheck.rulebook.vocabulary import Fact

if TYPE_CHECKING:
    from treatycheck.report.json import Json

Kind = Literal["text", "word", "state", "model", "truth", "number", "date", "strength"]
"""What a cell holds: free text, one of some words, the code of a State, a designation, `yes` or `no`, and so on."""

Part = Literal["row", "event", "place", "actor", "object"]
"""What of an event a column speaks of."""

UNKNOWN: Final = "unknown"
"""What may stand in every cell that need not be filled, and means the same as an empty one: nobody says."""

ID: Final = "id"
SOURCE: Final = "source"
ACT: Final = "act"
MODALITY: Final = "modality"
STRENGTH: Final = "strength"
DATE: Final = "date"
DISPUTE: Final = "dispute"
COUNTRY: Final = "place.country"
REQUIRED: Final = (ACT, MODALITY, STRENGTH)
"""A row without one of these is no event."""

OF_STRENGTH: Final = ".strength"
OF_CODE: Final = ".code"
OF_KIND: Final = ".kind"
WHO: Final = ("", OF_CODE, OF_KIND)
"""What follows the name of a role in the columns that say who plays it."""

_CODE_PATTERN: Final = "^([A-Z]{3}|unknown)?$"
_NUMBER_PATTERN: Final = r"^([0-9]+(\.[0-9]*)?|\.[0-9]+|unknown)?$"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `name` as in the table, `words` (kind `word` only) what it may hold.

    `subject` is the role of an actor, or the fact of the vocabulary that the column states; empty for the row itself.
    `grades` is the column whose support a column of strengths gives.
    """

    name: str
    kind: Kind
    part: Part
    description: str
    words: tuple[str, ...] = ()
    subject: str = ""
    grades: str = ""

    @property
    def required(self) -> bool:
        """Whether every table has it and every row fills it."""
        return self.name in REQUIRED


@dataclass(frozen=True)
class FlatSchema:
    """The columns of a flat event table, in their order; `roles` are those of the vocabulary."""

    columns: tuple[Column, ...]
    roles: tuple[str, ...]

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    def roles_in(self, columns: Collection[str]) -> tuple[str, ...]:
        """The roles for which a table with these columns can name somebody."""
        return tuple(role for role in self.roles if any(role + part in columns for part in WHO))


def flat_schema(rulebook: Rulebook) -> FlatSchema:
    """The columns that tables of events may have under a rulebook."""
    return FlatSchema(tuple(_columns(rulebook)), tuple(rulebook.vocabulary.roles))


def _columns(rulebook: Rulebook) -> Iterator[Column]:
    words = rulebook.vocabulary
    yield _row(ID, "text", "What the row is called elsewhere; carried to the findings.")
    yield _row(SOURCE, "text", "Who says so, in free text; carried along and read by no rule.")
    yield _row(ACT, "word", "The act.", tuple(words.acts))
    yield _row(MODALITY, "word", "How the source speaks of the event.", tuple(words.modalities))
    yield _row(STRENGTH, "word", "How well the event is supported.", get_args(StrengthName))
    date = _row(
        DATE, "date", "When it happened: a day, or EDTF such as `2021-03`, `[2018..2019]`; empty if not stated."
    )
    yield from _graded(date)
    yield _row(DISPUTE, "word", "Whether somebody speaks against the event; empty: nobody.", get_args(DisputeStatus))
    for name, fact in words.facts.items():
        owner = name.partition(".")[0]
        if fact.lookup is None and owner == "event":
            yield from _graded(_stated(name, fact, "event"))
    if (country := words.facts.get(COUNTRY)) is not None:
        yield from _graded(_stated(COUNTRY, country, "place"))
    for role, word in words.roles.items():
        who = f"The {word.label}"
        actor = Column(name=role, kind="text", part="actor", description=f"{who}: the name.", subject=role)
        yield actor
        code = f"{who}: code of the State, or of the State whose organ it is."
        yield Column(name=role + OF_CODE, kind="state", part="actor", description=code, subject=role)
        yield Column(
            name=role + OF_KIND,
            kind="word",
            part="actor",
            description=f"{who}: the kind of actor.",
            words=tuple(words.actor_kinds),
            subject=role,
        )
        yield _strength(actor, f"That the {word.label} took part")
    designations = {fact.lookup.by for fact in words.facts.values() if fact.lookup is not None}
    for name, fact in words.facts.items():
        if fact.lookup is None and name.startswith("object."):
            yield from _graded(_stated(name, fact, "object", designates=name in designations))


def _row(name: str, kind: Kind, description: str, words: tuple[str, ...] = ()) -> Column:
    return Column(name=name, kind=kind, part="row", description=description, words=words)


def _stated(name: str, fact: Fact, part: Part, *, designates: bool = False) -> Column:
    kinds: Mapping[str, Kind] = {"code": "word", "truth": "truth", "state": "state", "number": "number", "date": "date"}
    return Column(
        name=name,
        kind="model" if designates else kinds.get(fact.type, "text"),
        part=part,
        description=fact.question,
        words=tuple(fact.values) if fact.type == "code" else (),
        subject=name,
    )


def _graded(column: Column) -> Iterator[Column]:
    """A column, and the one that says how well it is supported."""
    yield column
    yield _strength(column, f"`{column.name}`")


def _strength(column: Column, what: str) -> Column:
    return Column(
        name=column.name + OF_STRENGTH,
        kind="strength",
        part=column.part,
        description=f"{what}: how well it is supported; empty: as well as the event.",
        words=get_args(StrengthName),
        subject=column.subject,
        grades=column.name,
    )


def json_schema(schema: FlatSchema) -> dict[str, Json]:
    """The JSON Schema of one row, as in NDJSON; cells of CSV are the same texts, and an empty cell is null."""
    from treatycheck.report.schemas import DIALECT

    return {
        "$schema": DIALECT,
        "$id": "urn:treatycheck:schema:screen:1",
        "title": "One row of a flat event table",
        "type": "object",
        "properties": {column.name: _cell(column) for column in schema.columns},
        "required": [*REQUIRED],
        "additionalProperties": False,
    }


def _cell(column: Column) -> dict[str, Json]:
    said: dict[str, Json] = {"description": column.description}
    if column.required:
        return {**said, "enum": [*column.words]}
    if column.kind in ("word", "strength"):
        return {
            **said,
            "enum": [*dict.fromkeys((*column.words, *([UNKNOWN] if may_be_unknown(column) else []))), "", None],
        }
    if column.kind == "truth":
        return {**said, "enum": ["yes", "no", True, False, UNKNOWN, "", None]}
    if column.kind == "number":
        return {**said, "type": ["string", "number", "null"], "pattern": _NUMBER_PATTERN, "minimum": 0}
    if column.kind == "state":
        return {**said, "type": ["string", "null"], "pattern": _CODE_PATTERN}
    if column.name == ID:
        return {**said, "type": ["string", "integer", "null"]}
    return {**said, "type": ["string", "null"]}


def may_be_unknown(column: Column) -> bool:
    """Whether a cell may say that nobody says."""
    return column.kind == "date" or (column.kind != "strength" and column.part != "row")
