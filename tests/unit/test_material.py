"""What a check looked at besides its findings: dates, sources, the status of States, silent rules, and incidents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Account, Actor, Casefile, Dated, Dossier, Event, Source, Stated
from treatycheck.check import Options, check
from treatycheck.findings import EventRef, Material, Report
from treatycheck.material import counted_once, period, shared
from treatycheck.rulebook.conditions import FactTest
from treatycheck.rulebook.model import Rulebook

REFERENCE = Options(engine="reference")


@pytest.fixture
def casefile(desk: Path, rulebook: Rulebook) -> Casefile:
    return load_casefile([desk / "case"], rulebook)


def looked_at(rulebook: Rulebook, dossier: Dossier, *events: Event) -> Material:
    return check(rulebook, Casefile((replace(dossier, events=events),)), REFERENCE).material


def seen(rulebook: Rulebook, dossier: Dossier, **changes: object) -> EventRef:
    """How the event is listed after some of its fields are changed."""
    (found,) = looked_at(rulebook, dossier, replace(dossier.events[0], **changes)).events  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "exact"),
    [
        ("2027-05-03", date(2027, 5, 3), date(2027, 5, 3), True),
        ("2027-05-03/2027-05-09", date(2027, 5, 3), date(2027, 5, 9), True),
        ("2027-05", date(2027, 5, 1), date(2027, 5, 31), False),
        ("2027-05-03~", date(2027, 4, 3), date(2027, 6, 3), False),
        ("[2027-05-03..]", date(2027, 5, 3), None, False),
        ("[..2027-05-03]", None, date(2027, 5, 3), False),
        ("XXXX", None, None, False),
    ],
)
def test_the_bounds_of_a_date_are_told_and_whether_they_are_known(
    edtf: str, earliest: date | None, latest: date | None, exact: bool, rulebook: Rulebook, dossier: Dossier
) -> None:
    found = seen(rulebook, dossier, date=Dated(edtf=edtf))
    assert (earliest, latest, exact) == (found.earliest, found.latest, found.exact)


def test_the_period_runs_from_the_first_to_the_last_possible_day(rulebook: Rulebook, dossier: Dossier) -> None:
    whens = ("2027-05-03", "2026", "[2027-06-01..]", "[..2025-01-01]", "XXXX")
    events = [replace(dossier.events[0], id=f"E{at}", date=Dated(edtf=when)) for at, when in enumerate(whens)]
    found = looked_at(rulebook, dossier, *events).period
    assert found is not None
    assert (date(2026, 1, 1), date(2027, 5, 3)) == (found.earliest, found.latest)
    assert (5, 1, ("E3",), ("E2",), ("E4",)) == (
        *(found.events, found.exact),
        *(found.open_start, found.open_end, found.undated),
    )


def test_a_fused_event_is_no_further_event_of_the_period(rulebook: Rulebook, dossier: Dossier) -> None:
    own = seen(rulebook, dossier)
    fused = replace(own, id="F1", draws_on=(own.id,), earliest=date(1990, 1, 1))
    assert (1, own.earliest) == ((found := period([own, fused])).events, found.earliest)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ""),
        ({"act": Stated(value="keep")}, "role"),
        ({"participants": ()}, "nobody"),
    ],
)
def test_why_no_rule_gives_a_finding(
    changes: dict[str, object], why: str, rulebook: Rulebook, dossier: Dossier
) -> None:
    assert why == seen(rulebook, dossier, **changes).unengaged


def test_an_act_that_no_rule_speaks_of_is_told(rulebook: Rulebook, dossier: Dossier) -> None:
    none = replace(rulebook, rules={})
    assert ("act", ()) == ((found := seen(none, dossier)).unengaged, found.roles)


def test_rules_that_ask_something_beforehand_are_named_by_bearer(rulebook: Rulebook, dossier: Dossier) -> None:
    asked = replace(rulebook.rules["ka-1-fly"], only_if=FactTest("event.purpose", "is", ("rescue",)))
    found = looked_at(replace(rulebook, rules={asked.id: asked}), dossier, dossier.events[0])
    assert ["before"] == [one.unengaged for one in found.events]
    assert {("ka-1-fly",)} == {one.rules for one in found.unasked}
    assert 3 == len(found.unasked)


def test_sources_of_accounts_are_listed_after_that_of_the_event(rulebook: Rulebook, dossier: Dossier) -> None:
    account = Account(according_to="residents", quotes=("flight",), date=Dated(edtf="2027-05-04"))
    found = seen(rulebook, dossier, source=Source(asserter="witnesses", chain=("press",)), accounts=(account,))
    assert [("witnesses", ("press",)), ("residents", ())] == [(one.asserter, one.chain) for one in found.sources]


def test_a_source_of_several_documents_is_shared_whatever_its_place(rulebook: Rulebook, dossier: Dossier) -> None:
    first = seen(rulebook, dossier, source=Source(asserter="The  Press", chain=("this article",)))
    second = seen(rulebook, dossier, source=Source(asserter="x", chain=("the press", "this article")))
    events = [replace(first, id="E1"), replace(second, id="E2", document="b.txt"), replace(second, id="E3")]
    assert [
        ("The  Press", ("market.txt", "b.txt"), ("E1", "E2", "E3")),
        ("x", ("b.txt", "market.txt"), ("E2", "E3")),
    ] == [(one.name, one.documents, one.events) for one in shared(events)]
    assert [] == [*shared(events[::2])]


def test_each_state_that_bears_a_finding_has_its_rows(rulebook: Rulebook, casefile: Casefile) -> None:
    found = check(rulebook, casefile, REFERENCE)
    told = [(one.state, one.row.verified, one.acts, one.status) for one in found.material.statuses]
    (record,) = [one for one in rulebook.registers["ka"].records.values() if one.row.key == "NLA"]
    assert [record.row.line] == [
        one.row.row for one in found.material.statuses if one.row.register.endswith("status.csv")
    ]
    assert told[0][0] == "Northland"
    assert told[0][2][0].startswith("signature on ")


def test_rules_are_counted_by_instrument_with_those_that_gave_nothing(rulebook: Rulebook, casefile: Casefile) -> None:
    report = check(rulebook, casefile, REFERENCE)
    (found,) = report.material.asked
    assert (len(rulebook.rules), 3 * len(rulebook.rules)) == (found.rules, found.asked)
    assert found.no_finding == report.counts["no_finding"]
    assert "ka-1-fly" not in found.silent
    assert len(found.silent) == found.rules - 1


# Incidents that are counted once


def fused(report: Report, *, outcome: str) -> Report:
    """The report with the findings once more, on an event that was fused from that of the report."""
    (event,) = report.material.events
    more = tuple(replace(one, id=f"f{one.id}", event="F1", outcome=outcome) for one in report.findings)
    order = [*more, *report.findings] if outcome == "established" else [*report.findings, *more]
    events = (event, replace(event, id="F1", draws_on=(event.id,)))
    return replace(report, findings=counted_once(order, events))


def test_the_gravest_finding_on_an_incident_is_counted_for_the_others(rulebook: Rulebook, casefile: Casefile) -> None:
    report = check(rulebook, casefile, REFERENCE)
    found = {one.id: one.counted_in for one in fused(report, outcome="established").findings}
    assert {one.id: f"f{one.id}" for one in report.findings} == {name: into for name, into in found.items() if into}


def test_a_fused_finding_that_is_less_grave_is_counted_with_its_account(rulebook: Rulebook, casefile: Casefile) -> None:
    report = check(rulebook, casefile, REFERENCE)
    found = {one.id: one.counted_in for one in fused(report, outcome="no_finding").findings}
    assert {f"f{one.id}": one.id for one in report.findings} == {name: into for name, into in found.items() if into}


def test_findings_on_other_bearers_are_counted_themselves(rulebook: Rulebook, dossier: Dossier) -> None:
    actors = {**dossier.actors, "club": Actor(name="Another club", kind="club")}
    first = check(rulebook, Casefile((dossier,)), REFERENCE)
    second = check(rulebook, Casefile((replace(dossier, actors=actors),)), REFERENCE)
    events = (first.material.events[0], replace(first.material.events[0], id="F1", draws_on=("M-1",)))
    more = tuple(replace(one, id=f"f{one.id}", event="F1") for one in second.findings)
    alone = [one.bearer.display for one in counted_once((*first.findings, *more), events) if not one.counted_in]
    assert sum("club" in name for name in alone) == sum(
        "club" in one.bearer.display for one in (*first.findings, *more)
    )
