"""The part on what differs from an earlier report, the marks in the summary, and the JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from treatycheck.findings import BearerRef, Comparison, Difference, Finding, Gate, PositionUse, Reason, Report
from treatycheck.report import markdown, terminal
from treatycheck.report.json import render
from treatycheck.rulebook.model import Wording

Reports = Callable[..., Report]
DAY = Reason("as_of", "", "2020-12-31", "2021-01-01")
EVENTS = Reason("events", "a.txt", "1" * 64, "2" * 64)


@pytest.fixture
def since(report_of: Reports, finding: Finding) -> Comparison:
    """Nothing is new, gone or changed."""
    return Comparison("old.json", "ab" * 32, report_of(finding).receipt, (), (), (), (), 3)


def part(report: Report, wording: Wording, *, width: int = 80) -> str:
    """The part itself, without the rest of the report."""
    told = terminal.render(report, wording, width=width).replace("\N{NO-BREAK SPACE}", " ")
    start = told.index("III. Since the earlier report")
    return told[start : told.index("IV. Findings")]


def moved(finding: Finding, *reasons: Reason, **changes: object) -> Difference:
    """A finding that is now as given; before it was undetermined, its conduct not known."""
    after = replace(finding, **changes)  # type: ignore[arg-type]  # fields of a finding
    (conduct,) = [one for one in finding.elements if one.name == "conduct"]
    gate = Gate(replace(conduct, truth="unknown", strength=""), conduct)
    return Difference(replace(after, outcome="undetermined", strength=""), after, reasons, (gate,))


def test_a_report_without_an_earlier_one_says_nothing_of_it(
    report_of: Reports, finding: Finding, wording: Wording
) -> None:
    told = terminal.render(report_of(finding), wording)
    assert "earlier" not in told
    assert "III. Findings" in told


def test_where_nothing_differs_that_is_said(
    report_of: Reports, finding: Finding, since: Comparison, wording: Wording
) -> None:
    told = part(replace(report_of(finding), baseline=since), wording)
    assert "Compared with old.json (" in told
    assert "SHA-256 abababababab). New: 0; gone: 0; changed: 0; unchanged: 3." in " ".join(told.split())
    assert "No finding is new, gone or changed." in told
    assert "Nothing that the two reports record of their runs differs." in told
    assert "Changed\n" not in told


def test_a_changed_finding_is_told_with_its_gates_and_what_may_bear_on_it(
    report_of: Reports, finding: Finding, since: Comparison, wording: Wording
) -> None:
    changed = replace(since, reasons=(DAY, EVENTS), changed=(moved(finding, DAY, EVENTS),))
    told = part(replace(report_of(finding), baseline=changed), wording)
    assert (
        "• The day of the registers: 31 December 2020 → 1 January 2021.\n"
        "• What is recorded of document a.txt has changed.\n"
    ) in told
    assert (
        "• WT, Art. 1: Sale of widgets. Event E1, Arcadia (¶ 1)\n"
        "  • undetermined → concern\n"
        "  • Through: Conduct (not known → yes, alleged)\n"
        "  • May bear on it: the day of the registers; the events of a.txt.\n"
    ) in told


def test_what_bears_on_all_is_said_once(
    report_of: Reports, finding: Finding, since: Comparison, wording: Wording
) -> None:
    other = replace(finding, id="f" * 12, event="E2")
    changed = replace(since, reasons=(DAY,), changed=(moved(finding, DAY), moved(other, DAY)))
    told = part(replace(report_of(finding, other), baseline=changed), wording)
    assert 1 == told.count("May bear on all of these: the day of the registers.")
    assert "May bear on it" not in told


def test_provisions_of_which_the_same_is_said_stand_together(
    report_of: Reports, finding: Finding, since: Comparison, wording: Wording
) -> None:
    other = replace(finding, id="f" * 12, citation="WT, Art. 2", title="Gifts of widgets")
    changed = replace(since, changed=(moved(finding, DAY), moved(other, DAY)))
    told = part(replace(report_of(finding, other), baseline=changed), wording)
    assert "• WT, Arts 1, 2. Event E1, Arcadia (¶ 1, 2)\n" in told
    assert 1 == told.count("undetermined → concern")


def test_what_is_new_and_what_is_gone_is_told_with_its_outcome(
    report_of: Reports, finding: Finding, since: Comparison, wording: Wording
) -> None:
    gone = replace(finding, id="f" * 12, event="E0")
    changed = replace(
        since,
        new=(Difference(None, finding, (Reason("document_new", "a.txt"),)),),
        gone=(Difference(gone, None, (Reason("unknown"),)),),
    )
    told = part(replace(report_of(finding), baseline=changed), wording)
    assert (
        "New\n\n• WT, Art. 1: Sale of widgets. Event E1, Arcadia (¶ 1)\n  • concern\n"
        "  • May bear on it: document a.txt is new.\n"
    ) in told
    assert (
        "Gone\n\n• WT, Art. 1: Sale of widgets. Event E0, Arcadia\n  • concern\n"
        "  • May bear on it: nothing that the reports record.\n"
    ) in told


def test_a_finding_that_changed_without_a_gate_says_so(
    report_of: Reports, finding: Finding, since: Comparison, wording: Wording
) -> None:
    one = Difference(replace(finding, due=date(2000, 1, 1)), finding, (DAY,))
    told = part(replace(report_of(finding), baseline=replace(since, changed=(one,))), wording)
    assert "concern, last day 1 January 2000 → concern, last day 1 March 2003" in told
    assert "No element that both reports have is answered otherwise." in told


def test_a_position_is_called_as_lawyers_call_it(
    report_of: Reports, finding: Finding, since: Comparison, wording: Wording
) -> None:
    use = PositionUse("wide_reading", "I-02", "wide", "It reaches sales.", "contested")
    reason = Reason("position", "wide_reading", "", "wide")
    report = replace(report_of(finding), positions=(use,), baseline=replace(since, reasons=(reason,)))
    assert "• Position I-02 (wide_reading): not there → wide.\n" in part(report, wording)


def test_a_rulebook_is_told_with_the_beginning_of_its_hash(
    report_of: Reports, finding: Finding, since: Comparison, wording: Wording
) -> None:
    reason = Reason("rulebook", "", f"law 1, SHA-256 {'a' * 64}", f"law 1, SHA-256 {'b' * 64}")
    told = part(replace(report_of(finding), baseline=replace(since, reasons=(reason,))), wording, width=120)
    assert f"• The rulebook: law 1, SHA-256 {'a' * 12} → law 1, SHA-256 {'b' * 12}.\n" in told


def test_a_person_is_not_named(report_of: Reports, finding: Finding, since: Comparison, wording: Wording) -> None:
    person = replace(finding, bearer=BearerRef("", "Ada Example", "person"))
    gone = replace(since, gone=(Difference(person, None, (DAY,)),))
    told = part(replace(report_of(finding), baseline=gone), wording)
    assert "Ada" not in told
    assert "Event E1, A person" in told


@pytest.mark.parametrize(("of", "mark"), [("new", "new"), ("changed", "changed"), ("", "")])
def test_the_summary_marks_what_is_new_or_changed(
    report_of: Reports, finding: Finding, since: Comparison, wording: Wording, of: str, mark: str
) -> None:
    marked = {
        "new": replace(since, new=(Difference(None, finding, (DAY,)),)),
        "changed": replace(since, changed=(moved(finding, DAY),)),
        "": since,
    }[of]
    (row,) = [
        one
        for one in markdown.render(replace(report_of(finding), baseline=marked), wording).splitlines()
        if one.startswith("| 1 |")
    ]
    assert ("; new" in row, "; changed" in row) == (mark == "new", mark == "changed")


def test_the_summary_says_so_where_some_under_one_number_are_new(
    report_of: Reports, undetermined: Finding, since: Comparison, wording: Wording
) -> None:
    other = replace(undetermined, id="f" * 12)
    marked = replace(since, new=(Difference(None, other, (DAY,)),))
    told = markdown.render(replace(report_of(undetermined, other), baseline=marked), wording)
    assert "; some new or changed" in told


def test_the_json_has_what_is_new_gone_and_changed(report_of: Reports, finding: Finding, since: Comparison) -> None:
    gone = replace(finding, id="f" * 12)
    full = replace(
        since,
        reasons=(DAY,),
        new=(Difference(None, finding, (DAY,)),),
        gone=(Difference(gone, None, (EVENTS,)),),
        changed=(moved(finding, DAY),),
    )
    found: dict[str, Any] = json.loads(render(replace(report_of(finding), baseline=full)))["baseline"]
    assert ("old.json", "ab" * 32, 3) == (found["file"], found["sha256"], found["unchanged"])
    assert report_of(finding).receipt.program == found["receipt"]["program"]
    day = {"kind": "as_of", "of": "", "from": "2020-12-31", "to": "2021-01-01"}
    assert [day] == found["reasons"]
    assert [(finding.id, "concern", [day])] == [(one["id"], one["outcome"], one["reasons"]) for one in found["new"]]
    assert [("f" * 12, "Arcadia")] == [(one["id"], one["bearer"]["name"]) for one in found["gone"]]
    (changed,) = found["changed"]
    assert {"outcome": "undetermined", "reason": "", "strength": "", "due": "2003-03-01"} == changed["from"]
    assert {"outcome": "concern", "reason": "", "strength": "S1", "due": "2003-03-01"} == changed["to"]
    assert [
        {
            "name": "conduct",
            "label": "Conduct",
            "from": {"truth": "unknown", "strength": ""},
            "to": {"truth": "true", "strength": "S1"},
        }
    ] == changed["gates"]


def test_the_json_of_a_report_alone_has_nothing_there(report_of: Reports, finding: Finding) -> None:
    assert json.loads(render(report_of(finding)))["baseline"] is None
