"""One finding by itself: its entry as the report has it, under the number it has there, with notes of its own.

What the report tells elsewhere, as the facts of an event that an earlier entry has, is told here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from treatycheck.findings import Finding, Report
from treatycheck.report.blocks import Block, Heading, line
from treatycheck.report.citations import Citations
from treatycheck.report.numbered import finding_blocks
from treatycheck.report.numbering import UNDETERMINED, Entry, Numbered, number
from treatycheck.report.page import Page
from treatycheck.report.undetermined import undetermined_blocks
from treatycheck.rulebook.model import Wording


def layout(finding: Finding, report: Report, wording: Wording) -> tuple[Block, ...]:
    """Lay out a finding of a report."""
    return tuple(_blocks(finding, report, wording))


def _blocks(finding: Finding, report: Report, wording: Wording) -> Iterator[Block]:
    numbered = number(report)
    citations = Citations(report.documents, wording.report)
    references = {use.id: use.reference or use.id for use in report.positions}
    page = Page(wording, citations, numbered, report.abbreviations, references)
    entry = Entry(_number(finding, numbered), (finding,))
    if finding.outcome == UNDETERMINED:
        blocks = undetermined_blocks(entry, page)
    else:
        blocks = finding_blocks(entry.number, finding, page)
    for block in blocks:
        yield replace(block, level=2) if isinstance(block, Heading) else block
    notes = citations.notes()
    if notes.entries:
        yield Heading(3, line("Notes"))
        yield notes


def _number(finding: Finding, numbered: Numbered) -> int:
    """The number under which the report has a finding, alone or with others."""
    places = [(entry.number, entry.findings) for entry in numbered.entries]
    places += [(group.number, same) for group in numbered.considered for same in group.lines]
    return next(place for place, findings in places if any(one.id == finding.id for one in findings))
