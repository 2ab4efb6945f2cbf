"""Finding and reading event files; what stands in them wrongly is in `tests/bad`."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.locate import document_of, event_files
from treatycheck.errors import InputError
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook


@pytest.fixture
def rulebook(desk: Path) -> Rulebook:
    return load_rulebook(Path("rules"))


def answer(rulebook: Rulebook, *paths: str) -> str:
    with pytest.raises(InputError) as caught:
        load_casefile([Path(path) for path in paths], rulebook)
    return str(caught.value)


def test_a_folder_without_event_files_is_refused(rulebook: Rulebook) -> None:
    assert (
        "rules: error[TC430]: there is no event file in `rules`\n"
        "  help: an event file stands beside its document and is named `<document>.events.yaml`"
    ) == answer(rulebook, "rules")


def test_a_path_that_does_not_exist_is_refused(rulebook: Rulebook) -> None:
    assert (
        "cases: error[TC431]: there is no file or folder `cases`\n"
        "  help: check the name; give an event file or a folder of them"
    ) == answer(rulebook, "cases")


def test_a_file_of_another_kind_is_refused(rulebook: Rulebook) -> None:
    assert (
        "case/market.txt: error[TC432]: `market.txt` is not an event file\n"
        "  help: give the file that ends in `.events.yaml`, or the folder it stands in"
    ) == answer(rulebook, "case/market.txt")


def test_all_paths_that_are_wrong_are_told_together(rulebook: Rulebook) -> None:
    told = answer(rulebook, "rules", "cases", "case/market.txt", "x" * 300)
    assert ["TC432", "TC431", "TC430", "TC101"] == [line[line.index("TC") :][:5] for line in told.splitlines()[::2]]


def test_a_folder_with_the_name_of_an_event_file_is_no_event_file(rulebook: Rulebook) -> None:
    Path("case/old.events.yaml").mkdir()
    assert (Path("case/market.events.yaml"),) == event_files([Path("case")])[0]


def test_a_pipe_with_the_name_of_an_event_file_is_no_event_file(rulebook: Rulebook) -> None:
    os.mkfifo("case/old.events.yaml")
    assert "error[TC432]: `old.events.yaml` is not an event file" in answer(rulebook, "case/old.events.yaml")
    assert (Path("case/market.events.yaml"),) == event_files([Path("case")])[0]


def test_a_link_that_leads_nowhere_is_told(rulebook: Rulebook) -> None:
    Path("case/lost.events.yaml").symlink_to("nowhere")
    assert (
        "case/lost.events.yaml: error[TC101]: cannot read `case/lost.events.yaml`: no such file or directory\n"
        "  help: check the name and the permissions"
    ) == answer(rulebook, "case")


def test_a_document_that_is_not_there_is_told_at_its_name(rulebook: Rulebook) -> None:
    Path("case/market.txt").rename("case/markets.txt")
    assert (
        "case/market.events.yaml:3:9: error[TC433]: there is no document `market.txt` beside the event file\n"
        "  help: did you mean `markets.txt`?"
    ) == answer(rulebook, "case")


def test_an_event_id_is_given_once_in_all_files_of_a_run(rulebook: Rulebook) -> None:
    for name in ("market.txt", "market.events.yaml"):
        shutil.copy(Path("case") / name, Path("case") / name.replace("market", "square"))
    path = Path("case/square.events.yaml")
    path.write_text(path.read_text(encoding="utf-8").replace("file: market", "file: square"), encoding="utf-8")
    assert (
        "case/square.events.yaml:19:9: error[TC440]: event `M-1` exists already\n"
        "  help: the first one is at case/market.events.yaml:19; give this one another id"
    ) == answer(rulebook, "case")


def test_the_mistakes_of_two_files_are_told_together(rulebook: Rulebook) -> None:
    for stem in ("fair", "square"):
        Path(f"case/{stem}.events.yaml").write_text("a: &b c\n", encoding="utf-8")
    told = answer(rulebook, "case")
    assert ["case/fair.events.yaml:1:4", "case/square.events.yaml:1:4"] == [
        line.partition(": ")[0] for line in told.splitlines()[::2]
    ]


def test_a_file_that_is_named_twice_is_read_once(rulebook: Rulebook) -> None:
    assert 1 == len(load_casefile([Path("case"), Path("case/market.events.yaml")], rulebook).dossiers)


def test_the_hash_of_an_event_file_is_that_of_its_bytes(rulebook: Rulebook) -> None:
    file = Path("case/market.events.yaml")
    expected = hashlib.sha256(file.read_bytes()).hexdigest()
    assert expected == load_casefile([file], rulebook).dossiers[0].events_sha256


def test_a_document_without_events_is_named(rulebook: Rulebook) -> None:
    Path("case/fair.txt").write_text("A fair.", encoding="utf-8")
    assert ("fair.txt",) == load_casefile([Path("case")], rulebook).unencoded


def test_a_quote_is_resolved_to_its_place_in_the_document(rulebook: Rulebook) -> None:
    dossier = load_casefile([Path("case")], rulebook).dossiers[0]
    quote = dossier.quotes["flight"]
    assert dossier.document.text[quote.start : quote.end] == quote.text


def test_a_short_form_is_read_as_the_long_one(rulebook: Rulebook) -> None:
    path = Path("case/market.events.yaml")
    short = load_casefile([path], rulebook).dossiers[0].events
    text = path.read_text(encoding="utf-8").replace("    modality: occurred", "    modality: {value: occurred}")
    path.write_text(text, encoding="utf-8")
    assert short == load_casefile([path], rulebook).dossiers[0].events


def test_a_document_that_changed_is_noticed_although_the_casefile_is_remembered(
    rulebook: Rulebook, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TREATYCHECK_CACHE", str(desk / "cache"))
    load_casefile([Path("case")], rulebook)
    with Path("case/market.txt").open("a", encoding="utf-8") as stream:
        stream.write("\n")
    assert "TC434" in answer(rulebook, "case")


def test_the_document_of_an_event_file_bears_its_name() -> None:
    assert Path("a/b.c.txt") == document_of(Path("a/b.c.events.yaml"))
