"""What keeps Spark from being reached is told at once, all of it, and in words that say what to do."""

from __future__ import annotations

import importlib.util
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from treatycheck.errors import Diagnostic, InputError
from treatycheck.screen import cluster

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine with pyspark and Java; returns its folder of programs."""
    java = tmp_path / "java"
    java.touch(mode=0o755)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)
    return tmp_path


@pytest.fixture
def answering() -> Iterator[int]:
    """A port at which somebody answers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


@pytest.fixture
def silent() -> int:
    """A port at which nobody does."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


class Broken:
    """A session on which every question ends with an error."""

    def __init__(self, error: BaseException) -> None:
        self._error = error
        self.sparkContext = self
        self.master = "spark://host:7077"

    def range(self, number: int) -> None:
        raise self._error


def refused(master: str | None) -> list[Diagnostic]:
    with pytest.raises(InputError) as caught:
        cluster.look(master)
    return list(caught.value.diagnostics)


@pytest.mark.parametrize(
    "master", [None, "yarn", "local", "local[2]", "local[*]", "local[2,4]", "k8s://https://10.0.0.1:443"]
)
def test_a_master_of_another_kind_is_left_to_spark(master: str | None, installed: Path) -> None:
    cluster.look(master)


@pytest.mark.parametrize(
    "master", ["", "foo", "spark", "spark://", "spark://host", "spark://host:", "spark://host:http", "http://host:7077"]
)
def test_what_is_no_address_is_refused_before_anything_is_started(master: str, installed: Path) -> None:
    (found,) = refused(master)
    assert (found.file, found.code) == ("--master", "TC656")
    assert found.message == f"`{master}` is no address of a master"
    assert "spark://host:7077" in found.help


def test_a_master_that_is_not_there_is_told_with_the_reason(silent: int, installed: Path) -> None:
    (found,) = refused(f"spark://127.0.0.1:{silent}")
    assert found.code == "TC656"
    assert f"127.0.0.1:{silent}: " in found.message
    assert "refused" in found.message


def test_one_of_several_masters_is_enough(silent: int, answering: int, installed: Path) -> None:
    cluster.look(f"spark://127.0.0.1:{silent},127.0.0.1:{answering}")


def test_all_that_is_missing_is_told_together(silent: int, installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    (installed / "java").unlink()
    found = refused(f"spark://127.0.0.1:{silent}")
    assert [one.message.partition(",")[0].partition(" (")[0] for one in found] == [
        "Spark is not installed",
        "there is no Java",
        "no master answers",
    ]
    assert "treatycheck[spark]" in found[0].help
    assert "17" in found[1].help


def test_java_is_looked_for_where_its_home_is_said_to_be(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = installed / "jdk"
    monkeypatch.setenv("JAVA_HOME", str(home))
    (found,) = refused(None)
    assert str(home) in found.message
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "java").touch(mode=0o755)
    cluster.look(None)


def test_a_program_that_spark_submit_has_started_needs_no_java_of_its_own(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (installed / "java").unlink()
    monkeypatch.setenv("PYSPARK_GATEWAY_PORT", "1")
    cluster.look(None)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("[CONDITION] It is so.\nat a.b.C", "[CONDITION] It is so."),
        ("An error occurred while calling o1.x.\n: java.lang.Error: no\n\tat a.b.C", "java.lang.Error: no"),
        ("An error occurred while calling o1.x.", "An error occurred while calling o1.x."),
        ("", "ValueError"),
    ],
)
def test_of_an_error_the_line_is_told_that_says_what_happened(said: str, told: str) -> None:
    assert cluster.gist(ValueError(said)) == told


@pytest.mark.parametrize("error", [RuntimeError("is stopped"), TimeoutError("is stopped"), SystemExit("is stopped")])
def test_a_cluster_that_does_not_work_is_told_whatever_the_error(error: BaseException) -> None:
    with pytest.raises(InputError) as caught:
        cluster.wait(cast("SparkSession", Broken(error)))
    (found,) = caught.value.diagnostics
    assert found.message == "`spark://host:7077` does not work: is stopped"
