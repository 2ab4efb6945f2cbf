"""The contracts of what is printed as JSON, as JSON Schemas (draft 2020-12).

They are written as tables of keys with a description each; nothing here looks at a result. Strict: a key that is not
described is refused, and so is a result without one that is. Later versions of a contract add keys and describe them;
they take none away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from treatycheck.report import json
from treatycheck.report.json import Json
from treatycheck.report.schemas import results
from treatycheck.report.schemas.parts import DEFINITIONS_AT, Schema, used

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

ROOTS: Final[Mapping[str, Callable[[], Schema]]] = {
    "report": results.report,
    "explain": results.explain,
    "whatif": results.whatif,
}
"""What is described, by the name of the contract."""


def schema(name: str) -> dict[str, Json]:
    """The schema of one contract; raises `KeyError` for a name that is not in `ROOTS`."""
    root = ROOTS[name]()
    needed = used(root, results.DEFINITIONS)
    # An address that names the contract and promises no page that could be fetched.
    head: dict[str, Json] = {"$schema": DIALECT, "$id": f"urn:treatycheck:schema:{name}:1"}
    return {**head, **root, DEFINITIONS_AT: {one: results.DEFINITIONS[one] for one in sorted(needed)}}


def render(name: str) -> str:
    """Return the schema of one contract as JSON text that ends with a line break."""
    return json.written(schema(name))
