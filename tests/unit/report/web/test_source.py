"""A text with its quotes marked: nothing of it changes, and every quote can be found and linked to."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatycheck.report.web.cited import Place
from treatycheck.report.web.source import CHUNK_LINES, Piece, lines, marked, pieces


class Reader(HTMLParser):
    """What a browser makes of the markup: the text, and the text of the marks of each class."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.text = ""
        self.marks: dict[str, str] = {}
        self.ids: list[str] = []
        self._open: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if "id" in found:
            self.ids.append(found["id"] or "")
        if tag == "mark":
            self._open = (found["class"] or "").split()

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._open = []

    def handle_data(self, data: str) -> None:
        self.text += data
        for name in self._open:
            self.marks[name] = self.marks.get(name, "") + data


def shown(text: str, *spans: tuple[int, int]) -> str:
    places = [Place(1, start, end) for start, end in spans]
    return marked(text, places, {}, dict.fromkeys(places, "")).markup


def test_a_quote_is_a_mark_with_a_link_and_the_number_of_its_note() -> None:
    place = Place(1, 2, 4)
    found = marked("abcde", [place], {place: "7"}, {place: "e3"})
    link = '<a href="#u1-2-4" data-n="7">cd</a>'
    assert f'<div dir="auto">ab<mark id="q1-2-4" class="q1-2-4 e3">{link}</mark>e</div>' in found.markup
    assert () == found.cut


def test_overlapping_quotes_are_cut_and_each_piece_leads_to_the_shortest() -> None:
    one, other = Place(1, 0, 4), Place(1, 2, 5)
    assert [Piece(0, 2, (one,)), Piece(2, 4, (one, other)), Piece(4, 5, (other,)), Piece(5, 6)] == list(
        pieces(0, 6, [one, other])
    )
    found = marked("abcdef", [one, other], {}, {one: "", other: ""})
    assert ["u1-0-4", "u1-2-5", "u1-2-5"] == re.findall(r'href="#(.*?)"', found.markup)
    assert {one, other} == set(found.cut)


def test_quotes_that_begin_together_both_have_a_place() -> None:
    assert ["q1-0-4", "q1-0-2"] == Reader(shown("abcdef", (0, 4), (0, 2))).ids


def test_the_way_by_keyboard_stops_once_at_a_quote() -> None:
    assert 1 == len(re.findall(r"<a (?![^>]*tabindex)", shown("one\ntwo\nthree", (0, 11))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a", ["a"]),
        ("a\nb", ["a\n", "b"]),
        ("a\r\nb\rc\n", ["a\r\n", "b\r", "c\n"]),
        ("\n\n", ["\n", "\n"]),
    ],
)
def test_a_line_ends_with_its_line_end(text: str, expected: list[str]) -> None:
    assert expected == [text[start:end] for start, end in lines(text)]


def test_markup_in_a_document_is_text() -> None:
    assert "&lt;b&gt;&amp;amp;" in shown("<b>&amp;")


@pytest.mark.parametrize(
    ("character", "sign"), [("\u202e", "\\u202e"), ("\x1b", "\\x1b"), ("\xad", "\\xad"), ("\0", "\\x00")]
)
def test_a_hidden_character_keeps_its_place_and_has_a_sign(character: str, sign: str) -> None:
    kept = "\ufffd" if character == "\0" else character
    assert f'a<span class="hid" role="img" aria-label="{sign}">{kept}</span>b' in shown(f"a{character}b")


def test_a_carriage_return_is_written_so_that_no_browser_changes_it() -> None:
    assert 'a<span class="cr">&#13;</span>\nb' in shown("a\r\nb").replace('</div><div dir="auto">', "")


def test_a_long_text_is_set_in_parts() -> None:
    assert 3 == shown("line\n" * (2 * CHUNK_LINES + 1)).count('<div class="chunk">')


TEXTS = st.text(st.sampled_from("ab <>&\"'\n\r\t\u202e\u200b\u05d0\u6f22\U000e0041\x07"), max_size=60)


@given(st.data())
def test_the_text_stays_as_it_is_and_the_pieces_of_a_quote_are_the_quote(data: st.DataObject) -> None:
    text = data.draw(TEXTS)
    offsets = st.integers(0, len(text))
    spans = data.draw(st.sets(st.tuples(offsets, offsets).filter(lambda one: one[0] < one[1]), max_size=8))
    found = Reader(shown(text, *spans))
    assert text == found.text
    assert {f"q1-{start}-{end}": text[start:end] for start, end in spans} == found.marks
    assert {f"q1-{start}-{end}" for start, end in spans} == set(found.ids)
    assert len(spans) == len(found.ids)
