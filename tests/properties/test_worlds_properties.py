"""Many worlds at once against the reference evaluator, world by world."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from treatycheck.engine.reference import Reference
from treatycheck.engine.units import All, Any, Formula, LeafRef, Not, Unit, UnitRef, Units
from treatycheck.engine.worlds import Cell, Worlds, cell

verdicts = st.integers(-4, 4)


@st.composite
def formulas(draw: st.DrawFn, leaves: int, below: list[UnitRef]) -> Formula:
    atoms: st.SearchStrategy[Formula] = st.sampled_from([*map(LeafRef, range(leaves)), *below])
    return draw(
        st.recursive(
            atoms,
            lambda part: st.one_of(
                st.lists(part, max_size=3).map(lambda parts: All(tuple(parts))),
                st.lists(part, max_size=3).map(lambda parts: Any(tuple(parts))),
                part.map(Not),
            ),
            max_leaves=6,
        )
    )


@st.composite
def programs(draw: st.DrawFn) -> Units:
    object_units: list[Unit] = []
    event_units: list[Unit] = []
    for index in range(draw(st.integers(1, 4))):
        below = [UnitRef("object", one) for one in range(index)]
        formula = draw(formulas(3, below))
        object_units.append(Unit(f"o{index}", "object", formula, draw(st.integers(1, 4)), index))
    objects = [UnitRef("object", one) for one in range(len(object_units))]
    for index in range(draw(st.integers(1, 4))):
        below = [*objects, *(UnitRef("event", one) for one in range(index))]
        formula = draw(formulas(3, below))
        event_units.append(Unit(f"e{index}", "event", formula, draw(st.integers(1, 4)), index))
    return Units(3, 3, tuple(object_units), tuple(event_units))


@st.composite
def alternatives(draw: st.DrawFn) -> tuple[Units, list[tuple[list[int], list[list[int]]]]]:
    """A program and some worlds: the leaves of the event and those of each object."""
    units = draw(programs())
    objects = draw(st.integers(0, 2))
    leaves = st.lists(verdicts, min_size=3, max_size=3)
    world = st.tuples(leaves, st.lists(leaves, min_size=objects, max_size=objects))
    return units, draw(st.lists(world, min_size=1, max_size=12))


def expected(units: Units, world: tuple[list[int], list[list[int]]]) -> tuple[list[int], list[int]]:
    reference = Reference(units)
    event, objects = world
    each = [reference.decide_object(leaves) for leaves in objects]
    lifted = [*map(max, zip(*each, strict=True))] if each else [0] * len(units.object_units)
    return reference.decide_event(event, lifted), lifted


def row(verdicts: list[int]) -> Cell:
    """A leaf with a verdict for each world."""
    bits = {verdict: sum(1 << place for place, one in enumerate(verdicts) if one == verdict) for verdict in verdicts}
    return cell(len(verdicts), verdicts[0], bits)


@settings(max_examples=300, deadline=None)
@given(alternatives())
def test_every_world_has_the_verdicts_the_reference_gives_it_alone(
    given_: tuple[Units, list[tuple[list[int], list[list[int]]]]],
) -> None:
    units, worlds = given_
    count = len(worlds)
    event = [row([one[0][leaf] for one in worlds]) for leaf in range(3)]
    objects = [
        [row([one[1][number][leaf] for one in worlds]) for leaf in range(3)] for number in range(len(worlds[0][1]))
    ]
    decided = Worlds(units, count, event, objects)
    refs = [UnitRef("event", index) for index, _ in enumerate(units.event_units)]
    refs += [UnitRef("object", index) for index, _ in enumerate(units.object_units)]
    found: dict[int, tuple[int, ...]] = {}
    for key, bits in decided.groups([decided.verdict(ref) for ref in refs]):
        for place in range(count):
            if bits >> place & 1:
                assert place not in found
                found[place] = key
    by_itself = {}
    for place, world in enumerate(worlds):
        of_event, lifted = expected(units, world)
        by_itself[place] = (*of_event, *lifted)
    assert found == by_itself


def test_what_is_the_same_in_all_worlds_stays_a_plain_verdict() -> None:
    assert cell(5, 2, {2: 0b01010, 3: 0}) == 2


def test_an_event_without_objects_leaves_open_whether_any_is_of_a_kind() -> None:
    units = Units(1, 0, (Unit("o", "object", LeafRef(0), 4, 0),), ())
    assert Worlds(units, 1, [], []).verdict(UnitRef("object", 0)) == 0
