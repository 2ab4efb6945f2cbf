"""The words of events and rules: which facts there are, what belongs to an object, and what a fact refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.vocabulary import Additions, Fact, FactType, Vocabulary, Word, is_number, joined


@pytest.fixture
def words(desk: Path) -> Vocabulary:
    return load_rulebook(Path("rules")).vocabulary


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("event.height", "number"),
        ("event.act", "code"),
        ("event.modality", "code"),
        ("bearer.kind", "code"),
        ("bearer.code", "state"),
        ("bearer.role", "code"),
        ("bearer.link", "code"),
        ("keeper.kind", "code"),
        ("keeper.code", "state"),
    ],
)
def test_a_fact_of_the_vocabulary_or_of_every_event_is_known(name: str, kind: str, words: Vocabulary) -> None:
    found = words.fact(name)
    assert found is not None
    assert (kind, "event", True) == (found.type, found.scope, found.question.endswith("?"))


@pytest.mark.parametrize("name", ["", "event", "event.", "pilot.kind", "keeper.role", "keeper.link", "bearer.name"])
def test_nothing_else_is_a_fact(name: str, words: Vocabulary) -> None:
    assert words.fact(name) is None


@pytest.mark.parametrize("name", ["object.category", "model.category"])
def test_what_is_said_of_an_object_or_its_model_belongs_to_the_object(name: str, words: Vocabulary) -> None:
    found = words.fact(name)
    assert found is not None
    assert "object" == found.scope


def test_every_fact_that_is_offered_exists(words: Vocabulary) -> None:
    assert [] == [name for name in words.fact_names() if words.fact(name) is None]


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("truth", ["yes", "no"], ["true", "Yes", ""]),
        ("code", ["one"], ["two", "One", ""]),
        ("number", ["0", "1200", "0.5"], ["-1", "1,200", "1e3", "1.2.3", ".", "", "\u0663", "\u00b2"]),
        ("state", ["NLA"], ["nla", "NL", "NLAA", "Northland", "ÄÖÜ", ""]),
        ("text", ["anything", " a "], ["", "  "]),
        ("date", ["2024-11-20", "2024", "[2018..2019]", "XXXX"], ["20 November 2024", "2024-13", ""]),
    ],
)
def test_a_fact_refuses_what_its_type_cannot_be(kind: FactType, good: list[str], bad: list[str]) -> None:
    fact = Fact(type=kind, question="What is it?", values={"one": "The only one."})
    assert (good, bad) == (
        [value for value in good if not fact.refuses(value)[1]],
        [value for value in bad if fact.refuses(value)[1]],
    )


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("truth", "`yes` or `no`"),
        ("code", "one of `one`"),
        ("number", "a number such as `1200`"),
        ("state", "an ISO 3166-1 alpha-3 code such as `NOR`"),
        ("text", "a text"),
    ],
)
def test_a_fact_says_what_it_wants_instead(kind: FactType, wanted: str) -> None:
    assert wanted == Fact(type=kind, question="What is it?", values={"one": "The only one."}).refuses("")[0]


def test_a_plain_number_has_digits_and_at_most_one_point() -> None:
    assert [True, True, False, False] == [is_number(text) for text in ("7", "7.5", "7.5.1", "seven")]


def test_an_instrument_adds_words_and_changes_none(words: Vocabulary) -> None:
    added = Additions(
        format="treatycheck.vocabulary/1", acts={"fly": Word(label="soaring"), "mend": Word(label="mending")}
    )
    assert {"fly": "flying", "keep": "keeping", "mend": "mending"} == {
        name: word.label for name, word in joined(words, added).acts.items()
    }
