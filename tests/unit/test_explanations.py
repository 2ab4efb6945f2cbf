"""What an id stands for, what is asked of one rule, and what to find out first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from treatycheck.casefile.model import Casefile, Dossier, Event, Participant, Stated
from treatycheck.check import Options, check
from treatycheck.explanations import Explanations, Wanted, explain, locate
from treatycheck.rulebook.model import Rulebook

REFERENCE = Options(engine="reference")


@pytest.fixture
def second(event: Event) -> Event:
    return replace(event, id="M-2")


@pytest.fixture
def casefile(dossier: Dossier, second: Event) -> Casefile:
    return Casefile((replace(dossier, events=(*dossier.events, second)),), ())


@pytest.fixture
def ids(rulebook: Rulebook, casefile: Casefile) -> list[str]:
    return [finding.id for finding in check(rulebook, casefile, REFERENCE).findings]


def every(rulebook: Rulebook, casefile: Casefile, rule: str = "") -> Explanations:
    wanted = locate(rulebook, casefile, "all")
    assert isinstance(wanted, Wanted)
    return explain(rulebook, casefile, wanted, REFERENCE, rule=rule)


def with_event(casefile: Casefile, event: Event) -> Casefile:
    return Casefile((replace(casefile.dossiers[0], events=(event,)),), ())


# What an id stands for.


def test_all_stands_for_every_event(rulebook: Rulebook, casefile: Casefile) -> None:
    assert Wanted({"M-1": None, "M-2": None}) == locate(rulebook, casefile, "all")


def test_the_id_of_an_event_stands_for_all_findings_on_it(rulebook: Rulebook, casefile: Casefile) -> None:
    assert Wanted({"M-2": None}) == locate(rulebook, casefile, "M-2")


def test_every_finding_is_found_by_its_id_and_by_the_beginning_of_it(
    rulebook: Rulebook, casefile: Casefile, ids: list[str]
) -> None:
    assert ids != []
    for one in ids:
        wanted = locate(rulebook, casefile, one)
        assert isinstance(wanted, Wanted)
        assert wanted == locate(rulebook, casefile, one[:8])
        assert [one] == [found.finding.id for found in explain(rulebook, casefile, wanted, REFERENCE).explained]


def test_the_beginning_of_several_ids_stands_for_none_of_them(
    rulebook: Rulebook, casefile: Casefile, ids: list[str]
) -> None:
    found = locate(rulebook, casefile, "")
    assert isinstance(found, tuple)
    assert {*ids} <= {*found}


@pytest.mark.parametrize("text", ["nothing", "M", "0" * 12])
def test_what_is_no_id_stands_for_nothing(text: str, rulebook: Rulebook, casefile: Casefile) -> None:
    assert () == locate(rulebook, casefile, text)


# What is explained.


def test_everything_explained_is_what_a_check_finds(rulebook: Rulebook, casefile: Casefile) -> None:
    found = every(rulebook, casefile)
    assert {one.id: one.outcome for one in check(rulebook, casefile, REFERENCE).findings} == {
        one.finding.id: one.finding.outcome for one in found.explained
    }


def test_of_one_event_alone_nothing_else_is_explained(rulebook: Rulebook, casefile: Casefile) -> None:
    found = explain(rulebook, casefile, Wanted({"M-2": None}), REFERENCE)
    assert {"M-2"} == {one.finding.event for one in found.explained}


def test_a_rule_is_asked_of_every_actor_whatever_the_act(rulebook: Rulebook, dossier: Dossier) -> None:
    found = every(rulebook, Casefile((dossier,), ()), "ka-4-burn").explained
    assert {("no_finding", ("act", "role"))} == {(one.finding.outcome, one.unengaged) for one in found}
    assert {"Army of Northland (Northland)", "Kite club", "Northland"} == {one.finding.bearer.name for one in found}


def test_a_rule_that_gives_a_finding_is_explained_with_it(rulebook: Rulebook, casefile: Casefile) -> None:
    one, *_ = every(rulebook, casefile, "ka-1-fly").explained
    assert ("ka-1-fly", ()) == (one.finding.rule, one.unengaged)


def test_what_a_rule_speaks_of_and_what_the_event_is_are_told_in_words(rulebook: Rulebook, dossier: Dossier) -> None:
    one, *_ = every(rulebook, Casefile((dossier,), ()), "ka-4-burn").explained
    assert (("keeping",), "flying", ("keeper",), ("flyer",)) == (
        one.engaging.acts,
        one.engaging.act,
        one.engaging.roles,
        one.engaging.role,
    )


@pytest.mark.parametrize(("purpose", "invoked"), [("show", False), ("rescue", True)])
def test_an_exception_is_told_with_whether_anything_invokes_it(
    purpose: str, invoked: bool, rulebook: Rulebook, casefile: Casefile, event: Event
) -> None:
    changed = replace(event, purpose=Stated(value=purpose, strength="S1"))
    one, *_ = every(rulebook, with_event(casefile, changed)).explained
    assert [("ka-3-rescue", invoked, "S4")] == [(state.name, state.invoked, state.at_most) for state in one.exceptions]


# What to find out first.


def test_what_settles_most_findings_comes_first(rulebook: Rulebook, dossier: Dossier, event: Event) -> None:
    bare = replace(
        event,
        participants=(
            Participant(actor="army", role="flyer", strength="S3"),
            Participant(actor="north", role="flyer", strength="S3"),
        ),
        facts={},
        objects=(replace(event.objects[0], model=None),),
    )
    found = every(rulebook, Casefile((replace(dossier, events=(bare,)),), ()))
    assert ["undetermined", "undetermined"] == [one.finding.outcome for one in found.explained]
    counts = [len(one.findings) for one in found.first]
    assert 2 == counts[0]
    assert sorted(counts, reverse=True) == counts


def test_of_those_that_settle_as_many_the_smaller_set_comes_first(rulebook: Rulebook, casefile: Casefile) -> None:
    order = [(-len(one.findings), len(one.facts), one.event) for one in every(rulebook, casefile).first]
    assert order != []
    assert sorted(order) == order


def test_what_would_flag_a_finding_is_told_apart_from_what_would_rule_it_out(
    rulebook: Rulebook, casefile: Casefile
) -> None:
    found = every(rulebook, casefile).first
    assert found != ()
    for one in found:
        assert {*one.findings} == {*one.flagging} | {*one.ruling_out}
    directions = {(bool(one.flagging), bool(one.ruling_out)) for one in found}
    assert {(True, True), (False, True)} == directions


def test_nothing_is_to_be_found_out_where_nothing_is_open(rulebook: Rulebook, casefile: Casefile, event: Event) -> None:
    known = replace(event, participants=(Participant(actor="club", role="flyer", strength="S4"),))
    found = every(rulebook, with_event(casefile, known))
    assert ["not_applicable"] == [one.finding.outcome for one in found.explained]
    assert () == found.first
