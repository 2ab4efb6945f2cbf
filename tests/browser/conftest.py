"""A page in the Chromium of the machine; where there is none, or nothing that drives it, no test runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser import chrome

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Opened = Callable[..., "Page"]

WIDE = {"width": 1400, "height": 900}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    pytest.importorskip("playwright", reason="playwright is not installed")
    if chrome.executable() is None:
        pytest.skip("there is no Chromium on this machine")
    with chrome.browser() as started:
        yield started


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Opens HTML in a page of its own; what goes on there that should not is a failure when the test ends.

    Scripts do not run unless a test asks for it: the page has to work without them.
    """
    wrong: list[str] = []
    said: list[str] = []
    expected: list[int] = []

    def show(markup: str, *, refused: int = 0, **context: Any) -> Page:
        """`refused` is how often the policy has to refuse something."""
        file = tmp_path / "report.html"
        file.write_bytes(markup.encode("utf-8"))
        context = {"viewport": WIDE, "java_script_enabled": False, **context}
        page = chromium.new_context(**context).new_page()
        address = file.as_uri()

        def requested(url: str) -> None:
            if url.partition("#")[0] != address:
                wrong.append(f"request {url}")

        page.on("request", lambda request: requested(request.url))
        page.on("dialog", lambda dialog: wrong.append(f"dialog {dialog.message}"))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: wrong.append(f"error {error}"))
        page.on("popup", lambda other: wrong.append(f"popup {other.url}"))
        page.goto(address)
        expected.append(refused)
        return page

    yield show
    for context in chromium.contexts:
        context.close()
    assert wrong == []
    assert sum(expected) == sum("violates the following Content Security Policy directive" in one for one in said)
    assert sum(expected) == len(said)
