"""Every way in which a run can end: its exit code, and what is and is not said."""

from __future__ import annotations

import errno
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from treatycheck.cli import check, main
from treatycheck.errors import DefectError, TreatycheckError

HERE = Path(__file__).parent
COMMAND = [sys.executable, "-m", "treatycheck"]

Fail = Callable[[BaseException], None]


@pytest.fixture
def fail(monkeypatch: pytest.MonkeyPatch) -> Fail:
    """Makes every command fail with an error when it loads the rulebook."""

    def prepare(error: BaseException) -> None:
        def load(_: object) -> object:
            raise error

        monkeypatch.setattr("treatycheck.rulebook.load.load_rulebook", load)

    monkeypatch.delenv("TREATYCHECK_DEBUG", raising=False)
    return prepare


def test_a_disagreement_is_a_fault_to_be_reported_without_a_trace(
    fail: Fail, capsys: pytest.CaptureFixture[str]
) -> None:
    fail(DefectError("the engines disagree on `x`"))
    assert 3 == main(["rules", "list"])
    told = capsys.readouterr()
    assert told.err.startswith(
        "treatycheck: error[TC599]: the program is at fault: the engines disagree on `x`\n  help: "
    )
    assert ("", True, False) == (told.out, "please report this" in told.err, "Traceback" in told.err)


def test_an_error_nobody_foresaw_is_a_fault_as_well(fail: Fail, capsys: pytest.CaptureFixture[str]) -> None:
    fail(ZeroDivisionError("division by zero"))
    assert 3 == main(["rules", "list"])
    assert "the program is at fault: ZeroDivisionError: division by zero" in capsys.readouterr().err


def test_a_developer_can_ask_for_the_trace(
    fail: Fail, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(DefectError("x"))
    monkeypatch.setenv("TREATYCHECK_DEBUG", "1")
    assert 3 == main(["rules", "list"])
    assert capsys.readouterr().err.startswith("Traceback (most recent call last):\n")


def test_what_the_program_cannot_do_here_is_an_error_of_the_command(
    fail: Fail, capsys: pytest.CaptureFixture[str]
) -> None:
    fail(TreatycheckError("the engine cannot run"))
    assert 2 == main(["rules", "list"])
    assert "treatycheck: error[TC509]: the engine cannot run\n1 error, nothing written\n" == capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_an_error_of_the_input(fail: Fail, capsys: pytest.CaptureFixture[str]) -> None:
    fail(PermissionError(errno.EACCES, "Permission denied", "note.txt"))
    assert 2 == main(["rules", "list"])
    assert "note.txt: error[TC101]: cannot read `note.txt`: permission denied\n" in capsys.readouterr().err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), EOFError()])
def test_an_interrupted_run_ends_quietly(error: BaseException, fail: Fail, capsys: pytest.CaptureFixture[str]) -> None:
    fail(error)
    assert 130 == main(["rules", "list"])
    told = capsys.readouterr()
    assert ("", "") == (told.out, told.err.strip())


def test_a_pipe_that_is_closed_is_not_complained_of() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*COMMAND, "rules", "list"], stdout=writer, stderr=subprocess.PIPE, encoding="utf-8", check=False
    )
    os.close(writer)
    assert (0, "") == (done.returncode, done.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_the_standard_output_is_an_error() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "rules", "list"], stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False
        )
    assert 2 == done.returncode
    assert "standard output: error[TC505]: `standard output` cannot be written: no space left on device" in done.stderr


def test_results_are_utf_8_whatever_the_locale_says() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*COMMAND, "check", "good"], cwd=HERE, env=environment, capture_output=True, check=False)
    assert (0, True) == (done.returncode, "Treaty compliance report\n═══" in done.stdout.decode("utf-8"))


@pytest.mark.parametrize("words", [["check", "good"], ["whatif", "good", "--set", "NOR.status=not_bound"]])
def test_a_terminal_gets_colour_and_a_pipe_does_not(words: list[str]) -> None:
    screen, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    with subprocess.Popen([*COMMAND, *words], cwd=HERE, env=environment, stdout=terminal) as process:
        os.close(terminal)
        shown = b""
        while chunk := read(screen):
            shown += chunk
    piped = subprocess.run([*COMMAND, *words], cwd=HERE, env=environment, capture_output=True, check=False)
    assert (0, True, False) == (process.returncode, b"\x1b[" in shown, b"\x1b[" in piped.stdout)


def read(screen: int) -> bytes:
    """The next bytes on a screen; none once the program has ended, which some systems tell as an error."""
    try:
        return os.read(screen, 65536)
    except OSError:
        return b""


@pytest.mark.parametrize(
    ("outcomes", "threshold", "expected"),
    [
        (["concern"], "concern", True),
        (["established"], "concern", True),
        (["concern"], "credible_concern", False),
        (["met_late"], "concern", False),
        (["anticipated"], "met_late", False),
        (["anticipated"], "any", True),
        (["undetermined"], "any", False),
        (["undetermined"], "undetermined", True),
        (["concern"], "undetermined", True),
        (["not_applicable", "pending", "met"], "undetermined", False),
        ([], "any", False),
    ],
)
def test_a_threshold_is_reached_by_its_outcome_and_graver_ones(
    outcomes: list[str], threshold: str, expected: bool
) -> None:
    assert expected == check.reached(outcomes, threshold)


def test_a_missing_matcher_is_remarked_on_once_and_the_run_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("treatycheck.engine.matcher.available", lambda: "it is not installed")
    monkeypatch.chdir(HERE)
    assert 0 == main(["check", "good", "--format", "json"])
    told = capsys.readouterr()
    assert (
        "note: the durable engine cannot run (it is not installed); this run is on the reference engine alone\n"
        == told.err
    )
    assert told.out.startswith("{")


def test_a_missing_matcher_that_was_asked_for_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("treatycheck.engine.matcher.available", lambda: "it is not installed")
    monkeypatch.chdir(HERE)
    assert 2 == main(["check", "good", "--engine", "durable"])
    told = capsys.readouterr()
    assert ("", True) == (told.out, "error[TC509]: the durable engine cannot run: it is not installed" in told.err)


@dataclass(frozen=True)
class Failure:
    file: str
    line: int
    name: str
    message: str


@pytest.mark.parametrize(
    ("passed", "failed", "untested", "code", "out"),
    [
        (3, (), (), 0, "3 passed, 0 failed\n"),
        (2, (Failure("use.yaml", 7, "a", "b"),), (), 1, "use.yaml:7: a: b\n2 passed, 1 failed\n"),
        (3, (), ("r-1", "r-2"), 1, "without a test: r-1, r-2\n3 passed, 0 failed\n"),
        (0, (), (), 1, "0 passed, 0 failed\n"),
    ],
)
def test_the_tests_of_the_rules_decide_how_their_run_ends(
    passed: int,
    failed: tuple[Failure, ...],
    untested: tuple[str, ...],
    code: int,
    out: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tested = SimpleNamespace(passed=passed, failed=failed, untested=untested, untried=())
    monkeypatch.setattr("treatycheck.ruletest.run_tests", lambda *_, **__: tested)
    assert (code, out) == (main(["rules", "test"]), capsys.readouterr().out)
