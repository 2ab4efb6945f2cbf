"""Claims as they are written: one good file, and a bad twin for every mistake."""

from __future__ import annotations

from dataclasses import fields, replace
from types import SimpleNamespace
from typing import cast

import pytest

from treatycheck import shape, yaml
from treatycheck.casefile.claims import check_claim, check_id
from treatycheck.casefile.model import CLAIM_KINDS, Claim
from treatycheck.casefile.words import Words
from treatycheck.errors import Diagnostic
from treatycheck.rulebook.model import Rulebook

# A claim starts on line 2, so that every place told below is that of a file.
GOOD = {
    "count": "    count: {instrument: pact, of: bound, on: 2021-03-26, stated: '1,164'}",
    "status": "    status: {instrument: pact, state: AAA, on: XXXX, stated: signatory}",
    "elapsed": "    elapsed: {instrument: custom, since: adopted, on: '[2024..2025]', years: '25'}",
    "dated": "    dated: {instrument: custom, of: in_force, stated: 199X}",
    "sum": "    sum: {parts: ['1,671', '935'], total: '2606'}",
    "sum of 30 digits": f"    sum: {{parts: ['1', '2'], total: '{'7' * 30}'}}",
    "equal": "    equal: {stated: some, recorded: none}\n    authority: Art. 1",
    "conflict": "    conflict: {dates: ['2023', 2024-06]}",
    "conflict with its authority": "    conflict: {dates: ['2023', 2024-06]}\n    authority: its header",
    "judged": "    judged: wrong\n    correction: It is not so\n    authority: Art. 1",
}


class OneState:
    """States of which only one is known."""

    codes = ("AAA",)

    def resolve(self, text: str) -> str | None:
        return {"Arcadia": "AAA"}.get(text)

    def suggest(self, text: str) -> str:
        return ""


RULEBOOK = cast(
    "Rulebook",
    SimpleNamespace(instruments={"custom": None, "pact": None}, registers={"pact": None}, states=OneState()),
)


def written(check: str, *, quotes: str = "[so]") -> str:
    return f"claims:\n  - id: X-S1\n    says: It is so\n    quotes: {quotes}\n{check}\n"


def told(text: str) -> list[str]:
    """What is said of the one claim of a file."""
    source = yaml.load(text.encode(), "a.events.yaml")
    found: list[Diagnostic] = []
    tree = source.value
    assert isinstance(tree, dict)
    claim = shape.build(Claim, tree["claims"][0], source, found.append, base=("claims", 0))
    assert claim is not None
    assert [] == found
    check_claim(claim, ("claims", 0), Words(RULEBOOK, source, found.append))
    return [str(one) for one in found]


@pytest.mark.parametrize("kind", GOOD)
def test_a_claim_that_is_well_written_is_accepted(kind: str) -> None:
    assert [] == told(written(GOOD[kind]))


BAD = {
    "no kind of check": (
        "    note: Nothing is checked.",
        "2:5: error[TC450]: claim `X-S1` needs exactly one kind of check, found none",
        "give one of `conflict`, `count`, `dated`, `elapsed`, `equal`, `judged`, `status`, `sum`",
    ),
    "two kinds of check": (
        "    dated: {instrument: pact, of: adopted, stated: '1997'}\n    judged: wrong",
        "2:5: error[TC450]: claim `X-S1` needs exactly one kind of check, found `dated`, `judged`",
        "give one of `conflict`, `count`, `dated`, `elapsed`, `equal`, `judged`, `status`, `sum`",
    ),
    "judged without a correction": (
        "    judged: wrong\n    authority: Art. 1",
        "2:5: error[TC451]: claim `X-S1` is judged without a correction and an authority",
        "say what is right in `correction` and where it stands in `authority`",
    ),
    "judged without an authority": (
        "    judged: confirmed\n    correction: It is so",
        "2:5: error[TC451]: claim `X-S1` is judged without a correction and an authority",
        "say what is right in `correction` and where it stands in `authority`",
    ),
    "a value without an authority": (
        "    equal: {stated: '2,000', recorded: '1,960'}",
        "2:5: error[TC451]: claim `X-S1` is held against a value without an authority",
        "say in `authority` where the value on record stands",
    ),
    "an instrument that does not exist": (
        "    dated: {instrument: pacts, of: adopted, stated: '1997'}",
        "5:25: error[TC452]: unknown instrument `pacts`",
        "did you mean `pact`?",
    ),
    "a count under an instrument without a register": (
        "    count: {instrument: custom, of: bound, on: 2021-03-26, stated: '164'}",
        "5:25: error[TC452]: `custom` has no register of States",
        "use one of `pact`",
    ),
    "a status under an instrument without a register": (
        "    status: {instrument: custom, state: AAA, on: 2021-03-26, stated: bound}",
        "5:26: error[TC452]: `custom` has no register of States",
        "use one of `pact`",
    ),
    "a State by its name": (
        "    status: {instrument: pact, state: Arcadia, on: 2021-03-26, stated: bound}",
        "5:39: error[TC442]: `Arcadia` is not the code of a State",
        "write the code `AAA`",
    ),
    "a count in words": (
        "    count: {instrument: pact, of: bound, on: 2021-03-26, stated: many}",
        "5:66: error[TC453]: `many` is not a whole number",
        "write digits, as `3,166` or `3166`",
    ),
    "years with their unit": (
        "    elapsed: {instrument: pact, since: adopted, on: 2021-03-26, years: 25 years}",
        "5:72: error[TC453]: `25 years` is not a whole number",
        "write digits, as `3,166` or `3166`",
    ),
    "a total with a fraction": (
        "    sum: {parts: ['1', '2'], total: '3.5'}",
        "5:37: error[TC453]: `3.5` is not a whole number",
        "write digits, as `3,166` or `3166`",
    ),
    "a part below zero": (
        "    sum: {parts: ['1', '-2'], total: '3'}",
        "5:24: error[TC453]: `-2` is not a whole number",
        "write digits, as `3,166` or `3166`",
    ),
    "a part that is only a comma": (
        "    sum: {parts: ['1', ','], total: '3'}",
        "5:24: error[TC453]: `,` is not a whole number",
        "write digits, as `3,166` or `3166`",
    ),
    "a number with more digits than can be read": (
        f"    sum: {{parts: ['1', '2'], total: '{'7' * 5000}'}}",
        f"5:37: error[TC453]: `{'7' * 30}…` is too long for a number",
        "write the number as the document states it, with at most 30 digits",
    ),
    "a number of 31 digits": (
        f"    sum: {{parts: ['1', '{'7' * 31}'], total: '3'}}",
        f"5:24: error[TC453]: `{'7' * 30}…` is too long for a number",
        "write the number as the document states it, with at most 30 digits",
    ),
    "a count on a day that does not exist": (
        "    count: {instrument: pact, of: bound, on: 2021-02-30, stated: '164'}",
        "5:46: error[TC448]: `2021-02-30` is not in the calendar: February 2021 has 28 days",
        "correct the day, or write `2021-02` if only the month is known",
    ),
    "a status on a day the wrong way round": (
        "    status: {instrument: pact, state: AAA, on: 26 March 2021, stated: bound}",
        "5:48: error[TC448]: `26 March 2021` is not a date in the form used here",
        "write the year first, with hyphens: `2021-03-26`",
    ),
    "years on a day without a year": (
        "    elapsed: {instrument: pact, since: adopted, on: unknown, years: '25'}",
        "5:53: error[TC448]: `unknown` is not a date in the form used here",
        "write `XXXX` if the date is not stated",
    ),
    "a date of an instrument in words": (
        "    dated: {instrument: pact, of: adopted, stated: about 1997}",
        "5:52: error[TC448]: `about 1997` is not a date in the form used here",
        "mark an approximate date with `~`: `1997~`",
    ),
    "a second date in conflict that is none": (
        "    conflict: {dates: ['2023', 2023-13]}",
        "5:32: error[TC448]: `2023-13` has no month `13`",
        (
            "months run from `01` to `12`, `XX` if not stated; give a season by its months, `[2018-06..2018-08]`, "
            "and two years as `[2018..2019]`"
        ),
    ),
    "a sum of one part": (
        "    sum: {parts: ['3'], total: '3'}",
        "5:18: error[TC454]: claim `X-S1` gives fewer than two parts",
        "give every one of the parts that the document states",
    ),
    "a conflict without dates": (
        "    conflict: {dates: []}",
        "5:23: error[TC454]: claim `X-S1` gives fewer than two dates",
        "give every one of the dates that the document states",
    ),
    "a correction of what is computed": (
        "    sum: {parts: ['1', '2'], total: '3'}\n    correction: It is 3",
        "6:17: error[TC454]: claim `X-S1` is computed, so its `correction` would not be used",
        "remove it; what is to be said besides goes into `note`",
    ),
    "a correction of a value": (
        "    equal: {stated: '1', recorded: '2'}\n    authority: Art. 1\n    correction: It is 2",
        "7:17: error[TC454]: claim `X-S1` is computed, so its `correction` would not be used",
        "remove it; what is to be said besides goes into `note`",
    ),
    "an authority for what the register answers": (
        "    dated: {instrument: pact, of: adopted, stated: '1997'}\n    authority: Art. 1",
        "6:16: error[TC454]: claim `X-S1` is computed, so its `authority` would not be used",
        "remove it; what is to be said besides goes into `note`",
    ),
}


@pytest.mark.parametrize("mistake", BAD)
def test_a_mistake_is_told_where_it_stands(mistake: str) -> None:
    check, message, advice = BAD[mistake]
    assert [f"a.events.yaml:{message}\n  help: {advice}"] == told(written(check))


def test_the_kinds_of_check_are_those_a_claim_has() -> None:
    names = {one.name for one in fields(Claim)}
    assert names - {"id", "says", "quotes", "correction", "authority", "note"} == set(CLAIM_KINDS)


def test_a_claim_without_a_quote_is_refused() -> None:
    expected = [
        (
            "a.events.yaml:4:13: error[TC443]: claim `X-S1` has no quote\n"
            "  help: name at least one quote of the document that makes the statement"
        )
    ]
    assert expected == told(written(GOOD["sum"], quotes="[]"))


def test_all_mistakes_of_a_claim_are_told_together() -> None:
    check = "    count: {instrument: custom, of: bound, on: 2021-02-30, stated: many}\n    correction: It is 3"
    codes = [message.partition("[")[2][:5] for message in told(written(check, quotes="[]"))]
    assert ["TC443", "TC454", "TC452", "TC448", "TC453"] == codes


def test_a_claim_of_another_file_keeps_its_id_to_itself() -> None:
    source = yaml.load(written(GOOD["sum"]).encode(), "b.events.yaml")
    found: list[Diagnostic] = []
    claim = Claim(id="X-S1", says="It is so", quotes=("so",))
    known: dict[str, str] = {}
    for file in ("a.events.yaml", "b.events.yaml"):
        check_id(claim, ("claims", 0), Words(RULEBOOK, replace(source, file=file), found.append), known)
    expected = [
        (
            "b.events.yaml:2:9: error[TC459]: claim `X-S1` exists already\n"
            "  help: the first one is at a.events.yaml:2; give this one another id"
        )
    ]
    assert expected == [str(one) for one in found]
