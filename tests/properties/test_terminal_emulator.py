"""On a terminal a report is text: whatever strangers wrote, nothing acts, nothing sticks out, nothing is hidden."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console
from tests.properties import strangers
from tests.properties.screens import Shown, unacted, unspaced
from tests.properties.test_html_properties import EXPLAINED, FINDINGS, REPORT, RULEBOOK, spoilt
from wcwidth import wcwidth

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile
from treatycheck.check import Options, check
from treatycheck.explanations import Wanted, explain, locate
from treatycheck.findings import Finding
from treatycheck.report import explanation, layout
from treatycheck.report import whatif as whatif_page
from treatycheck.report.blocks import Block
from treatycheck.report.characters import visible, width
from treatycheck.report.steps import Shown as Steps
from treatycheck.report.terminal import print_blocks, text
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose.model import FactSupposed, StatusSupposed, Supposition
from treatycheck.whatif import Move, WhatIf, whatif

WIDTHS = (40, 80)
OPTIONS = Options(engine="reference")

NASTY = st.sampled_from((*strangers.MARKUP, *strangers.HIDDEN_IN_YAML, *strangers.HIDDEN_IN_TEXT, *strangers.WIDE))
TEXTS = st.lists(NASTY | st.text(max_size=8), max_size=4).map("".join)
some = settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])


def coloured(blocks: Sequence[Block], room: int) -> str:
    file = io.StringIO()
    console = Console(
        file=file, force_terminal=True, color_system="standard", no_color=False, width=room, legacy_windows=False
    )
    print_blocks(blocks, console)
    return file.getvalue()


def wrong(blocks: Sequence[Block], room: int) -> list[str]:
    """What is wrong with blocks on a page of that width, as plain text and in colour."""
    plain, painted = text(blocks, width=room), coloured(blocks, room)
    if Shown(plain, room).lines != Shown(painted, room).lines:
        return ["colour changes what is shown"]
    return unacted(plain, room) + unacted(painted, room)


def said(blocks: Sequence[Block]) -> str:
    """What a page says where every line is as long as it likes."""
    return unspaced(text(blocks, width=10**6))


# The casefile on disk.


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rulebook, Casefile]:
    rulebook = load_rulebook(strangers.RULES)
    return rulebook, load_casefile([strangers.write(tmp_path_factory.mktemp("case"))], rulebook)


@pytest.fixture(scope="module")
def pages(ground: tuple[Rulebook, Casefile]) -> dict[str, tuple[Block, ...]]:
    rulebook, casefile = ground
    wanted = locate(rulebook, casefile, "all")
    assert isinstance(wanted, Wanted)
    told = explain(rulebook, casefile, wanted, OPTIONS)
    supposed: list[Supposition] = [
        StatusSupposed("NLA", ("ka",), "not_bound"),
        FactSupposed("M-1", ("facts", "height"), "4"),
    ]
    return {
        "report": layout.layout(check(rulebook, casefile, OPTIONS), rulebook.wording),
        "explanation": explanation.layout(told, rulebook.wording, rulebook.cite, Steps(everything=True)),
        "what-if": whatif_page.layout(whatif(rulebook, casefile, supposed, OPTIONS), rulebook.wording),
    }


PAGES = ("report", "explanation", "what-if")


@pytest.mark.parametrize("room", WIDTHS)
@pytest.mark.parametrize("page", PAGES)
def test_a_casefile_by_a_stranger_is_shown_and_does_nothing(
    pages: dict[str, tuple[Block, ...]], page: str, room: int
) -> None:
    assert [] == wrong(pages[page], room)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_that_a_stranger_wrote_is_hidden(pages: dict[str, tuple[Block, ...]], page: str) -> None:
    told = said(pages[page])
    assert [] == [one for one in (strangers.SAID, f"Army {strangers.SAID}") if unspaced(visible(one)) not in told]


def test_white_space_of_a_document_that_would_act_is_shown(pages: dict[str, tuple[Block, ...]]) -> None:
    assert unspaced(visible(f"kites {strangers.BETWEEN}")) in said(pages["report"])
    assert r"over\x0b\x0c\x1c\x1d\x85\u2028\u2029" in said(pages["report"])


# Findings with hostile text in every field.


def spoilt_report(finding: Finding, text: str) -> tuple[Block, ...]:
    documents = tuple(replace(one, title=text, publisher=text, date_note=text, file=text) for one in REPORT.documents)
    receipt = replace(REPORT.receipt, rulebook=text, notice=text, program=text)
    report = replace(
        REPORT,
        findings=(spoilt(finding, text),),
        documents=documents,
        receipt=receipt,
        title=text,
        claims=(),
        procedures=(),
        unencoded=(text,),
    )
    return layout.layout(report, RULEBOOK.wording)


def spoilt_explanation(finding: Finding, text: str) -> tuple[Block, ...]:
    found = EXPLAINED[finding.id]
    one = replace(found.explained[0], finding=spoilt(found.explained[0].finding, text))
    return explanation.layout(replace(found, explained=(one,), first=()), RULEBOOK.wording, RULEBOOK.cite)


def spoilt_whatif(finding: Finding, text: str) -> tuple[Block, ...]:
    one = spoilt(finding, text)
    report = replace(REPORT, findings=(one,), title=text)
    moves = (Move(one, replace(one, outcome="concern", message=text), ()),)
    return whatif_page.layout(WhatIf((text,), report, report, moves, (one,), (one,), 1), RULEBOOK.wording)


@pytest.mark.parametrize("room", WIDTHS)
@pytest.mark.parametrize("page", [spoilt_report, spoilt_explanation, spoilt_whatif])
@given(finding=st.sampled_from(FINDINGS), text=TEXTS)
@some
def test_whatever_stands_in_a_finding_is_shown_and_does_nothing(
    page: Callable[[Finding, str], tuple[Block, ...]], room: int, finding: Finding, text: str
) -> None:
    blocks = page(finding, text)
    assert [] == wrong(blocks, room)
    assert unspaced(visible(text)) in said(blocks)


# The emulator itself.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain\nlines\n", []),
        ("\x1b[1;31mred\x1b[0m\n", []),
        ("\x1b[31mred\x1b[0m\n", ["style 31", "colour ('red', False)"]),
        ("a\x07\n", ["does bell", "sign 7"]),
        ("\x1b]0;x\x07a\n", ["does set_icon_name", "does set_title", "a title", "a title"]),
        ("a\x1b[?25lb\n", ["does reset_mode"]),
        ("ab\x1b[Dc\n", ["does cursor_back"]),
        ("a\x1b[2Jb\n", ["does erase_in_display"]),
        ("a\rb\n", ["does carriage_return"]),
        ("a\x9b31mb\n", ["sign 9b"]),
        ("0123456789x\n", ["line 1", "ends in row 3 of 2"]),
        ("二二二二二x\n", ["line 1", "ends in row 3 of 2"]),
    ],
)
def test_the_emulator_finds_what_acts_and_what_is_too_wide(text: str, expected: list[str]) -> None:
    found = unacted(text, 10)
    assert [] == [one for one in expected if not any(each.startswith(one) for each in found)]
    assert bool(expected) == bool(found)


def test_no_sign_is_wider_on_the_terminal_than_it_is_counted() -> None:
    signs = (chr(number) for number in (*range(0x20, 0xD800), *range(0xE000, 0x110000)))
    assert [] == [f"{ord(one):x}" for one in signs if visible(one) == one and wcwidth(one) > width(one)]
