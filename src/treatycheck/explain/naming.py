"""Several answers to one question in a few words: names side by side, and States by what tells them from the others.

Words only. What may be answered, and which answers will do, is found elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

MOST_NAMED: Final = 4
"""So many values are named; of more, the first ones and how many there are."""


MOST_PARTIES: Final = 6
"""The same of actors: each of their few kinds counts, and only States with what tells them apart are many."""


@dataclass(frozen=True, slots=True)
class Party:
    """A kind of actor, or a State: its name if rules name it, and how it stands to instruments, by verdict."""

    kind: str
    name: str = ""
    standings: tuple[tuple[str, int], ...] = ()


Name = str | Party
"""One of the values that an answer stands for."""

_HOLDING: Final[Mapping[frozenset[int], str]] = {
    frozenset({1}): "{}",
    frozenset({-1}): "not {}",
    frozenset({0}): "perhaps {}",
    frozenset({0, 1}): "certainly or perhaps {}",
    frozenset({-1, 0}): "not certainly {}",
}
"""How a standing is told by the signs that its verdicts have."""


def told(chosen: Sequence[Name], others: Sequence[Name], *, whole: bool = False) -> str:
    """The names chosen; `others` are those that could have been and were not. Of many only some, unless `whole`."""
    parties = [name for name in chosen if isinstance(name, Party)]
    left = [name for name in others if isinstance(name, Party)]
    plain = [name for name in chosen if isinstance(name, str)]
    described = _parties(parties, left, whole=whole)
    parties_told = one_of(described, most=len(described) if whole else MOST_PARTIES)
    return " or ".join(filter(None, (parties_told, one_of(plain, most=len(plain) if whole else MOST_NAMED))))


def one_of(words: Sequence[str], *, most: int = MOST_NAMED) -> str:
    """The words as alternatives; of more than `most` only the first."""
    words = [*dict.fromkeys(words)]
    if len(words) > most:
        return f"{', '.join(words[: MOST_NAMED - 1])} or another ({len(words)} in all)"
    return _alternatives(words)


def _alternatives(words: Sequence[str]) -> str:
    *rest, last = words or [""]
    return f"{', '.join(rest)} or {last}" if rest else last


def _parties(chosen: Sequence[Party], others: Sequence[Party], *, whole: bool) -> list[str]:
    """Kinds of actor, each with what tells those of it that were chosen; kinds of which the same is said as one."""
    kinds: dict[tuple[str, ...], list[str]] = {}
    for kind in dict.fromkeys(party.kind for party in chosen):
        own = [party for party in chosen if party.kind == kind]
        left = [party for party in others if party.kind == kind]
        kinds.setdefault(tuple(_described(own, left, whole=whole)), []).append(kind)
    found = []
    for descriptions, alike in kinds.items():
        for words in descriptions:
            found += [f"{' or '.join(alike)} {words}"] if words else alike
    return found


def _described(own: Sequence[Party], left: Sequence[Party], *, whole: bool) -> list[str]:
    """What tells some States of a kind from the others of it: nothing, a standing, or their names."""
    if not left:
        return [""]
    if standing := _standing(own, left):
        return [standing]
    plain, plain_left = [one for one in own if not one.name], [one for one in left if not one.name]
    named = [f"({one.name})" for one in own if one.name]
    if not plain:
        return named
    if not plain_left:
        return [f"other than {one_of([one.name for one in left], most=len(left) if whole else MOST_NAMED)}"]
    if standing := _standing(plain, plain_left):
        return [*named, standing]
    # No single standing does it: all that differ among these are told.
    every = [*plain, *plain_left]
    differing = [
        words for words, _ in plain[0].standings if len({_sign(dict(one.standings)[words]) for one in every}) > 1
    ]
    each = [" and ".join(_held(words, {_sign(dict(one.standings)[words])}) for words in differing) for one in plain]
    return [*named, *(f"that was {words}" for words in dict.fromkeys(each))]


def _standing(own: Sequence[Party], left: Sequence[Party]) -> str:
    """The one standing in which all of some differ from all others; nothing if there is none."""
    for words, _ in own[0].standings:
        signs = {_sign(dict(one.standings).get(words, 0)) for one in own}
        if frozenset(signs) in _HOLDING and signs.isdisjoint(_sign(dict(one.standings).get(words, 0)) for one in left):
            return f"that was {_held(words, signs)}"
    return ""


def _held(words: str, signs: set[int]) -> str:
    return _HOLDING[frozenset(signs)].format(words)


def _sign(verdict: int) -> int:
    return (verdict > 0) - (verdict < 0)
