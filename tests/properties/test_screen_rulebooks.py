"""Random rulebooks over random tables: a check with either engine and a screening by DuckDB must all say the same.

For every row, every rule and every bearer, the outcome, its strength, the reason or what is open, and the roles are
compared. The rulebooks are written as files and go through the loader. Each example is a rulebook with up to 50 rows in
one or two tables, and has a seed. For a long campaign set the number of examples in the environment, and the first seed
(0 unless given); what they came to is printed at the end:

    TREATYCHECK_EXAMPLES=10000 pytest -s tests/properties/test_screen_rulebooks.py
"""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
from treatycheck.engine.compile import chosen_positions
from treatycheck.engine.matcher import available
from treatycheck.engine.outcomes import FLAGGED, Outcome
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.backends import Backend
from treatycheck.screen.classes import Classes
from treatycheck.screen.decide import Decider
from treatycheck.screen.event import Cells, dossier_of, faults
from treatycheck.screen.files import Table
from treatycheck.screen.run import Run
from treatycheck.screen.schema import DATE, ID, REQUIRED, UNKNOWN, FlatSchema, flat_schema
from treatycheck.screen.settings import ALL, Options

EXAMPLES = int(os.environ.get("TREATYCHECK_EXAMPLES", "40"))
FIRST = int(os.environ.get("TREATYCHECK_SEED", "0"))

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
    def counts(self) -> list[tuple[int, int]]:
        """Of each table how many rows it has, and how many of them have to be refused."""
        refused = [sum(bool(faults(cells, self.schema, self.rulebook)) for cells in rows) for rows in self.tables]
        return [(len(rows), number) for rows, number in zip(self.tables, refused, strict=True)]


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


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_kept() -> Iterator[None]:
    """Every rulebook is another, so that a cache would only be filled."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TREATYCHECK_CACHE", "off")
        yield


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


def screened(one: Case, backend: Backend = "duckdb") -> tuple[Found, list[tuple[int, int]]]:
    """What a screening finds in the tables, and of each how many rows it reads and refuses.

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
    return sorted(found), [(part.read, part.quarantined) for part in receipt.tables]


def classified(one: Case) -> Found:
    """What the classes of a screening come to row by row, without any table."""
    as_of = one.law.as_of or date.fromisoformat(one.rulebook.manifest.as_of)
    positions = chosen_positions(one.rulebook, one.law.positions)
    rulebook = under(one.rulebook, positions, as_of)
    found: Found = []
    with Chambers(rulebook, positions, "reference") as chambers:
        programs = {act: chambers.of(act)[0] for act in rulebook.vocabulary.acts}
        classes = Classes(rulebook, programs, one.schema, ("id", *one.law.columns), as_of)
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
            "rows refused": sum(refused for _, refused in one.counts),
            "results": len(found),
            "results for a bearer in two roles": sum("|" in str(roles) for _, _, roles, *_ in found),
            **{f"results: {outcome}": number for outcome, number in outcomes.items()},
            **{f"results not applicable: {why}": number for why, number in ruled_out.items()},
        }
    )


def test_both_engines_and_the_table_engine_say_the_same() -> None:
    tally: Counter[str] = Counter()
    for seed in range(FIRST, FIRST + EXAMPLES):
        one = case(seed)
        try:
            tally += tallied(one, agreed(one))
        except BaseException:
            print(f"seed {seed}")  # noqa: T201 - says which case it is
            raise
    print(*(f"\n{number:>12,}  {name}" for name, number in sorted(tally.items())))  # noqa: T201 - the figures
    assert tally["rulebooks"] == EXAMPLES


def test_the_classes_of_a_screening_tell_rows_apart_as_a_check_does() -> None:
    for seed in range(FIRST, FIRST + EXAMPLES):
        one = case(seed)
        assert (seed, checked(one, "reference")) == (seed, classified(one))


def test_the_cases_have_what_they_are_to_try() -> None:
    tally: Counter[str] = Counter()
    reasons: frozenset[str] = frozenset()
    for seed in range(80):
        one = case(seed)
        tally += tallied(one, checked(one, "reference"))
        reasons = frozenset(one.rulebook.wording.reasons)
    flagged = sum(tally[f"results: {outcome}"] for outcome in FLAGGED)
    assert tally["results"] > tally["rows"]
    assert 0.5 > flagged / tally["results"] > 0.01
    assert 0.5 > tally["results: undetermined"] / tally["results"] > 0.1
    assert frozenset() == {reason for reason in reasons if not tally[f"results not applicable: {reason}"]}
    assert tally["results for a bearer in two roles"]
    assert tally["rows refused"] < tally["rows"] / 10


# What random rulebooks have shown


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


@pytest.mark.parametrize("asked", ["is: Wren", "is: bigbird", "in: [Wren, Albatross 3]", 'is_stated: "true"'])
def test_a_designation_is_looked_up_and_compared_word_for_word_at_once(asked: str) -> None:
    spelt = ("Albatross 3", "albatross-3", "Big Bird", "bigbird", "Wren", "WREN", "no such", "unknown", "Unknown", "")
    usual = {"act": "fly", "modality": "occurred", "strength": "S3", "date": "2024-05-01", "event.height": "40"}
    usual |= {"flyer.code": "NLA", "flyer.kind": "state", "event.burnt": "no", "event.purpose": "show"}
    usual |= {"object.category": "toy"}
    rows = [{**usual, "object.model": text} for text in spelt]
    found = agreed(kites({"- {term: night_kite}": f"- {{fact: object.model, {asked}}}"}, rows))
    assert len({outcome for _, _, _, outcome, *_ in found}) > 1


def test_a_signature_too_large_for_a_small_number_is_exact() -> None:
    graded = ("date", "object.category", "object.model", "event.purpose", "event.burnt", "event.height", "flyer")
    usual = {"act": "fly", "modality": "occurred", "event.burnt": "no", "object.category": "toy", "dispute": "none"}
    rows = [
        {**usual, "strength": "S4", "flyer.kind": "club", "object.activation": launch}
        | {f"{name}.strength": grade for name in graded}
        for launch in ("never", "by hand")
        for grade in ("S1", "S4")
    ]
    found = agreed(kites({}, rows))
    assert {1, 2, 3, 4} == {number for number, *_ in found}


def test_three_roles_of_one_actor_are_one_bearer_though_not_all_are_compared() -> None:
    changes = {
        "  keeper: {label: keeper}": "  keeper: {label: keeper}\n  owner: {label: owner}",
        "role: [flyer]": "role: [flyer, owner]",
        "role: [keeper]": "role: [keeper, owner]",
        "act: [keep]": "act: [fly]",
    }
    usual = {"act": "fly", "modality": "occurred", "strength": "S3", "date": "2024-05-01"}
    state = {"code": "NLA", "kind": "state"}
    rows = [
        {**usual, **{f"{role}.{part}": text for role in roles for part, text in state.items()}}
        for roles in (("flyer", "keeper", "owner"), ("flyer", "keeper"), ("keeper", "owner"), ("owner",))
    ]
    found = agreed(kites(changes, rows))
    assert [
        *((1, "ka-1-fly", "flyer|owner"), (1, "ka-4-burn", "keeper|owner"), (2, "ka-1-fly", "flyer")),
        *((2, "ka-4-burn", "keeper"), (3, "ka-1-fly", "owner"), (3, "ka-4-burn", "keeper|owner")),
        *((4, "ka-1-fly", "owner"), (4, "ka-4-burn", "owner")),
    ] == [one[:3] for one in found]


@pytest.mark.parametrize("asked", ["", "\n        - {fact: owner.kind, is: state}"])
def test_a_bearer_is_asked_for_a_role_in_which_nothing_binds_it(asked: str) -> None:
    changes = {
        "  flyer: {label: flyer}": "  owner: {label: owner}\n  flyer: {label: flyer}",
        '- {fact: event.height, above: "10"}': f"- {{fact: bearer.role, is: owner}}{asked}",
    }
    usual = {"act": "fly", "modality": "occurred", "strength": "S3", "date": "2024-05-01", "event.purpose": "show"}
    usual |= {"object.category": "storm_kite", "event.burnt": "no", "flyer.kind": "state", "owner.kind": "state"}
    rows = [{**usual, "owner.code": one, "flyer.code": other} for one in ("NLA", "SLA") for other in ("NLA", "SLA")]
    found = agreed(kites(changes, rows))
    assert ["reasonable_grounds", *["not_applicable"] * 3] == [outcome for _, _, _, outcome, *_ in found]
    assert ["", "actor_not_bound", "act_out_of_scope", "actor_not_bound"] == [why for *_, why, _, _ in found]


def test_two_roles_of_somebody_of_whom_only_the_name_is_known_are_one_bearer() -> None:
    changes = {"role: [flyer]": "role: [flyer, keeper]", "act: [keep]": "act: [fly]"}
    usual = {"act": "fly", "modality": "occurred", "strength": "S3", "flyer": "somebody", "keeper": "somebody"}
    rows = [{**usual, **more} for more in ({"flyer.kind": "unknown"}, {"keeper.kind": "unknown"}, {"keeper": "other"})]
    found = agreed(kites(changes, rows))
    assert ["flyer|keeper"] * 2 + ["flyer", "keeper"] == [roles for _, rule, roles, *_ in found if rule == "ka-1-fly"]
