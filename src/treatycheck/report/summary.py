"""The summary: how many findings have which outcome, and a row for each entry that the report tells.

Takes its words from the wording of the rulebook; it counts and decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from treatycheck.findings import Report
from treatycheck.phrasing import capital
from treatycheck.report import baseline, waivers
from treatycheck.report.blocks import DASH, Block, Column, Line, Paragraph, Table, code, line, strong
from treatycheck.report.numbered import weakest
from treatycheck.report.numbering import UNDETERMINED, Entry
from treatycheck.report.page import Page, bearer_short, elements_named, open_elements, outcome
from treatycheck.rulebook.model import Wording

_PINPOINTS: Final = 3
"""How many provisions of one instrument a row names."""


def summary(report: Report, page: Page) -> Iterator[Block]:
    """The numbers of outcomes in a sentence, each incident counted once, and the table."""
    wording = page.wording
    counted = Counter(finding.outcome for finding in report.findings if not finding.counted_in)
    labels = (f"{words.label}: {counted[name]}" for name, words in wording.outcomes.items() if counted[name])
    told = [f"{capital('; '.join(labels))}." if counted else wording.report.nothing_found]
    again = sum(bool(finding.counted_in) for finding in report.findings)
    if again:
        told.append(wording.material.again.format(number=again))
    if report.waivers:
        told.append(f"{capital(wording.waivers.count)}: {waivers.number_of(report)}.")
    yield Paragraph(line(" ".join(told)))
    since = baseline.marks(report.baseline)
    places = page.numbered.places()
    rows = tuple(_row(entry, since, places, page) for entry in page.numbered.entries)
    if rows:
        yield Table(_columns(wording), rows)


def _columns(wording: Wording) -> tuple[Column, ...]:
    return (
        Column("¶", 2),
        Column("Rule", 18),
        Column("Event, bearer", 14),
        Column("Outcome, weakest", 15),
        Column(wording.material.dispute, 7),
        Column("Law", 8),
    )


def _row(entry: Entry, since: Mapping[str, str], places: Mapping[str, str], page: Page) -> tuple[Line, ...]:
    first, wording = entry.first, page.wording
    citations = dict.fromkeys(finding.citation for finding in entry.findings)
    if len(citations) == 1:
        titles = "; ".join(dict.fromkeys(finding.title for finding in entry.findings))
        rule = line(strong(capital(first.citation)), f": {titles}")
    else:
        rule = line(strong(f"{len(citations)} provisions"), f": {page.cited(entry.findings, most=_PINPOINTS)}")
    told = (
        waivers.marked(entry.findings, wording),
        baseline.marked(entry.findings, since, wording),
        _counted_with(entry, places, wording),
    )
    marks = (f"; {mark}" for mark in told if mark)
    return (
        line(str(entry.number)),
        rule,
        line(code(first.event), f" {bearer_short(first.bearer, wording)}"),
        line(outcome(first, wording), *_limits(entry, wording), *marks),
        line(DASH if first.dispute == "none" else wording.disputes[first.dispute]),
        line("; ".join(dict.fromkeys(wording.confidences[finding.confidence] for finding in entry.findings))),
    )


def _counted_with(entry: Entry, places: Mapping[str, str], wording: Wording) -> str:
    """Where that stands which is counted for findings of the entry; empty where all are counted themselves."""
    found = dict.fromkeys(places[finding.counted_in] for finding in entry.findings if finding.counted_in)
    return wording.material.counted_with.format(place=", ".join(found)) if found else ""


def _limits(entry: Entry, wording: Wording) -> Iterator[str]:
    """What limits an outcome; of an entry on several provisions, everything that is not known."""
    names = [name for finding in entry.findings for name in open_elements(finding, wording)]
    if entry.first.outcome == UNDETERMINED and names:
        limits = f"{wording.report.truths['unknown']}: {elements_named(names, wording)}"
    else:
        limits = weakest(entry.first, wording)
    if limits:
        yield f", {limits}"
