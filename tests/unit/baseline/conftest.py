"""A report on the invented law, as it is kept in a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from treatycheck.baseline.read import Earlier, read
from treatycheck.casefile.load import load_casefile
from treatycheck.check import Options, check
from treatycheck.findings import Report
from treatycheck.report.json import render
from treatycheck.rulebook.model import Rulebook

Kept = Callable[[Report], Earlier]


@pytest.fixture
def report(desk: Path, rulebook: Rulebook) -> Report:
    return check(rulebook, load_casefile([desk / "case"], rulebook), Options(engine="reference"))


@pytest.fixture
def kept(desk: Path) -> Kept:
    """What is read back of a report that was written to a file."""

    def of(report: Report) -> Earlier:
        (desk / "old.json").write_text(render(report), encoding="utf-8")
        return read(desk / "old.json")

    return of


@pytest.fixture
def tree(report: Report) -> dict[str, Any]:
    """The report as it stands in a file, to be spoilt."""
    found: dict[str, Any] = json.loads(render(report))
    return found
