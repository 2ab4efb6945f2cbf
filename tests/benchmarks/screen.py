"""What screening costs beside SQL written by hand for the same questions: the workload MBC-8.

Runs `treatycheck screen` and both variants of `by_hand` in turn, each time in a fresh process on two threads, for
counting and for writing findings, and prints medians, the most memory held, and the ratio to the better variant.
What a process takes before it reads events is measured in the same turns, on a thousand of them, and taken off. The
ratios of whole processes stand beside and are not judged: by hand one imports the package `duckdb`, `screen` only the
engine in it. The counts are compared first: a wrong answer has no speed. Run as

    uv run python -m tests.benchmarks.screen [--folder FOLDER] [--runs 15] [--large] [--spark] [SIZE...]

It exits with 1 when a ratio is above its limit. With --large, 50 million events show how time and memory grow; with
--spark, the same is asked of Spark on this machine, whose counts have to be the same.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import platform
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from tests.benchmarks import workload
from tests.benchmarks.by_hand import VARIANTS
from tests.benchmarks.mbc_8 import RULEBOOK, RULES
from tests.benchmarks.taken import Command, Runs, in_turn, taken

LIMIT: Final = 1.2
START_UP_LIMIT: Final = 1.5
MEMORY_LIMIT: Final = 2048
SIZES: Final = (1_000_000, 10_000_000)
SMALL: Final = 1_000
LARGE: Final = 50_000_000
RUNS: Final = 15
"""At a million events, a few hundredths of a second decide."""

LARGE_RUNS: Final = 3
SPARK: Final = ("--backend", "spark")
SPARK_RUNS: Final = 1
LITTLE: Final = ("--memory", "500MB")
IMPORTS: Final = "import duckdb, ibis"
COUNTS: Final = "counts"
FINDINGS: Final = "findings"
SCREEN: Final = "screen"
COLUMNS: Final = ("--columns", "id,rule,code,outcome")
"""What is written, as by hand."""

FLAT: Final = """
select id, act, 'occurred' as modality, 'S3' as strength, date, actor_iso3 as "actor.code",
       counterpart_iso3 as "counterpart.code", assertion as "event.assertion", weapon_model as "object.model",
       activation as "object.activation", quantity as "object.quantity", purpose as "event.purpose" from '{events}'"""
"""The same events in the columns of the flat schema."""


@dataclass(frozen=True)
class Place:
    """Where the events and the results of a run lie."""

    folder: Path
    results: Path

    @property
    def flat(self) -> Path:
        """The events in the flat schema."""
        return self.folder / "flat.parquet"

    def result(self, name: str) -> Path:
        """The file that a way of finding writes."""
        return self.results / f"{name}.parquet"


def made(folder: Path, size: int, results: Path) -> Place:
    """The workload of a size in both layouts, made if it is not there."""
    import duckdb

    place = Place(workload.save(folder, size), results)
    if not place.flat.is_file():
        draft = place.flat.with_suffix(".part")
        query = FLAT.format(events=place.folder / "events.parquet")
        duckdb.execute(f"copy ({query}) to '{draft}' (format parquet, row_group_size {workload.ROW_GROUP})")
        draft.replace(place.flat)
    return place


def named(task: str, name: str) -> str:
    """What a way of answering is called."""
    return f"{task} {name}"


def commands(place: Place) -> dict[str, Command]:
    """Every way of answering."""
    python = sys.executable
    screen = (python, "-m", "treatycheck", SCREEN, str(place.flat), "--rules", str(RULEBOOK))
    found: dict[str, Command] = {
        named(COUNTS, SCREEN): lambda: (*screen, "--summary"),
        named(FINDINGS, SCREEN): lambda: (*screen, *COLUMNS, "-o", _free(place.result(SCREEN))),
    }
    for variant in VARIANTS:
        hand = (python, "-m", "tests.benchmarks.by_hand", variant, str(place.folder))
        found[named(COUNTS, variant)] = partial(tuple, hand)
        found[named(FINDINGS, variant)] = partial(_writing, hand, place.result(variant))
    return found


def _writing(words: Sequence[str], path: Path) -> Sequence[str]:
    return (*words, _free(path))


def _free(path: Path) -> str:
    """A file that is written anew."""
    path.unlink(missing_ok=True)
    return str(path)


def on_spark(ways: Mapping[str, Command], counts: str, environment: Mapping[str, str]) -> str:
    """What Spark takes for either task; SystemExit where its counts are others."""
    there = {task: partial(_with, ways[named(task, SCREEN)], SPARK) for task in (COUNTS, FINDINGS)}
    found = in_turn(there, environment, SPARK_RUNS)
    if found[COUNTS].output != counts:
        raise SystemExit("the counts of Spark differ")
    return f"on Spark: {', '.join(f'{task} {one.seconds:.1f} whole' for task, one in found.items())}"


def _with(command: Command, more: Sequence[str]) -> Sequence[str]:
    return (*command(), *more)


def agree(place: Place, runs: Mapping[str, Runs]) -> str:
    """What was compared; SystemExit where answers differ."""
    import duckdb

    by_hand = Counter[tuple[str, str]]()
    for name, events in json.loads(runs[named(COUNTS, VARIANTS[0])].output)["counts"].items():
        rule, told = name.split()
        by_hand[rule, "flagged" if told in ("potential_violation", "object_and_purpose") else told] += events
    screened = Counter[tuple[str, str]]()
    for row in csv.DictReader(io.StringIO(runs[named(COUNTS, SCREEN)].output)):
        outcome = row["outcome"]
        told = outcome if outcome in ("undetermined", "not_applicable") else "flagged"
        screened[RULES[row["rule"]], told] += int(row["findings"])
    ruled_out = Counter[str]()
    for (rule, told), events in by_hand.items():
        ruled_out[rule] += events if told not in ("flagged", "undetermined") else 0
    wanted = {key: events for key, events in by_hand.items() if key[1] in ("flagged", "undetermined")}
    wanted |= {(rule, "not_applicable"): events for rule, events in ruled_out.items() if events}
    if wanted != dict(screened):
        raise SystemExit(f"the counts differ: {sorted((Counter(wanted) - screened) + (screened - Counter(wanted)))}")
    names = ", ".join(f"('{rule}', '{number}')" for rule, number in RULES.items())
    differ = duckdb.execute(f"""
        with named(name, rule) as (values {names}),
        screened as (select id::bigint as id, named.rule, code, one.outcome = 'undetermined' as open
                     from '{place.result(SCREEN)}' one join named on named.name = one.rule::varchar),
        by_hand as (select id, rule, bearer, conclusion = 'undetermined' from '{place.result(VARIANTS[0])}')
        select count(*) from ((from screened except all from by_hand) union all
                              (from by_hand except all from screened))""").fetchall()[0][0]
    if differ:
        raise SystemExit(f"{differ} findings differ")
    return f"{sum(wanted.values()):,} conclusions are the same"


@dataclass(frozen=True)
class Measured:
    """The runs of every way of answering, on many events and on a few."""

    many: Mapping[str, Runs]
    few: Mapping[str, Runs]

    def alone(self, task: str, name: str) -> float:
        """The seconds beyond those that a thousand events take."""
        return self.many[named(task, name)].seconds - self.few[named(task, name)].seconds

    def whole(self, task: str, name: str) -> float:
        """The seconds of the process."""
        return self.many[named(task, name)].seconds

    def ratios(self, task: str, name: str) -> tuple[float, float]:
        """To the better of the variants written by hand, beyond start-up and of whole processes."""
        alone = min(self.alone(task, one) for one in VARIANTS)
        whole = min(self.whole(task, one) for one in VARIANTS)
        return self.alone(task, name) / alone, self.whole(task, name) / whole


def measured(
    ways: Mapping[str, Command], few: Mapping[str, Command], environment: Mapping[str, str], runs: int
) -> Measured:
    """Many events and few in turn, so that both find the same decided before."""
    small = {f"few {name}": command for name, command in few.items()}
    found = in_turn({**ways, **small}, environment, runs)
    return Measured({name: found[name] for name in ways}, {name: found[f"few {name}"] for name in few})


def table(size: int, runs: Measured) -> list[str]:
    """The lines on one size, with the ratios to the better of the variants written by hand."""
    heads = ("seconds", "whole", "least", "most", "MiB", "ratio", "of whole")
    lines = [f"{size:>12,}  {'':<10}" + "".join(f"{head:>9}" for head in heads)]
    for task in (COUNTS, FINDINGS):
        for name in (*VARIANTS, SCREEN):
            one = runs.many[named(task, name)]
            cells = [f"{figure:.3f}" for figure in (runs.alone(task, name), one.seconds, *one.spread)]
            cells += [f"{one.memory:.0f}", *(f"{ratio:.2f}" for ratio in runs.ratios(task, name))]
            lines.append(f"{task:>12}  {name:<10}" + "".join(f"{cell:>9}" for cell in cells))
    return lines


def above(runs: Measured) -> bool:
    """Whether a ratio is above the limit."""
    return any(runs.ratios(task, SCREEN)[0] > LIMIT for task in (COUNTS, FINDINGS))


def main(arguments: Sequence[str]) -> int:
    """Measure, print and judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--folder", type=Path, help="where the workload is kept for the next time")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--large", action="store_true", help=f"count {LARGE:,} events as well")
    parser.add_argument("--spark", action="store_true", help="ask Spark as well")
    chosen = parser.parse_args(arguments)
    packages = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "ibis-framework", "pyarrow"))
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, {packages}")
    print(f"{chosen.runs} runs of each in turn, fresh processes; seconds beyond start-up, and of the whole process")
    # Processes start with what their parent holds, so whatever takes memory here is done by another one.
    apart = ProcessPoolExecutor(1, get_context("spawn"))
    with tempfile.TemporaryDirectory() as temporary, apart:
        folder = chosen.folder or Path(temporary)
        results = Path(temporary) / "results"
        results.mkdir()
        environment = {**os.environ, "TREATYCHECK_CACHE": str(Path(temporary) / "cache")}
        failed = False
        few = commands(apart.submit(made, folder, SMALL, results).result())
        first = taken(few[named(COUNTS, SCREEN)](), environment)
        ready = {SCREEN: few[named(COUNTS, SCREEN)], "imports": lambda: (sys.executable, "-c", IMPORTS)}
        started = in_turn(ready, environment, chosen.runs)
        ours, imported = started[SCREEN].seconds, started["imports"].seconds
        start_up = ours / imported
        print(f"start-up on {SMALL:,} events {ours:.3f}, `{IMPORTS}` {imported:.3f}, ratio {start_up:.2f}")
        print(f"first run on them with nothing prepared {first.seconds:.2f}")
        failed |= start_up > START_UP_LIMIT
        rates: dict[int, float] = {}
        for size in chosen.sizes:
            place = apart.submit(made, folder, size, results).result()
            ways = commands(place)
            unprepared = taken(ways[named(COUNTS, SCREEN)](), environment)
            runs = measured(ways, few, environment, chosen.runs)
            print("\n".join(table(size, runs)))
            print(apart.submit(agree, place, runs.many).result())
            print(f"first run, before its signatures are decided: {unprepared.seconds:.2f}")
            if chosen.spark:
                print(on_spark(ways, runs.many[named(COUNTS, SCREEN)].output, environment))
            rates[size] = runs.alone(COUNTS, SCREEN) / size
            failed |= above(runs)
        if chosen.large:
            way = commands(apart.submit(made, folder, LARGE, results).result())
            found = way[named(FINDINGS, SCREEN)]
            ways = {
                COUNTS: way[named(COUNTS, SCREEN)],
                FINDINGS: found,
                f"{FINDINGS} {' '.join(LITTLE)}": partial(_with, found, LITTLE),
            }
            large = measured(ways, {COUNTS: few[named(COUNTS, SCREEN)]}, environment, LARGE_RUNS)
            for task, one in large.many.items():
                print(f"{LARGE:>12,}  {task}: {one.seconds:.2f} whole, {one.memory:.0f} MiB (limit {MEMORY_LIMIT})")
                failed |= one.memory > MEMORY_LIMIT
            rates[LARGE] = (large.many[COUNTS].seconds - large.few[COUNTS].seconds) / LARGE
        for size, rate in rates.items():
            print(f"{size:>12,}  {1 / rate:,.0f} events a second")
    print(f"limits: ratio {LIMIT}, start-up {START_UP_LIMIT}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
