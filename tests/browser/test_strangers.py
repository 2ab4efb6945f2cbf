"""Documents and events that were written to make trouble: nothing runs, nothing is fetched, nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.browser import staged
from tests.browser.conftest import Opened

from treatycheck.report.characters import HIDDEN, escape

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

MADE = [staged.seeds, staged.hostile, staged.right_to_left, staged.ideographs]
UNFOLD = """() => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  for (const one of document.querySelectorAll('.told, .chunk, .use')) one.style.contentVisibility = 'visible';
}"""
# What sticks out to the right, but for what stands in a table with a scroll bar of its own.
STICKS_OUT = """() => [...document.body.querySelectorAll('*')].filter(one => {
  const pane = one.closest('.report, .documents');
  if (pane === null || one === pane || one.closest('.wide > *, svg')) return false;
  const inner = one.getBoundingClientRect(), outer = pane.getBoundingClientRect();
  return inner.width > 0 && (inner.right > outer.right + 1 || inner.left < outer.left - 1);
}).map(one => one.outerHTML.slice(0, 80))"""


def sources(page: Page) -> list[str]:
    found: list[str] = page.locator(".source").evaluate_all("all => all.map(one => one.textContent)")
    return found


def test_nothing_runs_and_nothing_is_asked_for(opened: Opened) -> None:
    page = opened(staged.hostile(), java_script_enabled=True)
    page.mouse.move(900, 300)
    page.wait_for_timeout(300)
    assert page.title().startswith("Treaty compliance report")
    assert 0 == page.locator("script, img, iframe, link, base, object, embed, video, [src], [style]").count()
    assert ["Content-Security-Policy"] == page.locator("meta[http-equiv]").evaluate_all(
        "all => all.map(one => one.httpEquiv)"
    )
    attributes = page.locator("*").evaluate_all("all => all.flatMap(one => one.getAttributeNames())")
    assert [] == [one for one in set(attributes) if one.startswith("on")]


def test_nothing_would_run_even_without_the_policy(opened: Opened) -> None:
    page = opened(staged.hostile(), java_script_enabled=True, bypass_csp=True)
    page.wait_for_timeout(300)
    assert page.title().startswith("Treaty compliance report")


def test_the_policy_would_stop_what_got_through(opened: Opened) -> None:
    broken = staged.hostile().replace("<body>", "<body><script>document.title = 'ran'</script><p style='color:red'>")
    page = opened(broken, java_script_enabled=True, refused=2)
    assert "ran" != page.title()
    policy = page.locator("meta[http-equiv]").get_attribute("content") or ""
    allowed = r"default-src 'none'; style-src 'sha256-[\w+/]+='; base-uri 'none'; form-action 'none'"
    assert re.fullmatch(allowed, policy)


def test_the_policy_lets_the_style_of_the_page_through(opened: Opened) -> None:
    page = opened(staged.hostile())
    assert "pre-wrap" == page.locator(".source").first.evaluate("one => getComputedStyle(one).whiteSpace")


def test_a_hostile_document_is_shown_character_by_character(opened: Opened) -> None:
    (shown,) = sources(opened(staged.hostile()))
    text = "\r\n".join((*staged.RUNS, *staged.HIDES, *staged.BREAKS, "nul \0 here", "paragraph\u2029separator"))
    assert text.replace("\0", "\ufffd") == shown


def test_the_documents_of_the_seeds_are_shown_character_by_character(opened: Opened) -> None:
    texts = [path.read_bytes().decode() for path in sorted((staged.ROOT / "seeds").glob("*.txt"))]
    assert texts == sources(opened(staged.seeds()))


def test_each_hidden_character_has_a_sign_that_can_be_read(opened: Opened) -> None:
    page = opened(staged.hostile())
    signs = page.locator(".source .hid").evaluate_all("all => all.map(one => [one.ariaLabel, one.textContent])")
    wanted = [found for one in staged.HIDES for found in HIDDEN.findall(one)] + ["\0", "\u2029"]
    assert [escape(one) for one in wanted] == [label for label, _ in signs]
    assert page.locator(".source .hid").first.evaluate("one => getComputedStyle(one, '::before').content") != "none"


def test_a_sign_that_turns_the_direction_turns_nothing(opened: Opened) -> None:
    page = opened(staged.hostile())
    left = """all => {
      const line = all.find(one => one.textContent.includes('right to left'));
      const walk = document.createTreeWalker(line, NodeFilter.SHOW_TEXT), places = [];
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const at = node.data.indexOf('right to left');
        for (let i = 0; at >= 0 && i < 13; i++) {
          const range = document.createRange();
          range.setStart(node, at + i); range.setEnd(node, at + i + 1);
          places.push(range.getBoundingClientRect().left);
        }
      }
      return places;
    }"""
    places = page.locator(".source .chunk > div").evaluate_all(left)
    assert (13, sorted(places)) == (len(places), places)


@pytest.mark.parametrize("width", [320, 1400])
@pytest.mark.parametrize("made", MADE)
def test_nothing_sticks_out_of_the_page(made: Callable[[], str], width: int, opened: Opened) -> None:
    page = opened(made(), viewport={"width": width, "height": 800})
    page.evaluate(UNFOLD)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [] == page.evaluate(STICKS_OUT)


def test_each_line_runs_in_its_own_direction(opened: Opened) -> None:
    page = opened(staged.right_to_left())
    lines = page.locator(".source .chunk > div")
    assert ["rtl", "rtl", "ltr"] == lines.evaluate_all("all => all.map(one => getComputedStyle(one).direction)")
    assert "rtl" == page.locator("#d1 h3 span").evaluate("one => getComputedStyle(one).direction")
    assert "rtl" == page.locator(".use q").first.evaluate("one => getComputedStyle(one).direction")


def test_text_without_spaces_is_broken_into_lines(opened: Opened) -> None:
    page = opened(staged.ideographs(), viewport={"width": 390, "height": 800})
    box = page.locator(".source").bounding_box()
    assert box is not None
    assert (True, True) == (box["width"] < 390, box["height"] > 400)
