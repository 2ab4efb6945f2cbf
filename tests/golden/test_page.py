"""The page of a small report, held as it is: its markup, links and style. The words of the seeds are held elsewhere.

After a change that is meant, `UPDATE_GOLDEN=1 pytest tests/golden/test_page.py` writes it anew; look at it in a browser
before you keep it.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from treatycheck.casefile.load import load_casefile
from treatycheck.check import Options, check
from treatycheck.report.web.page import render
from treatycheck.rulebook.load import load_rulebook

HERE = Path(__file__).parent
GOOD = HERE.parent / "good"


def test_the_page_of_a_small_report_is_the_one_held() -> None:
    rulebook = load_rulebook(GOOD / "rules")
    casefile = load_casefile([GOOD / "case"], rulebook)
    report = check(rulebook, casefile, Options(engine="reference"))
    receipt = replace(report.receipt, program="treatycheck", rulebook_sha256="0" * 64)
    page = render(replace(report, receipt=receipt), rulebook, casefile)
    # The style has files of its own; what is generated for the page stands at its end.
    page = re.sub(r"<style>.*?\n(?=\.filters:has)", "<style>\n…\n", page, flags=re.DOTALL)
    page = re.sub(r"'sha256-[^']*'", "'sha256-…'", page)
    path = HERE / "kites.html"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(page, encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == page
