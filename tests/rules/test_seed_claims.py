"""What the seeds say about law and numbers, with the verdict that the law fixes on each statement.

Each line was found by reading the document and the sources, not by running the program.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile
from treatycheck.check import under
from treatycheck.claims import check_claims
from treatycheck.findings import ClaimResult
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]

VERDICTS = {
    "000-S1a": "confirmed",  # 164 parties on 26 March 2021
    "000-S1b": "confirmed",  # Libya not bound
    "000-S1c": "confirmed",  # Russia not bound
    "000-S2": "misleading",  # adopted in 1997, in force in 1999
    "000-S3": "misleading",  # the headline goes beyond the body
    "000-S4": "unverifiable",  # from when is not said
    "000-S5": "unverifiable",  # the source's own legal claim
    "000-S6": "unverifiable",  # opinion
    "000-S7": "unverifiable",  # origin is no transfer
    "001-S1": "misleading",  # a designation for two measures
    "001-S2": "misleading",  # consensus withheld, the proposal is held
    "001-S3": "misleading",  # the Council had referred the situation in 2011
    "002-S1": "misleading",  # the accusation is against a company
    "002-S2": "unverifiable",  # no view on recognition
    "002-S3": "unverifiable",  # the accuser's own legal claim
    "003-S1": "wrong",  # Ukraine is a State Party
    "003-S2": "misleading",  # the United States never signed
    "003-S3": "misleading",  # 25 years in force, 27 since adoption
    "003-S4": "misleading",  # anti-personnel mines only, and more conduct than that
    "003-S5": "confirmed",  # counted from entry into force
    "003-S6": "misleading",  # officers, not a vote of the parties
    "003-S7": "confirmed",  # five-yearly in practice; the treaty sets a minimum
    "003-S8": "misleading",  # two words for one thing
    "004-S1": "misleading",  # for parties; no party here
    "004-S2": "unverifiable",  # policy
    "004-S3": "misleading",  # parties; jurisdiction or control
    "004-S4": "confirmed",  # adopted in 1997
    "004-S5": "misleading",  # not in the text of the statement
    "004-S6": "confirmed",  # 1,960, rounded
    "004-S7": "misleading",  # the wording of a State's pleading
    "004-S8": "unverifiable",  # advocacy
    "004-S9": "unverifiable",  # contested words
    "004-S10": "confirmed",  # the sum is right
    "004-S11": "unverifiable",  # victims are not deaths
    "004-S12": "misleading",  # the date of the header is that of distribution
    "004-S13": "misleading",  # the three districts exhaust the total
}

# One per kind of check that the seeds take, as the report prints it.
CORRECTIONS = {
    "000-S1a": "Mine Ban Convention: 164 States bound on 26 March 2021",
    "003-S1": (
        "Mine Ban Convention: Ukraine signed on 24 February 1999, ratified on 27 December 2005, "
        "State Party since 1 June 2006"
    ),
    "003-S2": "Mine Ban Convention: United States of America has not signed or acceded",
    "003-S3": (
        "Mine Ban Convention: adopted on 18 September 1997 (full years by then: 26 to 27), "
        "in force since 1 March 1999 (full years by then: 25)"
    ),
    "004-S4": "Mine Ban Convention: adopted on 18 September 1997, in force since 1 March 1999",
    "004-S10": "1,671 + 935 + 560 = 3,166",
    "004-S13": "The three districts already make up the total, so the zone adds no mine or overlaps with them",
}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


@pytest.fixture(scope="module")
def casefile(rulebook: Rulebook) -> Casefile:
    return load_casefile([ROOT / "seeds"], rulebook)


@pytest.fixture(scope="module")
def results(rulebook: Rulebook, casefile: Casefile) -> dict[str, ClaimResult]:
    return {result.id: result for result in check_claims(rulebook, casefile)}


def test_every_statement_has_the_verdict_that_the_law_fixes(results: dict[str, ClaimResult]) -> None:
    assert {name: result.verdict for name, result in results.items()} == VERDICTS


def test_no_id_of_a_statement_is_used_twice(casefile: Casefile) -> None:
    assert len(VERDICTS) == sum(len(dossier.claims) for dossier in casefile.dossiers)


@pytest.mark.parametrize("name", CORRECTIONS)
def test_the_correction_reads(results: dict[str, ClaimResult], name: str) -> None:
    assert CORRECTIONS[name] == results[name].correction


@pytest.mark.parametrize("name", VERDICTS)
def test_every_correction_names_its_authority(results: dict[str, ClaimResult], name: str) -> None:
    assert "" not in (results[name].correction, results[name].authority)


@pytest.mark.parametrize("name", VERDICTS)
def test_a_statement_is_of_the_document_that_its_id_names(results: dict[str, ClaimResult], name: str) -> None:
    assert results[name].document.startswith(f"{name[:3]}_")


def test_every_quote_stays_under_25_words(results: dict[str, ClaimResult]) -> None:
    assert [] == [quote.text for one in results.values() for quote in one.quotes if len(quote.text.split()) >= 25]


def test_a_status_is_read_from_the_row_of_the_state(results: dict[str, ClaimResult]) -> None:
    assert ["USA"] == [row.key for row in results["003-S2"].registers]


@pytest.mark.parametrize(
    ("stated", "on", "expected"),
    [
        ("164", "2025-08-31", "confirmed"),
        ("164", "2025-09-01", "wrong"),  # the Marshall Islands
        ("165", "2025-09-01", "confirmed"),
        ("166", "2025-12-01", "confirmed"),  # Tonga
        ("163", "2025-12-27", "confirmed"),  # three withdrawals take effect
        ("161", "2026-02-20", "confirmed"),
        ("164", "2025", "unverifiable"),
        ("161", "2026-08-01", "unverifiable"),  # Lebanon may be bound from that day on
        ("164", "2026-08-01", "wrong"),  # whatever holds for Lebanon
        ("161", "2026-11-23", "unverifiable"),  # beyond the registers
    ],
)
def test_a_number_of_parties_holds_for_its_day(
    rulebook: Rulebook, casefile: Casefile, stated: str, on: str, expected: str
) -> None:
    dossier = casefile.dossiers[0]
    claim = dossier.claims[0]
    assert claim.count is not None
    counted = replace(claim, count=replace(claim.count, stated=stated, on=on))
    (result,) = check_claims(rulebook, Casefile((replace(dossier, claims=(counted,)),)))
    assert expected == result.verdict


@pytest.mark.parametrize("reading", ["ineffective", "effective", "delayed"])
def test_no_verdict_on_the_seeds_turns_on_the_reading_of_a_suspension(
    rulebook: Rulebook, casefile: Casefile, results: dict[str, ClaimResult], reading: str
) -> None:
    chosen = {name: position.default for name, position in rulebook.positions.items()} | {"ukraine_suspension": reading}
    told = check_claims(under(rulebook, chosen, date(2026, 11, 22)), casefile)
    assert {one.id: one.verdict for one in told} == {name: one.verdict for name, one in results.items()}
