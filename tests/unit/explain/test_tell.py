"""What a finding says in words, on the events of the seeds with one thing changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile, Event, StrengthName
from treatycheck.check import check
from treatycheck.findings import Finding
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[3]
DAY = "On which day did it happen, and who says so?"

Findings = Callable[..., list[Finding]]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


@pytest.fixture(scope="module")
def casefile(rulebook: Rulebook) -> Casefile:
    return load_casefile([ROOT / "seeds"], rulebook)


@pytest.fixture
def told(rulebook: Rulebook, casefile: Casefile) -> Findings:
    """The findings of an instrument on one event, after a change to the event."""

    def findings(name: str, instrument: str, change: Callable[[Event], Event] = lambda event: event) -> list[Finding]:
        dossiers = tuple(
            replace(dossier, events=tuple(change(event) for event in dossier.events if event.id == name))
            for dossier in casefile.dossiers
        )
        report = check(rulebook, Casefile(dossiers, ()))
        return [finding for finding in report.findings if finding.instrument == instrument]

    return findings


def dated(edtf: str, strength: StrengthName) -> Callable[[Event], Event]:
    def change(event: Event) -> Event:
        return replace(event, date=replace(event.date, edtf=edtf, resolved="", strength=strength))

    return change


def questions(findings: list[Finding], code: str) -> set[str]:
    return {one.question for finding in findings if finding.bearer.code == code for one in finding.missing}


def test_a_date_that_is_only_mentioned_is_asked_for(told: Findings) -> None:
    found = questions(told("000-E1", "ap2", dated("2018", "S0")), "RUS")
    assert DAY in found
    assert not any("Which State is it" in question for question in found)


def test_a_date_that_is_not_stated_is_asked_for(told: Findings) -> None:
    assert DAY in questions(told("000-E1", "ap2", dated("XXXX", "S1")), "RUS")


def test_a_date_about_a_change_of_status_is_asked_for_with_the_reason(told: Findings) -> None:
    expected = "On which day did it happen, as the status of Russia under the Amended Protocol II changed meanwhile?"
    assert expected in questions(told("000-E1", "ap2", dated("2005", "S1")), "RUS")


def test_the_state_of_a_place_is_called_by_its_name(told: Findings) -> None:
    found = questions(told("000-E4a", "ap2"), "")
    assert any("the status of Ukraine under the Amended Protocol II" in question for question in found)


def test_an_unknown_actor_is_asked_for(told: Findings) -> None:
    expected = "Which State is it, and what is its status under the Mine Ban Convention?"
    assert expected in questions(told("000-E4a", "mbc"), "")


def test_where_no_register_speaks_of_the_bearer_no_acts_are_told(told: Findings) -> None:
    grounds = {finding.grounds for finding in told("004-E3", "trilat", dated("2020-01-01", "S4"))}
    assert grounds == {"the instrument did not bind Armenia at that time"}


def test_a_status_is_told_in_the_words_of_the_instrument(told: Findings) -> None:
    found = {finding.status for finding in told("000-E1", "ap2") if finding.bearer.code == "RUS"}
    assert found == {"consented to be bound on 2 March 2005, High Contracting Party since 2 September 2005"}


def test_the_grounds_are_those_of_the_sentence(told: Findings) -> None:
    (finding,) = [one for one in told("000-E1", "mbc") if one.bearer.code == "LBY"]
    assert ("Libya has not signed or acceded", True) == (finding.grounds, finding.grounds in finding.message)


def test_a_bearer_has_the_kind_of_the_actor_behind_which_it_stands(told: Findings) -> None:
    kinds = {(one.bearer.name, one.bearer.through, one.bearer.through_kind) for one in told("002-E1", "ap2")}
    assert kinds == {("Russia", "Wagner Group", "private_military_company"), ("Wagner Group", "", "")}
