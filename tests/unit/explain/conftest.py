"""The invented rulebook and event, and what a check of a changed event finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from treatycheck.casefile.model import Dossier, Event, Item, Participant, Stated
from treatycheck.check import Decided, decide_event, under
from treatycheck.engine.agreement import Panel
from treatycheck.engine.compile import compile_rulebook
from treatycheck.rulebook.model import Rulebook

Decide = Callable[..., Decided]


@pytest.fixture
def kept(event: Event) -> Event:
    """Northland keeps storm kites: the act that the duty with a last day speaks of."""
    return replace(
        event,
        act=Stated(value="keep"),
        participants=(Participant(actor="north", role="keeper"),),
        objects=(Item(described="storm kites", category=Stated(value="storm_kite", strength="S4")),),
        facts={"burnt": Stated(value="no", strength="S3")},
    )


@pytest.fixture
def decide(rulebook: Rulebook, dossier: Dossier) -> Decide:
    """What is decided of an event, for one of its bearers and one of the rules that speak of it."""

    def decided(
        event: Event, bearer: int = 0, *, within: Rulebook = rulebook, positions: dict[str, str] | None = None
    ) -> Decided:
        program = compile_rulebook(within, positions, act=event.act.value)
        as_of = date(2030, 1, 31)
        with Panel(program.units, "reference") as panel:
            registers = under(within, program.positions, as_of)
            return list(decide_event(registers, program, panel, dossier, event, as_of))[bearer]

    return decided
