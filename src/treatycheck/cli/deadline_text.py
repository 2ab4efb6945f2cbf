"""The list of last days as text: one paragraph a duty, one line a State, sources below.

Repeats what was found and decides nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from textwrap import wrap
from typing import Final

from treatycheck.dates import describe_day
from treatycheck.deadlines import Due, State

_STATE_WIDTH: Final = 10
_DAY_WIDTH: Final = 17


def table(found: Sequence[Due], day: date, end: date, width: int) -> str:
    """Every last day with its source; `day` is the one that was asked for, `end` that of the registers."""
    if not found:
        return f"No dated duty on {describe_day(day)}.\n"
    marks: dict[tuple[str, int, str, str], int] = {}
    lines: list[str] = [f"Last days, as they stood on {describe_day(day)}", ""]
    for (citation, title), group in groupby(found, key=lambda one: (one.citation, one.title)):
        duties = list(group)
        counts = Counter(one.state for one in duties)
        lines += [f"{citation}: {title}"]
        lines += wrap(
            ", ".join(f"{counts[state]} {_words(state)}" for state in State if counts[state]),
            width,
            initial_indent="  ",
            subsequent_indent="  ",
        )
        lines.append("")
        first = max(len(one.name) for one in duties)
        first = min(first, max(width - _DAY_WIDTH - _STATE_WIDTH - 14, 20))
        for one in duties:
            lines += _line(one, first, width, marks)
        lines.append("")
    lines += ["computed: from the entry into force by the rule; else read in a register.", ""]
    for (register, row, verified, source), mark in marks.items():
        lines += wrap(
            f"[{mark}] {register}, line {row}, verified: {verified}. {source}",
            width,
            subsequent_indent="  ",
            break_on_hyphens=False,
        )
    return "\n".join([*lines, "", f"as of {describe_day(end)}", ""])


def _line(one: Due, first: int, width: int, marks: dict[tuple[str, int, str, str], int]) -> list[str]:
    numbers = [marks.setdefault((row.register, row.line, row.verified, row.source), len(marks) + 1) for row in one.rows]
    due = "not known" if one.due is None else describe_day(one.due)
    completed = f", completed {one.completed}" if one.completed else ""
    kind = " (computed)" if one.computed and one.due is not None else ""
    why = f": {one.why}" if one.why else ""
    text = (
        f"{_words(one.state):<{_STATE_WIDTH}}{due}{kind}{completed}{why} {''.join(f'[{number}]' for number in numbers)}"
    )
    return wrap(
        f"{one.name[:first]:<{first}}  {text}",
        width,
        initial_indent="  ",
        subsequent_indent=" " * (first + 4 + _STATE_WIDTH),
        break_on_hyphens=False,
    )


def _words(state: State) -> str:
    return state.replace("_", " ")
