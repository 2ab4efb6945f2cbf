"""What the registers say, in lines: the acts of a State with their sources, whether it was bound, and who was on a day.

Repeats registers and decides nothing; what a register leaves open is said to be open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from textwrap import wrap
from typing import Final

from treatycheck.dates import When, describe, describe_day, parse
from treatycheck.phrasing import counted
from treatycheck.registers.record import dated
from treatycheck.registers.standing import Standing, StatusRegister
from treatycheck.registers.table import Row
from treatycheck.rulebook.model import Instrument, Rulebook
from treatycheck.truth import UNKNOWN

# Why the register gives no answer; the other reasons are told by the State's own acts.
_OPEN: Final = {
    "date_straddles": "its status changes within that date",
    "date_not_certain_in_register": "the register does not know the day of a change",
    "unlisted": "it is not listed in the register",
}
_SEVERAL_SOURCES: Final = 3


def history(rulebook: Rulebook, instrument: Instrument, code: str, when: When, end: date, width: int) -> str:
    """What a State did under an instrument up to the day `end`, with sources, and whether it was bound at `when`."""
    register = rulebook.registers[instrument.id].as_of(end)
    sources = _Sources()
    acts = [(describe(at), act.replace("-", " "), row) for at, act, row in register.history(code)]
    first = max((len(at) for at, _, _ in acts), default=0)
    lines = [_heading(instrument)]
    lines += _wrapped(verdict(instrument, register, code, when, end), width, 2)
    lines += _wrapped(_suspension(rulebook, instrument, register, code, when.latest), width, 2)
    lines += [""] if acts else []
    for at, act, row in acts:
        lines += wrap(
            f"{at:<{first}}  {act} {sources.mark(row)}", width, initial_indent="  ", subsequent_indent=" " * (first + 4)
        )
        lines += _wrapped(row.values.get("summary", ""), width, first + 4)
    lines += ["", *sources.listed(width)] if acts else []
    return "\n".join([*lines, "", f"as of {describe_day(end)}", ""])


def verdict(instrument: Instrument, register: StatusRegister, code: str, when: When, end: date) -> str:
    """Whether a State was bound at a date, and why, in one sentence."""
    at = dated(when)
    if when.latest is None or when.latest > end:
        if when.earliest is None and when.latest is None:
            return f"Not determined {at}: the date has no bounds."
        return f"Not determined {at}: the register ends on {describe_day(end)}; what came later is not known to it."
    standing = register.bound(code, when)
    membership = instrument.membership
    if standing.verdict <= UNKNOWN and membership is not None and membership.provisional_covers:
        applied = register.bound(code, when, provisional=True)
        if applied.reason == "provisional":
            covered = ", ".join(membership.provisional_covers)
            return f"Not bound {at}, but provisionally by {covered}: {applied.sentence}."
    if standing.verdict == UNKNOWN:
        return f"Not determined {at}, as {_OPEN.get(standing.reason, standing.reason)}: {standing.sentence}."
    return f"{'Bound' if standing.verdict > UNKNOWN else 'Not bound'} {at}: {standing.sentence}."


def _suspension(
    rulebook: Rulebook, instrument: Instrument, register: StatusRegister, code: str, latest: date | None
) -> str:
    """On which position the answer rests for a State that had notified a suspension by `latest`; empty for others."""
    suspension = instrument.membership.suspension if instrument.membership is not None else None
    record = register.records.get(code)
    if suspension is None or record is None:
        return ""
    notices = (act.when.earliest for act in record.done(suspension.act))
    if not any(latest is None or notice is None or notice <= latest for notice in notices):
        return ""
    position = rulebook.positions[suspension.position]
    alternative = position.alternatives[position.default]
    confidence = rulebook.wording.confidences[alternative.confidence]
    return f"On the position {position.id} ({confidence}): {position.question} {alternative.summary}"


def roll(rulebook: Rulebook, instrument: Instrument, day: date, end: date, width: int, *, brief: bool) -> str:
    """Who was bound by an instrument on a day, by its register on the day `end`; with `brief`, only how many."""
    register = rulebook.registers[instrument.id].as_of(end)
    found = register.roll(day)
    when = parse(day.isoformat())
    total = f"{counted(len(found.bound), 'State')} bound by the {instrument.short_title} on {describe_day(day)}"
    lines = [total]
    if not brief:
        lines += [_member(rulebook, register, code) for code in found.bound]
        lines += [""]
    if brief or not found.unknown:
        names = _names(rulebook, found.unknown)
        lines += _wrapped(f"not determined: {len(found.unknown)}{names}", width, 0)
    else:
        lines.append(f"not determined: {len(found.unknown)}")
        for code in found.unknown:
            standing = register.bound(code, when)
            lines += _wrapped(f"{rulebook.states.name(code)} ({code}): {_why(standing)}", width, 2)
    unlisted = len(rulebook.states.codes.keys() - register.records.keys())
    if unlisted:
        lines.append(f"not listed in the register, so not known: {counted(unlisted, 'State')}")
    unsure = f"; not certain to have come by then: {len(found.deposit_unknown)}" if found.deposit_unknown else ""
    lines += _wrapped(
        f"consents deposited: {found.deposited}{unsure}{_names(rulebook, found.deposit_unknown)}", width, 0
    )
    lines.append(f"signatures: {found.signed}")
    lines += _wrapped(_positions_of(rulebook, instrument, register, day), width, 0)
    lines.append(f"as of {describe_day(end)}")
    lines += _source(register, width)
    return "\n".join([*lines, ""])


def _member(rulebook: Rulebook, register: StatusRegister, code: str) -> str:
    entry = register.entry_into_force(code)
    since = f", since {describe(entry)}" if entry is not None else ""
    return f"  {rulebook.states.name(code)} ({code}){since}"


def _why(standing: Standing) -> str:
    return f"{_OPEN.get(standing.reason, standing.reason)}; {standing.sentence}"


def _positions_of(rulebook: Rulebook, instrument: Instrument, register: StatusRegister, day: date) -> str:
    told = {code: _suspension(rulebook, instrument, register, code, day) for code in sorted(register.records)}
    return " ".join(f"{rulebook.states.name(code)}: {text}" for code, text in told.items() if text)


def _source(register: StatusRegister, width: int) -> list[str]:
    """The register and the sources its rows name, the most frequent ones in full."""
    rows = [record.row for record in register.records.values()]
    if not rows:
        return ["source: the register has no rows"]
    counts = Counter(row.source for row in rows).most_common()
    verified = Counter(row.verified for row in rows)
    checked = ", ".join(f"{verified[flag]} {flag}" for flag in ("yes", "partly", "no") if verified[flag])
    lines = _wrapped(f"source: {rows[0].register}, {counted(len(rows), 'row')} (verified: {checked})", width, 0)
    for source, number in counts[:_SEVERAL_SOURCES]:
        lines += _wrapped(f"{counted(number, 'row')}: {source}", width, 2)
    rest = sum(number for _, number in counts[_SEVERAL_SOURCES:])
    return [*lines, f"  {counted(rest, 'row')} with other sources"] if rest else lines


@dataclass(slots=True)
class _Sources:
    """The rows that were cited, in the order in which they came up."""

    rows: list[Row] = field(default_factory=list)

    def mark(self, row: Row) -> str:
        """The number under which a row is listed."""
        if row not in self.rows:
            self.rows.append(row)
        return f"[{self.rows.index(row) + 1}]"

    def listed(self, width: int) -> list[str]:
        """Every row with its place, its flag and its source."""
        return [
            line
            for number, row in enumerate(self.rows, 1)
            for line in _wrapped(
                f"[{number}] {row.register}, line {row.line}, verified: {row.verified}. {row.source}", width, 2
            )
        ]


def _heading(instrument: Instrument) -> str:
    return f"{instrument.short_title} ({instrument.id})"


def _names(rulebook: Rulebook, codes: Sequence[str]) -> str:
    return f" ({', '.join(rulebook.states.name(code) for code in codes)})" if codes else ""


def _wrapped(text: str, width: int, margin: int) -> list[str]:
    return wrap(
        text,
        width,
        initial_indent=" " * margin,
        subsequent_indent=" " * (margin + 2),
        break_long_words=False,
        break_on_hyphens=False,
    )
