from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from treatycheck.findings import Answered, BearerRef, Element, Finding, Insight, Missing, RegisterRef, Report, Route
from treatycheck.report.blocks import Block, Heading, Items, Line, Paragraph, Table
from treatycheck.report.layout import layout
from treatycheck.rulebook.model import Wording

Reports = Callable[..., Report]
WHO, WHAT, WHEN = Missing("actor", "Who was it?"), Missing("object", "What was it?"), Missing("date", "When was it?")


def text(line: Line) -> str:
    return "".join(f"[{run.text}]" if run.mark == "note" else run.text for run in line)


def paragraphs(blocks: tuple[Block, ...]) -> dict[str, str]:
    return {block.number: text(block.line) for block in blocks if isinstance(block, Paragraph) if block.number}


def below(blocks: tuple[Block, ...], number: str) -> Block:
    """What stands right below a paragraph."""
    place = next(at for at, block in enumerate(blocks) if isinstance(block, Paragraph) and block.number == number)
    return blocks[place + 1]


def items(blocks: tuple[Block, ...], number: str) -> list[str]:
    found = below(blocks, number)
    assert isinstance(found, Items)
    return [f"{label} {text(line)}" for label, line in found.entries]


@pytest.fixture
def open_sale(undetermined: Finding) -> Finding:
    return replace(undetermined, missing=(WHO, WHAT), positions=(), assumed_not=())


@pytest.fixture
def open_gift(open_sale: Finding) -> Finding:
    """A second provision of the same instrument, on the same bearer and event."""
    conduct = Element("conduct", "Conduct", "unknown", "", "", (), ())
    return replace(
        open_sale,
        rule="gift",
        title="Gift of widgets",
        citation="WT, Art. 2",
        missing=(WHEN, WHO),
        elements=(conduct,),
        confidence="settled",
    )


def test_one_provision_is_told_in_a_sentence(open_sale: Finding, report_of: Reports, wording: Wording) -> None:
    blocks = layout(report_of(open_sale), wording)
    heading = next(block for block in blocks if isinstance(block, Heading) and block.number == "1.")
    assert text(heading.line) == "Arcadia — Arcadia sells widgets"
    assert paragraphs(blocks) == {
        "1.1": "Status. Arcadia. WT: State Party since 1 March 1999.",
        "1.2": "Facts alleged and reply. Event E1 in document 1. Asserted by a minister, against its own interest. "
        "Relayed by The Daily Arcadian, then this article. Modality: occurred. Date not stated, read as some day "
        "between 2018 and 2019.",
        "1.3": "Open under WT, Art. 1: Sale of widgets. Not known: bound. Law: contested. Id: 0123456789ab.",
        "1.4": "Would be settled by: ",
    }
    assert items(blocks, "1.4") == ["(a) Who was it?", "(b) What was it?"]


def test_several_provisions_stand_in_one_table(
    open_sale: Finding, open_gift: Finding, report_of: Reports, wording: Wording
) -> None:
    blocks = layout(report_of(open_sale, open_gift), wording)
    table = below(blocks, "1.3")
    assert isinstance(table, Table)
    assert [[text(cell) for cell in row] for row in table.rows] == [
        ["WT, Art. 1: Sale of widgets (0123456789ab)", "bound", "contested"],
        ["WT, Art. 2: Gift of widgets (0123456789ab)", "conduct", "settled"],
    ]


def test_a_gate_that_is_denied_too_weakly_to_decide_is_among_those_not_known(
    open_sale: Finding, open_gift: Finding, report_of: Reports, wording: Wording
) -> None:
    denied = replace(
        open_gift, elements=tuple(replace(one, truth="false", strength="S1") for one in open_gift.elements)
    )
    table = below(layout(report_of(open_sale, denied), wording), "1.3")
    assert isinstance(table, Table)
    assert ["bound", "conduct"] == [text(row[1]) for row in table.rows]


def test_a_question_is_asked_once_and_those_of_most_rules_come_first(
    open_sale: Finding, open_gift: Finding, report_of: Reports, wording: Wording
) -> None:
    third = replace(open_gift, rule="loan", citation="WT, Art. 3")
    assert items(layout(report_of(open_sale, open_gift, third), wording), "1.4") == [
        "(a) Who was it? — all.",
        "(b) When was it? — WT, Arts 2, 3.",
        "(c) What was it? — WT, Art. 1.",
    ]


def test_a_question_says_what_it_is_about_and_what_is_known(
    open_sale: Finding, report_of: Reports, wording: Wording
) -> None:
    about = tuple(replace(WHAT, about=name, known=f"{name} only alleged") for name in ("crates", "boxes"))
    asked = replace(open_sale, missing=about)
    assert items(layout(report_of(asked), wording), "1.4") == [
        "(a) What was it? (about: crates; boxes) Known: crates only alleged; boxes only alleged."
    ]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("crates",), "(a) What was it? (about: crates) Ruled out by: “sand”."),
        (("crates", "boxes"), "(a) What was it? (about: crates; boxes) Ruled out by: “sand” (crates), “sand” (boxes)."),
    ],
)
def test_what_an_answer_is_about_is_said_again_only_where_there_are_several(
    names: tuple[str, ...], expected: str, open_sale: Finding, report_of: Reports, wording: Wording
) -> None:
    about = tuple(replace(WHAT, about=name) for name in names)
    ended = Route(("not_applicable",), (tuple((Answered(one, "sand"),) for one in about),))
    asked = replace(open_sale, missing=about, insight=Insight(settled_by=(ended,)))
    assert items(layout(report_of(asked), wording), "1.4") == [expected]


def test_of_many_answers_some_are_named_and_none_is_quoted(
    open_sale: Finding, report_of: Reports, wording: Wording
) -> None:
    ended = Route(("not_applicable",), (((Answered(WHAT, "a, b, c, d", "a, b or another (4 in all)"),),),))
    asked = replace(open_sale, missing=(WHAT,), insight=Insight(settled_by=(ended,)))
    told = "(a) What was it? Ruled out by: a, b or another (4 in all)."
    assert items(layout(report_of(asked), wording), "1.4") == [told]


def test_three_questions_in_a_row_that_were_asked_before_are_pointed_to(
    open_sale: Finding, report_of: Reports, wording: Wording
) -> None:
    three = replace(open_sale, missing=(WHO, WHAT, WHEN))
    more = replace(three, event="E2", missing=(Missing("act", "Which act was it?"), WHO, WHAT, WHEN))
    assert items(layout(report_of(three, more), wording), "2.4") == [
        "(a) Which act was it?",
        "(b) The 3 questions in paragraph 1.4(a) to (c)",
    ]


def test_two_questions_are_asked_again(open_sale: Finding, report_of: Reports, wording: Wording) -> None:
    again = replace(open_sale, event="E2")
    assert items(layout(report_of(open_sale, again), wording), "2.4") == ["(a) Who was it?", "(b) What was it?"]


def test_questions_are_pointed_to_where_most_of_them_stand_in_a_row(
    open_sale: Finding, report_of: Reports, wording: Wording
) -> None:
    how = Missing("way", "How was it?")
    first = replace(open_sale, missing=(WHO, WHEN))
    second = replace(open_sale, event="E2", missing=(WHO, WHAT, how))
    third = replace(open_sale, event="E3", missing=(WHO, WHAT, how))
    assert items(layout(report_of(first, second, third), wording), "3.4") == [
        "(a) The 3 questions in paragraph 2.4(a) to (c)"
    ]


def test_a_provision_that_asks_nothing_has_no_list(open_sale: Finding, report_of: Reports, wording: Wording) -> None:
    assert "1.4" not in paragraphs(layout(report_of(replace(open_sale, missing=())), wording))


def test_the_same_status_under_two_instruments_is_told_once(
    open_sale: Finding, open_gift: Finding, report_of: Reports, wording: Wording
) -> None:
    elsewhere = replace(open_gift, instrument="gt", citation="GT, Art. 4")
    found = paragraphs(layout(report_of(open_sale, elsewhere, abbreviations={"wt": "WT", "gt": "GT"}), wording))
    assert found["1.1"] == "Status. Arcadia. WT, GT: State Party since 1 March 1999."


def test_an_instrument_whose_register_does_not_speak_of_the_bearer_has_no_status(
    open_sale: Finding, open_gift: Finding, report_of: Reports, wording: Wording
) -> None:
    elsewhere = replace(open_gift, instrument="gt", citation="GT, Art. 4", status="")
    found = paragraphs(layout(report_of(open_sale, elsewhere), wording))
    assert found["1.1"] == "Status. Arcadia. WT: State Party since 1 March 1999."


def test_quotes_of_all_provisions_are_printed_once(
    open_sale: Finding, open_gift: Finding, report_of: Reports, wording: Wording
) -> None:
    assert items(layout(report_of(open_sale, open_gift), wording), "1.2") == ["• “they sold it”[1]"]


def test_assumed_exceptions_are_named_with_their_provision(
    open_sale: Finding, finding: Finding, report_of: Reports, wording: Wording
) -> None:
    assumed = replace(open_sale, elements=finding.elements, assumed_not=("wt-2",))
    found = paragraphs(layout(report_of(assumed), wording))
    assert found["1.5"] == "Exceptions. Assumed not to apply: Gifts (WT, Art. 1)."


def test_what_is_known_too_weakly_is_told_by_its_strength(
    open_sale: Finding, open_gift: Finding, report_of: Reports, wording: Wording
) -> None:
    weak = replace(open_gift, elements=(), strength="S1", weakest=("conduct",))
    table = below(layout(report_of(open_sale, weak), wording), "1.3")
    assert isinstance(table, Table)
    assert text(table.rows[1][1]) == "S1: conduct"


@pytest.mark.parametrize(("verified", "told"), [("yes", False), ("partly", True), ("no", True)])
def test_register_rows_that_nobody_verified_are_named(
    verified: str, told: bool, open_sale: Finding, report_of: Reports, wording: Wording
) -> None:
    row = RegisterRef("models.csv", 4, "crate", "catalogue", verified)
    looked_up = replace(open_sale.elements[-1], name="object", registers=(row,))
    found = paragraphs(layout(report_of(replace(open_sale, elements=(looked_up,))), wording))
    assert told == any(one.startswith("Registers. Looked up in rows that are not verified") for one in found.values())


def test_a_position_is_told_once_for_all_provisions(
    open_sale: Finding, open_gift: Finding, finding: Finding, report_of: Reports, wording: Wording
) -> None:
    both = [replace(one, positions=finding.positions) for one in (open_sale, open_gift)]
    found = paragraphs(layout(report_of(*both), wording))
    assert [line for line in found.values() if line.startswith("On position")] == [
        "On position I-02 (wide_reading: wide). It reaches sales. Confidence: contested."
    ]


def test_what_is_contested_of_several_provisions_is_told_once(
    open_sale: Finding, open_gift: Finding, report_of: Reports, wording: Wording
) -> None:
    both = [replace(one, contested=("Whether the treaty binds is contested.",)) for one in (open_sale, open_gift)]
    found = paragraphs(layout(report_of(*both), wording))
    assert [line for line in found.values() if line.startswith("What is contested")] == [
        "What is contested. Whether the treaty binds is contested."
    ]


def test_a_bearer_behind_another_actor_is_shown_in_two_branches(
    open_sale: Finding, report_of: Reports, wording: Wording
) -> None:
    behind = replace(open_sale, bearer=BearerRef("ARC", "Arcadia", "state", "Guild", "company"))
    itself = replace(open_sale, bearer=BearerRef("", "Guild", "company"))
    found = paragraphs(layout(report_of(behind, itself), wording))
    assert found["1.3"] == "Attribution. If Guild acted for Arcadia, this; if not, see 2."
