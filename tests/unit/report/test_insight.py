"""The sentences on how far an outcome carries."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from treatycheck.findings import Answered, FactSet, Finding, Firmer, Hinge, Insight, Missing, Need, Route
from treatycheck.report import insight as carried
from treatycheck.report.blocks import Line
from treatycheck.report.citations import Citations
from treatycheck.report.numbering import Numbered
from treatycheck.report.page import Page
from treatycheck.rulebook.model import Wording

POSITION = (("wide_reading", "narrow"),)
TWO = (*POSITION, ("other", "yes"))


def with_insight(finding: Finding, **given: Any) -> Finding:
    return replace(finding, insight=Insight(**given))


def plain(line: Line) -> str:
    return "".join(run.text for run in line)


def ask(question: str, answer: str = "yes", about: str = "") -> Answered:
    return Answered(Missing("", question, about), answer)


WHO, WHAT, WHY = ask("Who?", "a dealer"), ask("What?", "widgets", "crates"), ask("Sold?", "no", "crates")


@pytest.mark.parametrize(
    ("hinge", "sentence"),
    [
        (
            Hinge("position", "", POSITION, "undetermined", ("conduct",)),
            "Changes to undetermined on position I-02/narrow (through: Conduct).",
        ),
        (
            Hinge("position", "", TWO, "concern", ("bound", "conduct")),
            "Changes to concern on position I-02/narrow and other/yes (through: Bound on the date, Conduct).",
        ),
        (
            Hinge("date", "before 1 March 1999", (), "not_applicable", ("bound",)),
            "Changes to not applicable if it happened before 1 March 1999 (through: Bound on the date).",
        ),
        (
            Hinge("account", "a minister", (), "concern", ("wt-2",)),
            "Comes to concern according to a minister (through: Gifts).",
        ),
        (
            Hinge("date", "in May 1999", POSITION, "concern", ("bound",)),
            "Changes to concern on position I-02/narrow and it happened in May 1999 (through: Bound on the date).",
        ),
        (
            Hinge("account", "a minister", POSITION, "concern", ("bound",)),
            "Changes to concern on position I-02/narrow, according to a minister (through: Bound on the date).",
        ),
        (
            Hinge("position", "", POSITION, "concern", ()),
            "Changes to concern on position I-02/narrow.",
        ),
    ],
)
def test_what_would_change_an_outcome_is_a_sentence(
    hinge: Hinge, sentence: str, finding: Finding, wording: Wording
) -> None:
    found = with_insight(finding, hinges=(hinge,))
    assert [sentence] == [*carried.hinges(found, {"wide_reading": "I-02"}, wording)]


def test_an_outcome_that_nothing_changes_is_robust(finding: Finding, wording: Wording) -> None:
    known = replace(finding, strength="S3")
    assert [wording.explain.robust] == [*carried.hinges(with_insight(known), {}, wording)]


def test_a_search_that_stopped_early_says_so(finding: Finding, wording: Wording) -> None:
    *_, last = carried.hinges(with_insight(finding, hinges_fully=False), {}, wording)
    assert "There are more than 512 alternatives: not all combinations of two were looked at." == last


def test_of_what_was_not_looked_at_nothing_is_said(finding: Finding, wording: Wording) -> None:
    assert [] == [*carried.hinges(finding, {}, wording)]
    assert [] == [*carried.routes(finding, wording)]
    assert () == carried.firmer(finding, wording)


def test_the_same_sentence_on_several_findings_is_told_once(finding: Finding, wording: Wording) -> None:
    robust = with_insight(replace(finding, strength="S3"))
    hinging = with_insight(finding, hinges=(Hinge("date", "in May", (), "concern", ("bound",)),))
    page = Page(wording, Citations((), wording.report), Numbered((), (), {}), {})
    told = [*carried.hinges_of([robust, robust, hinging], page, robust=True)]
    assert [
        (wording.explain.robust, 2),
        ("Changes to concern if it happened in May (through: Bound on the date).", 1),
    ] == [(sentence, len(concerned)) for sentence, concerned in told]
    assert 1 == len([*carried.hinges_of([robust, hinging], page, robust=False)])


def test_what_would_raise_an_outcome_names_each_thing_with_its_strength(finding: Finding, wording: Wording) -> None:
    needs = (Need("conduct", "the act: sale", "S1"), Need("bound", "the date", "S1"))
    found = with_insight(finding, firmer=Firmer("reasonable_grounds", "S3", needs))
    assert (
        "It would be raised by one step, to reasonable grounds, by support of S3 (corroborated) for: the act: sale "
        f"(so far S1); the date (so far S1). {wording.explain.evidence['S3']}"
    ) == plain(carried.firmer(found, wording))


def test_what_support_alone_does_not_turn_into_another_outcome_says_so(finding: Finding, wording: Wording) -> None:
    found = with_insight(finding, firmer=Firmer("concern", "S2", (Need("bound", "the date", "S1"),)))
    sentence = plain(carried.firmer(found, wording))
    assert sentence.startswith("It would be better supported by S2 (indicated) for: the date (so far S1).")
    assert "It stays concern until the conduct is reported to have occurred." in sentence


@pytest.mark.parametrize(
    ("why", "expected"),
    [
        ("degree", "before a competent body has judged a matter of degree: “Care”."),
        ("contested", "as long as the reading it rests on is contested: “Care”."),
        (
            "contested_and_degree",
            (
                "before a competent body has judged a matter of degree, and as long as a reading it rests on is "
                "contested: “Care”."
            ),
        ),
    ],
)
def test_a_term_that_limits_an_outcome_is_named_with_why(
    why: str, expected: str, finding: Finding, wording: Wording
) -> None:
    found = with_insight(finding, firmer=Firmer("credible_concern", "", (Need("degree", "“Care”", ""),), why))
    assert f"No further evidence raises it {expected}" == plain(carried.firmer(found, wording))


@pytest.mark.parametrize("why", ["law", "dispute", "reading"])
def test_what_no_evidence_raises_says_why(why: str, finding: Finding, wording: Wording) -> None:
    found = with_insight(finding, firmer=Firmer("established", "", (), why))
    assert wording.explain.capped[why] == plain(carried.firmer(found, wording))


def test_an_exception_that_limits_an_outcome_is_named(finding: Finding, wording: Wording) -> None:
    found = with_insight(
        finding, firmer=Firmer("concern", "", (Need("wt-2", "Gifts (Was it free?)", ""),), "exception")
    )
    assert plain(carried.firmer(found, wording)).endswith("only taken not to apply: Gifts (Was it free?).")


def route(*groups: tuple[FactSet, ...], outcome: str = "concern") -> Route:
    return Route((outcome,), groups)


@pytest.mark.parametrize(
    ("settling", "sentence", "ways"),
    [
        (
            route(((WHO,),), ((WHAT,),)),
            "The outcome would be concern if all of these were answered so:",
            ["Who? — a dealer", "crates: What? — widgets"],
        ),
        (
            route(((WHO,), (WHAT, WHY))),
            "The outcome would be concern if one of these were answered so:",
            ["Who? — a dealer", "crates: What? — widgets; and: Sold? — no"],
        ),
        (
            route(((WHO,),), ((WHAT,), (WHY,))),
            "The outcome would be concern if all of these were answered so:",
            ["Who? — a dealer", "one of these: (a) crates: What? — widgets; (b) crates: Sold? — no"],
        ),
        (
            route(((ask("Where?"),),), ((WHO, WHAT), (WHO, WHY))),
            "The outcome would be concern if all of these were answered so:",
            [
                "Where? — yes",
                "Who? — a dealer",
                "one of these: (a) crates: What? — widgets; (b) crates: Sold? — no",
            ],
        ),
        (
            route(((WHO,), (WHY,)), outcome="not_applicable"),
            "It would be ruled out (not applicable) by any one of these answers:",
            ["Who? — a dealer", "crates: Sold? — no"],
        ),
    ],
)
def test_what_would_settle_a_finding_is_told_by_direction(
    settling: Route, sentence: str, ways: list[str], undetermined: Finding, wording: Wording
) -> None:
    ((told, found),) = carried.routes(with_insight(undetermined, settled_by=(settling,)), wording)
    assert (sentence, ways) == (plain(told), [plain(way) for way in found])


def test_several_outcomes_are_told_as_alternatives(undetermined: Finding, wording: Wording) -> None:
    settling = Route(("not_applicable", "no_finding"), (((WHO,),),))
    ((told, _),) = carried.routes(with_insight(undetermined, settled_by=(settling,)), wording)
    assert "It would be ruled out (not applicable or no finding) by any one of these answers:" == plain(told)


@pytest.mark.parametrize(
    ("groups", "sentence", "ways"),
    [
        ((((WHO,), (WHY,)),), "The outcome would be concern if one of these were so:", 2),
        ((((WHO,),), ((WHY,),)), "The outcome would be concern only if all of these were so:", 2),
    ],
)
def test_what_would_have_let_a_finding_past_is_told(
    groups: tuple[tuple[FactSet, ...], ...], sentence: str, ways: int, inapplicable: Finding, wording: Wording
) -> None:
    told, found = carried.past(with_insight(inapplicable, past=(route(*groups),)), wording)
    assert (sentence, ways) == (plain(told), len(found))


def test_that_no_small_change_lets_a_finding_past_is_told(inapplicable: Finding, wording: Wording) -> None:
    told, ways = carried.past(with_insight(inapplicable), wording)
    assert (wording.explain.no_past, ()) == (plain(told), ways)
