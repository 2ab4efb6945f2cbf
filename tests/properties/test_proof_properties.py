"""Proofs of random events: a tree can be worked out again from its leaves, and from those that decided alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Dated, Dispute, Dossier, Event, Item, Participant, Place, Stated
from treatycheck.check import Decided, decide_event
from treatycheck.engine.agreement import Panel
from treatycheck.engine.compile import compile_rulebook
from treatycheck.engine.outcomes import Outcome
from treatycheck.explain.proof import node
from treatycheck.explain.tell import tell
from treatycheck.findings import Node
from treatycheck.rulebook.conditions import AllOf, AnyOf, DateTest, FactTest, Negation, TermTest
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

TESTS = Path(__file__).parents[1]
AS_OF = date(2030, 1, 31)

Decide = Callable[[Event], list[Decided]]

strengths = st.sampled_from(["S0", "S1", "S2", "S3", "S4"])


def stated(*values: str) -> st.SearchStrategy[Stated]:
    return st.builds(Stated, value=st.sampled_from([*values, "unknown"]), strength=strengths)


items = st.builds(
    Item,
    described=st.sampled_from(["kites", "wings", "ribbons"]),
    category=st.none() | stated("storm_kite", "toy"),
    model=st.none() | stated("Albatross 3", "Wren"),
    activation=st.none() | stated("at night", "never", "by hand"),
)
facts = st.fixed_dictionaries({}, optional={"burnt": stated("yes", "no"), "height": stated("5", "40")})
changes = st.fixed_dictionaries(
    {
        "act": st.builds(Stated, value=st.sampled_from(["fly", "keep"]), strength=strengths),
        "modality": st.builds(Stated, value=st.sampled_from(["occurred", "announced"])),
        "date": st.builds(
            Dated,
            edtf=st.sampled_from(["2027-05-03", "2019-06", "2020", "2024", "XXXX", "[2023..]", "2031"]),
            strength=strengths,
        ),
        "strength": strengths,
        "participants": st.lists(
            st.builds(
                Participant,
                actor=st.sampled_from(["army", "north", "club"]),
                role=st.sampled_from(["flyer", "keeper"]),
                strength=strengths,
            ),
            max_size=3,
        ).map(tuple),
        "objects": st.lists(items, max_size=3).map(tuple),
        "place": st.none() | st.builds(Place, country=st.sampled_from(["", "WLA", "NLA"])),
        "purpose": st.none() | stated("rescue", "show"),
        "facts": facts,
        "dispute": st.builds(Dispute, status=st.sampled_from(["none", "denied", "contradicted", "retracted"])),
    }
)


def widened(rulebook: Rulebook) -> Rulebook:
    """The invented rulebook with a gate on the place that has every kind of step and is divided for the engines."""
    show, burnt = FactTest("event.purpose", "is", ("show",)), FactTest("event.burnt", "is", ("yes",))
    silent = FactTest("event.burnt", "is_stated", ("false",))
    low, high = FactTest("event.height", "below", ("10",)), FactTest("event.height", "above", ("20",))
    since = DateTest("on_or_after", "2024-01-01")
    wide = AllOf(
        (
            AnyOf((show, burnt, Negation(since))),
            AnyOf((low, high, silent, Negation(show))),
            AnyOf((TermTest("storm_kite"), since, Negation(AllOf((burnt, show))))),
        )
    )
    rules = {name: replace(rule, place=wide) for name, rule in rulebook.rules.items()}
    return replace(rulebook, rules=rules)


@pytest.fixture(scope="module")
def dossier_and_decide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Dossier, Decide]]:
    desk = tmp_path_factory.mktemp("desk")
    shutil.copytree(TESTS / "good", desk, dirs_exist_ok=True)
    shutil.copy(TESTS.parent / "rules" / "wording.yaml", desk / "rules")
    rulebook = load_rulebook(desk / "rules")
    dossier = load_casefile([desk / "case"], rulebook).dossiers[0]
    wide = widened(rulebook)
    program = compile_rulebook(wide, {"night_kites": "night"})
    with Panel(program.units, "reference") as panel:
        yield dossier, lambda event: list(decide_event(wide, program, panel, dossier, event, AS_OF))


many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def shown(tree: Node) -> int:
    sign = {"true": 1, "false": -1, "unknown": 0}[tree.truth]
    return sign * int(tree.strength[1:] or 0) if tree.strength else 0


def rebuilt(tree: Node, leaf: Callable[[Node], int] = shown) -> int:
    """The verdict of a tree from its leaves alone; a term may be weaker than what it rests on, but no other step."""
    parts = [rebuilt(child, leaf) for child in tree.children]
    match tree.kind:
        case "all":
            return min(parts, default=4)
        case "any":
            return max(parts, default=-4)
        case "not":
            return -parts[0]
        case "object":
            return parts[0]
        case "term" if not tree.children or tree.children[0].kind == "object":
            return max(parts, default=0)
        case "term":
            cap = int(tree.strength[1:]) if tree.strength else 4
            return max(-cap, min(parts[0], cap))
        case _:
            return leaf(tree)


def every(tree: Node) -> Iterator[Node]:
    yield tree
    for child in tree.children:
        yield from every(child)


def proofs(decided: list[Decided]) -> Iterator[tuple[int, Node]]:
    for one in decided:
        if one.conclusion.outcome is not Outcome.NO_FINDING:
            for gate in (*one.conclusion.gates, *one.conclusion.exceptions):
                yield gate.verdict, node(one.evidence, gate.unit)


def found(dossier_and_decide: tuple[Dossier, Decide], given: dict[str, object]) -> list[Decided]:
    dossier, decide = dossier_and_decide
    return decide(replace(dossier.events[0], **given))  # type: ignore[arg-type]


@many
@given(changes)
def test_the_root_of_a_proof_is_the_verdict_of_its_gate(
    dossier_and_decide: tuple[Dossier, Decide], given: dict[str, object]
) -> None:
    for verdict, tree in proofs(found(dossier_and_decide, given)):
        assert verdict == shown(tree)


@many
@given(changes)
def test_every_step_of_a_proof_follows_from_the_leaves_below_it(
    dossier_and_decide: tuple[Dossier, Decide], given: dict[str, object]
) -> None:
    for _, tree in proofs(found(dossier_and_decide, given)):
        assert [one for one in every(tree) if rebuilt(one) != shown(one)] == []


@many
@given(changes)
def test_the_steps_that_decided_are_enough(
    dossier_and_decide: tuple[Dossier, Decide], given: dict[str, object]
) -> None:
    for verdict, tree in proofs(found(dossier_and_decide, given)):
        if verdict:
            assert verdict == rebuilt(tree, lambda leaf: shown(leaf) if leaf.relevant else 0)


@many
@given(changes)
def test_what_is_open_rests_on_open_leaves_alone(
    dossier_and_decide: tuple[Dossier, Decide], given: dict[str, object]
) -> None:
    for verdict, tree in proofs(found(dossier_and_decide, given)):
        if verdict == 0:
            assert {0} >= {shown(one) for one in every(tree) if one.relevant}


@many
@given(changes)
def test_a_step_that_did_not_decide_has_none_below_it_that_did(
    dossier_and_decide: tuple[Dossier, Decide], given: dict[str, object]
) -> None:
    for _, tree in proofs(found(dossier_and_decide, given)):
        for one in every(tree):
            assert one.relevant or not any(child.relevant for child in one.children)


@many
@given(changes)
def test_a_finding_can_be_told_of_every_event(
    dossier_and_decide: tuple[Dossier, Decide], given: dict[str, object]
) -> None:
    for one in found(dossier_and_decide, given):
        if one.conclusion.outcome is not Outcome.NO_FINDING:
            finding = tell(one.evidence, one.rule, one.bearer, one.conclusion, "an id")
            assert bool(finding.missing) == (finding.outcome == "undetermined")
