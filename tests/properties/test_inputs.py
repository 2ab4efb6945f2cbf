"""Whatever somebody does to an event file or a file of rules, the program answers: with a result or with diagnostics.

`TREATYCHECK_EXAMPLES` is how many examples each property is tried on; the number in CI is small.
"""

from __future__ import annotations

import difflib
import json
import os
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from treatycheck import yaml
from treatycheck.casefile.load import load_casefile
from treatycheck.check import Options, check
from treatycheck.errors import Diagnostic, InputError
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]
GOOD = ROOT / "tests" / "good"
SEEDS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.events.yaml"))}
RULES = {
    path.relative_to(GOOD / "rules").as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((GOOD / "rules").rglob("*.yaml"))
}

LAW = {
    path.relative_to(ROOT / "rules").as_posix(): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "rules").rglob("*.yaml"))
    if "tests" not in path.parts
}

# Only of these can nothing closer be said than which file they are in.
OF_A_WHOLE_FILE = {"TC101", "TC104", "TC113", "TC301", "TC410", "TC430"}

EXAMPLES = int(os.environ.get("TREATYCHECK_EXAMPLES", "100"))
many = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)

Path_ = tuple[str | int, ...]
WORDS = (
    *("", "unknown", "yes", "no", "true", "[2018..2019]", "XXXX", "2021-03", "P4Y", "{bearer}", "{", "..", "-1", "1e9"),
    *("S0", "S9", "state", "RUS", "MON-50", "this", "bound", "bearer", "object", "event", "all", "is", "a\nb", "`"),
    *("x" * 300, "../rules", "٣", "é", "\U0001f600", "0", "9" * 30),
)
texts = st.sampled_from(WORDS) | st.text(st.characters(codec="utf-8"), max_size=12)
trees = st.recursive(
    texts, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=8
)


class Edited:
    """One file before and after an edit; shown as what was changed."""

    def __init__(self, name: str, before: str, after: str) -> None:
        self.name, self.before, self.after = name, before, after

    def __repr__(self) -> str:
        lines = difflib.unified_diff(self.before.splitlines(), self.after.splitlines(), self.name, n=0, lineterm="")
        return "\n".join(lines)[:3000]


# Edits of lines, as they happen in an editor.


@st.composite
def lines_edited(draw: st.DrawFn, files: dict[str, str]) -> Edited:
    name = draw(st.sampled_from(sorted(files)))
    lines = files[name].splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1)) if lines else 0
        line = lines[at] if lines else "\n"
        change = draw(st.sampled_from(["delete", "double", "move", "indent", "outdent", "cut", "type", "empty"]))
        other = draw(st.integers(0, max(len(lines) - 1, 0)))
        place = draw(st.integers(0, len(line)))
        lines[at : at + 1] = {
            "delete": [],
            "double": [line, line],
            "move": [lines[other] if lines else "\n"],
            "indent": ["  " + line],
            "outdent": [line.removeprefix("  ")],
            "cut": [line[:place] + "\n"],
            "type": [line[:place] + draw(texts) + line[place:]],
            "empty": [line.partition(":")[0] + ":\n"],
        }[change]
    return Edited(name, files[name], "".join(lines))


# Edits of values, as a program makes them that writes such files.


def places(tree: object, path: Path_ = ()) -> Iterator[Path_]:
    yield path
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in entries:
        yield from places(value, (*path, key))


def changed(tree: object, path: Path_, change: Callable[[object], object]) -> object:
    """A copy of a tree in which the parent of a path was changed; the root has no parent and is replaced."""
    if not path:
        return change(tree)
    head, *rest = path
    if isinstance(tree, dict):
        return {key: changed(value, tuple(rest), change) if key == head else value for key, value in tree.items()}
    assert isinstance(tree, list)
    return [changed(value, tuple(rest), change) if index == head else value for index, value in enumerate(tree)]


@st.composite
def values_edited(draw: st.DrawFn, files: dict[str, str]) -> Edited:
    name = draw(st.sampled_from(sorted(files)))
    tree = yaml.load(files[name].encode(), name).value
    for _ in range(draw(st.integers(1, 3))):
        *parent, last = draw(st.sampled_from([path for path in places(tree) if path] or [("",)]))
        new, key = draw(trees), draw(texts)
        kind = draw(st.sampled_from(["replace", "delete", "add", "rename"]))

        def change(
            value: object, last: str | int = last, new: object = new, key: str = key, kind: str = kind
        ) -> object:
            if isinstance(value, dict):
                kept = {old: one for old, one in value.items() if kind in {"replace", "add"} or old != last}
                more = {last: new} if kind == "replace" else {key: value.get(last)} if kind == "rename" else {key: new}
                return kept | (more if kind != "delete" else {})
            if isinstance(value, list) and isinstance(last, int):
                more_items = {"replace": [new], "delete": [], "add": [value[last], new], "rename": [value[last]] * 2}
                return value[:last] + more_items[kind] + value[last + 1 :]
            return new

        tree = changed(tree, tuple(parent), change)
    before = json.dumps(yaml.load(files[name].encode(), name).value, ensure_ascii=False, indent=1)
    return Edited(name, before, json.dumps(tree, ensure_ascii=False, indent=1))


# What may come of it.


def faults(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    """What is wrong with diagnostics as such."""
    found = [] if diagnostics else ["there is none"]
    if list(diagnostics) != sorted(set(diagnostics)):
        found.append("they are not sorted, or repeated")
    for one in diagnostics:
        if (one.line < 1 or one.column < 1) and one.code not in OF_A_WHOLE_FILE:
            found.append(f"no place: {one}")
        if not one.help:
            found.append(f"nothing to do: {one}")
        if one.message[:1] != one.message[:1].lower():
            found.append(f"begins with a capital: {one}")
        if any(unicodedata.category(sign) == "Cc" for sign in one.message + one.help):
            found.append(f"is not one line: {one}")
        if len(one.message) > 500:
            found.append(f"is too long: {one}")
        if any(word in str(one) for word in ("pydantic", "Traceback", "<class", "NoneType", "Error(")):
            found.append(f"speaks of the program: {one}")
    return found


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TREATYCHECK_CACHE", "off")
        yield


class Desk:
    """A folder with the documents and the good rulebook, and the rulebook of the project; shown without its content."""

    def __init__(self, folder: Path, rulebook: Rulebook) -> None:
        self.folder, self.rulebook = folder, rulebook

    def events(self, name: str, text: str) -> list[str]:
        """What is wrong with the answer to an event file."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8", newline="")
        try:
            check(self.rulebook, load_casefile([path], self.rulebook), Options("reference"))
        except InputError as error:
            return faults(error.diagnostics)
        return []

    def rules(self, name: str, text: str) -> list[str]:
        """What is wrong with the answer to a file of rules."""
        good = self.folder / "good"
        return self._rules(good / "rules", good / "case", name, text)

    def law(self, name: str, text: str) -> list[str]:
        """What is wrong with the answer to a file of the project's own rules."""
        return self._rules(self.folder / "rules", self.folder / "seeds", name, text)

    def _rules(self, rules: Path, case: Path, name: str, text: str) -> list[str]:
        path = rules / name
        before = path.read_bytes()
        path.write_text(text, encoding="utf-8", newline="")
        try:
            rulebook = load_rulebook(rules)
            check(rulebook, load_casefile([case], rulebook), Options("reference"))
        except InputError as error:
            return faults(error.diagnostics)
        finally:
            path.write_bytes(before)
        return []


@pytest.fixture(scope="module")
def desk(_nothing_is_remembered: None, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = tmp_path_factory.mktemp("inputs")
    for path in (ROOT / "seeds").glob("*.txt"):
        shutil.copy(path, folder)
    for name in ("rules", "seeds"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(GOOD, folder / "good")
    shutil.copy(ROOT / "rules" / "wording.yaml", folder / "good" / "rules")
    return Desk(folder, load_rulebook(ROOT / "rules"))


@many
@given(lines_edited(SEEDS))
def test_an_event_file_with_edited_lines_is_read_or_refused(desk: Desk, edited: Edited) -> None:
    assert [] == desk.events(edited.name, edited.after)


@many
@given(values_edited(SEEDS))
def test_an_event_file_with_edited_values_is_read_or_refused(desk: Desk, edited: Edited) -> None:
    assert [] == desk.events(edited.name, edited.after)


@many
@given(lines_edited(RULES))
def test_a_file_of_rules_with_edited_lines_is_read_or_refused(desk: Desk, edited: Edited) -> None:
    assert [] == desk.rules(edited.name, edited.after)


@many
@given(values_edited(RULES))
def test_a_file_of_rules_with_edited_values_is_read_or_refused(desk: Desk, edited: Edited) -> None:
    assert [] == desk.rules(edited.name, edited.after)


@settings(many, max_examples=max(EXAMPLES // 8, 1))
@given(lines_edited(LAW) | values_edited(LAW))
def test_a_file_of_the_rules_of_the_project_with_edits_is_read_or_refused(desk: Desk, edited: Edited) -> None:
    assert [] == desk.law(edited.name, edited.after)


@many
@given(trees)
@example({})
@example([])
@example("")
def test_an_event_file_of_anything_is_refused(desk: Desk, tree: object) -> None:
    path = desk.folder / min(SEEDS)
    path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8", newline="")
    with pytest.raises(InputError) as caught:
        load_casefile([path], desk.rulebook)
    assert [] == faults(caught.value.diagnostics)
