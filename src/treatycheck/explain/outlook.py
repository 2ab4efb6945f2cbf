"""The table of outcomes under many alternatives: it is asked once for each combination of gates that occurs."""

from __future__ import annotations

from collections.abc import Collection

from treatycheck.engine.outcomes import Conclusion, conclude
from treatycheck.engine.program import CompiledRule
from treatycheck.engine.worlds import Cell, Worlds, places
from treatycheck.truth import CERTAINLY_NOT


def concluded(
    worlds: Worlds,
    rule: CompiledRule,
    effect: str,
    *,
    readable: Cell,
    invoked: Collection[str] = (),
    alone: Cell = CERTAINLY_NOT,
) -> list[Conclusion]:
    """The conclusion on a rule in each world, as `conclude` has it.

    `readable` is true where the law of the time is read, `alone` where one account is taken for itself: what another
    one invokes is then of no account.
    """
    found: list[Conclusion | None] = [None] * worlds.count
    for (*verdicts, read, single), bits in worlds.groups([*map(worlds.verdict, rule.units), readable, alone]):
        known: dict[str, dict[int, int]] = {"object": {}, "event": {}}
        for ref, verdict in zip(rule.units, verdicts, strict=True):
            known[ref.scope][ref.index] = verdict
        others = () if single > 0 else invoked
        one = conclude(
            rule, known["object"], known["event"], effect=effect, standing="", readable=read > 0, invoked=others
        )
        for world in places(bits):
            found[world] = one
    return [one for one in found if one is not None]
