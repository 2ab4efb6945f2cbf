"""Checks what the files of a rulebook say about each other: ids, provisions, roles, positions, words.

Each mistake is one diagnostic at the place where it is written; the shape of each file has been checked before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from treatycheck.errors import Diagnostic, did_you_mean, listed
from treatycheck.rulebook.conditions import Condition, PassedTest, StatusTest, TermTest, leaves, located
from treatycheck.rulebook.model import Exempting, Instrument, Position, Procedure, Rule, Rulebook, Term
from treatycheck.rulebook.phrases import brace_faults, statement_faults, wording_faults
from treatycheck.rulebook.timing import as_of_faults, calendar_faults, period_faults
from treatycheck.rulebook.vocabulary import Fact
from treatycheck.yaml import YamlDocument

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC414": "a fact is looked up in what the register does not have",
        "TC416": "what decides whether a rule is asked at all is empty",
        "TC419": "a rule has no words for conduct that is only foreseen",
        "TC420": "a provision does not carry the id of its instrument",
        "TC421": "a provision says neither what encodes it nor why nothing does, or both",
        "TC422": "a provision is said to be encoded by something that is not defined",
        "TC423": "a name that is not defined in the rulebook",
        "TC424": "an exception that no rule names",
        "TC425": "a term has not exactly one way of being read",
        "TC426": "answers to a contested question do not match the question",
        "TC429": "a term is defined by itself",
        "TC469": "a contested question has neither a reference nor a reason why it has none, or both",
    }
)
OPEN: Final = "unknown"
"""In a register: nobody knows."""

TreePath = tuple[str | int, ...]
Origins = dict[str, tuple[YamlDocument, TreePath]]
"""Where each id was defined; files go by their names, and `facts <name>` is where an instrument adds a fact."""


def check(rulebook: Rulebook, origins: Origins) -> list[Diagnostic]:
    """Every mistake in the references of a rulebook."""
    found: list[Diagnostic] = []

    def report(name: str, path: TreePath, code: str, message: str, help_line: str) -> None:
        source, where = origins[name]
        place = source.at((*where, *path))
        found.append(Diagnostic(source.file, place.line, place.column, code, message, help_line))

    linter = _Linter(rulebook, origins, report)
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
        linter.reference(position)
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
    origins: Origins
    report: Callable[[str, TreePath, str, str, str], None]
    provisions: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.provisions = frozenset(
            provision.id for instrument in self.rulebook.instruments.values() for provision in instrument.provisions
        )

    def manifest(self) -> None:
        for fault in as_of_faults(self.rulebook.manifest.as_of):
            self.report("rulebook.yaml", *fault)
        for fault in wording_faults(self.rulebook.wording):
            self.report("wording.yaml", *fault)
        for name, fact in self.rulebook.vocabulary.facts.items():
            for path, message, help_line in (*self._lookup(fact), *self._told_by(fact)):
                if f"facts {name}" in self.origins:
                    self.report(f"facts {name}", path, "TC414", message, help_line)
                else:
                    self.report("vocabulary.yaml", ("facts", name, *path), "TC414", message, help_line)

    def _lookup(self, fact: Fact) -> Iterator[tuple[TreePath, str, str]]:
        """What is wrong with the look-up of a fact, if it has one."""
        lookup = fact.lookup
        if lookup is None:
            return
        facts, register = self.rulebook.vocabulary.facts, PurePosixPath(self.rulebook.manifest.models).stem
        if lookup.register != register:
            help_line = f"facts are looked up in `{register}`"
            yield ("lookup", "register"), f"unknown register `{lookup.register}`", help_line
        if lookup.by not in facts:
            help_line = did_you_mean(lookup.by, facts) or "name the fact of the vocabulary that finds the row"
            yield ("lookup", "by"), f"unknown fact `{lookup.by}`", help_line
        rows = self.rulebook.models.rows
        columns = rows[0].values if rows else {}
        if lookup.column not in columns:
            help_line = did_you_mean(lookup.column, columns) or f"the columns are {listed(columns)}"
            yield ("lookup", "column"), f"the register has no column `{lookup.column}`", help_line
            return
        cells = sorted({row.values[lookup.column] for row in rows} - {OPEN})
        for cell in cells:
            wanted, refused = fact.refuses(cell)
            if refused:
                help_line = f"a look-up of this type needs {wanted}, or `{OPEN}`"
                yield ("lookup", "column"), f"the register has `{cell}` in the column `{lookup.column}`", help_line

    def reference(self, position: Position) -> None:
        """A contested question is one of a list, or it is said why none has it."""
        if bool(position.reference.strip()) == bool(position.why_no_reference.strip()):
            given = "both" if position.reference.strip() else "neither"
            self.report(
                position.id,
                ("reference",) if given == "both" else ("id",),
                "TC469",
                f"`{position.id}` has {given} of `reference` and `why_no_reference`",
                "give its number in the list of contested readings, or say under `why_no_reference` why it has none",
            )
        elif position.reference == position.id:
            self.report(
                position.id,
                ("reference",),
                "TC469",
                f"the reference of `{position.id}` is its own id",
                "give its number in the list of contested readings, or say under `why_no_reference` why it has none",
            )

    def _told_by(self, fact: Fact) -> Iterator[tuple[TreePath, str, str]]:
        """What is wrong with the fact that makes the question of this one needless, if there is one."""
        if fact.told_by is None:
            return
        facts = self.rulebook.vocabulary.facts
        looked_up = [name for name, one in facts.items() if one.lookup is not None]
        if fact.told_by.fact not in looked_up:
            help_line = did_you_mean(fact.told_by.fact, looked_up) or f"use {listed(looked_up)}"
            yield ("told_by", "fact"), f"`{fact.told_by.fact}` is not looked up in a register", help_line
            return
        for position, value in enumerate(fact.told_by.values):
            wanted, refused = facts[fact.told_by.fact].refuses(value)
            if refused:
                yield ("told_by", "values", position), f"`{fact.told_by.fact}` is never `{value}`", f"it is {wanted}"

    def instrument(self, instrument: Instrument) -> None:
        name = instrument.id
        self._provisions(instrument)
        for gate in ("addressee", "bound"):
            self._condition(name, ("gates", gate), getattr(instrument.gates, gate), "event")
        for fault in brace_faults(instrument.pinpoint, ("pinpoint",), "`pinpoint`"):
            self.report(name, ("pinpoint",), *fault)
        for dated in calendar_faults(instrument):
            self.report(name, *dated)
        membership = instrument.membership
        if membership is None:
            return
        for index, pinpoint in enumerate(membership.provisional_covers):
            self._provision(name, ("membership", "provisional_covers", index), pinpoint)
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

    def _provisions(self, instrument: Instrument) -> None:
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
            for index, encoder in enumerate(provision.encoded_by):
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
                        ("encoded_by", index),
                        "TC422",
                        f"`{encoder}` encodes `{provision.id}` but is not defined",
                        did_you_mean(encoder, known)
                        or "give the id of a rule, a term or an exception, or `membership`",
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
        if not rule.finding.foreseen and rule.deadline is None:
            help_line = "word conduct that is announced or conditional, for example `the use of {objects} by {bearer}`"
            self.report(rule.id, ("finding",), "TC419", f"rule `{rule.id}` has no `foreseen`", help_line)
        self._provision(rule.id, ("provision",), rule.provision)
        self._named(rule.id, ("act",), "act", rule.act, words.acts)
        self._named(rule.id, ("bearer", "role"), "role", rule.bearer.role, words.roles)
        for index, exception in enumerate(rule.unless):
            if exception not in self.rulebook.exceptions:
                self._unknown(rule.id, ("unless", index), "exception", exception, self.rulebook.exceptions)
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
            for fault in period_faults(("deadline", "period"), rule.deadline.period):
                self.report(rule.id, *fault)
            start = self.rulebook.vocabulary.fact(rule.deadline.start)
            if rule.deadline.start != "entry_into_force" and (start is None or start.type != "date"):
                self.report(
                    rule.id,
                    ("deadline", "start"),
                    "TC427",
                    f"`{rule.deadline.start}` is no start of a deadline",
                    "use `entry_into_force`, or a fact of type `date`",
                )
            elif start is None and self.rulebook.instruments[rule.instrument].membership is None:
                self.report(
                    rule.id,
                    ("deadline", "start"),
                    "TC427",
                    f"`{rule.instrument}` has no register, so its entry into force is not known",
                    "add `membership:` to the instrument, or state the duty without a deadline",
                )
        for fault in statement_faults(rule.finding, words.roles):
            self.report(rule.id, *fault)

    def procedure(self, procedure: Procedure) -> None:
        words = self.rulebook.vocabulary
        self._provision(procedure.id, ("provision",), procedure.provision)
        self._named(procedure.id, ("act",), "act", procedure.act, words.acts)
        self._named(procedure.id, ("subject", "role"), "role", procedure.subject.role, words.roles)
        for index, stage in enumerate(procedure.stages):
            self._condition(procedure.id, ("stages", index, "when"), stage.when, "event")

    def _condition(self, owner: str, path: TreePath, condition: Condition, scope: str) -> None:
        for place, leaf in located(condition, path):
            if isinstance(leaf, StatusTest):
                self._status(owner, (*place, "status"), leaf)
            if isinstance(leaf, PassedTest):
                self._passed(owner, (*place, "deadline"), leaf.rule)
            if not isinstance(leaf, TermTest):
                continue
            term = self.rulebook.terms.get(leaf.term)
            if term is None:
                self._unknown(owner, (*place, "term"), "term", leaf.term, self.rulebook.terms)
            elif scope == "object" and term.scope == "event":
                self.report(
                    owner,
                    (*place, "term"),
                    "TC404",
                    f"term `{leaf.term}` speaks of the event, not of one object",
                    "an object condition may only use terms with `scope: object`",
                )

    def _status(self, owner: str, path: TreePath, test: StatusTest) -> None:
        instruments = self.rulebook.instruments
        asked = test.instrument
        if asked == "this":
            if owner in self.rulebook.terms.keys() | self.rulebook.exceptions.keys():
                message, help_line = (
                    "`this` has no meaning outside a rule",
                    f"name the instrument: {listed(instruments)}",
                )
                self.report(owner, path, "TC407", message, help_line)
                return
            ruled = self.rulebook.rules.get(owner) or self.rulebook.procedures.get(owner)
            asked = owner if ruled is None else ruled.instrument
        if instruments[asked].membership is None:
            message = f"`{asked}` has no register of who is bound"
            self.report(owner, path, "TC407", message, "add `membership:` to the instrument, or ask for a fact instead")

    def _passed(self, owner: str, path: TreePath, name: str) -> None:
        dated = [rule.id for rule in self.rulebook.rules.values() if rule.deadline is not None]
        if name not in self.rulebook.rules:
            self._unknown(owner, path, "rule", name, dated)
        elif name not in dated:
            self.report(owner, path, "TC409", f"rule `{name}` has no deadline", f"name one of {listed(dated)}")

    def _named(self, owner: str, path: TreePath, what: str, names: tuple[str, ...], known: Iterable[str]) -> None:
        """Check a list of acts or roles by which a rule or procedure is found to be engaged."""
        choices = tuple(known)
        if not names:
            help_line = f"name at least one {what}; a rule without one is never asked"
            self.report(owner, path, "TC416", f"`{path[-1]}` of `{owner}` is empty", help_line)
        for index, name in enumerate(names):
            if name not in choices:
                self._unknown(owner, (*path, index), what, name, choices)

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
