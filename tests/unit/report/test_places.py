"""Where quotes stand: addresses below one folder, and regions in code points."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile
from treatycheck.report.places import Places, Region, region
from treatycheck.rulebook.load import load_rulebook

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("one two", "two", Region(4, 3, 1, 5, 1, 8)),
        ("one\ntwo", "two", Region(4, 3, 2, 1, 2, 4)),
        ("one\r\ntwo", "two", Region(5, 3, 2, 1, 2, 4)),
        ("one\ntwo\nsix", "ne\ntwo\ns", Region(1, 8, 1, 2, 3, 2)),
        ("\U0001f600 é two", "two", Region(4, 3, 1, 5, 1, 8)),
        ("\ufeffone two", "two", Region(4, 3, 1, 5, 1, 8)),
        ("\ufeffone", "one", Region(0, 3, 1, 1, 1, 4)),
        ("\ufeffone\ntwo", "one\ntwo", Region(0, 7, 1, 1, 2, 4)),
        ("\ufeffone\ntwo", "two", Region(4, 3, 2, 1, 2, 4)),
        ("\ufeffone", "\ufeffone", Region(0, 3, 1, 1, 1, 4)),
    ],
)
def test_a_region_counts_code_points_from_after_a_byte_order_mark(text: str, words: str, expected: Region) -> None:
    start = text.index(words)
    assert expected == region(text, start, start + len(words))


def test_offsets_outside_the_text_are_an_error() -> None:
    with pytest.raises(ValueError, match="outside"):
        region("one", 0, 4)


@pytest.fixture(scope="module")
def seeds() -> Casefile:
    return load_casefile([ROOT / "seeds"], load_rulebook(ROOT / "rules"))


def at(casefile: Casefile, *paths: str) -> Places:
    """A casefile whose event files stand at other paths; documents keep their names."""
    dossiers = [replace(one, path=path) for one, path in zip(casefile.dossiers, paths, strict=False)]
    return Places(replace(casefile, dossiers=tuple(dossiers)))


def named(casefile: Casefile, file: str) -> Casefile:
    first = casefile.dossiers[0]
    return replace(casefile, dossiers=(replace(first, entry=replace(first.entry, file=file)),))


def test_relative_paths_stay_as_they_were_given(seeds: Casefile) -> None:
    places = at(seeds, "seeds/a.events.yaml", "seeds/more/b.events.yaml")
    assert ("", "seeds/") == (places.root, places.folder())
    assert ["seeds/000_f06f57093cad164d.txt", "seeds/more/001_a42b359522a0f3ba.txt"] == [
        places.address(one) for one in places.casefile.dossiers
    ]


@pytest.mark.parametrize("above", ["/somewhere/", "../somewhere/"])
def test_no_path_of_one_machine_gets_into_an_address(above: str, seeds: Casefile) -> None:
    places = at(seeds, f"{above}case/a.events.yaml", f"{above}case/more/b.events.yaml")
    assert ["000_f06f57093cad164d.txt", "more/001_a42b359522a0f3ba.txt"] == [
        places.address(one) for one in places.casefile.dossiers
    ]
    assert "" == places.folder()


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("a b.txt", "case/a%20b.txt"),
        ("a:b#c?d%.txt", "case/a%3Ab%23c%3Fd%25.txt"),
        ("é\u202e.txt", "case/%C3%A9%E2%80%AE.txt"),
        ("[1](2).txt", "case/%5B1%5D%282%29.txt"),
    ],
)
def test_an_address_has_plain_characters_only(file: str, expected: str, seeds: Casefile) -> None:
    places = at(named(seeds, file), "case/a.events.yaml")
    assert expected == places.address(places.casefile.dossiers[0])


def test_documents_beside_the_working_folder_have_no_folder(seeds: Casefile) -> None:
    places = at(seeds, "a.events.yaml", "b.events.yaml")
    assert ("000_f06f57093cad164d.txt", "") == (places.address(places.casefile.dossiers[0]), places.folder())
