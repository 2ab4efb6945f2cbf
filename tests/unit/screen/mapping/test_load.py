"""A mapping file is read strictly: everything that is wrong in it is told together, each in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from treatycheck.errors import InputError
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.mapping.load import load
from treatycheck.screen.mapping.model import Reading
from treatycheck.screen.schema import flat_schema

ROOT = Path(__file__).resolve().parents[4]

START = """\
format: treatycheck.mapping/1
columns:
  act: {column: kind, values: {laid: use}}
  modality: {constant: occurred}
  strength: {constant: S3}
"""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


def read(text: str, folder: Path, rulebook: Rulebook) -> Reading:
    file = folder / "theirs.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file, flat_schema(rulebook), rulebook)


def wrong(text: str, folder: Path, rulebook: Rulebook) -> list[str]:
    """Place, code and message of everything that is wrong."""
    with pytest.raises(InputError) as caught:
        read(text, folder, rulebook)
    assert all(one.help for one in caught.value.diagnostics)
    return [f"{one.line}:{one.column} {one.code} {one.message}" for one in caught.value.diagnostics]


def test_a_mapping_in_order_has_its_dictionaries_and_knows_where_columns_are_named(
    tmp_path: Path, rulebook: Rulebook
) -> None:
    reading = read(START + "  user.code: {column: iso, countries: [numeric]}\n", tmp_path, rulebook)
    assert (("laid", "use"),) == reading.values["act"].pairs
    assert ("578", "NOR") in reading.countries["user.code"].pairs
    assert {"kind": (3, 17), "iso": (6, 23)} == dict(reading.places)


def test_everything_that_is_wrong_is_told_together(tmp_path: Path, rulebook: Rulebook) -> None:
    text = """\
format: treatycheck.mapping/1
columns:
  act: {column: kind, values: {laid: used, sold: transfer}}
  modality: {constant: perhaps}
  strengh: {constant: S3}
  user: {column: who, constant: Army}
  user.code: {column: iso, countries: [numeric, gleditsch-ward]}
  date: {column: day, format: DD/MM, precision: {column: prec, values: {1: range}}}
"""
    assert [
        "3:3 TC671 there is no column `strength`",
        "3:38 TC672 `act` cannot be `used`: not a word of the vocabulary",
        "4:24 TC672 `modality` cannot be `perhaps`: not a word of the vocabulary",
        "5:3 TC671 column `strengh` is not in the schema",
        "6:3 TC673 `user` comes from both a column and a constant",
        "7:28 TC673 `gleditsch-ward`, `numeric` cannot be told apart",
        "8:31 TC674 `DD/MM` is no form of a date",
        "8:38 TC673 a `range` has no end",
    ] == wrong(text, tmp_path, rulebook)


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("user.code: {countries: [numeric]}", "6:3 TC673 `user.code` comes from nothing"),
        ("user: {column: who, countries: [name]}", "6:23 TC673 `user` holds no States"),
        ("user: {column: who, format: YYYY}", "6:23 TC673 `user` is no date"),
        ("user: {column: who, at_latest: true}", "6:23 TC673 `user` is no date"),
        ("user: {column: who, otherwise: unknown}", "6:23 TC673 there is no table that a value could be missing from"),
        ("user: {constant: Army, empty: nobody}", "6:26 TC673 a constant has no use for `empty`"),
        ("user.code: {constant: NO}", "6:25 TC672 `user.code` cannot be `NO`: not the code of a State"),
        (
            "user.strength: {column: sure, values: {yes: S3}, otherwise: unknown}",
            "6:63 TC672 `user.strength` cannot be unknown: that would be a guess",
        ),
        (
            "dispute: {column: d, values: {y: denied}, otherwise: unknown}",
            "6:56 TC672 `dispute` cannot be unknown: that would be a guess",
        ),
        (
            "object.quantity: {column: n, empty: few}",
            "6:39 TC672 `object.quantity` cannot be `few`: not a number of at least zero",
        ),
        ("date: {column: day, values: {x: 2021}, until: end}", "6:42 TC673 `until` does not go with a table of values"),
        ("date: {column: day, format: MMMM YYYY, until: end}", "6:31 TC674 `MMMM YYYY` has no day"),
        ("date: {column: day, format: YYYY, guess: yes}", "6:37 TC120 unknown key `guess`"),
        ("user.code: {column: iso, countries: [iso2]}", "6:40 TC120 `iso2` is not a value of entry 1 of `countries`"),
        ('user: {column: who, values: {a: b, " a": c}}', "6:31 TC673 `a` is listed twice"),
    ],
)
def test_what_does_not_go_together_is_refused(entry: str, expected: str, tmp_path: Path, rulebook: Rulebook) -> None:
    assert [expected] == wrong(f"{START}  {entry}\n", tmp_path, rulebook)


def test_beside_a_key_that_is_none_what_is_missing_is_told_as_well(tmp_path: Path, rulebook: Rulebook) -> None:
    text = "format: treatycheck.mapping/1\nnotes: none\ncolumns: {modality: {constant: occurred}}\npass_over: {a: []}\n"
    assert [
        "2:1 TC120 unknown key `notes`",
        "3:10 TC671 there is no column `act`",
        "3:10 TC671 there is no column `strength`",
        "4:16 TC673 no value of `a` is listed",
    ] == wrong(text, tmp_path, rulebook)


def test_a_file_of_another_format_is_refused(tmp_path: Path, rulebook: Rulebook) -> None:
    assert ["1:9 TC120 `treatycheck.mapping/2` is not a value of `format`"] == wrong(
        START.replace("mapping/1", "mapping/2"), tmp_path, rulebook
    )


def test_values_to_be_passed_over_are_listed(tmp_path: Path, rulebook: Rulebook) -> None:
    text = f"{START}pass_over: {{event_type: []}}\n"
    assert ["6:25 TC673 no value of `event_type` is listed"] == wrong(text, tmp_path, rulebook)


def test_the_worked_mappings_are_in_order(rulebook: Rulebook) -> None:
    files = sorted((ROOT / "rules" / "mappings").glob("*.yaml"))
    assert ["acled.yaml", "ucdp-ged.yaml"] == [file.name for file in files]
    for file in files:
        assert load(file, flat_schema(rulebook), rulebook).entries
