"""What a user is told when an input is wrong: one kind of diagnostic, all of a run together.

Nothing here prints or decides an exit code; the command line does that.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

Noun = TypeVar("Noun")

_LONGEST_QUOTED: Final = 200
_CUT: Final = re.compile(rf"`([^`]{{{_LONGEST_QUOTED}}})[^`]+`")


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """One thing that is wrong in an input, or may be, where it stands and what to do about it.

    `line` and `column` count from 1; 0 means that the whole file is meant. `message` is lower case with the offending
    input in backticks; `help` is one line that says what to do. Line ends and whatever else cannot be seen are shown as
    escapes, in the name of the file too, and very long input is cut. A warning stops nothing.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    help: str = ""
    severity: Literal["error", "warning"] = "error"

    def __post_init__(self) -> None:
        for name in ("file", "message", "help"):
            text = getattr(self, name)
            if not (text.isascii() and text.isprintable()):
                # Rarely needed, and not in a run that goes well.
                from treatycheck.report.characters import exact

                text = exact(text)
                object.__setattr__(self, name, text)
            if name != "file" and len(text) > _LONGEST_QUOTED:
                object.__setattr__(self, name, _CUT.sub(r"`\1…`", text))

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        text = f"{place}: {self.severity}[{self.code}]: {self.message}"
        return f"{text}\n  help: {self.help}" if self.help else text


class TreatycheckError(Exception):
    """Root of every error the program raises on purpose."""


class InputError(TreatycheckError):
    """The input is wrong; carries every diagnostic of the run, sorted and without repeats."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(set(diagnostics)))
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))


class DefectError(TreatycheckError):
    """The program contradicts itself (its two engines disagree, a proof does not rebuild); never a finding."""


def attempt(read: Callable[[], Noun], problems: list[Diagnostic]) -> Noun | None:
    """Return what `read` returns, or None after collecting its diagnostics."""
    try:
        return read()
    except InputError as error:
        problems += error.diagnostics
        return None


def did_you_mean(word: str, choices: Iterable[str], *, limit: int = 3) -> str:
    """Return "did you mean `a` or `b`?" for the choices close to `word`, else the empty string."""
    known = sorted(set(choices))
    folded = {choice.casefold(): choice for choice in reversed(known)}
    close = difflib.get_close_matches(word.casefold(), folded, n=limit, cutoff=0.6)
    if not close:
        return ""
    return "did you mean " + " or ".join(f"`{folded[match]}`" for match in close) + "?"


def listed(choices: Iterable[str], *, limit: int = 12) -> str:
    """Return the choices in backticks, shortened with a count when there are many."""
    known = sorted(set(choices))
    text = ", ".join(f"`{choice}`" for choice in known[:limit])
    return text if len(known) <= limit else f"{text} and {len(known) - limit} more"
