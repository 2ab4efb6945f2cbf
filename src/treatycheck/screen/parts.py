"""The draft of a result: what each table has come to, kept on disk until the result is whole.

A run that was stopped leaves its draft behind, and the next one may go on from there: a table counts as done if it is
the same to the byte and was screened for the same question. What is not recorded as done is done anew.
"""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from treatycheck.screen.quarantine import COLUMNS, Quarantine
from treatycheck.screen.receipt import PartCount, Unmatched

LATER: Final = "later"
"""What the rows of a table are called that were looked at by themselves."""

_NUMBER: Final = "{:05}"


@dataclass(frozen=True, slots=True)
class Part:
    """What a table has come to, beside the files in the draft."""

    count: PartCount
    unmatched: tuple[Unmatched, ...] = ()


class Draft:
    """The folder in which a result grows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._question = ""
        self._tables = 0

    def begin(self, question: str, tables: int, *, again: bool) -> None:
        """Make the folder for so many tables; what an earlier run left stays only if it is to go on.

        `question` is a hash of all that what becomes of a table depends on, but that table.
        """
        self._question, self._tables = question, tables
        if self.folder.exists() and not again:
            shutil.rmtree(self.folder)
        self.folder.mkdir(exist_ok=True)

    @property
    def used(self) -> bool:
        """Whether any table is done."""
        return any(self.folder.glob("*.json"))

    def leave(self) -> None:
        """Leave nothing behind unless a table is done."""
        if not self.used:
            self.remove()

    def remove(self) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def done(self, number: int, file: str, sha256: str) -> Part | None:
        """What a table came to in an earlier run; None if it has to be screened."""
        try:
            known = json.loads(self._file(number, "json").read_text(encoding="utf-8"))
            if (known["question"], known["count"]["file"], known["count"]["sha256"]) != (self._question, file, sha256):
                return None
            return Part(PartCount(**known["count"]), tuple(Unmatched(**one) for one in known["unmatched"]))
        except (OSError, ValueError, TypeError, LookupError):
            return None

    def clear(self, number: int) -> None:
        """Take away what an earlier run left of a table."""
        for one in self.folder.glob(f"{_NUMBER.format(number)}*"):
            one.unlink()

    def keep(self, number: int, part: Part) -> None:
        """Record that a table is done; its files are in the draft by now."""
        record = {"question": self._question, **asdict(part)}
        draft = self._file(number, "json.new")
        draft.write_text(json.dumps(record), encoding="utf-8")
        draft.replace(self._file(number, "json"))

    def rows(self, number: int, what: str = "") -> Path:
        """The file for rows that a table comes to."""
        return self._file(number, f"{what}.parquet" if what else "parquet")

    def refuse(self, number: int, quarantine: Quarantine) -> None:
        """Keep what of a table cannot be screened."""
        if quarantine.rows:
            quarantine.write(self._file(number, "quarantine"))

    def quarantine(self, target: Path) -> bool:
        """Write the quarantines of all tables to a file; returns whether there is any."""
        parts = [one for number in range(self._tables) if (one := self._file(number, "quarantine")).is_file()]
        if parts:
            with target.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerow(COLUMNS)
                for one in parts:
                    with one.open(encoding="utf-8", newline="") as rows:
                        shutil.copyfileobj(rows, file)
        return bool(parts)

    def files(self) -> list[Path]:
        """The files of rows of all tables, in their order."""
        every = [self.rows(number, what) for number in range(self._tables) for what in ("", LATER)]
        return [one for one in every if one.is_file()]

    def _file(self, number: int, suffix: str) -> Path:
        return self.folder / f"{_NUMBER.format(number)}.{suffix}"
