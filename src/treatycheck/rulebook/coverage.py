"""Counts how much of each instrument is encoded: by kind of provision, by reason, and by how well its text was read.

Only counts what the inventory says; whether an encoding is right is for the tests of the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from treatycheck.rulebook.model import Instrument, Provision, Rulebook

__all__ = ["Coverage", "InstrumentCoverage", "KindCount", "ReadingCount", "coverage", "instrument_coverage"]

READINGS: Final = ("read", "partly", "recalled")
"""How well the text of a provision may have been read, the best first."""


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many provisions of one kind there are, and how many of them are encoded."""

    kind: str
    total: int
    encoded: int


@dataclass(frozen=True, slots=True)
class ReadingCount:
    """How many provisions were read that well; `checked` is one of `READINGS`."""

    checked: str
    total: int


@dataclass(frozen=True, slots=True)
class InstrumentCoverage:
    """The inventory of one instrument, each provision in exactly one of three lists, in the order of the inventory.

    `encoded` names what encodes it, `reasoned` says why nothing does, and `unexplained` does neither, which the checks
    of a rulebook refuse. `kinds` come in the order in which they first occur; `readings` are all of `READINGS`.
    """

    instrument: str
    encoded: tuple[Provision, ...]
    reasoned: tuple[Provision, ...]
    unexplained: tuple[Provision, ...]
    kinds: tuple[KindCount, ...]
    readings: tuple[ReadingCount, ...]

    @property
    def total(self) -> int:
        """The number of provisions."""
        return len(self.encoded) + len(self.reasoned) + len(self.unexplained)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of a rulebook, its instruments in their own order."""

    instruments: tuple[InstrumentCoverage, ...]

    @property
    def total(self) -> int:
        """The number of provisions of all instruments."""
        return sum(one.total for one in self.instruments)

    @property
    def encoded(self) -> int:
        """The number of provisions that are encoded."""
        return sum(len(one.encoded) for one in self.instruments)

    @property
    def unexplained(self) -> tuple[Provision, ...]:
        """The provisions of all instruments that are neither encoded nor given a reason."""
        return tuple(provision for one in self.instruments for provision in one.unexplained)


def coverage(rulebook: Rulebook) -> Coverage:
    """Return how much of each instrument of a rulebook is encoded."""
    return Coverage(tuple(instrument_coverage(one) for one in rulebook.instruments.values()))


def instrument_coverage(instrument: Instrument) -> InstrumentCoverage:
    """Return how much of one instrument is encoded; a provision that has an encoder and a reason counts as encoded."""
    provisions = instrument.provisions
    encoded = tuple(one for one in provisions if one.encoded_by)
    rest = tuple(one for one in provisions if not one.encoded_by)
    return InstrumentCoverage(
        instrument.id,
        encoded,
        reasoned=tuple(one for one in rest if one.why_not),
        unexplained=tuple(one for one in rest if not one.why_not),
        kinds=_kinds(provisions),
        readings=_readings(provisions),
    )


def _kinds(provisions: Iterable[Provision]) -> tuple[KindCount, ...]:
    totals, encoded = Counter[str](), Counter[str]()
    for one in provisions:
        totals[one.kind] += 1
        encoded[one.kind] += bool(one.encoded_by)
    return tuple(KindCount(kind, total, encoded[kind]) for kind, total in totals.items())


def _readings(provisions: Iterable[Provision]) -> tuple[ReadingCount, ...]:
    totals = Counter(one.checked for one in provisions)
    return tuple(ReadingCount(checked, totals[checked]) for checked in READINGS)
