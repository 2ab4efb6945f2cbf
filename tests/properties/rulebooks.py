"""Random rulebooks of an invented law, written as the files that lawyers write, and rows of tables that engage them.

All is read from random bytes: a hundred times faster than one strategy for each choice, and fewer and lower bytes make
a smaller rulebook. Every rulebook is valid by construction, so that the loader's refusal of one is a mistake here.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from treatycheck.dates import add, parse_period
from treatycheck.registers.terms import Joining, entry_by_rule
from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.event import Cells
from treatycheck.screen.schema import DATE, OF_KIND, REQUIRED, UNKNOWN, Column, FlatSchema

One = TypeVar("One")
Tree = dict[str, Any]

STATES: Final = {"NLA": "Northland", "SLA": "Southland", "WLA": "Westland", "ELA": "Eastland"}
ROLES: Final = ("flyer", "keeper", "owner")
ACTS: Final = ("fly", "keep", "lend")
KINDS: Final = ("state", "state_organ", "club", "unknown")
MODALITIES: Final = {"occurred": "actual", "announced": "prospective", "planned": "prospective", "denied": "negated"}
CONFIDENCES: Final = ("settled", "majority", "contested", "open")
VERIFIED: Final = ("yes", "yes", "yes", "partly", "no")
CONSENTS: Final = ("ratification", "accession", "succession")

FACTS: Final[Mapping[str, Tree]] = {
    "object.category": {"type": "code", "values": {"storm": "A storm kite.", "calm": "A calm one.", "toy": "A toy."}},
    "object.model": {"type": "text"},
    "object.activation": {"type": "text"},
    "object.quantity": {"type": "number"},
    "object.origin": {"type": "state"},
    "object.marked": {"type": "truth"},
    "object.made": {"type": "date"},
    "model.category": {
        "type": "code",
        "values": {"storm": "For storms.", "fair": "For fair weather."},
        "lookup": {"register": "kites", "by": "object.model", "column": "category"},
    },
    "model.span": {"type": "number", "lookup": {"register": "kites", "by": "object.model", "column": "span"}},
    "event.purpose": {"type": "code", "values": {"rescue": "Rescue.", "show": "A show.", "sport": "A sport."}},
    "event.burnt": {"type": "truth"},
    "event.height": {"type": "number"},
    "event.colour": {"type": "text"},
    "event.begun": {"type": "date"},
    "event.seen_from": {"type": "state"},
    "place.country": {"type": "state"},
    "attribution.ordered": {"type": "truth"},
}
TEXTS: Final = ("red", "at night", "Red", 'a "b", c', "grün", "red ")
NUMBERS: Final = ("10", "10.0", "0", "2.5", "1000", ".5", "0.1", "10.00")
MORE_NUMBERS: Final = ("9", "11", "007", "40.", "2.50", "2.4999", "999999999999999", "12345678901234567890", "0.10")
DESIGNATIONS: Final = (
    "Albatross 3",
    "albatross-3",
    "Big  Bird",
    "Wren",
    "WREN",
    "\uff37ren",
    "no such model",
    "Unknown",
    "grün",
)
NAMES: Final = ("somebody", "another", "somebody", UNKNOWN)
BAD: Final = ("2012-13-01", "yesterday", "S9", "neither", "-1", "12,5", " ", "1e3", "nla")
EPOCH: Final = date(2000, 1, 1)
AS_OF: Final = date(2026, 1, 31)

_OF_OBJECTS: Final = ("object.", "model.")
_CODE_OPERATORS: Final = ("is", "in", "is", "is_stated")
_OPERATORS: Final[Mapping[str, tuple[str, ...]]] = {
    "truth": ("is", "is", "is_stated"),
    "code": _CODE_OPERATORS,
    "state": _CODE_OPERATORS,
    "text": _CODE_OPERATORS,
    "date": ("is_stated",),
    "number": ("is", "above", "at_least", "below", "at_most", "is_stated"),
}


class Tape:
    """Choices read from bytes; after the last byte, always the first choice."""

    def __init__(self, choices: bytes) -> None:
        self._choices = iter(choices)

    def below(self, limit: int) -> int:
        """A number from 0 to before `limit`, which is at most 256."""
        return next(self._choices, 0) % limit

    def often(self, tenths: int) -> bool:
        """True in so many cases of ten; the first choice is False."""
        return self.below(10) >= 10 - tenths

    def one(self, several: Sequence[One]) -> One:
        """One of several."""
        return several[self.below(len(several))]

    def some(self, several: Sequence[One], most: int) -> list[One]:
        """One to `most` different ones, in their order."""
        chosen = {self.below(len(several)) for _ in range(1 + self.below(most))}
        return [several[place] for place in sorted(chosen)]

    def day(self, within: int = 9000) -> date:
        """A day of the quarter of a century from the epoch on."""
        return EPOCH + timedelta((256 * self.below(256) + self.below(256)) % within)


@dataclass
class Drawn:
    """A rulebook as the texts of its files, with what rows need to engage it.

    `acts` are those its rules speak of, `days` those something turns on, `asked` what facts are compared with;
    `columns` are those of the table, `positions` and `as_of` what is chosen for the run.
    """

    files: dict[str, str]
    acts: list[str]
    days: list[date]
    columns: list[str]
    asked: Mapping[str, Sequence[str]]
    positions: Mapping[str, str]
    as_of: date | None

    def write(self, folder: Path) -> Path:
        """The rulebook as a folder of files."""
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        return folder


@dataclass
class _Draft:
    """A rulebook that is being made up."""

    tape: Tape
    days: list[date] = field(default_factory=lambda: [EPOCH])
    facts: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    """The instruments that have a register."""
    dated: list[str] = field(default_factory=list)
    """The rules that have a deadline."""
    terms: dict[str, str] = field(default_factory=dict)
    """The terms that are defined so far, by id with their scope."""
    positions: dict[str, list[str]] = field(default_factory=dict)
    asked: dict[str, list[str]] = field(default_factory=dict)
    """What facts are compared with."""

    # Conditions

    def condition(self, scope: str, depth: int = 2, *, this: bool = False) -> Tree:
        """A condition on the event or on one object; with `this`, it may name its own instrument."""
        tape = self.tape
        kind = tape.below(8) if depth else 0
        if kind < 4:
            return self.leaf(scope, this=this)
        if kind == 4:
            return {"not": self.condition(scope, depth - 1, this=this)}
        parts = [self.condition(scope, depth - 1, this=this) for _ in range((2, 3, 1, 2)[tape.below(4)])]
        return {tape.one(("all", "any", "any")): parts}

    def leaf(self, scope: str, *, this: bool = False) -> Tree:
        """One question."""
        tape = self.tape
        if scope == "object":
            terms = [name for name, of in self.terms.items() if of == "object"]
            if terms and tape.often(3):
                return {"term": tape.one(terms)}
            return self.fact(self.of_objects())
        kind = tape.below(10)
        if kind == 5 and self.terms:
            return {"term": tape.one([*self.terms])}
        if kind == 6:
            return self.fact(self.people())
        if kind == 7:
            return {"date": "event", tape.one(("on_or_after", "before")): self.new_day().isoformat()}
        if kind == 8 and self.members:
            return self.status(this=this)
        if kind == 9 and self.dated:
            return {"deadline": tape.one(self.dated), "is": "passed"}
        return self.fact([name for name in self.facts if not name.startswith(_OF_OBJECTS)])

    def of_objects(self) -> list[str]:
        """The facts of the vocabulary that an object has."""
        return [name for name in self.facts if name.startswith(_OF_OBJECTS)]

    def people(self) -> list[str]:
        """The facts that every event has."""
        of_roles = [f"{role}.{part}" for role in ROLES for part in ("code", "kind")]
        own = ("bearer.kind", "bearer.code", "bearer.role", "bearer.link", "event.modality", "event.act")
        return [*own, *of_roles]

    def fact(self, names: Sequence[str]) -> Tree:
        """A question about one of these facts."""
        tape = self.tape
        name = tape.one(names) if names else "event.act"
        part = name.rpartition(".")[2]
        if name in FACTS:
            kind, values = str(FACTS[name]["type"]), self.values(name)
        elif part == "code":
            kind, values = "state", (*STATES, "ZZZ")
        else:
            kind, values = "code", _WORDS[part]
        operator = tape.one(_OPERATORS[kind])
        if operator == "is_stated":
            return {"fact": name, "is_stated": tape.one(("true", "false"))}
        operands = tape.some(values, 2) if operator == "in" else [tape.one(values)]
        self.asked.setdefault(name, []).extend(operands)
        return {"fact": name, operator: operands if operator == "in" else operands[0]}

    def values(self, name: str) -> Sequence[str]:
        """What a fact may be compared with."""
        fact = FACTS[name]
        match fact["type"]:
            case "truth":
                return ("yes", "no")
            case "code":
                return tuple(fact["values"])
            case "state":
                return (*STATES, "ZZZ")
            case "number":
                return NUMBERS
        return DESIGNATIONS if name == "object.model" else TEXTS

    def status(self, *, this: bool) -> Tree:
        tape = self.tape
        of = tape.one(("bearer", "place", *ROLES))
        named = tape.one(["this", *self.members] if this else self.members)
        return {"status": named, "of": of, "is": tape.some(("bound", "signatory", "provisional"), 2)}

    def new_day(self) -> date:
        """A day that something turns on, often one that something else turns on too."""
        tape = self.tape
        day = tape.one(self.days) if tape.often(3) else tape.day()
        self.days.append(day)
        return day

    # Registers

    def vague(self, day: date) -> str:
        """A date as a register may have it: mostly the day itself, else what it lies in."""
        tape = self.tape
        self.days.append(day)
        match tape.below(40):
            case 9:
                return f"{day:%Y-%m}"
            case 10:
                return f"{day:%Y}"
            case 11:
                before, after = day - timedelta(tape.below(200)), day + timedelta(tape.below(200))
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
        tape = self.tape
        row: Tree = {"code": code, "name": STATES[code], "source": "invented", "verified": tape.one(VERIFIED)}
        done = (2, 4, 2, 3, 2, 2, 1, 0)[tape.below(8)]
        signed = tape.day(4000)
        deposited = signed + timedelta(tape.below(250) * tape.below(4))
        if done == 1 or (done > 1 and tape.often(5)):
            row["signature"] = self.vague(signed)
        if done < 2:
            return row
        row["instrument"] = tape.one(CONSENTS)
        entered = entry_by_rule(joining, deposited)
        if row["instrument"] in joining.own_date_instruments:
            entered = deposited + timedelta(tape.below(250))
        row["deposit"], row["entry_into_force"] = self.vague(deposited), self.vague(entered)
        if done > 2:
            notified = entered + timedelta(tape.below(250) * tape.below(8))
            row["withdrawal_notified"] = self.vague(notified)
            ended = add(notified, parse_period(notice)) if notice else notified
            self.days.append(ended)
            if done > 3:
                row["withdrawal_effective"] = self.vague(ended + timedelta(tape.below(3) * tape.below(100)))
        return row

    def membership(self, name: str, provisions: Sequence[str], files: dict[str, str]) -> Tree:
        tape = self.tape
        rule, months = tape.one(
            (("same_day", 0), ("same_day", 1), ("first_day_of_month", 1), ("first_day_of_month", 6))
        )
        first = tape.day(6000) if tape.often(2) else None
        own = tuple(tape.some(CONSENTS, 1)) if tape.often(2) else ()
        until = None if first is None else first - timedelta(tape.below(200))
        joining = Joining(rule, months, until, first, own)
        entry: Tree = {"rule": rule, "months": str(months), "own_date_instruments": list(own)}
        if first is not None and until is not None:
            entry |= {"first_deposits_until": until.isoformat(), "first_entry": first.isoformat()}
        notice = tape.one(("P6M", "", "P1Y", "P180D"))
        found: Tree = {"status": "status.csv", "entry_into_force": entry, "withdrawal_period": notice}
        rows = [self.standing(code, joining, notice) for code in STATES if code == "NLA" or tape.often(9)]
        files[f"{name}/status.csv"] = _table(_STATUS, rows)
        if tape.often(6):
            found |= self.acts_of(name, provisions, files)
        return found

    def acts_of(self, name: str, provisions: Sequence[str], files: dict[str, str]) -> Tree:
        """Acts outside the columns, with what they bring about: provisional application and suspension."""
        tape = self.tape
        acts = ("pause", "early", "pause", "objection")
        rows: dict[tuple[str, str, str], Tree] = {}
        for _ in range(1 + tape.below(6)):
            code, act, day = tape.one([*STATES]), tape.one(acts), self.vague(tape.day())
            rows[code, act, day] = {
                "code": code,
                "name": STATES[code],
                "act": act,
                "date": day,
                "about": tape.one([*STATES]),
                "summary": "An act.",
                "source": "invented",
                "verified": tape.one(VERIFIED),
            }
        files[f"{name}/acts.csv"] = _table(_ACTS, [*rows.values()])
        found: Tree = {"acts": "acts.csv", "provisional_act": "early", "provisional_covers": tape.some(provisions, 2)}
        if tape.often(8):
            position = f"pause_{name}"
            self.positions[position] = ["no_pause", "at_once", "later"]
            effects = {"no_pause": "none", "at_once": "from_act", "later": "delayed"}
            found["suspension"] = {"act": "pause", "position": position, "effects": effects, "period": "P3M"}
            if tape.often(5):
                found["suspension"]["objection_act"] = "objection"
        return found

    # What an instrument is made of

    def term(self, name: str, provision: str) -> Tree:
        tape = self.tape
        scope = tape.one(("event", "object") if self.of_objects() else ("event",))
        found: Tree = {"id": name, "title": name, "provision": provision, "scope": scope}
        if tape.often(3):
            answers = ["narrow", "wide"]
            found["position"] = f"reading_{name}"
            found["readings"] = {
                one: {"when": self.condition(scope), "confidence": tape.one(CONFIDENCES)} for one in answers
            }
            self.positions[f"reading_{name}"] = answers
        else:
            found |= {"when": self.condition(scope), "confidence": tape.one((*CONFIDENCES, "settled"))}
            found["evaluative"] = tape.one(("false", "false", "true"))
        self.terms[name] = scope
        return found

    def exception(self, name: str, provision: str) -> Tree:
        tape = self.tape
        found: Tree = {"id": name, "title": name, "provision": provision, "when": self.condition("event", 1)}
        found["if_unstated"] = tape.one(("assume_not", "assume_not", "ask"))
        if tape.often(3):
            found["assumed_at_most"] = tape.one(("S3", "S2", "S1"))
        return found

    def deadline(self, rule: str, instrument: str, files: dict[str, str]) -> Tree:
        tape = self.tape
        member = instrument in self.members
        starts = ["entry_into_force"] * 2 if member else []
        starts += ["event.begun"] if "event.begun" in self.facts else []
        found: Tree = {"start": tape.one(starts), "period": tape.one(("P1Y", "P4Y", "P180D", "P3M"))}
        found["fulfilled"] = self.condition("event", 1, this=member)
        found["yearly"] = tape.one(("false", "false", "true"))
        found["extendable"] = tape.one(("false", "true"))
        if tape.often(4):
            name = f"{rule}.csv"
            rows = []
            for code in tape.some([*STATES], 3):
                state = tape.one(("", "completed", "outstanding", "none"))
                row = {"code": code, "name": STATES[code], "state": state, "timing": tape.one(("", "on_time", "late"))}
                row["due"] = self.vague(tape.day()) if tape.often(8) else ""
                row["completed"] = self.vague(tape.day()) if state == "completed" else ""
                rows.append({**row, "source": "invented", "verified": tape.one(VERIFIED)})
            files[f"{instrument}/{name}"] = _table(_DEADLINES, rows)
            found["register"] = name
        return found

    def rule(self, name: str, provision: str, exceptions: Sequence[str]) -> Tree:
        """A rule without its deadline."""
        tape = self.tape
        member = provision.partition(":")[0] in self.members
        found: Tree = {
            "id": name,
            "title": name,
            "provision": provision,
            "status": tape.one(("stable", "stable", "reviewed", "draft", "stable", "stable", "stable", "retired")),
            "norm": tape.one(("prohibition", "obligation", "permission")),
            "bearer": {"role": tape.some(ROLES, 2)},
            "act": tape.some(ACTS, 2),
            "continuing": tape.one(("false", "false", "true")),
            "unless": list(exceptions),
            "finding": {"severity": "core", "statement": "{bearer} did so", "foreseen": "that {bearer} does so"},
        }
        for gate, tenths, depth in (("only_if", 1, 1), ("addressee", 1, 1), ("bound", 1, 1), ("place", 2, 1)):
            if tape.often(tenths):
                found[gate] = self.condition("event", depth, this=member)
        if self.of_objects() and tape.often(5):
            found["object"] = self.condition("object", tape.below(3))
        if tape.often(6):
            found["when"] = self.condition("event", tape.below(3), this=member)
        if tape.often(3):
            found["confidence"] = tape.one(CONFIDENCES)
        return found

    def instrument(self, name: str, files: dict[str, str], *, member: bool) -> None:
        """One instrument with all its files."""
        tape = self.tape
        provisions = [f"{name}:{number}" for number in (1, 2, 3)]
        tree: Tree = {
            "format": "treatycheck.instrument/1",
            "id": name,
            "title": "Accord on Kites",
            "short_title": name,
            "abbreviation": name.upper(),
            "kind": "treaty",
            "citation": "invented",
            "member_word": "member",
            "pinpoint": "Art. {pinpoint}",
            "confidence": tape.one(("settled", "settled", "majority", "contested")),
        }
        if member:
            tree["membership"] = self.membership(name, provisions, files)
        either = (["bound", "signatory"], ["signatory"], ["provisional"], ["bound", "signatory", "provisional"])
        standings = tape.one((["bound"], ["bound"], ["bound", "provisional"], ["bound", "provisional"], *either))
        bound: Tree = {"status": "this", "of": "bearer", "is": standings}
        usual: Tree = {"fact": "bearer.kind", "in": ["state", "state_organ"]}
        tree["gates"] = {
            "addressee": self.condition("event", 1, this=member) if tape.often(2) else usual,
            "bound": bound if member else self.condition("event", 1),
        }
        terms = [self.term(f"{name}_t{number}", tape.one(provisions)) for number in range(tape.below(4))]
        exceptions = [self.exception(f"{name}_x{number}", tape.one(provisions)) for number in range(tape.below(3))]
        rules = []
        late = [number for number in range(1 + tape.below(3)) if tape.often(4)]
        timed = member or "event.begun" in self.facts
        self.dated += [f"{name}_r{number}" for number in late if timed]
        for number in range(max(late, default=-1) + 2):
            own = [one["id"] for one in exceptions if number == 0 or tape.often(4)]
            rule = self.rule(f"{name}_r{number}", tape.one(provisions), own)
            if timed and number in late:
                rule["deadline"] = self.deadline(rule["id"], name, files)
            rules.append(rule)
        tree["provisions"] = []
        for provision in provisions:
            encoding = [one["id"] for one in (*terms, *exceptions, *rules) if one["provision"] == provision]
            why = {"encoded_by": encoding} if encoding else {"why_not": "It binds nobody."}
            tree["provisions"].append({"id": provision, "paraphrase": "A paragraph.", "kind": "prohibition", **why})
        files[f"{name}/instrument.yaml"] = _yaml(tree)
        contents = {"terms": terms, "exceptions": exceptions, "rules": rules}
        files[f"{name}/rules.yaml"] = _yaml({key: entries for key, entries in contents.items() if entries})


_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "kind": KINDS,
    "role": ROLES,
    "link": ("direct", "organ", "alleged"),
    "modality": tuple(MODALITIES),
    "act": ACTS,
}
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


def drawn(choices: bytes) -> Drawn:
    """The rulebook that these bytes come to."""
    tape = Tape(choices)
    draft = _Draft(tape)
    files: dict[str, str] = {}
    draft.facts = _facts(tape)
    second = tape.often(4)
    members = {"ka": True, **({"kb": tape.often(5)} if second else {})}
    # Status may be asked under any instrument with a register, also by what is defined before it.
    draft.members = [name for name, member in members.items() if member]
    for name, member in members.items():
        draft.instrument(name, files, member=member)
    files["rulebook.yaml"] = _yaml(
        {
            "format": "treatycheck.rulebook/1",
            "name": "an invented law",
            "version": "1.0.0",
            "as_of": AS_OF.isoformat(),
            "states": "registers/states.csv",
            "models": "registers/kites.csv",
            "instruments": [*members],
        }
    )
    files["registers/states.csv"] = _table(
        ("code", "name", "aliases", *_ALWAYS),
        [{"code": code, "name": name, "source": "invented", "verified": "yes"} for code, name in STATES.items()],
    )
    files["registers/kites.csv"] = _models(tape)
    files["vocabulary.yaml"] = _vocabulary(draft.facts)
    chosen: dict[str, str] = {}
    positions = []
    for number, (position, answers) in enumerate(draft.positions.items()):
        alternatives = {one: {"summary": one, "confidence": tape.one(CONFIDENCES)} for one in answers}
        named = {"id": position, "reference": f"K-{number}", "question": "Which is it?", "default": tape.one(answers)}
        positions.append({**named, "alternatives": alternatives})
        if tape.often(3):
            chosen[position] = tape.one(answers)
    files["positions.yaml"] = _yaml({"positions": positions})
    acts = sorted({act for act in ACTS if any(f'"{act}"' in text for name, text in files.items() if "rules" in name)})
    as_of = EPOCH + timedelta(5000 + 16 * tape.below(256)) if tape.often(2) else None
    draft.days += [AS_OF, AS_OF + timedelta(1)]
    if as_of is not None:
        draft.days.append(as_of)
    return Drawn(files, acts or [*ACTS], draft.days, _columns(tape, draft.facts), draft.asked, chosen, as_of)


def _facts(tape: Tape) -> list[str]:
    """The facts of the vocabulary: one of the event at least; what is looked up comes with what finds it."""
    named = [name for name in FACTS if tape.often(3)] or ["event.purpose"]
    if any(name.startswith("model.") for name in named) and "object.model" not in named:
        named.append("object.model")
    if all(name.startswith(_OF_OBJECTS) for name in named):
        named.append("event.purpose")
    return named


def _columns(tape: Tape, facts: Sequence[str]) -> list[str]:
    """The columns of a table: those that every table has, and most of the others."""
    found = [*REQUIRED]
    found += [name for name in (DATE,) if tape.below(16) != 15]
    stated = [name for name in facts if not name.startswith(("model.", "attribution."))]
    found += [name for name in stated if tape.below(8) != 7]
    found += [f"{name}.strength" for name in (DATE, *stated, *ROLES) if tape.below(8) == 7]
    found += ["dispute"] if tape.often(3) else []
    for role in ROLES[: 2 + tape.below(2)]:
        found += [role + part for part, missing in (("", 8), (".code", 1), (".kind", 1)) if tape.below(16) >= missing]
    return found


def _models(tape: Tape) -> str:
    """The register of designations, in which one alias may stand for two."""
    aliases = tape.one(("Big Bird", "Big Bird|wren", ""))
    rows = [
        {"model": "Albatross 3", "aliases": aliases, "category": tape.one(("storm", "fair")), "span": "10.0"},
        {"model": "Wren", "aliases": tape.one(("", "big-bird")), "category": tape.one(("fair", "storm", UNKNOWN))},
        {"model": "Grün", "category": tape.one(("storm", UNKNOWN)), "span": tape.one(NUMBERS)},
    ]
    for row in rows:
        row |= {
            "source": "invented",
            "verified": tape.one(VERIFIED),
            "span": row.get("span") or tape.one(("2.5", UNKNOWN)),
        }
    return _table(("model", "aliases", "category", "span", *_ALWAYS), rows)


def _vocabulary(facts: Sequence[str]) -> str:
    return _yaml(
        {
            "format": "treatycheck.vocabulary/1",
            "acts": {act: {"label": act} for act in ACTS},
            "roles": {role: {"label": role} for role in ROLES},
            "actor_kinds": {kind: {"label": kind} for kind in KINDS},
            "modalities": {name: {"effect": effect, "label": name} for name, effect in MODALITIES.items()},
            "document_kinds": {"news_article": {"label": "news article", "strongest": "S3"}},
            "facts": {name: {"question": "What is it?", **FACTS[name]} for name in facts},
        }
    )


def _yaml(tree: Tree) -> str:
    """A tree as YAML: JSON is a part of it."""
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


# Rows

_USUAL: Final[Mapping[str, Sequence[str]]] = {
    "modality": (*["occurred"] * 8, "announced", "announced", "planned", "denied"),
    "strength": ("S2", "S4", "S3", "S2", "S3", "S1", "S0"),
    "dispute": ("", "", "none", "denied", "contradicted", "retracted"),
}


def row(drawn_: Drawn, rulebook: Rulebook, schema: FlatSchema, choices: bytes) -> Cells:
    """The row of a table that these bytes come to; now and then one that is refused."""
    tape = Tape(choices)
    cells: dict[str, str] = {}
    for name in drawn_.columns:
        column = schema.by_name[name]
        if column.required or tape.below(16) != 15:
            cells[name] = _cell(tape, drawn_, rulebook, column)
    for role in schema.roles:
        if cells.get(role + OF_KIND) in ("state", "state_organ") and cells.get(f"{role}.code", "") in ("", UNKNOWN):
            # Such a row is refused for want of a code, which now and then is enough.
            if f"{role}.code" in drawn_.columns and tape.below(32) != 31:
                cells[f"{role}.code"] = tape.one([*STATES])
            else:
                cells[role + OF_KIND] = tape.one(("club", UNKNOWN, ""))
    if tape.below(32) == 31:
        cells[tape.one(drawn_.columns)] = tape.one(BAD)
    return {name: text for name, text in cells.items() if text}


def _cell(tape: Tape, drawn_: Drawn, rulebook: Rulebook, column: Column) -> str:  # noqa: C901 - a list of kinds
    part = column.name.rpartition(".")[2]
    if column.name == DATE:
        return _date(tape, drawn_.days)
    if column.name == "act":
        return tape.one([*drawn_.acts, *drawn_.acts, *ACTS])
    if column.part == "row" or column.kind == "strength":
        return tape.one(_USUAL[part])
    if tape.below(16) == 15:
        return UNKNOWN
    if part == "kind":
        return tape.one((*["state"] * 8, "state_organ", "state_organ", "club", UNKNOWN))
    asked = [text for text in drawn_.asked.get(column.name, ()) if text not in ("ZZZ", *KINDS)]
    if asked and tape.often(6):
        return tape.one(asked)
    match column.kind:
        case "word":
            return tape.one(column.words)
        case "truth":
            return tape.one(("yes", "no"))
        case "number":
            return tape.one((*NUMBERS, *MORE_NUMBERS))
        case "state":
            return tape.one([*rulebook.states.codes])
        case "model":
            return tape.one(DESIGNATIONS)
        case "date":
            return _date(tape, drawn_.days)
    return tape.one(NAMES if column.part == "actor" else TEXTS)


def _date(tape: Tape, days: Sequence[date]) -> str:
    """A date on, just before or just after a day that something turns on; sometimes not a day."""
    day = tape.one(days[:256]) + timedelta((0, 1, -1, 30, 400, 1000, 2000, 4000, -400)[tape.below(9)])
    if day > AS_OF and tape.below(8) != 7:
        day = AS_OF
    match tape.below(40):
        case 12:
            return f"{day:%Y-%m}"
        case 13:
            return f"{day:%Y}"
        case 14:
            return f"[{day.isoformat()}..{(day + timedelta(tape.below(256))).isoformat()}]"
        case 15:
            return f"{day.isoformat()}/.."
        case 16:
            return f"[..{day.isoformat()}]"
        case 17:
            return "XXXX"
        case 18:
            return f"{day.isoformat()}~"
        case 19:
            return f"{day.isoformat()}/{(day + timedelta(tape.below(256))).isoformat()}"
    return day.isoformat()


def texts(drawn_: Drawn) -> Iterator[str]:
    """The files of a rulebook in a form that can be read where a test fails."""
    for name, text in sorted(drawn_.files.items()):
        yield f"--- {name}\n{text}"
