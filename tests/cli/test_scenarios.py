"""Runs every scenario below this folder: files, a command as a user types it, and what comes out.

A scenario is a text file. It begins with a sentence that says what it shows; each line `=== …` begins a part:

    === copy FOLDER     copy a folder of `tests/cli`, or of the project, here under its last name
    === folder PATH     make an empty folder
    === file PATH       write a file; in `=== bytes PATH`, `\\xff` stands for that byte
    === run             the command, in one line; `NAME=value` before it sets the environment
    === exit 0          the expected exit code; this and what follows belong to the command above
    === stdout          what it prints; nothing, if left out
    === stderr          what it says on the error stream; nothing, if left out
    === written PATH    what is in a file afterwards
    === absent PATH     a file that is not there afterwards

In what is expected, `…` stands for any text in a line, and for any number of lines where it stands alone.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from treatycheck.cli import main

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCENARIOS = sorted(HERE.rglob("*.scenario"))


@dataclass
class Run:
    command: str
    exit: int | None = None
    expected: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)


@dataclass
class Scenario:
    about: str
    steps: list[tuple[str, str, str]] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)


def parse(text: str) -> Scenario:
    """Read a scenario; a part that is misspelt or misplaced is a ValueError."""
    about, *parts = re.split(r"^=== *", text, flags=re.MULTILINE)
    scenario = Scenario(about.strip())
    for part in parts:
        head, _, body = part.partition("\n")
        kind, _, name = head.strip().partition(" ")
        if kind in ("copy", "folder", "file", "bytes"):
            scenario.steps.append((kind, name, body))
        elif kind == "run":
            scenario.runs.append(Run(body.strip()))
        elif kind == "exit" and scenario.runs:
            scenario.runs[-1].exit = int(name)
        elif kind in ("stdout", "stderr") and scenario.runs and not name:
            scenario.runs[-1].expected[kind] = body
        elif kind == "written" and scenario.runs:
            scenario.runs[-1].written[name] = body
        elif kind == "absent" and scenario.runs:
            scenario.runs[-1].absent.append(name)
        else:
            raise ValueError(f"`=== {head}` is no part of a scenario, or stands before its command")
    if not scenario.about or not scenario.runs or any(run.exit is None for run in scenario.runs):
        raise ValueError("a scenario needs a sentence, a command and an exit code for each command")
    return scenario


def prepare(steps: list[tuple[str, str, str]], folder: Path) -> None:
    for kind, name, body in steps:
        place = folder / name
        if kind == "copy":
            source = HERE / name if (HERE / name).is_dir() else ROOT / name
            shutil.copytree(source, folder / Path(name).name, ignore=shutil.ignore_patterns("*.scenario"))
            continue
        (place if kind == "folder" else place.parent).mkdir(parents=True, exist_ok=True)
        if kind == "file":
            place.write_text(body, encoding="utf-8")
        elif kind == "bytes":
            place.write_bytes(body.encode("latin-1").decode("unicode_escape").encode("latin-1"))


def pattern(expected: str) -> re.Pattern[str]:
    """An expression for expected text; trailing empty lines do not count."""
    lines = expected.rstrip("\n").split("\n") if expected.strip("\n") else []
    told = [r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line).replace("…", ".*?") + r"\n" for line in lines]
    return re.compile("".join(told))


def matches(expected: str, actual: str) -> bool:
    text = actual.rstrip("\n")
    return pattern(expected).fullmatch(f"{text}\n" if text else "") is not None


def execute(command: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str, str]:
    words = shlex.split(command)
    while "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        monkeypatch.setenv(name, value)
    assert words.pop(0) == "treatycheck"
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(words)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def workplace(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and the environment of a plain terminal."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TREATYCHECK_CACHE", str(cache))
    for name in ("COLUMNS", "TREATYCHECK_DEBUG", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in SCENARIOS])
def test_the_command_does_what_the_scenario_says(path: Path, workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = parse(path.read_text(encoding="utf-8"))
    prepare(scenario.steps, workplace)
    for run in scenario.runs:
        with monkeypatch.context() as environment:
            code, out, err = execute(run.command, environment)
        for stream, actual in (("stdout", out), ("stderr", err)):
            expected = run.expected.get(stream, "")
            assert matches(expected, actual), f"{run.command}\n--- {stream}, expected\n{expected}\n--- actual\n{actual}"
        assert run.exit == code, run.command
        for name, expected in run.written.items():
            actual = (workplace / name).read_text(encoding="utf-8")
            assert matches(expected, actual), f"{run.command}\n--- {name}, expected\n{expected}\n--- actual\n{actual}"
        assert [name for name in run.absent if (workplace / name).exists()] == []
    assert left_behind(workplace) == []


def left_behind(folder: Path) -> list[Path]:
    """Drafts of files that were never finished."""
    return sorted(folder.rglob("*.part"))


def kinds() -> Iterator[Path]:
    return (path for path in sorted((HERE / "bad").iterdir()) if path.is_dir())


def test_there_are_scenarios() -> None:
    assert len(SCENARIOS) > 20


@pytest.mark.parametrize("folder", [pytest.param(path, id=path.name) for path in kinds()])
def test_every_bad_twin_has_a_scenario_that_refuses_it_and_writes_nothing(folder: Path) -> None:
    (run,) = parse((folder / f"{folder.name}.scenario").read_text(encoding="utf-8")).runs
    assert (2, ["report.md"], True) == (run.exit, run.absent, run.command.endswith("-o report.md"))


@pytest.mark.parametrize("folder", [pytest.param(path, id=path.name) for path in kinds()])
def test_a_bad_twin_differs_from_the_good_one_in_one_or_two_lines(folder: Path) -> None:
    def lines(place: Path) -> list[str]:
        files = sorted(path for path in place.iterdir() if path.suffix != ".scenario")
        return [f"{path.name}: {line}" for path in files for line in path.read_text("utf-8").splitlines()]

    good, bad = lines(HERE / "good"), lines(folder)
    changed = [line for line in bad if line not in good]
    assert len(changed) <= 2


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "a\nb\n", False),
        ("a…c\n", "abc\n", True),
        ("a…c\n", "ab\nc\n", False),
        ("a\n…\nd\n", "a\nb\nc\nd\n", True),
        ("a\n…\nd\n", "a\nd\n", True),
        ("a\n…\n", "a\nb\n", True),
        ("", "a\n", False),
        ("", "", True),
        ("…\n", "a\n", True),
        ("(a.*)\n", "(a.*)\n", True),
    ],
)
def test_dots_stand_for_text_in_a_line_and_for_whole_lines(expected: str, actual: str, same: bool) -> None:
    assert same == matches(expected, actual)


@pytest.mark.parametrize(
    "text",
    [
        "Says.\n=== run\ntreatycheck\n",
        "=== run\ntreatycheck\n=== exit 0\n",
        "Says.\n=== exit 0\n=== run\ntreatycheck\n",
        "Says.\n=== run\ntreatycheck\n=== exit 0\n=== stdoud\n",
        "Says.\n",
    ],
)
def test_a_misspelt_scenario_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="scenario"):
        parse(text)
