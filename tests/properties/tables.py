"""Generated rows of flat event tables that engage the rules of a rulebook, some with cells that no row may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.schema import DATE, Column, FlatSchema

DAYS = (
    *("1998-05-03", "1999-02-28", "1999-03-01", "2003-02-28", "2006-06-01", "2010-01-01", "2011-02-26", "2012-05-17"),
    *("2014-12-24", "2020-05-17", "2020-11-10", "2020-12-01", "2025-01-16", "2025-12-27", "2026-03-01", "2027-03-01"),
)
IMPRECISE = ("2005", "2006-06", "[2018..2019]", "2001/2003", "[..2005]", "2012/..", "XXXX", "2025~", "unknown")
BAD = ("2012-13-01", "yesterday", "2020-05-17 10:00", "0000-01-01", "S9", "neither", "-1", "12,5", " ", "ÿ", "1e3")

USUAL: Mapping[str, Sequence[str]] = {
    "modality": ("occurred", "occurred", "occurred", "announced"),
    "strength": ("S2", "S3", "S4"),
    "dispute": ("", "", "none", "denied", "contradicted"),
    "date": DAYS,
    "kind": ("state", "state", "state_organ", "unknown"),
}
"""What stands in most cells, by the last part of the column's name."""


def texts(column: Column, rulebook: Rulebook, codes: Sequence[str]) -> st.SearchStrategy[str]:
    """What a cell may hold."""
    if column.name == DATE:
        return st.sampled_from(DAYS) | st.sampled_from(IMPRECISE)
    open_ = [] if column.part == "row" or column.kind == "strength" else ["unknown"]
    if column.kind in ("word", "strength"):
        return st.sampled_from([*column.words, *open_])
    if column.kind == "truth":
        return st.sampled_from(["yes", "no", "yes", "no", "unknown"])
    if column.kind == "number":
        return st.sampled_from(["0", "1", "40", "40.0", "39.5", "1200", ".5", "unknown"])
    if column.kind == "state":
        return st.sampled_from([*codes, "unknown"])
    if column.kind == "model":
        spelt = [row.key for row in rulebook.models.rows][:6]
        return st.sampled_from([*spelt, *(one.lower().replace("-", " ") for one in spelt), "no such model", "unknown"])
    if column.kind == "date":
        return st.sampled_from(["2019", "2020", "2021-06-01", "2018/2019", "unknown"])
    return st.sampled_from(["one", "other", "unknown"])


@st.composite
def rows(
    draw: st.DrawFn,
    rulebook: Rulebook,
    schema: FlatSchema,
    columns: Sequence[str],
    codes: Sequence[str],
    telling: Mapping[str, Sequence[str]],
    *,
    bad: bool = False,
) -> Mapping[str, str]:
    """One row over these columns; most cells are telling, and with `bad`, now and then one is refused."""
    cells: dict[str, str] = {}
    vague = draw(st.integers(0, 3))
    for name in columns:
        column = schema.by_name[name]
        known = telling.get(name) or USUAL.get(name.rpartition(".")[2])
        if known and draw(st.integers(0, 9)) >= vague:
            cells[name] = draw(st.sampled_from(known))
        elif column.required or draw(st.integers(0, 3)) > 0:
            cells[name] = draw(texts(column, rulebook, codes))
        if bad and draw(st.integers(0, 24)) == 0:
            cells[name] = draw(st.sampled_from(BAD))
    return cells
