"""Checks what the files of a rulebook say about each other: ids, provisions, roles, positions, words.

Each mistake is one diagnostic at the place where it is written; the shape of each file has been checked before.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from treatycheck.dates import DateError, parse, parse_period
from treatycheck.errors import Diagnostic, did_you_mean, listed
from treatycheck.rulebook.conditions import Condition, StatusTest, TermTest, leaves
from treatycheck.rulebook.model import Exempting, Instrument, Procedure, Rule, Rulebook, Term
from treatycheck.yaml import YamlDocument

TreePath = tuple[str | int, ...]
Origins = dict[str, tuple[YamlDocument, TreePath]]
"""Where each id was defined."""

OWN_PLACEHOLDERS: Final = ("bearer", "act", "objects", "date", "place", "due", "citation")
"""What the statement of a rule may take from an event, besides the roles of the vocabulary."""


def check(rulebook: Rulebook, origins: Origins) -> list[Diagnostic]:
    """Every mistake in the references of a rulebook."""
    found: list[Diagnostic] = []

    def report(name: str, path: TreePath, code: str, message: str, help_line: str) -> None:
        source, where = origins[name]
        place = source.at((*where, *path))
        found.append(Diagnostic(source.file, place.line, place.column, code, message, help_line))

    linter = _Linter(rulebook, report)
    linter.manifest()
    for instrument in rulebook.instruments.values():
        linter.instrument(instrument)
    for term in rulebook.terms.values():
        linter.term(term)
    for exempting in rulebook.exceptions.values():
        linter.exception(exempting)
    for rule in rulebook.rules.values():
        linter.rule(rule)
    for procedure in rulebook.procedures.values():
        linter.procedure(procedure)
    for position in rulebook.positions.values():
        if position.default not in position.alternatives:
            report(
                position.id,
                ("default",),
                "TC426",
                f"the default `{position.default}` is not among the alternatives",
                f"use {listed(position.alternatives)}",
            )
    linter.circles()
    return found


@dataclass(slots=True)
class _Linter:
    rulebook: Rulebook
    report: Callable[[str, TreePath, str, str, str], None]
    provisions: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.provisions = frozenset(
            provision.id for instrument in self.rulebook.instruments.values() for provision in instrument.provisions
        )

    def manifest(self) -> None:
        try:
            when = parse(self.rulebook.manifest.as_of)
        except DateError as error:
            self.report("rulebook.yaml", ("as_of",), "TC413", error.message, error.help)
        else:
            if when.earliest is None or when.earliest != when.latest:
                self.report(
                    "rulebook.yaml",
                    ("as_of",),
                    "TC413",
                    f"`{when.text}` is not one day",
                    "write the day up to which the registers were checked, as `2026-11-22`",
                )
        for name, fact in self.rulebook.vocabulary.facts.items():
            if fact.lookup is None:
                continue
            columns = self.rulebook.models.rows[0].values if self.rulebook.models.rows else {}
            if fact.lookup.by not in self.rulebook.vocabulary.facts or fact.lookup.column not in columns:
                self.report(
                    "vocabulary.yaml",
                    ("facts", name, "lookup"),
                    "TC414",
                    f"the look-up of `{name}` names no fact or no column of the register",
                    f"the columns are {listed(columns)}",
                )

    def instrument(self, instrument: Instrument) -> None:
        name = instrument.id
        for provision in instrument.provisions:
            if provision.id.partition(":")[0] != name:
                self.report(
                    provision.id,
                    ("id",),
                    "TC420",
                    f"`{provision.id}` does not begin with `{name}:`",
                    f"a provision of this instrument is `{name}:` and its pinpoint",
                )
            if bool(provision.encoded_by) == bool(provision.why_not):
                self.report(
                    provision.id,
                    (),
                    "TC421",
                    f"`{provision.id}` needs either `encoded_by` or `why_not`",
                    "name what encodes the paragraph, or say in one sentence why nothing does",
                )
            for encoder in provision.encoded_by:
                known = (
                    *self.rulebook.rules,
                    *self.rulebook.terms,
                    *self.rulebook.exceptions,
                    *self.rulebook.procedures,
                    "membership",
                )
                if encoder not in known:
                    self.report(
                        provision.id,
                        ("encoded_by",),
                        "TC422",
                        f"`{encoder}` encodes `{provision.id}` but is not defined",
                        did_you_mean(encoder, known)
                        or "give the id of a rule, a term or an exception, or `membership`",
                    )
        for gate in ("addressee", "bound"):
            self._condition(name, ("gates", gate), getattr(instrument.gates, gate), "event")
        membership = instrument.membership
        if membership is None:
            return
        for pinpoint in membership.provisional_covers:
            self._provision(name, ("membership", "provisional_covers"), pinpoint)
        suspension = membership.suspension
        if suspension is not None:
            position = self.rulebook.positions.get(suspension.position)
            if position is None:
                self._unknown(
                    name,
                    ("membership", "suspension", "position"),
                    "position",
                    suspension.position,
                    self.rulebook.positions,
                )
            elif set(position.alternatives) != set(suspension.effects):
                self.report(
                    name,
                    ("membership", "suspension", "effects"),
                    "TC426",
                    f"the effects differ from the alternatives of `{position.id}`",
                    f"give one effect for each of {listed(position.alternatives)}",
                )

    def term(self, term: Term) -> None:
        self._provision(term.id, ("provision",), term.provision)
        if (term.when is None) == (not term.readings):
            self.report(
                term.id,
                (),
                "TC425",
                f"term `{term.id}` needs either `when` or `position` with `readings`",
                "a term with one reading has `when`; a contested one has several `readings`",
            )
        if bool(term.position) != bool(term.readings):
            self.report(
                term.id,
                (),
                "TC425",
                f"term `{term.id}` needs both `position` and `readings`, or neither",
                "`position` names who chooses among the `readings`",
            )
        elif term.position:
            position = self.rulebook.positions.get(term.position)
            if position is None:
                self._unknown(term.id, ("position",), "position", term.position, self.rulebook.positions)
            elif set(position.alternatives) != set(term.readings):
                self.report(
                    term.id,
                    ("readings",),
                    "TC426",
                    f"the readings differ from the alternatives of `{position.id}`",
                    f"write one reading for each of {listed(position.alternatives)}",
                )
        if term.when is not None:
            self._condition(term.id, ("when",), term.when, term.scope)
        for name, reading in term.readings.items():
            self._condition(term.id, ("readings", name, "when"), reading.when, term.scope)

    def exception(self, exempting: Exempting) -> None:
        self._provision(exempting.id, ("provision",), exempting.provision)
        self._condition(exempting.id, ("when",), exempting.when, "event")
        if not any(exempting.id in rule.unless for rule in self.rulebook.rules.values()):
            self.report(
                exempting.id,
                (),
                "TC424",
                f"no rule names the exception `{exempting.id}`",
                "name it under `unless:` of the rules it defeats, or remove it",
            )

    def rule(self, rule: Rule) -> None:
        words = self.rulebook.vocabulary
        self._provision(rule.id, ("provision",), rule.provision)
        for act in rule.act:
            if act not in words.acts:
                self._unknown(rule.id, ("act",), "act", act, words.acts)
        for role in rule.bearer.role:
            if role not in words.roles:
                self._unknown(rule.id, ("bearer", "role"), "role", role, words.roles)
        for exception in rule.unless:
            if exception not in self.rulebook.exceptions:
                self._unknown(rule.id, ("unless",), "exception", exception, self.rulebook.exceptions)
        for gate, scope in (
            ("only_if", "event"),
            ("addressee", "event"),
            ("bound", "event"),
            ("place", "event"),
            ("when", "event"),
            ("object", "object"),
        ):
            condition = getattr(rule, gate)
            if condition is not None:
                self._condition(rule.id, (gate,), condition, scope)
        if rule.deadline is not None:
            self._condition(rule.id, ("deadline", "fulfilled"), rule.deadline.fulfilled, "event")
            try:
                parse_period(rule.deadline.period)
            except DateError as error:
                self.report(rule.id, ("deadline", "period"), "TC427", error.message, error.help)
        self._placeholders(rule)

    def procedure(self, procedure: Procedure) -> None:
        words = self.rulebook.vocabulary
        self._provision(procedure.id, ("provision",), procedure.provision)
        for act in procedure.act:
            if act not in words.acts:
                self._unknown(procedure.id, ("act",), "act", act, words.acts)
        for role in procedure.subject.role:
            if role not in words.roles:
                self._unknown(procedure.id, ("subject", "role"), "role", role, words.roles)
        for index, stage in enumerate(procedure.stages):
            self._condition(procedure.id, ("stages", index, "when"), stage.when, "event")

    def _placeholders(self, rule: Rule) -> None:
        allowed = (*OWN_PLACEHOLDERS, *self.rulebook.vocabulary.roles)
        try:
            used = [name for _, name, _, _ in string.Formatter().parse(rule.finding.statement) if name is not None]
        except ValueError:
            self.report(
                rule.id,
                ("finding", "statement"),
                "TC428",
                "the braces of the statement do not match",
                "write `{bearer}` with both braces",
            )
            return
        for name in used:
            if name not in allowed:
                self.report(
                    rule.id,
                    ("finding", "statement"),
                    "TC428",
                    f"unknown word `{{{name}}}` in the statement",
                    did_you_mean(name, allowed) or f"use {listed(OWN_PLACEHOLDERS)} or a role",
                )

    def _condition(self, owner: str, path: TreePath, condition: Condition, scope: str) -> None:
        for leaf in leaves(condition):
            if (
                isinstance(leaf, StatusTest)
                and leaf.instrument == "this"
                and owner in self.rulebook.terms.keys() | self.rulebook.exceptions.keys()
            ):
                self.report(
                    owner,
                    path,
                    "TC407",
                    "`this` has no meaning outside a rule",
                    f"name the instrument: {listed(self.rulebook.instruments)}",
                )
            if not isinstance(leaf, TermTest):
                continue
            term = self.rulebook.terms.get(leaf.term)
            if term is None:
                self._unknown(owner, path, "term", leaf.term, self.rulebook.terms)
            elif scope == "object" and term.scope == "event":
                self.report(
                    owner,
                    path,
                    "TC404",
                    f"term `{leaf.term}` speaks of the event, not of one object",
                    "an object condition may only use terms with `scope: object`",
                )

    def _provision(self, owner: str, path: TreePath, pinpoint: str) -> None:
        if pinpoint not in self.provisions:
            self._unknown(owner, path, "provision", pinpoint, self.provisions)

    def _unknown(self, owner: str, path: TreePath, what: str, name: str, known: Iterable[str]) -> None:
        choices = tuple(known)
        self.report(
            owner,
            path,
            "TC423",
            f"unknown {what} `{name}`",
            did_you_mean(name, choices) or f"use one of {listed(choices)}",
        )

    def circles(self) -> None:
        """Report terms that are defined by themselves."""
        uses = {
            name: frozenset(_terms(term)) & self.rulebook.terms.keys() for name, term in self.rulebook.terms.items()
        }
        settled: set[str] = set()
        while ready := {name for name, used in uses.items() if name not in settled and used <= settled}:
            settled |= ready
        for name in uses.keys() - settled:
            if _reaches(name, name, uses):
                self.report(name, (), "TC429", f"term `{name}` is defined by itself", "break the circle of terms")


def _terms(term: Term) -> Iterator[str]:
    conditions = [reading.when for reading in term.readings.values()] + ([term.when] if term.when is not None else [])
    for condition in conditions:
        yield from (leaf.term for leaf in leaves(condition) if isinstance(leaf, TermTest))


def _reaches(start: str, goal: str, uses: Mapping[str, frozenset[str]]) -> bool:
    seen: set[str] = set()
    waiting = list(uses[start])
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            waiting += uses[name]
    return False
