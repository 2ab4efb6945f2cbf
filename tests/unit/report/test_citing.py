from __future__ import annotations

import pytest

from treatycheck.report.citing import cited

PLURALS = {"Art.": "Arts", "para.": "paras"}


@pytest.mark.parametrize(
    ("citations", "expected"),
    [
        (["WT, Art. 1"], "WT, Art. 1"),
        (["WT, Art. 1", "WT, Art. 2(3)"], "WT, Arts 1, 2(3)"),
        (["WT, Art. 1", "WT, Art. 1"], "WT, Art. 1"),
        (["WT, Art. 1", "GT, Art. 4", "WT, Art. 2"], "WT, Arts 1, 2; GT, Art. 4"),
        (["decision 7 (2011), para. 9", "decision 7 (2011), para. 24"], "decision 7 (2011), paras 9, 24"),
        (["WT, preamble", "WT, annex"], "WT, preamble; WT, annex"),
        (["para. 1", "para. 2"], "paras 1, 2"),
        (["preamble"], "preamble"),
        ([], ""),
    ],
)
def test_citations_that_differ_in_their_last_word_are_joined(citations: list[str], expected: str) -> None:
    assert cited(citations, PLURALS) == expected


def test_no_more_are_given_than_asked_for() -> None:
    citations = [f"WT, Art. {number}" for number in range(1, 5)] + ["GT, Art. 1", "GT, Art. 2"]
    assert cited(citations, PLURALS, most=2) == "WT, Arts 1, 2 …; GT, Arts 1, 2"
