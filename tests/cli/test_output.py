"""Results are written whole or not at all, and to nothing that the run reads."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from treatycheck.cli import output
from treatycheck.errors import Diagnostic, InputError


def full_disk(_: int) -> None:
    raise OSError(28, "No space left on device")


def messages(diagnostic: Diagnostic | None) -> str:
    return "" if diagnostic is None else diagnostic.message


def test_a_file_ends_with_one_line_end(tmp_path: Path) -> None:
    output.write(tmp_path / "a.md", "é")
    output.write(tmp_path / "b.md", "é\n")
    assert [b"\xc3\xa9\n"] * 2 == [(tmp_path / name).read_bytes() for name in ("a.md", "b.md")]


def test_a_write_that_fails_leaves_the_old_file_and_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.md"
    target.write_text("old")
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(InputError) as caught:
        output.write(target, "new")
    assert f"`{target}` cannot be written: no space left on device" == caught.value.diagnostics[0].message
    assert [(target, "old")] == [(path, path.read_text()) for path in tmp_path.iterdir()]


def test_an_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        output.write(tmp_path / "report.md", "new")
    assert [] == list(tmp_path.iterdir())


def test_the_text_is_on_the_disk_before_the_file_takes_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    real = os.fsync

    def watch(handle: int) -> None:
        real(handle)
        seen.append((tmp_path / "report.md").exists())

    monkeypatch.setattr(os, "fsync", watch)
    output.write(tmp_path / "report.md", "new")
    assert ([False], True) == (seen, (tmp_path / "report.md").exists())


def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    target.write_text("old")
    target.chmod(0o640)
    output.write(target, "new")
    assert 0o640 == stat.S_IMODE(target.stat().st_mode)


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    output.write(tmp_path / "report.md", "new")
    (tmp_path / "other.md").touch()
    assert (tmp_path / "other.md").stat().st_mode == (tmp_path / "report.md").stat().st_mode


def test_a_link_to_an_input_is_that_input(tmp_path: Path) -> None:
    document = tmp_path / "note.txt"
    document.write_text("words")
    link = tmp_path / "report.md"
    link.symlink_to(document)
    assert f"`{link}` is an input of this run" == messages(output.refusal(link, [document]))


def test_a_file_beside_the_inputs_is_none_of_them(tmp_path: Path) -> None:
    document = tmp_path / "note.txt"
    document.write_text("words")
    (tmp_path / "report.md").write_text("old")
    assert output.refusal(tmp_path / "report.md", [document, tmp_path / "gone.txt"]) is None


def test_a_file_in_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("words")
    target = tmp_path / "note.txt" / "report.md"
    assert f"`{target}` cannot be written" in messages(output.refusal(target))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_closed_folder_cannot_be_written(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    assert f"`{closed / 'report.md'}` cannot be written" == messages(output.refusal(closed / "report.md"))


def test_a_path_that_no_system_accepts_is_told(tmp_path: Path) -> None:
    target = tmp_path / ("a" * 300)
    assert "file name too long" in messages(output.refusal(target))


@pytest.mark.parametrize(
    ("columns", "expected"), [(None, 80), ("100", 100), ("10", 40), ("wide", 80), ("", 80), ("-5", 80), ("²", 80)]
)
def test_the_width_is_that_of_the_environment_where_it_is_usable(
    columns: str | None, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    if columns is not None:
        monkeypatch.setenv("COLUMNS", columns)
    assert expected == output.width()
