"""Strict YAML: scalars stay text, every problem has a code and a place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml as parser

from treatycheck.errors import Diagnostic, InputError
from treatycheck.yaml import CODES, MAX_BYTES, MAX_DEPTH, Position, YamlDocument, load, read


@pytest.fixture(params=["fast parser", "portable parser"], autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every test with both dialects of the parser, so that no message depends on how it was installed."""
    if request.param == "portable parser":
        monkeypatch.delattr(parser, "CSafeLoader", raising=False)


def loaded(text: str) -> YamlDocument:
    return load(text.encode(), "a.yaml")


def problems(text: str | bytes) -> tuple[Diagnostic, ...]:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(InputError) as caught:
        load(data, "a.yaml")
    return caught.value.diagnostics


def places(text: str | bytes) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.column) for problem in problems(text)]


@pytest.mark.parametrize(
    "scalar",
    ["NO", "no", "1.10", "2021-03-26", "null", "~", "true", "0x1F", "1_000", "1:30", ".inf", "12e3", "Côte d’Ivoire"],  # noqa: RUF001
)
def test_every_plain_scalar_stays_text(scalar: str) -> None:
    assert loaded(f"country: {scalar}\n").value == {"country": scalar}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a:\n", {"a": ""}),
        ("- a\n-\n", ["a", ""]),
        ("{a, b: }", {"a": "", "b": ""}),
        ("NO: 1\n", {"NO": "1"}),
        ("word\n", "word"),
        ("''\n", ""),
        ("---\na: b\n...\n", {"a": "b"}),
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
        ("a: >-\n  x\n  y\n", {"a": "x y"}),
        ("a: 'it''s'\n", {"a": "it's"}),
        ("a: x\u00a0y\n", {"a": "x\u00a0y"}),
        ("'<<': x\n", {"<<": "x"}),
        ("a: [x, {y: [z]}]\n", {"a": ["x", {"y": ["z"]}]}),
    ],
)
def test_values_are_mappings_lists_and_text(text: str, value: object) -> None:
    assert loaded(text).value == value


def test_windows_line_ends_are_accepted() -> None:
    document = loaded("a: b\r\nc:\r\n  - d\r\n")
    assert (document.value, document.at(("c", 0))) == ({"a": "b", "c": ["d"]}, Position(3, 5))


def test_a_byte_order_mark_is_skipped_and_takes_no_column() -> None:
    document = load(b"\xef\xbb\xbfa: b\n", "a.yaml")
    assert (document.value, document.keys["a",]) == ({"a": "b"}, Position(1, 1))


def test_every_value_has_a_position() -> None:
    text = "a: x\nb:\n  - y\n  - c: 'z'\n"
    assert loaded(text).positions == {
        (): Position(1, 1),
        ("a",): Position(1, 4),
        ("b",): Position(3, 3),
        ("b", 0): Position(3, 5),
        ("b", 1): Position(4, 5),
        ("b", 1, "c"): Position(4, 8),
    }


def test_every_key_has_a_position() -> None:
    text = "a: x\nb:\n  - c: z\n    d: w\n"
    assert loaded(text).keys == {
        ("a",): Position(1, 1),
        ("b",): Position(2, 1),
        ("b", 0, "c"): Position(3, 5),
        ("b", 0, "d"): Position(4, 5),
    }


def test_columns_count_code_points() -> None:
    assert loaded("{é𝔸: x, b: y}").at(("b",)) == Position(1, 12)


def test_a_path_without_value_stands_where_the_nearest_value_above_it_does() -> None:
    document = loaded("a: x\nb:\n  c: y\n")
    assert [document.at(path) for path in (("b", "z", 3), ("z",), ())] == [
        Position(3, 3),
        Position(1, 1),
        Position(1, 1),
    ]


def test_the_positions_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        loaded("a: b").positions["a",] = Position(9, 9)  # type: ignore[index]  # that it cannot is the point


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (b"a: b\nc: \xe9t\xe9\n", "TC102", 2, 4),
        (b"\xef\xbb\xbfa: \xff\n", "TC102", 1, 4),
        ("a:\n\tb: c\n", "TC107", 2, 1),
        ("a: \n \tb: c\n", "TC107", 2, 2),
        ("a:\tb\n", "TC107", 1, 3),
        ("a: b\nc:\n\t", "TC107", 3, 1),
        ("a: b\tc\n", "TC107", 1, 5),
        ("a: b # x\ty\n", "TC107", 1, 9),
        ("a: 'x\ty' #\tz\n", "TC107", 1, 11),
        ("a: b\nc: d\na: e\n", "TC108", 3, 1),
        ("1: b\n'1': e\n", "TC108", 2, 1),
        ("- {a: b, a: c}\n", "TC108", 1, 10),
        ("a: &x b\n", "TC109", 1, 4),
        ("a: &x [b]\n", "TC109", 1, 4),
        ("a: *x\n", "TC109", 1, 4),
        ("*x : b\n", "TC109", 1, 1),
        ("a: *\n", "TC109", 1, 4),
        ("a:\n  <<: {b: c}\n", "TC110", 2, 3),
        ("a: !foo b\n", "TC111", 1, 4),
        ("a: !!int 3\n", "TC111", 1, 4),
        ("a: !x!foo b\n", "TC111", 1, 4),
        ("a: b\n---\nc: d\n", "TC112", 2, 1),
        ("a: b\n--- c\n", "TC112", 2, 1),
        ("", "TC113", 0, 0),
        ("# nothing here\n\n", "TC113", 0, 0),
        ("---\n...\n", "TC113", 0, 0),
        ("[a]: b\n", "TC114", 1, 1),
        ("a:\n  ? {b: c}\n  : d\n", "TC114", 2, 5),
        ("? |\n  a\n: b\n", "TC114", 1, 3),
        ("'': b\n", "TC114", 1, 1),
    ],
)
def test_each_problem_has_its_code_and_place(text: str | bytes, code: str, line: int, column: int) -> None:
    assert places(text) == [(code, line, column)]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("%YAML 1.2\n---\na: b\n", 1, 1, "unexpected directive `%YAML 1.2`"),
        ("%YAML 3.1\n---\na: b\n", 1, 1, "unexpected directive `%YAML 3.1`"),
        ("a: b: c\n", 1, 5, "unexpected `: c`"),
        ("a: b\n  c: d\n", 2, 4, "unexpected `: d`"),
        ("a: b\nfoo\nc: d\n", 2, 1, "no `:` after `foo`"),
        ("a: [b, c\nd: e\n", 2, 2, "expected `,` or `]`, found `: e`"),
        ("a: {b: c\n\n", 1, 9, "expected `,` or `}`, found the end of the file"),
        ("a: 'b\nc: d\n", 1, 4, "quotation marks not closed: `'b`"),
        ('a: "b\n---\nc"\n', 1, 4, 'quotation marks not closed: `"b`'),
        ("a: @b\n", 1, 4, "text cannot start with `@b`"),
        ("a: `b`\n", 1, 4, "text cannot start with `'b'`"),
        ("a: - b\n", 1, 4, "a list cannot start at `- b`"),
        ('a: "\\xzz"\n', 1, 7, 'unknown escape at `zz"`'),
        ("a: | b\n  c\n", 1, 6, "unexpected `b` after `|` or `>`"),
        ("a:\n  b: c\n d: e\n", 3, 2, "expected a key, found `d: e`"),
        ("a: 'b' c\n", 1, 8, "expected a key, found `c`"),
        ("- a\nb: c\n", 2, 1, "expected `- `, found `b: c`"),
        ("a: }\n", 1, 4, "expected a value, found `}`"),
        ("'a' b\n", 1, 5, "unexpected `b` after the end"),
        ("a: b\n...\nc: d\n", 3, 1, "unexpected `c: d` after the end"),
    ],
)
def test_malformed_text_is_explained_in_plain_words(text: str, line: int, column: int, message: str) -> None:
    assert problems(text)[0] == Diagnostic("a.yaml", line, column, "TC106", message, problems(text)[0].help)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("a: b: c\n", "put text that contains `: ` in quotes, or align the key"),
        ("\n\na: [b\n", "close the list opened on line 3"),
        ("a:\n  b: c\n d: e\n", "align it with line 1, or quote the whole text"),
        ("a: 1\na: 2\n", "keep one of them"),
        (b"\xff", "save the file as UTF-8"),
    ],
)
def test_the_help_says_what_to_do(text: str | bytes, advice: str) -> None:
    assert [problem.help for problem in problems(text)] == [advice]


def test_a_double_key_names_the_line_of_the_first() -> None:
    assert problems("a: b\n\na: c\n")[0].message == "key `a` occurs twice; the first is on line 1"


def test_a_key_that_occurs_three_times_is_reported_twice() -> None:
    assert places("a: 1\na: 2\na: 3\n") == [("TC108", 2, 1), ("TC108", 3, 1)]


def test_a_long_text_is_shortened_in_a_message() -> None:
    assert problems("x: @" + "é" * 60)[0].message == f"text cannot start with `@{'é' * 39}…`"


@pytest.mark.parametrize(
    "character",
    [
        *("\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x80", "\x85", "\x9f", "\u200b", "\u200c", "\u200d"),
        *("\u2028", "\u2029", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff", "\uffff"),
    ],
)
@pytest.mark.parametrize("text", ["a: b\nc: x{}y\n", "a: b\nc: 'x{}y'\n", "a: b\n#  x{}y\nc: d\n"])
def test_an_invisible_character_is_reported_wherever_it_stands(text: str, character: str) -> None:
    before = text.split("{}", maxsplit=1)[0].splitlines()[-1]
    assert places(text.format(character)) == [("TC103", 2, len(before) + 1)]


def test_an_invisible_character_is_named() -> None:
    assert problems("a: b\u202ec")[0].message == "invisible character `U+202E` (right-to-left override)"


def test_a_control_character_without_a_name_is_named_by_its_number() -> None:
    assert problems("a: b\x1bc")[0].message == "invisible character `U+001B` (control character)"


@pytest.mark.parametrize("escape", [r"\u202e", r"\0", r"\x85", r"\uFEFF", r"\U0000200B"])
def test_an_invisible_character_written_as_an_escape_is_reported(escape: str) -> None:
    assert places(f'a: "x{escape}y"') == [("TC103", 1, 4)]


def test_very_many_invisible_characters_are_listed_up_to_a_limit_and_counted() -> None:
    found = problems("a: " + "\x07" * 60)
    assert (len(found), found[-1].message) == (50, "invisible character `U+0007` (control character), and 10 more")


@pytest.mark.parametrize(
    "text", ["a: 'x\ty'\n", 'a: "x\ty"\n', "a: |\n  x\ty\n  \tz\nb: c\n", "a: >\n  x\ty\n", "'x\ty': b\n"]
)
def test_a_tab_is_text_in_quoted_and_block_text(text: str) -> None:
    assert r"x\ty" in repr(loaded(text).value)


def test_tabs_are_reported_once_for_each_line() -> None:
    text = "a: b # x\ty\tz\ne: 'x\ty'\nf: g # x\ty\n"
    assert places(text) == [("TC107", 1, 9), ("TC107", 3, 9)]


def test_a_tab_before_a_malformed_place_is_reported_with_it() -> None:
    assert places("a: b # x\ty\nc: d\n e: f\n") == [("TC107", 1, 9), ("TC106", 3, 3)]


def test_an_odd_character_hides_the_malformed_text_it_causes() -> None:
    assert places("a: b\n\u200b@c: d: e\n") == [("TC103", 2, 1)]


def test_all_problems_of_a_file_are_reported_together() -> None:
    text = "a: &x b\na: c\nd: !t e\n<<: f\ng: h\u200bi\n[j]: k\n---\nl: m\n"
    assert [code for code, _, _ in places(text)] == [
        *("TC109", "TC108", "TC111", "TC110", "TC103", "TC114", "TC112"),
    ]


def test_problems_inside_what_is_refused_are_reported_too() -> None:
    assert places("a: b\na: {c: &x d}\n[{e: 1, e: 2}]: [&y f]\n") == [
        ("TC108", 2, 1),
        ("TC109", 2, 8),
        ("TC114", 3, 1),
        ("TC108", 3, 9),
        ("TC109", 3, 18),
    ]


def test_the_deepest_allowed_content_is_read() -> None:
    assert loaded("[" * MAX_DEPTH + "]" * MAX_DEPTH).at((0,) * (MAX_DEPTH - 1)) == Position(1, MAX_DEPTH)


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 100_000])
def test_deeper_content_is_refused_at_the_first_level_too_deep(depth: int) -> None:
    assert places("[" * depth) == [("TC105", 1, MAX_DEPTH + 1)]


def test_depth_counts_mappings_and_lists() -> None:
    text = "".join(f"{' ' * level}k{level}:\n" for level in range(MAX_DEPTH + 2))
    assert places(text) == [("TC105", MAX_DEPTH + 1, MAX_DEPTH + 1)]


@pytest.mark.parametrize("make", [lambda n: b"#" * n, lambda n: b"a: '" + b"x" * (n - 5) + b"'"])
def test_a_file_over_the_limit_is_refused(make: Callable[[int], bytes]) -> None:
    assert problems(make(MAX_BYTES + 1))[0] == Diagnostic(
        "a.yaml", 0, 0, "TC104", "the file is larger than 2 MB", "split it into several files"
    )


def test_a_file_is_read_under_the_name_it_is_shown_by(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_bytes(b"a: b\n")
    assert (read(path).file, read(path, shown="rules/b.yaml").file) == (str(path), "rules/b.yaml")


def test_a_missing_file_is_a_diagnostic(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path / "none.yaml", shown="none.yaml")
    assert caught.value.diagnostics[0] == Diagnostic(
        "none.yaml",
        0,
        0,
        "TC101",
        "cannot read `none.yaml`: no such file or directory",
        "check the name and the permissions",
    )


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="TC101"):
        read(tmp_path)


def test_a_large_file_is_refused_when_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 10))
    with pytest.raises(InputError, match="TC104"):
        read(path)


@pytest.mark.parametrize(
    "text", ["a: b: c", "a: [b", "- a\nb: c", "a: 'b' c", "a: !<b c", "? a: b: c", "a: %b", "{a: b]", 'a: "\\q"']
)
def test_no_message_names_a_part_of_the_parser(text: str) -> None:
    shown = str(InputError(problems(text))).lower()
    assert [word for word in ("scanner", "parser", "<block", "token", "node", "stream", "flow") if word in shown] == []


def test_every_code_has_one_line_that_explains_it() -> None:
    assert (sorted(CODES), [line for line in CODES.values() if "\n" in line or not line]) == (
        [f"TC{number}" for number in range(101, 115)],
        [],
    )
