"""A standalone Spark cluster on loopback: a master and workers, each a process of its own, that end with the tests.

They come from the pyspark package. Whoever starts one stops it; should the tests die before they can, the processes
are told by the system to end as well.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

WORKERS: Final = 2
CORES: Final = 2
"""Of each worker: one for the application of the tests, one for another beside it."""

MEMORY: Final = "1g"
"""That a worker hands out: two executors of half of it."""

QUICK: Final = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""For a Java that runs for a minute: started fast, and with one thread for its own ends."""

_PATIENCE: Final = 120.0
_LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster: the address of its master, and what its processes wrote."""

    url: str
    master: subprocess.Popen[bytes]
    workers: tuple[subprocess.Popen[bytes], ...]
    folder: Path

    def log(self, name: str) -> str:
        """What `master`, `worker-0` or `worker-1` has written."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")


def missing() -> str:
    """Why no cluster can be started on this machine; empty if one can."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed"
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        return "there is no Java, which Spark runs on"
    return ""


@contextmanager
def started(folder: Path) -> Iterator[Cluster]:
    """Start a master and its workers, which write below `folder`; all of them have ended afterwards."""
    running: list[subprocess.Popen[bytes]] = []
    try:
        master = _daemon(folder, "master", "master.Master", "--port", "0")
        running.append(master)
        url = _awaited(folder / "master.log", r"Starting Spark master at (spark://\S+)", 1, master)[0]
        work = folder / "work"
        for number in range(WORKERS):
            arguments = ("--cores", str(CORES), "--memory", MEMORY, "--work-dir", str(work), url)
            running.append(_daemon(folder, f"worker-{number}", "worker.Worker", *arguments))
        _awaited(folder / "master.log", r"Registering worker (\S+)", WORKERS, master)
        yield Cluster(url, master, tuple(running[1:]), folder)
    finally:
        for one in reversed(running):
            _ended(one)


def _daemon(folder: Path, name: str, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
    spec = importlib.util.find_spec("pyspark")
    assert spec is not None
    assert spec.origin is not None
    home = Path(spec.origin).parent
    environment: Mapping[str, str] = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_CONF_DIR": str(folder),
        "SPARK_LOCAL_IP": _LOOPBACK,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": QUICK,
        "SPARK_NO_DAEMONIZE": "1",
        # A worker that met Python would fail here: nothing of a screening may need it there.
        "PYSPARK_PYTHON": str(folder / "there is no Python on a worker"),
    }
    script = str(home / "bin" / "spark-class")
    place = ("--host", _LOOPBACK, "--webui-port", "0")
    orphaned = ("setpriv", "--pdeathsig", "TERM") if shutil.which("setpriv") else ()
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            [*orphaned, "bash", script, f"org.apache.spark.deploy.{kind}", *place, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _awaited(log: Path, pattern: str, count: int, process: subprocess.Popen[bytes]) -> list[str]:
    found: list[str] = []

    def is_there() -> bool:
        found[:] = re.findall(pattern, log.read_text(encoding="utf-8", errors="replace"))
        return len(found) >= count or process.poll() is not None

    patient(is_there)
    if len(found) < count:
        raise RuntimeError(f"no {count} of {pattern!r} in {log.name}:\n{log.read_text(encoding='utf-8')}")
    return found


def patient(condition: Callable[[], bool]) -> bool:
    """Wait until something is so; whether it came to that before patience ended."""
    end = time.monotonic() + _PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def _ended(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it has started: a worker ends its executors, and all are of one group."""
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
