"""Starting is quick because heavy libraries are loaded by those commands alone that need them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
HEAVY = ("durable_rules_engine", "pydantic", "rich", "yaml")
ASK = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"


def loaded(code: str, cache: Path) -> list[str]:
    """The heavy libraries that are loaded after some code has run in a new process."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{ASK}"],
        cwd=HERE,
        env={"TREATYCHECK_CACHE": str(cache), "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return [name for name in done.stdout.splitlines()[-1].split() if name in HEAVY]


def test_importing_the_command_line_loads_nothing_heavy(tmp_path: Path) -> None:
    assert [] == loaded("import treatycheck.cli", tmp_path)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["--version"], []),
        (["check", "-h"], []),
        (["chek"], []),
        (["status", "NOR"], []),
        (["rules", "list"], []),
        (["events", "validate", "good"], []),
        (["check", "good", "--engine", "reference"], []),
        (["check", "good", "--format", "json"], ["durable_rules_engine"]),
    ],
    ids=" ".join,
)
def test_a_second_run_loads_only_what_the_command_needs(
    command: list[str], expected: list[str], tmp_path: Path
) -> None:
    code = f"from treatycheck.cli import main; main({command!r})"
    loaded(code, tmp_path)
    assert expected == loaded(code, tmp_path)


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "treatycheck", "--version"], capture_output=True, encoding="utf-8", check=False
    )
    assert (0, "treatycheck 0.1.0\n") == (done.returncode, done.stdout)
