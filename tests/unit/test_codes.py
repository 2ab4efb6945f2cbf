"""Every code of a diagnostic is listed once, where it belongs, with one line that says what it means."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "treatycheck"
CODE = re.compile(r"TC[0-9]{3}")


def is_table(node: ast.stmt) -> bool:
    target = node.target if isinstance(node, ast.AnnAssign) else None
    return isinstance(target, ast.Name) and target.id == "CODES"


def listed() -> list[tuple[str, str]]:
    """Code and meaning of every line of every table."""
    return [
        (str(key.value), str(value.value))
        for path in sorted(SOURCE.rglob("*.py"))
        for statement in ast.parse(path.read_text(encoding="utf-8")).body
        if is_table(statement)
        for node in ast.walk(statement)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(value, ast.Constant)
    ]


def raised() -> dict[str, set[str]]:
    """The codes that the program can raise, each with the modules that do."""
    found: dict[str, set[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for statement in ast.parse(path.read_text(encoding="utf-8")).body:
            for node in () if is_table(statement) else ast.walk(statement):
                for code in codes(node):
                    found.setdefault(code, set()).add(path.relative_to(SOURCE).as_posix())
    return found


def codes(node: ast.AST) -> list[str]:
    """The codes in a text of the source: alone, or in a message that is already put together."""
    text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return [text] if CODE.fullmatch(text) else re.findall(rf"error\[({CODE.pattern})\]", text)


def test_every_code_that_can_be_raised_is_listed() -> None:
    known = {code for code, _ in listed()}
    assert {} == {code: modules for code, modules in raised().items() if code not in known}


def test_every_code_that_is_listed_can_be_raised() -> None:
    used = raised()
    assert [] == sorted(code for code, _ in listed() if code not in used)


def test_no_code_is_listed_twice() -> None:
    assert [] == sorted(code for code, count in Counter(code for code, _ in listed()).items() if count > 1)


def test_no_two_codes_mean_the_same() -> None:
    assert [] == sorted(text for text, count in Counter(text for _, text in listed()).items() if count > 1)


def test_a_meaning_is_one_line_in_lower_case_without_a_full_stop() -> None:
    wrong = [text for _, text in listed() if "\n" in text or text.endswith(".") or text[:1] != text[:1].lower()]
    assert [] == wrong


def test_every_code_has_the_one_form() -> None:
    assert [] == [code for code, _ in listed() if CODE.fullmatch(code) is None]
