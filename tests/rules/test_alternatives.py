"""What the findings on the seeds hinge on, against whole checks under every other reading of the law."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile
from treatycheck.check import Options, check
from treatycheck.explain.law import CONTESTED
from treatycheck.findings import Finding, Hinge, Report
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Instrument, Rule, Rulebook, Term

ROOT = Path(__file__).resolve().parents[2]
RULEBOOK = load_rulebook(ROOT / "rules")
READINGS = [
    (name, answer)
    for name, position in RULEBOOK.positions.items()
    for answer in position.alternatives
    if answer != position.default
]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return RULEBOOK


@pytest.fixture(scope="module")
def casefile(rulebook: Rulebook) -> Casefile:
    return load_casefile([ROOT / "seeds"], rulebook)


@pytest.fixture(scope="module")
def report(rulebook: Rulebook, casefile: Casefile) -> Report:
    return check(rulebook, casefile, Options(engine="reference"))


def told(hinges: tuple[Hinge, ...], reading: tuple[str, str]) -> str | None:
    """What a reading alone changes an outcome to, if it does."""
    return next((one.outcome for one in hinges if one.readings == (reading,) and not one.when), None)


@pytest.fixture(scope="module", params=READINGS, ids=lambda reading: f"{reading[0]}={reading[1]}")
def other(request: pytest.FixtureRequest, rulebook: Rulebook, casefile: Casefile) -> tuple[tuple[str, str], Report]:
    """Another reading, with the report of a whole check under it."""
    name, answer = request.param
    return request.param, check(
        rulebook, casefile, Options(engine="reference", positions={name: answer}, insight=False)
    )


def test_a_finding_rests_on_every_position_that_changes_an_element_of_it(
    report: Report, other: tuple[tuple[str, str], Report]
) -> None:
    (name, _), changed = other
    after = {one.id: one for one in changed.findings}
    unnamed = [
        (one.event, one.rule)
        for one in report.findings
        if one.outcome != "not_applicable" and name not in [use.id for use in one.positions]
        if one.id not in after or answers(after[one.id]) != answers(one)
    ]
    assert [] == unnamed


def test_whatever_rests_on_contested_law_says_what_is_contested(report: Report) -> None:
    in_doubt = [one for one in report.findings if one.confidence in CONTESTED]
    assert in_doubt
    untold = [
        (one.event, one.rule)
        for one in in_doubt
        if not one.contested and all(use.confidence not in CONTESTED for use in one.positions)
    ]
    assert [] == untold


def test_contested_law_without_a_position_says_what_is_contested() -> None:
    law: list[Instrument | Rule | Term] = [*RULEBOOK.instruments.values(), *RULEBOOK.rules.values()]
    law += [term for term in RULEBOOK.terms.values() if not term.position]
    in_doubt = [one for one in law if one.confidence in CONTESTED]
    assert in_doubt
    assert [] == [one.id for one in in_doubt if not one.contested_because]
    assert [] == [one.id for one in law if one.contested_because and one not in in_doubt]


def answers(finding: Finding) -> list[tuple[str, str, str]]:
    """The elements of a finding with what they come to."""
    return [(one.name, one.truth, one.strength) for one in finding.elements]


def test_a_reading_changes_what_a_whole_check_under_it_changes(
    report: Report, other: tuple[tuple[str, str], Report]
) -> None:
    reading, changed = other
    after = {one.id: one.outcome for one in changed.findings}
    before = {one.id: one.outcome for one in report.findings}
    assert {
        one.id: outcome
        for one in report.findings
        if one.insight is not None and (outcome := told(one.insight.hinges, reading)) is not None
    } == {one: after.get(one, "no_finding") for one in before if after.get(one, "no_finding") != before[one]}
    assert {one.id: outcome for one in report.dormant if (outcome := told(one.hinges, reading)) is not None} == {
        one: outcome for one, outcome in after.items() if one not in before and outcome != "not_applicable"
    }


def test_the_readings_change_something(report: Report) -> None:
    hinging = [one for one in report.findings if one.insight is not None and one.insight.hinges]
    assert len(hinging) > 10
    assert {one.rule for one in report.dormant} == {"cihl-ban-use"}
