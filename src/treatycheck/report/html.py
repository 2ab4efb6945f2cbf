"""The report, or any other blocks, in HTML: a fragment that brings its own style and can stand in any page.

Text is escaped, so that nothing a document or an events file says can act as markup. There is no script, no address and
no id, so several fragments can stand on one page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final, assert_never

from treatycheck.report.blocks import Block, Heading, Items, Line, Mark, Notes, Pairs, Paragraph, Run, Table, Tree
from treatycheck.report.characters import visible

ROOT: Final = "treatycheck"
"""The class of the element in which everything stands; the style speaks of nothing outside it."""

_LOWEST: Final = 4
_BULLET: Final = "•"
_TAGS: Final[dict[Mark, tuple[str, str]]] = {
    "plain": ("", ""),
    "strong": ("<strong>", "</strong>"),
    "code": ('<code dir="auto">', "</code>"),
    "note": ("<sup>[", "]</sup>"),
    "grave": ('<strong class="grave">', "</strong>"),
    "watch": ('<strong class="watch">', "</strong>"),
    "open": ('<strong class="open">', "</strong>"),
}
# What is quoted may run from right to left, which must not turn the words around it; a quote may hold another.
_QUOTED: Final = re.compile("“(?:[^“”]|“[^“”]*”)*”")


def fragment(blocks: Iterable[Block]) -> str:
    """Return blocks as one element with its style, for a notebook or for the body of a page."""
    return f'<article class="{ROOT}" lang="en-GB">\n<style>\n{style()}</style>\n{content(blocks)}</article>\n'


@cache
def style() -> str:
    """Return the style; a page with several fragments needs it once."""
    return Path(__file__).with_name("html.css").read_text(encoding="utf-8")


def content(blocks: Iterable[Block]) -> str:
    """Return blocks as a sequence of elements without a style."""
    return "".join(f"{one}\n" for one in _elements(blocks))


def escaped(text: str) -> str:
    """Return text that HTML shows as it is, between tags as well as in an attribute."""
    return html.escape(visible(text))


def _elements(blocks: Iterable[Block]) -> Iterator[str]:
    """All elements; what follows a numbered paragraph is set under its text."""
    under = ""
    for block in blocks:
        if isinstance(block, Heading):
            under = ""
        elif isinstance(block, Paragraph):
            under = " under" if block.number else ""
        yield from _block(block, under)


def _block(block: Block, under: str) -> Iterator[str]:
    match block:
        case Heading(level, line, number):
            name = f"h{min(level, _LOWEST)}"
            label = f"{_label(number)} " if number else ""
            yield f"<{name}>{label}{_text(line)}</{name}>"
        case Paragraph(line, ""):
            yield f"<p>{_text(line)}</p>"
        case Paragraph(line, number):
            yield f'<p class="hanging">{_hanging(number, line)}</p>'
        case Items(entries):
            yield from _items(entries, under)
        case Tree(entries):
            yield f'<ul class="tree{under}">'
            yield from _steps(entries)
            yield "</ul>"
        case Pairs(rows):
            yield "<dl>"
            yield from _pairs(rows)
            yield "</dl>"
        case Table():
            yield f'<div class="wide{under}"><table>'
            yield from _table(block)
            yield "</table></div>"
        case Notes(entries):
            yield from _items([(f"[{place}]", line) for place, line in enumerate(entries, 1)], "")
        case _:
            assert_never(block)


def _items(entries: Sequence[tuple[str, Line]], under: str) -> Iterator[str]:
    """A list; its labels are part of the text, since other texts refer to them and a copy should have them."""
    if all(label == _BULLET for label, _ in entries):
        yield f'<ul class="bullets{under}">'
        yield from (f"<li>{_text(line)}</li>" for _, line in entries)
        yield "</ul>"
        return
    name = "ol" if all(label.endswith((".", ")", "]")) for label, _ in entries) else "ul"
    yield f'<{name} class="labels{under}">'
    yield from (f'<li class="hanging">{_hanging(label, line)}</li>' for label, line in entries)
    yield f"</{name}>"


def _steps(entries: Sequence[tuple[int, Line]]) -> Iterator[str]:
    """Lines set under one another; what has others under it can be folded."""
    starts: list[int] = []
    for place, (depth, _) in enumerate(entries):
        if not starts or depth <= entries[starts[-1]][0]:
            starts.append(place)
    for start, end in pairwise([*starts, len(entries)]):
        text = _text(entries[start][1])
        if end == start + 1:
            yield f"<li>{text}</li>"
            continue
        yield f"<li><details open><summary>{text}</summary><ul>"
        yield from _steps(entries[start + 1 : end])
        yield "</ul></details></li>"


def _pairs(rows: Sequence[tuple[str, Line]]) -> Iterator[str]:
    """Labels with what belongs to them; a row without a label belongs to the one above."""
    for place, (label, line) in enumerate(rows):
        if label or not place:
            yield f"{'</div>' if place else ''}<div><dt>{escaped(label)}</dt>"
        yield f"<dd>{_text(line)}</dd>"
    if rows:
        yield "</div>"


def _table(table: Table) -> Iterator[str]:
    titles = "".join(f'<th scope="col">{escaped(column.title)}</th>' for column in table.columns)
    yield f"<thead><tr>{titles}</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        first, *others = map(_text, row)
        yield f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>'
    yield "</tbody>"


def _hanging(label: str, line: Line) -> str:
    """A text with its label in front, which the further lines leave free."""
    return f"{_label(label)} <span>{_text(line)}</span>"


def _label(label: str) -> str:
    return f'<span class="label">{escaped(label)}</span>'


def _text(line: Line) -> str:
    return "".join(map(_run, line))


def _run(run: Run) -> str:
    before, after = _TAGS[run.mark]
    return f"{before}{_quoting(run.text)}{after}"


def _quoting(text: str) -> str:
    """Text in which every quote finds its own direction."""
    parts: list[str] = []
    end = 0
    for quote in _QUOTED.finditer(text):
        parts += [escaped(text[end : quote.start()]), f'<span dir="auto">{escaped(quote[0])}</span>']
        end = quote.end()
    return "".join((*parts, escaped(text[end:])))
