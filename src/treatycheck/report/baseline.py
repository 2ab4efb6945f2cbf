"""What differs from an earlier report, as a part of its own, and the marks of new and changed findings in the summary.

Takes its sentences from the wording of the rulebook; it compares nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from treatycheck.baseline.compare import OF_HASH
from treatycheck.dates import describe_day
from treatycheck.findings import Comparison, Difference, Finding, Reason
from treatycheck.phrasing import capital
from treatycheck.report.blocks import Block, Heading, Items, Line, Paragraph, Run, Tree, code, line, strong
from treatycheck.report.moves import from_to, named, through
from treatycheck.report.page import Page, bearer_short, outcome
from treatycheck.rulebook.model import Wording

_BULLET: Final = "•"
_SHA_SHOWN: Final = 12
"""Digits of a hash in print; the JSON report has them all."""


def marks(comparison: Comparison | None) -> Mapping[str, str]:
    """The findings that are new or changed, by their ids."""
    if comparison is None:
        return {}
    found = {"new": comparison.new, "changed": comparison.changed}
    return {one.after.id: mark for mark, of_kind in found.items() for one in of_kind if one.after is not None}


def marked(findings: Sequence[Finding], known: Mapping[str, str], wording: Wording) -> str:
    """What the summary says of findings under one number; empty where all of them came out as before."""
    kinds = {known.get(finding.id, "") for finding in findings}
    if kinds == {""}:
        return ""
    return wording.since.marks[kinds.pop() if len(kinds) == 1 else "some"]


def part(comparison: Comparison, page: Page) -> Iterator[Block]:
    """What is new, gone and changed, and what differs between the two runs."""
    words, receipt = page.wording.since, comparison.receipt
    numbers = words.numbers.format(
        new=len(comparison.new),
        gone=len(comparison.gone),
        changed=len(comparison.changed),
        unchanged=comparison.unchanged,
    )
    made = words.made.format(
        program=receipt.program,
        rulebook=f"{receipt.rulebook} {receipt.rulebook_version}",
        day=describe_day(receipt.as_of),
    )
    report = (code(comparison.file), f" ({made}; SHA-256 ", code(comparison.sha256[:_SHA_SHOWN]), "). ")
    yield Paragraph(line(f"{words.compared} ", *report, numbers))
    if not (comparison.new or comparison.gone or comparison.changed):
        yield Paragraph(line(words.nothing))
    if comparison.reasons:
        yield Heading(3, line(words.differs))
        yield Items(tuple((_BULLET, line(_worded(one, words.reasons, page))) for one in comparison.reasons))
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
    """Findings of one kind, those together of which the same is said; what may bear on all of them is said once."""
    words = page.wording.since
    alike = len({one.reasons for one in found}) == 1 and len(found) > 1
    if alike:
        yield Paragraph(line(f"{words.bearing_on_all}: {_brief(found[0].reasons, page)}."))
    groups: dict[tuple[str, str, str, tuple[Line, ...]], list[Difference]] = {}
    for one in found:
        finding = _told(one)
        said = tuple(_said(one, page, alike=alike))
        groups.setdefault((finding.document, finding.event, finding.bearer.display, said), []).append(one)
    places = page.numbered.places()
    entries: list[tuple[int, Line]] = []
    for (*_, said), same in groups.items():
        entries.append((0, line(*_head([_told(one) for one in same], places, page))))
        entries += [(1, one) for one in said]
    yield Tree(tuple(entries))


def _told(one: Difference) -> Finding:
    """The finding that a difference is told of: as it is now, or as it was if it is gone."""
    found = one.after or one.before
    assert found is not None  # noqa: S101 - a difference has one of them
    return found


def _head(findings: Sequence[Finding], places: Mapping[str, str], page: Page) -> Iterator[str | Run]:
    """One finding, or the provisions of several on one event and bearer, with where they are told."""
    first = findings[0]
    if len(findings) == 1:
        yield from named(first, page.wording)
    else:
        yield strong(capital(page.cited(findings)))
        yield ". Event "
        yield code(first.event)
        yield f", {bearer_short(first.bearer, page.wording)}"
    if at := ", ".join(dict.fromkeys(places[finding.id] for finding in findings if finding.id in places)):
        yield f" (¶\N{NO-BREAK SPACE}{at})"


def _said(one: Difference, page: Page, *, alike: bool) -> Iterator[Line]:
    """What a finding came to, from what to what and through which gates, and what may bear on it."""
    wording = page.wording
    if one.before is None or one.after is None:
        yield line(outcome(_told(one), wording))
    else:
        yield from_to(one.before, one.after, wording)
        gates = through(one.gates, wording)
        yield line(f"{wording.whatif.through}: {gates}" if gates else wording.since.no_gate)
    if not alike:
        yield line(f"{wording.since.bearing}: {_brief(one.reasons, page)}.")


def _brief(reasons: Sequence[Reason], page: Page) -> str:
    return "; ".join(dict.fromkeys(_worded(reason, page.wording.since.in_brief, page) for reason in reasons))


def _worded(reason: Reason, words: Mapping[str, str], page: Page) -> str:
    before, after = (_value(reason.kind, value, page.wording) for value in (reason.before, reason.after))
    return words[reason.kind].format(of=_called(reason, page), before=before, after=after)


def _called(reason: Reason, page: Page) -> str:
    """A position by the number under which lawyers know it and its name; a document by its file."""
    reference = page.references.get(reason.of, reason.of)
    return reason.of if reference == reason.of else f"{reference} ({reason.of})"


def _value(kind: str, value: str, wording: Wording) -> str:
    if kind == "as_of":
        return describe_day(date.fromisoformat(value))
    head, of_hash, sha256 = value.partition(OF_HASH)
    return f"{head}{of_hash}{sha256[:_SHA_SHOWN]}" or wording.since.none
