"""`treatycheck schema`: what the JSON of a command is made of, and the tables that are screened.

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
TABLE: Final = "screen"
MAPPING: Final = "mapping"
CHOICES: Final = (*NAMES, TABLE, MAPPING)

HELP: Final = """Print the JSON Schema (draft 2020-12) of what `--format json` gives, or of the tables to be screened.

NAME is report (of `check`), explain or whatif: each key is described, and a key that is not described is refused. Or it
is screen: one row of a table of events, with the columns that the vocabulary of the rulebook gives it; or mapping: the
file that says what the columns and codes of a table of another layout are.

\b
Examples:
  treatycheck schema report
  treatycheck schema explain -o explain.schema.json
  treatycheck schema screen
"""


def schema(
    name: Annotated[str, typer.Argument(metavar="NAME", hidden=True, autocompletion=lambda: list(CHOICES))],
    target: inputs.Target = None,
    rules: inputs.Rules = None,
) -> int:
    """Print one schema; returns the exit code, raises `InputError` where there is none of that name."""
    from treatycheck import options

    problems: Problems = []
    options.choice("NAME", name, CHOICES, problems, "schema")
    file = None if target is None or target == output.STANDARD else Path(target)
    unwritable = None if file is None else output.refusal(file)
    if unwritable is not None:
        problems.append(unwritable)
    options.refuse(problems)
    output.deliver(_of_json(name) if name in NAMES else _of_table(name, rules), file)
    return exits.RAN


def _of_json(name: str) -> str:
    from treatycheck.report import schemas

    return schemas.render(name)


def _of_table(name: str, rules: str | None) -> str:
    from treatycheck.report.json import written
    from treatycheck.rulebook.load import load_rulebook
    from treatycheck.rulebook.locate import rulebook_folder
    from treatycheck.screen import schema as tables
    from treatycheck.screen.mapping import schema as mappings

    flat = tables.flat_schema(load_rulebook(rulebook_folder(rules)))
    return written(mappings.json_schema(flat) if name == MAPPING else tables.json_schema(flat))
