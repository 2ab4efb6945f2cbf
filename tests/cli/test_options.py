"""The words that options offer are those there are."""

from __future__ import annotations

from treatycheck.cli import check, inputs
from treatycheck.engine.agreement import EngineChoice
from treatycheck.engine.outcomes import FLAGGED, Outcome


def test_the_thresholds_are_the_flagged_outcomes_from_the_gravest() -> None:
    flagged = [str(outcome) for outcome in Outcome if outcome in FLAGGED]
    assert (*flagged, str(Outcome.UNDETERMINED), "any") == check.THRESHOLDS


def test_the_engines_offered_are_those_there_are() -> None:
    assert EngineChoice.__args__ == inputs.ENGINES  # type: ignore[attr-defined]
