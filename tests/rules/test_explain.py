"""What explanations say under the rules of the project where sources contradict one another or views differ."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.check import Options
from treatycheck.explanations import Explanations, Wanted, explain, locate
from treatycheck.report import terminal
from treatycheck.report.explanation import layout
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]

TEXT = "The report of the mission names the day. The ministry names another day.\n"

EVENTS = """\
format: treatycheck.events/1
document:
  file: field.txt
  sha256: {sha256}
  title: Mines in a field
  kind: other
  date: {{edtf: 2026-11-20}}
quotes:
  mission: The report of the mission names the day
  ministry: The ministry names another day
actors:
  ukraine: {{name: Ukraine, kind: state, code: UKR}}
  lithuania: {{name: Lithuania, kind: state, code: LTU}}
events:
  - id: F-1
    title: Mines in a field
    act: use
    modality: occurred
    date: {{edtf: "{date}"}}
    strength: S3
    quotes: [mission, ministry]
    participants: {participants}
    objects: {objects}
    source: {{asserter: the mission}}
{more}{accounts}"""

OBJECTS = "[{described: PMN-2 mines, model: PMN-2}]"

PARTICIPANTS = "[{actor: ukraine, role: user}]"

USE = "mbc-1-1-a-use"

Explained = Callable[..., Explanations]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


@pytest.fixture
def explained(rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Explained:
    """What the rule on use comes to for every bearer of the event with this date, these accounts and positions."""
    monkeypatch.setenv("TREATYCHECK_CACHE", "off")

    def found(
        *accounts: str,
        date: str = "2012-05-01",
        participants: str = PARTICIPANTS,
        objects: str = OBJECTS,
        more: str = "",
        **positions: str,
    ) -> Explanations:
        (tmp_path / "field.txt").write_text(TEXT, encoding="utf-8")
        told = "".join(f"      - {{according_to: the ministry, quotes: [ministry], {one}}}\n" for one in accounts)
        text = EVENTS.format(
            sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
            date=date,
            participants=participants,
            objects=objects,
            more=more and f"    {more}\n",
            accounts=told and f"    accounts:\n{told}",
        )
        (tmp_path / "field.events.yaml").write_text(text, encoding="utf-8")
        casefile = load_casefile([tmp_path], rulebook)
        wanted = locate(rulebook, casefile, "F-1")
        assert isinstance(wanted, Wanted)
        return explain(rulebook, casefile, wanted, Options(engine="reference", positions=positions), rule=USE)

    return found


def page(rulebook: Rulebook, found: Explanations) -> str:
    return terminal.text(layout(found, rulebook.wording, rulebook.cite), width=200)


def outcomes(found: Explanations) -> list[tuple[str, str]]:
    return [(one.finding.bearer.name, one.finding.outcome) for one in found.explained]


# It entered into force for Ukraine on 1 June 2006.


def test_two_dates_are_told_with_what_each_of_them_comes_to(rulebook: Rulebook, explained: Explained) -> None:
    found = explained("date: {edtf: 2005-03}")
    assert [("Ukraine", "undetermined")] == outcomes(found)
    told = page(rulebook, found)
    assert "• Comes to reasonable grounds according to the mission (through: Bound on the date).\n" in told
    assert "• Comes to not applicable according to the ministry (through: Bound on the date).\n" in told
    assert "bound or provisionally bound under the Mine Ban Convention — " in told


def test_which_account_is_right_is_what_settles_a_finding(rulebook: Rulebook, explained: Explained) -> None:
    told = page(rulebook, explained("date: {edtf: 2005-03}"))
    assert (
        "The outcome would be reasonable grounds if all of these were answered so:\n\n"
        "• Which account is right (the mission; the ministry)? — as the mission says\n"
    ) in told
    assert "• Which account is right (the mission; the ministry)? — as the ministry says\n" in told


def test_two_dates_on_the_same_side_are_no_hinge(rulebook: Rulebook, explained: Explained) -> None:
    found = explained("date: {edtf: 2010}")
    assert [("Ukraine", "reasonable_grounds")] == outcomes(found)
    assert "according to" not in page(rulebook, found)


def test_of_two_alleged_users_each_is_the_one_by_one_account(rulebook: Rulebook, explained: Explained) -> None:
    found = explained("participants: [{actor: lithuania, role: user}]")
    assert [("Ukraine", "undetermined"), ("Lithuania", "undetermined")] == outcomes(found)
    by_whom = {
        one.finding.bearer.name: {
            hinge.when for hinge in one.finding.insight.hinges if hinge.outcome == "reasonable_grounds"
        }
        for one in found.explained
        if one.finding.insight is not None
    }
    assert {"Ukraine": {"the mission"}, "Lithuania": {"the ministry"}} == by_whom


# Ukraine notified a suspension on 18 July 2025; the position in force gives it no effect.


@pytest.mark.parametrize(
    ("date", "hinges"),
    [("2025-08-01", True), ("2025-07-19", True), ("2025-07-01", False), ("2012-05-01", False)],
)
def test_what_a_suspension_without_a_clause_would_change_is_told_of_what_came_after_it(
    date: str, hinges: bool, rulebook: Rulebook, explained: Explained
) -> None:
    found = explained(date=date)
    assert [("Ukraine", "reasonable_grounds")] == outcomes(found)
    assert hinges == ("• Changes to not applicable on position I-18/effective" in page(rulebook, found))


@pytest.mark.parametrize(("date", "hinges"), [("2025-08-01", True), ("2025-07-01", False)])
def test_if_it_is_given_effect_the_other_reading_is_what_changes_the_outcome(
    date: str, hinges: bool, rulebook: Rulebook, explained: Explained
) -> None:
    found = explained(date=date, ukraine_suspension="effective")
    assert [("Ukraine", "not_applicable" if hinges else "reasonable_grounds")] == outcomes(found)
    assert hinges == ("• Changes to reasonable grounds on position I-18/" in page(rulebook, found))


def test_a_date_around_the_suspension_and_its_effect_together_leave_it_open(
    rulebook: Rulebook, explained: Explained
) -> None:
    found = explained(date="[2025-07-01..2025-08-31]", ukraine_suspension="effective")
    assert [("Ukraine", "undetermined")] == outcomes(found)
    told = page(rulebook, found)
    assert "• Changes to reasonable grounds if it happened before 1" in told
    assert "• Changes to not applicable if it happened on or after 1" in told


RETRACTED = "dispute: {status: retracted, by: the mission, quotes: [mission]}"


def test_of_what_is_retracted_no_question_is_asked_and_the_withdrawal_is_what_it_hinges_on(
    rulebook: Rulebook, explained: Explained
) -> None:
    found = explained(more=RETRACTED)
    assert [("Ukraine", "undetermined")] == outcomes(found)
    told = page(rulebook, found)
    assert "\nAs long as what is said of the event is retracted, no answer to a question decides anything.\n" in told
    assert "• Changes to reasonable grounds if what speaks against the facts falls (through: " in told
    assert "answered so" not in told


def test_an_event_without_anyone_is_told_as_such_with_the_roles_of_the_rule(
    rulebook: Rulebook, explained: Explained
) -> None:
    found = explained(participants="[]")
    assert not found.explained
    assert found.nobody == (("F-1", ("user",)),)
    assert "Nobody is recorded as taking part in event F-1; the rule is on whoever takes part as user.\n" in page(
        rulebook, found
    )


def test_a_date_is_cut_where_the_registers_end(rulebook: Rulebook, explained: Explained) -> None:
    found = explained(date="[2026-01..2026-11]")
    assert [("Ukraine", "undetermined")] == outcomes(found)
    told = page(rulebook, found)
    assert (
        "• Changes to reasonable grounds if it happened before 23 November 2026 (through: Bound on the date).\n" in told
    )


# What the register of models tells is not asked. It lists the MON-50 as directional, and set off as it is emplaced.


def asked(found: Explanations) -> set[str]:
    """Every fact that is asked for, or that would have to be otherwise."""
    one = found.explained[0].finding
    assert one.insight is not None
    routes = (*one.insight.settled_by, *one.insight.past)
    told = {answered.fact.fact for route in routes for group in route.groups for ways in group for answered in ways}
    return told | {missing.fact for missing in one.missing}


@pytest.mark.parametrize("category", ["", ", category: unknown"])
def test_the_class_of_a_listed_model_is_not_asked(category: str, explained: Explained) -> None:
    found = explained(objects=f"[{{described: MON-50, model: MON-50{category}}}]")
    assert [("Ukraine", "undetermined")] == outcomes(found)
    assert {"object.activation"} == asked(found)


@pytest.mark.parametrize("model", ["", ", model: unknown"])
def test_where_no_model_is_stated_the_model_is_asked_for(model: str, explained: Explained) -> None:
    found = explained(objects=f"[{{described: a device{model}}}]")
    assert {"object.category", "object.model"} <= asked(found)
