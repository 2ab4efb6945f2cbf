"""A report on the invented law, and waivers as an analyst writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.check import Options, check
from treatycheck.findings import Report
from treatycheck.rulebook.model import Rulebook

Write = Callable[..., Path]


@pytest.fixture
def report(desk: Path, rulebook: Rulebook) -> Report:
    found = check(rulebook, load_casefile([desk / "case"], rulebook), Options(engine="reference"))
    return replace(found, receipt=replace(found.receipt, as_of=date(2027, 6, 1)))


@pytest.fixture
def write(desk: Path) -> Write:
    """Write a file of entries."""

    def written(*entries: dict[str, str], name: str = "seen.waivers.yaml") -> Path:
        lines = ["format: treatycheck.waivers/1", "waivers:" if entries else "waivers: []"]
        for one in entries:
            for place, (key, value) in enumerate(one.items()):
                lines.append(f"  {'-' if place == 0 else ' '} {key}: {value}")
        path = desk / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return written
