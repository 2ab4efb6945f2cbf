"""`treatycheck whatif`: which findings move if something were otherwise.

Reads the options, runs the comparison and hands it over; what it says is decided and worded elsewhere.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from treatycheck.cli import exits, inputs, output

if TYPE_CHECKING:
    from treatycheck.options import Problems
    from treatycheck.rulebook.model import Wording
    from treatycheck.whatif import WhatIf

EXAMPLE: Final = "treatycheck whatif seeds --set NOR.status=not_bound"

HELP: Final = """Show which findings move if something were otherwise, from what to what, and through which gate.

PATH is a folder of documents with their events, or one event file. Nothing is written to it. What is supposed:

\b
--set STATE.status=S        on every day; S is bound, not_bound, signatory or
                            unknown
--set STATE.COLUMN.ID=DATE  the date of an act in the register of instrument
                            ID; `none` if it was not done
--fact EVENT.FIELD=VALUE    FIELD is act, modality, date, place, purpose,
                            strength, dispute or a fact of the event;
                            objects.2.FIELD, or the words that describe an
                            object in place of objects.2; ROLE (who takes
                            part), ROLE.kind, ROLE.strength; attribution.FACT.
                            `unknown` takes a value away. A value counts as
                            established; @S2 behind it says otherwise
--without QUOTE             NAME, EVENT:NAME or FILE:NAME; what rests on this
                            quote alone is not known any more

A status holds under all instruments with a register, or under the one named in STATE.status.ID. Readings (--position)
and a day (--as-of) are supposed in the same way.

\b
Examples:
  treatycheck whatif seeds --set NOR.status=not_bound
  treatycheck whatif seeds --fact EVENT.modality=announced --without NAME
  treatycheck whatif seeds --position NAME=ALTERNATIVE --format json
"""


def whatif(
    paths: inputs.Paths,
    states: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="STATE.WHAT=VALUE", help="Suppose a status or a date; may be given again."),
    ] = None,
    fact: Annotated[
        list[str] | None,
        typer.Option(metavar="EVENT.FIELD=VALUE", help="Suppose a fact of an event; may be given again."),
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(metavar="QUOTE", help="Leave a quote out of account; may be given again.")
    ] = None,
    position: inputs.Position = None,
    as_of: inputs.AsOf = None,
    fuse: inputs.Fuse = None,
    layout: inputs.Layout = "terminal",
    target: inputs.Target = None,
    engine: inputs.Engine = "both",
    rules: inputs.Rules = None,
) -> int:
    """Run the comparison; returns the exit code, raises `InputError` with everything that is wrong with its input."""
    from treatycheck import options
    from treatycheck.errors import InputError, attempt
    from treatycheck.suppose import read
    from treatycheck.whatif import whatif as compared

    problems: Problems = []
    if not (states or fact or without or position or as_of):
        problems.append(options.wrong("whatif", "TC501", "nothing is supposed", f"for example `{EXAMPLE}`"))
    found = inputs.find(paths, fuse, target, rules)
    loaded = inputs.load(found, layout=layout, engine=engine, as_of=as_of, position=position, problems=problems)
    suppositions = attempt(
        lambda: read(
            loaded.rulebook,
            loaded.casefile,
            states=states or (),
            facts=fact or (),
            quotes=without or (),
            as_of=loaded.options.as_of,
        ),
        problems,
    )
    if suppositions is None or problems:
        raise InputError(problems)
    moves = compared(loaded.rulebook, loaded.casefile, suppositions, loaded.options)
    exits.warn([str(one) for one in loaded.casefile.warnings])
    if moves.after.receipt.notice:
        exits.note(moves.after.receipt.notice)
    if layout == "terminal" and found.file is None and sys.stdout.isatty():
        _shown(moves, loaded.rulebook.wording)
    else:
        output.deliver(_rendered(moves, loaded.rulebook.wording, layout), found.file)
    return exits.RAN


def _shown(moves: WhatIf, wording: Wording) -> None:
    """Print in colour on a terminal."""
    from rich.console import Console

    from treatycheck.report import terminal
    from treatycheck.report import whatif as page

    output.prepare(sys.stdout)
    terminal.print_blocks(page.layout(moves, wording), Console())


def _rendered(moves: WhatIf, wording: Wording, layout: str) -> str:
    from treatycheck.report import markdown, terminal
    from treatycheck.report import whatif as page

    if layout == "json":
        return page.render(moves)
    blocks = page.layout(moves, wording)
    return markdown.text(blocks) if layout == "markdown" else terminal.text(blocks, width=output.width())
