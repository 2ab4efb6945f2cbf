"""The report on the seeds as a reader uses it, with scripts switched off: links, filters, keyboard, paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.browser import staged
from tests.browser.conftest import Opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

ROWS = ".summary tr.row"


def top(page: Page, pane: str) -> float:
    """How far a pane is scrolled, once it stands still: what comes into view is laid out only then."""
    seen: list[float] = []
    while len(seen) < 5 or len(set(seen[-5:])) > 1:
        seen.append(float(page.evaluate(f"document.querySelector('{pane}').scrollTop")))
        page.wait_for_timeout(20)
    return seen[-1]


def in_view(page: Page, selector: str) -> bool:
    """Whether the beginning of an element comes to stand in the window, within a few seconds."""
    one, height = page.locator(selector).first, page.evaluate("innerHeight")
    for _ in range(50):
        box = one.bounding_box()
        if box is not None and 0 <= box["y"] + 1 and box["y"] < height:
            return True
        page.wait_for_timeout(100)
    return False


def test_a_click_on_a_finding_shows_its_quotes_and_its_proof(opened: Opened) -> None:
    page = opened(staged.seeds())
    page.locator("#e2 > .proof .tree").wait_for(state="hidden")
    page.locator(f"{ROWS} td a[href='#p2']").click()
    page.locator("#e2 > .proof .tree").wait_for(state="visible")
    assert in_view(page, "#e2 h3")
    assert page.locator("#e2 ul.bullets li").count() > 1
    outlines = page.locator("mark.e2").evaluate_all("marks => marks.map(one => getComputedStyle(one).outlineStyle)")
    assert (True, {"solid"}) == (len(outlines) > 1, set(outlines))
    assert "none" == page.locator("mark:not(.e2)").first.evaluate("one => getComputedStyle(one).outlineStyle")


def test_a_link_leads_there_also_when_one_has_been_there_before(opened: Opened) -> None:
    page = opened(staged.seeds())
    for place in (8300, 1500):
        page.evaluate(f"document.querySelector('.report').scrollTop = {place}")
        page.wait_for_timeout(300)
    page.locator(f"{ROWS} td a[href='#p2']").click()
    assert in_view(page, "#e2 h3")


@pytest.mark.parametrize("width", [1400, 390])
def test_a_finding_chosen_in_the_summary_stands_at_the_top(width: int, opened: Opened) -> None:
    page = opened(staged.seeds(), viewport={"width": width, "height": 844})
    for number in (2, 9, 14, 25, 42):
        page.locator(f"{ROWS} td a[href='#p{number}']").click()
        page.wait_for_timeout(200)
        box = page.locator(f"#e{number}").bounding_box()
        assert box is not None
        assert 0 <= box["y"] + 1 < 30, number


def test_a_note_shows_the_quote_in_its_document_and_leaves_the_report_where_it_is(opened: Opened) -> None:
    page = opened(staged.seeds())
    page.locator(f"{ROWS} td a[href='#p9']").click()
    before = top(page, ".report")
    page.locator("#e9 ul.bullets sup a").first.click()
    assert before == top(page, ".report")
    assert top(page, ".documents") > 0
    assert in_view(page, ":target")
    assert "mark" == page.locator(":target").evaluate("one => one.localName")


def test_a_click_on_a_quote_shows_the_findings_that_rest_on_it(opened: Opened) -> None:
    page = opened(staged.seeds())
    before = top(page, ".documents"), top(page, ".report")
    page.locator("mark.e2 a").first.click()
    assert before == (top(page, ".documents"), top(page, ".report"))
    assert in_view(page, ".use:target")
    told = page.locator(".use:target li").all_inner_texts()
    assert any(one.startswith("¶\N{NO-BREAK SPACE}2 ") for one in told)
    page.locator(".use:target li a").first.click()
    proof = page.locator("details.proof:has(:target)")
    assert proof.get_attribute("open") is not None
    assert in_view(page, "details.proof:has(:target)")


def test_a_choice_hides_rows_and_entries_and_two_choices_hide_more(opened: Opened) -> None:
    page = opened(staged.seeds())
    rows, entries = page.locator(f"{ROWS}:visible"), page.locator("section.row:visible")
    total = rows.count()
    page.get_by_label("Outcome").select_option("concern")
    concerns = rows.count()
    assert (True, concerns) == (0 < concerns < total, entries.count())
    outcomes = page.locator(f"{ROWS}:visible td:nth-child(4)").all_inner_texts()
    assert {"concern"} == {re.split(r"[,;]", one)[0] for one in outcomes}
    page.get_by_label("Instrument").select_option("CIHL")
    both = rows.count()
    assert 0 < both < concerns
    assert all("CIHL" in one for one in page.locator(f"{ROWS}:visible td:nth-child(2)").all_inner_texts())
    page.get_by_role("button", name="Show all entries").click()
    assert (total, total) == (rows.count(), entries.count())


@pytest.mark.parametrize("title", ["Instrument", "Outcome", "Bearer", "Strength"])
def test_every_choice_shows_something_and_all_together_show_everything(title: str, opened: Opened) -> None:
    page = opened(staged.seeds())
    choices = page.get_by_label(title)
    shown: set[str] = set()
    for place in range(1, int(choices.evaluate("one => one.options.length"))):
        # Chosen as by hand: the list has the focus, and the style follows what is selected.
        choices.evaluate("(one, place) => { one.selectedIndex = place; }", place)
        numbers = page.locator(ROWS).evaluate_all(
            "all => all.filter(one => getComputedStyle(one).display != 'none').map(one => one.cells[0].innerText)"
        )
        assert numbers != []
        shown.update(numbers)
    assert page.locator(ROWS).count() == len(shown)


def test_a_browser_that_cannot_filter_says_so_and_shows_everything(opened: Opened) -> None:
    old = staged.seeds().replace("selector(:has(a))", "selector(:not-known(a))")
    # The policy would refuse a style that was changed.
    page = opened(old, bypass_csp=True)
    assert page.locator(".no-filters").is_visible()
    assert not page.locator(".filters").is_visible()
    assert page.locator(ROWS).count() == page.locator(f"{ROWS}:visible").count()


def test_by_keyboard_one_gets_to_filters_findings_and_quotes_in_that_order(opened: Opened) -> None:
    page = opened(staged.seeds())
    reached: list[str] = []
    # Far more stops than there are before the first row.
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("(e => `${e.localName}${e.getAttribute('href') ?? e.id}`)(document.activeElement)")
        )
        if reached[-1] == "a#p2":
            break
    wanted = ["a#report", "selectchoose-i", "selectchoose-s", "button", "a#e1", "a#p1", "a#p2"]
    assert wanted == [one for one in reached if one in wanted][: len(wanted)]
    page.keyboard.press("Enter")
    assert in_view(page, "#e2 h3")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#e2') !== null")


def test_by_keyboard_one_gets_from_a_quote_to_what_rests_on_it_and_back(opened: Opened) -> None:
    page = opened(staged.seeds())
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.parentElement.localName") != "mark":
        page.keyboard.press("Tab")
    assert "none" != page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    quote = page.evaluate("document.activeElement.parentElement.id")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert f"#{quote}" == page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    assert quote == page.locator(":target").get_attribute("id")


def test_every_link_leads_to_one_place_on_the_page(opened: Opened) -> None:
    page = opened(staged.seeds())
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    links = set(page.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href'))"))
    assert len(ids) == len(set(ids))
    assert set() == {link for link in links if not link.startswith("#") or link[1:] not in ids}


def test_the_lanes_of_a_timeline_say_what_they_draw(opened: Opened) -> None:
    page = opened(staged.seeds())
    lanes = page.locator(".state li:not([aria-hidden])")
    assert lanes.count() > 10
    assert all(one.strip() for one in lanes.locator("> span").all_inner_texts())
    assert page.locator(".state svg:not([aria-hidden] svg, [aria-hidden])").count() == 0
    assert {"bound", "outside", "on", "span", "day"} <= set(
        page.locator(".state rect").evaluate_all("all => all.map(one => one.getAttribute('class'))")
    )


def test_on_paper_everything_flows_and_pages_are_numbered(opened: Opened) -> None:
    page = opened(staged.seeds())
    pages = len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True)))
    assert 20 < pages < 120
    page.emulate_media(media="print")
    flows = page.locator(".report, .documents").evaluate_all("all => all.map(one => getComputedStyle(one).overflowY)")
    assert ["visible", "visible"] == flows
    assert [False, False, True] == [page.locator(one).is_visible() for one in ("nav", ".filters", ".paper")]
    assert "counter(pages)" in staged.seeds()
