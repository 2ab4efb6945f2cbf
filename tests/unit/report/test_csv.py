"""Findings as a table that a spreadsheet can open without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from treatycheck.findings import BearerRef, Finding, Hinge, Insight, Report, WaiverState
from treatycheck.report.cells import guarded, unguarded
from treatycheck.report.characters import HIDDEN
from treatycheck.report.csv import COLUMNS, render

Reports = Callable[..., Report]


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(report), newline=""), strict=True))


def test_there_is_one_row_for_each_finding_below_the_names_of_the_columns(finding: Finding, report_of: Reports) -> None:
    found = rows(report_of(finding, replace(finding, id="ba9876543210")))
    assert ["0123456789ab", "ba9876543210"] == [row["id"] for row in found]
    assert [*COLUMNS] == [*found[0]]


def test_a_report_without_findings_has_the_names_alone(report_of: Reports) -> None:
    assert render(report_of()) == ",".join(f'"{name}"' for name in COLUMNS) + "\r\n"


def test_a_row_says_what_the_finding_says(finding: Finding, report_of: Reports) -> None:
    (row,) = rows(report_of(finding))
    expected = {
        "rule": "sale",
        "citation": "WT, Art. 1",
        "bearer_code": "ARC",
        "bearer_through": "",
        "outcome": "concern",
        "strength": "S1",
        "weakest": "conduct | wt-2",
        "event_date_stated": "date not stated",
        "event_date_read": "some day between 2018 and 2019",
        "due": "2003-03-01",
        "message": "Concern that Arcadia sold widgets (WT, Art. 1).",
        "positions": "wide_reading=wide",
        "quotes": "“they sold it” (a.txt:10-23)",
        "registers": "status.csv, row 7 (ARC), verified: partly",
    }
    assert expected == {name: row[name] for name in expected}


@pytest.mark.parametrize(("truth", "expected"), [("false", "bound | not fulfilled"), ("true", "bound | fulfilled")])
def test_a_duty_that_is_not_fulfilled_does_not_read_as_fulfilled(
    truth: str, expected: str, finding: Finding, report_of: Reports
) -> None:
    duty = replace(finding.elements[1], name="fulfilled", label="Duty fulfilled", truth=truth)
    told = replace(finding, elements=(*finding.elements, duty), weakest=("bound", "fulfilled"))
    assert expected == rows(report_of(told))[0]["weakest"]


def test_what_is_missing_is_asked_with_what_it_is_asked_about(undetermined: Finding, report_of: Reports) -> None:
    assert "Who was it? | crates: What was it?" == rows(report_of(undetermined))[0]["missing"]


def test_no_last_day_is_an_empty_cell(finding: Finding, report_of: Reports) -> None:
    assert "" == rows(report_of(replace(finding, due=None)))[0]["due"]


def test_a_finding_that_was_set_aside_says_why_and_until_when(finding: Finding, report_of: Reports) -> None:
    waiver = WaiverState(
        *("0123456789ab", "sale", "E1", "Arcadia", "=Seen.", "reviewer"),
        *(date(2026, 1, 1), date(2027, 1, 1), "concern", "stands", "seen.waivers.yaml", 3),
    )
    aside, plain = rows(report_of(replace(finding, waiver=waiver), finding))
    assert ("'=Seen.", "2027-01-01") == (aside["set_aside"], aside["set_aside_until"])
    assert ("", "", "concern") == (plain["set_aside"], plain["set_aside_until"], aside["outcome"])


@pytest.mark.parametrize(
    ("insight", "expected"),
    [
        (None, ""),
        (Insight(), "yes"),
        (Insight(hinges_fully=False), ""),
        (Insight(hinges=(Hinge("date", "2019", (), "concern", ()),)), "no"),
        (Insight(hinges=(Hinge("date", "2019", (), "concern", ()),), hinges_fully=False), "no"),
    ],
)
def test_only_what_was_looked_for_to_the_end_is_called_robust(
    insight: Insight | None, expected: str, finding: Finding, report_of: Reports
) -> None:
    assert expected == rows(report_of(replace(finding, insight=insight)))[0]["robust"]


def test_every_row_ends_with_both_signs_and_every_cell_is_quoted(finding: Finding, report_of: Reports) -> None:
    text = render(report_of(finding))
    assert text.count("\r\n") == text.count("\n") == text.count("\r") == 2
    assert all(line.startswith('"') and line.endswith('"') for line in text.split("\r\n")[:-1])


def test_separators_quotation_marks_and_line_breaks_stay_in_their_cell(finding: Finding, report_of: Reports) -> None:
    (row,) = rows(report_of(replace(finding, title='a, "b"\r\nc\td')))
    assert 'a, "b" c d' == row["title"]


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", " =1", "\u00a0=1", '"=1', "'=1", "“=1", "\uff1d1", "\uff0b1", "\uff0d1"),
        *("\uff201", "=cmd|' /C calc'!A0", " '\" -1"),
    ],
)
def test_a_cell_that_would_be_a_formula_begins_with_an_apostrophe(text: str) -> None:
    assert f"'{text}" == guarded(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("sold;=1+1", "sold;'=1+1"), ("sold; @a;-b", "sold;' @a;'-b"), (";;=1", ";;'=1"), ('x";"=1', 'x";\'"=1')],
)
def test_what_stands_after_a_semicolon_is_treated_as_a_cell_of_its_own(text: str, expected: str) -> None:
    assert expected == guarded(text)


@pytest.mark.parametrize("text", ["", "a=b", "2019-03-01", "sold; not lent", "1-2", "Côte", "x @ y", "'s", "a, -5"])
def test_a_cell_that_is_no_formula_stays_as_it_is(text: str) -> None:
    assert text == guarded(text)


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", ";'=1", ";';'-", "a;=b;'+c", "plain", "'plain"])
def test_the_apostrophes_can_be_taken_away_again(text: str) -> None:
    assert text == unguarded(guarded(text))


def test_hidden_characters_are_shown(finding: Finding, report_of: Reports) -> None:
    hostile = replace(finding, bearer=BearerRef("ARC", "a\x00\x1b[2J\u202eb\ud800", "state"), due=date(1, 1, 1))
    text = render(report_of(hostile))
    assert [] == HIDDEN.findall(text.replace("\r\n", ""))
    assert r"a\x00\x1b[2J\u202eb\ud800" == rows(report_of(hostile))[0]["bearer_name"]


def test_the_same_report_gives_the_same_bytes(finding: Finding, denied: Finding, report_of: Reports) -> None:
    assert render(report_of(finding, denied)) == render(report_of(finding, denied))
