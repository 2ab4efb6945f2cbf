"""Which conjunctions of flags hold: the native matcher, driven only where it is exact, loud everywhere else.

Knows flags and sets of flags, nothing of rules. No other module may touch the extension module.
"""

from __future__ import annotations

import importlib
import re
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count, islice
from string import ascii_letters
from typing import Protocol, Self, cast

from treatycheck.errors import DefectError, TreatycheckError

MAX_RULES = 48
"""Native rules in one ruleset, the sentinel among them. The native stack holds 64 entries, one per rule at worst."""

MAX_FLAGS = 200
"""Flags in one ruleset. The native fact holds 254 properties; from 513 names on its constructor never returns."""

_EXTENSION = "durable_rules_engine"
_SID = "0"
_FLAG_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
# Upper case, so that no flag can have this name. Raised in every fact: its rule has to fire in every evaluation.
_SENTINEL = "K"
_SENTINEL_RULE = "_"
# The native code tells names apart by a 32-bit hash alone, so a flag may share it with none of the names it acts upon.
_RESERVED = (
    *("id", "sid", "$s", "$m", "$i", "$forward", "m", _SENTINEL, "name", "all", "any", "pri", "count", "cap", "dist"),
    *("$eq", "$neq", "$lt", "$lte", "$gt", "$gte", "$ex", "$nex", "$mt", "$imt", "$iall", "$iany", "$or", "$and"),
    *("$add", "$sub", "$mul", "$div", "$l", "$r", "$time", "$timerName", "$baseTime"),
)
_RETRACTION = '{"id":"e"}'
_FACT_HEAD = f'{{"id":"e","{_SENTINEL}":1'
_ruleset_numbers = count()


class MatcherUnavailable(TreatycheckError):  # noqa: N818 - says what is the case, not what went wrong
    """The extension module cannot be imported; the message says why in one line."""


class MatcherError(DefectError):
    """The native matcher left the corridor in which it is exact, or was used after it was closed."""


class _Extension(Protocol):
    """The part of the extension module that is used; every call may raise the module's own `error`."""

    error: type[Exception]

    def create_ruleset(self, name: str, rules: str, /) -> int: ...
    def assert_fact(self, ruleset: int, fact: str, /) -> tuple[int, int]: ...
    def retract_fact(self, ruleset: int, fact: str, /) -> tuple[int, int]: ...
    def start_action_for_state(self, ruleset: int, state: int, /) -> tuple[str, str] | None: ...
    def complete_and_start_action(self, ruleset: int, state: int, /) -> str | None: ...
    def delete_state(self, ruleset: int, sid: str, /) -> None: ...
    def delete_ruleset(self, ruleset: int, /) -> None: ...


@dataclass(frozen=True, slots=True)
class _Shard:
    """One native ruleset: its four calls, the answer two of them must give, and what its names stand for.

    `members` maps the name of a native rule, one letter, to its conjunction, under every index it was given with. A
    native message is `{"<name>":…}`.
    """

    ruleset: int
    assert_fact: Callable[[str], tuple[int, int]]
    start: Callable[[], tuple[str, str] | None]
    complete: Callable[[], str | None]
    retract_fact: Callable[[str], tuple[int, int]]
    handled: tuple[int, int]
    least: int
    fragment: Callable[[str], str]
    flags: frozenset[str]
    members: Mapping[str, tuple[int, ...]]


def available() -> str | None:
    """Return None if the native matcher can be imported, else the reason in one line."""
    try:
        _load()
    except MatcherUnavailable as reason:
        return str(reason)
    return None


class Matcher:
    """One set of conjunctions, sharded over native rulesets of at most 48 rules and 200 flags each.

    A matcher may be used from one thread only, the one that made it; threads that match at the same time need one each.
    Close it, or use it in a `with` statement. Any error inside `match`, an interrupt included, closes it.
    """

    __slots__ = ("__weakref__", "_extension", "_shards", "_tear_down")

    def __init__(self, conjunctions: Sequence[frozenset[str]] | Sequence[Sequence[str]]) -> None:
        """Build the native rulesets, each proved by an evaluation with no flag raised.

        Raises ValueError for a conjunction that is empty or has more than 200 flags, a flag name that is not lower-case
        ASCII `[a-z][a-z0-9_]*` of at most 64 characters, and two names that the native hash does not tell apart; all of
        it before the native constructor is called. Raises MatcherUnavailable and MatcherError.
        """
        wanted = [tuple(sorted(set(conjunction))) for conjunction in conjunctions]
        _refuse_what_does_not_fit(wanted)
        places: dict[tuple[str, ...], list[int]] = {}
        for index, flags in enumerate(wanted):
            places.setdefault(flags, []).append(index)
        self._extension = _load()
        opened: list[int] = []
        # The operating system takes everything back at exit, when it is too late to call into an extension module.
        self._tear_down = weakref.finalize(self, _delete_rulesets, self._extension, opened)
        self._tear_down.atexit = False
        shards = []
        try:
            for members in _sharded({flags: tuple(indices) for flags, indices in places.items()}):
                shards.append(_open_shard(self._extension, members))
                opened.append(shards[-1].ruleset)
        except BaseException as error:
            self.close()
            if isinstance(error, self._extension.error):
                raise MatcherError(f"the native matcher refused a ruleset: {error}") from error
            raise
        self._shards: tuple[_Shard, ...] | None = tuple(shards)

    def match(self, flags: Collection[str]) -> frozenset[int]:
        """Return the indices of the conjunctions whose flags are all raised; flags that none of them uses do not count.

        Raises MatcherError, after which the matcher is closed.
        """
        shards = self._shards
        if shards is None:
            raise MatcherError("the matcher is closed")
        try:
            return _matched(shards, flags)
        except BaseException as error:
            # What is left undrained would answer the next evaluation; delete_state drops it with everything else.
            self.close()
            if isinstance(error, self._extension.error):
                raise MatcherError(f"the native matcher failed: {error}") from error
            raise

    def close(self) -> None:
        """Free the native rulesets; a second call does nothing."""
        self._shards = None
        self._tear_down()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _load() -> _Extension:
    try:
        return cast(_Extension, importlib.import_module(_EXTENSION))
    except ImportError as error:
        reason = " ".join(str(error).split())
        raise MatcherUnavailable(
            f"the extension module `{_EXTENSION}` cannot be imported ({reason}); installing durable-rules takes a C "
            "compiler and, from Python 3.13 on, CPPFLAGS=-DPyEval_CallObject=PyObject_CallObject"
        ) from error


def _refuse_what_does_not_fit(conjunctions: Iterable[tuple[str, ...]]) -> None:
    by_hash = {_fnv1a(name): name for name in _RESERVED}
    for flags in conjunctions:
        if not flags:
            raise ValueError("a conjunction without flags would always hold")
        if len(flags) > MAX_FLAGS:
            raise ValueError(f"a conjunction of {len(flags)} flags; the matcher takes at most {MAX_FLAGS}")
        for name in flags:
            if not _FLAG_NAME.fullmatch(name):
                raise ValueError(f"`{name}` is not a flag name, [a-z][a-z0-9_]* of 64 characters at most")
            if name in _RESERVED:
                raise ValueError(f"`{name}` is not a flag name: the matcher keeps it for itself")
            if (other := by_hash.setdefault(_fnv1a(name), name)) != name:
                raise ValueError(f"`{name}` and `{other}` have the same 32-bit hash; rename one of them")


def _fnv1a(name: str) -> int:
    """Return the 32-bit FNV-1a hash of an ASCII name, as the native code computes it."""
    value = 0x811C9DC5
    for byte in name.encode("ascii"):
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def _sharded(
    conjunctions: Mapping[tuple[str, ...], tuple[int, ...]],
) -> Iterator[dict[tuple[str, ...], tuple[int, ...]]]:
    """Cut the conjunctions, in their order, into runs that keep to both size limits."""
    shard: dict[tuple[str, ...], tuple[int, ...]] = {}
    names: set[str] = set()
    for flags, indices in conjunctions.items():
        # One native rule is the sentinel's.
        if len(shard) == MAX_RULES - 1 or len(names.union(flags)) > MAX_FLAGS:
            yield shard
            shard, names = {}, set()
        shard[flags] = indices
        names.update(flags)
    if shard:
        yield shard


def _open_shard(extension: _Extension, members: Mapping[tuple[str, ...], tuple[int, ...]]) -> _Shard:
    """Create one native ruleset and prove with an empty fact that its sentinel fires.

    The proof also makes `delete_state` safe: it frees memory that only a completed action has initialised. A ruleset
    that fails it is therefore left allocated.
    """
    # The native queue hands out rules in the order of their definition: the sentinel, written last, comes last.
    rules = [_rule(key, flags) for key, flags in zip(ascii_letters, members, strict=False)]
    rules.append(_rule(_SENTINEL_RULE, (_SENTINEL,)))
    ruleset = extension.create_ruleset(f"flags{next(_ruleset_numbers)}", "{" + ",".join(rules) + "}")
    names = frozenset(name for flags in members for name in flags)
    _, state = answer = extension.assert_fact(ruleset, _FACT_HEAD + "}")
    if answer != (0, state):
        raise MatcherError(f"the native matcher answered {answer} to a fact that raises the sentinel alone")
    shard = _Shard(
        ruleset=ruleset,
        assert_fact=partial(extension.assert_fact, ruleset),
        start=partial(extension.start_action_for_state, ruleset, state),
        complete=partial(extension.complete_and_start_action, ruleset, state),
        retract_fact=partial(extension.retract_fact, ruleset),
        handled=(0, state),
        least=min(map(len, members)),
        fragment={name: f',"{name}":1' for name in sorted(names)}.__getitem__,
        flags=names,
        members=dict(zip(ascii_letters, members.values(), strict=False)),
    )
    if fired := _drain(shard):
        raise MatcherError(f"the native matcher fired {len(fired)} rules with no flag raised")
    return shard


def _rule(key: str, flags: tuple[str, ...]) -> str:
    terms = [f'{{"{name}":1}}' for name in flags]
    condition = terms[0] if len(terms) == 1 else f'{{"$and":[{",".join(terms)}]}}'
    return f'"{key}":{{"all":[{{"m":{condition}}}]}}'


def _matched(shards: tuple[_Shard, ...], flags: Collection[str]) -> frozenset[int]:
    matched: list[int] = []
    for shard in shards:
        raised = shard.flags.intersection(flags)
        # Fewer flags than the shortest conjunction needs: none of the shard can hold.
        if len(raised) >= shard.least:
            # The fact is always gone before the next one comes, so one id serves them all; no sid means sid "0".
            answer = shard.assert_fact(f"{_FACT_HEAD}{''.join(map(shard.fragment, raised))}}}")
            if answer != shard.handled:
                raise MatcherError(f"the native matcher answered {answer} to a fact, not {shard.handled}")
            matched += _drain(shard)
    result = frozenset(matched)
    if len(result) != len(matched):
        raise MatcherError("a native rule fired twice for one fact")
    return result


def _drain(shard: _Shard) -> list[int]:
    """Return the conjunctions that the asserted fact fired, and retract the fact."""
    first = shard.start()
    if first is None:
        raise MatcherError("the native matcher fired nothing, not even the sentinel")
    # One more step than there can be rules left: it finds the queue empty, which completes the last action.
    names = [first[1][2], *[message[2] for message in islice(iter(shard.complete, None), MAX_RULES)]]
    if names.pop() != _SENTINEL_RULE:
        raise MatcherError("the queue of the native matcher ended without the sentinel")
    try:
        fired = [index for name in names for index in shard.members[name]]
    except KeyError as error:
        raise MatcherError(f"the native matcher fired an unknown rule: `{error.args[0]}`") from error
    answer = shard.retract_fact(_RETRACTION)
    if answer != shard.handled:
        raise MatcherError(f"the native matcher answered {answer} to a retraction, not {shard.handled}")
    return fired


def _delete_rulesets(extension: _Extension, opened: list[int]) -> None:
    while opened:
        ruleset = opened.pop()
        extension.delete_state(ruleset, _SID)
        extension.delete_ruleset(ruleset)
