"""The report, or any other sequence of blocks, on a terminal: as plain text, or with restrained colour on a console.

Both print the same lines; rich is imported only where colour is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, assert_never

from treatycheck.findings import Report
from treatycheck.report.blocks import Block, Heading, Items, Line, Mark, Notes, Pairs, Paragraph, Run, Table, Tree, line
from treatycheck.report.columns import Set, cells_of, column_widths, row_lines, wrap
from treatycheck.report.layout import layout
from treatycheck.rulebook.model import Wording

if TYPE_CHECKING:
    from rich.console import Console

NARROWEST: Final = 24
WIDEST: Final = 120
"""Longer lines are hard to read; a wider terminal is not filled."""

_STYLES: Final[dict[Mark, str]] = {
    "strong": "bold",
    "code": "cyan",
    "note": "dim",
    "grave": "bold red",
    "watch": "yellow",
    "open": "magenta",
}
_RULES: Final = {1: "═", 2: "─"}
_LABELS: Final = 20
"""The widest column of labels in a masthead."""


def render(report: Report, wording: Wording, *, width: int = 80) -> str:
    """Return the report as plain text with lines of at most `width` cells, for pipes and files."""
    return text(layout(report, wording), width=width)


def print_report(report: Report, wording: Wording, console: Console) -> None:
    """Print the report on a console, in colour if the console has any."""
    print_blocks(layout(report, wording), console)


def text(blocks: Iterable[Block], *, width: int = 80) -> str:
    """Return blocks as plain text with lines of at most `width` cells."""
    lines = _lines(blocks, max(width, NARROWEST))
    return "".join(f"{''.join(run.text for run in one)}\n" for one in lines)


def print_blocks(blocks: Iterable[Block], console: Console) -> None:
    """Print blocks on a console, in colour if the console has any."""
    from rich.text import Text

    room = max(min(console.width, WIDEST), NARROWEST)
    page = Text(end="")
    for one in _lines(blocks, room):
        for run in one:
            page.append(run.text, _STYLES.get(run.mark))
        page.append("\n")
    console.print(page, soft_wrap=True, highlight=False, markup=False, emoji=False, end="")


def _lines(blocks: Iterable[Block], room: int) -> Iterator[Set]:
    """All lines of a page; what follows a numbered paragraph is set under its text."""
    indent = 0
    announced = False
    for place, block in enumerate(blocks):
        # A list or table stands right below the numbered paragraph that announces it.
        if place and not (announced and isinstance(block, Items | Table)):
            yield []
        announced = isinstance(block, Paragraph) and bool(block.number)
        if isinstance(block, Heading) and block.level <= 2:  # noqa: PLR2004 - parts and the title stand apart
            yield from [[]] if place else []
        if isinstance(block, Heading):
            indent = 0
        elif isinstance(block, Paragraph):
            indent = len(block.number) + 2 if block.number else 0
        yield from _block(block, room, indent)


def _block(block: Block, room: int, indent: int) -> Iterator[Set]:
    match block:
        case Heading():
            yield from _heading(block, room)
        case Paragraph(text, number):
            yield from _hanging(number, text, room, indent)
        case Items(entries):
            hang = max(map(len, (label for label, _ in entries)), default=0) + 1
            for label, text in entries:
                yield from _shifted(_hanging(label, text, room - indent, hang), indent)
        case Tree(entries):
            for depth, text in entries:
                # However deep it goes, half of the width is left for the words.
                inside = min(2 * depth, (room - indent) // 2)
                yield from _shifted(_hanging("•", text, room - indent - inside, 2), indent + inside)
        case Pairs(rows):
            hang = min(max(map(len, (label for label, _ in rows)), default=0), _LABELS) + 2
            for label, text in rows:
                yield from _pair(label, text, room, hang)
        case Table():
            yield from _shifted(_table(block, room - indent), indent)
        case Notes(entries):
            hang = len(str(len(entries))) + 3
            for place, text in enumerate(entries, 1):
                yield from _hanging(f"[{place}]", text, room, hang)
        case _:
            assert_never(block)


def _heading(block: Heading, room: int) -> Iterator[Set]:
    hang = len(block.number) + 1 if block.number else 0
    text = tuple(Run(run.text, "strong") for run in block.line)
    found = list(_hanging(block.number, text, room, hang, "strong"))
    yield from found
    if block.level in _RULES:
        yield [Run(_RULES[block.level] * max(map(cells_of, found)), "note")]


def _hanging(label: str, text: Line, room: int, hang: int, mark: Mark = "plain") -> Iterator[Set]:
    """Text with a label in front and its further lines set under the first."""
    for place, one in enumerate(wrap(text, max(room - hang, 1))):
        head = label if place == 0 else ""
        yield [Run(head.ljust(hang), mark), *one] if hang else one


def _pair(label: str, text: Line, room: int, hang: int) -> Iterator[Set]:
    """A label and what belongs to it side by side; on a narrow page one under the other."""
    if room < 2 * hang:
        yield from wrap(line(label, ": ", *text), room)
        return
    labels = wrap((Run(label, "strong"),), hang - 2) if label else [[]]
    texts = wrap(text, room - hang)
    for place in range(max(len(labels), len(texts))):
        left = labels[place] if place < len(labels) else []
        right = texts[place] if place < len(texts) else []
        yield [*left, Run(" " * (hang - cells_of(left))), *right] if right else left


def _table(table: Table, room: int) -> Iterator[Set]:
    widths = column_widths(table, room)
    if widths is None:
        yield from _stacked(table, room)
        return
    yield from row_lines([(Run(column.title, "strong"),) for column in table.columns], widths)
    yield [*_ruled(widths)]
    for row in table.rows:
        yield from row_lines(row, widths)


def _ruled(widths: list[int]) -> Iterator[Run]:
    yield Run("  ".join("─" * one for one in widths), "note")


def _stacked(table: Table, room: int) -> Iterator[Set]:
    """A table on a page too narrow for columns: each row as a list of titles and cells."""
    for place, row in enumerate(table.rows):
        if place:
            yield []
        for column, cell in zip(table.columns, row, strict=True):
            yield from _shifted(wrap((Run(f"{column.title}: ", "strong"), *cell), max(room - 2, 1)), 2)


def _shifted(lines: Iterator[Set] | list[Set], indent: int) -> Iterator[Set]:
    for one in lines:
        yield [Run(" " * indent), *one] if indent and one else one
