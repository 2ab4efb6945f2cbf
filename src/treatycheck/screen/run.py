"""One screening: tables in, findings or counts out, and a receipt in which every row is accounted for.

Each table is a part of the run. If all signatures of a table were decided before, one pass over it is enough; else what
is in it is counted by signature first, and what is new is decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import _duckdb as duckdb

import treatycheck
from treatycheck.errors import InputError
from treatycheck.rulebook.model import Rulebook
from treatycheck.screen import files
from treatycheck.screen.backends import opened
from treatycheck.screen.duck import quoted
from treatycheck.screen.files import Table
from treatycheck.screen.parts import LATER as LATER_ROWS
from treatycheck.screen.parts import Draft, Part
from treatycheck.screen.plan import GROUPS, LATER, ROW, UNADDRESSED, UNDECIDED, word
from treatycheck.screen.prepared import Law, Prepared
from treatycheck.screen.quarantine import Fault, Quarantine, told
from treatycheck.screen.receipt import PartCount, Receipt, Unmatched, together
from treatycheck.screen.schema import ID
from treatycheck.screen.settings import ALL, Options
from treatycheck.screen.sources import Sources, stopped
from treatycheck.screen.totals import Totals

if TYPE_CHECKING:
    from treatycheck.screen.event import Cells


@dataclass(slots=True)
class Screening:
    """What came out: the receipt, and the counts of a summary as rows of `by` and a number.

    So many tables as `resumed` says were done in an earlier run.
    """

    receipt: Receipt
    counts: list[tuple[Any, ...]] = field(default_factory=list)
    resumed: int = 0


@dataclass(frozen=True, slots=True)
class _Turn:
    """One table of a run: its place among them, the types of its columns, and its hash as soon as that is known."""

    number: int
    table: Table
    types: Mapping[str, str]
    sha256: Future[str]


class Run:
    """Screens tables one after the other; `desk` tells how far it has come."""

    def __init__(self, rulebook: Rulebook, tables: Sequence[Table], target: Path | None, options: Options) -> None:
        self.options = options
        self.law = Law(rulebook, options)
        self.tables = tables
        self.target = target
        self._draft = None if target is None else Draft(files.draft_of(target))
        scratch = None if self._draft is None else self._draft.folder
        self.desk = opened(options.backend, master=options.master, memory=options.memory, scratch=scratch)
        self.sources = Sources(self.law.schema, self.desk, options.mapping, scratch)
        self._known: dict[tuple[tuple[str, str], ...], Prepared] = {}
        self._text_ids = False

    def close(self) -> None:
        """Release what the run holds; a draft stays for the next one."""
        self.desk.close()
        self.sources.close()
        self.law.close()

    def screen(self) -> Screening:
        """Screen every table; raises `InputError` with everything that is wrong with the tables and nothing written.

        What a run that is stopped has done of its tables stays for one that is to go on.
        """
        try:
            types = self.sources.described(self.tables, self.options.ignored)
            self._text_ids = len({one.get(ID) for one in types.values()}) > 1
            if self._draft is not None:
                self._draft.begin(self._question(), len(self.tables), again=self.options.resume)
            return self._screened(types)
        except duckdb.OutOfMemoryException as error:
            raise InputError([stopped(self.tables[0].path, error)]) from error
        finally:
            if self._draft is not None:
                self._draft.leave()

    @property
    def kept(self) -> bool:
        """Whether tables that are done wait for a run that goes on after them."""
        return self._draft is not None and self._draft.used

    def _screened(self, types: Mapping[Path, Mapping[str, str]]) -> Screening:
        totals = Totals(self.desk, self.options.by) if self.options.by else None
        parts: list[Part] = []
        resumed = 0
        with ThreadPoolExecutor(1) as hashing:
            hashes = [hashing.submit(files.sha256, one.path) for one in self.tables]
            try:
                for number, (table, sha256) in enumerate(zip(self.tables, hashes, strict=True)):
                    turn = _Turn(number, table, types[table.path], sha256)
                    part = self._again(turn, totals)
                    resumed += part is not None
                    parts.append(part or self._part(turn, totals))
            finally:
                for one in hashes:
                    one.cancel()
        for known in self._known.values():
            known.ledger.keep()
        receipt = self._receipt(parts)
        if self.target is not None:
            self._deliver(self.target, receipt, totals)
        return Screening(receipt, totals.rows() if totals is not None else [], resumed)

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
        return self.sources.faults(cells, self.law.written)

    def _question(self) -> str:
        """A hash of all that the rows of a table come to depends on, but the table."""
        chosen = self.options
        asked = (
            chosen.by,
            chosen.outcomes,
            chosen.columns,
            chosen.share,
            chosen.ignored,
            chosen.backend,
            self._text_ids,
        )
        mapping = "" if chosen.mapping is None else chosen.mapping.sha256
        return self.law.digest(asked=repr(asked), mapping=mapping, tool=treatycheck.__version__)

    # One table

    def _again(self, turn: _Turn, totals: Totals | None) -> Part | None:
        """What a table came to in an earlier run, if there was one and this is to go on with it."""
        if self._draft is None:
            return None
        file = str(turn.table.path)
        part = self._draft.done(turn.number, file, turn.sha256.result()) if self.options.resume else None
        if part is None:
            self._draft.clear(turn.number)
        elif totals is not None:
            totals.load(self._draft.rows(turn.number))
        return part

    def _part(self, turn: _Turn, totals: Totals | None) -> Part:
        table, known = turn.table, self._prepared(turn.types)
        known.enter()
        self.desk.doing = f"table {turn.number + 1} of {len(self.tables)}"

        def job() -> tuple[int, int, tuple[Unmatched, ...], Quarantine]:
            unread, passed = self.desk.unread(table.path), self.sources.passed_over(table)
            quarantine = Quarantine(table.path, self.options.share, self.desk.count() + len(unread) + passed)
            for row, one in unread:
                quarantine.add(row, [one])
            quarantine.check()
            if totals is not None:
                self._count(known, totals, quarantine)
            else:
                self._find(turn, known, quarantine)
            self.desk.gather(UNADDRESSED, known.plan.unaddressed)
            unaddressed = self.desk.rows(f"SELECT rows FROM {UNADDRESSED}")[0][0] - quarantine.unaddressed
            return passed, unaddressed, self.sources.unmatched(table), quarantine

        passed, unaddressed, unmatched, quarantine = self.sources.reading(table, turn.types, job)
        count = PartCount(
            file=str(table.path),
            sha256=turn.sha256.result(),
            read=quarantine.read,
            screened=quarantine.read - quarantine.rows,
            quarantined=quarantine.rows,
            passed_over=passed,
            unaddressed=unaddressed,
        )
        if totals is not None:
            totals.close(None if self._draft is None else self._draft.rows(turn.number))
        part = Part(count, unmatched)
        if self._draft is not None:
            self._draft.refuse(turn.number, quarantine)
            self._draft.keep(turn.number, part)
        return part

    def _prepared(self, types: Mapping[str, str]) -> Prepared:
        key = tuple(types.items())
        if key not in self._known:
            number = len(self._known)
            known = Prepared(self.law, self.desk, types, self.options, text_ids=self._text_ids, number=number)
            self._known[key] = known
        return self._known[key]

    def _meet(self, known: Prepared, quarantine: Quarantine) -> bool:
        """Count the rows by signature, look at odd rows, decide what is new; returns whether there are odd rows."""
        self.desk.gather(GROUPS, known.plan.groups)
        known.ledger.decide(known.ledger.undecided(GROUPS), known.decide)
        missing = " OR ".join(f"{quoted(word(one))} IS NULL" for one in range(known.plan.words))
        odd = bool(self.desk.rows(f"SELECT 1 FROM {GROUPS} WHERE {missing} LIMIT 1"))
        if odd:
            self._look_at_odd(known, quarantine)
            known.ledger.decide(known.ledger.undecided(LATER), known.decide)
        return odd

    def _look_at_odd(self, known: Prepared, quarantine: Quarantine) -> None:
        types = {ROW: "BIGINT", **{word(one): "BIGINT" for one in range(known.plan.words)}}
        self.desk.table(LATER, types)
        names = tuple(known.types)
        points = [name for name, kind in known.types.items() if kind.startswith("float")]
        for batch in self.desk.batches(known.plan.odd, points):
            found: list[tuple[object, ...]] = []
            for row, *texts in batch:
                cells = {name: text for name, text in zip(names, texts, strict=True) if text}
                wrong = self.faults(cells)
                if wrong:
                    quarantine.add(row, wrong)
                    quarantine.unaddressed += known.classes.unaddressed(cells)
                else:
                    found.append((row, *known.words_of(cells)))
            self.desk.insert(LATER, tuple(types.values()), found)
            quarantine.check()

    def _count(self, known: Prepared, totals: Totals, quarantine: Quarantine) -> None:
        odd = self._meet(known, quarantine)
        totals.begin()
        totals.add(GROUPS, known.ledger.table, known.plan.words, known.roles)
        if odd:
            self.desk.gather(GROUPS, known.plan.later_groups)
            totals.add(GROUPS, known.ledger.table, known.plan.words, known.roles)

    def _find(self, turn: _Turn, known: Prepared, quarantine: Quarantine) -> None:
        assert self._draft is not None  # noqa: S101 - findings have a target
        rows, later = self._draft.rows(turn.number), self._draft.rows(turn.number, LATER_ROWS)
        if self.desk.guesses and not known.ledger.empty:
            known.ledger.look_up(self.options.outcomes)
            try:
                self.desk.find(known.plan.found, rows)
            except duckdb.InvalidInputException as error:
                if UNDECIDED not in str(error):
                    raise
            else:
                return
        odd = self._meet(known, quarantine)
        known.ledger.look_up(self.options.outcomes)
        self.desk.find(known.plan.ordinary_found if odd else known.plan.found, rows)
        later.unlink(missing_ok=True)
        if odd:
            self.desk.find(known.plan.later_found, later)

    # Afterwards

    def _deliver(self, target: Path, receipt: Receipt, totals: Totals | None) -> None:
        from treatycheck.screen.deliver import deliver

        assert self._draft is not None  # noqa: S101 - a target has a draft
        try:
            deliver(self.desk, self._draft, target, receipt, "" if totals is None else totals.query)
        except duckdb.Error as error:
            raise InputError([stopped(target, error)]) from error

    def _receipt(self, parts: Sequence[Part]) -> Receipt:
        law = self.law
        return Receipt(
            tool=f"treatycheck {treatycheck.__version__}",
            backend=self.desk.version,
            rulebook=law.written.manifest.name,
            version=law.written.manifest.version,
            rulebook_sha256=law.written.sha256,
            as_of=law.as_of.isoformat(),
            positions=dict(sorted(law.positions.items())),
            engines=law.engines,
            notice=law.notice,
            outcomes=ALL if self.options.by else self.options.outcomes,
            tables=tuple(one.count for one in parts),
            ignored=self.options.ignored,
            mapping=None if self.options.mapping is None else self.options.mapping.sha256,
            unmatched=together(one for part in parts for one in part.unmatched),
        )
