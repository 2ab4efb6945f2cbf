"""Which engines a run has, and what happens when they do not say the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from treatycheck.engine import durable, matcher
from treatycheck.engine.agreement import Answered, EngineChoice, EngineUnavailableError, Panel, Record
from treatycheck.engine.matcher import available
from treatycheck.engine.units import LeafRef, Not, UnitRef, Units
from treatycheck.errors import DefectError

A = LeafRef(0)

MakeUnits = Callable[..., Units]
needs_matcher = pytest.mark.skipif(available() is not None, reason=str(available()))


@needs_matcher
@pytest.mark.parametrize(
    ("choice", "expected"),
    [("both", ("reference", "durable")), ("durable", ("durable",)), ("reference", ("reference",))],
)
def test_a_run_has_the_engines_that_were_chosen(
    make_units: MakeUnits, choice: EngineChoice, expected: tuple[str, ...]
) -> None:
    with Panel(make_units(events=(A,)), choice) as panel:
        assert (expected, "") == (panel.engines, panel.notice)


@pytest.fixture
def no_matcher(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matcher, "available", lambda: "no compiler")


@pytest.mark.usefixtures("no_matcher")
def test_without_the_matcher_a_run_is_on_the_reference_alone_and_says_so(make_units: MakeUnits) -> None:
    with Panel(make_units(events=(A,))) as panel:
        assert (
            ("reference",),
            "the durable engine cannot run (no compiler); this run is on the reference engine alone",
        ) == (
            panel.engines,
            panel.notice,
        )


@pytest.mark.usefixtures("no_matcher")
def test_without_the_matcher_the_reference_is_no_makeshift_if_it_was_chosen(make_units: MakeUnits) -> None:
    with Panel(make_units(events=(A,)), "reference") as panel:
        assert panel.notice == ""


@pytest.mark.usefixtures("no_matcher")
def test_without_the_matcher_it_cannot_be_chosen(make_units: MakeUnits) -> None:
    with pytest.raises(EngineUnavailableError, match="no compiler; use `--engine reference`"):
        Panel(make_units(events=(A,)), "durable")


def test_without_objects_every_object_unit_is_unknown(make_units: MakeUnits) -> None:
    with Panel(make_units(objects=(A, Not(A))), "reference") as panel:
        assert ([], [0, 0]) == panel.decide_objects([])


def test_a_unit_holds_for_any_object_if_it_holds_for_one(make_units: MakeUnits) -> None:
    with Panel(make_units(objects=(A, Not(A))), "reference") as panel:
        each, lifted = panel.decide_objects([[-4, 0, 0, 0], [2, 0, 0, 0]])
    assert ([[-4, 4], [2, -2]], [2, 4]) == (each, lifted)


def test_every_answer_is_kept_with_its_question(make_units: MakeUnits) -> None:
    with Panel(make_units(objects=(A,), events=(Not(UnitRef("object", 0)),)), "reference") as panel:
        panel.decide_objects([[3, 0, 0, 0]])
        panel.decide_event([1, 0, 0, 0], [3])
    assert [Answered((3, 0, 0, 0), None, (3,)), Answered((1, 0, 0, 0), (3,), (-3,))] == panel.answered


class Contrary:
    """An engine that denies everything."""

    name = "contrary"
    closed = False

    def __init__(self, units: Units) -> None:
        self.units = units

    def decide_object(self, leaves: Sequence[int]) -> list[int]:
        return [0 for _ in self.units.object_units]

    def decide_event(self, leaves: Sequence[int], objects: Sequence[int]) -> list[int]:
        return [4] + [-4 for _ in self.units.event_units[1:]]

    def close(self) -> None:
        type(self).closed = True


@pytest.fixture
def contrary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matcher, "available", lambda: None)
    monkeypatch.setattr(durable, "Durable", Contrary)


@pytest.mark.usefixtures("contrary")
def test_engines_that_disagree_on_the_event_are_a_defect_that_names_the_unit(make_units: MakeUnits) -> None:
    panel = Panel(make_units(events=(A, A)))
    message = "the engines disagree on `event 1`: reference says 4, contrary says -4; please report this"
    with pytest.raises(DefectError, match=message):
        panel.decide_event([4, 0, 0, 0], [])


@pytest.mark.usefixtures("contrary")
def test_engines_that_disagree_on_an_object_are_a_defect(make_units: MakeUnits) -> None:
    panel = Panel(make_units(objects=(A,)))
    with pytest.raises(DefectError, match="disagree on `object 0`: reference says 4, contrary says 0"):
        panel.decide_objects([[4, 0, 0, 0]])


@pytest.mark.usefixtures("contrary")
def test_what_the_engines_agree_on_is_the_answer(make_units: MakeUnits) -> None:
    with Panel(make_units(events=(A, Not(A)))) as panel:
        assert [4, -4] == panel.decide_event([4, 0, 0, 0], [])


@pytest.mark.usefixtures("contrary")
def test_all_engines_are_closed_at_the_end(make_units: MakeUnits) -> None:
    with Panel(make_units(events=(A,))):
        pass
    assert Contrary.closed


def test_a_question_asked_twice_is_recorded_once(make_units: MakeUnits) -> None:
    units = make_units(events=(A,))
    with Panel(units, "reference") as panel:
        for _ in range(2):
            panel.decide_event([1, 0, 0, 0], [])
    assert Record(units, (Answered((1, 0, 0, 0), (), (1,)),)) == panel.record()
