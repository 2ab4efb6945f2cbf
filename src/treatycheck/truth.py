"""Kleene truth graded by evidence, as one small integer.

A *verdict* is an integer from -4 to 4. Zero is unknown. The sign says true (+) or false (-); the magnitude is the
evidence strength, 1 (alleged) to 4 (established). On these integers the three-valued algebra with "the weakest link
limits" is exactly `min`, `max` and negation:

* `all_of`: true with the weakest of its parts, false with the strongest of its false parts -> `min`;
* `any_of`: true with the strongest of its true parts, false with the weakest of its parts -> `max`;
* `negate` keeps the strength.

Strength 0 ("mentioned": nobody takes responsibility for the statement) counts as unknown and needs no number.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, StrEnum
from typing import Final


class Strength(IntEnum):
    """How well a single field of an event is supported."""

    S0 = 0
    S1 = 1
    S2 = 2
    S3 = 3
    S4 = 4

    def __str__(self) -> str:
        return self.name


class Truth(StrEnum):
    """The three values of Kleene's strong logic."""

    FALSE = "false"
    UNKNOWN = "unknown"
    TRUE = "true"


UNKNOWN: Final = 0
CERTAIN: Final = 4
CERTAINLY_NOT: Final = -4


def graded(holds: bool | None, strength: int) -> int:  # noqa: FBT001 - the truth value is the subject here
    """Return the verdict of a statement that holds (or not, or nobody knows) at an evidence strength 0..4."""
    if holds is None:
        return UNKNOWN
    return strength if holds else -strength


def all_of(verdicts: Iterable[int]) -> int:
    """Conjunction; the empty one is certainly true."""
    return min(verdicts, default=CERTAIN)


def any_of(verdicts: Iterable[int]) -> int:
    """Disjunction; the empty one is certainly false."""
    return max(verdicts, default=CERTAINLY_NOT)


def negate(verdict: int) -> int:
    """Negation: same strength, opposite truth; unknown stays unknown."""
    return -verdict


def capped(verdict: int, strength: int) -> int:
    """Limit the strength of a verdict, true or false, to `strength` (1..4)."""
    return max(-strength, min(verdict, strength))


def truth(verdict: int) -> Truth:
    """The truth value of a verdict, without its strength."""
    if verdict == UNKNOWN:
        return Truth.UNKNOWN
    return Truth.TRUE if verdict > 0 else Truth.FALSE


def strength(verdict: int) -> Strength | None:
    """The strength of a verdict, or None when nothing is known."""
    return Strength(abs(verdict)) if verdict else None
