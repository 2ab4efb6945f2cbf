"""What commands on a casefile have in common: their options, the files they read, and how those are loaded.

Finding the files is light, so that a kept report can be printed before anything is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, cast

import typer

from treatycheck.cli import exits, output

if TYPE_CHECKING:
    from treatycheck.casefile.model import Casefile
    from treatycheck.check import Options
    from treatycheck.engine.agreement import EngineChoice
    from treatycheck.errors import Diagnostic
    from treatycheck.options import Problems
    from treatycheck.rulebook.model import Rulebook

FORMATS: Final = ("terminal", "markdown", "json")
ENGINES: Final = ("both", "durable", "reference")

Paths = Annotated[list[str], typer.Argument(metavar="PATH", hidden=True)]
Layout = Annotated[
    str,
    typer.Option(
        "--format", metavar="FORMAT", help="terminal, markdown or json.", autocompletion=lambda: list(FORMATS)
    ),
]
Target = Annotated[
    str | None,
    typer.Option("-o", "--output", metavar="FILE", help="Write the report to FILE, whole or not at all."),
]
AsOf = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Take the registers as they stood on that day, for example 2024-12-31."),
]
Position = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=ALTERNATIVE", help="Choose a reading of a contested point of law; may be given again."),
]
Engine = Annotated[
    str,
    typer.Option(metavar="ENGINE", help="both, durable or reference.", autocompletion=lambda: list(ENGINES)),
]
Fuse = Annotated[
    list[str] | None,
    typer.Option(metavar="FILE", help="Add accounts fused from several documents; may be given again."),
]
Rules = Annotated[
    str | None, typer.Option(metavar="DIR", help="A rulebook folder instead of the one that comes along.")
]


@dataclass(frozen=True, slots=True)
class Found:
    """The files of a run: `read` are all that it reads, `file` is where the result goes, or None.

    `unfused` are files with fused accounts that nobody named. `unwritable` says why the result cannot go there; `sound`
    is whether the files are all there, as far as their names show.
    """

    folder: Path
    inputs: Sequence[Path]
    fused: Sequence[Path]
    unfused: Sequence[Path]
    read: Sequence[Path]
    file: Path | None
    unwritable: Diagnostic | None
    sound: bool


def here() -> list[str]:
    """The casefile that is meant where none is named: the current folder, or the folders in it with event files."""
    from treatycheck.casefile.locate import SUFFIX

    if any(Path().glob(f"*{SUFFIX}")):
        return ["."]
    return sorted({str(path.parent) for path in Path().glob(f"*/*{SUFFIX}")}) or ["."]


def find(
    paths: Sequence[str],
    fuse: Sequence[str] | None,
    target: str | None,
    rules: str | None,
    beside: Sequence[Path] = (),
) -> Found:
    """Find the files of a run; a fusion file beside them that nobody names is told.

    `beside` are files that are read as well and are no part of the casefile.
    """
    from treatycheck.casefile.locate import event_files, fusions_beside, texts_beside
    from treatycheck.rulebook.locate import MANIFEST, rulebook_files, rulebook_folder

    folder = rulebook_folder(rules)
    inputs, fused = [Path(path) for path in paths], [Path(path) for path in fuse or []]
    file = None if target is None or target == output.STANDARD else Path(target)
    events, misnamed = event_files(inputs)
    read = (*events, *texts_beside(events), *fused, *beside, *rulebook_files(folder))
    unwritable = None if file is None else output.refusal(file, read)
    sound = unwritable is None and not misnamed and (folder / MANIFEST).is_file()
    named = {path.resolve() for path in fused}
    unfused = [one for one in fusions_beside(events) if one.resolve() not in named]
    if sound and unfused:
        exits.note(f"not fused, as --fuse does not name it: {', '.join(map(str, unfused))}")
    return Found(folder, inputs, fused, unfused, read, file, unwritable, sound)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a run works on, and how it is run."""

    rulebook: Rulebook
    casefile: Casefile
    options: Options


def load(
    found: Found,
    *,
    layout: str,
    engine: str,
    as_of: str | None,
    position: Sequence[str] | None,
    problems: Problems,
    formats: Sequence[str] = FORMATS,
) -> Loaded:
    """Load the files and read the options; `problems` receives what is wrong with the options.

    `formats` are those that the command has.
    Raises `InputError` with everything so far where a file cannot be loaded.
    """
    from treatycheck import check as checking
    from treatycheck import options
    from treatycheck.casefile.fusion import with_fusions
    from treatycheck.casefile.load import load_casefile
    from treatycheck.errors import InputError, attempt
    from treatycheck.rulebook.load import load_rulebook

    if found.unwritable is not None:
        problems.append(found.unwritable)
    options.choice("--format", layout, formats, problems, "format")
    options.choice("--engine", engine, ENGINES, problems, "engine")
    rulebook = attempt(lambda: load_rulebook(found.folder), problems)
    if rulebook is None:
        raise InputError(problems)
    chosen = options.positions("--position", position or [], rulebook, problems)
    day = options.day("--as-of", as_of, date.fromisoformat(rulebook.manifest.as_of), problems)
    casefile = attempt(lambda: load_casefile(found.inputs, rulebook), problems)
    if casefile is not None and found.fused:
        casefile = attempt(partial(with_fusions, casefile, found.fused, rulebook), problems)
    if casefile is None:
        raise InputError(problems)
    settings = checking.Options(engine=cast("EngineChoice", engine), as_of=day, positions=chosen)
    return Loaded(rulebook, casefile, settings)
