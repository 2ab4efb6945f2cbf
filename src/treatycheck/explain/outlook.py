"""The table of outcomes under many alternatives: it is asked once for each combination of gates that occurs."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from treatycheck.engine.outcomes import Conclusion, conclude
from treatycheck.engine.program import CompiledRule, UnitRef
from treatycheck.engine.worlds import Cell, Worlds
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
    units = list(dict.fromkeys(rule.units))
    found: dict[int, Conclusion] = {}
    for (*verdicts, read, single), bits in worlds.groups([*map(worlds.verdict, units), readable, alone]):
        known = dict(zip(units, verdicts, strict=True))
        objects, event = _of("object", known), _of("event", known)
        others = () if single > 0 else invoked
        one = conclude(rule, objects, event, effect=effect, standing="", readable=read > 0, invoked=others)
        found |= {world: one for world in range(worlds.count) if bits >> world & 1}
    return [found[world] for world in range(worlds.count)]


def _of(scope: str, known: Mapping[UnitRef, int]) -> dict[int, int]:
    return {ref.index: verdict for ref, verdict in known.items() if ref.scope == scope}
