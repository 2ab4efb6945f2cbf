"""A small good rulebook of an invented law and a good casefile, to be copied and then spoilt."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Dossier, Event
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder with `rules/` and `case/`; nothing is remembered from one load to the next."""
    shutil.copytree(TESTS / "good", tmp_path, dirs_exist_ok=True)
    # The words of the report are the project's own, as they name no law.
    shutil.copy(TESTS.parent / "rules" / "wording.yaml", tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TREATYCHECK_CACHE", "off")
    return tmp_path


@pytest.fixture
def rulebook(desk: Path) -> Rulebook:
    return load_rulebook(desk / "rules")


@pytest.fixture
def dossier(desk: Path, rulebook: Rulebook) -> Dossier:
    return load_casefile([desk / "case"], rulebook).dossiers[0]


@pytest.fixture
def event(dossier: Dossier) -> Event:
    return dossier.events[0]
