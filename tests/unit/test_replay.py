"""A kept report is printed again only when both engines give every answer again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from treatycheck import cache, check, replay
from treatycheck.casefile.load import load_casefile
from treatycheck.engine import matcher
from treatycheck.engine.agreement import EngineChoice
from treatycheck.rulebook.load import load_rulebook

ROOT = Path(__file__).parents[2]
ENGINE: EngineChoice = "both" if matcher.available() is None else "reference"


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TREATYCHECK_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def kept() -> replay.Kept:
    rulebook = load_rulebook(ROOT / "rules")
    casefile = load_casefile([ROOT / "seeds"], rulebook)
    run = check.run(rulebook, casefile, check.Options(engine=ENGINE))
    return replay.Kept(run.records, "the text", ("concern",), "")


def test_a_report_that_was_kept_stands(kept: replay.Kept) -> None:
    replay.keep("name", kept)
    found = replay.standing("name", ENGINE)
    assert found is not None
    assert ("the text", ("concern",)) == (found.text, found.outcomes)


def test_no_question_is_kept_twice(kept: replay.Kept) -> None:
    assert [] == [record for record in kept.records if len(set(record.answered)) != len(record.answered)]


def test_nothing_stands_under_another_key(kept: replay.Kept) -> None:
    replay.keep("name", kept)
    assert replay.standing("another", ENGINE) is None


def test_a_report_falls_when_an_engine_gives_another_answer(kept: replay.Kept) -> None:
    record = next(record for record in kept.records if any(any(one.answer) for one in record.answered))
    first = next(one for one in record.answered if any(one.answer))
    changed = replace(first, answer=tuple(-verdict for verdict in first.answer))
    replay.keep("name", replace(kept, records=(*kept.records, replace(record, answered=(changed,)))))
    assert replay.standing("name", ENGINE) is None


def test_a_report_falls_when_other_engines_would_run(kept: replay.Kept) -> None:
    replay.keep("name", replace(kept, notice="the other engine could not run"))
    assert replay.standing("name", ENGINE) is None


def test_a_report_on_very_many_cases_is_not_kept(kept: replay.Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "MOST_ANSWERS", 1)
    replay.keep("name", kept)
    assert replay.standing("name", ENGINE) is None


def test_a_damaged_entry_is_no_entry(kept: replay.Kept, tmp_path: Path) -> None:
    replay.keep("name", kept)
    (entry,) = (tmp_path / "cache").glob("report-*.json")
    entry.write_text(entry.read_text(encoding="utf-8")[:-1], encoding="utf-8")
    assert replay.standing("name", ENGINE) is None


def test_the_key_follows_the_bytes_the_names_and_the_words(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"one")
    first = replay.key([file], ["json"])
    other_words = replay.key([file], ["markdown"])
    file.write_bytes(b"two")
    other_bytes = replay.key([file], ["json"])
    moved = file.rename(tmp_path / "b.yaml")
    other_name = replay.key([moved], ["json"])
    assert 4 == len({first, other_words, other_bytes, other_name})


def test_a_file_that_cannot_be_read_gives_no_key(tmp_path: Path) -> None:
    assert replay.key([tmp_path / "missing.yaml"], []) is None


def test_the_cache_keeps_a_bounded_number_of_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_KEPT", 2)
    for name in "abcd":
        cache.store("kind", name, (name,))
    assert 2 == len(list((tmp_path / "cache").glob("kind-*.json")))
    assert ("d",) == cache.fetch("kind", "d", tuple, ())
