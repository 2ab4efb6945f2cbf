"""Where results go: the standard output, or a file that is written whole or not at all.

Knows bytes and paths only, not what a result says.
"""

from __future__ import annotations

import contextlib
import io
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from treatycheck.errors import Diagnostic, InputError

STANDARD: Final = "-"
NARROWEST: Final = 40
WIDTH: Final = 80


def width() -> int:
    """Columns of a text result: `$COLUMNS` where it is a usable number, else 80. The terminal is not asked."""
    columns = os.environ.get("COLUMNS", "")
    return max(int(columns), NARROWEST) if columns.isascii() and columns.isdigit() else WIDTH


def show(text: str) -> None:
    """Print a result; `InputError` if there is no room for it.

    Whatever it is made of, nothing in it acts on a terminal: there, hidden characters are shown as escapes. A reader
    who has seen enough and closes the pipe is no error.
    """
    prepare(sys.stdout)
    if sys.stdout.isatty():
        from treatycheck.report.characters import unacting

        text = unacting(text)
    try:
        sys.stdout.write(ended(text))
        sys.stdout.flush()
    except BrokenPipeError:
        silence()
    except OSError as error:
        silence()
        raise InputError([failed(Path("standard output"), error)]) from error


def deliver(text: str, target: Path | None) -> None:
    """Print a result, or write it to a file; raises as `show` and `write` do."""
    if target is None:
        show(text)
    else:
        write(target, text)


def ended(text: str) -> str:
    """Return the text with the line end that a text file ends with."""
    return text if text.endswith("\n") else f"{text}\n"


def prepare(stream: object) -> None:
    """Make a stream that is no terminal take every character, with the same bytes on every machine."""
    if isinstance(stream, io.TextIOWrapper):
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", newline="\n")


def silence() -> None:
    """Point the standard output at nothing, so that Python does not complain of the closed pipe when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def refusal(target: Path, inputs: Iterable[Path] = (), example: str = "report.md") -> Diagnostic | None:
    """Say why a result cannot be written to `target`; None if it can, as far as that shows beforehand.

    `inputs` are the files the run reads: none of them is ever overwritten. `example` is how a result may be called.
    """
    folder = target.parent
    try:
        if not folder.exists():
            return _wrong(target, f"there is no folder `{folder}`", "make the folder first, or correct the path")
        if target.is_dir():
            return _wrong(target, f"`{target}` is a folder", f"name a file, for example `{target / example}`")
        exists = target.exists()
        if exists and not stat.S_ISREG(target.stat().st_mode):
            return _wrong(target, f"`{target}` is not an ordinary file", "leave `-o` out and redirect the output")
        if not folder.is_dir() or not os.access(folder, os.W_OK) or (exists and not os.access(target, os.W_OK)):
            return _wrong(target, f"`{target}` cannot be written", "check the permissions, or name another file")
        if exists and any(path.exists() and target.samefile(path) for path in inputs):
            help_line = "name another file; what a run reads is never overwritten"
            return _wrong(target, f"`{target}` is an input of this run", help_line)
    except OSError as error:
        return failed(target, error)
    return None


def failed(target: Path, error: OSError) -> Diagnostic:
    """The diagnostic for a file that could not be written."""
    reason = (error.strerror or str(error)).lower()
    return _wrong(target, f"`{target}` cannot be written: {reason}", "check the folder, the disk and the permissions")


def _wrong(target: Path, message: str, help_line: str) -> Diagnostic:
    return Diagnostic(str(target), 0, 0, "TC505", message, help_line)


def write(target: Path, text: str) -> None:
    """Write a text file whole or not at all; `InputError` if it cannot be written.

    The text goes to a new file in the same folder, onto the disk, and then takes the name of the target in one step.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(ended(text).encode("utf-8"))
                stream.flush()
                os.fsync(stream.fileno())
            if target.exists():
                draft.chmod(stat.S_IMODE(target.stat().st_mode))
            draft.replace(target)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError([failed(target, error)]) from error
