"""Findings in SARIF: that it validates, where it points, and that kind and level say no more than the outcome."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from tests.unit.report.sarif_schema import official

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile
from treatycheck.check import Options, check
from treatycheck.engine.outcomes import FLAGGED, Outcome
from treatycheck.findings import Finding, Report, WaiverState
from treatycheck.report.sarif import ALERTS, FINGERPRINT, KINDS, MOST_SHOWN, render
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[3]

# What GitHub takes, by its documentation: more is refused or cut.
MOST = {"results": 25_000, "rules": 25_000, "locations": 100, "tags": 10, "descriptions": 1_024}


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook(ROOT / "rules")


@pytest.fixture(scope="module")
def casefile(rulebook: Rulebook) -> Casefile:
    return load_casefile([ROOT / "seeds"], rulebook)


@pytest.fixture(scope="module")
def report(rulebook: Rulebook, casefile: Casefile) -> Report:
    return check(rulebook, casefile, Options(engine="reference", insight=False))


Printed = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def printed(rulebook: Rulebook, casefile: Casefile, report: Report) -> Printed:
    """Prints a report, by default that on the seeds, and reads it back."""

    def made(
        shown: Report = report, *, alerts_only: bool = False, describe: Callable[[str], str] = str
    ) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(render(shown, rulebook, casefile, describe, alerts_only=alerts_only))
        return found

    return made


@pytest.fixture(scope="module")
def run(printed: Printed) -> dict[str, Any]:
    (found,) = printed()["runs"]
    assert isinstance(found, dict)
    return found


def valid(tree: dict[str, Any]) -> list[str]:
    schema = official()
    return [error.message for error in jsonschema.validators.validator_for(schema)(schema).iter_errors(tree)]


@pytest.mark.parametrize("alerts_only", [False, True])
def test_the_findings_on_the_seeds_follow_the_schema_of_the_standard(printed: Printed, alerts_only: bool) -> None:
    assert [] == valid(printed(alerts_only=alerts_only))


def test_the_schema_refuses_what_is_no_sarif(printed: Printed) -> None:
    broken = printed()
    broken["runs"][0]["results"][0]["kind"] = "guilty"
    assert [] != valid(broken)


def test_a_report_without_findings_follows_the_schema(printed: Printed, report: Report) -> None:
    assert [] == valid(printed(replace(report, findings=())))


def test_every_outcome_has_a_kind_and_only_what_is_flagged_fails() -> None:
    assert {*map(str, Outcome)} - {"no_finding"} == KINDS.keys()
    assert {*map(str, FLAGGED)} == {outcome for outcome, (kind, _) in KINDS.items() if kind == "fail"}


def test_nothing_is_called_passed() -> None:
    assert "pass" not in {kind for kind, _ in KINDS.values()}


def test_only_what_fails_has_a_level() -> None:
    assert [] == [outcome for outcome, (kind, level) in KINDS.items() if (kind == "fail") == (level == "none")]


def test_there_is_a_result_for_each_finding_with_its_sentence(run: dict[str, Any], report: Report) -> None:
    expected = [(one.rule, *KINDS[one.outcome], one.message) for one in report.findings]
    said = [one["message"]["text"] for one in run["results"]]
    found = [
        (one["ruleId"], one["kind"], one["level"], text[: len(finding.message)])
        for one, text, finding in zip(run["results"], said, report.findings, strict=True)
    ]
    assert expected == found


def test_nobody_is_accused_without_the_denial_beside_it(run: dict[str, Any], report: Report) -> None:
    denied = [one.dispute != "none" for one in report.findings]
    assert any(denied)
    assert denied == [
        one["message"]["text"] != finding.message for one, finding in zip(run["results"], report.findings, strict=True)
    ]
    assert {"Denied by Russia (Kremlin spokesman Dmitry Peskov)."} <= {
        one["message"]["text"].removeprefix(finding.message).strip()
        for one, finding in zip(run["results"], report.findings, strict=True)
    }


def test_a_result_points_to_its_rule(run: dict[str, Any]) -> None:
    rules = run["tool"]["driver"]["rules"]
    assert [one["ruleId"] for one in run["results"]] == [rules[one["ruleIndex"]]["id"] for one in run["results"]]


def test_a_region_is_where_the_words_of_the_quote_stand(run: dict[str, Any], report: Report) -> None:
    pointed = 0
    for result, finding in zip(run["results"], report.findings, strict=True):
        assert len(result["locations"]) == len(finding.quotes)
        for location, quote in zip(result["locations"], finding.quotes, strict=True):
            place, region = location["physicalLocation"]["artifactLocation"], location["physicalLocation"]["region"]
            text = (ROOT / "seeds" / unquote(place["uri"])).read_bytes().decode("utf-8")
            lines = text.split("\n")
            first, last = region["startLine"] - 1, region["endLine"] - 1
            by_lines = "\n".join(lines[first : last + 1])
            cut = len(lines[last]) - (region["endColumn"] - 1)
            assert quote.text == text[region["charOffset"] : region["charOffset"] + region["charLength"]]
            assert quote.text == by_lines[region["startColumn"] - 1 : len(by_lines) - cut]
            assert quote.text == region["snippet"]["text"]
            assert place["uri"] == run["artifacts"][place["index"]]["location"]["uri"]
            pointed += 1
    assert pointed > 100


def test_every_address_is_relative_to_a_folder_that_is_named(run: dict[str, Any]) -> None:
    bases = {one["location"]["uriBaseId"] for one in run["artifacts"]}
    assert bases == run["originalUriBaseIds"].keys() == {"%SRCROOT%"}
    assert [] == [one for one in run["artifacts"] if one["location"]["uri"].startswith(("/", "."))]


def test_a_document_is_named_with_the_hash_and_length_of_its_bytes(run: dict[str, Any], casefile: Casefile) -> None:
    expected = [(one.document.sha256, (ROOT / "seeds" / one.entry.file).stat().st_size) for one in casefile.dossiers]
    assert expected == [(one["hashes"]["sha-256"], one["length"]) for one in run["artifacts"]]


def test_fingerprints_are_made_of_the_id_of_the_finding(run: dict[str, Any], report: Report) -> None:
    prints = [one["partialFingerprints"] for one in run["results"]]
    assert [one.id for one in report.findings] == [one[FINGERPRINT] for one in prints]
    assert len(prints) == len({one["primaryLocationLineHash"] for one in prints})


def test_alerts_are_what_is_flagged_or_open_and_the_others_are_counted(printed: Printed, report: Report) -> None:
    (run,) = printed(alerts_only=True)["runs"]
    left = [one for one in report.findings if one.outcome not in ALERTS]
    assert {"fail", "open"} == {one["kind"] for one in run["results"]}
    assert len(report.findings) - len(left) == len(run["results"])
    assert {"not_applicable": len(left)} == run["properties"]["leftOut"]


def set_aside(finding: Finding) -> Finding:
    waiver = WaiverState(
        *(finding.id, finding.rule, finding.event, finding.bearer.name, "Seen by the committee.", "reviewer"),
        *(date(2026, 1, 1), date(2027, 1, 1), finding.outcome, "stands", "seen.waivers.yaml", 3),
    )
    return replace(finding, waiver=waiver)


def test_what_is_set_aside_is_suppressed_and_keeps_its_kind(printed: Printed, report: Report) -> None:
    first, second = report.findings[:2]
    aside = set_aside(first)
    found = printed(replace(report, findings=(aside, second), waivers=tuple(filter(None, [aside.waiver]))))
    assert [] == valid(found)
    results = found["runs"][0]["results"]
    assert ["external", "accepted"] == [results[0]["suppressions"][0][name] for name in ("kind", "status")]
    assert "Seen by the committee." in results[0]["suppressions"][0]["justification"]
    assert [] == results[1]["suppressions"]
    assert [*KINDS[first.outcome]] == [results[0]["kind"], results[0]["level"]]


def test_what_is_set_aside_is_no_alert_and_is_counted(printed: Printed, report: Report) -> None:
    aside = set_aside(report.findings[0])
    (run,) = printed(replace(report, findings=(aside,), waivers=tuple(filter(None, [aside.waiver]))), alerts_only=True)[
        "runs"
    ]
    assert ([], {"set_aside": 1}) == (run["results"], run["properties"]["leftOut"])


def test_in_full_nothing_is_left_out(run: dict[str, Any]) -> None:
    assert {} == run["properties"]["leftOut"]


def test_what_github_takes_is_not_exceeded(run: dict[str, Any]) -> None:
    rules = run["tool"]["driver"]["rules"]
    descriptions = [len(one[name]["text"]) for one in rules for name in ("shortDescription", "fullDescription")]
    largest = {
        "results": len(run["results"]),
        "rules": len(rules),
        "locations": max(len(one["locations"]) for one in run["results"]),
        "tags": max(len(one["properties"]["tags"]) for one in rules),
        "descriptions": max(descriptions),
    }
    assert {} == {name: number for name, number in largest.items() if number > MOST[name]}
    assert MOST["descriptions"] == MOST_SHOWN


def test_every_result_has_a_location_with_a_line(printed: Printed, report: Report) -> None:
    bare = replace(report.findings[0], quotes=())
    (result,) = printed(replace(report, findings=(bare,)))["runs"][0]["results"]
    (location,) = result["locations"]
    assert {"startLine": 1} == location["physicalLocation"]["region"]
    assert location["message"]["text"].startswith("No quotation")


def test_a_rule_says_what_its_provision_is_and_what_it_asks(printed: Printed, rulebook: Rulebook) -> None:
    rules = printed(describe=lambda rule: f"{rule}\n\n  {{bearer}} did it")["runs"][0]["tool"]["driver"]["rules"]
    first = rules[0]
    rule = rulebook.rules[first["id"]]
    citation = rulebook.cite(rule.provision)
    assert f"{rule.title} ({citation})" == first["shortDescription"]["text"]
    assert rulebook.provision(rule.provision).paraphrase == first["fullDescription"]["text"]
    said = "\u2039bearer\u203a did it"  # braces would be placeholders
    assert f"{rule.id}\n\n  {said}" == first["help"]["text"]
    assert f"    {rule.id}\n\n      {said}\n" in first["help"]["markdown"]
    assert len(rules) == len(rulebook.rules)


def test_what_is_said_against_a_finding_is_related_to_it(printed: Printed, report: Report) -> None:
    disputed = next(one for one in report.findings if one.quotes)
    disputed = replace(disputed, dispute="denied", dispute_quotes=disputed.quotes[:1])
    (result,) = printed(replace(report, findings=(disputed,)))["runs"][0]["results"]
    (related,) = result["relatedLocations"]
    assert (0, "denied") == (related["id"], related["message"]["text"])
    assert result["locations"][0]["physicalLocation"] == related["physicalLocation"]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("{0} and {bearer}", "{{0}} and {{bearer}}"),
        ("[click](https://example.org)", "[click] (https://example.org)"),
        ("a\nb \x1b[2J\u202e", r"a b \x1b[2J\u202e"),
    ],
)
def test_a_message_holds_no_placeholder_no_link_and_nothing_hidden(
    message: str, expected: str, printed: Printed, report: Report
) -> None:
    changed: Finding = replace(report.findings[0], message=message)
    (result,) = printed(replace(report, findings=(changed,)))["runs"][0]["results"]
    assert expected == result["message"]["text"]


def test_a_notice_is_told_with_the_run_that_succeeded(printed: Printed, report: Report) -> None:
    receipt = replace(report.receipt, notice="one engine alone")
    (invocation,) = printed(replace(report, receipt=receipt))["runs"][0]["invocations"]
    assert invocation["executionSuccessful"]
    assert "one engine alone" == invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_there_is_no_time_and_the_same_report_gives_the_same_bytes(
    report: Report, rulebook: Rulebook, casefile: Casefile
) -> None:
    first, second = (render(report, rulebook, casefile, str) for _ in range(2))
    assert first == second
    assert "Utc" not in first
