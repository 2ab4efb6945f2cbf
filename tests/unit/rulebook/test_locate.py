"""The rulebook that comes with the program is found in a wheel and in a checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatycheck.errors import InputError
from treatycheck.rulebook.locate import packaged, rulebook_folder


def rulebook(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "rulebook.yaml").touch()
    return folder


def package(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def test_an_installed_package_carries_its_rules(tmp_path: Path) -> None:
    inside = rulebook(tmp_path / "site-packages" / "treatycheck" / "rules")
    assert inside == packaged(tmp_path / "site-packages" / "treatycheck")


def test_in_a_checkout_the_rules_stand_beside_the_sources(tmp_path: Path) -> None:
    beside = rulebook(tmp_path / "rules")
    assert beside == packaged(package(tmp_path / "src" / "treatycheck"))


def test_the_rules_inside_the_package_come_first(tmp_path: Path) -> None:
    rulebook(tmp_path / "rules")
    inside = rulebook(tmp_path / "src" / "treatycheck" / "rules")
    assert inside == packaged(tmp_path / "src" / "treatycheck")


def test_below_the_working_folder_the_path_is_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rulebook(tmp_path / "rules")
    monkeypatch.chdir(tmp_path)
    assert Path("rules") == packaged(package(tmp_path / "src" / "treatycheck"))


def test_a_package_that_lost_its_rules_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        packaged(package(tmp_path / "src" / "treatycheck"))
    assert ["TC410"] == [one.code for one in caught.value.diagnostics]


def test_a_chosen_folder_is_taken_as_it_is() -> None:
    assert Path("elsewhere") == rulebook_folder("elsewhere")


def test_the_program_at_hand_has_its_rulebook() -> None:
    assert (rulebook_folder() / "rulebook.yaml").is_file()
