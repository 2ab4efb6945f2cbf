"""`treatycheck deadlines`: the last day of every dated duty, State by State, and what became of it.

Reads the options and prints; the days are found in `treatycheck.deadlines`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from treatycheck.cli import exits, output

if TYPE_CHECKING:
    from treatycheck.options import Problems

HELP: Final = """List the last days of dated duties for the States that are bound, with the source of each day.

A day is computed from the entry into force, or read from a register of extensions. Where the register is uncertain the
answer is unknown: an expired day that nobody verified is no breach. ARTICLE is the id of a provision, or its number.

\b
Examples:
  treatycheck deadlines --state NOR
  treatycheck deadlines --on 2024-11-20
"""


def deadlines(
    state: Annotated[str | None, typer.Option(metavar="STATE", help="Only this State, by name or code.")] = None,
    article: Annotated[str | None, typer.Option(metavar="ARTICLE", help="Only this provision.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="The day to ask for.")] = None,
    rules: Annotated[
        str | None, typer.Option(metavar="DIR", help="A rulebook folder instead of the one that comes along.")
    ] = None,
) -> int:
    """Print the list; `InputError` with everything wrong with the options."""
    from datetime import date

    from treatycheck import deadlines as listing
    from treatycheck import options
    from treatycheck.cli import deadline_text
    from treatycheck.rulebook.load import load_rulebook
    from treatycheck.rulebook.locate import rulebook_folder

    problems: Problems = []
    rulebook = load_rulebook(rulebook_folder(rules))
    end = date.fromisoformat(rulebook.manifest.as_of)
    day = options.day("--on", on, end, problems)
    code = "" if state is None else options.state("--state", state, rulebook, problems) or ""
    provision = "" if article is None else listing.pinpoint(rulebook, article)
    if article is not None and not provision:
        known = listing.pinpoints(rulebook)
        problems.append(
            options.wrong(
                "--article", "TC507", f"no dated duty stands under `{article}`", f"use one of {', '.join(known)}"
            )
        )
    options.refuse(problems)
    if day is not None:
        found = list(listing.listing(rulebook, day, state=code, provision=provision))
        output.show(deadline_text.table(found, day, end, output.width()))
    return exits.RAN
