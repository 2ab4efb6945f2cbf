"""Document text is kept exactly; its folded copy knows where each character came from."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from treatycheck.documents.text import CODES, Document, fold, line_and_column, read_document
from treatycheck.errors import Diagnostic, InputError

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("according to\u00a0a source", "according to a source"),
        ("10\u202f000", "10 000"),
        ("10\u2007000\u2009kg", "10 000 kg"),
        ("a\tb", "a b"),
        ("a\nb\r\nc\rd", "a b c d"),
        ("a \u00a0\t\r\n  b", "a b"),
        ("a\u3000b\u2028c", "a b c"),
        ("  a  ", " a "),
        ("\u2018a\u2019 \u201aa\u201b", "'a' 'a'"),
        ("\u201ca\u201d \u201ea\u201f", '"a" "a"'),
        ("anti\u00adpersonnel", "antipersonnel"),
        ("a \u00ad b", "a b"),
        ("a\u00ad\u00adb", "ab"),
        ("a\u00ad\nb", "a b"),
        ("", ""),
    ],
)
def test_spaces_and_quotation_marks_and_soft_hyphens_are_folded(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    "text", ["Côte d'Ivoire", "e\u0301", "\ufb01", "ÀÉß İ", "2018\u20132019 \u2014 \u2011", "«a»", "x\u200by", "½ ² №"]
)
def test_all_other_characters_are_kept(text: str) -> None:
    assert fold(text).text == text


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("", [0]),
        ("ab", [0, 1, 2]),
        ("a\r\nb", [0, 1, 3, 4]),
        ("a \u00a0 b", [0, 1, 4, 5]),
        ("a\u00adb", [0, 2, 3]),
        ("a\u00ad b", [0, 2, 3, 4]),
        ("\U0001d538 \u201cb", [0, 1, 2, 3, 4]),
        ("e\u0301 x", [0, 1, 2, 3, 4]),
        ("a\u00ad", [0, 2]),
    ],
)
def test_each_folded_character_knows_its_offset(text: str, offsets: list[int]) -> None:
    assert list(fold(text).offsets) == offsets


def test_folding_twice_changes_nothing_more() -> None:
    once = fold("\u201ca\u201d \u00ad\r\n b\u00a0").text
    assert fold(once).text == once


def test_a_document_is_read_byte_for_byte(tmp_path: Path) -> None:
    data = "a\r\nb\u00a0\u201cc\u201d\n\rd".encode()
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    assert read_document(path) == Document(str(path), hashlib.sha256(data).hexdigest(), data.decode())


def test_a_document_can_be_shown_under_another_name(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(b"a")
    assert read_document(path, shown="case/report.txt").file == "case/report.txt"


def test_a_byte_order_mark_is_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(b"\xef\xbb\xbfa")
    assert read_document(path).text == "\ufeffa"


def test_a_missing_document_is_a_diagnostic(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_document(tmp_path / "none.txt", shown="none.txt")
    assert caught.value.diagnostics == (
        Diagnostic(
            "none.txt",
            0,
            0,
            "TC201",
            "cannot read `none.txt`: no such file or directory",
            "check the name and the permissions",
        ),
    )


def test_a_document_that_is_not_utf8_is_a_diagnostic_at_the_first_wrong_byte(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("é\r\nßé".encode() + b"\xe9t")
    with pytest.raises(InputError) as caught:
        read_document(path, shown="report.txt")
    assert caught.value.diagnostics == (
        Diagnostic("report.txt", 2, 3, "TC202", "byte `0xe9` is not UTF-8", "save the document as UTF-8"),
    )


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("", 0, (1, 1)),
        ("ab", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 1, (1, 2)),
        ("a\r\nb", 2, (1, 3)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb\rc", 4, (3, 1)),
        ("\n\n\nx", 3, (4, 1)),
        ("\r\n\r\n", 4, (3, 1)),
        ("\n\r\na", 1, (2, 1)),
        ("\U0001d538e\u0301x", 3, (1, 4)),
    ],
)
def test_an_offset_has_a_line_and_a_column(text: str, offset: int, expected: tuple[int, int]) -> None:
    assert line_and_column(text, offset) == expected


@pytest.mark.parametrize("offset", [-1, 3])
def test_an_offset_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(ValueError, match=f"offset {offset} is outside a text of 2 characters"):
        line_and_column("ab", offset)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_a_seed_is_kept_byte_for_byte(path: Path) -> None:
    assert read_document(path).text.encode() == path.read_bytes()


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_a_folded_seed_has_an_offset_for_every_character_and_the_end(path: Path) -> None:
    text = read_document(path).text
    folded = fold(text)
    assert (len(folded.offsets), folded.offsets[-1]) == (len(folded.text) + 1, len(text))


def test_there_are_five_seeds_to_test_with() -> None:
    assert len(SEEDS) == 5


def test_every_code_has_one_line_that_explains_it() -> None:
    assert sorted(CODES) == ["TC201", "TC202"]
