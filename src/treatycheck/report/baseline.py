"""What differs from an earlier report, as a part of its own, and the marks of new and changed findings in the summary.

Takes its sentences from the wording of the rulebook; it compares nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from treatycheck.dates import describe_day
from treatycheck.findings import Comparison, Difference, Finding, Reason
from treatycheck.report.blocks import Block, Heading, Items, Line, Paragraph, code, line
from treatycheck.report.moves import from_to, named, through, together
from treatycheck.report.page import Page, outcome
from treatycheck.rulebook.model import Wording

NOT_APPLICABLE: Final = "not_applicable"

_BULLET: Final = "•"
_SHA_SHOWN: Final = 12
"""Digits of a hash in print; the JSON report has them all."""


def marked(findings: Sequence[Finding], comparison: Comparison | None, wording: Wording) -> str:
    """What the summary says of findings under one number; empty where all of them came out as before."""
    if comparison is None:
        return ""
    words = wording.since.marks
    new = {one.after.id for one in comparison.new if one.after is not None}
    changed = {one.after.id for one in comparison.changed if one.after is not None}
    ids = {finding.id for finding in findings}
    if ids <= new:
        return words["new"]
    if ids <= changed:
        return words["changed"]
    return words["some"] if ids & (new | changed) else ""


def part(comparison: Comparison, page: Page) -> Iterator[Block]:
    """What is new, gone and changed, and what differs between the two runs."""
    words, receipt = page.wording.since, comparison.receipt
    numbers = words.numbers.format(
        new=len(comparison.new),
        gone=len(comparison.gone),
        changed=len(comparison.changed),
        unchanged=comparison.unchanged,
    )
    made = f"{receipt.program}; {receipt.rulebook} {receipt.rulebook_version}; {describe_day(receipt.as_of)}"
    report = (code(comparison.file), f" ({made}; SHA-256 ", code(comparison.sha256[:_SHA_SHOWN]), "). ")
    yield Paragraph(line(f"{words.compared} ", *report, numbers))
    if not (comparison.new or comparison.gone or comparison.changed):
        yield Paragraph(line(words.nothing))
    if comparison.reasons:
        yield Heading(3, line(words.differs))
        yield Items(tuple((_BULLET, line(_worded(one, words.reasons, page.wording))) for one in comparison.reasons))
    else:
        yield Paragraph(line(words.alike))
    if comparison.reasons and (comparison.new or comparison.gone or comparison.changed):
        yield Paragraph(line(words.note))
    for title, found in (
        (words.changed, comparison.changed),
        (words.new, comparison.new),
        (words.gone, comparison.gone),
    ):
        if found:
            yield Heading(3, line(title))
            yield from _list(found, page)


def _list(found: Sequence[Difference], page: Page) -> Iterator[Block]:
    """Findings of one kind; what may bear on all of them is said once."""
    words = page.wording.since
    alike = len({one.reasons for one in found}) == 1 and len(found) > 1
    if alike:
        yield Paragraph(line(f"{words.bearing_on_all}: {_brief(found[0].reasons, page.wording)}."))
    places = page.numbered.places()
    for number, one in enumerate(found, 1):
        if one.before is not None and one.after is not None:
            yield Paragraph(line(*named(one.after, page.wording), _place(one.after, places)), f"{number}.")
            yield Items(
                tuple((_BULLET, told) for told in _changed(one.before, one.after, one, page.wording, alike=alike))
            )
    if single := tuple(_single(found, page, alike=alike)):
        yield Items(tuple((_BULLET, told) for told in single))


def _changed(before: Finding, after: Finding, one: Difference, wording: Wording, *, alike: bool) -> Iterator[Line]:
    """From what to what, through which gates, and what may bear on it."""
    yield from_to(before, after, wording)
    gates = through(one.gates, wording)
    yield line(f"{wording.whatif.through}: {gates}" if gates else wording.since.no_gate)
    if not alike:
        yield line(f"{wording.since.bearing}: {_brief(one.reasons, wording)}.")


def _single(found: Sequence[Difference], page: Page, *, alike: bool) -> Iterator[Line]:
    """What is new or gone: what may breach or is open one by one, what does not apply in groups."""
    places, wording = page.numbered.places(), page.wording
    groups: dict[object, list[tuple[Finding, Difference]]] = {}
    for one in found:
        finding = one.after or one.before
        if finding is not None and (one.before is None or one.after is None):
            same = (finding.event, finding.bearer.display, one.reasons)
            groups.setdefault(same if finding.outcome == NOT_APPLICABLE else finding.id, []).append((finding, one))
    for group in groups.values():
        (first, one), findings = group[0], [finding for finding, _ in group]
        bearing = "" if alike else f" {wording.since.bearing}: {_brief(one.reasons, wording)}."
        told = (
            together(findings, wording)
            if first.outcome == NOT_APPLICABLE
            else line(*named(first, wording), ": ", outcome(first, wording))
        )
        yield line(*told, _place(first, places) if one.after is not None else "", ".", bearing)


def _place(finding: Finding, places: Mapping[str, str]) -> str:
    return f" (¶\N{NO-BREAK SPACE}{places[finding.id]})" if finding.id in places else ""


def _brief(reasons: Sequence[Reason], wording: Wording) -> str:
    return "; ".join(dict.fromkeys(_worded(reason, wording.since.in_brief, wording) for reason in reasons))


def _worded(reason: Reason, words: Mapping[str, str], wording: Wording) -> str:
    values = [_value(reason.kind, value, wording) for value in (reason.before, reason.after)]
    return words[reason.kind].format(of=reason.of, before=values[0], after=values[1])


def _value(kind: str, value: str, wording: Wording) -> str:
    if kind == "as_of":
        return describe_day(date.fromisoformat(value))
    return value[:_SHA_SHOWN] if kind == "rulebook_text" else value or wording.since.none
