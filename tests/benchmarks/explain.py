"""What it costs to explain: all findings of the seeds beside checking them, and one finding among very many events.

Checks the seeds without and with everything that is said of each finding, in turn in one process, and prints the
medians with their ratio; then does the same with whole commands. For one finding, the casefile is the seeds over and
over under other ids; what is measured is finding and explaining it beside checking the whole. Exits with 1 when a ratio
is above its limit. Run as

    uv run python tests/benchmarks/explain.py [REPETITIONS]
"""

from __future__ import annotations

import gc
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile
from treatycheck.check import Options, check
from treatycheck.explanations import Wanted, explain, locate
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 2.0
LIMIT_OF_ONE = 0.1
REPETITIONS = 9
EVENTS = 10_000


def seconds(work: Callable[[], object]) -> float:
    """The wall time of one call, without what it leaves for the collector of garbage."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(works: Sequence[Callable[[], object]], repetitions: int) -> list[float]:
    """The medians of works done in turn, after one round that is not counted."""
    rounds = [[seconds(work) for work in works] for _ in range(repetitions + 1)][1:]
    return [statistics.median(times) for times in zip(*rounds, strict=True)]


def command(*words: str) -> Callable[[], object]:
    """A command in a process of its own, from a warm cache of the rulebook and without a kept report."""

    def run() -> None:
        arguments = (sys.executable, "-m", "treatycheck", *words)
        subprocess.run(arguments, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    return run


def many(casefile: Casefile, wanted: int) -> Casefile:
    """The events of a casefile over and over, each under an id of its own."""
    each = sum(len(dossier.events) for dossier in casefile.dossiers)
    dossiers = []
    for dossier in casefile.dossiers:
        copies = [
            replace(event, id=f"{event.id}-{number}")
            for number in range(-(-wanted // each))
            for event in dossier.events
        ]
        dossiers.append(replace(dossier, events=tuple(copies)))
    return Casefile(tuple(dossiers))


def one_of_many(rulebook: Rulebook, casefile: Casefile) -> tuple[int, float, float]:
    """How many events there are, and the seconds for one finding and for checking all without any explanation."""
    large = many(casefile, EVENTS)
    events = sum(len(dossier.events) for dossier in large.dossiers)
    small = replace(large, dossiers=tuple(replace(one, events=one.events[:1]) for one in large.dossiers))
    found = check(rulebook, small, Options(insight=False)).findings[0].id

    def explained() -> None:
        wanted = locate(rulebook, large, found)
        assert isinstance(wanted, Wanted)
        assert len(explain(rulebook, large, wanted).explained) == 1

    one = min(seconds(explained) for _ in range(3))
    return events, one, seconds(lambda: check(rulebook, large, Options(insight=False)))


def main(arguments: Sequence[str]) -> int:
    """Measure, print the figures and judge."""
    repetitions = int(arguments[0]) if arguments else REPETITIONS
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TREATYCHECK_CACHE"] = folder
        rulebook = load_rulebook(ROOT / "rules")
        casefile = load_casefile([ROOT / "seeds"], rulebook)
        gc.set_threshold(100_000)
        plain, with_insight = in_turn(
            [lambda: check(rulebook, casefile, Options(insight=False)), lambda: check(rulebook, casefile)], repetitions
        )
        print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, both engines")
        print(f"medians of {repetitions} in turn, seconds")
        ratio = with_insight / plain
        print(f"check seeds in process  {plain:.3f}  with all explanations  {with_insight:.3f}  ratio {ratio:.2f}")
        status, why = in_turn(
            [command("whatif", "seeds", "--as-of", "2026-11-21"), command("explain", "all", "seeds")], 3
        )
        print(f"two checks as a command {status:.3f}  `explain all seeds`  {why:.3f}")
        events, one, everything = one_of_many(rulebook, casefile)
        share = one / everything
        print(
            f"{events:,} events: one finding explained in {one:.3f}, all checked in {everything:.3f}, ratio {share:.3f}"
        )
    print(f"limits: {LIMIT} for all explanations, {LIMIT_OF_ONE} for one")
    return 0 if ratio <= LIMIT and share <= LIMIT_OF_ONE else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
