"""Random conditions: what a rule, a term or an exception of an invented law may ask of an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from tests.properties.rulebook_words import (
    DESIGNATIONS,
    FACTS,
    NUMBERS,
    OF_OBJECTS,
    OPERATORS,
    ROLES,
    STATES,
    TEXTS,
    WORDS,
    Lots,
    Tree,
)


@dataclass
class Conditions:
    """What conditions may speak of: facts, instruments with a register, and what has been defined so far.

    `days` are those on which something turns; `dated` the rules that have a deadline; `terms` have their scope.
    """

    lots: Lots
    facts: Sequence[str]
    members: Sequence[str]
    days: list[date]
    dated: list[str] = field(default_factory=list)
    terms: dict[str, str] = field(default_factory=dict)
    asked: dict[str, list[str]] = field(default_factory=dict)
    """What facts are compared with."""

    def draw(self, scope: str, depth: int = 2, *, this: bool = False) -> Tree:
        """A condition on the event or on one object; with `this`, it may name its own instrument."""
        lots = self.lots
        kind = lots.randrange(8) if depth else 0
        if kind < 4:
            return self.leaf(scope, this=this)
        if kind == 4:
            return {"not": self.draw(scope, depth - 1, this=this)}
        parts = [self.draw(scope, depth - 1, this=this) for _ in range((2, 3, 1, 2)[lots.randrange(4)])]
        return {lots.choice(("all", "any", "any")): parts}

    def leaf(self, scope: str, *, this: bool = False) -> Tree:
        """One question."""
        lots = self.lots
        if scope == "object":
            terms = [name for name, of in self.terms.items() if of == "object"]
            if terms and lots.often(3):
                return {"term": lots.choice(terms)}
            return self.fact(self.of_objects())
        kind = lots.randrange(10)
        if kind == 5 and self.terms:
            return {"term": lots.choice([*self.terms])}
        if kind == 6:
            return self.fact(self.people())
        if kind == 7:
            return {"date": "event", lots.choice(("on_or_after", "before")): self.new_day().isoformat()}
        if kind == 8 and self.members:
            return self.status(this=this)
        if kind == 9 and self.dated:
            return {"deadline": lots.choice(self.dated), "is": "passed"}
        return self.fact([name for name in self.facts if not name.startswith(OF_OBJECTS)])

    def of_objects(self) -> list[str]:
        """The facts of the vocabulary that an object has."""
        return [name for name in self.facts if name.startswith(OF_OBJECTS)]

    def people(self) -> list[str]:
        """The facts that every event has."""
        of_roles = [f"{role}.{part}" for role in ROLES for part in ("code", "kind")]
        own = ("bearer.kind", "bearer.code", "bearer.role", "bearer.link", "event.modality", "event.act")
        return [*own, *of_roles]

    def fact(self, names: Sequence[str]) -> Tree:
        """A question about one of these facts."""
        lots = self.lots
        name = lots.choice(names) if names else "event.act"
        part = name.rpartition(".")[2]
        if name in FACTS:
            kind, values = str(FACTS[name]["type"]), self.values(name)
        elif part == "code":
            kind, values = "state", (*STATES, "ZZZ")
        else:
            kind, values = "code", WORDS[part]
        operator = lots.choice(OPERATORS[kind])
        if operator == "is_stated":
            return {"fact": name, "is_stated": lots.choice(("true", "false"))}
        operands = lots.some(values, 2) if operator == "in" else [lots.choice(values)]
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
        """A question about the standing of a State."""
        lots = self.lots
        of = lots.choice(("bearer", "place", *ROLES))
        named = lots.choice(["this", *self.members] if this else self.members)
        return {"status": named, "of": of, "is": lots.some(("bound", "signatory", "provisional"), 2)}

    def new_day(self) -> date:
        """A day that something turns on, often one that something else turns on too."""
        lots = self.lots
        day = lots.choice(self.days) if lots.often(3) else lots.day()
        self.days.append(day)
        return day
