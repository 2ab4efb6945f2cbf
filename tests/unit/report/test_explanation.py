"""The page that explains findings: what is shown of a proof, how often a source is told, and what has no part."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from treatycheck.explain.proof import ANYTHING, NOTHING
from treatycheck.explanations import Engaging, ExceptionState, Explanation, Explanations, First
from treatycheck.findings import (
    Answered,
    BearerRef,
    Element,
    Finding,
    Insight,
    Missing,
    Node,
    PositionUse,
    QuoteRef,
    Receipt,
    RegisterRef,
    Report,
    Route,
)
from treatycheck.report import terminal
from treatycheck.report.explanation import layout, render
from treatycheck.report.steps import Shown
from treatycheck.rulebook.model import Wording

Reports = Callable[..., Report]
Told = Callable[..., str]

QUOTE = QuoteRef("a.txt", "sold", 10, 23, 2, "they sold it")
ROW = RegisterRef("status.csv", 7, "ARC", "gazette of 1999", "partly")
SPEAKING = Engaging(("sale", "lease"), "gift", ("seller",), ("giver",))
NONE_INVOKED = (ExceptionState("wt-2", "Gifts", invoked=False, at_most="S4"),)


def fact(label: str, *values: str, truth: str = "true", strength: str = "S1", relevant: bool = True) -> Node:
    quotes = ("sold",) if values else ()
    return Node("fact", label, truth, strength, relevant=relevant, values=values, quotes=quotes)


def term(label: str, *children: Node, truth: str = "true", kind: str = "term", at_most: str = "") -> Node:
    provision = "wt:1" if kind == "term" else ""
    return Node(kind, label, truth, "S1", relevant=True, provision=provision, children=children, at_most=at_most)


STATUS = Node(
    "status", "bound under the Widget Treaty", "true", "S3", relevant=True, values=("joined",), registers=(ROW,)
)
SOLD = fact("Was it sold? Asked: yes", "yes (S1, “perhaps”)")
GIFT = Node("term", "Gifts", "unknown", "", relevant=True, provision="wt:2", children=(fact("Was it free?"),))


@pytest.fixture
def proved(finding: Finding) -> Finding:
    """The concern with a proof of each of its elements."""
    return replace(finding, proof=(STATUS, term("Sale", SOLD), GIFT), insight=Insight())


@pytest.fixture
def receipt(report_of: Reports) -> Receipt:
    return report_of().receipt


@pytest.fixture
def told(wording: Wording, receipt: Receipt) -> Told:
    """The page on some explanations, or on one finding with changes to its explanation."""

    def page(*found: Finding, shown: Shown | None = None, first: tuple[First, ...] = (), **changes: object) -> str:
        explained = tuple(
            replace(Explanation(one, "actual", "S4", True, NONE_INVOKED, SPEAKING), **changes)  # type: ignore[arg-type]
            for one in found
        )
        blocks = layout(
            Explanations(receipt, (), explained, first),
            wording,
            lambda provision: f"WT, Art. {provision[3:]}",
            shown or Shown(),
        )
        return terminal.text(blocks, width=120)

    return page


def with_conduct(finding: Finding, node: Node) -> Finding:
    return replace(finding, proof=(finding.proof[0], node, finding.proof[2]))


def test_nothing_found_is_said(told: Told) -> None:
    page = told()
    assert "Nothing that was asked for has a finding." in page
    assert "What did not decide" not in page


def test_a_finding_is_told_with_its_event_its_outcome_and_its_id(told: Told, proved: Finding) -> None:
    page = told(proved)
    assert "1. WT, Art. 1 — Sale of widgets — Arcadia\n" in page
    assert "Event E1 (a.txt): Arcadia sells widgets. Id: 0123456789ab." in page
    assert "Concern. Concern that Arcadia sold widgets (WT, Art. 1)." in page


def test_a_denial_is_told_beside_the_event(told: Told, proved: Finding) -> None:
    assert "Arcadia sells widgets. Denied by the President. Id:" in told(
        replace(proved, dispute="denied", dispute_by="the President")
    )


def test_a_person_is_not_named_in_a_heading(told: Told, proved: Finding) -> None:
    page = told(replace(proved, bearer=BearerRef("", "Ms Marple", "person")))
    assert "1. WT, Art. 1 — Sale of widgets — A person\n" in page


def test_a_proof_goes_down_to_its_sources(told: Told, proved: Finding) -> None:
    assert (
        "• yes S3: Bound on the date\n"
        "  • yes S3: bound under the Widget Treaty — joined\n"
        "    • [1] register status.csv, row 7, PARTLY VERIFIED; source: gazette of 1999\n"
        "• yes S1: Conduct\n"
        "  • yes S1: Sale (WT, Art. 1)\n"
        "    • yes S1: Was it sold? — yes (S1, “perhaps”)\n"
        "      • [2] “they sold it” a.txt, characters 10 to 23, line 2\n"
    ) in told(proved)


def test_a_quote_is_told_once_and_referred_to_from_then_on(told: Told, proved: Finding) -> None:
    again = fact("By whom? Asked: a dealer", "a dealer (S1)")
    page = told(with_conduct(proved, term("Sale", SOLD, again)))
    assert 1 == page.count("“they sold it”")
    assert "• yes S1: By whom? — a dealer [2]\n" in page


def test_what_is_asked_for_is_told_where_it_is_not_what_is_said(told: Told, proved: Finding) -> None:
    other = fact("By whom? Asked: a dealer or a shop", "a dealer (S1)")
    assert "By whom? — a dealer (asked for: a dealer or a shop)" in told(with_conduct(proved, other))


def test_an_answer_that_two_steps_ask_for_is_told_once(told: Told, proved: Finding) -> None:
    wide = fact("By whom? Asked: a dealer or a shop", "a dealer (S1)")
    narrow = fact("By whom? Asked: a dealer", "a dealer (S1)")
    found = with_conduct(proved, term("Sale", wide, term("any of these", narrow, kind="any"), SOLD))
    assert 1 == told(found).count("By whom?")
    assert 2 == told(found, shown=Shown(everything=True)).count("By whom?")


def test_different_answers_to_one_question_are_all_told(told: Told, proved: Finding) -> None:
    one, other = fact("By whom? Asked: a dealer", "a dealer (S1)"), fact("By whom? Asked: a shop", "a shop (S1)")
    refused = fact("By whom? Asked: a maker", "a shop (S1)", truth="false")
    assert 3 == told(with_conduct(proved, term("Sale", one, other, refused))).count("By whom?")


@pytest.mark.parametrize("asked", [ANYTHING, NOTHING])
def test_silence_is_not_told_as_an_answer(asked: str, told: Told, proved: Finding) -> None:
    silent = fact(f"Was it sold? Asked: {asked}", truth="false", strength="S4")
    word = "anything" if asked == ANYTHING else "nothing"
    assert f"• no S4: Is {word} said of this: Was it sold? — nothing is said of it\n" in told(
        with_conduct(proved, silent)
    )


def test_what_has_to_be_excluded_is_told_so(told: Told, proved: Finding) -> None:
    lent = fact("Was it lent? Asked: yes", "no (S1)", truth="false")
    page = told(with_conduct(proved, term("not", lent, kind="not")))
    assert "• no S1: Was it lent? (to be excluded) — no (asked for: yes)" in page


def test_ways_of_which_any_will_do_stay_apart(told: Told, proved: Finding) -> None:
    ways = [term("all of these", SOLD, fact(f"Was it {one}? Asked: yes", "yes (S1)"), kind="all") for one in "ab"]
    page = told(with_conduct(proved, term("any of these", *ways, kind="any")))
    assert (
        "  • yes S1: any of these\n    • yes S1: all of these\n      • yes S1: Was it sold? — yes (S1, “perhaps”)\n"
    ) in page
    assert 2 == page.count("    • yes S1: all of these\n")


def test_what_all_has_to_be_so_is_told_without_a_step_of_its_own(told: Told, proved: Finding) -> None:
    both = term("all of these", SOLD, fact("Was it new? Asked: yes", "yes (S1)"), kind="all")
    page = told(with_conduct(proved, term("Sale", both)))
    assert "all of these" not in page
    assert "    • yes S1: Was it new? — yes [2]\n" in page


def test_a_limit_of_a_step_is_told(told: Told, proved: Finding) -> None:
    assert "• yes S1: Sale (WT, Art. 1) (at most S3)\n" in told(with_conduct(proved, term("Sale", SOLD, at_most="S3")))


def test_the_position_that_chose_the_reading_of_a_step_is_told(told: Told, proved: Finding) -> None:
    sale = term("Sale", SOLD)._replace(
        position=PositionUse("wide_reading", "I-02", "wide", "It reaches sales.", "contested")
    )
    page = told(with_conduct(proved, sale))
    assert "• yes S1: Sale (WT, Art. 1) (on position I-02 (wide_reading: wide); contested)\n" in page


def test_what_a_question_of_status_turned_on_is_told(told: Told, proved: Finding) -> None:
    unlisted = STATUS._replace(truth="unknown", strength="", values=(), note="unlisted")
    page = told(replace(proved, proof=(unlisted, *proved.proof[1:])))
    assert "• not known: bound under the Widget Treaty (not listed in the register)\n" in page


def test_steps_below_the_depth_are_left_out_and_said_to_be_there(told: Told, proved: Finding) -> None:
    page = told(proved, shown=Shown(depth=1))
    assert "  • yes S1: Sale (WT, Art. 1) … and what it rests on (--depth)\n" in page
    assert "Was it sold?" not in page


def test_what_did_not_decide_is_shown_only_with_all(told: Told, proved: Finding) -> None:
    lent = fact("Was it lent? Asked: yes", truth="unknown", strength="", relevant=False)
    found = with_conduct(proved, term("Sale", term("all of these", SOLD, lent, kind="all")))
    assert "Was it lent?" not in told(found)
    assert "What did not decide is left out; --all shows it." in told(found)
    everything = told(found, shown=Shown(everything=True))
    assert "• not known: Was it lent? — nothing is said of it\n" in everything
    assert "• yes S1: all of these\n" in everything
    assert "What did not decide" not in everything


def test_an_exception_is_called_once_with_its_provision(told: Told, proved: Finding) -> None:
    excluded = GIFT._replace(truth="false", strength="S2", children=(fact("Was it free?", "no (S2)", truth="false"),))
    elements = (*proved.elements[:2], Element("wt-2", "Exception: Gifts", "false", "S2", "", (), ()))
    found = replace(proved, assumed_not=(), elements=elements, proof=(*proved.proof[:2], excluded))
    page = told(found)
    assert "• no S2: Exception: Gifts (WT, Art. 2)\n  • no S1: Was it free?" in page


def test_exceptions_of_which_nothing_is_said_are_told_in_one_line(told: Told, proved: Finding) -> None:
    silence = fact(f"For what? Asked: {ANYTHING}", truth="false", strength="S4")
    excluded = GIFT._replace(truth="false", strength="S4", children=(silence,))
    elements = (*proved.elements[:2], Element("wt-2", "Exception: Gifts", "false", "S4", "", (), ()))
    found = replace(proved, assumed_not=(), elements=elements, proof=(*proved.proof[:2], excluded))
    assert "• Not in question, as nothing that they require is said: Gifts (WT, Art. 2).\n" in told(found)
    assert "Exception: Gifts" not in told(found)
    assert "• no S4: Exception: Gifts (WT, Art. 2)\n" in told(found, shown=Shown(everything=True))


def test_an_exception_taken_not_to_apply_is_told_with_what_it_leaves(told: Told, proved: Finding) -> None:
    assert "• Taken not to apply, as nothing suggests it: Gifts.\n" in told(proved)
    limited = (ExceptionState("wt-2", "Gifts", invoked=False, at_most="S1"),)
    assert "as nothing suggests it, which leaves no more than S1: Gifts.\n" in told(proved, exceptions=limited)


def test_a_limit_of_the_law_and_law_that_is_not_read_are_told(told: Told, proved: Finding) -> None:
    assert "• The law of this rule is contested; it carries no conclusion above S3.\n" in told(proved, limit="S3")
    assert "• The law after the last day of the registers is not read" in told(proved, readable=False)


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("act", "The rule speaks of sale or lease; the event is recorded as gift."),
        ("role", "The rule is on whoever takes part as seller; Arcadia takes part as giver."),
        ("only_if", "The rule asks something beforehand, and what is said speaks against it."),
    ],
)
def test_a_rule_that_is_not_engaged_says_why(reason: str, sentence: str, told: Told, proved: Finding) -> None:
    unengaged = replace(proved, outcome="no_finding", strength="", weakest=())
    page = told(unengaged, unengaged=(reason,))
    assert sentence in page
    assert "What would have let it past\n" in page
    assert "What it hinges on" not in page


def test_of_what_does_not_apply_only_what_stopped_it_is_proved(told: Told, inapplicable: Finding) -> None:
    stopping = Element("bound", "Bound on the date", "false", "S4", "", (), (ROW,))
    found = replace(
        inapplicable,
        elements=(stopping, *inapplicable.elements[1:]),
        proof=(STATUS._replace(truth="false", strength="S4"), term("Sale", SOLD), GIFT),
        insight=Insight(),
    )
    page = told(found)
    assert "• no S4: Bound on the date\n" in page
    assert "Conduct" not in page
    assert "No small change of facts would let it past." in page


def test_of_what_is_undetermined_only_what_is_open_is_proved(told: Told, undetermined: Finding) -> None:
    asked = Answered(Missing("actor", "Who was it?"), "a dealer")
    insight = Insight((Route(("concern",), (((asked,),),)),), settled_fully=False)
    found = replace(undetermined, proof=(STATUS._replace(truth="unknown", strength=""),), insight=insight)
    page = told(found)
    assert "Undetermined. Cannot be determined under WT, Art. 1; what is missing is told below.\n" in page
    assert "The outcome would be concern if all of these were answered so:\n\n• Who was it? — a dealer\n" in page
    assert "There are too many combinations to look through; only small ones are shown.\n" in page


def test_positions_are_told_with_their_question_and_confidence(told: Told, proved: Finding) -> None:
    assert "• I-02 (wide_reading: wide). " in told(proved)
    assert "It reaches sales. (contested)\n" in told(proved)


def test_what_is_contested_besides_the_positions_is_told(told: Told, proved: Finding) -> None:
    page = told(replace(proved, contested=("Whether the treaty binds is contested.",)))
    assert "• Whether the treaty binds is contested.\n" in page
    assert "What is contested\n" in page
    assert "What is contested" not in told(proved)


def test_what_to_find_out_first_is_told_of_several_findings_alone(told: Told, proved: Finding) -> None:
    who = Answered(Missing("actor", "Who was it?"), "a dealer")
    what = Answered(Missing("object", "What was it?", "crates"), "widgets")
    other = replace(proved, id="fedcba987654")
    first = (
        First("E1", (who,), (proved, other), ruling_out=(proved, other)),
        First("E1", (what,), (other,), flagging=(other,), ruling_out=(other,)),
        First("E1", (who, what), (other,), flagging=(other,)),
    )
    assert "What to find out first" not in told(proved, first=first)
    page = told(proved, other, first=first)
    flags, _, rules_out = page.partition("What would rule a matter out\n")
    assert "What would raise a flag\n\n• Event E1: crates: What was it? — could flag 1 finding\n" in flags
    assert "Who was it?" not in flags
    assert rules_out.startswith(
        "\n• Event E1: Who was it? — could rule out 2 findings\n"
        "• Event E1: crates: What was it? — could rule out 1 finding\n"
    )
    assert "; and: " not in page


@pytest.mark.parametrize(("everything", "expected"), [(False, 10), (True, 12)])
def test_all_that_is_to_be_found_out_first_is_told_on_request(
    everything: bool,
    expected: int,
    told: Told,
    proved: Finding,
) -> None:
    other = replace(proved, id="fedcba987654")
    asked = [Answered(Missing("actor", f"Who was number {number}?"), "a dealer") for number in range(12)]
    first = tuple(First("E1", (one,), (proved,), flagging=(proved,)) for one in asked)
    assert expected == told(proved, other, first=first, shown=Shown(None, everything)).count("Who was number")


# Several findings on one event.


def test_what_findings_on_one_event_share_is_told_once(told: Told, proved: Finding) -> None:
    page = told(proved, replace(proved, id="fedcba987654", title="Lease of widgets"))
    first, _, second = page.partition("\n2. ")
    assert first.count("Event E1: ") == page.count("Event E1: ") == 1
    assert page.count("[1] ") == page.count("they sold it") == 1
    assert "As under 1: Why; What it hinges on" in second
    assert page.count("It reaches sales.") == 1


def test_a_finding_by_itself_points_nowhere(told: Told, proved: Finding) -> None:
    assert "under 1" not in told(proved)


def test_what_is_told_of_one_event_is_told_again_of_another(told: Told, proved: Finding) -> None:
    page = told(proved, replace(proved, id="fedcba987654", event="E2"))
    assert page.count("they sold it") == page.count("It reaches sales.") == 2
    assert "under 1" not in page


def test_only_the_element_that_is_alike_is_pointed_to(told: Told, proved: Finding) -> None:
    other = fact("Was it leased? Asked: yes", "yes (S1)")
    page = told(proved, replace(proved, id="fedcba987654", proof=(STATUS, term("Lease", other), GIFT)))
    first, _, second = page.partition("\n2. ")
    assert "Bound on the date (as under 1)\n" in second
    assert ("they sold it" in first, "they sold it" in second, "Was it leased? — yes [2]" in second) == (
        True,
        False,
        True,
    )


def test_a_long_entry_is_told_by_its_beginning_the_second_time(told: Told, proved: Finding) -> None:
    asked = [Answered(Missing("actor", f"Was it {'the dealer ' * 15}or {who}?"), "yes") for who in ("Ann", "Bob")]
    open_ones = [
        replace(
            proved,
            id=f"{number}" * 12,
            outcome="undetermined",
            insight=Insight(settled_by=(Route(("not_applicable",), (tuple((one,) for one in asked[: number + 1]),)),)),
        )
        for number in (0, 1)
    ]
    page = " ".join(told(*open_ones).split())
    assert page.count("or Ann?") == 1
    assert page.count("… (as under 1)") == 1


def test_json_has_the_proof_of_each_element_in_its_place(receipt: Receipt, proved: Finding) -> None:
    one = Explanation(proved, "actual", "S3", False, NONE_INVOKED, SPEAKING, ("act",))
    found = json.loads(render(Explanations(receipt, (), (one,))))
    assert "treatycheck.explain/1" == found["schema"]
    (told,) = found["explained"]
    assert ["bound", "conduct", "wt-2"] == [element["name"] for element in told["proof"]]
    assert ("S3", False, ["act"], []) == (
        told["limit"],
        told["readable"],
        told["unengaged"],
        told["finding"]["proof"],
    )
    assert [{"name": "wt-2", "title": "Gifts", "invoked": False, "at_most": "S4"}] == told["exceptions"]


def test_json_is_no_deeper_than_asked_for(receipt: Receipt, proved: Finding) -> None:
    one = Explanation(proved, "actual", "S4", True, NONE_INVOKED, SPEAKING)
    found = json.loads(render(Explanations(receipt, (), (one,)), Shown(depth=0)))
    assert [False, False, False] == ["children" in element["tree"] for element in found["explained"][0]["proof"]]
