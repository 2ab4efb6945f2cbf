"""States: one code for each spelling, and never the nearest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from treatycheck.errors import InputError
from treatycheck.registers.states import States, load_states

Write = Callable[[str, str], Path]


@pytest.mark.parametrize(
    "text",
    [
        "CCC",
        "ccc",
        "Côte d'Azur",
        "Cote d'Azur",
        "CÔTE  D\u2019AZUR",
        "the azure coast",
        "Azure Coast",
        " Azure Coast ",
    ],
)
def test_every_spelling_resolves_to_the_code(states: States, text: str) -> None:
    assert states.resolve(text) == "CCC"


@pytest.mark.parametrize("text", ["", "Arcad", "Arcadia and Borduria"])
def test_what_is_no_spelling_resolves_to_nothing(states: States, text: str) -> None:
    assert states.resolve(text) is None


def test_a_code_has_a_name(states: States) -> None:
    assert states.name("CCC") == "Côte d'Azur"


def test_a_code_that_is_not_listed_has_no_name(states: States) -> None:
    with pytest.raises(KeyError):
        states.name("ZZZ")


def test_a_misspelt_name_is_answered_with_the_close_ones(states: States) -> None:
    assert states.suggest(" Drumlant ") == "did you mean `Drumland`?"


def test_a_name_unlike_all_others_is_answered_with_nothing(states: States) -> None:
    assert states.suggest("xyzzy") == ""


def test_one_name_for_two_states_is_refused(write: Write) -> None:
    path = write("s.csv", "code,name,aliases,source,verified\nAAA,Kongo,,a,yes\nBBB,Borduria,The Kongo,a,yes\n")
    with pytest.raises(InputError) as caught:
        load_states(path)
    assert str(caught.value) == (
        f"{path}:3:14: error[TC307]: `The Kongo` names two States, `AAA` and `BBB`\n"
        "  help: keep it for the one that sources mean by it, or for neither"
    )


def test_a_fault_of_form_is_told_as_for_every_register(write: Write) -> None:
    with pytest.raises(InputError, match="TC304"):
        load_states(write("s.csv", "code,name,aliases,source,verified\nAAA,Arcadia,,,yes\n"))
