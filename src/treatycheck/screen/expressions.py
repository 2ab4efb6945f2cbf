"""The signature of every row as one table expression in Ibis, the same for every backend.

A row in which anything is out of the ordinary (a malformed cell, an imprecise date, a rare spelling) has no signature
here: it is looked at again by itself. So nothing is approximated, and whether a cell may stand there is seen in the
same pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from treatycheck.screen.digits import Digit, Place
from treatycheck.screen.event import NOT_STATED
from treatycheck.screen.plan import STRETCHES, Dated, word
from treatycheck.screen.schema import DATE, UNKNOWN

LONGEST_NUMBER: Final = 15
"""Numbers of more digits are looked at one by one."""

Pick = Callable[[ir.StringValue, Sequence[str | None], Sequence[int], int | None], ir.IntegerValue]
"""The whole number that stands for a text (or for none at all), another one for any other text; or null for it."""


def dated_tables(digits: Sequence[Digit], laid_out: Sequence[Place]) -> tuple[Dated, ...]:
    """The tables that rows are joined with to find the class of a State on a date."""
    return tuple(
        _dated_table(digit, place)
        for digit, place in zip(digits, laid_out, strict=True)
        if digit.way == "dated" and len(digit.columns) > 1
    )


def _dated_table(digit: Digit, place: Place) -> Dated:
    most = max((len(one.days) for one in digit.stretches), default=0)
    columns = ("key", "unstated", *(f"day {n}" for n in range(most)), *(f"class {n}" for n in range(most + 1)))
    rows: list[tuple[str | int | None, ...]] = [
        (text, *(one * place.unit,), *([None] * most), *([one * place.unit] * (most + 1)))
        for text, one in (("", digit.absent), (UNKNOWN, digit.open))
    ]
    for one in digit.stretches:
        spare = most - len(one.days)
        classes = [number * place.unit for number in (*one.classes, *([one.classes[-1]] * spare))]
        rows.append((one.key, one.unstated * place.unit, *one.days, *([None] * spare), *classes))
    return Dated(STRETCHES + digit.name, columns, tuple(rows))


def table_of(dated: Dated) -> ir.Table:
    """A table of stretches as an expression."""
    types = {"key": "string"} | {
        name: "date" if name.startswith("day") else "int64" for name in dated.columns if name != "key"
    }
    return ibis.table(types, name=dated.name)


class Signing:
    """Puts the numbers of the signature beside the rows of a table."""

    def __init__(
        self,
        digits: Sequence[Digit],
        laid_out: Sequence[Place],
        acts: Sequence[str],
        pick: Pick,
    ) -> None:
        self._digits = digits
        self._places = laid_out
        self._acts = acts
        self._pick = pick

    def signed(self, events: ir.Table) -> ir.Table:
        """The table with the signature of each row, null where the row has to be looked at by itself."""
        joined, stretches = events, {}
        for dated in dated_tables(self._digits, self._places):
            name = dated.name.removeprefix(STRETCHES)
            other = table_of(dated).rename({f"{dated.name} {one}": one for one in dated.columns})
            joined = joined.left_join(other, self._text(joined, name).fill_null("") == other[f"{dated.name} key"])
            stretches[name] = dated
        sums: dict[tuple[int, tuple[str, ...]], Any] = {}
        for digit, place in zip(self._digits, self._places, strict=True):
            term = self._term(joined, digit, place.unit, stretches)
            key = (place.word, digit.acts)
            sums[key] = term if key not in sums else sums[key] + term
        words: dict[str, Any] = {}
        for (number, acts), total in sums.items():
            part = total if set(acts) == set(self._acts) else total * self._matters(joined, acts)
            words[word(number)] = part if word(number) not in words else words[word(number)] + part
        return joined.mutate(**words).select(*events.columns, *words)

    def _matters(self, table: ir.Table, acts: Sequence[str]) -> ir.IntegerValue:
        """1 for acts for which a digit matters, else 0; a malformed cell is found in either case."""
        return self._pick(self._text(table, "act"), self._acts, [int(act in acts) for act in self._acts], None)

    def _text(self, table: ir.Table, name: str) -> Any:
        """A cell as text; nothing where the table has no such column."""
        if name not in table.columns:
            return ibis.null("string")
        column = table[name]
        if column.type().is_boolean():
            return ibis.cases((column.isnull(), ibis.null("string")), (column, "yes"), else_="no")
        return column if column.type().is_string() else column.cast("string")

    def _term(self, table: ir.Table, digit: Digit, unit: int, stretches: Mapping[str, Dated]) -> Any:
        name = digit.columns[0]
        match digit.way:
            case "listed":
                return self._listed(table, digit, unit)
            case "designation":
                return self._designated(self._text(table, name), digit, unit)
            case "number":
                return _numbered(table[name], digit, unit)
            case "dated":
                return self._dated(table, digit, unit, stretches.get(digit.name))
            case "named":
                alone = _filled(self._text(table, name))
                for other in digit.columns[1:]:
                    alone &= ~_filled(self._text(table, other))
                return ibis.cases((alone, unit), else_=0)
            case "filled":
                shows = _filled(self._text(table, name))
                for other in digit.columns[1:]:
                    shows |= _filled(self._text(table, other))
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
        found = self._pick(text, values, classes, other)
        if digit.guarded:
            code = self._text(table, digit.name.rpartition(".")[0] + ".code")
            unnamed = ~_filled(code) | (code == UNKNOWN)
            return ibis.cases((text.isin(digit.guarded) & unnamed, ibis.null("int64")), else_=found)
        return found

    def _designated(self, text: Any, digit: Digit, unit: int) -> Any:
        """By the usual spelling; another one without case, spaces and hyphens, where that is as simple as it seems."""
        by_name = dict(zip(digit.values, digit.classes, strict=True))
        from treatycheck.registers.models import squeezed

        spelt = [by_name[squeezed(one)] * unit for one in digit.spelt]
        usual = self._pick(text, [None, "", *digit.spelt], [digit.absent * unit, digit.absent * unit, *spelt], None)
        bare = text.lower().replace("-", "").replace(" ", "")
        classes = [number * unit for number in digit.classes]
        rare = ibis.cases(
            (text.re_search("[^ -~]"), ibis.null("int64")),
            else_=self._pick(bare, [*digit.values], classes, digit.other * unit),
        )
        return ibis.coalesce(usual, rare)

    def _dated(self, table: ir.Table, digit: Digit, unit: int, dated: Dated | None) -> Any:
        if dated is not None:

            def of(name: str) -> Any:
                return table[f"{dated.name} {name}"]

            most = sum(name.startswith("day") for name in dated.columns)
            unstated, days = of("unstated"), [of(f"day {n}") for n in range(most)]
            classes = [of(f"class {n}") for n in range(most + 1)]
        else:
            only = digit.stretches[0]
            unstated = ibis.literal(only.unstated * unit, "int64")
            days = [ibis.literal(day, "date") for day in only.days]
            classes = [ibis.literal(number * unit, "int64") for number in only.classes]
        if DATE not in table.columns:
            return unstated
        silent, day, odd = self._day(table)
        branches = [(silent, unstated)]
        if dated is None:
            # Once is enough: a row with an odd date has no signature.
            branches += [(odd, ibis.null("int64"))]
        branches += [(day < turn, number) for turn, number in zip(days, classes, strict=False)]
        return ibis.cases(*branches, else_=classes[-1])

    def _day(self, table: ir.Table) -> tuple[Any, Any, Any]:
        """Whether no date is stated, the day of a row, and whether its date is no ordinary day."""
        column = table[DATE]
        kind = column.type()
        if kind.is_string():
            day = column.try_cast("date")
            return (
                column.isnull() | column.isin(["", UNKNOWN, NOT_STATED]),
                day,
                ~(day.cast("string") == column).fill_null(False),
            )
        day = column if kind.is_date() else column.cast("date")
        first, last = ibis.literal("0001-01-01", "date"), ibis.literal("9999-12-31", "date")
        return column.isnull(), day, (day < first) | (day > last)

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
            (column.re_search(f"^[0-9]{{1,{LONGEST_NUMBER}}}$"), column.try_cast("int64")), else_=ibis.null("int64")
        )
        odd = number.isnull()
    else:
        number = column
        odd = ~((number >= 0) & (number < 10**LONGEST_NUMBER))
    branches = [(nothing, ibis.literal(0, "int64")), (odd, ibis.null("int64"))]
    for place, cut in enumerate(digit.cuts):
        value = float(cut) if column.type().is_floating() else ibis.literal(cut, "decimal(38, 9)")
        if "." not in cut and not column.type().is_floating():
            value = int(cut)
        branches.append((number < value, ibis.literal(digit.classes[2 * place] * unit, "int64")))
        branches.append((number == value, ibis.literal(digit.classes[2 * place + 1] * unit, "int64")))
    return ibis.cases(*branches, else_=ibis.literal(digit.classes[-1] * unit, "int64"))


def _filled(text: Any) -> Any:
    return text.fill_null("") != ""
