"""`treatycheck explain`: why an outcome is what it is, what would settle or change it, and why there is none.

Reads the options, has the explanation made and hands it over; what it says is found and worded elsewhere.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from treatycheck.cli import exits, inputs, output

if TYPE_CHECKING:
    from pathlib import Path

    from treatycheck.explanations import Explanations
    from treatycheck.options import Problems
    from treatycheck.report.steps import Shown
    from treatycheck.rulebook.model import Rulebook

HELP: Final = """Explain findings: the proof, what is missing, what they hinge on, and what would raise them.

ID is that of a finding (its first characters will do), that of an event, for all findings on it, or `all`. With --rule,
what that rule says to each actor of the event, also where it gives no finding: which gate stopped it, and what would
have let it past. PATH is a folder of documents with their events, or one event file; if it is
left out, the current folder or the folders in it.

\b
Examples:
  treatycheck explain 78fd57026515 seeds
  treatycheck explain 000-E3 seeds --depth 2
  treatycheck explain 000-E3 seeds --rule RULE
  treatycheck explain all seeds --format markdown -o why.md
"""


def explain(
    wanted: Annotated[str, typer.Argument(metavar="ID", hidden=True)],
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH]", hidden=True)] = None,
    rule: Annotated[
        str | None, typer.Option(metavar="RULE", help="Only this rule, also where it gives no finding.")
    ] = None,
    depth: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Show so many steps of the proof below each element.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Show what did not decide as well.")] = False,  # noqa: FBT002 - a switch of the command line
    layout: inputs.Layout = "terminal",
    target: inputs.Target = None,
    as_of: inputs.AsOf = None,
    position: inputs.Position = None,
    fuse: inputs.Fuse = None,
    engine: inputs.Engine = "both",
    rules: inputs.Rules = None,
) -> int:
    """Explain; returns the exit code, raises `InputError` with everything that is wrong with its input."""
    from treatycheck import options
    from treatycheck.errors import InputError
    from treatycheck.explanations import explain as explained
    from treatycheck.report.steps import Shown

    problems: Problems = []
    steps = options.number("--depth", depth, problems)
    found = inputs.find(paths or inputs.here(), fuse, target, rules)
    loaded = inputs.load(found, layout=layout, engine=engine, as_of=as_of, position=position, problems=problems)
    if rule is not None:
        options.choice("--rule", rule, [*loaded.rulebook.rules], problems, "rule")
    events = options.wanted("ID", wanted, loaded.rulebook, loaded.casefile, problems)
    if events is None or problems:
        raise InputError(problems)
    told = explained(loaded.rulebook, loaded.casefile, events, loaded.options, rule=rule or "")
    exits.warn([str(one) for one in loaded.casefile.warnings])
    return deliver(told, loaded.rulebook, layout, Shown(steps, everything), found.file)


def deliver(told: Explanations, rulebook: Rulebook, layout: str, shown: Shown, file: Path | None) -> int:
    """Write or print explanations, in colour on a terminal; returns the exit code."""
    if told.receipt.notice:
        exits.note(told.receipt.notice)
    if layout == "terminal" and file is None and sys.stdout.isatty():
        _shown(told, rulebook, shown)
    else:
        output.deliver(_rendered(told, rulebook, layout, shown), file)
    return exits.RAN


def _shown(told: Explanations, rulebook: Rulebook, shown: Shown) -> None:
    """Print in colour on a terminal."""
    from rich.console import Console

    from treatycheck.report import explanation as page
    from treatycheck.report import terminal

    output.prepare(sys.stdout)
    terminal.print_blocks(page.layout(told, rulebook.wording, rulebook.cite, shown), Console())


def _rendered(told: Explanations, rulebook: Rulebook, layout: str, shown: Shown) -> str:
    from treatycheck.report import explanation as page
    from treatycheck.report import markdown, terminal

    if layout == "json":
        return page.render(told, shown)
    blocks = page.layout(told, rulebook.wording, rulebook.cite, shown)
    return markdown.text(blocks) if layout == "markdown" else terminal.text(blocks, width=output.width())
