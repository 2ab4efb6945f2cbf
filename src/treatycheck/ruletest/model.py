"""The nouns of rule tests: how a file of tests is written, a test that is ready to run, and what a run reports.

Plain frozen dataclasses; `load` makes them from files and `run` decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from treatycheck.casefile.closed import StrengthName
from treatycheck.casefile.model import Actor, Dossier, Event

TruthName = Literal["true", "false", "unknown"]

_CLOSED = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a test expects; whatever is left out is not looked at. Lists are compared without regard to order.

    `missing` holds ids of facts, `positions` and `assumed_not` those of positions and exceptions, `due` a day.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    outcome: str
    reason: str | None = None
    strength: StrengthName | None = None
    missing: tuple[str, ...] | None = None
    positions: tuple[str, ...] | None = None
    due: str | None = None
    assumed_not: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A test as it is written; `change` and `remove` name places in the event by dotted paths."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    name: str
    rule: str
    event: str
    bearer: str
    expect: Expected
    change: Mapping[str, object] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    positions: Mapping[str, str] = field(default_factory=dict)
    as_of: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Impossible:
    """A truth value that some conditions cannot have, and why; a test in which one has it fails."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    value: TruthName
    reason: str
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The content of one file of tests; events are checked once they are varied."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    format: Literal["treatycheck.rule-tests/1"]
    actors: Mapping[str, Actor] = field(default_factory=dict)
    events: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    tests: tuple[Entry, ...] = ()
    impossible: tuple[Impossible, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A test that is ready to run; `bearer` is the key of a bearer of the dossier's only event."""

    file: str
    line: int
    name: str
    rule: str
    bearer: str
    dossier: Dossier
    expected: Expected
    positions: Mapping[str, str]
    as_of: date | None

    @property
    def event(self) -> Event:
        """The event as the test varies it."""
        return self.dossier.events[0]


@dataclass(frozen=True, slots=True)
class Excuse:
    """One condition and a truth value it cannot have."""

    file: str
    line: int
    condition: str
    value: TruthName


@dataclass(frozen=True, slots=True)
class Suite:
    """All tests of a rulebook, in the order of their files."""

    cases: tuple[Case, ...]
    excuses: tuple[Excuse, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """A test that did not come out as expected; `message` says what was expected and what came instead."""

    file: str
    line: int
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Untried:
    """A condition that no test makes `true`, `false` or `unknown`."""

    name: str
    value: TruthName


@dataclass(frozen=True, slots=True)
class TestReport:
    """What a run of tests found; `untested` are rules that no test names."""

    __test__: ClassVar[bool] = False

    passed: int
    failed: tuple[Failure, ...]
    untested: tuple[str, ...]
    untried: tuple[Untried, ...]
