"""Generated accounts of one event: nothing on which they differ is definite, and none makes anything definite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from treatycheck.casefile.accounts import versions
from treatycheck.casefile.closed import StrengthName
from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Account, Dated, Dossier, Event, Participant, Place, Stated
from treatycheck.check import Decided, decide_event, under
from treatycheck.consensus import agreed, event_facts
from treatycheck.engine.agreement import Panel
from treatycheck.engine.compile import chosen_positions, compile_rulebook
from treatycheck.engine.outcomes import GRADES, Outcome
from treatycheck.engine.program import Program
from treatycheck.facts import LeafResult, bearers
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

GOOD = Path(__file__).resolve().parents[1] / "good"
AS_OF = date(2030, 1, 31)
GRADED: Final = (*GRADES.values(),)

verdicts = st.integers(-4, 4)
results = st.lists(
    st.builds(LeafResult, verdicts, reason=st.sampled_from(["", "bound", "ceased"])), min_size=1, max_size=4
)


@given(results)
def test_an_answer_is_definite_only_if_all_agree(each: list[LeafResult]) -> None:
    found = agreed(each).verdict
    alike = all(one.verdict > 0 for one in each) or all(one.verdict < 0 for one in each)
    assert alike == (found != 0)
    assert abs(found) <= min(abs(one.verdict) for one in each)


@given(results, verdicts)
def test_one_more_answer_never_makes_a_question_definite_nor_stronger(each: list[LeafResult], more: int) -> None:
    before, after = agreed(each).verdict, agreed([*each, LeafResult(more)]).verdict
    assert abs(after) <= abs(before)
    assert after == 0 or (after > 0) == (before > 0)


@given(results)
def test_the_order_of_accounts_is_nothing(each: list[LeafResult]) -> None:
    assert agreed(each).verdict == agreed(each[::-1]).verdict


# Accounts of a whole event


@pytest.fixture(scope="module")
def rulebook() -> Iterator[Rulebook]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TREATYCHECK_CACHE", "off")
        loaded = load_rulebook(GOOD / "rules")
        yield under(loaded, chosen_positions(loaded), AS_OF)


@pytest.fixture(scope="module")
def dossier(rulebook: Rulebook) -> Dossier:
    (found,) = load_casefile([GOOD / "case"], rulebook).dossiers
    # A storm kite that is not burnt: all that is asked is known, so that what accounts take away can be seen.
    event = found.events[0]
    facts = {**event.facts, "burnt": Stated(value="no")}
    items = tuple(replace(item, category=Stated(value="storm_kite")) for item in event.objects)
    return replace(found, events=(replace(event, facts=facts, objects=items),))


@pytest.fixture(scope="module")
def program(rulebook: Rulebook) -> Program:
    return compile_rulebook(rulebook)


def stated(*values: str) -> st.SearchStrategy[Stated]:
    return st.builds(lambda value, strength: Stated(value=value, strength=strength), st.sampled_from(values), strengths)


_GRADES: Final[tuple[StrengthName | None, ...]] = ("S1", "S2", "S3", None)
strengths = st.sampled_from(_GRADES)
days = st.sampled_from(["2019-06-01", "2020-01-31", "2020-02-01", "2025", "[2019..2021]", "2027-05-01"])
roles = st.sampled_from([("army",), ("club",), ("army", "club"), ("north", "army")])


@st.composite
def accounts(draw: st.DrawFn) -> Account:
    """What a source says instead; it may say nothing, or what the event says, which makes no difference then."""
    return Account(
        according_to="somebody",
        quotes=("club",),
        strength=draw(strengths),
        date=draw(st.none() | st.builds(lambda day: Dated(edtf=day), days)),
        place=draw(st.none() | st.sampled_from([Place(country="NLA"), Place(country="WLA")])),
        purpose=draw(st.none() | stated("rescue", "show")),
        facts=draw(st.dictionaries(st.just("height"), stated("5", "40"))),
        objects={"1": draw(st.dictionaries(st.sampled_from(["category"]), stated("storm_kite", "toy")))},
        participants=tuple(Participant(actor=name, role="flyer") for name in draw(st.just(()) | roles)),
    )


several = st.lists(accounts(), min_size=1, max_size=3).map(tuple)


def decided(rulebook: Rulebook, program: Program, dossier: Dossier, event: Event) -> dict[tuple[str, str], Decided]:
    with Panel(program.units, "reference") as panel:
        found = decide_event(rulebook, program, panel, dossier, event, AS_OF)
        return {(one.rule.rule.id, one.bearer.key): one for one in found}


@settings(deadline=None, max_examples=300)
@given(told=several)
def test_what_is_concluded_is_concluded_under_every_account(
    told: tuple[Account, ...], rulebook: Rulebook, program: Program, dossier: Dossier
) -> None:
    event = replace(dossier.events[0], accounts=told)
    each = [decided(rulebook, program, dossier, version.event) for version in versions(event)]
    for key, one in decided(rulebook, program, dossier, event).items():
        found = one.conclusion
        if found.outcome in (Outcome.UNDETERMINED, Outcome.NO_FINDING):
            continue
        alone = [of[key].conclusion for of in each if key in of]
        if found.outcome in GRADED:
            assert len(alone) == len(each)
            assert all(single.outcome in GRADED for single in alone)
            assert found.strength is not None
            assert found.strength <= min(single.strength for single in alone if single.strength is not None)
        else:
            # A bearer whom an account does not name is not spoken of there at all.
            assert {found.outcome} >= {single.outcome for single in alone} - {Outcome.NO_FINDING}


@settings(deadline=None, max_examples=200)
@given(told=several, more=accounts())
def test_one_more_account_never_makes_a_leaf_definite(
    told: tuple[Account, ...], more: Account, rulebook: Rulebook, program: Program, dossier: Dossier
) -> None:
    event = replace(dossier.events[0], accounts=told)
    after = replace(event, accounts=(*told, more))
    for bearer in bearers(dossier, event):
        facts = [event_facts(rulebook, dossier, one, AS_OF) for one in (event, after)]
        before, later = (one.event_leaves(program.event_leaves, bearer) for one in facts)
        for one, other in zip(before, later, strict=True):
            assert other.verdict == 0 or (one.verdict > 0) == (other.verdict > 0)
            assert abs(other.verdict) <= abs(one.verdict)


@settings(deadline=None, max_examples=100)
@given(told=several)
def test_the_order_in_which_accounts_are_written_decides_nothing(
    told: tuple[Account, ...], rulebook: Rulebook, program: Program, dossier: Dossier
) -> None:
    event = dossier.events[0]
    found = [
        {key: one.conclusion.outcome for key, one in decided(rulebook, program, dossier, version).items()}
        for version in (replace(event, accounts=told), replace(event, accounts=told[::-1]))
    ]
    assert found[0] == found[1]
