"""The flat event schema: made of the vocabulary, published as JSON Schema, and kept by the tables of the tests."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.schema import REQUIRED, FlatSchema, flat_schema, json_schema

ROOT = Path(__file__).resolve().parents[3]
TABLES = ROOT / "tests" / "good" / "tables"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


@pytest.fixture(scope="module")
def flat(rulebook: Rulebook) -> FlatSchema:
    return flat_schema(rulebook)


@pytest.fixture(scope="module")
def validator(flat: FlatSchema) -> Draft202012Validator:
    return Draft202012Validator(json.loads(json.dumps(json_schema(flat))))


def test_every_fact_of_an_event_or_an_object_that_is_not_looked_up_is_a_column(
    rulebook: Rulebook, flat: FlatSchema
) -> None:
    stated = {
        name
        for name, fact in rulebook.vocabulary.facts.items()
        if fact.lookup is None and name.startswith(("event.", "object.", "place."))
    }
    assert stated == {column.subject for column in flat.columns if column.part in ("event", "object", "place")}


def test_every_role_has_a_name_a_code_a_kind_and_a_strength(rulebook: Rulebook, flat: FlatSchema) -> None:
    expected = [
        name
        for role in rulebook.vocabulary.roles
        for name in (role, f"{role}.code", f"{role}.kind", f"{role}.strength")
    ]
    assert expected == [column.name for column in flat.columns if column.part == "actor"]


def test_no_two_columns_have_one_name_and_none_differs_by_case_alone(flat: FlatSchema) -> None:
    names = [column.name.casefold() for column in flat.columns]
    assert len(set(names)) == len(names)


def test_a_column_of_strengths_grades_a_column_of_the_table(flat: FlatSchema) -> None:
    graded = [column for column in flat.columns if column.kind == "strength"]
    assert graded != []
    assert [column for column in graded if column.grades not in flat.by_name] == []


def test_the_schema_is_one(flat: FlatSchema) -> None:
    Draft202012Validator.check_schema(json.loads(json.dumps(json_schema(flat))))


def test_the_rows_of_the_good_tables_fit_but_for_the_one_that_is_made_to_fail(validator: Draft202012Validator) -> None:
    with (TABLES / "events.csv").open(encoding="utf-8", newline="") as file:
        rows: list[Any] = [*csv.DictReader(file)]
    rows += map(json.loads, (TABLES / "events.ndjson").read_text(encoding="utf-8").splitlines())
    wrong = {row["id"]: sorted(error.path[0] for error in validator.iter_errors(row)) for row in rows}
    assert {one: places for one, places in wrong.items() if places} == {"A-4": ["object.quantity", "strength"]}


@pytest.mark.parametrize("name", REQUIRED)
def test_a_row_without_what_makes_it_an_event_does_not_fit(validator: Draft202012Validator, name: str) -> None:
    row = {"act": "use", "modality": "occurred", "strength": "S2"}
    assert validator.is_valid(row)
    assert not validator.is_valid({key: value for key, value in row.items() if key != name})
    assert not validator.is_valid({**row, name: ""})


def test_a_column_that_the_vocabulary_does_not_have_does_not_fit(validator: Draft202012Validator) -> None:
    assert not validator.is_valid({"act": "use", "modality": "occurred", "strength": "S2", "objekt.model": "x"})
