"""`treatycheck schema`: what the JSON of a command is made of.

Reads the options and prints; the schemas are put together elsewhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from treatycheck.cli import exits, inputs, output

if TYPE_CHECKING:
    from treatycheck.options import Problems

NAMES: Final = ("report", "explain", "whatif")

HELP: Final = """Print the JSON Schema (draft 2020-12) of what `--format json` gives.

NAME is report (of `check`), explain or whatif. Each key is described, and a key that is not described is refused.

\b
Examples:
  treatycheck schema report
  treatycheck schema explain -o explain.schema.json
"""


def schema(
    name: Annotated[str, typer.Argument(metavar="NAME", hidden=True, autocompletion=lambda: list(NAMES))],
    target: inputs.Target = None,
) -> int:
    """Print one schema; returns the exit code, raises `InputError` where there is none of that name."""
    from treatycheck import options
    from treatycheck.report import schemas

    problems: Problems = []
    options.choice("NAME", name, NAMES, problems, "schema")
    file = None if target is None or target == output.STANDARD else Path(target)
    unwritable = None if file is None else output.refusal(file)
    if unwritable is not None:
        problems.append(unwritable)
    options.refuse(problems)
    output.deliver(schemas.render(name), file)
    return exits.RAN
