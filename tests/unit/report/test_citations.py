from __future__ import annotations

from dataclasses import replace

import pytest

from treatycheck.findings import DocumentRef, QuoteRef, RegisterRef
from treatycheck.report.blocks import Line
from treatycheck.report.citations import Citations
from treatycheck.rulebook.model import Wording

QUOTE = QuoteRef("a.txt", "sold", 10, 23, 2, "they sold it")
ROW = RegisterRef("status.csv", 7, "ARC", "gazette of 1999.", "no")
DOCUMENT = DocumentRef("a.txt", "cd", "ef", "Sale of widgets", "", "news", "26 March 2021", "", "", ())


@pytest.fixture
def citations(wording: Wording) -> Citations:
    return Citations([DOCUMENT], wording.report)


def text(line: Line) -> str:
    return "".join(run.text for run in line)


def test_sources_are_numbered_in_the_order_in_which_they_are_cited(citations: Citations) -> None:
    assert ["1", "2"] == [text(citations.registers([ROW])), text(citations.quotes([QUOTE]))]


def test_a_source_has_one_number_however_often_it_is_cited(citations: Citations) -> None:
    renamed = replace(QUOTE, name="sold_again")
    assert "1" == text(citations.quotes([QUOTE, renamed]))


def test_a_quote_is_cited_with_title_publisher_date_line_and_place(citations: Citations) -> None:
    citations.quotes([QUOTE])
    expected = (
        "Document 1: Sale of widgets, publisher not stated, 26 March 2021, line 2, characters 10\u201323 (a.txt)."
    )
    assert [expected] == [text(entry) for entry in citations.notes().entries]


def test_a_document_is_named_in_full_once(citations: Citations) -> None:
    citations.quotes([QUOTE, replace(QUOTE, start=30, end=34, line=3)])
    assert "Document 1, line 3, characters 30\u201334." == text(citations.notes().entries[1])


def test_a_document_is_called_by_its_number_or_by_its_file(citations: Citations) -> None:
    assert ["document 1", "b.txt"] == [text(citations.document(file)) for file in ("a.txt", "b.txt")]


def test_a_quote_of_a_document_that_is_not_listed_is_cited_by_its_file(citations: Citations) -> None:
    citations.quotes([replace(QUOTE, document="b.txt")])
    assert ["line 2, characters 10\u201323 (b.txt)."] == [text(entry) for entry in citations.notes().entries]


def test_a_register_row_is_cited_with_how_well_it_was_checked(citations: Citations) -> None:
    citations.registers([ROW])
    expected = "Register status.csv, row 7 (ARC; UNVERIFIED): gazette of 1999."
    assert [expected] == [text(entry) for entry in citations.notes().entries]
