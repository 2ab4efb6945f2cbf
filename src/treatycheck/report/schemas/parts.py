"""What tables of keys are made of: each function gives the schema of one kind of value, with its description.

Knows JSON Schema and no contract.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from treatycheck.report.json import Json

Schema = dict[str, Json]

DEFINITIONS_AT: Final = "$defs"
_REFERENCE: Final = f"#/{DEFINITIONS_AT}/"


def text(description: str) -> Schema:
    """Any text; what it may be empty for stands in the description."""
    return {"type": "string", "description": description}


def word(description: str, known: Iterable[str]) -> Schema:
    """One of some words, which are all there are."""
    return {"type": "string", "enum": [*known], "description": description}


def form(description: str, pattern: str) -> Schema:
    """A text of one form."""
    return {"type": "string", "pattern": pattern, "description": description}


def day(description: str) -> Schema:
    """A day by year, month and day."""
    return form(description, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")


def sha256(description: str) -> Schema:
    """The SHA-256 of some bytes."""
    return form(description, "^[0-9a-f]{64}$")


def number(description: str, least: int = 0) -> Schema:
    """A whole number."""
    return {"type": "integer", "minimum": least, "description": description}


def truth(description: str) -> Schema:
    """Yes or no."""
    return {"type": "boolean", "description": description}


def several(description: str, of: Schema, *, least: int = 0) -> Schema:
    """A list."""
    found: Schema = {"type": "array", "items": of, "description": description}
    return {**found, "minItems": least} if least else found


def texts(description: str) -> Schema:
    """A list of texts."""
    return several(description, {"type": "string"})


def by_name(description: str, of: Schema) -> Schema:
    """Values by names that nobody knows beforehand."""
    return {"type": "object", "additionalProperties": of, "description": description}


def keys(description: str, of: Mapping[str, Schema], *, optional: Iterable[str] = ()) -> Schema:
    """An object with exactly these keys, of which some may be left out."""
    left_out = {*optional}
    return {
        "type": "object",
        "description": description,
        "properties": dict(of),
        "required": [name for name in of if name not in left_out],
        "additionalProperties": False,
    }


def ref(name: str, description: str = "") -> Schema:
    """What is described elsewhere under a name."""
    found: Schema = {"$ref": f"{_REFERENCE}{name}"}
    return {**found, "description": description} if description else found


def or_null(of: Schema, description: str) -> Schema:
    """Something, or null."""
    return {"anyOf": [of, {"type": "null"}], "description": description}


def used(root: Json, definitions: Mapping[str, Schema]) -> set[str]:
    """The names of all definitions that a schema refers to, also by way of others."""
    found: set[str] = set()
    open_ends = [*_references(root)]
    while open_ends:
        name = open_ends.pop()
        if name not in found:
            found.add(name)
            open_ends += _references(definitions[name])
    return found


def _references(tree: Json) -> Iterator[str]:
    if isinstance(tree, dict):
        for name, value in tree.items():
            if name == "$ref" and isinstance(value, str):
                yield value.removeprefix(_REFERENCE)
            else:
                yield from _references(value)
    elif isinstance(tree, list):
        for one in tree:
            yield from _references(one)
