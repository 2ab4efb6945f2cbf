"""The rules that keep the house in order, held against the whole source tree."""

from __future__ import annotations

import ast
import csv
import hashlib
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "treatycheck"
REGISTERS = ROOT / "rules" / "registers"

# The code knows no law.

# Names of the registers which also mean something in a program: a spelling, a typeface, image and key formats, letters,
# a verb, and abbreviations that stand for more than a State.
ORDINARY_WORDS = frozenset({"British", "CAR", "DRC", "Georgia", "Greek", "PNG", "Polish", "RSA"})

LAW_WORDS = (
    r"amended protocol",
    r"anti-?personnel",
    r"anti-?vehicle",
    r"apm",
    r"arms embargo",
    r"arsiwa",
    r"art(?:icle)?s?\.? ?\d+",
    r"booby-?traps?",
    r"ccw",
    r"cluster munitions?",
    r"geneva",
    r"hague",
    r"humanitarian law",
    r"icrc",
    r"ihl",
    r"landmines?",
    r"mbc",
    r"mine ban",
    r"mines?",
    r"munitions?",
    r"oslo",
    r"ottawa",
    r"resolution \d{3,4}",
    r"rome statute",
    r"security council",
    r"tripartite",
    r"unsc",
    r"vclt",
)

TEXT_SUFFIXES = frozenset({".css", ".html", ".js", ".json", ".md", ".py", ".pyi", ".svg", ".toml", ".txt", ".yaml"})


def register_names(path: Path, column: str) -> set[str]:
    """Names and aliases of a register, without what stands in brackets."""
    with path.open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.DictReader(file) for cell in (row[column], *row["aliases"].split("|"))]
    return {name for cell in cells if (name := re.sub(r"\s*\(.*?(?:\)|$)", "", cell).strip())} - ORDINARY_WORDS


def state_names() -> set[str]:
    return register_names(REGISTERS / "states.csv", "name")


def model_names() -> set[str]:
    """Weapon models that cannot be mistaken: long enough, and with a digit or more than four letters."""
    names = register_names(REGISTERS / "mine-models.csv", "model")
    return {name for name in names if len(name) > 4 or (len(name) > 2 and re.search(r"\d", name))}


def any_of(patterns: Iterable[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """One expression for all patterns, each standing alone; an underscore or a hyphen ends a word here."""
    longest_first = sorted(patterns, key=lambda pattern: (-len(pattern), pattern))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(longest_first)})(?![^\W_])", flags)


def law_expressions() -> dict[str, re.Pattern[str]]:
    return {
        "State": any_of(map(re.escape, state_names())),
        "weapon": any_of(map(re.escape, model_names())),
        "law": any_of(LAW_WORDS, re.IGNORECASE),
    }


def law_named_in(text: str, place: str, expressions: dict[str, re.Pattern[str]]) -> list[str]:
    return [
        f"{place}:{number}: {kind} `{found[0]}`"
        for number, line in enumerate(text.splitlines(), 1)
        for kind, expression in expressions.items()
        for found in expression.finditer(line)
    ]


def source_texts() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*") if path.suffix in TEXT_SUFFIXES and path.is_file())


def test_nothing_under_src_names_a_treaty_a_state_an_article_or_a_weapon() -> None:
    expressions = law_expressions()
    paths = source_texts()
    assert paths != []
    found = [
        hit
        for path in paths
        for place in [path.relative_to(ROOT).as_posix()]
        for text in [path.read_text(encoding="utf-8")]
        for hit in [*law_named_in(place, "name of", expressions), *law_named_in(text, place, expressions)]
    ]
    assert found == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("# as in Chad", "State `Chad`"),
        ('"Norwegian"', "State `Norwegian`"),
        ("Côte d'Ivoire", "State `Côte d'Ivoire`"),
        ("the U.S. position", "State `U.S.`"),
        ("models = ['OZM-72']", "weapon `OZM-72`"),
        ("PMN-2_found", "weapon `PMN-2`"),
        ("see Art. 17", "law `Art. 17`"),
        ("MBC_1_1", "law `MBC`"),
        ("anti-personnel", "law `anti-personnel`"),
        ("Ottawa", "law `Ottawa`"),
    ],
)
def test_the_scan_finds_a_planted_name(line: str, expected: str) -> None:
    assert law_named_in(line, "a.py", law_expressions()) == [f"a.py:1: {expected}"]


@pytest.mark.parametrize(
    "line",
    ["determine the outcome", "nigerian", "font-family: Georgia", "image/png PNG", "an article of daily use", "M2"],
)
def test_the_scan_leaves_ordinary_words_alone(line: str) -> None:
    assert law_named_in(line, "a.py", law_expressions()) == []


# The documents stay as they came.

SEEDS = {
    "000_f06f57093cad164d.txt": "335a7cc8ca93e66604b0f621c75617a472a6fb117b1d3b6b94eedcc41dd9439c",
    "001_a42b359522a0f3ba.txt": "19f202e6195aabc5a8adee11bc3d379e6f24d5aa87c4e096e03aa80fafaf3b5f",
    "002_02ffea24f9199195.txt": "16dab0273caf3ab5daaad2ffc4833d72ce2d472e532c02cd8cbc2433dc492e4c",
    "003_c0438a69f86d6e09.txt": "13b0904cfd74c0bb8e5d0ef7f30c2448b9534828fc138d062a93ec8c5a12e8fa",
    "004_d8f9c0022bb077a7.txt": "299138ead527828436e51bc997f4c1f1a509dd79caa2143d7b38ed0728f9121f",
}


def test_the_seeds_are_byte_for_byte_what_was_given() -> None:
    paths = sorted((ROOT / "seeds").glob("*.txt"))
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths} == SEEDS


# The project is at home on every machine.

NOT_OURS = frozenset({"build", "dist", "htmlcov", "uv.lock"})
REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|registry\.npmjs|crates\.io|anaconda\.org|proxy\.golang")
MACHINE_PATH = re.compile(r"(?<![\w.$}/-])/(?:work|root|home/\w[\w.-]*|Users/\w[\w.-]*)(?=[/\s\"'`)]|$)")


def project_files() -> list[Path]:
    """Every file of the project: what git tracks or would track, or the tree itself when there is no git."""
    try:
        listed = subprocess.run(
            ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
    except (OSError, subprocess.CalledProcessError):
        return sorted(tree(ROOT))
    return sorted(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file())


def tree(folder: Path) -> Iterator[Path]:
    """Files below a folder, leaving out what tools put there."""
    for path in folder.iterdir():
        ours = path.name not in NOT_OURS and path.suffix != ".pyc" and not path.name.endswith(".egg-info")
        if path.is_dir() and ours and (path.name in {".ci", ".github"} or path.name[0] not in "._"):
            yield from tree(path)
        elif path.is_file() and ours and not path.name.startswith(".coverage"):
            yield path


def matches_in(paths: Iterable[Path], expression: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT).as_posix()}:{number}: `{found[0]}`"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        for found in expression.finditer(line)
    ]


def test_the_walk_without_git_sees_this_file_and_no_environment() -> None:
    paths = set(tree(ROOT))
    assert Path(__file__).resolve() in paths
    assert [path for path in paths if ".venv" in path.parts or "__pycache__" in path.parts] == []


def test_no_file_of_the_project_names_a_package_registry() -> None:
    assert matches_in(project_files(), REGISTRY) == []


def test_no_file_of_the_project_names_a_path_of_one_machine() -> None:
    assert matches_in(project_files(), MACHINE_PATH) == []


@pytest.mark.parametrize("folder", ["work", "root", "home/somebody", "Users/somebody"])
def test_the_scan_for_machine_paths_finds_a_planted_one(folder: str) -> None:
    assert MACHINE_PATH.search(f"see /{folder}/file.txt") is not None


def test_the_scan_for_machine_paths_leaves_relative_paths_and_addresses_alone() -> None:
    assert MACHINE_PATH.findall("a/work/b ../root/ https://example.org/work/ $HOME/work/") == []


def test_every_pinned_requirement_carries_a_hash() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    pins = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert pins != []
    assert [pin for pin in pins if not re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", pin)] == []


# Imports go one way.

# A module may import from its own layer and from those above it in this list, never from one below.
LAYERS = (
    ("truth", "errors", "phrasing", "report.characters", "dates", "yaml", "shape", "cache"),
    ("documents",),
    ("registers",),
    ("rulebook",),
    ("casefile",),
    ("engine.units",),
    ("engine.program",),
    ("facts", "suppose"),
    ("consensus",),
    ("engine",),
    ("findings",),
    ("moving", "claims", "deadlines", "explain"),
    ("material",),
    ("check", "replay"),
    ("ruletest", "whatif", "explanations", "baseline", "waivers"),
    ("options", "arguments"),
    ("report",),
    ("screen",),
    ("results",),
    ("api",),
    ("cli",),
    ("__init__", "__main__"),
)
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def named(parts: Sequence[str]) -> str:
    """The name in the row: `rulebook` for every file of that folder, unless the file has a place of its own."""
    own = ".".join(parts[:2])
    return own if own in LEVEL else parts[0]


def module_of(path: Path) -> str:
    """The name in the row for a source file."""
    return named(path.relative_to(SOURCE).with_suffix("").parts)


def imported_modules(path: Path, text: str) -> list[tuple[int, str]]:
    """Line and module (its name in the row) of each import from the package, lazy ones included."""
    package = ("treatycheck", *path.relative_to(SOURCE).parent.parts)
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names = [tuple(alias.name.split(".")) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            origin = (*start, *(node.module.split(".") if node.module else ()))
            names = [(*origin, alias.name) for alias in node.names]
        else:
            continue
        found += [(node.lineno, named(name[1:])) for name in names if name[0] == "treatycheck" and len(name) > 1]
    return found


def wrong_imports(path: Path, text: str) -> list[str]:
    place = path.relative_to(ROOT).as_posix()
    own = LEVEL[module_of(path)]
    return [
        f"{place}:{line}: `{module_of(path)}` may not import `{module}`"
        for line, module in imported_modules(path, text)
        if LEVEL.get(module, -1) > own
    ]


def test_every_module_has_its_place_in_the_row() -> None:
    modules = {module_of(path) for path in SOURCE.rglob("*.py")}
    assert modules != set()
    assert modules - set(LEVEL) == set()


def test_no_module_imports_one_that_stands_later_in_the_row() -> None:
    wrong = [
        hit
        for path in sorted(SOURCE.rglob("*.py"))
        if module_of(path) in LEVEL
        for hit in wrong_imports(path, path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "line",
    [
        "from treatycheck.check import run",
        "from treatycheck import check",
        "import treatycheck.check",
        "from ..check import run",
        "from .. import check",
        "def later():\n    from treatycheck.check import run",
    ],
)
def test_the_import_scan_finds_a_planted_import(line: str) -> None:
    assert len(wrong_imports(SOURCE / "rulebook" / "load.py", line)) == 1


@pytest.mark.parametrize(
    "line",
    ["from treatycheck import __version__", "from . import model", "from ..errors import InputError", "import check"],
)
def test_the_import_scan_accepts_imports_that_go_the_right_way(line: str) -> None:
    assert wrong_imports(SOURCE / "rulebook" / "load.py", line) == []
