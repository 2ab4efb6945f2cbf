"""The main job: every rule on every bearer of every event, in one order, with a receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Account, Casefile, Dated, Event, Stated
from treatycheck.check import Options, check, identify, run, under
from treatycheck.engine import durable, matcher
from treatycheck.engine.agreement import EngineChoice, EngineUnavailableError
from treatycheck.engine.durable import Durable
from treatycheck.engine.matcher import available
from treatycheck.engine.outcomes import Outcome
from treatycheck.errors import DefectError
from treatycheck.findings import Report
from treatycheck.rulebook.conditions import DateTest, FactTest
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Bearer, Procedure, Rulebook, Stage

ENGINE: EngineChoice = "both" if available() is None else "reference"
REFERENCE = Options(engine="reference")
needs_matcher = pytest.mark.skipif(available() is not None, reason=str(available()))


@pytest.fixture
def rulebook(desk: Path) -> Rulebook:
    return load_rulebook(desk / "rules")


@pytest.fixture
def casefile(desk: Path, rulebook: Rulebook) -> Casefile:
    return load_casefile([desk / "case"], rulebook)


def with_events(casefile: Casefile, *events: Event) -> Casefile:
    return replace(casefile, dossiers=(replace(casefile.dossiers[0], events=events),))


def changed(casefile: Casefile, **changes: object) -> Event:
    return replace(casefile.dossiers[0].events[0], **changes)  # type: ignore[arg-type]


def told(report: Report) -> list[tuple[str, str, str, str]]:
    return [(one.event, one.rule, one.bearer.name, one.outcome) for one in report.findings]


def test_every_bearer_an_engaged_rule_addresses_has_a_finding(rulebook: Rulebook, casefile: Casefile) -> None:
    report = check(rulebook, casefile, Options(engine=ENGINE))
    bearers = {one.bearer.display.partition(" (if")[0] for one in report.findings}
    assert (3, {"ka-1-fly"}, True) == (
        len(report.findings),
        {one.rule for one in report.findings},
        "Kite club" in bearers,
    )


def test_rules_that_do_not_speak_of_an_event_are_counted(rulebook: Rulebook, casefile: Casefile) -> None:
    report = check(rulebook, casefile, REFERENCE)
    assert len(rulebook.rules) * 3 - len(report.findings) == report.counts["no_finding"]


def test_every_outcome_is_counted_also_those_that_do_not_occur(rulebook: Rulebook, casefile: Casefile) -> None:
    report = check(rulebook, casefile, REFERENCE)
    assert ({str(one) for one in Outcome}, 6) == (set(report.counts), sum(report.counts.values()))


def test_an_act_no_rule_speaks_of_makes_no_finding(rulebook: Rulebook, casefile: Casefile) -> None:
    report = check(rulebook, with_events(casefile, changed(casefile, act=Stated(value="sing"))), REFERENCE)
    assert ((), 6) == (report.findings, report.counts["no_finding"])


def test_a_role_no_rule_speaks_of_makes_no_finding(rulebook: Rulebook, casefile: Casefile) -> None:
    participants = tuple(replace(one, role="keeper") for one in changed(casefile).participants)
    report = check(rulebook, with_events(casefile, changed(casefile, participants=participants)), REFERENCE)
    assert report.findings == ()


def test_a_rule_whose_question_is_denied_makes_no_finding(rulebook: Rulebook, casefile: Casefile) -> None:
    asked = replace(rulebook.rules["ka-1-fly"], only_if=FactTest("event.purpose", "is", ("rescue",)))
    narrow = replace(rulebook, rules={asked.id: asked})
    report = check(narrow, casefile, REFERENCE)
    assert ((), 3) == (report.findings, report.counts["no_finding"])


def test_the_gravest_findings_come_first(rulebook: Rulebook, casefile: Casefile) -> None:
    burnt = {"height": Stated(value="40"), "burnt": Stated(value="no", strength="S3")}
    events = (changed(casefile), changed(casefile, id="M-2", facts=burnt))
    report = check(rulebook, with_events(casefile, *events), REFERENCE)
    order = [list(Outcome).index(Outcome(one.outcome)) for one in report.findings]
    assert (sorted(order), "M-2") == (order, report.findings[0].event)


def test_findings_of_one_gravity_follow_the_documents_and_events(rulebook: Rulebook, casefile: Casefile) -> None:
    events = (changed(casefile, id="M-2"), changed(casefile, id="M-1"))
    report = check(rulebook, with_events(casefile, *events), REFERENCE)
    open_ones = [one.event for one in report.findings if one.outcome == "undetermined"]
    assert sorted(open_ones) == open_ones
    assert set(open_ones) == {"M-1", "M-2"}


def test_the_same_input_gives_the_same_report(rulebook: Rulebook, casefile: Casefile) -> None:
    assert check(rulebook, casefile, REFERENCE) == check(rulebook, casefile, REFERENCE)


@needs_matcher
@pytest.mark.parametrize("engine", ["durable", "reference"])
def test_either_engine_alone_finds_what_both_find(rulebook: Rulebook, casefile: Casefile, engine: EngineChoice) -> None:
    alone = check(rulebook, casefile, Options(engine=engine))
    assert (check(rulebook, casefile).findings, (engine,)) == (alone.findings, alone.receipt.engines)


@needs_matcher
def test_engines_that_disagree_end_the_run(
    rulebook: Rulebook, casefile: Casefile, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Contrary(Durable):
        def decide_event(self, leaves: object, objects: object) -> list[int]:
            return [3 - index for index, _ in enumerate(super().decide_event(leaves, objects))]  # type: ignore[arg-type]

    monkeypatch.setattr(durable, "Durable", Contrary)
    with pytest.raises(DefectError, match="the engines disagree on"):
        check(rulebook, casefile)


def test_without_the_matcher_the_receipt_says_so(
    rulebook: Rulebook, casefile: Casefile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matcher, "available", lambda: "no compiler")
    receipt = check(rulebook, casefile).receipt
    assert (("reference",), True) == (receipt.engines, "no compiler" in receipt.notice)


def test_without_the_matcher_it_cannot_be_asked_for(
    rulebook: Rulebook, casefile: Casefile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matcher, "available", lambda: "no compiler")
    with pytest.raises(EngineUnavailableError):
        check(rulebook, casefile, Options(engine="durable"))


# The receipt


def test_the_receipt_says_what_the_report_was_made_with(rulebook: Rulebook, casefile: Casefile) -> None:
    receipt = check(rulebook, casefile, REFERENCE).receipt
    assert (
        "rulebook of an invented law",
        "1.0.0",
        rulebook.sha256,
        date(2030, 1, 31),
        {"night_kites": "no_night", "pause": "no_pause"},
        "",
    ) == (
        receipt.rulebook,
        receipt.rulebook_version,
        receipt.rulebook_sha256,
        receipt.as_of,
        receipt.positions,
        receipt.notice,
    )


def test_the_report_names_its_documents_with_their_hashes(rulebook: Rulebook, casefile: Casefile) -> None:
    (document,) = check(rulebook, casefile, REFERENCE).documents
    dossier = casefile.dossiers[0]
    assert ("market.txt", dossier.entry.sha256, dossier.events_sha256, "May 2027", "", ("M-1",)) == (
        document.file,
        document.sha256,
        document.events_sha256,
        document.date,
        document.date_note,
        document.events,
    )


def test_a_date_that_was_resolved_says_how(rulebook: Rulebook, casefile: Casefile) -> None:
    dossier = casefile.dossiers[0]
    dated = Dated(edtf="2027-05", resolved="2027-05-04", basis="the edition")
    entry = replace(dossier.entry, date=dated)
    (document,) = check(rulebook, replace(casefile, dossiers=(replace(dossier, entry=entry),)), REFERENCE).documents
    assert ("May 2027", "read as 4 May 2027: the edition") == (document.date, document.date_note)


def test_the_report_names_instruments_positions_and_what_has_no_events(rulebook: Rulebook, casefile: Casefile) -> None:
    report = check(rulebook, replace(casefile, unencoded=("other.txt",)), REFERENCE)
    assert ({"ka": "Accord on Storm Kites (invented)"}, ["night_kites", "pause"], ("other.txt",)) == (
        report.instruments,
        [use.id for use in report.positions],
        report.unencoded,
    )


# Positions and days


def test_another_position_moves_an_outcome(rulebook: Rulebook, casefile: Casefile) -> None:
    at_once = Options(engine="reference", positions={"pause": "pause_at_once"})
    plain, moved = check(rulebook, casefile, REFERENCE), check(rulebook, casefile, at_once)
    assert ("suspended", "pause_at_once") == (
        next(one.reason for one in moved.findings if one.bearer.code == "NLA" and not one.bearer.through),
        moved.receipt.positions["pause"],
    )
    assert "suspended" not in [one.reason for one in plain.findings]


def test_a_register_is_believed_up_to_a_day(rulebook: Rulebook, casefile: Casefile) -> None:
    report = check(rulebook, casefile, Options(engine="reference", as_of=date(2027, 5, 2)))
    missing = [one.question for finding in report.findings for one in finding.missing]
    assert any("after the last day of the register" in question for question in missing)


def test_acts_after_the_day_are_not_known(rulebook: Rulebook) -> None:
    earlier = under(rulebook, {"pause": "no_pause"}, date(2019, 12, 31)).registers["ka"]
    assert (None, ()) == (earlier.entry_into_force("NLA"), earlier.acts)


def test_an_instrument_without_members_has_no_register(rulebook: Rulebook) -> None:
    accord = replace(rulebook.instruments["ka"], membership=None)
    assert {} == under(replace(rulebook, instruments={"ka": accord}), {}, date(2030, 1, 1)).registers


# Ids, records and procedures


def test_an_id_is_a_hash_of_rule_bearer_and_event(rulebook: Rulebook, casefile: Casefile) -> None:
    ids = {one.id for one in check(rulebook, casefile, REFERENCE).findings}
    assert {identify("ka-1-fly", key, "M-1") for key in ("army", "club", "north through club")} == ids


def test_an_id_tells_its_parts_apart() -> None:
    assert identify("a", "bc", "d") != identify("ab", "c", "d")


def test_a_run_keeps_what_the_engines_were_asked_for_each_act(rulebook: Rulebook, casefile: Casefile) -> None:
    found = run(rulebook, casefile, REFERENCE)
    (record,) = found.records
    about_objects = [one for one in record.answered if one.objects is None]
    assert (1, 3, 3) == (len(about_objects), len(record.answered) - 1, len(found.report.findings))


def stages(*values: str) -> tuple[Stage, ...]:
    return tuple(
        Stage(state=value, label=value.title(), when=FactTest("event.purpose", "is", (value,))) for value in values
    )


@pytest.mark.parametrize(
    ("order", "state", "strength"),
    [(("rescue", "show"), "show", "S2"), (("show", "rescue"), "show", "S2"), (("rescue",), "", "")],
)
def test_a_procedure_stands_at_the_first_stage_that_was_reached(
    rulebook: Rulebook, casefile: Casefile, order: tuple[str, ...], state: str, strength: str
) -> None:
    procedure = Procedure(
        id="steps",
        title="Steps",
        provision="ka:1",
        act=("fly",),
        subject=Bearer(role=("flyer",)),
        stages=stages(*order),
    )
    report = check(replace(rulebook, procedures={"steps": procedure}), casefile, REFERENCE)
    assert {(state, state.title(), strength)} == {(one.state, one.label, one.strength) for one in report.procedures}


def test_a_procedure_has_the_subjects_of_its_role_only(rulebook: Rulebook, casefile: Casefile) -> None:
    procedure = Procedure(
        id="steps",
        title="Steps",
        provision="ka:1",
        act=("fly",),
        subject=Bearer(role=("keeper",)),
        stages=stages("show"),
    )
    assert () == check(replace(rulebook, procedures={"steps": procedure}), casefile, REFERENCE).procedures


# Sources that contradict one another


def flagged(casefile: Casefile, *accounts: Account) -> Casefile:
    """The event as one that the rule on flying flags, with these accounts."""
    event = casefile.dossiers[0].events[0]
    items = tuple(replace(item, category=Stated(value="storm_kite")) for item in event.objects)
    facts = {**event.facts, "burnt": Stated(value="no")}
    return with_events(casefile, replace(event, objects=items, facts=facts, accounts=accounts))


def test_an_exception_that_one_account_invokes_is_not_taken_not_to_apply(
    rulebook: Rulebook, casefile: Casefile
) -> None:
    silent = flagged(casefile)
    silent = with_events(silent, replace(silent.dossiers[0].events[0], purpose=None))
    rescue = Account(according_to="the club", quotes=("club",), strength="S1", purpose=Stated(value="rescue"))
    disputed = with_events(silent, replace(silent.dossiers[0].events[0], accounts=(rescue,)))
    plain, told_otherwise = (check(rulebook, one, REFERENCE).findings[0] for one in (silent, disputed))
    assert (Outcome.CREDIBLE_CONCERN, ("ka-3-rescue",)) == (plain.outcome, plain.assumed_not)
    assert (Outcome.UNDETERMINED, ()) == (told_otherwise.outcome, told_otherwise.assumed_not)
    assert ["accounts"] == [one.fact for one in told_otherwise.missing]


def test_a_date_on_which_a_rule_turns_by_an_exception_alone_is_asked_for(
    rulebook: Rulebook, casefile: Casefile
) -> None:
    # The exception is a matter of the date, so nothing that is stated suggests it.
    early = replace(rulebook.exceptions["ka-3-rescue"], when=DateTest("before", "2027-05-01"))
    dated = replace(rulebook, exceptions={"ka-3-rescue": early})
    account = Account(according_to="the club", quotes=("club",), date=Dated(edtf="2027-04-01"))
    found = [check(dated, flagged(casefile, *accounts), REFERENCE).findings[0].outcome for accounts in ((), (account,))]
    assert [Outcome.CREDIBLE_CONCERN, Outcome.UNDETERMINED] == found
