"""Standing: an answer for some days is the answer that all of the days have, and unknown where they differ."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from treatycheck.dates import parse
from treatycheck.registers.record import Record
from treatycheck.registers.standing import RegisterTerms, StatusRegister
from treatycheck.registers.table import Row
from treatycheck.truth import UNKNOWN

START = date(2000, 1, 1)
days = st.integers(0, 60).map(lambda number: START + timedelta(days=number))
pairs = st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))


def day_set(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"[{first}..{last}]"


def register(entry: str, effective: str) -> StatusRegister:
    row = Row("status", 2, "AAA", {"code": "AAA"}, "a source", "yes")
    notified = parse("1999-12-01") if effective else None
    record = Record(
        row, "accession", None, parse("1999"), parse(entry), notified, parse(effective) if effective else None
    )
    return StatusRegister("a-treaty", {"AAA": record}, (), RegisterTerms())


@given(entry=days, effective=st.none() | days, asked=pairs)
def test_the_answer_for_some_days_is_the_one_all_of_them_have(
    entry: date, effective: date | None, asked: tuple[date, date]
) -> None:
    known = register(entry.isoformat(), effective.isoformat() if effective else "")
    first, last = asked
    each = {
        known.bound("AAA", parse((first + timedelta(days=number)).isoformat())).verdict
        for number in range((last - first).days + 1)
    }
    expected = each.pop() if len(each) == 1 else UNKNOWN
    assert expected == known.bound("AAA", parse(day_set(first, last))).verdict


@given(entry=pairs, effective=pairs, asked=days)
def test_an_answer_on_open_dates_holds_whichever_day_they_turn_out_to_be(
    entry: tuple[date, date], effective: tuple[date, date], asked: date
) -> None:
    when = parse(asked.isoformat())
    verdict = register(day_set(*entry), day_set(*effective)).bound("AAA", when).verdict
    outcomes = {
        register(begun.isoformat(), ended.isoformat()).bound("AAA", when).verdict
        for begun in entry
        for ended in effective
    }
    assert verdict in {UNKNOWN, *outcomes}
    assert verdict == UNKNOWN or outcomes == {verdict}


@given(entry=days, effective=days, asked=pairs)
def test_continuing_conduct_is_bound_if_one_of_its_days_is(
    entry: date, effective: date, asked: tuple[date, date]
) -> None:
    known = register(entry.isoformat(), effective.isoformat())
    first, last = asked
    some = any(
        known.bound("AAA", parse((first + timedelta(days=number)).isoformat())).verdict > UNKNOWN
        for number in range((last - first).days + 1)
    )
    assert some == (known.bound("AAA", parse(f"{first}/{last}"), continuing=True).verdict > UNKNOWN)


@given(entry=days, effective=st.none() | days, asked=pairs)
def test_nobody_is_bound_and_a_mere_signatory_at_once(
    entry: date, effective: date | None, asked: tuple[date, date]
) -> None:
    known = register(entry.isoformat(), effective.isoformat() if effective else "")
    when = parse(day_set(*asked))
    assert min(known.bound("AAA", when).verdict, known.signatory("AAA", when).verdict) <= UNKNOWN
