"""A report that stands: when nothing has changed, the engines decide every case again and the text is kept.

What is stored with a report is what the engines ran and every question the engines answered. A later run on the same
bytes puts the same questions to both engines; only if each answer is the same as then is the text printed again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from treatycheck import cache
from treatycheck.engine import agreement, units
from treatycheck.engine.agreement import EngineChoice, Panel, Record

_KIND: Final = "report"
MODULES: Final = (agreement, units)

MOST_ANSWERS: Final = 20_000
"""Reports on more cases than this are not kept: working them out anew costs little more than reading them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as it was printed, with what it rests on and the outcomes that occur in it.

    `outcomes` are those of findings that are not set aside, `set_aside` has that of each finding that is; `remarks` are
    what was told beside the report, `warnings` those on the input.
    """

    records: tuple[Record, ...]
    text: str
    outcomes: tuple[str, ...]
    notice: str
    set_aside: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def key(paths: Iterable[Path], words: Sequence[str]) -> str | None:
    """What a report depends on: the bytes and names of every file, and the words of the command; None if unreadable."""
    try:
        parts = [(str(path), path.read_bytes()) for path in paths]
    except OSError:
        # Whoever reads the file next will say what is wrong with it.
        return None
    return cache.digest([*parts, *((word, b"") for word in words)])


def keep(name: str, kept: Kept) -> None:
    """Store a report under its key."""
    if sum(len(record.answered) for record in kept.records) <= MOST_ANSWERS:
        cache.store(_KIND, name, kept)


def standing(name: str, engine: EngineChoice) -> Kept | None:
    """The report kept under a key, after the engines have given every answer again; None if none stands."""
    found = cache.fetch(_KIND, name, Kept, (*MODULES, sys.modules[__name__]))
    if found is None or not all(_stands(record, found.notice, engine) for record in found.records):
        return None
    return found


def _stands(record: Record, notice: str, engine: EngineChoice) -> bool:
    """Whether the engines give every answer of a record again."""
    with Panel(record.units, engine) as panel:
        if panel.notice != notice:
            return False
        for one in record.answered:
            if one.objects is None:
                answer = panel.decide_object(one.leaves)
            else:
                answer = panel.decide_event(one.leaves, one.objects)
            if tuple(answer) != one.answer:
                return False
    return True
