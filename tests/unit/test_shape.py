"""Trees against shapes: short forms, and messages in the words of the author. Whole files are in `tests/bad`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

import pytest

from treatycheck import yaml
from treatycheck.errors import Diagnostic
from treatycheck.shape import build


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}

    value: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kite:
    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}

    name: str
    size: int = 1
    tail: bool = False
    colour: Literal["red", "blue"] | None = None
    mood: Literal["", "calm"] = ""
    note: Note | None = None
    notes: tuple[Note, ...] = ()
    by_day: Mapping[str, Note] = field(default_factory=dict)


def built(text: str) -> Kite | None:
    source = yaml.load(text.encode(), "a.yaml")
    found: list[Diagnostic] = []
    kite = build(Kite, source.value, source, found.append)
    assert [] == found
    return kite


def told(text: str) -> str:
    source = yaml.load(text.encode(), "a.yaml")
    found: list[Diagnostic] = []
    assert build(Kite, source.value, source, found.append) is None
    return "\n".join(map(str, found))


def test_a_tree_becomes_the_noun_it_describes() -> None:
    expected = Kite(name="Wren", size=3, tail=True, colour="red", mood="calm")
    assert expected == built("{name: Wren, size: 3, tail: true, colour: red, mood: calm}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("note: fast", Kite(name="Wren", note=Note(value="fast"))),
        ("note: {value: fast, by: Ann}", Kite(name="Wren", note=Note(value="fast", by="Ann"))),
        ("notes: [fast, {value: low}]", Kite(name="Wren", notes=(Note(value="fast"), Note(value="low")))),
        ("by_day: {monday: fast}", Kite(name="Wren", by_day={"monday": Note(value="fast")})),
    ],
)
def test_a_noun_with_one_value_may_be_written_as_that_value(text: str, expected: Kite) -> None:
    assert expected == built(f"name: Wren\n{text}")


@pytest.mark.parametrize(
    ("text", "place", "message", "advice"),
    [
        ("nam: Wren", "2:1", "unknown key `nam`", "did you mean `name`?"),
        ("size: big", "2:7", "`big` is not a whole number", "write `size` in digits"),
        ("size: [1]", "2:7", "`size` must be a text", "write one value on the same line"),
        ("tail: perhaps", "2:7", "`perhaps` is neither true nor false", "write `true` or `false` for `tail`"),
        ("tail:", "2:6", "`tail` is empty", "write its value on the same line, or leave the key out"),
        ("colour: green", "2:9", "`green` is not a value of `colour`", "use `blue`, `red`"),
        ("colour: bleu", "2:9", "`bleu` is not a value of `colour`", "did you mean `blue`?"),
        ("colour:", "2:8", "`colour` is empty", "use `blue`, `red`"),
        ("mood: wild", "2:7", "`wild` is not a value of `mood`", "use `calm`"),
        ("colour: {red: blue}", "2:9", "`colour` must be a text", "write one value on the same line"),
        ("note: [fast]", "2:7", "`note` must be a text or a mapping", "write one text, or `key: value` lines below it"),
        ("note: {by: Ann}", "2:7", "`value` is missing", "add `value:` here"),
        ("notes: [[fast]]", "2:9", "entry 1 of `notes` must be a text or a mapping", ""),
        ("notes: fast", "2:8", "`notes` must be a list", ""),
        ("by_day: fast", "2:9", "`by_day` must be a mapping", "write `key: value` lines below it"),
        ("by_day: {monday: [fast]}", "2:18", "`monday` must be a text or a mapping", ""),
        (f"colour: {'x' * 90}", "2:9", f"`{'x' * 60}…` is not a value of `colour`", "use `blue`, `red`"),
        ("colour: |\n  a `b`\n  c", "2:9", "`a 'b' c` is not a value of `colour`", "use `blue`, `red`"),
    ],
)
def test_a_mistake_is_told_in_the_words_of_the_author(text: str, place: str, message: str, advice: str) -> None:
    first, _, second = told(f"name: Wren\n{text}").partition("\n  help: ")
    assert f"a.yaml:{place}: error[TC120]: {message}" == first
    assert advice in second
    assert second != ""


@pytest.mark.parametrize("text", ["[Wren]", "Wren"])
def test_a_file_that_is_no_mapping_is_told_as_a_whole(text: str) -> None:
    assert ("a.yaml:1:1: error[TC120]: the file must be a mapping\n  help: write `key: value` lines below it") == told(
        text
    )


def test_every_mistake_of_a_tree_is_told() -> None:
    assert ["a.yaml:1:1", "a.yaml:1:7", "a.yaml:2:7"] == [
        line.partition(": ")[0] for line in told("size: big\ntail: perhaps\n").splitlines()[::2]
    ]


def test_a_place_within_a_larger_file_is_counted_from_its_start() -> None:
    source = yaml.load(b"kites:\n  - name: Wren\n    size: big\n", "a.yaml")
    found: list[Diagnostic] = []
    tree = source.value
    assert isinstance(tree, dict)
    build(Kite, tree["kites"][0], source, found.append, base=("kites", 0))
    assert [(3, 11)] == [(one.line, one.column) for one in found]
