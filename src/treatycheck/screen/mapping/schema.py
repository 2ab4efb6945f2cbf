"""The JSON Schema of a mapping file, for editors and other programs; the words are those of the rulebook's schema.

Says the form of a file. What goes together with what is told when a file is read.
"""

from __future__ import annotations

from typing import Final, get_args

from treatycheck.report.json import Json
from treatycheck.report.schemas import DIALECT
from treatycheck.screen.mapping.model import Otherwise, Precise, System
from treatycheck.screen.schema import REQUIRED, Column, FlatSchema, may_be_unknown

_PLAIN: Final[dict[str, Json]] = {"type": ["string", "number", "boolean"]}
"""What stands as one word in YAML, whatever other readers take it for."""


def json_schema(schema: FlatSchema) -> dict[str, Json]:
    """The JSON Schema of a mapping file for tables of events under a rulebook."""
    kinds: dict[str, Json] = {_kind(column): _entry(column) for column in schema.columns}
    kinds["precision"] = _precision()
    return {
        "$schema": DIALECT,
        "$id": "urn:treatycheck:schema:mapping:1",
        "title": "What the columns and codes of a table are in the flat event schema",
        "type": "object",
        "properties": {
            "format": {"const": "treatycheck.mapping/1"},
            "title": {"description": "What tables it is for.", "type": "string"},
            "pass_over": {
                "description": "Rows in which a column of the table has one of these values are counted, not screened.",
                "type": "object",
                "additionalProperties": {"type": "array", "items": _PLAIN, "minItems": 1},
            },
            "columns": {
                "description": "Where the cells of the columns of the schema come from.",
                "type": "object",
                "properties": {
                    column.name: {"description": column.description, "$ref": f"#/$defs/{_kind(column)}"}
                    for column in schema.columns
                },
                "required": [*REQUIRED],
                "additionalProperties": False,
            },
        },
        "required": ["format", "columns"],
        "additionalProperties": False,
        "$defs": kinds,
    }


def _kind(column: Column) -> str:
    """What columns that may come from the same have in common."""
    if column.kind != "word":
        return column.kind
    return "kind of actor" if column.part == "actor" else column.name


def _entry(column: Column) -> dict[str, Json]:
    value = _value(column)
    values: dict[str, Json] = {"type": "object", "additionalProperties": value}
    otherwise: list[Json] = [word for word in get_args(Otherwise) if word != "unknown" or may_be_unknown(column)]
    keys: dict[str, Json] = {
        "column": _said("The column of the table.", {"type": "string"}),
        "constant": _said("The value in every row.", value),
        "values": _said("What each value of the table stands for.", values),
        "otherwise": _said("What becomes of a value that no table has; if left out: quarantine.", {"enum": otherwise}),
        "empty": _said("What an empty cell stands for.", value),
    }
    if column.kind == "state":
        systems: list[Json] = [*get_args(System)]
        keys["countries"] = _said(
            "How the table writes States: codes of ISO 3166-1, English names, numbers of Gleditsch and Ward.",
            {"type": "array", "items": {"enum": systems}},
        )
    if column.kind == "date":
        keys |= {
            "format": _said(
                "How the date is written: `YYYY-MM-DD`, `D MMMM YYYY`, `*` for the rest.", {"type": "string"}
            ),
            "until": _said("The column with the last possible day.", {"type": "string"}),
            "at_latest": _said("Whether it had happened by then: on that day or before.", {"type": "boolean"}),
            "precision": _said("How exact the day is.", {"$ref": "#/$defs/precision"}),
        }
    one_of: list[Json] = [{"required": ["column"]}, {"required": ["constant"]}]
    return {
        "type": "object",
        "properties": keys,
        "oneOf": one_of,
        "additionalProperties": False,
    }


def _precision() -> dict[str, Json]:
    words: list[Json] = [*get_args(Precise)]
    of_codes: dict[str, Json] = {"type": "object", "additionalProperties": {"enum": words}}
    otherwise: dict[str, Json] = {"enum": ["unknown", "quarantine"]}
    return {
        "type": "object",
        "properties": {
            "column": _said("The column with the codes.", {"type": "string"}),
            "values": _said("What each code says.", of_codes),
            "otherwise": _said("What becomes of the date with another code; if left out: quarantine.", otherwise),
        },
        "required": ["column", "values"],
        "additionalProperties": False,
    }


def _said(description: str, schema: dict[str, Json]) -> dict[str, Json]:
    return {"description": description, **schema}


def _value(column: Column) -> dict[str, Json]:
    if column.words:
        words: list[Json] = [*column.words]
        return {"enum": [*words, *([] if column.required else [""]), *(["unknown"] if may_be_unknown(column) else [])]}
    if column.kind == "truth":
        return {"enum": ["yes", "no", True, False, "unknown", ""]}
    return dict(_PLAIN)
