"""`treatycheck events`: looks for mistakes in event files.

Reads the options and prints a count; every mistake is found by the loader.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer

from treatycheck.cli import exits, output
from treatycheck.phrasing import counted

HELP: Final = "Work on event files: what a document reports, in data."
VALIDATE_HELP: Final = """Look for mistakes in event files, and report all of them with what to do.

PATH is a folder of documents with their events, or one event file (<document>.events.yaml). Checked are the form, the
words of the vocabulary, dates, codes of States, references, and that every quote stands in its document word for word.

\b
Examples:
  treatycheck events validate seeds
  treatycheck events validate seeds/report.events.yaml
"""

NEW_HELP: Final = """Make an event file for a document, with everything to fill in and the fingerprint of the document.

The file is written beside the document as <document>.events.yaml; one that exists is never overwritten.

\b
Examples:
  treatycheck events new mycase/bulletin.txt
"""


def application() -> typer.Typer:
    """The commands of the group."""
    app = typer.Typer(help=HELP, rich_markup_mode=None)
    app.command(help=VALIDATE_HELP)(validate)
    app.command("new", help=NEW_HELP)(new)
    return app


def validate(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", hidden=True)],
    rules: Annotated[
        str | None, typer.Option(metavar="DIR", help="A rulebook folder instead of the one that comes along.")
    ] = None,
) -> int:
    """Load the event files and say how many there are; `InputError` with every mistake."""
    from treatycheck.casefile.load import load_casefile
    from treatycheck.rulebook.load import load_rulebook
    from treatycheck.rulebook.locate import rulebook_folder

    casefile = load_casefile([Path(path) for path in paths], load_rulebook(rulebook_folder(rules)))
    dossiers = casefile.dossiers
    counts = (
        counted(len(dossiers), "event file"),
        counted(sum(len(dossier.events) for dossier in dossiers), "event"),
        counted(sum(len(dossier.quotes) for dossier in dossiers), "quote"),
    )
    warnings = [str(one) for one in casefile.warnings]
    output.show(f"{', '.join(counts)}: {counted(len(warnings), 'warning') if warnings else 'no problems'}")
    exits.warn(warnings)
    if casefile.unencoded:
        exits.note(f"without events: {', '.join(casefile.unencoded)}")
    return exits.RAN


def new(document: Annotated[str, typer.Argument(metavar="DOCUMENT", hidden=True)]) -> int:
    """Write the event file and name it; `InputError` if the document cannot be read or there is a file already."""
    from treatycheck.casefile.locate import SUFFIX
    from treatycheck.casefile.skeleton import skeleton
    from treatycheck.documents.text import read_document
    from treatycheck.errors import Diagnostic, InputError

    path = Path(document)
    if path.suffix != ".txt":
        help_line = "save the document as plain text with the ending `.txt`, in UTF-8"
        raise InputError([Diagnostic(document, 0, 0, "TC435", f"`{path.name}` is not a text file", help_line)])
    found = replace(read_document(path), file=path.name)
    target = path.with_name(path.stem + SUFFIX)
    if target.exists():
        help_line = "edit that file, or give it another name first"
        raise InputError([Diagnostic(str(target), 0, 0, "TC436", f"`{target.name}` exists already", help_line)])
    output.write(target, skeleton(found))
    output.show(f"{target}: fill it in, then `treatycheck events validate {target.parent}`")
    return exits.RAN
