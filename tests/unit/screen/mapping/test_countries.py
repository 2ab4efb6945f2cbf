"""What tables call States: every spelling means one State of the registers or none."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from pycountry import countries as library

from treatycheck.registers.states import States
from treatycheck.rulebook.load import load_rulebook
from treatycheck.screen.mapping.countries import dictionary, reason
from treatycheck.screen.mapping.model import System

ROOT = Path(__file__).resolve().parents[4]
SYSTEMS: tuple[System, ...] = ("alpha-2", "alpha-3", "numeric", "name", "gleditsch-ward")
NO_NUMBER = {"COK", "NIU", "PSE", "VAT"}
"""States of the registers that the list of Gleditsch and Ward does not have."""


@pytest.fixture(scope="module")
def states() -> States:
    return load_rulebook(ROOT / "rules").states


def numbers() -> list[tuple[str, str]]:
    text = (ROOT / "rules" / "mappings" / "gleditsch-ward.csv").read_text(encoding="utf-8")
    return [(row["number"], row["code"]) for row in csv.DictReader(text.splitlines())]


@pytest.mark.parametrize("system", ["alpha-2", "alpha-3", "numeric", "name"])
def test_every_state_of_the_registers_is_found_by_its_codes_and_names(system: System, states: States) -> None:
    assert set(states.codes) == set(dictionary([system], states).values())


def test_every_state_of_the_registers_has_a_number_but_those_that_the_list_leaves_out(states: States) -> None:
    assert set(states.codes) - NO_NUMBER == set(dictionary(["gleditsch-ward"], states).values())


def test_no_number_and_no_state_is_listed_twice() -> None:
    listed = numbers()
    assert [] == [one for one, count in Counter(number for number, _ in listed).items() if count > 1]
    assert [] == [one for one, count in Counter(code for _, code in listed).items() if count > 1]
    assert sorted(listed, key=lambda row: int(row[0])) == listed


def test_every_listed_code_is_of_iso_3166_or_kept_for_users_there() -> None:
    known = {country.alpha_3 for country in library}
    assert {"XKX"} == {code for _, code in numbers()} - known


@pytest.mark.parametrize(
    ("system", "text", "code"),
    [
        ("alpha-2", "no", "NOR"),
        ("alpha-3", "nor", "NOR"),
        ("numeric", "4", "AFG"),
        ("numeric", "004", "AFG"),
        ("numeric", "578", "NOR"),
        ("name", "norway", "NOR"),
        ("name", "viet nam", "VNM"),
        ("name", "bolivia", "BOL"),
        ("gleditsch-ward", "385", "NOR"),
        # The united State goes on under the number of one of the two before it.
        ("gleditsch-ward", "678", "YEM"),
        ("gleditsch-ward", "816", "VNM"),
        ("gleditsch-ward", "260", "DEU"),
        ("gleditsch-ward", "365", "RUS"),
        ("gleditsch-ward", "316", "CZE"),
    ],
)
def test_a_spelling_means_its_state(system: System, text: str, code: str, states: States) -> None:
    assert code == dictionary([system], states)[text]


@pytest.mark.parametrize(
    ("system", "text"),
    [
        # Nothing that is merely like a name is taken for it.
        ("name", "norwey"),
        ("name", "korea"),
        ("name", "north"),
        ("alpha-2", "uk"),
        # States that have ended.
        ("gleditsch-ward", "345"),
        ("gleditsch-ward", "265"),
        ("gleditsch-ward", "680"),
        ("gleditsch-ward", "817"),
        ("gleditsch-ward", "315"),
        # A territory is no State of the registers.
        ("alpha-3", "pri"),
        ("numeric", "0578"),
    ],
)
def test_what_is_not_listed_means_no_state(system: System, text: str, states: States) -> None:
    assert text not in dictionary([system], states)


def test_what_two_ways_of_writing_read_differently_means_none(states: States) -> None:
    """36 is a State in the one and nothing in the other; 40 is one State in the one and another in the other."""
    both = dictionary(["numeric", "gleditsch-ward"], states)
    assert "AUS" == both["36"]
    assert "40" not in both


@pytest.mark.parametrize(
    ("text", "systems", "told"),
    [
        ("Nowhere", ["name"], "no State as `name`"),
        ("PRI", ["alpha-3"], "means `PRI`, for which the registers have no State"),
        ("630", ["numeric"], "means `PRI`, for which the registers have no State"),
        ("40", ["numeric", "gleditsch-ward"], "means more than one State or territory as `gleditsch-ward`, `numeric`"),
    ],
)
def test_the_reason_says_why_a_text_is_no_state(text: str, systems: list[System], told: str, states: States) -> None:
    assert told == reason(text, systems, states)
