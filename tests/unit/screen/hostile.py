"""Rows that were written to break a screening, each with the fate it must have.

Every row of `ROWS` is the one of `BASE` with some cells of its own, and may stand in a table of any layout. Its fate is
what the rule `RULE` says of the user in it, or the columns for which it is refused, each with the reason. What can
stand in one layout alone is in `CSV`, `NDJSON` and `PARQUET`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

RULE: Final = "mbc-1-1-a-use"

# Such a row is found by its signature; a row with a date beside its own is looked at by itself.
BASE: Final[Mapping[str, str]] = {
    "id": "H",
    "source": "Invented Gazette",
    "act": "use",
    "modality": "occurred",
    "strength": "S2",
    "date": "2012-05-10",
    "date.strength": "S3",
    "dispute": "none",
    "event.civilian_area": "no",
    "event.conflict": "none",
    "event.reporting_year": "",
    "place.country": "NOR",
    "user": "Army of Norway",
    "user.code": "NOR",
    "user.kind": "state",
    "user.strength": "S2",
    "recipient": "",
    "recipient.code": "",
    "recipient.kind": "",
    "object.category": "anti_personnel_mine",
    "object.category.strength": "S3",
    "object.activation": "person",
    "object.model": "",
    "object.quantity": "12",
    "object.origin": "NOR",
    "object.placed": "yes",
}

Refused = dict[str, str]
"""Reasons by column; the column is empty where the row as a whole cannot be read."""


@dataclass(frozen=True)
class Row:
    """One row: what is hostile in it, the cells that differ, and its fate."""

    what: str
    cells: Mapping[str, str]
    fate: str | Refused


@dataclass(frozen=True)
class Line:
    """What stands in a file of one layout where a row is expected, and the fates of the rows that it makes."""

    what: str
    bytes: bytes
    fates: tuple[str | Refused, ...]


YES: Final = "credible_concern S2"
BEFORE: Final = "not_applicable not_yet_in_force"
NOT_BOUND: Final = "not_applicable actor_not_bound"
NOT_ADDRESSED: Final = "not_applicable actor_not_addressee"
WHO: Final = "undetermined addressee"
CONDUCT: Final = "undetermined conduct"
WHAT: Final = "undetermined object"
OPEN: Final = "undetermined bound"
EMPTY: Final = "empty; an event needs it"
WORD: Final = "not a word of the vocabulary"
STATE: Final = "not the code of a State"
NUMBER: Final = "not a number of at least zero"
TRUTH: Final = "neither `yes` nor `no`"
CODE: Final = "a state needs the code of its State"
DATE: Final = "!`{}` is not a date"
FORM: Final = "!`{}` is not a date in the form used here"


def of(column: str, *rows: tuple[str, str, str]) -> tuple[Row, ...]:
    """Rows in which one cell is hostile: what, the cell, the fate; a reason begins with `!`, `{}` is the cell."""
    return tuple(
        Row(f"{column}: {what}", {column: cell}, _fate(column, fate.replace("{}", cell))) for what, cell, fate in rows
    )


def _fate(column: str, text: str) -> str | Refused:
    return {column: text[1:]} if text.startswith("!") else text


# What becomes of a row in which one column is empty, and in which it says that nobody knows.
NOTHING: Final[Mapping[str, tuple[str, str]]] = {
    "id": (YES, YES),
    "source": (YES, YES),
    "act": ("!" + EMPTY, "!" + WORD),
    "modality": ("!" + EMPTY, "!" + WORD),
    "strength": ("!" + EMPTY, "!" + WORD),
    "date": (OPEN, OPEN),
    "date.strength": (YES, "!" + WORD),
    "dispute": (YES, "!" + WORD),
    "event.civilian_area": (YES, YES),
    "event.conflict": (YES, YES),
    "event.reporting_year": (YES, YES),
    "place.country": (YES, YES),
    "user": (YES, YES),
    "user.code": ("!" + CODE, "!" + CODE),
    "user.kind": (WHO, WHO),
    "user.strength": (YES, "!" + WORD),
    "recipient": (YES, YES),
    "recipient.code": (YES, YES),
    "recipient.kind": (YES, YES),
    "object.category": (WHAT, WHAT),
    "object.category.strength": (YES, "!" + WORD),
    "object.activation": (YES, YES),
    "object.model": (YES, YES),
    "object.quantity": (YES, YES),
    "object.origin": (YES, YES),
    "object.placed": (YES, YES),
}

NULLS: Final = (
    *(
        Row(f"{column}: nothing", {column: ""}, _fate(column, fate))
        for column, (fate, _) in NOTHING.items()
        if BASE[column]
    ),
    *(
        Row(f"{column}: nobody knows", {column: "unknown"}, _fate(column, fate))
        for column, (_, fate) in NOTHING.items()
    ),
    Row("nothing at all", dict.fromkeys(BASE, ""), {"act": EMPTY, "modality": EMPTY, "strength": EMPTY}),
    Row(
        "a blank in every cell",
        dict.fromkeys(BASE, " "),
        {
            **dict.fromkeys(("act", "modality", "strength", "date.strength", "dispute", "event.conflict"), WORD),
            **dict.fromkeys(("user.kind", "user.strength", "recipient.kind"), WORD),
            **dict.fromkeys(("object.category", "object.category.strength", "object.activation"), WORD),
            **dict.fromkeys(("place.country", "user.code", "recipient.code", "object.origin"), STATE),
            **dict.fromkeys(("event.civilian_area", "object.placed"), TRUTH),
            "date": "the date `` is empty",
            "event.reporting_year": "not a date",
            "object.quantity": NUMBER,
        },
    ),
    # Nobody is named who could have done it, so no rule is asked of anybody.
    Row(
        "nothing but what an event needs",
        {**dict.fromkeys(BASE, ""), "act": "use", "modality": "occurred", "strength": "S4"},
        "none",
    ),
)

DATES: Final = of(
    "date",
    ("the day before the entry into force", "1999-02-28", BEFORE),
    ("the day of the entry into force", "1999-03-01", YES),
    ("the month before", "1999-02", BEFORE),
    ("the month after", "1999-03", YES),
    ("the year in which it falls", "1999", OPEN),
    ("the first day there is", "0001-01-01", BEFORE),
    ("the last day there is", "9999-12-31", OPEN),
    ("a day after the registers end", "2099-01-01", OPEN),
    ("the year nought", "0000-01-01", "!`{}` has no year: there is no year `0000`"),
    ("a year before our era", "-0044-03-15", FORM),
    ("a year of five figures", "10000-01-01", DATE),
    ("a year of five thousand figures", "9" * 5000, f"!`{'9' * 60}…` is too long for a date"),
    ("a leap day", "2012-02-29", YES),
    ("a leap day in another year", "2013-02-29", "!`{}` is not in the calendar: February 2013 has 28 days"),
    ("a leap day in a century", "1900-02-29", "!`{}` is not in the calendar: February 1900 has 28 days"),
    ("30 February", "2012-02-30", "!`{}` is not in the calendar: February 2012 has 29 days"),
    ("31 April", "2012-04-31", "!`{}` is not in the calendar: April 2012 has 30 days"),
    ("the thirteenth month", "2012-13-01", "!`{}` has no month `13`"),
    ("month nought", "2012-00-10", "!`{}` has no month `00`"),
    ("day nought", "2012-05-00", "!`{}` is not in the calendar: May 2012 has 31 days"),
    ("figures left out", "2012-5-10", FORM),
    ("without hyphens", "20120510", FORM),
    ("with points", "10.05.2012", FORM),
    ("with strokes, in which order?", "05/10/2012", FORM),
    ("a month by name", "10 May 2012", FORM),
    ("a week", "2012-W19", DATE),
    ("a day of the year", "2012-131", DATE),
    ("a season", "2012-21", "!`{}` has no month `21`"),
    ("a moment", "2012-05-10T23:59:59Z", FORM),
    ("a moment of a database", "2012-05-10 00:00:00.000", FORM),
    ("seconds since 1970", "1336608000", DATE),
    ("days since 1900", "41039", DATE),
    ("a word for a day", "today", DATE),
    ("no date of a library", "NaT", DATE),
    ("the word null", "NULL", DATE),
    ("a hyphen", "-", FORM),
    ("nought", "0", DATE),
    ("blanks around it", "  2012-05-10\t", YES),
    ("another hyphen", "2012\u201005\u201010", DATE),
    ("figures in full width", "\uff12\uff10\uff11\uff12-05-10", DATE),
    ("figures of another script", "\u0662\u0660\u0661\u0662-05-10", DATE),
    ("a space without width", "2012-05-10\u200b", DATE),
    ("right to left", "\u202e2012-05-10", DATE),
    ("two dates", "2012-05-10, 2012-05-11", DATE),
    ("a stretch", "2012-05-10/2012-05-12", YES),
    ("a stretch across the entry into force", "1998/2000", OPEN),
    ("a stretch that runs backwards", "2012-05-12/2012-05-10", "!`{}` runs backwards"),
    ("one day of a set", "[2012-05-10..2012-05-20]", YES),
    ("one day of a set across the entry into force", "[1998..2000]", OPEN),
    ("a set without beginning", "[..2012-05-10]", OPEN),
    ("a set without beginning, all before", "[..1999-02-28]", BEFORE),
    ("a set without end, which ends where the registers do", "[2012-05-10..]", YES),
    ("a set that is not closed", "[2012-05-10..2012-05-20", DATE),
    ("all days of a set", "{2012}", FORM),
    ("about the day", "2012-05-10~", YES),
    ("about the day of the entry into force", "1999-03-01~", OPEN),
    ("perhaps the day, near the entry into force", "1999-03-20?", OPEN),
    ("a day that is not known", "2012-05-XX", YES),
    ("a decade", "201X", YES),
    ("the decade in which it falls", "199X", OPEN),
    ("no year", "XXXX-05-10", OPEN),
    ("nothing is known", "XXXX", OPEN),
    ("an X and then a figure", "2X12", FORM),
    ("SQL", "2012-05-10'); DROP TABLE events; --", DATE),
)

NUMBERS: Final = of(
    "object.quantity",
    ("nought", "0", YES),
    ("noughts before it", "0000012", YES),
    ("a fraction", "1.5", YES),
    ("a point and nothing after it", "12.", YES),
    ("a point and nothing before it", ".5", YES),
    ("a point alone", ".", "!" + NUMBER),
    ("two points", "1.2.3", "!" + NUMBER),
    ("below nought", "-1", "!" + NUMBER),
    ("with its sign", "+12", "!" + NUMBER),
    ("a comma for a point", "1,5", "!" + NUMBER),
    ("thousands apart", "1,000", "!" + NUMBER),
    ("thousands apart by points", "1.000.000", "!" + NUMBER),
    ("thousands apart by blanks", "1 000", "!" + NUMBER),
    ("in powers of ten", "1e3", "!" + NUMBER),
    ("in powers of sixteen", "0x10", "!" + NUMBER),
    ("no number of a library", "NaN", "!" + NUMBER),
    ("without end", "inf", "!" + NUMBER),
    ("a word", "many", "!" + NUMBER),
    ("about", "~12", "!" + NUMBER),
    ("a range", "10-12", "!" + NUMBER),
    ("figures of another script", "\u0661\u0662", "!" + NUMBER),
    ("a figure above the line", "1\u00b2", "!" + NUMBER),
    ("with its unit", "12 kg", "!" + NUMBER),
    ("a blank behind it", "12 ", "!" + NUMBER),
    ("a line end behind it", "12\n", "!" + NUMBER),
    ("four hundred figures", "9" * 400, YES),
    ("more figures than any number of a machine has", "0." + "0" * 400 + "1", YES),
)

WORDS: Final = (
    *of(
        "act",
        ("a word that is none", "laid", "!" + WORD),
        ("capitals", "USE", "!" + WORD),
        ("a blank behind it", "use ", "!" + WORD),
        ("a line end behind it", "use\n", "!" + WORD),
        ("a blank that does not break", "use\u00a0", "!" + WORD),
        ("a letter that looks the same", "us\u0435", "!" + WORD),
        ("a space without width", "u\u200bse", "!" + WORD),
        ("an accent apart", "use\u0301", "!" + WORD),
        ("two words", "use|transfer", "!" + WORD),
        ("the word unknown", "unknown", "!" + WORD),
        ("a formula", "=use", "!" + WORD),
        ("another act", "transfer", "none"),
        ("an act without rules", "casualties", "none"),
    ),
    *of(
        "modality",
        ("a word that is none", "happened", "!" + WORD),
        ("not done", "not_done", "not_applicable act_out_of_scope"),
        ("announced", "announced", "anticipated S2"),
        ("recommended", "recommended", "anticipated S2"),
    ),
    *of(
        "strength",
        ("a level that is none", "S5", "!" + WORD),
        ("a small letter", "s2", "!" + WORD),
        ("a number", "2", "!" + WORD),
        ("merely mentioned", "S0", CONDUCT),
        ("more than its weakest element", "S4", YES),
    ),
    *of(
        "dispute",
        ("a word that is none", "yes", "!" + WORD),
        ("denied", "denied", YES),
        ("retracted", "retracted", "undetermined addressee|bound|object|conduct"),
    ),
    *of(
        "object.category",
        ("a word that is none", "landmine", "!" + WORD),
        ("another object", "aircraft", "not_applicable object_out_of_scope"),
        ("a wider word, with what sets it off", "mine", YES),
    ),
    *of(
        "object.category.strength", ("allegation alone", "S1", "concern S1"), ("a level that is none", "S9", "!" + WORD)
    ),
    *of("user.strength", ("allegation alone", "S1", "concern S1"), ("merely mentioned", "S0", CONDUCT)),
    *of("date.strength", ("merely mentioned", "S0", OPEN)),
    *of(
        "object.placed",
        ("a number for yes", "1", "!" + TRUTH),
        ("capitals", "YES", "!" + TRUTH),
        ("perhaps", "maybe", "!" + TRUTH),
        ("no, which this rule does not ask", "no", YES),
    ),
    *of(
        "event.reporting_year",
        ("a year, which no rule asks for an act of use", "2012", YES),
        ("a year that is none", "20l2", "!not a date"),
        ("a year of two figures", "12", "!not a date"),
    ),
    *of(
        "object.model",
        ("a model that nobody knows", "ZX-81 (invented)", YES),
        ("a model", "PMN-2", YES),
        ("a model in small letters", "pmn-2", YES),
    ),
)

STATES: Final = (
    *of(
        "user.code",
        ("two letters", "NO", "!" + STATE),
        ("a name", "Norway", "!" + STATE),
        ("small letters", "nor", "!" + STATE),
        ("a blank behind it", "NOR ", "!" + STATE),
        ("a line end behind it", "NOR\r\n", "!" + STATE),
        ("a number", "578", "!" + STATE),
        ("no State", "ZZZ", "!" + STATE),
        ("a territory", "PRI", "!" + STATE),
        ("a State that has ended", "SUN", "!" + STATE),
        ("two States", "NOR|SWE", "!" + STATE),
        ("Greek letters", "\u039d\u039fR", "!" + STATE),
        ("a State that is no party", "NPL", NOT_BOUND),
        ("a State that withdrew later", "EST", YES),
    ),
    *of("place.country", ("a name", "Norway", "!" + STATE), ("another State", "NPL", YES)),
    *of("object.origin", ("a State that has ended", "YUG", "!" + STATE)),
    *of(
        "user.kind",
        ("a word that is none", "government", "!" + WORD),
        ("a group", "armed_group", NOT_ADDRESSED),
        ("a company", "company", NOT_ADDRESSED),
        ("as a class of its own", "unknown ", "!" + WORD),
    ),
    Row("a State without its code", {"user.code": ""}, {"user.code": "a state needs the code of its State"}),
    Row(
        "an organ of nobody knows which State",
        {"user.kind": "state_organ", "user.code": "unknown"},
        {"user.code": "a state_organ needs the code of its State"},
    ),
    Row(
        "the same State twice", {"recipient": "Army of Norway", "recipient.code": "NOR", "recipient.kind": "state"}, YES
    ),
    Row("a recipient of a use", {"recipient": "Somebody", "recipient.code": "NPL", "recipient.kind": "state"}, YES),
    Row(
        "a recipient without a State",
        {"recipient.kind": "state"},
        {"recipient.code": "a state needs the code of its State"},
    ),
    Row("nobody did it", {"user": "", "user.code": "", "user.kind": "", "user.strength": ""}, "none"),
    Row(
        "three mistakes in one row",
        {"user.code": "XX", "date": "never", "object.quantity": "-"},
        {"date": "`never` is not a date", "user.code": STATE, "object.quantity": NUMBER},
    ),
)

TEXTS: Final = tuple(
    Row(f"{column}: {what}", {column: cell}, YES)
    for column in ("id", "user")
    for what, cell in (
        ("quotation marks", 'the "Army"'),
        ("a quotation mark alone", '"'),
        ("apostrophes", "O'Neill's ''"),
        ("a separator", "Army, of Norway; the|one\there"),
        ("line ends", "Army\nof\r\nNorway"),
        ("a lone carriage return", "Army\rof Norway"),
        ("a sharp sign before it", "# Army"),
        ("a formula", '=HYPERLINK("http://localhost/","Army")'),
        ("a formula with a sign", "+1+1"),
        ("a formula with a hyphen", "-2+3"),
        ("a formula with an at", "@SUM(A1)"),
        ("a formula behind a tab", "\t=1+1"),
        ("markup", "<script>alert(1)</script>"),
        ("an entity", "&lt;b&gt;"),
        ("SQL", "'); DROP TABLE events; --"),
        ("a template", "{{7*7}} ${7*7} %s {0}"),
        ("a path", "../../etc/passwd"),
        ("an escape sequence", "\x1b[2J\x1b[31mArmy"),
        ("a bell and a backspace", "Army\x07\x08\x08"),
        ("a sign that ends texts", "Army\x00of Norway"),
        ("right to left", "Army \u202eyawroN\u202c"),
        ("no width", "A\u200br\u200dm\ufeffy"),
        ("a sign for programs", "Army\ufdd0"),
        ("beyond the first plane", "\U0001f4a3\U0001f3f3\ufe0f\u200d\U0001f308"),
        ("accents apart", "Arme\u0301e de Norve\u0301ge"),
        ("a hundred accents on one letter", "A" + "\u0301" * 100),
        ("another script", "\u062c\u064a\u0634 \u0627\u0644\u0646\u0631\u0648\u064a\u062c"),
        ("a backslash at the end", "Army\\"),
        ("a backslash before a quotation mark", 'Army \\"of\\" Norway'),
        ("ten thousand words", "Army " * 10_000),
    )
)

LARGE: Final = (
    Row("id: ten million letters", {"id": "A" * 10_000_000}, YES),
    Row("user: ten million quotation marks", {"user": '"' * 10_000_000}, YES),
    Row("source: ten million line ends", {"source": "\n" * 10_000_000}, YES),
    Row("date: ten million figures", {"date": "2" * 10_000_000}, {"date": f"`{'2' * 60}…` is too long for a date"}),
    Row("act: ten million letters", {"act": "u" * 10_000_000}, {"act": WORD}),
)

ROWS: Final = (*NULLS, *DATES, *NUMBERS, *WORDS, *STATES, *TEXTS, *LARGE)


def record(**cells: str) -> bytes:
    """The row of `BASE` as a line of CSV without its end; names of columns have `_` for a point."""
    own = {name.replace("_", "."): cell for name, cell in cells.items()}
    return ",".join({**BASE, **own}.values()).encode()


UNPAIRED: Final[Refused] = {"": "quotation marks do not pair in the row of line {}"}
BYTES: Final = "not written in UTF-8"


def cells_in_place_of_all(count: str) -> Refused:
    """The fate of a row with another number of cells than the header."""
    return {"": f"{count}, where the header has {len(BASE)}"}


CSV: Final = (
    Line("a cell too few", record().rpartition(b",")[0] + b"\n", (cells_in_place_of_all("25 cells"),)),
    Line("a cell too many", record() + b",yes\n", (cells_in_place_of_all("27 cells"),)),
    Line("a separator at the end", record() + b",\n", (cells_in_place_of_all("27 cells"),)),
    Line("an empty line", b"\n", ()),
    Line("an empty line of another system", b"\r\n", ()),
    Line("a line of blanks", b"   \n", (cells_in_place_of_all("1 cell"),)),
    Line("a remark", b"# what follows was checked\n", (cells_in_place_of_all("1 cell"),)),
    Line("a row that looks like a remark", record(id="# 17") + b"\n", (YES,)),
    Line("another separator", record().replace(b",", b";") + b"\n", (cells_in_place_of_all("1 cell"),)),
    Line("tabs for separators", record().replace(b",", b"\t") + b"\n", (cells_in_place_of_all("1 cell"),)),
    Line("a row in quotation marks", b'"' + record() + b'"\n', (cells_in_place_of_all("1 cell"),)),
    Line("every cell in quotation marks", b'"' + record().replace(b",", b'","') + b'"\n', (YES,)),
    Line("a line end of another system", record() + b"\r\n", (YES,)),
    Line("a lone carriage return between two rows", record() + b"\r" + record() + b"\n", (YES, YES)),
    Line(
        "a lone carriage return within a cell",
        record(user="Army\rof Norway") + b"\n",
        (cells_in_place_of_all("13 cells"), cells_in_place_of_all("14 cells")),
    ),
    Line("line ends within quotation marks", record(user='"Army\r\nof\rNorway\n"') + b"\n", (YES,)),
    Line("a row within a cell", record(user='"x\n' + record(strength="S4").decode() + '\n"') + b"\n", (YES,)),
    Line("true, as programs write it", record(object_placed="true") + b"\n", ({"object.placed": TRUTH},)),
    Line("quotation marks within a cell", record(user='Army "of" Norway') + b"\n", (YES,)),
    Line("a blank before quotation marks", record(user=' "Army"') + b"\n", (YES,)),
    Line("text behind quotation marks", record(user='"Army" of Norway') + b"\n", (UNPAIRED,)),
    Line("quotation marks behind a backslash", record(user='"Army \\"of\\" Norway"') + b"\n", (UNPAIRED,)),
    Line("doubled quotation marks", record(user='"Army ""of"" Norway"') + b"\n", (YES,)),
    Line(
        "a mark that swallows a cell",
        record(user='"Army', user_code='NOR"') + b"\n",
        (cells_in_place_of_all("25 cells"),),
    ),
    Line(
        "a row within a cell that does not end as it should",
        record(user='"x\n' + record(strength="S4").decode() + '\n"x') + b"\n",
        (UNPAIRED, UNPAIRED, UNPAIRED),
    ),
    Line("Latin-1", record(user="Arm\u00e9e").replace(b"\xc3\xa9", b"\xe9") + b"\n", ({"user": BYTES},)),
    Line("Windows-1252", record(user="Army").replace(b"Army", b"\x93Army\x94") + b"\n", ({"user": BYTES},)),
    Line(
        "Shift JIS",
        record(user="Army").replace(b"Army", "\u9678\u8ecd".encode("shift_jis")) + b"\n",
        ({"user": BYTES},),
    ),
    Line("UTF-8, twice encoded", record(user="Arm\u00c3\u00a9e") + b"\n", (YES,)),
    Line("a letter in more bytes than it takes", record().replace(b"Army", b"\xc1\x81rmy") + b"\n", ({"user": BYTES},)),
    Line("half a letter", record().replace(b"Army", b"Arm\xe2\x82") + b"\n", ({"user": BYTES},)),
    Line("half a pair", record().replace(b"Army", b"\xed\xa0\x80") + b"\n", ({"user": BYTES},)),
    Line("bad bytes in the act", record().replace(b"use", b"us\xff") + b"\n", ({"act": BYTES},)),
    Line("a mark of byte order in the middle", b"\xef\xbb\xbf" + record() + b"\n", (YES,)),
    Line("a zero byte in the act", record(act="use\x00") + b"\n", ({"act": WORD},)),
    Line("zero bytes alone", b"\x00\x00\n", (cells_in_place_of_all("1 cell"),)),
    Line("the sign that ended files", b"\x1a\n", (cells_in_place_of_all("1 cell"),)),
    Line(
        "signs that end lines elsewhere",
        record(user="Army\x0b\x0c\x1c\x1d\x1e\u0085\u2028\u2029of Norway") + b"\n",
        (YES,),
    ),
    Line("three million letters without a separator", b"x" * 3_000_000 + b"\n", (cells_in_place_of_all("1 cell"),)),
    Line("a mark that swallows the rest", record(user='"Army') + b"\n" + (record() + b"\n") * 2, (UNPAIRED,) * 3),
)
"""The last of them takes what follows with it, so it stays the last."""


def object_of(**cells: object) -> bytes:
    """The row of `BASE` as a line of NDJSON without its end."""
    own = {name.replace("_", "."): cell for name, cell in cells.items()}
    return json.dumps({**BASE, **own}).encode()


BROKEN: Final[Refused] = {"": "no JSON object in UTF-8, or one that is not whole"}

NDJSON: Final = (
    Line("an object that is not closed", object_of()[:-1] + b"\n", (BROKEN,)),
    Line("half an object", object_of()[:40] + b"\n", (BROKEN,)),
    Line("a word without quotation marks", object_of().replace(b'"use"', b"use") + b"\n", (BROKEN,)),
    Line("quotation marks of another kind", object_of().replace(b'"', b"'") + b"\n", (BROKEN,)),
    Line("a comma at the end, which is passed over", object_of()[:-1] + b",}\n", (YES,)),
    Line("text behind it", object_of() + b" yes\n", (BROKEN,)),
    Line("two objects in one line", object_of() + object_of() + b"\n", (BROKEN,)),
    Line("a remark", b"// what follows was checked\n", (BROKEN,)),
    Line("a list", b"[" + object_of() + b"]\n", (BROKEN,)),
    Line("a number", b"17\n", (BROKEN,)),
    Line("a text", b'"use"\n', (BROKEN,)),
    Line("null", b"null\n", (BROKEN,)),
    Line("an empty line", b"\n", ()),
    Line("a line of blanks", b"   \n", ()),
    Line("an object over several lines", object_of().replace(b'"act"', b'\n"act"') + b"\n", (BROKEN, BROKEN)),
    Line("an empty object", b"{}\n", ({"act": EMPTY, "modality": EMPTY, "strength": EMPTY},)),
    Line(
        "null in every key",
        json.dumps(dict.fromkeys(BASE)).encode() + b"\n",
        ({"act": EMPTY, "modality": EMPTY, "strength": EMPTY},),
    ),
    Line("two acts", object_of()[:-1] + b',"act":"transfer"}\n', ({"act": "stands twice in the row"},)),
    Line("the same act twice", object_of()[:-1] + b',"act":"use"}\n', ({"act": "stands twice in the row"},)),
    Line("Latin-1", object_of(user="Army").replace(b"Army", b"Arm\xe9e") + b"\n", (BROKEN,)),
    Line("half a pair", object_of(user="Army").replace(b"Army", b"\\ud800") + b"\n", (BROKEN,)),
    Line("a pair", object_of(user="\U0001f4a3") + b"\n", (YES,)),
    Line("a zero", object_of(user="Army\x00") + b"\n", (YES,)),
    Line("a zero in the act", object_of(act="use\x00") + b"\n", ({"act": WORD},)),
    Line("a control character as it is", object_of(user="Army").replace(b"Army", b"Army\x01") + b"\n", (BROKEN,)),
    Line("an act as a number", object_of(act=1) + b"\n", ({"act": WORD},)),
    Line("an act that is true", object_of(act=True) + b"\n", ({"act": WORD},)),
    Line("an act as a list", object_of(act=["use"]) + b"\n", ({"act": WORD},)),
    Line("an act as an object", object_of(act={"value": "use"}) + b"\n", ({"act": WORD},)),
    Line("a key in escapes", object_of().replace(b'"act"', b'"\\u0061ct"') + b"\n", (YES,)),
    Line("a value in escapes", object_of().replace(b'"use"', b'"\\u0075se"') + b"\n", (YES,)),
    Line("true", object_of(object_placed=True) + b"\n", (YES,)),
    Line("true as a text", object_of(object_placed="true") + b"\n", (YES,)),
    Line("a name that is true", object_of(user="true") + b"\n", (YES,)),
    Line("a quantity as a number", object_of(object_quantity=12) + b"\n", (YES,)),
    Line("a quantity with a fraction", object_of(object_quantity=1.5) + b"\n", (YES,)),
    Line("a quantity below nought", object_of(object_quantity=-1) + b"\n", ({"object.quantity": NUMBER},)),
    Line(
        "a quantity that is no number", object_of(object_quantity=float("nan")) + b"\n", ({"object.quantity": NUMBER},)
    ),
    Line("a quantity without end", object_of(object_quantity=float("inf")) + b"\n", ({"object.quantity": NUMBER},)),
    Line("a quantity of thirty figures", object_of(object_quantity=10**30) + b"\n", (YES,)),
    Line(
        "a quantity in powers of ten",
        object_of(object_quantity=0).replace(b'"object.quantity": 0', b'"object.quantity": 1e400') + b"\n",
        ({"object.quantity": NUMBER},),
    ),
    Line("a year as a number", object_of(date=2012) + b"\n", (YES,)),
    Line("a date that is false", object_of(date=False) + b"\n", ({"date": "`false` is not a date"},)),
    Line(
        "lists in lists",
        object_of(source=0).replace(b'"source": 0', b'"source": ' + b"[" * 500 + b"]" * 500) + b"\n",
        (YES,),
    ),
)

PARQUET: Final = (
    ("a whole number", "object.quantity", "12::DOUBLE", YES),
    ("nought", "object.quantity", "0::DOUBLE", YES),
    ("nought below nought", "object.quantity", "'-0'::DOUBLE", YES),
    ("below nought", "object.quantity", "-1::DOUBLE", {"object.quantity": NUMBER}),
    ("no number", "object.quantity", "'NaN'::DOUBLE", {"object.quantity": NUMBER}),
    ("without end", "object.quantity", "'Infinity'::DOUBLE", {"object.quantity": NUMBER}),
    ("very large", "object.quantity", "1e300::DOUBLE", YES),
    ("very small", "object.quantity", "1e-300::DOUBLE", YES),
    ("nothing", "object.quantity", "NULL", YES),
    ("the day before the entry into force", "date", "DATE '1999-02-28'", BEFORE),
    ("the first day there is", "date", "DATE '0001-01-01'", BEFORE),
    ("a day before our era", "date", "DATE '0044-03-15 (BC)'", {"date": "`0044-03-15 (BC)` is not a date"}),
    ("a year of five figures", "date", "DATE '12012-05-10'", {"date": "`12012-05-10` is not a date"}),
    ("a day without end", "date", "'infinity'::DATE", {"date": "`infinity` is not a date"}),
    ("no day", "date", "NULL", OPEN),
    ("true", "object.placed", "true", YES),
    ("false", "object.placed", "false", YES),
    ("neither", "object.placed", "NULL", YES),
)
"""Cells of other types than text: what, the column, the value in SQL, and the fate."""
