"""`treatycheck check`: events against the rules, as a report.

Reads the options, runs the check and hands the report over; what it says is decided and worded elsewhere.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, cast

import typer

from treatycheck.cli import beside, exits, inputs, output
from treatycheck.phrasing import counted

if TYPE_CHECKING:
    from treatycheck.engine.agreement import EngineChoice
    from treatycheck.findings import Report
    from treatycheck.options import Problems
    from treatycheck.replay import Kept
    from treatycheck.rulebook.model import Wording

THRESHOLDS: Final = (
    *("established", "reasonable_grounds", "credible_concern", "concern", "met_late", "anticipated"),
    *("undetermined", "any"),
)
"""What `--fail-on` takes, from the gravest; `any` stands for every outcome that flags a potential violation."""

UNDETERMINED: Final = "undetermined"

FORMATS: Final = (*inputs.FORMATS, "html", "csv", "sarif", "sarif-alerts", "junit")
"""What a check can be printed as; findings as a table, for code hosts and editors, and for build servers come after."""

HELP: Final = """Check the events of documents against the rules and report what may breach them.

PATH is a folder of documents with their events, or one event file (<document>.events.yaml). The report names for
every finding the provision, the quoted sentences, the dated acts of the State and what is still missing.

\b
Examples:
  treatycheck check seeds
  treatycheck check seeds --format markdown -o report.md
  treatycheck check seeds --format html -o report.html
  treatycheck check seeds --as-of 2024-12-31 --fail-on credible_concern
  treatycheck check seeds --fuse accounts.fusion.yaml
  treatycheck check seeds --format junit --fail-on any -o report.xml
  treatycheck check seeds --baseline last-month.json --waivers seen.waivers.yaml

What is set aside (--waivers) keeps its outcome and its place in the report and does not count for --fail-on; all else
does, whether it is new since an earlier report (--baseline) or not. A waiver expires by the day of the registers.

Formats: terminal, markdown and html to read, html with the documents beside the report; json (`treatycheck schema
report` describes it); csv, one row for each finding; sarif for editors, sarif-alerts for code hosts, which take each
result for an alert, so that what flags nothing and is not open is left out; junit for build servers, where a finding
that reaches --fail-on fails. Without --fail-on, what is flagged is shown there as failed, and the command ends with 0
all the same: whoever reads the file decides.

Exit codes: 0, the report was made, which says nothing on what is in it; with --fail-on, that no finding is that grave,
and what cannot be determined counts only for --fail-on undetermined. 1, a finding is that grave or graver. 2, the
command or an input is wrong, and nothing was written. 3, the program is at fault.
"""


def check(
    paths: inputs.Paths,
    layout: Annotated[
        str,
        typer.Option("--format", metavar="FORMAT", help=", ".join(FORMATS) + ".", autocompletion=lambda: list(FORMATS)),
    ] = "terminal",
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
    baseline: beside.Baseline = None,
    waivers: beside.Waivers = None,
    rules: inputs.Rules = None,
) -> int:
    """Run a check; returns the exit code, raises `InputError` with everything that is wrong with its input."""
    from treatycheck import replay

    others = beside.named(baseline, waivers)
    found = inputs.find(paths, fuse, target, rules, others.paths)
    words = [layout, str(output.width()), engine, repr(as_of), rules or "", *paths, "fused", *map(str, found.fused)]
    words += ["not fused", *map(str, found.unfused)]
    words += others.words
    asked = None
    if found.sound and (found.file is not None or layout != "terminal" or not sys.stdout.isatty()):
        # Only here does --fail-on change what is printed, and not only how the run ends.
        failing = ["fails", fail_on or ""] if layout == "junit" else []
        asked = replay.key(found.read, [*words, *failing, "positions", *(position or [])])
    if asked is not None and engine in inputs.ENGINES and (fail_on is None or fail_on in THRESHOLDS):
        kept = replay.standing(asked, cast("EngineChoice", engine))
        if kept is not None:
            return _given(kept, found.file, fail_on)

    from treatycheck import check as checking
    from treatycheck import options

    problems: Problems = []
    if fail_on is not None:
        options.choice("--fail-on", fail_on, THRESHOLDS, problems, "outcome")
    marks = beside.read(others, problems)
    loaded = inputs.load(
        found, layout=layout, engine=engine, as_of=as_of, position=position, problems=problems, formats=FORMATS
    )
    options.refuse(problems)

    rulebook = loaded.rulebook
    run = checking.run(rulebook, loaded.casefile, loaded.options)
    report = beside.marked(run.report, marks)
    kept = replay.Kept(
        run.records,
        "",
        tuple(sorted({finding.outcome for finding in report.findings if finding.waiver is None})),
        report.receipt.notice,
        tuple(finding.outcome for finding in report.findings if finding.waiver is not None),
        beside.remarks(report),
        tuple(map(str, loaded.casefile.warnings)),
    )
    if layout == "terminal" and found.file is None and sys.stdout.isatty():
        return _shown(report, rulebook.wording, kept, fail_on)
    kept = replace(kept, text=_rendered(report, loaded, layout, fail_on))
    if asked is not None:
        replay.keep(asked, kept)
    return _given(kept, found.file, fail_on)


def reached(outcomes: Iterable[str], threshold: str) -> bool:
    """Whether an outcome is `threshold` or a graver one; `any` is every outcome that flags something."""
    return not set(outcomes).isdisjoint(grave_as(threshold))


def grave_as(threshold: str) -> tuple[str, ...]:
    """The outcomes that are `threshold` or graver."""
    least = "anticipated" if threshold == "any" else threshold
    return THRESHOLDS[: THRESHOLDS.index(least) + 1]


def _given(kept: Kept, file: Path | None, fail_on: str | None) -> int:
    """Print a report or write it to its file; returns the exit code."""
    _remark(kept, fail_on)
    output.deliver(kept.text, file)
    return _ended(kept, fail_on)


def _shown(report: Report, wording: Wording, kept: Kept, fail_on: str | None) -> int:
    """Print a report in colour on a terminal; returns the exit code."""
    from rich.console import Console

    from treatycheck.report.terminal import print_report

    _remark(kept, fail_on)
    output.prepare(sys.stdout)
    print_report(report, wording, Console())
    return _ended(kept, fail_on)


def _remark(kept: Kept, fail_on: str | None) -> None:
    """Tell what is no part of the report: how the engines ran, which waivers do not count, and what does not fail."""
    exits.warn(kept.warnings)
    for told in (kept.notice, *kept.remarks):
        if told:
            exits.note(told)
    left_out = [] if fail_on is None else [outcome for outcome in kept.set_aside if reached([outcome], fail_on)]
    if left_out:
        are = "that is set aside does" if len(left_out) == 1 else "that are set aside do"
        exits.note(f"{counted(len(left_out), 'finding')} {are} not count for --fail-on")
    if fail_on is not None and UNDETERMINED in kept.outcomes and not reached(kept.outcomes, fail_on):
        exits.note("what cannot be determined does not count here; --fail-on undetermined counts it as well")


def _ended(kept: Kept, fail_on: str | None) -> int:
    return exits.REACHED if fail_on is not None and reached(kept.outcomes, fail_on) else exits.RAN


def _rendered(report: Report, loaded: inputs.Loaded, layout: str, fail_on: str | None) -> str:
    """The report in one of the formats; only what that format needs is imported."""
    wording = loaded.rulebook.wording
    if layout == "json":
        from treatycheck.report.json import render as as_json

        return as_json(report)
    if layout == "markdown":
        from treatycheck.report.markdown import render as as_markdown

        return as_markdown(report, wording)
    if layout == "html":
        from treatycheck.report.web.page import render as as_page

        return as_page(report, loaded.rulebook, loaded.casefile)
    if layout == "csv":
        from treatycheck.report.csv import render as as_csv

        return as_csv(report)
    if layout == "junit":
        from treatycheck.report.junit import render as as_junit

        return as_junit(report, wording, grave_as(fail_on or "any"))
    if layout in ("sarif", "sarif-alerts"):
        return _sarif(report, loaded, alerts_only=layout == "sarif-alerts")
    from treatycheck.report.terminal import render as as_text

    return as_text(report, wording, width=output.width())


def _sarif(report: Report, loaded: inputs.Loaded, *, alerts_only: bool) -> str:
    from treatycheck.cli import rule_text
    from treatycheck.report.sarif import render

    def described(rule: str) -> str:
        return rule_text.entry(loaded.rulebook, rule, output.WIDTH)

    return render(report, loaded.rulebook, loaded.casefile, described, alerts_only=alerts_only)
