"""Comparing reports is symmetric and loses nothing, and what is set aside keeps its outcome."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatycheck.baseline.compare import compared
from treatycheck.baseline.read import Earlier, read
from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile
from treatycheck.check import Options, check
from treatycheck.engine.outcomes import Outcome
from treatycheck.findings import Comparison, Report
from treatycheck.report.json import render
from treatycheck.rulebook.load import load_rulebook
from treatycheck.waivers.apply import STANDS, applied
from treatycheck.waivers.load import OUTCOMES, load
from treatycheck.waivers.model import Waiver

ROOT = Path(__file__).resolve().parents[2]
RULEBOOK = load_rulebook(ROOT / "rules")
SEEDS = load_casefile([ROOT / "seeds"], RULEBOOK)
FIRST = next(iter(RULEBOOK.positions.values()))


def casefile(documents: tuple[int, ...]) -> Casefile:
    return replace(SEEDS, dossiers=tuple(SEEDS.dossiers[number] for number in documents))


def report(documents: tuple[int, ...], day: date | None, reading: str) -> Report:
    options = Options(engine="reference", as_of=day, positions={FIRST.id: reading}, insight=False)
    return check(RULEBOOK, casefile(documents), options)


def kept(made: Report) -> Earlier:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "old.json"
        path.write_text(render(made), encoding="utf-8")
        return read(path)


# Reports on other documents, as of other days and under other readings.
REPORTS = [
    report(documents, day, reading)
    for documents, day, reading in product(
        [(0, 2, 3), (2, 3, 4)], [None, date(2010, 1, 1)], list(FIRST.alternatives)[:2]
    )
]
KEPT = [kept(made) for made in REPORTS]
PAIRS = [*product(range(len(REPORTS)), repeat=2)]


def names(comparison: Comparison) -> tuple[list[str], list[str], list[str]]:
    return (
        [one.after.id for one in comparison.new if one.after is not None],
        [one.before.id for one in comparison.gone if one.before is not None],
        [one.after.id for one in comparison.changed if one.after is not None],
    )


def test_the_reports_differ_in_every_way() -> None:
    found = [compared(REPORTS[after], KEPT[before]) for before, after in PAIRS]
    assert all(any(getattr(one, name) for one in found) for name in ("new", "gone", "changed", "unchanged"))


@pytest.mark.parametrize("number", range(len(REPORTS)))
def test_a_report_compared_with_itself_has_nothing_new_gone_or_changed(number: int) -> None:
    comparison = compared(REPORTS[number], KEPT[number])
    assert (([], [], []), ()) == (names(comparison), comparison.reasons)
    assert len(REPORTS[number].findings) == comparison.unchanged


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_the_other_way_round_new_and_gone_change_places(before: int, after: int) -> None:
    one, other = compared(REPORTS[after], KEPT[before]), compared(REPORTS[before], KEPT[after])
    (new, gone, changed), (gone_again, new_again, changed_again) = names(one), names(other)
    assert (sorted(new), sorted(gone), sorted(changed)) == (
        sorted(new_again),
        sorted(gone_again),
        sorted(changed_again),
    )
    assert one.unchanged == other.unchanged
    there = {(gate.before.name, gate.before.truth, gate.after.truth) for two in one.changed for gate in two.gates}
    back = {(gate.before.name, gate.after.truth, gate.before.truth) for two in other.changed for gate in two.gates}
    assert there == back


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_every_finding_of_both_reports_is_counted_once(before: int, after: int) -> None:
    comparison = compared(REPORTS[after], KEPT[before])
    same = len(comparison.changed) + comparison.unchanged
    assert len(REPORTS[after].findings) == len(comparison.new) + same
    assert len(REPORTS[before].findings) == len(comparison.gone) + same


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_whatever_is_new_gone_or_changed_has_a_reason(before: int, after: int) -> None:
    comparison = compared(REPORTS[after], KEPT[before])
    found = [*comparison.new, *comparison.gone, *comparison.changed]
    assert all(one.reasons for one in found)
    assert {reason for one in found for reason in one.reasons} <= set(comparison.reasons)


ENTRY = """  - finding: {id}
    rule: {rule}
    event: {event}
    bearer: "{bearer}"
    outcome: {outcome}
    reason: It is being looked into.
    author_role: legal analyst
    set_aside: {start}
    expires: {end}
"""


def loaded(entries: list[str]) -> tuple[Waiver, ...]:
    head = "format: treatycheck.waivers/1\nwaivers:"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.yaml"
        path.write_text(f"{head}\n{''.join(entries)}" if entries else f"{head} []\n", encoding="utf-8")
        return load([path])


@given(data=st.data())
def test_a_waiver_changes_no_outcome_and_no_count(data: st.DataObject) -> None:
    made = REPORTS[data.draw(st.integers(0, len(REPORTS) - 1))]
    chosen = data.draw(st.lists(st.sampled_from(made.findings), max_size=8, unique_by=lambda finding: finding.id))
    entries = []
    for finding in chosen:
        start = data.draw(st.dates(date(2005, 1, 1), date(2027, 1, 1)))
        entries.append(
            ENTRY.format(
                id=finding.id,
                rule=finding.rule,
                event=finding.event,
                bearer=finding.bearer.display,
                outcome=data.draw(st.sampled_from(OUTCOMES)),
                start=start,
                end=start + timedelta(days=data.draw(st.integers(0, 365))),
            )
        )
    waivers = loaded(entries)
    marked = applied(made, waivers)
    assert (made.counts, len(chosen)) == (marked.counts, len(marked.waivers))
    assert [*made.findings] == [replace(finding, waiver=None) for finding in marked.findings]
    counting = {one.finding for one in marked.waivers if one.state == STANDS}
    assert counting == {finding.id for finding in marked.findings if finding.waiver is not None}
    gravity = [*map(str, Outcome)]
    for finding in marked.findings:
        if finding.waiver is not None:
            assert gravity.index(finding.outcome) >= gravity.index(finding.waiver.outcome)
            assert finding.waiver.expires >= marked.receipt.as_of
