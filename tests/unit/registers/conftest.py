"""Small registers of made-up States, written to a folder of the test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from treatycheck.registers.standing import Joining, RegisterTerms, StatusRegister, Suspension
from treatycheck.registers.states import States, load_states
from treatycheck.registers.status import load_status

STATES = """code,name,aliases,source,verified
AAA,Arcadia,Republic of Arcadia|Arcadian,a gazetteer,yes
BBB,Borduria,Bordurian,a gazetteer,yes
CCC,Côte d'Azur,The Azure Coast,a gazetteer,yes
DDD,Drumland,,a gazetteer,yes
"""
STATUS = (
    "code,name,signature,instrument,deposit,entry_into_force,withdrawal_notified,withdrawal_effective,source,verified\n"
)
ACTS = "code,name,act,date,about,summary,source,verified\n"

Write = Callable[[str, str], Path]
Registers = Callable[..., StatusRegister]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        return path

    return written


@pytest.fixture
def states(write: Write) -> States:
    return load_states(write("states.csv", STATES))


@pytest.fixture
def registers(write: Write, states: States) -> Registers:
    """Return a function that loads status rows and act rows, given without their headers."""

    def loaded(
        status: Iterable[str],
        acts: Iterable[str] = (),
        *,
        suspension: Suspension | None = None,
        withdrawal_period: str = "P6M",
    ) -> StatusRegister:
        joining = Joining("first_day_of_month", 6, date(1998, 9, 16), date(1999, 3, 1), ("succession",))
        return load_status(
            write("status.csv", STATUS + "".join(f"{row}\n" for row in status)),
            write("acts.csv", ACTS + "".join(f"{row}\n" for row in acts)),
            instrument="a-treaty",
            states=states,
            terms=RegisterTerms(joining, "provisional-application", suspension, withdrawal_period, "State Party"),
        )

    return loaded
