"""To suppose what is known already moves nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatycheck.casefile.accounts import OF_OBJECTS
from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile, Dossier, Event, Participant
from treatycheck.check import Options
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose import read
from treatycheck.suppose.model import UNKNOWN
from treatycheck.whatif import WhatIf, whatif

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = Options(engine="reference")
RULEBOOK = load_rulebook(ROOT / "rules")
SEEDS = load_casefile([ROOT / "seeds"], RULEBOOK)


def as_stated(event: Event) -> Iterator[str]:
    """Suppositions of what the event says, each as strong as it is said."""
    yield f"act={event.act.value}@{event.act.strength or event.strength}"
    yield f"modality={event.modality.value}@{event.modality.strength or event.strength}"
    yield f"strength={event.strength}"
    yield f"dispute={event.dispute.status}"
    yield f"date={event.date.when.text}@{event.date.strength or event.strength}"
    if event.place is not None and event.place.country:
        yield f"place={event.place.country}@{event.place.strength or event.strength}"
    stated = [("", name, one, event.strength) for name, one in event.facts.items()]
    stated += [("", "purpose", event.purpose, event.strength)] if event.purpose is not None else []
    for number, item in enumerate(event.objects, 1):
        own = {name: one for name in OF_OBJECTS if (one := getattr(item, name)) is not None}
        default = item.strength or event.strength
        stated += [(f"objects.{number}.", name, one, default) for name, one in (own | dict(item.facts)).items()]
    for owner, name, one, default in stated:
        yield f"{owner}{name}={one.value}" + (f"@{one.strength or default}" if one.value != UNKNOWN else "")
    for participant in event.participants:
        if alone(participant, event):
            yield f"{participant.role}={participant.actor}@{participant.strength or event.strength}"
            yield f"{participant.role}.strength={participant.strength or event.strength}"


def alone(participant: Participant, event: Event) -> bool:
    """Whether nobody else takes part in that role, and what this one did is nobody else's conduct."""
    return [participant.role] == [one.role for one in event.participants if one.role == participant.role] and (
        not participant.attributed_to
    )


CASES = [
    (dossier, event, text)
    for dossier in SEEDS.dossiers
    for event in dossier.events
    if not event.accounts
    for text in as_stated(event)
]


def only(dossier: Dossier, event: Event) -> Casefile:
    return replace(SEEDS, dossiers=(replace(dossier, events=(event,)),))


def asked(casefile: Casefile, rulebook: Rulebook = RULEBOOK, **texts: list[str]) -> WhatIf:
    return whatif(rulebook, casefile, read(rulebook, casefile, **texts), OPTIONS)  # type: ignore[arg-type]  # texts


def test_there_are_facts_to_suppose() -> None:
    assert len(CASES) > 200


@given(case=st.sampled_from(CASES))
def test_to_suppose_what_an_event_says_moves_nothing(case: tuple[Dossier, Event, str]) -> None:
    dossier, event, text = case
    found = asked(only(dossier, event), facts=[f"{event.id}.{text}"])
    assert ([], (), ()) == ([move.after.message for move in found.moved], found.new, found.gone)
    assert len(found.before.findings) == found.stay


@given(case=st.sampled_from(CASES), data=st.data())
def test_to_suppose_the_dates_of_a_register_moves_nothing(
    case: tuple[Dossier, Event, str], data: st.DataObject
) -> None:
    dossier, event, _ = case
    name = data.draw(st.sampled_from(sorted(RULEBOOK.registers)))
    code = data.draw(st.sampled_from(sorted(RULEBOOK.registers[name].records)))
    values = RULEBOOK.registers[name].records[code].row.values
    columns = ("signature", "deposit", "entry_into_force", "withdrawal_notified", "withdrawal_effective")
    found = asked(only(dossier, event), states=[f"{code}.{column}.{name}={values[column]}" for column in columns])
    assert ((), (), ()) == (found.moved, found.new, found.gone)


@given(case=st.sampled_from(CASES), data=st.data())
def test_a_quote_that_supports_nothing_of_an_event_moves_nothing(
    case: tuple[Dossier, Event, str], data: st.DataObject
) -> None:
    dossier, event, _ = case
    used = {quote for one in dossier.events if one is event for quote in str(one).split("'")}
    unused = sorted(name for name in dossier.quotes if name not in used)
    if unused:
        found = asked(only(dossier, event), quotes=[f"{event.id}:{data.draw(st.sampled_from(unused))}"])
        assert ((), (), ()) == (found.moved, found.new, found.gone)
        assert "Nothing rests on what is left out alone" == found.suppositions[-1]


@pytest.mark.parametrize("code", ["UKR", "RUS", "LBY", "USA"])
def test_a_supposition_on_a_state_moves_only_what_its_register_speaks_of(code: str) -> None:
    found = asked(SEEDS, states=[f"{code}.status=unknown"])
    through = {gate.after.name for move in found.moved for gate in move.gates}
    assert through <= {"bound", "conduct", "place", "fulfilled", "deadline", *RULEBOOK.exceptions}
