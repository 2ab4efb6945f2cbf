"""Which findings get a number of their own, which share one, which are listed as considered, and all these numbers.

Numbers run through the whole report, findings first; the order of the findings is that of the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from treatycheck.findings import Finding, Report

NOT_APPLICABLE = "not_applicable"
UNDETERMINED = "undetermined"

EventKey = tuple[str, str]
"""A document's file and the id of one of its events."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands under one number: one finding, or all that stay undetermined for one bearer in one event."""

    number: int
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that gives the entry its event and bearer."""
        return self.findings[0]


@dataclass(frozen=True, slots=True)
class Group:
    """The rules considered on one event that do not apply, under one number.

    Each of `lines` has the findings on one bearer that do not apply on the same grounds.
    """

    number: int
    lines: tuple[tuple[Finding, ...], ...]

    @property
    def first(self) -> Finding:
        """The finding that gives the group its event."""
        return self.lines[0][0]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Everything that has a number; `events` gives the numbers under which an event of a document is found."""

    entries: tuple[Entry, ...]
    considered: tuple[Group, ...]
    events: Mapping[EventKey, tuple[int, ...]]

    def on(self, event: EventKey, name: str) -> tuple[str, ...]:
        """Where an actor itself is spoken of in an event: `4`, or `77(b)` among what does not apply."""

        def itself(finding: Finding) -> bool:
            bearer = finding.bearer
            # The name of an organ has that of its State behind it.
            named = bearer.name == name or (bearer.kind == "state_organ" and bearer.name.startswith(f"{name} ("))
            return named and not bearer.through and key(finding) == event

        numbers = [str(entry.number) for entry in self.entries if itself(entry.first)]
        numbers += [
            f"{group.number}({letter(place)})"
            for group in self.considered
            for place, line in enumerate(group.lines)
            if itself(line[0])
        ]
        return tuple(numbers)

    def places(self) -> Mapping[str, str]:
        """Where each finding is told, by its id: `4`, or `77(b)` among what does not apply."""
        found = {finding.id: str(entry.number) for entry in self.entries for finding in entry.findings}
        for group in self.considered:
            for place, line in enumerate(group.lines):
                found |= {finding.id: f"{group.number}({letter(place)})" for finding in line}
        return found


def key(finding: Finding) -> EventKey:
    """The event of a finding."""
    return finding.document, finding.event


def number(report: Report) -> Numbered:
    """Number the findings of a report."""
    own: list[list[Finding]] = []
    undetermined: dict[tuple[EventKey, str], list[Finding]] = {}
    negative: dict[EventKey, list[Finding]] = {}
    for finding in report.findings:
        if finding.outcome == NOT_APPLICABLE:
            negative.setdefault(key(finding), []).append(finding)
            continue
        same = undetermined.get((key(finding), finding.bearer.display))
        if finding.outcome == UNDETERMINED and same is not None:
            same.append(finding)
            continue
        own.append([finding])
        if finding.outcome == UNDETERMINED:
            undetermined[key(finding), finding.bearer.display] = own[-1]
    entries = tuple(Entry(place, tuple(found)) for place, found in enumerate(own, 1))
    considered = tuple(
        Group(place, _lines(found)) for place, (_, found) in enumerate(sorted(negative.items()), len(entries) + 1)
    )
    events: dict[EventKey, list[int]] = {}
    for entry in entries:
        events.setdefault(key(entry.first), []).append(entry.number)
    for group in considered:
        events.setdefault(key(group.first), []).append(group.number)
    return Numbered(entries, considered, {event: tuple(found) for event, found in events.items()})


def _lines(findings: Iterable[Finding]) -> tuple[tuple[Finding, ...], ...]:
    """Findings by bearer and by the grounds on which, and the positions under which, the rules do not apply."""
    bearers: dict[str, dict[object, list[Finding]]] = {}
    for finding in findings:
        grounds = (finding.grounds or finding.message, tuple(use.id for use in finding.positions))
        bearers.setdefault(finding.bearer.display, {}).setdefault(grounds, []).append(finding)
    return tuple(tuple(same) for lines in bearers.values() for same in lines.values())


def letter(place: int) -> str:
    """The letter of an entry, counted from 0: a to z, then aa, bb and so on."""
    times, rest = divmod(place, 26)
    return chr(ord("a") + rest) * (times + 1)


def roman(value: int) -> str:
    """The Roman numeral of a small number: 4 is IV."""
    numeral = ""
    for sign, worth in (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)):
        times, value = divmod(value, worth)
        numeral += sign * times
    return numeral
