"""Random rulebooks over random tables: a check with either engine and a screening by DuckDB must all say the same.

For every row, every rule and every bearer, the outcome, its strength, the reason or what is open, and the roles are
compared. The rulebooks are written as files and go through the loader. Each example is a rulebook with up to 50 rows in
one or two tables, and has a seed. For a long campaign set the number of examples in the environment, and the first seed
(0 unless given); what they came to is printed at the end:

    TREATYCHECK_EXAMPLES=10000 pytest -s tests/properties/test_screen_rulebooks.py

Most of the time goes into the SQL of each rulebook. The classes of rows, on which all of it rests, are held to a check
without any SQL as well.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest
from tests.properties.rulebook_cases import agreed, case, checked, classified, kites, tallied

from treatycheck.engine.outcomes import FLAGGED

EXAMPLES = int(os.environ.get("TREATYCHECK_EXAMPLES", "40"))
FIRST = int(os.environ.get("TREATYCHECK_SEED", "0"))


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_kept() -> Iterator[None]:
    """Every rulebook is another, so that a cache would only be filled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TREATYCHECK_CACHE", "off")
        yield


def test_both_engines_and_the_table_engine_say_the_same() -> None:
    tally: Counter[str] = Counter()
    for seed in range(FIRST, FIRST + EXAMPLES):
        one = case(seed)
        try:
            tally += tallied(one, agreed(one))
        except BaseException:
            print(f"seed {seed}")  # noqa: T201 - says which case it is
            raise
    print(*(f"\n{number:>12,}  {name}" for name, number in sorted(tally.items())))  # noqa: T201 - the figures
    assert tally["rulebooks"] == EXAMPLES


def test_the_classes_of_a_screening_tell_rows_apart_as_a_check_does() -> None:
    for seed in range(FIRST, FIRST + EXAMPLES):
        one = case(seed)
        assert (seed, checked(one, "reference")) == (seed, classified(one))


def test_the_cases_have_what_they_are_to_try() -> None:
    tally: Counter[str] = Counter()
    reasons: frozenset[str] = frozenset()
    for seed in range(80):
        one = case(seed)
        tally += tallied(one, checked(one, "reference"))
        reasons = frozenset(one.rulebook.wording.reasons)
    flagged = sum(tally[f"results: {outcome}"] for outcome in FLAGGED)
    assert tally["results"] > tally["rows"]
    assert 0.5 > flagged / tally["results"] > 0.01
    assert 0.5 > tally["results: undetermined"] / tally["results"] > 0.1
    assert frozenset() == {reason for reason in reasons if not tally[f"results not applicable: {reason}"]}
    assert tally["results for a bearer in two roles"]
    assert tally["rows refused"] < tally["rows"] / 10


# What random rulebooks have shown


@pytest.mark.parametrize("asked", ["is: Wren", "is: bigbird", "in: [Wren, Albatross 3]", 'is_stated: "true"'])
def test_a_designation_is_looked_up_and_compared_word_for_word_at_once(asked: str) -> None:
    spelt = ("Albatross 3", "albatross-3", "Big Bird", "bigbird", "Wren", "WREN", "no such", "unknown", "Unknown", "")
    usual = {"act": "fly", "modality": "occurred", "strength": "S3", "date": "2024-05-01", "event.height": "40"}
    usual |= {"flyer.code": "NLA", "flyer.kind": "state", "event.burnt": "no", "event.purpose": "show"}
    usual |= {"object.category": "toy"}
    rows = [{**usual, "object.model": text} for text in spelt]
    found = agreed(kites({"- {term: night_kite}": f"- {{fact: object.model, {asked}}}"}, rows))
    assert len({outcome for _, _, _, outcome, *_ in found}) > 1


def test_a_signature_too_large_for_a_small_number_is_exact() -> None:
    graded = ("date", "object.category", "object.model", "event.purpose", "event.burnt", "event.height", "flyer")
    usual = {"act": "fly", "modality": "occurred", "event.burnt": "no", "object.category": "toy", "dispute": "none"}
    rows = [
        {**usual, "strength": "S4", "flyer.kind": "club", "object.activation": launch}
        | {f"{name}.strength": grade for name in graded}
        for launch in ("never", "by hand")
        for grade in ("S1", "S4")
    ]
    found = agreed(kites({}, rows))
    assert {1, 2, 3, 4} == {number for number, *_ in found}


def test_three_roles_of_one_actor_are_one_bearer_though_not_all_are_compared() -> None:
    changes = {
        "  keeper: {label: keeper}": "  keeper: {label: keeper}\n  owner: {label: owner}",
        "role: [flyer]": "role: [flyer, owner]",
        "role: [keeper]": "role: [keeper, owner]",
        "act: [keep]": "act: [fly]",
    }
    usual = {"act": "fly", "modality": "occurred", "strength": "S3", "date": "2024-05-01"}
    state = {"code": "NLA", "kind": "state"}
    rows = [
        {**usual, **{f"{role}.{part}": text for role in roles for part, text in state.items()}}
        for roles in (("flyer", "keeper", "owner"), ("flyer", "keeper"), ("keeper", "owner"), ("owner",))
    ]
    found = agreed(kites(changes, rows))
    assert [
        *((1, "ka-1-fly", "flyer|owner"), (1, "ka-4-burn", "keeper|owner"), (2, "ka-1-fly", "flyer")),
        *((2, "ka-4-burn", "keeper"), (3, "ka-1-fly", "owner"), (3, "ka-4-burn", "keeper|owner")),
        *((4, "ka-1-fly", "owner"), (4, "ka-4-burn", "owner")),
    ] == [one[:3] for one in found]


@pytest.mark.parametrize("asked", ["", "\n        - {fact: owner.kind, is: state}"])
def test_a_bearer_is_asked_for_a_role_in_which_nothing_binds_it(asked: str) -> None:
    changes = {
        "  flyer: {label: flyer}": "  owner: {label: owner}\n  flyer: {label: flyer}",
        '- {fact: event.height, above: "10"}': f"- {{fact: bearer.role, is: owner}}{asked}",
    }
    usual = {"act": "fly", "modality": "occurred", "strength": "S3", "date": "2024-05-01", "event.purpose": "show"}
    usual |= {"object.category": "storm_kite", "event.burnt": "no", "flyer.kind": "state", "owner.kind": "state"}
    rows = [{**usual, "owner.code": one, "flyer.code": other} for one in ("NLA", "SLA") for other in ("NLA", "SLA")]
    found = agreed(kites(changes, rows))
    assert ["reasonable_grounds", *["not_applicable"] * 3] == [outcome for _, _, _, outcome, *_ in found]
    assert ["", "actor_not_bound", "act_out_of_scope", "actor_not_bound"] == [why for *_, why, _, _ in found]


def test_two_roles_of_somebody_of_whom_only_the_name_is_known_are_one_bearer() -> None:
    changes = {"role: [flyer]": "role: [flyer, keeper]", "act: [keep]": "act: [fly]"}
    usual = {"act": "fly", "modality": "occurred", "strength": "S3", "flyer": "somebody", "keeper": "somebody"}
    rows = [{**usual, **more} for more in ({"flyer.kind": "unknown"}, {"keeper.kind": "unknown"}, {"keeper": "other"})]
    found = agreed(kites(changes, rows))
    assert ["flyer|keeper"] * 2 + ["flyer", "keeper"] == [roles for _, rule, roles, *_ in found if rule == "ka-1-fly"]


def test_how_well_another_role_of_an_actor_is_shown_counts_where_a_rule_asks_for_roles() -> None:
    changes = {
        "  flyer: {label: flyer}": "  owner: {label: owner}\n  flyer: {label: flyer}",
        '- {fact: event.height, above: "10"}': "- {fact: bearer.role, is: owner}",
        "role: [keeper]": "role: [owner]",
    }
    usual = {"act": "fly", "modality": "occurred", "strength": "S1", "date": "2024-05-01", "event.purpose": "show"}
    usual |= {"object.category": "storm_kite", "event.burnt": "no", "flyer.strength": "S3"}
    usual |= {"flyer.code": "NLA", "flyer.kind": "state"}
    found = agreed(kites(changes, [usual, {**usual, "keeper.code": "NLA", "keeper.kind": "state"}]))
    assert ["not_applicable", "undetermined"] == [outcome for _, rule, _, outcome, *_ in found if rule == "ka-1-fly"]
