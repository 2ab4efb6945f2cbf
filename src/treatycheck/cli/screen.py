"""`treatycheck screen`: the rules over tables of events, as findings or as counts.

Reads the options, runs the screening and hands over what came out; what a row means is found elsewhere.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, cast

import typer

from treatycheck.cli import exits, explain, inputs, output
from treatycheck.phrasing import counted

if TYPE_CHECKING:
    from treatycheck.engine.agreement import EngineChoice
    from treatycheck.options import Problems
    from treatycheck.rulebook.model import Rulebook
    from treatycheck.screen.backends import Backend
    from treatycheck.screen.files import Table
    from treatycheck.screen.mapping.model import Reading
    from treatycheck.screen.run import Screening
    from treatycheck.screen.settings import Options

HELP: Final = """Screen tables of events: millions of rows, with the outcomes of `check`.

IN are tables (.parquet, .csv, .ndjson), folders of them, or patterns in quotes. One row is one event, in the columns
that `treatycheck schema screen` describes. Findings go to the file of -o (.parquet, .csv, .ndjson, or .duckdb); beside
it stand a receipt and, if rows cannot be screened, a quarantine with row, column, value and reason.

\b
Examples:
  treatycheck screen events.parquet -o findings.parquet
  treatycheck screen events.parquet --summary
  treatycheck screen 'customs/*.csv' --summary --by rule,outcome,bearer,year -o counts.csv
  treatycheck screen events.parquet --explain 1207
  treatycheck screen theirs.csv --mapping theirs.yaml -o findings.csv
  treatycheck screen events.parquet -o findings.parquet --backend spark --master spark://host:7077
"""

Tables = Annotated[list[str], typer.Argument(metavar="IN...", hidden=True)]


def _backends() -> list[str]:
    from treatycheck.screen import backends

    return [*backends.BACKENDS]


def screen(
    tables: Tables,
    target: Annotated[
        str | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the result to FILE, whole or not at all."),
    ] = None,
    summary: Annotated[bool, typer.Option("--summary", help="Count findings; without -o, print the counts.")] = False,  # noqa: FBT002 - a switch of the command line
    by: Annotated[
        str | None,
        typer.Option(metavar="NAMES", help="Count by these: rule, outcome, bearer, year; with commas.  [rule,outcome]"),
    ] = None,
    outcomes: Annotated[
        str | None,
        typer.Option(metavar="NAMES", help="Write findings with these outcomes, with commas, or `all`."),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(metavar="NAMES", help="Write only these columns of findings, with commas: see the README."),
    ] = None,
    row: Annotated[
        str | None,
        typer.Option("--explain", metavar="ROW", help="Explain the row of that number, from 1, of one table."),
    ] = None,
    rule: Annotated[
        str | None, typer.Option(metavar="RULE", help="Explain what this rule says of the row, a finding or none.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Explain what did not decide as well.")] = False,  # noqa: FBT002 - as above
    mapping: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Read tables of another layout: FILE says what their columns and codes are."),
    ] = None,
    backend: Annotated[
        str,
        typer.Option(metavar="NAME", help="duckdb, or spark for a cluster.", autocompletion=_backends),
    ] = "duckdb",
    master: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The cluster for Spark, as in spark://host:7077; else this machine."),
    ] = None,
    memory: Annotated[str | None, typer.Option(metavar="SIZE", help="Hold no more in memory, for example 2GB.")] = None,
    share: Annotated[
        str,
        typer.Option(
            "--quarantine-share", metavar="SHARE", help="Stop if a larger share of a table cannot be screened."
        ),
    ] = "0.01",
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Leave out a column that the schema does not have; may be given again."),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run that was interrupted.")] = False,  # noqa: FBT002 - as above
    layout: inputs.Layout = "terminal",
    as_of: inputs.AsOf = None,
    position: inputs.Position = None,
    engine: inputs.Engine = "both",
    rules: inputs.Rules = None,
) -> int:
    """Screen tables; returns the exit code, raises `InputError` with everything that is wrong with its input."""
    from treatycheck import options
    from treatycheck.errors import InputError, attempt
    from treatycheck.rulebook.load import load_rulebook
    from treatycheck.rulebook.locate import rulebook_folder
    from treatycheck.screen import files

    problems: Problems = []
    found = files.tables(tables, problems)
    file = _target(target, found, problems, needed=not summary and row is None, table=row is None)
    idle = {
        ("--by", "--summary"): by is not None and not summary,
        ("--format", "--explain"): layout != "terminal" and row is None,
        ("--all", "--explain"): everything and row is None,
        ("--rule", "--explain"): rule is not None and row is None,
        ("--resume", "--output"): resume and file is None,
    }
    for (name, needs), is_idle in idle.items():
        if is_idle:
            message = f"`{name}` does nothing without `{needs}`"
            problems.append(options.wrong(name, "TC501", message, f"add `{needs}`, or leave it out"))
    options.choice("--engine", engine, inputs.ENGINES, problems, "engine")
    rulebook = attempt(lambda: load_rulebook(rulebook_folder(rules)), problems)
    if rulebook is None:
        raise InputError(problems)
    if rule is not None:
        options.choice("--rule", rule, [*rulebook.rules], problems, "rule")
    settings = _settings(
        rulebook,
        problems,
        engine=engine,
        as_of=as_of,
        position=position or [],
        by=(by if by is not None else "rule,outcome") if summary else None,
        outcomes=outcomes,
        columns=columns,
        memory=memory,
        share=share,
        ignore=ignore or [],
        resume=resume,
        mapping=mapping,
        backend=backend,
        master=master,
    )
    if row is not None:
        options.choice("--format", layout, inputs.FORMATS, problems, "format")
        number = options.number("--explain", row, problems)
        if len(found) > 1:
            problems.append(
                options.wrong("--explain", "TC501", "more than one table is given", "name the table of the row")
            )
        options.refuse(problems)
        from treatycheck.report.steps import Shown
        from treatycheck.screen.proof import explained

        told = explained(rulebook, found[0], cast("int", number), settings, rule=rule or "")
        return explain.deliver(told, rulebook, layout, Shown(None, everything), file)
    options.refuse(problems)
    return _screened(rulebook, found, file, settings)


def _target(
    target: str | None, found: Sequence[Table], problems: Problems, *, needed: bool, table: bool
) -> Path | None:
    """The file of the result; `problems` receives why there is none. `table` says that it is to be one."""
    from treatycheck import options
    from treatycheck.errors import listed
    from treatycheck.screen import files

    endings = [one for one in files.LAYOUTS if not one.endswith(".gz")]
    known = f"name a file that ends in {listed([*endings, files.DATABASE])}"
    if target is None or target == output.STANDARD:
        if needed:
            problems.append(options.wrong("--output", "TC501", "there is no file for the findings", known))
        return None
    file = Path(target)
    is_database = file.name.endswith(files.DATABASE)
    is_table = not file.name.endswith(".gz") and (is_database or bool(files.layout_of(file)))
    written = [file, *(files.beside(file, one) for one in (files.RECEIPT, files.QUARANTINE) if table)]
    read, example = [one.path for one in found], "findings.parquet" if table else "report.md"
    unwritable = next((why for one in written if (why := output.refusal(one, read, example)) is not None), None)
    if unwritable is not None:
        problems.append(unwritable)
    if table and not is_table:
        problems.append(options.wrong("--output", "TC501", f"`{file.name}` is no table that can be written", known))
    elif not table and is_table:
        help_line = "end its name in `.txt`, `.md` or `.json`"
        problems.append(options.wrong("--output", "TC501", f"`{file.name}` is named like a table", help_line))
    elif is_database and file.exists() and unwritable is None:
        help_line = "name another file; what is in a database is not overwritten"
        problems.append(options.wrong("--output", "TC505", f"`{target}` is there already", help_line))
    return file


def _settings(
    rulebook: Rulebook,
    problems: Problems,
    *,
    engine: str,
    as_of: str | None,
    position: Sequence[str],
    by: str | None,
    outcomes: str | None,
    columns: str | None,
    memory: str | None,
    share: str,
    ignore: Sequence[str],
    resume: bool,
    mapping: str | None,
    backend: str,
    master: str | None,
) -> Options:
    from treatycheck import options
    from treatycheck.screen import backends, plan, settings

    day = options.day("--as-of", as_of, date.fromisoformat(rulebook.manifest.as_of), problems)
    chosen = options.positions("--position", position, rulebook, problems)
    counted_by = () if by is None else _names("--by", by, plan.DIMENSIONS, "dimension", problems)
    told = plan.FINDING if columns is None else _names("--columns", columns, plan.FINDING, "column", problems)
    written = settings.WRITTEN
    if outcomes is not None:
        everything = outcomes == "all"
        written = settings.ALL if everything else _names("--outcomes", outcomes, settings.ALL, "outcome", problems)
    for name, given in (("--outcomes", outcomes), ("--columns", columns)):
        if by is not None and given is not None:
            help_line = "leave it out, or leave out `--summary`"
            problems.append(
                options.wrong(name, "TC501", "a summary counts every outcome and has no columns", help_line)
            )
    options.choice("--backend", backend, backends.BACKENDS, problems, "backend")
    if master is not None and backend != "spark":
        help_line = "add `--backend spark`"
        problems.append(options.wrong("--master", "TC501", f"`{backend}` has no cluster", help_line))
    return settings.Options(
        engine=cast("EngineChoice", engine),
        as_of=day,
        positions=chosen,
        by=counted_by,
        outcomes=written,
        columns=told,
        memory=_size(memory, problems),
        share=_share(share, problems),
        ignored=tuple(ignore),
        resume=resume,
        mapping=_mapping(mapping, rulebook, problems),
        backend=cast("Backend", backend),
        master=master,
    )


def _mapping(file: str | None, rulebook: Rulebook, problems: Problems) -> Reading | None:
    if file is None:
        return None
    from treatycheck.errors import attempt
    from treatycheck.screen.mapping.load import load
    from treatycheck.screen.schema import flat_schema

    return attempt(lambda: load(Path(file), flat_schema(rulebook), rulebook), problems)


def _names(option: str, text: str, known: Sequence[str], what: str, problems: Problems) -> tuple[str, ...]:
    """The words of an option, each once and in the order given; `problems` receives those that are not known."""
    from treatycheck import options
    from treatycheck.errors import listed

    names = tuple(dict.fromkeys(filter(None, (one.strip() for one in text.split(",")))))
    for name in names:
        options.choice(option, name, known, problems, what)
    if not names:
        problems.append(options.wrong(option, "TC501", f"there is no {what}", f"name one of {listed(known)}"))
    return names


def _size(text: str | None, problems: Problems) -> str | None:
    from treatycheck import options

    if text is not None and re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,3})? ?[KMGT]i?B", text) is None:
        help_line = "write a size such as `500MB` or `2GB`"
        problems.append(options.wrong("--memory", "TC517", f"`{text}` is not a size", help_line))
    return text


def _share(text: str, problems: Problems) -> float:
    from treatycheck import options

    number = text.removesuffix("%")
    try:
        share = float(number) / (100 if number != text else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        help_line = "write a share such as `0.01` or `1%`"
        problems.append(options.wrong("--quarantine-share", "TC517", f"`{text}` is not a share", help_line))
    return share


def _screened(rulebook: Rulebook, tables: Sequence[Table], file: Path | None, settings: Options) -> int:
    from treatycheck.errors import InputError, listed
    from treatycheck.screen.progress import Progress
    from treatycheck.screen.run import Run

    run = Run(rulebook, tables, file, settings)
    try:
        with Progress(run.desk.progress, sys.stderr):
            done = run.screen()
    except (KeyboardInterrupt, InputError):
        if run.kept:
            exits.note("tables that are done are kept; the same command with `--resume` goes on after them")
        raise
    finally:
        run.close()
    receipt = done.receipt
    if done.resumed:
        exits.note(f"{done.resumed} of {counted(len(tables), 'table')} done in an earlier run")
    if receipt.notice:
        exits.note(receipt.notice)
    exits.note(
        f"{counted(receipt.read, 'row')} read, {receipt.screened} screened"
        + (f" (of these {receipt.passed_over} passed over, as the mapping says)" if receipt.passed_over else "")
        + f", {receipt.quarantined} quarantined"
        + ("" if not receipt.quarantined or file is not None else ", whose reasons `-o` would write beside the counts")
    )
    if receipt.unaddressed:
        exits.note(
            f"{counted(receipt.unaddressed, 'row')} with nobody whom a rule on the act binds, and so without a result"
        )
    if receipt.unmatched:
        columns = listed(sorted({one.source for one in receipt.unmatched}))
        exits.note(
            f"{counted(len(receipt.unmatched), 'value')} of {columns} not in the mapping and so unknown"
            + (": see the receipt" if file is not None else "; the receipt beside `-o` lists them")
        )
    if settings.by and file is None:
        output.show(_table(done, settings))
    return exits.RAN


def _table(done: Screening, settings: Options) -> str:
    """The counts as lines of CSV, which both people and programs read."""
    import csv
    import io

    from treatycheck.report.cells import guarded
    from treatycheck.report.characters import visible

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*settings.by, "findings"])
    for row in done.counts:
        writer.writerow(["" if cell is None else guarded(visible(str(cell))) for cell in row])
    return stream.getvalue()
