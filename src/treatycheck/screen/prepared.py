"""What is prepared for all tables with the same columns: the plan, what has been decided, and the classes if needed.

A run that meets nothing new takes all of it from the cache and loads neither rules nor engines.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from treatycheck import cache
from treatycheck.engine.agreement import usable
from treatycheck.engine.compile import chosen_positions
from treatycheck.screen import plan
from treatycheck.screen.duck import quoted
from treatycheck.screen.ledger import Ledger, Words
from treatycheck.screen.plan import DECIDED, Plan
from treatycheck.screen.schema import FlatSchema, flat_schema

if TYPE_CHECKING:
    from pathlib import Path

    from treatycheck.engine.chambers import Chambers
    from treatycheck.rulebook.model import Rulebook
    from treatycheck.screen.classes import Classes, Signature
    from treatycheck.screen.decide import Decider, Result
    from treatycheck.screen.duck import DuckBackend
    from treatycheck.screen.event import Cells
    from treatycheck.screen.settings import Options


class Law:
    """The rulebook of a run, as of a day and under positions, with the engines that can decide it here."""

    def __init__(self, rulebook: Rulebook, options: Options) -> None:
        self.written = rulebook
        self.as_of = options.as_of or date.fromisoformat(rulebook.manifest.as_of)
        self.positions = chosen_positions(rulebook, options.positions)
        self.schema: FlatSchema = flat_schema(rulebook)
        self.engines, self.notice = usable(options.engine)
        self._choice = options.engine
        self._open: Chambers | None = None

    def close(self) -> None:
        """Release the engines."""
        if self._open is not None:
            self._open.__exit__()

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rulebook as of the day and under the positions."""
        from treatycheck.check import under

        return under(self.written, self.positions, self.as_of)

    @property
    def chambers(self) -> Chambers:
        """Where its rules are decided."""
        if self._open is None:
            from treatycheck.engine.chambers import Chambers

            self._open = Chambers(self.rulebook, self.positions, self._choice)
        return self._open

    def digest(self, **more: str) -> str:
        """A hash of whatever a decision follows from, but the event, and of more texts by name."""
        parts = {
            "rulebook": self.written.sha256,
            "as of": self.as_of.isoformat(),
            "positions": json.dumps(sorted(self.positions.items())),
            "engines": " ".join(self.engines),
            **more,
        }
        return cache.digest([(name, text.encode()) for name, text in parts.items()])


class Prepared:
    """The plan and the ledger for tables with these columns, and whoever decides what is new.

    A run may have several, each with a `number` by which its own tables of the backend are called.
    """

    def __init__(
        self, law: Law, desk: DuckBackend, types: Mapping[str, str], options: Options, *, text_ids: bool, number: int
    ) -> None:
        self._law = law
        self._desk = desk
        self.types = types
        key = law.digest(columns=json.dumps([*types.items()]))
        by, columns = options.by, options.columns

        def make() -> Plan:
            return plan.make(self.classes, types, by, columns, desk.dialect(), text_ids=text_ids)

        self.plan = cache.load("screen", f"{key} {by} {columns} {text_ids} {desk.version}", Plan, (plan,), make)
        self.roles = law.schema.roles_in(types)
        self._stretches = f"{plan.STRETCHES} {number}"
        self._over_time(cache.place("stretches", key, "parquet"))
        kept = cache.place("screened", key, "parquet")
        self.ledger = Ledger(desk, f"{DECIDED} {number}", self.plan.words, self.roles, kept)
        self._rare: dict[Signature, Words] = {}
        self._signatures: list[Signature] = []

    def _over_time(self, kept: Path | None) -> None:
        desk = self._desk
        if desk.load(self._stretches, dict.fromkeys(self.plan.over_time, "BIGINT[]"), kept):
            return
        from treatycheck.screen.expressions import over_time

        desk.over_time(self._stretches, over_time(self.classes.digits, self.classes.places))
        if kept is not None:
            desk.keep(f"SELECT * FROM {quoted(self._stretches)}", kept)

    def enter(self) -> None:
        """Make the tables of the backend by which rows are looked up those for these columns."""
        self._desk.run(f"CREATE OR REPLACE TABLE {plan.STRETCHES} AS SELECT * FROM {quoted(self._stretches)}")

    @cached_property
    def classes(self) -> Classes:
        """The classes of the columns; only a run that meets something new needs them."""
        from treatycheck.screen.asking import Asking
        from treatycheck.screen.classes import Classes

        law = self._law
        programs = {act: law.chambers.of(act)[0] for act in law.rulebook.vocabulary.acts}
        return Classes(Asking(law.rulebook, programs, law.schema, self.types, law.as_of))

    @cached_property
    def _decider(self) -> Decider:
        from treatycheck.screen.decide import Decider

        return Decider(self.classes, self._law.chambers)

    def decide(self, words: Words) -> Sequence[Result]:
        """What every rule says to a signature."""
        rare = words[0] < 0
        return self._decider.decide(self._signatures[-words[0] - 1] if rare else self.classes.unpacked(words))

    def words_of(self, cells: Cells) -> Words:
        """The signature of a row that is looked at by itself; below zero if it cannot be written as others are."""
        signature = self.classes.classify(cells)
        packed = self.classes.packed(signature)
        if packed is not None:
            return packed
        known = self._rare.get(signature)
        if known is None:
            self._signatures.append(signature)
            known = self._rare[signature] = (-len(self._signatures), *[0] * (self.plan.words - 1))
        return known
