"""What several explanations of one event share: it is told under the first of them and pointed to by the others.

Knows nothing of what is told; an explanation that stands alone is told whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from treatycheck.report.blocks import Block, Items, Line, line
from treatycheck.report.steps import Sources

_LONG: Final = 160
"""An entry of more characters than this is told whole once for an event."""
_BEGINNING: Final = 70


@dataclass(slots=True)
class Told:
    """What is told of one event: sources by number, and by the number of the finding what else would be repeated."""

    sources: Sources = field(default_factory=dict)
    steps: dict[tuple[tuple[int, Line], ...], int] = field(default_factory=dict)
    parts: dict[tuple[str, tuple[Block, ...]], int] = field(default_factory=dict)
    entries: dict[Line, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an explanation stands: its number, the level of its heading, what is told; None if it stands alone."""

    number: int
    level: int
    told: Told | None


def entries_once(items: Items, place: Place, as_under: str) -> Iterator[tuple[str, Line]]:
    """Entries of a list; a long one that an earlier finding on the event has is told by its beginning."""
    assert place.told is not None  # noqa: S101 - what stands alone points nowhere
    for label, entry in items.entries:
        text = "".join(run.text for run in entry)
        before = place.told.entries.setdefault(entry, place.number)
        if before != place.number and len(text) > _LONG:
            yield label, line(f"{text[:_BEGINNING].rpartition(' ')[0]} … ({as_under.format(number=before)})")
        else:
            yield label, entry
