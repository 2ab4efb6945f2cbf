"""One screening: tables in, findings or counts out, and a receipt in which every row is accounted for.

Each table is a part of the run. If all signatures of a table were decided before, one pass over it is enough; else what
is in it is counted by signature first, and what is new is decided.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

import duckdb

import treatycheck
from treatycheck import cache
from treatycheck.engine.agreement import EngineChoice, usable
from treatycheck.engine.compile import chosen_positions
from treatycheck.engine.outcomes import Outcome
from treatycheck.errors import InputError
from treatycheck.rulebook.model import Rulebook
from treatycheck.screen import files, plan
from treatycheck.screen.backends import Backend, opened
from treatycheck.screen.duck import literal, quoted
from treatycheck.screen.files import Table
from treatycheck.screen.ledger import Ledger, Words
from treatycheck.screen.plan import DECIDED, GROUPS, LATER, ROW, UNDECIDED, Plan, word
from treatycheck.screen.quarantine import Fault, Quarantine, told
from treatycheck.screen.receipt import PartCount, Receipt
from treatycheck.screen.schema import FlatSchema, flat_schema
from treatycheck.screen.sources import Sources

if TYPE_CHECKING:
    # Only a run that meets something new needs what decides it.
    from treatycheck.engine.chambers import Chambers
    from treatycheck.screen.classes import Classes, Signature
    from treatycheck.screen.decide import Decider, Result
    from treatycheck.screen.event import Cells
    from treatycheck.screen.mapping.model import Reading

WRITTEN: Final = tuple(
    str(outcome) for outcome in Outcome if outcome not in (Outcome.NOT_APPLICABLE, Outcome.MET, Outcome.NO_FINDING)
)
"""The outcomes that are written as findings unless others are asked for; a summary counts all."""

ALL: Final = tuple(str(outcome) for outcome in Outcome if outcome is not Outcome.NO_FINDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How tables are screened. `by` is what a summary counts by, empty for findings; `share` of rows may be refused.

    With a `mapping`, the tables are of another layout. `master` is the address of a cluster for the backend `spark`;
    without one, Spark runs on this machine.
    """

    engine: EngineChoice = "both"
    as_of: date | None = None
    positions: Mapping[str, str] | None = None
    by: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = WRITTEN
    memory: str | None = None
    share: float = 0.01
    ignored: tuple[str, ...] = ()
    resume: bool = False
    mapping: Reading | None = None
    backend: Backend = "duckdb"
    master: str | None = None


@dataclass(slots=True)
class Screening:
    """What came out: the receipt, and the counts where a summary was asked for, as rows of `by` and a number."""

    receipt: Receipt
    counts: list[tuple[Any, ...]] = field(default_factory=list)


class _Layout:
    """What is prepared for all tables with the same columns: classes when they are needed, plan and ledger."""

    def __init__(self, run: Run, types: Mapping[str, str]) -> None:
        self._run = run
        self.types = types
        self._classes: Classes | None = None
        self._decider: Decider | None = None
        key = cache.digest([(name, text.encode()) for name, text in self._key()])
        of_plan = f"{key} {' '.join(run.options.by)} {run.desk.version}"
        self.plan = cache.load("screen", of_plan, Plan, (plan,), self._make)
        self.roles = tuple(
            role for role in run.schema.roles if not {role, f"{role}.code", f"{role}.kind"}.isdisjoint(types)
        )
        kept = cache.place("stretches", key, "parquet")
        if kept is None or not kept.is_file() or not run.desk.load(plan.STRETCHES, kept):
            self._over_time(kept)
        self.ledger = Ledger(run.desk, self.plan.words, self.roles, cache.place("screened", key, "parquet"))
        self._rare: dict[Signature, Words] = {}
        self._signatures: list[Signature] = []

    def _key(self) -> Iterator[tuple[str, str]]:
        run = self._run
        yield "rulebook", run.rulebook.sha256
        yield "as of", run.as_of.isoformat()
        yield "positions", json.dumps(sorted(run.positions.items()))
        yield "engines", " ".join(run.engines)
        yield "columns", json.dumps(list(self.types.items()))

    def _make(self) -> Plan:
        return plan.make(self.classes, self.types, self._run.options.by, self._run.desk.dialect())

    def _over_time(self, kept: Path | None) -> None:
        from treatycheck.screen.expressions import over_time

        desk = self._run.desk
        desk.over_time(over_time(self.classes.digits, self.classes.places))
        if kept is not None:
            with contextlib.suppress(OSError, duckdb.Error):
                draft = kept.with_name(f".{kept.name}.{os.getpid()}")
                desk.copy(f"SELECT * FROM {plan.STRETCHES}", draft, "parquet")
                draft.replace(kept)

    @property
    def classes(self) -> Classes:
        """The classes of the columns; only a run that meets something new needs them."""
        if self._classes is None:
            from treatycheck.screen.classes import Classes

            rulebook, chambers = self._run.law
            programs = {act: chambers.of(act)[0] for act in rulebook.vocabulary.acts}
            self._classes = Classes(rulebook, programs, self._run.schema, tuple(self.types), self._run.as_of)
        return self._classes

    def decide(self, words: Words) -> Sequence[Result]:
        """What every rule says to a signature."""
        if self._decider is None:
            from treatycheck.screen.decide import Decider

            self._decider = Decider(self.classes, self._run.law[1])
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


class Run:
    """Screens tables one after the other; `desk` tells how far it has come."""

    def __init__(
        self,
        rulebook: Rulebook,
        tables: Sequence[Table],
        target: Path | None,
        options: Options,
    ) -> None:
        self.options = options
        self.as_of = options.as_of or date.fromisoformat(rulebook.manifest.as_of)
        self.positions = chosen_positions(rulebook, options.positions)
        self.rulebook = rulebook
        self.schema: FlatSchema = flat_schema(rulebook)
        self.tables = tables
        self.target = target
        self.draft = None if target is None else files.draft_of(target)
        self.desk = opened(options.backend, master=options.master, memory=options.memory, scratch=self.draft)
        self.engines, self.notice = usable(options.engine)
        self._law: tuple[Rulebook, Chambers] | None = None
        self._layouts: dict[tuple[tuple[str, str], ...], _Layout] = {}
        self.sources = Sources(self.schema, self.desk, options.mapping, self.draft)
        self.quarantine = Quarantine(options.share)

    def close(self) -> None:
        """Release what the run holds; a draft stays for the next one."""
        self.desk.close()
        self.sources.close()
        if self._law is not None:
            self._law[1].__exit__()

    @property
    def law(self) -> tuple[Rulebook, Chambers]:
        """The rulebook as of the day and under the positions, and the chambers in which its rules are decided."""
        if self._law is None:
            from treatycheck.check import under
            from treatycheck.engine.chambers import Chambers

            rulebook = under(self.rulebook, self.positions, self.as_of)
            self._law = rulebook, Chambers(rulebook, self.positions, self.options.engine)
        return self._law

    def screen(self) -> Screening:
        """Screen every table; raises `InputError` with everything that is wrong with the tables and nothing written."""
        layouts = self.sources.described(self.tables, self.options.ignored)
        hashes: dict[Path, str] = {}
        hashing = Thread(target=lambda: hashes.update({one.path: files.sha256(one.path) for one in self.tables}))
        hashing.start()
        try:
            self._prepare()
            counts = [self._part(number, one, layouts[one.path]) for number, one in enumerate(self.tables)]
        finally:
            hashing.join()
        counts = [replace(one, sha256=hashes[Path(one.file)]) for one in counts]
        for layout in self._layouts.values():
            layout.ledger.keep()
        rows = self._total() if self.options.by else []
        receipt = self._receipt(counts)
        if self.target is not None:
            self._deliver(receipt)
        return Screening(receipt, rows)

    def cells(self, table: Table, number: int) -> Cells | None:
        """The filled cells of one row by its number; None if there is no such row."""
        types = self.sources.described([table], self.options.ignored)[table.path]
        row = self.sources.reading(table, types, lambda: self.desk.row(number, types))
        unread = [told(table.path, number, one) for refused, one in self.desk.unread(table.path) if refused == number]
        if unread:
            raise InputError(unread)
        return None if row is None else {name: text for name, text in row.items() if text}

    def faults(self, cells: Cells) -> list[Fault]:
        """Everything that is wrong with a row."""
        return self.sources.faults(cells, self.rulebook)

    # Before a table is read

    def _prepare(self) -> None:
        if self.draft is not None:
            if self.draft.exists() and not self.options.resume:
                shutil.rmtree(self.draft)
            self.draft.mkdir(exist_ok=True)
        if self.options.by:
            types = {name: "BIGINT" if name == "year" else "VARCHAR" for name in self.options.by}
            self.desk.table("totals", {**types, "rows": "BIGINT"})

    def _layout(self, types: Mapping[str, str]) -> _Layout:
        key = tuple(types.items())
        if key not in self._layouts:
            self._layouts[key] = _Layout(self, types)
        return self._layouts[key]

    # One table

    def _part(self, number: int, table: Table, types: Mapping[str, str]) -> PartCount:
        layout = self._layout(types)
        self.desk.doing = f"table {number + 1} of {len(self.tables)}"
        mark = self.quarantine.mark()

        def job() -> tuple[int, int]:
            # What was put aside before the reading stopped is found again.
            self.quarantine.back_to(mark)
            for row, one in self.desk.unread(table.path):
                self.quarantine.add(table.path, row, [one])
            read = self.desk.count() + self.quarantine.rows - mark[0]
            self.quarantine.check(table.path, read, mark)
            if self.options.by:
                self._count(table, layout)
            else:
                self._find(number, table, layout)
            return read, self.sources.mapped.passed_over(table) if self.sources.mapped is not None else 0

        read, passed = self.sources.reading(table, types, job)
        read += passed
        quarantined = self.quarantine.rows - mark[0]
        return PartCount(str(table.path), "", read, read - quarantined, quarantined, passed)

    def _meet(self, table: Table, layout: _Layout) -> bool:
        """Count the rows by signature, look at odd rows, decide what is new; returns whether there are odd rows."""
        self.desk.gather(GROUPS, layout.plan.groups)
        layout.ledger.decide(layout.ledger.undecided(GROUPS), layout.decide)
        missing = " OR ".join(f"{quoted(word(number))} IS NULL" for number in range(layout.plan.words))
        odd = bool(self.desk.rows(f"SELECT 1 FROM {GROUPS} WHERE {missing} LIMIT 1"))
        if odd:
            self._look_at_odd(table, layout)
            layout.ledger.decide(layout.ledger.undecided(LATER), layout.decide)
        return odd

    def _look_at_odd(self, table: Table, layout: _Layout) -> None:
        types = {ROW: "BIGINT", **{word(number): "BIGINT" for number in range(layout.plan.words)}}
        self.desk.table(LATER, types)
        unread = len(self.desk.unread(table.path))
        rows, faults = self.quarantine.mark()
        before = rows - unread, faults - unread
        read = self.desk.count() + unread
        names = tuple(layout.types)
        for batch in self.desk.batches(layout.plan.odd):
            found: list[tuple[object, ...]] = []
            for row, *texts in batch:
                cells = {name: text for name, text in zip(names, texts, strict=True) if text}
                wrong = self.faults(cells)
                if wrong:
                    self.quarantine.add(table.path, row, wrong)
                else:
                    found.append((row, *layout.words_of(cells)))
            self.desk.insert(LATER, tuple(types.values()), found)
            self.quarantine.check(table.path, read, before)

    def _count(self, table: Table, layout: _Layout) -> None:
        odd = self._meet(table, layout)
        self._add_up(layout, GROUPS)
        if odd:
            self.desk.gather(GROUPS, layout.plan.later_groups)
            self._add_up(layout, GROUPS)

    def _add_up(self, layout: _Layout, groups: str) -> None:
        on = " AND ".join(f"g.{quoted(word(one))} = l.{quoted(word(one))}" for one in range(layout.plan.words))
        bearer = " ".join(
            f"WHEN {number} THEN coalesce(nullif(g.{quoted(f'by {role}.code')}, ''), g.{quoted(f'by {role}')})"
            for number, role in enumerate(layout.roles)
        )
        columns = {
            "rule": "l.rule",
            "outcome": "l.outcome",
            "bearer": f"CASE l.slot {bearer} END" if bearer else "NULL",
            "year": 'g."by year"',
        }
        chosen = ", ".join(columns[name] for name in self.options.by)
        self.desk.run(
            f"INSERT INTO totals SELECT {chosen}, sum(g.rows) FROM {quoted(groups)} g JOIN {DECIDED} l ON {on}"
            " WHERE l.slot >= 0 GROUP BY ALL"
        )

    def _total(self) -> list[tuple[Any, ...]]:
        listed_by = ", ".join(self.options.by)
        return self.desk.rows(f"SELECT {listed_by}, sum(rows)::BIGINT FROM totals GROUP BY ALL ORDER BY ALL")

    def _find(self, number: int, table: Table, layout: _Layout) -> None:
        assert self.draft is not None  # noqa: S101 - findings have a target
        part = self.draft / f"{number:05}.parquet"
        if self.desk.guesses and not layout.ledger.empty:
            layout.ledger.look_up(self.options.outcomes)
            try:
                self.desk.find(layout.plan.found, part)
            except duckdb.InvalidInputException as error:
                if UNDECIDED not in str(error):
                    raise
            else:
                return
        odd = self._meet(table, layout)
        layout.ledger.look_up(self.options.outcomes)
        self.desk.find(layout.plan.ordinary_found if odd else layout.plan.found, part)
        if odd:
            self.desk.find(layout.plan.later_found, self.draft / f"{number:05}-later.parquet")

    # Afterwards

    def _receipt(self, counts: Sequence[PartCount]) -> Receipt:
        mapped = self.sources.mapped
        return Receipt(
            tool=f"treatycheck {treatycheck.__version__}",
            backend=self.desk.version,
            rulebook=self.rulebook.manifest.name,
            version=self.rulebook.manifest.version,
            rulebook_sha256=self.rulebook.sha256,
            as_of=self.as_of.isoformat(),
            positions=dict(sorted(self.positions.items())),
            engines=self.engines,
            notice=self.notice,
            outcomes=ALL if self.options.by else self.options.outcomes,
            tables=tuple(counts),
            ignored=self.options.ignored,
            mapping=None if mapped is None else mapped.reading.sha256,
            unmatched=() if mapped is None else mapped.unmatched(),
        )

    def _deliver(self, receipt: Receipt) -> None:
        """Give everything that belongs to the result its name, the result itself last."""
        assert self.target is not None and self.draft is not None  # noqa: PT018, S101 - as the caller has found
        if self.quarantine.rows:
            self.quarantine.write(files.beside(self.target, "quarantine.csv"))
        files.beside(self.target, "receipt.json").write_text(
            json.dumps(asdict(receipt), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        whole = self.draft / self.target.name
        source = "totals" if self.options.by else self._parts()
        layout = files.layout_of(self.target)
        parts = sorted(self.draft.glob("*.parquet"))
        if self.target.name.endswith(files.DATABASE):
            self.desk.run(f"ATTACH {literal(str(whole))} AS result")
            name = "summary" if self.options.by else "findings"
            self.desk.run(f"CREATE TABLE result.{name} AS SELECT * FROM {source}")
            self.desk.run("DETACH result")
        elif self.options.by:
            order = ", ".join(self.options.by)
            total = f"SELECT {order}, sum(rows)::BIGINT AS rows FROM totals GROUP BY ALL ORDER BY ALL"
            self.desk.copy(total, whole, layout)
        elif layout == "parquet" and len(parts) == 1:
            whole = parts[0]
        else:
            self.desk.copy(f"SELECT * FROM {source}", whole, layout)
        whole.replace(self.target)
        shutil.rmtree(self.draft)

    def _parts(self) -> str:
        assert self.draft is not None  # noqa: S101 - findings have a target
        return f"read_parquet({literal(str(self.draft / '*.parquet'))})"
