"""What is set aside is marked wherever a finding stands, counted and listed; its outcome stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from treatycheck.findings import BearerRef, Finding, Report, WaiverState
from treatycheck.report import markdown, terminal
from treatycheck.report.json import render
from treatycheck.rulebook.model import Wording

Reports = Callable[..., Report]
SENTENCE = (
    "It is being asked for. Decided in the role of legal analyst on 5 May 2027, at the outcome concern; until"
    " 5 November 2027."
)


@pytest.fixture
def waiver(finding: Finding) -> WaiverState:
    return WaiverState(
        finding=finding.id,
        rule="sale",
        event="E1",
        bearer="Arcadia",
        reason="it is being asked for",
        author_role="legal analyst",
        set_aside=date(2027, 5, 5),
        expires=date(2027, 11, 5),
        outcome="concern",
        state="stands",
        file="seen.waivers.yaml",
        line=3,
    )


def set_aside(report: Report, *waivers: WaiverState) -> Report:
    standing = {one.finding: one for one in waivers if one.state == "stands"}
    findings = tuple(replace(one, waiver=standing.get(one.id)) for one in report.findings)
    return replace(report, findings=findings, waivers=waivers)


def page(report: Report, wording: Wording) -> str:
    return " ".join(terminal.render(report, wording).split())


def test_a_report_without_waivers_says_nothing_of_them(report_of: Reports, finding: Finding, wording: Wording) -> None:
    assert "set aside" not in terminal.render(report_of(finding), wording).lower()


def test_a_finding_that_is_set_aside_says_why_in_which_role_and_until_when(
    report_of: Reports, finding: Finding, waiver: WaiverState, wording: Wording
) -> None:
    told = page(set_aside(report_of(finding), waiver), wording)
    assert f"Set aside. {SENTENCE}" in told
    assert "Concern that Arcadia sold widgets (WT, Art. 1)." in told


def test_the_summary_marks_and_counts_it(
    report_of: Reports, finding: Finding, waiver: WaiverState, wording: Wording
) -> None:
    other = replace(finding, id="f" * 12)
    told = markdown.render(set_aside(report_of(finding, other), waiver), wording)
    assert "Concern: 2. Set aside: 1." in told
    assert ["set aside" in row for row in told.splitlines() if row.startswith(("| 1 |", "| 2 |"))] == [True, False]


def test_the_numbers_of_outcomes_stay(
    report_of: Reports, finding: Finding, waiver: WaiverState, wording: Wording
) -> None:
    report = report_of(finding)
    rows = markdown.render(set_aside(report, waiver), wording).splitlines()
    own = [row for row in rows if row.startswith("| set aside |")]
    assert ["| set aside | 1 | Of all these, set aside by an analyst. |"] == own
    plain = markdown.render(report, wording).splitlines()
    assert [row for row in plain if "Meaning of" in row] == [row for row in rows if "Meaning of" in row]


def test_of_findings_under_one_number_those_that_are_set_aside_are_named(
    report_of: Reports, undetermined: Finding, waiver: WaiverState, wording: Wording
) -> None:
    other = replace(undetermined, id="f" * 12, citation="WT, Art. 2")
    told = page(set_aside(report_of(undetermined, other), waiver), wording)
    assert f"Set aside. WT, Art. 1: {SENTENCE}" in told
    assert "some set" in told


def test_what_does_not_apply_may_be_set_aside_as_well(
    report_of: Reports, finding: Finding, waiver: WaiverState, wording: Wording
) -> None:
    considered = replace(finding, outcome="not_applicable", strength="", grounds="Arcadia was not bound")
    assert f"Set aside. {SENTENCE}" in page(set_aside(report_of(considered), waiver), wording)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("stands", "Counts."),
        ("expired", "Does not count: it ended on 5 November 2027, before"),
        ("graver", "Does not count: set aside at concern, and now concern."),
    ],
)
def test_every_waiver_is_listed_with_what_it_comes_to(
    report_of: Reports, finding: Finding, waiver: WaiverState, wording: Wording, state: str, expected: str
) -> None:
    told = page(set_aside(report_of(finding), replace(waiver, state=state)), wording)
    _, _, listed = told.partition("Findings set aside")
    assert f"1. WT, Art. 1: Sale of widgets. Event E1, Arcadia (¶ 1): concern. {SENTENCE} {expected}" in listed
    assert (state == "stands") == ("Set aside: 1." in told)
    assert (state != "stands") == ("Set aside: 0." in told)


def test_a_waiver_of_no_finding_is_listed_without_naming_anybody(
    report_of: Reports, finding: Finding, waiver: WaiverState, wording: Wording
) -> None:
    stale = replace(waiver, finding="f" * 12, state="stale", bearer="Ada Example")
    told = page(set_aside(report_of(finding), stale), wording)
    assert f"1. Rule sale, event E1. {SENTENCE} Does not count: no finding of this run has this id." in told
    assert "Ada" not in told


def test_a_person_is_not_named_in_the_list(
    report_of: Reports, finding: Finding, waiver: WaiverState, wording: Wording
) -> None:
    person = replace(finding, bearer=BearerRef("", "Ada Example", "person"))
    _, _, listed = page(set_aside(report_of(person), waiver), wording).partition("Findings set aside")
    assert "Event E1, A person (¶ 1)" in listed


def test_a_reason_keeps_the_sign_it_ends_with(
    report_of: Reports, finding: Finding, waiver: WaiverState, wording: Wording
) -> None:
    told = page(set_aside(report_of(finding), replace(waiver, reason="Is it the same event?")), wording)
    assert "Is it the same event? Decided" in told


def test_the_json_has_it_on_the_finding_in_the_list_and_as_a_number(
    report_of: Reports, finding: Finding, waiver: WaiverState
) -> None:
    other = replace(finding, id="f" * 12)
    expired = replace(waiver, finding="f" * 12, state="expired", line=12)
    found = json.loads(render(set_aside(report_of(finding, other), waiver, expired)))
    assert 1 == found["set_aside"]
    assert ["stands", "expired"] == [one["state"] for one in found["waivers"]]
    assert [found["waivers"][0], None] == [one["waiver"] for one in found["findings"]]
    assert {"set_aside": "2027-05-05", "expires": "2027-11-05", "author_role": "legal analyst"} == {
        key: found["waivers"][0][key] for key in ("set_aside", "expires", "author_role")
    }
