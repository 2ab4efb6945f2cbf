"""A quote as a citation: document, offsets, line and words."""

from __future__ import annotations

from treatycheck.casefile.model import Dossier
from treatycheck.findings import QuoteRef


def quote_ref(dossier: Dossier, name: str) -> QuoteRef:
    """A quote by its name in a dossier, with its place in the document it stands in."""
    origin, found = dossier.quoted(name)
    line = origin.document.text.count("\n", 0, found.start) + 1
    return QuoteRef(origin.entry.file, name, found.start, found.end, line, found.text)
