"""The command line: small commands without logic of their own, assembled here, and how each way to end is told.

Heavy libraries are imported inside the commands that need them; `main` is what the installed `treatycheck` calls.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import Annotated, Final

import typer

import treatycheck
from treatycheck.cli import (
    check,
    deadlines,
    events,
    exits,
    explain,
    output,
    parameters,
    rules,
    schema,
    screen,
    status,
    whatif,
)
from treatycheck.errors import DefectError, Diagnostic, InputError, TreatycheckError

NAME: Final = "treatycheck"
_COLLECT_AFTER: Final = 100_000

HELP: Final = """Check reported events against treaty law that is written as data.

\b
Examples:
  treatycheck check seeds                     report on the documents in seeds
  treatycheck explain 000-E3 seeds            why, what is missing, what it hinges on
  treatycheck whatif seeds --without QUOTE    what moves if this quote does not count
  treatycheck screen events.parquet --summary  how often, in millions of rows
  treatycheck status --count --on 2021-03-26  how many States were bound
  treatycheck events validate seeds           look for mistakes in event files
  treatycheck rules list                      the rules and their ids
  treatycheck schema report                   what the JSON of a check is made of

Exit codes: 0 done; 1 an outcome of --fail-on was reached or a test failed; 2 the command or an input is wrong and
nothing was written; 3 the program is at fault. Results go to the standard output, all else to the error stream.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line, by default with the arguments of the process; returns the exit code."""
    if arguments is None:
        # A run is short and keeps nearly all it makes: collecting every few hundred objects costs a tenth of it.
        gc.set_threshold(_COLLECT_AFTER)
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given or ["--help"])
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    except BrokenPipeError:
        # Somebody like `head` has read enough of a help text; results are printed in `output`.
        output.silence()
        return exits.RAN
    except InputError as error:
        return exits.tell(error.diagnostics)
    except DefectError as error:
        return exits.defect(error)
    except TreatycheckError as error:
        return exits.tell([Diagnostic(NAME, 0, 0, "TC509", str(error))])
    except OSError as error:
        place = str(error.filename or NAME)
        reason = (error.strerror or str(error)).lower()
        help_line = "check the name and the permissions"
        return exits.tell([Diagnostic(place, 0, 0, "TC101", f"cannot read `{place}`: {reason}", help_line)])
    except Exception as error:  # noqa: BLE001 - whatever else comes up is a fault of the program, and is told as one
        return exits.defect(error)


def _run(arguments: list[str]) -> int:
    """Parse and run; a mistake in the command itself becomes an `InputError`."""
    command = typer.main.get_command(application())
    parameters.keep_as_written(command)
    try:
        code = command.main(args=arguments, prog_name=NAME, standalone_mode=False)
    except typer.Abort as abort:
        raise KeyboardInterrupt from abort
    except SystemExit as done:  # how completion scripts end
        code = done.code
    except parameters.USAGE_ERRORS as error:
        raise InputError([parameters.diagnostic(error, NAME)]) from error
    return code if isinstance(code, int) else exits.RAN


def application() -> typer.Typer:
    """All commands in the order in which the help lists them."""
    app = typer.Typer(name=NAME, help=HELP, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.callback(context_settings={"help_option_names": parameters.HELP_OPTIONS})(_program)
    app.command(help=check.HELP)(check.check)
    app.command(help=explain.HELP)(explain.explain)
    app.command(help=whatif.HELP)(whatif.whatif)
    app.command(help=screen.HELP)(screen.screen)
    app.command(help=status.HELP)(status.status)
    app.command(help=deadlines.HELP)(deadlines.deadlines)
    app.command(help=schema.HELP)(schema.schema)
    app.add_typer(events.application(), name="events")
    app.add_typer(rules.application(), name="rules")
    return app


def _version(wanted: bool) -> None:  # noqa: FBT001 - how the parser calls it
    if wanted:
        output.show(f"{NAME} {treatycheck.__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
]


def _program(version: Version = False) -> None:  # noqa: FBT002 - a switch of the command line
    """Options that belong to the program and not to a command."""
    del version  # acted on in its callback
