"""What a check costs beyond the libraries it stands on.

Runs `treatycheck check seeds` from a warm cache and the bare imports in turn, each in a fresh process, and prints the
medians with their ratio; exits with 1 when the ratio is above the limit. Run as

    uv run python tests/benchmarks/start_up.py [REPETITIONS]
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 1.6
REPETITIONS = 15
IMPORTS = "import yaml, pydantic, typer, rich, durable_rules_engine"


def seconds(command: Sequence[str], environment: dict[str, str]) -> float:
    """The wall time of one run in a process of its own."""
    start = time.perf_counter()
    # Notes on the run are of no interest here; a command that fails raises.
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def measured(repetitions: int) -> tuple[list[float], list[float]]:
    """The times of the check and of the imports, run in turn after one run of each that is not counted."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TREATYCHECK_CACHE": folder}
        check = (sys.executable, "-m", "treatycheck", "check", "seeds")
        imports = (sys.executable, "-c", IMPORTS)
        for command in (check, check, imports):
            seconds(command, environment)
        pairs = [(seconds(check, environment), seconds(imports, environment)) for _ in range(repetitions)]
    return [check_time for check_time, _ in pairs], [import_time for _, import_time in pairs]


def main(arguments: Sequence[str]) -> int:
    """Measure, print a table and judge."""
    repetitions = int(arguments[0]) if arguments else REPETITIONS
    check, imports = measured(repetitions)
    ratio = statistics.median(check) / statistics.median(imports)
    packages = ", ".join(f"{name} {version(name)}" for name in ("pydantic", "typer", "rich", "durable-rules"))
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, {packages}")
    print(f"{repetitions} runs of each in turn, fresh processes, seconds")
    for name, times in (("check seeds", check), ("imports alone", imports)):
        print(f"{name:<14} median {statistics.median(times):.3f}  least {min(times):.3f}  most {max(times):.3f}")
    print(f"ratio {ratio:.2f} (limit {LIMIT})")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
