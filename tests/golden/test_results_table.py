"""The results of the seeds under the Mine Ban Convention, held as a table that the law fixes.

Each line was found by reading the document and the treaty, not by running the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile, Event, Item, Stated
from treatycheck.check import Decided, check, decide_event, under
from treatycheck.dates import parse
from treatycheck.documents.text import read_document
from treatycheck.engine.agreement import Panel
from treatycheck.engine.compile import compile_rulebook
from treatycheck.findings import Element, Finding, Node, QuoteRef, Report
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
INSTRUMENT = "mbc"

# Event, bearer, rule, outcome and reason. The words between are for the reader.
TABLE = """
# 000: mines said to have been brought into Libya. None of those named is bound, and the forces are no State.
000-E1 | Russia                  | mbc-1-1-b-transfer | not_applicable actor_not_bound
000-E1 | Libya                   | mbc-1-1-b-acquire  | not_applicable actor_not_bound
000-E1 | General Haftar's forces | mbc-1-1-b-acquire  | not_applicable actor_not_addressee
# 000: use in the southern suburbs of Tripoli.
000-E2 | General Haftar's forces | mbc-1-1-a-use | not_applicable actor_not_addressee
000-E2 | the Wagner Group        | mbc-1-1-a-use | not_applicable actor_not_addressee
# 002: laying in Libya; the fighters are no State, and the State behind them, if it is, is not bound.
002-E1 | the Wagner Group          | mbc-1-1-a-use | not_applicable actor_not_addressee
002-E1 | Russia < the Wagner Group | mbc-1-1-a-use | not_applicable actor_not_bound
002-E8 | the Wagner Group          | mbc-1-1-a-use | not_applicable actor_not_addressee
002-E8 | Russia < the Wagner Group | mbc-1-1-a-use | not_applicable actor_not_bound
# 003: the announced transfer, the stock, and the accusation against a State that is not bound.
003-E1 | the United States | mbc-1-1-b-transfer          | not_applicable actor_not_bound
003-E1 | Ukraine           | mbc-1-1-b-acquire           | anticipated
003-E5 | Ukraine           | mbc-4-stockpile-destruction | reasonable_grounds
003-E6 | Russia            | mbc-1-1-a-use               | not_applicable actor_not_bound
# 004: no duty to clear for a State that never joined, though the mines are found on its territory.
004-E2 | Azerbaijan | mbc-5-1-clearance | not_applicable actor_not_bound
# 004: laying (by forces and by the State), production, transport; the rumour about the peacekeepers.
004-E3  | Armenia's forces (Armenia)                               | mbc-1-1-a-use      | not_applicable actor_not_bound
004-E4  | Armenia                                                  | mbc-1-1-a-use      | not_applicable actor_not_bound
004-E5a | Armenia                                                  | mbc-1-1-b-produce  | not_applicable actor_not_bound
004-E5b | Armenia                                                  | mbc-1-1-b-transfer | not_applicable actor_not_bound
004-E6  | the Russian peacekeeping contingent (Russian Federation) | mbc-1-1-b-transfer | not_applicable actor_not_bound
"""

# What else is found; less turns on it, but nothing may come or go unseen.
BESIDES = """
000-E2  | Russia < the Wagner Group                           | mbc-1-1-a-use       | not_applicable actor_not_bound
000-E3  | “mercenaries” supporting Haftar's forces            | mbc-1-1-a-use       | not_applicable actor_not_addressee
000-E3  | Russia < “mercenaries” supporting Haftar's forces   | mbc-1-1-a-use       | not_applicable actor_not_bound
000-E4a | an unidentified user                                | mbc-1-1-a-use       | undetermined
000-E4a | Russia < an unidentified user                       | mbc-1-1-a-use       | not_applicable actor_not_bound
000-E4b | an unidentified user                                | mbc-1-1-a-use       | undetermined
000-E4b | Russia < an unidentified user                       | mbc-1-1-a-use       | not_applicable actor_not_bound
002-E2  | the Wagner Group                                    | mbc-1-1-b-transfer  | not_applicable actor_not_addressee
002-E2  | Russia < the Wagner Group                           | mbc-1-1-b-transfer  | not_applicable actor_not_bound
002-E2  | Libya                                               | mbc-1-1-b-acquire   | not_applicable actor_not_bound
002-E4  | Russia                                              | mbc-1-1-b-transfer  | not_applicable actor_not_bound
002-E4  | Libya                                               | mbc-1-1-b-acquire   | not_applicable actor_not_bound
002-E4  | the Libyan National Army (forces of Khalifa Haftar) | mbc-1-1-b-acquire   | not_applicable actor_not_addressee
002-E4  | Syria                                               | mbc-1-1-c-transit   | not_applicable actor_not_bound
002-E4  | Syria                                               | mbc-9-transit       | not_applicable actor_not_bound
003-E2  | the President of Ukraine (Ukraine)                  | mbc-1-1-c-encourage | undetermined
003-E5  | Ukraine                                             | mbc-1-1-b-stockpile | not_applicable exception_applies
004-E5b | Azerbaijan                                          | mbc-1-1-b-acquire   | not_applicable actor_not_bound
004-E6  | Azerbaijan                                          | mbc-1-1-b-acquire   | not_applicable actor_not_bound
004-E6  | “Armenian separatists”                              | mbc-1-1-b-acquire   | not_applicable actor_not_addressee
"""

MEANINGS = {
    "000-E1": ("transfer", "LBY"),
    "000-E2": ("use", "LBY"),
    "000-E3": ("use", "LBY"),
    "000-E4a": ("use", "UKR"),
    "000-E4b": ("use", "SYR"),
    "002-E1": ("use", "LBY"),
    "002-E2": ("transfer", "LBY"),
    "002-E4": ("transfer", "LBY"),
    "002-E8": ("use", "LBY"),
    "003-E1": ("transfer", ""),
    "003-E2": ("encourage", ""),
    "003-E5": ("stockpile", ""),
    "003-E6": ("use", ""),
    "004-E2": ("clear", "AZE"),
    "004-E3": ("use", "AZE"),
    "004-E4": ("use", "AZE"),
    "004-E5a": ("produce", ""),
    "004-E5b": ("transfer", "AZE"),
    "004-E6": ("transfer", "AZE"),
}

Line = tuple[str, str, str, str]


def lines(table: str) -> list[Line]:
    rows = [row for row in table.splitlines() if row and not row.startswith("#")]
    return [(event, bearer, rule, result) for event, bearer, rule, result in map(cells, rows)]


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|")]


def line(finding: Finding) -> Line:
    who = finding.bearer
    bearer = f"{who.name} < {who.through}" if who.through else who.name
    return finding.event, bearer, finding.rule, f"{finding.outcome} {finding.reason}".strip()


@pytest.fixture(scope="module")
def findings(report: Report) -> dict[Line, Finding]:
    return {line(finding): finding for finding in report.findings if finding.instrument == INSTRUMENT}


@pytest.fixture(scope="module")
def events(casefile: Casefile) -> dict[str, Event]:
    return {event.id: event for dossier in casefile.dossiers for event in dossier.events}


# The table.


@pytest.mark.parametrize("expected", lines(TABLE), ids=lambda row: " ".join(row[:3]))
def test_the_result_is_the_one_the_law_fixes(expected: Line, findings: dict[Line, Finding]) -> None:
    found = [found for found in findings if found[:3] == expected[:3]]
    assert [expected] == found


def test_there_is_no_result_beside_the_tables(findings: dict[Line, Finding]) -> None:
    assert sorted(lines(TABLE) + lines(BESIDES)) == sorted(findings)


def test_no_table_has_a_line_twice() -> None:
    assert {1} == set(Counter(row[:3] for row in lines(TABLE) + lines(BESIDES)).values())


def test_an_event_of_the_tables_means_what_they_take_it_for(events: dict[str, Event]) -> None:
    meant = {name: (one.act.value, one.place.country if one.place else "") for name, one in events.items()}
    assert MEANINGS == {name: meaning for name, meaning in meant.items() if name in MEANINGS}
    assert set(MEANINGS) == {row[0] for row in lines(TABLE) + lines(BESIDES)}


def test_the_outcomes_of_the_convention_are_counted(findings: dict[Line, Finding]) -> None:
    expected = {"reasonable_grounds": 1, "anticipated": 1, "undetermined": 3, "not_applicable": 34}
    assert expected == Counter(finding.outcome for finding in findings.values())


def test_the_reasons_why_the_convention_does_not_apply_are_counted(findings: dict[Line, Finding]) -> None:
    expected = {"actor_not_bound": 24, "actor_not_addressee": 9, "exception_applies": 1}
    assert expected == Counter(finding.reason for finding in findings.values() if finding.reason)


def test_the_counts_of_the_report_are_those_of_its_findings(report: Report) -> None:
    told = {outcome: count for outcome, count in report.counts.items() if count and outcome != "no_finding"}
    assert told == Counter(finding.outcome for finding in report.findings)


def test_the_only_flags_of_the_convention_are_the_two_on_ukraine(findings: dict[Line, Finding]) -> None:
    flagged = {"established", "reasonable_grounds", "credible_concern", "concern", "met_late", "anticipated"}
    assert [("003-E1", "UKR", "anticipated"), ("003-E5", "UKR", "reasonable_grounds")] == sorted(
        (one.event, one.bearer.code, one.outcome) for one in findings.values() if one.outcome in flagged
    )


def test_the_stock_of_ukraine_is_judged_by_its_last_day(findings: dict[Line, Finding]) -> None:
    stock = findings["003-E5", "Ukraine", "mbc-4-stockpile-destruction", "reasonable_grounds"]
    assert ("MBC, Art. 4", "2010-06-01") == (stock.citation, str(stock.due))


@pytest.mark.parametrize(
    ("rule", "citation"),
    [
        ("mbc-1-1-a-use", "MBC, Art. 1(1)(a)"),
        ("mbc-1-1-b-transfer", "MBC, Art. 1(1)(b)"),
        ("mbc-1-1-b-acquire", "MBC, Art. 1(1)(b)"),
        ("mbc-1-1-b-produce", "MBC, Art. 1(1)(b)"),
        ("mbc-1-1-b-stockpile", "MBC, Art. 1(1)(b)"),
        ("mbc-1-1-c-encourage", "MBC, Art. 1(1)(c)"),
        ("mbc-4-stockpile-destruction", "MBC, Art. 4"),
    ],
)
def test_a_rule_is_cited_by_its_paragraph(rule: str, citation: str, findings: dict[Line, Finding]) -> None:
    assert {citation} == {finding.citation for finding in findings.values() if finding.rule == rule}


def test_the_article_on_a_procedure_has_no_line(report: Report) -> None:
    document = next(one for one in report.documents if one.file.startswith("001"))
    expected: tuple[tuple[str, ...], list[Finding]] = (("001-R1", "001-R2", "001-F1", "001-F2"), [])
    assert expected == (document.events, [one for one in report.findings if one.document == document.file])


# What the objects are.

OBJECTS = [
    ("000-E1", "antipersonnel mines manufactured in Russia", "true"),
    ("000-E2", "antipersonnel landmines", "true"),
    ("000-E2", "booby traps", "unknown"),
    ("000-E3", "MON-50", "unknown"),
    ("000-E3", "POM-2", "true"),
    ("000-E3", "POM-2R", "true"),
    ("000-E3", "PMN-2", "true"),
    ("002-E1", "landmines, minefields", "unknown"),
    ("002-E1", "booby traps", "unknown"),
    ("002-E2", "anti-personnel mines", "true"),
    ("002-E4", "MiG-29 fighter aircraft", "false"),
    ("002-E8", "anti-personnel mines", "true"),
    ("002-E8", "improvised explosive devices (IEDs)", "unknown"),
    ("003-E1", "anti-personnel mines", "true"),
    ("003-E5", "a stockpile of Soviet-era landmines", "true"),
    ("003-E6", "landmines", "unknown"),
    ("004-E2", "Armenian-produced landmines (the production year 2021)", "unknown"),
    ("004-E3", "booby traps made of hand grenades and landmines activated by trip wire", "true"),
    ("004-E4", "landmines", "unknown"),
    ("004-E5a", "landmines manufactured by Armenia in 2021", "unknown"),
    ("004-E6", "anti-personnel mines", "true"),
    ("004-E6", "anti-tank mines", "false"),
    ("004-E6", "122mm mortars", "false"),
]


@pytest.fixture(scope="module")
def decided(rulebook: Rulebook, casefile: Casefile) -> dict[str, Decided]:
    """Any decision on each event: the objects are judged once for all of them."""
    program = compile_rulebook(rulebook)
    day = parse(rulebook.manifest.as_of).earliest
    assert day is not None
    ruled = under(rulebook, program.positions, day)
    with Panel(program.units, "reference") as panel:
        return {
            event.id: one
            for dossier in casefile.dossiers
            for event in dossier.events
            for one in decide_event(ruled, program, panel, dossier, event, day)
        }


@pytest.mark.parametrize(("event", "described", "expected"), OBJECTS)
def test_an_object_is_or_is_no_anti_personnel_mine_or_nobody_can_tell(
    event: str, described: str, expected: str, decided: dict[str, Decided]
) -> None:
    evidence = decided[event].evidence
    index = evidence.program.terms["anti_personnel_mine"].index
    number = [item.described for item in evidence.event.objects].index(described)
    verdict = evidence.verdicts.objects[number][index]
    assert expected == {1: "true", 0: "unknown", -1: "false"}[(verdict > 0) - (verdict < 0)]


def test_the_element_of_the_object_tells_the_mines_of_the_photographs_apart(findings: dict[Line, Finding]) -> None:
    mercenaries = next(one for place, one in findings.items() if place[0] == "000-E3")
    assert "MON-50: undetermined; POM-2: yes; POM-2R: yes; PMN-2: yes" == element(mercenaries, "object").detail


@pytest.mark.parametrize("event", ["003-E6", "004-E4", "004-E5a", "004-E5b"])
def test_a_landmine_without_a_class_leaves_the_object_open(event: str, findings: dict[Line, Finding]) -> None:
    objects = {element(one, "object").truth for place, one in findings.items() if place[0] == event}
    assert {"unknown"} == objects


def element(finding: Finding, name: str) -> Element:
    return next(one for one in finding.elements if one.name == name)


# Where an object was made says nothing of who supplied or laid it.


def without_origin(item: Item) -> Item:
    return replace(item, origin=None)


def made_in_a_state_party(item: Item) -> Item:
    return replace(item, origin=Stated(value="NOR", strength="S4"))


def remade(casefile: Casefile, change: Callable[[Item], Item]) -> Casefile:
    return Casefile(
        tuple(
            replace(
                dossier,
                events=tuple(replace(event, objects=tuple(map(change, event.objects))) for event in dossier.events),
            )
            for dossier in casefile.dossiers
        ),
        casefile.unencoded,
    )


@pytest.mark.parametrize("change", [without_origin, made_in_a_state_party])
def test_no_finding_turns_on_where_an_object_was_made(
    change: Callable[[Item], Item], rulebook: Rulebook, casefile: Casefile, report: Report
) -> None:
    assert report.findings == check(rulebook, remade(casefile, change)).findings


def test_the_seeds_name_the_origin_of_some_objects(events: dict[str, Event]) -> None:
    origins = {item.origin.value for event in events.values() for item in event.objects if item.origin}
    assert {"RUS", "ARM"} == origins


# Dates are those of the documents.


def test_the_mines_were_brought_into_libya_on_some_day_of_two_years(events: dict[str, Event]) -> None:
    assert ("[2018..2019]", "") == (events["000-E1"].date.edtf, events["000-E1"].date.resolved)


def test_the_document_without_a_year_is_dated_without_a_year(casefile: Casefile) -> None:
    dossier = next(one for one in casefile.dossiers if one.entry.file.startswith("002"))
    dates = [dossier.entry.date.edtf, *(event.date.edtf for event in dossier.events)]
    assert [] == [edtf for edtf in dates if not edtf.startswith("XXXX")]


# Every finding can be traced.

IDS = {
    ("003-E1", "Ukraine", "mbc-1-1-b-acquire", "anticipated"): "66ed17ba2bae",
    ("003-E5", "Ukraine", "mbc-4-stockpile-destruction", "reasonable_grounds"): "78fd57026515",
    ("002-E1", "Russia < the Wagner Group", "mbc-1-1-a-use", "not_applicable actor_not_bound"): "5e834faa4f40",
}


def test_the_id_of_a_finding_stays_the_same(findings: dict[Line, Finding]) -> None:
    assert IDS == {place: findings[place].id for place in IDS}


def test_no_two_findings_share_an_id(report: Report) -> None:
    assert [] == [name for name, count in Counter(one.id for one in report.findings).items() if count > 1]


def test_every_finding_has_a_proof_of_every_element(report: Report) -> None:
    assert [] == [
        one.id
        for one in report.findings
        if not one.proof or not one.elements or len(one.proof) < len(one.elements) or not all(map(rests, one.proof))
    ]


def rests(node: Node) -> bool:
    """Whether every branch of a proof ends in a fact, a status, a date or a last day, or an object the event lacks."""
    ends = {"fact", "status", "date", "deadline", "term"}
    return all(map(rests, node.children)) if node.children else node.kind in ends


def test_every_finding_rests_on_a_quote(report: Report) -> None:
    assert [] == [one.id for one in report.findings if not one.quotes]


def test_every_quote_is_the_text_of_its_document_at_its_place(report: Report) -> None:
    texts = {one.file: read_document(SEEDS / one.file).text for one in report.documents}
    quotes = {quote for one in report.findings for quote in quoted(one)}
    assert quotes != set()
    assert [] == [quote for quote in quotes if quote.text != texts[quote.document][quote.start : quote.end]]


def quoted(finding: Finding) -> Iterator[QuoteRef]:
    yield from finding.quotes
    yield from finding.dispute_quotes
    for one in finding.elements:
        yield from one.quotes


def test_two_runs_give_equal_reports(rulebook: Rulebook, casefile: Casefile, report: Report) -> None:
    assert report == check(rulebook, casefile)


def test_loading_anew_gives_an_equal_report(report: Report) -> None:
    rulebook = load_rulebook(ROOT / "rules")
    assert report == check(rulebook, load_casefile([SEEDS], rulebook))
