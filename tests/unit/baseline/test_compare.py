"""What is new, gone and changed since an earlier report, and what may bear on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from treatycheck.baseline.compare import UNKNOWN, compared
from treatycheck.baseline.read import Earlier
from treatycheck.findings import Comparison, DocumentRef, Finding, PositionUse, Reason, Report

Kept = Callable[[Report], Earlier]

OTHER = "0" * 64


def ids(comparison: Comparison) -> tuple[list[str], list[str], list[str]]:
    return (
        [one.after.id for one in comparison.new if one.after is not None],
        [one.before.id for one in comparison.gone if one.before is not None],
        [one.after.id for one in comparison.changed if one.after is not None],
    )


def with_first(report: Report, **changes: object) -> Report:
    """The report with its first finding changed."""
    first = replace(report.findings[0], **changes)  # type: ignore[arg-type]  # fields of a finding
    return replace(report, findings=(first, *report.findings[1:]))


def of_document(report: Report, **changes: object) -> Report:
    (document,) = report.documents
    return replace(report, documents=(replace(document, **changes),))  # type: ignore[arg-type]  # fields of a document


@pytest.fixture
def earlier(report: Report, kept: Kept) -> Earlier:
    return kept(report)


def test_a_report_does_not_differ_from_itself(report: Report, earlier: Earlier) -> None:
    comparison = compared(report, earlier)
    assert ([], [], []) == ids(comparison)
    assert (len(report.findings), ()) == (comparison.unchanged, comparison.reasons)


@pytest.mark.parametrize(
    "change", [{"outcome": "met"}, {"strength": "S4"}, {"reason": "ceased"}, {"due": date(2020, 1, 1)}]
)
def test_a_finding_that_came_out_otherwise_has_changed(
    report: Report, earlier: Earlier, change: dict[str, object]
) -> None:
    comparison = compared(with_first(report, **change), earlier)
    assert ([], [], [report.findings[0].id]) == ids(comparison)
    assert len(report.findings) - 1 == comparison.unchanged
    assert (UNKNOWN,) == comparison.changed[0].reasons


@pytest.mark.parametrize("change", [{"message": "In other words."}, {"title": "Other"}, {"missing": ()}])
def test_other_words_for_the_same_are_no_change(report: Report, earlier: Earlier, change: dict[str, object]) -> None:
    assert ([], [], []) == ids(compared(with_first(report, **change), earlier))


def test_a_changed_finding_names_the_gates_that_were_decided_otherwise(report: Report, earlier: Earlier) -> None:
    first = report.findings[0]
    bound = next(one for one in first.elements if one.name == "bound")
    truth = "false" if bound.truth == "true" else "true"
    elements = tuple(replace(one, truth=truth) if one is bound else one for one in first.elements)
    (one,) = compared(with_first(report, outcome="not_applicable", elements=elements), earlier).changed
    assert [("bound", bound.truth, truth)] == [
        (gate.after.name, gate.before.truth, gate.after.truth) for gate in one.gates
    ]


def test_what_only_one_report_has_is_new_or_gone(report: Report, earlier: Earlier, kept: Kept) -> None:
    fewer = fewer_findings(report)
    missing = report.findings[0].id
    assert ([missing], [], []) == ids(compared(report, kept(fewer)))
    assert ([], [missing], []) == ids(compared(fewer, earlier))


def fewer_findings(report: Report) -> Report:
    first = report.findings[0]
    counts = {**report.counts, first.outcome: report.counts[first.outcome] - 1}
    return replace(report, findings=report.findings[1:], counts=counts)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"program": "treatycheck 0.0.1"}, "program"),
        ({"rulebook_version": "9"}, "rulebook"),
        ({"rulebook": "other"}, "rulebook"),
        ({"rulebook_sha256": OTHER}, "rulebook"),
        ({"as_of": date(2020, 1, 1)}, "as_of"),
    ],
)
def test_what_differs_between_the_runs_may_bear_on_every_finding(
    report: Report, earlier: Earlier, change: dict[str, object], kind: str
) -> None:
    before = replace(earlier, receipt=replace(earlier.receipt, **change))  # type: ignore[arg-type]  # fields of a receipt
    comparison = compared(with_first(report, outcome="met"), before)
    assert [kind] == [reason.kind for reason in comparison.reasons]
    assert comparison.reasons == comparison.changed[0].reasons


def test_the_day_is_told_with_what_it_was(report: Report, earlier: Earlier) -> None:
    before = replace(earlier, receipt=replace(earlier.receipt, as_of=date(2020, 1, 1)))
    (reason,) = compared(report, before).reasons
    assert Reason("as_of", "", "2020-01-01", report.receipt.as_of.isoformat()) == reason


def under(earlier: Earlier, **positions: str) -> Earlier:
    receipt = replace(earlier.receipt, positions={**earlier.receipt.positions, **positions})
    return replace(earlier, receipt=receipt)


def test_a_position_bears_on_the_findings_that_rest_on_it(report: Report, earlier: Earlier) -> None:
    name, chosen = next(iter(report.receipt.positions.items()))
    resting = with_first(report, outcome="met", positions=(PositionUse(name, "I-1", chosen, "", "open"),))
    (one,) = compared(resting, by_another_program(under(earlier, **{name: "other"}))).changed
    assert ["position", "program"] == [reason.kind for reason in one.reasons]
    assert Reason("position", name, "other", chosen) == one.reasons[0]


def test_a_position_that_a_finding_does_not_rest_on_is_left_out_where_something_else_differs(
    report: Report, earlier: Earlier
) -> None:
    before = under(earlier, elsewhere="yes")
    changed = with_first(report, outcome="met", positions=())
    earlier_positions = tuple(replace(one, positions=()) for one in before.findings)
    before = replace(before, findings=earlier_positions)
    assert ["position"] == [reason.kind for reason in compared(changed, before).changed[0].reasons]
    assert ["program"] == [reason.kind for reason in compared(changed, by_another_program(before)).changed[0].reasons]


def by_another_program(earlier: Earlier) -> Earlier:
    return replace(earlier, receipt=replace(earlier.receipt, program="treatycheck 0.0.1"))


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ({"sha256": OTHER}, ["document"]),
        ({"events_sha256": OTHER}, ["events"]),
        ({"sha256": OTHER, "events_sha256": "1" * 64}, ["document", "events"]),
        # A file of fused accounts is its own document.
        ({"sha256": OTHER, "events_sha256": OTHER}, ["events"]),
    ],
)
def test_a_document_that_has_changed_is_told(
    report: Report, earlier: Earlier, change: dict[str, object], kinds: list[str]
) -> None:
    comparison = compared(of_document(with_first(report, outcome="met"), **change), earlier)
    assert kinds == [reason.kind for reason in comparison.reasons]
    assert comparison.reasons == comparison.changed[0].reasons


def test_what_stands_in_a_new_document_is_new_for_that_reason_alone(report: Report, earlier: Earlier) -> None:
    before = by_another_program(replace(earlier, documents=(), findings=()))
    comparison = compared(report, before)
    assert {(Reason("document_new", "market.txt"),)} == {one.reasons for one in comparison.new}
    assert ["program", "document_new"] == [reason.kind for reason in comparison.reasons]


def test_what_stood_in_a_document_that_is_gone_is_gone_for_that_reason_alone(report: Report, earlier: Earlier) -> None:
    comparison = compared(replace(report, documents=(), findings=()), earlier)
    assert {(Reason("document_gone", "market.txt"),)} == {one.reasons for one in comparison.gone}


def test_of_two_documents_with_one_name_the_one_with_the_event_counts(report: Report, earlier: Earlier) -> None:
    (document,) = report.documents
    twin = replace(document, sha256=OTHER, events_sha256=OTHER, events=("T-1",))
    changed = with_first(report, outcome="met")
    after = replace(changed, documents=(twin, *changed.documents))
    before = replace(earlier, documents=(older(twin), *earlier.documents))
    (one,) = compared(after, before).changed
    assert (UNKNOWN,) == one.reasons


def older(document: DocumentRef) -> DocumentRef:
    return replace(document, sha256="2" * 64, events_sha256="3" * 64)


def test_a_finding_on_an_event_that_no_document_has_is_told_all_the_same(report: Report, earlier: Earlier) -> None:
    stray: Finding = replace(report.findings[0], id="f" * 12, event="none")
    (one,) = compared(replace(report, findings=(*report.findings, stray)), earlier).new
    assert (UNKNOWN,) == one.reasons
