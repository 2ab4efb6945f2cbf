"""Explaining one finding among very many events leaves the others alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile, Dossier, Event
from treatycheck.check import Options, check
from treatycheck.consensus import event_facts
from treatycheck.explanations import Wanted, explain, locate
from treatycheck.facts import EventFacts
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]
EVENTS = 10_000


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


@pytest.fixture(scope="module")
def large(rulebook: Rulebook) -> Casefile:
    """One event of the seeds again and again, each under an id of its own."""
    dossier = load_casefile([ROOT / "seeds" / "003_c0438a69f86d6e09.events.yaml"], rulebook).dossiers[0]
    event = next(one for one in dossier.events if one.id == "003-E5")
    return Casefile((replace(dossier, events=tuple(replace(event, id=f"E-{number}") for number in range(EVENTS))),))


def test_one_finding_of_ten_thousand_events_is_explained_without_deciding_the_others(
    rulebook: Rulebook, large: Casefile, monkeypatch: pytest.MonkeyPatch
) -> None:
    (dossier,) = large.dossiers
    alone = Casefile((replace(dossier, events=dossier.events[4321:4322]),))
    expected = check(rulebook, alone, Options(engine="reference")).findings
    asked: list[str] = []

    def counted(law: Rulebook, of: Dossier, event: Event, as_of: date) -> EventFacts:
        asked.append(event.id)
        return event_facts(law, of, event, as_of)

    monkeypatch.setattr("treatycheck.check.event_facts", counted)
    for finding in expected:
        wanted = locate(rulebook, large, finding.id)
        assert isinstance(wanted, Wanted)
        (explained,) = explain(rulebook, large, wanted, Options(engine="reference")).explained
        assert explained.finding == finding
    assert set(asked) == {"E-4321"}
    assert len(expected) > 1
