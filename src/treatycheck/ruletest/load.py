"""Reads files of rule tests: events in the shape of a casefile, varied from test to test, and what is expected of each.

Every mistake of a run is reported together; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final

from treatycheck import shape, yaml
from treatycheck.casefile.differing import check_accounts
from treatycheck.casefile.model import DocumentEntry, Dossier, Event
from treatycheck.casefile.words import TreePath, Words
from treatycheck.documents.quotes import Quote
from treatycheck.documents.text import Document
from treatycheck.engine.outcomes import Outcome
from treatycheck.errors import Diagnostic, InputError, attempt
from treatycheck.facts import bearers
from treatycheck.rulebook.model import Rulebook
from treatycheck.ruletest.draft import Draft, draft
from treatycheck.ruletest.model import Case, Content, Entry, Excuse, Expected, Suite
from treatycheck.yaml import YamlDocument

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC460": "a part of a rule test that cannot be so",
        "TC461": "a rule, an instrument or a condition that does not exist",
        "TC462": "an event that the file of tests does not have",
        "TC463": "a place that a test changes or removes and that does not exist",
        "TC464": "an expectation in a word that no finding has",
        "TC465": "a bearer whom the event does not have",
        "TC466": "an event that no test uses, or a test that exists twice",
        "TC467": "a position, or an answer to it, that does not exist",
    }
)

_QUOTE: Final = "test"
_DEFAULTS: Final[Mapping[str, object]] = {"source": {"asserter": "the test"}, "quotes": [_QUOTE]}


def load_suite(paths: Iterable[Path], rulebook: Rulebook, conditions: Iterable[str]) -> Suite:
    """Read files of tests; `conditions` are the names that may be called impossible. Raises `InputError`."""
    problems: list[Diagnostic] = []
    cases: list[Case] = []
    excuses: list[Excuse] = []
    known = tuple(conditions)
    for path in paths:
        source = attempt(partial(yaml.read, path), problems)
        if source is None:
            continue
        content = shape.build(Content, source.value, source, problems.append)
        if content is not None:
            reader = _Reader(source, content, rulebook, problems)
            cases += reader.cases()
            excuses += reader.excuses(known)
    if problems:
        raise InputError(problems)
    return Suite(tuple(cases), tuple(excuses))


@dataclass(slots=True)
class _Reader:
    """Reads one file of tests."""

    source: YamlDocument
    content: Content
    rulebook: Rulebook
    problems: list[Diagnostic]
    words: Words = field(init=False)

    def __post_init__(self) -> None:
        self.words = Words(self.rulebook, self.source, self.problems.append)

    def cases(self) -> Iterator[Case]:
        """Every test that can be run, after checking the whole file."""
        self.words.actors(self.content.actors, ("actors",))
        used = {test.event for test in self.content.tests}
        for name in self.content.events:
            self._event(self._draft(name))
            if name not in used:
                self.words.problem(
                    ("events", name), "TC466", f"no test uses event `{name}`", "use it in a test, or remove it"
                )
        names: dict[str, int] = {}
        for index, test in enumerate(self.content.tests):
            path: TreePath = ("tests", index)
            line = self.source.at(path).line
            if test.name in names:
                self.words.problem(
                    (*path, "name"),
                    "TC466",
                    f"test `{test.name}` exists already",
                    f"the first one is on line {names[test.name]}; give this one another name",
                )
            names.setdefault(test.name, line)
            case = self._case(test, path, line)
            if case is not None:
                yield case

    def excuses(self, known: Sequence[str]) -> Iterator[Excuse]:
        """What the file calls impossible."""
        for index, one in enumerate(self.content.impossible):
            for number, condition in enumerate(one.conditions):
                path = ("impossible", index, "conditions", number)
                self._known(condition, known, path, "TC461", "condition")
                yield Excuse(self.source.file, self.source.at(path).line, condition, one.value)

    def _case(self, test: Entry, path: TreePath, line: int) -> Case | None:
        before = len(self.problems)
        rules = [rule.id for rule in self.rulebook.rules.values() if rule.status != "retired"]
        self._known(test.rule, rules, (*path, "rule"), "TC461", "rule")
        self._known(test.event, self.content.events, (*path, "event"), "TC462", "event")
        self._expected(test.expect, (*path, "expect"))
        for name, chosen in test.positions.items():
            here = (*path, "positions", name)
            self._known(name, self.rulebook.positions, here, "TC467", "position")
            if name in self.rulebook.positions:
                self._known(chosen, self.rulebook.positions[name].alternatives, here, "TC467", "answer")
        as_of = self._day(test.as_of, (*path, "as_of")) if test.as_of else None
        if test.event not in self.content.events:
            return None
        varied = self._draft(test.event)
        wrong = [varied.change(key, value, (*path, "change", key)) for key, value in test.change.items()]
        wrong += [varied.remove(key, (*path, "remove", index)) for index, key in enumerate(test.remove)]
        for mistake in wrong:
            if mistake is not None:
                self.words.problem(*mistake)
        event = self._event(varied)
        if event is None or len(self.problems) > before:
            return None
        dossier = self._dossier(event)
        keys = [bearer.key for bearer in bearers(dossier, event)]
        self._known(test.bearer, keys, (*path, "bearer"), "TC465", "bearer")
        return Case(
            self.source.file, line, test.name, test.rule, test.bearer, dossier, test.expect, test.positions, as_of
        )

    def _expected(self, expected: Expected, path: TreePath) -> None:
        vocabulary = self.rulebook.vocabulary
        self._known(expected.outcome, tuple(map(str, Outcome)), (*path, "outcome"), "TC464", "outcome")
        if expected.reason is not None:
            self._known(expected.reason, self.rulebook.wording.reasons, (*path, "reason"), "TC464", "reason")
        lists: tuple[tuple[str, tuple[str, ...] | None, Iterable[str], str], ...] = (
            ("missing", expected.missing, ("date", "object", "accounts", *vocabulary.fact_names()), "fact"),
            ("positions", expected.positions, self.rulebook.positions, "position"),
            ("assumed_not", expected.assumed_not, self.rulebook.exceptions, "exception"),
        )
        for key, names, known, what in lists:
            choices = tuple(known)
            for index, name in enumerate(names or ()):
                self._known(name, choices, (*path, key, index), "TC464", what)
        if expected.due is not None:
            self._day(expected.due, (*path, "due"))

    def _draft(self, name: str) -> Draft:
        return draft(self.source, name, self.content.events[name])

    def _event(self, varied: Draft) -> Event | None:
        """The event of a draft, or None after reporting what is wrong with it."""
        before = len(self.problems)
        source = varied.source
        for route, place in varied.keys.items():
            if route[-1:] == ("quotes",) or (len(route) == 1 and route[0] in _DEFAULTS):
                message = f"`{route[-1]}` has no meaning in a test"
                help_line = "remove it; a test decides on facts and strengths, whoever reports them"
                self.problems.append(Diagnostic(source.file, place.line, place.column, "TC460", message, help_line))
        event = shape.build(Event, _quoted(varied.tree), source, self.problems.append)
        if event is not None:
            words = Words(self.rulebook, source, self.problems.append)
            words.event(event, self.content.actors, ())
            check_accounts(event, self.content.actors, (), words)
        return event if len(self.problems) == before else None

    def _dossier(self, event: Event) -> Dossier:
        """The event as if an analyst had read it in a document: the one quote stands for all evidence."""
        text = "The words of a test."
        document = Document(self.source.file, "", text)
        entry = DocumentEntry(file=self.source.file, sha256="", title=event.title, kind="other", date=event.date)
        quotes = {_QUOTE: Quote(0, len(text), text)}
        return Dossier(self.source.file, document, entry, self.content.actors, (event,), quotes, "")

    def _day(self, written: str, path: TreePath) -> date | None:
        try:
            return date.fromisoformat(written)
        except ValueError:
            self.words.problem(path, "TC460", f"`{written}` is not a day", "write it as `2024-03-31`")
            return None

    def _known(self, name: str, known: Iterable[str], path: TreePath, code: str, what: str) -> None:
        self.words.known(name, known, path, code, what)


def _quoted(tree: Mapping[str, object]) -> dict[str, object]:
    """An event of a test with what says who reported it, which the accounts of it need as well."""
    accounts = tree.get("accounts")
    if not isinstance(accounts, list):
        return {**_DEFAULTS, **tree}
    told = [{"quotes": _DEFAULTS["quotes"], **one} if isinstance(one, dict) else one for one in accounts]
    return {**_DEFAULTS, **tree, "accounts": told}
