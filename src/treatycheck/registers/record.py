"""What one State did under one instrument: the dated acts of its row, in order and as a sentence.

Repeats the register; whether the State was bound on a day is decided in `standing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from treatycheck.dates import When, describe
from treatycheck.registers.table import SUPPOSED_STRENGTH, Row

# The forms of consent a register may name, each with its verb.
CONSENTED: Final[Mapping[str, str]] = {
    "ratification": "ratified",
    "acceptance": "accepted",
    "approval": "approved",
    "accession": "acceded",
    "succession": "succeeded",
    "consent": "consented to be bound",
}


# The statuses that may be supposed, each with its clause.
SUPPOSED: Final[Mapping[str, str]] = {
    "bound": "is supposed in this run to be bound",
    "not_bound": "is supposed in this run not to be bound",
    "signatory": "is supposed in this run to have signed and not to be bound",
    "unknown": "is supposed in this run to have a status that is not known",
}


@dataclass(frozen=True, slots=True)
class Act:
    """A dated act outside the columns of the status row; `about` is the code of the State whose act it answers."""

    act: str
    when: When
    about: str
    row: Row


@dataclass(frozen=True, slots=True)
class Record:
    """The status row of one State with its dates read; None for what was not done.

    `supposed` is a status that a run supposes whatever the dates say, one of `SUPPOSED`; empty in every register.
    """

    row: Row
    instrument: str
    signature: When | None
    deposit: When | None
    entry_into_force: When | None
    withdrawal_notified: When | None
    withdrawal_effective: When | None
    acts: tuple[Act, ...] = ()
    supposed: str = ""

    def done(self, act: str) -> tuple[Act, ...]:
        """Return the acts of one kind, in the order of the register; none for the empty kind."""
        return tuple(done for done in self.acts if done.act == act)


def known_by(record: Record, day: date) -> Record:
    """Return the record as it stood at the end of a day: without the acts that were certainly done later.

    An entry into force or a withdrawal that was already set going counts, even where it takes effect later.
    """

    def done(when: When | None) -> When | None:
        return None if when is None or (when.earliest is not None and when.earliest > day) else when

    deposit, notified = done(record.deposit), done(record.withdrawal_notified)
    return replace(
        record,
        instrument=record.instrument if deposit else "",
        signature=done(record.signature),
        deposit=deposit,
        entry_into_force=record.entry_into_force if deposit else None,
        withdrawal_notified=notified,
        withdrawal_effective=record.withdrawal_effective if notified else None,
        acts=tuple(act for act in record.acts if done(act.when)),
    )


def history(record: Record) -> tuple[tuple[When, str, Row], ...]:
    """Return every dated act of the State, the oldest first and the undated last.

    An act that stands in both registers on the same date is told once, with the row of the acts, which says more.
    """
    told: dict[tuple[str, str], tuple[When, str, Row]] = {}
    columns = {
        "signature": record.signature,
        record.instrument: record.deposit,
        "entry-into-force": record.entry_into_force,
        "withdrawal-notified": record.withdrawal_notified,
        "withdrawal-effective": record.withdrawal_effective,
    }
    for act, when in columns.items():
        if when is not None:
            told[act, when.text] = (when, act, record.row)
    for done in record.acts:
        told[done.act, done.when.text] = (done.when, done.act, done.row)
    return tuple(sorted(told.values(), key=lambda entry: (entry[0].earliest or date.max, entry[0].latest or date.max)))


def sentence(record: Record, member_word: str) -> str:
    """Return one clause per act: "signed on 24 February 1999, ratified on 27 December 2005, bound since …".

    `member_word` stands for "bound": what the instrument calls a State that it binds.
    """
    if record.supposed:
        return SUPPOSED[record.supposed]
    clauses = []
    if record.signature is not None:
        clauses.append(f"signed {dated(record.signature)}")
    if record.deposit is not None:
        clauses.append(f"{CONSENTED[record.instrument]} {dated(record.deposit)}")
    else:
        clauses.append("has not ratified" if clauses else "has not signed or acceded")
    notified, effective = record.withdrawal_notified, record.withdrawal_effective
    if record.entry_into_force is not None:
        until = f" until {_named(effective)}" if effective is not None else ""
        clauses.append(f"{member_word} {'from' if until else 'since'} {_named(record.entry_into_force)}{until}")
    if notified is not None:
        clauses.append(f"withdrawal notified {dated(notified)}")
    if record.row.verified in SUPPOSED_STRENGTH:
        clauses.append("as is supposed in this run")
    return ", ".join(clauses)


def dated(when: When) -> str:
    """Return a date with its preposition: "on 3 May 2004", "in May 2004", "on some day between … and …"."""
    text = describe(when)
    if text.startswith(("on or ", "in or ")):
        return text
    if when.precision == "unspecified":
        return f"({text})"
    return f"{'on' if when.precision == 'day' or text.startswith('some day') else 'in'} {text}"


def _named(when: When) -> str:
    """Return a date as the object of "since" or "until"."""
    text = describe(when)
    if when.precision == "unspecified":
        return f"a day that is not known ({text})"
    return f"a day {text}" if text.startswith(("on or ", "in or ")) else text
