"""A random rulebook with tables, what a check and a screening find in them, and how a difference is told."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import duckdb
import pytest
from tests.properties.rulebook_rows import row
from tests.properties.rulebook_words import Lots
from tests.properties.rulebooks import Drawn, drawn, texts

from treatycheck.check import decide_event, under
from treatycheck.engine.agreement import EngineChoice
from treatycheck.engine.chambers import Chambers
from treatycheck.engine.compile import RETIRED, chosen_positions
from treatycheck.engine.matcher import available
from treatycheck.engine.outcomes import FLAGGED, Outcome
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.asking import Asking
from treatycheck.screen.backends import Backend
from treatycheck.screen.classes import Classes
from treatycheck.screen.decide import Decider
from treatycheck.screen.event import Cells, dossier_of, faults, taking_part
from treatycheck.screen.files import Table
from treatycheck.screen.run import Run
from treatycheck.screen.schema import ACT, DATE, ID, REQUIRED, UNKNOWN, FlatSchema, flat_schema
from treatycheck.screen.settings import ALL, Options

ENGINES: Final[Sequence[EngineChoice]] = ("reference", "durable") if available() is None else ("reference",)
KITES: Final = Path(__file__).resolve().parents[1] / "good" / "rules"
LAYOUTS: Final = ("csv", "parquet", "ndjson", "typed")

Found = list[tuple[Any, ...]]
"""The `id` of the row, rule, roles, outcome, strength, reason, name and code of the bearer; in order."""


@dataclass(frozen=True)
class Case:
    """A rulebook with tables of one layout, and the engines of the screening, all of which follow from a seed.

    Every seed is another case: drawn by Hypothesis, most of ten thousand would repeat parts of each other.
    """

    law: Drawn
    rulebook: Rulebook
    schema: FlatSchema
    tables: Sequence[Sequence[Cells]]
    layout: str
    engine: EngineChoice

    @property
    def rows(self) -> list[Cells]:
        """The rows of all tables; they are numbered in `id`."""
        return [cells for table in self.tables for cells in table]

    @property
    def counts(self) -> list[tuple[int, int, int]]:
        """Of each table how many rows it has, how many have to be refused, and to how many others no rule speaks."""
        found = []
        for rows in self.tables:
            sound = [cells for cells in rows if not faults(cells, self.schema, self.rulebook)]
            found.append((len(rows), len(rows) - len(sound), len([cells for cells in sound if not self._bound(cells)])))
        return found

    def _bound(self, cells: Cells) -> bool:
        """Whether a row names somebody in a role in which a rule on its act binds."""
        rules = [one for one in self.rulebook.rules.values() if one.status != RETIRED and cells[ACT] in one.act]
        return any(taking_part(cells, role) for rule in rules for role in rule.bearer.role)


def case(seed: int) -> Case:
    """The case of a seed."""
    lots = Lots(seed)
    law = drawn(lots)
    with TemporaryDirectory() as folder:
        rulebook = load_rulebook(law.write(Path(folder) / "rules"))
    schema = flat_schema(rulebook)
    tables: list[list[Cells]] = []
    last: Cells = {}
    for within in lots.choice((((20, 40),), ((20, 40),), ((15, 25), (15, 25)), ((1, 1),))):
        tables.append([])
        for _ in range(lots.randint(*within)):
            last = {**row(lots, law, rulebook, schema, last), ID: str(sum(map(len, tables)) + 1)}
            tables[-1].append(last)
    choices: Sequence[EngineChoice] = ("both", *ENGINES) if len(ENGINES) > 1 else ENGINES
    return Case(law, rulebook, schema, tables, lots.choice(LAYOUTS), lots.choice(choices))


def checked(one: Case, engine: EngineChoice) -> Found:
    """What a check with one engine finds in each row as an event; rows with faults are passed over."""
    as_of = one.law.as_of or date.fromisoformat(one.rulebook.manifest.as_of)
    positions = chosen_positions(one.rulebook, one.law.positions)
    rulebook = under(one.rulebook, positions, as_of)
    schema = one.schema
    found: Found = []
    with Chambers(rulebook, positions, engine) as chambers:
        for cells in one.rows:
            if faults(cells, schema, rulebook):
                continue
            dossier = dossier_of(cells, schema)
            stated = dossier.events[0]
            program, panel = chambers.of(stated.act.value)
            for decided in decide_event(rulebook, program, panel, dossier, stated, as_of):
                conclusion = decided.conclusion
                if conclusion.outcome is Outcome.NO_FINDING:
                    continue
                roles = [participant.role for participant in decided.bearer.participants]
                bound = [role for role in roles if role in decided.rule.rule.bearer.role]
                found.append(
                    (
                        int(cells["id"]),
                        decided.rule.rule.id,
                        "|".join(bound),
                        str(conclusion.outcome),
                        "" if conclusion.strength is None else str(conclusion.strength),
                        conclusion.reason or "|".join(gate.name for gate in conclusion.open),
                        *_bearer(cells.get(bound[0]), cells.get(f"{bound[0]}.code")),
                    )
                )
    return sorted(found)


def screened(one: Case, backend: Backend = "duckdb") -> tuple[Found, list[tuple[int, int, int]]]:
    """What a screening finds in the tables, and of each how many rows it reads, refuses, and has no rule for.

    Roles of the bearer to which a rule does not speak are left out: a screening tells them apart only where that
    matters.
    """
    options = Options(
        engine=one.engine,
        as_of=one.law.as_of,
        positions=one.law.positions,
        outcomes=ALL,
        share=1.0,
        backend=backend,
    )
    with TemporaryDirectory() as folder:
        columns = ["id", *one.law.columns]
        tables = [
            written(Path(folder) / f"events{number}", columns, rows, one.schema, one.layout)
            for number, rows in enumerate(one.tables)
        ]
        target = Path(folder) / "found.parquet"
        run = Run(one.rulebook, tables, target, options)
        try:
            receipt = run.screen().receipt
        finally:
            run.close()
        listed = "id, rule, role, outcome, strength, why, bearer, code"
        results = duckdb.read_parquet(str(target)).project(listed).fetchall()
    found: Found = []
    for number, rule, roles, *rest, name, code in results:
        bound = [role for role in roles.split("|") if role in one.rulebook.rules[rule].bearer.role]
        found.append((int(number), rule, "|".join(bound), *rest, *_bearer(name, code)))
    return sorted(found), [(part.read, part.quarantined, part.unaddressed) for part in receipt.tables]


def classified(one: Case) -> Found:
    """What the classes of a screening come to row by row, without any table."""
    as_of = one.law.as_of or date.fromisoformat(one.rulebook.manifest.as_of)
    positions = chosen_positions(one.rulebook, one.law.positions)
    rulebook = under(one.rulebook, positions, as_of)
    found: Found = []
    with Chambers(rulebook, positions, "reference") as chambers:
        programs = {act: chambers.of(act)[0] for act in rulebook.vocabulary.acts}
        classes = Classes(Asking(rulebook, programs, one.schema, ("id", *one.law.columns), as_of))
        decider = Decider(classes, chambers)
        for cells in one.rows:
            for result in () if faults(cells, one.schema, rulebook) else decider.decide(classes.classify(cells)):
                roles = result.roles.split("|")
                bound = [role for role in roles if role in rulebook.rules[result.rule].bearer.role]
                named = _bearer(cells.get(roles[0]), cells.get(f"{roles[0]}.code"))
                said = (result.outcome, result.strength, result.why)
                found.append((int(cells["id"]), result.rule, "|".join(bound), *said, *named))
    return sorted(found)


def _bearer(*said: str | None) -> tuple[str, ...]:
    return tuple("" if text in (None, UNKNOWN) else str(text) for text in said)


def written(file: Path, columns: Sequence[str], rows: Sequence[Cells], schema: FlatSchema, layout: str) -> Table:
    """The rows as a table; `typed` is Parquet with days, numbers and truths where all cells of a column are such."""
    if layout == "ndjson":
        path = file.with_suffix(".ndjson")
        path.write_text("".join(f"{json.dumps({**dict.fromkeys(columns), **one})}\n" for one in rows), encoding="utf-8")
        return Table(path, layout)
    path = file.with_suffix(".csv")
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns)
        writer.writeheader()
        writer.writerows(rows)
    if layout == "csv":
        return Table(path, layout)
    types = {name: _type(name, rows, schema) if layout == "typed" else "VARCHAR" for name in columns}
    cells = ", ".join(
        f"(\"{name}\" = 'yes')" + f' AS "{name}"' if kind == "BOOLEAN" else f'CAST("{name}" AS {kind}) AS "{name}"'
        for name, kind in types.items()
    )
    texts_ = duckdb.read_csv(str(path), all_varchar=True, header=True, sep=",", quotechar='"', escapechar='"')
    texts_.project(cells).write_parquet(str(file.with_suffix(".parquet")))
    return Table(file.with_suffix(".parquet"), "parquet")


def _type(name: str, rows: Sequence[Cells], schema: FlatSchema) -> str:
    """The type that a column may have without another meaning."""
    filled = {cells[name] for cells in rows if cells.get(name)}
    kind = schema.by_name[name].kind
    if kind == "truth" and filled <= {"yes", "no"}:
        return "BOOLEAN"
    if name == DATE and all(len(text) == len("2026-01-31") and text[:2] in ("19", "20") for text in filled):
        return "DATE"
    if kind == "number" and all(text.isdigit() and len(text) < 16 for text in filled):
        return "BIGINT"
    if kind == "number" and all(text.replace(".", "", 1).isdigit() and len(text) < 8 for text in filled):
        return "DECIMAL(18, 4)" if len(filled) % 2 else "DOUBLE"
    return "VARCHAR"


def agreed(one: Case) -> Found:
    """What all find; fails with the rulebook and the rows on which they differ, the first of them cut down."""
    expected = checked(one, "reference")
    for other in ENGINES[1:]:
        assert expected == checked(one, other)
    found, counts = screened(one)
    if expected != found:
        pytest.fail(told(one, sorted({number for number, *_ in {*expected} ^ {*found}})), pytrace=False)
    assert one.counts == counts
    return expected


def told(one: Case, numbers: Sequence[int]) -> str:
    """The first of the rows on which check and screening differ with no more cells than it takes, and the rulebook."""
    cells = next(cells for cells in one.rows if cells["id"] == str(numbers[0]))

    def alone(cells: Cells) -> Case:
        return replace(one, tables=[[cells]])

    for name in [*cells]:
        fewer = {key: text for key, text in cells.items() if key != name}
        if name in (ID, *REQUIRED) or faults(fewer, one.schema, one.rulebook):
            continue
        if checked(alone(fewer), "reference") != screened(alone(fewer))[0]:
            cells = fewer
    both = (checked(alone(cells), "reference"), screened(alone(cells))[0])
    listed = "\n".join(texts(one.law))
    return f"rows {numbers} of {one.layout}, as: {cells}\ncheck: {both[0]}\nscreen: {both[1]}\n{listed}"


def tallied(one: Case, found: Found) -> Counter[str]:
    """What is printed of a case."""
    rules = one.rulebook.rules.values()
    outcomes = Counter(str(outcome) for _, _, _, outcome, *_ in found)
    ruled_out = Counter(why for _, _, _, outcome, _, why, *_ in found if outcome == Outcome.NOT_APPLICABLE)
    return Counter(
        {
            "rulebooks": 1,
            "rulebooks that flag": int(not outcomes.keys().isdisjoint(FLAGGED)),
            "rules": len(rules),
            "rules with a deadline": sum(rule.deadline is not None for rule in rules),
            "tables": len(one.tables),
            "rows": len(one.rows),
            "rows refused": sum(refused for _, refused, _ in one.counts),
            "rows to which no rule speaks": sum(silent for *_, silent in one.counts),
            "results": len(found),
            "results for a bearer in two roles": sum("|" in str(roles) for _, _, roles, *_ in found),
            **{f"results: {outcome}": number for outcome, number in outcomes.items()},
            **{f"results not applicable: {why}": number for why, number in ruled_out.items()},
        }
    )


def kites(changes: Mapping[str, str], rows: Sequence[Cells]) -> Case:
    """The rulebook of the Kite Accord with some of its words changed, and a table with these rows."""
    files = {path.relative_to(KITES).as_posix(): path.read_text("utf-8") for path in KITES.rglob("*.*")}
    for of, to in changes.items():
        assert any(of in text for text in files.values())
        files = {name: text.replace(of, to) for name, text in files.items()}
    law = Drawn(files, [], [], [*dict.fromkeys(name for cells in rows for name in cells)], {}, {}, None)
    with TemporaryDirectory() as folder:
        rulebook = load_rulebook(law.write(Path(folder) / "rules"))
    numbered = [{"id": str(number), **cells} for number, cells in enumerate(rows, 1)]
    return Case(law, rulebook, flat_schema(rulebook), [numbered], "csv", "reference")
