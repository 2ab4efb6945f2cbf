"""A finding: what it says, rests on, leaves open and depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from treatycheck.casefile.model import Actor, Dated, Dispute, Dossier, Event, Item, Participant, Place, Stated
from treatycheck.check import Decided
from treatycheck.explain.proof import position_use
from treatycheck.explain.tell import tell
from treatycheck.findings import Finding, Node
from treatycheck.rulebook.conditions import AllOf, Condition, DateTest, FactTest, Negation, StatusTest
from treatycheck.rulebook.model import Rulebook

Decide = Callable[..., Decided]
Find = Callable[..., Finding]

STORM = Item(described="storm kites", category=Stated(value="storm_kite", strength="S4"))
TOY = Item(described="toys", category=Stated(value="toy"), model=Stated(value="Wren"), activation=Stated(value="x"))


@pytest.fixture
def find(decide: Decide) -> Find:
    """The finding on an event, for one of its bearers."""

    def found(event: Event, bearer: int = 0, **given: object) -> Finding:
        decided = decide(event, bearer, **given)
        return tell(decided.evidence, decided.rule, decided.bearer, decided.conclusion, "an id")

    return found


@pytest.fixture
def flown(event: Event) -> Event:
    """The army of Northland alone flew storm kites, and nothing is left open."""
    facts = dict(event.facts) | {"burnt": Stated(value="no", strength="S3")}
    return replace(event, participants=event.participants[:1], facts=facts)


def with_rule(rulebook: Rulebook, name: str = "ka-1-fly", **changes: object) -> Rulebook:
    rule = replace(rulebook.rules[name], **changes)  # type: ignore[arg-type]
    return replace(rulebook, rules=dict(rulebook.rules) | {name: rule})


def with_exception(rulebook: Rulebook, when: Condition) -> Rulebook:
    found = replace(rulebook.exceptions["ka-3-rescue"], when=when)
    return replace(rulebook, exceptions={found.id: found})


# The sentence


def test_a_finding_says_who_did_what_and_where(find: Find, flown: Event) -> None:
    found = find(flown)
    assert ("credible_concern", True) == (
        found.outcome,
        f"{found.bearer.display} flew Albatross 3 kites in Westport" in found.message,
    )


def test_conduct_that_is_announced_is_worded_as_foreseen(find: Find, flown: Event) -> None:
    found = find(replace(flown, modality=Stated(value="announced")))
    assert ("anticipated", True) == (found.outcome, "the flying of Albatross 3 kites by " in found.message)


def test_a_rule_without_a_word_for_the_foreseen_uses_its_statement(
    find: Find, flown: Event, rulebook: Rulebook
) -> None:
    plain = replace(rulebook.rules["ka-1-fly"].finding, foreseen="")
    found = find(replace(flown, modality=Stated(value="announced")), within=with_rule(rulebook, finding=plain))
    assert " flew Albatross 3 kites" in found.message


def test_only_objects_that_may_be_in_scope_are_named(find: Find, flown: Event) -> None:
    found = find(replace(flown, objects=(TOY, STORM, replace(STORM, described="more kites"))))
    assert " flew storm kites and more kites in " in found.message


def test_a_rule_on_no_object_names_all_of_them(find: Find, flown: Event, rulebook: Rulebook) -> None:
    found = find(replace(flown, objects=(TOY, STORM)), within=with_rule(rulebook, object=None))
    assert " flew toys and storm kites in " in found.message


def test_where_no_object_may_be_in_scope_the_statement_speaks_of_the_objects(
    find: Find, flown: Event, rulebook: Rulebook
) -> None:
    text = replace(rulebook.rules["ka-1-fly"].finding, statement="{bearer} flew {objects}")
    undecided = with_rule(rulebook, object=None, finding=text)
    assert " flew the objects" in find(replace(flown, objects=()), within=undecided).message


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place(country="WLA"), " in Westland"),
        (Place(country="WLA", described="the harbour"), " in the harbour"),
        (Place(), ""),
        (None, ""),
    ],
)
def test_a_place_is_told_as_described_or_by_its_state(
    find: Find, flown: Event, place: Place | None, words: str
) -> None:
    message = find(replace(flown, place=place)).message
    assert (True, bool(words)) == (f" flew Albatross 3 kites{words}" in message, " kites in " in message)


def test_a_statement_may_name_the_others_who_took_part(find: Find, flown: Event, rulebook: Rulebook) -> None:
    text = replace(rulebook.rules["ka-1-fly"].finding, statement="{bearer} flew for{keeper} on {date}, {act}")
    others = (*flown.participants, *[Participant(actor=name, role="keeper") for name in ("club", "north")])
    found = find(replace(flown, participants=others), within=with_rule(rulebook, finding=text))
    assert " flew for Kite club and Northland on 3 May 2027, flying" in found.message


def test_a_deadline_is_told_with_its_day(find: Find, kept: Event) -> None:
    found = find(kept)
    assert (date(2024, 2, 1), True) == (found.due, "kept storm kites after 1 February 2024" in found.message)


# Why a rule does not apply


def test_an_actor_that_is_not_bound_has_its_acts_told(find: Find, flown: Event) -> None:
    found = find(replace(flown, date=Dated(edtf="2019-06-01")))
    assert ("not_applicable", "not_yet_in_force", True) == (
        found.outcome,
        found.reason,
        "ratified on 1 January 2020" in found.grounds,
    )


def test_an_actor_of_which_no_register_speaks_has_no_acts_to_tell(find: Find, event: Event, rulebook: Rulebook) -> None:
    anybody = FactTest("bearer.kind", "is", ("club",))
    found = find(event, 1, within=with_rule(rulebook, addressee=anybody))
    assert ("actor_not_bound", "", True) == (found.reason, found.status, "Kite club" in found.grounds)


def test_an_exception_that_applies_is_named_with_its_provision(find: Find, flown: Event) -> None:
    found = find(replace(flown, purpose=Stated(value="rescue")))
    assert ("exception_applies", True) == (found.reason, "Rescue, KA, Art. 3" in found.grounds)


def test_whatever_applies_has_no_grounds_against_it(find: Find, flown: Event) -> None:
    assert find(flown).grounds == ""


# What is missing


def asked(found: Finding) -> list[tuple[str, str, str]]:
    return [(one.fact, one.about, one.known) for one in found.missing]


def test_an_open_fact_is_asked_for(find: Find, event: Event) -> None:
    found = find(event)
    assert ("undetermined", [("event.burnt", "", "")], "Is it burnt?") == (
        found.outcome,
        asked(found),
        found.missing[0].question,
    )


def test_an_object_is_asked_about_under_its_own_words(find: Find, flown: Event) -> None:
    found = find(replace(flown, objects=(Item(described="some kites"),)))
    assert {("object.category", "some kites", ""), ("model.category", "some kites", "")} <= set(asked(found))


def test_objects_nobody_recorded_are_asked_for(find: Find, flown: Event) -> None:
    found = find(replace(flown, objects=()))
    assert [("object", "", "")] == asked(found)


def test_what_is_only_alleged_is_told_beside_the_question(find: Find, flown: Event) -> None:
    facts = dict(flown.facts) | {"height": Stated(value="5", strength="S1")}
    found = find(replace(flown, facts=facts))
    assert ("event.height", True) == (found.missing[0].fact, found.missing[0].known.startswith("5 only "))


def test_a_question_is_asked_once(find: Find, flown: Event, rulebook: Rulebook) -> None:
    burnt = FactTest("event.burnt", "is", ("yes",))
    facts = {"height": flown.facts["height"]}
    found = find(replace(flown, facts=facts), within=with_rule(rulebook, place=Negation(burnt)))
    assert [("event.burnt", "", "")] == asked(found)


def test_a_fact_the_vocabulary_does_not_have_is_asked_for_by_its_name(
    find: Find, flown: Event, rulebook: Rulebook
) -> None:
    found = find(flown, within=with_rule(rulebook, place=FactTest("event.colour", "is", ("red",))))
    assert "event.colour" == found.missing[0].question


def test_the_date_is_asked_for_where_a_day_decides(find: Find, flown: Event, rulebook: Rulebook) -> None:
    within = with_rule(
        rulebook, place=DateTest("before", "2027-06-01"), bound=FactTest("bearer.link", "is", ("organ",))
    )
    found = find(replace(flown, date=Dated(edtf="2027")), within=within)
    assert [("date", "", "2027")] == asked(found)


@pytest.mark.parametrize(
    ("edtf", "question"),
    [
        ("2020", "On which day did it happen, as the status of {name} under the Kite Accord changed meanwhile?"),
        ("XXXX", "On which day did it happen, and who says so?"),
        ("2031", "What is the status of {name} under the Kite Accord after the last day of the register?"),
    ],
)
def test_an_open_status_is_asked_for_as_the_register_leaves_it(
    find: Find, flown: Event, edtf: str, question: str
) -> None:
    found = find(replace(flown, date=Dated(edtf=edtf)))
    assert question.format(name="Northland") == found.missing[0].question


def test_a_status_that_turns_on_a_date_nobody_vouches_for_asks_for_the_date(find: Find, flown: Event) -> None:
    found = find(replace(flown, date=Dated(edtf="2027-05-03", strength="S0")))
    assert "On which day did it happen, and who says so?" == found.missing[0].question


@pytest.mark.parametrize(
    ("of", "place", "edtf", "question"),
    [
        (
            "place",
            Place(country="WLA"),
            "2031",
            "What is the status of Westland under the Kite Accord after the last day of the register?",
        ),
        (
            "flyer",
            Place(),
            "2031",
            "What is the status of flyer under the Kite Accord after the last day of the register?",
        ),
        ("place", Place(), "2031", "Which State is it, and what is its status under the Kite Accord?"),
        ("keeper", Place(), "2027", "Which State is it, and what is its status under the Kite Accord?"),
    ],
)
def test_a_status_of_somebody_else_is_asked_for_by_name(
    find: Find, flown: Event, rulebook: Rulebook, of: str, place: Place, edtf: str, question: str
) -> None:
    organ = FactTest("bearer.link", "is", ("organ",))
    within = with_rule(rulebook, place=StatusTest("ka", of, ("signatory",)), bound=organ)
    found = find(replace(flown, place=place, date=Dated(edtf=edtf)), within=within)
    later = ["What binds Army of Northland (Northland) after the last day of the registers?"] if edtf == "2031" else []
    assert [*later, question] == [one.question for one in found.missing]


def test_a_place_that_is_weakly_shown_is_what_is_asked_for(find: Find, flown: Event, rulebook: Rulebook) -> None:
    within = with_rule(rulebook, place=StatusTest("ka", "place", ("bound",)))
    found = find(replace(flown, place=Place(country="WLA", strength="S1")), within=within)
    assert [("place.country", "Did it happen in Westland, and who says so?")] == [
        (one.fact, one.question) for one in found.missing
    ]


def test_a_finding_that_is_settled_asks_for_nothing(find: Find, flown: Event) -> None:
    assert () == find(flown).missing


# Who, and how sure


def test_an_organ_is_named_with_its_state(find: Find, flown: Event) -> None:
    found = find(flown)
    assert (f"{found.bearer.name.removesuffix(' (Northland)')} (Northland)", "NLA") == (
        found.bearer.name,
        found.bearer.code,
    )


def test_a_state_to_which_conduct_might_be_attributed_is_named_through_the_actor(find: Find, event: Event) -> None:
    found = find(event, 2)
    assert "Northland (if the conduct of Kite club is attributed to it)" == found.bearer.display


def test_the_weakest_elements_and_their_strength_are_told(find: Find, flown: Event) -> None:
    found = find(replace(flown, objects=(replace(STORM, category=Stated(value="storm_kite", strength="S1")),)))
    assert ("concern", "S1", ("object",)) == (found.outcome, found.strength, found.weakest)


def test_the_elements_are_the_gates_and_exceptions_in_order(find: Find, flown: Event) -> None:
    found = find(flown)
    assert ["addressee", "bound", "object", "conduct", "ka-3-rescue"] == [element.name for element in found.elements]


def test_an_element_says_its_value_for_each_object(find: Find, flown: Event) -> None:
    unknown = Item(described="others")
    found = find(replace(flown, objects=(TOY, STORM, unknown)))
    element = next(one for one in found.elements if one.name == "object")
    assert "toys: no; storm kites: yes; others: undetermined" == element.detail


def test_an_element_without_objects_says_so(find: Find, flown: Event) -> None:
    element = next(one for one in find(replace(flown, objects=())).elements if one.name == "object")
    assert "no object is recorded" == element.detail


def test_an_element_tells_values_with_their_hedges(find: Find, flown: Event) -> None:
    facts = dict(flown.facts) | {"height": Stated(value="40", hedge="some", quotes=("height",))}
    element = next(one for one in find(replace(flown, facts=facts)).elements if one.name == "conduct")
    assert ("40 (“some”)" in element.detail, "height" in [quote.name for quote in element.quotes]) == (True, True)


def test_an_element_on_a_deadline_tells_the_last_day(find: Find, kept: Event) -> None:
    element = next(one for one in find(kept).elements if one.name == "deadline")
    assert "last day 1 February 2024" == element.detail


def test_the_register_rows_behind_the_elements_are_cited_once(find: Find, flown: Event) -> None:
    assert ["NLA", "Albatross 3"] == [row.key for row in find(flown).registers]


def test_a_finding_cites_the_quotes_of_its_elements(find: Find, flown: Event) -> None:
    assert {"flight", "height"} == {quote.name for quote in find(flown).quotes}


def test_a_finding_whose_elements_rest_on_no_quote_cites_those_of_its_event(find: Find, event: Event) -> None:
    silent = replace(event, participants=event.participants[:1], facts={}, objects=(), strength="S0")
    assert ["flight"] == [quote.name for quote in find(silent).quotes]


def test_a_dispute_outside_the_document_is_told_with_its_source(find: Find, flown: Event) -> None:
    found = find(replace(flown, dispute=Dispute(status="denied", by="the army", according_to="a gazette")))
    assert ("denied", "the army", "a gazette", ()) == (
        found.dispute,
        found.dispute_by,
        found.dispute_according_to,
        found.dispute_quotes,
    )


def test_a_dispute_is_told_with_its_quotes(find: Find, flown: Event) -> None:
    found = find(replace(flown, dispute=Dispute(status="denied", by="the army", quotes=("height",))))
    assert ("denied", "the army", ["height"]) == (
        found.dispute,
        found.dispute_by,
        [quote.name for quote in found.dispute_quotes],
    )


def test_assumptions_are_told(find: Find, flown: Event) -> None:
    assert ("ka-3-rescue",) == find(replace(flown, purpose=None)).assumed_not


# Positions


def answer_to(found: Finding, element: str) -> str:
    return next(one.truth for one in found.elements if one.name == element)


def steps_of(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from steps_of(child)


def test_a_finding_names_the_positions_it_depends_on(find: Find, flown: Event) -> None:
    night = Item(described="kites", activation=Stated(value="at night", strength="S4"))
    found = find(replace(flown, objects=(night,)), positions={"night_kites": "night"})
    assert (["night_kites", "pause"], "contested") == ([one.id for one in found.positions], found.confidence)


def test_an_open_finding_names_the_positions_of_its_satisfied_elements(find: Find, flown: Event) -> None:
    night = Item(described="kites", activation=Stated(value="at night", strength="S4"))
    found = find(replace(flown, objects=(night,), facts={}), positions={"night_kites": "night"})
    assert ("undetermined", "true") == (found.outcome, answer_to(found, "object"))
    assert (["night_kites", "pause"], "contested") == ([one.id for one in found.positions], found.confidence)


def test_a_finding_that_is_ruled_out_names_no_position_of_other_elements(find: Find, flown: Event) -> None:
    night = Item(described="kites", activation=Stated(value="at night", strength="S4"))
    low = {"height": Stated(value="1", strength="S4")}
    found = find(replace(flown, objects=(night,), facts=low), positions={"night_kites": "night"})
    assert ("not_applicable", "true") == (found.outcome, answer_to(found, "object"))
    assert ((), "settled") == (found.positions, found.confidence)


def test_a_proof_names_the_position_that_chose_a_reading(find: Find, flown: Event) -> None:
    night = Item(described="kites", activation=Stated(value="at night", strength="S4"))
    found = find(replace(flown, objects=(night,)), positions={"night_kites": "night"})
    named = {node.position.id for proof in found.proof for node in steps_of(proof) if node.position is not None}
    assert {"night_kites"} == named


def test_a_finding_names_no_position_that_decided_nothing(find: Find, flown: Event) -> None:
    found = find(replace(flown, objects=(STORM,)), positions={"night_kites": "night"})
    assert "night_kites" not in [one.id for one in found.positions]


def test_the_position_on_suspension_counts_for_a_state_that_has_notified_one(
    find: Find, flown: Event, rulebook: Rulebook
) -> None:
    found = find(replace(flown, objects=(STORM,)))
    assert (["pause"], "majority") == ([one.id for one in found.positions], found.confidence)


def test_a_rule_of_its_own_confidence_is_no_more_settled_than_it_says(
    find: Find, flown: Event, rulebook: Rulebook
) -> None:
    assert "open" == find(flown, within=with_rule(rulebook, confidence="open")).confidence


def test_what_is_contested_of_a_rule_is_told(find: Find, flown: Event, rulebook: Rulebook) -> None:
    why = "Whether kites fly is contested."
    doubted = find(flown, within=with_rule(rulebook, confidence="contested", contested_because=why))
    settled = find(flown, within=with_rule(rulebook, confidence="settled", contested_because=why))
    assert ((why,), ()) == (doubted.contested, settled.contested)


def test_a_rule_without_a_confidence_of_its_own_is_as_contested_as_its_instrument(
    find: Find, flown: Event, rulebook: Rulebook
) -> None:
    why = "Whether the accord binds is contested."
    accord = replace(rulebook.instruments["ka"], confidence="open", contested_because=why)
    found = find(flown, within=replace(rulebook, instruments=dict(rulebook.instruments) | {"ka": accord}))
    assert ("open", (why,)) == (found.confidence, found.contested)


def test_a_position_is_told_with_the_answers_that_were_not_chosen(rulebook: Rulebook) -> None:
    use = position_use(rulebook, "night_kites", "night")
    assert ("K-01", "Yes.", "contested", {"no_night": "No."}) == (
        use.reference,
        use.summary,
        use.confidence,
        dict(use.others),
    )


def test_an_instrument_without_members_has_no_suspension(find: Find, flown: Event, rulebook: Rulebook) -> None:
    accord = replace(rulebook.instruments["ka"], membership=None)
    open_to_all = FactTest("bearer.link", "in", ("direct", "organ"))
    within = with_rule(replace(rulebook, instruments={"ka": accord}, registers={}), bound=open_to_all)
    found = find(replace(flown, objects=(STORM,)), within=within)
    assert ((), "") == (found.positions, found.status)


def test_an_exception_that_is_open_asks_for_what_would_settle_it(find: Find, flown: Event, rulebook: Rulebook) -> None:
    burnt, show = FactTest("event.burnt", "is", ("yes",)), FactTest("event.purpose", "is", ("show",))
    facts = {"height": flown.facts["height"]}
    within = with_rule(with_exception(rulebook, AllOf((show, burnt))), when=None)
    found = find(replace(flown, facts=facts), within=within)
    assert ("undetermined", ["event.burnt"]) == (found.outcome, [one.fact for one in found.missing])


def test_an_actor_without_a_state_is_named_as_it_is(find: Find, event: Event, dossier: Dossier) -> None:
    found = find(event, 1)
    assert (Actor(name="Kite club", kind="club").name, "", "Kite club") == (
        found.bearer.name,
        found.bearer.code,
        dossier.actors["club"].name,
    )
