"""A real Chromium for tests: the one of the system, with an empty profile and nothing that speaks to a network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str | None:
    """The Chromium of this machine, if it has one."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser for as long as the context lasts; no browser is ever fetched."""
    from playwright.sync_api import sync_playwright

    path = executable()
    if path is None:
        raise FileNotFoundError("chromium")
    with sync_playwright() as playwright:
        # Without a sandbox of its own it also runs as root; what it is shown asks for nothing.
        started = playwright.chromium.launch(executable_path=path, args=[*FLAGS], chromium_sandbox=False)
        try:
            yield started
        finally:
            started.close()
