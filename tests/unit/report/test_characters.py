from __future__ import annotations

import pytest

from treatycheck.report.characters import visible, width


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text", "plain text"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x9b31m", r"\x9b31m"),
        ("abc\u202edef", r"abc\u202edef"),
        ("\u2066x\u2069", r"\u2066x\u2069"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("empty\u2800sign", r"empty\u2800sign"),
        ("variant\ufe0f", r"variant\ufe0f"),
        ("note\U0001d173", r"note\U0001d173"),
        ("joi\u200dner", r"joi\u200dner"),
        ("\u200cat the start", r"\u200cat the start"),
        ("\ud800", r"\ud800"),
        ("line\nbreak\r\n and\ttab", "line break and tab"),
        ("two  spaces", "two spaces"),
    ],
)
def test_what_a_reader_cannot_see_is_shown(text: str, expected: str) -> None:
    assert visible(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Développement",
        "“quoted”",
        "\u062d\u0641\u062a\u0631",
        "\u0645\u06cc\u200c\u062e",
        "李明",
        "e\u0301",
        "no\u00a0break",
    ],
)
def test_what_belongs_to_writing_is_kept(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "cells"), [("abc", 3), ("é", 1), ("e\u0301", 1), ("李明", 4), ("\u0645\u06cc\u200c\u062e", 3), ("", 0)]
)
def test_the_width_is_counted_in_cells(text: str, cells: int) -> None:
    assert width(text) == cells
