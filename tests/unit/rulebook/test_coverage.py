"""What the inventory of an instrument adds up to."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast, get_args, get_type_hints

import pytest

from treatycheck.rulebook.conditions import AllOf
from treatycheck.rulebook.coverage import (
    READINGS,
    Coverage,
    InstrumentCoverage,
    KindCount,
    ReadingCount,
    coverage,
    instrument_coverage,
)
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Gates, Instrument, Provision, Rulebook

RULES = Path(__file__).resolve().parents[3] / "rules"

USE = Provision(
    id="act:1.a", paraphrase="No use.", kind="prohibition", encoded_by=("act-1-a-use", "use"), checked="read"
)
SALE = Provision(id="act:1.b", paraphrase="No sale.", kind="prohibition", why_not="Nobody reports sales.")
TERM = Provision(id="act:2", paraphrase="A tool.", kind="definition", encoded_by=("tool",), checked="partly")
COSTS = Provision(id="act:3", paraphrase="Costs.", kind="procedure", why_not="An accounting matter.", checked="read")
GAP = Provision(id="act:4", paraphrase="Forgotten.", kind="procedure")


def instrument(*provisions: Provision, name: str = "act") -> Instrument:
    return Instrument(
        format="treatycheck.instrument/1",
        id=name,
        title="Act on Tools",
        short_title="Tools Act",
        abbreviation="TA",
        kind="treaty",
        citation="Klow, 1999",
        pinpoint="TA, s. {pinpoint}",
        member_word="party",
        provisions=provisions,
        gates=Gates(addressee=AllOf(()), bound=AllOf(())),
    )


def rulebook(*instruments: Instrument) -> Rulebook:
    """A rulebook of which only the instruments are of interest."""
    return cast("Rulebook", SimpleNamespace(instruments={one.id: one for one in instruments}))


@pytest.fixture
def tools() -> InstrumentCoverage:
    return instrument_coverage(instrument(USE, SALE, TERM, COSTS, GAP))


def test_a_provision_with_an_encoder_is_encoded(tools: InstrumentCoverage) -> None:
    assert (USE, TERM) == tools.encoded


def test_a_provision_with_a_reason_instead_is_listed_with_it(tools: InstrumentCoverage) -> None:
    assert (SALE, COSTS) == tools.reasoned


def test_a_provision_with_neither_is_unexplained(tools: InstrumentCoverage) -> None:
    assert (GAP,) == tools.unexplained


def test_a_provision_with_both_counts_once_and_as_encoded() -> None:
    both = Provision(id="act:5", paraphrase="Both.", kind="right", encoded_by=("both",), why_not="No reason.")

    counted = instrument_coverage(instrument(both))

    assert ((both,), (), ()) == (counted.encoded, counted.reasoned, counted.unexplained)


def test_every_provision_is_counted_once(tools: InstrumentCoverage) -> None:
    assert 5 == tools.total


def test_kinds_are_counted_in_the_order_of_the_inventory_with_what_is_encoded(tools: InstrumentCoverage) -> None:
    expected = (KindCount("prohibition", 2, 1), KindCount("definition", 1, 1), KindCount("procedure", 2, 0))

    assert expected == tools.kinds


def test_readings_are_counted_from_the_best_to_the_worst(tools: InstrumentCoverage) -> None:
    assert (ReadingCount("read", 2), ReadingCount("partly", 1), ReadingCount("recalled", 2)) == tools.readings


def test_a_reading_that_does_not_occur_is_counted_as_none() -> None:
    counted = instrument_coverage(instrument(USE))

    assert (ReadingCount("read", 1), ReadingCount("partly", 0), ReadingCount("recalled", 0)) == counted.readings


def test_no_reading_that_a_provision_may_have_is_left_out() -> None:
    assert get_args(get_type_hints(Provision)["checked"]) == READINGS


def test_an_instrument_without_provisions_has_no_kinds() -> None:
    counted = instrument_coverage(instrument())

    assert (0, ()) == (counted.total, counted.kinds)


def test_instruments_stay_in_the_order_of_the_rulebook() -> None:
    counted = coverage(rulebook(instrument(USE, name="zoning"), instrument(TERM, name="act")))

    assert ["zoning", "act"] == [one.instrument for one in counted.instruments]


def test_the_sums_run_over_all_instruments() -> None:
    counted = coverage(rulebook(instrument(USE, SALE), instrument(TERM, GAP, name="other")))

    assert (4, 2, (GAP,)) == (counted.total, counted.encoded, counted.unexplained)


def test_a_rulebook_without_instruments_covers_nothing() -> None:
    assert Coverage(()) == coverage(rulebook())


# The inventory of the Mine Ban Convention.


@pytest.fixture(scope="module")
def convention() -> Instrument:
    return load_rulebook(RULES).instruments["mbc"]


def test_no_provision_of_the_rulebook_is_unexplained() -> None:
    assert () == coverage(load_rulebook(RULES)).unexplained


def test_the_convention_is_inventoried_from_the_first_article_to_the_last(convention: Instrument) -> None:
    articles = {one.id.partition(":")[2].partition(".")[0] for one in convention.provisions} - {"vclt-18"}

    assert {str(number) for number in range(1, 23)} == articles


@pytest.mark.parametrize(
    ("article", "paragraphs"),
    [("5", 6), ("6", 8), ("7", 3), ("8", 20), ("11", 4), ("12", 3), ("13", 5), ("14", 2), ("20", 4)],
)
def test_the_convention_has_every_paragraph_of_its_longer_articles(
    convention: Instrument, article: str, paragraphs: int
) -> None:
    pinpoints = (one.id.partition(":")[2].split(".") for one in convention.provisions)
    found = {int(parts[1]) for parts in pinpoints if parts[0] == article}

    assert set(range(1, paragraphs + 1)) == found


@pytest.mark.parametrize(
    ("paragraph", "letters"),
    [
        ("1.1", "abc"),
        ("5.4", "abcd"),
        ("6.7", "abcdef"),
        ("7.1", "abcdefghi"),
        ("8.14", "abc"),
        ("11.1", "abcdef"),
        ("12.2", "abcd"),
    ],
)
def test_the_convention_has_every_letter_of_its_lists(convention: Instrument, paragraph: str, letters: str) -> None:
    lists = (one.id.removeprefix(f"mbc:{paragraph}.") for one in convention.provisions)

    assert list(letters) == [letter for letter in lists if len(letter) == 1]


def test_the_convention_has_only_the_kinds_that_lawyers_agreed_on(convention: Instrument) -> None:
    agreed = {"prohibition", "obligation", "dated obligation", "obligation of effort", "exception", "right"}
    agreed |= {"definition", "procedure", "final clause"}

    assert agreed == {count.kind for count in instrument_coverage(convention).kinds}


def test_no_quotation_from_the_convention_is_longer_than_eleven_words(convention: Instrument) -> None:
    assert [] == [one.id for one in convention.provisions if len(one.operative.split()) > 11]


def test_no_two_paragraphs_of_the_convention_share_a_reason(convention: Instrument) -> None:
    reasons = [one.why_not for one in convention.provisions if one.why_not]

    assert len(set(reasons)) == len(reasons)
