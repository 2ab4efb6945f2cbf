"""Which findings get paragraphs of their own, which are listed as considered, and the numbers of all of them.

Numbers run through the whole report, findings first; the order of the findings is that of the report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from treatycheck.findings import Finding, Report

NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding and the number of its paragraphs."""

    number: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Group:
    """The rules considered on one event that do not apply, under one number."""

    number: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Everything that has a number; `events` gives the numbers under which an event of a document is found."""

    findings: tuple[Entry, ...]
    considered: tuple[Group, ...]
    events: Mapping[tuple[str, str], tuple[int, ...]]


def number(report: Report) -> Numbered:
    """Number the findings of a report."""
    own = [finding for finding in report.findings if finding.outcome != NOT_APPLICABLE]
    findings = tuple(Entry(place, finding) for place, finding in enumerate(own, 1))
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.findings:
        if finding.outcome == NOT_APPLICABLE:
            groups.setdefault((finding.document, finding.event), []).append(finding)
    ordered = sorted(groups.items(), key=lambda item: item[0])
    considered = tuple(Group(place, tuple(found)) for place, (_, found) in enumerate(ordered, len(own) + 1))
    events: dict[tuple[str, str], list[int]] = {}
    for entry in findings:
        events.setdefault((entry.finding.document, entry.finding.event), []).append(entry.number)
    for group in considered:
        events.setdefault((group.findings[0].document, group.findings[0].event), []).append(group.number)
    return Numbered(findings, considered, {key: tuple(found) for key, found in events.items()})


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
