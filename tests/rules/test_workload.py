"""The workload MBC-8 as rules: every conclusion of the rulebook, against the workload's own words in a few lines.

`expected` follows the specification of the workload with Kleene's values as 0 (false), 1 (unknown) and 2 (true), and
knows nothing of rules, gates or strengths. `sample.csv` has two hundred made-up rows, many of them on the day on which
the status of a State turns or beside it; more are drawn here.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.benchmarks import by_hand, mbc_8, registers, workload

from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

F, U, T = 0, 1, 2

SAMPLE = mbc_8.RULEBOOK / "sample.csv"
OWN_RULE = {"use": "R1", "develop": "R2", "produce": "R2", "transfer": "R4", "assist": "R6"} | dict.fromkeys(
    ("acquire", "stockpile", "retain"), "R3"
)
PERSON = {
    "yes": {"person": T, "vehicle": U, "command": U, "unknown": T},
    "no": {"person": U, "vehicle": F, "command": F, "unknown": F},
    "configurable": {"person": T, "vehicle": F, "command": F, "unknown": U},
}

Record = Mapping[str, str]


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(mbc_8.RULEBOOK)


@pytest.fixture(scope="module")
def tables() -> workload.Tables:
    return workload.tables()


def truth(holds: bool) -> int:
    return T if holds else F


def years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


class Status:
    """What the table of States says of one of them on a day."""

    def __init__(self, known: workload.Tables, code: str, day: str) -> None:
        row = next((row for row in known.status if row[0] == code), None)
        self.listed = row is not None
        _, *days = row or ("", "", "", "")
        self.signature, self.entry, self.withdrawal = (date.fromisoformat(one) if one else None for one in days)
        self.day = date.fromisoformat(day)

    def of_listed(self, holds: bool) -> int:
        return truth(holds) if self.listed else U

    @property
    def party(self) -> int:
        bound = self.entry is not None and self.entry <= self.day
        return self.of_listed(bound and (self.withdrawal is None or self.day < self.withdrawal))

    @property
    def signatory_only(self) -> int:
        signed = self.signature is not None and self.signature <= self.day
        return self.of_listed(signed and (self.entry is None or self.day < self.entry))

    @property
    def in_time(self) -> int:
        return self.of_listed(self.entry is not None and self.day <= years_later(self.entry, 4))


def conclusions(scope: int, bound: int, exempt: int, met: str) -> set[str]:
    """The conclusions that are right: one, or both of those that need not be told apart."""
    if scope == bound == F:
        return set(mbc_8.EITHER)
    if scope == F:
        return {"outside_scope"}
    if bound == F:
        return {"not_bound"}
    if exempt == T:
        return {"exempt"}
    return {met if (scope, bound, exempt) == (T, T, F) else mbc_8.UNDETERMINED}


def expected(row: Record, known: workload.Tables) -> Iterator[tuple[tuple[int, str, str], set[str]]]:
    """The rows of the answer to one event, each with the conclusions that are right."""
    number, act, purpose = int(row["id"]), row["act"], row["purpose"]
    if act not in OWN_RULE:
        return
    model = next((model for model in known.models if model[0] == row["weapon_model"]), None)
    mine = U if model is None else truth(model[1] != "not_a_mine")
    person = PERSON["configurable" if model is None else model[2]][row["activation"]]
    occurred = {"confirmed": T, "credible": T, "alleged": U, "denied": F}[row["assertion"]]
    scope = min(occurred, mine, person)
    exempt = {
        "transfer": truth(purpose != ""),
        "acquire": truth(purpose == "training"),
        "stockpile": truth(purpose == "training"),
        "retain": {"training": T, "": U, "destruction": F}[purpose],
    }.get(act, F)
    actor = Status(known, row["actor_iso3"], row["date"])

    def answer(rule: str, bearer: str, *terms: int) -> tuple[tuple[int, str, str], set[str]]:
        in_scope, bound, exempted = terms
        met = mbc_8.MET_BY_SIGNATORY if rule == "R8" else mbc_8.MET
        return (number, rule, bearer), conclusions(in_scope, bound, exempted, met)

    yield answer(OWN_RULE[act], row["actor_iso3"], scope, actor.party, exempt)
    if act == "transfer" and (other := row["counterpart_iso3"]):
        yield answer("R5", other, scope, Status(known, other, row["date"]).party, exempt)
    if act == "stockpile":
        held = U if row["quantity"] == "" else truth(int(row["quantity"]) > 0)
        exempt_stock = max(truth(purpose == "training"), actor.in_time)
        yield answer("R7", row["actor_iso3"], min(scope, held), actor.party, exempt_stock)
    yield answer("R8", row["actor_iso3"], scope, actor.signatory_only, exempt)


def wrong(rulebook: Rulebook, known: workload.Tables, rows: list[Record]) -> list[object]:
    """What the rulebook does not conclude as it should, or concludes of nothing."""
    right = dict(answer for row in rows for answer in expected(row, known))
    found = {(number, rule, bearer): said for number, rule, bearer, said in mbc_8.decided(rulebook, rows)}
    assert right.keys() == found.keys()
    return [(key, said, right[key]) for key, said in found.items() if said not in right[key]]


@pytest.fixture(scope="module")
def sample() -> list[Record]:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_rulebook_concludes_on_the_sample_as_the_workload_says(
    rulebook: Rulebook, tables: workload.Tables, sample: list[Record]
) -> None:
    assert [] == wrong(rulebook, tables, sample)


def test_the_sample_has_every_conclusion_of_every_rule_that_can_have_it(
    tables: workload.Tables, sample: list[Record]
) -> None:
    right = [answer for row in sample for answer in expected(row, tables)]
    certain = {(rule, *said) for (_, rule, _), said in right if len(said) == 1}
    exempting = {"R3", "R4", "R5", "R7", "R8"}
    wanted = {
        (rule, said)
        for rule in mbc_8.RULES.values()
        for said in (*mbc_8.EITHER, mbc_8.UNDETERMINED, mbc_8.MET_BY_SIGNATORY if rule == "R8" else mbc_8.MET, "exempt")
        if said != "exempt" or rule in exempting
    }
    assert wanted == certain


@pytest.mark.parametrize("variant", by_hand.VARIANTS)
def test_what_is_written_by_hand_reports_on_the_sample_what_the_workload_says(
    variant: str, tables: workload.Tables, sample: list[Record], tmp_path: Path
) -> None:
    workload.save_tables(tmp_path, tables)
    connection = by_hand.prepared(tmp_path, variant)
    events = tmp_path / "events.parquet"
    workload.typed(connection, SAMPLE, events)
    right = {(*key, said) for row in sample for key, (said, *_) in _settled(row, tables)}
    assert {row for row in right if row[3] in mbc_8.REPORTABLE} == set(
        connection.execute(by_hand.findings(variant, str(events))).fetchall()
    )
    counted = Counter((rule, said) for _, rule, _, said in right)
    assert counted == {
        (rule, said): n for rule, said, n in connection.execute(by_hand.counts(variant, str(events))).fetchall()
    }


def _settled(row: Record, known: workload.Tables) -> Iterator[tuple[tuple[int, str, str], list[str]]]:
    """As expected, where scope goes before binding."""
    for key, said in expected(row, known):
        yield key, sorted(said, key=lambda one: one == "not_bound")


def turns(known: workload.Tables) -> list[str]:
    """The days on which some status or deadline turns, with the days before and after."""
    days = {date.fromisoformat(day) for _, *row in known.status for day in row if day}
    days |= {years_later(date.fromisoformat(row[2]), 4) for row in known.status if row[2]}
    return sorted({(day + timedelta(days=step)).isoformat() for day in days for step in (-1, 0, 1)})


KNOWN = workload.tables()
CODES = st.sampled_from([row[0] for row in KNOWN.status] + [*KNOWN.unlisted, workload.NO_STATE])
RECORDS = st.fixed_dictionaries(
    {
        "act": st.sampled_from(list(workload.ACTS)),
        "actor_iso3": CODES,
        "counterpart_iso3": st.just("") | CODES,
        "date": st.sampled_from([day for day in turns(KNOWN) if day <= workload.LAST_DAY.isoformat()])
        | st.dates(workload.FIRST_DAY, workload.LAST_DAY).map(date.isoformat),
        "weapon_model": st.sampled_from(["", *KNOWN.designations]),
        "activation": st.sampled_from(list(workload.ACTIVATIONS)),
        "quantity": st.sampled_from(["", "0", "1", "5000"]),
        "purpose": st.sampled_from(list(workload.PURPOSES)),
        "assertion": st.sampled_from(list(workload.ASSERTIONS)),
    }
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(RECORDS, min_size=1, max_size=40))
def test_any_rows_are_concluded_as_the_workload_says(rows: list[dict[str, str]]) -> None:
    numbered: list[Record] = [{"id": str(number), **row} for number, row in enumerate(rows)]
    assert [] == wrong(load_rulebook(mbc_8.RULEBOOK), KNOWN, numbered)


def test_the_registers_of_the_rulebook_are_made_from_the_tables_of_the_workload(
    tmp_path: Path, tables: workload.Tables
) -> None:
    workload.save_tables(tmp_path, tables)
    registers.make(tmp_path, tmp_path)
    made = ("registers/states.csv", "registers/models.csv", "mine-ban-workload/status.csv")
    assert [(mbc_8.RULEBOOK / name).read_bytes() for name in made] == [(tmp_path / name).read_bytes() for name in made]
