"""Each State that bears a finding, over time: its status under every instrument concerned, and the events on it.

Every lane says in words what it draws. The status is that of the registers; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from treatycheck import dates
from treatycheck.casefile.model import Casefile
from treatycheck.dates import When
from treatycheck.findings import Report
from treatycheck.phrasing import capital, counted
from treatycheck.registers.standing import StatusRegister
from treatycheck.report.html import escaped
from treatycheck.rulebook.model import Rulebook
from treatycheck.truth import UNKNOWN

MOST_LANES: Final = 24
"""So many events of a State have a lane of their own; the others share one."""

_TICKS: Final = 7
_EDGE: Final = 6
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
_AROUND: Final = 60
"""Years before the first change of status or after the last day of the registers at which an axis ends."""

LEGEND: Final = (
    ("bound", "bound"),
    ("signed", "signed or consented, not yet bound"),
    ("outside", "not bound"),
    ("open", "not determined"),
    ("span", "event, throughout these days"),
    ("day", "event, some day within"),
)


@dataclass(slots=True)
class _State:
    """The instruments under which a State bears findings, and its events, each with the place where it is told."""

    instruments: dict[str, None] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Axis:
    start: date
    end: date

    def at(self, day: date) -> float:
        """Where a day is drawn, in per cent; what lies outside stands at the edge."""
        share = (day.toordinal() - self.start.toordinal()) / (self.end.toordinal() - self.start.toordinal())
        return round(100 * min(max(share, 0.0), 1.0), 2)

    def years(self) -> range:
        """The years that are written."""
        first, last = self.start.year, self.end.year
        step = next((one for one in _STEPS if (last - first) / one <= _TICKS), _STEPS[-1])
        return range(-(-first // step) * step, last, step)


def timelines(
    report: Report,
    casefile: Casefile,
    rulebook: Rulebook,
    registers: Mapping[str, StatusRegister],
    told: Mapping[tuple[str, str], str],
) -> str:
    """One figure for each State; `told` says where a bearer's code and an event are spoken of."""
    whens = {event.id: event.date.when for dossier in casefile.dossiers for event in dossier.events}
    states: dict[str, _State] = {}
    for finding in report.findings:
        register = registers.get(finding.instrument)
        code = finding.bearer.code
        if register is not None and code in register.records:
            state = states.setdefault(code, _State())
            state.instruments[finding.instrument] = None
            state.events[finding.event] = told[code, finding.event]
    named = sorted((rulebook.states.name(code), code) for code in states)
    figures = [
        "".join(
            _figure(name, code, states[code], report, {one: registers[one] for one in states[code].instruments}, whens)
        )
        for name, code in named
    ]
    return f"{_legend()}{''.join(figures)}" if figures else ""


def _legend() -> str:
    keys = "".join(
        f'<li><svg class="track" aria-hidden="true">{_bar(name, 0, 100)}</svg> {words}</li>' for name, words in LEGEND
    )
    return f'<ul class="legend">{keys}</ul>\n'


def _figure(
    name: str,
    code: str,
    state: _State,
    report: Report,
    registers: Mapping[str, StatusRegister],
    whens: Mapping[str, When],
) -> Iterator[str]:
    as_of = report.receipt.as_of
    axis = _axis([whens[event] for event in state.events], registers.values(), code, as_of)
    own, others = list(state.events)[:MOST_LANES], list(state.events)[MOST_LANES:]
    bands = "".join(_bar("on", start, end) for start, end in _covered(axis, [whens[event] for event in state.events]))
    yield f'<figure class="state"><figcaption><h3>{escaped(name)}</h3></figcaption>\n<ul>'
    yield f'<li aria-hidden="true"><span></span><svg class="track axis">{"".join(_ticks(axis))}</svg></li>'
    for instrument, register in registers.items():
        short = capital(report.abbreviations.get(instrument) or instrument)
        sentence = register.bound(code, dates.parse(as_of.isoformat())).sentence
        label = f"<strong>{escaped(short)}</strong>: {escaped(sentence)}"
        yield _lane(label, f"{''.join(_status(axis, register, code, as_of))}{bands}")
    for event in own:
        link = f'<a href="#{state.events[event]}"><code dir="auto">{escaped(event)}</code></a>'
        yield _lane(f"{link}: {escaped(dates.describe(whens[event]))}", _event(axis, whens[event]))
    if others:
        links = ", ".join(
            f'<a href="#{state.events[one]}"><code dir="auto">{escaped(one)}</code></a>' for one in others
        )
        label = f"<details><summary>{counted(len(others), 'more event')}</summary>{links}</details>"
        yield _lane(label, "".join(_event(axis, whens[event]) for event in others))
    yield "</ul></figure>\n"


def _lane(label: str, drawn: str) -> str:
    return f'<li><span>{label}</span><svg class="track" aria-hidden="true">{drawn}</svg></li>\n'


def _axis(whens: Iterable[When], registers: Iterable[StatusRegister], code: str, as_of: date) -> _Axis:
    """From the first year that matters to the last."""
    turns = [day for register in registers for day in register.turns(code)]
    first, last = min([*turns, as_of]).year, max([*turns, as_of]).year
    years = [day.year for when in whens for day in (when.earliest, when.latest) if day is not None]
    near = [year for year in years if first - _AROUND <= year <= last + _AROUND]
    start, end = min([*near, first]), max([*near, last])
    return _Axis(date(max(start - 1, 1), 1, 1), date(min(end + 1, 9999), 12, 31))


def _ticks(axis: _Axis) -> Iterator[str]:
    for year in axis.years():
        at = axis.at(date(year, 1, 1))
        # A year at the edge is written inside of it.
        anchor = "start" if at < _EDGE else "end" if at > 100 - _EDGE else "middle"
        yield f'<line x1="{at}%" x2="{at}%" y1="14" y2="20"/>'
        yield f'<text x="{at}%" y="11" text-anchor="{anchor}">{year}</text>'


def _status(axis: _Axis, register: StatusRegister, code: str, as_of: date) -> Iterator[str]:
    """The status between the days on which it may change, up to the day to which the registers reach."""
    turns = [axis.start, *(day for day in register.turns(code) if axis.start < day <= as_of), as_of]
    for start, end in _pairs(turns):
        when = dates.parse(start.isoformat())
        verdict = register.bound(code, when).verdict
        if verdict > UNKNOWN:
            kind = "bound"
        elif verdict == UNKNOWN:
            kind = "open"
        else:
            kind = "signed" if register.signatory(code, when).verdict > UNKNOWN else "outside"
        yield _bar(kind, axis.at(start), axis.at(end))


def _pairs(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    return ((start, end) for start, end in pairwise(days) if start < end)


def _covered(axis: _Axis, whens: Iterable[When]) -> Iterator[tuple[float, float]]:
    """The stretches of an axis on which some event may be, so that what is drawn below them can be seen through one."""
    stretches = sorted(stretch for when in whens for stretch in _stretch(axis, when))
    while stretches:
        start, end = stretches.pop(0)
        while stretches and stretches[0][0] <= end:
            end = max(end, stretches.pop(0)[1])
        yield start, end


def _stretch(axis: _Axis, when: When) -> Iterator[tuple[float, float]]:
    """The stretch of an event as far as its date has bounds; where one is open, it runs to the edge."""
    if when.earliest is not None or when.latest is not None:
        start = 0.0 if when.earliest is None else axis.at(when.earliest)
        end = 100.0 if when.latest is None else axis.at(when.latest)
        yield start, end


def _event(axis: _Axis, when: When) -> str:
    """An event on a lane."""
    kind = "span" if when.extent == "span" or when.earliest == when.latest else "day"
    return "".join(_bar(kind, start, end) for start, end in _stretch(axis, when))


def _bar(kind: str, start: float, end: float) -> str:
    height, top = (2, 9) if kind == "outside" else (20, 0) if kind == "on" else (10, 5)
    return f'<rect class="{kind}" x="{start}%" y="{top}" width="{round(end - start, 2)}%" height="{height}"/>'
