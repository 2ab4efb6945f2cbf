"""Random rulebooks of an invented law, written as the files that lawyers write.

Every rulebook is valid by construction, so that the loader's refusal of one is a mistake here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.properties.rulebook_conditions import Conditions
from tests.properties.rulebook_registers import Registers
from tests.properties.rulebook_words import (
    ACTS,
    AS_OF,
    CONFIDENCES,
    EPOCH,
    FACTS,
    OF_OBJECTS,
    ROLES,
    Lots,
    Tree,
    vocabulary,
    yaml_of,
)

from treatycheck.screen.schema import DATE, REQUIRED


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
    """A rulebook that is being made up: its conditions ask about its facts, its registers and what it has defined."""

    lots: Lots
    conditions: Conditions
    registers: Registers

    def term(self, name: str, provision: str) -> Tree:
        """A term, in one reading or two."""
        lots = self.lots
        scope = lots.choice(("event", "object") if self.conditions.of_objects() else ("event",))
        found: Tree = {"id": name, "title": name, "provision": provision, "scope": scope}
        if lots.often(3):
            answers = ["narrow", "wide"]
            found["position"] = f"reading_{name}"
            found["readings"] = {
                one: {"when": self.conditions.draw(scope), "confidence": lots.choice(CONFIDENCES)} for one in answers
            }
            self.registers.positions[f"reading_{name}"] = answers
        else:
            found |= {"when": self.conditions.draw(scope), "confidence": lots.choice((*CONFIDENCES, "settled"))}
            found["evaluative"] = lots.choice(("false", "false", "true"))
        self.conditions.terms[name] = scope
        return found

    def exception(self, name: str, provision: str) -> Tree:
        """An exception."""
        lots = self.lots
        found: Tree = {"id": name, "title": name, "provision": provision, "when": self.conditions.draw("event", 1)}
        found["if_unstated"] = lots.choice(("assume_not", "assume_not", "ask"))
        if lots.often(3):
            found["assumed_at_most"] = lots.choice(("S3", "S2", "S1"))
        return found

    def deadline(self, rule: str, instrument: str) -> Tree:
        """The deadline of a rule, sometimes with a register of last days."""
        lots = self.lots
        member = instrument in self.conditions.members
        starts = ["entry_into_force"] * 2 if member else []
        starts += ["event.begun"] if "event.begun" in self.conditions.facts else []
        found: Tree = {"start": lots.choice(starts), "period": lots.choice(("P1Y", "P4Y", "P180D", "P3M"))}
        found["fulfilled"] = self.conditions.draw("event", 1, this=member)
        found["yearly"] = lots.choice(("false", "false", "true"))
        found["extendable"] = lots.choice(("false", "true"))
        if lots.often(4):
            found["register"] = f"{rule}.csv"
            self.registers.files[f"{instrument}/{rule}.csv"] = self.registers.last_days()
        return found

    def rule(self, name: str, provision: str, exceptions: Sequence[str]) -> Tree:
        """A rule without its deadline."""
        lots = self.lots
        member = provision.partition(":")[0] in self.conditions.members
        found: Tree = {
            "id": name,
            "title": name,
            "provision": provision,
            "status": lots.choice(("stable", "stable", "reviewed", "draft", "stable", "stable", "stable", "retired")),
            "norm": lots.choice(("prohibition", "obligation", "permission")),
            "bearer": {"role": lots.some(ROLES, 2)},
            "act": lots.some(ACTS, 2),
            "continuing": lots.choice(("false", "false", "true")),
            "unless": list(exceptions),
            "finding": {"severity": "core", "statement": "{bearer} did so", "foreseen": "that {bearer} does so"},
        }
        for gate, tenths, depth in (("only_if", 1, 1), ("addressee", 1, 1), ("bound", 1, 1), ("place", 2, 1)):
            if lots.often(tenths):
                found[gate] = self.conditions.draw("event", depth, this=member)
        if self.conditions.of_objects() and lots.often(5):
            found["object"] = self.conditions.draw("object", lots.randrange(3))
        if lots.often(6):
            found["when"] = self.conditions.draw("event", lots.randrange(3), this=member)
        if lots.often(3):
            found["confidence"] = lots.choice(CONFIDENCES)
        return found

    def instrument(self, name: str, *, member: bool) -> None:
        """One instrument with all its files."""
        lots = self.lots
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
            "confidence": lots.choice(("settled", "settled", "majority", "contested")),
        }
        if member:
            tree["membership"] = self.registers.membership(name, provisions)
        either = (["bound", "signatory"], ["signatory"], ["provisional"], ["bound", "signatory", "provisional"])
        standings = lots.choice((["bound"], ["bound"], ["bound", "provisional"], ["bound", "provisional"], *either))
        bound: Tree = {"status": "this", "of": "bearer", "is": standings}
        usual: Tree = {"fact": "bearer.kind", "in": ["state", "state_organ"]}
        tree["gates"] = {
            "addressee": self.conditions.draw("event", 1, this=member) if lots.often(2) else usual,
            "bound": bound if member else self.conditions.draw("event", 1),
        }
        terms = [self.term(f"{name}_t{number}", lots.choice(provisions)) for number in range(lots.randrange(4))]
        exceptions = [
            self.exception(f"{name}_x{number}", lots.choice(provisions)) for number in range(lots.randrange(3))
        ]
        rules = []
        late = [number for number in range(1 + lots.randrange(3)) if lots.often(4)]
        timed = member or "event.begun" in self.conditions.facts
        self.conditions.dated += [f"{name}_r{number}" for number in late if timed]
        for number in range(max(late, default=-1) + 2):
            own = [one["id"] for one in exceptions if number == 0 or lots.often(4)]
            rule = self.rule(f"{name}_r{number}", lots.choice(provisions), own)
            if timed and number in late:
                rule["deadline"] = self.deadline(rule["id"], name)
            rules.append(rule)
        tree["provisions"] = []
        for provision in provisions:
            encoding = [one["id"] for one in (*terms, *exceptions, *rules) if one["provision"] == provision]
            why = {"encoded_by": encoding} if encoding else {"why_not": "It binds nobody."}
            tree["provisions"].append({"id": provision, "paraphrase": "A paragraph.", "kind": "prohibition", **why})
        files = self.registers.files
        files[f"{name}/instrument.yaml"] = yaml_of(tree)
        contents = {"terms": terms, "exceptions": exceptions, "rules": rules}
        files[f"{name}/rules.yaml"] = yaml_of({key: entries for key, entries in contents.items() if entries})


def drawn(lots: Lots) -> Drawn:
    """A rulebook of one or two instruments, one of which at least has a register of States."""
    facts = _facts(lots)
    registers = Registers(lots)
    files = registers.files
    members = {"ka": True, **({"kb": lots.often(5)} if lots.often(4) else {})}
    conditions = Conditions(lots, facts, [name for name, member in members.items() if member], registers.days)
    draft = _Draft(lots, conditions, registers)
    for name, member in members.items():
        draft.instrument(name, member=member)
    files["rulebook.yaml"] = yaml_of(
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
    registers.shared()
    files["vocabulary.yaml"] = vocabulary(facts)
    chosen: dict[str, str] = {}
    positions = []
    for number, (position, answers) in enumerate(registers.positions.items()):
        alternatives = {one: {"summary": one, "confidence": lots.choice(CONFIDENCES)} for one in answers}
        named = {
            "id": position,
            "reference": f"K-{number}",
            "question": "Which is it?",
            "default": lots.choice(answers),
        }
        positions.append({**named, "alternatives": alternatives})
        if lots.often(3):
            chosen[position] = lots.choice(answers)
    files["positions.yaml"] = yaml_of({"positions": positions})
    acts = sorted({act for act in ACTS if any(f'"{act}"' in text for name, text in files.items() if "rules" in name)})
    as_of = EPOCH + timedelta(5000 + lots.randrange(4096)) if lots.often(2) else None
    days = [*registers.days, AS_OF, AS_OF + timedelta(1), *([as_of] if as_of is not None else [])]
    return Drawn(files, acts or [*ACTS], days, _columns(lots, facts), conditions.asked, chosen, as_of)


def _facts(lots: Lots) -> list[str]:
    """The facts of the vocabulary: one of the event at least; what is looked up comes with what finds it."""
    named = [name for name in FACTS if lots.often(3)] or ["event.purpose"]
    if any(name.startswith("model.") for name in named) and "object.model" not in named:
        named.append("object.model")
    if all(name.startswith(OF_OBJECTS) for name in named):
        named.append("event.purpose")
    return named


def _columns(lots: Lots, facts: Sequence[str]) -> list[str]:
    """The columns of a table: those that every table has, and most of the others."""
    found = [*REQUIRED]
    found += [] if lots.rarely(16) else [DATE]
    stated = [name for name in facts if not name.startswith(("model.", "attribution."))]
    found += [name for name in stated if not lots.rarely(8)]
    found += [f"{name}.strength" for name in (DATE, *stated, *ROLES) if lots.rarely(8)]
    found += ["dispute"] if lots.often(3) else []
    for role in ROLES[: 2 + lots.randrange(2)]:
        found += [
            role + part for part, missing in (("", 8), (".code", 1), (".kind", 1)) if lots.randrange(16) >= missing
        ]
    return found


def texts(drawn_: Drawn) -> Iterator[str]:
    """The files of a rulebook in a form that can be read where a test fails."""
    for name, text in sorted(drawn_.files.items()):
        yield f"--- {name}\n{text}"
