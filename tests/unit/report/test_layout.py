from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from treatycheck.findings import (
    BearerRef,
    ClaimResult,
    DocumentRef,
    Finding,
    ProcedureState,
    QuoteRef,
    RegisterRef,
    Report,
)
from treatycheck.report.blocks import Block, Heading, Items, Line, Notes, Paragraph, Table
from treatycheck.report.layout import layout
from treatycheck.rulebook.model import Wording

Reports = Callable[..., Report]
QUOTE = QuoteRef("a.txt", "many", 60, 70, 5, "120 States")
ROW = RegisterRef("status.csv", 9, "BOR", "gazette", "yes")


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
        "V. Numbers",
        "Annex A. Events",
        "Annex B. Positions in force",
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
        "VII. Numbers",
        "Annex A. Events",
        "Annex B. Documents not checked",
        "Annex C. Positions in force",
        "Notes",
    ]


def test_a_finding_is_told_in_numbered_paragraphs(finding: Finding, report_of: Reports, wording: Wording) -> None:
    assert paragraphs(layout(report_of(finding), wording)) == {
        "1.1": "Status. Arcadia: State Party since 1 March 1999 (register row 7, PARTLY VERIFIED).[1]",
        "1.2": "Facts alleged. Arcadia sells widgets (event E1 in a.txt). Asserted by a minister, against its own "
        "interest. Relayed by The Daily Arcadian, then this article. Modality: occurred. Date not stated, read as "
        "some day between 2018 and 2019.",
        "1.3": "Denial or reply. No reply is recorded.",
        "1.4": "Elements. ",
        "1.5": "Conclusion. Concern that Arcadia sold widgets (WT, Art. 1).",
        "1.6": "Grade. Outcome: concern; limited by S1 (alleged): conduct, exception. Severity: core prohibition. "
        "Law: contested.",
        "1.7": "On position I-02 (wide_reading: wide). It reaches sales. Confidence: contested.",
        "1.8": "Assumption. Assuming that this does not apply: Gifts.",
    }


def test_a_date_that_is_stated_is_given_once(finding: Finding, report_of: Reports, wording: Wording) -> None:
    dated = replace(finding, event_date="26 March 2021", event_date_stated="26 March 2021")
    assert paragraphs(layout(report_of(dated), wording))["1.2"].endswith("Modality: occurred. Date: 26 March 2021.")


def test_a_quote_is_given_with_its_place_and_what_it_bears_on(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    expected = "“they sold it”[2] Line 2, characters 10\u201323. Bears on conduct (S1)."
    assert expected in everything(layout(report_of(finding), wording)).splitlines()


def test_a_finding_without_a_quote_says_so(finding: Finding, report_of: Reports, wording: Wording) -> None:
    bare = replace(finding, quotes=())
    assert "No quotation is recorded." in everything(layout(report_of(bare), wording)).splitlines()


def test_a_denial_is_given_with_its_words(denied: Finding, report_of: Reports, wording: Wording) -> None:
    blocks = layout(report_of(denied), wording)
    assert paragraphs(blocks)["1.3"] == "Denial or reply. Denied by the President."
    assert "“we sold none”[3] Line 4, characters 40\u201353." in everything(blocks).splitlines()


def test_a_denial_is_given_where_a_rule_does_not_apply(
    inapplicable: Finding, denied: Finding, report_of: Reports, wording: Wording
) -> None:
    against = replace(inapplicable, dispute="denied", dispute_by="", dispute_quotes=denied.dispute_quotes)
    assert paragraphs(layout(report_of(against), wording)) == {
        "1.": "Arcadia sells widgets (event E1). Denied: “we sold none”[1]."
    }


def test_the_elements_have_value_strength_and_notes(finding: Finding, report_of: Reports, wording: Wording) -> None:
    assert tables(layout(report_of(finding), wording))[1] == [
        ["Bound on the date", "yes", "State Party", "S3 corroborated", "[1]"],
        ["Conduct", "yes", "sale", "S1 alleged", "[2]"],
        ["Exception: Gifts", "not known", "\u2013", "\u2013", "\u2013"],
    ]


def test_the_summary_has_a_row_for_each_finding(
    finding: Finding, undetermined: Finding, inapplicable: Finding, report_of: Reports, wording: Wording
) -> None:
    assert tables(layout(report_of(finding, undetermined, inapplicable), wording))[0] == [
        ["1", "WT, Art. 1 Sale of widgets", "Arcadia", "concern", "S1: conduct, exception", "none", "contested"],
        ["2", "WT, Art. 1 Sale of widgets", "Arcadia", "undetermined", "not known: bound", "none", "contested"],
    ]


def test_what_is_missing_is_asked_for(undetermined: Finding, report_of: Reports, wording: Wording) -> None:
    blocks = layout(report_of(undetermined), wording)
    asked = next(block for block in blocks if isinstance(block, Items) and "Who" in text(block.entries[0][1]))
    assert [(label, text(line)) for label, line in asked.entries] == [
        ("(a)", "Who was it?"),
        ("(b)", "What was it? (about: crates) Known: widgets only alleged."),
    ]


def test_an_open_exception_is_named_where_nothing_else_is_open(
    undetermined: Finding, finding: Finding, report_of: Reports, wording: Wording
) -> None:
    asked = replace(undetermined, elements=finding.elements)
    assert tables(layout(report_of(asked), wording))[0][0][4] == "not known: exception"


def test_an_outcome_that_nothing_limits_has_no_weakest_element(
    undetermined: Finding, report_of: Reports, wording: Wording
) -> None:
    blocks = layout(report_of(replace(undetermined, elements=(), missing=())), wording)
    assert paragraphs(blocks)["1.6"] == "Grade. Outcome: undetermined. Severity: core prohibition. Law: contested."


def test_a_person_is_not_named_in_headings_and_tables(finding: Finding, report_of: Reports, wording: Wording) -> None:
    accused = replace(finding, bearer=BearerRef("", "Ottokar", "person"))
    blocks = layout(report_of(accused), wording)
    assert headings(blocks, 3)[0] == "1. WT, Art. 1 — Sale of widgets — a person"
    assert tables(blocks)[0][0][2] == "a person"


def test_the_status_of_an_organ_is_that_of_its_state(finding: Finding, report_of: Reports, wording: Wording) -> None:
    organ = replace(finding, bearer=BearerRef("ARC", "Navy (Arcadia)", "state_organ"))
    assert paragraphs(layout(report_of(organ), wording))["1.1"].startswith("Status. State of this organ (ARC): State")


def test_a_status_that_is_not_on_record_is_said_to_be_so(
    undetermined: Finding, report_of: Reports, wording: Wording
) -> None:
    unknown = replace(undetermined, status="", bearer=BearerRef("", "unidentified user", "unknown"))
    assert paragraphs(layout(report_of(unknown), wording))["1.1"] == "Status. Unidentified user: no status is recorded."


def test_a_rule_that_does_not_apply_is_given_with_its_position(
    inapplicable: Finding, finding: Finding, report_of: Reports, wording: Wording
) -> None:
    hinging = replace(inapplicable, positions=finding.positions)
    expected = (
        "Sale of widgets: Borduria. Does not apply: Borduria has not joined (WT, Art. 1). "
        "On position I-02 (wide_reading: wide). Confidence: contested.[1]"
    )
    blocks = layout(report_of(hinging), wording)
    assert expected in everything(blocks).splitlines()
    assert tables(blocks)[-1] == [["I-02", "wide_reading: wide", "It reaches sales.", "contested", "1"]]


def test_a_report_without_findings_says_so_and_has_no_notes(report_of: Reports, wording: Wording) -> None:
    blocks = layout(report_of(positions=()), wording)
    assert everything(blocks).splitlines().count("No finding.") == 2
    assert headings(blocks, 2)[-1] == "Annex A. Events"


def test_every_event_is_listed_with_where_it_is_found(finding: Finding, report_of: Reports, wording: Wording) -> None:
    assert [["E1", "1", "Arcadia sells widgets"], ["E2", "\u2013", "no rule engaged"]] in tables(
        layout(report_of(finding), wording)
    )


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
            "120 joined: wrong. 119 joined. Authority: register. a slip.[1] “120 States”[2]",
        ),
        (ClaimResult("C", "a.txt", "All joined", "confirmed", "", "", "", (), ()), "All joined: confirmed."),
    ],
)
def test_a_remark_gives_verdict_correction_and_authority(
    claim: ClaimResult, expected: str, report_of: Reports, wording: Wording
) -> None:
    assert expected in everything(layout(report_of(claims=(claim,)), wording)).splitlines()


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
