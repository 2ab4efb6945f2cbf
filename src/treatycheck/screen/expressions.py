"""The signature of every row as one table expression in Ibis, the same for every backend.

A row in which anything is out of the ordinary (a malformed cell, an imprecise date, a rare spelling) has no signature
here: it is looked at again by itself. So nothing is approximated, and whether a cell may stand there is seen in the
same pass.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from treatycheck.registers.models import squeezed
from treatycheck.screen.digits import Digit, Place
from treatycheck.screen.event import NOT_STATED
from treatycheck.screen.plan import DAYS, STRETCHES, Dialect, OverTime, cells_of, word
from treatycheck.screen.schema import DATE, UNKNOWN

NOT_PLAIN: Final = "[^ -~]"
"""A character beyond the plain ones, whose case is not as simple as it seems."""

LONGEST_NUMBER: Final = 15
"""Numbers of more digits are looked at one by one."""

STRETCH: Final = "stretch of time"


def over_time(digits: Sequence[Digit], laid_out: Sequence[Place]) -> OverTime:
    """The classes of dates and States over time, in units of the signature, as lists that rows look up."""
    dated = [(digit, place) for digit, place in zip(digits, laid_out, strict=True) if digit.way == "dated"]
    turns = sorted({day for digit, _ in dated for one in digit.stretches for day in one.days})
    if not dated:
        return OverTime("", (), 0, {}, {})
    first = date.fromisoformat(turns[0]).toordinal() - 1 if turns else 1
    last = date.fromisoformat(turns[-1]).toordinal() if turns else 1
    ordinals = [date.fromisoformat(day).toordinal() for day in turns]
    stretch = [*(bisect_right(ordinals, day) + 1 for day in range(first, last + 1)), len(turns) + 2]
    cells: dict[str, tuple[int, ...]] = {}
    keys: dict[str, tuple[str, ...]] = {}
    for digit, place in dated:
        found: list[int] = []
        known = list(digit.stretches)
        for one in known:
            own = [bisect_right(one.days, day) for day in ("", *turns)]
            found += [one.classes[number] * place.unit for number in own]
            found.append(one.unstated * place.unit)
        for number in (digit.open, digit.absent):
            found += [number * place.unit] * (len(turns) + 2)
        cells[digit.name] = tuple(found)
        keys[digit.name] = tuple(one.key for one in known)
    return OverTime(date.fromordinal(first).isoformat(), tuple(stretch), len(turns) + 2, cells, keys)


class Signing:
    """Puts the numbers of the signature beside the rows of a table."""

    def __init__(
        self,
        digits: Sequence[Digit],
        laid_out: Sequence[Place],
        acts: Sequence[str],
        dialect: Dialect,
    ) -> None:
        self._digits = digits
        self._places = laid_out
        self._acts = acts
        self._dialect = dialect
        self._over_time = over_time(digits, laid_out)
        self.over_time = (DAYS, *map(cells_of, self._over_time.cells))
        self._lists = ibis.table(dict.fromkeys(self.over_time, "array<int64>"), name=STRETCHES)

    def signed(self, events: ir.Table) -> ir.Table:
        """The table with the signature of each row, null where the row has to be looked at by itself."""
        joined = events
        if self._over_time.cells:
            if self._dialect.joins:
                # One row, so each list stands beside every row without being copied.
                joined = events.cross_join(self._lists)
            joined = joined.mutate(**{STRETCH: self._stretch(joined)})
        sums: dict[tuple[int, tuple[str, ...]], Any] = {}
        # Each sum begins wide, by a cast that stays in the SQL: small numbers are added there as small numbers.
        nothing = ibis.literal("0").cast("int64")
        for digit, place in zip(self._digits, self._places, strict=True):
            key = (place.word, digit.acts)
            sums[key] = sums.get(key, nothing) + self._term(joined, digit, place.unit)
        words: dict[str, Any] = {}
        for (number, acts), total in sums.items():
            part = total if set(acts) == set(self._acts) else total * self._matters(joined, acts)
            words[word(number)] = part if word(number) not in words else words[word(number)] + part
        return joined.mutate(**words).select(*events.columns, *words)

    def _matters(self, table: ir.Table, acts: Sequence[str]) -> ir.IntegerValue:
        """1 for acts for which a digit matters, else 0; a malformed cell is found in either case."""
        return self._dialect.pick(self._text(table, "act"), self._acts, [int(act in acts) for act in self._acts], None)

    def _text(self, table: ir.Table, name: str) -> Any:
        """A cell as text; nothing where the table has no such column."""
        return self._dialect.text(table[name]) if name in table.columns else ibis.null("string")

    def _shows(self, table: ir.Table, name: str) -> Any:
        """Whether anything stands in a cell."""
        kind = table[name].type() if name in table.columns else None
        if kind is None or kind.is_string() or kind.is_floating():
            return _filled(self._text(table, name))
        return table[name].notnull()

    def _list(self, table: ir.Table, name: str) -> Any:
        """One of the lists of what dates and States come to over time."""
        return table[name] if self._dialect.joins else self._lists[name].as_scalar()

    def _term(self, table: ir.Table, digit: Digit, unit: int) -> Any:
        name = digit.columns[0]
        match digit.way:
            case "listed":
                return self._listed(table, digit, unit)
            case "designation":
                return self._designated(self._text(table, name), digit, unit)
            case "number":
                return _numbered(table[name], digit, unit)
            case "dated":
                return self._dated(table, digit)
            case "named":
                alone = _filled(self._text(table, name))
                for other in digit.columns[1:]:
                    alone &= ~_filled(self._text(table, other))
                return ibis.cases((alone, unit), else_=0)
            case "filled":
                shows = self._shows(table, name)
                for other in digit.columns[1:]:
                    shows |= self._shows(table, other)
                return ibis.cases((shows, unit), else_=0)
            case "same":
                return self._same(table, digit, unit)

    def _listed(self, table: ir.Table, digit: Digit, unit: int) -> Any:
        values: list[str | None] = [*digit.values]
        classes = [number * unit for number in digit.classes]
        text = self._text(table, digit.columns[0])
        if "" in digit.values:
            values.append(None)
            classes.append(classes[digit.values.index("")])
        other = None if digit.other < 0 or digit.later else digit.other * unit
        found = self._dialect.pick(text, values, classes, other)
        if digit.guarded:
            code = self._text(table, digit.name.rpartition(".")[0] + ".code")
            unnamed = code.fill_null("").isin(["", UNKNOWN])
            return ibis.cases((text.isin(digit.guarded) & unnamed, ibis.null("int64")), else_=found)
        return found

    def _designated(self, text: Any, digit: Digit, unit: int) -> Any:
        """By the usual spelling; another one without case, spaces and hyphens, where that is as simple as it seems."""
        by_name = dict(zip(digit.values, digit.classes, strict=True))
        spelt = [by_name[squeezed(one)] * unit for one in digit.spelt]
        usual = self._dialect.pick(text, [None, "", *digit.spelt], [*([digit.absent * unit] * 2), *spelt], None)
        bare = text.lower().replace("-", "").replace(" ", "")
        classes = [number * unit for number in digit.classes]
        rare = ibis.cases(
            (text.re_search(NOT_PLAIN), ibis.null("int64")),
            else_=self._dialect.pick(bare, [*digit.values], classes, digit.other * unit),
        )
        return ibis.coalesce(usual, rare)

    def _stretch(self, table: ir.Table) -> Any:
        """The number of the stretch of time in which the date of a row lies, from 1; null where the date is odd."""
        days = self._over_time.stretch
        if DATE not in table.columns:
            return ibis.literal(days[-1], "int64")
        column = table[DATE]
        silent = column.isnull()
        if column.type().is_string():
            silent |= column.isin(["", UNKNOWN, NOT_STATED])
            read = column.try_cast("date")
            day = ibis.cases((read.cast("string") == column, read), else_=ibis.null("date"))
        else:
            day = column if column.type().is_date() else column.cast("date")
        begins = date.fromisoformat(self._over_time.first)
        ends = begins + timedelta(len(days) - 2)
        # Most days lie between; only of others one has to ask whether they are days at all.
        early = ibis.cases((day < _day_of(date.min), ibis.null("int64")), else_=1)
        late = ibis.cases((day > _day_of(date.max), ibis.null("int64")), else_=len(days) - 1)
        place = ibis.cases(
            (silent, len(days)),
            (day < _day_of(begins), early),
            (day > _day_of(ends), late),
            else_=(day - _day_of(begins)).cast("int64") + 1,
        )
        return self._dialect.extract(self._list(table, DAYS), place)

    def _dated(self, table: ir.Table, digit: Digit) -> Any:
        lists, stretch = self._list(table, cells_of(digit.name)), table[STRETCH]
        if len(digit.columns) > 1:
            keys = self._over_time.keys[digit.name]
            begins = [number * self._over_time.width for number in range(len(keys) + 2)]
            state = self._dialect.pick(
                self._text(table, digit.columns[1]), [*keys, UNKNOWN, "", None], [*begins, begins[-1]], None
            )
            return self._dialect.extract(lists, state + stretch)
        return self._dialect.extract(lists, stretch)

    def _same(self, table: ir.Table, digit: Digit, unit: int) -> Any:
        half = len(digit.columns) // 2

        def known(name: str) -> Any:
            return self._text(table, name).fill_null("").nullif(UNKNOWN).fill_null("")

        pairs = [
            (known(one), known(other)) for one, other in zip(digit.columns[:half], digit.columns[half:], strict=True)
        ]
        alike = pairs[0][0] == pairs[0][1]
        for one, other in pairs[1:]:
            alike &= one == other
        named = (pairs[0][0] != "") | (pairs[1][0] != "")
        return ibis.cases((alike & named, unit), else_=0)


def _numbered(column: Any, digit: Digit, unit: int) -> Any:
    """By the cuts between numbers; whole numbers where the column holds texts."""
    nothing = column.isnull()
    if column.type().is_string():
        nothing |= column.isin(["", UNKNOWN])
        number = ibis.cases(
            (column.re_search(f"^[0-9]{{1,{LONGEST_NUMBER}}}\\z"), column.try_cast("int64")), else_=ibis.null("int64")
        )
        odd = ~nothing & number.isnull()
    else:
        number = column
        odd = ~((number >= 0) & (number < 10**LONGEST_NUMBER))
    branches = [(nothing, ibis.literal(0, "int64")), (odd, ibis.null("int64"))]
    if column.type().is_floating():
        # Some backends take what is no number for nothing at all.
        branches.reverse()
    for place, cut in enumerate(digit.cuts):
        if column.type().is_floating():
            value = ibis.literal(cut).cast(column.type())
        else:
            value = ibis.literal(cut, "decimal(38, 9)") if "." in cut else int(cut)
        # Numbers below zero are odd and never get here.
        if float(cut) > 0:
            branches.append((number < value, ibis.literal(digit.classes[2 * place] * unit, "int64")))
        branches.append((number == value, ibis.literal(digit.classes[2 * place + 1] * unit, "int64")))
    return ibis.cases(*branches, else_=ibis.literal(digit.classes[-1] * unit, "int64"))


def _day_of(day: date) -> Any:
    return ibis.literal(day.isoformat(), "date")


def as_text(column: Any) -> Any:
    """A column as text, as most backends write what is in it."""
    kind = column.type()
    if kind.is_boolean():
        return ibis.cases((column.isnull(), ibis.null("string")), (column, "yes"), else_="no")
    if kind.is_timestamp():
        return column.cast("date").cast("string")
    return column if kind.is_string() else column.cast("string")


def _filled(text: Any) -> Any:
    return text.fill_null("") != ""
