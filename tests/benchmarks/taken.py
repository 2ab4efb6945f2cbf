"""What a command takes in a process of its own: wall time and peak memory; several commands measured in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Command = Callable[[], Sequence[str]]
"""The words of a command; called before each run, so that it can put things in order first."""


@dataclass(frozen=True)
class Taken:
    """One run: seconds of wall time, the most memory its process held in MiB, and what it printed."""

    seconds: float
    memory: float
    output: str


@dataclass(frozen=True)
class Runs:
    """Several runs of one command."""

    taken: tuple[Taken, ...]

    @property
    def seconds(self) -> float:
        """The median of the wall times."""
        return statistics.median(one.seconds for one in self.taken)

    @property
    def spread(self) -> tuple[float, float]:
        """The shortest and the longest wall time."""
        times = [one.seconds for one in self.taken]
        return min(times), max(times)

    @property
    def memory(self) -> float:
        """The most memory that any run held, in MiB."""
        return max(one.memory for one in self.taken)

    @property
    def output(self) -> str:
        """What the last run printed."""
        return self.taken[-1].output


def taken(words: Sequence[str], environment: Mapping[str, str]) -> Taken:
    """Run a command; SystemExit with what it said if it fails."""
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(words, env=environment, stdout=output, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode != 0:
            raise SystemExit(f"{' '.join(words)} ended with {process.returncode}:\n{errors.read()}")
        # Linux counts in KiB.
        return Taken(seconds, usage.ru_maxrss / 1024, output.read())


def in_turn(commands: Mapping[str, Command], environment: Mapping[str, str], runs: int) -> dict[str, Runs]:
    """Run commands in turn, after one round that is not counted."""
    found: dict[str, list[Taken]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            one = taken(command(), environment)
            if number:
                found[name].append(one)
    return {name: Runs(tuple(each)) for name, each in found.items()}
