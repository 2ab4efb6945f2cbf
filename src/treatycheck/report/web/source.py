"""The texts of a casefile with their quotes marked, cut where quotes overlap and where lines end.

The text content of a document on the page is its text, character by character; what is added is set by the style. One
character cannot stand in HTML, U+0000: there it is U+FFFD, and shown as what it is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from treatycheck.report.characters import HIDDEN, escape
from treatycheck.report.web.cited import Place

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
# Tabs and line feeds are kept as they are.
_SHOWN: Final = re.compile(rf"(?![\t\n]){HIDDEN.pattern}")

CHUNK_LINES: Final = 40
CHUNK_LENGTH: Final = 8_000
"""So many lines or characters are set by a browser as one part, when they come into view."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text with the quotes that cover it, the longest first."""

    start: int
    end: int
    quotes: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Marking:
    """A text as HTML; `cut` are the quotes of which the mark with their name is not the whole."""

    markup: str
    cut: tuple[Place, ...]


def pieces(start: int, end: int, quotes: Sequence[Place]) -> Iterator[Piece]:
    """Cut a stretch of a text where a quote begins or ends; `quotes` are those that reach into it."""
    waiting = sorted(quotes, key=lambda one: one.start, reverse=True)
    covering: list[Place] = []
    bounds = {start, end, *(bound for one in quotes for bound in one[1:] if start < bound < end)}
    for left, right in pairwise(sorted(bounds)):
        while waiting and waiting[-1].start <= left:
            covering.append(waiting.pop())
        covering = [one for one in covering if one.end > left]
        yield Piece(left, right, tuple(sorted(covering, key=lambda one: (one.start - one.end, one.start))))


def lines(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that end with a line end, or with the text."""
    for found in _LINE.finditer(text):
        if found.end() > found.start():
            yield found.span()


def marked(text: str, quotes: Iterable[Place], labels: Mapping[Place, str], classes: Mapping[Place, str]) -> Marking:
    """A text with its quotes; each has the number of its note, if there is one, and classes of its own."""
    waiting = sorted(quotes, key=lambda one: (one.start, -one.end))
    page = _Page(text, labels, classes)
    chunk: list[str] = []
    parts: list[str] = []
    open_quotes: list[Place] = []
    length = following = 0
    for start, end in lines(text):
        while following < len(waiting) and waiting[following].start < end:
            open_quotes.append(waiting[following])
            following += 1
        chunk.append(page.line(pieces(start, end, open_quotes)))
        open_quotes = [one for one in open_quotes if one.end > end]
        length += end - start
        if len(chunk) == CHUNK_LINES or length > CHUNK_LENGTH:
            parts.append(_chunk(chunk))
            chunk, length = [], 0
    parts.append(_chunk(chunk))
    return Marking("".join(parts), tuple(page.cut))


def _chunk(lines_: list[str]) -> str:
    return f'<div class="chunk">{"".join(lines_)}</div>' if lines_ else ""


class _Page:
    """What stands of one text already: quotes that were begun, and those that were linked to."""

    def __init__(self, text: str, labels: Mapping[Place, str], classes: Mapping[Place, str]) -> None:
        self._text = text
        self._labels = labels
        self._classes = classes
        self._begun: set[Place] = set()
        self._linked: set[Place] = set()
        self.cut: dict[Place, None] = {}

    def line(self, found: Iterable[Piece]) -> str:
        """One line; it runs in the direction of its own words."""
        return f'<div dir="auto">{"".join(map(self._piece, found))}</div>'

    def _piece(self, piece: Piece) -> str:
        shown = _characters(self._text[piece.start : piece.end])
        if not piece.quotes:
            return shown
        fresh = [one for one in piece.quotes if one not in self._begun]
        self._begun.update(fresh)
        # The mark has the name of the shortest quote that begins here; another one's stands before it.
        named = "".join(f'<span id="q{one.id}"></span>' for one in fresh[:-1])
        own = f' id="q{fresh[-1].id}"' if fresh else ""
        numbers = [self._labels[one] for one in fresh if one in self._labels]
        label = f' data-n="{html.escape(", ".join(numbers))}"' if numbers else ""
        target = piece.quotes[-1]
        # The way through the page by keyboard stops once at each quote.
        again = ' tabindex="-1"' if target in self._linked else ""
        self._linked.add(target)
        self.cut.update(
            (one, None) for one in piece.quotes if one.end > piece.end or one.start < piece.start or one in fresh[:-1]
        )
        names = dict.fromkeys(name for one in piece.quotes for name in (f"q{one.id}", *self._classes[one].split()))
        link = f'<a href="#u{target.id}"{label}{again}>{shown}</a>'
        return f'{named}<mark{own} class="{" ".join(names)}">{link}</mark>'


def _characters(text: str) -> str:
    """Text as it is, with a sign for each character that nobody would see; it stays where it is and acts on nothing."""
    return "".join(_parts(text))


def _parts(text: str) -> Iterator[str]:
    end = 0
    for found in _SHOWN.finditer(text):
        yield html.escape(text[end : found.start()], quote=False)
        yield _hidden(found[0])
        end = found.end()
    yield html.escape(text[end:], quote=False)


def _hidden(character: str) -> str:
    if character == "\r":
        # A browser that reads a bare carriage return makes a line feed of it.
        return '<span class="cr">&#13;</span>'
    kept = "\ufffd" if character == "\0" else character
    return f'<span class="hid" role="img" aria-label="{escape(character)}">{kept}</span>'
