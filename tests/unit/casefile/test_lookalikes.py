"""Names that mix letters of several scripts, of which one may look like another."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatycheck import yaml
from treatycheck.casefile.lookalikes import mixed, warnings
from treatycheck.casefile.model import Actor

CYRILLIC_A, CYRILLIC_O, CYRILLIC_ES = "\u0430", "\u043e", "\u0441"


@pytest.mark.parametrize(
    ("name", "odd"),
    [
        (f"N{CYRILLIC_O}rthland", (CYRILLIC_O,)),
        (f"{CYRILLIC_ES}lub of K{CYRILLIC_A}", (CYRILLIC_ES, CYRILLIC_A)),
        # A word of nothing but look-alikes, beside Latin ones.
        (f"Kite {CYRILLIC_ES}{CYRILLIC_O}", (CYRILLIC_ES, CYRILLIC_O)),
        ("Kite \uff23lub", ("\uff23",)),
        ("\u0391rmy", ("\u0391",)),
    ],
)
def test_letters_that_may_be_taken_for_others_are_found(name: str, odd: tuple[str, ...]) -> None:
    assert odd == mixed(name)


@pytest.mark.parametrize(
    "name",
    [
        "Northland",
        "D\u00e9veloppement",
        "\u0421\u043e\u044e\u0437 (Union)",
        "\u041c\u0438\u043d\u0438\u0441\u0442\u0435\u0440\u0441\u0442\u0432\u043e",
        "\u65e5\u672c\u306e\u30ab\u30a4\u30c8 Club",
        "\u0627\u0644\u062c\u064a\u0634 (army)",
        "\u0395\u03bb\u03bb\u03ac\u03b4\u03b1",
        "2 \u00b5m",
    ],
)
def test_writing_in_one_script_or_in_two_side_by_side_is_left_alone(name: str) -> None:
    assert () == mixed(name)


def test_a_warning_says_where_what_and_what_to_do(tmp_path: Path) -> None:
    name = f"N{CYRILLIC_O}rthland"
    path = tmp_path / "x.events.yaml"
    path.write_text(f"actors:\n  north:\n    name: {name}\n    kind: state\n", encoding="utf-8")
    (found,) = warnings({"north": Actor(name=name, kind="state")}, ("actors",), yaml.read(path))
    assert (3, 11, "warning") == (found.line, found.column, found.severity)
    assert str(found).startswith(f"{path}:3:11: warning[TC468]: the name `{name}` of `north` mixes letters")
    assert "`\u043e` is CYRILLIC SMALL LETTER O (U+043E)" in found.message
    assert "write the name in one script" in found.help
