"""`--fact`: every form, what it puts into the event, how it is told, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from treatycheck.casefile.model import (
    SUPPOSED,
    Account,
    Actor,
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
from treatycheck.errors import InputError
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose import FactSupposed, read, supposed, told

Reading = Callable[..., tuple[Rulebook, Casefile]]
Telling = Callable[..., list[str]]
Refusal = Callable[..., list[tuple[str, str, str, str]]]


def stated(value: str, strength: str = "S4") -> Stated:
    return Stated(value=value, strength=strength, quotes=(SUPPOSED,), note=SUPPOSED)  # type: ignore[arg-type]  # a name


def event_of(casefile: Casefile) -> Event:
    return casefile.dossiers[0].events[0]


def with_event(casefile: Casefile, **changes: object) -> Casefile:
    dossier = casefile.dossiers[0]
    event = replace(dossier.events[0], **changes)  # type: ignore[arg-type]  # fields of an event
    return replace(casefile, dossiers=(replace(dossier, events=(event,)),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("act=keep", {"act": stated("keep")}),
        ("act=keep@S1", {"act": stated("keep", "S1")}),
        ("modality=announced@S2", {"modality": stated("announced", "S2")}),
        ("date=2027-06", {"date": Dated(edtf="2027-06", strength="S4", quotes=(SUPPOSED,), note=SUPPOSED)}),
        ("date=unknown", {"date": Dated(edtf="XXXX", strength="S4", quotes=(SUPPOSED,), note=SUPPOSED)}),
        ("place=southland", {"place": Place(country="SLA", strength="S4", quotes=(SUPPOSED,), note=SUPPOSED)}),
        ("place=unknown", {"place": None}),
        ("purpose=rescue", {"purpose": stated("rescue")}),
        ("purpose=unknown", {"purpose": None}),
        ("strength=S3", {"strength": "S3"}),
        ("dispute=denied", {"dispute": Dispute(status="denied", note=SUPPOSED)}),
        ("burnt=yes@S0", {"facts": {"height": Stated(value="40", quotes=("height",)), "burnt": stated("yes", "S0")}}),
        ("height=12.5", {"facts": {"height": stated("12.5")}}),
        ("height=unknown", {"facts": {}}),
        ("burnt=unknown", {}),
    ],
)
def test_a_value_is_supposed_of_an_event(
    under: Reading, casefile: Casefile, text: str, expected: dict[str, object]
) -> None:
    assert with_event(casefile, **expected) == under(facts=[f"M-1.{text}"])[1]


@pytest.mark.parametrize("name", ["objects.1", "objects.01", "Albatross 3 kites", "albatross 3 KITES"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("category=toy", {"category": stated("toy")}),
        ("model=Big Bird@S2", {"model": stated("Big Bird", "S2")}),
        ("model=unknown", {"model": None}),
        ("quantity=7", {"quantity": stated("7")}),
        ("origin=the North", {"origin": stated("NLA")}),
        ("strength=S1", {"strength": "S1"}),
    ],
)
def test_a_value_is_supposed_of_an_object(
    under: Reading, casefile: Casefile, name: str, text: str, expected: dict[str, object]
) -> None:
    (item,) = event_of(casefile).objects
    changed = (replace(item, **expected),)  # type: ignore[arg-type]  # fields of an object
    assert with_event(casefile, objects=changed) == under(facts=[f"M-1.{name}.{text}"])[1]


def test_a_fact_of_an_object_stands_among_its_facts(rulebook: Rulebook, casefile: Casefile) -> None:
    facts = {**rulebook.vocabulary.facts, "object.red": replace(rulebook.vocabulary.facts["event.burnt"])}
    coloured = replace(rulebook, vocabulary=replace(rulebook.vocabulary, facts=facts))
    found = supposed(coloured, casefile, read(coloured, casefile, facts=["M-1.objects.1.red=yes"]))[1]
    assert {"red": stated("yes")} == event_of(found).objects[0].facts


def test_an_actor_of_the_file_takes_the_place_of_all_in_a_role(under: Reading, casefile: Casefile) -> None:
    expected = (Participant(actor="club", role="flyer", strength="S2", quotes=(SUPPOSED,), note=SUPPOSED),)
    assert with_event(casefile, participants=expected) == under(facts=["M-1.flyer=club@S2"])[1]


@pytest.mark.parametrize("name", ["Southland", "sla"])
def test_a_state_that_the_file_does_not_have_takes_part(under: Reading, name: str) -> None:
    dossier = under(facts=[f"M-1.keeper={name}"])[1].dossiers[0]
    added = dossier.events[0].participants[-1]
    assert ("SLA", "keeper", 3) == (added.actor, added.role, len(dossier.events[0].participants))
    assert Actor(name="Southland", kind="state", code="SLA", note=SUPPOSED) == dossier.actors["SLA"]


def test_a_state_that_the_file_has_keeps_its_id(under: Reading, casefile: Casefile) -> None:
    dossier = under(facts=["M-1.flyer=Northland"])[1].dossiers[0]
    assert ["north"] == [participant.actor for participant in dossier.events[0].participants]
    assert casefile.dossiers[0].actors == dossier.actors


def test_who_takes_part_may_be_unknown(under: Reading, casefile: Casefile) -> None:
    assert with_event(casefile, participants=()) == under(facts=["M-1.flyer=unknown"])[1]


def test_how_well_it_is_shown_who_takes_part_may_be_supposed(under: Reading) -> None:
    participants = event_of(under(facts=["M-1.flyer.strength=S4"])[1]).participants
    assert ["S4", "S4"] == [participant.strength for participant in participants]


def test_actors_of_another_kind_are_copies(under: Reading, casefile: Casefile) -> None:
    dossier = under(facts=["M-1.flyer.kind=unknown"])[1].dossiers[0]
    actors = [dossier.actors[participant.actor] for participant in dossier.events[0].participants]
    assert [("Army of Northland", "unknown"), ("Kite club", "unknown")] == [(one.name, one.kind) for one in actors]
    assert casefile.dossiers[0].actors == {name: dossier.actors[name] for name in ("army", "north", "club")}


def test_a_fact_of_the_one_attribution_may_be_supposed(under: Reading) -> None:
    club = event_of(under(facts=["M-1.attribution.ordered=yes"])[1]).participants[1]
    assert (Attribution(actor="north", facts={"ordered": stated("yes")}),) == club.attributed_to


def test_one_supposition_builds_on_another(under: Reading) -> None:
    changed = under(facts=["M-1.keeper=WLA@S1", "M-1.keeper.strength=S3"])[1]
    assert "S3" == event_of(changed).participants[-1].strength


ACCOUNT = Account(
    according_to="the club",
    quotes=("club",),
    date=Dated(edtf="2027-05-02"),
    place=Place(country="NLA"),
    purpose=Stated(value="rescue"),
    facts={"height": Stated(value="5")},
    objects={"1": {"category": Stated(value="toy")}},
    participants=(Participant(actor="club", role="flyer", attributed_to=(Attribution(actor="north"),)),),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date=2027-06", {"date": None}),
        ("place=SLA", {"place": None}),
        ("purpose=show", {"purpose": None}),
        ("height=3", {"facts": {}}),
        ("objects.1.category=toy", {"objects": {"1": {}}}),
        ("objects.1.quantity=3", {}),
        ("flyer=NLA", {"participants": ()}),
        ("flyer.strength=S1", {"participants": (replace(ACCOUNT.participants[0], strength="S1"),)}),
    ],
)
def test_no_account_contradicts_what_is_supposed(
    rulebook: Rulebook, casefile: Casefile, text: str, expected: dict[str, object]
) -> None:
    told_twice = with_event(casefile, accounts=(ACCOUNT,))
    found = supposed(rulebook, told_twice, read(rulebook, told_twice, facts=[f"M-1.{text}"]))[1]
    assert (replace(ACCOUNT, **expected),) == event_of(found).accounts  # type: ignore[arg-type]  # fields of an account


def test_the_longest_event_id_that_fits_is_meant(rulebook: Rulebook, casefile: Casefile) -> None:
    event = event_of(casefile)
    events = (event, replace(event, id="M-1.b"))
    both = replace(casefile, dossiers=(replace(casefile.dossiers[0], events=events),))
    (one,) = read(rulebook, both, facts=["M-1.b.act=keep"])
    assert FactSupposed("M-1.b", ("act",), "keep") == one
    changed = supposed(rulebook, both, [one])[1].dossiers[0].events
    assert ["fly", "keep"] == [each.act.value for each in changed]


def test_suppositions_on_events_are_told_in_words(words: Telling) -> None:
    texts = [
        "M-1.act=keep",
        "M-1.modality=announced@S1",
        "M-1.date=2027-06",
        "M-1.place=SLA",
        "M-1.purpose=unknown",
        "M-1.strength=S3",
        "M-1.dispute=denied",
        "M-1.height=12",
        "M-1.objects.1.origin=SLA",
        "M-1.flyer.kind=club",
        "M-1.flyer=army",
        "M-1.keeper=WLA",
        "M-1.keeper.strength=S2",
    ]
    assert words(facts=texts) == [
        "Event M-1: act: keeping (established)",
        "Event M-1: modality: announced (alleged)",
        "Event M-1: date: June 2027 (established)",
        "Event M-1: place: Southland (established)",
        "Event M-1: purpose: not known",
        "Event M-1: strength: S3 (corroborated)",
        "Event M-1: dispute: denied",
        "Event M-1: height: 12 (established)",
        "Event M-1: Albatross 3 kites: origin: Southland (established)",
        "Event M-1: flyer: kind: club",
        "Event M-1: flyer: Army of Northland (established)",
        "Event M-1: keeper: Westland (established)",
        "Event M-1: keeper: strength: S2 (indicated)",
    ]


def test_a_fact_of_an_attribution_is_told_by_its_name(words: Telling) -> None:
    assert ["Event M-1: ordered: yes (established)"] == words(facts=["M-1.attribution.ordered=yes"])


@pytest.mark.parametrize(
    ("text", "code", "message", "remedy"),
    [
        ("M-1.act", "TC510", "`M-1.act` has no `=`", "write `EVENT.FIELD=VALUE`"),
        ("M-1=keep", "TC510", "`M-1` does not say what is supposed of the event", "write `EVENT.FIELD=VALUE`"),
        ("M-2.act=keep", "TC511", "there is no event `M-2`", "did you mean `M-1`?"),
        ("X.act=keep", "TC511", "there is no event `X`", "the events are `M-1`"),
        ("M-1.akt=keep", "TC512", "`akt` is nothing that can be supposed of event `M-1`", "did you mean `act`?"),
        ("M-1.zzz=1", "TC512", "`zzz` is nothing that can be supposed", "it may be `act`, `burnt`, `date`"),
        ("M-1.model=Wren", "TC512", "`model` is said of an object", "write `objects.1.model`"),
        ("M-1.objects.2.model=Wren", "TC512", "event `M-1` has no object `2`", "1 is Albatross 3 kites"),
        ("M-1.objects.x.model=Wren", "TC512", "event `M-1` has no object `x`", "objects are counted from 1"),
        ("M-1.objects.1.modl=Wren", "TC512", "`modl` cannot be supposed of an object", "did you mean `model`?"),
        ("M-1.objects.1.qqq=1", "TC512", "`qqq` cannot be supposed of an object", "it may be `activation`"),
        ("M-1.Albatros 3 kites.model=x", "TC512", "`Albatros 3 kites.model` is nothing", "did you mean `Albatross 3"),
        ("M-1.attribution.orderd=yes", "TC512", "`orderd` cannot be supposed of an attribution", "`ordered`?"),
        ("M-1.flyer.name=x", "TC512", "`name` cannot be supposed of a participant", "`kind`, `strength`"),
        ("M-1.keeper.kind=state", "TC512", "nobody takes part in event `M-1` as `keeper`", "`M-1.keeper=ACTOR`"),
        ("M-1.act=keap", "TC513", "`keap` cannot be supposed as `act`", "did you mean `keep`?"),
        ("M-1.act=unknown", "TC513", "`unknown` cannot be supposed as `act`", "use one of `fly`, `keep`"),
        ("M-1.modality=x", "TC513", "`x` cannot be supposed as `modality`", "use one of `announced`, `occurred`"),
        ("M-1.strength=S5", "TC513", "`S5` cannot be supposed as `strength`", "use one of `S0`"),
        ("M-1.objects.1.strength=x", "TC513", "`x` cannot be supposed as `strength`", "use one of `S0`"),
        ("M-1.dispute=maybe", "TC513", "`maybe` cannot be supposed as `dispute`", "use one of `contradicted`"),
        ("M-1.flyer.kind=clubs", "TC513", "`clubs` cannot be supposed as `kind`", "did you mean `club`?"),
        ("M-1.flyer.kind=state", "TC513", "`Kite club` is not known to be of any State", "`M-1.flyer=STATE`"),
        ("M-1.flyer=Northlnd", "TC513", "`Northlnd` is neither an actor of the file nor a State", "`Northland`"),
        ("M-1.flyer=zzz", "TC513", "`zzz` is neither an actor of the file nor a State", "of market.txt: `army`"),
        ("M-1.height=", "TC513", "`facts.height` has no value", "`unknown` takes away what is known"),
        ("M-1.dispute=none@S2", "TC513", "`dispute` has no strength of its own", "leave out `@S2`"),
        ("M-1.height=unknown@S2", "TC513", "what is not known has no strength", "leave out `@S2`"),
        ("M-1.height=3@S7", "TC513", "unknown strength `S7`", "use one of `S0`, `S1`, `S2`, `S3`, `S4`"),
        ("M-1.height=high", "TC447", "`high` is not a value of `height`", "use a number such as `1200`"),
        ("M-1.burnt=maybe", "TC447", "`maybe` is not a value of `burnt`", "use `yes` or `no`"),
        ("M-1.objects.1.category=tooy", "TC447", "`tooy` is not a value of `category`", "did you mean `toy`?"),
        ("M-1.objects.1.model=Wran", "TC445", "model `Wran` is not in the register", "did you mean `Wren`?"),
        ("M-1.objects.1.origin=Nowhere", "TC442", "`Nowhere` is not the code of a State", ""),
        ("M-1.place=Nowhere", "TC442", "`Nowhere` is not the code of a State", ""),
        ("M-1.date=2027-02-30", "TC448", "`2027-02-30` is not in the calendar", "write `2027-02`"),
    ],
)
def test_what_cannot_be_supposed_of_an_event_is_refused(
    refused: Refusal, text: str, code: str, message: str, remedy: str
) -> None:
    ((option, found, said, help_line),) = refused(facts=[text])
    assert ("--fact", code) == (option, found)
    assert said.startswith(message), said
    assert remedy in help_line


def test_a_fact_is_supposed_once(refused: Refusal) -> None:
    texts = ["M-1.height=3", "M-1.height=4"]
    assert [("--fact", "TC515", "`M-1.height` is supposed twice", "choose one value")] == refused(facts=texts)


def test_everything_that_is_wrong_is_told_together(refused: Refusal) -> None:
    found = refused(states=["NLA.status=x", "Q.status=bound"], facts=["M-1.akt=1", "M-1.height=x"], quotes=["q"])
    assert ["TC447", "TC512", "TC506", "TC513", "TC514"] == [code for _, code, _, _ in found]


def test_an_event_without_an_object_has_none_to_suppose_of(rulebook: Rulebook, casefile: Casefile) -> None:
    bare = with_event(casefile, objects=())
    with pytest.raises(InputError) as caught:
        read(rulebook, bare, facts=["M-1.objects.1.model=Wren", "M-1.model=Wren"])
    assert ["none is recorded there"] * 2 == [one.help.partition(",")[0] for one in caught.value.diagnostics]


def test_two_objects_of_one_description_are_told_apart_by_number(rulebook: Rulebook, casefile: Casefile) -> None:
    item = event_of(casefile).objects[0]
    twice = with_event(casefile, objects=(item, Item(described="kite"), item))
    with pytest.raises(InputError) as caught:
        read(rulebook, twice, facts=["M-1.Albatross 3 kites.model=Wren"])
    (one,) = caught.value.diagnostics
    assert ("several objects are described as `Albatross 3 kites`", True) == (
        one.message,
        one.help.endswith("`objects.1`, `objects.3`"),
    )


def test_the_longest_description_that_fits_is_meant(rulebook: Rulebook, casefile: Casefile) -> None:
    objects = (Item(described="kite"), Item(described="kite.blue"))
    (one,) = read(rulebook, with_event(casefile, objects=objects), facts=["M-1.kite.blue.model=Wren"])
    assert FactSupposed("M-1", ("objects", "2", "model"), "Wren") == one


@pytest.mark.parametrize("count", [0, 2])
def test_a_fact_of_an_attribution_needs_one_attribution(rulebook: Rulebook, casefile: Casefile, count: int) -> None:
    attributed = (Attribution(actor="north"),) * count
    participants = (replace(event_of(casefile).participants[1], attributed_to=attributed),)
    with pytest.raises(InputError) as caught:
        read(rulebook, with_event(casefile, participants=participants), facts=["M-1.attribution.ordered=yes"])
    assert f"event `M-1` has {count or 'no'} attributions" in caught.value.diagnostics[0].message


def test_a_supposition_on_an_event_that_is_not_there_is_a_key_error(rulebook: Rulebook, casefile: Casefile) -> None:
    with pytest.raises(KeyError):
        supposed(rulebook, casefile, [FactSupposed("M-9", ("act",), "keep")])


def test_a_route_that_leads_nowhere_is_a_value_error(rulebook: Rulebook, casefile: Casefile) -> None:
    for route in ((), ("a", "b", "c", "d")):
        one = FactSupposed("M-1", route, "x")
        with pytest.raises(ValueError, match=r"\("):
            supposed(rulebook, casefile, [one])
    with pytest.raises(ValueError, match=r"\(\)"):
        told(FactSupposed("M-1", (), "x"), rulebook, casefile)
