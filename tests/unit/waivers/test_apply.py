"""What a waiver comes to in a run: it stands, has expired, is of a graver finding, or names nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.unit.waivers.entries import entry

from treatycheck.errors import Diagnostic, InputError
from treatycheck.findings import BearerRef, Finding, Report
from treatycheck.waivers.apply import applied, remarks
from treatycheck.waivers.load import load

Write = Callable[..., Path]


@pytest.fixture
def finding(report: Report) -> Finding:
    return report.findings[0]


def under(report: Report, **changes: object) -> Report:
    """The report with its first finding changed."""
    first = replace(report.findings[0], **changes)  # type: ignore[arg-type]  # fields of a finding
    return replace(report, findings=(first, *report.findings[1:]))


def as_of(report: Report, day: date) -> Report:
    return replace(report, receipt=replace(report.receipt, as_of=day))


def told(report: Report, *paths: Path) -> list[Diagnostic]:
    with pytest.raises(InputError) as error:
        applied(report, load(paths))
    return list(error.value.diagnostics)


def test_a_finding_that_is_set_aside_is_marked_and_nothing_else_changes(
    report: Report, finding: Finding, write: Write
) -> None:
    marked = applied(report, load([write(entry(finding))]))
    first, *others = marked.findings
    assert first.waiver is not None
    assert ("stands", "legal analyst", "seen.waivers.yaml", 3) == (
        first.waiver.state,
        first.waiver.author_role,
        first.waiver.file,
        first.waiver.line,
    )
    assert (finding, list(report.findings[1:])) == (replace(first, waiver=None), others)
    assert (report.counts, (first.waiver,)) == (marked.counts, marked.waivers)
    assert [] == list(remarks(marked))


@pytest.mark.parametrize(
    ("day", "state"), [(date(2027, 11, 5), "stands"), (date(2027, 11, 6), "expired"), (date(2020, 1, 1), "stands")]
)
def test_a_waiver_lasts_to_the_end_of_its_last_day_by_the_registers(
    report: Report, finding: Finding, write: Write, day: date, state: str
) -> None:
    marked = applied(as_of(report, day), load([write(entry(finding))]))
    assert ([state], state == "stands") == (
        [one.state for one in marked.waivers],
        marked.findings[0].waiver is not None,
    )


@pytest.mark.parametrize(
    ("before", "now", "state"),
    [
        ("concern", "concern", "stands"),
        ("concern", "credible_concern", "graver"),
        ("undetermined", "anticipated", "graver"),
        ("established", "concern", "stands"),
        ("met", "pending", "graver"),
    ],
)
def test_a_waiver_does_not_reach_a_graver_outcome(
    report: Report, finding: Finding, write: Write, before: str, now: str, state: str
) -> None:
    marked = applied(under(report, outcome=now), load([write(entry(finding, outcome=before))]))
    assert ([state], state == "stands", now) == (
        [one.state for one in marked.waivers],
        marked.findings[0].waiver is not None,
        marked.findings[0].outcome,
    )


def test_a_waiver_that_names_no_finding_is_told(report: Report, finding: Finding, write: Write) -> None:
    stale = entry(finding, finding="0" * 12, event="X-9")
    marked = applied(report, load([write(stale)]))
    assert (["stale"], report.findings) == ([one.state for one in marked.waivers], marked.findings)
    assert [
        "1 waiver does not count (no finding of this run has that id): 000000000000 at seen.waivers.yaml:3"
    ] == list(remarks(marked))


def test_what_does_not_count_is_told_by_kind(report: Report, write: Write) -> None:
    one, other = report.findings[:2]
    path = write(
        entry(one, set_aside="2019-01-01", expires="2019-02-01"),
        entry(other, set_aside="2019-01-01", expires="2019-02-02"),
    )
    (remark,) = remarks(applied(as_of(report, date(2020, 1, 2)), load([path])))
    assert remark == (
        "2 waivers do not count (expired before 2 January 2020, the day of the registers): "
        f"{one.id} at seen.waivers.yaml:3, {other.id} at seen.waivers.yaml:12"
    )


@pytest.mark.parametrize(("key", "value"), [("rule", "ka-9-none"), ("event", "M-9"), ("bearer", "Nobody")])
def test_an_entry_that_disagrees_with_its_finding_is_refused(
    report: Report, finding: Finding, write: Write, key: str, value: str
) -> None:
    given = entry(finding)
    (one,) = told(report, write({**given, key: value}))
    assert ("TC615", 3 + list(given).index(key)) == (one.code, one.line)
    assert f"the finding `{finding.id}` has another {key} than `{value}`" == one.message
    assert f"did you mean `{given[key]}`? Or correct the id" == one.help


def test_everything_that_disagrees_is_told_together(report: Report, finding: Finding, write: Write) -> None:
    found = told(report, write(entry(finding, rule="ka-9-none", bearer="Nobody")))
    assert ["TC615", "TC615"] == [one.code for one in found]


def test_an_id_that_is_mistyped_is_told_with_the_right_one(report: Report, finding: Finding, write: Write) -> None:
    (one,) = told(report, write(entry(finding, finding="0" * 12)))
    assert ("TC615", 3) == (one.code, one.line)
    assert finding.id in one.help


def test_a_state_that_may_answer_for_another_may_be_named_alone(report: Report, finding: Finding, write: Write) -> None:
    through = under(report, bearer=BearerRef("NLA", "Northland", "state", through="Kite club", through_kind="club"))
    marked = applied(through, load([write(entry(finding, bearer="Northland"))]))
    assert ["stands"] == [one.state for one in marked.waivers]
