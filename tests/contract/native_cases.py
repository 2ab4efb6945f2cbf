"""The contract with the native matcher: every function without parameters that returns None is one clause of it.

Run as `python native_cases.py <clause>`: a clause that does not hold ends in an exception, a crash, a hang or output
of this process, and never in a lost test run.
"""

from __future__ import annotations

import gc
import json
import random
import sys
import threading
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import durable_rules_engine as native

from treatycheck.engine.matcher import MAX_FLAGS, MAX_RULES, Matcher, MatcherError

FLAGS = tuple(f"a{number}_{rail}" for number in range(30) for rail in "tf")


def holding(conjunctions: Sequence[Collection[str]], flags: Collection[str]) -> frozenset[int]:
    """Answer the question of `Matcher.match` by set inclusion alone."""
    return frozenset(index for index, conjunction in enumerate(conjunctions) if set(conjunction) <= set(flags))


def seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - draws cases, keeps no secret


def drawn(seed: int, size: int) -> list[frozenset[str]]:
    source = seeded(seed)
    return [frozenset(source.sample(FLAGS, source.randint(1, 5))) for _ in range(size)]


def resident_kilobytes() -> int:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise RuntimeError("the system does not tell the resident size")


@contextmanager
def rulesets_seen() -> Iterator[list[int]]:
    """Collect the handles of the native rulesets created meanwhile."""
    create = native.create_ruleset
    seen: list[int] = []

    def recording(name: str, rules: str) -> int:
        seen.append(create(name, rules))
        return seen[-1]

    native.create_ruleset = recording
    try:
        yield seen
    finally:
        native.create_ruleset = create


def raw_ruleset(*conditions: dict[str, object]) -> int:
    rules = {f"rule{number}": {"all": [{"m": condition}]} for number, condition in enumerate(conditions)}
    handle: int = native.create_ruleset("raw", json.dumps(rules))
    return handle


def all_rules_fire() -> None:
    conjunctions = [["a"], ["a", "b"], ["b"], ["b", "c"], ["a", "b", "c"], ["d"]]
    with Matcher(conjunctions) as matcher:
        assert matcher.match({"a", "b", "c"}) == frozenset(range(5))


def a_fact_without_a_rule_gives_code_one() -> None:
    assert native.assert_fact(raw_ruleset({"a": 1}), '{"id":"e","b":1}')[0] == 1


def a_fact_with_a_rule_gives_code_zero() -> None:
    assert native.assert_fact(raw_ruleset({"a": 1}), '{"id":"e","a":1}')[0] == 0


def forty_eight_rules_match_at_once() -> None:
    names = [f"a{number}" for number in range(MAX_RULES - 1)]
    with rulesets_seen() as rulesets, Matcher([[name] for name in names]) as matcher:
        assert matcher.match(names) == frozenset(range(MAX_RULES - 1))
        assert len(rulesets) == 1


def forty_eight_chains_match_at_once() -> None:
    names = [f"a{number}" for number in range(MAX_FLAGS - 1)]
    chains = [[*names[number : number + 150], "z"] for number in range(MAX_RULES - 1)]
    with rulesets_seen() as rulesets, Matcher(chains) as matcher:
        assert matcher.match([*names, "z"]) == frozenset(range(MAX_RULES - 1))
        assert len(rulesets) == 1


def the_forty_eighth_conjunction_opens_a_second_ruleset() -> None:
    names = [f"a{number}" for number in range(MAX_RULES)]
    with rulesets_seen() as rulesets, Matcher([[name] for name in names]) as matcher:
        assert matcher.match(names) == frozenset(range(MAX_RULES))
        assert len(rulesets) == 2


def two_hundred_flags_in_one_conjunction_match() -> None:
    names = [f"a{number}" for number in range(MAX_FLAGS)]
    with Matcher([names]) as matcher:
        assert (matcher.match(names), matcher.match(names[1:])) == (frozenset({0}), frozenset())


def flags_beyond_two_hundred_open_a_second_ruleset() -> None:
    names = [f"a{number}" for number in range(MAX_FLAGS + 1)]
    with rulesets_seen() as rulesets, Matcher([names[:150], names[100:], names[:50]]) as matcher:
        assert matcher.match(names) == frozenset(range(3))
        assert len(rulesets) == 2


def unknown_rails_match_nothing() -> None:
    with Matcher([["p_t"], ["p_f"], ["p_t", "q_f"]]) as matcher:
        answers = [matcher.match(flags) for flags in (set(), {"p_t"}, {"p_f"}, {"q_f"}, {"p_t", "q_f"})]
        assert answers == [frozenset(), frozenset({0}), frozenset({1}), frozenset(), frozenset({0, 2})]


def a_duplicate_id_raises() -> None:
    with rulesets_seen() as rulesets, Matcher([["a"]]) as matcher:
        native.assert_fact(rulesets[0], '{"id":"e","K":1}')
        try:
            matcher.match(["a"])
        except MatcherError as error:
            assert "answered (2, " in str(error)  # noqa: PT017 - pytest is not imported here
            return
        raise AssertionError("two facts with one id were taken for one")


def the_id_of_the_fact_is_not_that_of_the_state() -> None:
    with rulesets_seen() as rulesets, Matcher([["a"]]) as matcher:
        matcher.match(["a"])
        assert json.loads(native.get_state(rulesets[0], "0")) == {"sid": "0", "id": "sid-0", "$s": 1}


def retraction_leaves_no_fact() -> None:
    with rulesets_seen() as rulesets, Matcher(drawn(1, 40)) as matcher:
        matcher.match(FLAGS)
        assert json.loads(native.get_facts(rulesets[0], "0")) == []


def names_with_one_hash_are_one_name_to_the_native_code() -> None:
    assert native.assert_fact(raw_ruleset({"liquid": 1}), '{"id":"e","costarring":1}')[0] == 0


def a_hundred_thousand_evaluations_keep_the_memory() -> None:
    conjunctions = drawn(2, 40)
    source = seeded(3)
    raised = [frozenset(source.sample(FLAGS, 25)) for _ in range(100)]
    expected = [holding(conjunctions, flags) for flags in raised]
    with Matcher(conjunctions) as matcher:
        assert [matcher.match(flags) for flags in raised] == expected
        before = resident_kilobytes()
        for _ in range(1_000):
            for flags in raised:
                matcher.match(flags)
        assert resident_kilobytes() - before < 5_000
        assert [matcher.match(flags) for flags in raised] == expected


def opening_and_closing_keeps_the_memory() -> None:
    conjunctions = drawn(4, 60)
    for _ in range(20):
        Matcher(conjunctions).close()
    before = resident_kilobytes()
    for _ in range(300):
        Matcher(conjunctions).close()
    assert resident_kilobytes() - before < 5_000


def no_thread_is_started() -> None:
    tasks = Path("/proc/self/task")
    before = len(list(tasks.iterdir()))
    with Matcher(drawn(5, 40)) as matcher:
        matcher.match(FLAGS)
        assert (len(list(tasks.iterdir())), threading.active_count()) == (before, 1)


def eight_threads_with_a_matcher_each_agree() -> None:
    conjunctions = drawn(6, 100)
    source = seeded(7)
    raised = [frozenset(source.sample(FLAGS, 25)) for _ in range(300)]
    together = threading.Barrier(8)

    def answers(_: int) -> list[frozenset[int]]:
        with Matcher(conjunctions) as matcher:
            together.wait(timeout=20)
            return [matcher.match(flags) for flags in raised]

    switching = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    with ThreadPoolExecutor(8) as pool:
        every = list(pool.map(answers, range(8)))
    sys.setswitchinterval(switching)
    assert every == [[holding(conjunctions, flags) for flags in raised]] * 8


def the_size_guard_refuses_before_the_constructor() -> None:
    with rulesets_seen() as rulesets:
        for too_large in ([[f"a{number}" for number in range(MAX_FLAGS + 1)]], [["a"], [f"b{n}" for n in range(513)]]):
            with suppress(ValueError):
                Matcher(too_large)
                raise AssertionError("a conjunction that is too large was accepted")
        assert rulesets == []


def nothing_is_written_by_a_thousand_evaluations() -> None:
    with Matcher(drawn(8, 100)) as matcher:
        for number in range(1_000):
            matcher.match(FLAGS[number % 60 :])


def closing_an_unused_matcher_twice_is_safe() -> None:
    matcher = Matcher(drawn(9, 100))
    matcher.close()
    matcher.close()


def a_matcher_left_open_at_exit_is_safe() -> None:
    globals()["left_open"] = Matcher(drawn(10, 100))
    globals()["left_open"].match(FLAGS)


def a_forgotten_matcher_frees_its_rulesets() -> None:
    with rulesets_seen() as rulesets:
        Matcher(drawn(11, 100))
        gc.collect()
        assert rulesets
        for ruleset in rulesets:
            with suppress(native.error):
                native.get_facts(ruleset, "0")
                raise AssertionError("a ruleset outlived its matcher")


def three_hundred_drawn_conjunctions_agree_with_set_inclusion() -> None:
    source = seeded(12)
    for seed in range(12):
        conjunctions = drawn(seed, 300)
        with Matcher(conjunctions) as matcher:
            for _ in range(100):
                flags = frozenset(source.sample(FLAGS, source.randint(0, 60)))
                assert matcher.match(flags) == holding(conjunctions, flags)


def any_conjunctions_agree_with_set_inclusion() -> None:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    names = st.sampled_from([f"p{number}_{rail}" for number in range(5) for rail in "tf"])
    cases = 0

    @settings(max_examples=500, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.frozensets(names, min_size=1, max_size=4), max_size=60), st.lists(st.sets(names), min_size=8))
    def agree(conjunctions: list[frozenset[str]], several: list[set[str]]) -> None:
        nonlocal cases
        with Matcher(conjunctions) as matcher:
            for flags in several:
                assert matcher.match(flags) == holding(conjunctions, flags)
                cases += 1

    agree()
    assert cases >= 4_000


if __name__ == "__main__":
    globals()[sys.argv[1]]()
