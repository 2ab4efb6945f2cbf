"""Values are found in JSON text where they stand, however it is set."""

from __future__ import annotations

import json

import pytest

from treatycheck.baseline.place import offset

TREE = {"a": [1, {"b": "x, ]}", 'c "d"': [[], {}, None]}], "e": {"f": -1.5}}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "path", [(), ("a",), ("a", 0), ("a", 1, "b"), ("a", 1, 'c "d"', 2), ("a", 1, 'c "d"', 1), ("e",), ("e", "f")]
)
def test_a_value_begins_at_its_place(path: tuple[str | int, ...], indent: int | None) -> None:
    text = " \n" + json.dumps(TREE, indent=indent)
    value: object = TREE
    for step in path:
        value = value[step]  # type: ignore[index]  # the path leads somewhere
    assert value == json.JSONDecoder().raw_decode(text, offset(text, path))[0]
