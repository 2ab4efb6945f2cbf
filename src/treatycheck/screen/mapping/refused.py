"""What is wrong with a row of another layout: cells that were not translated, how they are marked, and why.

A marked cell has the mark, the column it came from, the mark again, and the text that stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from treatycheck.screen.event import Cells, faults
from treatycheck.screen.quarantine import Fault, cut
from treatycheck.screen.schema import ACT, FlatSchema

if TYPE_CHECKING:
    from treatycheck.rulebook.model import Rulebook
    from treatycheck.screen.mapping.model import Entry, Reading

MARK: Final = "\ufdd0"
"""A character that no text has: Unicode keeps it for programs."""


def faults_of(cells: Cells, schema: FlatSchema, rulebook: Rulebook, reading: Reading | None) -> list[Fault]:
    """Everything that is wrong with a row, in the columns of the table that it came from."""
    if reading is None:
        return faults(cells, schema, rulebook)
    refused = {name: text for name, text in cells.items() if text.startswith(MARK)}
    found = [one for name, text in refused.items() for one in _refusals(name, text, reading, rulebook)]
    rest = {name: text for name, text in cells.items() if name not in refused}
    others = (one for one in faults(rest, schema, rulebook) if one.column not in refused)
    return [*found, *(_placed(one, reading.entries.get(one.column)) for one in others)]


def _placed(one: Fault, entry: Entry | None) -> Fault:
    """A mistake in an event, in the column of the table where what stands there is what the event has."""
    if entry is None or entry.column is None:
        return one
    if entry.copies:
        return Fault(entry.column, one.value, f"{one.reason} (`{one.column}`)")
    return Fault(one.column, one.value, f"{one.reason} (made of `{entry.column}`)")


def _refusals(name: str, text: str, reading: Reading, rulebook: Rulebook) -> Iterator[Fault]:
    _, _, rest = text.partition(MARK)
    column, mark, value = rest.partition(MARK)
    if mark:
        reason = _why(reading.entries[name], column, value, rulebook)
        yield Fault(column, cut(value), f"{reason} (`{name}`)")
    # The act of a row is marked for the sake of another cell; that cell has its own reason.
    elif name != ACT or text != MARK:
        yield Fault(name, cut(text), "holds a character that is kept for this program")


def _why(entry: Entry, column: str, value: str, rulebook: Rulebook) -> str:
    if entry.precision is not None and column == entry.precision.column:
        return "not in the table of precisions of the mapping"
    if entry.until is not None and column == entry.until:
        return "no day, or one before the first day" if value else "empty; the first day has no last one"
    if entry.countries:
        from treatycheck.screen.mapping.countries import reason

        why = reason(value, entry.countries, rulebook.states)
        return why if entry.values is None else f"{why}, and not in the table of the mapping"
    if entry.looks_up:
        return "not in the table of the mapping"
    return f"no date of the calendar in the form `{entry.format or 'YYYY-MM-DD'}`"
