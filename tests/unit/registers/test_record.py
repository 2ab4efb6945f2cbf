"""Records: the history of a State as a list and as a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from treatycheck.registers.record import sentence
from treatycheck.registers.standing import StatusRegister

Registers = Callable[..., StatusRegister]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            "1999-02-24,ratification,2005-12-27,2006-06-01,,",
            "signed on 24 February 1999, ratified on 27 December 2005, State Party since 1 June 2006",
        ),
        (",accession,2003-04,2003-10-01,,", "acceded in April 2003, State Party since 1 October 2003"),
        (",succession,2006-10-23,2006-06-03,,", "succeeded on 23 October 2006, State Party since 3 June 2006"),
        ("1999,acceptance,1999,2000-01-01,,", "signed in 1999, accepted in 1999, State Party since 1 January 2000"),
        (
            ",approval,[2026-02-04..2026-11-22],[2026-08-01..2027-05-01],,",
            (
                "approved on some day between 4 February 2026 and 22 November 2026, "
                "State Party since some day between 1 August 2026 and 1 May 2027"
            ),
        ),
        (
            ",accession,[2026-02-04..],[2026-08-01..],,",
            "acceded on or after 4 February 2026, State Party since a day on or after 1 August 2026",
        ),
        (
            ",accession,XXXX,XXXX,,",
            "acceded (date not stated), State Party since a day that is not known (date not stated)",
        ),
        (
            ",accession,2003-05-12,2003-11-01,2025-06-27,2025-12-27",
            (
                "acceded on 12 May 2003, State Party from 1 November 2003 until 27 December 2025, "
                "withdrawal notified on 27 June 2025"
            ),
        ),
        (
            ",accession,2003-05-12,2003-11-01,2026-06-27,",
            "acceded on 12 May 2003, State Party since 1 November 2003, withdrawal notified on 27 June 2026",
        ),
        ("1999-02-24,,,,,", "signed on 24 February 1999, has not ratified"),
        (",,,,,", "has not signed or acceded"),
    ],
)
def test_a_status_reads_as_one_sentence(registers: Registers, row: str, expected: str) -> None:
    register = registers([f"AAA,Arcadia,{row},a source,yes"])
    assert expected == sentence(register.records["AAA"], "State Party")


def test_a_state_that_is_bound_is_called_by_the_word_of_the_instrument(registers: Registers) -> None:
    register = registers(["AAA,Arcadia,,accession,2003-05-12,2003-11-01,,,a source,yes"])
    assert "acceded on 12 May 2003, member since 1 November 2003" == sentence(register.records["AAA"], "member")


def test_the_history_merges_both_registers_by_date_with_the_undated_last(registers: Registers) -> None:
    register = registers(
        ["AAA,Arcadia,1999-02-24,ratification,2005-12-27,2006-06-01,,,a source,yes"],
        [
            "AAA,Arcadia,declaration,XXXX,,said something,a source,yes",
            "AAA,Arcadia,declaration,2001,,said more,a source,yes",
            "BBB,Borduria,declaration,2002,,said nothing,a source,yes",
        ],
    )
    history = [
        (when.text, act, row.register.rpartition("/")[2], row.line) for when, act, row in register.history("AAA")
    ]
    assert history == [
        ("1999-02-24", "signature", "status.csv", 2),
        ("2001", "declaration", "acts.csv", 3),
        ("2005-12-27", "ratification", "status.csv", 2),
        ("2006-06-01", "entry-into-force", "status.csv", 2),
        ("XXXX", "declaration", "acts.csv", 2),
    ]


def test_an_act_that_stands_in_both_registers_is_told_once(registers: Registers) -> None:
    register = registers(
        ["AAA,Arcadia,,accession,2003-05-12,2003-11-01,2025-06-27,2025-12-27,a source,yes"],
        ["AAA,Arcadia,withdrawal-notified,2025-06-27,,left,a notification,yes"],
    )
    told = [row.source for _, act, row in register.history("AAA") if act == "withdrawal-notified"]
    assert told == ["a notification"]


def test_a_state_that_is_not_listed_has_no_history(registers: Registers) -> None:
    assert registers([]).history("AAA") == ()
