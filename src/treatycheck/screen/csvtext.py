"""CSV as text: its header, and a clean copy of a table in which some rows cannot be read.

The form of a table (RFC 4180, with the separator that its header shows) is settled here and never guessed from its
rows: a guess may take a row for a comment, or quotation marks for text. A backend reads a table of that form at once
and stops where a row has another. Then the table is copied row by row, without such rows, which are told with reasons.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

from treatycheck.errors import Diagnostic, InputError
from treatycheck.phrasing import counted
from treatycheck.screen.quarantine import Fault, cut

SEPARATORS: Final = ",;\t|"
LONGEST: Final = 128 * 2**20
"""No cell is longer, in characters: what is longer has lost its closing quotation mark."""

_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_ROOM: Final = 2**20


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, by what they are separated, and how many empty lines stand before them."""

    columns: tuple[str, ...]
    separator: str
    skip: int


@dataclass(frozen=True, slots=True)
class Copied:
    """A clean copy: the number of the row, then the columns that are wanted.

    No line has more bytes than `longest`; `unread` are the rows that are not in it.
    """

    path: Path
    longest: int
    unread: tuple[tuple[int, Fault], ...]


def header(path: Path) -> Header:
    """The header of a table; raises `InputError` if it has none that can be read."""
    with _bytes(path) as file:
        begins = file.read(2)
    if begins in _UTF_16:
        raise _wrong(path, "the table is written in UTF-16", "save it as UTF-8")
    with _text(path) as file:
        skip = 0
        line = ""
        for line in file:
            if _filled(line):
                break
            skip += 1
        found = [_first(line, separator) for separator in SEPARATORS]
    columns = max(found, key=len)
    if not all(name.isprintable() for name in columns):
        raise _wrong(path, "the header cannot be read", "write the names of the columns in the first line, in UTF-8")
    for name in columns:
        if name and columns.count(name) > 1:
            raise _wrong(path, f"column `{name}` stands twice in the header", "rename one of them, or take it out")
    named = tuple(name or f"column {place}" for place, name in enumerate(columns, 1))
    return Header(named, SEPARATORS[found.index(columns)], skip)


def _first(line: str, separator: str) -> list[str]:
    """The cells of the header; none if it does not end with its line."""
    before = csv.field_size_limit(LONGEST)
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        return []
    finally:
        csv.field_size_limit(before)


def copied(path: Path, head: Header, wanted: Sequence[str], target: Path) -> Copied:
    """Copy what can be read of the columns that are wanted; raises `InputError` where a cell does not end."""
    places = [head.columns.index(name) for name in wanted]
    unread: list[tuple[int, Fault]] = []
    longest = 0
    before = csv.field_size_limit(LONGEST)
    try:
        with _text(path) as file, target.open("w", encoding="utf-8", newline="") as clean:
            writer = csv.writer(clean, lineterminator="\n", quoting=csv.QUOTE_ALL)
            writer.writerow(["row", *wanted])
            for number, cells, fault in _rows(path, file, head):
                chosen = [] if fault is not None else [cells[place] for place in places]
                wrong = fault or _encoding(wanted, chosen)
                if wrong is not None:
                    unread.append((number, wrong))
                    continue
                writer.writerow([number, *chosen])
                size = sum(map(len, chosen))
                if 8 * size > longest:
                    longest = max(longest, sum(len(cell.replace('"', '""').encode()) + 3 for cell in chosen))
    finally:
        csv.field_size_limit(before)
    return Copied(target, longest + _ROOM, tuple(unread))


class _Lines:
    """The lines of a text, whatever ends them; `taken` are those of the row that is being read."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._file)
        self.number += 1
        self.taken.append(line)
        return line


def _rows(path: Path, file: IO[str], head: Header) -> Iterator[tuple[int, list[str], Fault | None]]:
    """Each row with its number from 1, its cells, and why they cannot be told apart; empty lines are none."""
    lines = _Lines(file)
    reader = csv.reader(lines, delimiter=head.separator, strict=True)
    number = -1
    while True:
        lines.taken = []
        begins = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "limit" in str(error):
                message = f"the cell that begins in line {begins} or later does not end"
                raise _wrong(path, message, "close its quotation mark", begins) from None
            # Where it should have ended is not known, so none of its lines is read as anything else.
            for line in filter(_filled, lines.taken):
                number += 1
                yield number, [], Fault("", _shown(line), f"quotation marks do not pair in the row of line {begins}")
            continue
        if not cells:
            continue
        number += 1
        if number == 0:
            continue
        fault = None
        if len(cells) != len(head.columns):
            text = _shown("".join(lines.taken))
            fault = Fault("", text, f"{counted(len(cells), 'cell')}, where the header has {len(head.columns)}")
        yield number, cells, fault


def _filled(line: str) -> bool:
    return bool(line.strip("\r\n"))


def _encoding(names: Sequence[str], cells: Sequence[str]) -> Fault | None:
    for name, cell in zip(names, cells, strict=True):
        if not cell.isascii() and any("\ud800" <= sign <= "\udfff" for sign in cell):
            return Fault(name, _shown(cell), "not written in UTF-8")
    return None


def _shown(text: str) -> str:
    """Text of a row, with bytes that are not UTF-8 as numbers."""
    return cut(text.strip("\r\n").encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))


def _bytes(path: Path) -> IO[bytes]:
    if path.name.casefold().endswith(".gz"):
        import gzip

        return cast("IO[bytes]", gzip.open(path))
    return path.open("rb")


def _text(path: Path) -> IO[str]:
    return io.TextIOWrapper(_bytes(path), encoding="utf-8-sig", errors="surrogateescape", newline="")


def _wrong(path: Path, message: str, help_line: str, line: int = 0) -> InputError:
    return InputError([Diagnostic(str(path), line, 0, "TC653", message, help_line)])
