"""Keeps the parser of the command line light, and words its complaints as the rest of the program words them.

The only module that knows the inside of the parser; where a version of it looks different, start-up is slower and
nothing else changes.
"""

from __future__ import annotations

import re
from typing import Final

import typer

from treatycheck.errors import Diagnostic, did_you_mean

# The parser does not export this class, only one that is derived from it.
USAGE_ERRORS: Final[type[Exception]] = typer.BadParameter.__mro__[2]
"""Everything that can be wrong with a command before it runs."""

HELP_OPTIONS: Final = ["-h", "--help"]

_QUOTED: Final = re.compile(r"'([^']*)'")


class _AsWritten:
    """Hands the words of the command line through: all parameters here are texts, lists of texts or switches."""

    def coerce(self, value: object, param: object, ctx: object) -> object:  # noqa: ARG002 - how the parser calls it
        """Return the value, an empty list where it has none."""
        several = getattr(param, "multiple", False) or getattr(param, "nargs", 1) == -1
        if isinstance(value, tuple | list):
            return list(value)
        return [] if several and value is None else value


def keep_as_written(command: object) -> None:
    """Spare every parameter of a command, and of those below it, the conversion by a validation library.

    The parser would load that library on each start, which takes longer than a check.
    """
    parameters = list(getattr(command, "params", ()))
    if (of_help := getattr(command, "get_help_option", None)) is not None:
        # This one is made when it is first asked for, and kept.
        parameters.append(of_help(typer.Context(command, help_option_names=HELP_OPTIONS)))  # type: ignore[arg-type]
    for parameter in parameters:
        if getattr(parameter, "_runtime_param", "") is None:
            parameter._runtime_param = _AsWritten()  # noqa: SLF001 - there is no other way to choose the conversion
    for inner in getattr(command, "commands", {}).values():
        keep_as_written(inner)


def diagnostic(error: Exception, program: str) -> Diagnostic:
    """A complaint of the parser as a diagnostic; what it complains about stands in backticks."""
    context = getattr(error, "ctx", None)
    path = getattr(context, "command_path", program)
    help_line = f"`{path} -h` shows what it takes"
    option = getattr(error, "option_name", None)
    if option is not None and hasattr(error, "possibilities"):
        known = [name for one in getattr(getattr(context, "command", None), "params", ()) for name in one.opts]
        return Diagnostic(
            path, 0, 0, "TC501", f"there is no option `{option}`", did_you_mean(option, known) or help_line
        )
    said = getattr(error, "format_message", lambda: str(error))()
    message, _, hint = said.partition(" Did you mean ")
    message = _QUOTED.sub(r"`\1`", message.strip().removesuffix("."))
    if hint:
        help_line = "did you mean " + _QUOTED.sub(r"`\1`", hint)
    return Diagnostic(path, 0, 0, "TC501", message[:1].lower() + message[1:], help_line)
