"""Every quote that a report uses, with its place in a text of the casefile, and what rests on it.

Knows offsets and findings, no markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from treatycheck.casefile.model import Casefile, Dossier
from treatycheck.findings import Finding, QuoteRef, Report


class Place(NamedTuple):
    """Where a quote stands: the number of its text in the casefile, from 1, and code points, `end` exclusive."""

    text: int
    start: int
    end: int

    @property
    def id(self) -> str:
        """What the place is called in a page."""
        return f"{self.text}-{self.start}-{self.end}"


@dataclass(slots=True)
class Uses:
    """What rests on one quote: findings, and remarks and procedures by what they say."""

    findings: dict[str, Finding] = field(default_factory=dict)
    others: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cited:
    """The quotes of a report: what rests on each place, the places of each finding, and those in each text in order."""

    texts: tuple[Dossier, ...]
    uses: Mapping[Place, Uses]
    places: Mapping[str, tuple[Place, ...]]
    by_text: Mapping[int, tuple[Place, ...]]
    _by_key: Mapping[tuple[str, int, int], Place]

    def place(self, file: str, start: int, end: int) -> Place | None:
        """The place of a quote as notes cite it: by the file of its document and its offsets."""
        return self._by_key.get((file, start, end))


def collect(report: Report, casefile: Casefile) -> Cited:
    """Find the places of all quotes of a report in the casefile it was made from."""
    texts = tuple(dossier for dossier in casefile.dossiers if not dossier.sources)
    numbers = {dossier.path: number for number, dossier in enumerate(texts, 1)}
    events = {event.id: dossier for dossier in casefile.dossiers for event in dossier.events}
    claims = {claim.id: dossier for dossier in casefile.dossiers for claim in dossier.claims}
    uses: dict[Place, Uses] = {}
    keys: dict[tuple[str, int, int], Place] = {}

    def used(quotes: Iterable[QuoteRef], dossier: Dossier) -> Iterator[Place]:
        for quote in quotes:
            origin, found = dossier.quoted(quote.name)
            place = Place(numbers[origin.path], found.start, found.end)
            uses.setdefault(place, Uses())
            keys.setdefault((quote.document, found.start, found.end), place)
            yield place

    places: dict[str, tuple[Place, ...]] = {}
    for finding in report.findings:
        places[finding.id] = tuple(dict.fromkeys(used(_quotes(finding), events[finding.event])))
        for place in places[finding.id]:
            uses[place].findings[finding.id] = finding
    for claim in report.claims:
        for place in used(claim.quotes, claims[claim.id]):
            uses[place].others[f"{claim.id}: {claim.says}"] = None
    for procedure in report.procedures:
        for place in used(procedure.quotes, events[procedure.event]):
            uses[place].others[f"{procedure.citation}: {procedure.title} ({procedure.event})"] = None
    by_text: dict[int, list[Place]] = {number: [] for number in numbers.values()}
    for place in sorted(uses):
        by_text[place.text].append(place)
    return Cited(texts, uses, places, {number: tuple(found) for number, found in by_text.items()}, keys)


def _quotes(finding: Finding) -> Iterator[QuoteRef]:
    """Every quote of a finding, those of its elements and of other accounts among them."""
    yield from finding.quotes
    yield from finding.dispute_quotes
    for element in finding.elements:
        yield from element.quotes
    for account in finding.accounts:
        yield from account.quotes
