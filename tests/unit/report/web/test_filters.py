"""What the entries of a report can be sorted by, and what each choice hides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from treatycheck.findings import BearerRef, Finding, Report
from treatycheck.report.numbering import number
from treatycheck.report.web.filters import Filters, filters
from treatycheck.rulebook.model import Wording

Reports = Callable[..., Report]


def made(report: Report, wording: Wording) -> Filters:
    return filters(number(report).entries, report, wording)


def test_each_value_is_a_choice_once_and_an_entry_has_its_own(
    finding: Finding, undetermined: Finding, report_of: Reports, wording: Wording
) -> None:
    found = made(report_of(finding, undetermined), wording)
    assert {
        "Instrument": ("WT",),
        "Outcome": ("concern", "undetermined"),
        "Bearer": ("Arcadia",),
        "Strength": ("not known", "S1 alleged"),
    } == {facet.title: facet.choices for facet in found.facets}
    assert {1: "i0 o0 b0 s1", 2: "i0 o1 b0 s0"} == found.classes


def test_an_entry_on_several_instruments_is_shown_for_each(
    undetermined: Finding, report_of: Reports, wording: Wording
) -> None:
    found = made(report_of(undetermined, replace(undetermined, id="0" * 12, instrument="other")), wording)
    assert {1: "i0 i1 o0 b0 s0"} == found.classes


def test_a_choice_hides_what_does_not_have_it(finding: Finding, report_of: Reports, wording: Wording) -> None:
    found = made(report_of(finding), wording)
    chosen = ".filters:has(#i0:checked)"
    assert f"{chosen} ~ .row:not(.i0),{chosen} ~ .summary .row:not(.i0){{display:none}}" in found.style()
    assert '<option id="i0">WT</option>' in found.markup()


def test_a_person_is_not_named_in_a_choice(finding: Finding, report_of: Reports, wording: Wording) -> None:
    person = replace(finding, bearer=BearerRef("", "Jane Roe", "person"))
    assert "Jane Roe" not in made(report_of(person), wording).markup()


def test_a_name_in_a_choice_is_text(finding: Finding, report_of: Reports, wording: Wording) -> None:
    named = replace(finding, bearer=BearerRef("", "</select><b>", "group"))
    assert "&lt;/select&gt;&lt;b&gt;" in made(report_of(named), wording).markup()
