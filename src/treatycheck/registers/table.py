"""One register as a table: CSV rows, each with its source and a flag that says whether the source was read.

Checks the form of the rows and reports every fault of a file together; what the columns mean is for others to know.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from treatycheck.dates import DateError, parse
from treatycheck.errors import Diagnostic, InputError, did_you_mean, listed

if TYPE_CHECKING:
    from treatycheck.registers.states import States

# How far a row carries a conclusion: a fact nobody read in its source indicates, it does not prove.
STRENGTH_OF: Final[Mapping[str, int]] = {"yes": 4, "partly": 3, "no": 2}

# The flags of a row that a run supposes, which no register may have: a supposition counts in full, and what the row
# keeps from its register no more than before.
SUPPOSED: Final = "supposed"
SUPPOSED_STRENGTH: Final[Mapping[str, int]] = {SUPPOSED: 4, "supposed, partly": 3, "supposed, no": 2}

_ALWAYS: Final = ("source", "verified")

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC301": "the register cannot be read",
        "TC302": "the header of a register lacks a column or has one too many",
        "TC303": "a row has not as many cells as the header, or its quotes do not match",
        "TC304": "a row names no source",
        "TC305": "a row does not say whether it was verified",
        "TC306": "a date in a register is missing or cannot be read",
        "TC307": "what a row is found by is missing or taken",
        "TC308": "a State in a register is missing or is none",
    }
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a register; `line` counts from 1 and is where the row begins, `values` has every column."""

    register: str
    line: int
    key: str
    values: Mapping[str, str] = field(hash=False)
    source: str
    verified: str

    @property
    def strength(self) -> int:
        """The evidence strength a conclusion from this row may have at most: yes 4, partly 3, no 2."""
        return SUPPOSED_STRENGTH.get(self.verified) or STRENGTH_OF[self.verified]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one file that could be read, and what is wrong with the others."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    diagnostics: tuple[Diagnostic, ...]
    lines: tuple[str, ...] = field(default=(), repr=False)

    def fault(self, line: int, column: str, code: str, message: str, remedy: str) -> Diagnostic:
        """Return the diagnostic for the cell in `column` of the row that begins at `line`."""
        index = self.columns.index(column) if column in self.columns else 0
        below, character = _place("".join(self.lines[line - 1 :]), index)
        return Diagnostic(self.file, line + below, character, code, message, remedy)


def load_table(
    path: Path,
    *,
    register: str,
    columns: Sequence[str],
    key: str | Sequence[str],
    dates: Sequence[str] = (),
    states: States | None = None,
) -> tuple[Row, ...]:
    """Read a register; InputError with every fault of the file. The arguments are those of `read_table`."""
    table = read_table(path, register=register, columns=columns, key=key, dates=dates, states=states)
    if table.diagnostics:
        raise InputError(table.diagnostics)
    return table.rows


def read_table(
    path: Path,
    *,
    register: str,
    columns: Sequence[str],
    key: str | Sequence[str],
    dates: Sequence[str] = (),
    states: States | None = None,
) -> Table:
    """Read a register and keep its faults beside its rows; never raises for what stands in the file.

    `columns` are required beside `source` and `verified`; others may be there and are kept. `key` names the column, or
    the columns together, that no two rows share. The cells of the columns `dates` are empty or hold EDTF dates,
    separated by `|` if several. With `states`, a cell of the column `code` is empty or holds the code of one of them,
    and `name` is a name of that State; where `code` is the key, it is not empty.
    """
    text, unreadable = _text(path)
    if unreadable:
        return Table(str(path), (), (), unreadable)
    lines = tuple(io.StringIO(text, newline=""))
    header = next(csv.reader(lines[:1]), [])
    bare = Table(str(path), tuple(header), (), (), lines)
    wrong = tuple(_header_faults(bare, [*columns, *_ALWAYS]))
    if wrong:
        return Table(bare.file, bare.columns, (), wrong, lines)
    faults: list[Diagnostic] = []
    rows = []
    seen: dict[str, int] = {}
    keys = (key,) if isinstance(key, str) else tuple(key)
    for line, cells in _records(bare, faults):
        values = dict(zip(header, cells, strict=True))
        name = "/".join(values[part] for part in keys)
        found = [
            *_row_faults(bare, line, values),
            *_key_faults(bare, line, name, keys, seen),
            *_date_faults(bare, line, values, dates),
            *(_state_faults(bare, line, values, states) if states is not None else ()),
        ]
        faults += found
        if not found:
            rows.append(Row(register, line, name, values, values["source"], values["verified"]))
    return Table(bare.file, bare.columns, tuple(rows), tuple(faults), lines)


def _text(path: Path) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the text of a file without its byte order mark, or why there is none."""
    try:
        return path.read_bytes().decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        # The position follows from the bytes before the first bad one, which are good.
        before = error.object[: error.start].decode("utf-8", errors="replace")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = f"the byte `0x{error.object[error.start]:02x}` is not UTF-8"
        return "", (Diagnostic(str(path), line, column, "TC301", message, "save the file as UTF-8"),)
    except FileNotFoundError:
        message, remedy = f"there is no register `{path.name}`", "restore the file, or correct its name"
    except OSError as error:
        message, remedy = f"`{path.name}` cannot be read: {(error.strerror or '').lower()}", "check what stands there"
    return "", (Diagnostic(str(path), 0, 0, "TC301", message, remedy),)


def _header_faults(table: Table, required: Sequence[str]) -> Iterator[Diagnostic]:
    header = table.columns
    if not header:
        remedy = f"begin with the header `{','.join(required)}`"
        yield Diagnostic(table.file, 1, 1, "TC302", "the register has no header", remedy)
        return
    line = table.lines[0]
    for column in required:
        if column not in header:
            remedy = did_you_mean(column, set(header) - set(required)) or f"add it; required are {listed(required)}"
            yield Diagnostic(table.file, 1, 1, "TC302", f"the header has no column `{column}`", remedy)
    for index, column in enumerate(header):
        place = _place(line, index)[1]
        if not column.strip():
            yield Diagnostic(table.file, 1, place, "TC302", "the header has a column `` without a name", "name it")
        elif column in header[:index]:
            message = f"the header has the column `{column}` twice"
            yield Diagnostic(table.file, 1, place, "TC302", message, "rename or remove one of them")


def _records(table: Table, faults: list[Diagnostic]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the right width with the line each begins at, and add a fault for every other one."""
    reader = csv.reader(table.lines, strict=True)
    next(reader)
    width = len(table.columns)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            remedy = 'put a cell that has a comma or a quote in quotes, and double each quote within: `"a ""b"""`'
            faults.append(table.fault(line, table.columns[0], "TC303", f"the row cannot be read: {error}", remedy))
            continue
        if cells and len(cells) != width:
            message = f"the row has {len(cells)} cells, the header {width}"
            remedy = "put a cell that has a comma in quotes" if len(cells) > width else "an empty cell needs its comma"
            faults.append(table.fault(line, table.columns[0], "TC303", message, remedy))
        elif cells:
            yield line, cells


def _row_faults(table: Table, line: int, values: Mapping[str, str]) -> Iterator[Diagnostic]:
    if not values["source"].strip():
        yield table.fault(line, "source", "TC304", "the row has no source", "name the text in which it can be read")
    verified = values["verified"]
    if verified not in STRENGTH_OF:
        remedy = did_you_mean(verified, STRENGTH_OF) or "write `yes`, `partly` or `no`: was it read in its source?"
        yield table.fault(line, "verified", "TC305", f"`{verified}` does not say whether the row is verified", remedy)


def _key_faults(
    table: Table, line: int, name: str, keys: tuple[str, ...], seen: dict[str, int]
) -> Iterator[Diagnostic]:
    if not name.strip("/ "):
        yield table.fault(line, keys[0], "TC307", f"the row has no `{keys[0]}`", "rows are found by it: fill it in")
    elif name in seen:
        message = f"`{name}` stands twice, first on line {seen[name]}"
        yield table.fault(line, keys[0], "TC307", message, "merge the two rows, or remove one of them")
    seen.setdefault(name, line)


def _date_faults(table: Table, line: int, values: Mapping[str, str], dates: Sequence[str]) -> Iterator[Diagnostic]:
    for column in dates:
        for text in values[column].split("|") if values[column] else ():
            try:
                parse(text)
            except DateError as error:
                yield table.fault(line, column, "TC306", error.message, error.help)


def _state_faults(table: Table, line: int, values: Mapping[str, str], states: States) -> Iterator[Diagnostic]:
    code, name = values["code"], values.get("name", "")
    if not code:
        return
    if code not in states.codes:
        remedy = states.suggest(code) or states.suggest(name) or "write the code as in the register of States"
        yield table.fault(line, "code", "TC308", f"`{code}` is not the code of a State", remedy)
    elif name and states.resolve(name) != code:
        remedy = f"`{code}` is `{states.name(code)}`; {states.suggest(name) or 'correct the code or the name'}"
        yield table.fault(line, "name", "TC308", f"`{name}` is not a name of `{code}`", remedy)


def _place(record: str, index: int) -> tuple[int, int]:
    """Return how many lines below the start of a record its cell `index` begins, and at which character from 1."""
    below, character, cell, quoted = 0, 1, 0, False
    for sign in record:
        if cell == index:
            break
        # A doubled quote inside a cell closes and opens again, so counting each quote is enough.
        quoted = quoted != (sign == '"')
        cell += sign == "," and not quoted
        below, character = (below + 1, 1) if sign == "\n" else (below, character + 1)
    return below, character
