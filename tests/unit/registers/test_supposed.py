"""A register under a supposition: what a State would be and on whose word; the register itself stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict
from datetime import date

import pytest

from treatycheck.dates import parse
from treatycheck.errors import InputError
from treatycheck.registers.standing import StatusRegister
from treatycheck.registers.states import States
from treatycheck.registers.supposed import STATUSES, with_dates, with_status

Registers = Callable[..., StatusRegister]
DAY = parse("2010-05-01")


@pytest.fixture
def register(registers: Registers) -> StatusRegister:
    return registers(
        (
            "AAA,Arcadia,1999-01-01,ratification,2000-01-10,2000-07-01,,,gazette,yes",
            "BBB,Borduria,,,,,,,gazette,partly",
            "CCC,Côte d'Azur,1999-01-01,,,,,,gazette,no",
        )
    )


@pytest.mark.parametrize(
    ("status", "bound", "signatory", "consented"),
    [
        ("bound", (4, "bound"), (-4, "supposed"), True),
        ("not_bound", (-4, "supposed"), (-4, "supposed"), False),
        ("signatory", (-4, "supposed"), (4, "signatory_only"), False),
        ("unknown", (0, "supposed"), (0, "supposed"), None),
    ],
)
@pytest.mark.parametrize("code", ["AAA", "BBB", "DDD"])
def test_a_supposed_status_holds_in_full_on_every_day(
    register: StatusRegister,
    states: States,
    code: str,
    status: str,
    bound: tuple[int, str],
    signatory: tuple[int, str],
    consented: bool | None,
) -> None:
    supposed = with_status(register, code, status, states)
    found = supposed.bound(code, DAY, provisional=True), supposed.signatory(code, DAY)
    assert [bound, signatory] == [(one.verdict, one.reason) for one in found]
    assert consented is supposed.consented(code, DAY)
    assert {(False, STATUSES[status], "supposed")} == {
        (one.changes, one.sentence, row.verified) for one in found for row in one.rows
    }


def test_a_supposed_status_outlives_an_earlier_day_of_the_registers(register: StatusRegister, states: States) -> None:
    supposed = with_status(register, "AAA", "bound", states).as_of(date(1999, 12, 31))
    assert supposed.bound("AAA", DAY).verdict == 4


def test_who_is_supposed_not_to_be_bound_has_no_acts_and_no_entry(register: StatusRegister, states: States) -> None:
    supposed = with_status(register, "AAA", "not_bound", states)
    assert ((), None) == (supposed.history("AAA"), supposed.entry_into_force("AAA"))


def test_who_is_supposed_to_be_bound_keeps_the_entry_it_has(register: StatusRegister, states: States) -> None:
    supposed = with_status(register, "AAA", "bound", states)
    assert supposed.entry_into_force("AAA") == parse("2000-07-01")


def test_the_register_that_is_given_stays_as_it_is(register: StatusRegister, states: States) -> None:
    before = deepcopy(asdict(register))
    with_status(register, "AAA", "not_bound", states)
    with_dates(register, "AAA", {"deposit": ""}, states, "--set")
    assert before == asdict(register)


def test_a_supposed_deposit_brings_the_entry_that_follows_from_it(register: StatusRegister, states: States) -> None:
    supposed = with_dates(register, "BBB", {"deposit": "2001-03-05"}, states, "--set")
    standing = supposed.bound("BBB", DAY)
    assert (4, "bound") == (standing.verdict, standing.reason)
    assert standing.sentence == (
        "consented to be bound on 5 March 2001, State Party since 1 September 2001, as is supposed in this run"
    )


@pytest.mark.parametrize(
    ("deposit", "entry"),
    [
        ("2001-03", "2001-09-01"),
        ("[2001-03-05..2001-04-05]", "[2001-09-01..2001-10-01]"),
        ("[2001-03-05..]", "[2001-09-01..]"),
        ("[..2001-03-05]", "[..2001-09-01]"),
        ("XXXX", "XXXX"),
        ("9999-12-01", "XXXX"),
    ],
)
def test_an_entry_is_as_imprecise_as_the_supposed_deposit(
    register: StatusRegister, states: States, deposit: str, entry: str
) -> None:
    supposed = with_dates(register, "BBB", {"deposit": deposit}, states, "--set")
    assert supposed.entry_into_force("BBB") == parse(entry)


def test_an_entry_that_no_rule_gives_is_not_known(registers: Registers, states: States) -> None:
    register = registers(("AAA,Arcadia,,succession,2000-01-10,2000-01-10,,,gazette,yes",))
    supposed = with_dates(register, "AAA", {"deposit": "2001-01-10"}, states, "--set")
    assert supposed.entry_into_force("AAA") == parse("XXXX")


def test_an_entry_that_is_supposed_with_the_deposit_stands(register: StatusRegister, states: States) -> None:
    dates = {"deposit": "2001-03-05", "entry_into_force": "2002-01-01"}
    assert with_dates(register, "BBB", dates, states, "--set").entry_into_force("BBB") == parse("2002-01-01")


def test_what_follows_an_act_that_was_not_done_was_not_done_either(register: StatusRegister, states: States) -> None:
    standing = with_dates(register, "AAA", {"deposit": ""}, states, "--set").bound("AAA", DAY)
    assert (-4, "signatory_only") == (standing.verdict, standing.reason)
    assert standing.sentence == "signed on 1 January 1999, has not ratified, as is supposed in this run"


def test_a_supposed_withdrawal_ends_the_bond(register: StatusRegister, states: States) -> None:
    dates = {"withdrawal_notified": "2005-01-01", "withdrawal_effective": "2005-07-01"}
    supposed = with_dates(register, "AAA", dates, states, "--set")
    assert (-4, "ceased") == (supposed.bound("AAA", DAY).verdict, supposed.bound("AAA", DAY).reason)
    assert supposed.bound("AAA", parse("2005-06-30")).verdict == 4


@pytest.mark.parametrize(
    ("changes", "flag", "verdict"),
    [({"signature": "1998-01-01"}, "supposed", -4), ({"deposit": "2001-03-05"}, "supposed, no", 2)],
)
def test_what_a_row_keeps_is_known_no_better_than_before(
    register: StatusRegister, states: States, changes: dict[str, str], flag: str, verdict: int
) -> None:
    standing = with_dates(register, "CCC", changes, states, "--set").bound("CCC", DAY)
    assert [(flag, verdict)] == [(row.verified, standing.verdict) for row in standing.rows]


def test_a_supposed_row_says_what_is_supposed_and_where_the_rest_is_from(
    register: StatusRegister, states: States
) -> None:
    supposed = with_dates(register, "CCC", {"deposit": "2001-03-05"}, states, "--set")
    assert supposed.records["CCC"].row.source == (
        "supposed in this run: deposit, entry into force; for the rest, gazette"
    )


@pytest.mark.parametrize(
    ("code", "changes", "message"),
    [
        ("BBB", {"entry_into_force": "2001-01-01"}, "`BBB` has a `entry_into_force` and no `deposit`"),
        ("BBB", {"withdrawal_notified": "2001-01-01"}, "`BBB` has a `withdrawal_notified` and no `deposit`"),
        (
            "AAA",
            {"withdrawal_effective": "2001-01-01"},
            "`AAA` has a `withdrawal_effective` and no `withdrawal_notified`",
        ),
        (
            "AAA",
            {"withdrawal_notified": "1999-12-01"},
            "the entry into force of `AAA` on `2000-07-01` comes after its notice of withdrawal on `1999-12-01`",
        ),
    ],
)
def test_dates_that_cannot_follow_one_another_are_refused(
    register: StatusRegister, states: States, code: str, changes: dict[str, str], message: str
) -> None:
    with pytest.raises(InputError) as caught:
        with_dates(register, code, changes, states, "--set")
    assert [("--set", 0, message)] == [(one.file, one.line, one.message) for one in caught.value.diagnostics]
