"""Dates cut where an answer may be another: stretches of days, what is answered on them, and their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from treatycheck import dates
from treatycheck.dates import When
from treatycheck.engine.program import Leaf
from treatycheck.explain.cones import EVENT, Place
from treatycheck.facts import BearerCase, EventFacts
from treatycheck.rulebook.conditions import FactTest

Stretch = tuple[date | None, date | None]
"""First and last day of a stretch of days, None where it has no end."""


def stretches(facts: EventFacts, tests: Iterable[Leaf], bearer: BearerCase) -> Iterator[Stretch]:
    """The date of an event cut at each day from which an answer may be another: first and last days.

    A stretch begins or ends with None where the date itself does. Nothing comes for a date that no such day divides.
    """
    when = facts.when
    if when.extent == "span":
        # It went on throughout: its days are not alternatives to one another.
        return
    cuts = {day for test in tests for day in facts.turns(test, bearer)}
    if when.latest is not None and when.latest > facts.read_until:
        # The law is not read any further, so nothing can be said of what comes after.
        cuts.add(facts.read_until + timedelta(days=1))
    inside = sorted(
        day
        for day in cuts
        if (when.earliest is None or day > when.earliest) and (when.latest is None or day <= when.latest)
    )
    if inside:
        yield from zip([None, *inside], [*(day - timedelta(days=1) for day in inside), None], strict=True)


def within(facts: EventFacts, start: date | None, end: date | None) -> When:
    """Some day of a stretch within the date of the event."""
    when = facts.when
    return replace(
        when,
        text=between(start, end),
        earliest=start or when.earliest,
        latest=end or when.latest,
        extent="instant",
        begun_by=None,
        lasts_to=None,
    )


def joined(stretched: Iterable[Stretch]) -> list[Stretch]:
    """Stretches of days in their order, those that follow one another as one."""
    found: list[Stretch] = []
    for start, end in sorted(stretched, key=lambda days: days[0] or date.min):
        if found and start is not None and found[-1][1] == start - timedelta(days=1):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def dated(facts: EventFacts, tests: tuple[Leaf, ...], bearer: BearerCase) -> dict[Place, int]:
    """The verdicts of all questions that turn on the date."""
    turning = tuple(test for test in tests if not isinstance(test, FactTest))
    results = iter(facts.event_leaves(turning, bearer))
    return {(EVENT, index): next(results).verdict for index, test in enumerate(tests) if not isinstance(test, FactTest)}


def between(start: date | None, end: date | None) -> str:
    """A stretch of days in words, named by the days at which it was cut."""
    if start is None and end is not None:
        return f"before {dates.describe_day(end + timedelta(days=1))}"
    if start is None or end is None:
        return "on any day" if start is None else f"on or after {dates.describe_day(start)}"
    return f"from {dates.describe_day(start)} to {dates.describe_day(end)}"
