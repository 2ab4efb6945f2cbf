"""`treatycheck check`: events against the rules, as a report.

Reads the options, runs the check and hands the report over; what it says is decided and worded elsewhere.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
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
  treatycheck check seeds --fuse accounts.fusion.yaml
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
    from treatycheck import replay
    from treatycheck.casefile.locate import event_files, fusions_beside, texts_beside
    from treatycheck.rulebook.locate import MANIFEST, rulebook_files, rulebook_folder

    folder = rulebook_folder(rules)
    inputs, fused = [Path(path) for path in paths], [Path(path) for path in fuse or []]
    file = None if target is None or target == output.STANDARD else Path(target)
    events, misnamed = event_files(inputs)
    read = (*events, *texts_beside(events), *fused, *rulebook_files(folder))
    unwritable = None if file is None else output.refusal(file, read)
    words = [layout, str(output.width()), engine, repr(as_of), rules or "", *paths, "fused", *map(str, fused)]
    asked = None
    sound = unwritable is None and not misnamed and (folder / MANIFEST).is_file()
    if sound and (file is not None or layout != "terminal" or not sys.stdout.isatty()):
        asked = replay.key(read, [*words, "positions", *(position or [])])
    named = {path.resolve() for path in fused}
    if sound and (unused := [str(one) for one in fusions_beside(events) if one.resolve() not in named]):
        exits.note(f"not fused, as --fuse does not name it: {', '.join(unused)}")
    if asked is not None and engine in ENGINES and (fail_on is None or fail_on in THRESHOLDS):
        kept = replay.standing(asked, cast("EngineChoice", engine))
        if kept is not None:
            return _given(kept.text, kept.notice, file, fail_on is not None and reached(kept.outcomes, fail_on))

    from treatycheck import check as checking
    from treatycheck.casefile.load import load_casefile
    from treatycheck.cli import options
    from treatycheck.errors import InputError, attempt
    from treatycheck.rulebook.load import load_rulebook

    problems: Problems = [] if unwritable is None else [unwritable]
    options.choice("--format", layout, FORMATS, problems, "format")
    options.choice("--engine", engine, ENGINES, problems, "engine")
    if fail_on is not None:
        options.choice("--fail-on", fail_on, THRESHOLDS, problems, "outcome")
    rulebook = attempt(lambda: load_rulebook(folder), problems)
    if rulebook is None:
        raise InputError(problems)
    chosen = options.positions("--position", position or [], rulebook, problems)
    day = options.day("--as-of", as_of, date.fromisoformat(rulebook.manifest.as_of), problems)
    casefile = attempt(lambda: load_casefile(inputs, rulebook), problems)
    if casefile is not None and fused:
        casefile = attempt(partial(_fused, casefile, fused, rulebook), problems)
    if casefile is None or problems:
        raise InputError(problems)

    settings = checking.Options(engine=cast("EngineChoice", engine), as_of=day, positions=chosen)
    run = checking.run(rulebook, casefile, settings)
    outcomes = tuple(sorted({finding.outcome for finding in run.report.findings}))
    grave = fail_on is not None and reached(outcomes, fail_on)
    if layout == "terminal" and file is None and sys.stdout.isatty():
        return _shown(run.report, rulebook.wording, grave=grave)
    text = _rendered(run.report, rulebook.wording, layout)
    notice = run.report.receipt.notice
    if asked is not None:
        replay.keep(asked, replay.Kept(run.records, text, outcomes, notice))
    return _given(text, notice, file, grave)


def _fused(casefile: Casefile, files: list[Path], rulebook: Rulebook) -> Casefile:
    from treatycheck.casefile.fusion import with_fusions

    return with_fusions(casefile, files, rulebook)


def reached(outcomes: Iterable[str], threshold: str) -> bool:
    """Whether an outcome is `threshold` or a graver one; `any` is every outcome that flags something."""
    least = "anticipated" if threshold == "any" else threshold
    grave = THRESHOLDS[: THRESHOLDS.index(least) + 1]
    return any(outcome in grave for outcome in outcomes)


def _given(text: str, notice: str, file: Path | None, grave: bool) -> int:  # noqa: FBT001 - the answer to --fail-on
    """Print a report or write it to its file; returns the exit code."""
    if notice:
        exits.note(notice)
    if file is None:
        output.show(text)
    else:
        output.write(file, text)
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
