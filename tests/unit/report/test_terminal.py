from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.console import Console

from treatycheck.findings import Finding, Report
from treatycheck.report.blocks import Heading, Paragraph, line
from treatycheck.report.characters import HIDDEN, width
from treatycheck.report.terminal import print_blocks, print_report, render, text
from treatycheck.rulebook.model import Wording

Reports = Callable[..., Report]
HOSTILE = "[bold red]x[/] :smile: \x1b[2J\x1b]8;;http://x\x07 \u202egnp.exe \u2028 李明 " + "w" * 200


@pytest.fixture
def report(
    finding: Finding, denied: Finding, undetermined: Finding, inapplicable: Finding, report_of: Reports
) -> Report:
    return report_of(finding, denied, undetermined, inapplicable, unencoded=("b.txt",))


@pytest.fixture
def hostile(finding: Finding, report_of: Reports) -> Report:
    quotes = tuple(replace(quote, text=HOSTILE) for quote in finding.quotes)
    return report_of(replace(finding, title=HOSTILE, event_title=HOSTILE, message=HOSTILE, quotes=quotes))


def printed(report: Report, wording: Wording, **options: object) -> str:
    file = io.StringIO()
    print_report(report, wording, Console(file=file, **options))  # type: ignore[arg-type]  # options of a console
    return file.getvalue()


@pytest.mark.parametrize("room", [24, 31, 40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_page(report: Report, wording: Wording, room: int) -> None:
    assert [line for line in render(report, wording, width=room).splitlines() if width(line) > room] == []


@pytest.mark.parametrize("room", [24, 80])
def test_no_line_is_wider_than_the_page_whatever_a_document_says(hostile: Report, wording: Wording, room: int) -> None:
    assert [line for line in render(hostile, wording, width=room).splitlines() if width(line) > room] == []


def test_a_page_is_never_narrower_than_can_be_read(report: Report, wording: Wording) -> None:
    assert render(report, wording, width=1) == render(report, wording, width=24)


@pytest.mark.parametrize("room", [30, 80])
def test_no_line_ends_with_a_space(report: Report, wording: Wording, room: int) -> None:
    lines = render(report, wording, width=room).splitlines()
    assert [line for line in lines if line != line.rstrip()] == []


def test_the_summary_is_a_table_at_eighty_columns(report: Report, wording: Wording) -> None:
    page = render(report, wording)
    titles = next(one for one in page.splitlines() if one.startswith("¶  Rule"))
    assert ["¶", "Rule", "Event, bearer", "Outcome, weakest", "Dispute", "Law"] == re.split(r" {2,}", titles)
    assert "\n1  WT, Art. 1: Sale of  E1 Arcadia" in page


def test_a_table_stands_right_below_the_paragraph_that_announces_it(report: Report, wording: Wording) -> None:
    page = render(report, wording).splitlines()
    header = next(at for at, one in enumerate(page) if one.startswith("     Element"))
    assert page[header - 1].endswith("Law: contested. Id: 0123456789ab.")


def test_a_table_without_room_is_told_row_by_row(report: Report, wording: Wording) -> None:
    assert "  Event, bearer: E1 Arcadia\n  Outcome, weakest: concern, S1:\n" in render(report, wording, width=40)


def test_labels_and_what_belongs_to_them_stand_apart_on_a_narrow_page(report: Report, wording: Wording) -> None:
    assert "\nInstruments: WT: Widget\nTreaty\n" in render(report, wording, width=24)


def test_a_long_label_of_the_masthead_is_broken(report_of: Reports, wording: Wording) -> None:
    words = replace(wording, report=replace(wording.report, as_of="Registers of the law read as of"))
    assert "\nRegisters of the law  26 March 2026\nread as of\n" in render(report_of(), words)


def test_a_heading_that_is_broken_goes_on_under_its_text(report: Report, wording: Wording) -> None:
    assert "\n1. WT, Art. 1 — Sale of\n   widgets — Arcadia\n" in render(report, wording, width=30)


def test_notes_are_numbered_and_set_under_their_text(report: Report, wording: Wording) -> None:
    assert "\n[1] Register status.csv, row 7 (ARC;\n    PARTLY VERIFIED): gazette of 1999.\n" in render(
        report, wording, width=41
    )


@pytest.mark.parametrize("options", [{"width": 80}, {"width": 80, "force_terminal": True, "color_system": None}])
def test_a_console_without_colour_shows_what_is_rendered(
    report: Report, wording: Wording, options: dict[str, object]
) -> None:
    plain = printed(report, wording, no_color=True, **options)
    assert plain.replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "") == render(report, wording)


def test_a_console_with_colour_shows_the_outcome_in_it(report: Report, wording: Wording) -> None:
    assert "\x1b[33mconcern\x1b[0m" in printed(report, wording, width=80, force_terminal=True, color_system="standard")


def test_a_wide_console_is_not_filled(report: Report, wording: Wording) -> None:
    assert printed(report, wording, width=300) == render(report, wording, width=120)


def test_markup_and_terminal_sequences_of_a_document_are_shown_and_not_obeyed(
    hostile: Report, wording: Wording
) -> None:
    page = printed(hostile, wording, width=120)
    assert HIDDEN.findall(page.replace("\n", "")) == []
    assert r"[bold red]x[/] :smile: \x1b[2J\x1b]8;;http://x\x07 \u202egnp.exe \u2028 李明" in page


def test_blocks_that_are_no_report_are_set_alike() -> None:
    blocks = (Heading(1, line("Title")), Paragraph(line("Words.")))
    file = io.StringIO()
    print_blocks(blocks, Console(file=file, width=80))
    assert text(blocks, width=80) == "Title\n═════\n\nWords.\n"
    assert file.getvalue() == text(blocks, width=80)
