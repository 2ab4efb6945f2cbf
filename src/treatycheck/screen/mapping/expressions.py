"""The flat events as one table expression in Ibis over a table of another layout, the same for every backend.

Values are translated by joins with dictionaries, dates by patterns: nothing is done row by row in Python. A cell that
cannot be translated keeps its text, marked, and the act of its row is marked too. So the row has no signature, is
looked at by itself like every odd row, and goes to the quarantine with what stood there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from treatycheck.screen.mapping import forms
from treatycheck.screen.mapping.model import Dictionary, Entry, Reading
from treatycheck.screen.mapping.refused import MARK
from treatycheck.screen.plan import FOREIGN, ROW
from treatycheck.screen.schema import ACT, UNKNOWN, FlatSchema

MOST: Final = 1000
"""No more values of a table that became unknown are listed by column."""

WEEK: Final = 6
"""A day that is only known to be of a week is at most so many days before or after the day that is given."""


def flat(reading: Reading, types: Mapping[str, str], schema: FlatSchema) -> ir.Table:
    """The events in the columns of the schema; `types` are those of the columns that are read."""
    table = _kept(reading, types)
    for name, entry in reading.entries.items():
        for dictionary in _of(reading, name):
            table = _joined(table, dictionary, _key(entry))
    cells = {
        column.name: _cell(table, column.name, reading.entries[column.name], reading)
        for column in schema.columns
        if column.name in reading.entries
    }
    refused = [cell.startswith(MARK) for name, cell in cells.items() if _may_refuse(reading.entries[name])]
    if refused:
        act = cells[ACT].cast("string") if not cells[ACT].type().is_string() else cells[ACT]
        marked = ibis.or_(*[one.fill_null(False) for one in refused])
        cells[ACT] = ibis.cases((act.startswith(MARK).fill_null(False), act), (marked, MARK), else_=act)
    return table.select(**{ROW: table[ROW], **cells})


def unmatched(reading: Reading, types: Mapping[str, str]) -> dict[str, ir.Table]:
    """By column of the schema: where the values come from that no table has and that become unknown, and how many."""
    found = {}
    for name, entry in reading.entries.items():
        dated = entry.precision is not None and entry.precision.otherwise == UNKNOWN
        if not dated and not (entry.looks_up and entry.otherwise == UNKNOWN):
            continue
        column = _key(entry)
        table = _kept(reading, types)
        for dictionary in _of(reading, name):
            table = _joined(table, dictionary, column)
        text = _text(table[column]).fill_null("")
        lost = table.filter(ibis.and_(*[table[one.name].isnull() for one in _of(reading, name)]))
        lost = lost.mutate(source=ibis.literal(column), value=text)
        if not dated:
            lost = lost.filter(lost["value"].strip() != "")
        found[name] = (
            lost.group_by(["source", "value"]).aggregate(rows=lost.count()).order_by(ibis.desc("rows")).limit(MOST)
        )
    return found


def passed_over(reading: Reading, types: Mapping[str, str]) -> ir.Table | None:
    """How many rows the mapping passes over; None if it says nothing of any."""
    if not reading.pass_over:
        return None
    table = ibis.table({ROW: "int64", **types}, name=FOREIGN)
    passed = table.filter(_passed(table, reading))
    return passed.aggregate(rows=passed.count())


def _key(entry: Entry) -> str:
    """The column in which the dictionaries of an entry are looked up: that of its precision, or its own."""
    return str(entry.column) if entry.precision is None else entry.precision.column


def _kept(reading: Reading, types: Mapping[str, str]) -> ir.Table:
    """The rows that are to be screened."""
    table: ir.Table = ibis.table({ROW: "int64", **types}, name=FOREIGN)
    return table.filter(~_passed(table, reading)) if reading.pass_over else table


def _passed(table: ir.Table, reading: Reading) -> Any:
    listed = (_text(table[column]).strip().isin([*values]) for column, values in reading.pass_over.items())
    return ibis.or_(*[one.fill_null(False) for one in listed])


def _of(reading: Reading, name: str) -> list[Dictionary]:
    found = (reading.values.get(name), reading.countries.get(name), reading.precisions.get(name))
    return [one for one in found if one is not None]


def _joined(table: ir.Table, dictionary: Dictionary, column: str) -> ir.Table:
    entries = ibis.table({"key": "string", "value": "string"}, name=dictionary.name)
    key = _text(table[column]).strip()
    renamed = entries.rename({f"{dictionary.name} key": "key", dictionary.name: "value"})
    joined = table.left_join(renamed, (key.lower() if dictionary.folded else key) == renamed[f"{dictionary.name} key"])
    return joined.drop(f"{dictionary.name} key")


def _may_refuse(entry: Entry) -> bool:
    if entry.looks_up:
        return entry.otherwise in (None, "quarantine")
    return entry.reckons or entry.format is not None


def _cell(table: ir.Table, name: str, entry: Entry, reading: Reading) -> Any:
    if entry.constant is not None:
        return ibis.literal(entry.constant)
    column: Any = table[str(entry.column)]
    if entry.copies:
        return column
    text = _text(column)
    blank = text.fill_null("").strip() == ""
    branches: list[tuple[Any, Any]] = [(blank, ibis.literal(entry.empty, "string"))]
    if entry.looks_up:
        known = [table[one.name] for one in _of(reading, name)]
        branches += [(one.notnull(), one) for one in known]
        other = {"unknown": ibis.literal(UNKNOWN), "keep": text}.get(entry.otherwise or "")
        return ibis.cases(*branches, else_=_refuse(str(entry.column), text) if other is None else other)
    if entry.format is None and not entry.reckons and not entry.at_latest:
        return ibis.cases(*branches, else_=text)
    stated = _stated(column, entry.format)
    branches.append((stated.isnull(), _refuse(str(entry.column), text)))
    if entry.reckons:
        branches += _reckoned(table, name, entry, stated, reading)
    return ibis.cases(*branches, else_=_before(stated) if entry.at_latest else stated)


def _reckoned(table: ir.Table, name: str, entry: Entry, stated: Any, reading: Reading) -> list[tuple[Any, Any]]:
    """The date by what stands beside the day; a day that it does not limit is left over."""
    day = _day(stated)
    branches: list[tuple[Any, Any]] = [(day.isnull(), _refuse(str(entry.column), _text(table[str(entry.column)])))]
    one_day = span = _before(stated) if entry.at_latest else stated
    if entry.until is not None:
        end = _text(table[entry.until])
        last = _stated(table[entry.until], entry.format)
        in_order = (_day(last) >= day).fill_null(False)
        branches.append((~in_order, _refuse(entry.until, end)))
        span = _before(last) if entry.at_latest else ibis.cases((last == stated, stated), else_=_set(stated, last))
        # Where the table says that the event ended on another day, one day is no more certain than the other.
        one_day = span
    precision = entry.precision
    if precision is None:
        return [*branches, (ibis.literal(True), span)]
    said = table[reading.precisions[name].name]
    code = _text(table[precision.column])
    silent = ibis.literal(UNKNOWN) if precision.otherwise == UNKNOWN else _refuse(precision.column, code)
    sooner, later = (_written(day + ibis.interval(days=days)) for days in (-WEEK, WEEK))
    about = {
        "month": stated.substr(0, len("YYYY-MM")),
        "year": stated.substr(0, len("YYYY")),
        "approximate": stated.concat("~"),
    }
    dates = {
        "day": one_day,
        "range": span,
        "week": _before(later) if entry.at_latest else _set(sooner, later),
        "unknown": ibis.literal(UNKNOWN),
        **{word: _before(date) if entry.at_latest else date for word, date in about.items()},
    }
    used = set(precision.values.values())
    return [*branches, (said.isnull(), silent), *((said == one, dates[one]) for one in dates if one in used)]


def _written(day: Any) -> Any:
    """A day as text; what comes of an interval may be a moment."""
    return day.strftime("%Y-%m-%d")


def _before(date: Any) -> Any:
    """Some day up to the end of a date."""
    return ibis.literal("[..").concat(date).concat("]")


def _set(first: Any, last: Any) -> Any:
    """Some day from the first to the last, as EDTF has it."""
    return ibis.literal("[").concat(first).concat("..").concat(last).concat("]")


def _stated(column: Any, text: str | None) -> Any:
    """The year, month and day that a cell states, with hyphens; null if it states none in this form."""
    if column.type().is_date() or column.type().is_timestamp():
        return column.cast("date").cast("string")
    written = _text(column).strip()
    if text is None:
        return written
    form = forms.form(text)
    assert form is not None  # noqa: S101 - a mapping with another form is not read
    low = written.lower()

    def part(name: str) -> Any:
        found = low.re_extract(form.pattern, form.group(name))
        if name == "month" and form.named:
            found = ibis.cases(
                *((found.substr(0, 3) == month[:3], f"{number:02}") for number, month in enumerate(forms.MONTHS, 1)),
                else_=found,
            )
        return found if name == "year" else found.lpad(2, "0")

    parts = [part(name) for name in ("year", "month", "day") if form.group(name)]
    stated = parts[0]
    for one in parts[1:]:
        stated = stated.concat("-").concat(one)
    return ibis.cases((low.re_search(form.pattern), stated), else_=ibis.null("string"))


def _day(stated: Any) -> Any:
    """The day of the calendar that a text is; null if it is none."""
    day = stated.try_cast("date")
    return ibis.cases((day.cast("string") == stated, day), else_=ibis.null("date"))


def _refuse(column: str, text: Any) -> Any:
    return ibis.literal(f"{MARK}{column}{MARK}").concat(text.fill_null(""))


def _text(column: Any) -> Any:
    """A cell as the text that stands in a table of a mapping; whole numbers without what follows the point."""
    kind = column.type()
    if kind.is_string():
        return column
    if kind.is_boolean():
        return ibis.cases((column.isnull(), ibis.null("string")), (column, "true"), else_="false")
    if kind.is_floating():
        whole = column.try_cast("int64")
        small = column.abs() < 2**53
        return ibis.cases(
            (column.isnull() | column.isnan(), ibis.null("string")),
            (small & (column == column.floor()), whole.cast("string")),
            else_=column.cast("string"),
        )
    if kind.is_timestamp():
        return column.cast("date").cast("string")
    return column.cast("string")
