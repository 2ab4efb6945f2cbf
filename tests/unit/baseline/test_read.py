"""An earlier report is read strictly: what is wrong with it is told, with its place and what to do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from treatycheck.baseline.read import Earlier, read
from treatycheck.baseline.values import MOST
from treatycheck.errors import Diagnostic, InputError
from treatycheck.findings import Report
from treatycheck.moving import concluded

Kept = Callable[[Report], Earlier]
Tree = dict[str, Any]


def told(path: Path) -> list[Diagnostic]:
    with pytest.raises(InputError) as error:
        read(path)
    return list(error.value.diagnostics)


def spoilt(tree: Tree, folder: Path, *, indent: int | None = 2) -> list[Diagnostic]:
    path = folder / "old.json"
    path.write_text(json.dumps(tree, indent=indent), encoding="utf-8")
    return told(path)


def test_what_is_compared_is_read_back_as_it_was(report: Report, kept: Kept, desk: Path) -> None:
    earlier = kept(report)
    assert ("old.json", hashlib.sha256((desk / "old.json").read_bytes()).hexdigest()) == (earlier.file, earlier.sha256)
    assert report.receipt == earlier.receipt
    assert [(one.file, one.sha256, one.events_sha256, one.events) for one in report.documents] == [
        (one.file, one.sha256, one.events_sha256, one.events) for one in earlier.documents
    ]
    for before, after in zip(report.findings, earlier.findings, strict=True):
        assert (before.id, before.rule, before.event, before.bearer) == (
            after.id,
            after.rule,
            after.event,
            after.bearer,
        )
        assert (concluded(before), before.assumed_not) == (concluded(after), after.assumed_not)
        assert [(one.name, one.label, one.truth, one.strength) for one in before.elements] == [
            (one.name, one.label, one.truth, one.strength) for one in after.elements
        ]
        assert {one.id: one.chosen for one in before.positions} == {one.id: one.chosen for one in after.positions}


def test_there_are_findings_to_read(report: Report) -> None:
    assert len(report.findings) > 1


def test_keys_that_a_later_program_added_are_no_mistake(tree: Tree, desk: Path) -> None:
    tree["added"] = tree["findings"][0]["added"] = {"anything": [1]}
    (desk / "old.json").write_text(json.dumps(tree), encoding="utf-8")
    assert len(tree["findings"]) == len(read(desk / "old.json").findings)


def test_a_byte_order_mark_is_no_mistake(tree: Tree, desk: Path) -> None:
    (desk / "old.json").write_text(f"\ufeff{json.dumps(tree)}", encoding="utf-8")
    assert len(tree["findings"]) == len(read(desk / "old.json").findings)


def test_a_file_that_is_not_there_is_told(desk: Path) -> None:
    (one,) = told(desk / "nowhere.json")
    assert ("TC101", 0) == (one.code, one.line)


@pytest.mark.parametrize(
    ("content", "code", "place", "message"),
    [
        (b"", "TC601", (1, 1), "the file has no content"),
        (b'{"schema":\n "treatycheck', "TC601", (2, 2), "the report breaks off here"),
        (b'{"schema": ["a",\n', "TC601", (2, 1), "the report breaks off here"),
        (b"Treaty `compliance` report\n", "TC601", (1, 1), "not JSON from here on: `Treaty 'compliance' report`"),
        (b'{"a": 1}\n{"b": 2}', "TC601", (2, 1), 'not JSON from here on: `{"b": 2}`'),
        (b'{"a": NaN}', "TC601", (0, 0), "not JSON: a number that is none, or nested too deeply"),
        (b"[" * 200_000, "TC601", (0, 0), "not JSON: a number that is none, or nested too deeply"),
        (b'{"a": 1, "a": 2}', "TC601", (0, 0), "the key `a` occurs twice in one object"),
        (b'{"a": "\xff"}', "TC102", (1, 8), "byte `0xff` is not UTF-8"),
        (b"[1]", "TC602", (1, 1), "this is no report of `treatycheck check`"),
        (b'{"findings": []}', "TC602", (1, 1), "this is no report of `treatycheck check`"),
        (
            b'{"schema": "treatycheck.whatif/1"}',
            "TC602",
            (1, 12),
            "`treatycheck.whatif/1` is another contract than `treatycheck.report/1`",
        ),
        (
            b'{"schema": "treatycheck.report/2"}',
            "TC602",
            (1, 12),
            "`treatycheck.report/2` is another contract than `treatycheck.report/1`",
        ),
    ],
)
def test_what_is_no_report_of_this_contract_is_told(
    content: bytes, code: str, place: tuple[int, int], message: str, desk: Path
) -> None:
    (desk / "old.json").write_bytes(content)
    (one,) = told(desk / "old.json")
    assert (code, place, message) == (one.code, (one.line, one.column), one.message)
    assert one.help


def remove(path: str) -> Callable[[Tree], None]:
    *above, last = path.split(".")

    def change(tree: Tree) -> None:
        inside(tree, above).pop(last)

    return change


def put(path: str, value: object) -> Callable[[Tree], None]:
    *above, last = path.split(".")

    def change(tree: Tree) -> None:
        found = inside(tree, above)
        found[int(last) if isinstance(found, list) else last] = value

    return change


def inside(tree: Any, steps: list[str]) -> Any:
    for step in steps:
        tree = tree[int(step)] if isinstance(tree, list) else tree[step]
    return tree


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        (remove("receipt"), "TC603", "`receipt` is missing in the report"),
        (remove("receipt.as_of"), "TC603", "`as_of` is missing in `receipt`"),
        (put("receipt.as_of", "May 2027"), "TC603", "`as_of` must be a day such as `2024-12-31`"),
        (put("receipt.rulebook_sha256", "12"), "TC603", "`rulebook_sha256` must be a SHA-256"),
        (put("receipt.positions", ["a"]), "TC603", "`positions` must be an object"),
        (put("receipt.engines", [1]), "TC603", "entry 1 of `engines` must be a text"),
        (put("documents", {}), "TC603", "`documents` must be a list"),
        (remove("documents"), "TC603", "`documents` is missing in the report"),
        (remove("documents.0.events"), "TC603", "`events` is missing in entry 1 of `documents`"),
        (put("counts", 3), "TC603", "`counts` must be an object"),
        (put("counts.undetermined", "3"), "TC603", "`undetermined` must be a number"),
        (put("findings.1", 5), "TC603", "entry 2 of `findings` must be an object"),
        (remove("findings.0.bearer.through"), "TC603", "`through` is missing in `bearer`"),
        (put("findings.0.id", "12"), "TC603", "`id` must be an id of 12 digits and letters from `a` to `f`"),
        (put("findings.0.outcome", "undetermned"), "TC603", "unknown value `undetermned` of `outcome`"),
        (put("findings.0.strength", "S9"), "TC603", "unknown value `S9` of `strength`"),
        (put("findings.0.due", 2027), "TC603", "`due` must be a day such as `2024-12-31`"),
        (remove("findings.0.due"), "TC603", "`due` is missing in entry 1 of `findings`"),
        (remove("findings.0.elements.0.truth"), "TC603", "`truth` is missing in entry 1 of `elements`"),
        (put("findings.0.elements.0.truth", "yes"), "TC603", "unknown value `yes` of `truth`"),
        (put("findings.0.document", "b.txt"), "TC604", "the document `b.txt` is not among the documents"),
    ],
)
def test_what_is_missing_or_of_another_kind_is_told(
    change: Callable[[Tree], None], code: str, message: str, tree: Tree, desk: Path
) -> None:
    change(tree)
    found = spoilt(tree, desk)
    assert [(code, message)] == [(one.code, one.message) for one in found]
    assert all(one.line > 1 and one.column > 0 and one.help for one in found if message.startswith(("`as", "unk")))


def test_a_mistake_is_told_where_it_stands(tree: Tree, desk: Path) -> None:
    tree["findings"][0]["outcome"] = "undetermned"
    (one,) = spoilt(tree, desk)
    line = (desk / "old.json").read_text(encoding="utf-8").splitlines()[one.line - 1]
    assert '"undetermned"' == line[one.column - 1 :].rstrip(",")
    assert "did you mean `undetermined`?" == one.help


def test_a_finding_that_was_taken_away_is_told(tree: Tree, desk: Path) -> None:
    outcome = tree["findings"].pop()["outcome"]
    count = tree["counts"][outcome]
    (one,) = spoilt(tree, desk)
    assert ("TC604", f"`{outcome}` is counted {count} times and found {count - 1} times") == (one.code, one.message)


def test_a_finding_that_is_there_twice_is_told(tree: Tree, desk: Path) -> None:
    tree["findings"][1] = tree["findings"][0]
    assert f"the finding `{tree['findings'][0]['id']}` is there twice" in [one.message for one in spoilt(tree, desk)]


def test_of_very_many_mistakes_some_are_told_and_the_others_counted(tree: Tree, desk: Path) -> None:
    tree["findings"] = [1] * (MOST + 3)
    found = spoilt(tree, desk, indent=None)
    assert MOST + 1 == len(found)
    assert "3 more things are wrong with it" == found[0].message
