"""`treatycheck events`: looks for mistakes in event files.

Reads the options and prints a count; every mistake is found by the loader.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from treatycheck.cli import exits, output

HELP: Final = "Work on event files: what a document reports, in data."
VALIDATE_HELP: Final = """Look for mistakes in event files, and report all of them with what to do.

PATH is a folder of documents with their events, or one event file (<document>.events.yaml). Checked are the form, the
words of the vocabulary, dates, codes of States, references, and that every quote stands in its document word for word.

\b
Examples:
  treatycheck events validate seeds
  treatycheck events validate seeds/report.events.yaml
"""


def application() -> typer.Typer:
    """The commands of the group."""
    app = typer.Typer(help=HELP, rich_markup_mode=None)
    # With a group of one, the parser would take the only command for the group itself.
    app.callback()(lambda: None)
    app.command(help=VALIDATE_HELP)(validate)
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
        _counted(len(dossiers), "event file"),
        _counted(sum(len(dossier.events) for dossier in dossiers), "event"),
        _counted(sum(len(dossier.quotes) for dossier in dossiers), "quote"),
    )
    output.show(f"{', '.join(counts)}: no problems")
    if casefile.unencoded:
        exits.note(f"without events: {', '.join(casefile.unencoded)}")
    return exits.RAN


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
