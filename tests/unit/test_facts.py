"""From what a source says of an event to verdicts: strength, silence, contradiction, registers and dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from treatycheck.casefile.model import Attribution, Dated, Dispute, Dossier, Event, Item, Participant, Place, Stated
from treatycheck.engine.program import DeadlineTest, Leaf, StandingTest
from treatycheck.facts import BearerCase, EventFacts, LeafResult, bearers
from treatycheck.registers.standing import StatusRegister
from treatycheck.rulebook.conditions import DateTest, FactTest
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

BURNT = FactTest("event.burnt", "is", ("yes",))
CATEGORY = FactTest("object.category", "is", ("storm_kite",))
MODEL_CATEGORY = FactTest("model.category", "is", ("storm",))
DUE = DeadlineTest("ka-4-burn", "ka", "entry_into_force", "P4Y")
AS_OF = date(2030, 1, 31)


Ask = Callable[..., LeafResult]


@pytest.fixture
def ask(rulebook: Rulebook, dossier: Dossier, event: Event) -> Ask:
    """The result of one leaf for one bearer of the event, changed as given."""

    def asked(test: Leaf, bearer: int = 0, *, within: Rulebook = rulebook, **changes: object) -> LeafResult:
        changed = replace(event, **changes)  # type: ignore[arg-type]
        facts = EventFacts(within, dossier, changed, AS_OF)
        return facts.event_leaves((test,), bearers(dossier, changed)[bearer])[0]

    return asked


@pytest.fixture
def look(rulebook: Rulebook, dossier: Dossier, event: Event) -> Ask:
    """The result of one leaf for one object of the event."""

    def looked(test: FactTest, item: Item, **changes: object) -> LeafResult:
        facts = EventFacts(rulebook, dossier, replace(event, objects=(item,), **changes), AS_OF)  # type: ignore[arg-type]
        return facts.object_leaves((test,))[0][0]

    return looked


def burnt(value: str, **said: object) -> dict[str, Stated]:
    return {"burnt": Stated(value=value, **said)}  # type: ignore[arg-type]


# Who bears a norm


def described(cases: tuple[BearerCase, ...]) -> list[tuple[str, str, str, str]]:
    return [(one.key, one.link, one.code, one.through) for one in cases]


def test_those_who_acted_come_first_and_those_behind_them_last(dossier: Dossier, event: Event) -> None:
    assert [
        ("army", "organ", "NLA", ""),
        ("club", "direct", "", ""),
        ("north through club", "alleged", "NLA", "Kite club"),
    ] == described(bearers(dossier, event))


def test_an_actor_in_two_roles_is_one_bearer(dossier: Dossier, event: Event) -> None:
    twice = (Participant(actor="club", role="flyer"), Participant(actor="club", role="keeper"))
    (found,) = bearers(dossier, replace(event, participants=twice))
    assert ["flyer", "keeper"] == [participant.role for participant in found.participants]


def test_conduct_in_two_roles_is_attributed_once(dossier: Dossier, event: Event) -> None:
    behind = (Attribution(actor="north"),)
    twice = tuple(Participant(actor="club", role=role, attributed_to=behind) for role in ("flyer", "keeper"))
    found = bearers(dossier, replace(event, participants=twice))[1]
    assert ("north through club", 2) == (found.key, len(found.participants))


def test_an_event_nobody_took_part_in_has_no_bearer(dossier: Dossier, event: Event) -> None:
    assert () == bearers(dossier, replace(event, participants=()))


# What is said, and how strongly


@pytest.mark.parametrize(
    ("value", "strength", "expected"),
    [("yes", "S3", 3), ("no", "S3", -3), ("yes", None, 2), ("no", "S0", 0), ("yes", "S0", 0), ("unknown", "S4", 0)],
)
def test_a_fact_is_as_strong_as_it_is_said(ask: Ask, value: str, strength: str | None, expected: int) -> None:
    assert expected == ask(BURNT, facts=burnt(value, strength=strength)).verdict


def test_silence_is_unknown(ask: Ask) -> None:
    assert LeafResult(0) == ask(BURNT, facts={})


def test_a_fact_rests_on_its_own_quotes_or_on_those_of_the_event(ask: Ask) -> None:
    own, shared = (ask(BURNT, facts=burnt("yes", quotes=quotes)).values[0].quotes for quotes in (("height",), ()))
    assert (("height",), ("flight",)) == (own, shared)


@pytest.mark.parametrize(
    ("facts", "operand", "expected"),
    [
        (burnt("no"), "true", 4),
        (burnt("no"), "false", -4),
        ({}, "true", -4),
        ({}, "false", 4),
        (burnt("unknown"), "true", -4),
        (burnt("yes", strength="S0"), "true", -4),
        (burnt("yes", strength="S1"), "true", 4),
    ],
)
def test_whether_something_is_stated_is_always_certain(
    ask: Ask, facts: dict[str, Stated], operand: str, expected: int
) -> None:
    assert expected == ask(FactTest("event.burnt", "is_stated", (operand,)), facts=facts).verdict


@pytest.mark.parametrize(
    ("operator", "operand", "expected"),
    [
        ("above", "40", -2),
        ("above", "39.9", 2),
        ("at_least", "40.0", 2),
        ("at_least", "41", -2),
        ("below", "40", -2),
        ("below", "40.5", 2),
        ("at_most", "40", 2),
        ("at_most", "39", -2),
        ("is", "40", 2),
    ],
)
def test_numbers_are_compared_as_numbers(ask: Ask, operator: str, operand: str, expected: int) -> None:
    assert expected == ask(FactTest("event.height", operator, (operand,))).verdict


def test_one_of_several_values_is_enough(ask: Ask) -> None:
    assert ask(FactTest("event.purpose", "in", ("rescue", "show"))).verdict == 2


@pytest.mark.parametrize(
    ("dispute", "expected"),
    [("none", 4), ("denied", 4), ("contradicted", 2), ("retracted", 0)],
)
def test_contrary_evidence_limits_every_statement(ask: Ask, dispute: str, expected: int) -> None:
    found = ask(BURNT, facts=burnt("yes", strength="S4"), dispute=Dispute(status=dispute))  # type: ignore[arg-type]
    assert expected == found.verdict


def test_what_was_retracted_is_not_stated(ask: Ask) -> None:
    test = FactTest("event.burnt", "is_stated", ("true",))
    assert ask(test, facts=burnt("yes"), dispute=Dispute(status="retracted")).verdict == -4


def test_act_and_modality_are_facts(ask: Ask) -> None:
    found = (ask(FactTest("event.act", "is", ("fly",))), ask(FactTest("event.modality", "is", ("announced",))))
    assert [2, -2] == [one.verdict for one in found]


def test_an_event_without_a_purpose_says_nothing_of_it(ask: Ask) -> None:
    assert ask(FactTest("event.purpose", "is", ("show",)), purpose=None).verdict == 0


def test_the_country_of_the_place_is_a_fact(ask: Ask) -> None:
    place = Place(country="WLA", strength="S3", note="by the map")
    found = ask(FactTest("place.country", "is", ("WLA",)), place=place)
    assert (3, "by the map") == (found.verdict, found.values[0].note)


@pytest.mark.parametrize("place", [None, Place(described="a market")])
def test_a_place_without_a_country_says_nothing_of_it(ask: Ask, place: Place | None) -> None:
    assert ask(FactTest("place.country", "is", ("WLA",)), place=place).verdict == 0


def test_a_role_has_the_values_of_everybody_in_it(ask: Ask) -> None:
    found = ask(FactTest("flyer.kind", "is", ("club",)))
    assert (2, ["state_organ", "club"]) == (found.verdict, [value.value for value in found.values])


def test_an_actor_without_a_code_leaves_the_code_of_its_role_open(ask: Ask) -> None:
    only = (Participant(actor="club", role="flyer"),)
    assert ask(FactTest("flyer.code", "is", ("NLA",)), participants=only).verdict == 0


# What holds for one bearer


@pytest.mark.parametrize(
    ("name", "value", "verdicts"),
    [
        ("bearer.kind", "club", [-4, 4, -4]),
        ("bearer.code", "NLA", [4, 0, 4]),
        ("bearer.link", "alleged", [-4, -4, 4]),
        ("bearer.role", "flyer", [2, 2, 2]),
    ],
)
def test_each_bearer_has_its_own_kind_code_link_and_role(ask: Ask, name: str, value: str, verdicts: list[int]) -> None:
    assert verdicts == [ask(FactTest(name, "is", (value,)), bearer).verdict for bearer in range(3)]


def test_what_is_said_of_attribution_holds_only_for_whom_it_is_said_of(
    dossier: Dossier, rulebook: Rulebook, event: Event
) -> None:
    army, club = event.participants
    behind = (Attribution(actor="north", facts={"ordered": Stated(value="yes", strength="S3")}),)
    changed = replace(event, participants=(army, replace(club, attributed_to=behind)))
    facts = EventFacts(rulebook, dossier, changed, AS_OF)
    tests: tuple[Leaf, ...] = (FactTest("attribution.ordered", "is", ("yes",)),)
    assert [0, 0, 3] == [facts.event_leaves(tests, bearer)[0].verdict for bearer in bearers(dossier, changed)]


def test_other_leaves_may_be_asked_of_the_same_event(dossier: Dossier, rulebook: Rulebook, event: Event) -> None:
    facts = EventFacts(rulebook, dossier, event, AS_OF)
    bearer = bearers(dossier, event)[0]
    first = facts.event_leaves((BURNT,), bearer)
    second = facts.event_leaves((FactTest("event.act", "is", ("fly",)), BURNT), bearer)
    assert ([0], [2, 0]) == ([one.verdict for one in first], [one.verdict for one in second])


# Objects


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (Item(described="kites", category=Stated(value="storm_kite", strength="S4")), 4),
        (Item(described="kites", category=Stated(value="storm_kite"), strength="S3"), 3),
        (Item(described="kites", category=Stated(value="storm_kite")), 2),
        (Item(described="kites", category=Stated(value="toy")), -2),
        (Item(described="kites"), 0),
    ],
)
def test_an_object_has_the_strength_of_its_field_of_itself_or_of_the_event(
    look: Ask, item: Item, expected: int
) -> None:
    assert expected == look(CATEGORY, item).verdict


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (Item(described="kites", category=Stated(value="toy", quotes=("day",)), quotes=("height",)), ("day",)),
        (Item(described="kites", category=Stated(value="toy"), quotes=("height",)), ("height",)),
        (Item(described="kites", category=Stated(value="toy")), ("flight",)),
    ],
)
def test_an_object_rests_on_the_quotes_of_its_field_of_itself_or_of_the_event(
    look: Ask, item: Item, expected: tuple[str, ...]
) -> None:
    assert expected == look(CATEGORY, item).values[0].quotes


def test_other_facts_of_an_object_stand_beside_its_own(look: Ask) -> None:
    item = Item(described="kites", facts={"tail": Stated(value="long")})
    assert look(FactTest("object.tail", "is", ("long",)), item).verdict == 2


def test_a_model_is_looked_up_in_its_register(look: Ask) -> None:
    found = look(MODEL_CATEGORY, Item(described="kites", model=Stated(value="big bird", strength="S3")))
    row = found.values[0].row
    assert row is not None
    assert (3, "Albatross 3") == (found.verdict, row.key)


@pytest.mark.parametrize("model", [None, Stated(value="Heron"), Stated(value="unknown")])
def test_a_model_the_register_does_not_have_tells_nothing(look: Ask, model: Stated | None) -> None:
    assert look(MODEL_CATEGORY, Item(described="kites", model=model)).verdict == 0


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(("verified", "expected"), [("yes", 4), ("partly", 3), ("no", 2)])
def test_a_row_carries_as_much_as_it_was_checked(
    desk: Path, dossier: Dossier, event: Event, verified: str, expected: int
) -> None:
    spoil(desk / "rules/registers/kites.csv", "storm,invented,yes", f"storm,invented,{verified}")
    item = Item(described="kites", model=Stated(value="Albatross 3", strength="S4"))
    facts = EventFacts(load_rulebook(desk / "rules"), dossier, replace(event, objects=(item,)), AS_OF)
    assert expected == facts.object_leaves((MODEL_CATEGORY,))[0][0].verdict


@pytest.mark.parametrize(("category", "expected"), [("fair", 0), ("storm", 2)])
def test_models_that_share_a_name_tell_only_what_they_have_in_common(
    desk: Path, dossier: Dossier, event: Event, category: str, expected: int
) -> None:
    spoil(desk / "rules/registers/kites.csv", "Wren,,fair", f"Wren,Big Bird,{category}")
    item = Item(described="kites", model=Stated(value="Big Bird"))
    facts = EventFacts(load_rulebook(desk / "rules"), dossier, replace(event, objects=(item,)), AS_OF)
    assert expected == facts.object_leaves((MODEL_CATEGORY,))[0][0].verdict


def test_contrary_evidence_limits_what_the_register_says_of_a_model(look: Ask) -> None:
    item = Item(described="kites", model=Stated(value="Albatross 3", strength="S4"))
    found = look(MODEL_CATEGORY, item, dispute=Dispute(status="contradicted"))
    assert found.verdict == 2


def test_each_object_is_asked_for_itself(rulebook: Rulebook, dossier: Dossier, event: Event) -> None:
    items = (Item(described="a"), Item(described="b", category=Stated(value="toy")))
    facts = EventFacts(rulebook, dossier, replace(event, objects=items), AS_OF)
    assert [[0], [-2]] == [[one.verdict for one in results] for results in facts.object_leaves((CATEGORY,))]


# Status


def bound(of: str = "bearer", *standings: str, continuing: bool = False) -> StandingTest:
    return StandingTest("ka", of, standings or ("bound",), continuing)


@pytest.mark.parametrize(("bearer", "expected"), [(0, (2, "bound")), (1, (-4, "not_a_state")), (2, (2, "bound"))])
def test_the_register_says_whether_the_bearer_was_bound(ask: Ask, bearer: int, expected: tuple[int, str]) -> None:
    found = ask(bound(), bearer)
    assert expected == (found.verdict, found.reason)


@pytest.mark.parametrize(("strength", "expected"), [("S4", 4), ("S1", 1)])
def test_an_answer_that_turns_on_the_date_is_no_stronger_than_the_date(ask: Ask, strength: str, expected: int) -> None:
    dated = Dated(edtf="2027-05-03", strength=strength)  # type: ignore[arg-type]
    assert expected == ask(bound(), date=dated).verdict


def test_an_answer_that_does_not_turn_on_the_date_is_as_strong_as_its_row(ask: Ask) -> None:
    found = ask(bound("place"), strength="S1", place=Place(country="WLA", strength="S4"))
    assert (-4, "never_party") == (found.verdict, found.reason)


def test_what_binds_the_state_of_a_place_is_as_strong_as_the_place(ask: Ask) -> None:
    found = ask(bound("place"), strength="S1")
    assert (-1, "never_party") == (found.verdict, found.reason)


def test_the_date_of_an_event_that_is_contradicted_is_contradicted_too(ask: Ask) -> None:
    found = ask(bound(), date=Dated(edtf="2027-05-03", strength="S4"), dispute=Dispute(status="contradicted"))
    assert found.verdict == 2


def test_an_actor_of_unknown_kind_may_be_a_state(ask: Ask, dossier: Dossier) -> None:
    actors = dict(dossier.actors) | {"club": replace(dossier.actors["club"], kind="unknown")}
    strangers = replace(dossier, actors=actors)
    facts = EventFacts(load_rulebook(Path("rules")), strangers, strangers.events[0], AS_OF)
    found = facts.event_leaves((bound(),), bearers(strangers, strangers.events[0])[1])[0]
    assert (0, "not_a_state") == (found.verdict, found.reason)


def test_a_role_is_bound_if_somebody_in_it_is(ask: Ask) -> None:
    assert ask(bound("flyer")).verdict == 2


@pytest.mark.parametrize("of", ["keeper", "place"])
def test_a_role_nobody_has_and_a_place_that_is_not_known_leave_the_status_open(ask: Ask, of: str) -> None:
    found = ask(bound(of), place=Place(described="a market"))
    assert (0, "no_state") == (found.verdict, found.reason)


@pytest.mark.parametrize(("edtf", "reason"), [("2030-02-01", "after_register"), ("2029/2031", "after_register")])
def test_the_register_says_nothing_of_days_after_its_own(ask: Ask, edtf: str, reason: str) -> None:
    found = ask(bound(), date=Dated(edtf=edtf))
    assert (0, reason) == (found.verdict, found.reason)


def test_an_event_that_has_been_reported_is_not_later_than_the_register(ask: Ask) -> None:
    assert ask(bound(), date=Dated(edtf="[2027..]")).verdict == 2


def test_an_event_that_begins_after_the_register_stays_there(ask: Ask) -> None:
    assert ask(bound(), date=Dated(edtf="[2031..]")).reason == "after_register"


def test_who_has_signed_only_is_asked_for_apart(ask: Ask) -> None:
    early = Dated(edtf="2019-06-01")
    found = (ask(bound(), date=early), ask(bound("bearer", "signatory"), date=early))
    assert [(-2, "not_yet_in_force"), (2, "signatory_only")] == [(one.verdict, one.reason) for one in found]


def test_one_of_two_standings_is_enough(ask: Ask) -> None:
    assert ask(bound("bearer", "bound", "signatory"), date=Dated(edtf="2019-06-01")).verdict == 2


def test_conduct_over_a_span_may_continue_into_the_time_of_the_bond(ask: Ask) -> None:
    span = Dated(edtf="2019-06-01/2021-06-01")
    assert [0, 2] == [ask(bound(continuing=continuing), date=span).verdict for continuing in (False, True)]


# Dates and deadlines


@pytest.mark.parametrize(
    ("operator", "day", "expected"),
    [
        ("before", "2027-05-04", 2),
        ("before", "2027-05-03", -2),
        ("on_or_after", "2027-05-03", 2),
        ("on_or_after", "2027-05-04", -2),
    ],
)
def test_the_date_is_compared_with_a_day(ask: Ask, operator: str, day: str, expected: int) -> None:
    assert expected == ask(DateTest(operator, day)).verdict


def test_a_date_that_lies_on_both_sides_leaves_it_open(ask: Ask) -> None:
    assert ask(DateTest("before", "2027-06-01"), date=Dated(edtf="2027")).verdict == 0


def overdue(edtf: str) -> dict[str, object]:
    return {"date": Dated(edtf=edtf, strength="S3")}


@pytest.mark.parametrize(
    ("edtf", "expected"), [("2024-02-01", -3), ("2024-02-02", 3), ("2024", 0), ("2023/2024", 3), ("2023", -3)]
)
def test_a_duty_is_overdue_from_the_day_after_its_last_day(ask: Ask, edtf: str, expected: int) -> None:
    found = ask(DUE, **overdue(edtf))
    assert (expected, date(2024, 2, 1)) == (found.verdict, found.due)


def test_whoever_is_not_bound_has_no_deadline(ask: Ask) -> None:
    found = ask(DUE, 1)
    assert (0, "no_deadline", None) == (found.verdict, found.reason, found.due)


def with_entry(rulebook: Rulebook, edtf: str | None) -> Rulebook:
    register = rulebook.registers["ka"]
    record = replace(register.records["NLA"], entry_into_force=None if edtf is None else Dated(edtf=edtf).when)
    changed = StatusRegister(register.instrument, {"NLA": record}, register.acts, register.terms)
    return replace(rulebook, registers={"ka": changed})


@pytest.mark.parametrize("edtf", ["2020-02", "XXXX", None])
def test_an_entry_into_force_that_is_not_known_to_the_day_gives_no_deadline(
    ask: Ask, rulebook: Rulebook, edtf: str | None
) -> None:
    assert ask(DUE, within=with_entry(rulebook, edtf)).reason == "no_deadline"


def test_a_deadline_may_run_from_a_day_that_the_event_gives(ask: Ask) -> None:
    test = replace(DUE, start="event.asked", period="P28D")
    found = ask(test, facts={"asked": Stated(value="2027-04-01")})
    assert (2, date(2027, 4, 29)) == (found.verdict, found.due)


@pytest.mark.parametrize("facts", [{}, {"asked": Stated(value="unknown")}, {"asked": Stated(value="2027-04")}])
def test_a_day_that_is_not_known_to_the_day_gives_no_deadline(ask: Ask, facts: dict[str, Stated]) -> None:
    assert ask(replace(DUE, start="event.asked", period="P28D"), facts=facts).reason == "no_deadline"
