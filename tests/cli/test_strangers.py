"""Names of files, words of commands and texts by strangers, on a terminal: each is shown, and none of them acts."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
from pathlib import Path

import pytest
from tests.properties import strangers
from tests.properties.screens import unacted

from treatycheck.cli import main, output
from treatycheck.report.characters import HIDDEN

BAD = "\x1b[2J\x1b]0;title\x07\n\r\t\u202e\u200b\x9b31m  'q' \"r\" \u3164"
SHOWN = "\\x1b[2J\\x1b]0;title\\x07\\x0a\\x0d\\x09\\u202e\\u200b\\x9b31m  'q' \"r\" \\u3164"
RULES = ["--rules", str(strangers.RULES)]
FORMATS = ("terminal", "markdown", "json", "html", "csv", "sarif", "sarif-alerts", "junit")
WIDE = 4000


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TREATYCHECK_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("TREATYCHECK_DEBUG", raising=False)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def on_a_terminal(*words: str) -> tuple[int, str, str]:
    out, err = Terminal(), Terminal()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(words)
    return code, out.getvalue(), err.getvalue()


COMMANDS: list[list[str]] = [
    ["check", BAD],
    ["check", ".", "--rules", BAD],
    ["check", "case", *RULES, "-o", f"{BAD}/{BAD}"],
    ["check", "case", *RULES, "--format", BAD],
    ["check", "case", *RULES, "--engine", BAD],
    ["check", "case", *RULES, "--as-of", BAD],
    ["check", "case", *RULES, "--position", f"{BAD}={BAD}"],
    ["check", "case", *RULES, "--position", BAD],
    ["check", "case", *RULES, "--fail-on", BAD],
    ["check", "case", *RULES, "--fuse", BAD],
    ["check", "case", *RULES, "--baseline", BAD],
    ["check", "case", *RULES, "--waivers", BAD],
    ["check", f"--{BAD}"],
    ["check", "case", f"--{BAD}={BAD}"],
    [BAD],
    ["explain", BAD, "case", *RULES],
    ["explain", "all", "case", *RULES, "--rule", BAD],
    ["explain", "all", "case", *RULES, "--depth", BAD],
    ["whatif", "case", *RULES, "--set", BAD],
    ["whatif", "case", *RULES, "--set", f"NLA.status={BAD}"],
    ["whatif", "case", *RULES, "--fact", f"{BAD}={BAD}"],
    ["whatif", "case", *RULES, "--fact", f"M-1.height={BAD}"],
    ["whatif", "case", *RULES, "--without", BAD],
    ["status", BAD],
    ["status", "--count", "--on", BAD],
    ["deadlines", BAD],
    ["schema", BAD],
    ["events", "validate", BAD],
    ["events", "new", BAD],
    ["events", "new", f"{BAD}.txt"],
    ["rules", "show", BAD],
    ["rules", "test", BAD],
    ["rules", "test", "--rule", BAD],
    ["rules", "list", "--instrument", BAD],
    ["rules", "coverage", "--instrument", BAD],
]


@pytest.mark.parametrize(
    "words", COMMANDS, ids=lambda words: " ".join(words[:4]).encode("unicode_escape").decode()[:40]
)
def test_what_is_wrong_with_a_command_is_told_and_does_nothing(words: list[str]) -> None:
    shutil.copytree(strangers.RULES.parent / "case", "case")
    code, out, err = on_a_terminal(*words)
    assert (2, "") == (code, out)
    assert [] == unacted(err, WIDE)
    assert [] == HIDDEN.findall(err.replace("\n", ""))
    assert "title" in err
    assert " error[TC" in err


@pytest.mark.parametrize("words", [["check", BAD], ["events", "new", f"{BAD}.txt"]])
def test_the_name_of_a_file_is_shown_sign_by_sign_on_one_line(words: list[str]) -> None:
    place = next(one for one in on_a_terminal(*words)[2].splitlines() if "error[" in one)
    assert place.startswith(SHOWN)


def test_two_names_that_differ_in_spaces_are_told_apart() -> None:
    assert "`a  b`" in on_a_terminal("check", "a  b")[2]


YAML = {
    "a control": 'format: "\\e[2J\\a"\n',
    "a raw control": "format: \x1b[31m\x07\n",
    "a key": '"\\u2060\\u00ad\\u3164\\U000E0041 title": 1\n',
    "a word": 'format: "\\u2060\\u00ad title\\u3164\\n\\n x"\n',
    "a tag": "!<\u3164tag> x\n",
    "an anchor": "a: &\u2060x y\n",
    "a quote that is not closed": 'a: "\u2060\x1b[2J\n',
    "twice": "a\u2060: 1\na\u2060: 2\n",
}


@pytest.mark.parametrize("kind", YAML)
def test_what_is_wrong_in_a_file_is_told_and_does_nothing(kind: str) -> None:
    Path("a.txt").write_text("a", encoding="utf-8")
    Path("a.events.yaml").write_text(YAML[kind], encoding="utf-8")
    shutil.copytree(strangers.RULES, "rules")
    shutil.copytree(strangers.RULES.parent / "case", "case")
    Path("rules/vocabulary.yaml").write_text(YAML[kind], encoding="utf-8")
    for name in ("status.csv", "acts.csv"):
        path = Path("rules/kite-accord") / name
        path.write_text(f"{path.read_text('utf-8')}\x1b[2J\u202e,\x07{kind}\n", encoding="utf-8")
    Path("w.yaml").write_text(YAML[kind], encoding="utf-8")
    Path("b.json").write_text(f'{{"schema": "\\u001b[2J\\u202e{kind}", "\\u0007": 1}}', encoding="utf-8")
    for words in (
        ["check", "a.events.yaml", *RULES],
        ["check", "case", "--rules", "rules"],
        ["check", "case", *RULES, "--waivers", "w.yaml"],
        ["check", "case", *RULES, "--fuse", "w.yaml"],
        ["check", "case", *RULES, "--baseline", "b.json"],
    ):
        code, _, err = on_a_terminal(*words)
        assert (2, [], []) == (code, unacted(err, WIDE), HIDDEN.findall(err.replace("\n", "")))


def test_a_remark_that_names_a_file_does_nothing() -> None:
    path = strangers.write(Path())
    (path.parent / f"{BAD.replace('/', '')}.fusion.yaml").write_text("x", encoding="utf-8")
    (path.parent / "other\x1b[2J\n.txt").write_text("x", encoding="utf-8")
    code, _, err = on_a_terminal("check", str(path.parent), *RULES, "--format", "json")
    assert (0, [], []) == (code, unacted(err, WIDE), HIDDEN.findall(err.replace("\n", "")))
    assert "note: not fused" in err
    code, out, err = on_a_terminal("events", "validate", str(path.parent), *RULES)
    assert (0, [], [], []) == (code, unacted(out, WIDE), unacted(err, WIDE), HIDDEN.findall(err.replace("\n", "")))
    assert "note: without events: other\\x1b[2J\\x0a.txt" in err


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_fault_that_quotes_a_text_does_nothing(debug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(_: object) -> object:
        raise ValueError(BAD)

    monkeypatch.setattr("treatycheck.rulebook.load.load_rulebook", load)
    monkeypatch.setenv("TREATYCHECK_DEBUG", debug)
    code, _, err = on_a_terminal("rules", "list")
    assert (3, [], []) == (code, unacted(err, WIDE), HIDDEN.findall(err.replace("\n", "")))


@pytest.mark.parametrize("layout", FORMATS)
def test_no_format_acts_on_a_terminal(layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = strangers.write(Path())
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "dumb")
    code, out, err = on_a_terminal("check", str(path.parent), *RULES, "--format", layout)
    assert (0, "") == (code, err)
    longest = max(map(len, out.split("\n"))) * 2
    assert [] == unacted(out.replace("\r\n", "\n").replace("\t", " "), 80 if layout == "terminal" else longest)
    assert [] == HIDDEN.findall(out.replace("\n", "").replace("\r", "").replace("\t", ""))


@pytest.mark.parametrize("layout", FORMATS)
def test_a_folder_may_have_a_name_that_is_no_text(layout: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The file system of some machines refuses it.
    folder = Path(os.fsdecode(b"n\xff\x1b"))
    with contextlib.suppress(OSError):
        shutil.copytree(strangers.RULES.parent / "case", folder)
    if not folder.exists():
        pytest.skip("no such name here")
    monkeypatch.setenv("TERM", "dumb")
    code, out, err = on_a_terminal("check", str(folder), *RULES, "--format", layout)
    assert (0, "") == (code, err)
    assert [] == HIDDEN.findall(re.sub(r"[\n\r\t]", "", out))


@pytest.mark.parametrize("layout", FORMATS)
def test_a_file_gets_what_a_pipe_gets_whatever_it_is_called(layout: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = strangers.write(Path())
    words = ["check", str(path.parent), *RULES, "--format", layout]
    assert 0 == main(words)
    piped = capsys.readouterr().out
    target = Path(BAD.replace("/", ""))
    assert 0 == main([*words, "-o", str(target)])
    with target.open(encoding="utf-8", newline="") as file:
        assert piped == file.read()
    assert ("", []) == (capsys.readouterr().err, [*Path().glob("*.part")])


def test_a_rulebook_may_stand_in_a_folder_of_any_name(capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(strangers.RULES, BAD)
    assert 0 == main(["check", str(strangers.RULES.parent / "case"), "--rules", BAD, "--format", "json"])
    assert '"rulebook"' in capsys.readouterr().out


def test_only_a_terminal_is_spared_what_would_act(capsys: pytest.CaptureFixture[str]) -> None:
    text = "a\x1b[2J\tb\r\n\u202e\n"
    output.show(text)
    assert text == capsys.readouterr().out
    out = Terminal()
    with contextlib.redirect_stdout(out):
        output.show(text)
    assert "a\\x1b[2J\tb\r\n\\u202e\n" == out.getvalue()
