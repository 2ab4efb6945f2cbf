"""Status files: a bad twin for each pair of dates that cannot follow one another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from treatycheck.errors import InputError
from treatycheck.registers.standing import RegisterTerms, StatusRegister, Suspension
from treatycheck.registers.states import States
from treatycheck.registers.status import STATUS_COLUMNS, load_status

OBJECTIONS = Suspension("suspension", "none", "P3M", "objection")

Registers = Callable[..., StatusRegister]
Write = Callable[[str, str], Path]


def faults(registers: Registers, status: list[str], acts: list[str]) -> list[str]:
    with pytest.raises(InputError) as caught:
        registers(status, acts, suspension=OBJECTIONS)
    return [str(diagnostic).rpartition("/")[2] for diagnostic in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            "2006-01-01,ratification,2005-12-27,2006-06-01,,",
            (
                "status.csv:2:37: error[TC309]: the signature of `AAA` on `2006-01-01` comes after its deposit on "
                "`2005-12-27`\n  help: look both dates up; one of them is wrong"
            ),
        ),
        (
            ",accession,2005-12-27,2005-06-01,,",
            (
                "status.csv:2:35: error[TC309]: the deposit of `AAA` on `2005-12-27` comes after "
                "its entry into force on `2005-06-01`\n  help: look both dates up; one of them is wrong"
            ),
        ),
        (
            ",accession,2005-12-27,2006-07-01,,",
            (
                "status.csv:2:35: error[TC311]: `AAA` is bound from `2006-07-01`, and `2006-06-01` follows from its "
                "deposit on `2005-12-27`\n  help: correct the date, or name the form of consent under "
                "`own_date_instruments` if it has a date of its own"
            ),
        ),
        (
            ",accession,2005-12-27,2006-06-01,2006-05,2006-11-30",
            (
                "status.csv:2:46: error[TC309]: the entry into force of `AAA` on `2006-06-01` comes after "
                "its notice of withdrawal on `2006-05`\n  help: look both dates up; one of them is wrong"
            ),
        ),
        (
            ",accession,2005-12-27,2006-06-01,2025-06-27,2025-12-26",
            (
                "status.csv:2:57: error[TC309]: the notice of withdrawal of `AAA` on `2025-06-27` with its period of "
                "notice, to `2025-12-27`, comes after its withdrawal on `2025-12-26`\n"
                "  help: look both dates up; one of them is wrong"
            ),
        ),
        (
            ",acession,2005-12-27,2006-06-01,,",
            (
                "status.csv:2:14: error[TC309]: `acession` is not a form of consent\n"
                "  help: did you mean `accession` or `succession`?"
            ),
        ),
        (
            ",xyz,2005-12-27,2006-06-01,,",
            (
                "status.csv:2:14: error[TC309]: `xyz` is not a form of consent\n"
                "  help: write one of `acceptance`, `accession`, `approval`, `consent`, `ratification`, `succession`"
            ),
        ),
        (
            ",accession,2005-12-27,,,",
            (
                "status.csv:2:35: error[TC309]: `AAA` has an instrument of accession and no `entry_into_force`\n"
                "  help: write the day, its bounds as `[2026-02-04..2026-11-22]`, or `XXXX` if it is not known"
            ),
        ),
        (
            ",,2005-12-27,,,",
            (
                "status.csv:2:15: error[TC309]: `AAA` has a `deposit` and no `instrument`\n"
                "  help: fill in `instrument`, or empty this cell"
            ),
        ),
        (
            ",accession,2005-12-27,2006-06-01,,2025-12-26",
            (
                "status.csv:2:47: error[TC309]: `AAA` has a `withdrawal_effective` and no `withdrawal_notified`\n"
                "  help: fill in `withdrawal_notified`, or empty this cell"
            ),
        ),
    ],
)
def test_dates_that_cannot_follow_one_another_are_refused(registers: Registers, row: str, expected: str) -> None:
    assert [expected] == faults(registers, [f"AAA,Arcadia,{row},a source,yes"], [])


@pytest.mark.parametrize(
    "row",
    [
        ",succession,2006-10-23,2006-06-03,,",
        "2005-12-27,ratification,2005-12-27,2006-06-01,,",
        ",accession,XXXX,2006-06-01,,",
        ",accession,2005-12-27,XXXX,,",
        ",accession,2005-12-27,[2005-06-01..2006-06-01],,",
        ",accession,2005-12-27,2006-06-01,2025-06-27,2025-12-27",
        ",accession,2005-12-27,2006-06-01,2025-06-27,",
    ],
)
def test_dates_that_can_follow_one_another_are_read(registers: Registers, row: str) -> None:
    assert ["AAA"] == list(registers([f"AAA,Arcadia,{row},a source,yes"]).records)


def test_without_a_period_of_notice_a_withdrawal_may_take_effect_at_once(registers: Registers) -> None:
    row = "AAA,Arcadia,,accession,2005-12-27,2006-06-01,2025-06-27,2025-06-27,a source,yes"
    assert ["AAA"] == list(registers([row], withdrawal_period="").records)


def test_an_act_without_a_date_is_refused(registers: Registers) -> None:
    assert faults(registers, [], ["AAA,Arcadia,declaration,,,said something,a source,yes"]) == [
        (
            "acts.csv:2:25: error[TC306]: the act `declaration` has no date\n"
            "  help: write the day, its bounds as `[2025-07-18..2025-12-05]`, or `XXXX` if it is not known"
        )
    ]


def test_an_objection_that_answers_nobody_is_refused(registers: Registers) -> None:
    assert faults(registers, [], ["AAA,Arcadia,objection,2020,,objects,a source,yes"]) == [
        (
            "acts.csv:2:28: error[TC308]: `objection` does not say whose act it answers\n"
            "  help: write the code of that State in `about`"
        )
    ]


@pytest.mark.parametrize(
    ("about", "remedy"), [("BB", "did you mean `BBB`?"), ("QQQ", "write the code as in the register of States")]
)
def test_an_act_about_no_state_is_refused(registers: Registers, about: str, remedy: str) -> None:
    expected = f"acts.csv:2:28: error[TC308]: `{about}` is not the code of a State\n  help: {remedy}"
    assert [expected] == faults(registers, [], [f"AAA,Arcadia,objection,2020,{about},objects,a source,yes"])


def test_the_faults_of_both_files_are_told_together(registers: Registers) -> None:
    told = faults(registers, ["AAA,Arcadia,,,,,,,,yes"], ["ZZZ,Zembla,declaration,2020,,said something,a source,yes"])
    assert ["acts.csv:2:1", "status.csv:2:19"] == [fault.partition(": ")[0] for fault in told]


def test_an_instrument_may_have_no_register_of_acts(write: Write, states: States) -> None:
    header = ",".join((*STATUS_COLUMNS, "source", "verified"))
    path = write("status.csv", f"{header}\nAAA,Arcadia,accession,,2005-12-27,2006-06-01,,,a source,yes\n")
    register = load_status(path, None, instrument="a-treaty", states=states, terms=RegisterTerms())
    assert (("AAA",), ()) == (tuple(register.records), register.acts)
