"""Suppositions on the project's own law and documents: what moves, through which gate, and what never does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile
from treatycheck.check import Options
from treatycheck.cli import exits, main
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose import read
from treatycheck.whatif import Move, WhatIf, whatif

ROOT = Path(__file__).resolve().parents[2]
NOTE = """Ministry of Defence of Ukraine, {day}

Ukraine laid PMN-2 mines near the road on {day}.
"""
EVENTS = """format: treatycheck.events/1
document:
  file: note-{key}.txt
  sha256: {sha256}
  title: An invented note
  kind: state_report
  date: {{edtf: {key}, quotes: [laid]}}
actors:
  ukraine: {{name: Ukraine, kind: state, code: UKR}}
quotes:
  laid: Ukraine laid PMN-2 mines near the road on {day}
events:
  - id: NOTE-{key}
    title: Laying of mines
    act: use
    modality: occurred
    date: {{edtf: {key}}}
    strength: S3
    quotes: [laid]
    participants: [{{actor: ukraine, role: user}}]
    objects: [{{described: PMN-2 mines, model: PMN-2}}]
    place: {{country: UKR}}
    source: {{asserter: the ministry, interest: adverse}}
"""


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TREATYCHECK_CACHE", "off")
        yield


@pytest.fixture(scope="module")
def rulebook(_nothing_is_remembered: None) -> Rulebook:
    return load_rulebook(ROOT / "rules")


@pytest.fixture(scope="module")
def casefile(rulebook: Rulebook) -> Casefile:
    return load_casefile([ROOT / "seeds"], rulebook)


def write_note(folder: Path, key: str, day: str) -> None:
    """An invented event of one day, with a document of its own."""
    text = NOTE.format(day=day)
    (folder / f"note-{key}.txt").write_text(text, encoding="utf-8", newline="\n")
    events = EVENTS.format(day=day, key=key, sha256=hashlib.sha256(text.encode()).hexdigest())
    (folder / f"note-{key}.events.yaml").write_text(events, encoding="utf-8", newline="\n")


def the_move(found: WhatIf, event: str, rule: str) -> Move:
    (move,) = [one for one in found.moved if (one.after.event, one.after.rule) == (event, rule)]
    return move


def test_a_suspension_that_has_effect_reaches_later_events_only(rulebook: Rulebook, tmp_path: Path) -> None:
    write_note(tmp_path, "2025-07-10", "10 July 2025")
    write_note(tmp_path, "2025-08-10", "10 August 2025")
    casefile = load_casefile([ROOT / "seeds", tmp_path], rulebook)
    found = whatif(rulebook, casefile, (), Options(positions={"ukraine_suspension": "effective"}))
    assert {"NOTE-2025-08-10"} == {move.after.event for move in found.moved}
    move = the_move(found, "NOTE-2025-08-10", "mbc-1-1-a-use")
    assert ("reasonable_grounds", "not_applicable", "suspended") == (
        move.before.outcome,
        move.after.outcome,
        move.after.reason,
    )
    assert ["bound"] == [gate.after.name for gate in move.gates]
    assert ((), ()) == (found.new, found.gone)


def test_a_state_that_is_not_bound_moves_through_that_gate(rulebook: Rulebook, casefile: Casefile) -> None:
    found = whatif(rulebook, casefile, read(rulebook, casefile, states=["ukraine.status=not_bound"]))
    move = the_move(found, "003-E5", "mbc-4-stockpile-destruction")
    assert ("reasonable_grounds", "not_applicable", "actor_not_bound") == (
        move.before.outcome,
        move.after.outcome,
        move.after.reason,
    )
    (gate,) = move.gates
    assert ("bound", "true", "false") == (gate.after.name, gate.before.truth, gate.after.truth)
    assert ["supposed"] == [row.verified for row in gate.after.registers]
    assert ("Ukraine: status under MBC, AP II, ATT: not bound",) == found.suppositions


def test_how_one_mine_is_set_off_moves_nothing_as_the_others_decide(rulebook: Rulebook, casefile: Casefile) -> None:
    suppositions = read(rulebook, casefile, facts=["000-E3.MON-50.activation=person"])
    found = whatif(rulebook, casefile, suppositions)
    assert ("Event 000-E3: MON-50: activation: person (established)",) == found.suppositions
    assert ((), (), (), len(found.before.findings)) == (found.moved, found.new, found.gone, found.stay)
    (proof,) = {
        str(one.proof) for one in found.after.findings if (one.event, one.rule) == USE and not one.bearer.through
    }
    assert "person (S4, supposed)" in proof


USE = ("000-E3", "mbc-1-1-a-use")


def test_how_the_only_mine_is_set_off_moves_what_asks_for_it(rulebook: Rulebook, casefile: Casefile) -> None:
    others = [f"000-E3.objects.{number}.{name}=unknown" for number in (2, 3, 4) for name in ("model", "category")]
    both = whatif(rulebook, casefile, read(rulebook, casefile, facts=others))
    with_fuze = [*others, "000-E3.MON-50.activation=person"]
    found = whatif(rulebook, casefile, read(rulebook, casefile, facts=with_fuze))
    moved = {(move.after.rule, move.after.bearer.display) for move in both.moved}
    assert moved != {(move.after.rule, move.after.bearer.display) for move in found.moved}


def test_what_is_read_stays_byte_for_byte(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def digests() -> dict[str, str]:
        files = sorted(path for folder in ("rules", "seeds") for path in (ROOT / folder).rglob("*") if path.is_file())
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    before = digests()
    target = tmp_path / "moves.json"
    words = ["--set", "UKR.status=bound", "--fact", "003-E5.stock_remains=no", "--without", "likely_brought"]
    assert exits.RAN == main(["whatif", str(ROOT / "seeds"), *words, "--format", "json", "-o", str(target)])
    assert before == digests()
    assert "" == capsys.readouterr().out
    assert target.stat().st_size > 0
