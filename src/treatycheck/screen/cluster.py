"""Reaching Spark: a session on this machine or on a cluster, or a clear word on why there is none.

What can be found out at once is looked at before anything is started, and nothing is waited for without end.
"""

from __future__ import annotations

import importlib.util
import logging
import os
import re
import shutil
import socket
import warnings
from collections.abc import Callable, Iterator, Mapping
from concurrent import futures
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final, TypeVar

from treatycheck.errors import Diagnostic, InputError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_T = TypeVar("_T")

HERE: Final = "local[*]"
"""The master where none is named: Spark on all processors of this machine."""

KNOCK: Final = 10.0
"""In so many seconds a master has to answer."""

PATIENCE: Final = 120.0
"""In so many seconds a cluster has to give its first processor."""

_LAUNCHED: Final = "PYSPARK_GATEWAY_PORT"
"""Set by `spark-submit`, which has started Java and has its own ways to name a master."""

_STANDALONE: Final = re.compile(r"spark://((?:[^:,/]+:[0-9]+)(?:,[^:,/]+:[0-9]+)*)/?")

_OTHER: Final = re.compile(r"yarn|k8s://.+|local(\[.+\])?")
"""Masters of other kinds, which Spark alone can look for."""

_SETTINGS: Final[Mapping[str, str]] = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.legacy.parquet.nanosAsLong": "true",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.int96RebaseModeInRead": "CORRECTED",
    # What would be inferred from expressions of this length is of no use and takes minutes.
    "spark.sql.constraintPropagation.enabled": "false",
    # Merged, every mention of one list would carry all of them to the workers.
    "spark.sql.optimizer.excludedRules": (
        "org.apache.spark.sql.catalyst.optimizer.MergeScalarSubqueries,"
        "org.apache.spark.sql.execution.planmerging.MergeSubplans"
    ),
}
"""So that a comparison, a name and a day mean here what they mean in DuckDB; and so that planning ends."""


def look(master: str | None) -> None:
    """Find out what keeps Spark from being reached; raises `InputError` with all of it."""
    problems = [*_missing(), *_silent(master)]
    if problems:
        raise InputError(problems)


def _missing() -> Iterator[Diagnostic]:
    if importlib.util.find_spec("pyspark") is None:
        help_line = "install it with `pip install 'treatycheck[spark]'`"
        yield Diagnostic("--backend", 0, 0, "TC656", "Spark is not installed", help_line)
    home = os.environ.get("JAVA_HOME")
    there = (Path(home) / "bin" / "java").is_file() if home else shutil.which("java") is not None
    if not there and _LAUNCHED not in os.environ:
        where = f" in `{home}`, where JAVA_HOME points" if home else ""
        help_line = "install Java 17 or later, without a screen is enough (Debian: `default-jre-headless`)"
        yield Diagnostic("--backend", 0, 0, "TC656", f"there is no Java{where}, which Spark runs on", help_line)


def _silent(master: str | None) -> Iterator[Diagnostic]:
    """What is wrong with the address of a master; whether one is there is found out of a standalone cluster."""
    if master is None or _OTHER.fullmatch(master):
        return
    found = _STANDALONE.fullmatch(master)
    if found is None:
        help_line = "write it as in `spark://host:7077`, `yarn`, `k8s://https://host:443` or `local[2]`"
        yield Diagnostic("--master", 0, 0, "TC656", f"`{master}` is no address of a master", help_line)
        return
    reasons = []
    for one in found[1].split(","):
        host, _, port = one.rpartition(":")
        try:
            socket.create_connection((host, int(port)), timeout=KNOCK).close()
        except (OSError, OverflowError) as error:
            reasons.append(f"{one}: {error}")
        else:
            return
    help_line = "is the master running, under just this name, and may this machine reach it?"
    yield Diagnostic("--master", 0, 0, "TC656", f"no master answers ({'; '.join(reasons)})", help_line)


def session(master: str | None, mebibytes: int | None, tell: Callable[[str], None]) -> tuple[SparkSession, bool]:
    """A session with settings of its own, and whether Spark was started for it; `InputError` if there is none.

    A session that runs already is used. `mebibytes` is the heap of a driver that is started here; `tell` is called with
    what keeps whoever pressed Ctrl-C waiting.
    """
    with warnings.catch_warnings():
        # What else is installed beside Spark is of no account here.
        warnings.simplefilter("ignore", FutureWarning)
        from pyspark.sql import SparkSession

        running = SparkSession.getActiveSession()
        started = running is None
        if running is None:
            running = _started(master, mebibytes, tell)
    own = running.newSession()
    for name, value in _SETTINGS.items():
        own.conf.set(name, value)
    return own, started


def _started(master: str | None, mebibytes: int | None, tell: Callable[[str], None]) -> SparkSession:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    # What goes wrong on the way to Java is raised as well, and told once.
    logging.getLogger("py4j").setLevel(logging.CRITICAL)
    logging.getLogger().addFilter(_worth_telling)
    builder = SparkSession.builder.appName("treatycheck screen")
    for name in ("spark.ui.showConsoleProgress", "spark.log.level"):
        builder = builder.config(name, "ERROR" if name.endswith("level") else "false")
    if master is not None or _LAUNCHED not in os.environ:
        builder = builder.master(master or HERE)
    if (master or HERE).startswith("local") and _LAUNCHED not in os.environ:
        # Nobody else needs to reach a Spark that ends with this run.
        for name in ("spark.driver.host", "spark.driver.bindAddress"):
            builder = builder.config(name, "127.0.0.1")
        builder = builder.config("spark.ui.enabled", "false")
    if mebibytes is not None:
        builder = builder.config("spark.driver.memory", f"{mebibytes}m")
    starting = _apart(builder.getOrCreate)
    try:
        running = starting.result()
    except KeyboardInterrupt:
        # A Java that is left while it starts would run on alone. Who does not want to wait for it can press once more.
        tell("stopping as soon as Spark has started; Ctrl-C again leaves it alone")
        starting.exception()
        raise
    except (PySparkException, Py4JError, OSError, RuntimeError) as error:
        reason = gist(error)
        help_line = "Spark needs Java 17 or later, and `--master` an address such as `spark://host:7077`"
        diagnostic = Diagnostic("--master", 0, 0, "TC656", f"Spark cannot be started: {reason}", help_line)
        raise InputError([diagnostic]) from error
    if not str(running.sparkContext.master).startswith("local"):
        try:
            wait(running)
        except InputError:
            running.stop()
            raise
    return running


def _apart(job: Callable[[], _T]) -> futures.Future[_T]:
    """Do something in a thread of its own, for which nobody waits at the end; there Spark leaves Ctrl-C alone."""
    done: futures.Future[_T] = futures.Future()

    def do() -> None:
        try:
            done.set_result(job())
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
            done.set_exception(error)

    Thread(target=do, daemon=True).start()
    return done


def _worth_telling(record: logging.LogRecord) -> bool:
    """Whether something logged is to be shown; that Ctrl-C reached Spark is not."""
    return record.exc_info is None or record.exc_info[0] is not KeyboardInterrupt


def wait(running: SparkSession) -> None:
    """Wait until the cluster has a processor for a first, small question; raises `InputError` where it has none."""
    asking = _apart(lambda: running.range(1).count())
    address = running.sparkContext.master
    done, _ = futures.wait([asking], PATIENCE)
    error = asking.exception() if done else None
    if done and error is None:
        return
    message = f"no worker of `{address}` had a free processor within {PATIENCE:.0f} seconds"
    if error is not None:
        message = f"`{address}` does not work: {gist(error)}"
    help_line = "look at what its workers have free, or ask for less: `spark.executor.memory`, `spark.executor.cores`"
    raise InputError([Diagnostic("--master", 0, 0, "TC656", message, help_line)])


def gist(error: BaseException) -> str:
    """The line of an error that says what happened; most of the others tell which way it came."""
    first, *more = str(error).strip().splitlines() or [type(error).__name__]
    return more[0].lstrip(": ") if more and first.startswith("An error occurred while calling") else first
