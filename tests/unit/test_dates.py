"""Imprecise dates: what is read, what is refused and how, comparison with a window, prose and legal arithmetic."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from treatycheck.dates import (
    UNKNOWN_DATE,
    DateError,
    Period,
    When,
    add,
    before,
    describe,
    describe_day,
    describe_period,
    first_of_month_after,
    overlaps,
    parse,
    parse_period,
    within,
)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


# Every form of date that the five seeds use: text, earliest, latest, extent, prose.
SEED_DATES = [
    ("2019-09-13", "2019-09-13", "2019-09-13", "instant", "13 September 2019"),
    ("2020-11-10", "2020-11-10", "2020-11-10", "instant", "10 November 2020"),
    ("2021-03-26", "2021-03-26", "2021-03-26", "instant", "26 March 2021"),
    ("2023-02-03", "2023-02-03", "2023-02-03", "instant", "3 February 2023"),
    ("2022-10", "2022-10-01", "2022-10-31", "instant", "October 2022"),
    ("2020?", "2019-01-01", "2021-12-31", "instant", "2020 (uncertain)"),
    ("2022-11~", "2022-08-01", "2023-02-28", "instant", "November 2022 (approximate)"),
    ("2020-07-16~", "2020-06-16", "2020-08-16", "instant", "16 July 2020 (approximate)"),
    ("2024-11-20~", "2024-10-20", "2024-12-20", "instant", "20 November 2024 (approximate)"),
    ("2024-11-26~", "2024-10-26", "2024-12-26", "instant", "26 November 2024 (approximate)"),
    ("2024-11-27~", "2024-10-27", "2024-12-27", "instant", "27 November 2024 (approximate)"),
    ("201X", "2010-01-01", "2019-12-31", "instant", "the years 2010 to 2019"),
    ("2004-XX", "2004-01-01", "2004-12-31", "instant", "2004 (month not stated)"),
    ("[2018..2019]", "2018-01-01", "2019-12-31", "instant", "some day between 2018 and 2019"),
    ("[2021..2023-02-03]", "2021-01-01", "2023-02-03", "instant", "some day between 2021 and 3 February 2023"),
    ("[..2020-11-21]", "", "2020-11-21", "instant", "on or before 21 November 2020"),
    ("[2021..]", "2021-01-01", "", "instant", "in or after 2021"),
    ("XXXX", "", "", "instant", "date not stated"),
    ("XXXX-05", "", "", "instant", "May of an unstated year"),
    ("2022-08/2023-02-03", "2022-08-01", "2023-02-03", "span", "August 2022 to 3 February 2023"),
    ("2020-05~/2020-06~", "2020-02-01", "2020-09-30", "span", "May 2020 (approximate) to June 2020 (approximate)"),
    ("2020-06-15~/2020-07-15", "2020-05-15", "2020-07-15", "span", "15 June 2020 (approximate) to 15 July 2020"),
    ("2021/2022~", "2021-01-01", "2023-12-31", "span", "2021 to 2022 (approximate)"),
    ("2021/..", "2021-01-01", "", "span", "from 2021 onwards"),
    ("../2020-11-21", "", "2020-11-21", "span", "up to 21 November 2020"),
    ("XXXX-06-15~/..", "", "", "span", "from 15 June of an unstated year (approximate) onwards"),
]

# Forms the seeds do not use.
OTHER_DATES = [
    ("2018", "2018-01-01", "2018-12-31", "instant", "2018"),
    ("2004-11-XX", "2004-11-01", "2004-11-30", "instant", "November 2004 (day not stated)"),
    ("2004-XX-XX", "2004-01-01", "2004-12-31", "instant", "2004 (month and day not stated)"),
    ("2021%", "2020-01-01", "2022-12-31", "instant", "2021 (approximate, uncertain)"),
    ("201X~", "2000-01-01", "2029-12-31", "instant", "the years 2010 to 2019 (approximate)"),
    ("20XX", "2000-01-01", "2099-12-31", "instant", "the years 2000 to 2099"),
    ("000X", "0001-01-01", "0009-12-31", "instant", "the years 1 to 9"),
    ("XXXX-02-29", "", "", "instant", "29 February of an unstated year"),
    ("XXXX-XX-XX", "", "", "instant", "date not stated"),
    ("[..2020-11]", "", "2020-11-30", "instant", "in or before November 2020"),
    ("[2020-11-21..]", "2020-11-21", "", "instant", "on or after 21 November 2020"),
    ("/2020-11-21", "", "2020-11-21", "span", "up to 21 November 2020"),
    ("2021/", "2021-01-01", "", "span", "from 2021 onwards"),
    ("2020-03-31~", "2020-02-29", "2020-04-30", "instant", "31 March 2020 (approximate)"),
    ("2020-02~", "2019-11-01", "2020-05-31", "instant", "February 2020 (approximate)"),
    ("2018/2019", "2018-01-01", "2019-12-31", "span", "2018 to 2019"),
    ("0001-02~", "0001-01-01", "0001-05-31", "instant", "February 1 (approximate)"),
    ("9999-11~", "9999-08-01", "9999-12-31", "instant", "November 9999 (approximate)"),
    ("0001?", "0001-01-01", "0002-12-31", "instant", "1 (uncertain)"),
    ("9999-12~", "9999-09-01", "9999-12-31", "instant", "December 9999 (approximate)"),
    (" 2018 ", "2018-01-01", "2018-12-31", "instant", "2018"),
]
DATES = SEED_DATES + OTHER_DATES


@pytest.mark.parametrize(("text", "earliest", "latest", "extent", "_prose"), DATES)
def test_a_date_has_the_bounds_and_the_extent_of_its_form(
    text: str, earliest: str, latest: str, extent: str, _prose: str
) -> None:
    when = parse(text)
    assert (day(earliest), day(latest), extent) == (when.earliest, when.latest, when.extent)


@pytest.mark.parametrize(("text", "_earliest", "_latest", "_extent", "prose"), DATES)
def test_a_date_is_described_in_british_prose(
    text: str, _earliest: str, _latest: str, _extent: str, prose: str
) -> None:
    assert prose == describe(parse(text))


def test_the_text_is_kept_without_the_space_around_it() -> None:
    assert "XXXX-06-15~/.." == parse("  XXXX-06-15~/..\n").text


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2020", False, False),
        ("2020~", True, False),
        ("2020?", False, True),
        ("2020%", True, True),
        ("2020~/2021", True, False),
        ("[2020..2021?]", False, True),
        ("2020~/2021?", True, True),
    ],
)
def test_a_mark_on_either_end_marks_the_date(text: str, approximate: bool, uncertain: bool) -> None:
    assert (approximate, uncertain) == (parse(text).approximate, parse(text).uncertain)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("2020-05-01", "day"),
        ("2020-05", "month"),
        ("2020-05-XX", "month"),
        ("2020-XX", "year"),
        ("202X", "years"),
        ("XXXX-05-01", "unspecified"),
        ("2020-05-01/2021", "year"),
        ("2020-05/2021", "year"),
        ("[2020-05-01..]", "day"),
    ],
)
def test_the_precision_is_that_of_the_coarser_end(text: str, precision: str) -> None:
    assert precision == parse(text).precision


def test_the_unknown_date_is_an_instant_without_bounds() -> None:
    assert When("XXXX", None, None, "instant") == UNKNOWN_DATE


@pytest.mark.parametrize(
    ("text", "begun_by", "lasts_to"),
    [
        ("2022-08/2023-02-03", "2022-08-01", "2023-02-03"),
        ("2021/..", "2021-12-31", "2021-01-01"),
        ("../2020-11-21", "2020-11-21", "2020-11-21"),
        ("2020-05~/2020-06~", "2020-08-31", "2020-03-01"),
        ("2004-01-XX/2004-02-XX", "2004-01-31", "2004-02-01"),
        ("2004-01-XX/2004-01-20", "2004-01-20", "2004-01-20"),
        ("XXXX-06-15~/..", "", ""),
        ("[2018..2019]", "", ""),
        ("2018", "", ""),
    ],
)
def test_a_span_knows_which_days_are_certain(text: str, begun_by: str, lasts_to: str) -> None:
    assert (day(begun_by), day(lasts_to)) == (parse(text).begun_by, parse(text).lasts_to)


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("2023-02-30", "`2023-02-30` is not in the calendar: February 2023 has 28 days", "`2023-02`"),
        ("2023-04-31", "`2023-04-31` is not in the calendar: April 2023 has 30 days", "`2023-04`"),
        ("2024-05-00", "`2024-05-00` is not in the calendar: May 2024 has 31 days", "`2024-05`"),
        ("1900-02-29", "`1900-02-29` is not in the calendar: February 1900 has 28 days", "`1900-02`"),
        ("XXXX-02-30", "`XXXX-02-30` is not in the calendar: February has 29 days", "`XXXX-02`"),
        ("2024-13", "`2024-13` has no month `13`", "months run from `01` to `12`"),
        ("2024-00", "`2024-00` has no month `00`", "`XX` if not stated"),
        ("2024-22", "`2024-22` has no month `22`", "give a season by its months, `[2018-06..2018-08]`"),
        ("2018-19", "`2018-19` has no month `19`", "two years as `[2018..2019]`"),
        ("2024-20-11", "`2024-20-11` has no month `20`", "did you mean `2024-11-20`?"),
        ("2024-13-25", "`2024-13-25` has no month `13`", "months run from `01` to `12`"),
        ("2024/2023", "`2024/2023` runs backwards", "`2023/2024`"),
        ("[2024-05..2024-04~]", "`[2024-05..2024-04~]` runs backwards", "`[2024-04~..2024-05]`"),
        ("0000", "`0000` has no year: there is no year `0000`", "`0001` to `9999`"),
        ("201X-05", "`201X-05` has digits after an `X`", "`201X`"),
        ("2004-XX-15", "`2004-XX-15` has digits after an `X`", "`2004-XX`"),
        ("XXXX/2020", "`XXXX/2020` has an end without a date", "`..`"),
        ("[2020..XXXX]", "`[2020..XXXX]` has an end without a date", "`..`"),
        ("../..", "`../..` states no date", "`XXXX`"),
        ("[..]", "`[..]` states no date", "`XXXX`"),
        (" ", "the date `` is empty", "`XXXX`"),
        ("last week", "`last week` is not a date", "write `2021-03-26`, `2021-03` or `2021`"),
        ("2004-06~-11", "`2004-06~-11` is not a date", "write `2021-03-26`"),
        ("2020/soon", "`soon` in `2020/soon` is not a date", "`2018/2019` for the whole stretch"),
        ("20X", "`20X` is not a date in the form used here", "`201X`"),
        ("2" * 61, f"`{'2' * 60}…` is too long for a date", "write `2021-03-26`"),
    ],
)
def test_what_is_not_a_date_is_refused_with_a_way_out(text: str, message: str, remedy: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(text)
    assert (message, True) == (caught.value.message, remedy in caught.value.help)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("2024/11/20", "write the year first, with hyphens: `2024-11-20`"),
        ("20.11.2024", "write the year first, with hyphens: `2024-11-20`"),
        ("11/20/2024", "write the year first, with hyphens: `2024-11-20`"),
        ("03/04/2024", "write the year first, with hyphens: `2024-04-03` or `2024-03-04`"),
        ("03.03.2024", "write the year first, with hyphens: `2024-03-03`"),
        ("2024-1-5", "write the year first, with hyphens: `2024-01-05`"),
        ("20241120", "write the year first, with hyphens: `2024-11-20`"),
        ("2024/11", "write the year first, with hyphens: `2024-11`"),
        ("11/2024", "write the year first, with hyphens: `2024-11`"),
        ("26 March, 2021", "write the year first, with hyphens: `2021-03-26`"),
        ("March 26th, 2021", "write the year first, with hyphens: `2021-03-26`"),
        ("Sept. 2020", "write the year first, with hyphens: `2020-09`"),
        ("2018-2019", "`[2018..2019]` is one day within, `2018/2019` all of it"),
        ("2018\u20132019", "`[2018..2019]` is one day within, `2018/2019` all of it"),
        ("2021-03-26 to 2021-04-01", "`[2021-03-26..2021-04-01]` is one day within, `2021-03-26/2021-04-01` all of it"),
        ("2018..2019", "put brackets around a set: `[2018..2019]`"),
        ("..2019", "put brackets around a set: `[..2019]`"),
        ("2021-03-26T10:00Z", "leave out the time of day: `2021-03-26`"),
        ("~2020-05", "put the mark after the date: `2020-05~`"),
        ("circa 2020", "mark an approximate date with `~`: `2020~`"),
        ("2004-xx", "write unspecified digits as capital `X` at the right: `201X`, `2004-XX`"),
        ("[2018,2020]", "write `[2018..2019]` for one day within, or give each date an event of its own"),
        ("{2018..2020}", "write `[2018..2019]` for one day within, or give each date an event of its own"),
        ("-0044", "use the years `0001` to `9999`"),
        ("Y17000", "use the years `0001` to `9999`"),
        ("n/a", "write `XXXX` if the date is not stated"),
        ("?", "write `XXXX` if the date is not stated"),
    ],
)
def test_an_everyday_form_is_answered_with_the_right_one(text: str, remedy: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(text)
    assert remedy == caught.value.help


@pytest.mark.parametrize("text", ["31.02.2024", "Mayhem 2020", "31 February 2024", "2020/21"])
def test_no_date_is_suggested_that_does_not_exist(text: str) -> None:
    with pytest.raises(DateError, match=r"is not a date$") as caught:
        parse(text)
    assert caught.value.help.startswith("write `2021-03-26`, `2021-03` or `2021`")


def test_an_error_reads_as_its_message() -> None:
    assert "`x` is not a date" == str(DateError("`x` is not a date", "write one"))


def test_an_error_survives_being_sent_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(DateError("`x` is not a date", "write one")))  # noqa: S301 - our own bytes
    assert ("`x` is not a date", "write one") == (copy.message, copy.help)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-12-31", True),
        ("2020-01-01", False),
        ("[2018..2019]", True),
        ("[2018..2020]", None),
        ("[2020..]", False),
        ("[..2019]", True),
        ("[..2020]", None),
        ("2019-12-15~", None),
        ("2018/2019", True),
        ("2018/2020", None),
        ("2019/..", None),
        ("XXXX", None),
        ("XXXX-06-15", None),
    ],
)
def test_a_date_is_before_a_day_if_every_possible_day_is(text: str, *, expected: bool | None) -> None:
    assert expected is before(parse(text), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-01-01", True),
        ("2020-12-31", True),
        ("2021-01-01", False),
        ("2019-12-31", False),
        ("2020", True),
        ("[2019..2020]", None),
        ("2020-06~", True),
        ("2020-03~", None),
        ("2020-02/2020-03", True),
        ("2019-02/2020-03", None),
        ("2020-02/..", None),
        ("../2019", False),
        ("2021/..", False),
        ("XXXX", None),
    ],
)
def test_a_date_is_within_a_year_that_ends_where_the_next_begins(text: str, *, expected: bool | None) -> None:
    assert expected is within(parse(text), date(2020, 1, 1), date(2021, 1, 1))


@pytest.mark.parametrize("text", ["XXXX", "2020", "2020/.."])
def test_every_date_is_within_all_time(text: str) -> None:
    assert within(parse(text), None, None) is True


@pytest.mark.parametrize("text", ["XXXX", "2020", "2019/2021", "../2021"])
@pytest.mark.parametrize("end", [date(2020, 6, 1), date(2020, 5, 31)])
def test_no_date_is_within_or_overlaps_an_empty_window(text: str, end: date) -> None:
    when = parse(text)
    assert (False, False) == (within(when, date(2020, 6, 1), end), overlaps(when, date(2020, 6, 1), end))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019/2021", True),
        ("2020-12-31/2022", True),
        ("2018/2020-01-01", True),
        ("2018/2019", False),
        ("2021/2022", False),
        ("2020-05-01/..", True),
        ("2020/..", True),
        ("2019/..", None),
        ("2019-12-31/..", None),
        ("../2020-06-01", True),
        ("../2021", None),
        ("2020-12-20~/2022", None),
        ("2019/2020-06-15~", True),
        ("2018/2020-01-15~", None),
        ("XXXX-06-15~/..", None),
        ("2020", True),
        ("[2019..2020]", None),
    ],
)
def test_a_stretch_overlaps_a_year_if_it_does_however_it_ran(text: str, *, expected: bool | None) -> None:
    assert expected is overlaps(parse(text), date(2020, 1, 1), date(2021, 1, 1))


def test_a_stretch_of_unknown_days_overlaps_all_time() -> None:
    assert overlaps(parse("XXXX-06-15~/.."), None, None) is True


def test_a_span_without_known_certain_days_stays_unknown() -> None:
    when = When("2019/2021", date(2019, 1, 1), date(2021, 12, 31), "span")
    assert overlaps(when, date(2020, 1, 1), date(2021, 1, 1)) is None


def test_a_day_is_described_without_a_leading_zero() -> None:
    assert "1 March 1999" == describe_day(date(1999, 3, 1))


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P4Y", Period(years=4)),
        ("P6M", Period(months=6)),
        ("P180D", Period(days=180)),
        ("P1Y6M", Period(years=1, months=6)),
        ("P1Y2M3D", Period(1, 2, 3)),
        ("P0D", Period()),
        (" P10Y ", Period(years=10)),
    ],
)
def test_a_period_is_read_from_iso_8601(text: str, period: Period) -> None:
    assert period == parse_period(text)


@pytest.mark.parametrize(
    "text", ["", "P", "4Y", "p4y", "P2W", "PT6H", "P6M1Y", "P-4Y", "P1.5Y", "P1Y ago", "four years"]
)
def test_anything_else_is_not_a_period(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_period(text)
    assert f"`{text}` is not a period" == caught.value.message


@pytest.mark.parametrize(
    ("start", "period", "expected"),
    [
        ("2000-03-01", "P4Y", "2004-03-01"),
        ("2006-06-01", "P4Y", "2010-06-01"),
        ("2004-02-29", "P1Y", "2005-02-28"),
        ("2004-02-29", "P4Y", "2008-02-29"),
        ("2005-12-27", "P6M", "2006-06-27"),
        ("2005-08-31", "P6M", "2006-02-28"),
        ("2005-01-31", "P1M1D", "2005-03-01"),
        ("1999-03-01", "P180D", "1999-08-28"),
        ("1999-12-15", "P1M", "2000-01-15"),
        ("1999-12-15", "P0D", "1999-12-15"),
    ],
)
def test_a_period_adds_years_and_months_then_days(start: str, period: str, expected: str) -> None:
    assert date.fromisoformat(expected) == add(date.fromisoformat(start), parse_period(period))


def test_a_period_may_run_backwards() -> None:
    assert date(2004, 2, 29) == add(date(2004, 3, 31), Period(months=-1))


@pytest.mark.parametrize(
    "period", [Period(years=1), Period(months=1), Period(days=17), Period(years=10**20), Period(days=10**12)]
)
def test_a_period_that_leaves_the_calendar_is_refused(period: Period) -> None:
    with pytest.raises(DateError, match=r"leaves the calendar$"):
        add(date(9999, 12, 15), period)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2000-03-01", 6, "2000-09-01"),
        ("2005-12-27", 6, "2006-06-01"),
        ("1998-09-16", 6, "1999-03-01"),
        ("2005-08-31", 6, "2006-02-01"),
        ("2005-08-31", 0, "2005-08-01"),
        ("2005-06-30", 6, "2005-12-01"),
    ],
)
def test_entry_into_force_falls_on_the_first_day_of_a_month(start: str, months: int, expected: str) -> None:
    assert date.fromisoformat(expected) == first_of_month_after(date.fromisoformat(start), months)


@pytest.mark.parametrize(
    ("text", "words"),
    [("P4Y", "4 years"), ("P1Y6M", "1 year and 6 months"), ("P180D", "180 days"), ("P1D", "1 day")],
)
def test_a_period_in_words(text: str, words: str) -> None:
    assert words == describe_period(parse_period(text))
