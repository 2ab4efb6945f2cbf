"""Generated events of the invented rulebook that engage its rules and often come near to an answer."""

from __future__ import annotations

from hypothesis import strategies as st

from treatycheck.casefile.closed import StrengthName
from treatycheck.casefile.model import Attribution, Dated, Dispute, Item, Participant, Place, Stated

grades: tuple[StrengthName, ...] = ("S1", "S2", "S3", "S4")
strengths = st.sampled_from(grades)


def said(*values: str) -> st.SearchStrategy[Stated]:
    """One of some values, now and then left open."""
    return st.builds(Stated, value=st.sampled_from([*values, *values, "unknown"]), strength=strengths)


items = st.builds(
    Item,
    described=st.sampled_from(["kites", "wings"]),
    category=st.none() | said("storm_kite", "toy"),
    model=st.none() | said("Albatross 3", "Wren"),
    activation=st.none() | said("at night", "never"),
)
dates = st.builds(
    Dated,
    edtf=st.sampled_from(
        ["2019-06", "2024-02-01", "2027-05-03", "2019/2021", "[2019..2026]", "[..2022]", "XXXX", "2025"]
    ),
    strength=strengths,
)


@st.composite
def flights(draw: st.DrawFn) -> dict[str, object]:
    """What is changed of the recorded event."""
    act, role = draw(st.sampled_from([("fly", "flyer"), ("fly", "flyer"), ("keep", "keeper")]))
    ordered = draw(st.none() | said("yes", "no"))
    grounds = Attribution(actor="north", facts={} if ordered is None else {"ordered": ordered})
    cast = [
        Participant(
            actor=actor, role=role, strength=draw(strengths), attributed_to=(grounds,) if actor == "club" else ()
        )
        for actor in draw(st.lists(st.sampled_from(["army", "north", "club"]), min_size=1, max_size=2, unique=True))
    ]
    return {
        "act": Stated(value=act, strength=draw(strengths)),
        "modality": Stated(
            value=draw(st.sampled_from(["occurred", "occurred", "announced"])), strength=draw(strengths)
        ),
        "date": draw(dates),
        "strength": draw(strengths),
        "participants": tuple(cast),
        "objects": tuple(draw(st.lists(items, max_size=2))),
        "place": draw(st.none() | st.builds(Place, country=st.sampled_from(["", "WLA", "NLA"]))),
        "purpose": draw(st.none() | said("rescue", "show")),
        "facts": draw(st.fixed_dictionaries({}, optional={"burnt": said("yes", "no"), "height": said("5", "40")})),
        "dispute": Dispute(status=draw(st.sampled_from(["none", "none", "denied", "contradicted"]))),
    }
