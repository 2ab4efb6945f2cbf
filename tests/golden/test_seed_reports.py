"""The reports on the seeds, held word for word as a lawyer reads them.

After a change that is meant, `UPDATE_GOLDEN=1 pytest tests/golden/test_seed_reports.py` writes them anew; read what
changed before you keep it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from treatycheck.findings import Report
from treatycheck.report import markdown, terminal
from treatycheck.rulebook.model import Rulebook

GOLDEN = Path(__file__).parent


@pytest.fixture(scope="module")
def lasting(report: Report) -> Report:
    """The report on the seeds, without what changes with every version and machine."""
    receipt = replace(
        report.receipt, program="treatycheck", rulebook_sha256="0" * 64, engines=("reference", "durable"), notice=""
    )
    return replace(report, receipt=receipt)


def held(name: str, text: str) -> str:
    """The text that is held under a name, after writing it anew if that is asked for."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(text, encoding="utf-8", newline="\n")
    return path.read_text(encoding="utf-8")


def test_the_terminal_report_on_the_seeds_is_the_one_held(lasting: Report, rulebook: Rulebook) -> None:
    text = terminal.render(lasting, rulebook.wording, width=80)
    assert held("seeds.txt", text) == text


def test_the_markdown_report_on_the_seeds_is_the_one_held(lasting: Report, rulebook: Rulebook) -> None:
    text = markdown.render(lasting, rulebook.wording)
    assert held("seeds.md", text) == text
