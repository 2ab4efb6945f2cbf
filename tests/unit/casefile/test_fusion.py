"""Accounts fused from several documents: what they may draw on and how far they carry."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from treatycheck.casefile.fusion import with_fusions
from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Account, Casefile, Dispute, Source, Stated
from treatycheck.check import check
from treatycheck.errors import InputError
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).parents[3]
FUSION = ROOT / "seeds" / "libya-mines.fusion.yaml"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


@pytest.fixture(scope="module")
def casefile(rulebook: Rulebook) -> Casefile:
    return load_casefile([ROOT / "seeds"], rulebook)


def spoilt(folder: Path, old: str, new: str, *, count: int = 1) -> Path:
    text = FUSION.read_text(encoding="utf-8")
    assert old in text
    path = folder / "spoilt.fusion.yaml"
    path.write_text(text.replace(old, new, count), encoding="utf-8")
    return path


def changed(casefile: Casefile, name: str, **fields: object) -> Casefile:
    """The casefile with some fields of one event changed."""
    dossiers = tuple(
        replace(
            dossier,
            # mypy cannot know the fields of what is replaced.
            events=tuple(replace(one, **fields) if one.id == name else one for one in dossier.events),  # type: ignore[arg-type]
        )
        for dossier in casefile.dossiers
    )
    return replace(casefile, dossiers=dossiers)


def faults(casefile: Casefile, path: Path, rulebook: Rulebook) -> list[str]:
    with pytest.raises(InputError) as caught:
        with_fusions(casefile, [path], rulebook)
    return [f"{one.code} {one.message}; {one.help}" for one in caught.value.diagnostics]


def test_two_independent_accounts_raise_the_embargo_finding(casefile: Casefile, rulebook: Rulebook) -> None:
    apart = {(one.event, one.rule, one.bearer.display): one.outcome for one in check(rulebook, casefile).findings}
    report = check(rulebook, with_fusions(casefile, [FUSION], rulebook))
    together = {(one.event, one.rule, one.bearer.display): one.outcome for one in report.findings}
    assert "concern" == apart["000-E1", "unsc-1970-9-arms", "Russia"]
    assert "credible_concern" == together["LIBYA-F1", "unsc-1970-9-arms", "Russia"]
    # What each document gives by itself stays as it was.
    assert apart == {key: outcome for key, outcome in together.items() if not key[0].startswith("LIBYA-")}


def test_fusion_changes_nothing_for_a_state_that_is_not_bound(casefile: Casefile, rulebook: Rulebook) -> None:
    report = check(rulebook, with_fusions(casefile, [FUSION], rulebook))
    fused = [one for one in report.findings if one.event.startswith("LIBYA-") and one.instrument == "mbc"]
    assert [] != fused
    assert {"not_applicable"} == {one.outcome for one in fused}


def test_the_document_without_a_mine_never_joins(casefile: Casefile, rulebook: Rulebook) -> None:
    (fused,) = with_fusions(casefile, [FUSION], rulebook).dossiers[len(casefile.dossiers) :]
    assert [] == [dossier.entry.file for dossier in fused.sources.values() if dossier.entry.file.startswith("001")]


def test_every_quote_of_a_fused_finding_stands_in_its_own_document(casefile: Casefile, rulebook: Rulebook) -> None:
    report = check(rulebook, with_fusions(casefile, [FUSION], rulebook))
    texts = {dossier.entry.file: dossier.document.text for dossier in casefile.dossiers}
    quotes = [quote for one in report.findings if one.event.startswith("LIBYA-") for quote in one.quotes]
    assert {"000_f06f57093cad164d.txt", "002_02ffea24f9199195.txt"} == {quote.document for quote in quotes}
    assert [quote.text for quote in quotes] == [texts[quote.document][quote.start : quote.end] for quote in quotes]


def test_accounts_that_share_a_source_do_not_corroborate(
    casefile: Casefile, rulebook: Rulebook, tmp_path: Path
) -> None:
    # 000-E1 and 000-E2 both came through The New Arab and Human Rights Watch.
    path = spoilt(tmp_path, "draws_on: [000-E1, 002-E2]", "draws_on: [000-E1, 000-E2]")
    found = faults(casefile, path, rulebook)
    assert [
        "TC473 `participants.0` is S2, and its sources carry S1 at most",
        "TC473 `objects.0.category` is S3, and its sources carry S2 at most",
    ] == [re.sub(";.*", "", one) for one in found]


def test_a_refused_grade_says_what_it_would_need(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, "value: RUS, strength: S2", "value: RUS, strength: S3")
    expected = (
        "TC473 `objects.0.origin` is S3, and its sources carry S2 at most; grade it S2 or lower; "
        "one step more, up to S3, needs two independent chains that state it, one of them disinterested"
    )
    assert [expected] == faults(casefile, path, rulebook)


def test_two_interested_chains_do_not_corroborate(casefile: Casefile, rulebook: Rulebook) -> None:
    partial = changed(casefile, "000-E1", source=Source(asserter="a party to the conflict", interest="interested"))
    assert [
        "TC473 `participants.0` is S2, and its sources carry S1 at most",
        "TC473 `objects.0.category` is S3, and its sources carry S2 at most",
    ] == [re.sub(";.*", "", one) for one in faults(partial, FUSION, rulebook)]


def test_what_is_only_alleged_rises_by_one_step(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    supplier = "role: supplier\n          strength: "
    path = spoilt(tmp_path, f"{supplier}S2", f"{supplier}S3")
    found = [re.sub(";.*", "", one) for one in faults(casefile, path, rulebook)]
    assert ["TC473 `participants.0` is S3, and its sources carry S2 at most"] == found


def test_nothing_fused_is_established(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, "strength: S3", "strength: S4")
    found = [re.sub(";.*", "", one) for one in faults(casefile, path, rulebook)]
    assert ["TC473 `objects.0.category` is S4, and its sources carry S3 at most"] == found


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("role: destination, strength: S2", "role: transit, strength: S1", "participants.2"),
        ("{value: RUS, strength: S2", "{value: LBY, strength: S1", "objects.0.origin"),
        ("country: LBY", "country: RUS", "place"),
        ("modality: occurred", "modality: ongoing", "modality"),
        ("      facts:", "      purpose: {value: military, strength: S1}\n      facts:", "purpose"),
    ],
)
def test_what_no_source_states_is_refused(
    casefile: Casefile, rulebook: Rulebook, tmp_path: Path, old: str, new: str, field: str
) -> None:
    found = faults(casefile, spoilt(tmp_path, old, new), rulebook)
    assert [f"`{field}`", "S0"] == [found[0].split()[1], found[0].split()[8]]


def test_what_is_left_open_needs_no_source(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    open_ = "      purpose: {value: unknown}\n      facts:"
    path = spoilt(tmp_path, "      facts:", open_)
    assert len(casefile.dossiers) + 1 == len(with_fusions(casefile, [path], rulebook).dossiers)


def test_an_indicator_is_bounded_like_any_field(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, "by the Russian State., quotes", "by the Russian State., strength: S3, quotes")
    found = [re.sub(";.*", "", one) for one in faults(casefile, path, rulebook)]
    wanted = "TC473 `participants.0.attributed_to.0.indicators.0` is S3, and its sources carry S2 at most"
    assert [wanted] == found


def test_a_fact_of_an_attribution_is_bounded_like_any_field(
    casefile: Casefile, rulebook: Rulebook, tmp_path: Path
) -> None:
    name = next(one for one in rulebook.vocabulary.facts if one.startswith("attribution.")).partition(".")[2]
    value = next(iter(rulebook.vocabulary.facts[f"attribution.{name}"].values), "yes")
    fact = f'facts: {{{name}: {{value: "{value}", strength: S1}}}}'
    path = spoilt(tmp_path, "              indicators:", f"              {fact}\n              indicators:")
    found = [re.sub(";.*", "", one) for one in faults(casefile, path, rulebook)]
    wanted = f"TC473 `participants.0.attributed_to.0.facts.{name}` is S1, and its sources carry S0 at most"
    assert [wanted] == found


def test_conduct_that_might_be_attributed_is_no_account_of_the_state(casefile: Casefile, rulebook: Rulebook) -> None:
    # Without 000-E1 nobody says that the State was the supplier; 002-E2 says so of a company.
    silent = changed(casefile, "000-E1", participants=())
    found = [re.sub(";.*", "", one) for one in faults(silent, FUSION, rulebook)]
    assert "TC473 `participants.0` is S2, and its sources carry S0 at most" in found


def test_a_retracted_source_carries_nothing(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    withdrawn = changed(casefile, "002-E2", dispute=Dispute(status="retracted"))
    path = spoilt(tmp_path, "status: denied", "status: retracted", count=2)
    found = [re.sub(";.*", "", one) for one in faults(withdrawn, path, rulebook)]
    assert "TC473 `objects.0.category` is S3, and its sources carry S2 at most" in found


def test_a_contradicted_source_carries_what_is_indicated(
    casefile: Casefile, rulebook: Rulebook, tmp_path: Path
) -> None:
    # Both accounts are of one chain, so nothing is raised; the stronger of them says S4.
    disputed = changed(casefile, "000-E1", dispute=Dispute(status="contradicted"), strength="S4")
    disputed = changed(disputed, "002-E2", source=Source(asserter="HUMAN  rights watch"))
    path = spoilt(tmp_path, "status: denied", "status: contradicted")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("      strength: S2\n      quotes", "      strength: S3\n      quotes", 1), encoding="utf-8"
    )
    found = [re.sub(";.*", "", one) for one in faults(disputed, path, rulebook)]
    assert "TC473 `LIBYA-F1` is S3, and its sources carry S2 at most" in found


def test_a_dispute_does_not_become_lighter(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, "status: denied", "status: none")
    expected = (
        "TC474 the dispute of `LIBYA-F1` is `none`, and `002-E2` is denied; "
        "write `status: denied` under `dispute:`, or do not draw on `002-E2`"
    )
    assert [expected] == faults(casefile, path, rulebook)


def test_a_dispute_may_become_graver(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, "status: denied", "status: contradicted")
    (fused,) = with_fusions(casefile, [path], rulebook).dossiers[len(casefile.dossiers) :]
    assert "contradicted" == fused.events[0].dispute.status


def test_an_event_of_no_document_is_refused(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, "draws_on: [000-E1, 002-E2]", "draws_on: [000-E1, 002-E2, 003-E1]")
    found = faults(casefile, path, rulebook)
    assert ["TC472 no event `003-E1` in the documents named"] == [re.sub(";.*", "", one) for one in found]


def test_an_account_that_draws_on_nothing_is_refused(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, "draws_on: [000-E1, 002-E2]", "draws_on: []")
    found = faults(casefile, path, rulebook)
    assert ["TC472 `LIBYA-F1` draws on no event"] == [re.sub(";.*", "", one) for one in found]


def test_a_document_that_is_not_in_the_casefile_is_refused(
    casefile: Casefile, rulebook: Rulebook, tmp_path: Path
) -> None:
    path = spoilt(tmp_path, "000_f06f57093cad164d.txt", "000_f06f57093cad164e.txt")
    found = faults(casefile, path, rulebook)
    assert ["TC470 unknown document `000_f06f57093cad164e.txt`"] == [re.sub(";.*", "", one) for one in found]


def test_a_document_that_is_there_twice_is_refused(casefile: Casefile, rulebook: Rulebook) -> None:
    twice = replace(casefile, dossiers=(*casefile.dossiers, casefile.dossiers[0]))
    found = [re.sub(";.*", "", one) for one in faults(twice, FUSION, rulebook)]
    assert ["TC470 there are 2 documents `000_f06f57093cad164d.txt`"] == found


def test_a_short_name_with_a_colon_is_refused(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, "  arab: 000", '  "arab:news": 000')
    found = [re.sub(";.*", "", one) for one in faults(casefile, path, rulebook)]
    assert "TC471 the short name `arab:news` contains `:`" in found


def test_an_empty_id_is_refused(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, "id: LIBYA-F1", 'id: ""')
    assert ["TC440 an event has an empty id; give it an id of its own"] == faults(casefile, path, rulebook)


def test_a_fused_event_without_a_quote_is_refused(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    quotes = '      quotes: ["arab:likely_brought", "arab:panel_report", "defence:introduced"]'
    found = faults(casefile, spoilt(tmp_path, quotes, "      quotes: []"), rulebook)
    assert ["TC443 event `LIBYA-F1` has no quote"] == [re.sub(";.*", "", one) for one in found]


def test_a_quote_needs_its_document(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, '"defence:introduced"]', '"introduced"]')
    found = faults(casefile, path, rulebook)
    assert ["TC444 unknown quote `introduced`"] == [re.sub(";.*", "", one) for one in found]


def test_an_id_of_the_casefile_is_not_used_again(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, "id: LIBYA-F1", "id: 000-E1")
    found = faults(casefile, path, rulebook)
    first = casefile.dossiers[0].path
    assert [f"TC440 event `000-E1` exists already; the first one is at {first}; give this one another id"] == found


def test_a_file_that_is_not_there_is_told(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    found = faults(casefile, tmp_path / "missing.fusion.yaml", rulebook)
    assert ["TC101"] == [one[:5] for one in found]


def test_a_file_of_the_wrong_shape_is_told(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, "title: Mines around", "titel: Mines around")
    assert any("titel" in one for one in faults(casefile, path, rulebook))


def test_an_actor_that_the_fusion_does_not_define_is_told(
    casefile: Casefile, rulebook: Rulebook, tmp_path: Path
) -> None:
    path = spoilt(tmp_path, "- actor: russia", "- actor: rusia")
    assert "TC444 unknown actor `rusia`; did you mean `russia`?" in faults(casefile, path, rulebook)


# Accounts that contradict one another

TOLD = """
      accounts:
        - according_to: United States Africa Command
          quotes: ["defence:introduced"]
          strength: S1
          {said}
"""


def disputed(folder: Path, said: str) -> Path:
    """The first fused event with an account of one of its sources."""
    return spoilt(folder, "      dispute:\n", TOLD.format(said=said).lstrip("\n") + "      dispute:\n")


def test_a_fused_event_may_have_accounts_with_the_quotes_of_all_its_documents(
    casefile: Casefile, rulebook: Rulebook, tmp_path: Path
) -> None:
    path = disputed(tmp_path, 'date: {edtf: "[2020..2021-03-26]"}')
    fused = with_fusions(casefile, [path], rulebook).dossiers[-1].events[0]
    assert [("defence:introduced",)] == [account.quotes for account in fused.accounts]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("place: {country: RUS}", "accounts.0.place"),
        ("purpose: military", "accounts.0.purpose"),
        ("participants: [{actor: libya, role: supplier}]", "accounts.0.participants.0"),
        ("objects: {1: {origin: LBY}}", "accounts.0.objects.1.origin"),
        ('facts: {moved_across_border: "no"}', "accounts.0.facts.moved_across_border"),
        ('date: {edtf: "2020", strength: S4}', "accounts.0.date"),
    ],
)
def test_an_account_of_a_fused_event_is_bounded_by_its_sources(
    said: str, field: str, casefile: Casefile, rulebook: Rulebook, tmp_path: Path
) -> None:
    found = faults(casefile, disputed(tmp_path, said), rulebook)
    assert [f"TC473 `{field}` is"] == [one[: len(f"TC473 `{field}` is")] for one in found]


def test_what_an_account_of_a_source_says_may_stand_in_a_fused_account(
    casefile: Casefile, rulebook: Rulebook, tmp_path: Path
) -> None:
    path = disputed(tmp_path, "objects: {1: {origin: LBY}}")
    told = Account(
        according_to="United States Africa Command",
        quotes=("introduced",),
        strength="S1",
        objects={"1": {"origin": Stated(value="LBY")}},
    )
    assert with_fusions(changed(casefile, "002-E2", accounts=(told,)), [path], rulebook).dossiers


def test_sources_whose_accounts_share_a_voice_are_one_chain(casefile: Casefile, rulebook: Rulebook) -> None:
    # The other account of the second event comes from the source of the first, so they do not stand apart.
    told = Account(according_to="Human Rights Watch", quotes=("introduced",), purpose=Stated(value="military"))
    found = faults(changed(casefile, "002-E2", accounts=(told,)), FUSION, rulebook)
    assert "TC473 `participants.0` is S2, and its sources carry S1 at most" in [re.sub(";.*", "", one) for one in found]
