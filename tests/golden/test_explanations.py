"""Explanations of three findings, held word for word as a lawyer reads them: one firm, one a rumour, one a question.

After a change that is meant, `UPDATE_GOLDEN=1 pytest tests/golden/test_explanations.py` writes them anew; read what
changed before you keep it.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from treatycheck.casefile.model import Actor, Casefile, Dated, Participant
from treatycheck.explanations import Explanations, Wanted, explain, locate
from treatycheck.report import explanation as page
from treatycheck.report import markdown, terminal
from treatycheck.rulebook.model import Rulebook

GOLDEN = Path(__file__).parent
STOCKPILE = "78fd57026515"
RUMOUR = "f719660fb1c6"
MINE = "MON-50"


def held(name: str, text: str) -> str:
    """The text that is held under a name, after writing it anew if that is asked for."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(text, encoding="utf-8", newline="\n")
    return path.read_text(encoding="utf-8")


def of(rulebook: Rulebook, casefile: Casefile, text: str, rule: str = "") -> Explanations:
    wanted = locate(rulebook, casefile, text)
    assert isinstance(wanted, Wanted)
    return explain(rulebook, casefile, wanted, rule=rule)


def told(rulebook: Rulebook, found: Explanations) -> str:
    return terminal.text(page.layout(found, rulebook.wording, rulebook.cite), width=80)


@pytest.fixture(scope="module")
def directional(casefile: Casefile) -> Casefile:
    """The photographs of the first document with the directional mine alone, laid by an invented State Party."""
    dossier = next(one for one in casefile.dossiers if one.entry.file.startswith("000"))
    event = next(one for one in dossier.events if one.id == "000-E3")
    party = Actor(name="an invented State Party", kind="state", code="NOR")
    changed = replace(
        event,
        title="The MON-50 alone, laid by an invented State Party",
        date=Dated(edtf="2021-03", quotes=event.date.quotes, strength="S1"),
        participants=(Participant(actor="party", role="user", strength="S1", quotes=("claimed_used",)),),
        objects=tuple(item for item in event.objects if item.described == MINE),
    )
    alone = replace(dossier, actors={**dossier.actors, "party": party}, events=(changed,), claims=())
    return Casefile((alone,), ())


def test_the_stock_that_is_still_there_is_explained_as_held(rulebook: Rulebook, casefile: Casefile) -> None:
    found = of(rulebook, casefile, STOCKPILE)
    text = told(rulebook, found)
    assert held("explain-stockpile.txt", text) == text


def test_the_stock_that_is_still_there_is_explained_in_markdown_as_held(rulebook: Rulebook, casefile: Casefile) -> None:
    text = markdown.text(page.layout(of(rulebook, casefile, STOCKPILE), rulebook.wording, rulebook.cite))
    assert held("explain-stockpile.md", text) == text


def test_the_rumour_of_a_supply_is_explained_as_held(rulebook: Rulebook, casefile: Casefile) -> None:
    text = told(rulebook, of(rulebook, casefile, RUMOUR))
    assert held("explain-rumour.txt", text) == text


def test_a_directional_mine_of_which_nobody_says_how_it_is_set_off_is_explained_as_held(
    rulebook: Rulebook, directional: Casefile
) -> None:
    text = told(rulebook, of(rulebook, directional, "000-E3", "mbc-1-1-a-use"))
    assert held("explain-directional-mine.txt", text) == text


def test_the_directional_mine_turns_on_how_it_is_set_off_either_way(rulebook: Rulebook, directional: Casefile) -> None:
    (one,) = of(rulebook, directional, "000-E3", "mbc-1-1-a-use").explained
    assert one.finding.insight is not None
    answers = {
        (route.outcomes, answered.answer)
        for route in one.finding.insight.settled_by
        for group in route.groups
        for facts in group
        for answered in facts
        if answered.fact.fact == "object.activation"
    }
    assert {(("concern",), "by a person"), (("not_applicable",), "by a vehicle, by command or by a timer")} == answers


def test_the_photographs_themselves_do_not_reach_whoever_is_no_state(rulebook: Rulebook, casefile: Casefile) -> None:
    found = of(rulebook, casefile, "000-E3", "mbc-1-1-a-use").explained
    reasons = {one.finding.bearer.kind: one.finding.reason for one in found if one.finding.reason}
    assert reasons["state"] == "actor_not_bound"
    assert reasons["private_military_company"] == "actor_not_addressee"
