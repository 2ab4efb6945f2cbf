"""Blocks in HTML: which elements they become, that text stays text, and that the style reaches nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from treatycheck.findings import Finding, Report
from treatycheck.report.blocks import (
    DASH,
    Block,
    Column,
    Heading,
    Items,
    Mark,
    Notes,
    Pairs,
    Paragraph,
    Run,
    Table,
    Tree,
    code,
    line,
    strong,
)
from treatycheck.report.html import content, escaped, fragment, style
from treatycheck.report.layout import layout
from treatycheck.rulebook.model import Wording

Reports = Callable[..., Report]
COLOURS = re.compile(r"--(\w+): #([0-9a-f]{6})")
TEXTS, GROUNDS = ("ink", "soft", "grave", "watch", "open"), ("paper", "tint")


def lines(*blocks: Block) -> list[str]:
    return content(blocks).splitlines()


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Heading(1, line("Title")), "<h1>Title</h1>"),
        (Heading(2, line("Part"), "II."), '<h2><span class="label">II.</span> Part</h2>'),
        (Heading(5, line("Deep")), "<h4>Deep</h4>"),
        (Paragraph(line("Words.")), "<p>Words.</p>"),
        (
            Paragraph(line("Words."), "1.2"),
            '<p class="hanging"><span class="label">1.2</span> <span>Words.</span></p>',
        ),
    ],
)
def test_headings_and_paragraphs_have_their_number_in_front(block: Block, expected: str) -> None:
    assert [expected] == lines(block)


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("plain", "a&lt;b"),
        ("strong", "<strong>a&lt;b</strong>"),
        ("code", '<code dir="auto">a&lt;b</code>'),
        ("note", "<sup>[a&lt;b]</sup>"),
        ("grave", '<strong class="grave">a&lt;b</strong>'),
        ("watch", '<strong class="watch">a&lt;b</strong>'),
        ("open", '<strong class="open">a&lt;b</strong>'),
    ],
)
def test_a_run_is_set_by_its_mark_and_escaped(mark: Mark, expected: str) -> None:
    assert [f"<p>{expected}</p>"] == lines(Paragraph((Run("a<b", mark),)))


def test_a_list_of_bullets_is_a_plain_list() -> None:
    entries = (("•", line("one")), ("•", line("two")))
    assert ['<ul class="bullets">', "<li>one</li>", "<li>two</li>", "</ul>"] == lines(Items(entries))


@pytest.mark.parametrize(
    ("labels", "name"), [(("1.", "2."), "ol"), (("(a)", "(b)"), "ol"), (("E-1", DASH), "ul"), (("•", "E-1"), "ul")]
)
def test_a_label_stands_in_the_text_and_what_counts_is_an_ordered_list(labels: tuple[str, ...], name: str) -> None:
    found = lines(Items(tuple((label, line("x")) for label in labels)))
    entry = f'<li class="hanging"><span class="label">{labels[0]}</span> <span>x</span></li>'
    assert (f'<{name} class="labels">', entry, f"</{name}>") == (found[0], found[1], found[-1])


def test_what_follows_a_numbered_paragraph_is_set_under_it_until_the_next_heading() -> None:
    bullets = Items((("•", line("x")),))
    table = Table((Column("A", 1),), ((line("a"),),))
    blocks = (bullets, Paragraph(line("p"), "1."), bullets, table, Heading(2, line("h")), bullets, Paragraph(line("q")))
    starts = [one for one in lines(*blocks, bullets) if one.startswith(("<ul", "<div"))]
    assert [
        '<ul class="bullets">',
        '<ul class="bullets under">',
        '<div class="wide under"><table>',
        '<ul class="bullets">',
        '<ul class="bullets">',
    ] == starts


def test_a_step_that_has_others_under_it_can_be_folded_and_stands_open() -> None:
    tree = Tree(tuple((depth, line(name)) for depth, name in ((0, "a"), (1, "b"), (2, "c"), (1, "d"), (0, "e"))))
    assert [
        '<ul class="tree">',
        "<li><details open><summary>a</summary><ul>",
        "<li><details open><summary>b</summary><ul>",
        "<li>c</li>",
        "</ul></details></li>",
        "<li>d</li>",
        "</ul></details></li>",
        "<li>e</li>",
        "</ul>",
    ] == lines(tree)


def test_no_step_is_lost_where_depths_jump() -> None:
    tree = Tree(tuple((depth, line(name)) for depth, name in ((2, "a"), (5, "b"), (3, "c"), (0, "d"))))
    assert ["a", "b", "c", "d"] == re.findall(r"<(?:li|summary)>(\w)<", content([tree]))


def test_rows_without_a_label_belong_to_the_one_above() -> None:
    rows = (("A", line("1")), ("", line("2")), ("B", line("3")))
    assert [
        "<dl>",
        "<div><dt>A</dt>",
        "<dd>1</dd>",
        "<dd>2</dd>",
        "</div><div><dt>B</dt>",
        "<dd>3</dd>",
        "</div>",
        "</dl>",
    ] == lines(Pairs(rows))


def test_a_table_says_what_each_column_and_each_row_is() -> None:
    table = Table((Column("Element", 8), Column("Found", 5)), ((line("Object"), line(strong("yes"))),))
    assert [
        '<div class="wide"><table>',
        '<thead><tr><th scope="col">Element</th><th scope="col">Found</th></tr></thead>',
        "<tbody>",
        '<tr><th scope="row">Object</th><td><strong>yes</strong></td></tr>',
        "</tbody>",
        "</table></div>",
    ] == lines(table)


def test_notes_are_numbered_as_they_are_cited() -> None:
    found = lines(Notes((line("first"), line("second"))))
    assert '<li class="hanging"><span class="label">[2]</span> <span>second</span></li>' == found[2]


def test_what_has_no_entries_is_empty_and_whole() -> None:
    assert ["<dl>", "</dl>", '<ul class="tree">', "</ul>"] == lines(Pairs(()), Tree(()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("says “no”.", 'says <span dir="auto">“no”</span>.'),
        ("“a “b” c” d", '<span dir="auto">“a “b” c”</span> d'),
        ("“a”; “b”", '<span dir="auto">“a”</span>; <span dir="auto">“b”</span>'),
        ("“a", "“a"),
        ("a” “", "a” “"),
        ("“<b>”", '<span dir="auto">“&lt;b&gt;”</span>'),
    ],
)
def test_a_quote_finds_its_own_direction(text: str, expected: str) -> None:
    assert [f"<p>{expected}</p>"] == lines(Paragraph(line(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<script>", "&lt;script&gt;"),
        ("\"a\" & 'b'", "&quot;a&quot; &amp; &#x27;b&#x27;"),
        ("&lt;", "&amp;lt;"),
        ("a\u202eb\x1b", r"a\u202eb\x1b"),
        ("a\n b", "a b"),
    ],
)
def test_text_is_shown_as_it_is(text: str, expected: str) -> None:
    assert expected == escaped(text)


def test_labels_and_titles_are_text_as_well() -> None:
    hostile = '"><b>\u202e'
    blocks = (
        Heading(2, line("x"), hostile),
        Paragraph(line("x"), hostile),
        Items(((hostile, line("x")),)),
        Pairs(((hostile, line("x")),)),
        Table((Column(hostile, 1),), ()),
    )
    assert 5 == content(blocks).count("&quot;&gt;&lt;b&gt;\\u202e")


def test_a_fragment_is_one_element_with_its_style() -> None:
    found = fragment([Paragraph(line("Words."))])
    assert (
        found == f'<article class="treatycheck" lang="en-GB">\n<style>\n{style()}</style>\n<p>Words.</p>\n</article>\n'
    )


def test_the_word_for_an_outcome_stands_beside_its_colour(
    finding: Finding, report_of: Reports, wording: Wording
) -> None:
    assert '<strong class="watch">concern</strong>' in fragment(layout(report_of(finding), wording))


def test_a_title_cannot_act(finding: Finding, report_of: Reports, wording: Wording) -> None:
    title = "<script>alert(1)</script><img src=x onerror=y>"
    found = fragment(layout(report_of(replace(finding, title=title, event=title)), wording))
    assert ("<script" not in found, "<img" not in found) == (True, True)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=y&gt;" in found


def test_every_rule_of_the_style_speaks_of_what_is_inside() -> None:
    rules = re.sub(r"/\*.*?\*/|--\w+:[^;]*;", "", style(), flags=re.DOTALL)
    selectors = [one.strip() for one in re.findall(r"([^{}]+)\{", rules)]
    inside = [one for one in selectors if not one.startswith("@media")]
    assert 20 < len(inside)
    assert [] == [one for one in inside if not all(".treatycheck" in part for part in re.split(r",(?![^(]*\))", one))]


def test_the_style_loads_nothing() -> None:
    assert [] == re.findall(r"url\(|@import|@font-face|https?:|src|</|expression|\\", style())


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """As the Web Content Accessibility Guidelines measure it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_is_measured_as_it_should_be() -> None:
    assert (21.0, 4.54) == (contrast("000000", "ffffff"), round(contrast("767676", "ffffff"), 2))


def palettes() -> list[dict[str, str]]:
    """The colours of every rule that sets them: by day, by night, and in a notebook that is dark."""
    found = [dict(COLOURS.findall(rule)) for rule in re.findall(r"\{([^{}]*)\}", style())]
    return [one for one in found if one]


def test_by_night_there_are_the_same_colours_wherever_they_are_set() -> None:
    day, night, notebook = palettes()
    assert (night, set(day), True) == (notebook, set(night), day != night)


@pytest.mark.parametrize("place", [0, 1])
def test_every_text_can_be_read_on_every_ground(place: int) -> None:
    colours = palettes()[place]
    measured = {pair: contrast(*(colours[name] for name in pair)) for pair in product(TEXTS, GROUNDS)}
    assert {} == {pair: ratio for pair, ratio in measured.items() if ratio < 4.5}


def test_a_page_of_two_fragments_has_no_name_twice() -> None:
    found = fragment([Heading(1, line("Title")), Paragraph(line("See ", code("E-1"), "."))])
    assert re.search(r"\b(?:id|name|for|href)=", found.replace(style(), "")) is None
