"""The nouns of a file of findings that were set aside, in the shape in which an analyst writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from treatycheck.yaml import YamlDocument

_CLOSED = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverEntry:
    """One finding that was set aside, at which outcome, why, in which role, since when and until when.

    `rule`, `event` and `bearer` tell a reader what the id stands for, and must agree with the finding.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    finding: str
    rule: str
    event: str
    bearer: str
    outcome: str
    reason: str
    author_role: str
    set_aside: str
    expires: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverFile:
    """A file of findings that were set aside."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    format: Literal["treatycheck.waivers/1"]
    waivers: tuple[WaiverEntry, ...]


@dataclass(frozen=True, slots=True)
class Waiver:
    """An entry whose own words are in order, with its days read; `source` and `number` say where it is written."""

    entry: WaiverEntry
    set_aside: date
    expires: date
    source: YamlDocument
    number: int
