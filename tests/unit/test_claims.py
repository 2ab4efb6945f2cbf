"""Claims: what each kind of check confirms, calls wrong or misleading, and leaves open."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from treatycheck.casefile.model import (
    Casefile,
    Claim,
    ConflictClaim,
    CountClaim,
    DateClaim,
    Dossier,
    ElapsedClaim,
    EqualClaim,
    StatusClaim,
    SumClaim,
)
from treatycheck.claims import check_claims
from treatycheck.documents.quotes import Quote
from treatycheck.findings import ClaimResult, QuoteRef, RegisterRef
from treatycheck.registers.standing import Joining, RegisterTerms, StatusRegister, Suspension
from treatycheck.registers.states import States, load_states
from treatycheck.registers.status import load_status
from treatycheck.rulebook.model import Rulebook

STATES = """code,name,aliases,source,verified
AAA,Arcadia,,a gazetteer,yes
BBB,Borduria,,a gazetteer,yes
CCC,Côte d'Azur,,a gazetteer,yes
DDD,Drumland,,a gazetteer,yes
EEE,Elbonia,,a gazetteer,yes
FFF,Freedonia,,a gazetteer,yes
GGG,Genovia,,a gazetteer,yes
ZZZ,Zubrowka,,a gazetteer,yes
"""
# A party; one that left; one that only signed; one that did nothing; one that joined on a day not known; one that
# suspended; one whose day of signature is not known. Zubrowka is not listed.
STATUS = """\
code,name,signature,instrument,deposit,entry_into_force,withdrawal_notified,withdrawal_effective,source,verified
AAA,Arcadia,1999-02-24,ratification,2005-12-27,2006-06-01,,,a gazette,yes
BBB,Borduria,,accession,2003-05-12,2003-11-01,2025-06-27,2025-12-27,a gazette,yes
CCC,Côte d'Azur,1998-12-03,,,,,,a gazette,yes
DDD,Drumland,,,,,,,a gazette,yes
EEE,Elbonia,,accession,[2026-02-04..2026-11-22],[2026-08-01..2027-05-01],,,a gazette,partly
FFF,Freedonia,1997-12-03,ratification,1998-06-29,1999-03-01,,,a gazette,yes
GGG,Genovia,[2000-01-01..2000-12-31],,,,,,a gazette,yes
"""
ACTS = """code,name,act,date,about,summary,source,verified
FFF,Freedonia,suspension,2025-07-18,,suspends it,a gazette,yes
"""
WORDS = {
    "count": "{instrument}: {number} {what} {date}",
    "count_between": "{instrument}: {number} to {most} {what} {date}",
    "bound": "States bound",
    "consented": "States that consented",
    "signed": "States that signed",
    "register": "who joined the {instrument}",
    "undated": "no date",
    "beyond": "the register ends on {date}",
    "status": "{instrument}: {state} {standing}",
    "dated": "adopted {adopted}; in force {in_force}",
    "years": "{date}, {years} years before",
    "sum": "{parts} = {total}",
    "arithmetic": "addition",
    "equal": "on record: {recorded}",
    "conflict": "no day in common: {dates}",
    "dates": "given: {dates}",
    "document": "the document",
    "unknown": "unknown",
}
TEXT = "A first line.\nIt says so here.\n"


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> States:
    path = tmp_path_factory.mktemp("states") / "states.csv"
    path.write_text(STATES, encoding="utf-8")
    return load_states(path)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory, states: States) -> StatusRegister:
    folder: Path = tmp_path_factory.mktemp("rules") / "a-treaty"
    folder.mkdir()
    (folder / "status.csv").write_text(STATUS, encoding="utf-8")
    (folder / "acts.csv").write_text(ACTS, encoding="utf-8")
    joining = Joining("first_day_of_month", 6, date(1998, 9, 16), date(1999, 3, 1), ())
    suspension = Suspension("suspension", "from_act", "P3M", "objection")
    return load_status(
        folder / "status.csv",
        folder / "acts.csv",
        instrument="pact",
        states=states,
        terms=RegisterTerms(joining, "", suspension, "P6M", "State Party"),
    )


def instrument(**dates: str) -> SimpleNamespace:
    known = {"adopted": "1997-09-18", "in_force": "1999-03-01"} | dates
    return SimpleNamespace(title="Pact on Tools", short_title="Tools Pact", citation="Klow, 1997", **known)


@pytest.fixture(scope="module")
def rulebook(states: States, register: StatusRegister) -> Rulebook:
    """A rulebook of which only the registers and the words are of interest."""
    content = {
        "instruments": {
            "pact": instrument(),
            "unfinished": instrument(in_force=""),
            "customs": instrument(adopted=""),
            "twins": instrument(adopted="1999-01-20"),
        },
        "registers": {"pact": register},
        "states": states,
        "wording": SimpleNamespace(claims=WORDS),
        "manifest": SimpleNamespace(as_of="2026-11-22"),
    }
    return cast("Rulebook", SimpleNamespace(**content))


def casefile(*claims: Claim) -> Casefile:
    dossier = Dossier(
        path="a.events.yaml",
        document=cast("Any", SimpleNamespace(text=TEXT)),
        entry=cast("Any", SimpleNamespace(file="a.txt")),
        actors={},
        events=(),
        quotes={"so": Quote(14, 29, TEXT[14:29])},
        events_sha256="",
        claims=claims,
    )
    return Casefile((dossier,))


def answer(rulebook: Rulebook, *, as_of: date | None = None, **check: Any) -> ClaimResult:
    """The answer to a claim that is checked in the way given."""
    claim = Claim(id="X-S1", says="It is so", quotes=("so",), note="A note.", **check)
    (result,) = check_claims(rulebook, casefile(claim), as_of)
    return result


def count(rulebook: Rulebook, stated: str, on: str, of: Any = "bound", as_of: date | None = None) -> ClaimResult:
    return answer(rulebook, as_of=as_of, count=CountClaim(instrument="pact", of=of, on=on, stated=stated))


def status(rulebook: Rulebook, state: str, stated: Any, on: str = "2021-03-26") -> ClaimResult:
    return answer(rulebook, status=StatusClaim(instrument="pact", state=state, on=on, stated=stated))


def elapsed(rulebook: Rulebook, years: str, since: Any, on: str, pact: str = "pact") -> ClaimResult:
    return answer(rulebook, elapsed=ElapsedClaim(instrument=pact, since=since, on=on, years=years))


def dated(rulebook: Rulebook, stated: str, of: Any, pact: str = "pact") -> ClaimResult:
    return answer(rulebook, dated=DateClaim(instrument=pact, of=of, stated=stated))


# Every kind


def test_a_result_repeats_the_claim_with_its_quotes(rulebook: Rulebook) -> None:
    expected = ClaimResult(
        id="X-S1",
        document="a.txt",
        says="It is so",
        verdict="wrong",
        correction="It is not so",
        authority="Art. 1",
        note="A note.",
        quotes=(QuoteRef("a.txt", "so", 14, 29, 2, "It says so here"),),
        registers=(),
        kind="judged",
    )
    assert expected == answer(rulebook, judged="wrong", correction="It is not so", authority="Art. 1")


def test_claims_keep_the_order_in_which_they_are_written(rulebook: Rulebook) -> None:
    claims = [Claim(id=name, says="It is so", quotes=("so",), judged="confirmed") for name in ("Z", "A", "M")]
    assert ["Z", "A", "M"] == [result.id for result in check_claims(rulebook, casefile(*claims))]


@pytest.mark.parametrize("verdict", ["confirmed", "wrong", "misleading", "unverifiable"])
def test_a_judgement_is_the_analysts(rulebook: Rulebook, verdict: Any) -> None:
    assert verdict == answer(rulebook, judged=verdict, correction="c", authority="a").verdict


# Count


@pytest.mark.parametrize(
    ("of", "stated", "on", "expected"),
    [
        ("bound", "3", "2021-03-26", "confirmed"),
        ("bound", "4", "2021-03-26", "wrong"),
        ("bound", "2", "2006-05-31", "confirmed"),
        ("bound", "3", "2006-06-01", "confirmed"),
        ("bound", "2", "2006", "unverifiable"),  # two before June, three after
        ("bound", "3", "2006", "unverifiable"),
        ("bound", "4", "2006", "wrong"),  # on no day of that year
        ("bound", "1", "2026-07-31", "confirmed"),
        ("bound", "1", "2026-08-01", "unverifiable"),  # Elbonia may be bound
        ("bound", "2", "2026-08-01", "unverifiable"),
        ("bound", "3", "2026-08-01", "wrong"),
        ("consented", "2", "2005-12-26", "confirmed"),
        ("consented", "3", "2005-12-27", "confirmed"),
        ("consented", "3", "2025-12-26", "confirmed"),
        ("consented", "2", "2025-12-27", "confirmed"),
        ("consented", "2", "2026-02-04", "unverifiable"),
        ("signed", "3", "1999-12-31", "confirmed"),
        ("signed", "3", "2000-06-01", "unverifiable"),  # Genovia may have signed
        ("signed", "4", "2000-12-31", "confirmed"),
        ("signed", "2", "1999-02-23", "confirmed"),
        ("signed", "3", "1999-02-23", "wrong"),
        ("bound", "3", "XXXX", "unverifiable"),
        ("bound", "3", "[2021-03-26..]", "unverifiable"),
        ("bound", "1,000", "2021-03-26", "wrong"),
    ],
)
def test_a_count_is_held_against_the_register_on_its_date(
    rulebook: Rulebook, of: str, stated: str, on: str, expected: str
) -> None:
    assert expected == count(rulebook, stated, on, of).verdict


def test_a_count_is_corrected_with_the_number_of_the_day(rulebook: Rulebook) -> None:
    assert "Tools Pact: 3 States bound on 26 March 2021" == count(rulebook, "4", "2021-03-26").correction


def test_a_count_within_a_month_is_worded_as_one(rulebook: Rulebook) -> None:
    assert (
        "Tools Pact: 3 States that consented in March 2021" == count(rulebook, "4", "2021-03", "consented").correction
    )


def test_a_count_that_is_open_is_corrected_with_the_least_and_the_most(rulebook: Rulebook) -> None:
    expected = "Tools Pact: 2 to 3 States bound on some day between May 2006 and June 2006"
    assert expected == count(rulebook, "3", "[2006-05..2006-06]").correction


@pytest.mark.parametrize("on", ["2021-03-26", "XXXX"])
def test_a_count_rests_on_the_register(rulebook: Rulebook, on: str) -> None:
    assert "who joined the Tools Pact" == count(rulebook, "4", on).authority


def test_a_count_without_a_date_says_so(rulebook: Rulebook) -> None:
    assert "no date" == count(rulebook, "3", "XXXX").correction


def test_a_count_after_the_last_day_of_the_registers_is_open(rulebook: Rulebook) -> None:
    result = count(rulebook, "3", "2026-11-23")
    assert ("unverifiable", "the register ends on 22 November 2026") == (result.verdict, result.correction)


def test_the_last_day_of_the_registers_can_be_an_earlier_one(rulebook: Rulebook) -> None:
    assert "unverifiable" == count(rulebook, "3", "2021-03-26", as_of=date(2021, 3, 25)).verdict


# Status


def test_a_status_after_the_last_day_of_the_registers_is_open_and_nothing_is_said_of_it(rulebook: Rulebook) -> None:
    result = status(rulebook, "AAA", "bound", "2026-11-23")
    assert ("unverifiable", "the register ends on 22 November 2026") == (result.verdict, result.correction)


ON_A_DAY = """
#         bound         not_bound     signatory     signed_not_ratified
AAA       confirmed     wrong         wrong         wrong          party
BBB       confirmed     wrong         wrong         wrong          party
CCC       wrong         confirmed     confirmed     confirmed      signed only
DDD       wrong         confirmed     wrong         misleading     neither signed nor acceded
EEE       wrong         confirmed     wrong         misleading     acceded much later
ZZZ       unverifiable  unverifiable  unverifiable  unverifiable   not in the register
"""
STATED = ("bound", "not_bound", "signatory", "signed_not_ratified")
CASES = [
    (line.split()[0], stated, verdict)
    for line in ON_A_DAY.strip().splitlines()[1:]
    for stated, verdict in zip(STATED, line.split()[1:], strict=False)
]


@pytest.mark.parametrize(("state", "stated", "expected"), CASES)
def test_a_status_is_held_against_the_register(rulebook: Rulebook, state: str, stated: str, expected: str) -> None:
    assert expected == status(rulebook, state, stated).verdict


@pytest.mark.parametrize(
    ("state", "stated", "on", "expected"),
    [
        ("AAA", "bound", "2006-05-31", "misleading"),  # ratified, and not yet bound
        ("AAA", "not_bound", "2006-05-31", "confirmed"),
        ("AAA", "signatory", "2006-05-31", "misleading"),
        ("AAA", "signed_not_ratified", "2006-05-31", "wrong"),
        ("AAA", "signatory", "2005-12-26", "confirmed"),
        ("AAA", "signed_not_ratified", "2005-12-26", "confirmed"),
        ("AAA", "signatory", "2005-12", "unverifiable"),  # ratified within the month
        ("AAA", "not_bound", "2005-12", "confirmed"),
        ("AAA", "signatory", "1999-02-23", "wrong"),
        ("AAA", "bound", "2006", "unverifiable"),  # bound from June
        ("AAA", "signatory", "2006", "unverifiable"),
        ("AAA", "bound", "XXXX", "unverifiable"),
        ("AAA", "bound", "2026-11-23", "unverifiable"),  # beyond the register
        ("DDD", "not_bound", "XXXX", "confirmed"),  # it never did anything
        ("DDD", "not_bound", "2026-11-22", "confirmed"),
        ("DDD", "not_bound", "2026-11-23", "unverifiable"),  # beyond the register, whatever the State did before
        ("DDD", "bound", "2027", "unverifiable"),
        ("DDD", "not_bound", "[2026-12-01..]", "unverifiable"),
        ("CCC", "signatory", "2026-11-22", "confirmed"),
        ("CCC", "signatory", "2026-11-23", "unverifiable"),
        ("CCC", "signed_not_ratified", "2026-11-23", "unverifiable"),
        ("BBB", "bound", "2025-12-26", "confirmed"),
        ("BBB", "bound", "2025-12-27", "wrong"),
        ("BBB", "not_bound", "2025-12-27", "confirmed"),
        ("BBB", "signatory", "2025-12-27", "wrong"),
        ("BBB", "signed_not_ratified", "2025-12-27", "wrong"),
        ("EEE", "bound", "2026-06-01", "wrong"),  # not bound, whenever it acceded
        ("EEE", "not_bound", "2026-06-01", "confirmed"),
        ("EEE", "signatory", "2026-06-01", "unverifiable"),
        ("EEE", "signed_not_ratified", "2026-06-01", "unverifiable"),
        ("EEE", "bound", "2026-08-01", "unverifiable"),  # it may be bound
        ("EEE", "not_bound", "2026-08-01", "unverifiable"),
        ("FFF", "bound", "2025-07-17", "confirmed"),
        ("FFF", "not_bound", "2025-07-18", "confirmed"),  # the suspension has effect under these terms
        ("FFF", "signed_not_ratified", "2025-07-18", "wrong"),
        ("GGG", "signatory", "2000-06-01", "unverifiable"),
        ("GGG", "signatory", "2000-12-31", "confirmed"),
    ],
)
def test_a_status_is_that_of_its_date(rulebook: Rulebook, state: str, stated: str, on: str, expected: str) -> None:
    assert expected == status(rulebook, state, stated, on).verdict


def test_a_status_is_corrected_with_the_acts_of_the_state(rulebook: Rulebook) -> None:
    expected = (
        "Tools Pact: Arcadia signed on 24 February 1999, ratified on 27 December 2005, State Party since 1 June 2006"
    )
    assert expected == status(rulebook, "AAA", "signatory").correction


def test_a_status_rests_on_its_row(rulebook: Rulebook) -> None:
    expected = (RegisterRef("a-treaty/status.csv", 2, "AAA", "a gazette", "yes"),)
    assert expected == status(rulebook, "AAA", "bound").registers


def test_a_suspension_rests_on_the_rows_of_both_registers(rulebook: Rulebook) -> None:
    rows = status(rulebook, "FFF", "bound", "2025-07-18").registers
    assert ["a-treaty/status.csv", "a-treaty/acts.csv"] == [row.register for row in rows]


def test_a_status_names_the_register_as_its_authority(rulebook: Rulebook) -> None:
    assert "who joined the Tools Pact" == status(rulebook, "ZZZ", "bound").authority


def test_a_state_that_is_not_listed_has_no_row(rulebook: Rulebook) -> None:
    assert () == status(rulebook, "ZZZ", "bound").registers


# Years since


@pytest.mark.parametrize(
    ("years", "since", "on", "expected"),
    [
        ("25", "in_force", "[2024-03-01..2025-02-28]", "confirmed"),
        ("25", "in_force", "2024-02-29", "wrong"),
        ("25", "in_force", "2024-03-01", "confirmed"),
        ("25", "in_force", "2025-02-28", "confirmed"),
        ("25", "in_force", "2025-03-01", "wrong"),
        ("25", "adopted", "[2024-03-01..2025-02-28]", "misleading"),
        ("27", "adopted", "[2024-03-01..2025-02-28]", "unverifiable"),  # or 26
        ("27", "in_force", "2024-11-26", "misleading"),
        ("27", "in_force", "2024", "misleading"),  # it may be counted from adoption
        ("30", "adopted", "2024-11-26", "wrong"),
        ("25", "in_force", "2024", "unverifiable"),
        ("25", "in_force", "XXXX", "unverifiable"),
        ("25", "in_force", "[2024-03-01..]", "unverifiable"),
        ("0", "in_force", "1998-01-01", "confirmed"),
    ],
)
def test_years_are_full_years_from_the_base_that_is_named(
    rulebook: Rulebook, years: str, since: str, on: str, expected: str
) -> None:
    assert expected == elapsed(rulebook, years, since, on).verdict


def test_years_rest_on_the_instrument(rulebook: Rulebook) -> None:
    assert "Pact on Tools (Klow, 1997)" == elapsed(rulebook, "25", "in_force", "2024").authority


def test_years_from_a_day_that_is_not_on_record_are_open(rulebook: Rulebook) -> None:
    assert "unverifiable" == elapsed(rulebook, "25", "in_force", "2024-11-26", "unfinished").verdict


def test_years_are_corrected_with_both_days_and_the_years_since(rulebook: Rulebook) -> None:
    expected = "adopted 18 September 1997, 26 to 27 years before; in force 1 March 1999, 25 years before"
    assert expected == elapsed(rulebook, "30", "adopted", "[2024-03-01..2025-02-28]").correction


def test_years_are_left_out_where_the_statement_has_no_date(rulebook: Rulebook) -> None:
    assert "adopted 18 September 1997; in force 1 March 1999" == elapsed(rulebook, "30", "adopted", "XXXX").correction


# Date of adoption or entry into force


@pytest.mark.parametrize(
    ("stated", "of", "expected"),
    [
        ("1997", "adopted", "confirmed"),
        ("1997-09-18", "adopted", "confirmed"),
        ("1997-09-19", "adopted", "wrong"),
        ("1997", "in_force", "misleading"),
        ("1999", "adopted", "misleading"),
        ("1998", "in_force", "wrong"),
        ("199X", "in_force", "confirmed"),
        ("[..1999-02-28]", "in_force", "misleading"),
        ("[..1999-03-01]", "in_force", "confirmed"),
        ("[1999-03-02..]", "in_force", "wrong"),
        ("XXXX", "in_force", "unverifiable"),
    ],
)
def test_a_date_is_held_against_the_instrument(rulebook: Rulebook, stated: str, of: str, expected: str) -> None:
    assert expected == dated(rulebook, stated, of).verdict


def test_a_date_that_fits_its_own_base_is_right_even_if_it_fits_the_other_too(rulebook: Rulebook) -> None:
    assert "confirmed" == dated(rulebook, "1999", "in_force", "twins").verdict


@pytest.mark.parametrize(
    ("pact", "of", "correction"),
    [
        ("unfinished", "in_force", "adopted 18 September 1997; in force unknown"),
        ("customs", "adopted", "adopted unknown; in force 1 March 1999"),
    ],
)
def test_a_date_that_is_not_on_record_leaves_the_claim_open(
    rulebook: Rulebook, pact: str, of: str, correction: str
) -> None:
    result = dated(rulebook, "1999", of, pact)
    assert ("unverifiable", correction) == (result.verdict, result.correction)


# Within the document


@pytest.mark.parametrize(("total", "expected"), [("3,166", "confirmed"), ("3166", "confirmed"), ("3,167", "wrong")])
def test_a_sum_is_added_up(rulebook: Rulebook, total: str, expected: str) -> None:
    result = answer(rulebook, sum=SumClaim(parts=("1,671", "935", "560"), total=total))
    assert (expected, "1,671 + 935 + 560 = 3,166", "addition") == (result.verdict, result.correction, result.authority)


@pytest.mark.parametrize(
    ("stated", "recorded", "expected"),
    [
        ("2,000", "1,960", "wrong"),
        ("1960", "1,960", "confirmed"),
        ("two lines", "two lines", "confirmed"),
        ("two lines", "three lines", "wrong"),
    ],
)
def test_a_value_is_held_against_the_one_on_record(
    rulebook: Rulebook, stated: str, recorded: str, expected: str
) -> None:
    assert expected == answer(rulebook, equal=EqualClaim(stated=stated, recorded=recorded), authority="Art. 3").verdict


def test_a_value_is_corrected_with_the_one_on_record_and_its_authority(rulebook: Rulebook) -> None:
    result = answer(rulebook, equal=EqualClaim(stated="2,000", recorded="1,960"), authority="point 3")
    assert ("on record: 1,960", "point 3") == (result.correction, result.authority)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("2024-06-04", "2023-02-03"), "wrong"),
        (("2023-02-03", "2023-02", "2023"), "confirmed"),
        (("2023-02-27/2023-03-31", "2023-03"), "confirmed"),
        (("2023-02-03", "2023", "2024"), "wrong"),
        (("2023-02-03", "[..2023-02-02]"), "wrong"),
        (("2023-02-03", "[2023-01-01..]"), "confirmed"),
        (("2023-02-03", "XXXX"), "unverifiable"),
        (("2023-02-03", "XXXX", "2024"), "wrong"),
    ],
)
def test_dates_conflict_when_they_have_no_day_in_common(
    rulebook: Rulebook, given: tuple[str, ...], expected: str
) -> None:
    assert expected == answer(rulebook, conflict=ConflictClaim(dates=given)).verdict


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (("2024-06-04", "2023-02-03"), "no day in common: 4 June 2024; 3 February 2023"),
        (("2023-02-03", "2023-02"), "given: 3 February 2023; February 2023"),
    ],
)
def test_a_conflict_lists_the_dates(rulebook: Rulebook, given: tuple[str, ...], expected: str) -> None:
    assert expected == answer(rulebook, conflict=ConflictClaim(dates=given)).correction


@pytest.mark.parametrize(("authority", "expected"), [("", "the document"), ("its header", "its header")])
def test_a_conflict_rests_on_the_document(rulebook: Rulebook, authority: str, expected: str) -> None:
    conflict = ConflictClaim(dates=("2023", "2024"))
    assert expected == answer(rulebook, conflict=conflict, authority=authority).authority


# Which claims are of numbers


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ("Nearly 280 people became victims, while 46 were killed", True),
        ("3,166 mines were found", True),
        ("The force has 2,000 troops", True),
        ("In 1997, it was adopted", False),
        ("It was adopted in 1997", False),
        ("It violates point 4(2) of document S/2006/997", False),
        ("On 2024-11-26 it was said", False),
        ("Any use is unacceptable", False),
    ],
)
def test_what_an_analyst_judged_is_of_numbers_where_it_says_how_many(
    says: str, expected: bool, rulebook: Rulebook
) -> None:
    claim = Claim(id="C", says=says, quotes=("so",), judged="unverifiable")
    (found,) = check_claims(rulebook, casefile(claim))
    assert expected == found.numbers


def test_sums_and_numbers_on_record_are_of_numbers_and_counts_of_states_are_not(rulebook: Rulebook) -> None:
    total = SumClaim(parts=("1", "2"), total="3")
    assert answer(rulebook, sum=total).numbers
    assert answer(rulebook, equal=EqualClaim(stated="2,000", recorded="1,960"), authority="x").numbers
    assert not answer(rulebook, equal=EqualClaim(stated="red", recorded="blue"), authority="x").numbers
    assert not status(rulebook, "AAA", "bound").numbers
