"""Models: a designation stands for every row that bears it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from treatycheck.errors import InputError
from treatycheck.registers.models import Models, load_models

MODELS = """model,aliases,kind,source,verified
PX-1,Petal|Moth,thing,a list,yes
PX-1S,Petal,thing,a list,yes
QZ 72,PX-1,other thing,a list,partly
"""

Write = Callable[[str, str], Path]


@pytest.fixture
def models(write: Write) -> Models:
    return load_models(write("models.csv", MODELS))


@pytest.mark.parametrize("text", ["QZ 72", "qz72", "Q-Z-72", "QZ\u201172", "qz\u00a072", " QZ\u201372 "])
def test_case_spaces_and_hyphens_do_not_count(models: Models, text: str) -> None:
    assert ["QZ 72"] == [row.key for row in models.find(text)]


def test_a_name_that_several_rows_share_stands_for_all_of_them(models: Models) -> None:
    assert ["PX-1", "PX-1S"] == [row.key for row in models.find("petal")]


def test_the_name_of_one_row_that_is_an_alias_of_another_stands_for_both(models: Models) -> None:
    assert ["PX-1", "QZ 72"] == [row.key for row in models.find("PX 1")]


def test_a_name_that_is_not_listed_stands_for_nothing(models: Models) -> None:
    assert models.find("PX-2") == ()


def test_the_one_row_of_a_name_can_be_asked_for(models: Models) -> None:
    row = models.lookup("moth")
    assert row is not None
    assert row.key == "PX-1"


@pytest.mark.parametrize("text", ["Petal", "PX-2"])
def test_there_is_no_one_row_where_none_or_several_bear_the_name(models: Models, text: str) -> None:
    assert models.lookup(text) is None


def test_a_misspelt_name_is_answered_with_the_close_ones(models: Models) -> None:
    assert models.suggest("Pedal") == "did you mean `Petal`?"


def test_a_name_unlike_all_others_is_answered_with_nothing(models: Models) -> None:
    assert models.suggest("xyzzy") == ""


def test_the_same_model_twice_is_refused(write: Write) -> None:
    with pytest.raises(InputError, match="`PX-1` stands twice, first on line 2"):
        load_models(write("models.csv", f"{MODELS}PX-1,,thing,a list,no\n"))
