r"""Characters on a page: hidden ones are made visible, and the width of a text on a terminal is measured.

What a reader cannot see must not act: controls, direction marks and other invisible signs are shown as `\u202e`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SPACES: Final = re.compile(r"[\t\n\r ]+")

HIDDEN: Final = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # controls, among them the escape that begins a terminal sequence
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"  # soft hyphen, direction mark, fillers
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"  # zero-width space, direction marks and overrides, separators
    "\u3164\ufeff\uffa0\ufff0-\uffff"  # fillers, byte order mark, interlinear marks, non-characters
    "\ud800-\udfff"  # halves of a pair
    "\U000e0000-\U000e0fff"  # tags
    "]"
)


def visible(text: str) -> str:
    r"""Return the text with line breaks as spaces and every hidden character as an escape, such as `\u202e`."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text
    return HIDDEN.sub(lambda found: escape(found[0]), _SPACES.sub(" ", text))


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
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
