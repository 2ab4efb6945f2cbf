"""`treatycheck check`: events against the rules, as a report.

Reads the options, runs the check and hands the report over; what it says is decided and worded elsewhere.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, cast

import typer

from treatycheck.cli import exits, inputs, output

if TYPE_CHECKING:
    from treatycheck.engine.agreement import EngineChoice
    from treatycheck.findings import Report
    from treatycheck.options import Problems
    from treatycheck.rulebook.model import Wording

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
  treatycheck check seeds --fuse accounts.fusion.yaml
"""


def check(
    paths: inputs.Paths,
    layout: inputs.Layout = "terminal",
    target: inputs.Target = None,
    as_of: inputs.AsOf = None,
    position: inputs.Position = None,
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="OUTCOME",
            help="Exit with 1 if a finding is that grave or graver: " + ", ".join(THRESHOLDS) + ".",
            autocompletion=lambda: list(THRESHOLDS),
        ),
    ] = None,
    engine: inputs.Engine = "both",
    fuse: inputs.Fuse = None,
    rules: inputs.Rules = None,
) -> int:
    """Run a check; returns the exit code, raises `InputError` with everything that is wrong with its input."""
    from treatycheck import replay

    found = inputs.find(paths, fuse, target, rules)
    words = [layout, str(output.width()), engine, repr(as_of), rules or "", *paths, "fused", *map(str, found.fused)]
    asked = None
    if found.sound and (found.file is not None or layout != "terminal" or not sys.stdout.isatty()):
        asked = replay.key(found.read, [*words, "positions", *(position or [])])
    if asked is not None and engine in inputs.ENGINES and (fail_on is None or fail_on in THRESHOLDS):
        kept = replay.standing(asked, cast("EngineChoice", engine))
        if kept is not None:
            return _given(kept.text, kept.notice, found.file, fail_on is not None and reached(kept.outcomes, fail_on))

    from treatycheck import check as checking
    from treatycheck import options

    problems: Problems = []
    if fail_on is not None:
        options.choice("--fail-on", fail_on, THRESHOLDS, problems, "outcome")
    loaded = inputs.load(found, layout=layout, engine=engine, as_of=as_of, position=position, problems=problems)
    options.refuse(problems)

    rulebook = loaded.rulebook
    run = checking.run(rulebook, loaded.casefile, loaded.options)
    outcomes = tuple(sorted({finding.outcome for finding in run.report.findings}))
    grave = fail_on is not None and reached(outcomes, fail_on)
    if layout == "terminal" and found.file is None and sys.stdout.isatty():
        return _shown(run.report, rulebook.wording, grave=grave)
    text = _rendered(run.report, rulebook.wording, layout)
    notice = run.report.receipt.notice
    if asked is not None:
        replay.keep(asked, replay.Kept(run.records, text, outcomes, notice))
    return _given(text, notice, found.file, grave)


def reached(outcomes: Iterable[str], threshold: str) -> bool:
    """Whether an outcome is `threshold` or a graver one; `any` is every outcome that flags something."""
    least = "anticipated" if threshold == "any" else threshold
    grave = THRESHOLDS[: THRESHOLDS.index(least) + 1]
    return any(outcome in grave for outcome in outcomes)


def _given(text: str, notice: str, file: Path | None, grave: bool) -> int:  # noqa: FBT001 - the answer to --fail-on
    """Print a report or write it to its file; returns the exit code."""
    if notice:
        exits.note(notice)
    output.deliver(text, file)
    return exits.REACHED if grave else exits.RAN


def _shown(report: Report, wording: Wording, *, grave: bool) -> int:
    """Print a report in colour on a terminal; returns the exit code."""
    from rich.console import Console

    from treatycheck.report.terminal import print_report

    if report.receipt.notice:
        exits.note(report.receipt.notice)
    output.prepare(sys.stdout)
    print_report(report, wording, Console())
    return exits.REACHED if grave else exits.RAN


def _rendered(report: Report, wording: Wording, layout: str) -> str:
    if layout == "json":
        from treatycheck.report.json import render as as_json

        return as_json(report)
    if layout == "markdown":
        from treatycheck.report.markdown import render as as_markdown

        return as_markdown(report, wording)
    from treatycheck.report.terminal import render as as_text

    return as_text(report, wording, width=output.width())
