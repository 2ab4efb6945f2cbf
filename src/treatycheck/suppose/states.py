"""Reads suppositions on States: `STATE.status=STANDING` and `STATE.COLUMN.INSTRUMENT=DATE`.

The instrument may be left out: a status then holds under all that have a register, a date where only one has.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from treatycheck import dates
from treatycheck.errors import Diagnostic, InputError, did_you_mean, listed
from treatycheck.registers.supposed import DATES, STATUSES
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose.apply import SET
from treatycheck.suppose.model import DateSupposed, StatusSupposed

STATUS: Final = "status"
NOT_DONE: Final = "none"
_OPEN: Final = ("entry_into_force", "withdrawal_effective")
"""What may lie beyond the registers: it takes effect later than the act that brings it."""

_FORM: Final = "write `STATE.status=not_bound`, or `STATE.COLUMN.INSTRUMENT=DATE`"


def read_state(text: str, rulebook: Rulebook, as_of: date) -> StatusSupposed | DateSupposed:
    """One supposition on a State; raises `InputError` with everything that is wrong with it."""
    left, sign, value = (part.strip() for part in text.partition("="))
    steps = [step.strip() for step in left.split(".")]
    asked = (STATUS, *DATES)
    # The name of a State may have a dot of its own, so the path is read from its end.
    place = next((at for at in (len(steps) - 1, len(steps) - 2) if at > 0 and steps[at] in asked), 0)
    if not sign:
        raise InputError([_wrong("TC510", f"`{text}` has no `=`", _FORM)])
    if not place:
        near = next((hint for step in reversed(steps[1:]) if (hint := did_you_mean(step, asked))), "")
        message = f"`{left}` does not say what is supposed of which State"
        raise InputError([_wrong("TC512", message, near or f"{_FORM}; a column is one of {listed(DATES)}")])
    problems: list[Diagnostic] = []
    name, column = ".".join(steps[:place]), steps[place]
    code = rulebook.states.resolve(name)
    if code is None:
        remedy = rulebook.states.suggest(name) or "write the name or the ISO 3166-1 alpha-3 code, such as `NOR`"
        problems.append(_wrong("TC506", f"`{name}` is not a State of the registers", remedy))
    instruments = _instruments(steps[place + 1 :], rulebook, problems)
    if column == STATUS and value not in STATUSES:
        remedy = did_you_mean(value, STATUSES) or f"use one of {listed(STATUSES)}"
        problems.append(_wrong("TC513", f"unknown status `{value}`", remedy))
    if column != STATUS:
        value = _date(value, column, as_of, problems)
        if len(instruments) > 1:
            remedy = f"name one, for example `{name}.{column}.{instruments[0]}={value or NOT_DONE}`"
            problems.append(_wrong("TC510", f"`{text}` does not say under which instrument", remedy))
    if code is None or problems:
        raise InputError(problems)
    return (
        StatusSupposed(code, instruments, value)
        if column == STATUS
        else DateSupposed(code, column, instruments[0], value)
    )


def _instruments(rest: Sequence[str], rulebook: Rulebook, problems: list[Diagnostic]) -> tuple[str, ...]:
    """The instrument that is named, or all that have a register."""
    known = tuple(rulebook.registers)
    if known and (not rest or rest[0] in known):
        return tuple(rest[:1]) or known
    if not known:
        message, remedy = "no instrument has a register of States", "suppose facts of events instead, with `--fact`"
    elif rest[0] in rulebook.instruments:
        message, remedy = f"`{rest[0]}` has no register of States", f"the instruments with one are {listed(known)}"
    else:
        message = f"unknown instrument `{rest[0]}`"
        remedy = did_you_mean(rest[0], known) or f"use one of {listed(known)}"
    problems.append(_wrong("TC508", message, remedy))
    return ()


def _date(text: str, column: str, as_of: date, problems: list[Diagnostic]) -> str:
    """The date as EDTF, the empty text for what was not done."""
    if text in ("", NOT_DONE):
        return ""
    try:
        when = dates.parse(text)
    except dates.DateError as error:
        problems.append(_wrong("TC503", error.message, f"{error.help}; `{NOT_DONE}` says that it was not done"))
        return ""
    if column not in _OPEN and when.earliest is not None and when.earliest > as_of:
        message = f"the registers end on {dates.describe_day(as_of)}, before `{text}`"
        problems.append(_wrong("TC503", message, "suppose a day up to then; a later act decides nothing before it"))
    return text


def _wrong(code: str, message: str, remedy: str) -> Diagnostic:
    return Diagnostic(SET, 0, 0, code, message, remedy)
