"""Reads what options say: choices, days, positions, ids. What is wrong is collected, with the closest known word.

Each reader takes the option's name and text and a list for problems; it returns None only after adding one. An option
is one of the command line or an argument of a function: both are read, and refused, in the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from treatycheck import dates
from treatycheck.dates import When
from treatycheck.errors import Diagnostic, InputError, did_you_mean, listed
from treatycheck.rulebook.model import Instrument, Rulebook

if TYPE_CHECKING:
    from treatycheck.casefile.model import Casefile
    from treatycheck.explanations import Wanted

Problems = list[Diagnostic]

LEAST: Final = 4
"""The first characters of an id that may stand for it."""


def refuse(problems: Problems) -> None:
    """Raise `InputError` with everything that was collected, if anything was."""
    if problems:
        raise InputError(problems)


def wrong(option: str, code: str, message: str, help_line: str) -> Diagnostic:
    """The diagnostic for an option; its name stands where another has the file."""
    return Diagnostic(option, 0, 0, code, message, help_line)


def choice(option: str, text: str, known: Sequence[str], problems: Problems, what: str = "value") -> str | None:
    """One of the words in `known`, written exactly so."""
    if text in known:
        return text
    help_line = did_you_mean(text, known) or f"use one of {listed(known, limit=24)}"
    problems.append(wrong(option, "TC502", f"unknown {what} `{text}`", help_line))
    return None


def number(option: str, text: str | None, problems: Problems) -> int | None:
    """A whole number of at least 0, or None where nothing is written."""
    if text is None or (text.isascii() and text.isdigit()):
        return None if text is None else int(text)
    problems.append(wrong(option, "TC517", f"`{text}` is not a whole number from 0 up", "write digits, such as `2`"))
    return None


def when(option: str, text: str, problems: Problems) -> When | None:
    """A date as events have it, as imprecise as need be."""
    try:
        return dates.parse(text)
    except dates.DateError as error:
        problems.append(wrong(option, "TC503", error.message, error.help))
        return None


def day(option: str, text: str | None, last: date | None, problems: Problems) -> date | None:
    """One day, not after `last`, which is also what is meant when nothing is written."""
    if text is None:
        return last
    read = when(option, text, problems)
    if read is None:
        return None
    if read.earliest is None or read.earliest != read.latest:
        problems.append(wrong(option, "TC503", f"`{text}` is not one day", "write a day, for example `2021-03-26`"))
        return None
    if last is not None and read.earliest > last:
        message = f"the registers end on {dates.describe_day(last)}, before `{text}`"
        help_line = f"what came later is not known to them; give `{last.isoformat()}` or an earlier day"
        problems.append(wrong(option, "TC503", message, help_line))
        return None
    return read.earliest


def state(option: str, text: str, rulebook: Rulebook, problems: Problems) -> str | None:
    """The code of the State that a name or code means."""
    code = rulebook.states.resolve(text)
    if code is None:
        help_line = rulebook.states.suggest(text) or "write the name or the ISO 3166-1 alpha-3 code, such as `NOR`"
        problems.append(wrong(option, "TC506", f"`{text}` is not a State of the registers", help_line))
    return code


def positions(option: str, texts: Iterable[str], rulebook: Rulebook, problems: Problems) -> Mapping[str, str]:
    """The positions chosen as `name=alternative`; each at most once."""
    chosen: dict[str, str] = {}
    for text in texts:
        name, sign, alternative = text.partition("=")
        if not sign:
            help_line = f"write the position and its alternative, for example `{_example(rulebook)}`"
            problems.append(wrong(option, "TC504", f"`{text}` has no `=`", help_line))
            continue
        position = rulebook.positions.get(name)
        if position is None:
            help_line = did_you_mean(name, rulebook.positions) or f"the positions are {listed(rulebook.positions)}"
            problems.append(wrong(option, "TC504", f"unknown position `{name}`", help_line))
        elif alternative not in position.alternatives:
            known = position.alternatives
            help_line = did_you_mean(alternative, known) or f"the alternatives are {listed(known)}"
            message = f"`{alternative}` is not an alternative of the position `{name}`"
            problems.append(wrong(option, "TC504", message, help_line))
        elif chosen.setdefault(name, alternative) != alternative:
            message = f"the position `{name}` is given twice, as `{chosen[name]}` and as `{alternative}`"
            problems.append(wrong(option, "TC504", message, "choose one"))
    return chosen


def _example(rulebook: Rulebook) -> str:
    position = next(iter(rulebook.positions.values()), None)
    return "name=alternative" if position is None else f"{position.id}={position.default}"


def instruments(
    option: str, name: str | None, rulebook: Rulebook, problems: Problems, *, listing: bool = False
) -> tuple[Instrument, ...]:
    """The instrument of that id, or all of them; only those that have a register of States when `listing`."""
    known = {one.id: one for one in rulebook.instruments.values() if not listing or one.id in rulebook.registers}
    if name is None:
        return tuple(known.values())
    if name in known:
        return (known[name],)
    help_line = did_you_mean(name, known) or f"use one of {listed(known)}"
    message = f"unknown instrument `{name}`"
    if name in rulebook.instruments:
        message = f"`{name}` has no register of States"
        help_line = f"the instruments with one are {listed(known)}"
    problems.append(wrong(option, "TC508", message, help_line))
    return ()


def wanted(option: str, text: str, rulebook: Rulebook, casefile: Casefile, problems: Problems) -> Wanted | None:
    """The findings that the id of a finding (its first characters will do), that of an event, or `all` stands for."""
    from treatycheck.explanations import ALL, Wanted, locate

    events = [event.id for dossier in casefile.dossiers for event in dossier.events]
    found = locate(rulebook, casefile, text)
    if isinstance(found, Wanted) and (len(text) >= LEAST or text in (*events, ALL)):
        return found
    if not isinstance(found, Wanted) and found and len(text) >= LEAST:
        message, help_line = f"`{text}` begins {len(found)} ids", f"write more of it: {listed(found)}"
    elif found:
        message, help_line = f"`{text}` is too short for an id", f"write {LEAST} characters of it or more"
    else:
        message = f"there is no finding and no event `{text}`"
        help_line = did_you_mean(text, events) or f"`treatycheck check` prints the ids; the events are {listed(events)}"
    problems.append(wrong(option, "TC516", message, help_line))
    return None
