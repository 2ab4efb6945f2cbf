"""The registers of the project: form, counts against published ones, and the dates that outcomes hinge on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from treatycheck.dates import add, parse, parse_period
from treatycheck.registers.models import Models, load_models
from treatycheck.registers.standing import Joining, RegisterTerms, StatusRegister, Suspension
from treatycheck.registers.states import States, load_states
from treatycheck.registers.status import load_status
from treatycheck.registers.table import Row, load_table

RULES = Path(__file__).resolve().parents[2] / "rules"
MINE_BAN = RULES / "mine-ban-convention"
TODAY = "2026-11-23"

# The parameters of the Convention, Art. 17 and 20(3); the effect of a suspension is a position.
JOINING = Joining("first_day_of_month", 6, date(1998, 9, 16), date(1999, 3, 1), ("succession",))


def terms(effect: str = "none") -> RegisterTerms:
    suspension = Suspension("suspension-notified", effect, "P3M", "objection-to-suspension")
    return RegisterTerms(JOINING, "provisional-application-art18", suspension, "P6M", "State Party")


@pytest.fixture(scope="module")
def states() -> States:
    return load_states(RULES / "registers" / "states.csv")


@pytest.fixture(scope="module")
def models() -> Models:
    return load_models(RULES / "registers" / "mine-models.csv")


def status(states: States, effect: str = "none") -> StatusRegister:
    return load_status(
        MINE_BAN / "status.csv",
        MINE_BAN / "acts.csv",
        instrument="mine-ban-convention",
        states=states,
        terms=terms(effect),
    )


@pytest.fixture(scope="module")
def register(states: States) -> StatusRegister:
    return status(states)


# Form.


def test_the_register_of_states_lists_197(states: States) -> None:
    assert len(states.codes) == 197


def test_the_status_has_a_row_for_every_state(states: States, register: StatusRegister) -> None:
    assert set(states.codes) == set(register.records)


@pytest.mark.parametrize(
    ("file", "columns", "key", "dates"),
    [
        ("stockpile", ("due", "completed", "state", "timing", "note"), "code", ("due", "completed")),
        (
            "clearance",
            ("initial", "due", "extensions", "completed"),
            "code",
            ("initial", "due", "extensions", "completed"),
        ),
        ("retained-mines", ("year", "retained", "basis"), ("code", "year"), ("year",)),
        ("article-7", ("due", "completed", "covers", "as_of", "note"), "code", ("due", "completed", "covers", "as_of")),
    ],
)
def test_every_register_of_deadlines_can_be_read(
    states: States, file: str, columns: Sequence[str], key: str | tuple[str, ...], dates: Sequence[str]
) -> None:
    path = MINE_BAN / "deadlines" / f"{file}.csv"
    rows = load_table(path, register=file, columns=("code", "name", *columns), key=key, dates=dates, states=states)
    assert len(path.read_text(encoding="utf-8").splitlines()) == len(rows) + 1


def test_every_row_of_every_register_has_a_source_and_a_flag() -> None:
    paths = sorted(RULES.glob("registers/*.csv")) + sorted(MINE_BAN.glob("**/*.csv"))
    lacking = [
        f"{path.name}:{row.line}"
        for path in paths
        for row in load_table(path, register=path.stem, columns=(), key=_first_columns(path))
        if not (row.source and row.verified in {"yes", "partly", "no"})
    ]
    assert ([], 8) == (lacking, len(paths))


def _first_columns(path: Path) -> tuple[str, ...]:
    """All columns of a file: no two rows are the same."""
    return tuple(path.read_text(encoding="utf-8").partition("\n")[0].split(","))


def test_no_register_speaks_of_sources_in_the_plural() -> None:
    headers = [_first_columns(path) for path in RULES.glob("**/*.csv")]
    assert [] == [header for header in headers if "sources" in header]


# Counts, against those published.


@pytest.mark.parametrize(
    ("day", "deposited"),
    [
        (date(2002, 8, 1), 125),
        (date(2006, 7, 31), 151),
        (date(2021, 3, 26), 164),
        (date(2024, 11, 26), 164),
        (date(2025, 6, 17), 165),
        (date(2025, 12, 1), 166),
        (date(2026, 2, 3), 162),
        (date(2026, 2, 20), 161),
    ],
)
def test_the_number_of_consents_is_the_published_one(register: StatusRegister, day: date, deposited: int) -> None:
    assert deposited == register.roll(day).deposited


@pytest.mark.parametrize(
    ("day", "bound"),
    [
        (date(1999, 2, 28), 0),
        (date(1999, 3, 1), 45),
        (date(2021, 3, 26), 164),
        (date(2024, 11, 26), 164),
        (date(2025, 8, 31), 164),
        (date(2025, 9, 1), 165),
        (date(2025, 12, 1), 166),
        (date(2025, 12, 27), 163),
        (date(2026, 1, 10), 162),
        (date(2026, 2, 20), 161),
    ],
)
def test_the_number_of_bound_states_follows_entry_into_force_and_withdrawals(
    register: StatusRegister, day: date, bound: int
) -> None:
    roll = register.roll(day)
    assert (bound, ()) == (len(roll.bound), roll.unknown)


def test_133_states_signed(register: StatusRegister) -> None:
    assert register.roll(date(2026, 11, 23)).signed == 133


def test_today_one_state_is_in_doubt(register: StatusRegister) -> None:
    roll = register.roll(date(2026, 11, 23))
    assert (161, ("LBN",), 162) == (len(roll.bound), roll.unknown, roll.deposited)


# Entry into force.


@pytest.mark.parametrize(
    ("code", "entry"),
    [
        ("AND", date(1999, 3, 1)),
        ("BFA", date(1999, 3, 1)),
        ("AUS", date(1999, 7, 1)),
        ("BWA", date(2000, 9, 1)),
        ("BGD", date(2001, 3, 1)),
        ("AFG", date(2003, 3, 1)),
        ("CYP", date(2003, 7, 1)),
        ("BLR", date(2004, 3, 1)),
        ("UKR", date(2006, 6, 1)),
        ("PLW", date(2008, 5, 1)),
        ("MHL", date(2025, 9, 1)),
        ("TON", date(2025, 12, 1)),
    ],
)
def test_the_entry_into_force_follows_from_the_deposit(register: StatusRegister, code: str, entry: date) -> None:
    assert entry == register.recomputed_entry(code)


def test_every_deposit_that_is_certain_yields_the_entry_into_force_of_the_register(register: StatusRegister) -> None:
    computed = {code: day for code in register.records if (day := register.recomputed_entry(code))}
    recorded = {code: when.earliest for code in computed if (when := register.entry_into_force(code))}
    assert (recorded, 164) == (computed, len(computed))


def test_only_successions_and_open_deposits_yield_none(register: StatusRegister) -> None:
    joined = {code for code, record in register.records.items() if record.deposit}
    assert {"LBN", "MNE", "SSD"} == {code for code in joined if register.recomputed_entry(code) is None}


def test_every_withdrawal_took_effect_six_months_after_its_notice(register: StatusRegister) -> None:
    left = {code: record for code, record in register.records.items() if record.withdrawal_notified}
    gaps = [
        (record.withdrawal_notified.earliest, record.withdrawal_effective.earliest)
        for record in left.values()
        if record.withdrawal_notified and record.withdrawal_effective
    ]
    expected = [(notified, add(notified, parse_period("P6M"))) for notified, _ in gaps if notified]
    assert ({"EST", "FIN", "LTU", "LVA", "POL"}, expected) == (set(left), gaps)


# Who was bound.


@pytest.mark.parametrize("when", ["2006-06-01", "2010", "2021-03-26", "2025-07-17", "2025-07-18", "2025-12-05", TODAY])
def test_ukraine_is_bound_without_a_gap(register: StatusRegister, when: str) -> None:
    standing = register.bound("UKR", parse(when))
    assert (4, "bound") == (standing.verdict, standing.reason)


def test_ukraine_is_bound_over_the_whole_time_since_entry_into_force(register: StatusRegister) -> None:
    assert register.bound("UKR", parse(f"2006-06-01/{TODAY}")).verdict == 4


def test_ukraine_was_not_bound_the_day_before(register: StatusRegister) -> None:
    standing = register.bound("UKR", parse("2006-05-31"))
    assert (-4, "not_yet_in_force") == (standing.verdict, standing.reason)


@pytest.mark.parametrize(
    ("effect", "when", "expected"),
    [
        ("from_act", "2025-07-17", (4, "bound")),
        ("from_act", "2025-07-18", (-3, "suspended")),
        ("from_act", TODAY, (-3, "suspended")),
        ("delayed", TODAY, (4, "bound")),
    ],
)
def test_the_suspension_counts_only_under_the_reading_that_gives_it_effect(
    states: States, effect: str, when: str, expected: tuple[int, str]
) -> None:
    standing = status(states, effect).bound("UKR", parse(when))
    assert expected == (standing.verdict, standing.reason)


def test_ukraine_is_told_in_one_sentence(register: StatusRegister) -> None:
    expected = "signed on 24 February 1999, ratified on 27 December 2005, State Party since 1 June 2006"
    assert expected == register.bound("UKR", parse("2021-03-26")).sentence


@pytest.mark.parametrize(("when", "expected"), [("2025-12-26", (4, "bound")), ("2025-12-27", (-4, "ceased"))])
def test_lithuania_was_bound_to_before_its_withdrawal_took_effect(
    register: StatusRegister, when: str, expected: tuple[int, str]
) -> None:
    standing = register.bound("LTU", parse(when))
    assert expected == (standing.verdict, standing.reason)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2021", (-3, "not_yet_in_force")),
        ("2026-07-31", (-3, "not_yet_in_force")),
        (TODAY, (0, "date_not_certain_in_register")),
        ("2027-05-01", (3, "bound")),
    ],
)
def test_whether_lebanon_is_bound_is_open_between_the_bounds_of_its_entry_into_force(
    register: StatusRegister, when: str, expected: tuple[int, str]
) -> None:
    standing = register.bound("LBN", parse(when))
    assert expected == (standing.verdict, standing.reason)


@pytest.mark.parametrize("code", ["ARE", "ARM", "AZE", "EGY", "GEO", "LBY", "RUS", "SYR", "USA"])
def test_a_state_outside_the_convention_is_not_bound_on_any_date(register: StatusRegister, code: str) -> None:
    standing = register.bound(code, parse("XXXX"))
    assert (-4, "never_party", "has not signed or acceded") == (standing.verdict, standing.reason, standing.sentence)


@pytest.mark.parametrize(
    ("code", "since"),
    [("DEU", "1999-03-01"), ("KHM", "2000-01-01"), ("MDA", "2001-03-01"), ("CYP", "2003-07-01"), ("TUR", "2004-03-01")],
)
def test_a_party_is_bound_since_the_day_that_is_known(register: StatusRegister, code: str, since: str) -> None:
    assert parse(since) == register.entry_into_force(code)


def test_five_states_listed_under_article_18_and_chile_applied_it_early(register: StatusRegister) -> None:
    acts = {act.row.values["code"] for act in register.acts if act.act == "provisional-application-art18"}
    assert {"AUT", "CHE", "CHL", "MUS", "SWE", "ZAF"} == acts


def test_the_six_objections_answer_the_notice_of_ukraine(register: StatusRegister) -> None:
    objections = {act.row.values["code"]: act.about for act in register.acts if act.act == "objection-to-suspension"}
    assert dict.fromkeys(("NOR", "AUT", "BEL", "CHE", "NZL", "COL"), "UKR") == objections


# Deadlines.


def rows_of(file: str, columns: Sequence[str]) -> tuple[Row, ...]:
    return load_table(MINE_BAN / "deadlines" / f"{file}.csv", register=file, columns=columns, key="code")


def test_every_stockpile_deadline_is_four_years_after_entry_into_force(register: StatusRegister) -> None:
    rows = rows_of("stockpile", ("code", "due"))
    computed = {row.key: _anniversary(register, row.key, "P4Y") for row in rows}
    assert {row.key: row.values["due"] for row in rows} == computed


def test_every_first_clearance_deadline_is_ten_years_after_entry_into_force(register: StatusRegister) -> None:
    rows = rows_of("clearance", ("code", "initial"))
    # The meetings of the States Parties count Montenegro from 1 April 2007, the depositary from 3 June 2006.
    computed = {row.key: _anniversary(register, row.key, "P10Y") for row in rows} | {"MNE": "2017-04-01"}
    assert {row.key: row.values["initial"] for row in rows} == computed


def test_the_current_clearance_deadline_is_the_last_extension(register: StatusRegister) -> None:
    rows = rows_of("clearance", ("code", "due", "initial", "extensions"))
    last = {row.key: (row.values["extensions"] or row.values["initial"]).split("|")[-1] for row in rows}
    assert {row.key: row.values["due"] for row in rows} == last


def _anniversary(register: StatusRegister, code: str, period: str) -> str:
    entry = register.entry_into_force(code)
    assert entry is not None
    assert entry.earliest is not None
    return add(entry.earliest, parse_period(period)).isoformat()


# Names.


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("US", "USA"),
        ("U.S.", "USA"),
        ("United States", "USA"),
        ("Russia", "RUS"),
        ("Russian Federation", "RUS"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("UAE", "ARE"),
        ("Libyan", "LBY"),
        ("Cote d'Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("the Netherlands", "NLD"),
        ("Czech Republic", "CZE"),
        ("North Korea", "PRK"),
        ("South Korea", "KOR"),
        ("Congo", "COG"),
        ("DRC", "COD"),
        ("Holy See", "VAT"),
        ("Palestine", "PSE"),
    ],
)
def test_a_name_that_sources_use_resolves_to_its_state(states: States, text: str, code: str) -> None:
    assert code == states.resolve(text)


@pytest.mark.parametrize("text", ["Korea", "Moscow", "Washington", "Nagorno-Karabakh", "Wagner Group"])
def test_what_is_no_name_of_one_state_resolves_to_none(states: States, text: str) -> None:
    assert states.resolve(text) is None


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Lepestok", ["PFM-1", "PFM-1S"]),
        ("ADAM", ["M67 ADAM", "M72 ADAM"]),
        ("POMZ", ["POMZ-2", "POMZ-2M"]),
        ("Type 72", ["Type 72", "Type 72 AV"]),
        ("Gator", ["BLU-92/B Gator", "BLU-91/B Gator"]),
        ("Volcano", ["M87 Volcano", "M87A1 Volcano"]),
        ("ozm72", ["OZM-72"]),
        ("MON 50", ["MON-50"]),
        ("YM-1", ["YM-1"]),
        ("claymore", ["M18A1 Claymore"]),
    ],
)
def test_a_designation_stands_for_every_mine_that_bears_it(models: Models, text: str, rows: list[str]) -> None:
    assert rows == [row.key for row in models.find(text)]


def test_an_alias_is_a_name_and_not_a_remark(models: Models) -> None:
    aliases = [alias for row in models.rows for alias in row.values["aliases"].split("|")]
    assert [] == [alias for alias in aliases if "(" in alias or " is " in alias or " copy" in alias]


@pytest.mark.parametrize(
    ("column", "allowed"),
    [
        ("category", {"anti-personnel", "anti-vehicle", "directional-fragmentation", "booby-trap", "other"}),
        ("person_activated", {"yes", "no", "configurable", "unknown"}),
        ("command_detonated", {"yes", "no", "configurable", "unknown"}),
        ("remotely_delivered", {"yes", "no", "configurable", "unknown"}),
        ("self_destruct", {"yes", "no", "configurable", "unknown"}),
    ],
)
def test_what_is_said_of_a_mine_is_one_of_a_few_words(models: Models, column: str, allowed: set[str]) -> None:
    assert {row.values[column] for row in models.rows} <= allowed
