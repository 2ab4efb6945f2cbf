from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from treatycheck.explain.proof import ANYTHING
from treatycheck.findings import (
    Asked,
    BearerRef,
    ClaimResult,
    DocumentRef,
    Dormant,
    EventRef,
    Finding,
    Hinge,
    Insight,
    Material,
    Node,
    Period,
    ProcedureState,
    QuoteRef,
    RegisterRef,
    Report,
    SharedSource,
    SourceRef,
    StatusRow,
    Unasked,
)
from treatycheck.report.blocks import DASH, Block, Heading, Items, Line, Notes, Paragraph, Table, Tree
from treatycheck.report.insight import hinges
from treatycheck.report.layout import layout
from treatycheck.rulebook.model import Wording

Reports = Callable[..., Report]
QUOTE = QuoteRef("a.txt", "many", 60, 70, 5, "120 States")
ROW = RegisterRef("status.csv", 9, "BOR", "gazette", "yes")
EVENT = EventRef(
    id="E2",
    title="A gift of widgets",
    document="a.txt",
    act="gift",
    modality="is said to have occurred",
    read_as="May 2020",
    stated="date not stated",
    earliest=date(2020, 5, 1),
    latest=date(2020, 5, 31),
    exact=False,
    sources=(SourceRef("a minister", "adverse", ("The Daily Arcadian", "this article")),),
)
PERIOD = Period(date(2020, 5, 1), date(2021, 3, 26), 3, 1, (), (), ())


def text(line: Line) -> str:
    return "".join(f"[{run.text}]" if run.mark == "note" else run.text for run in line)


def headings(blocks: tuple[Block, ...], level: int) -> list[str]:
    return [
        f"{block.number} {text(block.line)}".strip()
        for block in blocks
        if isinstance(block, Heading) and block.level == level
    ]


def paragraphs(blocks: tuple[Block, ...]) -> dict[str, str]:
    return {block.number: text(block.line) for block in blocks if isinstance(block, Paragraph) if block.number}


def everything(blocks: tuple[Block, ...]) -> str:
    lines: list[Line] = []
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                lines.append(block.line)
            case Items(entries):
                lines += [line for _, line in entries]
            case Table(_, rows):
                lines += [cell for row in rows for cell in row]
            case Notes(entries):
                lines += entries
            case Tree(entries):
                lines += [entry for _, entry in entries]
            case _:
                lines += [line for _, line in block.rows]
    return "\n".join(map(text, lines))


def tables(blocks: tuple[Block, ...]) -> list[list[list[str]]]:
    return [[[text(cell) for cell in row] for row in block.rows] for block in blocks if isinstance(block, Table)]


def test_the_parts_stand_in_the_order_of_the_field(finding: Finding, report_of: Reports, wording: Wording) -> None:
    assert headings(layout(report_of(finding), wording), 2) == [
        "Material",
        "I. Note on standards",
        "II. Summary",
        "III. Findings",
        "IV. Rules considered",
        "V. Numbers check",
        "Annex A. Events",
        "Annex B. Positions and alternatives",
        "Annex C. Outcomes, and rules without a finding",
        "Annex D. Receipt",
        "Notes",
    ]


def test_remarks_procedures_and_unchecked_documents_have_parts_where_there_are_any(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    report = report_of(
        finding,
        unencoded=("b.txt",),
        claims=(ClaimResult("C1", "a.txt", "", "wrong", "", "", "", (), ()),),
        procedures=(ProcedureState("p", "Inquiry", "wt:8", "WT, Art. 8", "E1", "a.txt", "Arcadia", "", "", "", ()),),
    )
    assert headings(layout(report, wording), 2)[4:] == [
        "IV. Rules considered",
        "V. Procedures",
        "VI. Remarks",
        "VII. Numbers check",
        "Annex A. Events",
        "Annex B. Positions and alternatives",
        "Annex C. Outcomes, and rules without a finding",
        "Annex D. Documents not checked",
        "Annex E. Receipt",
        "Notes",
    ]


def test_a_finding_is_told_in_numbered_paragraphs(finding: Finding, report_of: Reports, wording: Wording) -> None:
    assert paragraphs(layout(report_of(finding), wording)) == {
        "1.1": "Status. Arcadia: State Party since 1 March 1999 (register row 7, PARTLY VERIFIED).[1]",
        "1.2": "Facts alleged and reply. Arcadia sells widgets: event E1 in document 1. Asserted by a minister, "
        "against its own interest. Relayed by The Daily Arcadian, then this article. Modality: occurred. Date not "
        "stated, read as some day between 2018 and 2019.",
        "1.3": "Conclusion. Concern that Arcadia sold widgets (WT, Art. 1). Concern; limited by S1 (alleged): conduct, "
        "exception. Severity: core prohibition. Law: contested. Id: 0123456789ab.",
        "1.4": "Exceptions. Assumed not to apply: Gifts.",
        "1.5": "On position I-02 (wide_reading: wide). It reaches sales. Confidence: contested.",
    }


def test_a_date_that_is_stated_is_given_once(finding: Finding, report_of: Reports, wording: Wording) -> None:
    dated = replace(finding, event_date="26 March 2021", event_date_stated="26 March 2021")
    found = paragraphs(layout(report_of(dated), wording))["1.2"]
    assert found.endswith("Modality: occurred. Date: 26 March 2021.")


def test_a_quote_is_given_with_its_note(finding: Finding, report_of: Reports, wording: Wording) -> None:
    assert "“they sold it”[2]" in everything(layout(report_of(finding), wording)).splitlines()


def test_a_finding_without_a_quote_says_so(finding: Finding, report_of: Reports, wording: Wording) -> None:
    bare = replace(finding, quotes=())
    found = paragraphs(layout(report_of(bare), wording))["1.2"]
    assert found.endswith("2019. No quotation is recorded.")


def test_the_facts_of_an_event_are_told_once(finding: Finding, report_of: Reports, wording: Wording) -> None:
    other = replace(finding, rule="gift")
    blocks = layout(report_of(finding, other), wording)
    assert paragraphs(blocks)["2.2"] == "Facts alleged and reply. As in paragraph 1.2 (event E1).[2]"
    assert everything(blocks).splitlines().count("“they sold it”[2]") == 1


def test_a_quote_that_is_new_is_printed_where_the_facts_are_known(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    other = replace(finding, rule="gift", quotes=(QUOTE,))
    blocks = layout(report_of(finding, other), wording)
    assert paragraphs(blocks)["2.2"] == "Facts alleged and reply. As in paragraph 1.2 (event E1)."
    assert "“120 States”[3]" in everything(blocks).splitlines()


def test_the_same_quote_is_printed_for_each_event(finding: Finding, report_of: Reports, wording: Wording) -> None:
    blocks = layout(report_of(finding, replace(finding, event="E2")), wording)
    assert everything(blocks).splitlines().count("“they sold it”[2]") == 2


def test_a_denial_is_named_wherever_the_event_is(denied: Finding, report_of: Reports, wording: Wording) -> None:
    found = paragraphs(layout(report_of(denied, replace(denied, rule="gift")), wording))
    assert found["2.2"] == (
        "Facts alleged and reply. As in paragraph 1.2 (event E1).[2] Denied by the President, as in paragraph 1.3."
    )


def test_a_denial_is_given_with_its_words(denied: Finding, report_of: Reports, wording: Wording) -> None:
    blocks = layout(report_of(denied), wording)
    assert paragraphs(blocks)["1.3"] == "Denial or reply. Denied by the President."
    assert "“we sold none”[3]" in everything(blocks).splitlines()


def test_a_denial_without_words_says_so(denied: Finding, report_of: Reports, wording: Wording) -> None:
    mute = replace(denied, dispute_quotes=())
    expected = "Denial or reply. Denied by the President. No quotation is recorded."
    assert paragraphs(layout(report_of(mute), wording))["1.3"] == expected


def test_a_denial_is_pointed_to_where_a_rule_does_not_apply(
    denied: Finding, inapplicable: Finding, report_of: Reports, wording: Wording
) -> None:
    against = replace(inapplicable, dispute="denied", dispute_by="the President")
    found = paragraphs(layout(report_of(denied, against), wording))["2."]
    assert found == "Arcadia sells widgets (event E1). Denied by the President, as in paragraph 1.3."


def test_a_denial_is_given_where_a_rule_does_not_apply(
    inapplicable: Finding, denied: Finding, report_of: Reports, wording: Wording
) -> None:
    against = replace(inapplicable, dispute="denied", dispute_by="", dispute_quotes=denied.dispute_quotes)
    assert paragraphs(layout(report_of(against), wording)) == {
        "1.": "Arcadia sells widgets (event E1). Denied: “we sold none”[1]."
    }


def test_the_elements_have_value_strength_and_notes(finding: Finding, report_of: Reports, wording: Wording) -> None:
    assert tables(layout(report_of(finding), wording))[1] == [
        ["Bound on the date", "yes", "State Party", "S3", "[1]"],
        ["Conduct", "yes", "sale", "S1", "[2]"],
    ]


def test_the_status_is_not_repeated_among_the_elements(finding: Finding, report_of: Reports, wording: Wording) -> None:
    detail = f"{finding.status}; state"
    told = replace(finding, elements=(replace(finding.elements[0], detail=detail),))
    assert tables(layout(report_of(told), wording))[1][0][2] == "see 1.1; state"


def test_an_exception_that_rests_on_the_material_is_an_element(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    gifts = replace(finding.elements[2], truth="false", strength="S2", detail="sold", quotes=finding.quotes)
    told = replace(finding, elements=(*finding.elements[:2], gifts), assumed_not=())
    assert tables(layout(report_of(told), wording))[1][2] == ["Exception: Gifts", "no", "sold", "S2", "[2]"]


def test_exceptions_that_do_not_apply_are_listed_once(finding: Finding, report_of: Reports, wording: Wording) -> None:
    loans = replace(finding.elements[2], name="wt-3", label="Exception: Loans", truth="false", strength="S4")
    told = replace(finding, elements=(*finding.elements, loans), proof=finding.proof * 4)
    found = paragraphs(layout(report_of(told, replace(told, rule="gift")), wording))
    assert [found["1.4"], found["2.4"]] == [
        "Exceptions. Excluded: Loans. Assumed not to apply: Gifts.",
        "Exceptions. Excluded: as in paragraph 1.4. Assumed not to apply: as in paragraph 1.4.",
    ]


def test_an_exception_of_which_nothing_is_said_is_not_called_ruled_out_by_what_is_said(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    gifts = replace(finding.elements[2], truth="false", strength="S4")
    loans = replace(gifts, name="wt-3", label="Exception: Loans")
    unsaid = Node("fact", f"For what? Asked: {ANYTHING}", "false", "S4", relevant=True)
    said = unsaid._replace(values=("for sale",))
    told = replace(
        finding,
        elements=(*finding.elements[:2], gifts, loans),
        proof=(*finding.proof * 2, unsaid, said),
        assumed_not=(),
    )
    assert paragraphs(layout(report_of(told), wording))["1.4"] == "Exceptions. Excluded: Loans. Unsaid: Gifts."


def test_a_denial_takes_nothing_from_a_finding_that_does_not_apply(
    denied: Finding, inapplicable: Finding, wording: Wording
) -> None:
    against = replace(inapplicable, dispute="denied", insight=Insight())
    assert [*hinges(against, {}, wording)] == [wording.explain.robust]
    assert [*hinges(replace(denied, insight=Insight()), {}, wording)] == [
        wording.explain.robust,
        wording.explain.denied,
    ]


def test_a_position_is_explained_once(finding: Finding, report_of: Reports, wording: Wording) -> None:
    found = paragraphs(layout(report_of(finding, replace(finding, rule="gift")), wording))
    assert found["2.5"] == "On position I-02 (wide_reading: wide), as in paragraph 1.5 (contested)."


def test_what_is_contested_besides_the_positions_has_a_paragraph(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    told = "What is contested. Whether the treaty binds is contested."
    doubted = replace(finding, rule="gift", contested=("Whether the treaty binds is contested.",))
    found = paragraphs(layout(report_of(finding, doubted), wording))
    assert ["2.6"] == [number for number, one in found.items() if one == told]


def test_a_position_without_a_reference_of_its_own_is_named_once(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    named = replace(finding, positions=(replace(finding.positions[0], reference=""),))
    assert paragraphs(layout(report_of(named), wording))["1.5"].startswith("On position wide_reading: wide. ")


def test_the_summary_has_a_row_for_each_finding_and_for_what_is_undetermined(
    finding: Finding,
    denied: Finding,
    undetermined: Finding,
    inapplicable: Finding,
    report_of: Reports,
    wording: Wording,
) -> None:
    other = replace(denied, event="E2")
    assert tables(layout(report_of(finding, other, undetermined, inapplicable), wording))[0] == [
        ["1", "WT, Art. 1: Sale of widgets", "E1 Arcadia", "concern, S1: conduct, exception", DASH, "contested"],
        ["2", "WT, Art. 1: Sale of widgets", "E2 Arcadia", "concern, S1: conduct, exception", "denied", "contested"],
        ["3", "WT, Art. 1: Sale of widgets", "E1 Arcadia", "undetermined, not known: bound", DASH, "contested"],
    ]


def test_several_undetermined_provisions_have_one_row(
    undetermined: Finding, report_of: Reports, wording: Wording
) -> None:
    others = [replace(undetermined, rule=str(at), citation=f"WT, Art. {at}") for at in range(2, 6)]
    conduct = replace(undetermined.elements[0], name="conduct")
    others[0] = replace(others[0], elements=(conduct,), confidence="settled")
    (row,) = tables(layout(report_of(undetermined, *others), wording))[0]
    assert row[1:] == [
        "5 provisions: WT, Arts 1, 2, 3 …",
        "E1 Arcadia",
        "undetermined, not known: bound, conduct",
        DASH,
        "contested; settled",
    ]


def test_several_rules_of_one_provision_are_told_by_their_titles(
    undetermined: Finding, report_of: Reports, wording: Wording
) -> None:
    other = replace(undetermined, rule="gift", title="Gift of widgets")
    assert tables(layout(report_of(undetermined, other), wording))[0][0][1] == (
        "WT, Art. 1: Sale of widgets; Gift of widgets"
    )


def test_a_citation_that_begins_small_has_a_capital_in_headings(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    small = replace(finding, citation="decision 7, para. 1")
    blocks = layout(report_of(small), wording)
    assert headings(blocks, 3)[0] == "1. Decision 7, para. 1 — Sale of widgets — Arcadia"
    assert tables(blocks)[0][0][1] == "Decision 7, para. 1: Sale of widgets"


def test_an_open_exception_is_named(
    undetermined: Finding, finding: Finding, report_of: Reports, wording: Wording
) -> None:
    asked = replace(undetermined, elements=finding.elements, assumed_not=())
    assert tables(layout(report_of(asked), wording))[0][0][3] == "undetermined, not known: exception"


def test_an_outcome_that_nothing_limits_has_no_weakest_element(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    bare = replace(finding, elements=(), strength="", weakest=())
    blocks = layout(report_of(bare), wording)
    assert paragraphs(blocks)["1.3"].endswith("Concern. Severity: core prohibition. Law: contested. Id: 0123456789ab.")
    assert tables(blocks)[0][0][3] == "concern"


def test_a_person_is_not_named_in_headings_and_tables(finding: Finding, report_of: Reports, wording: Wording) -> None:
    accused = replace(finding, bearer=BearerRef("", "Ottokar", "person"))
    blocks = layout(report_of(accused), wording)
    assert headings(blocks, 3)[0] == "1. WT, Art. 1 — Sale of widgets — A person"
    assert tables(blocks)[0][0][2] == "E1 A person"


def test_a_person_behind_a_state_is_not_named_there_either(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    behind = replace(finding, bearer=BearerRef("ARC", "Arcadia", "state", "Ottokar", "person"))
    blocks = layout(report_of(behind), wording)
    assert headings(blocks, 3)[0].endswith("— Arcadia (if the conduct of a person is attributed to it)")
    assert tables(blocks)[0][0][2] == "E1 Arcadia (for a person?)"


def test_conduct_that_might_be_attributed_is_shown_in_two_branches(
    finding: Finding, inapplicable: Finding, report_of: Reports, wording: Wording
) -> None:
    guild = BearerRef("", "Guild", "company")
    behind = replace(finding, bearer=BearerRef("ARC", "Arcadia", "state", "Guild", "company"))
    itself = [replace(finding, bearer=guild), replace(inapplicable, bearer=guild)]
    elsewhere = replace(finding, bearer=guild, event="E2")
    found = paragraphs(layout(report_of(behind, *itself, elsewhere), wording))
    assert found["1.3"] == "Attribution. If Guild acted for Arcadia, this; if not, see 2, 4(a)."


def test_an_organ_that_might_act_for_another_state_is_found_by_its_name(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    behind = replace(finding, bearer=BearerRef("ARC", "Arcadia", "state", "Navy", "state_organ"))
    organ = replace(finding, bearer=BearerRef("BOR", "Navy (Borduria)", "state_organ"))
    found = paragraphs(layout(report_of(behind, organ), wording))
    assert found["1.3"] == "Attribution. If Navy acted for Arcadia, this; if not, see 2."


def test_an_actor_that_no_rule_reaches_has_no_other_branch(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    behind = replace(finding, bearer=BearerRef("ARC", "Arcadia", "state", "Guild", "company"))
    found = paragraphs(layout(report_of(behind), wording))
    assert found["1.3"] == "Attribution. If Guild acted for Arcadia, this; if not, nothing."


def test_the_status_of_an_organ_is_that_of_its_state(finding: Finding, report_of: Reports, wording: Wording) -> None:
    organ = replace(finding, bearer=BearerRef("ARC", "Navy (Arcadia)", "state_organ"))
    assert paragraphs(layout(report_of(organ), wording))["1.1"].startswith("Status. State of this organ: State")


def test_where_no_register_speaks_of_the_bearer_there_is_no_status(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    assert paragraphs(layout(report_of(replace(finding, status="")), wording))["1.1"].startswith("Facts alleged")


def test_a_rule_that_does_not_apply_is_given_with_its_position(
    inapplicable: Finding, finding: Finding, report_of: Reports, wording: Wording
) -> None:
    hinging = replace(inapplicable, positions=finding.positions)
    expected = "Borduria has not joined — WT, Art. 1. On position I-02 (wide_reading: wide) (contested).[1]"
    blocks = layout(report_of(hinging), wording)
    assert expected in everything(blocks).splitlines()
    assert "wide_reading: wide. It reaches sales. Law: contested. ¶\u00a01." in everything(blocks).splitlines()


def test_rules_that_do_not_apply_on_the_same_grounds_have_one_line(
    inapplicable: Finding, report_of: Reports, wording: Wording
) -> None:
    others = [replace(inapplicable, citation=f"WT, Art. {at}") for at in (2, 3)]
    blocks = layout(report_of(inapplicable, *others), wording)
    assert "Borduria has not joined — WT, Arts 1, 2, 3.[1]" in everything(blocks).splitlines()


@pytest.mark.parametrize(
    ("grounds", "expected"),
    [
        ("the rule does not reach Borduria yet", "The rule does not reach Borduria yet — WT, Art. 1.[1]"),
        ("the act is another", "Borduria. The act is another — WT, Art. 1.[1]"),
        ("", "Does not apply: Borduria has not joined (WT, Art. 1).[1]"),
    ],
)
def test_the_bearer_is_named_once_where_a_rule_does_not_apply(
    grounds: str, expected: str, inapplicable: Finding, report_of: Reports, wording: Wording
) -> None:
    blocks = layout(report_of(replace(inapplicable, grounds=grounds)), wording)
    assert expected in everything(blocks).splitlines()


@pytest.mark.parametrize("grounds", ["the rule does not reach the Guild yet", "the Guild has not joined"])
def test_a_bearer_with_an_article_is_named_once_as_well(
    grounds: str, inapplicable: Finding, report_of: Reports, wording: Wording
) -> None:
    guild = replace(inapplicable, grounds=grounds, bearer=BearerRef("", "the Guild", "company"))
    told = everything(layout(report_of(guild), wording)).splitlines()
    assert f"T{grounds[1:]} — WT, Art. 1.[1]" in told


def test_of_what_is_found_besides_no_register_row_is_given(
    inapplicable: Finding, finding: Finding, report_of: Reports, wording: Wording
) -> None:
    addressee = replace(finding.elements[0], truth="false", strength="S4", registers=())
    told = replace(inapplicable, elements=(addressee, replace(finding.elements[1], registers=(ROW,))))
    assert "Register" not in everything(layout(report_of(told), wording))


def test_register_rows_that_speak_against_a_rule_stand_for_all(
    inapplicable: Finding, finding: Finding, report_of: Reports, wording: Wording
) -> None:
    against = replace(finding.elements[0], truth="false", registers=(ROW,))
    told = replace(inapplicable, elements=(against,))
    notes = [line for line in everything(layout(report_of(told), wording)).splitlines() if "Register" in line]
    assert notes == ["Register status.csv, row 9 (BOR; verified): gazette."]


def test_a_position_on_which_nothing_turns_is_named_with_its_other_readings(
    report_of: Reports, finding: Finding, wording: Wording
) -> None:
    use = replace(finding.positions[0], question="How wide is it?", others={"narrow": "It does not.", "none": "Void."})
    found = everything(layout(report_of(positions=(use,)), wording)).splitlines()
    assert "wide_reading: wide. How wide is it? · narrow · none. Law: contested." in found


def test_a_position_on_which_something_turns_is_explained_with_its_other_readings(
    report_of: Reports, finding: Finding, wording: Wording
) -> None:
    use = replace(finding.positions[0], others={"narrow": "It does not."})
    found = everything(layout(report_of(finding, positions=(use,)), wording)).splitlines()
    assert any("It reaches sales. · narrow: It does not. Law: contested." in one for one in found)


def test_a_report_without_findings_says_so_and_has_no_notes(report_of: Reports, wording: Wording) -> None:
    blocks = layout(report_of(positions=()), wording)
    assert everything(blocks).splitlines().count("No finding.") == 2
    assert headings(blocks, 2)[-3:-1] == ["Annex A. Events", "Annex B. Outcomes, and rules without a finding"]


def test_every_event_is_listed_with_where_it_is_found(finding: Finding, report_of: Reports, wording: Wording) -> None:
    found = everything(layout(report_of(finding), wording)).splitlines()
    assert "Arcadia sells widgets. ¶\u00a01." in found


@pytest.mark.parametrize(
    ("why", "expected"),
    [
        ("act", "none speaks of this act."),
        ("nobody", "nobody is recorded as taking part."),
        ("role", "those on this act are on whoever takes part as seller or buyer, and here it is: guest."),
        ("before", "those on this act ask something beforehand that is not so here."),
    ],
)
def test_an_event_without_a_finding_has_its_title_and_why(
    why: str, expected: str, report_of: Reports, wording: Wording
) -> None:
    event = replace(EVENT, unengaged=why, roles=("seller", "buyer"), taking_part=("guest",))
    found = everything(layout(report_of(material=Material(events=(event,))), wording)).splitlines()
    assert f"A gift of widgets. Gift; May 2020; said to have occurred. No rule is engaged by it: {expected}" in found


def test_a_document_without_events_says_so(report_of: Reports, wording: Wording) -> None:
    empty = DocumentRef("b.txt", "cd", "ef", "Empty", "Press", "news", "2021", "read as 2022: a slip", "", ())
    found = everything(layout(report_of(documents=(empty,)), wording)).splitlines()
    assert "No event is recorded." in found
    assert "Empty, Press. 2021, read as 2022: a slip. b.txt, SHA-256 cd." in found


def test_the_counts_have_every_outcome_with_its_meaning(finding: Finding, report_of: Reports, wording: Wording) -> None:
    counts = next(one for one in tables(layout(report_of(finding), wording)) if one[0][0] == "established")
    assert [row for row in counts if row[1] != "0"] == [["concern", "1", "Meaning of concern."]]


def test_a_notice_of_the_engines_stands_in_the_masthead(report_of: Reports, wording: Wording) -> None:
    report = report_of()
    report = replace(report, receipt=replace(report.receipt, notice="only one engine ran"))
    expected = "treatycheck 0; engines: one; only one engine ran"
    assert expected in everything(layout(report, wording)).splitlines()


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (
            ClaimResult("C", "a.txt", "120 joined.", "wrong", "119 joined", "register", "a slip", (QUOTE,), (ROW,)),
            "C 120 joined: wrong. 119 joined. Authority: register. a slip.[1] “120 States”[2]",
        ),
        (ClaimResult("C", "a.txt", "All joined", "confirmed", "", "", "", (), ()), "C All joined: confirmed."),
    ],
)
def test_a_remark_gives_verdict_correction_and_authority(
    claim: ClaimResult, expected: str, report_of: Reports, wording: Wording
) -> None:
    assert expected in everything(layout(report_of(claims=(claim,)), wording)).splitlines()


def test_a_quote_of_several_remarks_is_printed_once(report_of: Reports, wording: Wording) -> None:
    claims = tuple(ClaimResult(name, "a.txt", "So", "wrong", "", "", "", (QUOTE,), ()) for name in ("C1", "C2"))
    found = everything(layout(report_of(claims=claims), wording)).splitlines()
    assert {"C1 So: wrong. “120 States”[1]", "C2 So: wrong.[1]"} <= set(found)


def test_an_authority_that_is_an_instrument_is_cited_by_its_abbreviation(report_of: Reports, wording: Wording) -> None:
    claim = ClaimResult("C", "a.txt", "So", "wrong", "", "Widget Treaty", "", (), ())
    found = everything(layout(report_of(claims=(claim,)), wording)).splitlines()
    assert "C So: wrong. Authority: WT." in found


def test_subjects_of_whom_the_same_is_said_stand_together(report_of: Reports, wording: Wording) -> None:
    states = tuple(
        ProcedureState("p", "Inquiry", "wt:8", "Art. 8", "E1", "a.txt", name, "on", "begun", "", ())
        for name in ("Arcadia", "Borduria")
    )
    found = everything(layout(report_of(procedures=states), wording)).splitlines()
    assert "Inquiry (Art. 8), Arcadia and Borduria: begun (event E1)." in found


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (
            ProcedureState("p", "Inquiry", "wt:8", "Art. 8", "E1", "a.txt", "Arcadia", "on", "begun", "S3", (QUOTE,)),
            "Inquiry (Art. 8), Arcadia: begun (S3 corroborated) (event E1): “120 States”[1].",
        ),
        (
            ProcedureState("p", "Inquiry", "wt:8", "Art. 8", "E1", "a.txt", "Arcadia", "", "", "", ()),
            "Inquiry (Art. 8), Arcadia: cannot be told (event E1).",
        ),
    ],
)
def test_a_procedure_is_told_by_where_it_stands(
    state: ProcedureState, expected: str, report_of: Reports, wording: Wording
) -> None:
    assert expected in everything(layout(report_of(procedures=(state,)), wording)).splitlines()


# The masthead and the material


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (
            PERIOD,
            "1 May 2020 to 26 March 2021, by the dates of the events. Known to the day: 1 of 3 events; of the others",
        ),
        (replace(PERIOD, open_start=("E1", "E2")), "Without a first day, and so perhaps earlier: E1, E2."),
        (replace(PERIOD, open_end=("E1",)), "Without a last day, and so perhaps later: E1."),
        (replace(PERIOD, undated=tuple(f"E{at}" for at in range(12))), "E6, E7, E8 and 3 more."),
        (replace(PERIOD, latest=None), "1 May 2020 to not known, by the dates of the events."),
        (Period(None, None, 1, 0, (), (), ("E1",)), "None, as no event has a date."),
    ],
)
def test_the_reporting_period_says_how_far_it_is_known(
    period: Period, expected: str, report_of: Reports, wording: Wording
) -> None:
    assert expected in everything(layout(report_of(material=Material(period=period)), wording))


def test_a_document_without_a_date_is_called_undated(report_of: Reports, wording: Wording) -> None:
    note = "read as 2022: a slip"
    undated = DocumentRef("b.txt", "cd", "ef", "Empty", "Press", "news", "date not stated", note, "", (), undated=True)
    found = everything(layout(report_of(documents=(undated,)), wording)).splitlines()
    assert "Empty, Press. Undated, read as 2022: a slip. b.txt, SHA-256 cd." in found


def test_fused_accounts_and_those_that_are_not_used_are_told(report_of: Reports, wording: Wording) -> None:
    own = report_of().documents[0]
    fused = DocumentRef("f.yaml", "cd", "ef", "Both", "", "fusion", "date not stated", "", "", (), fused=("a.txt",))
    report = report_of(documents=(own, fused), material=Material(unfused=("g.fusion.yaml",), warnings=("Look at it",)))
    found = everything(layout(report, wording)).splitlines()
    assert "Both. Accounts fused by an analyst from documents 1. f.yaml, SHA-256 cd." in found
    assert "Not used here: accounts fused by an analyst, in g.fusion.yaml. Use them with --fuse." in found
    assert found[found.index("Names to look at") + 1] == "Look at it"


# What is counted


def test_an_incident_is_counted_once_and_its_other_accounts_are_marked(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    other = replace(finding, id="ab" * 6, event="E2", counted_in=finding.id)
    blocks = layout(report_of(finding, other), wording)
    (summary, *_), counts = tables(blocks), tables(blocks)[-1]
    assert [row[3] for row in summary] == [
        "concern, S1: conduct, exception",
        "concern, S1: conduct, exception; counted with ¶\u00a01",
    ]
    assert "Concern: 1. Each incident is counted once: where accounts of one were fused, 1 further finding" in (
        everything(blocks)
    )
    assert ["concern", "2", "1", "Meaning of concern."] in counts


def test_what_documents_say_of_numbers_has_a_part_of_its_own(report_of: Reports, wording: Wording) -> None:
    law = ClaimResult("C1", "a.txt", "It is in force", "wrong", "", "", "", (), ())
    numbers = ClaimResult("C2", "a.txt", "46 were killed", "confirmed", "", "", "", (), (), "judged", numbers=True)
    both = everything(layout(report_of(claims=(law, numbers)), wording)).splitlines()
    remarks, check = both.index("Remarks"), both.index("Numbers check")
    assert remarks < both.index("C1 It is in force: wrong.") < check < both.index("C2 46 were killed: confirmed.")
    alone = headings(layout(report_of(claims=(numbers,)), wording), 2)
    assert not any("Remarks" in one for one in alone)
    none = everything(layout(report_of(), wording)).splitlines()
    assert none[none.index("Numbers check") + 1] == "No number that a document states was recorded to be checked."


# The annexes


def test_the_status_table_has_acts_source_and_what_was_not_verified(report_of: Reports, wording: Wording) -> None:
    unverified = replace(ROW, row=10, verified="no")
    rows = (
        StatusRow("wt", "BOR", "Borduria", ("signature on 1 May 1999", "ratification in 2001"), "", ROW),
        StatusRow("wt", "SYL", "Syldavia", (), "has not signed", unverified),
    )
    blocks = layout(report_of(material=Material(statuses=rows)), wording)
    assert tables(blocks)[0] == [
        ["Borduria", "WT", "Signature on 1 May 1999; ratification in 2001", "row 9, verified[1]"],
        ["Syldavia", "WT", "Has not signed", "row 10, UNVERIFIED[2]"],
    ]
    assert "Annex A. Status of States (extract)" in headings(blocks, 2)


def test_the_receipt_has_whole_hashes_of_what_was_read(report_of: Reports, wording: Wording) -> None:
    own = replace(report_of().documents[0], sha256="1" * 64, events_sha256="2" * 64)
    fused = DocumentRef("f.yaml", "3" * 64, "3" * 64, "Both", "", "fusion", "", "", "", ("F1",), fused=("a.txt",))
    report = report_of(documents=(own, fused))
    told = everything(layout(report, wording)).splitlines()
    at = told.index("Annex D. Receipt")
    assert [
        f"Rulebook: {report.receipt.rulebook_sha256}",
        f"Document 1: {own.sha256}",
        f"Document 1, events: {own.events_sha256}",
        f"Document 2, events: {fused.events_sha256}",
    ] == told[at + 2 : at + 6]


def test_sources_have_their_relays_and_documents_that_share_one(report_of: Reports, wording: Wording) -> None:
    account = SourceRef("residents", "", ())
    told = replace(EVENT, sources=(*EVENT.sources, account))
    again = replace(EVENT, id="E1")
    fused = replace(EVENT, id="F1", document="f.yaml", draws_on=("E1", "E2"), sources=(SourceRef("both", "mixed", ()),))
    own = report_of().documents[0]
    other = DocumentRef("f.yaml", "cd", "ef", "Both", "", "fusion", "", "", "", ("F1",), fused=("a.txt",))
    shared = (SharedSource("The Daily Arcadian", ("a.txt", "f.yaml"), ("E1", "F1")),)
    material = Material(events=(again, told, fused), shared=shared)
    blocks = layout(report_of(documents=(own, other), material=material), wording)
    assert tables(blocks)[0] == [
        ["a minister", "against its own interest", "The Daily Arcadian → this article", "E1, E2"],
        ["residents", "another account", DASH, "E2"],
    ]
    assert tables(blocks)[1] == [["both", "mixed", "fused from E1, E2", "F1"]]
    sentence = "Documents 1 and 2 are one chain as far as they rest on The Daily Arcadian (E1, F1)."
    assert sentence in everything(blocks).splitlines()


def test_documents_that_share_no_source_are_said_to_stand_apart(report_of: Reports, wording: Wording) -> None:
    own = report_of().documents[0]
    report = report_of(documents=(own, replace(own, file="b.txt")), material=Material(events=(EVENT,)))
    assert "No two documents share a source by name." in everything(layout(report, wording)).splitlines()


def test_each_alternative_says_which_outcomes_it_would_lead_to(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    readings = {"narrow": "It does not.", "none": "Void.", "both": "Both.", "later": "Later."}
    use = replace(finding.positions[0], others=readings)
    hinges = (
        Hinge("position", "", (("wide_reading", "narrow"),), "not_applicable", ()),
        Hinge("position", "", (("wide_reading", "both"), ("other", "x")), "undetermined", ()),
        Hinge("account", "a minister", (("wide_reading", "none"),), "undetermined", ()),
    )
    found = replace(finding, insight=Insight(hinges=hinges))
    dormant = Dormant(
        "x", "gift", "Gifts", "WT, Art. 2", "E2", "a.txt", finding.bearer,
        (Hinge("position", "", (("wide_reading", "later"),), "concern", ()),),
    )  # fmt: skip
    text = everything(layout(report_of(found, positions=(use,), dormant=(dormant,)), wording))
    assert "· narrow: It does not. → not applicable: ¶\u00a01. ·" in text
    assert "· none: Void. → no other outcome. ·" in text
    assert "· both: Both. → only together with another reading: ¶\u00a01. ·" in text
    assert "· later: Later. → concern instead of no finding: WT, Art. 2 (E2). Law: contested. ¶\u00a01." in text


def test_a_position_whose_alternatives_change_nothing_says_so(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    use = replace(finding.positions[0], others={"narrow": "It does not."})
    text = everything(layout(report_of(replace(finding, insight=Insight()), positions=(use,)), wording))
    assert "· narrow: It does not. No alternative changes an outcome here. Law: contested." in text


def test_rules_without_a_finding_are_counted_by_instrument_and_named_by_event(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    person = BearerRef("", "John Doe", "person")
    unasked = (
        Unasked("E2", "a.txt", finding.bearer, ("gift", "loan"), ("WT, Art. 2", "WT, Art. 3")),
        Unasked("E2", "a.txt", person, ("gift", "loan"), ("WT, Art. 2", "WT, Art. 3")),
    )
    material = Material(asked=(Asked("wt", 5, ("gift", "loan"), 10, 9),), unasked=unasked)
    blocks = layout(report_of(material=material), wording)
    assert ["WT", "5", "2", "10", "9"] in tables(blocks)[-1]
    assert "E2 Arcadia; A person: WT, Arts 2, 3." in everything(blocks).splitlines()
