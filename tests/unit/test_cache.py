"""What is stored comes back equal; what cannot be read or written costs time and nothing else."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from treatycheck import cache
from treatycheck.cache import MOST_KEPT, decode, digest, encode, fetch, folder, load, store


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    weight: int = 1
    day: date | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    leaves: tuple[Leaf, ...]
    named: Mapping[str, tuple[Leaf, ...]] = field(default_factory=dict)
    first: Leaf | None = None
    tall: bool = False
    seen: dict[str, int] = field(init=False, default_factory=dict, compare=False)


NOUNS = ModuleType("nouns")
vars(NOUNS).update(Leaf=Leaf, Tree=Tree, strange=int)
OAK = Leaf("oak", 2, date(2020, 2, 29), ("green",))


@pytest.fixture(autouse=True)
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TREATYCHECK_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def again(noun: object) -> object:
    return decode(encode(noun), [NOUNS])


# The text


@pytest.mark.parametrize(
    "noun",
    [
        Tree((OAK, Leaf("elm"))),
        Tree((), {"a": (OAK,), "b": ()}, OAK, tall=True),
        Tree((Leaf(""), Leaf("ash", 0))),
        Leaf("ümlaut “quoted”\n"),
        (OAK, "text", 3, True, None, date(1997, 12, 3), ((1,), ())),
        {"plain": {"nested": (1, 2)}},
        "text",
        None,
    ],
)
def test_what_was_encoded_comes_back(noun: object) -> None:
    assert noun == again(noun)


def test_true_is_not_one() -> None:
    found = again((True, 1, Tree((), tall=True)))
    assert isinstance(found, tuple)
    assert [bool, int] == [type(one) for one in found[:2]]


def test_what_occurs_again_is_written_once_and_is_one_object_after_reading() -> None:
    found = again(Tree((OAK, OAK), {"a": (OAK,)}, OAK))
    assert isinstance(found, Tree)
    assert (1, True, True) == (
        encode(Tree((OAK, OAK), {"a": (OAK,)}, OAK)).count("oak"),
        found.leaves[0] is found.first,
        found.named["a"][0] is found.first,
    )


def test_equal_dates_are_written_once() -> None:
    leaves = (Leaf("a", day=date(2020, 1, 1)), Leaf("b", day=date(2020, 1, 1)))
    assert (1, leaves) == (encode(leaves).count("2020-01-01"), again(leaves))


def test_equal_nouns_that_are_two_stay_two() -> None:
    found = again((Leaf("a"), Leaf("a")))
    assert isinstance(found, tuple)
    assert found[0] is not found[1]


def test_a_default_is_left_out() -> None:
    assert {"$": "Leaf", "name": "elm"} == json.loads(encode(Leaf("elm")))


def test_what_a_noun_works_out_for_itself_is_not_kept() -> None:
    tree = Tree(())
    tree.seen["asked"] = 1
    found = again(tree)
    assert isinstance(found, Tree)
    assert found.seen == {}


@pytest.mark.parametrize("noun", [{"$": 1}, 1.5, Leaf("a", weight=object()), {1, 2}])  # type: ignore[arg-type]
def test_what_cannot_be_kept_exactly_is_refused(noun: object) -> None:
    with pytest.raises(TypeError, match="cannot be cached"):
        encode(noun)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"$": "int"}',
        '{"$": "strange"}',
        '{"$": "Unheard"}',
        '{"$": 0}',
        '{"$": "Leaf"}',
        '{"$": "Leaf", "name": "a", "height": 3}',
        '{"$": "date", "iso": "2020-02-30"}',
        '{"$": "date"}',
        '{"$": ["Leaf"]}',
    ],
)
def test_a_text_that_was_not_encoded_here_is_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError, LookupError)):
        decode(text, [NOUNS])


# The store


def test_what_was_built_is_not_built_again() -> None:
    built: list[Leaf] = []

    def build() -> Leaf:
        built.append(OAK)
        return OAK

    assert ([OAK, OAK], [OAK]) == ([load("leaf", "key", Leaf, [NOUNS], build) for _ in range(2)], built)


def test_another_key_or_kind_is_another_entry() -> None:
    store("leaf", "key", OAK)
    assert (OAK, None, None) == (
        fetch("leaf", "key", Leaf, [NOUNS]),
        fetch("leaf", "other", Leaf, [NOUNS]),
        fetch("tree", "key", Leaf, [NOUNS]),
    )


def test_an_entry_of_another_shape_is_none() -> None:
    store("leaf", "key", OAK)
    assert fetch("leaf", "key", Tree, [NOUNS]) is None


def test_another_version_of_the_program_does_not_read_what_this_one_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    store("leaf", "key", OAK)
    monkeypatch.setattr(cache, "_fingerprint", lambda: "another")
    assert fetch("leaf", "key", Leaf, [NOUNS]) is None


def test_only_a_successful_build_is_stored(where: Path) -> None:
    def fail() -> Leaf:
        raise ValueError("no leaf")

    with pytest.raises(ValueError, match="no leaf"):
        load("leaf", "key", Leaf, [NOUNS], fail)
    assert not where.exists()


@pytest.mark.parametrize("text", ["", "null", "[" * 100_000, '{"$":"Leaf"}', "\ud800".encode("utf-8", "surrogatepass")])
def test_a_damaged_entry_is_built_anew(where: Path, text: str | bytes) -> None:
    store("leaf", "key", Leaf("elm"))
    (entry,) = where.iterdir()
    entry.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert OAK == load("leaf", "key", Leaf, [NOUNS], lambda: OAK)
    assert OAK == fetch("leaf", "key", Leaf, [NOUNS])


@pytest.mark.parametrize("switch", ["off", ""])
def test_a_cache_that_is_off_keeps_nothing(switch: str, where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TREATYCHECK_CACHE", switch)
    assert OAK == load("leaf", "key", Leaf, [NOUNS], lambda: OAK)
    assert (None, None, False) == (folder(), fetch("leaf", "key", Leaf, [NOUNS]), where.exists())


def test_a_cache_that_cannot_be_written_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("TREATYCHECK_CACHE", str(file / "cache"))
    assert OAK == load("leaf", "key", Leaf, [NOUNS], lambda: OAK)


def test_what_cannot_be_kept_leaves_nothing_behind(where: Path) -> None:
    with pytest.raises(TypeError):
        store("leaf", "key", object())
    assert not where.exists()


def test_the_oldest_entries_of_a_kind_go_first(where: Path) -> None:
    store("tree", "key", Tree(()))
    for number in range(MOST_KEPT + 2):
        store("leaf", str(number), Leaf(str(number)))
        for age, entry in enumerate(sorted(where.glob("leaf-*"), key=lambda one: one.stat().st_mtime_ns)):
            os.utime(entry, (age, age))
    kept = [fetch("leaf", str(number), Leaf, [NOUNS]) is not None for number in range(MOST_KEPT + 2)]
    assert ([False] * 2 + [True] * MOST_KEPT, 1) == (kept, len(list(where.glob("tree-*"))))


# Where, and under which name


def test_the_cache_lives_in_the_folder_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TREATYCHECK_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "somewhere")
    assert Path("somewhere/treatycheck") == folder()


def test_without_a_cache_folder_it_lives_under_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TREATYCHECK_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert tmp_path / ".cache" / "treatycheck" == folder()


@pytest.mark.parametrize(
    "other",
    [
        [("a", b"1"), ("b", b"3")],
        [("b", b"2"), ("a", b"1")],
        [("a", b"1")],
        [("a", b""), ("1b", b"2")],
        [("a1", b""), ("b", b"2")],
        [],
    ],
)
def test_other_files_have_another_digest(other: list[tuple[str, bytes]]) -> None:
    assert digest([("a", b"1"), ("b", b"2")]) != digest(other)


def test_the_same_files_have_the_same_digest() -> None:
    assert digest([("a", b"1"), ("b", b"2")]) == digest(iter([("a", b"1"), ("b", b"2")]))


def test_a_file_name_that_is_no_text_has_a_digest_too() -> None:
    assert digest([("\udcff", b"")]) != digest([("\udcfe", b"")])


def test_the_program_is_known_by_its_source_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fingerprint() -> str:
        cache._fingerprint.cache_clear()
        return cache._fingerprint()

    module = tmp_path / "module.py"
    module.write_text("", encoding="utf-8")
    monkeypatch.setattr("treatycheck.__file__", str(module))
    first = fingerprint()
    (tmp_path / "notes.txt").write_text("not a module", encoding="utf-8")
    same = fingerprint()
    module.write_text("changed = True", encoding="utf-8")
    changed = fingerprint()
    cache._fingerprint.cache_clear()
    assert (True, True) == (first == same, first != changed)
