"""The program for Python: what it is asked, what it gives back, and how it refuses."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from treatycheck import api
from treatycheck.api import Case, CheckResult, Compared, Explained, FindingView
from treatycheck.check import Options, check
from treatycheck.cli import main
from treatycheck.explanations import Wanted, explain

ROOT = Path(__file__).resolve().parents[2]
Result = CheckResult | FindingView | Explained | Compared


@pytest.fixture
def case(desk: Path) -> Case:
    return api.open_case("case", rules="rules")


@pytest.fixture
def checked(case: Case) -> CheckResult:
    return case.check()


RESULTS: dict[str, Callable[[Case], Result]] = {
    "report": lambda case: case.check(),
    "finding": lambda case: case.check().findings[0],
    "explanation": lambda case: case.explain("M-1"),
    "what if": lambda case: case.whatif(facts="M-1.burnt=yes"),
}


@pytest.fixture(params=RESULTS)
def result(request: pytest.FixtureRequest, case: Case) -> Result:
    return RESULTS[request.param](case)


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What the command line prints."""
    assert main([*words, "--rules", "rules"]) == 0
    return capsys.readouterr().out


def refused(ask: Callable[[], object]) -> list[tuple[str, str, str, str]]:
    with pytest.raises(api.InputError) as caught:
        ask()
    return [(one.file, one.code, one.message, one.help) for one in caught.value.diagnostics]


# What is asked.


def test_a_check_is_that_of_the_command_line(checked: CheckResult, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "check", "case") == checked.text()
    assert printed(capsys, "check", "case", "--format", "markdown") == checked.markdown()
    assert printed(capsys, "check", "case", "--format", "json") == checked.json()


def test_an_explanation_is_that_of_the_command_line(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    rule = next(iter(case.rulebook.rules))
    found = case.explain("M-1", rule=rule, depth=1, everything=True)
    words = ("explain", "M-1", "case", "--rule", rule, "--depth", "1", "--all")
    assert printed(capsys, *words) == found.text()
    assert printed(capsys, *words, "--format", "markdown") == found.markdown()
    assert printed(capsys, *words, "--format", "json") == found.json()


def test_a_comparison_is_that_of_the_command_line(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    found = case.whatif(
        set=["NLA.status=not_bound"],
        facts=["M-1.burnt=yes@S2"],
        without="height",
        positions={"night_kites": "night"},
        as_of="2029-12-31",
    )
    words: tuple[str, ...] = (
        "whatif",
        "case",
        "--set",
        "NLA.status=not_bound",
        "--fact",
        "M-1.burnt=yes@S2",
        "--without",
        "height",
    )
    words += ("--position", "night_kites=night", "--as-of", "2029-12-31")
    assert printed(capsys, *words) == found.text()
    assert printed(capsys, *words, "--format", "json") == found.json()


@pytest.mark.parametrize(
    "day", ["2029-12-31", date(2029, 12, 31), datetime(2029, 12, 31, 12, tzinfo=UTC)], ids=["text", "date", "moment"]
)
def test_a_day_is_a_text_or_a_date(day: str | date, case: Case) -> None:
    assert date(2029, 12, 31) == case.check(as_of=day).report.receipt.as_of


def test_positions_are_chosen_by_name(case: Case) -> None:
    chosen = case.check(positions={"pause": "pause_at_once"}).report.receipt.positions
    assert {"night_kites": "no_night", "pause": "pause_at_once"} == chosen


def test_nothing_that_is_asked_changes_the_case(case: Case) -> None:
    before = deepcopy((case.rulebook, case.casefile))
    case.check(as_of="2029-12-31")
    case.whatif(set="NLA.status=not_bound", without="flight")
    assert before == (case.rulebook, case.casefile)


def test_nothing_is_printed(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    for ask in RESULTS.values():
        ask(case)._repr_html_()
    assert ("", "") == tuple(capsys.readouterr())


# What is given back.


def test_the_plain_nouns_stand_beside_what_shows_them(case: Case, checked: CheckResult) -> None:
    assert check(case.rulebook, case.casefile) == checked.report
    assert checked.report.findings == tuple(view.finding for view in checked.findings)
    wanted = Wanted({"M-1": None})
    assert explain(case.rulebook, case.casefile, wanted) == case.explain("M-1").explanations
    assert 1 == len(case.whatif(facts="M-1.burnt=yes").whatif.suppositions)


def test_a_finding_is_shown_as_its_report_has_it(checked: CheckResult) -> None:
    text = " ".join(checked.findings[1].text(width=200).split())
    assert text.startswith("2. Northland (if the conduct of Kite club is attributed to it) — Kites over the market")
    for told in (
        "Cannot be determined under",
        "Would be settled by",
        "Hinges on",
        "“the army of Northland flew three Albatross 3 kites”",
    ):
        assert told in text
    assert "Id: " + checked.findings[1].finding.id in text
    assert "market.txt" in text.partition("Notes")[2]


def test_a_finding_is_explained_as_it_was_decided(case: Case) -> None:
    options = Options(as_of=date(2029, 12, 31), positions={"pause": "pause_at_once"})
    view = case.check(as_of="2029-12-31", positions=options.positions).findings[0]
    wanted = Wanted({view.finding.event: frozenset({view.finding.id})})
    assert explain(case.rulebook, case.casefile, wanted, options) == view.explain().explanations
    assert (view.finding,) == tuple(one.finding for one in view.explain().explanations.explained)


def test_a_finding_that_does_not_apply_is_shown_too(checked: CheckResult) -> None:
    (view,) = [one for one in checked.findings if one.finding.outcome == "not_applicable"]
    assert view.text().startswith("3. KA, Art. 1")
    assert view.finding.message in " ".join(view.text().split())
    assert "<h3>What would have let it past</h3>" in view.explain()._repr_html_()


def test_a_finding_is_told_in_full_where_its_report_points_elsewhere(checked: CheckResult) -> None:
    assert "As in paragraph" in checked.text()
    assert [] == [view.finding.id for view in checked.findings if "As in paragraph" in view.text()]


def test_a_finding_in_json_is_that_of_its_report(checked: CheckResult) -> None:
    assert json.loads(checked.json())["findings"] == [json.loads(view.json()) for view in checked.findings]


def test_how_much_of_a_proof_is_shown_can_be_chosen(checked: CheckResult) -> None:
    view = checked.findings[1]
    lengths = [len(view.explain(depth=depth, everything=True).text()) for depth in (1, None)]
    assert len(view.explain().text()) < lengths[-1]
    assert sorted(set(lengths)) == lengths


def test_a_result_is_shown_in_every_format(result: Result) -> None:
    assert result.text() == str(result)
    assert max(map(len, result.text(width=40).splitlines())) <= 40
    assert "#" in result.markdown()
    assert {"schema", "rule"} & set(json.loads(result.json())) != set()
    assert result._repr_html_().startswith('<article class="treatycheck"')


def test_a_result_is_the_same_each_time_it_is_shown(result: Result) -> None:
    assert (result._repr_html_(), result.json()) == (result._repr_html_(), result.json())


def test_a_result_is_short_where_a_line_of_it_is_shown(case: Case, result: Result) -> None:
    found = [repr(one) for one in (case, result)]
    assert [] == [one for one in found if "\n" in one or not 10 < len(one) < 160]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("report", "<report: undetermined: 2; not applicable: 1>"),
        ("finding", "<finding 9dfd1471ecf9: undetermined; KA, Art. 1; M-1, Army of Northland (Northland)>"),
        ("explanation", "<3 explanations>"),
        ("what if", "<what if: 2 move, 0 new, 0 gone, 1 stay>"),
    ],
)
def test_a_line_on_a_result_says_what_is_in_it(name: str, expected: str, case: Case) -> None:
    assert expected == repr(RESULTS[name](case))


def test_a_line_on_a_case_says_what_was_opened(case: Case) -> None:
    assert "<case: 1 document, 1 event; rulebook of an invented law 1.0.0>" == repr(case)


def test_an_empty_report_says_so(case: Case) -> None:
    result = case.check()
    empty = replace(result.report, findings=(), counts={"no_finding": 3})
    assert "<report: no finding>" == repr(CheckResult(empty, result.ground))


# What is refused.


def test_everything_that_is_wrong_with_a_question_is_told_together(case: Case) -> None:
    found = refused(lambda: case.check(as_of="2031-01-01", positions={"nigh_kites": "night", "pause": "never"}))
    assert [("as_of", "TC503"), ("positions", "TC504"), ("positions", "TC504")] == [one[:2] for one in found]
    assert ("unknown position `nigh_kites`", "did you mean `night_kites`?") in [one[2:] for one in found]


def test_an_explanation_of_what_is_not_there_is_refused(case: Case) -> None:
    found = refused(lambda: case.explain("M-2", rule="flying", depth=-1))
    assert [("depth", "TC520"), ("rule", "TC502"), ("wanted", "TC516")] == [one[:2] for one in found]


def test_suppositions_are_refused_under_the_names_of_the_arguments(case: Case) -> None:
    found = refused(lambda: case.whatif(set="NLA.status=free", facts=["M-9.burnt=yes"], without=["flights"], as_of="x"))
    assert ["as_of", "facts", "set", "without"] == [one[0] for one in found]


def test_a_comparison_in_which_nothing_is_supposed_is_refused(case: Case) -> None:
    expected = ("whatif", "TC501", "nothing is supposed", "for example `set=['NOR.status=not_bound']`")
    assert [expected] == refused(case.whatif)


def test_what_is_opened_has_to_be_named(desk: Path) -> None:
    assert [("paths", "TC501")] == [one[:2] for one in refused(api.open_case)]


def test_a_file_that_is_wrong_is_refused_as_on_the_command_line(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events = desk / "case" / "market.events.yaml"
    events.write_text(events.read_text(encoding="utf-8").replace("act: {value: fly", "act: {value: fli"))
    with pytest.raises(api.InputError) as caught:
        api.open_case("case", rules="rules")
    assert main(["check", "case", "--rules", "rules"]) == 2
    assert capsys.readouterr().err.startswith(f"{caught.value}\n")


def test_a_rulebook_that_is_not_there_is_refused(desk: Path) -> None:
    assert ["TC410"] == [one[1] for one in refused(lambda: api.open_case("case", rules="nowhere"))]


# What is of the wrong type.


@pytest.mark.parametrize(
    ("ask", "argument", "message"),
    [
        (lambda case: case.check(as_of=20241231), "as_of", "`20241231` (int) is no day"),
        (lambda case: case.check(as_of=["2024-12-31"]), "as_of", "(list) is no day"),
        (lambda case: case.check(positions="pause=no_pause"), "positions", "(str) is no mapping of names to texts"),
        (lambda case: case.check(positions=["pause"]), "positions", "(list) is no mapping of names to texts"),
        (lambda case: case.check(positions={"pause": 1}), "positions", "`1` (int) is no name with a text"),
        (lambda case: case.explain(7), "wanted", "`7` (int) is no text"),
        (lambda case: case.explain("all", rule=["flying"]), "rule", "(list) is no text"),
        (lambda case: case.explain("all", depth="2"), "depth", "`'2'` (str) is not a whole number from 0 up"),
        (lambda case: case.explain("all", depth=True), "depth", "`True` (bool) is not a whole number from 0 up"),
        (lambda case: case.explain("all", everything="yes"), "everything", "(str) is neither `True` nor `False`"),
        (lambda case: case.whatif(set={"NLA.status": "free"}), "set", "(dict) is neither a text nor a list of texts"),
        (lambda case: case.whatif(facts=[1]), "facts", "`1` (int) is no text"),
        (lambda case: case.whatif(without=b"flight"), "without", "(bytes) is neither a text nor a list of texts"),
        (
            lambda case: case.check().findings[0].explain(depth=-1),
            "depth",
            "`-1` (int) is not a whole number from 0 up",
        ),
        (lambda case: case.check().text(width="80"), "width", "(str) is not a whole number from 20 up"),
    ],
)
def test_an_argument_of_the_wrong_type_is_refused_by_name(
    ask: Callable[[Any], object], argument: str, message: str, case: Case
) -> None:
    ((named, code, told, help_line),) = refused(lambda: ask(case))
    assert (argument, "TC520") == (named, code)
    assert told.endswith(message)
    assert help_line != ""


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"fuse": 3}, ("fuse", "give a path, or a list of paths")),
        ({"fuse": {"a": "b"}}, ("fuse", "give a path, or a list of paths")),
        ({"fuse": ["a", 3]}, ("fuse", "give a path")),
        ({"rules": ["rules"]}, ("rules", "give a path")),
    ],
)
def test_what_is_no_path_is_refused(given: dict[str, Any], told: tuple[str, str], desk: Path) -> None:
    opened: Callable[..., object] = api.open_case
    assert [told] == [(one[0], one[3]) for one in refused(lambda: opened("case", **given))]


def test_a_list_of_paths_is_refused_with_the_way_to_give_them(desk: Path) -> None:
    opened: Callable[..., object] = api.open_case
    ((_, _, _, help_line),) = refused(lambda: opened(["case"], rules="rules"))
    assert "give each path by itself, `open_case(*paths)`" == help_line


@pytest.mark.parametrize(
    ("name", "function", "help_line"),
    [
        ("asof", "check", "did you mean `as_of`?"),
        ("position", "explain", "did you mean `positions`?"),
        ("fact", "whatif", "did you mean `facts`?"),
        ("colour", "check", "use one of `as_of`, `positions`"),
    ],
)
def test_an_argument_that_there_is_not_is_refused(name: str, function: str, help_line: str, case: Case) -> None:
    asked: Callable[..., object] = getattr(case, function)
    expected = (name, "TC520", f"`{function}` has no argument `{name}`", help_line)
    assert [expected] == refused(lambda: asked(**{name: "x"}))


def test_several_texts_may_be_any_series(case: Case) -> None:
    assert case.whatif(set=iter(["NLA.status=not_bound"])).json() == case.whatif(set="NLA.status=not_bound").json()


def test_a_finding_has_its_id(checked: CheckResult) -> None:
    assert [one.id for one in checked.report.findings] == [one.id for one in checked.findings]
    assert checked.findings != ()


# Fused accounts.


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TREATYCHECK_CACHE", "off")
    return Path("seeds")


def test_fused_accounts_are_read_where_they_are_named_and_told_where_they_are_not(seeds: Path) -> None:
    file = seeds / "libya-mines.fusion.yaml"
    alone, fused, again = api.open_case(seeds), api.open_case(seeds, fuse=file), api.open_case(seeds, fuse=[str(file)])
    assert ((str(file),), (), ()) == (alone.unfused, fused.unfused, again.unfused)
    assert f"not fused: {file}" in repr(alone)
    assert 1 == len(fused.casefile.dossiers) - len(alone.casefile.dossiers)


# What it costs.


def test_importing_the_package_loads_nothing_of_it() -> None:
    code = "import sys, treatycheck; print(*[name for name in sys.modules if name.startswith('treatycheck.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert "\n" == done.stdout


def test_importing_the_api_loads_neither_the_command_line_nor_a_heavy_library() -> None:
    code = "import sys; from treatycheck import api; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    heavy = {"durable_rules_engine", "pydantic", "rich", "typer", "yaml", "treatycheck.cli"}
    assert set() == heavy & set(done.stdout.split())
