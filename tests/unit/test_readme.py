"""The README does what it says: its files are written and its commands are run, from the first to the last."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(?P<kind>\w+)(?: file=(?P<file>\S+))?\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
DIGEST = re.compile(r"\{sha256 of (?P<file>[^}]+)\}")
OURS = "uv run treatycheck "


@dataclass(frozen=True)
class Ran:
    command: str
    code: int
    output: str
    errors: str


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Ran]:
    folder = tmp_path_factory.mktemp("reader")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    found: list[Ran] = []
    for block in BLOCK.finditer((ROOT / "README.md").read_text(encoding="utf-8")):
        if block["file"]:
            write(folder, block["file"], block["body"])
        elif block["kind"] == "console":
            lines = [line.removeprefix("$ ") for line in block["body"].splitlines() if line.startswith("$ ")]
            found += [run(folder, line) for line in lines if OURS in line]
    return found


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)

    def digest(match: re.Match[str]) -> str:
        return hashlib.sha256((folder / match["file"]).read_bytes()).hexdigest()

    path.write_text(DIGEST.sub(digest, text), encoding="utf-8", newline="\n")


def run(folder: Path, line: str) -> Ran:
    words = line.partition(OURS)[2].split()
    done = subprocess.run(
        [sys.executable, "-m", "treatycheck", *words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"TREATYCHECK_CACHE": str(folder / "cache")},
    )
    return Ran(line, done.returncode, done.stdout, done.stderr)


def test_every_command_does_what_it_says(runs: list[Ran]) -> None:
    assert 10 < len(runs)
    expected = {one.command: 1 if "--fail-on" in one.command else 0 for one in runs}
    assert expected == {one.command: one.code for one in runs}, "\n".join(one.errors for one in runs)


def test_a_first_event_file_leads_to_a_finding(runs: list[Ran]) -> None:
    (checked,) = [one for one in runs if one.command.endswith("check mycase")]
    assert "Reasonable grounds to believe that Norway used PMN-2 mines" in " ".join(checked.output.split())


def test_the_event_file_of_the_readme_is_valid(runs: list[Ran]) -> None:
    (validated,) = [one for one in runs if one.command.endswith("events validate mycase")]
    assert "1 event file, 1 event, 3 quotes: no problems\n" == validated.output


def test_the_waiver_of_the_readme_names_a_finding(runs: list[Ran]) -> None:
    (checked,) = [one for one in runs if "--waivers" in one.command]
    assert "Set aside: 1." in checked.output
    assert "does not count" not in checked.errors


@pytest.mark.parametrize("job", ["whatif", "explain", "--baseline", "--mapping"])
def test_what_is_shown_of_a_job_is_what_is_printed(job: str, runs: list[Ran]) -> None:
    blocks = list(BLOCK.finditer((ROOT / "README.md").read_text(encoding="utf-8")))
    shown = {
        command["body"]: text["body"]
        for command, text in pairwise(blocks)
        if text["kind"] == "text" and not text["file"]
    }
    ((command, expected),) = [(command, text) for command, text in shown.items() if job in command]
    (asked,) = [one for one in runs if one.command in command]
    assert expected in asked.output + asked.errors


def test_what_the_readme_asks_in_a_notebook_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TREATYCHECK_CACHE", "off")
    blocks = BLOCK.finditer((ROOT / "README.md").read_text(encoding="utf-8"))
    (cell,) = [block["body"] for block in blocks if block["kind"] == "python"]
    names: dict[str, object] = {}
    shown: list[str] = []
    for statement in ast.parse(cell).body:
        if isinstance(statement, ast.Expr):
            shown.append(eval(ast.unparse(statement), names)._repr_html_())  # noqa: S307 - the cell is the project's own
        else:
            exec(ast.unparse(statement), names)  # noqa: S102 - as above
    assert (4, 4) == (len(shown), len(set(shown)))
    assert [] == [one for one in shown if not one.startswith('<article class="treatycheck"')]


def test_the_rule_shown_stands_in_the_rulebook() -> None:
    blocks = [block["body"] for block in BLOCK.finditer((ROOT / "README.md").read_text(encoding="utf-8"))]
    (rule,) = [body for body in blocks if body.startswith("  - id: ")]
    assert rule in (ROOT / "rules" / "mine-ban-convention" / "prohibitions.yaml").read_text(encoding="utf-8")
