"""The sentences of a rulebook: every outcome and reason has words, and all braces can be filled in."""

from __future__ import annotations

import typing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from treatycheck.casefile.closed import DisputeStatus
from treatycheck.engine.outcomes import Outcome
from treatycheck.errors import InputError
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Confidence, FindingText
from treatycheck.rulebook.phrases import (
    WORDED,
    WORDED_ALONE,
    WORDED_APART,
    brace_faults,
    statement_faults,
    wording_faults,
)
from treatycheck.truth import Strength
from treatycheck.waivers.apply import EXPIRED, GRAVER, STALE, STANDS


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("outcomes", tuple(map(str, Outcome))),
        ("strengths", tuple(map(str, Strength))),
        ("disputes", typing.get_args(DisputeStatus)),
        ("confidences", typing.get_args(Confidence)),
        ("severities", typing.get_args(typing.get_type_hints(FindingText)["severity"])),
    ],
)
def test_what_must_be_worded_is_what_the_program_can_say(part: str, named: tuple[str, ...]) -> None:
    assert sorted(named) == sorted(WORDED[part])


@pytest.mark.parametrize("part", sorted(WORDED))
def test_every_word_that_is_missing_is_told(part: str, desk: Path) -> None:
    wording = load_rulebook(Path("rules")).wording
    object.__setattr__(wording, part, {})
    expected = [((part,), "TC417", f"`{part}` has no words for `{name}`") for name in WORDED[part]]
    assert expected == [fault[:3] for fault in wording_faults(wording) if fault[1] == "TC417"]


def test_a_missing_word_is_told_at_its_part_of_the_file(desk: Path) -> None:
    path = Path("rules/wording.yaml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\ngates:\n  addressee:", "\ngates:\n  adressee:"), encoding="utf-8")
    line = text[: text.index("\ngates:\n")].count("\n") + 3
    with pytest.raises(InputError) as caught:
        load_rulebook(Path("rules"))
    assert (
        f"rules/wording.yaml:{line}:3: error[TC417]: `gates` has no words for `addressee`\n"
        "  help: add `addressee:`; what is not worded cannot be reported"
    ) == str(caught.value)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("{bearer", "the braces in `statement` do not match"),
        ("bearer}", "the braces in `statement` do not match"),
        ("{bearer{objects}}", "the braces in `statement` do not match"),
        ("{}", "unknown word `{}` in `statement`"),
        ("{0}", "unknown word `{0}` in `statement`"),
        ("{bearer.name}", "unknown word `{bearer.name}` in `statement`"),
        ("{bearer!r}", "`{bearer}` in `statement` has signs after the word"),
        ("{bearer:>9}", "`{bearer}` in `statement` has signs after the word"),
    ],
)
def test_what_cannot_be_filled_in_is_refused(sentence: str, message: str) -> None:
    assert [message] == [fault[1] for fault in brace_faults(sentence, ("bearer", "objects"), "`statement`")]


@pytest.mark.parametrize("sentence", ["", "nothing to fill in", "{bearer} and {objects}", "{{bearer}}"])
def test_what_can_be_filled_in_is_accepted(sentence: str) -> None:
    assert [] == list(brace_faults(sentence, ("bearer", "objects"), "`statement`"))


def test_both_sentences_of_a_rule_may_name_its_roles() -> None:
    text = FindingText(severity="core", statement="{bearer} to {recipient}", foreseen="{sender}")
    assert [(("finding", "foreseen"), "unknown word `{sender}` in `foreseen`")] == [
        (fault[0], fault[2]) for fault in statement_faults(text, ("recipient",))
    ]


@pytest.mark.parametrize(
    ("part", "called"),
    [("outcomes", "the sentence of `concern`"), ("reasons", "the reason `ceased`")],
)
def test_the_sentences_of_the_wording_are_looked_at(part: str, called: str, desk: Path) -> None:
    wording = load_rulebook(Path("rules")).wording
    outcomes = {**wording.outcomes, "concern": replace(wording.outcomes["concern"], sentence="{who}")}
    changed = replace(wording, outcomes=outcomes, reasons={**wording.reasons, "ceased": "{who}"})
    assert f"unknown word `{{who}}` in {called}" in [fault[2] for fault in wording_faults(changed)]


@pytest.mark.parametrize(
    "name",
    ["not_bound", "branches", "branches_alone", "attributed", "account", "account_in_brief", "which_account"],
)
def test_the_sentences_of_the_report_are_looked_at(name: str, desk: Path) -> None:
    wording = load_rulebook(Path("rules")).wording
    spoilt: dict[str, Any] = {name: "{who}"}
    changed = replace(wording, report=replace(wording.report, **spoilt))
    assert [(("report", name), f"unknown word `{{who}}` in `{name}`")] == [
        (fault[0], fault[2]) for fault in wording_faults(changed)
    ]


@pytest.mark.parametrize(("part", "name"), sorted(WORDED_APART))
def test_every_word_that_is_missing_in_a_part_of_a_part_is_told(part: str, name: str, desk: Path) -> None:
    wording = load_rulebook(Path("rules")).wording
    empty: dict[str, Any] = {part: replace(getattr(wording, part), **{name: {}})}
    expected = [((part, name), "TC417", f"`{name}` has no words for `{one}`") for one in WORDED_APART[part, name][0]]
    assert expected == [fault[:3] for fault in wording_faults(replace(wording, **empty))]


@pytest.mark.parametrize(
    ("part", "name", "one"),
    [("since", "reasons", "as_of"), ("since", "in_brief", "events"), ("waivers", "states", "stale")],
)
def test_the_sentences_in_a_part_of_a_part_are_looked_at(part: str, name: str, one: str, desk: Path) -> None:
    wording = load_rulebook(Path("rules")).wording
    words = {**getattr(getattr(wording, part), name), one: "{who}"}
    spoilt: dict[str, Any] = {part: replace(getattr(wording, part), **{name: words})}
    assert [((part, name, one), f"unknown word `{{who}}` in `{one}`")] == [
        (fault[0], fault[2]) for fault in wording_faults(replace(wording, **spoilt))
    ]


@pytest.mark.parametrize(("part", "name"), sorted(WORDED_ALONE))
def test_sentences_that_stand_alone_in_a_part_are_looked_at(part: str, name: str, desk: Path) -> None:
    wording = load_rulebook(Path("rules")).wording
    spoilt: dict[str, Any] = {part: replace(getattr(wording, part), **{name: "{who}"})}
    assert [((part, name), f"unknown word `{{who}}` in `{name}`")] == [
        (fault[0], fault[2]) for fault in wording_faults(replace(wording, **spoilt))
    ]


def test_whatever_a_waiver_may_come_to_is_worded() -> None:
    assert {STANDS, EXPIRED, GRAVER, STALE} == {*WORDED_APART["waivers", "states"][0]}
