"""Screening decides as a check does: row for row, over tables of the real rulebook and of an invented one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.properties.tables import rows

from treatycheck.check import decide_event, under
from treatycheck.engine.chambers import Chambers
from treatycheck.engine.compile import chosen_positions, compile_rulebook
from treatycheck.engine.outcomes import Outcome
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.asking import Asking
from treatycheck.screen.classes import Classes
from treatycheck.screen.decide import Decider
from treatycheck.screen.event import Cells, dossier_of, faults
from treatycheck.screen.schema import FlatSchema, flat_schema

ROOT = Path(__file__).resolve().parents[2]

OF_THE_ROW = ("act", "modality", "strength", "date", "dispute")
TELLING: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "use": {
        "act": ("use", "use", "maintain", "encourage"),
        "user.code": ("LBY", "UKR", "SDN", "ARM", "AZE", "RUS"),
        "object.category": ("anti_personnel_mine", "anti_personnel_mine", "booby_trap", "mine"),
        "object.activation": ("person", "person", "command"),
        "event.civilian_area": ("yes",),
    },
    "transfers": {
        "act": ("transfer", "transfer", "transfer", "acquire"),
        "supplier.code": ("NOR", "FRA", "RUS", "USA", "ARE"),
        "recipient.code": ("LBY", "SDN", "NOR", "EST"),
        "destination.code": ("LBY",),
        "object.category": ("anti_personnel_mine", "aircraft", "small_arms_or_light_weapons"),
        "event.moved_across_border": ("yes",),
        "event.title_changed": ("yes",),
        "event.received": ("yes", "no"),
    },
    "duties": {
        "act": ("stockpile", "stockpile", "report", "report", "destroy", "clarification", "retain"),
        "holder.code": ("NOR", "UKR", "GRC", "LKA", "FIN"),
        "reporting_state.code": ("NOR", "UKR", "ERI"),
        "requested_state.code": ("NOR", "UKR", "ERI"),
        "event.reporting_year": ("2019", "2020", "2001"),
        "event.request_received": ("2020-01-05", "2020-05"),
        "event.report_submitted": ("yes", "no"),
        "event.answer_given": ("yes", "no"),
        "event.stock_remains": ("yes", "no"),
        "event.destruction_complete": ("yes", "no"),
        "object.category": ("anti_personnel_mine",),
    },
    "kites": {
        "object.category": ("storm_kite", "storm_kite", "toy"),
        "flyer.code": ("NLA", "NLA", "SLA"),
        "keeper.code": ("NLA",),
        "event.purpose": ("show", "show", "rescue"),
        "event.height": ("40", "5"),
        "place.country": ("WLA",),
    },
}
TABLES: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "use": (
        "rules",
        (
            *OF_THE_ROW,
            *("place.country", "user", "user.code", "user.kind", "beneficiary.code", "object.category", "object.model"),
            *("object.activation", "object.placed", "event.civilian_area", "event.conflict", "date.strength"),
        ),
        ("LBY", "NOR", "UKR", "SDN", "ARM", "AZE", "RUS", "USA", "FIN"),
    ),
    "transfers": (
        "rules",
        (
            *OF_THE_ROW,
            *("supplier.code", "supplier.kind", "recipient", "recipient.code", "recipient.kind", "destination.code"),
            *("destination.kind", "supplier.strength", "object.category", "object.category.strength", "object.model"),
            *("event.purpose", "event.received", "event.moved_across_border", "event.title_changed"),
        ),
        ("LBY", "NOR", "USA", "EST", "SDN", "FRA", "ARE", "RUS", "CHN"),
    ),
    "duties": (
        "rules",
        (
            *OF_THE_ROW,
            *("holder.code", "holder.kind", "host_state.code", "host_state.kind", "reporting_state.code"),
            *("reporting_state.kind", "event.reporting_year", "event.reporting_year.strength", "event.stock_remains"),
            *("event.report_submitted", "event.destruction_complete", "event.request_received", "requested_state.code"),
            *("event.answer_given", "object.category", "event.purpose", "acquirer.code", "acquirer.kind"),
        ),
        ("NOR", "UKR", "GRC", "LKA", "USA", "ERI", "FIN"),
    ),
    "kites": (
        "kites",
        (
            *OF_THE_ROW,
            *("flyer", "flyer.code", "flyer.kind", "keeper.code", "keeper.kind", "flyer.strength", "place.country"),
            *("object.category", "object.model", "object.activation", "object.quantity", "object.origin"),
            *("event.purpose", "event.burnt", "event.height", "event.height.strength", "place.country.strength"),
        ),
        ("NLA", "SLA", "WLA"),
    ),
}


@cache
def rulebook_of(name: str) -> Rulebook:
    if name == "rules":
        found = load_rulebook(ROOT / "rules")
    else:
        folder = Path(mkdtemp()) / "rules"
        shutil.copytree(ROOT / "tests" / "good" / "rules", folder)
        shutil.copy(ROOT / "rules" / "wording.yaml", folder)
        found = load_rulebook(folder)
        shutil.rmtree(folder.parent)
    return under(found, chosen_positions(found), date.fromisoformat(found.manifest.as_of))


class Desk:
    """One table's classes with both engines, and the same rows as events of a check."""

    def __init__(self, table: str) -> None:
        name, self.columns, self.codes = TABLES[table]
        self.telling = TELLING[table]
        self.rulebook = rulebook_of(name)
        self.schema: FlatSchema = flat_schema(self.rulebook)
        self.as_of = date.fromisoformat(self.rulebook.manifest.as_of)
        positions = chosen_positions(self.rulebook)
        programs = {act: compile_rulebook(self.rulebook, positions, act=act) for act in self.rulebook.vocabulary.acts}
        self.classes = Classes(Asking(self.rulebook, programs, self.schema, self.columns, self.as_of))
        self.chambers = Chambers(self.rulebook, positions)
        self.decider = Decider(self.classes, self.chambers)

    def screened(self, cells: Cells) -> list[tuple[str, ...]]:
        """Rule, bearer, outcome, strength and reason for a row, by its signature."""
        actors = {
            participant.role: participant.actor for participant in dossier_of(cells, self.schema).events[0].participants
        }
        return sorted(
            (one.rule, actors[one.roles.partition("|")[0]], one.outcome, one.strength, one.why)
            for one in self.decider.decide(self.classes.classify(cells))
        )

    def checked(self, cells: Cells) -> list[tuple[str, ...]]:
        """The same for a row as the event of a casefile."""
        dossier = dossier_of(cells, self.schema)
        event = dossier.events[0]
        program, panel = self.chambers.of(event.act.value)
        return sorted(
            (
                one.rule.rule.id,
                one.bearer.key,
                str(one.conclusion.outcome),
                "" if one.conclusion.strength is None else str(one.conclusion.strength),
                one.conclusion.reason or "|".join(gate.name for gate in one.conclusion.open),
            )
            for one in decide_event(self.rulebook, program, panel, dossier, event, self.as_of)
            if one.conclusion.outcome is not Outcome.NO_FINDING
        )


desk_of = cache(Desk)


@pytest.mark.parametrize("table", TABLES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_a_row_comes_to_what_a_check_of_it_as_an_event_comes_to(table: str, data: st.DataObject) -> None:
    desk = desk_of(table)
    cells = data.draw(rows(desk.rulebook, desk.schema, desk.columns, desk.codes, desk.telling))
    assume(not faults(cells, desk.schema, desk.rulebook))
    assert desk.checked(cells) == desk.screened(cells)


@pytest.mark.parametrize("table", TABLES)
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_a_signature_that_can_be_packed_is_found_again(table: str, data: st.DataObject) -> None:
    desk = desk_of(table)
    cells = data.draw(rows(desk.rulebook, desk.schema, desk.columns, desk.codes, desk.telling))
    assume(not faults(cells, desk.schema, desk.rulebook))
    signature = desk.classes.classify(cells)
    words = desk.classes.packed(signature)
    assume(words is not None)
    assert words is not None
    assert desk.classes.unpacked(words) == signature


def test_what_a_date_leaves_open_of_a_state_is_not_decided_by_another_date() -> None:
    desk = desk_of("transfers")
    # No date tells Sudan from before and after; with no date at all, neither does it the Marshall Islands.
    row = {"act": "transfer", "modality": "occurred", "strength": "S2", "date": "[..2005]", "recipient.code": "SDN"}
    found = desk.checked(row)
    assert found == desk.screened(row)
    assert ("mbc-1-1-b-acquire", "undetermined") in [(rule, outcome) for rule, _, outcome, *_ in found]
