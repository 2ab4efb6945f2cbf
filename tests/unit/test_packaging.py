"""What a user gets: the built packages are complete and the installed command works far from the source tree."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "treatycheck-0.1.0"
# What uv prints when a registry cannot be reached; anything else that goes wrong in a build is a failure.
UNREACHABLE = re.compile(
    r"dns error|error sending request|failed to fetch|connection (?:refused|reset)|network is unreachable|timed out"
    r"|network was disabled",
    re.IGNORECASE,
)

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a user without our environment would, with the flag that the matcher needs on newer Pythons."""
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    environment["CPPFLAGS"] = "-DPyEval_CallObject=PyObject_CallObject"
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


def prepare(*command: str | Path, cwd: Path) -> None:
    """Run a step that may need a registry; skip with the reason when none answers, fail on everything else."""
    done = run(*command, cwd=cwd)
    if done.returncode and (found := UNREACHABLE.search(done.stderr)):
        pytest.skip(f"no package registry within reach ({found[0]}): {' '.join(map(str, command[:3]))}")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source package and the wheel that was built from it, so what is missing there fails here."""
    if shutil.which("uv") is None:
        pytest.skip("uv is not installed")
    folder = tmp_path_factory.mktemp("packages")
    prepare("uv", "build", "--quiet", "--out-dir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def command(packages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installed `treatycheck` of an otherwise empty environment."""
    if shutil.which("cc") is None and shutil.which("gcc") is None:
        pytest.skip("no C compiler: the matcher ships as source only")
    folder = tmp_path_factory.mktemp("installed")
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    prepare("uv", "venv", "--quiet", "--python", sys.executable, folder / "venv", cwd=folder)
    (wheel,) = packages.glob("*.whl")
    prepare("uv", "pip", "install", "--quiet", "--python", folder / "venv", wheel, cwd=folder)
    return scripts / "treatycheck"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder that holds a copy of the seeds and nothing else of the project."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


def wheel_names(packages: Path) -> set[str]:
    (wheel,) = packages.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def source_names(packages: Path) -> set[str]:
    with tarfile.open(packages / f"{PACKAGE}.tar.gz") as archive:
        return {name.removeprefix(f"{PACKAGE}/") for name in archive.getnames()}


def files_below(folder: str) -> set[str]:
    paths = (ROOT / folder).rglob("*")
    return {path.relative_to(ROOT).as_posix() for path in paths if path.is_file() and "__pycache__" not in path.parts}


def test_the_wheel_carries_every_file_of_the_rulebook(packages: Path) -> None:
    expected = {f"treatycheck/{name}" for name in files_below("rules")}
    assert "treatycheck/rules/rulebook.yaml" in expected
    assert expected <= wheel_names(packages)


def test_the_wheel_says_that_it_is_typed(packages: Path) -> None:
    assert "treatycheck/py.typed" in wheel_names(packages)


def test_the_wheel_carries_the_style_of_html(packages: Path) -> None:
    assert "treatycheck/report/html.css" in wheel_names(packages)


def test_the_wheel_carries_the_licence(packages: Path) -> None:
    assert f"{PACKAGE}.dist-info/licenses/LICENSE" in wheel_names(packages)


def test_the_wheel_installs_nothing_beside_the_package(packages: Path) -> None:
    assert {name.split("/")[0] for name in wheel_names(packages)} == {"treatycheck", f"{PACKAGE}.dist-info"}


@pytest.mark.parametrize("folder", ["rules", "seeds", "src", "tests"])
def test_the_source_package_carries_the_whole_folder(packages: Path, folder: str) -> None:
    assert files_below(folder) - source_names(packages) == set()


def test_the_seeds_in_the_source_package_are_unchanged(packages: Path) -> None:
    expected = {path.name: path.read_bytes() for path in (ROOT / "seeds").glob("*.txt")}
    with tarfile.open(packages / f"{PACKAGE}.tar.gz") as archive:
        members = [archive.extractfile(f"{PACKAGE}/seeds/{name}") for name in expected]
        assert [member.read() for member in members if member] == list(expected.values())


def test_the_installed_command_tells_its_version(command: Path, tmp_path: Path) -> None:
    assert run(command, "--version", cwd=tmp_path).stdout == "treatycheck 0.1.0\n"


def test_the_installed_command_checks_the_seeds_without_an_error(command: Path, elsewhere: Path) -> None:
    done = run(command, "check", "seeds", cwd=elsewhere)
    assert (done.returncode, done.stdout != "") == (0, True), done.stderr


def test_the_installed_command_reports_findings_as_json(command: Path, elsewhere: Path) -> None:
    done = run(command, "check", "seeds", "--format", "json", cwd=elsewhere)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["schema"] == "treatycheck.report/1"
    assert report["findings"] != []


@pytest.mark.parametrize("name", ["report", "explain", "whatif"])
def test_the_installed_command_prints_the_schemas(name: str, command: Path, tmp_path: Path) -> None:
    done = run(command, "schema", name, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["$id"] == f"urn:treatycheck:schema:{name}:1"


def test_the_installed_command_writes_nothing_beside_its_input(command: Path, elsewhere: Path) -> None:
    before = sorted(elsewhere.rglob("*"))
    done = run(command, "check", "seeds", "--format", "json", cwd=elsewhere)
    assert done.returncode == 0, done.stderr
    assert sorted(elsewhere.rglob("*")) == before
