"""Small programs and rules written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from treatycheck.engine.program import CompiledException, CompiledRule
from treatycheck.engine.units import Formula, Scope, Unit, UnitRef, Units
from treatycheck.rulebook.model import Bearer, FindingText, Rule

RULE = Rule(
    id="rule",
    title="A rule",
    status="stable",
    norm="prohibition",
    provision="law:1",
    bearer=Bearer(role=("doer",)),
    act=("do",),
    finding=FindingText(severity="core", statement="{bearer} did it"),
)
GATES = ("addressee", "bound", "place", "conduct")

MakeUnits = Callable[..., Units]
MakeRule = Callable[..., CompiledRule]


@pytest.fixture
def make_units() -> MakeUnits:
    """Units of formulas, each with its cap and level if it has another than 4 and 0; four leaves in each scope."""

    def made(
        objects: tuple[Formula, ...] = (),
        events: tuple[Formula, ...] = (),
        *,
        caps: dict[UnitRef, int] | None = None,
        levels: dict[UnitRef, int] | None = None,
    ) -> Units:
        def units(scope: Scope, formulas: tuple[Formula, ...]) -> tuple[Unit, ...]:
            refs = [UnitRef(scope, index) for index, _ in enumerate(formulas)]
            return tuple(
                Unit(f"{scope} {ref.index}", scope, formula, (caps or {}).get(ref, 4), (levels or {}).get(ref, 0))
                for ref, formula in zip(refs, formulas, strict=True)
            )

        return Units(4, 4, units("object", objects), units("event", events))

    return made


@pytest.fixture
def make_rule() -> MakeRule:
    """A rule with the gates addressee, bound, place and conduct on event units 0 to 3, and object on object unit 0.

    What else it has is given by the event units it reads: `only_if`, and `deadline` as fulfilled and overdue.
    """

    def made(
        exceptions: tuple[CompiledException, ...] = (),
        *,
        only_if: int | None = None,
        deadline: tuple[int, int] | None = None,
        cap: int = 4,
    ) -> CompiledRule:
        gates = [(name, UnitRef("event", index)) for index, name in enumerate(GATES)]
        gates.insert(3, ("object", UnitRef("object", 0)))
        fulfilled, overdue = deadline or (None, None)
        return CompiledRule(
            RULE,
            tuple(gates),
            exceptions,
            None if only_if is None else UnitRef("event", only_if),
            None if fulfilled is None else UnitRef("event", fulfilled),
            None if overdue is None else UnitRef("event", overdue),
            (),
            cap,
        )

    return made
