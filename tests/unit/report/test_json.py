from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from treatycheck.findings import AccountRef, BearerRef, ClaimResult, Finding, ProcedureState, Report
from treatycheck.report.characters import HIDDEN
from treatycheck.report.json import render

Reports = Callable[..., Report]
CONTRACT = {"schema", "receipt", "documents", "findings", "claims", "counts"}
FINDING = {
    *("id", "rule", "instrument", "provision", "event", "document", "bearer", "outcome", "reason", "missing"),
    *("strength", "dispute", "severity", "positions", "message", "citations", "proof"),
}
SCREEN = "\x1b[2J\x9b\u202e\U000e0041\x7f"


@pytest.fixture
def report(finding: Finding, denied: Finding, undetermined: Finding, report_of: Reports) -> Report:
    return report_of(
        finding,
        denied,
        undetermined,
        claims=(ClaimResult("C1", "a.txt", "All joined", "wrong", "", "", "", finding.quotes, finding.registers),),
        procedures=(
            ProcedureState("p", "Inquiry", "wt:8", "Art. 8", "E1", "a.txt", "Arcadia", "", "", "", finding.quotes),
        ),
    )


def parsed(report: Report) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render(report))
    return found


def test_the_contract_is_named_and_its_keys_are_there(report: Report) -> None:
    found = parsed(report)
    assert found["schema"] == "treatycheck.report/1"
    assert set() == CONTRACT - found.keys()


def test_every_finding_has_the_keys_of_the_contract(report: Report) -> None:
    assert [set(), set(), set()] == [FINDING - finding.keys() for finding in parsed(report)["findings"]]


def test_a_finding_cites_provision_quotes_and_register_rows(report: Report) -> None:
    assert parsed(report)["findings"][0]["citations"] == {
        "provision": "WT, Art. 1",
        "quotes": [
            {"document": "a.txt", "start": 10, "end": 23, "text": "they sold it", "name": "sold", "line": 2},
        ],
        "dispute_quotes": [],
        "registers": [
            {"register": "status.csv", "row": 7, "source": "gazette of 1999", "verified": "partly", "key": "ARC"}
        ],
    }


def test_a_date_is_written_by_year_month_and_day(report: Report) -> None:
    found = parsed(report)
    assert ("2026-03-26", "2003-03-01") == (found["receipt"]["as_of"], found["findings"][0]["due"])


def test_no_last_day_is_null(finding: Finding, report_of: Reports) -> None:
    assert parsed(report_of(replace(finding, due=None)))["findings"][0]["due"] is None


def test_what_is_missing_is_a_question_about_something(report: Report) -> None:
    assert parsed(report)["findings"][2]["missing"] == [
        {"fact": "actor", "question": "Who was it?", "about": "", "known": ""},
        {"fact": "object", "question": "What was it?", "about": "crates", "known": "widgets only alleged"},
    ]


def test_what_each_account_says_is_told(finding: Finding, report_of: Reports) -> None:
    told = replace(finding, accounts=(AccountRef("the guild", "date: 2004", "S1", finding.quotes[:1]),))
    plain, (account,) = (parsed(report_of(one))["findings"][0]["accounts"] for one in (finding, told))
    assert [] == plain
    assert ("the guild", "date: 2004", "S1") == (account["according_to"], account["says"], account["strength"])
    assert ["sold"] == [quote["name"] for quote in account["quotes"]]


def test_a_bearer_is_told_with_the_actor_it_might_answer_for(finding: Finding, report_of: Reports) -> None:
    behind = replace(finding, bearer=BearerRef("ARC", "Arcadia", "state", "Guild", "company"))
    assert parsed(report_of(behind))["findings"][0]["bearer"] == {
        "code": "ARC",
        "name": "Arcadia",
        "kind": "state",
        "through": "Guild",
        "through_kind": "company",
    }


def test_the_proof_holds_the_steps_that_decided(report: Report) -> None:
    (proof,) = parsed(report)["findings"][0]["proof"]
    assert [child["label"] for child in proof["children"]] == ["sold", "bound"]


def test_a_claim_and_a_procedure_are_told_in_full(report: Report) -> None:
    found = parsed(report)
    assert {"wrong", "E1"} == {found["claims"][0]["verdict"], found["procedures"][0]["event"]}


def test_keys_are_sorted_indented_and_the_text_ends_with_a_line_break(report: Report) -> None:
    again = json.dumps(parsed(report), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    assert render(report) == again


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert render(report) == render(replace(report, counts=dict(reversed([*report.counts.items()]))))


def test_letters_are_written_as_they_are(finding: Finding, report_of: Reports) -> None:
    assert "Développement 李明" in render(report_of(replace(finding, asserter="Développement 李明")))


def test_hidden_characters_are_escaped_and_come_back(finding: Finding, report_of: Reports) -> None:
    hostile = report_of(replace(finding, asserter=SCREEN))
    assert HIDDEN.findall(render(hostile).replace("\n", "")) == []
    assert parsed(hostile)["findings"][0]["source"]["asserter"] == SCREEN
