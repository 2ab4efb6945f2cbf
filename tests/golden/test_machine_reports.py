"""The findings on one of the seeds as other programs read them, held word for word; all of them keep the schemas.

What other files hold already is left out of what is held here: proofs and hinges in the JSON report, of which the
numbers are kept, and the words of the rules in SARIF, of which the first line is. After a change that is meant,
`UPDATE_GOLDEN=1 pytest tests/golden/test_machine_reports.py` writes them anew; read what changed before you keep it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from treatycheck.casefile.model import Casefile
from treatycheck.engine.outcomes import FLAGGED
from treatycheck.explanations import ALL, Wanted, explain, locate
from treatycheck.findings import Report
from treatycheck.report import csv, explanation, junit, sarif, schemas
from treatycheck.report import json as as_json
from treatycheck.report import whatif as compared
from treatycheck.report.steps import Shown
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose import read
from treatycheck.whatif import whatif

GOLDEN = Path(__file__).parent
DOCUMENT = "003_c0438a69f86d6e09.txt"


@pytest.fixture(scope="module")
def lasting(report: Report) -> Report:
    """What the report says of one document, without what changes with every version and machine."""
    receipt = replace(
        report.receipt, program="treatycheck", rulebook_sha256="0" * 64, engines=("reference", "durable"), notice=""
    )
    return replace(
        report,
        receipt=receipt,
        documents=tuple(one for one in report.documents if one.file == DOCUMENT),
        findings=tuple(one for one in report.findings if one.document == DOCUMENT),
        procedures=(),
        dormant=tuple(one for one in report.dormant if one.document == DOCUMENT),
        claims=tuple(one for one in report.claims if one.document == DOCUMENT),
    )


def held(name: str, text: str) -> str:
    """The text that is held under a name, after writing it anew if that is asked for."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(text, encoding="utf-8", newline="")
    return path.read_bytes().decode("utf-8")


def test_the_table_is_the_one_held(lasting: Report) -> None:
    text = csv.render(lasting)
    assert held("seed-003.csv", text) == text


def test_the_test_report_is_the_one_held(lasting: Report, rulebook: Rulebook) -> None:
    text = junit.render(lasting, rulebook.wording, [*map(str, FLAGGED)])
    assert held("seed-003.junit.xml", text) == text


def test_the_sarif_report_is_the_one_held(lasting: Report, rulebook: Rulebook, casefile: Casefile) -> None:
    text = sarif.render(lasting, rulebook, casefile, lambda rule: f"{rule}: {rulebook.rules[rule].title}")
    assert held("seed-003.sarif", text) == text


def test_the_json_report_is_the_one_held(lasting: Report) -> None:
    tree = json.loads(as_json.render(lasting))
    for finding in tree["findings"]:
        finding["proof"] = sum(map(steps, finding["proof"]))
        finding["insight"] = len(finding["insight"]["hinges"])
    text = as_json.written(tree)
    assert held("seed-003.json", text) == text


def steps(node: Mapping[str, Any]) -> int:
    return 1 + sum(map(steps, node.get("children", ())))


def mistakes(name: str, printed: str) -> list[str]:
    """What the schema of a contract says against a result."""
    check = Draft202012Validator(json.loads(schemas.render(name)))
    return [f"{[*error.path]}: {error.message[:200]}" for error in check.iter_errors(json.loads(printed))][:5]


def test_the_whole_json_report_keeps_its_contract(report: Report) -> None:
    assert [] == mistakes("report", as_json.render(report))


def test_all_explanations_keep_their_contract(rulebook: Rulebook, casefile: Casefile) -> None:
    wanted = locate(rulebook, casefile, ALL)
    assert isinstance(wanted, Wanted)
    found = explain(rulebook, casefile, wanted)
    assert [] == mistakes("explain", explanation.render(found, Shown(everything=True)))


def test_a_rule_that_gives_no_finding_keeps_the_contract_as_well(rulebook: Rulebook, casefile: Casefile) -> None:
    wanted = locate(rulebook, casefile, ALL)
    assert isinstance(wanted, Wanted)
    found = explain(rulebook, casefile, wanted, rule=next(iter(rulebook.rules)))
    assert [] != [one for one in found.explained if one.unengaged]
    assert [] == mistakes("explain", explanation.render(found))


def test_what_would_follow_keeps_its_contract(rulebook: Rulebook, casefile: Casefile) -> None:
    found = whatif(rulebook, casefile, read(rulebook, casefile, states=["UKR.status=not_bound"]))
    assert () != found.moved
    assert [] == mistakes("whatif", compared.render(found))
