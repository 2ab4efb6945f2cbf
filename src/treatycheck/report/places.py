"""Where quotes stand, for programs that open documents: addresses of files, and regions by characters, lines, columns.

Reads no file: the texts are those of the casefile, to which the offsets of quotes belong.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Final
from urllib.parse import quote as percent_encoded

from treatycheck.casefile.model import Casefile, Dossier
from treatycheck.documents.text import line_and_column
from treatycheck.findings import Finding, QuoteRef

_BOM: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a text in code points: `offset` from 0, lines and columns from 1, the end exclusive."""

    offset: int
    length: int
    start_line: int
    start_column: int
    end_line: int
    end_column: int


@dataclass(slots=True)
class Places:
    """The documents of a casefile by their events, with addresses relative to `root`.

    `root` is empty where every path was given relative to the working folder, as a repository has them; else it is the
    folder that all documents share, so that no path of one machine gets into a result.
    """

    casefile: Casefile
    root: str = field(init=False)
    _of_event: Mapping[str, Dossier] = field(init=False)
    _regions: dict[tuple[str, int, int], Region] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        dossiers = self.casefile.dossiers
        self._of_event = {event.id: dossier for dossier in dossiers for event in dossier.events}
        self.root = _root([PurePath(dossier.path) for dossier in dossiers])

    def dossier(self, finding: Finding) -> Dossier:
        """The dossier a finding is about; two folders may have documents of one name, but events have one id each."""
        return self._of_event[finding.event]

    def of_quote(self, finding: Finding, quote: QuoteRef) -> Dossier:
        """The dossier in whose document a quote stands: another one where accounts are fused."""
        own = self.dossier(finding)
        if own.entry.file == quote.document:
            return own
        return next(one for one in own.sources.values() if one.entry.file == quote.document)

    def address(self, dossier: Dossier) -> str:
        """The document as a relative URI: `/` between its parts, everything else that is no plain character encoded."""
        path = Path(dossier.path).with_name(dossier.entry.file)
        relative = Path(os.path.relpath(path.absolute(), self.root)) if self.root else path
        # A name that is no UTF-8 has its own bytes in the address.
        return percent_encoded(os.fsencode(relative.as_posix()))

    def folder(self) -> str:
        """The folder that all documents share, relative to `root`, as a URI that ends with `/`, or empty."""
        addresses = [self.address(dossier) for dossier in self.casefile.dossiers]
        shared = os.path.commonpath([PurePath(one).parent.as_posix() for one in addresses]) if addresses else ""
        return f"{shared}/" if shared not in ("", ".") else ""

    def region(self, dossier: Dossier, quote: QuoteRef) -> Region:
        """Where a quote stands in its document."""
        key = (dossier.path, quote.start, quote.end)
        if key not in self._regions:
            self._regions[key] = region(dossier.document.text, quote.start, quote.end)
        return self._regions[key]


def region(text: str, start: int, end: int) -> Region:
    """The part of a text from `start` to `end`; a byte order mark at its beginning is no character of it.

    Raises `ValueError` for offsets outside the text.
    """
    mark = int(text.startswith(_BOM))
    start_line, start_column = line_and_column(text, start)
    end_line, end_column = line_and_column(text, end)
    return Region(
        start - min(mark, start),
        end - min(mark, end) - (start - min(mark, start)),
        start_line,
        start_column - (mark if start_line == 1 and start else 0),
        end_line,
        end_column - (mark if end_line == 1 and end else 0),
    )


def _root(paths: Sequence[PurePath]) -> str:
    if not any(path.is_absolute() or ".." in path.parts for path in paths):
        return ""
    return os.path.commonpath([Path(path).absolute().parent for path in paths])
