"""The header of a table of CSV settles its form, and what cannot be read is told line by line."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from treatycheck.errors import InputError
from treatycheck.screen.csvtext import Header, copied, header


def table(folder: Path, data: bytes, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"id,act\n", Header(("id", "act"), ",", 0)),
        (b"id;act\n", Header(("id", "act"), ";", 0)),
        (b"id\tact\r\n", Header(("id", "act"), "\t", 0)),
        (b"id|act", Header(("id", "act"), "|", 0)),
        (b'"id, or name";act\n', Header(("id, or name", "act"), ";", 0)),
        (b"\xef\xbb\xbfid,act\n", Header(("id", "act"), ",", 0)),
        (b"\n\r\nid,act\n", Header(("id", "act"), ",", 2)),
        (b"id,,act,\n", Header(("id", "column 2", "act", "column 4"), ",", 0)),
        (b"id\ract,x\r", Header(("id",), ",", 0)),
        (b"", Header((), ",", 0)),
    ],
)
def test_the_header_tells_columns_and_separator(data: bytes, expected: Header, tmp_path: Path) -> None:
    assert expected == header(table(tmp_path, data))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("id,act\n".encode("utf-16"), "the table is written in UTF-16"),
        (b"id,act\xe9\n", "the header cannot be read"),
        (b"id\x00,act\n", "the header cannot be read"),
        (b"id,act,id\n", "column `id` stands twice in the header"),
    ],
)
def test_a_header_that_cannot_be_read_is_refused(data: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        header(table(tmp_path, data))
    assert [(message, True)] == [(one.message, bool(one.help)) for one in caught.value.diagnostics]


@pytest.mark.parametrize("name", ["table.csv", "table.csv.gz"])
def test_a_copy_has_the_wanted_columns_of_the_rows_that_can_be_read(name: str, tmp_path: Path) -> None:
    data = b'\xef\xbb\xbfid;act;note\n1;use;\xff\n\n2;us\xff;b\n3;use\n4;"use";"a ""b"""\n'
    path = table(tmp_path, gzip.compress(data) if name.endswith(".gz") else data, name)
    found = copied(path, header(path), ("act", "id"), tmp_path / "copy.csv")
    # A column that is not read may hold anything.
    assert '"row","act","id"\n"1","use","1"\n"4","use","4"\n' == found.path.read_text(encoding="utf-8")
    assert [
        (2, "act", "us\\xff", "not written in UTF-8"),
        (3, "", "3;use", "2 cells, where the header has 3"),
    ] == [(row, one.column, one.value, one.reason) for row, one in found.unread]


def test_a_cell_that_does_not_end_within_bounds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("treatycheck.screen.csvtext.LONGEST", 100)
    path = table(tmp_path, b'id,act\n1,use\n2,"use\n' + b"3,use\n" * 30)
    with pytest.raises(InputError) as caught:
        copied(path, header(path), ("id", "act"), tmp_path / "copy.csv")
    (one,) = caught.value.diagnostics
    assert (3, "the cell that begins in line 3 or later does not end") == (one.line, one.message)
