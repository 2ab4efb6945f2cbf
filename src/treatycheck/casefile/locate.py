"""Which files a casefile is made of: event files, named or found in folders, and the documents they stand beside.

Finds files and reads none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from treatycheck.errors import Diagnostic

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC430": "there is no event file in the folder",
        "TC431": "there is no such file or folder",
        "TC432": "the file is not an event file",
    }
)

SUFFIX: Final = ".events.yaml"
FUSION_SUFFIX: Final = ".fusion.yaml"


def event_files(paths: Sequence[Path]) -> tuple[tuple[Path, ...], list[Diagnostic]]:
    """The event files named by files and folders, each once, sorted by name; and what is wrong with the paths."""
    found: dict[Path, None] = {}
    problems: list[Diagnostic] = []
    for path in paths:
        try:
            is_folder, is_there = path.is_dir(), path.exists()
        except OSError as error:
            # Only a folder that cannot be read needs it.
            from treatycheck.yaml import unreadable

            problems.append(unreadable(str(path), error))
            continue
        if is_folder:
            inside = sorted(file for file in path.rglob(f"*{SUFFIX}") if file.is_file() or not file.exists())
            if not inside:
                problems.append(
                    Diagnostic(
                        str(path),
                        0,
                        0,
                        "TC430",
                        f"there is no event file in `{path}`",
                        f"an event file stands beside its document and is named `<document>{SUFFIX}`",
                    )
                )
            found |= dict.fromkeys(inside)
        elif not is_there:
            problems.append(
                Diagnostic(
                    str(path),
                    0,
                    0,
                    "TC431",
                    f"there is no file or folder `{path}`",
                    "check the name; give an event file or a folder of them",
                )
            )
        elif path.name.endswith(SUFFIX) and path.is_file():
            found[path] = None
        else:
            problems.append(
                Diagnostic(
                    str(path),
                    0,
                    0,
                    "TC432",
                    f"`{path.name}` is not an event file",
                    f"give the file that ends in `{SUFFIX}`, or the folder it stands in",
                )
            )
    return tuple(sorted(found, key=lambda one: (one.name, str(one)))), problems


def document_of(path: Path) -> Path:
    """The document that an event file stands beside by its name."""
    return path.with_name(path.name.removesuffix(SUFFIX) + ".txt")


def texts_beside(events: Sequence[Path]) -> tuple[Path, ...]:
    """The texts in the folders of event files, whether anybody recorded events from them or not."""
    return tuple(sorted({text for path in events for text in path.parent.glob("*.txt") if text.is_file()}))


def fusions_beside(events: Sequence[Path]) -> tuple[Path, ...]:
    """The fusion files in the folders of event files; nobody reads them unless they are named."""
    folders = {path.parent for path in events}
    return tuple(sorted(file for folder in folders for file in folder.glob(f"*{FUSION_SUFFIX}") if file.is_file()))
