"""What is handed to a function from outside: whether each argument is of a type that it can be read as.

Reads nothing and converts nothing; what is wrong is collected, and refused in the words of every other mistake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import wraps
from inspect import signature
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Final, ParamSpec, TypeVar

from treatycheck.errors import Diagnostic, InputError, did_you_mean, listed

CODES: Final[Mapping[str, str]] = MappingProxyType({"TC520": "an argument of a function is not of the type it needs"})

_WHOLE: Final = (bytes, bytearray, Mapping)
"""What can be gone through, and is no list of anything."""

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def named(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Refuse arguments by names that the function does not have, with the closest one that it has."""
    known = [name for name in signature(function).parameters if name != "self"]

    @wraps(function)
    def checked(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        problems = [
            _wrong(name, f"`{function.__name__}` has no argument `{name}`", _instead(name, known))
            for name in kwargs
            if name not in known
        ]
        refuse(problems)
        return function(*args, **kwargs)

    return checked


def refuse(problems: list[Diagnostic]) -> None:
    """Raise `InputError` with everything that was collected, if anything was."""
    if problems:
        raise InputError(problems)


def path(argument: str, given: object, problems: list[Diagnostic]) -> None:
    """A file or folder."""
    if isinstance(given, str | PathLike):
        return
    several = isinstance(given, Iterable) and not isinstance(given, _WHOLE)
    help_line = "give each path by itself, `open_case(*paths)`" if several and argument == "paths" else "give a path"
    problems.append(_wrong(argument, f"{_called(given)} is no path", help_line))


def paths(argument: str, given: object, problems: list[Diagnostic]) -> list[Path]:
    """A file, or several of them."""
    if isinstance(given, str | PathLike):
        return [Path(given)]
    if not isinstance(given, Iterable) or isinstance(given, _WHOLE):
        problems.append(_wrong(argument, f"{_called(given)} is no path", "give a path, or a list of paths"))
        return []
    several = [*given]
    for one in several:
        path(argument, one, problems)
    return [Path(one) for one in several if isinstance(one, str | PathLike)]


def text(argument: str, given: object, problems: list[Diagnostic]) -> None:
    """One text."""
    if not isinstance(given, str):
        problems.append(_wrong(argument, f"{_called(given)} is no text", "give a text"))


def texts(argument: str, given: object, problems: list[Diagnostic], example: str) -> tuple[str, ...]:
    """One text, or several of them."""
    if isinstance(given, str):
        return (given,)
    if not isinstance(given, Iterable) or isinstance(given, _WHOLE):
        problems.append(_wrong(argument, f"{_called(given)} is neither a text nor a list of texts", f"write {example}"))
        return ()
    several = [*given]
    problems += [
        _wrong(argument, f"{_called(one)} is no text", f"write {example}")
        for one in several
        if not isinstance(one, str)
    ]
    return tuple(one for one in several if isinstance(one, str))


def day(argument: str, given: object, problems: list[Diagnostic]) -> None:
    """A day as a text or a date; of a point in time its own date is meant."""
    if not isinstance(given, str | date):
        help_line = "give a text such as `2024-12-31`, or a `datetime.date`"
        problems.append(_wrong(argument, f"{_called(given)} is no day", help_line))


def choices(argument: str, given: object, problems: list[Diagnostic], example: str) -> None:
    """Names, each with the text that is chosen for it."""
    if not isinstance(given, Mapping):
        problems.append(_wrong(argument, f"{_called(given)} is no mapping of names to texts", f"write {example}"))
        return
    for name, chosen in given.items():
        if not isinstance(name, str) or not isinstance(chosen, str):
            message = f"{_called(name)} with {_called(chosen)} is no name with a text"
            problems.append(_wrong(argument, message, f"write {example}"))


def whole(argument: str, given: object, problems: list[Diagnostic], least: int = 0) -> None:
    """A whole number of at least `least`."""
    if isinstance(given, bool) or not isinstance(given, int) or given < least:
        problems.append(
            _wrong(argument, f"{_called(given)} is not a whole number from {least} up", "give one such as 2")
        )


def switch(argument: str, given: object, problems: list[Diagnostic]) -> None:
    """Yes or no."""
    if not isinstance(given, bool):
        problems.append(_wrong(argument, f"{_called(given)} is neither `True` nor `False`", "give one of them"))


def _called(given: object) -> str:
    return f"`{given!r}` ({type(given).__name__})"


def _instead(name: str, known: list[str]) -> str:
    return did_you_mean(name, known) or (f"use one of {listed(known)}" if known else "it has none")


def _wrong(argument: str, message: str, help_line: str) -> Diagnostic:
    return Diagnostic(argument, 0, 0, "TC520", message, help_line)
