"""What a finding hinges on, against runs of the whole check under each alternative."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.properties.flights import flights, said
from tests.properties.test_proof_properties import AS_OF, TESTS, widened

from treatycheck.casefile.accounts import versions
from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Account, Casefile, Dated, Dispute, Event
from treatycheck.check import Options, check
from treatycheck.dates import When
from treatycheck.findings import Finding
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook


class Desk:
    """What a test works on; not a dataclass, as a failing example would be printed with all of it."""

    def __init__(self, rulebook: Rulebook, casefile: Casefile) -> None:
        self.rulebook = rulebook
        self.casefile = casefile


some = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module", params=["plain", "widened"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("alternatives")
    shutil.copytree(TESTS / "good", folder, dirs_exist_ok=True)
    shutil.copy(TESTS.parent / "rules" / "wording.yaml", folder / "rules")
    rulebook = load_rulebook(folder / "rules")
    law = widened(rulebook) if request.param == "widened" else rulebook
    return Desk(law, load_casefile([folder / "case"], rulebook))


def with_event(casefile: Casefile, event: Event) -> Casefile:
    dossier = casefile.dossiers[0]
    return Casefile((replace(dossier, events=(event,)),))


def outcomes(desk: Desk, event: Event, positions: Mapping[str, str] | None = None) -> dict[str, str]:
    """The outcomes of a whole check by the reference engine alone, by id."""
    rulebook, casefile = desk.rulebook, desk.casefile
    options = Options(engine="reference", as_of=AS_OF, positions=positions, insight=False)
    return {one.id: one.outcome for one in check(rulebook, with_event(casefile, event), options).findings}


def findings(desk: Desk, event: Event) -> Iterator[Finding]:
    rulebook, casefile = desk.rulebook, desk.casefile
    yield from check(rulebook, with_event(casefile, event), Options(engine="reference", as_of=AS_OF)).findings


def generated(desk: Desk, given_: Mapping[str, object]) -> Event:
    return replace(desk.casefile.dossiers[0].events[0], **given_)  # type: ignore[arg-type]


@some
@given(flights())
def test_a_reading_changes_an_outcome_where_a_whole_check_under_it_does(desk: Desk, given_: dict[str, object]) -> None:
    event = generated(desk, given_)
    rulebook = desk.rulebook
    runs = {
        (name, answer): outcomes(desk, event, {name: answer})
        for name, position in rulebook.positions.items()
        for answer in position.alternatives
        if answer != position.default
    }
    assert runs
    for one in findings(desk, event):
        assert one.insight is not None
        told = {
            hinge.readings[0]: hinge.outcome
            for hinge in one.insight.hinges
            if len(hinge.readings) == 1 and not hinge.when
        }
        found = {
            change: after[one.id] for change, after in runs.items() if after.get(one.id, one.outcome) != one.outcome
        }
        assert told == found


@some
@given(flights())
def test_two_readings_change_together_what_neither_changes_alone(desk: Desk, given_: dict[str, object]) -> None:
    event = generated(desk, given_)
    others = {"night_kites": "night", "pause": "pause_at_once"}
    alone = [outcomes(desk, event, {name: answer}) for name, answer in others.items()]
    both = outcomes(desk, event, others)
    for one in findings(desk, event):
        assert one.insight is not None
        told = {hinge.outcome for hinge in one.insight.hinges if dict(hinge.readings) == others and not hinge.when}
        silent = all(after[one.id] == one.outcome for after in alone) and both[one.id] != one.outcome
        assert told == ({both[one.id]} if silent else set())


accounts = st.fixed_dictionaries(
    {},
    optional={
        "date": st.builds(Dated, edtf=st.sampled_from(["2019-06", "2024-02-01", "2027-05-04"])),
        "purpose": said("rescue", "show"),
        "facts": st.fixed_dictionaries({"burnt": said("yes", "no")}),
    },
).filter(bool)


@some
@given(flights(), st.lists(accounts, min_size=1, max_size=2))
def test_an_account_comes_to_what_a_whole_check_of_it_alone_comes_to(
    desk: Desk, given_: dict[str, object], said: list[dict[str, object]]
) -> None:
    told_by = tuple(
        Account(according_to=f"source {number}", quotes=("height",), **one)  # type: ignore[arg-type]
        for number, one in enumerate(said)
    )
    event = replace(generated(desk, given_), accounts=told_by)
    alone = {version.according_to: outcomes(desk, version.event) for version in versions(event)}
    for one in findings(desk, event):
        assert one.insight is not None
        told = {
            hinge.when: hinge.outcome
            for hinge in one.insight.hinges
            if hinge.kind == "account" and not hinge.readings and not hinge.days
        }
        found = {who: after[one.id] for who, after in alone.items() if after.get(one.id, one.outcome) != one.outcome}
        assert told == found


@some
@given(flights(), st.sampled_from(["2019..2028", "2020..2027", "[2019-12..2020-03]", "[..2030]", "[2023..2024]"]))
def test_a_day_within_the_date_comes_to_what_a_whole_check_on_it_comes_to(
    desk: Desk, given_: dict[str, object], edtf: str
) -> None:
    text = edtf if edtf.startswith("[") else f"[{edtf}]"
    event = replace(generated(desk, given_), date=Dated(edtf=text, strength="S4"))
    when = event.date.when
    told = list(findings(desk, event))
    for day in days(when):
        after = outcomes(desk, replace(event, date=Dated(edtf=day.isoformat(), strength="S4")))
        for one in told:
            assert one.insight is not None
            expected = {one.outcome}
            expected |= {hinge.outcome for hinge in one.insight.hinges if hinge.kind == "date" and not hinge.readings}
            # A stretch of days may itself stay open for what is not known of the registers.
            assert after.get(one.id) in expected or after.get(one.id) is None


SPANS = ["[2019..2026]", "[..2022]", "2019/2021", "XXXX"]


@some
@given(flights(), accounts.filter(lambda one: "date" not in one), st.sampled_from(SPANS))
def test_a_day_within_the_date_of_an_account_is_told_of_that_account(
    desk: Desk, given_: dict[str, object], said: dict[str, object], edtf: str
) -> None:
    told_by = (Account(according_to="source 0", quotes=("height",), **said),)  # type: ignore[arg-type]
    event = replace(generated(desk, given_), date=Dated(edtf=edtf, strength="S4"), accounts=told_by)
    told = list(findings(desk, event))
    for version in versions(event):
        whole = outcomes(desk, version.event)
        for day in () if "/" in edtf else days(event.date.when):
            dated = Dated(edtf=day.isoformat(), strength="S4")
            after = outcomes(desk, replace(version.event, date=dated))
            for one in told:
                if whole.get(one.id) == one.outcome and one.id in after:
                    assert one.insight is not None
                    mine = [hinge for hinge in one.insight.hinges if not hinge.readings]
                    assert after[one.id] in {one.outcome} | {
                        hinge.outcome for hinge in mine if hinge.kind == "date" or hinge.when == version.according_to
                    }


@some
@given(flights())
def test_a_span_of_days_is_not_cut(desk: Desk, given_: dict[str, object]) -> None:
    event = replace(generated(desk, given_), date=Dated(edtf="2019-12/2024-03", strength="S4"))
    for one in findings(desk, event):
        assert one.insight is not None
        assert not [hinge for hinge in one.insight.hinges if hinge.kind == "date" or hinge.days]


@some
@given(flights(), st.sampled_from(["contradicted", "retracted"]))
def test_what_is_undisputed_comes_to_what_a_whole_check_of_it_comes_to(
    desk: Desk, given_: dict[str, object], status: str
) -> None:
    event = replace(generated(desk, given_), dispute=Dispute(status=status))  # type: ignore[arg-type]
    after = outcomes(desk, replace(event, dispute=Dispute(status="none")))
    for one in findings(desk, event):
        assert one.insight is not None
        assert one.insight.barred == (status == "retracted" and one.outcome == "undetermined")
        told = [hinge.outcome for hinge in one.insight.hinges if hinge.kind == "dispute" and not hinge.readings]
        assert told == ([after[one.id]] if after.get(one.id, one.outcome) != one.outcome else [])


def days(when: When) -> Iterator[date]:
    """Some days of an imprecise date: its ends, those around the changes in the registers, and one in the middle."""
    ends = [when.earliest or date(2018, 1, 1), when.latest or AS_OF]
    turns = [date(2020, 1, 31), date(2020, 2, 1), date(2024, 1, 1), date(2023, 12, 31), date(2021, 7, 7)]
    yield from (day for day in dict.fromkeys([*ends, *turns]) if ends[0] <= day <= ends[1])
