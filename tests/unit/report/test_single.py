"""One finding by itself says what its report says of it, in full and with notes of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from treatycheck.findings import Element, Finding, Report
from treatycheck.report import terminal
from treatycheck.report.blocks import Heading, Notes
from treatycheck.report.single import layout
from treatycheck.rulebook.model import Wording

Reports = Callable[..., Report]


@pytest.fixture
def report(
    finding: Finding, denied: Finding, undetermined: Finding, inapplicable: Finding, report_of: Reports
) -> Report:
    """Two on one event, two that are open for one bearer in another, and one that does not apply."""
    return report_of(
        finding,
        replace(denied, id="1" * 12, rule="loan"),
        replace(undetermined, id="2" * 12, event="E2"),
        replace(undetermined, id="3" * 12, event="E2", rule="loan", citation="WT, Art. 2"),
        replace(inapplicable, id="4" * 12, event="E2"),
    )


def headings(finding: Finding, report: Report, wording: Wording) -> list[tuple[int, str]]:
    return [(block.level, block.number) for block in layout(finding, report, wording) if isinstance(block, Heading)]


def words(finding: Finding, report: Report, wording: Wording) -> str:
    return " ".join(terminal.text(layout(finding, report, wording), width=120).split())


def test_a_finding_has_the_number_that_its_report_gives_it(report: Report, wording: Wording) -> None:
    numbers = [headings(finding, report, wording)[0] for finding in report.findings]
    assert [(2, "1."), (2, "2."), (2, "3."), (2, "3."), (2, "4.")] == numbers


def test_the_notes_are_those_of_this_finding_and_begin_at_one(report: Report, wording: Wording) -> None:
    blocks = layout(report.findings[1], report, wording)
    (notes,) = [block for block in blocks if isinstance(block, Notes)]
    assert [(2, "2."), (3, "")] == headings(report.findings[1], report, wording)
    assert "[1]" in words(report.findings[1], report, wording)
    assert 3 == len(notes.entries)


def test_the_facts_are_told_although_an_earlier_entry_has_them(report: Report, wording: Wording) -> None:
    assert "they sold it" in words(report.findings[1], report, wording)
    assert "As in paragraph" not in words(report.findings[1], report, wording)


def test_what_is_open_is_told_for_this_provision_alone(report: Report, wording: Wording) -> None:
    found = words(report.findings[3], report, wording)
    assert ("WT, Art. 2" in found, "WT, Art. 1" in found, "Who was it?" in found) == (True, False, True)


def test_what_does_not_apply_says_why(report: Report, wording: Wording) -> None:
    assert report.findings[4].message in words(report.findings[4], report, wording)


def test_a_matter_that_ended_does_not_read_as_a_question(
    inapplicable: Finding, report_of: Reports, wording: Wording
) -> None:
    ended = replace(
        inapplicable,
        elements=(
            Element("bound", "Bound on the date", "false", "S4", "", (), ()),
            Element("conduct", "Conduct", "unknown", "", "", (), ()),
            Element("wt-2", "Exception: Loan", "false", "S4", "", (), ()),
            Element("wt-3", "Exception: Gift", "unknown", "", "", (), ()),
        ),
        proof=inapplicable.proof * 4,
        assumed_not=(),
    )
    found = words(ended, report_of(ended), wording)
    assert "ended by: bound. Severity" in found
    assert "Conduct left open" in found
    assert "not known" not in found


def test_what_an_exception_ended_is_said_to_be_ended_by_it(
    inapplicable: Finding, report_of: Reports, wording: Wording
) -> None:
    ended = replace(
        inapplicable,
        elements=(
            Element("bound", "Bound on the date", "true", "S4", "", (), ()),
            Element("conduct", "Conduct", "false", "S1", "", (), ()),
            Element("wt-3", "Exception: Gift", "true", "S2", "", (), ()),
        ),
        assumed_not=(),
    )
    assert "ended by: exception. Severity" in words(ended, report_of(ended), wording)


def test_where_nothing_is_cited_there_are_no_notes(finding: Finding, report_of: Reports, wording: Wording) -> None:
    bare = replace(finding, status="", quotes=(), elements=(), registers=())
    assert [(2, "1.")] == headings(bare, report_of(bare), wording)
