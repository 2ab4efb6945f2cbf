"""The nouns of a mapping file, in the shape in which an analyst writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal

_CLOSED = {"extra": "forbid"}

System = Literal["alpha-2", "alpha-3", "numeric", "name", "gleditsch-ward"]
"""How a table writes a State: by a code of ISO 3166-1, by its English name, or by its number of Gleditsch and Ward."""

Precise = Literal["day", "week", "month", "year", "range", "approximate", "unknown"]
"""What a code says of a day beside it.

`day`: that day. `week`: some day not more than six days before or after it. `month`, `year`: some day of it. `range`:
some day from it to the day in the column `until`. `approximate`: about that day, as EDTF has it. `unknown`: nothing.
"""

Otherwise = Literal["unknown", "quarantine", "keep"]
"""What becomes of a value that no table has: nobody says, the row cannot be screened, or it stands as it is."""

UNKNOWN_OR_NOT: Final = ("unknown", "quarantine")


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """The column that says how exact a day is, and what its codes mean."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    column: str
    values: Mapping[str, Precise]
    otherwise: Literal["unknown", "quarantine"] = "quarantine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Where the cells of one column of the schema come from: a column of the table, or one value for every row.

    A value is looked up in `values`, then among the `countries`; `otherwise` says what becomes of any other. `empty` is
    what an empty cell stands for. `format` is how a date is written, `until` the column with the last possible day.
    With `at_latest`, what the date stands for had happened by then: it lies on that day or before.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    column: str | None = None
    constant: str | None = None
    values: Mapping[str, str] | None = None
    countries: tuple[System, ...] = ()
    otherwise: Otherwise | None = None
    empty: str | None = None
    format: str | None = None
    until: str | None = None
    precision: Precision | None = None
    at_latest: bool = False

    @property
    def looks_up(self) -> bool:
        """Whether values are translated."""
        return self.values is not None or bool(self.countries)

    @property
    def reckons(self) -> bool:
        """Whether a date is put together from a day and something beside it."""
        return self.until is not None or self.precision is not None

    @property
    def copies(self) -> bool:
        """Whether the column is taken over as it is."""
        return self.column is not None and not (
            self.looks_up or self.reckons or self.at_latest or self.format is not None or self.empty is not None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingFile:
    """A mapping file; rows in which a column has one of the values of `pass_over` are counted and not screened."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    format: Literal["treatycheck.mapping/1"]
    columns: Mapping[str, Entry]
    title: str = ""
    pass_over: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A table of two columns that the events are joined with; `folded` keys are in lower case."""

    name: str
    pairs: tuple[tuple[str, str], ...]
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A mapping that is in order: its entries by column of the schema, and the dictionaries in which values stand.

    `values`, `countries` and `precisions` have the dictionaries by column of the schema. `places` says where in the
    file the columns of the table are named, for messages.
    """

    file: str
    sha256: str
    title: str
    entries: Mapping[str, Entry]
    values: Mapping[str, Dictionary]
    countries: Mapping[str, Dictionary]
    precisions: Mapping[str, Dictionary]
    pass_over: Mapping[str, tuple[str, ...]]
    places: Mapping[str, tuple[int, int]]

    @property
    def dictionaries(self) -> tuple[Dictionary, ...]:
        """All that the events are joined with."""
        return (*self.values.values(), *self.countries.values(), *self.precisions.values())


@dataclass(frozen=True, slots=True)
class View:
    """`sql` makes the events; `columns` of the table are read for it; `types` are those of the columns they have then.

    `unmatched` counts, by column of the schema, what becomes unknown because the mapping does not know it.
    `passed_over` counts the rows that the mapping passes over; it is empty if there can be none.
    """

    sql: str
    columns: tuple[str, ...]
    types: Mapping[str, str]
    unmatched: Mapping[str, str]
    passed_over: str
