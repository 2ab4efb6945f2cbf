"""The published schema of mapping files describes every key and every column, and the worked mappings keep to it."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from treatycheck.rulebook.load import load_rulebook
from treatycheck.screen.mapping.model import Entry, MappingFile, Precision
from treatycheck.screen.mapping.schema import json_schema
from treatycheck.screen.schema import FlatSchema, flat_schema

ROOT = Path(__file__).resolve().parents[4]
MAPPINGS = sorted((ROOT / "rules" / "mappings").glob("*.yaml"))


@pytest.fixture(scope="module")
def flat() -> FlatSchema:
    return flat_schema(load_rulebook(ROOT / "rules"))


@pytest.fixture(scope="module")
def schema(flat: FlatSchema) -> Any:
    return json.loads(json.dumps(json_schema(flat)))


def tree(path: Path) -> Any:
    """The file as editors read it; JSON has no other keys than texts."""
    return json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8"))))


def test_the_schema_is_one(schema: Any) -> None:
    Draft202012Validator.check_schema(schema)


def test_every_key_of_a_file_is_described(schema: Any) -> None:
    entry: set[str] = set().union(
        *(kind["properties"] for name, kind in schema["$defs"].items() if name != "precision")
    )
    assert {one.name for one in fields(MappingFile)} == set(schema["properties"])
    assert {one.name for one in fields(Entry)} == entry
    assert {one.name for one in fields(Precision)} == set(schema["$defs"]["precision"]["properties"])


def test_every_column_has_an_entry_with_the_words_that_it_may_hold(schema: Any, flat: FlatSchema) -> None:
    for column in flat.columns:
        entry = schema["properties"]["columns"]["properties"][column.name]
        kind = schema["$defs"][entry["$ref"].removeprefix("#/$defs/")]
        assert entry["description"] == column.description
        words = kind["properties"]["constant"].get("enum", [])
        assert set(column.words) <= set(words)


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.stem)
def test_a_worked_mapping_keeps_to_the_schema(path: Path, schema: Any) -> None:
    assert [] == [error.message for error in Draft202012Validator(schema).iter_errors(tree(path))]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"columns": {"act": {"constant": "use"}}},
        {"format": "treatycheck.mapping/1", "columns": {"act": {"constant": "use"}}},
        {"format": "treatycheck.mapping/1", "columns": {}, "guess": True},
    ],
)
def test_a_file_that_is_refused_does_not_keep_to_the_schema(spoilt: Any, schema: Any) -> None:
    assert not Draft202012Validator(schema).is_valid(spoilt)


@pytest.mark.parametrize(
    ("name", "entry"),
    [
        ("act", {"column": "a", "constant": "use"}),
        ("act", {"constant": "used"}),
        ("act", {"column": "a", "values": {"x": "use"}, "otherwise": "unknown"}),
        ("user", {"column": "a", "countries": ["name"]}),
        ("date", {"column": "a", "precision": {"column": "p", "values": {"1": "minute"}}}),
    ],
)
def test_an_entry_that_is_refused_does_not_keep_to_the_schema(name: str, entry: Any, schema: Any) -> None:
    good = tree(MAPPINGS[0])
    assert Draft202012Validator(schema).is_valid(good)
    good["columns"][name] = entry
    assert not Draft202012Validator(schema).is_valid(good)
