"""The tree behind a gate: its steps, their words, quotes and register rows, and which of them decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from treatycheck.casefile.model import Event, Item, Stated
from treatycheck.check import Decided
from treatycheck.explain.proof import node
from treatycheck.explain.proof import test_words as words_of
from treatycheck.findings import Node, RegisterRef
from treatycheck.rulebook.conditions import AllOf, AnyOf, DateTest, FactTest, Negation, StatusTest
from treatycheck.rulebook.model import Rulebook

Decide = Callable[..., Decided]

STORM = Item(described="storm kites", category=Stated(value="storm_kite", strength="S4"))
TOY = Item(described="toys", category=Stated(value="toy", strength="S3"))


def proof(decided: Decided, gate: str) -> Node:
    refs = dict(decided.rule.gates) | {one.id: one.applies for one in decided.rule.exceptions}
    if decided.rule.overdue is not None:
        refs["deadline"] = decided.rule.overdue
    return node(decided.evidence, refs[gate])


def outline(tree: Node) -> Any:
    """Kind, truth and strength of every step, with `-` before those that did not decide."""
    own = f"{'' if tree.relevant else '-'}{tree.kind} {tree.truth} {tree.strength}".strip()
    return [own, *map(outline, tree.children)] if tree.children else own


def with_place(rulebook: Rulebook, place: object) -> Rulebook:
    rule = replace(rulebook.rules["ka-1-fly"], place=place)  # type: ignore[arg-type]
    return replace(rulebook, rules=dict(rulebook.rules) | {rule.id: rule})


def test_a_gate_is_proved_step_by_step_down_to_its_facts(decide: Decide, event: Event) -> None:
    conduct = proof(decide(event), "conduct")
    assert [
        "term unknown",
        [
            "all unknown",
            "-fact true S2",
            "-fact true S2",
            ["all unknown", "-fact true S2", ["not unknown", "fact unknown"]],
        ],
    ] == outline(conduct)


def test_every_object_has_a_branch_under_its_own_words(decide: Decide, event: Event) -> None:
    tree = proof(decide(replace(event, objects=(TOY, STORM))), "object")
    assert [("object", "toys", "unknown", False), ("object", "storm kites", "true", True)] == [
        (child.kind, child.label, child.truth, child.relevant) for child in tree.children
    ]


def test_that_no_object_is_in_scope_rests_on_each_of_them(decide: Decide, event: Event) -> None:
    fair = Item(
        described="wrens", category=Stated(value="toy"), model=Stated(value="Wren"), activation=Stated(value="x")
    )
    tree = proof(decide(replace(event, objects=(fair, replace(fair, described="more", strength="S4")))), "object")
    assert [("false", "S2", True), ("false", "S4", True)] == [
        (child.truth, child.strength, child.relevant) for child in tree.children
    ]


def test_without_objects_the_proof_has_no_branch(decide: Decide, event: Event) -> None:
    tree = proof(decide(replace(event, objects=())), "object")
    assert ("unknown", ()) == (tree.truth, tree.children)


def test_a_term_has_its_title_and_provision(decide: Decide, event: Event) -> None:
    tree = proof(decide(event), "object")
    assert ("term", "Storm kite", "ka:2") == (tree.kind, tree.label, tree.provision)


def test_an_exception_has_its_title_and_provision(decide: Decide, event: Event) -> None:
    tree = proof(decide(event), "ka-3-rescue")
    assert ("Rescue", "ka:3") == (tree.label, tree.provision)


def test_a_gate_is_called_by_its_name(decide: Decide, event: Event) -> None:
    tree = proof(decide(event), "conduct")
    assert ("conduct", "") == (tree.label, tree.provision)


def facts_of(tree: Node) -> list[Node]:
    return [tree] if not tree.children else [leaf for child in tree.children for leaf in facts_of(child)]


def test_a_fact_shows_its_test_values_quotes_and_note(decide: Decide, event: Event) -> None:
    said = Stated(value="40", strength="S3", quotes=("height",), hedge="at least", note="by eye")
    tree = proof(decide(replace(event, facts={"height": said})), "conduct")
    leaf = next(one for one in facts_of(tree) if one.label.startswith("How high"))
    assert (
        "How high did it fly? Asked: more than 10",
        ("40 (S3, “at least”)",),
        ("height",),
        "by eye",
    ) == (leaf.label, leaf.values, leaf.quotes, leaf.note)


def test_a_fact_of_a_register_shows_its_row(decide: Decide, event: Event) -> None:
    tree = proof(decide(event), "object")
    leaf = next(one for one in facts_of(tree) if one.values and one.values[0].startswith("storm ("))
    assert (("storm (S2, register registers/kites.csv)",), ("Albatross 3",)) == (
        leaf.values,
        tuple(row.key for row in leaf.registers),
    )


def test_a_status_shows_the_acts_of_the_state(decide: Decide, event: Event) -> None:
    (leaf,) = facts_of(proof(decide(event), "bound"))
    assert ("status", "bound or provisionally bound under the Kite Accord", "bound", ["NLA"]) == (
        leaf.kind,
        leaf.label,
        leaf.note,
        [row.key for row in leaf.registers],
    )


def test_a_status_of_nobody_shows_only_why(decide: Decide, event: Event) -> None:
    (leaf,) = facts_of(proof(decide(event, 1), "bound"))
    assert ((), (), "not_a_state") == (leaf.values, leaf.registers, leaf.note)


def test_a_date_shows_the_day_it_is_compared_with(decide: Decide, event: Event, rulebook: Rulebook) -> None:
    within = with_place(rulebook, DateTest("on_or_after", "2020-02-01"))
    (leaf,) = facts_of(proof(decide(event, within=within), "place"))
    assert ("date", "the event is on or after 1 February 2020", ("3 May 2027",), "true") == (
        leaf.kind,
        leaf.label,
        leaf.values,
        leaf.truth,
    )


def test_a_deadline_shows_its_last_day(decide: Decide, kept: Event) -> None:
    (leaf,) = facts_of(proof(decide(kept), "deadline"))
    assert ("deadline", "after the last day (4 years after entry into force)", ("1 February 2024",)) == (
        leaf.kind,
        leaf.label,
        leaf.values,
    )


def test_a_deadline_that_is_not_known_says_why(decide: Decide, kept: Event) -> None:
    club = replace(kept, participants=(replace(kept.participants[0], actor="club"),))
    (leaf,) = facts_of(proof(decide(club), "deadline"))
    assert ((), "no_deadline") == (leaf.values, leaf.note)


def test_combinations_are_told_apart(decide: Decide, event: Event, rulebook: Rulebook) -> None:
    show, rescue = (FactTest("event.purpose", "is", (value,)) for value in ("show", "rescue"))
    within = with_place(rulebook, AnyOf((rescue, AllOf((show, Negation(rescue))))))
    assert [
        "term true S2",
        ["any true S2", "-fact false S2", ["all true S2", "fact true S2", ["not true S2", "fact false S2"]]],
    ] == outline(proof(decide(event, within=within), "place"))


def test_a_condition_that_was_divided_for_the_engines_is_shown_as_written(
    decide: Decide, event: Event, rulebook: Rulebook
) -> None:
    show, rescue = (FactTest("event.purpose", "is", (value,)) for value in ("show", "rescue"))
    wide = tuple(AnyOf((show, FactTest("event.height", "above", (str(height),)))) for height in range(5))
    tree = proof(decide(event, within=with_place(rulebook, AllOf((*wide, Negation(rescue))))), "place")
    expected = ["any true S2", "fact true S2", "fact true S2"]
    assert ["term true S2", ["all true S2", *[expected] * 5, ["not true S2", "fact false S2"]]] == outline(tree)


def test_the_cap_of_a_term_weakens_it_and_not_what_it_rests_on(decide: Decide, event: Event) -> None:
    night = Item(described="kites", activation=Stated(value="at night", strength="S4"), category=STORM.category)
    tree = proof(
        decide(replace(event, objects=(replace(night, category=None),)), positions={"night_kites": "night"}), "object"
    )
    found = next(one for one in every(tree) if one.label == "Kite for the night")
    assert ("S3", "S4") == (found.strength, found.children[0].strength)


def every(tree: Node) -> list[Node]:
    return [tree, *[one for child in tree.children for one in every(child)]]


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (FactTest("event.burnt", "is_stated", ("true",)), "Is it burnt? Asked: whether anything is said of it"),
        (FactTest("event.burnt", "is_stated", ("false",)), "Is it burnt? Asked: whether nothing is said of it"),
        (FactTest("event.height", "at_least", ("3",)), "How high did it fly? Asked: at least 3"),
        (FactTest("event.act", "in", ("fly", "keep")), "Which act is it? Asked: flying or keeping"),
        (FactTest("event.nothing", "is", ("x",)), "event.nothing Asked: x"),
        (FactTest("bearer.code", "is", ("NLA",)), "Which State is the bearer? Asked: Northland"),
        (
            FactTest("bearer.link", "in", ("direct", "organ")),
            "Did the bearer act itself or through another actor? Asked: itself or through its organ",
        ),
        (FactTest("object.category", "is", ("storm_kite",)), "What kind of kite is it? Asked: storm kite"),
    ],
)
def test_a_test_is_told_in_words(rulebook: Rulebook, test: FactTest, expected: str) -> None:
    assert expected == words_of(rulebook, test)


def test_bearers_share_what_is_told_of_the_objects(decide: Decide, event: Event) -> None:
    decided = decide(event)
    assert proof(decided, "object").children[0].children[0] is proof(decided, "object").children[0].children[0]


def test_a_quote_is_cited_by_document_and_place(decide: Decide, event: Event) -> None:
    found = decide(event).evidence.quote("height")
    assert ("market.txt", 4, "They flew at 40 metres") == (found.document, found.line, found.text)


def test_a_status_condition_outside_the_shared_gate_is_told_alike(
    decide: Decide, event: Event, rulebook: Rulebook
) -> None:
    within = with_place(rulebook, StatusTest("ka", "place", ("signatory",)))
    (leaf,) = facts_of(proof(decide(event, within=within), "place"))
    assert ("State of the place: a signatory under the Kite Accord", "false") == (leaf.label, leaf.truth)


def test_a_row_is_cited_with_its_source(decide: Decide, event: Event) -> None:
    (leaf,) = facts_of(proof(decide(event), "bound"))
    assert (RegisterRef("kite-accord/status.csv", 2, "NLA", "invented", "yes"),) == leaf.registers
