r"""Characters on a page: hidden ones are made visible, and the width of a text on a terminal is measured.

What a reader cannot see must not act: controls, direction marks and other invisible signs are shown as `\u202e`.
Knows no page and no finding, so that messages on errors are made of the same.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SPACES: Final = re.compile(r"[\t\n\r ]+")

HIDDEN: Final = re.compile(
    "(?:["
    "\x00-\x1f\x7f-\x9f"  # controls, among them the escape that begins a terminal sequence
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, direction mark, fillers
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"  # zero-width space, direction marks and overrides, separators
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"  # empty signs, variants, byte order mark, non-characters
    "\ud800-\udfff"  # halves of a pair
    "\U00013430-\U00013440\U00016fe4\U0001bca0-\U0001bca3"  # controls and fillers within scripts
    "\U0001d159\U0001d173-\U0001d17a"  # the same of musical notation
    "\U000e0000-\U000e0fff"  # tags, further variants
    "]"
    # Joiners belong to the writing of Arabic and Devanagari letters; where they join nothing, nobody sees them.
    "|(?<![\u0590-\u1fff\u2010-\U0010ffff\u200c\u200d])[\u200c\u200d])"
)


_UNACTING: Final = re.compile(rf"\r\n|[\t\n]|({HIDDEN.pattern})")

_WIDE: Final = re.compile("[\u2630-\u2637\u268a-\u268f\u4dc0-\u4dff\U0001d300-\U0001d376\U0001f1e6-\U0001f1ff]")
"""Signs that newer terminals show in two cells, and the tables of an older Python as narrow."""

_PREPENDED: Final = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")
"""Signs before digits that are counted among the formatting ones and are seen all the same."""


def visible(text: str) -> str:
    r"""Return the text with line breaks as spaces and every hidden character as an escape, such as `\u202e`."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    return HIDDEN.sub(lambda found: escape(found[0]), _SPACES.sub(" ", text))


def exact(text: str) -> str:
    r"""Return the text with every hidden character as an escape, line breaks too, and all of its spaces.

    For names of files, and for what stands in one line of several: no name can look like another, or like a message.
    """
    if text.isascii() and text.isprintable():
        return text
    return HIDDEN.sub(lambda found: escape(found[0]), text)


def unacting(text: str) -> str:
    """Return a text of many lines with every hidden character as an escape, but for tabs and the ends of lines."""
    return _UNACTING.sub(lambda found: escape(found[1]) if found[1] else found[0], text)


def escape(character: str) -> str:
    r"""Return the escape that stands for one character: `\x1b`, `\u202e` or `\U000e0041`."""
    number = ord(character)
    if number < 0x100:  # noqa: PLR2004 - two digits are enough
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"  # noqa: PLR2004 - four digits are enough


def width(text: str) -> int:
    """The number of cells a text takes on a terminal; wide characters take two, combining ones none."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 1 if _PREPENDED.match(character) else 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} or _WIDE.match(character) else 1
