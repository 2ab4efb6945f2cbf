"""What would settle an undetermined finding: the smallest sets of open facts, in either direction.

Sets that end the matter are told one by one as long as they are few. Where a gate is ruled out only together, by one
answer of each of several groups (such as one for each object), the groups are kept apart instead of multiplied out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from math import prod
from typing import Final

from treatycheck.explain import ways
from treatycheck.explain.answers import Answers, Cubes, TooMany

AnswerSet = tuple[tuple[int, int], ...]
"""Open facts, by index, each with the answers that will do, as bits."""

Group = tuple[AnswerSet, ...]
"""Sets any one of which does the same."""

Asking = Callable[[int | None], Answers]
"""The search over the open facts; with a number, only by ways of so many facts."""

MOST_SETS: Final = 4
"""So many sets are told one by one; where there would be more, groups are kept apart."""

_FEWER: Final = (None, 2, 1)
"""How many facts a way may have: any number, and where there are too many ways only few."""


@dataclass(frozen=True, slots=True)
class Settling:
    """Groups of which one set each settles a finding, towards a potential violation (`flagged`) or away from it."""

    flagged: bool
    groups: tuple[Group, ...]


def settle(asking: Asking, case: ways.Case) -> tuple[tuple[Settling, ...], bool]:
    """What would settle a finding, and whether all of it was found."""
    towards, fully = _parts(asking, partial(ways.flagging, case=case))
    found = [Settling(True, towards)] if towards else []
    lines: dict[tuple[Group, ...], None] = {}
    for line in ways.ruling_out(case):
        groups, whole = _parts(asking, line)
        fully = fully and whole
        if groups:
            lines[groups] = None
    away, apart = _away(list(lines))
    found += [Settling(False, (away,))] if away else []
    found += [Settling(False, groups) for groups in apart]
    return tuple(found), fully and not any(_spread(one, groups) for one in away for groups in apart)


def _parts(asking: Asking, sought: Callable[[Answers], Iterable[Cubes]]) -> tuple[tuple[Group, ...], bool]:
    """The groups that meet some conditions, none if they cannot be met; and whether all ways were followed."""
    for limit in _FEWER:
        answers = asking(limit)
        try:
            parts = answers.apart(sought(answers))
        except TooMany:
            continue
        groups = tuple(tuple(answers.smallest(part)) for part in parts)
        met = all(parts)
        # What is met as things are takes no answer.
        return tuple(group for group in groups if group[0]) if met else (), limit is None
    return (), False


def _away(lines: Sequence[tuple[Group, ...]]) -> tuple[Group, list[tuple[Group, ...]]]:
    """The sets that each end the matter, none of which contains another, and the lines with too many to list."""
    few = [groups for groups in lines if len(groups) == 1 or prod(map(len, groups)) <= MOST_SETS]
    sets: dict[frozenset[int], dict[AnswerSet, None]] = {}
    for groups in few:
        for chosen in product(*groups):
            one = tuple(sorted(each for part in chosen for each in part))
            sets.setdefault(_facts(one), {})[one] = None
    kept = {facts: same for facts, same in sets.items() if not any(other < facts for other in sets)}
    apart = []
    for groups in lines:
        if groups not in few:
            left = [tuple(one for one in group if not any(less <= _facts(one) for less in kept)) for group in groups]
            if all(left):
                apart.append(tuple(left))
    widest = [one for same in kept.values() for one in same if not any(_narrower(one, other) for other in same)]
    return tuple(sorted(widest, key=lambda one: (len(one), one))), apart


def _narrower(one: AnswerSet, other: AnswerSet) -> bool:
    """Whether `other`, on the same facts, lets all answers do that `one` does, and more."""
    return one != other and all(answers & ~more == 0 for (_, answers), (_, more) in zip(one, other, strict=True))


def _spread(one: AnswerSet, groups: Iterable[Group]) -> bool:
    """Whether the facts of a set are all among those of several groups, so that some choices contain it."""
    return _facts(one) <= {fact for group in groups for other in group for fact in _facts(other)}


def _facts(one: AnswerSet) -> frozenset[int]:
    return frozenset(index for index, _ in one)
