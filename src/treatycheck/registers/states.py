"""The States the registers speak of: one code each, and the names and adjectives under which sources mention them.

Resolves a name to a code or to nothing; it never picks the nearest, and says nothing of recognition.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from treatycheck.errors import Diagnostic, InputError, did_you_mean
from treatycheck.registers.table import Row, Table, read_table

COLUMNS: Final = ("code", "name", "aliases")

# Typographic apostrophes and hyphens, as printed, to the ones on a keyboard.
_PRINTED: Final = str.maketrans("\u2018\u2019\u02bc\u2010\u2011\u2013", "'''---")


@dataclass(frozen=True, slots=True)
class States:
    """The States by code; made by `load_states`."""

    codes: Mapping[str, Row] = field(hash=False)
    _names: Mapping[str, str] = field(hash=False, repr=False)

    def name(self, code: str) -> str:
        """Return the name of the State with this code; KeyError if there is none."""
        return self.codes[code].values["name"]

    def resolve(self, text: str) -> str | None:
        """Return the code of the State that a code, name or alias stands for; case, accents and `the` do not count."""
        return self._names.get(_folded(text))

    def suggest(self, text: str) -> str:
        """Return "did you mean …?" with the names close to `text`, else the empty string."""
        spellings = {spelling: spelling for row in self.codes.values() for spelling in _spellings(row)}
        return did_you_mean(text.strip(), spellings)


def load_states(path: Path) -> States:
    """Read the register of States; InputError with every fault, two States under one name among them."""
    table = read_table(path, register=f"{path.parent.name}/{path.name}", columns=COLUMNS, key="code")
    names: dict[str, str] = {}
    faults = [*table.diagnostics, *_name_faults(table, names)]
    if faults:
        raise InputError(faults)
    return States({row.key: row for row in table.rows}, names)


def _name_faults(table: Table, names: dict[str, str]) -> Iterator[Diagnostic]:
    """Enter every spelling of every row in `names`, and yield a fault for one that is taken by another State."""
    for row in table.rows:
        for spelling in _spellings(row):
            other = names.setdefault(_folded(spelling), row.key)
            if other != row.key:
                message = f"`{spelling}` names two States, `{other}` and `{row.key}`"
                remedy = "keep it for the one that sources mean by it, or for neither"
                yield table.fault(row.line, "aliases", "TC307", message, remedy)


def _spellings(row: Row) -> Iterator[str]:
    yield row.key
    yield row.values["name"]
    yield from (alias for alias in row.values["aliases"].split("|") if alias)


def _folded(text: str) -> str:
    """Return the text without case, accents, typographic signs, extra spaces and a leading article."""
    plain = unicodedata.normalize("NFKD", text.translate(_PRINTED))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(letters.casefold().split()).removeprefix("the ")
