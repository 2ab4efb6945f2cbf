"""Reads files of findings that were set aside; what can be wrong with an entry by itself is told here, all together.

Knows nothing of a run: whether there is such a finding is asked when the entries are applied.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from treatycheck import dates, shape, yaml
from treatycheck.dates import Period
from treatycheck.engine.outcomes import Outcome
from treatycheck.errors import Diagnostic, InputError, attempt, did_you_mean, listed
from treatycheck.waivers.model import Waiver, WaiverEntry, WaiverFile
from treatycheck.yaml import YamlDocument

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC611": "something in a waiver is empty or not of its form",
        "TC612": "a day of a waiver cannot be read, or is not one day",
        "TC613": "a waiver lasts longer than a year, or ends before it begins",
        "TC614": "a finding is set aside twice",
    }
)

LONGEST: Final = Period(years=1)
"""After so long somebody has to look at the finding again."""

OUTCOMES: Final = tuple(str(outcome) for outcome in Outcome if outcome is not Outcome.NO_FINDING)

_ID: Final = re.compile("[0-9a-f]{12}")
_ROLE: Final = re.compile(r"[a-z][^\n@]*")


def load(paths: Sequence[Path]) -> tuple[Waiver, ...]:
    """Read files of waivers; raises `InputError` with every mistake in them."""
    problems: list[Diagnostic] = []
    found: list[Waiver] = []
    for path in paths:
        source = attempt(partial(yaml.read, path), problems)
        if source is not None:
            read = (_Reader(entry, source, number, problems.append) for number, entry in _entries(source, problems))
            found += [waiver for one in read if (waiver := one.waiver()) is not None]
    problems += _repeated(found)
    if problems:
        raise InputError(problems)
    return tuple(found)


def problem(source: YamlDocument, number: int, key: str, code: str, message: str, help_line: str) -> Diagnostic:
    """The diagnostic on one key of an entry, where its value stands."""
    place = source.at(("waivers", number, key))
    return Diagnostic(source.file, place.line, place.column, code, message, help_line)


def _entries(source: YamlDocument, problems: list[Diagnostic]) -> Iterator[tuple[int, WaiverEntry]]:
    """The entries of a file with their numbers; beside an entry of another shape the others are read all the same."""
    whole = shape.build(WaiverFile, source.value, source, problems.append)
    if whole is not None:
        yield from enumerate(whole.waivers)
        return
    trees = source.value.get("waivers") if isinstance(source.value, dict) else None
    for number, tree in enumerate(trees if isinstance(trees, list) else ()):
        told: list[Diagnostic] = []
        entry = shape.build(WaiverEntry, tree, source, told.append, base=("waivers", number))
        if entry is not None:
            yield number, entry


def _repeated(waivers: Iterable[Waiver]) -> Iterable[Diagnostic]:
    first: dict[str, Waiver] = {}
    for waiver in waivers:
        name = waiver.entry.finding
        known = first.setdefault(name, waiver)
        if known is not waiver:
            line = known.source.at(("waivers", known.number, "finding")).line
            advice = f"the first entry is at {known.source.file}:{line}; keep one of them"
            message = f"the finding `{name}` is set aside twice"
            yield problem(waiver.source, waiver.number, "finding", "TC614", message, advice)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one entry."""

    entry: WaiverEntry
    source: YamlDocument
    number: int
    report: Callable[[Diagnostic], None]

    def waiver(self) -> Waiver | None:
        """The entry with its days, or None after reporting what is wrong with it."""
        entry = self.entry
        right = [
            self._formed("finding", _ID.fullmatch(entry.finding), "write the 12 digits and letters the report prints"),
            self._outcome(),
            *(self._formed(key, getattr(entry, key), _HELP[key]) for key in ("rule", "event", "bearer", "reason")),
            self._formed(
                "author_role",
                _ROLE.fullmatch(entry.author_role),
                "write a role in lower case, such as `legal analyst`; no person is named here",
            ),
        ]
        start, end = self._day("set_aside"), self._day("expires")
        if start is None or end is None:
            return None
        right.append(self._in_time(start, end))
        return Waiver(entry, start, end, self.source, self.number) if all(right) else None

    def _formed(self, key: str, right: object, advice: str) -> bool:
        text = getattr(self.entry, key)
        if not right:
            message = f"`{text}` cannot be the value of `{key}`" if text else f"`{key}` is empty"
            self._problem(key, "TC611", message, advice)
        return bool(right)

    def _outcome(self) -> bool:
        text = self.entry.outcome
        advice = did_you_mean(text, OUTCOMES) or f"use one of {listed(OUTCOMES)}"
        return self._formed("outcome", text in OUTCOMES, advice)

    def _day(self, key: str) -> date | None:
        text = getattr(self.entry, key)
        try:
            read = dates.parse(text)
        except dates.DateError as error:
            self._problem(key, "TC612", error.message, error.help)
            return None
        if read.earliest is None or read.earliest != read.latest:
            self._problem(key, "TC612", f"`{text}` is not one day", "write a day, for example `2026-11-23`")
            return None
        return read.earliest

    def _in_time(self, start: date, end: date) -> bool:
        last = dates.add(start, LONGEST)
        if end < start:
            message = f"`{end}` is before `{start}`, the day on which the finding was set aside"
            self._problem("expires", "TC613", message, f"write a day up to `{last}`")
        elif end > last:
            message = f"`{end}` is more than a year after `{start}`"
            self._problem("expires", "TC613", message, f"write `{last}` or an earlier day, and look at it again then")
        return start <= end <= last

    def _problem(self, key: str, code: str, message: str, help_line: str) -> None:
        self.report(problem(self.source, self.number, key, code, message, help_line))


_HELP: Final = {
    "rule": "write the id of the rule, as `treatycheck rules list` prints it",
    "event": "write the id of the event",
    "bearer": "write who the finding is about, as the report names it",
    "reason": "say why the finding is set aside",
}
