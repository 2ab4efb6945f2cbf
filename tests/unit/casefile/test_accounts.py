"""An event as each of its sources tells it; what is wrong in an account is in `tests/bad/accounts.twins`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from treatycheck import cache
from treatycheck.casefile.accounts import versions
from treatycheck.casefile.load import CACHED_MODULES, load_casefile, quote_lists
from treatycheck.casefile.model import Account, Attribution, Casefile, Dated, Event, Participant, Place, Stated
from treatycheck.casefile.words import strengths
from treatycheck.rulebook.load import load_rulebook

ACCOUNTS = """
    accounts:
      - according_to: the club
        quotes: [club]
        strength: S1
        date: {edtf: 2027-05-02}
        place: {country: NLA}
        purpose: rescue
        facts: {height: {value: "5", strength: S2, quotes: [height]}, burnt: "no"}
        objects: {1: {quantity: "1", category: toy}}
        participants: [{actor: club, role: flyer}]
        note: It was told by telephone.
      - {according_to: the army, quotes: [flight], facts: {height: "12"}}
"""


def account(**said: Any) -> Account:
    return Account(**({"according_to": "the club", "quotes": ("club",)} | said))


def told(event: Event, **said: Any) -> Event:
    """The event as one account has it."""
    return versions(replace(event, accounts=(account(**said),)))[1].event


def written(desk: Path) -> Casefile:
    """The casefile of the desk with two accounts in its event file."""
    path = desk / "case" / "market.events.yaml"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + ACCOUNTS, encoding="utf-8")
    return load_casefile([desk / "case"], load_rulebook(desk / "rules"))


# Versions


def test_an_event_without_accounts_is_its_only_version(event: Event) -> None:
    (only,) = versions(event)
    assert event is only.event
    assert ("witnesses", event.quotes) == (only.according_to, only.quotes)


def test_the_event_as_recorded_comes_first_and_then_each_account(event: Event) -> None:
    several = (account(purpose=Stated(value="rescue")), account(according_to="the army", date=Dated(edtf="2027-05-04")))
    found = versions(replace(event, accounts=several))
    assert ["witnesses", "the club", "the army"] == [one.according_to for one in found]
    assert event == found[0].event
    assert [event.quotes, ("club",), ("club",)] == [one.quotes for one in found]


def test_no_version_has_accounts(event: Event) -> None:
    found = versions(replace(event, accounts=(account(purpose=Stated(value="rescue")),)))
    assert [()] * 2 == [one.event.accounts for one in found]


def test_an_account_leaves_what_it_does_not_speak_of(event: Event) -> None:
    purpose = Stated(value="rescue", strength="S1", quotes=("club",))
    assert replace(event, purpose=purpose) == told(event, strength="S1", purpose=Stated(value="rescue"))


@pytest.mark.parametrize(
    ("name", "said"),
    [("date", Dated(edtf="2027-05-02")), ("place", Place(country="NLA")), ("purpose", Stated(value="rescue"))],
)
def test_a_field_takes_the_place_of_the_one_recorded(name: str, said: Any, event: Event) -> None:
    expected = replace(said, strength="S1", quotes=("club",))
    assert expected == getattr(told(event, strength="S1", **{name: said}), name)


def test_a_field_keeps_its_own_strength_and_quotes(event: Event) -> None:
    own = Dated(edtf="2027-05-02", strength="S0", quotes=("day",))
    assert own == told(event, strength="S1", date=own).date


def test_an_account_without_a_strength_has_that_of_the_event(event: Event) -> None:
    assert event.strength == told(event, purpose=Stated(value="rescue")).purpose.strength  # type: ignore[union-attr]


def test_facts_are_added_or_replaced_by_name(event: Event) -> None:
    found = told(event, facts={"height": Stated(value="5"), "burnt": Stated(value="no")}).facts
    assert {"height": "5", "burnt": "no"} == {name: one.value for name, one in found.items()}


def test_an_object_is_told_by_its_place_from_one(event: Event) -> None:
    twice = replace(event, objects=(*event.objects, replace(event.objects[0], described="a kite")))
    found = told(twice, objects={"2": {"quantity": Stated(value="1"), "torn": Stated(value="yes")}}).objects
    assert twice.objects[0] == found[0]
    assert ("a kite", "1", "yes") == (found[1].described, found[1].quantity.value, found[1].facts["torn"].value)  # type: ignore[union-attr]
    assert twice.objects[1].model == found[1].model


def test_participants_take_the_place_of_those_in_the_same_role_alone(event: Event) -> None:
    keeper = Participant(actor="north", role="keeper")
    found = told(
        replace(event, participants=(*event.participants, keeper)),
        participants=(Participant(actor="club", role="flyer"),),
    )
    assert [("north", "keeper"), ("club", "flyer")] == [(one.actor, one.role) for one in found.participants]


def test_what_is_said_of_attribution_is_the_words_of_the_account_too(event: Event) -> None:
    attribution = Attribution(
        actor="north", facts={"ordered": Stated(value="yes")}, indicators=(Stated(value="same colours"),)
    )
    (flyer,) = told(
        event, strength="S1", participants=(Participant(actor="club", role="flyer", attributed_to=(attribution,)),)
    ).participants
    said = (flyer.attributed_to[0].facts["ordered"], *flyer.attributed_to[0].indicators)
    assert [("S1", ("club",))] * 2 == [(one.strength, one.quotes) for one in said]


# Event files


def test_every_form_of_an_account_is_read(desk: Path) -> None:
    club, army = written(desk).dossiers[0].events[0].accounts
    assert (
        account(
            strength="S1",
            date=Dated(edtf="2027-05-02"),
            place=Place(country="NLA"),
            purpose=Stated(value="rescue"),
            facts={"height": Stated(value="5", strength="S2", quotes=("height",)), "burnt": Stated(value="no")},
            objects={"1": {"quantity": Stated(value="1"), "category": Stated(value="toy")}},
            participants=(Participant(actor="club", role="flyer"),),
            note="It was told by telephone.",
        )
        == club
    )
    assert account(according_to="the army", quotes=("flight",), facts={"height": Stated(value="12")}) == army


def test_accounts_come_back_from_the_cache_as_they_were(desk: Path) -> None:
    casefile = written(desk)
    assert casefile == cache.decode(cache.encode(casefile), CACHED_MODULES)


def test_quotes_and_strengths_of_accounts_are_found(desk: Path) -> None:
    event = written(desk).dossiers[0].events[0]
    assert (("accounts", 0, "facts", "height", "quotes"), ("height",)) in list(quote_lists(event))
    assert [("accounts", 0, "facts", "height", "strength"), ("accounts", 0, "strength")] == [
        path for path, _ in strengths(event) if path[0] == "accounts"
    ]
