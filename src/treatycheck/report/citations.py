"""Numbers the sources of a report in the order in which they are first cited, each of them once and once in full.

Words a source and says how well a register row was checked; it judges no source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from treatycheck.findings import DocumentRef, QuoteRef, RegisterRef
from treatycheck.report.blocks import DASH, Line, Notes, Run, code, line
from treatycheck.rulebook.model import ReportWords

Key = tuple[str, int, int, str]


class Citations:
    """The notes of one report while it is laid out."""

    def __init__(self, documents: Iterable[DocumentRef], words: ReportWords) -> None:
        self._documents: Mapping[str, tuple[int, DocumentRef]] = {
            document.file: (place, document) for place, document in enumerate(documents, 1)
        }
        self._cited: set[str] = set()
        self._words = words
        self._entries: dict[Key, tuple[int, Line]] = {}

    def quotes(self, refs: Iterable[QuoteRef]) -> Line:
        """The note numbers of quotes."""
        return self._numbers(((ref.document, ref.start, ref.end, ""), partial(self._of_quote, ref)) for ref in refs)

    def registers(self, refs: Iterable[RegisterRef]) -> Line:
        """The note numbers of register rows."""
        return self._numbers(((ref.register, ref.row, 0, ref.key), partial(self._of_register, ref)) for ref in refs)

    def document(self, file: str) -> Line:
        """A document by its number in the list of the material, or by its file if it is not there."""
        number, found = self._documents.get(file, (0, None))
        return line(code(file)) if found is None else line(f"document {number}")

    def numbers(self, files: Iterable[str]) -> str:
        """Documents by their numbers in the list of the material, or by their files: `1, 2 and 3`."""
        *rest, last = [str(self._documents[file][0]) if file in self._documents else file for file in files] or [""]
        return f"{', '.join(rest)} and {last}" if rest else last

    def notes(self) -> Notes:
        """All notes so far."""
        return Notes(tuple(entry for _, entry in self._entries.values()), tuple(self._entries))

    def _numbers(self, found: Iterable[tuple[Key, Callable[[], Line]]]) -> Line:
        numbers: dict[int, None] = {}
        for key, worded in found:
            if key not in self._entries:
                self._entries[key] = (len(self._entries) + 1, worded())
            numbers[self._entries[key][0]] = None
        return tuple(Run(str(number), "note") for number in numbers)

    def _of_quote(self, ref: QuoteRef) -> Line:
        number, document = self._documents.get(ref.document, (0, None))
        place = f"line {ref.line}, characters {ref.start}{DASH}{ref.end}"
        if document is None:
            return line(f"{place} (", code(ref.document), ").")
        if ref.document in self._cited:
            return line(f"Document {number}, {place}.")
        self._cited.add(ref.document)
        publisher = document.publisher or self._words.no_publisher
        return line(
            f"Document {number}: {document.title}, {publisher}, {document.date}, {place} (", code(ref.document), ")."
        )

    def _of_register(self, ref: RegisterRef) -> Line:
        checked = self._words.verified.get(ref.verified, ref.verified)
        return line(
            "Register ", code(ref.register), f", row {ref.row} ({ref.key}; {checked}): {ref.source.rstrip('.')}."
        )
