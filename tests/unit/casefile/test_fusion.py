"""Accounts fused from several documents: what they may draw on and how far they carry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from treatycheck.casefile.fusion import with_fusions
from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile
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
    expected = (
        "TC461 the sources carry no more than S2, not S3; "
        "a higher grade needs two independent chains, one of them disinterested"
    )
    assert [expected] == faults(casefile, path, rulebook)


def test_nothing_fused_is_established(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, "strength: S3", "strength: S4")
    found = faults(casefile, path, rulebook)
    assert ["TC461 the sources carry no more than S3, not S4"] == [re.sub(";.*", "", one) for one in found]


def test_an_event_of_no_document_is_refused(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, "draws_on: [000-E1, 002-E2]", "draws_on: [000-E1, 002-E2, 003-E1]")
    found = faults(casefile, path, rulebook)
    assert ["TC460 no event `003-E1` in the documents named"] == [re.sub(";.*", "", one) for one in found]


def test_a_document_that_is_not_in_the_casefile_is_refused(
    casefile: Casefile, rulebook: Rulebook, tmp_path: Path
) -> None:
    path = spoilt(tmp_path, "000_f06f57093cad164d.txt", "000_f06f57093cad164e.txt")
    found = faults(casefile, path, rulebook)
    assert "TC460 unknown document `000_f06f57093cad164e.txt`" in [re.sub(";.*", "", one) for one in found]


def test_a_quote_needs_its_document(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, '"defence:introduced"]', '"introduced"]')
    found = faults(casefile, path, rulebook)
    assert ["TC444 unknown quote `introduced`"] == [re.sub(";.*", "", one) for one in found]


def test_an_id_of_the_casefile_is_not_used_again(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    path = spoilt(tmp_path, "id: LIBYA-F1", "id: 000-E1")
    found = faults(casefile, path, rulebook)
    assert ["TC440 event `000-E1` exists already; give this one another id"] == found


def test_a_file_that_is_not_there_is_told(casefile: Casefile, rulebook: Rulebook, tmp_path: Path) -> None:
    found = faults(casefile, tmp_path / "missing.fusion.yaml", rulebook)
    assert ["TC101"] == [one[:5] for one in found]
