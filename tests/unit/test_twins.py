"""Every bad twin of the good rulebook and casefile is answered with exactly the text that stands below it.

The twins are in `tests/bad`: the file, the lines that are replaced (`-`) and by what (`+`), and the whole answer. One
without `-` adds a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from treatycheck.casefile import differing, words
from treatycheck.casefile import load as casefile_load
from treatycheck.casefile.load import load_casefile
from treatycheck.check import check
from treatycheck.errors import InputError
from treatycheck.rulebook import conditions, lint, phrases, timing
from treatycheck.rulebook import load as rulebook_load
from treatycheck.rulebook.load import load_rulebook
from treatycheck.shape import CODES as SHAPE_CODES

BAD = Path(__file__).resolve().parents[1] / "bad"

# These cannot be shown by an edit of one file; they have tests of their own beside this one.
SHOWN_ELSEWHERE = {"TC410", "TC417", "TC430", "TC431", "TC432"}


@dataclass(frozen=True)
class Twin:
    """One edit and the answer to it."""

    id: str
    file: str
    old: str
    new: str
    answer: str


def twins() -> list[Twin]:
    found = []
    for path in sorted(BAD.glob("*.twins")):
        for number, block in enumerate(path.read_text(encoding="utf-8").split("\n== ")[1:], 1):
            head, *body = block.rstrip("\n").split("\n")
            old, new = ("".join(f"{line[1:]}\n" for line in body if line.startswith(sign)) for sign in "-+")
            answer = "\n".join(line for line in body if not line.startswith(("-", "+")))
            found.append(Twin(f"{path.stem}-{number}-{'-'.join(codes(answer))}", head, old, new, answer))
    return found


def codes(answer: str) -> list[str]:
    return re.findall(r"error\[(TC\d{3})\]", answer)


TWINS = twins()


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.id)
def test_a_bad_twin_is_refused_with_the_whole_text_that_is_expected(twin: Twin, desk: Path) -> None:
    path = desk / twin.file
    before = path.read_text(encoding="utf-8") if twin.old else ""
    assert 1 == f"\n{before}".count(f"\n{twin.old}") or not twin.old
    path.write_text(f"\n{before}".replace(f"\n{twin.old}", f"\n{twin.new}", 1)[1:], encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_casefile([Path("case")], load_rulebook(Path("rules")))
    assert twin.answer == str(caught.value)


def test_every_code_of_rulebooks_and_event_files_has_a_twin() -> None:
    tables = (
        *(SHAPE_CODES, conditions.CODES, rulebook_load.CODES, lint.CODES, phrases.CODES, timing.CODES),
        *(casefile_load.CODES, words.CODES, differing.CODES),
    )
    shown = {code for twin in TWINS for code in codes(twin.answer)} | SHOWN_ELSEWHERE
    assert [] == sorted({code for table in tables for code in table} - shown)


def test_the_good_twin_is_accepted_and_checked(desk: Path) -> None:
    rulebook = load_rulebook(Path("rules"))
    report = check(rulebook, load_casefile([Path("case")], rulebook))
    assert [("ka-1-fly", "undetermined"), ("ka-1-fly", "undetermined"), ("ka-1-fly", "not_applicable")] == [
        (finding.rule, finding.outcome) for finding in report.findings
    ]


def test_the_mistakes_of_several_files_are_told_together(desk: Path) -> None:
    for name, old, new in (
        ("rules/vocabulary.yaml", "label: flying", "lable: flying"),
        ("rules/kite-accord/rules.yaml", "norm: obligation", "norm: duty"),
        ("rules/kite-accord/instrument.yaml", "kind: treaty\n", ""),
    ):
        path = desk / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_rulebook(Path("rules"))
    assert ["rules/vocabulary.yaml"] * 2 == [one.file for one in caught.value.diagnostics]
