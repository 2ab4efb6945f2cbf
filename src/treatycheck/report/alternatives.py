"""The annex of positions: each with the readings not chosen, and the outcomes that each of these would lead to here.

What another reading comes to was worked out with the findings; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from treatycheck.findings import Hinge, PositionUse, Report
from treatycheck.report.blocks import DASH, Block, Items, Run, code, line
from treatycheck.report.insight import labels
from treatycheck.report.page import Page, by_reference, paragraphs_named

_ALONE: Final = 1

Changes = Mapping[tuple[str, str], "Ends"]
"""By position and alternative, what it leads to."""


class Ends:
    """What one alternative leads to: by outcome, where; and where it does so only together with another reading."""

    def __init__(self) -> None:
        self.outcomes: dict[str, dict[str, None]] = {}
        self.engaged: dict[str, dict[str, dict[str, None]]] = {}
        self.together: dict[str, None] = {}


def positions(report: Report, page: Page) -> Block:
    """Every position with its reading, the others with what they would change, and where outcomes depend on it."""
    used: dict[str, dict[str, None]] = {}
    for entry in page.numbered.entries:
        for use in (use for finding in entry.findings for use in finding.positions):
            used.setdefault(use.id, {})[str(entry.number)] = None
    for group in page.numbered.considered:
        for use in (use for same in group.lines for use in same[0].positions):
            used.setdefault(use.id, {})[str(group.number)] = None
    looked = any(finding.insight is not None for finding in report.findings)
    changes = _changes(report, page) if looked else None
    return Items(
        tuple(
            (
                one.reference or DASH,
                line(*_position(one, used.get(one.id, ()), changes, page)),
            )
            for one in by_reference(report.positions)
        )
    )


def _changes(report: Report, page: Page) -> Changes:
    found: dict[tuple[str, str], Ends] = {}
    places = page.numbered.places()
    for finding in report.findings:
        for hinge in _of_law(finding.insight.hinges if finding.insight is not None else ()):
            for reading in hinge.readings:
                ends = found.setdefault(reading, Ends())
                if len(hinge.readings) == _ALONE:
                    ends.outcomes.setdefault(hinge.outcome, {})[places[finding.id]] = None
                else:
                    ends.together[places[finding.id]] = None
    for dormant in report.dormant:
        for hinge in _of_law(dormant.hinges):
            for reading in hinge.readings if len(hinge.readings) == _ALONE else ():
                told = found.setdefault(reading, Ends()).engaged.setdefault(hinge.outcome, {})
                told.setdefault(dormant.citation, {})[dormant.event] = None
    return found


def _of_law(hinges: Iterable[Hinge]) -> Iterator[Hinge]:
    """The hinges on readings alone, without another account or day."""
    return (hinge for hinge in hinges if hinge.kind == "position" and hinge.readings)


def _position(position: PositionUse, used: Iterable[str], changes: Changes | None, page: Page) -> Iterator[str | Run]:
    numbers, words = tuple(used), page.wording
    changing = changes is not None and any((position.id, name) in changes for name in position.others)
    yield code(position.id)
    yield ": "
    yield code(position.chosen)
    yield f". {position.question}{f' {position.summary}' if numbers else ''}"
    for name, summary in position.others.items():
        yield " · "
        yield code(name)
        yield f": {summary}" if numbers or changing else ""
        if changes is not None and changing:
            yield f" → {_told(changes.get((position.id, name)), page)}."
    ending = f" {words.material.no_change}" if position.others and not (changes is None or changing) else ""
    yield f"{'' if numbers or changing else '.'}{ending} Law: {words.confidences[position.confidence]}."
    yield f" {paragraphs_named(numbers)}." if numbers else ""


def _told(ends: Ends | None, page: Page) -> str:
    """What an alternative leads to, in words."""
    words = page.wording.material
    if ends is None:
        return words.same
    told = [
        words.would_be.format(outcome=labels((outcome,), page.wording), places=paragraphs_named(found))
        for outcome, found in ends.outcomes.items()
    ]
    told += [
        words.would_engage.format(
            outcome=labels((outcome,), page.wording),
            places="; ".join(f"{citation} ({', '.join(events)})" for citation, events in found.items()),
        )
        for outcome, found in ends.engaged.items()
    ]
    further = [place for place in ends.together if not any(place in found for found in ends.outcomes.values())]
    if further:
        told.append(words.together_with.format(places=paragraphs_named(further)))
    return "; ".join(told) or words.same
