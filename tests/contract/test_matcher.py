"""The matcher against the native extension, in processes of their own, and against a stand-in that breaks its word."""

from __future__ import annotations

import ast
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from treatycheck.engine.matcher import MAX_FLAGS, Matcher, MatcherError, MatcherUnavailable, available
from treatycheck.errors import DefectError, TreatycheckError

NATIVE_CASES = Path(__file__).with_name("native_cases.py")
READING_PROC = {
    "a_hundred_thousand_evaluations_keep_the_memory",
    "opening_and_closing_keeps_the_memory",
    "no_thread_is_started",
}
FAITHFUL: Iterator[object] = itertools.repeat(...)


def clauses() -> list[str]:
    body = ast.parse(NATIVE_CASES.read_text(encoding="utf-8")).body
    functions = [node for node in body if isinstance(node, ast.FunctionDef) and not node.args.args]
    return [node.name for node in functions if isinstance(node.returns, ast.Constant) and node.returns.value is None]


class StandInError(Exception):
    """What the stand-in raises where the extension raises its own error."""


def spoilable(call: Callable[..., Any]) -> Callable[..., Any]:
    def called(stand_in: StandIn, *arguments: object) -> object:
        answer = next(stand_in.spoilt.get(call.__name__, FAITHFUL))
        if isinstance(answer, BaseException):
            raise answer
        return call(stand_in, *arguments) if answer is ... else answer

    return called


class StandIn:
    """A faithful extension for one fact at a time, but for the calls that a test has spoilt."""

    error = StandInError

    def __init__(self) -> None:
        self.rulesets: dict[int, dict[str, set[str]]] = {}
        self.fired: list[str] = []
        self.deleted: list[tuple[str, int]] = []
        self.names: list[str] = []
        self.spoilt: dict[str, Iterator[object]] = {}

    @spoilable
    def create_ruleset(self, name: str, rules: str) -> int:
        self.names.append(name)
        handle = len(self.names)
        self.rulesets[handle] = {}
        for key, rule in json.loads(rules).items():
            condition = rule["all"][0]["m"]
            self.rulesets[handle][key] = {flag for term in condition.get("$and", [condition]) for flag in term}
        return handle

    @spoilable
    def assert_fact(self, ruleset: int, fact: str) -> tuple[int, int]:
        raised = set(json.loads(fact))
        self.fired = [key for key, flags in self.rulesets[ruleset].items() if flags <= raised]
        return 0, 7

    @spoilable
    def retract_fact(self, _ruleset: int, _fact: str) -> tuple[int, int]:
        return 0, 7

    @spoilable
    def start_action_for_state(self, _ruleset: int, _state: int) -> tuple[str, str] | None:
        return ("{}", json.dumps({self.fired[0]: {}})) if self.fired else None

    @spoilable
    def complete_and_start_action(self, _ruleset: int, _state: int) -> str | None:
        del self.fired[:1]
        return json.dumps({self.fired[0]: {}}) if self.fired else None

    def delete_state(self, ruleset: int, _sid: str) -> None:
        self.deleted.append(("state", ruleset))

    def delete_ruleset(self, ruleset: int) -> None:
        self.deleted.append(("ruleset", ruleset))


def answering(*answers: object) -> Iterator[object]:
    """Give these answers in turn, the last one for ever: `...` is the faithful one, an exception is raised."""
    return itertools.chain(answers, itertools.repeat(answers[-1]))


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    extension = StandIn()
    monkeypatch.setitem(sys.modules, "durable_rules_engine", extension)
    return extension


@pytest.mark.skipif(available() is not None, reason=str(available()))
@pytest.mark.parametrize("clause", clauses())
def test_the_native_matcher_keeps_the_contract_in_silence(clause: str) -> None:
    if clause in READING_PROC and not Path("/proc/self/status").exists():
        pytest.skip("the system has no /proc to read")
    command = [sys.executable, "-X", "faulthandler", str(NATIVE_CASES), clause]
    environment = os.environ | {"PYTHONWARNINGS": "default", "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(available() is not None, reason=str(available()))
def test_the_extension_is_not_imported_with_the_module() -> None:
    code = "import sys, treatycheck.engine.matcher; print('durable_rules_engine' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "False\n"


def test_the_contract_has_clauses() -> None:
    assert len(clauses()) >= 20


def test_a_missing_extension_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    reason = available()
    assert reason is not None
    assert (reason.startswith("the extension module `durable_rules_engine` cannot"), "\n" in reason) == (True, False)


def test_a_missing_extension_refuses_the_matcher(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    with pytest.raises(MatcherUnavailable, match="C compiler"):
        Matcher([["a"]])


@pytest.mark.usefixtures("stand_in")
def test_an_extension_that_imports_is_available() -> None:
    assert available() is None


def test_running_outside_the_corridor_is_a_defect_and_a_missing_extension_is_not() -> None:
    assert (issubclass(MatcherError, DefectError), MatcherUnavailable.__mro__[1]) == (True, TreatycheckError)


@pytest.mark.usefixtures("stand_in")
def test_no_conjunctions_match_nothing() -> None:
    with Matcher([]) as matcher:
        assert matcher.match({"a"}) == frozenset()


@pytest.mark.usefixtures("stand_in")
def test_equal_conjunctions_all_match() -> None:
    with Matcher([["a", "b"], ["c"], ["b", "a", "a"], ["a"]]) as matcher:
        assert (matcher.match(["a", "b"]), matcher.match(["c"])) == (frozenset({0, 2, 3}), frozenset({1}))


@pytest.mark.usefixtures("stand_in")
def test_repeated_and_unknown_flags_do_not_count() -> None:
    with Matcher([["a"], ["b"]]) as matcher:
        assert matcher.match(["a", "a", "zzz", 'x":1,"b']) == frozenset({0})


def test_a_ruleset_that_cannot_match_is_not_asked(stand_in: StandIn) -> None:
    with Matcher([["a", "b"], ["b", "c"]]) as matcher:
        stand_in.spoilt["assert_fact"] = answering(AssertionError("asked"))
        assert matcher.match(["a", "zzz"]) == frozenset()


def test_ruleset_names_are_never_used_twice(stand_in: StandIn) -> None:
    for _ in range(3):
        Matcher([[f"a{number}"] for number in range(100)]).close()
    assert (len(stand_in.names), len(set(stand_in.names))) == (9, 9)


def test_no_ruleset_is_larger_than_the_corridor(stand_in: StandIn) -> None:
    with Matcher([[f"a{10 * row + column}" for column in range(10)] for row in range(100)]):
        sizes = [(len(rules), len(set().union(*rules.values()))) for rules in stand_in.rulesets.values()]
    assert [(rules <= 48, flags <= MAX_FLAGS + 1) for rules, flags in sizes] == [(True, True)] * 5


def test_closing_deletes_the_state_before_the_ruleset_and_once(stand_in: StandIn) -> None:
    with Matcher([["a"]]) as matcher:
        matcher.close()
    assert stand_in.deleted == [("state", 1), ("ruleset", 1)]


@pytest.mark.usefixtures("stand_in")
def test_a_closed_matcher_refuses_to_match() -> None:
    matcher = Matcher([["a"]])
    matcher.close()
    with pytest.raises(MatcherError, match="closed"):
        matcher.match(["a"])


@pytest.mark.parametrize(
    ("conjunctions", "message"),
    [
        ([["a"], []], "without flags"),
        ([[f"a{number}" for number in range(MAX_FLAGS + 1)]], "a conjunction of 201 flags"),
        ([["A"]], "`A` is not a flag name"),
        ([["1a"]], "`1a` is not a flag name"),
        ([["a\n"]], "is not a flag name"),
        ([['a"']], "is not a flag name"),
        ([["é"]], "`é` is not a flag name"),
        ([["a" * 65]], "64 characters at most"),
        ([[""]], "`` is not a flag name"),
        ([["id"]], "`id` is not a flag name: the matcher keeps it"),
        ([["a", "sid"]], "`sid` is not a flag name: the matcher keeps it"),
        ([["liquid", "costarring"]], "`liquid` and `costarring` have the same 32-bit hash"),
        ([["liquid"], ["a", "costarring"]], "`costarring` and `liquid` have the same 32-bit hash"),
    ],
)
def test_what_does_not_fit_is_refused_before_the_native_constructor(
    stand_in: StandIn, conjunctions: list[list[str]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Matcher(conjunctions)
    assert stand_in.names == []


@pytest.mark.parametrize(
    ("name", "answers", "message"),
    [
        ("assert_fact", [(1, 7)], r"answered \(1, 7\) to a fact"),
        ("assert_fact", [(2, 7)], r"answered \(2, 7\) to a fact"),
        ("assert_fact", [(0, 8)], r"answered \(0, 8\) to a fact"),
        ("assert_fact", [StandInError("error code: 303")], "failed: error code: 303"),
        ("retract_fact", [(1, 7)], r"answered \(1, 7\) to a retraction"),
        ("start_action_for_state", [None], "not even the sentinel"),
        ("start_action_for_state", [("{}", '{"?":{}}')], r"unknown rule: `\?`"),
        ("complete_and_start_action", [None], "ended without the sentinel"),
        ("complete_and_start_action", ['{"a":{}}'], "ended without the sentinel"),
        ("complete_and_start_action", ['{"_":{}}'], "unknown rule: `_`"),
        ("complete_and_start_action", ['{"a":{}}', '{"_":{}}', None], "fired twice"),
    ],
)
def test_a_broken_word_is_a_defect_and_closes_the_matcher(
    stand_in: StandIn, name: str, answers: list[object], message: str
) -> None:
    matcher = Matcher([["a"], ["b"]])
    stand_in.spoilt[name] = answering(*answers)
    with pytest.raises(MatcherError, match=message):
        matcher.match(["a"])
    assert stand_in.deleted == [("state", 1), ("ruleset", 1)]


def test_an_interrupt_passes_and_closes_the_matcher(stand_in: StandIn) -> None:
    matcher = Matcher([["a"]])
    stand_in.spoilt["complete_and_start_action"] = answering(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        matcher.match(["a"])
    assert stand_in.deleted == [("state", 1), ("ruleset", 1)]


@pytest.mark.parametrize(
    ("name", "answers", "message"),
    [
        ("create_ruleset", [..., StandInError("error code: 106")], "refused a ruleset: error code: 106"),
        ("assert_fact", [..., (1, 7)], r"answered \(1, 7\) to a fact that raises the sentinel alone"),
        ("start_action_for_state", [..., ("{}", '{"a":{}}')], "ended without the sentinel"),
        ("complete_and_start_action", [..., '{"_":{}}', None], "fired 1 rules with no flag raised"),
    ],
)
def test_a_ruleset_that_fails_its_proof_is_left_and_the_proved_ones_are_freed(
    stand_in: StandIn, name: str, answers: list[object], message: str
) -> None:
    stand_in.spoilt[name] = answering(*answers)
    if name == "complete_and_start_action":
        stand_in.spoilt["start_action_for_state"] = answering(..., ("{}", '{"a":{}}'))
    with pytest.raises(MatcherError, match=message):
        Matcher([[f"a{number}"] for number in range(50)])
    assert stand_in.deleted == [("state", 1), ("ruleset", 1)]


def test_an_interrupt_while_building_frees_what_was_built(stand_in: StandIn) -> None:
    stand_in.spoilt["assert_fact"] = answering(..., KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        Matcher([[f"a{number}"] for number in range(50)])
    assert stand_in.deleted == [("state", 1), ("ruleset", 1)]
