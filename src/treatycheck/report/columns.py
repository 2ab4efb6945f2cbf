"""Sets runs of text in lines of a given width, and tables in columns; long words are broken, never lost.

Knows widths only: no colour, no terminal, no findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from treatycheck.report.blocks import Line, Mark, Run, Table
from treatycheck.report.characters import width

GAP: Final = 2
"""Cells between two columns."""

_LONGEST: Final = 16
"""A longer word is broken rather than widening its column at the cost of the others."""

_LITTLE: Final = 4
"""Cells a column may lack to be made whole before others grow."""

_ABBREVIATION: Final = 5
"""An abbreviation of at most this length, such as `No.` or `p.`, stays with the number that follows it."""

Set = list[Run]
"""One line as set, without its end."""


def wrap(line: Line, room: int) -> list[Set]:
    """Break a line into lines of at most `room` cells; always at least one, which may be empty."""
    lines: list[Set] = [[]]
    left = room
    for word in _words(line):
        for piece in _pieces(word, room):
            cells = sum(width(run.text) for run in piece)
            gap = 1 if lines[-1] else 0
            if cells + gap > left and lines[-1]:
                lines.append([])
                left, gap = room, 0
            if gap:
                _append(lines[-1], Run(" ", _joint(lines[-1][-1].mark, piece[0].mark)))
            for run in piece:
                _append(lines[-1], run)
            left -= cells + gap
    return lines


def natural(line: Line) -> int:
    """The cells a line takes that is not broken."""
    return sum(width(_shown(run)) for run in line)


def cells_of(line: Sequence[Run]) -> int:
    """The cells of a line as set."""
    return sum(width(run.text) for run in line)


def column_widths(table: Table, room: int) -> list[int] | None:
    """The widths of a table's columns within `room` cells; None if there is too little for columns."""
    wanted = [
        max([width(column.title), *(natural(row[place]) for row in table.rows)])
        for place, column in enumerate(table.columns)
    ]
    for rule in (_unbroken, _least):
        widths = [
            min(most, max(column.least, rule(table, place)))
            for place, (most, column) in enumerate(zip(wanted, table.columns, strict=True))
        ]
        spare = room - GAP * (len(widths) - 1) - sum(widths)
        if spare >= 0:
            break
    else:
        return None
    while spare and widths != wanted:
        # A column that lacks little is made whole first; then the one whose longest cell takes most lines.
        short = [place for place, most in enumerate(wanted) if 0 < most - widths[place] <= min(spare, _LITTLE)]
        place = short[0] if short else max(range(len(widths)), key=lambda one: wanted[one] / widths[one])
        widths[place] += 1
        spare -= 1
    return widths


def _unbroken(table: Table, place: int) -> int:
    """The width in which no word of a column need be broken, within reason."""
    found = (sum(width(run.text) for run in word) for row in table.rows for word in _words(row[place]))
    return min(max(found, default=0), _LONGEST)


def _least(table: Table, place: int) -> int:
    return table.columns[place].least


def row_lines(cells: Sequence[Line], widths: Sequence[int]) -> Iterator[Set]:
    """A row of a table as lines, without spaces at their ends."""
    columns = [wrap(cell, room) for cell, room in zip(cells, widths, strict=True)]
    for place in range(max(map(len, columns))):
        line: Set = []
        owed = 0
        for column, room in zip(columns, widths, strict=True):
            piece = column[place] if place < len(column) else []
            if piece:
                if owed:
                    line.append(Run(" " * owed))
                line += piece
                owed = 0
            owed += room - cells_of(piece) + GAP
        yield line


def _append(line: Set, run: Run) -> None:
    """Add a run to a line; runs set alike become one."""
    if line and line[-1].mark == run.mark:
        line[-1] = Run(line[-1].text + run.text, run.mark)
    else:
        line.append(run)


def _joint(before: Mark, after: Mark) -> Mark:
    return before if before == after else "plain"


def _shown(run: Run) -> str:
    return f" [{run.text}]" if run.mark == "note" else run.text


def _words(line: Line) -> Iterator[list[Run]]:
    """The words of a line, each with the runs it is made of; a note stays with the word before it."""
    word: list[Run] = []
    for run in line:
        if run.mark == "note":
            if word and word[-1].mark == "note":
                yield word
                word = []
            word.append(Run(f" [{run.text}]" if word else f"[{run.text}]", "note"))
            continue
        first, *others = run.text.split(" ")
        if first:
            word.append(Run(first, run.mark))
        for other in others:
            if word and other and _together("".join(one.text for one in word), other):
                word.append(Run(f" {other}", run.mark))
                continue
            if word:
                yield word
            word = [Run(other, run.mark)] if other else []
    if word:
        yield word


def _together(before: str, after: str) -> bool:
    """Whether a line may not end between two words: `p. 12`, `26 March`."""
    if before.endswith(".") and len(before) <= _ABBREVIATION:
        return after[0].isdigit()
    return before.isdecimal() and len(before) <= 2 and after[0].isupper()  # noqa: PLR2004 - the day of a date


def _pieces(word: list[Run], room: int) -> Iterator[list[Run]]:
    """A word in pieces of at most `room` cells, broken after a stroke or hyphen where there is one."""
    if sum(width(run.text) for run in word) <= room:
        yield word
        return
    piece: list[Run] = []
    left = room
    for run in word:
        text = run.text
        while text:
            taken = _fitting(text, left)
            if taken:
                piece.append(Run(text[:taken], run.mark))
                left -= width(text[:taken])
                text = text[taken:]
            if text:
                if piece:
                    yield piece
                    piece, left = [], room
                    text = text.lstrip(" ")
                else:
                    # Not even one character fits: it is set all the same.
                    piece, text = [Run(text[0], run.mark)], text[1:]
                    left = 0
    yield piece


def _fitting(text: str, room: int) -> int:
    """How many characters of a text to set in `room` cells: all, those up to a stroke or hyphen, or what fits."""
    if width(text) <= room:
        return len(text)
    taken = next(count for count in range(len(text)) if width(text[: count + 1]) > room)
    stroke = max(text.rfind(sign, 0, taken) for sign in "/-_ ") + 1
    return stroke if stroke > taken // 3 else taken
