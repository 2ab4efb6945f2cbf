"""The timeline of a State: what is drawn of its status and of an event, and where."""

from __future__ import annotations

import re
from datetime import date

import pytest

from treatycheck.check import under
from treatycheck.dates import parse
from treatycheck.registers.standing import StatusRegister
from treatycheck.report.web import timeline
from treatycheck.rulebook.model import Rulebook

AXIS = timeline._Axis(date(2000, 1, 1), date(2010, 1, 1))


@pytest.fixture
def register(rulebook: Rulebook) -> StatusRegister:
    return next(iter(under(rulebook, {}, date(2030, 1, 31)).registers.values()))


def test_a_day_is_drawn_where_it_lies_and_at_the_edge_if_it_lies_outside() -> None:
    days = [date(1990, 1, 1), date(2000, 1, 1), date(2005, 1, 1), date(2010, 1, 1), date(2020, 1, 1)]
    assert [0, 0, 50, 100, 100] == [round(AXIS.at(day)) for day in days]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2005-01-01", ("span", 50, 0)),
        ("2005/2009", ("span", 50, 50)),
        ("2005", ("day", 50, 10)),
        ("[2005..]", ("day", 50, 50)),
        ("[..2005-01-01]", ("day", 0, 50)),
        ("[1980..1985]", ("day", 0, 0)),
    ],
)
def test_an_event_is_drawn_over_its_days(when: str, expected: tuple[str, int, int]) -> None:
    found = re.fullmatch(
        r'<rect class="(\w+)" x="(.*?)%" y="5" width="(.*?)%" height="10"/>', timeline._event(AXIS, parse(when))
    )
    assert found is not None
    assert expected == (found[1], round(float(found[2])), round(float(found[3])))


def test_an_event_without_a_date_is_not_drawn() -> None:
    assert "" == timeline._event(AXIS, parse("XXXX"))


def test_the_days_of_several_events_are_drawn_once() -> None:
    whens = [parse(when) for when in ("2005/2006", "2005", "XXXX", "2001", "[2008..]", "2006/2007-06")]
    found = [(round(start), round(end)) for start, end in timeline._covered(AXIS, whens)]
    assert [(10, 20), (50, 75), (80, 100)] == found


def test_years_are_written_at_even_distances() -> None:
    assert [2000, 2002, 2004, 2006, 2008] == list(AXIS.years())
    assert len(timeline._Axis(date(1, 1, 1), date(9999, 12, 31)).years()) < 12


def test_an_axis_reaches_around_what_is_near_and_not_to_what_is_far(register: StatusRegister) -> None:
    code = next(iter(register.records))
    axis = timeline._axis([parse("0005"), parse("2031-05")], [register], code, date(2030, 1, 31))
    assert axis.start.year > 1000
    assert date(2032, 12, 31) == axis.end


def test_the_status_is_drawn_without_gaps_up_to_the_end_of_the_register(register: StatusRegister) -> None:
    end = date(2030, 1, 31)
    for code in register.records:
        axis = timeline._axis([], [register], code, end)
        found = re.findall(
            r'class="(\w+)" x="(.*?)%" y="\d+" width="(.*?)%"', "".join(timeline._status(axis, register, code, end))
        )
        ends = [float(start) + float(width) for _, start, width in found]
        assert [round(float(start), 1) for _, start, _ in found[1:]] == [round(one, 1) for one in ends[:-1]]
        assert (0, round(axis.at(end), 1)) == (float(found[0][1]), round(ends[-1], 1))
