"""The rulebook passes its own tests, and they leave nothing out."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatycheck.rulebook.load import load_rulebook
from treatycheck.ruletest import TestReport, run_tests

RULES = Path(__file__).resolve().parents[2] / "rules"


@pytest.fixture(scope="module")
def report() -> TestReport:
    return run_tests(load_rulebook(RULES), RULES)


def test_every_rule_test_passes(report: TestReport) -> None:
    assert [f"{one.file}:{one.line}: {one.name}: {one.message}" for one in report.failed] == []


def test_every_rule_has_a_test(report: TestReport) -> None:
    assert report.untested == ()


def test_every_condition_was_true_false_and_unknown_or_the_tests_say_why_it_cannot_be(report: TestReport) -> None:
    assert [f"{one.name} was never {one.value}" for one in report.untried] == []


def test_there_are_many_tests(report: TestReport) -> None:
    assert report.passed > 300
