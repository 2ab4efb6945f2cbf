"""Runs the tests of a rulebook on the same code that checks casefiles, and compares what comes out.

Says also what the tests leave out: rules without a test, and conditions that never had one of their truth values.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Self

from treatycheck.check import Decided, decide_event, finding_id, under
from treatycheck.engine.agreement import Panel
from treatycheck.engine.compile import compile_rulebook
from treatycheck.engine.outcomes import Outcome
from treatycheck.engine.program import Program
from treatycheck.errors import Diagnostic, InputError, did_you_mean
from treatycheck.explain.tell import tell
from treatycheck.findings import Finding
from treatycheck.rulebook.locate import part_of
from treatycheck.rulebook.model import Rule, Rulebook
from treatycheck.ruletest.load import load_suite
from treatycheck.ruletest.model import Case, Excuse, Expected, Failure, TestReport
from treatycheck.ruletest.trials import Trials


def run_tests(rulebook: Rulebook, folder: Path, *, only: str | None = None) -> TestReport:
    """Run the tests of a rulebook in its folder, in that of one instrument, or in one file.

    `only` is the id of a rule or an instrument to which to keep. What is left out is reported for the instruments whose
    tests were run, for the chosen rules, and for a single file not at all. Raises `InputError` when a file of tests is
    wrong or `only` is unknown, `DefectError` when the engines disagree.
    """
    trials = Trials(rulebook)
    suite = load_suite(test_files(rulebook, folder), rulebook, trials.names())
    wanted = {rule.id for rule in rulebook.rules.values()} if only is None else _wanted(rulebook, only)
    cases = [case for case in suite.cases if case.rule in wanted]
    failed: list[Failure] = []
    with _Bench(rulebook) as bench:
        for case in cases:
            decided = bench.decide(case)
            trials.record(decided)
            differences = list(_differences(case.expected, decided))
            if differences:
                failed.append(Failure(case.file, case.line, case.name, "; ".join(differences)))
    passed = len(cases) - len(failed)
    failed += _contradicted(suite.excuses, trials)
    tested = {case.rule for case in cases}
    covered = _covered(rulebook, folder, wanted, tested)
    untested = tuple(rule.id for rule in covered if rule.id not in tested)
    untried = trials.untried(covered, ((one.condition, one.value) for one in suite.excuses))
    return TestReport(passed, tuple(failed), untested, tuple(untried))


def test_files(rulebook: Rulebook, folder: Path) -> tuple[Path, ...]:
    """The files of tests in a fixed order; in the folder of a rulebook, only those of its instruments."""
    if folder.is_file():
        return (folder,)
    whole = _whole(folder)
    found = (path for name in rulebook.manifest.instruments for path in part_of(folder, name).rglob("*.yaml"))
    return tuple(sorted(path for path in (found if whole else folder.rglob("*.yaml")) if path.parent.name == "tests"))


def _whole(folder: Path) -> bool:
    return (folder / "rulebook.yaml").is_file()


def _wanted(rulebook: Rulebook, only: str) -> set[str]:
    rules = {rule.id for rule in rulebook.rules.values() if only in (rule.id, rule.instrument)}
    if not rules:
        choices = (*rulebook.rules, *rulebook.instruments)
        help_line = did_you_mean(only, choices) or "give the id of a rule or of an instrument"
        raise InputError([Diagnostic(only, 0, 0, "TC461", f"unknown rule `{only}`", help_line)])
    return rules


def _covered(rulebook: Rulebook, folder: Path, wanted: set[str], tested: set[str]) -> list[Rule]:
    """The rules of which a run says what their tests leave out."""
    if folder.is_file():
        return []
    instruments = {rulebook.rules[name].instrument for name in (wanted if _whole(folder) else tested)}
    rules = (rule for rule in rulebook.rules.values() if rule.status != "retired" and rule.id in wanted)
    return [rule for rule in rules if rule.instrument in instruments]


@dataclass(slots=True)
class _Bench:
    """Programs and engines, made once for all tests under the same positions and day."""

    rulebook: Rulebook
    panels: dict[tuple[tuple[str, str], ...], tuple[Program, Panel]] = field(default_factory=dict)
    rulebooks: dict[tuple[tuple[tuple[str, str], ...], date], Rulebook] = field(default_factory=dict)
    stack: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def decide(self, case: Case) -> Decided:
        """What the rule of a test says of its bearer."""
        positions = tuple(sorted(case.positions.items()))
        as_of = case.as_of or date.fromisoformat(self.rulebook.manifest.as_of)
        if positions not in self.panels:
            program = compile_rulebook(self.rulebook, case.positions)
            self.panels[positions] = program, self.stack.enter_context(Panel(program.units))
        program, panel = self.panels[positions]
        if (positions, as_of) not in self.rulebooks:
            self.rulebooks[positions, as_of] = under(self.rulebook, program.positions, as_of)
        rulebook = self.rulebooks[positions, as_of]
        # Rule and bearer were looked up when the test was read, so there is one such decision.
        return next(
            decided
            for decided in decide_event(rulebook, program, panel, case.dossier, case.event, as_of)
            if (decided.rule.rule.id, decided.bearer.key) == (case.rule, case.bearer)
        )


def _differences(expected: Expected, decided: Decided) -> Iterator[str]:
    """What came out otherwise than expected, in words."""
    if decided.conclusion.outcome is Outcome.NO_FINDING:
        found: Mapping[str, object] = {"outcome": str(Outcome.NO_FINDING)}
        message = "no finding"
    else:
        finding = tell(decided.evidence, decided.rule, decided.bearer, decided.conclusion, finding_id(decided))
        found, message = _found(finding), finding.message
    for name, came in found.items():
        wanted = getattr(expected, name)
        if isinstance(came, frozenset):
            if wanted is not None and came != frozenset(wanted):
                yield f"`{name}` is {_list(came)}, expected {_list(wanted)}"
        elif wanted is not None and came != wanted:
            yield f"`{name}` is `{came}`, expected `{wanted}`" + (f" ({message})" if name == "outcome" else "")
    for name in ("reason", "strength", "missing", "positions", "due", "assumed_not"):
        if name not in found and getattr(expected, name) is not None:
            yield f"there is no finding, so no `{name}`"


def _found(finding: Finding) -> dict[str, object]:
    return {
        "outcome": finding.outcome,
        "reason": finding.reason,
        "strength": finding.strength,
        "missing": frozenset(one.fact for one in finding.missing),
        "positions": frozenset(one.id for one in finding.positions),
        "due": "" if finding.due is None else finding.due.isoformat(),
        "assumed_not": frozenset(finding.assumed_not),
    }


def _list(names: Iterable[str]) -> str:
    return "[" + ", ".join(sorted(names)) + "]"


def _contradicted(excuses: Iterable[Excuse], trials: Trials) -> Iterator[Failure]:
    """What was called impossible and happened."""
    for one in excuses:
        if trials.seen(one.condition, one.value):
            message = f"`{one.condition}` is `{one.value}` in a test, but the file calls that impossible"
            yield Failure(one.file, one.line, one.condition, message)
