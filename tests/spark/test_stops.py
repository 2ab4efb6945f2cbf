"""A cluster that does not do its part ends a screening with the reason, and nothing stands under the final name."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from tests.cli.test_screen_stops import HEEDING
from tests.properties.test_screen_properties import desk_of
from tests.spark.cluster import QUICK, Cluster, patient
from tests.spark.test_cluster import BACKENDS, ROOT, screened

from treatycheck.cli import exits
from treatycheck.errors import Diagnostic, InputError
from treatycheck.screen import cluster, spark
from treatycheck.screen.files import RECEIPT, beside, draft_of
from treatycheck.screen.spark import SparkBackend

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

FLIGHT = """'1' AS id, 'fly' AS act, 'occurred' AS modality, 'S3' AS strength, '2020-05-17' AS date,
    'NLA' AS "flyer.code", 'state' AS "flyer.kind", 'storm_kite' AS "object.category" """


@pytest.fixture
def flights(tmp_path: Path) -> Path:
    path = tmp_path / "flights.parquet"
    duckdb.execute(f"COPY (SELECT {FLIGHT} FROM range(100)) TO '{path}' (FORMAT parquet)")  # noqa: S608 - words of the test
    return path


def told(path: Path, target: Path) -> Diagnostic:
    """What ends a screening on the cluster."""
    with pytest.raises(InputError) as caught:
        screened(desk_of("kites"), [path], target, "spark")
    assert not target.exists()
    (found,) = caught.value.diagnostics
    assert (found.file, found.code) == ("--master", "TC656")
    return found


def test_workers_that_do_not_find_a_table_end_the_run(
    session: SparkSession, flights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = SparkBackend.gather

    def elsewhere(self: SparkBackend, name: str, sql: str) -> None:
        flights.rename(tmp_path / "elsewhere.parquet")
        asked(self, name, sql)

    monkeypatch.setattr(SparkBackend, "gather", elsewhere)
    found = told(flights, tmp_path / "found.parquet")
    assert "do not find a table" in found.message
    assert "all machines share" in found.help


def test_rows_that_workers_have_written_where_nobody_else_sees_them_end_the_run(
    session: SparkSession, flights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def elsewhere(path: Path, *, pattern: bool = False) -> str:
        return f"file://{path if pattern else tmp_path / 'a disk of its own' / path.name}"

    monkeypatch.setattr(spark, "_address", elsewhere)
    found = told(flights, tmp_path / "found.parquet")
    assert "can be seen here" in found.message
    assert "all machines share" in found.help


def test_a_cluster_without_a_free_processor_is_not_waited_for_without_end(
    session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests = "reflect('java.util.concurrent.locks.LockSupport', 'parkNanos', 4000000000L)"
    resting = Thread(target=lambda: session.range(0, 2, 1, 2).selectExpr(f"{rests} AS nothing", "id").collect())
    tracker = session.sparkContext.statusTracker()
    resting.start()
    assert patient(lambda: bool(tracker.getActiveStageIds()))
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with pytest.raises(InputError) as caught:
        cluster.wait(session)
    resting.join()
    (found,) = caught.value.diagnostics
    assert (found.file, found.code) == ("--master", "TC656")
    assert "had a free processor" in found.message
    assert "spark.executor.memory" in found.help
    monkeypatch.undo()
    cluster.wait(session)


def started(url: str, *words: str) -> subprocess.Popen[str]:
    """The command with an application of its own on the cluster, as somebody would type it on a terminal."""
    settings = {
        "spark.driver.memory": "512m",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": QUICK,
        "spark.executor.extraJavaOptions": QUICK,
        "spark.executor.memory": "512m",
        "spark.executor.cores": "1",
        "spark.cores.max": "2",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
    }
    submitted = " ".join(f'--conf "{name}={value}"' for name, value in settings.items())
    return subprocess.Popen(
        [sys.executable, "-c", HEEDING, "screen", *words, "--backend", "spark", "--master", url],
        env={**os.environ, "PYSPARK_SUBMIT_ARGS": f"{submitted} pyspark-shell"},
        cwd=ROOT,
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def written(target: Path) -> tuple[list[tuple[Any, ...]], dict[str, Any]]:
    """The findings in order, and the receipt without the backend."""
    receipt = json.loads(beside(target, RECEIPT).read_text(encoding="utf-8"))
    return duckdb.read_parquet(str(target)).order("ALL").fetchall(), {**receipt, "backend": ""}


def test_ctrl_c_while_java_starts_leaves_neither_a_result_nor_java(tmp_path: Path) -> None:
    table, target = tmp_path / "table.csv", tmp_path / "there.parquet"
    table.write_text("act,modality,strength\nuse,occurred,S3\n", encoding="utf-8")
    process = started("local[1]", str(table), "-o", str(target))
    assert process.stderr is not None
    assert process.stderr.readline()  # the first word is that of Java
    os.killpg(process.pid, signal.SIGINT)
    # What it writes ends when nobody is left that could write.
    _, said = process.communicate(timeout=60)
    assert process.returncode == exits.INTERRUPTED
    assert "Traceback" not in said
    assert [table] == [*tmp_path.iterdir()]


@pytest.mark.skipif(
    "TREATYCHECK_EXAMPLES" not in os.environ, reason="it takes half a minute; campaigns run it (CONTRIBUTING.md)"
)
def test_a_command_that_is_killed_leaves_no_result_and_the_next_one_goes_on(
    standalone: Cluster, tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    use = "'use' AS act, 'occurred' AS modality, 'S3' AS strength, '2020-01-01' AS date, 'LBY' AS \"user.code\""
    for name, query in (("a", use), ("b", f"{use}, 'anti_personnel_mine' AS \"object.category\"")):
        duckdb.execute(f"COPY (SELECT {query} FROM range(1000)) TO '{folder / f'{name}.parquet'}' (FORMAT parquet)")  # noqa: S608 - words of the test
    target = tmp_path / "there.parquet"
    process = started(standalone.url, str(folder), "-o", str(target))
    assert patient((draft_of(target) / "00000.json").exists) or pytest.fail(str(process.communicate(timeout=60)))
    process.kill()
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert ["tables", draft_of(target).name] == sorted((one.name for one in tmp_path.iterdir()), reverse=True)
    process = started(standalone.url, str(folder), "-o", str(target), "--resume")
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert "note: 1 of 2 tables done in an earlier run" in said.splitlines()
    here = tmp_path / "here.parquet"
    words = [sys.executable, "-m", "treatycheck", "screen", str(folder), "-o", str(here), "--backend", BACKENDS[0]]
    subprocess.run(words, check=True, cwd=ROOT, capture_output=True, timeout=120)
    assert written(here) == written(target)
    assert not draft_of(target).exists()
