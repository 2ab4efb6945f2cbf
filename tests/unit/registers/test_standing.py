"""Standing: bound or not on a date, with the days around every change and every doubt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from treatycheck.dates import parse
from treatycheck.errors import DefectError
from treatycheck.registers.standing import RegisterTerms, Standing, StatusRegister, Suspension
from treatycheck.registers.states import States
from treatycheck.registers.status import STATUS_COLUMNS, load_status

PARTY = "AAA,Arcadia,1999-02-24,ratification,2005-12-27,2006-06-01,,,a source,yes"
LEFT = "AAA,Arcadia,,accession,2003-05-12,2003-11-01,2025-06-27,2025-12-27,a source,yes"
NOTIFIED = "AAA,Arcadia,,accession,2003-05-12,2003-11-01,2026-06-27,,a source,yes"
RECENT = "AAA,Arcadia,,accession,[2026-02-04..2026-11-22],[2026-08-01..2027-05-01],,,a source,partly"
APPLIED = "AAA,Arcadia,provisional-application,2005-12-27,,applies it,a source,partly"
SUSPENDED = "AAA,Arcadia,suspension,2025-07-18,,suspends it,a source,yes"
OBJECTED = "BBB,Borduria,objection,[2025-07-18..2025-12-05],AAA,objects,a source,partly"

SIGNED = "AAA,Arcadia,1999-02-24,,,,,,a source,yes"
SILENT = "AAA,Arcadia,,,,,,,a source,yes"

Registers = Callable[..., StatusRegister]
Write = Callable[[str, str], Path]


def suspension(effect: str) -> Suspension:
    return Suspension("suspension", effect, "P3M", "objection")


def brief(standing: Standing) -> tuple[int, str]:
    return standing.verdict, standing.reason


@pytest.mark.parametrize(
    ("row", "when", "expected"),
    [
        (PARTY, "2006-05-31", (-4, "not_yet_in_force")),
        (PARTY, "2006-06-01", (4, "bound")),
        (PARTY, "2006-06-02", (4, "bound")),
        (PARTY, "2006-06", (4, "bound")),
        (PARTY, "2006", (0, "date_straddles")),
        (PARTY, "2006-05-31/2006-06-01", (0, "date_straddles")),
        (PARTY, "2006-06-20~", (0, "date_straddles")),
        (PARTY, "[2006-06-01..]", (4, "bound")),
        (PARTY, "XXXX", (0, "date_straddles")),
        (LEFT, "2003-10-31", (-4, "not_yet_in_force")),
        (LEFT, "2025-06-27", (4, "bound")),
        (LEFT, "2025-12-26", (4, "bound")),
        (LEFT, "2025-12-27", (-4, "ceased")),
        (LEFT, "2025-12-28", (-4, "ceased")),
        (LEFT, "2025-12", (0, "date_straddles")),
        (LEFT, "[2000..2026]", (0, "date_straddles")),
        (RECENT, "2021", (-3, "not_yet_in_force")),
        (RECENT, "2026-07-31", (-3, "not_yet_in_force")),
        (RECENT, "2026-08-01", (0, "date_not_certain_in_register")),
        (RECENT, "2026-11-23", (0, "date_not_certain_in_register")),
        (RECENT, "2027-05-01", (3, "bound")),
        (RECENT, "2026", (0, "date_not_certain_in_register")),
        (RECENT, "[2026..2027]", (0, "date_straddles")),
        (RECENT, "XXXX", (0, "date_straddles")),
    ],
)
def test_a_state_is_bound_from_entry_into_force_to_before_its_withdrawal(
    registers: Registers, row: str, when: str, expected: tuple[int, str]
) -> None:
    assert expected == brief(registers([row]).bound("AAA", parse(when)))


@pytest.mark.parametrize(
    ("dates", "when", "expected"),
    [
        ("2003-05-12,XXXX,,", "2010", (0, "date_not_certain_in_register")),
        ("XXXX,[..2004-01-01],,", "2003", (0, "date_not_certain_in_register")),
        ("XXXX,[..2004-01-01],,", "2004-01-01", (4, "bound")),
        ("2003-05-12,2003-11-01,2025-06-27,XXXX", "2003-10-31", (-4, "not_yet_in_force")),
        ("2003-05-12,2003-11-01,2025-06-27,XXXX", "2010", (0, "date_not_certain_in_register")),
        ("2003-05-12,2003-11-01,2025-06-27,[2025-12-27..2026-01-10]", "2025-12-26", (4, "bound")),
        (
            "2003-05-12,2003-11-01,2025-06-27,[2025-12-27..2026-01-10]",
            "2026-01-09",
            (0, "date_not_certain_in_register"),
        ),
        ("2003-05-12,2003-11-01,2025-06-27,[2025-12-27..2026-01-10]", "2026-01-10", (-4, "ceased")),
    ],
)
def test_a_change_on_an_open_day_leaves_open_what_hangs_on_it(
    registers: Registers, dates: str, when: str, expected: tuple[int, str]
) -> None:
    register = registers([f"AAA,Arcadia,,accession,{dates},a source,yes"])
    assert expected == brief(register.bound("AAA", parse(when)))


@pytest.mark.parametrize(
    ("period", "when", "expected"),
    [
        ("P6M", "2026-12-26", (4, "bound")),
        ("P6M", "2026-12-27", (0, "date_not_certain_in_register")),
        ("", "2026-06-26", (4, "bound")),
        ("", "2026-06-27", (0, "date_not_certain_in_register")),
    ],
)
def test_a_notice_whose_effect_is_not_shown_ends_nothing_before_its_period(
    registers: Registers, period: str, when: str, expected: tuple[int, str]
) -> None:
    register = registers([NOTIFIED], withdrawal_period=period)
    assert expected == brief(register.bound("AAA", parse(when)))


@pytest.mark.parametrize(("verified", "strength"), [("yes", 4), ("partly", 3), ("no", 2)])
def test_the_flag_of_the_row_limits_a_verdict_either_way(registers: Registers, verified: str, strength: int) -> None:
    register = registers([PARTY.removesuffix("yes") + verified])
    verdicts = [register.bound("AAA", parse(when)).verdict for when in ("2005", "2007")]
    assert verdicts == [-strength, strength]


@pytest.mark.parametrize("when", ["2021-03-26", "2021", "XXXX"])
def test_a_state_that_never_joined_is_not_bound_whatever_the_date(registers: Registers, when: str) -> None:
    standing = registers(["AAA,Arcadia,,,,,,,a source,yes"]).bound("AAA", parse(when))
    assert (-4, "never_party", False) == (*brief(standing), standing.changes)


def test_a_state_that_only_signed_is_not_bound_whatever_the_date(registers: Registers) -> None:
    standing = registers(["AAA,Arcadia,1999-02-24,,,,,,a source,yes"]).bound("AAA", parse("XXXX"))
    assert (-4, "signatory_only", False) == (*brief(standing), standing.changes)


def test_for_a_party_the_answer_depends_on_the_date(registers: Registers) -> None:
    assert registers([PARTY]).bound("AAA", parse("2020")).changes


@pytest.mark.parametrize("ask", [StatusRegister.bound, StatusRegister.signatory])
def test_of_a_state_that_is_not_listed_nothing_is_known(registers: Registers, ask: Callable[..., Standing]) -> None:
    expected = Standing(0, "unlisted", changes=False, rows=(), sentence="is not listed in the register")
    assert expected == ask(registers([PARTY]), "BBB", parse("2020"))


def test_an_answer_names_the_row_it_rests_on_and_tells_it(registers: Registers) -> None:
    standing = registers([PARTY]).bound("AAA", parse("2020"))
    expected = "signed on 24 February 1999, ratified on 27 December 2005, State Party since 1 June 2006"
    assert (["AAA"], expected) == ([row.key for row in standing.rows], standing.sentence)


def test_the_same_question_has_the_same_answer(registers: Registers) -> None:
    register = registers([PARTY])
    assert register.bound("AAA", parse("2020")) is register.bound("AAA", parse("2020"))


@pytest.mark.parametrize(
    ("when", "continuing", "expected"),
    [
        ("2006-05-01/2006-07-01", True, (4, "bound")),
        ("2006-05-01/2006-07-01", False, (0, "date_straddles")),
        ("2006-05-01/2006-05-31", True, (-4, "not_yet_in_force")),
        ("2006", True, (0, "date_straddles")),
        ("2005/..", True, (0, "date_straddles")),
        ("2010/..", True, (4, "bound")),
    ],
)
def test_continuing_conduct_is_covered_if_it_goes_on_while_the_state_is_bound(
    registers: Registers, when: str, continuing: bool, expected: tuple[int, str]
) -> None:
    assert expected == brief(registers([PARTY]).bound("AAA", parse(when), continuing=continuing))


@pytest.mark.parametrize(
    ("when", "provisional", "expected"),
    [
        ("2005-12-26", True, (-4, "not_yet_in_force")),
        ("2005-12-27", True, (3, "provisional")),
        ("2005-12-27", False, (-4, "not_yet_in_force")),
        ("2005-12", True, (0, "date_straddles")),
        ("[2005-12-27..2006-12-31]", True, (3, "provisional")),
        ("[2005-12-27..2006-12-31]", False, (0, "date_straddles")),
        ("2006-06-01", True, (4, "bound")),
    ],
)
def test_provisional_application_binds_early_where_it_is_asked_for(
    registers: Registers, when: str, provisional: bool, expected: tuple[int, str]
) -> None:
    register = registers([PARTY], [APPLIED])
    assert expected == brief(register.bound("AAA", parse(when), provisional=provisional))


def test_provisional_application_is_told_with_its_row(registers: Registers) -> None:
    standing = registers([PARTY], [APPLIED]).bound("AAA", parse("2006-01-01"), provisional=True)
    assert standing.sentence.endswith("State Party since 1 June 2006, applied provisionally on 27 December 2005")
    assert ["AAA", "AAA/provisional-application/2005-12-27"] == [row.key for row in standing.rows]


def test_provisional_application_ends_with_the_withdrawal(registers: Registers) -> None:
    register = registers([LEFT], [APPLIED.replace("2005-12-27", "2003-05-12")])
    assert (-4, "ceased") == brief(register.bound("AAA", parse("2025-12-27"), provisional=True))


@pytest.mark.parametrize(
    ("row", "when", "provisional", "expected"),
    [
        (SIGNED, "2005-12-26", True, (-4, "signatory_only")),
        (SIGNED, "2005-12-27", True, (3, "provisional")),
        (SIGNED, "2030", True, (3, "provisional")),
        (SIGNED, "2005-12", True, (0, "date_straddles")),
        (SIGNED, "2005-12-27", False, (-4, "signatory_only")),
        (SILENT, "2005-12-26", True, (-4, "never_party")),
        (SILENT, "2005-12-27", True, (3, "provisional")),
    ],
)
def test_provisional_application_needs_no_entry_into_force(
    registers: Registers, row: str, when: str, provisional: bool, expected: tuple[int, str]
) -> None:
    register = registers([row], [APPLIED])
    assert expected == brief(register.bound("AAA", parse(when), provisional=provisional))


@pytest.mark.parametrize(("provisional", "expected"), [(True, True), (False, False)])
def test_without_entry_into_force_the_date_matters_only_if_a_declaration_does(
    registers: Registers, provisional: bool, expected: bool
) -> None:
    standing = registers([SIGNED], [APPLIED]).bound("AAA", parse("2004"), provisional=provisional)
    assert expected is standing.changes


@pytest.mark.parametrize(
    ("effect", "when", "expected"),
    [
        ("none", "2025-07-18", (4, "bound")),
        ("from_act", "2006-05-31", (-4, "not_yet_in_force")),
        ("from_act", "2025-07-17", (4, "bound")),
        ("from_act", "2025-07-18", (-3, "suspended")),
        ("from_act", "2026-11-23", (-3, "suspended")),
        ("from_act", "2025-07", (0, "date_straddles")),
        ("delayed", "2025-10-17", (4, "bound")),
        ("delayed", "2025-10-18", (-3, "suspended")),
    ],
)
def test_a_suspension_has_the_effect_its_reading_gives_it(
    registers: Registers, effect: str, when: str, expected: tuple[int, str]
) -> None:
    register = registers([PARTY], [SUSPENDED], suspension=suspension(effect))
    assert expected == brief(register.bound("AAA", parse(when)))


@pytest.mark.parametrize(("effect", "expected"), [("delayed", (4, "bound")), ("from_act", (-3, "suspended"))])
def test_an_objection_stops_a_delayed_suspension_only(
    registers: Registers, effect: str, expected: tuple[int, str]
) -> None:
    register = registers([PARTY], [SUSPENDED, OBJECTED], suspension=suspension(effect))
    assert expected == brief(register.bound("AAA", parse("2026-01-01")))


def test_an_objection_to_the_act_of_another_state_stops_nothing(registers: Registers) -> None:
    objected = OBJECTED.replace(",AAA,", ",DDD,")
    register = registers([PARTY], [SUSPENDED, objected], suspension=suspension("delayed"))
    assert (-3, "suspended") == brief(register.bound("AAA", parse("2026-01-01")))


def test_a_suspension_is_told_with_its_row(registers: Registers) -> None:
    register = registers([PARTY], [SUSPENDED], suspension=suspension("from_act"))
    standing = register.bound("AAA", parse("2026-01-01"))
    assert standing.sentence.endswith("State Party since 1 June 2006, suspension notified on 18 July 2025")
    assert ["AAA", "AAA/suspension/2025-07-18"] == [row.key for row in standing.rows]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2025-12-26", (-3, "suspended")),
        ("2025-12", (-3, "suspended")),
        ("2025-12-27", (-4, "ceased")),
        ("2025-07-10/2025-08-01", (0, "date_straddles")),
    ],
)
def test_a_suspended_state_may_still_withdraw(registers: Registers, when: str, expected: tuple[int, str]) -> None:
    register = registers([LEFT], [SUSPENDED], suspension=suspension("from_act"))
    assert expected == brief(register.bound("AAA", parse(when)))


@pytest.mark.parametrize(
    ("effective", "when", "expected"),
    [
        ("2025-12-27", "2025-12-26", (4, "bound")),
        ("2025-12-27", "2026-01-10", (-4, "ceased")),
        ("2025-12-27", "2026-01-31", (-4, "ceased")),
        ("2025-12-27", "2026-02-01", (-4, "ceased")),
        ("2025-12-27", "[2026-01-10..2026-03-01]", (-4, "ceased")),
        ("2025-12-27", "[2025-12-26..2026-01-10]", (0, "date_straddles")),
        ("2026-03-01", "2026-01-31", (4, "bound")),
        ("2026-03-01", "2026-02-01", (-3, "suspended")),
        ("[2025-12-27..2026-03-01]", "2025-12-26", (4, "bound")),
        ("[2025-12-27..2026-03-01]", "2026-01-10", (0, "date_not_certain_in_register")),
        ("[2025-12-27..2026-03-01]", "2026-02-01", (-3, "suspended")),
        ("XXXX", "2026-01-10", (0, "date_not_certain_in_register")),
    ],
)
def test_a_state_that_left_before_its_suspension_had_effect_is_bound_until_it_left(
    registers: Registers, effective: str, when: str, expected: tuple[int, str]
) -> None:
    left, notified = LEFT.replace("2025-12-27", effective), SUSPENDED.replace("2025-07-18", "2025-11-01")
    register = registers([left], [notified], suspension=suspension("delayed"))
    assert expected == brief(register.bound("AAA", parse(when)))


def test_another_reading_of_a_suspension_starts_from_a_clean_slate(registers: Registers) -> None:
    register = registers([PARTY], [SUSPENDED], suspension=suspension("none"))
    before = register.bound("AAA", parse("2026-01-01")).reason
    other = replace(register, terms=replace(register.terms, suspension=suspension("from_act")))
    assert ("bound", "suspended") == (before, other.bound("AAA", parse("2026-01-01")).reason)


def test_an_effect_that_does_not_exist_is_a_defect(registers: Registers) -> None:
    register = registers([PARTY], [SUSPENDED], suspension=suspension("perhaps"))
    with pytest.raises(DefectError, match="`perhaps` is not an effect of a suspension"):
        register.bound("AAA", parse("2026-01-01"))


@pytest.mark.parametrize(
    ("row", "when", "expected"),
    [
        (PARTY, "1999-02-23", (-4, "not_yet_in_force")),
        (PARTY, "1999-02-24", (4, "signatory_only")),
        (PARTY, "2006-05-31", (4, "signatory_only")),
        (PARTY, "2006-06-01", (-4, "bound")),
        (PARTY, "1999", (0, "date_straddles")),
        (PARTY, "XXXX", (0, "date_straddles")),
        (LEFT, "2003-05-12", (4, "signatory_only")),
        (LEFT, "2026", (-4, "ceased")),
        (RECENT, "2026-02-03", (-3, "not_yet_in_force")),
        (RECENT, "2026-03", (0, "date_not_certain_in_register")),
        ("AAA,Arcadia,1999-02-24,,,,,,a source,yes", "1998", (-4, "not_yet_in_force")),
        ("AAA,Arcadia,1999-02-24,,,,,,a source,yes", "2020", (4, "signatory_only")),
        ("AAA,Arcadia,,,,,,,a source,yes", "2020", (-4, "never_party")),
        ("AAA,Arcadia,,succession,2006-10-23,2006-06-03,,,a source,yes", "2006-06-02", (-4, "not_yet_in_force")),
        ("AAA,Arcadia,,succession,2006-10-23,2006-06-03,,,a source,yes", "2006", (-4, "bound")),
    ],
)
def test_a_signatory_is_one_between_signature_or_deposit_and_entry_into_force(
    registers: Registers, row: str, when: str, expected: tuple[int, str]
) -> None:
    assert expected == brief(registers([row]).signatory("AAA", parse(when)))


def test_a_state_that_never_signed_is_no_signatory_whatever_the_date(registers: Registers) -> None:
    assert not registers(["AAA,Arcadia,,,,,,,a source,yes"]).signatory("AAA", parse("XXXX")).changes


def test_the_entry_into_force_is_that_of_the_register(registers: Registers) -> None:
    register = registers([PARTY, "BBB,Borduria,,,,,,,a source,yes"])
    assert [parse("2006-06-01"), None, None] == [register.entry_into_force(code) for code in ("AAA", "BBB", "CCC")]


def test_the_roll_names_the_bound_and_the_doubtful_and_counts_consents_and_signatures(registers: Registers) -> None:
    register = registers(
        [
            PARTY,
            RECENT.replace("AAA,Arcadia", "DDD,Drumland"),
            LEFT.replace("AAA,Arcadia", "BBB,Borduria"),
            "CCC,Côte d'Azur,XXXX,,,,,,a source,yes",
        ]
    )
    roll = register.roll(date(2026, 8, 1))
    assert (("AAA",), ("DDD",), 1, 1, ("DDD",)) == (
        roll.bound,
        roll.unknown,
        roll.deposited,
        roll.signed,
        roll.deposit_unknown,
    )


@pytest.mark.parametrize(
    ("row", "when", "expected"),
    [
        (PARTY, "2005-12-26", False),
        (PARTY, "2005-12-27", True),
        (PARTY, "2005-12", None),
        (LEFT, "2025-12-26", True),
        (LEFT, "2025-12-27", False),
        (RECENT, "2026-02-03", False),
        (RECENT, "2026-02-04", None),
        (RECENT, "2026-11-22", True),
        ("AAA,Arcadia,1999-02-24,,,,,,a source,yes", "2021", False),
        ("BBB,Borduria,,,,,,,a source,yes", "2021", None),
    ],
)
def test_a_consent_is_known_for_every_day_a_date_may_be(
    registers: Registers, row: str, when: str, expected: bool | None
) -> None:
    assert registers([row]).consented("AAA", parse(when)) is expected


@pytest.mark.parametrize(
    ("day", "deposited", "bound"),
    [
        (date(2003, 5, 11), 0, ()),
        (date(2003, 5, 12), 1, ()),
        (date(2003, 11, 1), 1, ("AAA",)),
        (date(2025, 12, 26), 1, ("AAA",)),
        (date(2025, 12, 27), 0, ()),
    ],
)
def test_a_consent_counts_from_its_deposit_to_before_the_withdrawal(
    registers: Registers, day: date, deposited: int, bound: tuple[str, ...]
) -> None:
    roll = registers([LEFT]).roll(day)
    assert (deposited, bound) == (roll.deposited, roll.bound)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (PARTY, date(2006, 6, 1)),
        (RECENT, None),
        ("AAA,Arcadia,,succession,2006-10-23,2006-06-03,,,a source,yes", None),
        ("AAA,Arcadia,,,,,,,a source,yes", None),
        ("BBB,Borduria,,,,,,,a source,yes", None),
    ],
)
def test_the_entry_into_force_can_be_computed_from_a_deposit_that_is_certain(
    registers: Registers, row: str, expected: date | None
) -> None:
    assert expected == registers([row]).recomputed_entry("AAA")


def test_without_a_rule_no_entry_into_force_can_be_computed(write: Write, states: States) -> None:
    header = ",".join((*STATUS_COLUMNS, "source", "verified"))
    path = write("status.csv", f"{header}\nAAA,Arcadia,accession,,2005-12-27,2006-06-01,,,a source,yes\n")
    register = load_status(path, None, instrument="a-treaty", states=states, terms=RegisterTerms())
    assert register.recomputed_entry("AAA") is None
