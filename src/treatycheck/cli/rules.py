"""`treatycheck rules`: lists the rules, shows one in words, and runs the tests that lawyers wrote.

Reads the options and prints; the words of a rule are put together in `rule_text`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from treatycheck.cli import exits, output

if TYPE_CHECKING:
    from treatycheck.options import Problems

HELP: Final = "Look into the rulebook: the rules, what they say, and their tests."
LIST_HELP: Final = """List rules, exceptions, terms and positions with their ids.

\b
Examples:
  treatycheck rules list
  treatycheck rules list --instrument ID
"""
SHOW_HELP: Final = """Show what stands under an id: a rule, term, exception, procedure, provision or position, in words.

\b
Examples:
  treatycheck rules show ID
"""
TEST_HELP: Final = """Run the tests of the rules; exit with 1 if one fails or a rule has none.

PATH is a folder of tests or one test file; without it, all tests of the rulebook are run.

\b
Examples:
  treatycheck rules test
  treatycheck rules test --rule ID
"""

COVERAGE_HELP: Final = """Show what encodes each provision, or why nothing does; exit with 1 if one has neither.

\b
Examples:
  treatycheck rules coverage
  treatycheck rules coverage --brief
"""

Folder = Annotated[
    str | None, typer.Option(metavar="DIR", help="A rulebook folder instead of the one that comes along.")
]


def application() -> typer.Typer:
    """The commands of the group."""
    app = typer.Typer(help=HELP, rich_markup_mode=None)
    app.command("list", help=LIST_HELP)(list_rules)
    app.command("show", help=SHOW_HELP)(show_rule)
    app.command("test", help=TEST_HELP)(run_rule_tests)
    app.command("coverage", help=COVERAGE_HELP)(show_coverage)
    return app


def list_rules(
    instrument: Annotated[str | None, typer.Option(metavar="ID", help="Only what belongs to this instrument.")] = None,
    rules: Folder = None,
) -> int:
    """Print every id of the rulebook, or of one instrument, by kind."""
    from treatycheck import options
    from treatycheck.cli import rule_text
    from treatycheck.rulebook.load import load_rulebook
    from treatycheck.rulebook.locate import rulebook_folder

    problems: Problems = []
    rulebook = load_rulebook(rulebook_folder(rules))
    chosen = options.instruments("--instrument", instrument, rulebook, problems)
    options.refuse(problems)
    output.show(rule_text.overview(rulebook, chosen))
    return exits.RAN


def show_rule(
    name: Annotated[str, typer.Argument(metavar="ID", hidden=True)],
    rules: Folder = None,
) -> int:
    """Print one entry of the rulebook in words."""
    from treatycheck import options
    from treatycheck.cli import rule_text
    from treatycheck.rulebook.load import load_rulebook
    from treatycheck.rulebook.locate import rulebook_folder

    problems: Problems = []
    folder = rulebook_folder(rules)
    rulebook = load_rulebook(folder)
    options.choice("ID", name, rule_text.ids(rulebook), problems, "id")
    options.refuse(problems)
    text = rule_text.entry(rulebook, name, output.width())
    if name in rulebook.rules:
        from treatycheck.ruletest import run_tests

        tested = run_tests(rulebook, folder, only=name)
        counts = f"{tested.passed} passed" + (f", {len(tested.failed)} failed" if tested.failed else "")
        text += f"\ntests\n  {'none' if not (tested.passed or tested.failed) else counts}\n"
    output.show(text)
    return exits.RAN


def run_rule_tests(
    path: Annotated[str | None, typer.Argument(metavar="PATH", hidden=True)] = None,
    rule: Annotated[str | None, typer.Option(metavar="ID", help="Only the tests of this rule.")] = None,
    rules: Folder = None,
) -> int:
    """Run tests and print what failed, what has no test and how many passed."""
    from treatycheck import options
    from treatycheck.rulebook.load import load_rulebook
    from treatycheck.rulebook.locate import rulebook_folder
    from treatycheck.ruletest import run_tests

    problems: Problems = []
    folder = rulebook_folder(rules)
    rulebook = load_rulebook(folder)
    if rule is not None:
        options.choice("--rule", rule, tuple(rulebook.rules), problems, "rule")
    if path is not None and not Path(path).exists():
        problems.append(options.wrong(path, "TC431", f"there is no file or folder `{path}`", "check the name"))
    options.refuse(problems)
    tested = run_tests(rulebook, folder if path is None else Path(path), only=rule)
    lines = [f"{one.file}:{one.line}: {one.name}: {one.message}" for one in tested.failed]
    if tested.untested:
        lines.append(f"without a test: {', '.join(tested.untested)}")
    if rule is None and path is None:
        # A part of the tests cannot try every condition.
        lines += [f"{one.name}: never {one.value}" for one in tested.untried]
    lines.append(f"{tested.passed} passed, {len(tested.failed)} failed")
    output.show("\n".join(lines))
    if not tested.passed and not tested.failed:
        exits.note("no test was run")
        return exits.REACHED
    return exits.REACHED if tested.failed or tested.untested else exits.RAN


def show_coverage(
    instrument: Annotated[str | None, typer.Option(metavar="ID", help="Only this instrument.")] = None,
    brief: Annotated[bool, typer.Option("--brief", help="Only the figures.")] = False,  # noqa: FBT002 - a switch of the command line
    rules: Folder = None,
) -> int:
    """Print the inventory of provisions with figures."""
    from treatycheck import options
    from treatycheck.cli import coverage_text
    from treatycheck.rulebook.coverage import Coverage, instrument_coverage
    from treatycheck.rulebook.load import load_rulebook
    from treatycheck.rulebook.locate import rulebook_folder

    problems: Problems = []
    rulebook = load_rulebook(rulebook_folder(rules))
    chosen = options.instruments("--instrument", instrument, rulebook, problems)
    options.refuse(problems)
    found = Coverage(tuple(instrument_coverage(one) for one in chosen))
    output.show(coverage_text.table(rulebook, found, output.width(), brief=brief))
    return exits.REACHED if found.unexplained else exits.RAN
