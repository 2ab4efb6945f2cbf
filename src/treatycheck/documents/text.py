"""The text of a document, exactly as in its file, and a folded copy on which quotes are matched.

Folding may change spaces, quotation marks and soft hyphens only: never a letter, its case or its accents.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from treatycheck.errors import Diagnostic, InputError

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC201": "the document cannot be read",
        "TC202": "the document is not UTF-8",
    }
)

_STRAIGHT: Final = str.maketrans("‘’‚‛“”„‟", "''''\"\"\"\"")  # noqa: RUF001 - these marks are the subject
# White space other than one plain space, and soft hyphens. A run may mix them: a hyphen amid spaces adds none.
_FOLDED: Final = re.compile(r"[\s\xad]{2,}|[^\S ]|\xad")


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its name in messages, the SHA-256 of its bytes in hexadecimal, its text with newlines as they are."""

    file: str
    sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A copy for matching; `offsets[i]` is where `text[i]` stands in the original, in code points.

    There is one offset more than characters: the length of the original.
    """

    text: str
    offsets: Sequence[int]


def fold(text: str) -> Folded:
    """Return `text` with each run of white space as one space, straight quotation marks and no soft hyphens."""
    straight = text.translate(_STRAIGHT)  # as long as the original
    pieces: list[str] = []
    offsets = array("L")
    done = 0
    for match in _FOLDED.finditer(straight):
        pieces.append(straight[done : match.start()])
        offsets.extend(range(done, match.start()))
        if space := match[0].lstrip("\xad"):
            pieces.append(" ")
            offsets.append(match.end() - len(space))
        done = match.end()
    pieces.append(straight[done:])
    offsets.extend(range(done, len(straight) + 1))
    return Folded("".join(pieces), offsets)


def read_document(path: Path, *, shown: str | None = None) -> Document:
    """Read a UTF-8 text file; `shown` is its name in messages. Raises `InputError` (TC201, TC202)."""
    file = shown if shown is not None else str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        message = f"cannot read `{file}`: {reason}"
        raise InputError([Diagnostic(file, 0, 0, "TC201", message, "check the name and the permissions")]) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = line_and_column(before, len(before))
        message = f"byte `0x{data[error.start]:02x}` is not UTF-8"
        raise InputError([Diagnostic(file, line, column, "TC202", message, "save the document as UTF-8")]) from error
    return Document(file, hashlib.sha256(data).hexdigest(), text)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return where the code point at `offset` stands, both from 1; a line ends with LF, CR LF or CR.

    The end of the text is a place too. Raises `ValueError` for an offset outside the text.
    """
    if not 0 <= offset <= len(text):
        message = f"offset {offset} is outside a text of {len(text)} characters"
        raise ValueError(message)
    if offset and text.startswith("\r\n", offset - 1):  # within one line end
        line, column = line_and_column(text, offset - 1)
        return line, column + 1
    ends = text.count("\n", 0, offset) + text.count("\r", 0, offset) - text.count("\r\n", 0, offset)
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return ends + 1, offset - start + 1
