"""A small report about made-up States, in which a test changes only what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from treatycheck import yaml
from treatycheck.findings import (
    BearerRef,
    DocumentRef,
    Element,
    Finding,
    Missing,
    Node,
    PositionUse,
    QuoteRef,
    Receipt,
    RegisterRef,
    Report,
)
from treatycheck.rulebook.model import (
    ExplainWords,
    OutcomeWords,
    ReportWords,
    SinceWords,
    WaiverWords,
    WhatIfWords,
    Wording,
)

ROOT = Path(__file__).resolve().parents[3]
WORDING = cast(
    "dict[str, dict[str, Any]]", yaml.load((ROOT / "rules" / "wording.yaml").read_bytes(), "wording.yaml").value
)
# Some sentences are those of the project: a test reads them as users do.
EXPLAIN = ExplainWords(**WORDING["explain"])
SINCE = SinceWords(**WORDING["since"])
WAIVERS = WaiverWords(**WORDING["waivers"])
OUTCOMES = ("established", "reasonable_grounds", "concern", "undetermined", "not_applicable", "no_finding")
QUOTE = QuoteRef("a.txt", "sold", 10, 23, 2, "they sold it")
REPLY = QuoteRef("a.txt", "denied", 40, 53, 4, "we sold none")
ROW = RegisterRef("status.csv", 7, "ARC", "gazette of 1999", "partly")
POSITION = PositionUse("wide_reading", "I-02", "wide", "It reaches sales.", "contested")


def words(name: str) -> OutcomeWords:
    label = name.replace("_", " ")
    return OutcomeWords(label=label, sentence="{statement}", meaning=f"Meaning of {label}.")


@pytest.fixture
def wording() -> Wording:
    return Wording(
        format="treatycheck.wording/1",
        title="Report",
        standards=("First standard.", "Second standard."),
        outcomes={name: words(name) for name in OUTCOMES},
        reasons={},
        strengths={"S0": "mentioned", "S1": "alleged", "S2": "indicated", "S3": "corroborated", "S4": "established"},
        disputes={"none": "no dispute", "denied": "denied", "contradicted": "contradicted by specific evidence"},
        confidences={"settled": "settled", "contested": "contested"},
        severities={"core": "core prohibition"},
        gates={"bound": "Bound on the date", "conduct": "Conduct"},
        claims={},
        verdicts={"confirmed": "confirmed", "wrong": "wrong"},
        report=ReportWords(
            as_of="As of",
            person="a person",
            organ_state="State of this organ",
            no_reply="No reply is recorded.",
            outside_document=", as {source} has it",
            hedged=" (hedged: {hedges})",
            ended_by="ended by",
            left_open="left open",
            no_quote="No quotation is recorded.",
            no_publisher="publisher not stated",
            on_position="On position",
            confidence="Confidence",
            assumed_not="Assumed not to apply",
            settled_by="Would be settled by",
            nothing_found="No finding.",
            considered="Rules considered",
            considered_note="No statement on other rules.",
            unengaged="no rule is engaged by",
            no_events="No event is recorded.",
            unencoded="Not checked:",
            remarks="Remarks",
            procedures="Procedures",
            no_state="cannot be told",
            not_bound="{state} was not bound",
            branches="If {through} acted for {state}, this; if not, see {paragraphs}.",
            branches_alone="If {through} acted for {state}, this; if not, nothing.",
            attributed="{state} (for {through}?)",
            accounts_differ="Accounts differ.",
            account="According to {source} ({strength}): {says}",
            account_in_brief="according to {source}, {says}",
            which_account="Which account is right: {accounts}?",
            excluded="Excluded",
            unsaid="Unsaid",
            open_under="Open under",
            bears_on_all="all",
            draft="The rule is a draft.",
            remarks_of_analyst="Notes.",
            on_rule="On the rule.",
            contested="What is contested.",
            plurals={"Art.": "Arts"},
            interests={"adverse": "against its own interest"},
            truths={"true": "yes", "false": "no", "unknown": "not known"},
            verified={"yes": "verified", "partly": "PARTLY VERIFIED", "no": "UNVERIFIED"},
        ),
        whatif=WhatIfWords(
            title="What if",
            note="Nobody states this.",
            supposed="Supposed",
            moved="Moved",
            new="New",
            gone="Gone",
            procedures="Procedures elsewhere",
            nothing="Nothing moves.",
            through="Through",
            no_gate="no gate is answered otherwise",
            answered="No longer asked",
            asked="Asked now",
            other_grounds="on other grounds",
        ),
        since=SINCE,
        waivers=WAIVERS,
        explain=EXPLAIN,
    )


@pytest.fixture
def finding() -> Finding:
    """A concern about Arcadia, undisputed."""
    return Finding(
        id="0123456789ab",
        rule="sale",
        rule_status="reviewed",
        remarks=(),
        rule_note="",
        title="Sale of widgets",
        instrument="wt",
        provision="wt:1",
        citation="WT, Art. 1",
        event="E1",
        event_title="Arcadia sells widgets",
        document="a.txt",
        bearer=BearerRef("ARC", "Arcadia", "state"),
        outcome="concern",
        reason="",
        message="Concern that Arcadia sold widgets (WT, Art. 1).",
        missing=(),
        strength="S1",
        weakest=("conduct", "wt-2"),
        dispute="none",
        dispute_by="",
        dispute_according_to="",
        severity="core",
        confidence="contested",
        positions=(POSITION,),
        assumed_not=("wt-2",),
        status="State Party since 1 March 1999",
        due=date(2003, 3, 1),
        event_date="some day between 2018 and 2019",
        event_date_stated="date not stated",
        modality="occurred",
        asserter="a minister",
        chain=("The Daily Arcadian", "this article"),
        interest="adverse",
        elements=(
            Element("bound", "Bound on the date", "true", "S3", "State Party", (), (ROW,)),
            Element("conduct", "Conduct", "true", "S1", "sale", (QUOTE,), ()),
            Element("wt-2", "Exception: Gifts", "unknown", "", "", (), ()),
        ),
        quotes=(QUOTE,),
        dispute_quotes=(),
        registers=(ROW,),
        proof=(
            Node(
                "all",
                "all of these",
                "true",
                "S1",
                relevant=True,
                children=(
                    Node("fact", "sold", "true", "S1", relevant=True, values=("yes",), quotes=("sold",), note="a note"),
                    Node("fact", "lent", "unknown", "", relevant=False),
                    Node("status", "bound", "true", "S3", relevant=True, registers=(ROW,), provision="wt:1"),
                ),
            ),
        ),
    )


@pytest.fixture
def denied(finding: Finding) -> Finding:
    return replace(finding, dispute="denied", dispute_by="the President", dispute_quotes=(REPLY,))


@pytest.fixture
def undetermined(finding: Finding) -> Finding:
    """Open because it is not known who acted."""
    return replace(
        finding,
        outcome="undetermined",
        strength="",
        weakest=(),
        missing=(Missing("actor", "Who was it?"), Missing("object", "What was it?", "crates", "widgets only alleged")),
        elements=(Element("bound", "Bound on the date", "unknown", "", "", (), ()),),
    )


@pytest.fixture
def inapplicable(finding: Finding) -> Finding:
    """Does not apply to Borduria, which did not join."""
    return replace(
        finding,
        outcome="not_applicable",
        bearer=BearerRef("BOR", "Borduria", "state"),
        message="Does not apply: Borduria has not joined (WT, Art. 1).",
        strength="",
        weakest=(),
        positions=(),
        grounds="Borduria has not joined",
    )


@pytest.fixture
def report_of() -> Callable[..., Report]:
    """Makes a report of findings; keyword arguments replace its fields."""

    def made(*findings: Finding, **changes: object) -> Report:
        report = Report(
            title="Report",
            standards=("First standard.", "Second standard."),
            receipt=Receipt(
                "treatycheck 0", "rulebook", "1.0", "ab" * 32, date(2026, 3, 26), {"wide_reading": "wide"}, ("one",), ""
            ),
            instruments={"wt": "Widget Treaty"},
            positions=(POSITION,),
            documents=(
                DocumentRef(
                    "a.txt",
                    "cd" * 32,
                    "ef" * 32,
                    "Sale of widgets",
                    "",
                    "news",
                    "date not stated",
                    "",
                    "",
                    ("E1", "E2"),
                ),
            ),
            unencoded=(),
            findings=findings,
            abbreviations={"wt": "WT"},
            counts={name: sum(finding.outcome == name for finding in findings) for name in OUTCOMES},
        )
        return replace(report, **changes)  # type: ignore[arg-type]  # the test names fields of the report

    return made
