"""Every entry of the rulebook can be shown, and what it says is its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from treatycheck import options
from treatycheck.cli import rule_text
from treatycheck.errors import Diagnostic
from treatycheck.rulebook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    DateTest,
    FactTest,
    Negation,
    PassedTest,
    StatusTest,
    TermTest,
)
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.locate import rulebook_folder
from treatycheck.rulebook.model import Deadline, Procedure, Provision, Rulebook, Stage

WIDTH = 80


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load_rulebook(rulebook_folder())


def test_every_entry_is_shown_in_lines_that_fit(rulebook: Rulebook) -> None:
    names = rule_text.ids(rulebook)
    shown = {name: rule_text.entry(rulebook, name, WIDTH).splitlines() for name in names}
    assert [] == [name for name, lines in shown.items() if not lines[0].startswith(name[:WIDTH])]
    assert [] == [line for lines in shown.values() for line in lines if len(line) > WIDTH and " " in line.strip()]


def test_no_entry_is_unknown_under_its_own_id(rulebook: Rulebook) -> None:
    assert len(rule_text.ids(rulebook)) == len(set(rule_text.ids(rulebook)))


FACT = FactTest("event.title_changed", "is", ("yes",))
QUESTION = "Did the ownership of the objects change?"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (FACT, [f"{QUESTION} (yes) [event.title_changed]"]),
        (FactTest("event.title_changed", "in", ("yes", "no")), [f"{QUESTION} (yes or no) [event.title_changed]"]),
        (FactTest("event.title_changed", "is_stated", ("false",)), [f"{QUESTION} (not stated) [event.title_changed]"]),
        (FactTest("event.title_changed", "is_stated", ("true",)), [f"{QUESTION} (stated) [event.title_changed]"]),
        (FactTest("object.quantity", "at_least", ("5",)), ["How many are there? (at least 5) [object.quantity]"]),
        (TermTest("transfer"), ["Transfer [transfer]"]),
        (DateTest("on_or_after", "2011-02-26"), ["the event is on or after 26 February 2011"]),
        (
            PassedTest("mbc-4-stockpile-destruction"),
            [
                (
                    "the event is after the last day of the bearer under Destruction of stockpiles within four years "
                    "[mbc-4-stockpile-destruction]"
                )
            ],
        ),
        (
            StatusTest("mbc", "recipient", ("bound", "signatory")),
            ["recipient is bound or signatory under the Mine Ban Convention, by its register"],
        ),
        (Negation(TermTest("transfer")), ["not:", "  Transfer [transfer]"]),
        (
            AnyOf((TermTest("transfer"), AllOf((TermTest("transfer"),)))),
            ["any of these:", "  Transfer [transfer]", "  all of these:", "    Transfer [transfer]"],
        ),
    ],
)
def test_a_condition_is_a_tree_of_questions(condition: Condition, expected: list[str], rulebook: Rulebook) -> None:
    term = replace(rulebook.terms["transfer"], when=condition, position="", readings={}, note="")
    shown = rule_text.entry(
        replace(rulebook, terms={**rulebook.terms, "probe": replace(term, id="probe")}), "probe", 160
    )
    lines = shown.split("\nwhen\n")[1].split("\n\n")[0].splitlines()
    assert expected == [line.removeprefix("  ") for line in lines]


def test_a_provision_that_nothing_encodes_says_why(rulebook: Rulebook) -> None:
    provision = Provision(id="mbc:99", paraphrase="Something.", kind="final clause", why_not="No State does it.")
    instrument = replace(rulebook.instruments["mbc"], provisions=(provision,))
    shown = rule_text.entry(replace(rulebook, instruments={"mbc": instrument}), "mbc:99", WIDTH)
    assert "encoded by\n  nothing: No State does it.\n" in shown


def test_a_procedure_is_shown_by_its_stages(rulebook: Rulebook) -> None:
    rule = rulebook.rules["mbc-1-1-b-transfer"]
    stages = (Stage(state="begun", label="begun", when=FACT),)
    procedure = Procedure(
        id="probe",
        title="A step",
        provision="mbc:4",
        act=rule.act,
        subject=rule.bearer,
        stages=stages,
        instrument="mbc",
    )
    shown = rule_text.entry(replace(rulebook, procedures={"probe": procedure}), "probe", WIDTH)
    assert f"begun\n  {QUESTION} (yes) [event.title_changed]\n" in shown


def test_a_deadline_says_from_where_it_runs(rulebook: Rulebook) -> None:
    deadline = Deadline(start="entry_into_force", period="P4Y", fulfilled=FACT)
    rule = replace(rulebook.rules["mbc-1-1-b-transfer"], id="probe", deadline=deadline)
    shown = rule_text.entry(replace(rulebook, rules={"probe": rule}), "probe", WIDTH)
    assert "\nlast day\n  4 years after entry into force\n" in shown


def test_an_instrument_without_a_register_has_no_status(rulebook: Rulebook) -> None:
    problems: list[Diagnostic] = []
    assert () == options.instruments("--instrument", "mbc", replace(rulebook, registers={}), problems, listing=True)
    assert ["`mbc` has no register of States"] == [one.message for one in problems]


def test_a_rulebook_without_positions_still_shows_how_to_write_one(rulebook: Rulebook) -> None:
    problems: list[Diagnostic] = []
    options.positions("--position", ["x"], replace(rulebook, positions={}), problems)
    assert ["write the position and its alternative, for example `name=alternative`"] == [one.help for one in problems]
