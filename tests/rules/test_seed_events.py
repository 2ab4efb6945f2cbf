"""The events of the seeds say no more than the sentences that they quote, where reading on is easy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile, Event
from treatycheck.check import check
from treatycheck.findings import Finding
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]
FORCES = "Armenia's forces (Armenia)"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


@pytest.fixture(scope="module")
def casefile(rulebook: Rulebook) -> Casefile:
    return load_casefile([ROOT / "seeds"], rulebook)


@pytest.fixture(scope="module")
def events(casefile: Casefile) -> dict[str, Event]:
    return {event.id: event for dossier in casefile.dossiers for event in dossier.events}


@pytest.fixture(scope="module")
def findings(rulebook: Rulebook, casefile: Casefile) -> dict[tuple[str, str, str], Finding]:
    return {(one.event, one.bearer.name, one.rule): one for one in check(rulebook, casefile).findings}


def quoted(noun: object) -> Iterator[str]:
    """The names of all quotes under a noun of the casefile."""
    if isinstance(noun, tuple):
        for part in noun:
            yield from quoted(part)
    elif isinstance(noun, dict):
        yield from quoted(tuple(noun.values()))
    elif is_dataclass(noun):
        for one in fields(noun):
            value = getattr(noun, one.name)
            yield from value if one.name == "quotes" else quoted(value)


# The laying between Tripoli and Sirte, and the finds in Tripoli.


def test_what_is_said_of_finds_in_tripoli_is_not_said_of_the_way_to_sirte(events: dict[str, Event]) -> None:
    article = {name: set(quoted(event)) for name, event in events.items() if name.startswith("002-")}
    assert {"002-E1"} == {name for name, names in article.items() if "tripoli_to_sirte" in names}
    assert {"002-E2", "002-E8"} == {name for name, names in article.items() if "residential_finds" in names}


def test_only_the_finds_in_tripoli_are_in_an_area_of_civilians(events: dict[str, Event]) -> None:
    article = [event for name, event in events.items() if name.startswith("002-")]
    assert ["002-E8"] == [event.id for event in article if "civilian_area" in event.facts]


def test_no_sentence_puts_civilians_on_the_way_to_sirte(findings: dict[tuple[str, str, str], Finding]) -> None:
    laying = {one.rule: one.message for place, one in findings.items() if place[0] == "002-E1"}
    assert laying != {}
    assert [] == [rule for rule, message in laying.items() if "of civilians" in message]
    care = findings["002-E8", "the Wagner Group", "cihl-81-care"].message
    assert "anti-personnel mines in residential neighbourhoods in Tripoli" in care


# The traps in the houses, and what is denied elsewhere.


def test_who_planted_or_facilitated_is_told_in_the_words_of_the_source(
    findings: dict[tuple[str, str, str], Finding],
) -> None:
    traps = [one for place, one in findings.items() if place[:2] == ("004-E3", FORCES) and one.outcome == "concern"]
    assert 4 == len(traps)
    assert all("(in the words of the source: “planted or facilitated”)" in one.message for one in traps)


@pytest.mark.parametrize("event", ["004-E3", "004-E4"])
def test_a_denial_outside_the_document_is_recorded_with_its_source(
    event: str, findings: dict[tuple[str, str, str], Finding]
) -> None:
    told = {(one.dispute, one.dispute_by) for place, one in findings.items() if place[0] == event}
    sources = {one.dispute_according_to for place, one in findings.items() if place[0] == event}
    assert {("denied", "Armenia")} == told
    assert {True} == {"31 January 2023" in source for source in sources}
