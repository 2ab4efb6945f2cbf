"""Random registers of an invented law: who joined and left an instrument when, acts, last days, designations.

All are valid: dates follow one another by the rules of the instrument, also where only their bounds are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from tests.properties.rulebook_words import CONSENTS, EPOCH, NUMBERS, STATES, VERIFIED, Lots, Tree, csv_of

from treatycheck.dates import add, parse_period
from treatycheck.registers.terms import Joining, entry_by_rule
from treatycheck.screen.schema import UNKNOWN

_ALWAYS: Final = ("source", "verified")
_DATES: Final = (
    "signature",
    "instrument",
    "deposit",
    "entry_into_force",
    "withdrawal_notified",
    "withdrawal_effective",
)
_STATUS: Final = ("code", "name", *_DATES, *_ALWAYS)
_ACTS: Final = ("code", "name", "act", "date", "about", "summary", *_ALWAYS)
_DEADLINES: Final = ("code", "name", "due", "completed", "state", "timing", "note", *_ALWAYS)


@dataclass
class Registers:
    """The registers of a rulebook that is being made up: its files so far, and the days on which something turns."""

    lots: Lots
    files: dict[str, str] = field(default_factory=dict)
    days: list[date] = field(default_factory=lambda: [EPOCH])
    positions: dict[str, list[str]] = field(default_factory=dict)
    """The answers to each contested question."""

    def vague(self, day: date) -> str:
        """A date as a register may have it: mostly the day itself, else what it lies in."""
        lots = self.lots
        self.days.append(day)
        match lots.randrange(40):
            case 9:
                return f"{day:%Y-%m}"
            case 10:
                return f"{day:%Y}"
            case 11:
                before, after = day - timedelta(lots.randrange(200)), day + timedelta(lots.randrange(200))
                self.days += [before, after]
                return f"[{before.isoformat()}..{after.isoformat()}]"
            case 12:
                return "XXXX"
            case 13:
                return f"[..{day.isoformat()}]"
            case 14:
                return f"{day.isoformat()}~"
        return day.isoformat()

    def standing(self, code: str, joining: Joining, notice: str) -> Tree:
        """The row of one State: nothing, a signature, consent, withdrawal."""
        lots = self.lots
        row: Tree = {"code": code, "name": STATES[code], "source": "invented", "verified": lots.choice(VERIFIED)}
        done = (2, 4, 2, 3, 2, 2, 1, 0)[lots.randrange(8)]
        signed = lots.day(4000)
        deposited = signed + timedelta(lots.randrange(250) * lots.randrange(4))
        if done == 1 or (done > 1 and lots.often(5)):
            row["signature"] = self.vague(signed)
        if done < 2:
            return row
        row["instrument"] = lots.choice(CONSENTS)
        entered = entry_by_rule(joining, deposited)
        if row["instrument"] in joining.own_date_instruments:
            entered = deposited + timedelta(lots.randrange(250))
        row["deposit"], row["entry_into_force"] = self.vague(deposited), self.vague(entered)
        if done > 2:
            notified = entered + timedelta(lots.randrange(250) * lots.randrange(8))
            row["withdrawal_notified"] = self.vague(notified)
            ended = add(notified, parse_period(notice)) if notice else notified
            self.days.append(ended)
            if done > 3:
                row["withdrawal_effective"] = self.vague(ended + timedelta(lots.randrange(3) * lots.randrange(100)))
        return row

    def membership(self, name: str, provisions: Sequence[str]) -> Tree:
        """How States enter and leave an instrument, and the register that shows it."""
        lots = self.lots
        rule, months = lots.choice(
            (("same_day", 0), ("same_day", 1), ("first_day_of_month", 1), ("first_day_of_month", 6))
        )
        first = lots.day(6000) if lots.often(2) else None
        own = tuple(lots.some(CONSENTS, 1)) if lots.often(2) else ()
        until = None if first is None else first - timedelta(lots.randrange(200))
        joining = Joining(rule, months, until, first, own)
        entry: Tree = {"rule": rule, "months": str(months), "own_date_instruments": list(own)}
        if first is not None and until is not None:
            entry |= {"first_deposits_until": until.isoformat(), "first_entry": first.isoformat()}
        notice = lots.choice(("P6M", "", "P1Y", "P180D"))
        found: Tree = {"status": "status.csv", "entry_into_force": entry, "withdrawal_period": notice}
        rows = [self.standing(code, joining, notice) for code in STATES if code == "NLA" or lots.often(9)]
        self.files[f"{name}/status.csv"] = csv_of(_STATUS, rows)
        if lots.often(6):
            found |= self.acts_of(name, provisions)
        return found

    def acts_of(self, name: str, provisions: Sequence[str]) -> Tree:
        """Acts outside the columns, with what they bring about: provisional application and suspension."""
        lots = self.lots
        acts = ("pause", "early", "pause", "objection")
        rows: dict[tuple[str, str, str], Tree] = {}
        for _ in range(1 + lots.randrange(6)):
            code, act, day = lots.choice([*STATES]), lots.choice(acts), self.vague(lots.day())
            rows[code, act, day] = {
                "code": code,
                "name": STATES[code],
                "act": act,
                "date": day,
                "about": lots.choice([*STATES]),
                "summary": "An act.",
                "source": "invented",
                "verified": lots.choice(VERIFIED),
            }
        self.files[f"{name}/acts.csv"] = csv_of(_ACTS, [*rows.values()])
        found: Tree = {"acts": "acts.csv", "provisional_act": "early", "provisional_covers": lots.some(provisions, 2)}
        if lots.often(8):
            position = f"pause_{name}"
            self.positions[position] = ["no_pause", "at_once", "later"]
            effects = {"no_pause": "none", "at_once": "from_act", "later": "delayed"}
            found["suspension"] = {"act": "pause", "position": position, "effects": effects, "period": "P3M"}
            if lots.often(5):
                found["suspension"]["objection_act"] = "objection"
        return found

    def last_days(self) -> str:
        """The register of the last days of some States under one duty."""
        lots = self.lots
        rows = []
        for code in lots.some([*STATES], 3):
            state = lots.choice(("", "completed", "outstanding", "none"))
            row = {
                "code": code,
                "name": STATES[code],
                "state": state,
                "timing": lots.choice(("", "on_time", "late")),
            }
            row["due"] = self.vague(lots.day()) if lots.often(8) else ""
            row["completed"] = self.vague(lots.day()) if state == "completed" else ""
            rows.append({**row, "source": "invented", "verified": lots.choice(VERIFIED)})
        return csv_of(_DEADLINES, rows)

    def shared(self) -> None:
        """Add the registers that all instruments share."""
        names = [{"code": code, "name": name, "source": "invented", "verified": "yes"} for code, name in STATES.items()]
        self.files["registers/states.csv"] = csv_of(("code", "name", "aliases", *_ALWAYS), names)
        self.files["registers/kites.csv"] = self.models()

    def models(self) -> str:
        """The register of designations, in which one alias may stand for two."""
        lots = self.lots
        aliases = lots.choice(("Big Bird", "Big Bird|wren", ""))
        rows = [
            {"model": "Albatross 3", "aliases": aliases, "category": lots.choice(("storm", "fair")), "span": "10.0"},
            {
                "model": "Wren",
                "aliases": lots.choice(("", "big-bird")),
                "category": lots.choice(("fair", "storm", UNKNOWN)),
            },
            {"model": "Grün", "category": lots.choice(("storm", UNKNOWN)), "span": lots.choice(NUMBERS)},
        ]
        for row in rows:
            row |= {
                "source": "invented",
                "verified": lots.choice(VERIFIED),
                "span": row.get("span") or lots.choice(("2.5", UNKNOWN)),
            }
        return csv_of(("model", "aliases", "category", "span", *_ALWAYS), rows)
