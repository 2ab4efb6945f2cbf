"""Findings as tests on a build server: what fails, what is skipped, and that the XML is what such servers read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from treatycheck.findings import BearerRef, DocumentRef, Finding, Report, WaiverState
from treatycheck.report.junit import render
from treatycheck.rulebook.model import Wording

Reports = Callable[..., Report]
FLAGGED = ("established", "reasonable_grounds", "credible_concern", "concern", "met_late", "anticipated")

# What the common schema of JUnit reports allows: the attributes of each element, and its children in their order.
ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "properties": set(),
    "property": {"name", "value"},
    "testcase": {"name", "classname"},
    "skipped": {"message"},
    "failure": {"message", "type"},
    "system-out": set(),
}
CHILDREN = {
    "testsuites": ["testsuite"],
    "testsuite": ["properties", "testcase"],
    "properties": ["property"],
    "testcase": ["skipped", "failure", "system-out"],
}


@pytest.fixture
def tree(wording: Wording) -> Callable[..., ET.Element]:
    def parsed(report: Report, failing: tuple[str, ...] = FLAGGED) -> ET.Element:
        return ET.fromstring(render(report, wording, failing))  # noqa: S314 - written by the program itself

    return parsed


Trees = Callable[..., ET.Element]


def follow_the_schema(element: ET.Element) -> None:
    """Hold an element and all below it to the common schema: names, attributes, order and counts."""
    assert element.attrib.keys() == ATTRIBUTES[element.tag]
    allowed = CHILDREN.get(element.tag, [])
    places = [allowed.index(child.tag) for child in element]
    assert places == sorted(places)
    if element.tag in ("testsuites", "testsuite"):
        cases = list(element.iter("testcase"))
        assert element.attrib["tests"] == str(len(cases))
        assert element.attrib["failures"] == str(sum(case.find("failure") is not None for case in cases))
        skipped = str(sum(case.find("skipped") is not None for case in cases))
        assert element.attrib.get("skipped", skipped) == skipped
    for child in element:
        follow_the_schema(child)


def test_the_report_follows_the_common_schema(
    finding: Finding, undetermined: Finding, inapplicable: Finding, report_of: Reports, tree: Trees
) -> None:
    follow_the_schema(tree(report_of(finding, undetermined, inapplicable)))


def test_what_is_flagged_fails_with_its_sentence_and_outcome(finding: Finding, report_of: Reports, tree: Trees) -> None:
    (failure,) = tree(report_of(finding)).iter("failure")
    assert {"message": "Concern that Arcadia sold widgets (WT, Art. 1).", "type": "concern"} == failure.attrib
    assert "“they sold it” (a.txt, line 2, characters 10-23)" in str(failure.text)


def test_what_is_below_the_threshold_does_not_fail(finding: Finding, report_of: Reports, tree: Trees) -> None:
    found = tree(report_of(finding), ("established", "reasonable_grounds"))
    assert [] == list(found.iter("failure"))
    assert "Concern that Arcadia" in str(next(found.iter("system-out")).text)


def test_what_cannot_be_determined_is_skipped_and_never_passed(
    undetermined: Finding, report_of: Reports, tree: Trees
) -> None:
    found = tree(report_of(undetermined))
    assert [undetermined.message] == [one.attrib["message"] for one in found.iter("skipped")]
    assert [("0", "1")] == [(suite.attrib["failures"], suite.attrib["skipped"]) for suite in found]


def test_what_cannot_be_determined_fails_where_that_is_asked_for(
    undetermined: Finding, report_of: Reports, tree: Trees
) -> None:
    found = tree(report_of(undetermined), (*FLAGGED, "undetermined"))
    assert [("1", "0")] == [(suite.attrib["failures"], suite.attrib["skipped"]) for suite in found]


def test_what_is_set_aside_is_skipped_with_the_reason(finding: Finding, report_of: Reports, tree: Trees) -> None:
    waiver = WaiverState(
        *("0123456789ab", "sale", "E1", "Arcadia", "Seen by the committee.", "reviewer"),
        *(date(2026, 1, 1), date(2027, 1, 1), "concern", "stands", "seen.waivers.yaml", 3),
    )
    found = tree(report_of(replace(finding, waiver=waiver)))
    (skipped,) = found.iter("skipped")
    assert "Set aside. Seen by the committee." in skipped.attrib["message"]
    assert [("0", "1")] == [(suite.attrib["failures"], suite.attrib["skipped"]) for suite in found]


def test_what_does_not_apply_says_so_in_its_output(inapplicable: Finding, report_of: Reports, tree: Trees) -> None:
    (case,) = tree(report_of(inapplicable)).iter("testcase")
    assert ["system-out"] == [child.tag for child in case]
    assert str(case[0].text).startswith("not applicable: Does not apply: Borduria has not joined")


def test_a_case_is_named_by_rule_event_and_bearer(finding: Finding, report_of: Reports, tree: Trees) -> None:
    (case,) = tree(report_of(finding)).iter("testcase")
    assert {"classname": "sale", "name": "E1: Arcadia"} == case.attrib


def test_no_person_is_named_and_two_persons_are_two_cases(finding: Finding, report_of: Reports, tree: Trees) -> None:
    persons = [
        replace(finding, id=f"{number}" * 12, bearer=BearerRef("", name, "person"))
        for number, name in enumerate(("John Doe", "Jane Roe"))
    ]
    names = [case.attrib["name"] for case in tree(report_of(*persons)).iter("testcase")]
    assert ["E1: A person (000000000000)", "E1: A person (111111111111)"] == names


def test_there_is_a_suite_for_each_document_with_what_it_was_checked_with(
    finding: Finding, report_of: Reports, tree: Trees
) -> None:
    documents = tuple(
        DocumentRef(file, "cd" * 32, "ef" * 32, "Title", "", "news", "", "", "", events)
        for file, events in (("a.txt", ("E1",)), ("b.txt", ("E2",)))
    )
    suites = list(tree(report_of(finding, documents=documents)))
    assert [("a.txt", "1"), ("b.txt", "0")] == [(one.attrib["name"], one.attrib["tests"]) for one in suites]
    properties = {one.attrib["name"]: one.attrib["value"] for one in suites[0].iter("property")}
    assert ("cd" * 32, "2026-03-26") == (properties["sha256"], properties["as_of"])


def test_two_documents_of_one_name_are_told_apart_by_their_events(
    finding: Finding, report_of: Reports, tree: Trees
) -> None:
    documents = tuple(
        DocumentRef("a.txt", "cd" * 32, "ef" * 32, "Title", "", "news", "", "", "", (event,)) for event in ("E1", "E2")
    )
    suites = tree(report_of(finding, replace(finding, event="E2"), documents=documents))
    assert ["1", "1"] == [one.attrib["tests"] for one in suites]


def test_a_denial_stands_in_the_sentence(finding: Finding, report_of: Reports, tree: Trees) -> None:
    (failure,) = tree(report_of(replace(finding, dispute="denied", dispute_by="Arcadia"))).iter("failure")
    assert failure.attrib["message"] == "Concern that Arcadia sold widgets (WT, Art. 1). Denied by Arcadia."
    assert failure.attrib["message"] in str(failure.text)


def test_markup_and_characters_that_xml_cannot_hold_are_text(finding: Finding, report_of: Reports, tree: Trees) -> None:
    hostile = replace(finding, message="</failure><x a='1'>&amp; ]]> \x00\x0b\ud800\uffff\u202e")
    (failure,) = tree(report_of(hostile)).iter("failure")
    assert r"</failure><x a='1'>&amp; ]]> \x00\x0b\ud800\uffff\u202e" == failure.attrib["message"]
    assert failure.attrib["message"] in str(failure.text)


def test_the_same_report_gives_the_same_bytes(finding: Finding, report_of: Reports, wording: Wording) -> None:
    first, second = (render(report_of(finding), wording, FLAGGED) for _ in range(2))
    assert first == second
    assert first.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
