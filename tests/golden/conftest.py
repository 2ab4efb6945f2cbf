"""The report on the seeds, worked out once for all tests of what it must say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile
from treatycheck.check import check
from treatycheck.findings import Report
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="package", autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TREATYCHECK_CACHE", "off")
        yield


@pytest.fixture(scope="package")
def rulebook(_nothing_is_remembered: None) -> Rulebook:
    return load_rulebook(ROOT / "rules")


@pytest.fixture(scope="package")
def casefile(rulebook: Rulebook) -> Casefile:
    return load_casefile([ROOT / "seeds"], rulebook)


@pytest.fixture(scope="package")
def report(rulebook: Rulebook, casefile: Casefile) -> Report:
    return check(rulebook, casefile)
