"""What a backend is asked to run, worded once in Ibis and kept as SQL beside the rulebook it was made from.

A plan depends on the rules, the day, the positions and the columns of the table, never on its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from treatycheck.screen.schema import ACT, DATE, ID, OF_CODE, WHO

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from treatycheck.screen.classes import Classes

EVENTS: Final = "events"
"""The table of events as the backend calls it: the flat columns, and the number of each row."""

FOREIGN: Final = "foreign"
"""A table of another layout as the backend calls it, from which the table of events is made."""

ROW: Final = "row number"
LUT: Final = "lut"
LATER: Final = "later"
STRETCHES: Final = "stretches"
DAYS: Final = "stretches by day"
FINDING: Final = ("row", "id", "rule", "outcome", "strength", "why", "role", "bearer", "code")
"""The columns of a finding: the number of the row, its id, and what a rule says to whom. `why` is the reason for which
a rule does not apply, or what is open, with `|` between."""

DIMENSIONS: Final = ("rule", "outcome", "bearer", "year")
"""What a summary may count by."""

DECIDED: Final = "decided"
GROUPS: Final = "groups"
UNADDRESSED: Final = "unaddressed"
RESULTS: Final = ("slot", "roles", "rule", "outcome", "strength", "why")
"""What is known of a decided signature, one row for each rule and bearer; a slot of -1 where no rule says anything."""

NOTHING: Final = -1
UNDECIDED: Final = "a signature is not decided yet"

YEARLY: Final = "^[0-9]{4}(-[0-9X]{2}(-[0-9X]{2})?)?\\z"


def word(number: int) -> str:
    """The name of one number of the signature."""
    return f"signature {number}"


def cells_of(digit: str) -> str:
    """The name of the list in which the classes of a digit stand."""
    return f"classes of {digit}"


@dataclass(frozen=True, slots=True)
class Dialect:
    """What each backend says in its own way; `name` is what Ibis calls it.

    `pick(text, values, classes, other)` is the class of a text (or of none at all) that is one of some values, `other`
    for any other text, or null; `among(text, values)` says whether it is one of them. `extract(list, place)` is the
    entry of a list at a place, from 1. `stop` is an expression that ends a query with a message. `text` is a column as
    text: `yes` and `no` for truth, days without an hour, numbers as Python writes them. Where `joins` is so, a table of
    one row is joined with every row; else each of its cells is asked for by itself.
    """

    name: str
    pick: Callable[[ir.StringValue, Sequence[str | None], Sequence[int], int | None], ir.IntegerValue]
    among: Callable[[ir.StringValue, Sequence[str]], ir.BooleanValue]
    extract: Callable[[Any, Any], Any]
    stop: Callable[[str], Any]
    text: Callable[[Any], Any]
    joins: bool


@dataclass(frozen=True, slots=True)
class OverTime:
    """What dates and States come to over time, as lists for look-up by place.

    `stretch` has for each day from `first` on the number of the stretch it lies in, from 1, and at the end the number
    where no date is stated; earlier and later days are in the first and the last stretch. `cells` has for each digit,
    State by State (`keys`), the class in each of the `width` stretches, the last of which is no date at all. After the
    States come those for `unknown` and for nobody.
    """

    first: str
    stretch: tuple[int, ...]
    width: int
    cells: Mapping[str, tuple[int, ...]]
    keys: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """The SQL of a run over one layout of tables, for one backend.

    `over_time` are the columns of the lists by which dates and States are looked up. `groups` counts rows by signature
    (and by what a summary needs), `unaddressed` those that name nobody whom a rule on their act binds. `found` gives
    the findings where all rows have a signature that is decided, and stops elsewhere; `ordinary_found` passes over rows
    without one. `odd` gives the number and the cells of these, as texts but for numbers with a point; `later_groups`
    and `later_found` are what `groups` and `found` are, for odd rows that have been looked at.
    """

    words: int
    over_time: tuple[str, ...]
    groups: str
    unaddressed: str
    found: str
    ordinary_found: str
    odd: str
    later_groups: str
    later_found: str


def make(
    classes: Classes,
    types: Mapping[str, str],
    by: Sequence[str],
    columns: Sequence[str],
    dialect: Dialect,
    *,
    text_ids: bool,
) -> Plan:
    """Word the plan for a table with these columns; `columns` of a finding are written, with ids as texts if asked."""
    import ibis

    from treatycheck.screen.expressions import Signing

    def cell(table: ir.Table, name: str) -> Any:
        return dialect.text(table[name]) if name in table.columns else ibis.null("string")

    schema = classes.schema
    events = ibis.table({ROW: "int64", **types}, name=EVENTS)
    signing = Signing(classes.digits, classes.places, tuple(classes.rulebook.vocabulary.acts), dialect)
    signed = signing.signed(events)
    words = [word(number) for number in range(classes.words)]
    of_words = dict.fromkeys(words, "int64")
    later = ibis.table({ROW: "int64", **of_words}, name=LATER)
    texts = {"roles": "string", "rule": "string", "outcome": "string", "strength": "string", "why": "string"}
    lut = ibis.table({**of_words, "slot": "int64", **texts}, name=LUT)

    dims = {}
    if "bearer" in by:
        for role in classes.roles:
            dims[role] = cell(events, role)
            dims[role + OF_CODE] = cell(events, role + OF_CODE)
    if "year" in by:
        dims["year"] = _year(events)
    has_all = ibis.and_(*[signed[name].notnull() for name in words])
    groups = _counted(signed, words, dims)
    looked_at = events.inner_join(later, events[ROW] == later[ROW]).select(*events.columns, *words)

    def findings(table: ir.Table) -> ir.Table:
        renamed = lut.rename({f"of {name}": name for name in lut.columns})
        joined = table.left_join(renamed, [table[name] == renamed[f"of {name}"] for name in words])
        # A row that nobody has decided must not be passed over: the query ends, and what is missing is decided first.
        slot = ibis.coalesce(joined["of slot"], dialect.stop(UNDECIDED))
        told = {
            "row": joined[ROW],
            "id": joined[ID] if ID in types and not text_ids else cell(joined, ID),
            "rule": joined["of rule"],
            "outcome": joined["of outcome"],
            "strength": joined["of strength"],
            "why": joined["of why"],
            "role": joined["of roles"],
            "bearer": _of_slot(joined, classes.roles, "", cell),
            "code": _of_slot(joined, classes.roles, OF_CODE, cell),
        }
        return joined.filter(slot >= 0).select(**{name: told[name] for name in columns})

    cells = {
        name: signed[name] if events[name].type().is_floating() else cell(signed, name)
        for name in types
        if name in schema.by_name
    }
    odd = signed.filter(~has_all).select(ROW, **cells)

    def sql(table: ir.Table) -> str:
        return str(ibis.to_sql(table, dialect=dialect.name, pretty=False))

    return Plan(
        classes.words,
        signing.over_time,
        sql(groups),
        sql(_unaddressed(events, classes, dialect)),
        sql(findings(signed)),
        sql(findings(signed.filter(has_all))),
        sql(odd),
        sql(_counted(looked_at, words, dims)),
        sql(findings(looked_at)),
    )


def _counted(table: ir.Table, words: Sequence[str], dims: Mapping[str, Any]) -> ir.Table:
    with_dims = table.mutate(**{f"by {name}": one for name, one in dims.items()}) if dims else table
    return with_dims.group_by([*words, *(f"by {name}" for name in dims)]).aggregate(rows=with_dims.count())


def _unaddressed(events: ir.Table, classes: Classes, dialect: Dialect) -> ir.Table:
    import ibis

    acts: dict[frozenset[str], list[str]] = {}
    for act in classes.rulebook.vocabulary.acts:
        acts.setdefault(classes.bound(act), []).append(act)
    silent: Any = ibis.literal(value=False)
    for roles, each in acts.items():
        cells = [role + part for role in sorted(roles) for part in WHO]
        empty = [dialect.text(events[name]).fill_null("") == "" for name in cells if name in events.columns]
        silent |= ibis.and_(*empty, dialect.among(dialect.text(events[ACT]), each))
    return events.filter(silent).aggregate(rows=events.filter(silent).count())


def _year(events: ir.Table) -> Any:
    import ibis

    if DATE not in events.columns:
        return ibis.null("int64")
    column: Any = events[DATE]
    if not column.type().is_string():
        return column.year().cast("int64")
    return ibis.cases((column.re_search(YEARLY), column.substr(0, 4).try_cast("int64")), else_=ibis.null("int64"))


def _of_slot(table: ir.Table, roles: Sequence[str], part: str, cell: Callable[[ir.Table, str], Any]) -> Any:
    """What the row says of the actor whose role has the number of the slot."""
    import ibis

    slots = [(table["of slot"] == number, cell(table, role + part)) for number, role in enumerate(roles)]
    if not any(role + part in table.columns for role in roles):
        return ibis.null("string")
    return slots[0][1] if len(slots) == 1 else ibis.cases(*slots, else_=ibis.null("string"))
