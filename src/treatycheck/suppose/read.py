"""Reads suppositions from the texts of a command and checks every word; all mistakes are reported together.

A fact is read in the casefile as the suppositions before it leave it, so that one may build on another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from treatycheck.casefile.model import Casefile
from treatycheck.errors import Diagnostic, InputError, attempt, did_you_mean, listed
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose.apply import SET, with_registers
from treatycheck.suppose.events import FACT, read_fact
from treatycheck.suppose.facts import with_fact
from treatycheck.suppose.model import DateSupposed, FactSupposed, QuoteLost, StatusSupposed, Supposition
from treatycheck.suppose.quotes import without
from treatycheck.suppose.states import read_state

QUOTE: Final = "--without"


def read(
    rulebook: Rulebook,
    casefile: Casefile,
    *,
    states: Iterable[str] = (),
    facts: Iterable[str] = (),
    quotes: Iterable[str] = (),
    as_of: date | None = None,
) -> tuple[Supposition, ...]:
    """The suppositions that the texts say, in the order of the arguments; `as_of` is the last day of the registers.

    Raises `InputError` with every mistake in them.
    """
    problems: list[Diagnostic] = []
    last = as_of or date.fromisoformat(rulebook.manifest.as_of)
    readings = [attempt(partial(read_state, text, rulebook, last), problems) for text in states]
    on_states = [one for one in readings if one is not None]
    problems += _twice(on_states, rulebook)
    if not problems:
        attempt(partial(with_registers, rulebook, on_states), problems)
    named = _quote_names(casefile)
    found = [attempt(partial(_quote, text, casefile, named), problems) for text in quotes]
    lost = [one for one in found if one is not None]
    on_facts = _facts(facts, rulebook, without(casefile, lost), problems)
    if problems:
        raise InputError(_explained(one, casefile, lost) for one in problems)
    return (*on_states, *on_facts, *lost)


def _facts(
    texts: Iterable[str], rulebook: Rulebook, casefile: Casefile, problems: list[Diagnostic]
) -> tuple[FactSupposed, ...]:
    """The facts supposed, each read in the casefile as those before it leave it."""
    found: list[FactSupposed] = []
    for text in texts:
        one = attempt(partial(read_fact, text, rulebook, casefile), problems)
        if one is None:
            continue
        if any((one.event, one.route) == (other.event, other.route) for other in found):
            message = f"`{text.partition('=')[0]}` is supposed twice"
            problems.append(Diagnostic(FACT, 0, 0, "TC515", message, "choose one value"))
            continue
        found.append(one)
        casefile = with_fact(rulebook, casefile, one)
    return tuple(found)


def _explained(found: Diagnostic, casefile: Casefile, lost: Sequence[QuoteLost]) -> Diagnostic:
    """A mistake; where an event is not found since nothing is left of it, it says so."""
    if found.code != "TC511":
        return found
    name = found.message.split("`")[1]
    if all(event.id != name for dossier in casefile.dossiers for event in dossier.events) or not lost:
        return found
    message = f"nothing is left of event `{name}` without the quotes that are taken away"
    return replace(found, message=message, help=f"leave out the `{QUOTE}` on which it rests")


def _twice(found: Sequence[StatusSupposed | DateSupposed], rulebook: Rulebook) -> Iterator[Diagnostic]:
    """What is supposed of a State in two ways: two statuses, two dates of one act, or a status and a date."""
    statuses: dict[tuple[str, str], set[str]] = {}
    dates: dict[tuple[str, str], dict[str, set[str]]] = {}
    for one in found:
        if isinstance(one, StatusSupposed):
            for instrument in one.instruments:
                statuses.setdefault((one.code, instrument), set()).add(one.status)
        else:
            dates.setdefault((one.code, one.instrument), {}).setdefault(one.column, set()).add(one.date)
    for key in dict.fromkeys((*statuses, *dates)):
        code, instrument = key
        said = {"status": statuses.get(key, set()), **dates.get(key, {})}
        choices = [column for column, values in said.items() if len(values) > 1]
        message = f"`{rulebook.states.name(code)}` is supposed in two ways under `{instrument}`"
        if key in statuses and key in dates:
            yield Diagnostic(SET, 0, 0, "TC515", message, "suppose either a status or dates")
        elif choices:
            yield Diagnostic(SET, 0, 0, "TC515", message, f"choose one `{choices[0]}`")


def _quote(text: str, casefile: Casefile, known: Mapping[str, Sequence[QuoteLost]]) -> QuoteLost:
    """The quote that `name`, `FILE:name` or `EVENT:name` means; raises `InputError`."""
    found = known.get(text, ())
    if len(found) == 1:
        return found[0]
    if found:
        files = {dossier.path: dossier.entry.file for dossier in casefile.dossiers}
        unique = len({files[one.path] for one in found}) == len(found)
        spelt = (f"`{files[one.path] if unique else one.path}:{one.name}`" for one in found)
        message, remedy = f"several quotes are named `{text}`", f"write {' or '.join(spelt)}"
    else:
        alike = [name for name in known if (":" in name) == (":" in text)]
        message = f"there is no quote `{text}`"
        remedy = did_you_mean(text, alike) or f"the quotes are {listed(name for name in known if ':' not in name)}"
    raise InputError([Diagnostic(QUOTE, 0, 0, "TC514", message, remedy)])


def _quote_names(casefile: Casefile) -> dict[str, list[QuoteLost]]:
    """Every text that names a quote, with the quotes that it names."""
    known: dict[str, dict[QuoteLost, None]] = {}
    for dossier in casefile.dossiers:
        events = [event.id for event in dossier.events]
        for name in dossier.quotes:
            texts = (name, *(f"{owner}:{name}" for owner in (dossier.entry.file, dossier.path, *events)))
            for text in texts:
                known.setdefault(text, {})[QuoteLost(dossier.path, name)] = None
        # An event that is fused from several documents names a quote with the short name of its document.
        for alias, source in dossier.sources.items():
            for text, name in ((f"{event}:{alias}:{name}", name) for event in events for name in source.quotes):
                known.setdefault(text, {})[QuoteLost(source.path, name)] = None
    return {text: list(found) for text, found in known.items()}
