from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from treatycheck.findings import BearerRef, Finding, Report
from treatycheck.report.numbering import letter, number, roman

Reports = Callable[..., Report]


def test_findings_are_numbered_first_and_rules_considered_after_them(
    finding: Finding, inapplicable: Finding, report_of: Reports
) -> None:
    numbered = number(report_of(inapplicable, finding))
    assert ([1], [2]) == ([one.number for one in numbered.entries], [one.number for one in numbered.considered])


def test_what_stays_undetermined_for_a_bearer_in_an_event_stands_under_one_number(
    finding: Finding, undetermined: Finding, report_of: Reports
) -> None:
    other = replace(undetermined, rule="gift")
    somebody = replace(undetermined, bearer=BearerRef("BOR", "Borduria", "state"))
    elsewhere = replace(undetermined, event="E2")
    entries = number(report_of(finding, undetermined, somebody, other, elsewhere)).entries
    assert [(finding,), (undetermined, other), (somebody,), (elsewhere,)] == [entry.findings for entry in entries]


def test_what_does_not_apply_to_one_event_stands_under_one_number(inapplicable: Finding, report_of: Reports) -> None:
    other = replace(inapplicable, grounds="another")
    elsewhere = replace(inapplicable, event="E2")
    groups = number(report_of(inapplicable, elsewhere, other)).considered
    assert [((inapplicable,), (other,)), ((elsewhere,),)] == [group.lines for group in groups]


def test_what_does_not_apply_to_one_bearer_on_the_same_grounds_is_one_line(
    finding: Finding, inapplicable: Finding, report_of: Reports
) -> None:
    other = replace(inapplicable, rule="gift")
    hinging = replace(inapplicable, positions=finding.positions)
    somebody = replace(inapplicable, bearer=BearerRef("SYL", "Syldavia", "state"))
    (group,) = number(report_of(inapplicable, somebody, hinging, other)).considered
    assert group.lines == ((inapplicable, other), (hinging,), (somebody,))


def test_an_event_is_found_under_all_its_numbers(finding: Finding, inapplicable: Finding, report_of: Reports) -> None:
    assert number(report_of(finding, inapplicable)).events == {("a.txt", "E1"): (1, 2)}


@pytest.mark.parametrize(("value", "numeral"), [(1, "I"), (4, "IV"), (5, "V"), (8, "VIII"), (9, "IX"), (14, "XIV")])
def test_parts_have_roman_numerals(value: int, numeral: str) -> None:
    assert roman(value) == numeral


@pytest.mark.parametrize(("place", "expected"), [(0, "a"), (25, "z"), (26, "aa"), (53, "bbb")])
def test_entries_have_letters_and_never_run_out_of_them(place: int, expected: str) -> None:
    assert letter(place) == expected
