"""Reading a rulebook folder: what it consists of, what is missing from it, and what is remembered of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatycheck.errors import InputError
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.locate import rulebook_files, rulebook_folder
from treatycheck.rulebook.model import Rulebook


def answer(folder: str = "rules") -> str:
    with pytest.raises(InputError) as caught:
        load_rulebook(Path(folder))
    return str(caught.value)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert 1 == text.count(old)
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def good(desk: Path) -> Rulebook:
    return load_rulebook(Path("rules"))


def test_a_folder_without_a_rulebook_is_refused(desk: Path) -> None:
    assert (
        "case: error[TC410]: there is no `rulebook.yaml` in this folder\n"
        "  help: give the folder of a rulebook with `--rules`"
    ) == answer("case")


def test_a_folder_whose_name_is_too_long_is_refused(desk: Path) -> None:
    assert "TC101" in answer("x" * 300)


def test_what_a_rulebook_does_not_have_is_taken_from_the_one_that_comes_along(desk: Path) -> None:
    shipped = load_rulebook(rulebook_folder())
    (desk / "rules" / "wording.yaml").unlink()
    found = load_rulebook(Path("rules"))
    assert (shipped.wording, ["ka"]) == (found.wording, list(found.instruments))


def test_an_instrument_may_be_one_of_those_that_come_along(desk: Path) -> None:
    shipped = load_rulebook(rulebook_folder())
    folder = desk / "slim"
    folder.mkdir()
    text = (rulebook_folder() / "rulebook.yaml").read_text(encoding="utf-8")
    (folder / "rulebook.yaml").write_text(text, encoding="utf-8")
    assert shipped.rules == load_rulebook(folder).rules


def test_positions_of_a_rulebook_are_no_duty(desk: Path) -> None:
    (desk / "rules" / "positions.yaml").unlink()
    assert "TC423" in answer()


def test_a_folder_with_the_name_of_a_file_is_left_aside(desk: Path) -> None:
    (desk / "rules" / "registers" / "old.csv").mkdir()
    assert "old.csv" not in {path.name for path in rulebook_files(Path("rules"))}


def test_a_link_that_leads_nowhere_is_left_aside(desk: Path) -> None:
    (desk / "rules" / "lost.yaml").symlink_to("nowhere")
    assert load_rulebook(Path("rules")).rules


def test_tests_of_rules_are_no_part_of_the_rulebook(good: Rulebook, desk: Path) -> None:
    tests = desk / "rules" / "kite-accord" / "tests"
    tests.mkdir()
    (tests / "flying.yaml").write_text("{", encoding="utf-8")
    assert good == load_rulebook(Path("rules"))


def test_every_byte_of_a_rulebook_is_in_its_hash(good: Rulebook, desk: Path) -> None:
    edit(desk / "rules" / "registers" / "states.csv", "the North", "The North")
    assert good.sha256 != load_rulebook(Path("rules")).sha256


def test_a_rulebook_that_is_remembered_is_the_one_that_was_read(
    good: Rulebook, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TREATYCHECK_CACHE", str(desk / "cache"))
    first, second = (load_rulebook(Path("rules")) for _ in range(2))
    assert (good, good, 1) == (first, second, len(list((desk / "cache").iterdir())))


def test_the_words_an_instrument_adds_can_be_used_by_its_rules(desk: Path) -> None:
    text = (
        "format: treatycheck.vocabulary/1\nfacts:\n  event.wind: {type: number, question: How strong was the wind?}\n"
    )
    (desk / "rules" / "kite-accord" / "vocabulary.yaml").write_text(text, encoding="utf-8")
    edit(desk / "rules" / "kite-accord" / "rules.yaml", "{fact: event.height, above", "{fact: event.wind, above")
    assert "event.wind" in load_rulebook(Path("rules")).vocabulary.facts


def test_a_rule_knows_the_instrument_it_stands_in(good: Rulebook) -> None:
    assert {"ka-1-fly": "ka", "ka-4-burn": "ka"} == {name: rule.instrument for name, rule in good.rules.items()}


def test_a_provision_is_cited_in_the_form_of_its_instrument(good: Rulebook) -> None:
    assert "KA, Art. 4" == good.cite("ka:4")


def test_mistakes_in_the_rules_are_told_although_their_instrument_is_broken(desk: Path) -> None:
    edit(desk / "rules" / "kite-accord" / "instrument.yaml", "kind: treaty\n", "")
    edit(desk / "rules" / "kite-accord" / "rules.yaml", "norm: obligation", "norm: duty")
    assert (
        "rules/kite-accord/instrument.yaml:1:1: error[TC120]: `kind` is missing\n"
        "  help: add `kind:` here\n"
        "rules/kite-accord/rules.yaml:55:11: error[TC120]: `duty` is not a value of `norm`\n"
        "  help: use `obligation`, `permission`, `prohibition`"
    ) == answer()


def test_a_broken_register_is_told_with_its_own_line(desk: Path) -> None:
    edit(desk / "rules" / "kite-accord" / "status.csv", "2020-02-01", "2020-02-31")
    assert answer().startswith("rules/kite-accord/status.csv:2:50: error[TC306]: `2020-02-31` is not in the calendar")
