"""Imprecise dates as bounds, three-valued comparison, and the arithmetic of legal periods; it never guesses a day.

Reads EDTF (ISO 8601-2) level 1 and one-of sets; it has no clock and knows neither events nor law.

What is read, with all bounds inclusive and in calendar days:

* `2021-03-26`, `2021-03`, `2021`, `2021-03-XX`, `2021-XX`, `202X`: an *instant*, one unknown day within the bounds;
* `[a..b]`, `[..b]`, `[a..]`: an instant as well, one unknown day from `a` to `b`;
* `a/b`: a *span*. Written without marks or X it is the whole stretch, from the first day of `a` to the last of `b`.
  If an end is open (`..`), left out, marked or unspecified, only the days between the latest beginning and the
  earliest end are certain;
* `XXXX`, also with month or day: the year is not stated, so there are no bounds and only the text is kept.

The marks `~` (approximate), `?` (uncertain) and `%` (both) widen the bounds: a day by one month either way, a month by
three months, a year by one year, a decade by ten. The margins are wide on purpose: near a change of status a doubtful
date must come out as unknown. Seasons are refused, as their months differ between hemispheres.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_MONTHS: Final = (
    *("", "January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_COARSENESS: Final = ("day", "month", "year", "years", "unspecified")
_MARKS: Final = {"~": "approximate", "?": "uncertain", "%": "approximate, uncertain"}
_POINT: Final = re.compile(r"([0-9]{4}|[0-9]{1,3}X{1,3}|XXXX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?([~?%]?)")
_PERIOD: Final = re.compile(r"P(?=[0-9])(?:([0-9]{1,6})Y)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})D)?")
_LONGEST_SHOWN: Final = 60
_NOT_STATED: Final = "write `XXXX` if the date is not stated"
_UNSTATED: Final = "date not stated"
_YEARS: Final = "use the years `0001` to `9999`"
_FORMS: Final = (
    "write `2021-03-26`, `2021-03` or `2021`, with `~` if approximate or `?` if uncertain; "
    "`[2018..2019]` for one day within; `2018/2019` for the whole stretch; `XXXX` if not stated"
)
_NO_MONTH: Final = (
    "months run from `01` to `12`, `XX` if not stated; give a season by its months, `[2018-06..2018-08]`, "
    "and two years as `[2018..2019]`"
)
# Everyday orders of year, month and day, and other habits with what to write instead; the first habit found counts.
_ORDERS: Final = (
    r"(?P<y>[0-9]{4})[-/. ](?P<m>[0-9]{1,2})[-/. ](?P<d>[0-9]{1,2})",
    r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
    r"(?P<d>[0-9]{1,2})[-/. ](?P<m>[0-9]{1,2})[-/. ](?P<y>[0-9]{4})",
    r"(?P<m>[0-9]{1,2})[-/. ](?P<d>[0-9]{1,2})[-/. ](?P<y>[0-9]{4})",
    r"(?P<y>[0-9]{4})[/. ](?P<m>[0-9]{1,2})",
    r"(?P<m>[0-9]{1,2})[-/. ](?P<y>[0-9]{4})",
    r"(?P<d>[0-9]{1,2})[a-z]* (?P<m>[a-z]{3,}) (?P<y>[0-9]{4})",
    r"(?P<m>[a-z]{3,})\.?(?: (?P<d>[0-9]{1,2})[a-z]*)? (?P<y>[0-9]{4})",
)
_HABITS: Final = (
    (
        r"([0-9]{4}[0-9-]*) ?(?:-|\u2013|\u2014|to) ?([0-9]{4}[0-9-]*)",
        r"`[\1..\2]` is one day within, `\1/\2` all of it",
    ),
    (r"([0-9X-]+\.\.[0-9X-]*|\.\.[0-9X-]+)", r"put brackets around a set: `[\1]`"),
    (r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T| [0-9]{1,2}:).*", r"leave out the time of day: `\1`"),
    (r"([~?%])([0-9-]+)", r"put the mark after the date: `\2\1`"),
    (r"(?:c|ca|circa|about|around)\.? ?([0-9]{4}(?:-[0-9]{2}){0,2})", r"mark an approximate date with `~`: `\1~`"),
    (r"[0-9X-]*x[0-9X-]*[~?%]?", "write unspecified digits as capital `X` at the right: `201X`, `2004-XX`"),
    (r"\[.*,.*\]|\{.*\}", "write `[2018..2019]` for one day within, or give each date an event of its own"),
    (r"[Y-]+[0-9]{4}.*", _YEARS),
    (r"unknown|undated|unstated|not stated|none|n/?a|[-?]+|\.\.", _NOT_STATED),
)


class DateError(ValueError):
    """A date or period that cannot be used; `message` says what is wrong, `help` what to write instead."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.message = message
        self.help = remedy

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class When:
    """What is known of the date of something; made by `parse`.

    `earliest` and `latest` are inclusive, None where no bound is known. `extent` is "instant" (one unknown day within
    the bounds) or "span" (a stretch of days). `precision` is that of the coarser end: day, month, year, years or
    unspecified. A span has certainly begun by `begun_by` and certainly lasts to `lasts_to`, None where not known.
    """

    text: str
    earliest: date | None
    latest: date | None
    extent: str
    approximate: bool = False
    uncertain: bool = False
    precision: str = "unspecified"
    begun_by: date | None = None
    lasts_to: date | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time in calendar years, months and days."""

    years: int = 0
    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class _Point:
    """One stated date as written: first and last day before any widening (None: year not stated), and its name."""

    first: date | None
    last: date | None
    precision: str
    mark: str
    name: str
    preposition: str


def add(day: date, period: Period) -> date:
    """Return the day a period after `day`: years and months first, clamped to the end of the month, then days.

    29 February 2004 plus one year is 28 February 2005. Raises DateError outside the years 0001 to 9999.
    """
    month = first_of_month_after(day, 12 * period.years + period.months)
    try:
        return month.replace(day=min(day.day, _days_in(month.year, month.month))) + timedelta(days=period.days)
    except OverflowError:
        raise DateError(f"`{day}` plus {period.days} days leaves the calendar", _YEARS) from None


def first_of_month_after(day: date, months: int) -> date:
    """Return the first day of the month that comes `months` after the month of `day`; DateError as for `add`."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, 1)
    except (ValueError, OverflowError):
        raise DateError(f"`{day}` plus {months} months leaves the calendar", _YEARS) from None


def parse_period(text: str) -> Period:
    """Read an ISO 8601 period of years, months and days (`P4Y`, `P6M`, `P180D`, `P1Y6M`); DateError otherwise."""
    match = _PERIOD.fullmatch(text.strip())
    if match is None:
        message = f"`{text[:_LONGEST_SHOWN]}` is not a period"
        raise DateError(message, "write `P4Y`, `P6M`, `P180D` or `P1Y6M`; weeks as days, `P14D`")
    years, months, days = (int(number or 0) for number in match.groups())
    return Period(years, months, days)


@lru_cache(maxsize=4096)
def parse(text: str) -> When:
    """Read a date; DateError if it is not one, does not exist, runs backwards or uses a form that is not supported."""
    text = text.strip()
    form, start, end = _ends(text)
    earliest, begun_by = _widened(start)
    lasts_to, latest = _widened(end)
    if form != "span":
        begun_by = lasts_to = None
    elif re.fullmatch(r"[0-9-]+/[0-9-]+", text):
        begun_by, lasts_to = earliest, latest
    else:
        # The beginning is no later than the end, so each of the two also limits the other.
        begun_by = min((day for day in (begun_by, latest) if day), default=None)
        lasts_to = max((day for day in (lasts_to, earliest) if day), default=None)
    marks = start.mark + end.mark
    return When(
        text,
        earliest,
        latest,
        "span" if form == "span" else "instant",
        approximate="~" in marks or "%" in marks,
        uncertain="?" in marks or "%" in marks,
        precision=max(start.precision, end.precision, key=_COARSENESS.index),
        begun_by=begun_by,
        lasts_to=lasts_to,
    )


def before(when: When, day: date) -> bool | None:
    """Whether `when` lies before `day`: True if every possible day does, False if none does, else None."""
    return within(when, None, day)


def within(when: When, start: date | None, end: date | None) -> bool | None:
    """Whether `when` lies wholly in the half-open window [start, end): True, False if disjoint, else None.

    A bound of None is infinite. A window that ends where it starts, or before, holds no day.
    """
    if _disjoint(when, start, end):
        return False
    starts_inside = start is None or (when.earliest is not None and when.earliest >= start)
    ends_inside = end is None or (when.latest is not None and when.latest < end)
    return True if starts_inside and ends_inside else None


def overlaps(when: When, start: date | None, end: date | None) -> bool | None:
    """Whether some day of `when` lies in the half-open window [start, end), for conduct that continues.

    A span overlaps if it does so wherever it may begin and end; an instant as for `within`.
    """
    if when.extent != "span":
        return within(when, start, end)
    if _disjoint(when, start, end):
        return False
    begun_in_time = end is None or (when.begun_by is not None and when.begun_by < end)
    lasts_long_enough = start is None or (when.lasts_to is not None and when.lasts_to >= start)
    return True if begun_in_time and lasts_long_enough else None


def describe(when: When) -> str:
    """Return a date as British prose: "some day between 2018 and 2019", "June 2020 (approximate)"."""
    form, start, end = _ends(when.text)
    first, last = (f"{end.name} ({_MARKS[end.mark]})" if end.mark else end.name for end in (start, end))
    if form == "point":
        return first
    if start is _OPEN:
        return f"up to {last}" if form == "span" else f"{end.preposition} or before {last}"
    if end is _OPEN:
        return f"from {first} onwards" if form == "span" else f"{start.preposition} or after {first}"
    return f"{first} to {last}" if form == "span" else f"some day between {first} and {last}"


def describe_day(day: date) -> str:
    """Return a day as British prose: "26 March 2021"."""
    return f"{day.day} {_MONTHS[day.month]} {day.year}"


def describe_period(period: Period) -> str:
    """A period in words: "4 years", "1 year and 6 months", "180 days"."""
    counted = ((period.years, "year"), (period.months, "month"), (period.days, "day"))
    return " and ".join(f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in counted if number)


def _ends(text: str) -> tuple[str, _Point, _Point]:
    """Return the form ("point", "set" or "span") and the two ends."""
    if text.startswith("[") and text.endswith("]") and ".." in text:
        form = "set"
        left, _, right = text[1:-1].partition("..")
    elif text.count("/") == 1:
        form = "span"
        left, right = ("" if end == ".." else end for end in text.split("/"))
    else:
        point = _point(text, text)
        return "point", point, point
    start, end = (_point(part, text) if part else _OPEN for part in (left, right))
    if start is end:
        raise DateError(f"`{text}` states no date", _NOT_STATED)
    if _UNSTATED in (start.name, end.name):
        raise DateError(f"`{text}` has an end without a date", "write `..` for an end that is not known")
    if start.first and end.last and start.first > end.last:
        swapped = f"[{right}..{left}]" if form == "set" else f"{right}/{left}"
        raise DateError(f"`{text}` runs backwards", f"put the earlier date first: `{swapped}`")
    return form, start, end


def _point(text: str, whole: str) -> _Point:
    """Read one date without brackets or stroke; `whole` is the text it stands in, for the error."""
    match = _POINT.fullmatch(text)
    if match is None or len(match[1]) != len("YYYY"):
        raise _unreadable(text, whole)
    year, month, day, mark = match.groups()
    decades = "X" in year and year != "XXXX"
    if (decades and month) or (month == "XX" and day not in (None, "XX")):
        raise DateError(f"`{text}` has digits after an `X`", "keep only what stands before it: `201X`, `2004-XX`")
    if year == "0000":
        raise DateError(f"`{text}` has no year: there is no year `0000`", _YEARS)
    month_number, day_number = (int(part) if part and part != "XX" else 0 for part in (month, day))
    if month and month != "XX":
        _check_exists(text, year, month_number, day_number if day and day != "XX" else None)
    name = f"{day_number or ''} {_MONTHS[month_number]}".strip()
    preposition = "on" if day_number else "in"
    if year == "XXXX":
        return _Point(
            None, None, "unspecified", mark, f"{name} of an unstated year" if name else _UNSTATED, preposition
        )
    low, high = max(int(year.replace("X", "0")), 1), int(year.replace("X", "9"))
    name = f"the years {low} to {high}" if decades else f"{name} {low}".strip()
    if unstated := " and ".join(unit for unit, part in (("month", month), ("day", day)) if part == "XX"):
        name = f"{name} ({unstated} not stated)"
    if not month_number:
        precision = "years" if decades else "year"
        return _Point(date(low, 1, 1), date(high, 12, 31), precision, mark, name, preposition)
    first = date(low, month_number, day_number or 1)
    last = first.replace(day=day_number or _days_in(low, month_number))
    return _Point(first, last, "day" if day_number else "month", mark, name, preposition)


def _check_exists(text: str, year: str, month: int, day: int | None) -> None:
    if not 0 < month < len(_MONTHS):
        swapped = _iso(year, str(day), str(month)) if day else ""
        remedy = f"the order is year, month, day: did you mean `{swapped}`?" if swapped else _NO_MONTH
        raise DateError(f"`{text}` has no month `{month:02}`", remedy)
    # A year that is not stated may be a leap year.
    length = _days_in(2000 if year == "XXXX" else int(year), month)
    if day is not None and not 1 <= day <= length:
        name = f"{_MONTHS[month]} {year}".removesuffix(" XXXX")
        remedy = f"correct the day, or write `{year}-{month:02}` if only the month is known"
        raise DateError(f"`{text}` is not in the calendar: {name} has {length} days", remedy)


def _unreadable(text: str, whole: str) -> DateError:
    if not whole:
        return DateError("the date `` is empty", _NOT_STATED)
    if len(whole) > _LONGEST_SHOWN:
        return DateError(f"`{whole[:_LONGEST_SHOWN]}…` is too long for a date", _FORMS)
    for candidate in (whole, text):
        if remedy := _remedy(candidate):
            return DateError(f"`{candidate}` is not a date in the form used here", remedy)
    where = "" if text == whole else f" in `{whole}`"
    return DateError(f"`{text}`{where} is not a date", _FORMS)


def _remedy(text: str) -> str:
    """Return what to write instead of a date in an everyday form, or the empty string."""
    plain = " ".join(text.replace(",", " ").lower().split())
    orders = (re.fullmatch(order, plain) for order in _ORDERS)
    # 03/04/2024 can be read in two ways: both are offered, none is preferred.
    readings = dict.fromkeys(_iso(**match.groupdict()) for match in orders if match)
    if stated := " or ".join(f"`{reading}`" for reading in readings if reading):
        return f"write the year first, with hyphens: {stated}"
    habits = ((re.fullmatch(habit, text, re.IGNORECASE), instead) for habit, instead in _HABITS)
    return next((match.expand(instead) for match, instead in habits if match), "")


def _iso(y: str, m: str, d: str | None = None) -> str:
    """Return the day, or the month if no day is given, as it is to be written; the empty string if there is none."""
    names = (number for number, name in enumerate(_MONTHS) if name.lower().startswith(m))
    try:
        text = date(int(y), int(m) if m.isdigit() else next(names, 0), int(d or 1)).isoformat()
    except ValueError:
        return ""
    return text if d else text[: len("YYYY-MM")]


def _widened(point: _Point) -> tuple[date | None, date | None]:
    """Return the first and last possible day of a point, with the margin of its mark."""
    if point.first is None or point.last is None or not point.mark:
        return point.first, point.last
    years = point.last.year - point.first.year + 1
    margin = {"day": 1, "month": 3}.get(point.precision, 12 * years)
    try:
        first = add(point.first, Period(months=-margin))
    except DateError:
        first = date.min
    try:
        last = add(point.last, Period(months=margin))
        last = last if point.precision == "day" else last.replace(day=_days_in(last.year, last.month))
    except DateError:
        last = date.max
    return first, last


def _disjoint(when: When, start: date | None, end: date | None) -> bool:
    if start is not None and ((end is not None and end <= start) or (when.latest is not None and when.latest < start)):
        return True
    return end is not None and when.earliest is not None and when.earliest >= end


def _days_in(year: int, month: int) -> int:
    # December is answered first: the last one of the calendar has no next month.
    return 31 if month == len(_MONTHS) - 1 else (date(year, month + 1, 1) - timedelta(days=1)).day


_OPEN: Final = _Point(None, None, "day", "", "", "")
UNKNOWN_DATE: Final = parse("XXXX")
