"""Find the words that a quote gives in a document, and say what is wrong when they are not there exactly once.

Nothing is matched loosely: the nearest text is shown to help the author, never taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Final

from treatycheck.documents.text import Document, Folded, fold, line_and_column

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC211": "the quote is not in the document",
        "TC212": "the quote occurs several times in the document",
        "TC213": "the quote is too short",
    }
)

MIN_LENGTH: Final = 3
_SHOWN: Final = 100  # characters of the document in a message
_LINES_SHOWN: Final = 8
# Bounds on the search for the nearest text, so that a document of 1 MB takes some 30 ms.
_PIECE_LENGTHS: Final = (12, 6, 3)
_PIECES: Final = 12
_PLACES_PER_PIECE: Final = 50
_COMPARED: Final = 160
_MARGIN: Final = 20
_ALIKE: Final = 0.6
_SURELY: Final = 0.85


@dataclass(frozen=True, slots=True)
class Selector:
    """What an author writes: the exact words and, if they occur several times, what stands around them.

    This is the text quote selector of the W3C Web Annotation Data Model.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Where the words stand: code points of the original text, `end` exclusive; `text` is that part of it."""

    start: int
    end: int
    text: str


class QuoteProblem(ValueError):  # noqa: N818 - the author's problem, not the program's error
    """A quote that does not name one place; the caller knows where it is written and makes the diagnostic."""

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.help = advice


def resolve(selector: Selector, document: Document, folded: Folded) -> Quote:
    """Return the one place of `document` that the selector names; `folded` is the folded text of the document.

    White space, quotation marks and soft hyphens may differ; all else must be the same. Raises `QuoteProblem`: TC211 if
    the words are not there, TC212 if they are there more than once, TC213 if there are fewer than three characters.
    """
    exact, prefix, suffix = (fold(part).text.strip() for part in (selector.exact, selector.prefix, selector.suffix))
    if len(exact) < MIN_LENGTH:
        message = f"the quote `{exact}` is too short" if exact else "the quote is empty"
        raise QuoteProblem("TC213", message, f"quote at least {MIN_LENGTH} characters of `{document.file}`")
    everywhere = list(_occurrences(exact, folded.text))
    places = [start for start in everywhere if _adjoins(folded.text, start, start + len(exact), prefix, suffix)]
    if len(places) == 1:
        start, end = folded.offsets[places[0]], folded.offsets[places[0] + len(exact) - 1] + 1
        return Quote(start, end, document.text[start:end])
    shown = f"the quote `{_shortened(exact)}`"
    if places:
        message = f"{shown} occurs {len(places)} times in `{document.file}`"
        wanted = "a longer prefix or suffix" if prefix or suffix else "a prefix or suffix"
        raise QuoteProblem("TC212", message, f"add {wanted}; it stands on {_lines(places, document, folded)}")
    if everywhere:
        around = [f"after `{_shortened(prefix)}`"] if prefix else []
        around += [f"before `{_shortened(suffix)}`"] if suffix else []
        message = f"{shown} is not in `{document.file}` {' and '.join(around)}"
        raise QuoteProblem(
            "TC211", message, f"correct the prefix or suffix; it stands on {_lines(everywhere, document, folded)}"
        )
    raise QuoteProblem("TC211", f"{shown} is not in `{document.file}`", _nearest(exact, document, folded))


def _occurrences(part: str, text: str, *, most: int | None = None) -> Iterator[int]:
    """Yield where `part` starts in `text`, overlaps included."""
    start, count = text.find(part), 0
    while start >= 0 and count != most:
        yield start
        start, count = text.find(part, start + 1), count + 1


def _adjoins(text: str, start: int, end: int, prefix: str, suffix: str) -> bool:
    before = start - 1 if text[start - 1 : start] == " " else start
    after = end + 1 if text[end : end + 1] == " " else end
    return text.endswith(prefix, 0, before) and text.startswith(suffix, after)


def _lines(places: list[int], document: Document, folded: Folded) -> str:
    """Return "line 3" or "lines 3, 5 and 8" for places in the folded text."""
    offsets = [folded.offsets[place] for place in places[: _LINES_SHOWN + 1]]
    numbers = [str(line) for line in sorted({line_and_column(document.text, offset)[0] for offset in offsets})]
    if len(places) > _LINES_SHOWN:
        return f"lines {', '.join(numbers[:_LINES_SHOWN])} and others"
    *first, last = numbers
    return f"lines {', '.join(first)} and {last}" if first else f"line {last}"


def _nearest(exact: str, document: Document, folded: Folded) -> str:
    """Return the help line for a quote that is absent: the most similar text and its line, if anything is similar."""
    quote, text = _lowered(exact), _lowered(folded.text)
    case_only = text.find(quote)
    if case_only >= 0:
        start, end = case_only, case_only + len(quote)
        reason = "upper and lower case differ: the document has"
    elif span := _most_similar(quote, text):
        start, end = span
        reason = "the nearest text is"
    else:
        return "nothing in the document is similar; copy the words from the document this quote belongs to"
    line, _ = line_and_column(document.text, folded.offsets[start])
    # A long quote is shown from shortly before the first difference.
    found = folded.text[start:end]
    same = next((i for i, (a, b) in enumerate(zip(found, exact, strict=False)) if a != b), min(len(found), len(exact)))
    skipped = max(0, min(same - _SHOWN // 2, len(found) - _SHOWN))
    shown = ("…" if skipped else "") + _shortened(found[skipped:].lstrip())
    return f"{reason} `{shown}` (line {line})"


def _most_similar(quote: str, text: str) -> tuple[int, int] | None:
    """Return start and end of the part of `text` that is most like `quote`, or None if nothing is."""
    best = (0.0, 0, 0)
    for length in _PIECE_LENGTHS:
        votes = _votes(quote, text, length)
        # Pieces of one place agree on where the quote would start, but for words dropped or added in between.
        width = max(16, len(quote) // 4)
        groups: dict[int, list[tuple[int, int]]] = {}
        for at, start in votes:
            for group in (start // width, start // width + 1):
                groups.setdefault(group, []).append((at, start))
        voted = Counter({group: len({at for at, _ in members}) for group, members in groups.items()}).most_common(4)
        spans = {_span(groups[group], quote, text) for group, _ in voted}
        best = max([best, *((_likeness(quote, text[start:end]), -start, end) for start, end in spans)])
        if best[0] >= _SURELY:
            break
    ratio, start, end = best
    return _trimmed(-start, end, quote, text) if ratio >= _ALIKE else None


def _votes(quote: str, text: str, length: int) -> Iterator[tuple[int, int]]:
    """Yield (offset of a piece in the quote, where the quote would start if this piece stood in its place)."""
    last = len(quote) - length
    if last < 0:
        return
    step = max(1, length // 2, -(-last // _PIECES))
    for at in range(0, last + 1, step):
        for place in _occurrences(quote[at : at + length], text, most=_PLACES_PER_PIECE):
            yield at, place - at


def _span(members: list[tuple[int, int]], quote: str, text: str) -> tuple[int, int]:
    """Return the part of `text` from where the first piece puts the start to where the last puts the end."""
    start, end = max(0, min(members)[1]), min(len(text), max(members)[1] + len(quote))
    return start, max(start, end)


def _trimmed(start: int, end: int, quote: str, text: str) -> tuple[int, int]:
    """Return the part of `text` around `start` and `end` that answers to the quote, as whole words."""
    if len(quote) <= _COMPARED:  # of a longer one the ends are not shown
        first = max(0, start - _MARGIN)
        matcher = SequenceMatcher(None, quote, text[first : end + _MARGIN], autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size >= MIN_LENGTH]
        if blocks:
            start = max(0, first + blocks[0].b - blocks[0].a)
            end = min(len(text), first + blocks[-1].b + len(quote) - blocks[-1].a)
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and text[start] == " ":
        start += 1
    return start, end


def _likeness(quote: str, found: str) -> float:
    # A long quote is compared by its two ends only: the pieces in between have voted already.
    half = _COMPARED // 2
    if len(quote) > _COMPARED:
        return (_likeness(quote[:half], found[:half]) + _likeness(quote[-half:], found[-half:])) / 2
    return SequenceMatcher(None, quote, found[: 2 * _COMPARED], autojunk=False).ratio()


def _lowered(text: str) -> str:
    """Return the text in lower case, as long as before: one letter only would become two characters."""
    return text.replace("İ", "i").lower()


def _shortened(text: str) -> str:
    plain = re.sub("`", "'", text)
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN].rstrip()}…"
