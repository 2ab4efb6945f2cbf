"""Whatever the text, a quote taken from it leads back to the place it was taken from."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from treatycheck.documents.quotes import MIN_LENGTH, Quote, QuoteProblem, Selector, resolve
from treatycheck.documents.text import Document, fold

# Few letters make repeats likely; the rest is all that folding touches, and what it must not touch.
CHARACTERS = "abAB \u00a0\u202f\t\r\n\u00ad'\"\u2018\u2019\u201c\u201d\u2013e\u0301\U0001d538\U0001f600İß"
TEXTS = st.text(CHARACTERS, min_size=MIN_LENGTH, max_size=60) | st.text(min_size=MIN_LENGTH, max_size=60)
VARIANTS = {
    " ": (" ", "\u00a0", "\n", "\r\n", "\t", "  ", " \u2009"),
    "'": ("'", "\u2018", "\u2019"),
    '"': ('"', "\u201c", "\u201d", "\u201e"),
}


def resolved(selector: Selector, text: str) -> Quote | QuoteProblem:
    try:
        return resolve(selector, Document("report.txt", "", text), fold(text))
    except QuoteProblem as problem:
        return problem


@st.composite
def texts_and_spans(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - MIN_LENGTH))
    end = draw(st.integers(start + MIN_LENGTH, len(text)))
    assume(len(fold(text[start:end]).text.strip()) >= MIN_LENGTH)
    return text, start, end


@given(texts_and_spans(), st.data())
def test_a_part_of_a_text_written_with_other_spaces_and_marks_is_found_or_ambiguous(
    span: tuple[str, int, int], data: st.DataObject
) -> None:
    text, start, end = span
    exact = "".join(data.draw(st.sampled_from(VARIANTS.get(c, (c,)))) for c in fold(text[start:end]).text)
    answer = resolved(Selector(exact), text)
    if isinstance(answer, Quote):
        assert fold(text[answer.start : answer.end]).text == fold(exact).text.strip()
    else:
        assert (answer.code, fold(text).text.count(fold(exact).text.strip()) > 0) == ("TC212", True)


@given(texts_and_spans())
def test_all_that_stands_around_a_quote_leads_to_its_own_place(span: tuple[str, int, int]) -> None:
    text, start, end = span
    answer = resolved(Selector(text[start:end], prefix=text[:start], suffix=text[end:]), text)
    if isinstance(answer, Quote):
        inside = text[start:end].strip("\u00ad \u00a0\u202f\t\r\n")
        assert inside in answer.text or fold(inside).text.strip() == fold(answer.text).text
    else:
        assert answer.code == "TC212"


@given(texts_and_spans())
def test_a_quote_starts_and_ends_on_a_visible_character(span: tuple[str, int, int]) -> None:
    text, start, end = span
    answer = resolved(Selector(text[start:end]), text)
    shown = answer.text if isinstance(answer, Quote) else "none"
    assert (shown[0].isspace(), shown[-1].isspace()) == (False, False)


@given(st.text(CHARACTERS, max_size=60), st.text(CHARACTERS, max_size=20))
def test_a_quote_that_is_not_in_the_text_is_never_found(text: str, exact: str) -> None:
    folded_exact = fold(exact).text.strip()
    assume(len(folded_exact) >= MIN_LENGTH and folded_exact not in fold(text).text)
    answer = resolved(Selector(exact), text)
    assert isinstance(answer, QuoteProblem)
    assert answer.code == "TC211"


@given(TEXTS)
def test_offsets_rise_and_each_leads_to_the_character_it_stands_for(text: str) -> None:
    folded = fold(text)
    pairs = zip(folded.text, folded.offsets, strict=False)
    assert [fold(text[offset]).text for _, offset in pairs] == list(folded.text)
    assert sorted(set(folded.offsets)) == list(folded.offsets)


@given(TEXTS)
def test_folding_keeps_every_character_that_is_neither_space_nor_mark_nor_soft_hyphen(text: str) -> None:
    def letters(of: str) -> list[str]:
        return [
            c for c in of if not c.isspace() and c not in "\u00ad'\"\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f"
        ]

    assert letters(fold(text).text) == letters(text)
