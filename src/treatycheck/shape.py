"""Checks the shape of a YAML tree against a frozen dataclass and builds it, by pydantic, which stays out of sight.

Only the cold path needs this module: what it builds is cached. It knows no casefile and no rulebook.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

from treatycheck.errors import Diagnostic, did_you_mean, listed

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from treatycheck.yaml import YamlDocument

Shape = TypeVar("Shape")

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {"TC120": "a file has a key too many or too few, or a value of another kind"}
)

_LONGEST_SHOWN: Final = 60
# `X | None` is of the one kind where X is a class, and of the other where X is a choice of words.
_UNIONS: Final = (types.UnionType, typing.Union)


def build(
    shape: type[Shape],
    tree: object,
    source: YamlDocument,
    report: Callable[[Diagnostic], None],
    *,
    base: tuple[str | int, ...] = (),
) -> Shape | None:
    """Return `tree` as an instance of the dataclass `shape`, or None after reporting every mistake in it.

    A dataclass whose only required field is `value` may be written as that value alone. `base` is the path of `tree` in
    the document, for positions.
    """
    from pydantic import ValidationError

    try:
        return typing.cast("Shape", _adapter(typing.cast("type", shape)).validate_python(_spelt_out(tree, shape)))
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            report(_diagnostic(problem, shape, source, base))
        return None


@functools.cache
def _adapter(shape: type) -> TypeAdapter[object]:
    from pydantic import TypeAdapter

    return TypeAdapter(shape)


@functools.cache
def _hints(shape: type) -> Mapping[str, object]:
    return {
        name: hint
        for name, hint in typing.get_type_hints(shape).items()
        if name in {field.name for field in dataclasses.fields(shape)}
    }


@functools.cache
def _short(shape: type) -> bool:
    required = [
        field.name
        for field in dataclasses.fields(shape)
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    return required in (["value"], ["exact"])


def _spelt_out(tree: object, hint: object) -> object:
    """Write short forms in full, following the type hints."""
    if typing.get_origin(hint) in _UNIONS:
        parts = (part for part in _parts(hint) if dataclasses.is_dataclass(part) or typing.get_origin(part))
        return next((_spelt_out(tree, part) for part in parts), tree)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        if isinstance(tree, str) and _short(hint):
            return {dataclasses.fields(hint)[0].name: tree}
        if isinstance(tree, dict):
            hints = _hints(hint)
            return {key: _spelt_out(value, hints.get(key)) for key, value in tree.items()}
        return tree
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple and isinstance(tree, list):
        return [_spelt_out(part, arguments[0]) for part in tree]
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(tree, dict):
        return {key: _spelt_out(value, arguments[1]) for key, value in tree.items()}
    return tree


def _at(shape: object, path: tuple[str | int, ...]) -> object:
    """The type hint that stands at a path below `shape`."""
    for step in path:
        shape = next(iter(_parts(shape)), None)
        if isinstance(shape, type) and dataclasses.is_dataclass(shape):
            shape = _hints(shape).get(str(step))
        else:
            arguments = typing.get_args(shape)
            shape = arguments[0 if typing.get_origin(shape) is tuple else -1] if arguments else None
    return shape


def _diagnostic(problem: Any, shape: object, source: YamlDocument, base: tuple[str | int, ...]) -> Diagnostic:  # noqa: ANN401 - pydantic's own record
    path = tuple(problem["loc"])
    place = source.at((*base, *path))
    kind = problem["type"]
    if kind.startswith("missing"):
        place = source.at((*base, *path[:-1]))
        message, advice = f"`{path[-1]}` is missing", f"add `{path[-1]}:` here"
    elif kind in ("unexpected_keyword_argument", "extra_forbidden"):
        place = source.keys.get((*base, *path), place)
        owner = _at(shape, path[:-1])
        fields = _hints(owner) if isinstance(owner, type) and dataclasses.is_dataclass(owner) else {}
        message = f"unknown key `{_shown(path[-1])}`"
        advice = did_you_mean(str(path[-1]), fields) or f"the keys here are {listed(fields, limit=30)}"
    else:
        message, advice = _wrong_value(kind, problem["input"], (*base, *path), _at(shape, path))
    return Diagnostic(source.file, place.line, place.column, "TC120", message, advice)


def _wrong_value(kind: str, given: object, path: tuple[str | int, ...], hint: object) -> tuple[str, str]:
    """Message and advice for a value of another kind than its place asks for."""
    name = _called(path)
    if kind in ("tuple_type", "list_type"):
        return f"{name} must be a list", "write each entry on its own line after `- `, or in square brackets"
    if kind.startswith(("dict", "mapping", "dataclass")):
        if any(dataclasses.is_dataclass(part) and _short(part) for part in _parts(hint)):
            return f"{name} must be a text or a mapping", "write one text, or `key: value` lines below it"
        return f"{name} must be a mapping", "write `key: value` lines below it"
    if not isinstance(given, str):
        return f"{name} must be a text", "write one value on the same line"
    if kind != "literal_error" and not given:
        return f"{name} is empty", "write its value on the same line, or leave the key out"
    if kind == "literal_error":
        choices = [choice for part in _parts(hint) for choice in typing.get_args(part) if choice]
        message = f"`{_shown(given)}` is not a value of {name}" if given else f"{name} is empty"
        return message, did_you_mean(given, choices) or f"use {listed(choices)}"
    if kind.startswith("int"):
        return f"`{_shown(given)}` is not a whole number", f"write {name} in digits"
    return f"`{_shown(given)}` is neither true nor false", f"write `true` or `false` for {name}"


def _parts(hint: object) -> tuple[type, ...]:
    """The alternatives of a type hint."""
    alternatives = typing.get_args(hint) if typing.get_origin(hint) in _UNIONS else (hint,)
    return tuple(part for part in alternatives if part is not type(None))


def _called(path: tuple[str | int, ...]) -> str:
    """What stands at a path, as a message calls it."""
    if not path:
        return "the file"
    *above, last = path
    if isinstance(last, str):
        return f"`{_shown(last)}`"
    return f"entry {last + 1} of {_called(tuple(above))}" if above else f"entry {last + 1}"


def _shown(text: object) -> str:
    """Text from the input as a message shows it: on one line, without backticks, and not too long."""
    plain = " ".join(str(text).replace("`", "'").split())
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[:_LONGEST_SHOWN]}…"
