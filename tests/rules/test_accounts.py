"""Sources that contradict one another, under the rules of the project: nothing is concluded that one of them denies."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.check import Options, check
from treatycheck.findings import Finding
from treatycheck.report import terminal
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]

TEXT = """The report of the mission names the day. The ministry names another day.
The village says that a neighbouring army laid the mines. The ministry says that nothing was kept.
"""

EVENTS = """\
format: treatycheck.events/1
document:
  file: field.txt
  sha256: {sha256}
  title: Mines in a field
  kind: other
  date: {{edtf: 2013-03-01}}
quotes:
  mission: The report of the mission names the day
  ministry: The ministry names another day
  village: a neighbouring army laid the mines
  kept: nothing was kept
actors:
  ukraine: {{name: Ukraine, kind: state, code: UKR}}
  lithuania: {{name: Lithuania, kind: state, code: LTU}}
events:
  - id: F-1
    title: Mines in a field
    act: use
    modality: occurred
    date: {{edtf: {date}}}
    strength: S3
    quotes: [mission, ministry, village, kept]
    participants: [{{actor: ukraine, role: user}}]
    objects: [{{described: PMN-2 mines, model: PMN-2, quantity: "4"}}]
    source: {{asserter: the mission}}
{accounts}"""

USE = "mbc-1-1-a-use"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


@pytest.fixture
def findings(rulebook: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Finding]]:
    """What the rule on use comes to for every bearer of the event with these accounts."""
    monkeypatch.setenv("TREATYCHECK_CACHE", "off")

    def found(*accounts: str, date: str = "2012-05-01") -> list[Finding]:
        (tmp_path / "field.txt").write_text(TEXT, encoding="utf-8")
        told = "".join(f"      - {{according_to: the ministry, quotes: [ministry], {one}}}\n" for one in accounts)
        text = EVENTS.format(
            sha256=hashlib.sha256(TEXT.encode()).hexdigest(), date=date, accounts=told and f"    accounts:\n{told}"
        )
        (tmp_path / "field.events.yaml").write_text(text, encoding="utf-8")
        report = check(rulebook, load_casefile([tmp_path], rulebook), Options(engine="reference"))
        return [one for one in report.findings if one.rule == USE]

    return found


Findings = Callable[..., list[Finding]]


def outcomes(found: list[Finding]) -> list[tuple[str, str]]:
    return sorted((one.bearer.name, one.outcome) for one in found)


# It entered into force for Ukraine on 1 June 2006.


@pytest.mark.parametrize(
    ("recorded", "said", "outcome"),
    [
        ("2006-05-31", "2006-06-01", "undetermined"),
        ("2012", "2005", "undetermined"),
        ("2005-03", "2004", "not_applicable"),
        ("2006-06-01", "2012-05", "reasonable_grounds"),
    ],
)
def test_two_dates_leave_open_what_turns_on_them(recorded: str, said: str, outcome: str, findings: Findings) -> None:
    assert [("Ukraine", outcome)] == outcomes(findings(f"date: {{edtf: {said}}}", date=recorded))


def test_a_weaker_account_on_the_same_side_limits_what_is_concluded(findings: Findings) -> None:
    # The State was bound on each of the days; that it was is only as certain as the weaker date.
    assert [("Ukraine", "concern")] == outcomes(findings("strength: S1, date: {edtf: 2010}"))


def test_of_two_alleged_users_neither_is_the_one(findings: Findings) -> None:
    found = findings("participants: [{actor: lithuania, role: user}]")
    assert [("Lithuania", "undetermined"), ("Ukraine", "undetermined")] == outcomes(found)
    assert {("accounts",)} == {tuple(missing.fact for missing in one.missing) for one in found}


def test_whom_all_accounts_name_is_the_one(findings: Findings) -> None:
    both = "participants: [{actor: ukraine, role: user}, {actor: lithuania, role: user}]"
    assert [("Lithuania", "undetermined"), ("Ukraine", "reasonable_grounds")] == outcomes(findings(both))


def test_a_quantity_on_which_nothing_turns_changes_nothing_and_is_told(findings: Findings) -> None:
    (plain,), (disputed,) = findings(), findings('objects: {1: {quantity: "200"}}')
    assert (plain.outcome, plain.strength, plain.missing) == (disputed.outcome, disputed.strength, disputed.missing)
    assert ["PMN-2 mines, quantity: 4", "PMN-2 mines, quantity: 200"] == [one.says for one in disputed.accounts]


def test_an_object_that_one_account_takes_out_of_the_law_is_unknown(findings: Findings) -> None:
    found = findings("objects: {1: {model: TM-62M}}")
    assert [("Ukraine", "undetermined")] == outcomes(found)


def test_the_report_tells_who_says_what_and_asks_which_is_right(findings: Findings, rulebook: Rulebook) -> None:
    (found,) = findings("date: {edtf: 2005}, note: The ministry gave no reason.")
    assert [("the mission", "date: 1 May 2012", "S3"), ("the ministry", "date: 2005", "S3")] == [
        (one.according_to, one.says, one.strength) for one in found.accounts
    ]
    assert ["ministry"] == [quote.name for quote in found.accounts[1].quotes]
    asked = "Which account is right: according to the mission, date: 1 May 2012; according to the ministry, date: 2005?"
    assert [asked] == [one.question for one in found.missing]
    assert "The ministry: The ministry gave no reason." in found.remarks


def test_the_page_has_a_paragraph_of_all_accounts(findings: Findings, rulebook: Rulebook, tmp_path: Path) -> None:
    findings("date: {edtf: 2005}")
    report = check(rulebook, load_casefile([tmp_path], rulebook), Options(engine="reference"))
    text = " ".join(terminal.render(report, rulebook.wording, width=80).split())
    assert "Accounts differ. • According to the mission (corroborated): date: 1 May 2012. [" in text
    assert "• According to the ministry (corroborated): date: 2005. [" in text
