"""The published schemas: strict, every key described, and true to what is printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator

from treatycheck.claims import Verdict
from treatycheck.cli.schema import NAMES
from treatycheck.findings import AccountRef, ClaimResult, Finding, ProcedureState, Report
from treatycheck.report import schemas
from treatycheck.report.json import render
from treatycheck.report.schemas import results
from treatycheck.report.schemas.finding import FINDING
from treatycheck.rulebook.model import FindingText

Reports = Callable[..., Report]


def validator(name: str) -> Validator:
    return Draft202012Validator(json.loads(schemas.render(name)))


def parts(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from parts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from parts(value)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_of_its_dialect_and_names_its_contract(name: str) -> None:
    schema = json.loads(schemas.render(name))
    Draft202012Validator.check_schema(schema)
    assert f"treatycheck.{name}/1" == schema["properties"]["schema"]["const"]


def test_every_contract_can_be_printed() -> None:
    assert [*NAMES] == [*schemas.ROOTS]


@pytest.mark.parametrize("name", NAMES)
def test_every_object_is_closed_and_every_key_is_described(name: str) -> None:
    objects = [part for part in parts(schemas.schema(name)) if "properties" in part]
    assert [] == [part for part in objects if part["additionalProperties"] is not False]
    described = schemas.schema(name)["$defs"]
    assert isinstance(described, dict)
    bare = [
        (part["description"], key)
        for part in objects
        for key, of in part["properties"].items()
        if not (of.get("description") or described[of["$ref"].rpartition("/")[2]])
    ]
    assert [] == bare
    assert [] == [key for key, of in described.items() if isinstance(of, dict) and not of.get("description")]


@pytest.mark.parametrize("name", NAMES)
def test_every_definition_is_used_and_none_is_missing(name: str) -> None:
    schema = schemas.schema(name)
    referred = {part["$ref"].removeprefix("#/$defs/") for part in parts(schema) if "$ref" in part}
    assert referred == {*schema["$defs"]}  # type: ignore[misc]  # a mapping by name


def test_every_definition_belongs_to_a_contract() -> None:
    assert {*results.DEFINITIONS} == {key for name in NAMES for key in schemas.schema(name)["$defs"]}  # type: ignore[union-attr]


def test_the_words_are_those_of_the_program() -> None:
    severities = get_args(FindingText.__annotations__["severity"]) or ("core", "deadline", "reporting", "question")
    properties = FINDING["properties"]
    assert isinstance(properties, dict)
    assert [*severities] == properties["severity"]["enum"]  # type: ignore[index, call-overload]
    assert [*map(str, Verdict)] == results.DEFINITIONS["claim"]["properties"]["verdict"]["enum"]  # type: ignore[index, call-overload]


@pytest.fixture
def report(finding: Finding, denied: Finding, undetermined: Finding, report_of: Reports) -> dict[str, Any]:
    told = replace(finding, accounts=(AccountRef("the guild", "date: 2004", "S1", finding.quotes[:1]),))
    made = report_of(
        told,
        denied,
        undetermined,
        counts=dict.fromkeys(
            [
                *("established", "reasonable_grounds", "credible_concern", "concern", "met_late", "anticipated"),
                *("undetermined", "pending", "met", "not_applicable", "no_finding"),
            ],
            0,
        ),
        claims=(ClaimResult("C1", "a.txt", "All joined", "wrong", "", "", "", finding.quotes, finding.registers),),
        procedures=(
            ProcedureState("p", "Inquiry", "wt:8", "Art. 8", "E1", "a.txt", "Arcadia", "", "", "", finding.quotes),
        ),
    )
    found: dict[str, Any] = json.loads(render(made))
    return found


def test_a_report_keeps_the_contract(report: dict[str, Any]) -> None:
    assert [] == [error.message for error in validator("report").iter_errors(report)]


def places(tree: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a tree, from the root downwards."""
    if path:
        yield path
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from places(value, (*path, key))
    elif isinstance(tree, list):
        for number, value in enumerate(tree):
            yield from places(value, (*path, number))


def changed(tree: Any, path: tuple[str | int, ...], change: Callable[[Any, str | int], None]) -> Any:
    copy = deepcopy(tree)
    inner = copy
    for step in path[:-1]:
        inner = inner[step]
    change(inner, path[-1])
    return copy


# Names that nobody knows beforehand, and what a step of a proof may leave out.
FREE = ("instruments", "abbreviations")
OPTIONAL = ("provision", "values", "quotes", "registers", "note", "children")


def test_a_key_that_is_missing_is_refused_wherever_it_stands(report: dict[str, Any]) -> None:
    check = validator("report")
    keys = [
        path
        for path in places(report)
        if isinstance(path[-1], str)
        and (len(path) == 1 or path[-2] not in (*FREE, "positions"))
        and not ("proof" in path and path[-1] in OPTIONAL)
    ]
    assert len(keys) > 200
    assert [] == [path for path in keys if check.is_valid(changed(report, path, lambda tree, key: tree.pop(key)))]


def test_a_value_of_another_kind_is_refused_wherever_it_stands(report: dict[str, Any]) -> None:
    check = validator("report")

    def other(tree: Any, key: str | int) -> None:
        tree[key] = 1.5 if isinstance(tree[key], str | None) else "text"

    assert [] == [path for path in places(report) if check.is_valid(changed(report, path, other))]


def test_a_key_that_nobody_described_is_refused_wherever_it_stands(report: dict[str, Any]) -> None:
    check = validator("report")

    def added(tree: Any, key: str | int) -> None:
        tree[key]["unheard_of"] = 1

    def inner(path: tuple[str | int, ...]) -> Any:
        found: Any = report
        for step in path:
            found = found[step]
        return found

    objects = [path for path in places(report) if isinstance(inner(path), dict)]
    assert objects != []
    assert [] == [path for path in objects if check.is_valid(changed(report, path, added))]
