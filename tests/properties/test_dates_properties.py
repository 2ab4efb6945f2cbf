"""Imprecise dates against a naive model that lists every possible day, and laws of legal arithmetic."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatycheck.dates import DateError, Period, add, before, describe, first_of_month_after, overlaps, parse, within

FIRST, LAST = date(2004, 1, 1), date(2004, 5, 31)
ALL_DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
days = st.dates(date(2003, 12, 1), date(2004, 6, 30))
bounds = st.none() | days
calendar_days = st.dates(date(1, 1, 1), date(9000, 12, 31))
marks = st.sampled_from(["", "~", "?", "%"])


def days_of(point: str) -> list[date]:
    """Every day that a point such as `2004-02-03`, `2004-02-XX` or `2004-02` covers."""
    return [day for day in ALL_DAYS if day.isoformat().startswith(point.removesuffix("-XX"))]


def ordered(one: st.SearchStrategy[str], other: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, str]]:
    """Two ends, the one that may begin first on the left."""
    return st.tuples(one, other).map(lambda ends: (min(ends, key=days_of), max(ends, key=days_of)))


vague_points = st.sampled_from([f"2004-0{month}-XX" for month in range(1, 6)])
points = st.sampled_from([day.isoformat() for day in ALL_DAYS]) | vague_points
exact_points = st.sampled_from([day.isoformat() for day in ALL_DAYS] + [f"2004-0{month}" for month in range(1, 6)])
any_points = st.one_of(
    st.dates().map(date.isoformat),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.sampled_from(["2004", "201X", "19XX", "2004-XX", "2004-11-XX", "XXXX-05", "XXXX-02-29", "0001", "9999"]),
)
any_dates = st.one_of(
    st.builds("{}{}".format, any_points, marks),
    st.builds("{}{}/..".format, any_points, marks),
    st.builds("../{}{}".format, any_points, marks),
    st.builds("[{}{}..]".format, any_points, marks),
    st.builds("[..{}{}]".format, any_points, marks),
    st.just("XXXX"),
)


def inside(day: date, start: date | None, end: date | None) -> bool:
    return (start is None or day >= start) and (end is None or day < end)


def verdict(answers: set[bool]) -> bool | None:
    """True if every possibility says so, False if none does, else unknown."""
    return answers.pop() if len(answers) == 1 else None


@given(ordered(points, points), bounds, bounds)
def test_an_instant_is_within_a_window_as_every_possible_day_says(
    ends: tuple[str, str], start: date | None, end: date | None
) -> None:
    left, right = ends
    possible = [day for day in ALL_DAYS if days_of(left)[0] <= day <= days_of(right)[-1]]
    assert verdict({inside(day, start, end) for day in possible}) is within(parse(f"[{left}..{right}]"), start, end)


@given(ordered(points, vague_points), bounds, bounds)
def test_a_stretch_overlaps_a_window_as_every_possible_stretch_says(
    ends: tuple[str, str], start: date | None, end: date | None
) -> None:
    left, right = ends
    stretches = [(begin, finish) for begin in days_of(left) for finish in days_of(right) if begin <= finish]
    # A stretch meets a window if one of its days is inside; the candidates are its ends and the window's first day.
    answers = {
        any(inside(day, start, end) for day in (begin, finish, max(begin, min(finish, start or begin))))
        for begin, finish in stretches
    }
    assert verdict(answers) is overlaps(parse(f"{left}/{right}"), start, end)


@given(ordered(exact_points, exact_points), bounds, bounds)
def test_a_stretch_written_exactly_overlaps_a_window_if_any_of_its_days_is_inside(
    ends: tuple[str, str], start: date | None, end: date | None
) -> None:
    left, right = ends
    stretch = [day for day in ALL_DAYS if days_of(left)[0] <= day <= days_of(right)[-1]]
    assert any(inside(day, start, end) for day in stretch) is overlaps(parse(f"{left}/{right}"), start, end)


@given(any_dates, bounds, bounds)
def test_what_is_within_a_window_overlaps_it(text: str, start: date | None, end: date | None) -> None:
    assert within(parse(text), start, end) is not True or overlaps(parse(text), start, end) is True


@given(any_dates, bounds, bounds)
def test_what_does_not_overlap_a_window_is_not_within_it(text: str, start: date | None, end: date | None) -> None:
    assert (overlaps(parse(text), start, end) is False) == (within(parse(text), start, end) is False)


@given(any_dates, st.dates())
def test_before_and_not_before_are_opposites(text: str, day: date) -> None:
    opposite = {True: False, False: True, None: None}
    assert opposite[within(parse(text), day, None)] is before(parse(text), day)


@given(any_dates, st.dates(), st.dates())
def test_a_later_day_never_makes_before_less_true(text: str, day: date, other: date) -> None:
    rank = {False: 0, None: 1, True: 2}
    assert rank[before(parse(text), min(day, other))] <= rank[before(parse(text), max(day, other))]


@given(any_points, st.sampled_from("~?%"))
def test_a_mark_never_makes_the_bounds_narrower(text: str, mark: str) -> None:
    plain, marked = parse(text), parse(text + mark)
    assert (marked.earliest or date.min) <= (plain.earliest or date.min)
    assert (marked.latest or date.max) >= (plain.latest or date.max)


@given(any_points, st.sampled_from("~?%"), st.dates())
def test_a_mark_never_turns_an_unknown_or_a_no_into_a_certain_answer(text: str, mark: str, day: date) -> None:
    assert before(parse(text + mark), day) in (before(parse(text), day), None)


@given(st.dates())
def test_every_day_of_the_calendar_is_read_back(day: date) -> None:
    assert (day, day) == (parse(day.isoformat()).earliest, parse(day.isoformat()).latest)


@given(any_dates)
def test_every_description_is_prose_without_notation(text: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9 (),]+", describe(parse(text)))


@given(
    st.text(max_size=80)
    | st.text("0123456789X-/.[]~?% T,x", max_size=26)
    | st.from_regex(r"[0-9X]{4}-[0-9]{2}-?[0-9]*")
)
def test_any_text_is_a_date_or_an_error_that_says_what_to_do(text: str) -> None:
    try:
        understood = bool(describe(parse(text)))
    except DateError as error:
        understood = error.message[0] in "`t" and "`" in error.message and "`" in error.help
    assert understood is True


@given(
    st.dates(date(1000, 1, 1)),
    st.sampled_from(["{0:%d.%m.%Y}", "{0:%Y/%m/%d}", "{0:%d %B %Y}", "{0:%B} {0.day}, {0:%Y}"]),
)
def test_the_suggested_form_of_an_everyday_date_is_the_date(day: date, form: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(form.format(day))
    assert day in [parse(text).earliest for text in re.findall(r"`([^`]+)`", caught.value.help)]


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)), st.integers(0, 11))
def test_the_first_of_a_later_month_is_that_many_months_on(day: date, months: int) -> None:
    later = first_of_month_after(day, months)
    assert (1, months) == (later.day, 12 * (later.year - day.year) + later.month - day.month)


@given(calendar_days, st.integers(0, 50), st.integers(0, 500))
def test_adding_months_never_skips_a_month(day: date, years: int, months: int) -> None:
    later = add(day, Period(years=years, months=months))
    assert first_of_month_after(day, 12 * years + months) == later.replace(day=1)


@given(calendar_days, st.integers(0, 500))
def test_adding_months_keeps_the_day_or_ends_the_month(day: date, months: int) -> None:
    later = add(day, Period(months=months))
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(calendar_days, calendar_days, st.integers(0, 50), st.integers(0, 30), st.integers(0, 400))
def test_a_later_start_never_gives_an_earlier_end(first: date, second: date, years: int, months: int, n: int) -> None:
    period = Period(years, months, n)
    assert add(min(first, second), period) <= add(max(first, second), period)


@given(calendar_days, st.integers(0, 100_000))
def test_adding_days_counts_calendar_days(day: date, n: int) -> None:
    assert n == (add(day, Period(days=n)) - day).days


@given(st.dates(), st.sampled_from([-1, 1]))
def test_arithmetic_that_leaves_the_calendar_is_an_error(day: date, direction: int) -> None:
    with pytest.raises(DateError):
        add(day, Period(years=9999 * direction))
