"""`--set`: a status or a date of a State, how it is named, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from treatycheck.casefile.model import Casefile
from treatycheck.dates import parse
from treatycheck.errors import InputError
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose import DateSupposed, StatusSupposed, read

Reading = Callable[..., tuple[Rulebook, Casefile]]
Telling = Callable[..., list[str]]
Refusal = Callable[..., list[tuple[str, str, str, str]]]


@pytest.mark.parametrize("state", ["NLA", "Northland", "northland", "the North", " NORTHLAND "])
@pytest.mark.parametrize("status", ["bound", "not_bound", "signatory", "unknown"])
def test_a_status_is_supposed_of_a_state_by_any_of_its_names(
    rulebook: Rulebook, casefile: Casefile, state: str, status: str
) -> None:
    expected = (StatusSupposed("NLA", ("ka",), status),)
    assert expected == read(rulebook, casefile, states=[f"{state}.status={status}"])
    assert expected == read(rulebook, casefile, states=[f"{state}.status.ka={status}"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SLA.deposit=2020-01-01", DateSupposed("SLA", "deposit", "ka", "2020-01-01")),
        ("SLA.deposit.ka= 2020-01 ", DateSupposed("SLA", "deposit", "ka", "2020-01")),
        ("NLA.signature.ka=none", DateSupposed("NLA", "signature", "ka", "")),
        ("NLA.signature.ka=", DateSupposed("NLA", "signature", "ka", "")),
        ("NLA.entry_into_force.ka=2035-01-01", DateSupposed("NLA", "entry_into_force", "ka", "2035-01-01")),
    ],
)
def test_a_date_is_supposed_of_a_column_of_the_register(
    rulebook: Rulebook, casefile: Casefile, text: str, expected: DateSupposed
) -> None:
    assert (expected,) == read(rulebook, casefile, states=[text])


def test_what_is_supposed_is_in_the_registers_then(under: Reading) -> None:
    register = under(states=["NLA.status=not_bound", "SLA.deposit=2020-01-10"])[0].registers["ka"]
    standings = {code: register.bound(code, parse("2027-05-03")).verdict for code in ("NLA", "SLA", "WLA")}
    assert {"NLA": -4, "SLA": 4, "WLA": -4} == standings


def test_dates_of_one_state_are_supposed_together(under: Reading) -> None:
    texts = ["NLA.withdrawal_effective=2026-01-01", "NLA.withdrawal_notified=2025-01-01"]
    standing = under(states=texts)[0].registers["ka"].bound("NLA", parse("2027-05-03"))
    assert "ceased" == standing.reason


def test_suppositions_on_states_are_told_with_names(words: Telling) -> None:
    texts = ["sla.status=signatory", "NLA.withdrawal_notified=2025-01", "NLA.signature=none"]
    assert words(states=texts) == [
        "Southland: status under KA: signatory",
        "Northland: withdrawal notified under KA: January 2025",
        "Northland: signature under KA: not done",
    ]


@pytest.mark.parametrize(
    ("text", "code", "message", "remedy"),
    [
        ("NLA.status", "TC510", "`NLA.status` has no `=`", "write `STATE.status=not_bound`, or"),
        ("NLA=bound", "TC512", "`NLA` does not say what is supposed of which State", "write `STATE.status=not_bound`"),
        ("NLA.statsu=bound", "TC512", "`NLA.statsu` does not say what is", "did you mean `status`?"),
        ("status=bound", "TC512", "`status` does not say what is supposed of which State", "write `STATE.status"),
        ("Northlnd.status=bound", "TC506", "`Northlnd` is not a State of the registers", "did you mean `Northland`"),
        ("Q.status=bound", "TC506", "`Q` is not a State of the registers", "write the name or the ISO 3166-1"),
        ("NLA.status=bond", "TC513", "unknown status `bond`", "did you mean `bound`"),
        ("NLA.status=7", "TC513", "unknown status `7`", "use one of `bound`, `not_bound`, `signatory`, `unknown`"),
        ("NLA.status.kb=bound", "TC508", "unknown instrument `kb`", "use one of `ka`"),
        ("NLA.status.kka=bound", "TC508", "unknown instrument `kka`", "did you mean `ka`?"),
        ("NLA.deposit=2020-13-01", "TC503", "`2020-13-01` has no month `13`", "; `none` says that it was not done"),
        ("SLA.deposit=2031", "TC503", "the registers end on 31 January 2030, before `2031`", "suppose a day up to"),
        (
            "SLA.entry_into_force=2020-01-01",
            "TC309",
            "`SLA` has a `entry_into_force` and no `deposit`",
            "suppose dates that can follow one another",
        ),
    ],
)
def test_what_cannot_be_supposed_of_a_state_is_refused(
    refused: Refusal, text: str, code: str, message: str, remedy: str
) -> None:
    ((option, found, said, help_line),) = refused(states=[text])
    assert ("--set", code, True, True) == (option, found, said.startswith(message), remedy in help_line)


def test_an_earlier_last_day_of_the_registers_counts(refused: Refusal) -> None:
    ((_, code, message, _),) = refused(states=["SLA.deposit=2021-01-01"], as_of=date(2020, 12, 31))
    assert ("TC503", "the registers end on 31 December 2020, before `2021-01-01`") == (code, message)


@pytest.mark.parametrize(
    ("texts", "remedy"),
    [
        (["NLA.status=bound", "North.status=not_bound"], "choose one `status`"),
        (["NLA.status=bound", "NLA.deposit=2020-02-01"], "suppose either a status or dates"),
        (["NLA.deposit=2020-02-01", "NLA.deposit=2020-03-01"], "choose one `deposit`"),
    ],
)
def test_one_thing_is_supposed_in_one_way(refused: Refusal, texts: list[str], remedy: str) -> None:
    texts = [text.replace("North.", "the North.") for text in texts]
    assert [("--set", "TC515", "`Northland` is supposed in two ways under `ka`", remedy)] == refused(states=texts)


def test_the_same_supposition_twice_is_one(rulebook: Rulebook, casefile: Casefile) -> None:
    assert 2 == len(read(rulebook, casefile, states=["NLA.status=bound", "NLA.status=bound"]))


def test_dates_of_several_states_that_cannot_follow_one_another_are_told_together(refused: Refusal) -> None:
    texts = ["SLA.entry_into_force=2020-01-01", "NLA.withdrawal_effective=2021-01-01"]
    assert ["`NLA` has a", "`SLA` has a"] == [message[:11] for _, _, message, _ in refused(states=texts)]


def test_an_instrument_without_a_register_has_no_status_to_suppose(rulebook: Rulebook, casefile: Casefile) -> None:
    custom = replace(rulebook, instruments={**rulebook.instruments, "custom": rulebook.instruments["ka"]})
    with pytest.raises(InputError, match="`custom` has no register of States") as caught:
        read(custom, casefile, states=["NLA.status.custom=bound"])
    assert "the instruments with one are `ka`" == caught.value.diagnostics[0].help


def test_a_date_needs_an_instrument_where_several_have_a_register(rulebook: Rulebook, casefile: Casefile) -> None:
    both = replace(rulebook, registers={**rulebook.registers, "kb": rulebook.registers["ka"]})
    with pytest.raises(InputError, match="does not say under which instrument") as caught:
        read(both, casefile, states=["NLA.deposit=none"])
    assert "name one, for example `NLA.deposit.ka=none`" == caught.value.diagnostics[0].help
    (one,) = read(both, casefile, states=["NLA.status=bound"])
    assert StatusSupposed("NLA", ("ka", "kb"), "bound") == one


@pytest.mark.parametrize("text", ["NLA.status=bound", "NLA.deposit=none", "NLA.status.ka=bound"])
def test_without_any_register_nothing_can_be_supposed_of_a_state(
    rulebook: Rulebook, casefile: Casefile, text: str
) -> None:
    with pytest.raises(InputError, match="no instrument has a register of States"):
        read(replace(rulebook, registers={}), casefile, states=[text])
