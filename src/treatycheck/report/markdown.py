"""The report, or any other blocks, in Markdown that GitHub and Pandoc read alike: pipe tables, a line per paragraph.

Text is escaped, so that nothing a document or an events file says can act as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from treatycheck.findings import Report
from treatycheck.report.blocks import Block, Heading, Items, Line, Notes, Pairs, Paragraph, Run, Table, Tree
from treatycheck.report.layout import layout
from treatycheck.rulebook.model import Wording

_MARKUP: Final = re.compile(r"[\\`*_{}\[\]<>|~^$#&@]")
_UNSAFE_CODE: Final = re.compile(r"[`|\\]|^ | $")


def render(report: Report, wording: Wording) -> str:
    """Return the report as Markdown."""
    return text(layout(report, wording))


def text(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown."""
    return "\n\n".join("\n".join(_block(block)) for block in blocks) + "\n"


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\g<0>", text)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(level, line, number):
            yield f"{'#' * level} {f'{number} ' if number else ''}{_text(line)}"
        case Paragraph(line, number):
            yield f"**{number}** {_text(line)}" if number else _text(line)
        case Items(entries):
            for label, line in entries:
                yield f"{_marker(label)} {_text(line)}"
        case Tree(entries):
            for depth, line in entries:
                yield f"{'  ' * depth}- {_text(line)}"
        case Pairs(rows):
            for label, line in rows:
                yield f"- **{escaped(label)}:** {_text(line)}" if label else f"  - {_text(line)}"
        case Table():
            yield from _table(block)
        case Notes(entries):
            for place, line in enumerate(entries, 1):
                yield f"{place}. {_text(line)}"
        case _:
            assert_never(block)


def _marker(label: str) -> str:
    """What begins an entry of a list; a label such as `(a)` is set in bold, as Pandoc would take it for a list."""
    if label == "•":
        return "-"
    return label if label.endswith(".") else f"- **{escaped(label)}**"


def _table(table: Table) -> Iterator[str]:
    yield _row(escaped(column.title) for column in table.columns)
    # Pandoc takes the widths of the columns from these dashes, GitHub ignores them.
    yield f"|{'|'.join('-' * max(column.least, 3) for column in table.columns)}|"
    for row in table.rows:
        yield _row(_text(cell) for cell in row)


def _row(cells: Iterator[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(line: Line) -> str:
    return "".join(map(_run, line)).strip()


def _run(run: Run) -> str:
    match run.mark:
        case "plain":
            return escaped(run.text)
        case "note":
            return rf" \[{run.text}\]"
        case "code" if not _UNSAFE_CODE.search(run.text):
            return f"`{run.text}`"
        case "code":
            return escaped(run.text)
        case _:
            inner = run.text.strip()
            head, _, tail = run.text.partition(inner)
            return f"{head}**{escaped(inner)}**{tail}"
