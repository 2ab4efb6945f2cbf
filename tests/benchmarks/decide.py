"""How many pairs of bearer and event both engines decide in a second against the project's own rulebook.

The pairs are those of the five seeds, decided over and over by both engines, with every answer compared and every rule
concluded; nothing is remembered from one pair to the next. Run as

    uv run python tests/benchmarks/decide.py [SECONDS]
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile, Dossier, Event
from treatycheck.check import under
from treatycheck.engine.agreement import Panel
from treatycheck.engine.chambers import Chambers
from treatycheck.engine.compile import chosen_positions
from treatycheck.engine.outcomes import conclude
from treatycheck.engine.program import CompiledRule
from treatycheck.facts import EventFacts, bearers
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 8_000
SECONDS = 3.0


@dataclass(frozen=True)
class Case:
    """An event with the verdicts of its leaves, and for each bearer the rules that are asked of it."""

    panel: Panel
    effect: str
    objects: Sequence[Sequence[int]]
    pairs: Sequence[tuple[Sequence[int], Sequence[CompiledRule]]]

    @property
    def rules(self) -> int:
        """How many rules are asked in all."""
        return sum(len(rules) for _, rules in self.pairs)

    def decide(self) -> int:
        """Decide every pair of the event by both engines and conclude its rules; returns how many pairs there were."""
        _, lifted = self.panel.decide_objects(self.objects)
        for leaves, rules in self.pairs:
            verdicts = self.panel.decide_event(leaves, lifted)
            for rule in rules:
                conclude(rule, lifted, verdicts, effect=self.effect, standing="")
        self.panel.answered.clear()
        return len(self.pairs)


def prepared(rulebook: Rulebook, chambers: Chambers, dossier: Dossier, event: Event, as_of: date) -> Case:
    """The case of an event, with its facts read once."""
    program, panel = chambers.of(event.act.value)
    facts = EventFacts(rulebook, dossier, event, as_of)
    pairs = []
    for bearer in bearers(dossier, event):
        roles = {participant.role for participant in bearer.participants}
        rules = [rule for rule in program.rules if not roles.isdisjoint(rule.rule.bearer.role)]
        pairs.append(([one.verdict for one in facts.event_leaves(program.event_leaves, bearer)], rules))
    objects = [[one.verdict for one in each] for each in facts.object_leaves(program.object_leaves)]
    return Case(panel, rulebook.vocabulary.modalities[event.modality.value].effect, objects, pairs)


def restricted(rulebook: Rulebook, instrument: str) -> Rulebook:
    """The rulebook with the rules of one instrument only."""
    rules = {name: rule for name, rule in rulebook.rules.items() if rule.instrument == instrument}
    return replace(rulebook, rules=rules, procedures={})


def rate(rulebook: Rulebook, casefile: Casefile, wanted: float) -> tuple[float, int]:
    """Pairs a second over some seconds, and how many there are in one round; needs both engines."""
    positions = chosen_positions(rulebook)
    as_of = date.fromisoformat(rulebook.manifest.as_of)
    rulebook = under(rulebook, positions, as_of)
    with Chambers(rulebook, positions) as chambers:
        if chambers.notice:
            raise SystemExit(chambers.notice)
        events = [(dossier, event) for dossier in casefile.dossiers for event in dossier.events]
        cases = [case for case in (prepared(rulebook, chambers, *one, as_of) for one in events) if case.rules]
        decided = 0
        start = time.perf_counter()
        while (spent := time.perf_counter() - start) < wanted:
            decided += sum(case.decide() for case in cases)
        return decided / spent, sum(len(case.pairs) for case in cases)


def main(arguments: Sequence[str]) -> int:
    """Measure for some seconds, print the figures and judge that of the first instrument."""
    wanted = float(arguments[0]) if arguments else SECONDS
    rulebook = load_rulebook(ROOT / "rules")
    casefile = load_casefile([ROOT / "seeds"], rulebook)
    first = next(iter(rulebook.instruments))
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, both engines")
    rates = {}
    for name, law in ((first, restricted(rulebook, first)), ("all instruments", rulebook)):
        rates[name], pairs = rate(law, casefile, wanted)
        figures = f"{rates[name]:7,.0f} pairs a second, {1e6 / rates[name]:4.0f} µs a pair"
        print(f"{name:<16} {len(law.rules):3} rules, {pairs:3} pairs a round: {figures}")
    print(f"limit for {first}: {LIMIT:,}")
    return 0 if rates[first] >= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
