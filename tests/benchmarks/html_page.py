"""How long the HTML report takes to make and to show, for a document of 1 MB and some 5,000 findings.

    uv run python tests/benchmarks/html_page.py [COPIES]

The events of the seeds are taken so many times, each with an id of its own, and the first document is made 1 MB long.
Measured are the check, the page, and in the Chromium of the machine: the first paint, a jump to the last entry, a
choice in a filter, and the frames while the report is scrolled through.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser import chrome  # noqa: E402 - found from the top of the project

from treatycheck.casefile.load import load_casefile  # noqa: E402
from treatycheck.casefile.model import Casefile, Dossier  # noqa: E402
from treatycheck.check import Options, check  # noqa: E402
from treatycheck.report.web.page import render  # noqa: E402
from treatycheck.rulebook.load import load_rulebook  # noqa: E402

COPIES: Final = 33
LENGTH: Final = 1_000_000

SCROLLED: Final = """() => new Promise(done => {
  const pane = document.querySelector('.report'), frames = [];
  let last = performance.now(), step = 0;
  const frame = now => {
    frames.push(now - last); last = now;
    if (++step > 120) { frames.sort((a, b) => a - b); done([frames[60], frames[118]]); return; }
    pane.scrollTop += pane.scrollHeight / 120;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})"""
CHOSEN: Final = """() => new Promise(done => {
  const start = performance.now(), list = document.getElementById('choose-o');
  list.selectedIndex = 1;
  requestAnimationFrame(() => { document.body.offsetHeight; done(performance.now() - start); });
})"""
JUMPED: Final = """() => new Promise(done => {
  const start = performance.now(), links = document.querySelectorAll('.summary th a');
  links[links.length - 1].click();
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""
PAINTED: Final = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"


@contextmanager
def told(what: str) -> Iterator[None]:
    """Print how long something took."""
    start = time.perf_counter()
    yield
    print(f"{what:<34}{time.perf_counter() - start:8.2f} s")


def many(dossier: Dossier, copies: int, length: int) -> Dossier:
    """A dossier with its events taken many times, and its text repeated up to a length."""
    events = tuple(replace(one, id=f"{one.id}-{copy}") for copy in range(copies) for one in dossier.events)
    text = dossier.document.text
    longer = f"{text}\n" * max(1, length // (len(text) + 1))
    return replace(dossier, events=events, document=replace(dossier.document, text=longer))


def main() -> None:
    """Make the report, show it, and print what it took."""
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else COPIES
    rulebook = load_rulebook(ROOT / "rules")
    first, *others = load_casefile([ROOT / "seeds"], rulebook).dossiers
    casefile = Casefile((many(first, copies, LENGTH), *(many(one, copies, 0) for one in others)))
    with told("check"):
        report = check(rulebook, casefile, Options(engine="reference", insight=False))
    with told("page"):
        page = render(report, rulebook, casefile)
    print(f"{len(report.findings)} findings, {len(page) / 1e6:.1f} MB")
    with tempfile.TemporaryDirectory() as folder, chrome.browser() as browser:
        file = Path(folder) / "report.html"
        file.write_text(page, encoding="utf-8", newline="")
        shown = browser.new_page(viewport={"width": 1400, "height": 900})
        with told("loaded"):
            shown.goto(file.as_uri())
        print(f"{'first paint':<34}{shown.evaluate(PAINTED):8.0f} ms")
        print(f"{'jump to the last entry':<34}{shown.evaluate(JUMPED):8.0f} ms")
        print(f"{'choice in a filter':<34}{shown.evaluate(CHOSEN):8.0f} ms")
        shown.get_by_role("button", name="Show all entries").click()
        middle, slowest = shown.evaluate(SCROLLED)
        print(
            f"{'frames of 120 steps of scrolling':<34}{middle:8.0f} ms (median), {slowest:.0f} ms (the slowest but two)"
        )


if __name__ == "__main__":
    main()
