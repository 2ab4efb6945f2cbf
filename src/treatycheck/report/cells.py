"""Cells that a spreadsheet can open without running anything.

A spreadsheet takes a cell for a formula by its first character, also after white space or a quotation mark; so such a
cell begins with an apostrophe here, as the OWASP page on CSV injection advises. Where the list separator of a machine
is the semicolon, a spreadsheet splits cells there and looks at what follows; so what stands after one is treated as the
beginning of a cell. `unguarded` takes the apostrophes away again, for programs, which take no cell for a formula.
"""

from __future__ import annotations

import re
from typing import Final

# The four signs with which a formula begins, as they are and in the full width of East Asian keyboards, which some
# spreadsheets read as the same. Tab and line breaks begin one as well, but `visible` has made them spaces.
_BEGINS_FORMULA: Final = r"[\s\"'“”‘’`]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]"  # noqa: RUF001 - quotation marks are meant
_UNGUARDED: Final = re.compile(rf"(?:^|(?<=;))(?={_BEGINS_FORMULA})")
_GUARDED: Final = re.compile(rf"(?:^|(?<=;))'(?={_BEGINS_FORMULA})")


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe wherever one would begin."""
    return _UNGUARDED.sub("'", text)


def unguarded(cell: str) -> str:
    """Return the text of a cell as it was before it was guarded."""
    return _GUARDED.sub("", cell)
