"""A small good rulebook of an invented law and a good casefile, to be copied and then spoilt."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

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
