"""What each account says in words: on what accounts differ in, and on nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from treatycheck.casefile.model import SUPPOSED, Account, Attribution, Dated, Dossier, Event, Participant, Place, Stated
from treatycheck.explain.accounts import account_notes, accounts_told, which_account
from treatycheck.rulebook.model import Rulebook


def account(**said: Any) -> Account:
    return Account(**({"according_to": "the club", "quotes": ("club",)} | said))


def with_accounts(event: Event, *accounts: Account, **changes: Any) -> Event:
    return replace(event, accounts=accounts, **changes)


def said(rulebook: Rulebook, dossier: Dossier, event: Event) -> list[str]:
    return [one.says for one in accounts_told(rulebook, dossier, event)]


CLUB = Participant(actor="club", role="flyer", attributed_to=(Attribution(actor="north"),))


@pytest.mark.parametrize(
    ("told", "recorded", "instead"),
    [
        ({"date": Dated(edtf="2027-04")}, "date: 3 May 2027", "date: April 2027"),
        ({"place": Place(country="NLA")}, "place: Westport (Westland)", "place: Northland"),
        ({"place": Place(described="the moor")}, "place: Westport (Westland)", "place: the moor"),
        ({"purpose": Stated(value="rescue")}, "purpose: show", "purpose: rescue"),
        ({"facts": {"height": Stated(value="5", hedge="about")}}, "height: 40", "height: 5 (“about”)"),
        ({"facts": {"burnt": Stated(value="yes")}}, "burnt: not known", "burnt: yes"),
        (
            {"objects": {"1": {"category": Stated(value="storm_kite")}}},
            "Albatross 3 kites, category: not known",
            "Albatross 3 kites, category: storm kite",
        ),
        (
            {"participants": (CLUB,)},
            "flyer: Army of Northland, Northland (if attributed: Kite club)",
            "flyer: Northland (if attributed: Kite club)",
        ),
        (
            {"participants": (Participant(actor="north", role="keeper"),)},
            "keeper: not known",
            "keeper: Northland",
        ),
    ],
)
def test_what_is_recorded_and_what_is_said_instead_stand_side_by_side(
    told: dict[str, Any], recorded: str, instead: str, rulebook: Rulebook, dossier: Dossier, event: Event
) -> None:
    assert [recorded, instead] == said(rulebook, dossier, with_accounts(event, account(**told)))


def test_what_is_recorded_is_told_on_everything_that_any_account_denies(
    rulebook: Rulebook, dossier: Dossier, event: Event
) -> None:
    several = (account(purpose=Stated(value="rescue")), account(place=Place(country="NLA")))
    assert ["purpose: show; place: not known", "purpose: rescue", "place: Northland"] == said(
        rulebook, dossier, with_accounts(event, *several, place=None)
    )


def test_each_account_has_its_own_quotes(rulebook: Rulebook, dossier: Dossier, event: Event) -> None:
    said = account(
        date=Dated(edtf="2027-04", quotes=("market", SUPPOSED)), objects={"1": {"quantity": Stated(value="1")}}
    )
    found = accounts_told(rulebook, dossier, with_accounts(event, said))
    assert [["day", "flight"], ["club", "market"]] == [[quote.name for quote in one.quotes] for one in found]


def test_an_account_is_graded_as_it_is_or_as_the_event(rulebook: Rulebook, dossier: Dossier, event: Event) -> None:
    several = (account(strength="S1", purpose=Stated(value="rescue")), account(purpose=Stated(value="rescue")))
    found = accounts_told(rulebook, dossier, with_accounts(event, *several))
    assert ["S2", "S1", "S2"] == [one.strength for one in found]


def test_without_accounts_that_say_anything_there_is_nothing_to_tell(
    rulebook: Rulebook, dossier: Dossier, event: Event
) -> None:
    assert () == accounts_told(rulebook, dossier, event)
    assert () == accounts_told(rulebook, dossier, with_accounts(event, account()))


def test_the_question_names_every_account(rulebook: Rulebook, dossier: Dossier, event: Event) -> None:
    disputed = with_accounts(event, account(date=Dated(edtf="2027-04")))
    assert (
        "Which account is right: according to witnesses, date: 3 May 2027; according to the club, date: April 2027?"
    ) == which_account(rulebook, dossier, disputed)


def test_the_notes_on_an_account_name_its_source(event: Event) -> None:
    noted = account(
        note="Told later.", date=Dated(edtf="XXXX", resolved="2027-04", basis="It says so.", note="By telephone.")
    )
    assert ["The club: Told later.", "The club: It says so.", "The club: By telephone."] == list(
        account_notes(with_accounts(event, noted))
    )
