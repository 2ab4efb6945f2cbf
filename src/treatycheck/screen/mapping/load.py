"""Reads a mapping file against the schema of a rulebook; whatever is wrong in it is told together, each in its place.

Says nothing of a table: whether it has the columns that are named is asked when there is one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from treatycheck import shape, yaml
from treatycheck.errors import Diagnostic, InputError, did_you_mean, listed
from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.event import fault
from treatycheck.screen.mapping import countries, forms
from treatycheck.screen.mapping.model import Dictionary, Entry, MappingFile, Reading
from treatycheck.screen.schema import REQUIRED, UNKNOWN, Column, FlatSchema, may_be_unknown
from treatycheck.yaml import YamlDocument

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC671": "a mapping names a column that the schema does not have, or leaves out one that it needs",
        "TC672": "a mapping gives a column a value that it cannot hold",
        "TC673": "the keys of a mapping do not go together",
        "TC674": "a mapping writes a date in a form that cannot be read",
    }
)


def load(path: Path, schema: FlatSchema, rulebook: Rulebook) -> Reading:
    """Read a mapping file; raises `InputError` with every mistake in it."""
    source = yaml.read(path)
    problems: list[Diagnostic] = []
    whole = shape.build(MappingFile, source.value, source, problems.append)
    entries = whole.columns if whole is not None else dict(_sound_entries(source))
    checker = _Checker(source, schema, rulebook, problems.append)
    checker.check(entries)
    checker.check_whole()
    if problems or whole is None:
        raise InputError(problems)
    return _reading(source, whole, rulebook, hashlib.sha256(path.read_bytes()).hexdigest())


def _sound_entries(source: YamlDocument) -> Iterator[tuple[str, Entry]]:
    """Beside an entry of another shape the others are read all the same."""
    columns = source.value.get("columns") if isinstance(source.value, dict) else None
    for name, tree in columns.items() if isinstance(columns, dict) else ():
        told: list[Diagnostic] = []
        entry = shape.build(Entry, tree, source, told.append, base=("columns", name))
        if entry is not None:
            yield name, entry


def _reading(source: YamlDocument, whole: MappingFile, rulebook: Rulebook, sha256: str) -> Reading:
    values: dict[str, Dictionary] = {}
    states: dict[str, Dictionary] = {}
    precisions: dict[str, Dictionary] = {}
    places: dict[str, tuple[int, int]] = {}

    def named(column: str | None, *path: str | int) -> None:
        if column is not None:
            place = source.at(path)
            places.setdefault(column, (place.line, place.column))

    for column in whole.pass_over:
        key = source.keys["pass_over", column]
        places.setdefault(column, (key.line, key.column))
    for name, entry in whole.columns.items():
        named(entry.column, "columns", name, "column")
        named(entry.until, "columns", name, "until")
        if entry.values is not None:
            values[name] = Dictionary(f"values {len(values)}", _pairs(entry.values))
        if entry.countries:
            found = countries.dictionary(entry.countries, rulebook.states)
            states[name] = Dictionary(f"countries {len(states)}", tuple(found.items()), folded=True)
        if entry.precision is not None:
            named(entry.precision.column, "columns", name, "precision", "column")
            precisions[name] = Dictionary(f"precisions {len(precisions)}", _pairs(entry.precision.values))
    return Reading(
        file=source.file,
        sha256=sha256,
        title=whole.title,
        entries=whole.columns,
        values=values,
        countries=states,
        precisions=precisions,
        pass_over=whole.pass_over,
        places=places,
    )


def _pairs(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((key.strip(), value) for key, value in values.items())


@dataclass(frozen=True, slots=True)
class _Checker:
    """Holds the entries of a file against the schema."""

    source: YamlDocument
    schema: FlatSchema
    rulebook: Rulebook
    report: Callable[[Diagnostic], None]

    def check(self, entries: Mapping[str, Entry]) -> None:
        """Report everything that is wrong with the entries."""
        known = self.schema.by_name
        for name, entry in entries.items():
            column = known.get(name)
            if column is None:
                help_line = did_you_mean(name, known) or "`treatycheck schema screen` lists the columns"
                self._key(("columns", name), "TC671", f"column `{name}` is not in the schema", help_line)
            else:
                self._entry(column, entry)

    def check_whole(self) -> None:
        """Report what is missing, as far as the file has its shape."""
        tree = self.source.value if isinstance(self.source.value, dict) else {}
        columns, pass_over = tree.get("columns"), tree.get("pass_over")
        for name in REQUIRED:
            if isinstance(columns, dict) and name not in columns:
                help_line = f"every event needs {listed(REQUIRED)}; say where it comes from, or give a `constant`"
                self._at(("columns",), "TC671", f"there is no column `{name}`", help_line)
        for name, listing in pass_over.items() if isinstance(pass_over, dict) else ():
            if listing == []:
                help_line = "list the values of rows that are not to be screened, or leave the column out"
                self._at(("pass_over", name), "TC673", f"no value of `{name}` is listed", help_line)

    def _entry(self, column: Column, entry: Entry) -> None:
        path = ("columns", column.name)
        if (entry.column is None) == (entry.constant is None):
            help_line = "name the `column` of the table, or one `constant` for every row"
            what = "nothing" if entry.column is None else "both a column and a constant"
            self._key(path, "TC673", f"`{column.name}` comes from {what}", help_line)
            return
        if entry.constant is not None:
            self._constant(column, entry)
            return
        self._look_up(column, entry)
        self._dates(column, entry)
        if entry.empty is not None:
            self._value(column, entry.empty, (*path, "empty"))

    def _constant(self, column: Column, entry: Entry) -> None:
        path = ("columns", column.name)
        for key in ("values", "countries", "otherwise", "empty", "format", "until", "precision", "at_latest"):
            if getattr(entry, key):
                help_line = f"leave out `{key}`, or name a `column`"
                self._key((*path, key), "TC673", f"a constant has no use for `{key}`", help_line)
        self._value(column, entry.constant or "", (*path, "constant"))

    def _look_up(self, column: Column, entry: Entry) -> None:
        path = ("columns", column.name)
        for key, value in (entry.values or {}).items():
            self._value(column, value, (*path, "values", key))
        for repeated in _repeated([key.strip() for key in entry.values or ()]):
            help_line = "spaces around a value do not count; keep one of them"
            self._at((*path, "values"), "TC673", f"`{repeated}` is listed twice", help_line)
        if entry.countries and column.kind != "state":
            names = [one.name for one in self.schema.columns if one.kind == "state"]
            help_line = f"States stand in {listed(names)}"
            self._key((*path, "countries"), "TC673", f"`{column.name}` holds no States", help_line)
        if set(countries.NUMBERS) <= set(entry.countries):
            help_line = "one number stands for different States in the two; keep the one that the table uses"
            self._key((*path, "countries"), "TC673", f"{listed(countries.NUMBERS)} cannot be told apart", help_line)
        if entry.otherwise is None:
            return
        at = (*path, "otherwise")
        if not entry.looks_up:
            help_line = "leave it out, or list `values`"
            self._key(at, "TC673", "there is no table that a value could be missing from", help_line)
        if entry.otherwise == UNKNOWN and not may_be_unknown(column):
            help_line = "use `quarantine`, or list the value with what it stands for"
            self._at(at, "TC672", f"`{column.name}` cannot be unknown: that would be a guess", help_line)

    def _dates(self, column: Column, entry: Entry) -> None:
        path = ("columns", column.name)
        given = [key for key in ("format", "until", "precision", "at_latest") if getattr(entry, key)]
        if given and column.kind != "date":
            names = [one.name for one in self.schema.columns if one.kind == "date"]
            self._key((*path, given[0]), "TC673", f"`{column.name}` is no date", f"dates stand in {listed(names)}")
            return
        if given and entry.looks_up:
            help_line = "translate the value, or read it as a date"
            self._key((*path, given[0]), "TC673", f"`{given[0]}` does not go with a table of values", help_line)
        read = None if entry.format is None else forms.form(entry.format)
        if entry.format is not None and read is None:
            self._at((*path, "format"), "TC674", f"`{entry.format}` is no form of a date", forms.HELP)
        if read is not None and entry.reckons and not read.group("day"):
            help_line = "a precision or an end needs a day to start from: add `DD` or `D`"
            self._at((*path, "format"), "TC674", f"`{entry.format}` has no day", help_line)
        if entry.precision is not None and "range" in entry.precision.values.values() and entry.until is None:
            help_line = "name the column with the last possible day as `until`"
            self._key((*path, "precision"), "TC673", "a `range` has no end", help_line)

    def _value(self, column: Column, value: str, path: Sequence[str | int]) -> None:
        """Report a value that the column cannot hold; the empty text says that nobody says anything."""
        wrong = fault(column, value, self.rulebook)
        if wrong is not None:
            choices = (*column.words, *self._states(column))
            help_line = did_you_mean(value, choices) or (
                f"use one of {listed(column.words, limit=24)}"
                if column.words
                else "`treatycheck schema screen` says what it holds"
            )
            self._at(path, "TC672", f"`{column.name}` cannot be `{value}`: {wrong.reason}", help_line)

    def _states(self, column: Column) -> tuple[str, ...]:
        return tuple(self.rulebook.states.codes) if column.kind == "state" else ()

    def _at(self, path: Sequence[str | int], code: str, message: str, help_line: str) -> None:
        place = self.source.at(path)
        self.report(Diagnostic(self.source.file, place.line, place.column, code, message, help_line))

    def _key(self, path: tuple[str | int, ...], code: str, message: str, help_line: str) -> None:
        place = self.source.keys.get(path) or self.source.at(path)
        self.report(Diagnostic(self.source.file, place.line, place.column, code, message, help_line))


def _repeated(texts: Sequence[str]) -> list[str]:
    return sorted({text for text in texts if texts.count(text) > 1})
