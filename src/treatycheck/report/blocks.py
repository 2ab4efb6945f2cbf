"""The parts of a page as plain data: runs of text, paragraphs, lists and tables, the same for every format.

Says nothing about findings. Text gets in through `line`, `strong`, `code` and the like, which make hidden characters
visible, so that no format can forget it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from treatycheck.report.characters import visible

Mark = Literal["plain", "strong", "code", "note", "grave", "watch", "open"]
"""How a run is set: `note` is the number of a note, the last three are tones of an outcome."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text set in one way."""

    text: str
    mark: Mark = "plain"


Line = tuple[Run, ...]

DASH: Final = "\N{EN DASH}"
"""Stands in a cell that has nothing to say, and between the ends of a stretch."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, with its number such as `3.` or without; level 1 is the title of the report."""

    level: int
    line: Line
    number: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its number, such as `1.2`, or without."""

    line: Line
    number: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each entry has its label, such as `(a)`, or an empty one."""

    entries: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """Lines set under one another; each entry has its depth, from 0."""

    entries: tuple[tuple[int, Line], ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels with what belongs to them, as in a masthead."""

    rows: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `least` is the width in cells below which it is not squeezed."""

    title: str
    least: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table; each row has a cell for each column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes, numbered from 1 in this order.

    `sources` are what they cite, in the same order, for a format that links to it: a file with the offsets of a quote,
    or a register with its row and key.
    """

    entries: tuple[Line, ...]
    sources: tuple[tuple[str, int, int, str], ...] = field(default=(), compare=False)


Block = Heading | Paragraph | Items | Tree | Pairs | Table | Notes


def line(*parts: str | Run) -> Line:
    """A line of runs; a string is plain text, an empty part is left out."""
    runs = (part if isinstance(part, Run) else Run(visible(part)) for part in parts)
    return tuple(run for run in runs if run.text)


def strong(text: str) -> Run:
    """Text that stands out, such as the label a paragraph begins with."""
    return Run(visible(text), "strong")


def code(text: str) -> Run:
    """An id, a hash or the name of a file."""
    return Run(visible(text), "code")


def toned(text: str, tone: Literal["grave", "watch", "open", "plain"]) -> Run:
    """The word for an outcome."""
    return Run(visible(text), tone)
