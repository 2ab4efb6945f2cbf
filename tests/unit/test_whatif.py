"""What moves under suppositions, through which gates, and what stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile, Item, Participant, Stated
from treatycheck.check import Options, check
from treatycheck.errors import InputError
from treatycheck.rulebook.conditions import FactTest
from treatycheck.rulebook.model import Bearer, Procedure, Rulebook, Stage
from treatycheck.suppose import DateSupposed, FactSupposed, read
from treatycheck.whatif import WhatIf, whatif

REFERENCE = Options(engine="reference")
Asking = Callable[..., WhatIf]


@pytest.fixture
def casefile(desk: Path, rulebook: Rulebook) -> Casefile:
    """The document with a second event: Northland keeps storm kites after its last day."""
    loaded = load_casefile([desk / "case"], rulebook)
    (dossier,) = loaded.dossiers
    kept = replace(
        dossier.events[0],
        id="M-2",
        act=Stated(value="keep"),
        participants=(Participant(actor="north", role="keeper"),),
        objects=(Item(described="storm kites", category=Stated(value="storm_kite", strength="S4")),),
        facts={"burnt": Stated(value="no", strength="S3")},
    )
    return replace(loaded, dossiers=(replace(dossier, events=(*dossier.events, kept)),))


@pytest.fixture
def ask(rulebook: Rulebook, casefile: Casefile) -> Asking:
    def asked(options: Options = REFERENCE, **texts: Sequence[str]) -> WhatIf:
        return whatif(rulebook, casefile, read(rulebook, casefile, **texts), options)  # type: ignore[arg-type]  # texts

    return asked


def moves(found: WhatIf) -> list[tuple[str, str, str, str, list[str]]]:
    return [
        (
            move.after.event,
            move.after.bearer.name,
            move.before.outcome,
            move.after.outcome,
            [gate.after.name for gate in move.gates],
        )
        for move in found.moved
    ]


def test_a_status_moves_findings_through_the_gate_bound(ask: Asking) -> None:
    found = ask(states=["NLA.status=not_bound"])
    assert moves(found) == [
        ("M-2", "Northland", "credible_concern", "not_applicable", ["bound"]),
        ("M-1", "Army of Northland (Northland)", "undetermined", "not_applicable", ["bound"]),
        ("M-1", "Northland", "undetermined", "not_applicable", ["bound"]),
    ]
    (gate,) = found.moved[0].gates
    assert ("true", "false", "S4") == (gate.before.truth, gate.after.truth, gate.after.strength)
    assert {"supposed"} == {row.verified for row in gate.after.registers}
    assert (1, (), ()) == (found.stay, found.new, found.gone)


def test_both_reports_are_those_of_a_check(ask: Asking, rulebook: Rulebook, casefile: Casefile) -> None:
    found = ask(states=["NLA.status=not_bound"])
    plain = check(rulebook, casefile, replace(REFERENCE, insight=False))
    assert plain == found.before
    assert plain.counts != found.after.counts


def test_nothing_that_is_given_is_changed(ask: Asking, rulebook: Rulebook, casefile: Casefile) -> None:
    before = deepcopy((rulebook, casefile))
    ask(states=["NLA.status=unknown"], facts=["M-1.flyer=SLA", "M-2.keeper.kind=club"], quotes=["height"])
    assert before == (rulebook, casefile)


def test_a_supposed_fact_is_shown_as_supposed_in_the_proof(ask: Asking) -> None:
    found = ask(facts=["M-2.burnt=yes"])
    (move,) = found.moved
    assert ("credible_concern", "met_late", ["fulfilled"]) == (
        move.before.outcome,
        move.after.outcome,
        [gate.after.name for gate in move.gates],
    )
    assert "burnt: yes (supposed)" == move.after.elements[-1].detail
    assert () == move.after.elements[-1].quotes
    assert "supposed in this run" in move.after.remarks
    assert "yes (S4, supposed)" in str(move.after.proof)


def test_the_strength_of_a_gate_is_told_where_its_answer_stays(ask: Asking) -> None:
    (move,) = [one for one in ask(facts=["M-2.strength=S1"]).moved if one.after.event == "M-2"]
    assert ("credible_concern", "concern") == (move.before.outcome, move.after.outcome)
    assert {("true", "true", "S2", "S1")} == {
        (gate.before.truth, gate.after.truth, gate.before.strength, gate.after.strength)
        for gate in move.gates
        if gate.after.name == "bound"
    }


def test_a_question_that_is_answered_moves_a_finding_that_stays_undetermined(ask: Asking) -> None:
    (move,) = [one for one in ask(facts=["M-1.burnt=no"]).moved if one.after.bearer.name == "Northland"]
    answered = [one.fact for one in move.before.missing if one not in move.after.missing]
    assert ("undetermined", ["event.burnt"]) == (move.after.outcome, answered)


def test_the_modality_alone_moves_a_finding_through_no_gate(ask: Asking) -> None:
    (move,) = [one for one in ask(facts=["M-2.modality=announced"]).moved if one.after.event == "M-2"]
    assert ("anticipated", ()) == (move.after.outcome, move.gates)


def test_another_actor_is_another_finding(ask: Asking) -> None:
    found = ask(facts=["M-2.keeper=SLA"])
    assert [("Southland", "not_applicable")] == [(one.bearer.name, one.outcome) for one in found.new]
    assert ["Northland"] == [one.bearer.name for one in found.gone]
    assert () == found.moved


def test_an_actor_of_another_kind_is_the_same_bearer(ask: Asking) -> None:
    found = ask(facts=["M-2.keeper.kind=club"])
    assert [("M-2", "Northland", "credible_concern", "not_applicable", ["addressee"])] == moves(found)
    assert ((), ()) == (found.new, found.gone)


def test_an_event_that_no_quote_supports_has_no_findings(ask: Asking) -> None:
    found = ask(quotes=["flight"])
    assert ((), (), 4, 0) == (found.moved, found.new, len(found.gone), found.stay)
    assert found.suppositions[1] == "Not known any more: event M-1 as a whole; event M-2 as a whole"


def test_positions_and_the_day_belong_to_what_is_supposed(ask: Asking) -> None:
    options = replace(REFERENCE, positions={"pause": "pause_at_once"}, as_of=date(2029, 1, 1))
    found = ask(options)
    assert found.suppositions == (
        "Position K-02 (pause: pause_at_once). Does a notified pause have an effect? At once.",
        "Law and status as of: 1 January 2029",
    )
    assert ("no_pause", "pause_at_once") == tuple(one.receipt.positions["pause"] for one in (found.before, found.after))
    assert (date(2030, 1, 31), date(2029, 1, 1)) == (found.before.receipt.as_of, found.after.receipt.as_of)
    assert {"suspended"} == {move.after.reason for move in found.moved}


def test_a_position_without_a_reference_is_told_by_its_name(rulebook: Rulebook, casefile: Casefile) -> None:
    pause = replace(rulebook.positions["pause"], reference="")
    own = replace(rulebook, positions={**rulebook.positions, "pause": pause})
    found = whatif(own, casefile, (), replace(REFERENCE, positions={"pause": "no_pause"}))
    assert found.suppositions[0].startswith("Position (pause: no_pause). ")
    assert () == found.moved


def test_the_day_of_the_rulebook_is_no_supposition(ask: Asking) -> None:
    found = ask(replace(REFERENCE, as_of=date(2030, 1, 31)))
    assert ((), (), 4) == (found.suppositions, found.moved, found.stay)


def test_another_last_day_moves_a_finding_even_where_its_outcome_stays(rulebook: Rulebook, casefile: Casefile) -> None:
    found = whatif(rulebook, casefile, [DateSupposed("NLA", "deposit", "ka", "2020-02-01")], REFERENCE)
    (move,) = found.moved
    assert ("M-2", move.before.outcome) == (move.after.event, move.after.outcome)
    assert (date(2024, 2, 1), date(2024, 3, 1)) == (move.before.due, move.after.due)


def test_a_procedure_that_stands_elsewhere_is_told(rulebook: Rulebook, casefile: Casefile) -> None:
    stages = (
        Stage(state="done", label="burnt", when=FactTest("event.burnt", "is", ("yes",))),
        Stage(state="open", label="not burnt", when=FactTest("event.burnt", "is", ("no",))),
    )
    keeper = Bearer(role=("keeper",))
    procedure = Procedure(id="burning", title="Burning", provision="ka:4", act=("keep",), subject=keeper, stages=stages)
    with_procedure = replace(rulebook, procedures={"burning": procedure})
    burnt = whatif(with_procedure, casefile, [FactSupposed("M-2", ("facts", "burnt"), "yes")], REFERENCE)
    assert [("open", "done")] == [
        (step.before.state, step.after.state) for step in burnt.steps if step.before and step.after
    ]
    other = whatif(with_procedure, casefile, [FactSupposed("M-2", ("act",), "fly")], REFERENCE)
    assert [("open", None)] == [(step.before and step.before.state, step.after) for step in other.steps]


def test_dates_that_cannot_follow_one_another_are_refused(rulebook: Rulebook, casefile: Casefile) -> None:
    with pytest.raises(InputError):
        whatif(rulebook, casefile, [DateSupposed("NLA", "withdrawal_effective", "ka", "2021-01-01")], REFERENCE)
