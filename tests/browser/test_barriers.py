"""What axe-core finds in the page, by the rules of WCAG 2.2 AA and its own good practice: nothing."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser import staged
from tests.browser.conftest import Opened

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"
UNFOLD = """() => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  for (const one of document.querySelectorAll('.told, .chunk, .use')) one.style.contentVisibility = 'visible';
}"""


def violations(page: Page) -> list[str]:
    pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(RUN, TAGS)
    # The size of what is clicked on is a rule of WCAG 2.2 that has to be asked for.
    assert {"color-contrast", "target-size", "link-name", "region"} <= {one["id"] for one in found["passes"]}
    return [f"{one['id']}: {node['html']}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize(("width", "light"), [(1400, "light"), (390, "dark")])
def test_nothing_bars_the_way_through_the_report_on_the_seeds(width: int, light: str, opened: Opened) -> None:
    viewport = {"width": width, "height": 900}
    assert [] == violations(opened(staged.seeds(), viewport=viewport, color_scheme=light, java_script_enabled=True))


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 320])
@pytest.mark.parametrize("made", [staged.hostile, staged.right_to_left, staged.ideographs])
def test_nothing_bars_the_way_through_strange_documents_with_everything_unfolded(
    made: Callable[[], str], width: int, light: str, opened: Opened
) -> None:
    viewport = {"width": width, "height": 900}
    page = opened(made(), viewport=viewport, color_scheme=light, java_script_enabled=True)
    page.evaluate(UNFOLD)
    assert [] == violations(page)


def test_what_a_choice_brings_forward_bars_nothing_either(opened: Opened) -> None:
    page = opened(staged.right_to_left(), java_script_enabled=True)
    page.locator("mark a").first.click()
    assert page.locator(".use:target").is_visible()
    assert [] == violations(page)
