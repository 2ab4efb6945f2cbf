"""Conditions: what is parsed into which node, and where each question is written. What is refused is in `tests/bad`."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatycheck import yaml
from treatycheck.errors import Diagnostic
from treatycheck.rulebook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    DateTest,
    FactTest,
    Negation,
    Parser,
    PassedTest,
    StatusTest,
    TermTest,
    is_day,
    leaves,
    located,
)
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.vocabulary import Vocabulary


@pytest.fixture
def words(desk: Path) -> Vocabulary:
    return load_rulebook(Path("rules")).vocabulary


def parsed(text: str, words: Vocabulary, scope: str = "event") -> Condition | None:
    source = yaml.load(text.encode(), "a.yaml")
    found: list[Diagnostic] = []
    condition = Parser(source, words, ("ka",), found.append).parse(source.value, (), scope)
    assert [] == found
    return condition


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{fact: event.burnt, is: 'yes'}", FactTest("event.burnt", "is", ("yes",))),
        ("{fact: event.burnt, is_stated: true}", FactTest("event.burnt", "is_stated", ("true",))),
        ("{fact: event.purpose, in: [rescue, show]}", FactTest("event.purpose", "in", ("rescue", "show"))),
        ("{fact: event.height, at_most: '9.5'}", FactTest("event.height", "at_most", ("9.5",))),
        ("{fact: place.country, is: NLA}", FactTest("place.country", "is", ("NLA",))),
        ("{fact: event.act, is: fly}", FactTest("event.act", "is", ("fly",))),
        ("{fact: flyer.kind, is: club}", FactTest("flyer.kind", "is", ("club",))),
        ("{term: anything}", TermTest("anything")),
        ("{status: this, of: bearer, is: bound}", StatusTest("this", "bearer", ("bound",))),
        ("{status: ka, of: flyer, is: [bound, signatory]}", StatusTest("ka", "flyer", ("bound", "signatory"))),
        ("{date: event, on_or_after: 2027-01-01}", DateTest("on_or_after", "2027-01-01")),
        ("{date: event, before: 2027-01-01}", DateTest("before", "2027-01-01")),
        ("{deadline: ka-4-burn, is: passed}", PassedTest("ka-4-burn")),
        ("{not: {term: a}}", Negation(TermTest("a"))),
        ("{all: [{term: a}, {any: [{term: b}]}]}", AllOf((TermTest("a"), AnyOf((TermTest("b"),))))),
    ],
)
def test_a_condition_is_read_as_what_it_says(text: str, expected: Condition, words: Vocabulary) -> None:
    assert expected == parsed(text, words)


def test_a_condition_on_an_object_may_ask_for_its_facts(words: Vocabulary) -> None:
    assert FactTest("object.category", "is", ("toy",)) == parsed("{fact: object.category, is: toy}", words, "object")


def test_every_mistake_in_a_condition_is_told_and_none_twice(words: Vocabulary) -> None:
    source = yaml.load(b"all: [{fact: a.b, is: c}, {term: a}, {not: {fact: d.e, is: f}}]", "a.yaml")
    found: list[Diagnostic] = []
    condition = Parser(source, words, (), found.append).parse(source.value, (), "event")
    assert (None, ["a.yaml:1:14", "a.yaml:1:51"]) == (
        condition,
        [f"{one.file}:{one.line}:{one.column}" for one in found],
    )


NESTED = AllOf((TermTest("a"), Negation(AnyOf((TermTest("b"), FactTest("c", "is", ("d",)))))))


def test_the_questions_of_a_condition_come_from_left_to_right() -> None:
    assert [TermTest("a"), TermTest("b"), FactTest("c", "is", ("d",))] == list(leaves(NESTED))


def test_each_question_knows_where_it_is_written() -> None:
    assert [("when", "all", 0), ("when", "all", 1, "not", "any", 0), ("when", "all", 1, "not", "any", 1)] == [
        path for path, _ in located(NESTED, ("when",))
    ]


@pytest.mark.parametrize("text", ["2027-02-30", "20270101", "2027-W01-1", "2027-01", " 2027-01-01", ""])
def test_a_day_has_one_form_only(text: str) -> None:
    assert (True, False) == (is_day("2027-01-01"), is_day(text))
