"""`--without`: what rests on a quote alone is not known any more, all else stays; and how a quote is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from treatycheck.casefile.model import (
    SUPPOSED,
    Account,
    Attribution,
    Casefile,
    Dated,
    Dispute,
    Event,
    Item,
    Participant,
    Place,
    Stated,
)
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose import QuoteLost, read, supposed, unsupported
from treatycheck.suppose.quotes import without, without_quotes

Reading = Callable[..., tuple[Rulebook, Casefile]]
Refusal = Callable[..., list[tuple[str, str, str, str]]]


@pytest.mark.parametrize("name", ["height", "market.txt:height", "M-1:height", "{path}:height"])
def test_a_quote_is_named_by_itself_or_with_its_file_or_an_event(
    rulebook: Rulebook, casefile: Casefile, name: str
) -> None:
    path = casefile.dossiers[0].path
    assert (QuoteLost(path, "height"),) == read(rulebook, casefile, quotes=[name.format(path=path)])


def test_what_rests_on_a_quote_alone_is_gone_and_nothing_else(under: Reading, casefile: Casefile) -> None:
    event = casefile.dossiers[0].events[0]
    changed = under(quotes=["height"])[1]
    assert (replace(event, facts={}),) == changed.dossiers[0].events
    assert casefile.dossiers[0].quotes == changed.dossiers[0].quotes


def test_an_event_without_a_quote_of_its_own_is_not_checked(under: Reading) -> None:
    assert () == under(quotes=["flight"])[1].dossiers[0].events


@pytest.mark.parametrize(
    ("quotes", "code", "message", "remedy"),
    [
        (["hight"], "TC514", "there is no quote `hight`", "did you mean `height`"),
        (["M-1:hight"], "TC514", "there is no quote `M-1:hight`", "did you mean `M-1:height`"),
        (["zzz"], "TC514", "there is no quote `zzz`", "the quotes are `club`, `day`, `flight`, `height`, `market`"),
    ],
)
def test_a_quote_that_no_document_has_is_refused(
    refused: Refusal, quotes: list[str], code: str, message: str, remedy: str
) -> None:
    ((option, found, said, help_line),) = refused(quotes=quotes)
    assert ("--without", code, message, True) == (option, found, said, remedy in help_line)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("other.txt", "write `market.txt:height` or `other.txt:height`"),
        ("market.txt", "write `case/market.events.yaml:height` or `elsewhere/market.events.yaml:height`"),
    ],
)
def test_a_quote_of_several_documents_has_to_be_named_with_its_file(
    rulebook: Rulebook, casefile: Casefile, file: str, expected: str
) -> None:
    (one,) = casefile.dossiers
    first = replace(one, path="case/market.events.yaml")
    other = replace(one, path="elsewhere/market.events.yaml", entry=replace(one.entry, file=file), events=())
    both = replace(casefile, dossiers=(first, other))
    with pytest.raises(Exception, match="several quotes are named `height`") as caught:
        read(rulebook, both, quotes=["height"])
    assert expected in str(caught.value)
    assert (QuoteLost(first.path, "height"),) == read(rulebook, both, quotes=["M-1:height"])


def test_a_quote_is_lost_for_fused_events_too(rulebook: Rulebook, casefile: Casefile) -> None:
    (source,) = casefile.dossiers
    fused = replace(
        source.events[0],
        id="F-1",
        quotes=("m:flight",),
        act=Stated(value="fly"),
        date=Dated(edtf="2027-05-03", quotes=("m:day",)),
        place=None,
        participants=(),
        facts={"height": Stated(value="40", quotes=("m:height",))},
    )
    dossier = replace(source, path="a.fusion.yaml", events=(fused,), quotes={}, sources={"m": source})
    both = replace(casefile, dossiers=(source, dossier))
    (one,) = read(rulebook, both, quotes=["F-1:m:height"])
    assert QuoteLost(source.path, "height") == one
    assert [{}, {}] == [each.events[0].facts for each in without(both, [one]).dossiers]


def test_nothing_is_left_of_an_event_is_told_where_a_fact_of_it_is_supposed(refused: Refusal) -> None:
    assert [
        (
            "--fact",
            "TC511",
            "nothing is left of event `M-1` without the quotes that are taken away",
            "leave out the `--without` on which it rests",
        )
    ] == refused(quotes=["flight"], facts=["M-1.act=keep"])


def test_what_is_supposed_outlives_the_quotes(rulebook: Rulebook, casefile: Casefile) -> None:
    suppositions = read(rulebook, casefile, facts=["M-1.height=12"], quotes=["height"])
    event = supposed(rulebook, casefile, suppositions)[1].dossiers[0].events[0]
    assert Stated(value="12", strength="S4", quotes=(SUPPOSED,), note=SUPPOSED) == event.facts["height"]


def test_no_quote_taken_away_changes_nothing(casefile: Casefile) -> None:
    assert casefile is without(casefile, [])


# One event by itself: `a` and `b` are lost in turn.

BOTH = Stated(value="x", quotes=("a", "b"))
ONE = Stated(value="x", quotes=("a",))
BARE = Stated(value="x")


def event(**fields: object) -> Event:
    blank: dict[str, object] = {
        "id": "E",
        "title": "E",
        "act": BARE,
        "modality": BARE,
        "date": Dated(edtf="2020"),
        "strength": "S2",
        "quotes": ("z",),
        "source": None,
    }
    return Event(**{**blank, **fields})  # type: ignore[arg-type]  # the fields of a test


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"act": BOTH}, {"act": Stated(value="x", quotes=("b",))}),
        ({"modality": BOTH}, {"modality": Stated(value="x", quotes=("b",))}),
        ({"quotes": ("a", "z")}, {"quotes": ("z",)}),
        ({"date": Dated(edtf="2020", resolved="2021", quotes=("a",))}, {"date": Dated(edtf="XXXX")}),
        ({"place": Place(country="NLA", quotes=("a",))}, {"place": None}),
        ({"place": Place(country="NLA")}, {"place": Place(country="NLA")}),
        ({"purpose": ONE}, {"purpose": None}),
        ({"purpose": BARE}, {"purpose": BARE}),
        ({"facts": {"p": ONE, "q": BARE}}, {"facts": {"q": BARE}}),
        ({"dispute": Dispute(status="denied", quotes=("a",))}, {"dispute": Dispute()}),
        ({"dispute": Dispute(status="denied")}, {"dispute": Dispute(status="denied")}),
        ({"participants": (Participant(actor="p", role="r", quotes=("a",)),)}, {"participants": ()}),
        (
            {
                "participants": (
                    Participant(
                        actor="p",
                        role="r",
                        attributed_to=(Attribution(actor="s", facts={"f": ONE}, indicators=(ONE, BARE)),),
                    ),
                )
            },
            {
                "participants": (
                    Participant(actor="p", role="r", attributed_to=(Attribution(actor="s", indicators=(BARE,)),)),
                )
            },
        ),
        ({"objects": (Item(described="o", quotes=("a",), model=BARE),)}, {"objects": ()}),
        (
            {"objects": (Item(described="o", model=ONE, facts={"f": BARE}),)},
            {"objects": (Item(described="o", facts={"f": BARE}),)},
        ),
        (
            {"objects": (Item(described="o", quotes=("a",), model=BARE, origin=Stated(value="x", quotes=("b",))),)},
            {"objects": (Item(described="o", quotes=("b",), origin=Stated(value="x", quotes=("b",))),)},
        ),
        ({"accounts": (Account(according_to="s", quotes=("a",)),)}, {"accounts": ()}),
        (
            {
                "objects": (Item(described="o", quotes=("a",)), Item(described="p")),
                "accounts": (
                    Account(
                        according_to="s",
                        quotes=("b",),
                        date=Dated(edtf="2021", quotes=("a",)),
                        place=Place(country="NLA", quotes=("a",)),
                        purpose=ONE,
                        facts={"f": ONE},
                        participants=(Participant(actor="p", role="r", quotes=("a",)),),
                        objects={"1": {"model": BARE}, "2": {"model": ONE, "origin": BARE}},
                    ),
                ),
            },
            {
                "objects": (Item(described="p"),),
                "accounts": (Account(according_to="s", quotes=("b",), objects={"1": {"origin": BARE}}),),
            },
        ),
    ],
)
def test_without_its_quotes_a_part_is_not_known(before: dict[str, object], after: dict[str, object]) -> None:
    assert event(**after) == without_quotes(event(**before), {"a"})


@pytest.mark.parametrize("fields", [{"act": ONE}, {"modality": ONE}, {"quotes": ("a",)}])
def test_nothing_is_left_of_an_event_without_its_act_or_its_own_quotes(fields: dict[str, object]) -> None:
    assert without_quotes(event(**fields), {"a"}) is None


@pytest.mark.parametrize(
    ("quotes", "expected"),
    [
        (["height"], "Not known any more: of event M-1: height"),
        (["flight"], "Not known any more: event M-1 as a whole"),
        (["club", "day", "market"], "Not known any more: of event M-1: date, place, flyer"),
        ([], "Nothing rests on what is left out alone"),
    ],
)
def test_what_is_not_known_any_more_is_told(casefile: Casefile, quotes: list[str], expected: str) -> None:
    lost = [QuoteLost(casefile.dossiers[0].path, name) for name in quotes]
    assert expected == unsupported(casefile, without(casefile, lost))


def test_objects_purposes_disputes_and_accounts_that_are_lost_are_told(casefile: Casefile) -> None:
    full = event(
        purpose=ONE,
        objects=(Item(described="a kite", model=ONE, facts={"f": BARE}),),
        dispute=Dispute(status="denied", quotes=("a",)),
        accounts=(Account(according_to="the club", quotes=("a",)), Account(according_to="the army", quotes=("b",))),
    )
    dossier = replace(casefile.dossiers[0], events=(full,))
    given = replace(casefile, dossiers=(dossier,))
    assert unsupported(given, without(given, [QuoteLost(dossier.path, "a")])) == (
        "Not known any more: of event E: purpose, dispute, a kite, account of the club"
    )
