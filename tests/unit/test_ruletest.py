"""The runner of rule tests: what passes, what fails, what is left out, and what is wrong in a file."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from treatycheck.errors import Diagnostic, InputError
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook
from treatycheck.ruletest import Failure, TestReport, Untried, run_tests

RULES = Path(__file__).resolve().parents[2] / "rules"

HEAD = """\
format: treatycheck.rule-tests/1
actors:
  ukraine: {name: Ukraine, kind: state, code: UKR}
  group: {name: An armed group, kind: armed_group}
events:
  laying:
    act: use
    modality: occurred
    date: 2012-05-01
    strength: S3
    participants: [{actor: ukraine, role: user}]
    objects: [{described: PMN-2 mines, model: PMN-2}]
tests:
"""

PLAIN = """\
  - name: it applies
    rule: mbc-1-1-a-use
    event: laying
    bearer: ukraine
    expect: {outcome: reasonable_grounds}
"""

Run = Callable[..., TestReport]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(RULES)


@pytest.fixture
def run(rulebook: Rulebook, tmp_path: Path) -> Run:
    """Run a file of tests that stands in a folder of an instrument; `whole` runs its folder, not the file."""

    def run(text: str, *, whole: bool = False, only: str | None = None) -> TestReport:
        file = tmp_path / "tests" / "a.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return run_tests(rulebook, tmp_path if whole else file, only=only)

    return run


def varied(*lines: str, expect: str = "{outcome: reasonable_grounds}", name: str = "it applies") -> str:
    """A test of use by Ukraine with more lines."""
    more = "".join(f"    {line}\n" for line in lines)
    return f"{PLAIN.replace('it applies', name).replace('{outcome: reasonable_grounds}', expect)}{more}"


def problems(run: Run, text: str) -> list[Diagnostic]:
    with pytest.raises(InputError) as caught:
        run(text)
    return list(caught.value.diagnostics)


def failure(run: Run, text: str) -> str:
    (one,) = run(text).failed
    return one.message


# Passing


def test_a_test_that_comes_out_as_expected_passes(run: Run) -> None:
    assert run(HEAD + PLAIN) == TestReport(1, (), (), ())


def test_a_change_replaces_a_value(run: Run) -> None:
    text = HEAD + varied("change: {date: 2006-05-31}", expect="{outcome: not_applicable, reason: not_yet_in_force}")
    assert run(text).passed == 1


def test_a_change_in_one_test_leaves_the_event_as_it_was_for_the_next(run: Run) -> None:
    first = varied(
        "change: {objects.0.model: TM-62M, participants.0.actor: ukraine}",
        name="first",
        expect="{outcome: not_applicable}",
    )
    assert run(HEAD + first + PLAIN).passed == 2


def test_a_change_of_a_strength_writes_the_short_form_of_the_value_in_full(run: Run) -> None:
    assert run(HEAD + varied("change: {objects.0.model.strength: S1}", expect="{outcome: concern}")).passed == 1


def test_a_change_makes_the_mappings_on_its_way(run: Run) -> None:
    text = HEAD + varied("change: {dispute.status: contradicted}", expect="{outcome: credible_concern, strength: S2}")
    assert run(text).passed == 1


def test_a_change_may_add_an_entry_at_the_end_of_a_list(run: Run) -> None:
    text = HEAD + varied(
        "change: {objects.0.category: small_arms_or_light_weapons, objects.1: {described: more, model: PMN-2}}",
        "remove: [objects.0.model]",
    )
    assert run(text).passed == 1


def test_a_removed_value_is_unknown(run: Run) -> None:
    assert run(HEAD + varied("remove: [objects.0.model]", expect="{outcome: undetermined}")).passed == 1


def test_a_removed_entry_of_a_list_is_gone(run: Run) -> None:
    text = HEAD + varied("remove: [objects.0]", expect="{outcome: undetermined, missing: [object]}")
    assert run(text).passed == 1


def test_a_position_holds_for_its_own_test_alone(run: Run) -> None:
    first = varied(
        "change: {date: 2025-09-01}",
        "positions: {ukraine_suspension: effective}",
        name="first",
        expect="{outcome: not_applicable, reason: suspended}",
    )
    assert run(HEAD + first + varied("change: {date: 2025-09-01}")).passed == 2


def test_as_of_asks_the_registers_as_they_stood_on_a_day(run: Run) -> None:
    text = HEAD + varied("as_of: 2011-12-31", expect="{outcome: undetermined, missing: [date]}")
    assert run(text).passed == 1


def test_a_bearer_may_be_reached_through_the_conduct_of_another(run: Run) -> None:
    change = (
        "change: {participants.0: {actor: group, role: user, attributed_to: [{actor: ukraine, facts: {adopted: yes}}]}}"
    )
    text = (HEAD + varied(change)).replace("bearer: ukraine", "bearer: ukraine through group")
    assert run(text).passed == 1


def test_a_rule_that_is_not_engaged_gives_no_finding(run: Run) -> None:
    text = HEAD + varied("change: {act: casualties}", expect="{outcome: no_finding}")
    assert run(text).passed == 1


# Failing


def test_a_failure_names_file_line_and_test(run: Run, tmp_path: Path) -> None:
    (one,) = run(HEAD + PLAIN + varied(name="second", expect="{outcome: concern}")).failed
    assert one == Failure(str(tmp_path / "tests" / "a.yaml"), 19, "second", one.message)


def test_a_failed_test_is_not_counted_as_passed(run: Run) -> None:
    assert run(HEAD + PLAIN + varied(name="second", expect="{outcome: concern}")).passed == 1


def test_another_outcome_is_told_with_the_sentence_of_the_report(run: Run) -> None:
    message = failure(run, HEAD + varied(expect="{outcome: concern}"))
    assert message == (
        "`outcome` is `reasonable_grounds`, expected `concern` "
        "(Reasonable grounds to believe that Ukraine used PMN-2 mines (MBC, Art. 1(1)(a)).)"
    )


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        ("strength: S4", "`strength` is `S3`, expected `S4`"),
        ("reason: ceased", "`reason` is ``, expected `ceased`"),
        ("due: 2010-06-01", "`due` is ``, expected `2010-06-01`"),
        ("missing: [date, object]", "`missing` is [], expected [date, object]"),
        ("assumed_not: [mbc-3-1-training]", "`assumed_not` is [], expected [mbc-3-1-training]"),
    ],
)
def test_every_part_of_what_is_expected_is_compared(run: Run, expected: str, message: str) -> None:
    assert failure(run, HEAD + varied(expect=f"{{outcome: reasonable_grounds, {expected}}}")) == message


def test_the_positions_are_compared(run: Run) -> None:
    expect = "{outcome: reasonable_grounds, positions: []}"
    message = failure(run, HEAD + varied("change: {date: 2025-09-01}", expect=expect))
    assert message == "`positions` is [ukraine_suspension], expected []"


def test_all_differences_of_a_test_are_told_together(run: Run) -> None:
    message = failure(run, HEAD + varied(expect="{outcome: reasonable_grounds, strength: S4, missing: [date]}"))
    assert message == "`strength` is `S3`, expected `S4`; `missing` is [], expected [date]"


def test_what_is_expected_of_a_finding_fails_where_there_is_none(run: Run) -> None:
    text = HEAD + varied("change: {act: casualties}", expect="{outcome: no_finding, strength: S3}")
    assert failure(run, text) == "there is no finding, so no `strength`"


def test_an_impossible_value_that_comes_up_fails(run: Run) -> None:
    text = HEAD + PLAIN + "impossible: [{value: 'true', reason: never, conditions: [anti_personnel_mine]}]\n"
    message = "`anti_personnel_mine` is `true` in a test, but the file calls that impossible"
    assert failure(run, text) == message


# What is left out


def test_rules_of_the_instrument_without_a_test_are_untested(run: Run, rulebook: Rulebook) -> None:
    others = tuple(
        rule.id for rule in rulebook.rules.values() if rule.instrument == "mbc" and rule.id != "mbc-1-1-a-use"
    )
    assert run(HEAD + PLAIN, whole=True).untested == others


def test_a_rule_that_is_asked_for_and_has_no_test_is_untested(run: Run) -> None:
    report = run(HEAD + PLAIN, whole=True, only="mbc-1-1-b-develop")
    assert (report.passed, report.untested) == (0, ())


def test_the_tests_may_be_kept_to_one_instrument(run: Run) -> None:
    assert run(HEAD + PLAIN, only="mbc").passed == 1


def test_an_unknown_rule_to_keep_to_is_refused_with_a_suggestion(run: Run) -> None:
    with pytest.raises(InputError) as caught:
        run(HEAD + PLAIN, only="mbc-1-1-a-us")
    (problem,) = caught.value.diagnostics
    assert problem.code == "TC461"
    assert problem.help.startswith("did you mean `mbc-1-1-a-use`")


def untried(report: TestReport, name: str) -> list[str]:
    return [one.value for one in report.untried if one.name == name]


def test_a_gate_that_was_only_true_was_never_false_nor_unknown(run: Run) -> None:
    report = run(HEAD + PLAIN, whole=True, only="mbc-1-1-a-use")
    assert untried(report, "bound of mbc-1-1-a-use") == ["false", "unknown"]


def test_a_term_is_untried_in_each_of_its_readings(run: Run) -> None:
    report = run(HEAD + PLAIN, whole=True)
    names = {one.name for one in report.untried if one.name.startswith("transfer (")}
    assert names == {"transfer (two_step)", "transfer (either_limb)", "transfer (cumulative)"}


def test_a_value_that_is_called_impossible_is_not_untried(run: Run) -> None:
    text = HEAD + PLAIN + "impossible: [{value: unknown, reason: never, conditions: [not_a_mine]}]\n"
    assert untried(run(text, whole=True), "not_a_mine") == ["true"]


def test_a_shared_gate_may_be_called_impossible_by_the_name_of_any_of_its_rules(run: Run) -> None:
    text = HEAD + PLAIN + "impossible: [{value: unknown, reason: never, conditions: [bound of mbc-1-1-b-transfer]}]\n"
    assert Untried("bound of mbc-1-1-a-use", "unknown") not in run(text, whole=True).untried


def test_a_single_file_is_not_asked_what_it_leaves_out(run: Run) -> None:
    assert run(HEAD + PLAIN).untried == ()


def test_a_whole_rulebook_is_run_with_the_tests_of_its_instruments_alone(rulebook: Rulebook, tmp_path: Path) -> None:
    for name in ("mine-ban-convention", "not-in-the-manifest"):
        file = tmp_path / name / "tests" / "a.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(HEAD + PLAIN, encoding="utf-8")
    (tmp_path / "rulebook.yaml").touch()
    alone = replace(rulebook, manifest=replace(rulebook.manifest, instruments=("mine-ban-convention",)))
    assert run_tests(alone, tmp_path).passed == 1


# Bad files


@pytest.mark.parametrize(
    ("wrong", "code", "message", "help_part"),
    [
        (
            PLAIN.replace("mbc-1-1-a-use", "mbc-1-1-a-us"),
            "TC461",
            "unknown rule `mbc-1-1-a-us`",
            "did you mean `mbc-1-1-a-use`",
        ),
        (PLAIN.replace("laying", "layin"), "TC462", "unknown event `layin`", "did you mean `laying`?"),
        (
            varied(expect="{outcome: reasonable_ground}"),
            "TC464",
            "unknown outcome `reasonable_ground`",
            "did you mean `reasonable_grounds`?",
        ),
        (
            varied(expect="{outcome: not_applicable, reason: cesed}"),
            "TC464",
            "unknown reason `cesed`",
            "did you mean `ceased`?",
        ),
        (
            varied(expect="{outcome: undetermined, missing: [object.activaton]}"),
            "TC464",
            "unknown fact `object.activaton`",
            "did you mean `object.activation`",
        ),
        (varied(expect="{outcome: met, due: soon}"), "TC460", "`soon` is not a day", "write it as `2024-03-31`"),
        (varied("as_of: 2020"), "TC460", "`2020` is not a day", "write it as `2024-03-31`"),
        (
            PLAIN.replace("bearer: ukraine", "bearer: ukrain"),
            "TC465",
            "unknown bearer `ukrain`",
            "did you mean `ukraine`?",
        ),
        (
            varied("positions: {directonal: by_kit}"),
            "TC467",
            "unknown position `directonal`",
            "did you mean `directional`?",
        ),
        (varied("positions: {directional: by_kid}"), "TC467", "unknown answer `by_kid`", "did you mean `by_kit`"),
        (varied("change: {objets.0.model: PMN}"), "TC463", "unknown path `objets.0.model`", "did you mean `objects`?"),
        (
            varied("change: {objects.2.model: PMN}"),
            "TC463",
            "event `laying` has no `objects.2`",
            "the list has 1 entry, counted from 0",
        ),
        (
            varied("change: {objects.2: {described: more}}"),
            "TC463",
            "event `laying` has no `objects.2`",
            "the list has 1 entry, counted from 0",
        ),
        (
            varied("remove: [objects.0.modle]"),
            "TC463",
            "event `laying` has no `objects.0.modle`",
            "did you mean `model`?",
        ),
        (
            varied("remove: [objects.0.model.value.more]"),
            "TC463",
            "event `laying` has no `objects.0.model.value`",
            "`PMN-2` is a plain value",
        ),
        (varied("remove: [objets.0]"), "TC463", "unknown path `objets.0`", "did you mean `objects`?"),
        (varied("change: {id: other}"), "TC463", "unknown path `id`", "a path begins with one of"),
        (
            PLAIN + PLAIN,
            "TC466",
            "test `it applies` exists already",
            "the first one is on line 14; give this one another name",
        ),
        (
            PLAIN + "impossible: [{value: unknown, reason: never, conditions: [anti_personel_mine]}]\n",
            "TC461",
            "unknown condition `anti_personel_mine`",
            "`anti_personnel_mine`",
        ),
    ],
)
def test_what_is_wrong_in_a_test_is_told(run: Run, wrong: str, code: str, message: str, help_part: str) -> None:
    (problem,) = [one for one in problems(run, HEAD + wrong) if one.code != "TC466" or code == "TC466"]
    assert (problem.code, problem.message) == (code, message)
    assert help_part in problem.help


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("change: {act: used}", "TC441", "unknown act `used`"),
        ("change: {objects.0.model: PMN-22}", "TC445", "model `PMN-22` is not in the register"),
        ("change: {facts.recieved: 'yes'}", "TC446", "unknown fact `recieved`"),
        ("change: {date: 2012-02-30}", "TC448", "there is no day 30 in February 2012"),
        ("change: {objects.0.colour: green}", "TC120", "unknown key `colour`"),
    ],
)
def test_the_words_of_a_test_are_those_of_an_event_file(run: Run, line: str, code: str, message: str) -> None:
    (problem,) = problems(run, HEAD + varied(line))
    assert problem.code == code
    if code != "TC448":
        assert problem.message == message


def test_a_mistake_in_a_change_is_shown_where_the_change_is_written(run: Run) -> None:
    (problem,) = problems(run, HEAD + varied("change: {objects.0.colour: green}"))
    assert (problem.line, problem.column) == (19, 14)


def test_a_mistake_in_an_event_is_shown_where_the_event_is_written(run: Run) -> None:
    (problem,) = problems(run, HEAD.replace("role: user", "role: usr") + PLAIN)
    assert (problem.line, problem.message) == (11, "unknown role `usr`")


def test_a_value_of_the_wrong_shape_is_told(run: Run) -> None:
    (problem,) = problems(run, HEAD.replace("strength: S3", "strength: high") + PLAIN)
    assert (problem.code, problem.line) == ("TC120", 10)


def test_a_file_of_another_format_is_told(run: Run) -> None:
    (problem,) = problems(run, (HEAD + PLAIN).replace("rule-tests/1", "rule-tests/2"))
    assert (problem.code, problem.line) == ("TC120", 1)


def test_a_file_that_cannot_be_read_as_yaml_is_told(run: Run) -> None:
    assert [one.line for one in problems(run, "format: [")] != []


def test_an_event_that_no_test_uses_is_told(run: Run) -> None:
    unused = textwrap.indent("sowing: {act: use, modality: occurred, date: 2012-05-01, strength: S3}\n", "  ")
    (problem,) = problems(run, HEAD.replace("tests:\n", f"{unused}tests:\n") + PLAIN)
    assert (problem.code, problem.message, problem.line) == ("TC466", "no test uses event `sowing`", 13)


@pytest.mark.parametrize("line", ["quotes: [said]", "source: {asserter: somebody}"])
def test_quotes_and_sources_have_no_meaning_in_a_test(run: Run, line: str) -> None:
    found = problems(run, HEAD.replace("    act: use\n", f"    act: use\n    {line}\n") + PLAIN)
    assert [(one.code, one.line) for one in found] == [("TC460", 8)]


def test_the_mistakes_of_all_files_are_told_together(run: Run) -> None:
    wrong = PLAIN.replace("laying", "layin") + varied("as_of: never", name="second")
    assert [one.code for one in problems(run, HEAD + wrong)] == ["TC462", "TC460"]


# Sources that contradict one another


def told(said: str) -> str:
    return f"change: {{accounts: [{{according_to: the ministry, {said}}}]}}"


def test_a_test_may_have_accounts_that_differ(run: Run) -> None:
    dates = varied(told("date: {edtf: 2005}"), expect="{outcome: undetermined, missing: [accounts]}")
    same = varied(told("date: {edtf: 2011}"), name="it applies on both days")
    assert (2, ()) == ((found := run(HEAD + dates + same)).passed, found.failed)


def test_an_account_in_a_test_is_checked_like_any_other(run: Run) -> None:
    assert ["TC437"] == [one.code for one in problems(run, HEAD + varied(told("date: {edtf: 2012-05-01}")))]
    assert ["TC460"] == [one.code for one in problems(run, HEAD + varied(told("quotes: [x], purpose: training")))]
    assert "TC120" in [one.code for one in problems(run, HEAD + varied("change: {accounts: [later]}"))]
