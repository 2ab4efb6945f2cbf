"""The facts of an event under all accounts of it: what they agree on stands, and what they do not is unknown.

Nobody chooses between sources. Each account is asked by itself; only the answers are held against one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Final, NamedTuple

from treatycheck import dates
from treatycheck.casefile.accounts import versions
from treatycheck.casefile.model import Dossier, Event
from treatycheck.dates import When
from treatycheck.engine.program import DeadlineTest, Leaf
from treatycheck.facts import BearerCase, EventFacts, LeafResult, bearers
from treatycheck.registers.standing import Standing
from treatycheck.registers.table import Row
from treatycheck.rulebook.conditions import FactTest
from treatycheck.rulebook.model import Rulebook
from treatycheck.truth import UNKNOWN

ACCOUNTS_DIFFER: Final = "accounts_differ"
"""The reason of a leaf that is unknown because accounts of the event answer it differently."""


def event_facts(rulebook: Rulebook, dossier: Dossier, event: Event, as_of: date) -> EventFacts:
    """The facts of an event, under all accounts of it where it has any."""
    return (AgreedFacts if event.accounts else EventFacts)(rulebook, dossier, event, as_of)


class AgreedFacts(EventFacts):
    """The facts on which the accounts of an event agree; where a date is asked for, it may be that of any account."""

    def __init__(self, rulebook: Rulebook, dossier: Dossier, event: Event, as_of: date) -> None:
        super().__init__(rulebook, dossier, event, as_of)
        self._told = [
            _Told(
                version.according_to,
                EventFacts(rulebook, dossier, version.event, as_of),
                {case.key: case for case in bearers(dossier, version.event)},
            )
            for version in versions(event)
        ]
        self.when = _some_of([one.facts.when for one in self._told])
        self.date_strength = min(one.facts.date_strength for one in self._told)

    def undisputed(self) -> EventFacts:
        """The same facts as if nothing spoke against the event: every account without the dispute."""
        return self._each(copy(self), lambda facts: facts.undisputed())

    def told(self, bearer: BearerCase) -> Iterator[tuple[str, EventFacts, BearerCase]]:
        """Who says what: each account of the event with the bearer as it has it, perhaps in no role at all."""
        absent = replace(bearer, participants=(), attributions=())
        return ((one.according_to, one.facts, one.cases.get(bearer.key, absent)) for one in self._told)

    def object_leaves(self, tests: tuple[FactTest, ...]) -> list[list[LeafResult]]:
        """For each object of the event, the results of the given leaves in their order."""
        of_objects = zip(*(one.facts.object_leaves(tests) for one in self._told), strict=True)
        return [[agreed(results) for results in zip(*leaves, strict=True)] for leaves in of_objects]

    def event_leaves(self, tests: tuple[Leaf, ...], bearer: BearerCase) -> list[LeafResult]:
        """The results of the given leaves for one bearer, in their order."""
        each = [facts.event_leaves(tests, case) for _, facts, case in self.told(bearer)]
        return [agreed(results) for results in zip(*each, strict=True)]

    def due(self, test: DeadlineTest, bearer: BearerCase) -> tuple[date | None, Row | None]:
        """The bearer's last day, where all accounts come to the same."""
        found = [facts.due(test, case) for _, facts, case in self.told(bearer)]
        return found[0] if all(one == found[0] for one in found) else (None, None)

    def under(self, rulebook: Rulebook) -> EventFacts:
        """The same facts with the registers of another rulebook."""
        return self._each(super().under(rulebook), lambda facts: facts.under(rulebook))

    def at(self, when: When) -> EventFacts:
        """The same facts on another date, which is established whoever tells the rest."""
        return self._each(super().at(when), lambda facts: facts.at(when))

    def turns(self, test: Leaf, bearer: BearerCase) -> Iterator[date]:
        """The days from which the answer to a question may be another by any account."""
        for _, facts, case in self.told(bearer):
            yield from facts.turns(test, case)

    def _each(self, other: EventFacts, change: Callable[[EventFacts], EventFacts]) -> EventFacts:
        """The copy `other` of these facts, with each account changed."""
        assert isinstance(other, AgreedFacts)  # noqa: S101 - it is a copy
        other._told = [one._replace(facts=change(one.facts)) for one in self._told]  # noqa: SLF001 - as above
        return other


class _Told(NamedTuple):
    """What one source says, with the bearers it knows of by their keys."""

    according_to: str
    facts: EventFacts
    cases: Mapping[str, BearerCase]


def agreed(results: Sequence[LeafResult]) -> LeafResult:
    """One answer to a question from those of all accounts, with everything they rest on.

    True or false only if all say so, and then as weakly as the weakest of them.
    """
    first = results[0]
    if all(result == first for result in results):
        return first
    least, most = min(result.verdict for result in results), max(result.verdict for result in results)
    verdict = least if least > 0 else most if most < 0 else UNKNOWN
    reason = first.reason if all(result.reason == first.reason for result in results) else ""
    if verdict == UNKNOWN and least != most:
        reason = ACCOUNTS_DIFFER
    lasts = [result.due for result in results if result.due is not None]
    return LeafResult(
        verdict,
        tuple(dict.fromkeys(value for result in results for value in result.values)),
        _standing([result.standing for result in results if result.standing is not None], verdict, reason),
        # What was late or in time by every account was so by the last of these days.
        max(lasts) if len(lasts) == len(results) else None,
        reason,
        tuple(dict.fromkeys(row for result in results for row in result.rows)),
    )


def _standing(found: Sequence[Standing], verdict: int, reason: str) -> Standing | None:
    """What the register says of the dates of all accounts, in one."""
    if not found or all(one == found[0] for one in found):
        return found[0] if found else None
    return Standing(
        verdict,
        reason,
        any(one.changes for one in found),
        tuple(dict.fromkeys(chain.from_iterable(one.rows for one in found))),
        "; ".join(dict.fromkeys(one.sentence for one in found)),
    )


def _some_of(whens: Sequence[When]) -> When:
    """A date that may be any of these."""
    first = whens[0]
    if all(when == first for when in whens):
        return first
    begins = [when.earliest for when in whens if when.earliest is not None]
    ends = [when.latest for when in whens if when.latest is not None]
    earliest = min(begins).isoformat() if len(begins) == len(whens) else ""
    latest = max(ends).isoformat() if len(ends) == len(whens) else ""
    return dates.parse(f"[{earliest}..{latest}]" if earliest or latest else "XXXX")
