"""How a table writes its dates."""

from __future__ import annotations

import re

import pytest

from treatycheck.screen.mapping.forms import form


@pytest.mark.parametrize(
    ("written", "text", "parts"),
    [
        ("YYYY-MM-DD", "2021-03-26", {"year": "2021", "month": "03", "day": "26"}),
        ("D MMMM YYYY", "6 march 2021", {"year": "2021", "month": "march", "day": "6"}),
        ("DD.MM.YYYY", "06.03.2021", {"year": "2021", "month": "03", "day": "06"}),
        ("M/D/YYYY", "3/6/2021", {"year": "2021", "month": "3", "day": "6"}),
        ("DD-MMM-YYYY", "06-mar-2021", {"year": "2021", "month": "mar", "day": "06"}),
        ("YYYY-MM-DD*", "2021-03-26 00:00:00.000", {"year": "2021", "month": "03", "day": "26"}),
        ("YYYYMMDD", "20210326", {"year": "2021", "month": "03", "day": "26"}),
        ("MMMM YYYY", "may 2021", {"year": "2021", "month": "may"}),
        ("YYYY", "2021", {"year": "2021"}),
    ],
)
def test_a_form_finds_the_parts_of_a_date(written: str, text: str, parts: dict[str, str]) -> None:
    read = form(written)
    assert read is not None
    found = re.search(read.pattern, text)
    assert found is not None
    assert parts == {name: found[read.group(name)] for name in ("year", "month", "day") if read.group(name)}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("YYYY-MM-DD", "26-03-2021"),
        ("YYYY-MM-DD", "2021-3-26"),
        ("YYYY-MM-DD", "2021-03-26 00:00"),
        ("DD.MM.YYYY", "06x03x2021"),
        ("D MMMM YYYY", "6 marchember 2021"),
    ],
)
def test_a_date_in_another_form_is_not_read(written: str, text: str) -> None:
    read = form(written)
    assert read is not None
    assert re.search(read.pattern, text) is None


@pytest.mark.parametrize(
    "written",
    ["", "DD/MM", "YYYY-DD", "YY-MM-DD", "YYYY YYYY", "YYYY-MM-MM", "*YYYY", "%Y-%m-%d", "YYYY-MM-DDTHH", "YYYY\u200b"],
)
def test_what_says_no_date_is_no_form(written: str) -> None:
    assert form(written) is None
