"""How a run ends: the exit codes, and what is told on the error stream when something is wrong.

Prints what others have found and decides nothing; results never pass through here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from treatycheck.errors import Diagnostic
from treatycheck.phrasing import counted

RAN: Final = 0
REACHED: Final = 1
"""A `--fail-on` outcome was reached, or a test of the rules failed."""
REFUSED: Final = 2
"""The command or an input is wrong; nothing was written."""
DEFECT: Final = 3
"""The program contradicts itself."""
INTERRUPTED: Final = 130

DEBUG: Final = "TREATYCHECK_DEBUG"

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC435": "a document is not plain text",
        "TC436": "the event file to be written exists already",
        "TC501": "the command cannot be understood",
        "TC502": "an option has a word that is not among its choices",
        "TC503": "a date in an option cannot be read, is not one day, or lies beyond the registers",
        "TC504": "a position or its alternative does not exist, or is given twice",
        "TC505": "the result cannot be written there",
        "TC506": "no State of the registers has that name or code",
        "TC507": "no dated duty stands under a provision",
        "TC508": "an instrument does not exist, or has no register of States",
        "TC509": "the program cannot do this here",
        "TC516": "no finding and no event has this id, or more than one",
        "TC517": "an option needs a whole number",
        "TC599": "the program is at fault",
    }
)
"""What can be wrong with a command, by code."""


def tell(problems: Sequence[Diagnostic]) -> int:
    """Print every diagnostic and how many there are; returns the exit code."""
    _say(*map(str, problems), f"{counted(len(problems), 'error')}, nothing written")
    return REFUSED


def note(text: str) -> None:
    """Print a remark on the run that is no error; what cannot be seen in it is shown."""
    _say(f"note: {_exact(text)}")


def warn(warnings: Sequence[str]) -> None:
    """Print warnings on the input, which stop nothing."""
    if warnings:
        _say(*warnings)


def defect(error: BaseException) -> int:
    """Print that the program is at fault and what to do; returns the exit code. The trace is for developers only."""
    if os.environ.get(DEBUG):
        import traceback

        _say(*map(_exact, "".join(traceback.format_exception(error)).rstrip().split("\n")))
    kind = "" if type(error).__name__ == "DefectError" else f"{type(error).__name__}: "
    _say(
        f"treatycheck: error[TC599]: the program is at fault: {kind}{_exact(str(error))}",
        "  help: please report this with the command and its input; nothing was written, and no result is to be relied"
        f" on; `{DEBUG}=1` shows where it happened",
    )
    return DEFECT


def _exact(text: str) -> str:
    from treatycheck.report.characters import exact

    return exact(text)


def _say(*lines: str) -> None:
    sys.stdout.flush()
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    sys.stderr.flush()
