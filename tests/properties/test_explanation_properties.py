"""An outcome can be worked out again from its explanation alone: by a reader with a pencil, as it is done here.

Nothing of the engines is used: a tree is read by the least, the greatest and the opposite of its parts, then the table
of outcomes of the README is gone through from the top.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.properties.flights import dates, flights, strengths

from treatycheck.casefile.fusion import with_fusions
from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Account, Casefile, Dated, Item, Participant, Stated
from treatycheck.check import PLAIN, Options
from treatycheck.explanations import Explanations, Wanted, explain, locate
from treatycheck.report.explanation import tree
from treatycheck.report.steps import Shown
from treatycheck.rulebook.conditions import DateTest
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

TESTS = Path(__file__).parents[1]
SEEDS = TESTS.parent / "seeds"
GRADED = {1: "concern", 2: "credible_concern", 3: "reasonable_grounds", 4: "established"}
AT_LEAST_INDICATED = 2

Told = tuple[str, str, frozenset[str]]
"""Outcome, strength and weakest elements."""


def verdict(truth: str, strength: str) -> int:
    return {"true": 1, "false": -1, "unknown": 0}[truth] * int(strength[1:] or 0) if strength else 0


def read(step: dict[str, Any]) -> int:
    """The verdict of a step by those below it; of one that has none, what it shows."""
    below = [read(child) for child in step.get("children", [])]
    if not below:
        return verdict(step["truth"], step["strength"])
    found = {"all": min(below), "any": max(below), "not": -below[0]}.get(step["kind"], max(below))
    cap = int(step.get("at_most", "S4")[1:])
    return max(-cap, min(found, cap))


def worked_out(one: dict[str, Any]) -> Told:
    """The first line of the table of outcomes that fits."""
    verdicts = {element["name"]: read(element["tree"]) for element in one["proof"]}
    exceptions = {each["name"]: each for each in one["exceptions"]}
    dated = [verdicts.pop(name) for name in ("deadline", "fulfilled") if name in verdicts]
    gates = {name: found for name, found in verdicts.items() if name not in exceptions}
    if not one["readable"] and "bound" in gates:
        gates["bound"] = min(gates["bound"], 0)
    if one["unengaged"]:
        return ("no_finding", "", frozenset())
    applying = [verdicts[name] for name in exceptions]
    if one["effect"] == "negated" or min(gates.values()) <= -AT_LEAST_INDICATED:
        return ("not_applicable", "", frozenset())
    if any(found >= AT_LEAST_INDICATED for found in applying):
        return ("not_applicable", "", frozenset())
    unsettled = {name for name in exceptions if verdicts[name] >= 0}
    if min(gates.values()) <= 0 or any(exceptions[name]["invoked"] for name in unsettled):
        return ("undetermined", "", frozenset())
    required = gates | {name: -verdicts[name] for name in exceptions if name not in unsettled}
    flagged = ""
    if dated:
        late, met = dated
        if late < 0:
            return ("met" if met > 0 else "pending", "", frozenset())
        if late == 0 or met == 0:
            return ("undetermined", "", frozenset())
        required |= {"deadline": late, "fulfilled": abs(met)}
        flagged = "met_late" if met > 0 else ""
    limits = [int(exceptions[name]["at_most"][1:]) for name in unsettled] + [int(one["limit"][1:])]
    least = min(*required.values(), *limits)
    weakest = frozenset(name for name, found in required.items() if found == least)
    if one["effect"] == "prospective":
        flagged = "anticipated" if gates["conduct"] >= AT_LEAST_INDICATED else "undetermined"
    return (flagged or GRADED[least], f"S{least}", weakest)


def said(one: dict[str, Any]) -> Told:
    finding = one["finding"]
    return (finding["outcome"], finding["strength"], frozenset(finding["weakest"]))


def differing(found: Explanations, shown: Shown) -> Iterator[tuple[str, Told, Told]]:
    explained: Any = tree(found, shown)["explained"]
    for one in explained:
        if said(one) != worked_out(one):
            yield one["finding"]["id"], said(one), worked_out(one)


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    return load_rulebook(TESTS.parent / "rules")


def every(rulebook: Rulebook, casefile: Casefile, rule: str = "", options: Options = PLAIN) -> Explanations:
    wanted = locate(rulebook, casefile, "all")
    assert isinstance(wanted, Wanted)
    return explain(rulebook, casefile, wanted, options, rule=rule)


both_ways = pytest.mark.parametrize("shown", [Shown(), Shown(everything=True)], ids=["deciding", "everything"])


@both_ways
def test_every_outcome_of_the_seeds_follows_from_its_explanation(rules: Rulebook, shown: Shown) -> None:
    found = every(rules, load_casefile([SEEDS], rules))
    assert [] == [*differing(found, shown)]
    assert {one.finding.outcome for one in found.explained} > {"undetermined", "not_applicable", "anticipated"}


@both_ways
def test_every_outcome_of_the_fused_accounts_follows_from_its_explanation(rules: Rulebook, shown: Shown) -> None:
    fused = with_fusions(load_casefile([SEEDS], rules), [SEEDS / "libya-mines.fusion.yaml"], rules)
    found = every(rules, fused)
    assert [] == [*differing(found, shown)]
    assert "credible_concern" in {one.finding.outcome for one in found.explained}


def test_what_a_rule_gives_no_finding_on_follows_from_its_explanation(rules: Rulebook) -> None:
    casefile = load_casefile([SEEDS], rules)
    found = [every(rules, casefile, rule) for rule in ("mbc-1-1-a-use", "mbc-4-stockpile-destruction")]
    assert [] == [one for each in found for one in differing(each, Shown())]
    assert "no_finding" in {one.finding.outcome for each in found for one in each.explained}


@pytest.fixture(scope="module")
def kites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rulebook, Casefile]:
    desk = tmp_path_factory.mktemp("desk")
    shutil.copytree(TESTS / "good", desk, dirs_exist_ok=True)
    shutil.copy(TESTS.parent / "rules" / "wording.yaml", desk / "rules")
    rulebook = load_rulebook(desk / "rules")
    return rulebook, load_casefile([desk / "case"], rulebook)


accounts = st.builds(
    Account,
    according_to=st.sampled_from(["the ministry", "residents"]),
    strength=strengths,
    date=st.none() | dates,
    quotes=st.just(("height",)),
)


LAWS = ("as it is", "asked", "limited", "contested", "in words")


def under(rulebook: Rulebook, law: str) -> Rulebook:
    """The invented rulebook with another exception, or with a rule on which views differ."""
    exceptions, rules = dict(rulebook.exceptions), dict(rulebook.rules)
    rescue, fly = exceptions["ka-3-rescue"], rules["ka-1-fly"]
    if law == "asked":
        exceptions[rescue.id] = replace(rescue, if_unstated="ask")
    if law == "limited":
        exceptions[rescue.id] = replace(rescue, assumed_at_most="S1")
    if law == "contested":
        rules[fly.id] = replace(fly, confidence="contested")
    if law == "in words":
        rules[fly.id] = replace(fly, bound=DateTest("on_or_after", "2020-02-01"))
    return replace(rulebook, exceptions=exceptions, rules=rules)


def explained(
    kites: tuple[Rulebook, Casefile], law: str, as_of: date, changed: dict[str, Any], rule: str
) -> Explanations:
    rulebook, casefile = under(kites[0], law), kites[1]
    dossier = casefile.dossiers[0]
    event = replace(dossier.events[0], **changed)
    return every(
        rulebook, Casefile((replace(dossier, events=(event,)),), ()), rule, Options(engine="reference", as_of=as_of)
    )


AS_OF, EARLIER = date(2030, 1, 31), date(2024, 1, 31)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    changed=flights(),
    told=st.lists(accounts, max_size=2),
    rule=st.sampled_from(["", "ka-1-fly"]),
    law=st.sampled_from(LAWS),
    as_of=st.sampled_from([AS_OF, EARLIER]),
)
def test_the_outcome_of_any_event_follows_from_its_explanation(
    kites: tuple[Rulebook, Casefile], changed: dict[str, Any], told: list[Account], rule: str, law: str, as_of: date
) -> None:
    found = explained(kites, law, as_of, {**changed, "accounts": tuple(told)}, rule)
    assert [] == [*differing(found, Shown()), *differing(found, Shown(everything=True))]


STRONG: dict[str, Any] = {
    "act": Stated(value="fly", strength="S4"),
    "strength": "S4",
    "date": Dated(edtf="2027-05-03", strength="S4"),
    "participants": (Participant(actor="north", role="flyer", strength="S4"),),
    "objects": (Item(described="kites", category=Stated(value="storm_kite", strength="S4")),),
    "facts": {"height": Stated(value="40", strength="S4"), "burnt": Stated(value="no", strength="S4")},
    "purpose": None,
}


@pytest.mark.parametrize(
    ("law", "as_of", "modality", "expected"),
    [
        ("as it is", AS_OF, "occurred", "established"),
        ("asked", AS_OF, "occurred", "undetermined"),
        ("limited", AS_OF, "occurred", "concern"),
        ("contested", AS_OF, "occurred", "reasonable_grounds"),
        ("as it is", EARLIER, "occurred", "undetermined"),
        ("in words", AS_OF, "occurred", "established"),
        ("in words", EARLIER, "occurred", "undetermined"),
        ("as it is", AS_OF, "announced", "anticipated"),
    ],
)
def test_each_thing_beside_the_proof_decides_and_is_shown(
    kites: tuple[Rulebook, Casefile], law: str, as_of: date, modality: str, expected: str
) -> None:
    changed = {**STRONG, "modality": Stated(value=modality, strength="S4")}
    found = explained(kites, law, as_of, changed, "")
    assert [expected] == [one.finding.outcome for one in found.explained]
    assert [] == [*differing(found, Shown())]
