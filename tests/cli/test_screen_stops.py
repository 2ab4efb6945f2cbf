"""A screening that is stopped: nothing stands under the final name, and the next one goes on after the tables done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from treatycheck.screen.files import RECEIPT, beside

PATIENCE = 120.0
HEEDING = """
import signal
from treatycheck.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)
raise SystemExit(main())
"""
# Whoever runs the tests in the background may have set that Ctrl-C means nothing, which a process hands on.
FIRST = "SELECT 'use' AS act, 'occurred' AS modality, 'S3' AS strength, '2020-01-01' AS date, 'NOR' AS \"actor.code\""
SECOND = f"{FIRST}, 'confirmed' AS \"event.assertion\" FROM range(400000)"
RULES = str(Path(__file__).resolve().parents[1] / "benchmarks" / "mbc-8")


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Two tables with different columns, so that each has to be prepared for."""
    folder = tmp_path / "tables"
    folder.mkdir()
    for name, query in (("a", FIRST), ("b", SECOND)):
        duckdb.execute(f"COPY ({query}) TO '{folder / f'{name}.parquet'}' (FORMAT parquet)")
    return folder


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("cache"))


def started(tables: Path, *options: str, cache: str = "off") -> subprocess.Popen[str]:
    """Start a screening; one that prepares everything anew takes long enough to be stopped."""
    words = [sys.executable, "-c", HEEDING, "screen", str(tables), "--rules", RULES, *options]
    environment = {**os.environ, "TREATYCHECK_CACHE": cache}
    return subprocess.Popen(words, env=environment, stderr=subprocess.PIPE, text=True)


def until(there: Path, process: subprocess.Popen[str]) -> None:
    """Wait for a file of a running command."""
    ends = time.monotonic() + PATIENCE
    while not there.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < ends
        time.sleep(0.005)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=lambda one: one.name)
@pytest.mark.parametrize("options", [[], ["--summary"]], ids=["findings", "counts"])
def test_what_is_stopped_leaves_no_result_and_goes_on_after_what_is_done(
    tables: Path, tmp_path: Path, how: signal.Signals, options: list[str], cache: str
) -> None:
    target, whole = tmp_path / "found.csv", tmp_path / "whole.csv"
    process = started(tables, "-o", str(target), *options)
    until(tmp_path / ".found.csv.part" / "00000.json", process)
    process.send_signal(how)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == (130 if how is signal.SIGINT else -signal.SIGKILL)
    assert ("--resume" in said) == (how is signal.SIGINT)
    assert [] == [one.name for one in tmp_path.iterdir() if one.name.startswith("found")]

    again = started(tables, "-o", str(target), "--resume", *options, cache=cache)
    _, said = again.communicate(timeout=PATIENCE)
    assert (again.returncode, said.splitlines()[0]) == (0, "note: 1 of 2 tables done in an earlier run")
    afresh = started(tables, "-o", str(whole), *options, cache=cache)
    afresh.communicate(timeout=PATIENCE)
    assert afresh.returncode == 0
    # Several processors write at once, in whatever order they come to an end.
    assert sorted(whole.read_text().splitlines()) == sorted(target.read_text().splitlines())
    receipts = [json.loads(beside(one, RECEIPT).read_text()) for one in (target, whole)]
    assert receipts[0] == receipts[1]
    assert not (tmp_path / ".found.csv.part").exists()


def test_a_table_that_was_changed_is_screened_again(tables: Path, tmp_path: Path, cache: str) -> None:
    target = tmp_path / "found.csv"
    process = started(tables, "-o", str(target))
    until(tmp_path / ".found.csv.part" / "00000.json", process)
    process.kill()
    process.communicate(timeout=PATIENCE)
    duckdb.execute(f"COPY ({FIRST}, 'training' AS \"event.purpose\") TO '{tables / 'a.parquet'}' (FORMAT parquet)")
    again = started(tables, "-o", str(target), "--resume", cache=cache)
    _, said = again.communicate(timeout=PATIENCE)
    assert again.returncode == 0
    assert "earlier run" not in said
    assert 400_001 == json.loads(beside(target, RECEIPT).read_text())["tables"][1]["read"] + 1


def test_what_another_question_left_is_not_taken(tables: Path, tmp_path: Path, cache: str) -> None:
    target = tmp_path / "found.csv"
    process = started(tables, "-o", str(target))
    until(tmp_path / ".found.csv.part" / "00000.json", process)
    process.kill()
    process.communicate(timeout=PATIENCE)
    again = started(tables, "-o", str(target), "--resume", "--outcomes", "all", cache=cache)
    _, said = again.communicate(timeout=PATIENCE)
    assert (again.returncode, "earlier run" in said) == (0, False)


def test_memory_that_does_not_suffice_is_told_and_nothing_is_left(tables: Path, tmp_path: Path, cache: str) -> None:
    process = started(tables, "-o", str(tmp_path / "found.csv"), "--memory", "1MB", cache=cache)
    _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said.splitlines()[0].partition(":")[0]) == (2, "--memory")
    assert "TC655" in said
    assert ["tables"] == [one.name for one in tmp_path.iterdir()]
