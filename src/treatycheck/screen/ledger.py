"""What has been decided: every signature that was met with what each rule says to it, kept for the next run.

Decisions follow from rulebook, day, positions, engines, columns and signature alone, so what is found under a hash of
all these cannot be stale. The small tables of a run are kept in DuckDB, whatever backend reads the events.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from treatycheck.screen.duck import DuckBackend, literal, quoted
from treatycheck.screen.plan import LUT, NOTHING, RESULTS, word

if TYPE_CHECKING:
    from treatycheck.screen.decide import Result

Words = tuple[int, ...]
Decide = Callable[[Words], Sequence["Result"]]

_TYPES: Final[Mapping[str, str]] = {"slot": "BIGINT"} | dict.fromkeys(RESULTS[1:], "VARCHAR")
_KEPT: Final = 200_000
"""No more signatures than this are kept for the next run, each with all that was decided on it."""


class Ledger:
    """The decided signatures for tables with the same columns, in a table of their own by the name of `table`.

    `kept` is the file in which they are found again, or None.
    """

    def __init__(self, desk: DuckBackend, table: str, words: int, roles: Sequence[str], kept: Path | None) -> None:
        self._desk = desk
        self.table = quoted(table)
        self._name = table
        self._words = [word(number) for number in range(words)]
        self._roles = {role: number for number, role in enumerate(roles)}
        self._kept = kept
        self._types = dict.fromkeys(self._words, "BIGINT") | dict(_TYPES)
        self._new = False
        # What does not read back is decided anew.
        desk.load(table, self._types, kept)

    @property
    def empty(self) -> bool:
        """Whether nothing has been decided yet."""
        return not self._desk.rows(f"SELECT 1 FROM {self.table} LIMIT 1")

    def undecided(self, met: str) -> list[Words]:
        """The signatures in a table that have not been decided."""
        listed = ", ".join(map(quoted, self._words))
        there = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in self._words)
        return self._desk.rows(
            f"SELECT DISTINCT {listed} FROM {quoted(met)} WHERE {there} EXCEPT SELECT {listed} FROM {self.table}"
        )

    def decide(self, signatures: Iterable[Words], decide: Decide) -> int:
        """Decide signatures and enter what is found; returns how many there were."""
        rows: list[tuple[object, ...]] = []
        count = 0
        for words in signatures:
            count += 1
            results = decide(words)
            rows += [
                (
                    *words,
                    self._roles[one.roles.partition("|")[0]],
                    one.roles,
                    one.rule,
                    one.outcome,
                    one.strength,
                    one.why,
                )
                for one in results
            ]
            if not results:
                rows.append((*words, NOTHING, *[None] * (len(RESULTS) - 1)))
        self._desk.insert(self._name, tuple(self._types.values()), rows)
        self._new = self._new or bool(rows)
        return count

    def keep(self) -> None:
        """Write what is known for the next run, if anything is new and there is a place for it.

        Signatures that this run alone knows are below zero and are not kept.
        """
        if self._kept is None or not self._new:
            return
        words = ", ".join(map(quoted, self._words))
        first = f"SELECT DISTINCT {words} FROM {self.table} WHERE {quoted(self._words[0])} >= 0 LIMIT {_KEPT}"
        self._desk.keep(f"SELECT * FROM {self.table} SEMI JOIN ({first}) USING ({words})", self._kept)

    def look_up(self, outcomes: Sequence[str]) -> None:
        """Make the table that events are joined with: the results with these outcomes, or that there are none.

        Words that are few are written as such only once: as an enumeration.
        """
        for name in RESULTS[1:]:
            known = [
                one for (one,) in self._desk.rows(f"SELECT DISTINCT {name} FROM {self.table} WHERE {name} IS NOT NULL")
            ]
            self._desk.run(f"DROP TABLE IF EXISTS {LUT}")
            self._desk.run(f"DROP TYPE IF EXISTS {quoted('words of ' + name)}")
            listed = ", ".join(map(literal, sorted(known) or [""]))
            self._desk.run(f"CREATE TYPE {quoted('words of ' + name)} AS ENUM ({listed})")
        words = ", ".join(map(quoted, self._words))
        few = ", ".join(f"{name}::{quoted('words of ' + name)} AS {name}" for name in RESULTS[1:])
        chosen = f"slot >= 0 AND outcome IN ({', '.join(map(literal, outcomes))})"
        nothing = ", ".join("NULL" for _ in RESULTS[1:])
        self._desk.run(
            f"CREATE TABLE {LUT} AS SELECT {words}, slot, {few} FROM {self.table} WHERE {chosen}"
            f" UNION ALL (SELECT {words}, {NOTHING}, {nothing} FROM"
            f" (SELECT {words} FROM {self.table} EXCEPT SELECT {words} FROM {self.table} WHERE {chosen}))"
        )
