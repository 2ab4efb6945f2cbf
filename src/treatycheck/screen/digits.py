"""The digits of a signature: what a table engine has to find out about a row, as plain data that can be kept.

A digit is a small number for some columns of a row; rows that agree in all digits are the same to every rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Way = Literal["listed", "number", "designation", "dated", "named", "same", "filled"]

LATER: Final = -1
"""Stands for a class that is not known beforehand: the row is looked at again, one by one."""

WORD: Final = 1 << 62
"""A signature is written in as few whole numbers below this as will do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches:
    """The classes of one State, or of the date itself, over time: `classes[i]` holds before `days[i]`, the last after.

    `unstated` is the class where no date is stated.
    """

    key: str
    unstated: int
    days: tuple[str, ...]
    classes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digit:
    """One digit: from which columns and how it is found, of how many classes, and for which acts it matters at all.

    * `listed`: the class of the value in the first column by `values` and `classes`; any other value has `other`.
    * `designation`: as `listed`, the values without case, spaces and hyphens; `spelt` has how they are usually written.
    * `number`: `cuts` part the numbers; `classes` are those below, at and above each cut, from the lowest. Nothing: 0.
    * `dated`: by the State in the second column, if there is one, and the date in the first.
    * `named`: 1 if the first column is all that is filled of all.
    * `filled`: 1 if any of the columns is filled.
    * `same`: 1 if the first half of the columns says the same as the second.

    `absent` and `open` are the classes of an empty cell and of `unknown` where these are no values of their own.
    `guarded` values of a kind of actor need a code beside them. With `later`, a value that is not listed is looked at
    again, as it may be malformed.
    """

    name: str
    way: Way
    columns: tuple[str, ...]
    acts: tuple[str, ...]
    size: int
    values: tuple[str, ...] = ()
    classes: tuple[int, ...] = ()
    spelt: tuple[str, ...] = ()
    other: int = LATER
    cuts: tuple[str, ...] = ()
    stretches: tuple[Stretches, ...] = ()
    absent: int = 0
    open: int = 0
    guarded: tuple[str, ...] = ()
    later: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a digit stands: in which number of the signature, and what one counts there."""

    word: int
    unit: int


def places(digits: tuple[Digit, ...]) -> tuple[Place, ...]:
    """Lay the digits out, each above those before it, in as many numbers as it takes."""
    found: list[Place] = []
    word, unit = 0, 1
    for digit in digits:
        if unit * digit.size > WORD:
            word, unit = word + 1, 1
        found.append(Place(word, unit))
        unit *= digit.size
    return tuple(found)
