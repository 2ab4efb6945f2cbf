"""Draws the picture of the report in the README anew, from the seeds: `uv run python tests/browser/picture.py`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser import chrome, staged  # noqa: E402 - found from the top of the project

PICTURE: Final = ROOT / ".github" / "report.png"
WIDTH: Final = 1200
HEIGHT: Final = 640


def main() -> None:
    """Open the report, choose a finding, and keep what is seen."""
    PICTURE.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chrome.browser() as browser:
        file = Path(folder) / "report.html"
        file.write_text(staged.seeds(), encoding="utf-8", newline="")
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(file.as_uri())
        page.locator(".summary tr.row td a[href='#p2']").click()
        page.wait_for_timeout(300)
        page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
