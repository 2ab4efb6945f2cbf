"""Where the rulebook is that comes with the program: inside the installed package, or beside the sources.

Finds a folder and reads nothing in it; a folder the user names is taken as it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import treatycheck
from treatycheck.errors import Diagnostic, InputError

MANIFEST: Final = "rulebook.yaml"

_APART: Final = frozenset({"tests", "mappings"})
"""Folders beside the law from which no rule, fact or date is taken."""


def rulebook_folder(chosen: str | None = None) -> Path:
    """Return the folder the user chose, else the packaged one; `InputError` when the package has lost it."""
    return Path(chosen) if chosen is not None else packaged(Path(treatycheck.__file__).parent)


def packaged(package: Path) -> Path:
    """Return the rulebook that belongs to the package in a folder.

    The path is relative where it lies below the working folder, as messages are read by whoever works there.
    """
    # A wheel carries the rules inside the package; in a checkout they stand two folders up, beside `src`.
    for folder in (package / "rules", package.parent.parent / "rules"):
        if (folder / MANIFEST).is_file():
            here = Path.cwd()
            return folder.relative_to(here) if folder.is_relative_to(here) else folder
    help_line = "install the program again, or give the folder of a rulebook with `--rules`"
    raise InputError(
        [Diagnostic(str(package), 0, 0, "TC410", "the rulebook that belongs to the program is missing", help_line)]
    )


def part_of(folder: Path, name: str) -> Path:
    """A file or folder of a rulebook by name: its own, else the one of the rulebook that comes with the program.

    A rulebook need not repeat what it does not change: wording, vocabulary, positions, registers, instruments.
    """
    own = folder / name
    return own if own.exists() else rulebook_folder() / name


def rulebook_files(folder: Path) -> tuple[Path, ...]:
    """The files that may make a rulebook, in a fixed order: its own, then those it may fall back on."""
    shipped = rulebook_folder()
    own = _files(folder)
    return own if folder.resolve() == shipped.resolve() else (*own, *_files(shipped))


def named(path: Path, folder: Path) -> str:
    """The name of a rulebook's file below its folder, the same on every machine."""
    if path.is_relative_to(folder):
        return path.relative_to(folder).as_posix()
    return f"shipped/{path.relative_to(rulebook_folder()).as_posix()}"


def _files(folder: Path) -> tuple[Path, ...]:
    files = (path for path in folder.rglob("*") if path.suffix in (".yaml", ".csv") and path.is_file())
    return tuple(sorted(path for path in files if _APART.isdisjoint(path.relative_to(folder).parts)))
