"""`treatycheck status`: who is bound by what on a day, and what one State did when.

Reads the options and prints; sentences are put together in `status_text`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from treatycheck.cli import exits, output

if TYPE_CHECKING:
    from treatycheck.options import Problems

HELP: Final = """Show who is bound on a day, or what one State signed, ratified or left and when.

STATE is a name or a code such as NOR. With STATE, --on may be any date as events have it (2021-03, [2018..2019]);
without, it is one day. The day up to which the registers reach is the default.

\b
Examples:
  treatycheck status NOR
  treatycheck status NOR --on 1998-07-09
  treatycheck status --on 2021-03-26 --count
"""


def status(
    state: Annotated[str | None, typer.Argument(metavar="STATE", hidden=True)] = None,
    instrument: Annotated[str | None, typer.Option(metavar="ID", help="Only this instrument.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The date to ask for.")] = None,
    count: Annotated[bool, typer.Option("--count", help="Only how many States are bound.")] = False,  # noqa: FBT002 - a switch of the command line
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Take the registers as they stood on that day, for example 2024-12-31."),
    ] = None,
    rules: Annotated[
        str | None, typer.Option(metavar="DIR", help="A rulebook folder instead of the one that comes along.")
    ] = None,
) -> int:
    """Print the status of one State or the roll of a day; `InputError` with everything wrong with the options."""
    from datetime import date

    from treatycheck import options
    from treatycheck.cli import status_text
    from treatycheck.errors import InputError
    from treatycheck.rulebook.load import load_rulebook
    from treatycheck.rulebook.locate import rulebook_folder

    problems: Problems = []
    rulebook = load_rulebook(rulebook_folder(rules))
    end = options.day("--as-of", as_of, date.fromisoformat(rulebook.manifest.as_of), problems)
    chosen = options.instruments("--instrument", instrument, rulebook, problems, listing=True)
    if state is None:
        day = options.day("--on", on, end, problems)
        if end is None or day is None or problems:
            raise InputError(problems)
        told = [status_text.roll(rulebook, one, day, end, output.width(), brief=count) for one in chosen]
    else:
        code = options.state("STATE", state, rulebook, problems)
        if count:
            problems.append(options.wrong("--count", "TC501", "a count is not of one State", "leave out STATE"))
        asked = on if on is not None or end is None else end.isoformat()
        when = options.when("--on", asked, problems) if asked is not None else None
        if code is None or when is None or end is None or problems:
            raise InputError(problems)
        told = [f"{rulebook.states.name(code)} ({code})\n"]
        told += [status_text.history(rulebook, one, code, when, end, output.width()) for one in chosen]
    output.show("\n".join(told))
    return exits.RAN
