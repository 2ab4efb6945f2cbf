"""A chamber for each act: set up when first asked for, closed with all others."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatycheck.engine import matcher
from treatycheck.engine.chambers import Chambers
from treatycheck.engine.compile import chosen_positions
from treatycheck.engine.matcher import MatcherError, available
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

needs_matcher = pytest.mark.skipif(available() is not None, reason=str(available()))


@pytest.fixture
def rulebook(desk: Path) -> Rulebook:
    return load_rulebook(desk / "rules")


@pytest.fixture
def chambers(rulebook: Rulebook) -> Chambers:
    return Chambers(rulebook, chosen_positions(rulebook), "reference")


def test_a_chamber_has_the_rules_of_its_act(chambers: Chambers) -> None:
    found = {act: [rule.rule.id for rule in chambers.of(act)[0].rules] for act in ("fly", "keep", "sing")}
    assert {"fly": ["ka-1-fly"], "keep": ["ka-4-burn"], "sing": []} == found


def test_a_chamber_is_set_up_once(chambers: Chambers) -> None:
    assert chambers.of("fly")[1] is chambers.of("fly")[1]


def test_the_engines_are_known_before_the_first_event(chambers: Chambers) -> None:
    assert (("reference",), "") == (chambers.engines, chambers.notice)


def test_that_the_matcher_cannot_run_is_told_before_the_first_event(
    rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matcher, "available", lambda: "no compiler")
    with Chambers(rulebook, chosen_positions(rulebook)) as chambers:
        assert (("reference",), True) == (chambers.engines, "no compiler" in chambers.notice)


def test_only_chambers_that_were_asked_something_have_a_record(chambers: Chambers) -> None:
    program, panel = chambers.of("fly")
    chambers.of("keep")
    panel.decide_event([0] * len(program.event_leaves), [0] * len(program.object_units))
    assert [program.units] == [record.units for record in chambers.records()]


@needs_matcher
def test_all_chambers_are_closed_at_the_end(rulebook: Rulebook) -> None:
    with Chambers(rulebook, chosen_positions(rulebook), "durable") as chambers:
        program, panel = chambers.of("fly")
    with pytest.raises(MatcherError, match="closed"):
        panel.decide_event([4] * len(program.event_leaves), [4] * len(program.object_units))
