"""What the accounts of an event agree on: what stands, what becomes unknown, and what a proof still shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from treatycheck.casefile.model import Account, Attribution, Dated, Dossier, Event, Participant, Place, Stated
from treatycheck.consensus import ACCOUNTS_DIFFER, AgreedFacts, agreed, event_facts
from treatycheck.engine.program import DeadlineTest, Leaf, StandingTest
from treatycheck.facts import BearerCase, EventFacts, LeafResult, Value, bearers
from treatycheck.registers.standing import Standing
from treatycheck.rulebook.conditions import DateTest, FactTest
from treatycheck.rulebook.model import Rulebook

AS_OF = date(2030, 1, 31)
HIGH = FactTest("event.height", "above", ("10",))
FLYER = FactTest("bearer.role", "in", ("flyer",))
MANY = FactTest("object.quantity", "above", ("3",))
BOUND = StandingTest("ka", "bearer", ("bound",), continuing=False)
DUE = DeadlineTest("ka-4-burn", "ka", "entry_into_force", "P4Y")

Ask = Callable[..., LeafResult]


def account(**said: Any) -> Account:
    return Account(**({"according_to": "the club", "quotes": ("club",)} | said))


def height(value: str, **said: Any) -> dict[str, Stated]:
    return {"height": Stated(value=value, **said)}


@pytest.fixture
def ask(rulebook: Rulebook, dossier: Dossier, event: Event) -> Ask:
    """The result of one leaf for one bearer of the event with these accounts, changed as given."""

    def asked(test: Leaf, *accounts: Account, bearer: int = 0, **changes: object) -> LeafResult:
        changed = replace(event, accounts=accounts, **changes)  # type: ignore[arg-type]
        facts = event_facts(rulebook, dossier, changed, AS_OF)
        return facts.event_leaves((test,), bearers(dossier, changed)[bearer])[0]

    return asked


def test_an_event_without_accounts_has_the_plain_facts(rulebook: Rulebook, dossier: Dossier, event: Event) -> None:
    assert EventFacts is type(event_facts(rulebook, dossier, event, AS_OF))


# One answer from several


def result(verdict: int, reason: str = "", **said: Any) -> LeafResult:
    return LeafResult(verdict, reason=reason, **said)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((3, 2), 2),
        ((-2, -4), -2),
        ((4, -4), 0),
        ((4, 0), 0),
        ((0, -3), 0),
        ((4, 4, -1), 0),
        ((1, 4, 2), 1),
    ],
)
def test_a_question_is_answered_only_if_all_answer_it_alike(verdicts: tuple[int, ...], expected: int) -> None:
    found = agreed([result(verdict) for verdict in verdicts])
    assert (expected, "" if expected else ACCOUNTS_DIFFER) == (found.verdict, found.reason)


def test_the_same_answer_stays_as_it_is() -> None:
    same = result(2, "bound", values=(Value("yes", 2),))
    assert same is agreed([same, result(2, "bound", values=(Value("yes", 2),))])


def test_what_nobody_knows_is_no_difference() -> None:
    assert "" == agreed([result(0, "date_straddles"), result(0, "unlisted")]).reason
    assert "date_straddles" == agreed([result(0, "date_straddles"), result(0, "date_straddles", due=AS_OF)]).reason


def test_a_reason_stands_only_if_it_is_that_of_all() -> None:
    assert "ceased" == agreed([result(-4, "ceased"), result(-3, "ceased")]).reason
    assert "" == agreed([result(-4, "ceased"), result(-4, "not_yet_in_force")]).reason


def test_the_values_of_all_accounts_stand_side_by_side() -> None:
    first, second = Value("40", 3), Value("5", 2)
    assert (first, second) == agreed([result(3, values=(first,)), result(-2, values=(second, first))]).values


def test_the_last_of_several_last_days_is_kept() -> None:
    days = [date(2024, 2, 1), date(2025, 2, 1)]
    assert days[1] == agreed([result(4, due=days[0]), result(4, due=days[1])]).due
    assert None is agreed([result(4, due=days[0]), result(0)]).due


def test_what_the_register_says_of_each_date_is_told_together() -> None:
    before = Standing(-4, "not_yet_in_force", changes=True, rows=(), sentence="signed")
    after = Standing(4, "bound", changes=False, rows=(), sentence="member")
    found = agreed([result(-4, "not_yet_in_force", standing=before), result(4, "bound", standing=after)]).standing
    assert Standing(0, ACCOUNTS_DIFFER, changes=True, rows=(), sentence="signed; member") == found
    assert after == agreed([result(4, standing=after), result(3, standing=after)]).standing


# What sources differ in


def test_a_fact_on_which_accounts_differ_is_unknown(ask: Ask) -> None:
    found = ask(HIGH, account(facts=height("5")))
    assert (0, ACCOUNTS_DIFFER, ["40", "5"]) == (found.verdict, found.reason, [one.value for one in found.values])


def test_other_values_with_the_same_answer_stand_as_weakly_as_the_weakest(ask: Ask) -> None:
    assert 2 == ask(HIGH).verdict
    assert 1 == ask(HIGH, account(strength="S1", facts=height("12"))).verdict


def test_an_account_of_something_else_changes_nothing(ask: Ask) -> None:
    assert ask(HIGH) == ask(HIGH, account(strength="S1", purpose=Stated(value="rescue")))


def test_of_several_accounts_one_is_enough_to_differ(ask: Ask) -> None:
    assert 0 == ask(HIGH, account(facts=height("12")), account(facts=height("5"))).verdict


def test_two_dates_on_either_side_of_a_change_of_status_leave_it_unknown(ask: Ask) -> None:
    found = ask(BOUND, account(date=Dated(edtf="2019-12-30")))
    assert (0, ACCOUNTS_DIFFER) == (found.verdict, found.reason)
    assert found.standing is not None
    assert (0, 1) == (found.standing.verdict, found.standing.sentence.count("member since"))


def test_two_dates_on_the_same_side_of_a_change_of_status_agree(ask: Ask) -> None:
    assert 0 < ask(BOUND, account(date=Dated(edtf="2027-05-01"))).verdict
    early = ask(BOUND, account(date=Dated(edtf="2019-06-03")), date=Dated(edtf="2019-06-01"))
    assert (True, "not_yet_in_force") == (early.verdict < 0, early.reason)


def test_a_date_of_its_own_strength_limits_what_turns_on_it(ask: Ask) -> None:
    test = DateTest("on_or_after", "2020-01-01")
    assert 1 == ask(test, account(date=Dated(edtf="2027-05-01", strength="S1"))).verdict


def test_a_last_day_between_two_dates_leaves_open_whether_it_had_passed(ask: Ask) -> None:
    late = ask(DUE, account(date=Dated(edtf="2024-01-01")))
    assert (0, ACCOUNTS_DIFFER, date(2024, 2, 1)) == (late.verdict, late.reason, late.due)


def test_two_places_leave_open_in_which_state_it_was(ask: Ask) -> None:
    assert 0 == ask(FactTest("place.country", "is", ("WLA",)), account(place=Place(country="NLA"))).verdict


def test_an_object_is_compared_by_its_place(rulebook: Rulebook, dossier: Dossier, event: Event) -> None:
    items = (event.objects[0], replace(event.objects[0], quantity=Stated(value="9")))
    said = account(objects={"1": {"quantity": Stated(value="7")}})
    facts = event_facts(rulebook, dossier, replace(event, objects=items, accounts=(said,)), AS_OF)
    assert [(0, ACCOUNTS_DIFFER), (2, "")] == [(one.verdict, one.reason) for (one,) in facts.object_leaves((MANY,))]


def test_an_event_without_objects_has_none_by_any_account(rulebook: Rulebook, dossier: Dossier, event: Event) -> None:
    bare = replace(event, objects=(), accounts=(account(facts=height("5")),))
    assert [] == event_facts(rulebook, dossier, bare, AS_OF).object_leaves((MANY,))


# Who took part


def test_each_of_two_alleged_actors_has_a_role_that_is_unknown(dossier: Dossier, event: Event, ask: Ask) -> None:
    army, club = (Participant(actor=name, role="flyer") for name in ("army", "club"))
    changed = replace(event, participants=(army,), accounts=(account(participants=(club,)),))
    assert ["army", "club"] == [one.key for one in bearers(dossier, changed)]
    for number in (0, 1):
        found = ask(FLYER, *changed.accounts, bearer=number, participants=(army,))
        assert (0, ACCOUNTS_DIFFER) == (found.verdict, found.reason)


def test_whoever_takes_part_by_every_account_has_the_role(ask: Ask, event: Event) -> None:
    assert (
        2
        == ask(FLYER, account(participants=(*event.participants[:1], Participant(actor="north", role="flyer")))).verdict
    )


def test_a_bearer_is_named_once_whatever_the_accounts(dossier: Dossier, event: Event) -> None:
    again = account(participants=(Participant(actor="army", role="flyer", strength="S1"),))
    found = bearers(dossier, replace(event, accounts=(again, again)))
    assert ["army", "club", "north through club"] == [one.key for one in found]


def test_an_attribution_of_one_account_alone_is_unknown(dossier: Dossier, event: Event, ask: Ask) -> None:
    ordered = Attribution(actor="north", facts={"ordered": Stated(value="yes")})
    plain = (Participant(actor="club", role="flyer"),)
    said = account(participants=(replace(plain[0], attributed_to=(ordered,)),))
    changed = replace(event, participants=plain, accounts=(said,))
    assert ["club", "north through club"] == [one.key for one in bearers(dossier, changed)]
    test = FactTest("attribution.ordered", "is", ("yes",))
    assert (0, ACCOUNTS_DIFFER) == (
        (found := ask(test, said, bearer=1, participants=plain)).verdict,
        found.reason,
    )


# The whole of it


@pytest.fixture
def facts(rulebook: Rulebook, dossier: Dossier, event: Event) -> Callable[..., EventFacts]:
    def made(*accounts: Account, as_of: date = AS_OF) -> EventFacts:
        return event_facts(rulebook, dossier, replace(event, accounts=accounts), as_of)

    return made


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2027-05-01", (date(2027, 5, 1), date(2027, 5, 3))),
        ("2027-05-03/..", (date(2027, 5, 3), None)),
        ("../2027-05-03", (None, date(2027, 5, 3))),
        ("XXXX", (None, None)),
    ],
)
def test_a_date_may_be_that_of_any_account(
    edtf: str, expected: tuple[date | None, date | None], facts: Callable[..., EventFacts]
) -> None:
    when = facts(account(date=Dated(edtf=edtf))).when
    assert expected == (when.earliest, when.latest)


def test_a_date_nobody_disputes_is_that_of_the_event(facts: Callable[..., EventFacts], event: Event) -> None:
    assert event.date.when == facts(account(facts=height("5"))).when


def test_the_date_is_as_weak_as_its_weakest_account(facts: Callable[..., EventFacts]) -> None:
    assert 1 == facts(account(date=Dated(edtf="2027-05-01", strength="S1"))).date_strength


def test_the_registers_are_read_only_up_to_the_last_of_the_dates(facts: Callable[..., EventFacts]) -> None:
    late = account(date=Dated(edtf="2027-05-08"))
    assert [True, False] == [facts(*accounts, as_of=date(2027, 5, 5)).readable for accounts in ((), (late,))]


def test_each_account_is_told_with_the_bearer_as_it_has_it(
    facts: Callable[..., EventFacts], dossier: Dossier, event: Event
) -> None:
    found = facts(account(participants=(Participant(actor="club", role="flyer"),)))
    told = list(found.told(bearers(dossier, event)[0]))
    assert ["witnesses", "the club"] == [name for name, _, _ in told]
    assert [event.participants[:1], ()] == [bearer.participants for _, _, bearer in told]


def bearer(dossier: Dossier, event: Event) -> BearerCase:
    return bearers(dossier, event)[0]


def test_on_another_date_all_accounts_are_asked_for_that_date(
    facts: Callable[..., EventFacts], dossier: Dossier, event: Event
) -> None:
    disputed = facts(account(date=Dated(edtf="2019-12-30")))
    moved = disputed.at(Dated(edtf="2026-01-01").when)
    assert isinstance(moved, AgreedFacts)
    assert [0, 4] == [one.event_leaves((BOUND,), bearer(dossier, event))[0].verdict for one in (disputed, moved)]


def test_under_other_registers_all_accounts_are_asked_under_them(
    facts: Callable[..., EventFacts], rulebook: Rulebook, dossier: Dossier, event: Event
) -> None:
    register = rulebook.registers["ka"]
    empty = replace(rulebook, registers={"ka": replace(register, records={})})
    found = facts(account(date=Dated(edtf="2027-05-01")))
    results = [one.event_leaves((BOUND,), bearer(dossier, event))[0] for one in (found, found.under(empty))]
    assert ["bound", "unlisted"] == [one.reason for one in results]


def test_the_days_on_which_an_answer_turns_are_those_of_every_account(
    facts: Callable[..., EventFacts], dossier: Dossier, event: Event
) -> None:
    test = StandingTest("ka", "place", ("bound",), continuing=False)
    plain, other = facts(), facts(account(place=Place(country="NLA")))
    days = [set(one.turns(test, bearer(dossier, event))) for one in (plain, other)]
    assert days[0] < days[1]


def test_a_last_day_on_which_accounts_differ_is_not_known(
    facts: Callable[..., EventFacts], dossier: Dossier, event: Event
) -> None:
    found = facts(account(facts=height("5")))
    assert date(2024, 2, 1) == found.due(DUE, bearer(dossier, event))[0]
