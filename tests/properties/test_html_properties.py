"""Whatever a document or an events file says, in HTML it is text: it adds no element, and none of it is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from treatycheck.casefile.load import load_casefile
from treatycheck.check import Options, check
from treatycheck.explanations import Explanations, Wanted, explain
from treatycheck.findings import Finding, QuoteRef, Report
from treatycheck.report import explanation
from treatycheck.report.blocks import (
    Block,
    Column,
    Heading,
    Items,
    Line,
    Notes,
    Pairs,
    Paragraph,
    Run,
    Table,
    Tree,
    code,
    line,
    strong,
    toned,
)
from treatycheck.report.characters import visible
from treatycheck.report.html import fragment
from treatycheck.report.layout import layout
from treatycheck.rulebook.load import load_rulebook

ROOT = Path(__file__).resolve().parents[2]
RULEBOOK = load_rulebook(ROOT / "rules")
SEEDS = load_casefile([ROOT / "seeds"], RULEBOOK)
OPTIONS = Options(engine="reference", insight=False)
REPORT = check(RULEBOOK, SEEDS, OPTIONS)
# One that is flagged and denied, and one that is open.
FINDINGS = (
    next(one for one in REPORT.findings if one.dispute != "none"),
    next(one for one in REPORT.findings if one.outcome == "undetermined"),
)
EXPLAINED = {one.id: explain(RULEBOOK, SEEDS, Wanted({one.event: frozenset({one.id})}), OPTIONS) for one in FINDINGS}

TAGS = {
    *("article", "style", "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "dl", "div", "dt", "dd", "span"),
    *("table", "thead", "tbody", "tr", "th", "td", "details", "summary", "strong", "code", "sup"),
}
ATTRIBUTES = {"class", "dir", "lang", "open", "scope"}

NASTY = st.sampled_from(
    (
        *(
            "<script>alert(1)</script>",
            "</style><script>",
            "<img src=x onerror=alert(1)>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
        ),
        *(
            "</article>",
            "</p></li></td>",
            '" onmouseover="x',
            "' style='x",
            "javascript:x",
            "url(x)",
            "http://x.y/z",
            "`",
        ),
        *("&", "&lt;", "&#60;script&#62;", "&amp;amp;", "&notin", "<", ">", "<a", "</", "<?php", "“", "”", "“a”"),
        *(
            "\u202e",
            "\u2066",
            "\x00",
            "\x1b[31m",
            "\x0c",
            "\ufeff",
            "\ud800",
            "\u0085",
            "w" * 3000,
            "שלום",
            "a\tb\r\nc",
        ),
    )
)
TEXT = st.lists(NASTY | st.text(max_size=8), max_size=5).map("".join)


class Parsed(HTMLParser):
    """The tags with their attributes, and the text outside the style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.odd: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open.pop() != tag:
            self.odd.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    def handle_decl(self, decl: str) -> None:
        self.odd.append(decl)

    def handle_pi(self, data: str) -> None:
        self.odd.append(data)

    def unknown_decl(self, data: str) -> None:
        self.odd.append(data)

    @property
    def text(self) -> str:
        return unspaced("".join(self.words))

    @property
    def elements(self) -> list[tuple[str, tuple[tuple[str, str | None], ...]]]:
        """All but the marks of quotes, which depend on the text."""
        return [one for one in self.tags if one != ("span", (("dir", "auto"),))]


def unspaced(text: str) -> str:
    return "".join(text.split())


RUNS = TEXT.flatmap(
    lambda text: st.sampled_from((Run(visible(text)), strong(text), code(text), toned(text, "grave"), Run("7", "note")))
)
LINES = st.lists(RUNS, max_size=3).map(lambda runs: line(*runs))
LABELS = st.sampled_from(("", "•", "1.", "(a)")) | TEXT
BLOCKS = st.one_of(
    st.builds(Heading, st.integers(1, 6), LINES, LABELS),
    st.builds(Paragraph, LINES, LABELS),
    st.builds(Items, st.lists(st.tuples(LABELS, LINES), max_size=4).map(tuple)),
    st.builds(Tree, st.lists(st.tuples(st.integers(0, 6), LINES), max_size=8).map(tuple)),
    st.builds(Pairs, st.lists(st.tuples(LABELS, LINES), max_size=4).map(tuple)),
    st.builds(Notes, st.lists(LINES, max_size=3).map(tuple)),
    st.builds(
        lambda title, rows: Table((Column(title, 1), Column("B", 1)), rows),
        TEXT,
        st.lists(st.tuples(LINES, LINES), max_size=3).map(tuple),
    ),
)


def told(blocks: Iterable[Block]) -> Iterator[str]:
    """What blocks say, in the order in which it stands."""
    for block in blocks:
        match block:
            case Heading(_, runs, number) | Paragraph(runs, number):
                yield f"{visible(number)}{words(runs)}"
            case Items(entries) if all(label == "•" for label, _ in entries):
                yield from (words(runs) for _, runs in entries)
            case Items(entries) | Pairs(entries):
                yield from (f"{visible(label)}{words(runs)}" for label, runs in entries)
            case Tree(steps):
                yield from (words(runs) for _, runs in steps)
            case Notes(notes):
                yield from (f"[{place}]{words(runs)}" for place, runs in enumerate(notes, 1))
            case Table(columns, rows):
                yield from (visible(column.title) for column in columns)
                yield from (words(cell) for row in rows for cell in row)


def words(runs: Line) -> str:
    return "".join(f"[{run.text}]" if run.mark == "note" else run.text for run in runs)


def spoilt(finding: Finding, text: str) -> Finding:
    """The finding with a text in every place that a document, an analyst or a register fills."""

    def quote(one: QuoteRef) -> QuoteRef:
        return replace(one, text=f"x{text}", document=f"x{text}")

    return replace(
        finding,
        title=f"x{text}",
        message=f"x{text}",
        event=f"x{text}",
        event_title=f"x{text}",
        document=f"x{text}",
        asserter=f"x{text}",
        dispute_by=f"x{text}",
        bearer=replace(finding.bearer, name=f"x{text}"),
        quotes=tuple(map(quote, finding.quotes)),
        dispute_quotes=tuple(map(quote, finding.dispute_quotes)),
        elements=tuple(
            replace(one, label=f"x{text}", quotes=tuple(map(quote, one.quotes))) for one in finding.elements
        ),
    )


def reported(finding: Finding, text: str) -> Parsed:
    report: Report = replace(REPORT, findings=(spoilt(finding, text),), claims=(), procedures=(), title=f"x{text}")
    return Parsed(fragment(layout(report, RULEBOOK.wording)))


def explained(finding: Finding, text: str) -> Parsed:
    found: Explanations = EXPLAINED[finding.id]
    one = replace(found.explained[0], finding=spoilt(found.explained[0].finding, text))
    blocks = explanation.layout(replace(found, explained=(one,), first=()), RULEBOOK.wording, RULEBOOK.cite)
    return Parsed(fragment(blocks))


@given(st.lists(BLOCKS, max_size=4))
def test_what_blocks_say_is_what_stands_there(blocks: list[Block]) -> None:
    found = Parsed(fragment(blocks))
    assert (unspaced("".join(told(blocks))), [], []) == (found.text, found.odd, found.open)


@given(st.lists(BLOCKS, max_size=4))
def test_there_are_no_other_elements_and_attributes_than_the_known_ones(blocks: list[Block]) -> None:
    tags = Parsed(fragment(blocks)).tags
    assert (set(), set()) == (
        {tag for tag, _ in tags} - TAGS,
        {name for _, attributes in tags for name, _ in attributes} - ATTRIBUTES,
    )


@given(st.sampled_from(FINDINGS), TEXT)
def test_no_text_of_a_finding_adds_an_element_to_a_report(finding: Finding, text: str) -> None:
    plain, hostile = reported(finding, ""), reported(finding, text)
    assert (plain.elements, []) == (hostile.elements, hostile.odd)
    assert unspaced(visible(text)) in hostile.text


@given(st.sampled_from(FINDINGS), TEXT)
def test_no_text_of_a_finding_adds_an_element_to_an_explanation(finding: Finding, text: str) -> None:
    plain, hostile = explained(finding, ""), explained(finding, text)
    assert (plain.elements, []) == (hostile.elements, hostile.odd)
    assert unspaced(visible(text)) in hostile.text


def test_the_whole_report_on_the_seeds_asks_for_nothing_and_does_nothing() -> None:
    found = Parsed(fragment(layout(REPORT, RULEBOOK.wording)))
    assert {"article", "style", "h1", "h2", "h3", "table", "dl", "sup"} <= {tag for tag, _ in found.tags} <= TAGS
    assert {name for _, attributes in found.tags for name, _ in attributes} <= ATTRIBUTES
    assert [] == found.odd
