"""Numbers the sources of a report in the order in which they are first cited, each of them once.

Words a source and says how well a register row was checked; it judges no source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from treatycheck.findings import DocumentRef, QuoteRef, RegisterRef
from treatycheck.report.blocks import DASH, Line, Notes, Run, code, line
from treatycheck.rulebook.model import ReportWords

Key = tuple[str, int, int, str]


class Citations:
    """The notes of one report while it is laid out."""

    def __init__(self, documents: Iterable[DocumentRef], words: ReportWords) -> None:
        self._documents: Mapping[str, DocumentRef] = {document.file: document for document in documents}
        self._words = words
        self._entries: dict[Key, tuple[int, Line]] = {}

    def quotes(self, refs: Iterable[QuoteRef]) -> Line:
        """The note numbers of quotes."""
        return self._numbers(((ref.document, ref.start, ref.end, ""), self._of_quote(ref)) for ref in refs)

    def registers(self, refs: Iterable[RegisterRef]) -> Line:
        """The note numbers of register rows."""
        return self._numbers(((ref.register, ref.row, 0, ref.key), self._of_register(ref)) for ref in refs)

    def notes(self) -> Notes:
        """All notes so far."""
        return Notes(tuple(entry for _, entry in self._entries.values()))

    def _numbers(self, found: Iterable[tuple[Key, Line]]) -> Line:
        numbers = (self._entries.setdefault(key, (len(self._entries) + 1, entry))[0] for key, entry in found)
        return tuple(Run(str(number), "note") for number in dict.fromkeys(numbers))

    def _of_quote(self, ref: QuoteRef) -> Line:
        document = self._documents.get(ref.document)
        place = f"line {ref.line}, characters {ref.start}{DASH}{ref.end} ("
        if document is None:
            return line(place, code(ref.document), ").")
        publisher = document.publisher or self._words.no_publisher
        return line(f"{document.title}, {publisher}, {document.date}, {place}", code(ref.document), ").")

    def _of_register(self, ref: RegisterRef) -> Line:
        checked = self._words.verified.get(ref.verified, ref.verified)
        return line(
            "Register ", code(ref.register), f", row {ref.row} ({ref.key}; {checked}): {ref.source.rstrip('.')}."
        )
