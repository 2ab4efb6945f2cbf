"""Where a value stands in JSON text, so that what is wrong with a file can be pointed at.

Needed for error messages only: the text has been read before, and is read again up to that place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

_SPACE: Final = re.compile(r"[ \t\n\r]*")


def offset(text: str, path: Sequence[str | int]) -> int:
    """Where the value at a path begins, in code points; the text is well-formed and has a value there."""
    at = _past_space(text, 0)
    for step in path:
        at = _entry(text, at, step)
    return at


def _entry(text: str, at: int, step: str | int) -> int:
    """Where the entry with that key or number begins, in the object or list that begins at `at`."""
    decoder = json.JSONDecoder()
    keyed = text[at] == "{"
    here: str | int = 0
    count = 0
    while True:
        at = _past_space(text, at + 1)
        if keyed:
            here, at = decoder.raw_decode(text, at)
            at = _past_space(text, _past_space(text, at) + 1)
        else:
            here = count
        if here == step:
            return at
        _, at = decoder.raw_decode(text, at)
        at = _past_space(text, at)
        count += 1


def _past_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return at if found is None else found.end()
