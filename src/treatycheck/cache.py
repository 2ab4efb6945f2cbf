"""Keeps what was loaded and checked, keyed by the content of every file it came from, so that a second run starts fast.

The store is JSON that only rebuilds known frozen dataclasses: reading it can execute nothing. A missing, unreadable or
unwritable cache costs time and never changes a result.

Every dataclass and date is numbered in the order in which its JSON object ends. What occurs again is written as that
number, and is one and the same object after reading, as it was before; a field that has its default is left out.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Final, TypeVar, cast

import treatycheck

Noun = TypeVar("Noun")

_TAG: Final = "$"
MOST_KEPT: Final = 24
"""How many entries of a kind stay in the cache; the oldest go first."""

_SWITCH: Final = "TREATYCHECK_CACHE"


def folder() -> Path | None:
    """Where the cache lives: `$TREATYCHECK_CACHE`, else the user's cache folder; None when that says `off`."""
    chosen = os.environ.get(_SWITCH)
    if chosen is not None:
        return None if chosen in ("", "off") else Path(chosen)
    root = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")  # noqa: PTH111, PTH118 - no home folder is no error here
    return Path(root) / "treatycheck"


def digest(parts: Iterable[tuple[str, bytes]]) -> str:
    """One SHA-256 over named byte strings, in the order given."""
    total = hashlib.sha256()
    for name, data in parts:
        # A file name need not be text; the system hands over what is not in a form that only this can take back.
        total.update(f"{len(name)}:{name}{len(data)}:".encode(errors="surrogateescape"))
        total.update(data)
    return total.hexdigest()


def load(kind: str, key: str, shape: type[Noun], modules: Iterable[ModuleType], build: Callable[[], Noun]) -> Noun:
    """Return the stored noun for `key`, or build it and store it.

    `modules` are those whose dataclasses may occur in it. Only a successful build is stored.
    """
    found = fetch(kind, key, shape, modules)
    if found is not None:
        return found
    built = build()
    store(kind, key, built)
    return built


def fetch(kind: str, key: str, shape: type[Noun], modules: Iterable[ModuleType]) -> Noun | None:
    """Return the stored noun for `key`, or None if there is none that can be read."""
    path = _path(kind, key)
    if path is not None:
        with contextlib.suppress(OSError, ValueError, TypeError, LookupError, RecursionError):
            found = decode(path.read_text(encoding="utf-8"), modules)
            if isinstance(found, shape):
                return found
    return None


def store(kind: str, key: str, noun: object) -> None:
    """Store a noun under `key`, if it can be written down and the cache can be written."""
    path = _path(kind, key)
    if path is None:
        return
    # Only a run that stores something needs it.
    import tempfile

    with contextlib.suppress(OSError, ValueError, RecursionError):
        text = encode(noun).encode("utf-8")
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{kind}-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(text)
            Path(temporary).replace(path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
        kept = sorted(path.parent.glob(f"{kind}-*.json"), key=lambda one: one.stat().st_mtime_ns, reverse=True)
        for old in kept[MOST_KEPT:]:
            old.unlink(missing_ok=True)


def place(kind: str, key: str, suffix: str) -> Path | None:
    """Where something that is no noun may be kept under `key`, as a file of its own; None if there is no cache."""
    where = folder()
    if where is None:
        return None
    return where / f"{kind}-{hashlib.sha256(f'{key} {_fingerprint()}'.encode()).hexdigest()[:32]}.{suffix}"


def _path(kind: str, key: str) -> Path | None:
    return place(kind, key, "json")


def encode(noun: object) -> str:
    """A noun made of frozen dataclasses, tuples, mappings, dates and plain values as JSON."""
    return json.dumps(_plain(noun, {}), ensure_ascii=False, separators=(",", ":"))


def decode(text: str, modules: Iterable[ModuleType]) -> object:
    """The noun that `encode` wrote; only dataclasses defined in `modules` are rebuilt.

    Raises ValueError, TypeError or LookupError for a text that `encode` did not write.
    """
    known = {
        name: shape
        for module in modules
        for name, shape in vars(module).items()
        if isinstance(shape, type) and dataclasses.is_dataclass(shape)
    }
    seen: list[object] = []

    def rebuild(pairs: dict[str, object]) -> object:
        tag = pairs.pop(_TAG, None)
        if type(tag) is int:
            return seen[tag]
        for key, value in pairs.items():
            if type(value) is list:
                pairs[key] = _tuples(value)
        if tag is None:
            return pairs
        noun = date.fromisoformat(cast("str", pairs["iso"])) if tag == "date" else known[cast("str", tag)](**pairs)
        seen.append(noun)
        return noun

    found = json.loads(text, object_hook=rebuild)
    return _tuples(found) if isinstance(found, list) else found


def _tuples(values: list[object]) -> tuple[object, ...]:
    return tuple([_tuples(value) if type(value) is list else value for value in values])


def _plain(noun: object, numbers: dict[int | date, int]) -> object:
    """The noun as JSON values; `numbers` are those of what has been written: dataclasses by identity, and dates."""
    known = noun if isinstance(noun, date) else id(noun)
    if known in numbers:
        return {_TAG: numbers[known]}
    if isinstance(noun, date):
        plain: dict[str, object] = {_TAG: "date", "iso": noun.isoformat()}
    elif dataclasses.is_dataclass(noun) and not isinstance(noun, type):
        plain = {_TAG: type(noun).__name__}
        for field in dataclasses.fields(noun):
            value = getattr(noun, field.name)
            if field.init and not _is_default(field, value):
                plain[field.name] = _plain(value, numbers)
    elif isinstance(noun, Mapping):
        if _TAG in noun:
            message = f"a mapping with the key {_TAG!r} cannot be cached"
            raise TypeError(message)
        return {key: _plain(value, numbers) for key, value in noun.items()}
    elif isinstance(noun, tuple | list):
        return [_plain(value, numbers) for value in noun]
    elif noun is None or type(noun) in (str, int, bool):
        return noun
    else:
        message = f"a value of type {type(noun).__name__} cannot be cached"
        raise TypeError(message)
    numbers[known] = len(numbers)
    return plain


def _is_default(field: dataclasses.Field[object], value: object) -> bool:
    default = field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
    return type(value) is type(default) and value == default


@functools.cache
def _fingerprint() -> str:
    """What tells this version of the program from another: Python, the version and the state of its source files."""
    total = hashlib.sha256(f"{treatycheck.__version__} {sys.version}".encode())
    package = os.path.dirname(treatycheck.__file__)  # noqa: PTH120 - called on every start, measured
    for root, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", "rules"))
        for name in sorted(names):
            if name.endswith(".py"):
                seen = os.stat(os.path.join(root, name))  # noqa: PTH116, PTH118 - called on every start, measured
                total.update(f"{name} {seen.st_size} {seen.st_mtime_ns}".encode())
    return total.hexdigest()
