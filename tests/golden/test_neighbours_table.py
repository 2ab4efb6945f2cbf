"""The results of the seeds under everything beside the Mine Ban Convention, held as a table that the law fixes.

Each line of the first table was found by reading the document and the law, not by running the program.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from treatycheck.casefile.fusion import with_fusions
from treatycheck.casefile.model import Casefile
from treatycheck.check import check
from treatycheck.findings import Finding, ProcedureState, Report
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
FUSION = SEEDS / "libya-mines.fusion.yaml"
ELSEWHERE = "mbc"
"""The results under this instrument have a table of their own."""

# Event, bearer, rule, outcome and reason. The words between are for the reader.
TABLE = """
# 000-E1: Russia "could have" brought mines into Libya. Every State has to prevent that, whatever it says of mines.
000-E1 | Russia | unsc-1970-9-arms | concern
# The forces are no State; whether they are the authorised agency of one is contested. No model is tied to this act.
000-E1 | Russia | ap2-8-1-b-recipient        | concern
000-E1 | Russia | ap2-8-1-a-prohibited-mines | undetermined
# 000-E2: Libya is no High Contracting Party, so the Protocol does not reach the groups that fight there (Art. 1(3)).
000-E2 | General Haftar's forces | ap2-3-7-directed-at-civilians | not_applicable place_out_of_scope
000-E2 | General Haftar's forces | ap2-3-8-indiscriminate        | not_applicable place_out_of_scope
000-E2 | General Haftar's forces | ap2-3-10-precautions          | not_applicable place_out_of_scope
000-E2 | General Haftar's forces | ap2-3-11-warning              | not_applicable place_out_of_scope
000-E2 | General Haftar's forces | ap2-5-2-marked-areas          | not_applicable place_out_of_scope
000-E2 | General Haftar's forces | ap2-7-3-towns                 | not_applicable place_out_of_scope
000-E2 | General Haftar's forces | ap2-9-1-recording             | not_applicable place_out_of_scope
000-E2 | the Wagner Group        | ap2-3-7-directed-at-civilians | not_applicable place_out_of_scope
000-E2 | the Wagner Group        | ap2-3-8-indiscriminate        | not_applicable place_out_of_scope
000-E2 | the Wagner Group        | ap2-3-10-precautions          | not_applicable place_out_of_scope
000-E2 | the Wagner Group        | ap2-3-11-warning              | not_applicable place_out_of_scope
000-E2 | the Wagner Group        | ap2-5-2-marked-areas          | not_applicable place_out_of_scope
000-E2 | the Wagner Group        | ap2-7-3-towns                 | not_applicable place_out_of_scope
000-E2 | the Wagner Group        | ap2-9-1-recording             | not_applicable place_out_of_scope
# A State that is bound would be reached abroad, if the conduct were its own; nothing shows that.
000-E2 | Russia < the Wagner Group | ap2-3-7-directed-at-civilians | undetermined
000-E2 | Russia < the Wagner Group | ap2-3-8-indiscriminate        | undetermined
000-E2 | Russia < the Wagner Group | ap2-3-10-precautions          | undetermined
000-E2 | Russia < the Wagner Group | ap2-3-11-warning              | undetermined
000-E2 | Russia < the Wagner Group | ap2-5-2-marked-areas          | undetermined
000-E2 | Russia < the Wagner Group | ap2-7-3-towns                 | undetermined
000-E2 | Russia < the Wagner Group | ap2-9-1-recording             | undetermined
# Custom binds whoever fights; those who laid the mines are named by the context alone.
000-E2 | General Haftar's forces | cihl-80-booby-traps | concern
000-E2 | General Haftar's forces | cihl-81-care        | concern
000-E2 | the Wagner Group        | cihl-80-booby-traps | concern
000-E2 | the Wagner Group        | cihl-81-care        | concern
# 000-E3: photographs of models; nothing is said of where or how they were laid.
000-E3 | “mercenaries” supporting Haftar's forces          | ap2-3-8-indiscriminate | not_applicable place_out_of_scope
000-E3 | “mercenaries” supporting Haftar's forces          | ap2-5-2-marked-areas   | not_applicable place_out_of_scope
000-E3 | “mercenaries” supporting Haftar's forces          | ap2-6-1-recorded       | not_applicable place_out_of_scope
000-E3 | “mercenaries” supporting Haftar's forces          | ap2-6-2-self-destruct  | not_applicable place_out_of_scope
000-E3 | Russia < “mercenaries” supporting Haftar's forces | ap2-3-8-indiscriminate | undetermined
000-E3 | Russia < “mercenaries” supporting Haftar's forces | ap2-5-2-marked-areas   | undetermined
000-E3 | Russia < “mercenaries” supporting Haftar's forces | ap2-6-1-recorded       | undetermined
000-E3 | Russia < “mercenaries” supporting Haftar's forces | ap2-6-2-self-destruct  | undetermined
000-E3 | “mercenaries” supporting Haftar's forces          | cihl-81-care           | undetermined
# 000-E4: that forces were there at the time is no attribution.
000-E4a | Russia < an unidentified user | ap2-3-8-indiscriminate | undetermined
000-E4a | Russia < an unidentified user | ap2-5-2-marked-areas   | undetermined
000-E4b | Russia < an unidentified user | ap2-3-8-indiscriminate | undetermined
000-E4b | Russia < an unidentified user | ap2-5-2-marked-areas   | undetermined
# 000-E5: Russian fighters of a company; their State has to prevent it, whoever directs them.
000-E5 | Russia | unsc-1970-9-personnel | concern
# 002-E1: as 000-E2; here the layer is named, and accused of laying indiscriminately between Tripoli and Sirte. Of that
# stretch the document does not say that civilians live there, so nothing asks for a warning or for aim at civilians.
002-E1 | the Wagner Group          | ap2-3-8-indiscriminate | not_applicable place_out_of_scope
002-E1 | the Wagner Group          | ap2-3-10-precautions   | not_applicable place_out_of_scope
002-E1 | the Wagner Group          | ap2-5-2-marked-areas   | not_applicable place_out_of_scope
002-E1 | the Wagner Group          | ap2-9-1-recording      | not_applicable place_out_of_scope
002-E1 | Russia < the Wagner Group | ap2-3-8-indiscriminate | undetermined
002-E1 | Russia < the Wagner Group | ap2-3-10-precautions   | undetermined
002-E1 | Russia < the Wagner Group | ap2-5-2-marked-areas   | undetermined
002-E1 | Russia < the Wagner Group | ap2-9-1-recording      | undetermined
002-E1 | the Wagner Group          | cihl-80-booby-traps    | undetermined
002-E1 | the Wagner Group          | cihl-81-care           | concern
002-E1 | the Wagner Group          | cihl-11-indiscriminate | concern
# 002-E8: the finds in residential neighbourhoods in Tripoli. They are mines and improvised devices; nothing is said of
# booby-traps there, nor that the laying was indiscriminate.
002-E8 | the Wagner Group          | ap2-3-7-directed-at-civilians | not_applicable place_out_of_scope
002-E8 | the Wagner Group          | ap2-3-8-indiscriminate        | not_applicable place_out_of_scope
002-E8 | the Wagner Group          | ap2-3-10-precautions          | not_applicable place_out_of_scope
002-E8 | the Wagner Group          | ap2-3-11-warning              | not_applicable place_out_of_scope
002-E8 | the Wagner Group          | ap2-5-2-marked-areas          | not_applicable place_out_of_scope
002-E8 | the Wagner Group          | ap2-7-3-towns                 | not_applicable place_out_of_scope
002-E8 | the Wagner Group          | ap2-9-1-recording             | not_applicable place_out_of_scope
002-E8 | Russia < the Wagner Group | ap2-3-7-directed-at-civilians | undetermined
002-E8 | Russia < the Wagner Group | ap2-3-8-indiscriminate        | undetermined
002-E8 | Russia < the Wagner Group | ap2-3-10-precautions          | undetermined
002-E8 | Russia < the Wagner Group | ap2-3-11-warning              | undetermined
002-E8 | Russia < the Wagner Group | ap2-5-2-marked-areas          | undetermined
002-E8 | Russia < the Wagner Group | ap2-7-3-towns                 | undetermined
002-E8 | Russia < the Wagner Group | ap2-9-1-recording             | undetermined
002-E8 | the Wagner Group          | cihl-81-care                  | concern
# 002-E2: brought in by Russian nationals, which is enough for the embargo and not for a transfer by Russia.
002-E2 | Russia                    | unsc-1970-9-arms    | concern
002-E2 | Russia < the Wagner Group | ap2-8-1-b-recipient | undetermined
# 002-E4: aircraft, through a State that nobody accuses.
002-E4 | Russia | unsc-1970-9-arms | concern
002-E4 | Syria  | unsc-1970-9-arms | undetermined
# 002-E7: armed personnel.
002-E7 | Russia | unsc-1970-9-personnel | concern
# 003-E1: what would be wrongful for Ukraine would not be for a State that never joined (ARSIWA, Art. 16(b)).
003-E1 | the United States | arsiwa-16-aid | not_applicable exception_applies
# Whether the Protocol prohibits the use of these mines turns on what they are, not on who gets them: no model is named.
003-E1 | the United States | ap2-8-1-a-prohibited-mines | undetermined
# 003-E6: an accusation without place, type or manner.
003-E6 | Russia | ap2-3-8-indiscriminate | undetermined
003-E6 | Russia | ap2-5-2-marked-areas   | undetermined
# 004: Armenia is no party to the Protocol; custom binds it, and it signed the statement.
004-E3  | Armenia's forces (Armenia) | ap2-3-7-directed-at-civilians | not_applicable actor_not_bound
004-E3  | Armenia's forces (Armenia) | ap2-3-8-indiscriminate        | not_applicable actor_not_bound
004-E3  | Armenia's forces (Armenia) | ap2-3-10-precautions          | not_applicable actor_not_bound
004-E3  | Armenia's forces (Armenia) | ap2-3-11-warning              | not_applicable actor_not_bound
004-E3  | Armenia's forces (Armenia) | ap2-7-3-towns                 | not_applicable actor_not_bound
004-E3  | Armenia's forces (Armenia) | ap2-9-1-recording             | not_applicable actor_not_bound
004-E3  | Armenia's forces (Armenia) | ap2-9-2-information           | not_applicable actor_not_bound
004-E3  | Armenia's forces (Armenia) | cihl-80-booby-traps           | concern
004-E3  | Armenia's forces (Armenia) | cihl-81-care                  | concern
004-E3  | Armenia's forces (Armenia) | cihl-83-removal               | undetermined
004-E3  | Armenia's forces (Armenia) | trilat-1-hostilities          | concern
004-E3  | Armenia's forces (Armenia) | trilat-4-withdrawal           | concern
004-E4  | Armenia                    | ap2-3-7-directed-at-civilians | not_applicable actor_not_bound
004-E4  | Armenia                    | ap2-3-8-indiscriminate        | not_applicable actor_not_bound
004-E4  | Armenia                    | ap2-3-10-precautions          | not_applicable actor_not_bound
004-E4  | Armenia                    | ap2-3-11-warning              | not_applicable actor_not_bound
004-E4  | Armenia                    | ap2-5-2-marked-areas          | not_applicable actor_not_bound
004-E4  | Armenia                    | ap2-9-1-recording             | not_applicable actor_not_bound
004-E4  | Armenia                    | ap2-9-2-information           | not_applicable actor_not_bound
004-E4  | Armenia                    | cihl-81-care                  | concern
004-E4  | Armenia                    | cihl-83-removal               | undetermined
004-E4  | Armenia                    | trilat-1-hostilities          | concern
004-E4  | Armenia                    | trilat-4-withdrawal           | concern
004-E4  | Armenia                    | trilat-6-return               | concern
004-E5b | Armenia                    | ap2-8-1-a-prohibited-mines    | not_applicable actor_not_bound
004-E5b | Armenia                    | ap2-8-1-b-recipient           | not_applicable actor_not_bound
# 004-E6: a rumour must not become a concern.
004-E6 | the Russian peacekeeping contingent (Russian Federation) | ap2-8-1-b-recipient | undetermined
"""

# What else is found; less turns on it, but nothing may come or go unseen.
BESIDES = """
# Custom, too, reaches a State behind a company or an unnamed layer only if the conduct is its own.
000-E2  | Russia < the Wagner Group                         | cihl-80-booby-traps    | undetermined
000-E2  | Russia < the Wagner Group                         | cihl-81-care           | undetermined
000-E3  | Russia < “mercenaries” supporting Haftar's forces | cihl-81-care           | undetermined
000-E4a | Russia < an unidentified user                     | cihl-81-care           | undetermined
000-E4b | Russia < an unidentified user                     | cihl-81-care           | undetermined
002-E1  | Russia < the Wagner Group                         | cihl-80-booby-traps    | undetermined
002-E1  | Russia < the Wagner Group                         | cihl-81-care           | undetermined
002-E1  | Russia < the Wagner Group                         | cihl-11-indiscriminate | undetermined
002-E8  | Russia < the Wagner Group                         | cihl-81-care           | undetermined
# A layer whom nobody names.
000-E4a | an unidentified user | ap2-3-8-indiscriminate | undetermined
000-E4a | an unidentified user | ap2-5-2-marked-areas   | undetermined
000-E4a | an unidentified user | cihl-81-care           | undetermined
000-E4b | an unidentified user | ap2-3-8-indiscriminate | undetermined
000-E4b | an unidentified user | ap2-5-2-marked-areas   | undetermined
000-E4b | an unidentified user | cihl-81-care           | undetermined
# Those who supply are no addressees of a duty of States.
002-E2 | the Wagner Group | unsc-1970-9-arms           | not_applicable actor_not_addressee
002-E2 | the Wagner Group | ap2-8-1-a-prohibited-mines | not_applicable actor_not_addressee
002-E2 | the Wagner Group | ap2-8-1-b-recipient        | not_applicable actor_not_addressee
# The other letter on the same supply.
002-E2 | Russia < the Wagner Group                                | ap2-8-1-a-prohibited-mines | undetermined
004-E6 | the Russian peacekeeping contingent (Russian Federation) | ap2-8-1-a-prohibited-mines | undetermined
# Of a rumour not even the day is vouched for, so not whether it was in the months before the entry into force.
004-E6 | the Russian peacekeeping contingent (Russian Federation) | ap2-8-3-interim | undetermined
003-E6 | Russia                                                   | cihl-81-care    | undetermined
# The time in which the traps may have been laid begins before the district had to be returned.
004-E3 | Armenia's forces (Armenia) | trilat-6-return | undetermined
"""

# Document, bearer and the beginning of the rules under which there is no finding, though one might be looked for.
NOTHING = """
000 | Russia                  | att-
000 | Libya                   | att-
000 | Libya                   | unsc-
000 | General Haftar's forces | unsc-
# Asked only where a document says that the use was indiscriminate.
000 | General Haftar's forces | cihl-11
# A beneficiary is no user.
002 | the Libyan National Army (forces of Khalifa Haftar) | ap2-
002 | the Libyan National Army (forces of Khalifa Haftar) | cihl-
002 | Türkiye                                             | unsc-
002 | Egypt                                               | unsc-
002 | the United Arab Emirates                                | unsc-
# Ukraine is a State and bound by the Protocol, which leaves nothing to letters (b) and (c).
003 | the United States | ap2-8-1-b
003 | the United States | ap2-8-1-c
003 | the United States | unsc-
003 | Ukraine           | arsiwa-
003 | Ukraine           | ap2-
# Finding mines, or being the place of them, engages no rule of these instruments.
004 | Azerbaijan | ap2-
004 | Azerbaijan | cihl-
004 | Azerbaijan | trilat-
# No use by Russia is alleged, and "has not fulfilled its tasks" is an opinion.
004 | the Russian Federation                                   | ap2-
004 | the Russian peacekeeping contingent (Russian Federation) | ap2-3
004 | the Russian peacekeeping contingent (Russian Federation) | ap2-7
004 | the Russian peacekeeping contingent (Russian Federation) | ap2-9
004 | the Russian Federation                                   | trilat-
004 | the Russian peacekeeping contingent (Russian Federation) | trilat-
# Another country, and a recipient that is no State Party.
004 | the Russian peacekeeping contingent (Russian Federation) | unsc-
004 | Armenia                                                  | unsc-
004 | Armenia                                                  | arsiwa-
"""

TOTALS = {
    ("000", "unsc"): {"concern": 2},
    ("000", "ap2"): {"concern": 1, "undetermined": 20, "not_applicable": 18},
    ("000", "cihl"): {"concern": 4, "undetermined": 8},
    ("002", "unsc"): {"concern": 3, "undetermined": 1, "not_applicable": 1},
    ("002", "ap2"): {"undetermined": 13, "not_applicable": 13},
    ("002", "cihl"): {"concern": 3, "undetermined": 5},
    ("003", "ap2"): {"undetermined": 3},
    ("003", "cihl"): {"undetermined": 1},
    ("003", "arsiwa"): {"not_applicable": 1},
    ("004", "ap2"): {"undetermined": 3, "not_applicable": 16},
    ("004", "cihl"): {"concern": 3, "undetermined": 2},
    ("004", "trilat"): {"concern": 5, "undetermined": 1},
}
"""By document and instrument; a pair that is missing has no finding at all."""

LISTINGS = [
    ("001-R1", "Mohammed al-Kani", "held"),
    ("001-R1", "the al-Kaniyat militia", "held"),
    ("001-R2", "Mohammed al-Kani", "held"),
    ("001-R2", "the al-Kaniyat militia", "held"),
]

ATTRIBUTION = {
    "attribution.organ",
    "attribution.empowered_by_law",
    "attribution.instructions_or_control",
    "attribution.absence_of_authorities",
    "attribution.became_government",
    "attribution.adopted",
}

FLAGGED = {"established", "reasonable_grounds", "credible_concern", "concern", "met_late", "anticipated"}

Line = tuple[str, str, str, str]
Findings = dict[Line, Finding]


def rows(table: str) -> list[tuple[str, ...]]:
    written = [row for row in table.splitlines() if row and not row.startswith("#")]
    return [tuple(cell.strip() for cell in row.split("|")) for row in written]


def lines(table: str) -> list[Line]:
    return [(event, bearer, rule, result) for event, bearer, rule, result in rows(table)]


def line(finding: Finding) -> Line:
    who = finding.bearer
    bearer = f"{who.name} < {who.through}" if who.through else who.name
    return finding.event, bearer, finding.rule, f"{finding.outcome} {finding.reason}".strip()


@pytest.fixture(scope="module")
def findings(report: Report) -> Findings:
    return {line(finding): finding for finding in report.findings if finding.instrument != ELSEWHERE}


@pytest.fixture(scope="module")
def fused(rulebook: Rulebook, casefile: Casefile) -> Report:
    return check(rulebook, with_fusions(casefile, [FUSION], rulebook))


# The tables.


@pytest.mark.parametrize("expected", lines(TABLE), ids=lambda row: " ".join(row[:3]))
def test_the_result_is_the_one_the_law_fixes(expected: Line, findings: Findings) -> None:
    found = [found for found in findings if found[:3] == expected[:3]]
    assert [expected] == found


def test_there_is_no_result_beside_the_tables(findings: Findings) -> None:
    assert sorted(lines(TABLE) + lines(BESIDES)) == sorted(findings)


def test_no_table_has_a_line_twice() -> None:
    assert {1} == set(Counter(row[:3] for row in lines(TABLE) + lines(BESIDES)).values())


@pytest.mark.parametrize(("document", "bearer", "rules"), rows(NOTHING))
def test_where_nothing_is_said_against_a_bearer_nothing_is_found(
    document: str, bearer: str, rules: str, findings: Findings
) -> None:
    found = [one for one in findings if one[0].startswith(document) and one[1] == bearer and one[2].startswith(rules)]
    assert [] == found


def test_a_bearer_for_whom_nothing_is_found_stands_in_its_document(casefile: Casefile) -> None:
    written = {
        (dossier.entry.file[:3], actor.name) for dossier in casefile.dossiers for actor in dossier.actors.values()
    }
    named = {(document, bearer.split(" (Russian")[0]) for document, bearer, _ in rows(NOTHING)}
    assert set() == named - written


# Totals.


def test_the_outcomes_of_each_document_are_counted(findings: Findings) -> None:
    counted: dict[tuple[str, str], Counter[str]] = {}
    for one in findings.values():
        counted.setdefault((one.document[:3], one.instrument), Counter())[one.outcome] += 1
    assert TOTALS == counted


def test_the_flags_under_the_protocol_are_one_concern_about_a_supply(findings: Findings) -> None:
    flagged = [place for place, one in findings.items() if one.instrument == "ap2" and one.outcome in FLAGGED]
    assert [("000-E1", "Russia", "ap2-8-1-b-recipient", "concern")] == flagged


def test_the_flags_under_the_embargo_are_all_on_one_state(findings: Findings) -> None:
    flagged = sorted(
        (one.event, one.bearer.code) for one in findings.values() if one.instrument == "unsc" and one.outcome in FLAGGED
    )
    assert [("000-E1", "RUS"), ("000-E5", "RUS"), ("002-E2", "RUS"), ("002-E4", "RUS"), ("002-E7", "RUS")] == flagged


def test_nothing_in_the_tables_is_more_than_a_concern(findings: Findings) -> None:
    assert {"concern", "undetermined", "not_applicable"} == {one.outcome for one in findings.values()}


def test_the_treaty_on_the_arms_trade_is_never_in_issue(findings: Findings) -> None:
    assert [] == [one for one in findings.values() if one.instrument == "att"]


# The same actor under different law.


def test_one_state_stands_differently_under_each_instrument(report: Report) -> None:
    reasons = {
        (one.instrument, one.outcome, one.reason)
        for one in report.findings
        if one.event == "000-E1" and one.bearer.code == "RUS"
    }
    expected = {
        ("mbc", "not_applicable", "actor_not_bound"),
        ("ap2", "concern", ""),
        ("ap2", "undetermined", ""),
        ("unsc", "concern", ""),
    }
    assert expected == reasons


# What is missing.


def test_a_state_that_nobody_accuses_is_asked_for_its_knowledge_and_consent(findings: Findings) -> None:
    syria = findings["002-E4", "Syria", "unsc-1970-9-arms", "undetermined"]
    assert {"event.transit_known", "event.transit_consent"} == {one.fact for one in syria.missing}


@pytest.mark.parametrize("event", ["000-E2", "000-E3", "000-E4a", "000-E4b", "002-E1", "002-E2", "002-E8"])
def test_a_state_behind_somebody_else_is_open_on_every_ground_of_attribution(event: str, findings: Findings) -> None:
    behind = [one for one in findings.values() if one.event == event and one.bearer.through]
    assert behind != []
    assert [] == [one.rule for one in behind if not {missing.fact for missing in one.missing} >= ATTRIBUTION]
    assert {True} == {"attribution" in {position.id for position in one.positions} for one in behind}


@pytest.mark.parametrize("place", [row for row in lines(TABLE) if row[2] == "cihl-83-removal"])
def test_the_end_of_hostilities_is_not_enough_without_the_maps(place: Line, findings: Findings) -> None:
    assert {"event.maps_handed_over", "event.removed_by_user"} == {one.fact for one in findings[place].missing}


def test_aid_to_a_breach_fails_on_the_second_condition(findings: Findings) -> None:
    aid = findings["003-E1", "the United States", "arsiwa-16-aid", "not_applicable exception_applies"]
    applies = [element.name for element in aid.elements if element.truth == "true"]
    assert any("arsiwa-16-b" in name for name in applies)


@pytest.mark.parametrize(
    ("place", "citation"),
    [
        (("000-E1", "Russia", "unsc-1970-9-arms", "concern"), "resolution 1970 (2011), para. 9"),
        (("000-E1", "Russia", "ap2-8-1-b-recipient", "concern"), "AP II, Art. 8(1)(b)"),
        (("002-E1", "the Wagner Group", "cihl-81-care", "concern"), "CIHL, Rule 81"),
        (
            ("004-E4", "Armenia", "trilat-6-return", "concern"),
            "tripartite statement of 10 November 2020, para. 6",
        ),
        (("003-E1", "the United States", "arsiwa-16-aid", "not_applicable exception_applies"), "ARSIWA, Art. 16"),
    ],
)
def test_a_finding_is_cited_by_its_provision(place: Line, citation: str, findings: Findings) -> None:
    assert citation == findings[place].citation


# The document on a procedure.


def test_no_rule_of_any_instrument_finds_anything_in_the_document_on_a_listing(report: Report) -> None:
    assert [] == [line(one) for one in report.findings if one.document.startswith("001")]


def test_the_listing_is_held(report: Report) -> None:
    assert LISTINGS == sorted(map(state, report.procedures))


def state(procedure: ProcedureState) -> tuple[str, str, str]:
    return procedure.event, procedure.subject, procedure.state


def test_where_the_listing_stands_is_cited_and_rests_on_quotes(report: Report) -> None:
    assert {"resolution 1970 (2011), para. 24"} == {one.citation for one in report.procedures}
    assert [] == [one.event for one in report.procedures if not one.quotes]


# Two accounts together.


def test_only_the_embargo_finding_rises_when_two_accounts_are_joined(fused: Report, findings: Findings) -> None:
    together = {line(one) for one in fused.findings if one.event.startswith("LIBYA-") and one.outcome in FLAGGED}
    expected = {
        ("LIBYA-F1", "Russia", "unsc-1970-9-arms", "credible_concern"),
        ("LIBYA-F1", "Russia", "ap2-8-1-b-recipient", "concern"),
        ("LIBYA-F2", "General Haftar's forces", "cihl-81-care", "concern"),
        ("LIBYA-F2", "the Wagner Group", "cihl-81-care", "concern"),
    }
    assert expected == together
    apart = {(one.bearer.name, one.rule): one.outcome for one in findings.values() if one.outcome in FLAGGED}
    assert {"unsc-1970-9-arms"} == {rule for _, who, rule, outcome in together if apart[who, rule] != outcome}


def test_joining_two_accounts_attributes_nothing(fused: Report) -> None:
    behind = {one.outcome for one in fused.findings if one.event.startswith("LIBYA-") and one.bearer.through}
    assert {"undetermined", "not_applicable"} == behind
