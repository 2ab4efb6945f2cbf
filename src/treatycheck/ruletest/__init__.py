"""Tests of rules that lawyers write and read, and their runner.

A file of tests stands in the folder `tests` of an instrument and looks like this:

    format: treatycheck.rule-tests/1
    actors:                     # as in an event file
      state: {name: A State, kind: state, code: XXX}
    events:                     # as in an event file, but with neither quotes nor a source
      laying:
        act: use
        modality: occurred
        date: 2010-05-01
        strength: S3            # of everything that has no strength of its own
        participants: [{actor: state, role: user}]
        objects: [{described: the object, model: the model}]
    tests:
      - name: one sentence that says what the rule does
        rule: id-of-the-rule
        event: laying
        bearer: state           # or "state through group", if the conduct of `group` is attributed to the State
        expect: {outcome: reasonable_grounds}
      - name: the day before entry into force it does not apply
        rule: id-of-the-rule
        event: laying
        bearer: state
        change: {date: 2006-05-31, objects.0.activation: command}   # dotted paths, list entries counted from 0
        remove: [objects.0.model]
        positions: {some_position: another_answer}                  # the default answers otherwise
        as_of: 2020-12-31                                           # the rulebook's own day otherwise
        expect: {outcome: not_applicable, reason: not_yet_in_force}
    impossible:                 # truth values that conditions cannot have, so that no test is missed for them
      - value: unknown
        reason: The term asks only what was said.
        conditions: [name of a term]

`expect` may hold `outcome`, `reason`, `strength`, `missing` (facts), `positions`, `due` (a day) and `assumed_not`
(exceptions). The outcome `no_finding` says that the rule is not engaged. Every test runs on all engines there are.
"""

from __future__ import annotations

from treatycheck.ruletest.model import Failure, TestReport, Untried
from treatycheck.ruletest.run import run_tests

__all__ = ["Failure", "TestReport", "Untried", "run_tests"]
