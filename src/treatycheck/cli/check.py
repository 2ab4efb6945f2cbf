"""`treatycheck check`: events against the rules, as a report.

Reads the options, runs the check and hands the report over; what it says is decided and worded elsewhere.
"""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, cast

import typer

from treatycheck.cli import exits, output

if TYPE_CHECKING:
    from treatycheck.casefile.model import Casefile
    from treatycheck.cli.options import Problems
    from treatycheck.engine.agreement import EngineChoice
    from treatycheck.findings import Report
    from treatycheck.rulebook.model import Rulebook, Wording

FORMATS: Final = ("terminal", "markdown", "json")
ENGINES: Final = ("both", "durable", "reference")
THRESHOLDS: Final = (
    *("established", "reasonable_grounds", "credible_concern", "concern", "met_late", "anticipated"),
    *("undetermined", "any"),
)
"""What `--fail-on` takes, from the gravest; `any` stands for every outcome that flags a potential violation."""

HELP: Final = """Check the events of documents against the rules and report what may breach them.

PATH is a folder of documents with their events, or one event file (<document>.events.yaml). The report names for
every finding the provision, the quoted sentences, the dated acts of the State and what is still missing.

\b
Examples:
  treatycheck check seeds
  treatycheck check seeds --format markdown -o report.md
  treatycheck check seeds --as-of 2024-12-31 --fail-on credible_concern
  treatycheck check seeds --fuse seeds/libya-mines.fusion.yaml
"""


def check(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", hidden=True)],
    layout: Annotated[
        str,
        typer.Option(
            "--format", metavar="FORMAT", help="terminal, markdown or json.", autocompletion=lambda: list(FORMATS)
        ),
    ] = "terminal",
    target: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the report to FILE, whole or not at all."),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Take the registers as they stood on that day, for example 2024-12-31."),
    ] = None,
    position: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=ALTERNATIVE", help="Choose a reading of a contested point of law; may be given again."
        ),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="OUTCOME",
            help="Exit with 1 if a finding is that grave or graver: " + ", ".join(THRESHOLDS) + ".",
            autocompletion=lambda: list(THRESHOLDS),
        ),
    ] = None,
    engine: Annotated[
        str,
        typer.Option(metavar="ENGINE", help="both, durable or reference.", autocompletion=lambda: list(ENGINES)),
    ] = "both",
    fuse: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="Add accounts fused from several documents; may be given again."),
    ] = None,
    rules: Annotated[
        str | None, typer.Option(metavar="DIR", help="A rulebook folder instead of the one that comes along.")
    ] = None,
) -> int:
    """Run a check; returns the exit code, raises `InputError` with everything that is wrong with its input."""
    from treatycheck import check as checking
    from treatycheck.casefile.load import event_files, load_casefile
    from treatycheck.cli import options
    from treatycheck.errors import InputError
    from treatycheck.rulebook.load import load_rulebook, rulebook_files
    from treatycheck.rulebook.locate import rulebook_folder

    problems: Problems = []
    options.choice("--format", layout, FORMATS, problems, "format")
    options.choice("--engine", engine, ENGINES, problems, "engine")
    if fail_on is not None:
        options.choice("--fail-on", fail_on, THRESHOLDS, problems, "outcome")
    folder = options.attempt(lambda: rulebook_folder(rules), problems)
    inputs = [Path(path) for path in paths]
    file = None if target is None or target == output.STANDARD else Path(target)
    if file is not None:
        events = event_files(inputs)[0]
        read = [*events, *(text for path in events for text in path.parent.glob("*.txt"))]
        read += rulebook_files(folder) if folder is not None else ()
        unwritable = output.refusal(file, read)
        problems += [unwritable] if unwritable is not None else []
    rulebook = None if folder is None else options.attempt(lambda: load_rulebook(folder), problems)
    if rulebook is None:
        raise InputError(problems)
    chosen = options.positions("--position", position or [], rulebook, problems)
    day = options.day("--as-of", as_of, date.fromisoformat(rulebook.manifest.as_of), problems)
    casefile = options.attempt(lambda: load_casefile(inputs, rulebook), problems)
    if casefile is not None and fuse:
        casefile = options.attempt(partial(_fused, casefile, fuse, rulebook), problems)
    if casefile is None or problems:
        raise InputError(problems)

    settings = checking.Options(engine=cast("EngineChoice", engine), as_of=day, positions=chosen)
    report = checking.check(rulebook, casefile, settings)
    if report.receipt.notice:
        exits.note(report.receipt.notice)
    _hand_over(report, rulebook.wording, layout, file)
    return exits.REACHED if fail_on is not None and reached(report, fail_on) else exits.RAN


def _fused(casefile: Casefile, files: list[str], rulebook: Rulebook) -> Casefile:
    from treatycheck.casefile.fusion import with_fusions

    return with_fusions(casefile, [Path(file) for file in files], rulebook)


def reached(report: Report, threshold: str) -> bool:
    """Whether a finding has the outcome `threshold` or a graver one; `any` is every outcome that flags something."""
    least = "anticipated" if threshold == "any" else threshold
    grave = THRESHOLDS[: THRESHOLDS.index(least) + 1]
    return any(finding.outcome in grave for finding in report.findings)


def _hand_over(report: Report, wording: Wording, layout: str, file: Path | None) -> None:
    """Print the report or write it to a file."""
    if layout == "terminal" and file is None and sys.stdout.isatty():
        from rich.console import Console

        from treatycheck.report.terminal import print_report

        output.prepare(sys.stdout)
        print_report(report, wording, Console())
        return
    text = _rendered(report, wording, layout)
    if file is None:
        output.show(text)
    else:
        output.write(file, text)


def _rendered(report: Report, wording: Wording, layout: str) -> str:
    if layout == "json":
        from treatycheck.report.json import render as as_json

        return as_json(report)
    if layout == "markdown":
        from treatycheck.report.markdown import render as as_markdown

        return as_markdown(report, wording)
    from treatycheck.report.terminal import render as as_text

    return as_text(report, wording, width=output.width())
