from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from treatycheck.findings import Finding, Report
from treatycheck.report.blocks import Heading, Paragraph, line
from treatycheck.report.markdown import escaped, render, text
from treatycheck.rulebook.model import Wording

Reports = Callable[..., Report]
BAR = re.compile(r"(?<!\\)\|")


@pytest.fixture
def report(finding: Finding, undetermined: Finding, inapplicable: Finding, report_of: Reports) -> Report:
    return report_of(finding, undetermined, inapplicable, unencoded=("b.txt",))


def lines(report: Report, wording: Wording) -> list[str]:
    return render(report, wording).splitlines()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a|b", r"a\|b"),
        ("*bold* _it_ `code`", r"\*bold\* \_it\_ \`code\`"),
        ("[link](http://x)", r"\[link\](http://x)"),
        ("![image]", r"!\[image\]"),
        ("<script>&lt;", r"\<script\>\&lt;"),
        ("a ~~b~~ ^c^ $d$", r"a \~\~b\~\~ \^c\^ \$d\$"),
        ("# @me {.x} \\", r"\# \@me \{.x\} \\"),
    ],
)
def test_markup_in_a_text_is_escaped(text: str, expected: str) -> None:
    assert escaped(text) == expected


def test_a_title_cannot_break_the_page(finding: Finding, report_of: Reports, wording: Wording) -> None:
    title = "x | y\n\n# Heading <b> **bold** ![i](j) `c`"
    found = lines(report_of(replace(finding, title=title)), wording)
    shown = r"x \| y \# Heading \<b\> \*\*bold\*\* !\[i\](j) \`c\`"
    assert f"### 1. WT, Art. 1 — {shown} — Arcadia" in found
    assert [line for line in found if line.startswith("# ")] == ["# Report"]


def test_all_rows_of_a_table_have_its_number_of_cells(report: Report, wording: Wording) -> None:
    blocks = [block.splitlines() for block in render(report, wording).split("\n\n") if block.startswith("|")]
    assert len(blocks) == 3
    assert [block for block in blocks if len({len(BAR.findall(row)) for row in block}) != 1] == []


def test_a_cell_keeps_how_its_words_are_set(report: Report, wording: Wording) -> None:
    assert any(
        line.startswith("| 1 | **WT, Art. 1**: Sale of widgets | `E1` Arcadia |") for line in lines(report, wording)
    )


def test_numbered_paragraphs_begin_with_their_number(report: Report, wording: Wording) -> None:
    assert r"**1.4** **Exceptions.** Assumed not to apply: Gifts." in lines(report, wording)


def test_lists_have_their_labels(report: Report, wording: Wording) -> None:
    found = lines(report, wording)
    assert "- **(a)** First standard." in found
    assert "1. **Sale of widgets**, publisher not stated. Date not stated. `a.txt`, SHA-256 `cdcdcdcdcdcd`." in found
    assert "- `b.txt`" in found


def test_several_lines_under_one_label_are_a_list_below_it(report: Report, wording: Wording) -> None:
    more = replace(report, instruments={"wt": "Widget Treaty", "gt": "Gadget Treaty"})
    found = lines(more, wording)
    assert found[found.index("- **Instruments:** **WT**: Widget Treaty") + 1] == "  - Gadget Treaty"


def test_notes_are_a_numbered_list_and_cited_in_brackets(report: Report, wording: Wording) -> None:
    found = lines(report, wording)
    assert found[-1].startswith("2. Document 1: Sale of widgets, publisher not stated")
    assert any(line.endswith(r"(register row 7, PARTLY VERIFIED). \[1\]") for line in found)


@pytest.mark.parametrize(
    ("event", "expected"), [("E-1", ": event `E-1` in"), ("E`1", r": event E\`1 in"), ("E|1", r": event E\|1 in")]
)
def test_an_id_is_code_unless_that_would_break_it(
    event: str, expected: str, finding: Finding, report_of: Reports, wording: Wording
) -> None:
    assert expected in render(report_of(replace(finding, event=event)), wording)


def test_the_page_ends_with_one_line_break(report: Report, wording: Wording) -> None:
    assert re.search(r"[^\n]\n\Z", render(report, wording)) is not None


def test_blocks_that_are_no_report_are_set_alike() -> None:
    assert text((Heading(1, line("Title")), Paragraph(line("Words.")))) == "# Title\n\nWords.\n"
