"""A kept report is printed again only if the files beside the casefile are the same as well."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from treatycheck import check as checking
from treatycheck.cli import main

HERE = Path(__file__).parent
WAIVERS = """format: treatycheck.waivers/1
waivers:
  - finding: 7eb500315c08
    rule: mbc-1-1-b-transfer
    event: note-1
    bearer: Norway
    outcome: credible_concern
    reason: The minutes have been asked for.
    author_role: legal analyst
    set_aside: 2026-11-02
    expires: 2027-05-02
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a casefile, an earlier report and waivers; what is kept is kept here alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TREATYCHECK_CACHE", str(tmp_path / "cache"))
    shutil.copytree(HERE / "good", tmp_path / "good")
    (tmp_path / "seen.yaml").write_text(WAIVERS, encoding="utf-8")
    assert 0 == main(["check", "good", "--format", "json", "-o", "old.json"])
    return tmp_path


def checked(desk: Path, *words: str) -> tuple[int, dict[str, Any]]:
    code = main(["check", "good", "--format", "json", "-o", "new.json", *words])
    found: dict[str, Any] = json.loads((desk / "new.json").read_text(encoding="utf-8"))
    return code, found


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Each time a check is really run."""
    found: list[object] = []
    run = checking.run

    def counted(*arguments: Any) -> checking.Run:
        found.append(arguments)
        return run(*arguments)

    monkeypatch.setattr(checking, "run", counted)
    return found


def test_an_earlier_report_that_has_changed_is_compared_anew(desk: Path, runs: list[object]) -> None:
    _, first = checked(desk, "--baseline", "old.json")
    _, again = checked(desk, "--baseline", "old.json")
    assert (1, first) == (len(runs), again)
    old = (desk / "old.json").read_text(encoding="utf-8")
    (desk / "old.json").write_text(old.replace("treatycheck 0.", "treatycheck 9."), encoding="utf-8")
    _, other = checked(desk, "--baseline", "old.json")
    assert (2, [], ["program"]) == (
        len(runs),
        first["baseline"]["reasons"],
        [one["kind"] for one in other["baseline"]["reasons"]],
    )


def test_waivers_that_have_changed_are_applied_anew(desk: Path, runs: list[object]) -> None:
    code, first = checked(desk, "--waivers", "seen.yaml", "--fail-on", "any")
    code_again, again = checked(desk, "--waivers", "seen.yaml", "--fail-on", "any")
    assert (1, 0, 0, first) == (len(runs), code, code_again, again)
    (desk / "seen.yaml").write_text(WAIVERS.replace("2027-05-02", "2026-11-03"), encoding="utf-8")
    code, expired = checked(desk, "--waivers", "seen.yaml", "--fail-on", "any")
    assert (2, 1, 1, 0) == (len(runs), code, first["set_aside"], expired["set_aside"])


def test_a_report_without_them_is_another_report(desk: Path, runs: list[object]) -> None:
    _, marked = checked(desk, "--waivers", "seen.yaml", "--baseline", "old.json")
    _, plain = checked(desk)
    assert (1, 0) == (marked["set_aside"], plain["set_aside"])
    assert plain["baseline"] is None


def test_a_terminal_is_told_the_same(desk: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    code = main(["check", "good", "--waivers", "seen.yaml", "--fail-on", "any"])
    told = capfd.readouterr()
    notes = [
        "note: 1 finding that is set aside does not count for --fail-on",
        "note: what cannot be determined does not count here; --fail-on undetermined counts it as well",
    ]
    assert (0, notes) == (code, told.err.splitlines())
    assert "Set aside: 1." in told.out


def test_the_same_input_gives_the_same_bytes(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["--waivers", "seen.yaml", "--baseline", "old.json"]
    checked(desk, *words)
    first = (desk / "new.json").read_bytes()
    monkeypatch.setenv("TREATYCHECK_CACHE", "off")
    checked(desk, *words)
    assert first == (desk / "new.json").read_bytes()
