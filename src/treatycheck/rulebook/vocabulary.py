"""What events may say and rules may ask: acts, roles, kinds of actor, facts with their types, values and questions.

A noun of the rulebook; the words themselves are data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal

from treatycheck import dates

FactType = Literal["truth", "code", "text", "number", "state", "date"]
Effect = Literal["actual", "prospective", "negated"]
Strongest = Literal["", "S0", "S1", "S2", "S3", "S4"]

_CLOSED = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A code with the words a reader sees and what it means.

    A role has the preposition it takes in a sentence; a kind of document the strongest grade that it can carry.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    label: str
    description: str = ""
    preposition: str = ""
    strongest: Strongest = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Modality:
    """How a source speaks of an event; `effect` says whether it asserts conduct, foresees it or denies it."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    effect: Effect
    label: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """A fact read from a register: the row is found by the value of fact `by`."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    register: str
    by: str
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBy:
    """A fact that a register answers and that leaves no question to ask, for all its values or those named."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    fact: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact of the vocabulary; its id begins with what it belongs to (`object.`, `model.`, `event.`, `place.` …).

    `values` says what each value means, `labels` how it is called where its own words would read badly; `label` is what
    the fact is called in a sentence. Where a register has the answer of `told_by`, nobody is asked for this fact; what
    rules make of it stays as it is.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    type: FactType
    question: str
    values: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    label: str = ""
    lookup: Lookup | None = None
    told_by: ToldBy | None = None
    scope: Literal["object", "event"] = "event"

    def refuses(self, operand: str) -> tuple[str, bool]:
        """What the fact's type wants, and whether `operand` is not that."""
        if self.type == "truth":
            return "`yes` or `no`", operand not in ("yes", "no")
        if self.type == "code":
            return "one of " + ", ".join(f"`{value}`" for value in self.values), operand not in self.values
        if self.type == "number":
            return "a number such as `1200`", not is_number(operand)
        if self.type == "state":
            return "an ISO 3166-1 alpha-3 code such as `NOR`", not (
                len(operand) == _CODE_LENGTH and operand.isascii() and operand.isupper()
            )
        if self.type == "date":
            return "a date such as `2024-11-20` or `2024`", not is_date(operand)
        return "a text", not operand.strip()


def is_number(text: str) -> bool:
    """Whether a text is a plain decimal number of at least zero."""
    return text.isascii() and text.replace(".", "", 1).isdigit()


def is_date(text: str) -> bool:
    """Whether a text is a date in the notation of `dates`."""
    try:
        dates.parse(text)
    except dates.DateError:
        return False
    return True


_CODE_LENGTH = 3
_OBJECT_PREFIXES = ("object.", "model.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All words an event or a rule may use."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    format: Literal["treatycheck.vocabulary/1"]
    acts: Mapping[str, Word]
    roles: Mapping[str, Word]
    actor_kinds: Mapping[str, Word]
    modalities: Mapping[str, Modality]
    document_kinds: Mapping[str, Word]
    facts: Mapping[str, Fact]
    # A run asks for the same few facts for every step of every proof.
    _asked: dict[str, Fact | None] = field(init=False, repr=False, compare=False, default_factory=dict)

    def fact(self, name: str) -> Fact | None:
        """The fact with that id: of the vocabulary, or one every event has (act, bearer and role facts)."""
        if name not in self._asked:
            self._asked[name] = self._fact(name)
        return self._asked[name]

    def _fact(self, name: str) -> Fact | None:
        found = self.facts.get(name)
        if found is not None:
            if found.scope == "event" and name.startswith(_OBJECT_PREFIXES):
                return replace(found, scope="object")
            return found
        return self._built_in(name)

    def said(self, name: str, value: str) -> str:
        """A value of a fact as a sentence calls it: by its label, or in its own words."""
        fact = self.fact(name)
        return (fact.labels if fact is not None else {}).get(value, value.replace("_", " "))

    def _built_in(self, name: str) -> Fact | None:
        if name == "event.act":
            return _coded("Which act is it?", "the act", self.acts)
        if name == "event.modality":
            labels = {key: word.label for key, word in self.modalities.items()}
            question = "Has it happened, or is it only announced?"
            return Fact(type="code", question=question, values=labels, labels=labels, label="how it is reported")
        owner, _, attribute = name.partition(".")
        if owner != "bearer" and owner not in self.roles:
            return None
        who = "the bearer" if owner == "bearer" else f"the {self.roles[owner].label}"
        if attribute == "kind":
            question = f"What kind of actor is {who}: a State, an organ, an armed group?"
            return _coded(question, f"what kind of actor {who} is", self.actor_kinds)
        if attribute == "code":
            return Fact(type="state", question=f"Which State is {who}?", label=f"who {who} is")
        if owner == "bearer" and attribute == "role":
            question = "In which role did the bearer take part, and who says so?"
            return _coded(question, "the role of the bearer", self.roles)
        if owner == "bearer" and attribute == "link":
            question = "Did the bearer act itself or through another actor?"
            return Fact(type="code", question=question, values=_LINKS, labels=_LINK_LABELS, label="who acted")
        return None

    def fact_names(self) -> Iterable[str]:
        """Every fact id a rule may use."""
        yield from self.facts
        yield from ("event.act", "event.modality", "bearer.kind", "bearer.code", "bearer.role", "bearer.link")
        for role in self.roles:
            yield from (f"{role}.kind", f"{role}.code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """Words that one instrument adds to the vocabulary."""

    __pydantic_config__: ClassVar[Mapping[str, str]] = _CLOSED

    format: Literal["treatycheck.vocabulary/1"]
    acts: Mapping[str, Word] = field(default_factory=dict)
    roles: Mapping[str, Word] = field(default_factory=dict)
    actor_kinds: Mapping[str, Word] = field(default_factory=dict)
    modalities: Mapping[str, Modality] = field(default_factory=dict)
    document_kinds: Mapping[str, Word] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)


SECTIONS = ("acts", "roles", "actor_kinds", "modalities", "document_kinds", "facts")
"""The parts of a vocabulary, in all of which a word is defined once."""


def joined(words: Vocabulary, added: Additions) -> Vocabulary:
    """The vocabulary with additions; on a conflict the vocabulary's own word stays."""
    return replace(
        words,
        acts={**added.acts, **words.acts},
        roles={**added.roles, **words.roles},
        actor_kinds={**added.actor_kinds, **words.actor_kinds},
        modalities={**added.modalities, **words.modalities},
        document_kinds={**added.document_kinds, **words.document_kinds},
        facts={**added.facts, **words.facts},
    )


_LINKS: Mapping[str, str] = {
    "direct": "The bearer took part itself.",
    "organ": "An organ of the bearer took part.",
    "alleged": "Another actor took part whose conduct might be attributed to the bearer.",
}


_LINK_LABELS: Mapping[str, str] = {
    "direct": "itself",
    "organ": "through its organ",
    "alleged": "through an actor whose conduct might be attributed to it",
}


def _coded(question: str, label: str, words: Mapping[str, Word]) -> Fact:
    """The fact that is one of some words of the vocabulary."""
    return Fact(
        type="code",
        question=question,
        values={key: word.description or word.label for key, word in words.items()},
        labels={key: word.label for key, word in words.items()},
        label=label,
    )
