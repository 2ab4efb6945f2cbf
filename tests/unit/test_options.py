"""What options say is read strictly, and a mistake is answered with what to write."""

from __future__ import annotations

from datetime import date

import pytest

from treatycheck import options
from treatycheck.errors import Diagnostic, InputError, attempt

LAST = date(2026, 11, 22)


def test_a_known_word_is_taken_and_nothing_is_collected() -> None:
    problems: list[Diagnostic] = []
    assert ("json", []) == (options.choice("--format", "json", ("json", "markdown"), problems), problems)


@pytest.mark.parametrize("text", ["JSON", "json ", "", "jsn"])
def test_a_word_must_be_written_as_it_is_known(text: str) -> None:
    problems: list[Diagnostic] = []
    options.choice("--format", text, ("json", "markdown"), problems, "format")
    assert [("--format", "TC502", f"unknown format `{text}`")] == [
        (one.file, one.code, one.message) for one in problems
    ]


@pytest.mark.parametrize(("text", "expected"), [("2021-03-26", date(2021, 3, 26)), ("2026-11-22", LAST), (None, LAST)])
def test_a_day_up_to_the_last_is_read(text: str | None, expected: date) -> None:
    problems: list[Diagnostic] = []
    assert (expected, []) == (options.day("--on", text, LAST, problems), problems)


@pytest.mark.parametrize(
    "text", ["2021-03", "2021-03-26~", "[2021-03-26..2021-03-27]", "2026-11-23", "26.3.2021", "XXXX"]
)
def test_what_is_not_one_day_up_to_the_last_is_refused(text: str) -> None:
    problems: list[Diagnostic] = []
    assert options.day("--on", text, LAST, problems) is None
    assert ["TC503"] == [one.code for one in problems]


def test_attempting_collects_the_diagnostics_of_what_fails() -> None:
    diagnostic = Diagnostic("a.yaml", 1, 2, "TC101", "wrong")
    problems: list[Diagnostic] = []

    def fail() -> int:
        raise InputError([diagnostic])

    assert (None, [diagnostic]) == (attempt(fail, problems), problems)


def test_what_was_collected_is_refused_together_and_nothing_else_is() -> None:
    options.refuse([])
    problems = [Diagnostic(name, 0, 0, "TC501", "wrong") for name in ("--b", "--a")]
    with pytest.raises(InputError) as caught:
        options.refuse(problems)
    assert ["--a", "--b"] == [one.file for one in caught.value.diagnostics]
