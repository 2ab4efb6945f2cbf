"""The findings in SARIF 2.1.0, which code hosts and editors show beside the text of the documents.

A result is a finding; what it says is said by `kind` and `level`, and neither says more than the outcome:

* what is flagged is `fail`, with `error` from reasonable grounds on, `warning` below, `note` for what is only foreseen;
* what cannot be determined is `open`, which the standard has for "too little is known to decide";
* a duty that is not due yet, or reported to have been met, is `informational`. It is never `pass`, which the standard
  explains as "no problem was found": that would be a verdict on the bearer, and there is none;
* what does not apply is `notApplicable`.

Only `fail` may have a level (section 3.27.10 of the standard), so the others have `none`. There are no times and no
absolute paths: the same input gives the same bytes (appendix F).

Checked against what is documented on GitHub code scanning: of every result it needs a location with a line, and refuses
the whole file without one. It takes at most 25,000 results and rules, 1,000 locations of a result and 20 tags of a
rule, and shows 5,000, 100 and 10 of them; a description may have 1,024 characters. `primaryLocationLineHash` is the
one fingerprint it compares; what stands before the last `/` of `automationDetails.id` tells analyses by one tool apart.
It looks neither at `kind` nor at `suppressions`: each result is an open alert there. So `alerts_only` leaves out what
flags nothing and is not open, and what is set aside, and says in `properties` how many those are. `security-severity`
is not used: a number would stand for a judgement. The viewer for VS Code takes the line and column of a region before
its character offset, reads `kind`, and looks for documents below its workspace.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from treatycheck.casefile.model import Casefile, Dossier
from treatycheck.engine.outcomes import FLAGGED
from treatycheck.findings import Finding, QuoteRef, Report, WaiverState
from treatycheck.report import json
from treatycheck.report.characters import visible
from treatycheck.report.json import Json
from treatycheck.report.markdown import escaped
from treatycheck.report.page import with_reply
from treatycheck.report.places import Places
from treatycheck.report.waivers import sentence
from treatycheck.rulebook.model import Rule, Rulebook, Wording

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
VERSION: Final = "2.1.0"

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "established": ("fail", "error"),
    "reasonable_grounds": ("fail", "error"),
    "credible_concern": ("fail", "warning"),
    "concern": ("fail", "warning"),
    "met_late": ("fail", "warning"),
    "anticipated": ("fail", "note"),
    "undetermined": ("open", "none"),
    "pending": ("informational", "none"),
    "met": ("informational", "none"),
    "not_applicable": ("notApplicable", "none"),
}
"""Kind and level of each outcome."""

FINGERPRINT: Final = "treatycheckFinding/v1"
"""Names what is put into the fingerprint: the id of the finding, a hash of rule, bearer and event."""

ALERTS: Final = frozenset({*map(str, FLAGGED), "undetermined"})
"""The outcomes that may stand in a list of alerts."""

MOST_SHOWN: Final = 1024
"""Characters of a description."""

_BASE: Final = "%SRCROOT%"
_NO_PLACEHOLDERS: Final = str.maketrans(
    {
        "{": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
        "}": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
    }
)


def render(
    report: Report,
    rulebook: Rulebook,
    casefile: Casefile,
    describe: Callable[[str], str],
    *,
    alerts_only: bool = False,
) -> str:
    """Return the findings as SARIF; `describe` gives a rule in words, by its id."""
    return json.written(tree(report, rulebook, casefile, describe, alerts_only=alerts_only))


def tree(
    report: Report,
    rulebook: Rulebook,
    casefile: Casefile,
    describe: Callable[[str], str],
    *,
    alerts_only: bool = False,
) -> dict[str, Json]:
    """The findings as lists and dictionaries."""
    places = Places(casefile)
    findings = [one for one in report.findings if not (alerts_only and _no_alert(one))]
    used = {one.rule for one in report.findings}
    rules = [rule for name, rule in rulebook.rules.items() if rule.status != "retired" or name in used]
    indices = {rule.id: index for index, rule in enumerate(rules)}
    receipt, counts = report.receipt, report.counts
    name, _, version = receipt.program.partition(" ")
    driver: dict[str, Json] = {
        "name": name,
        "rules": [_rule(rule, rulebook, describe(rule.id)) for rule in rules],
    }
    if version:
        driver["semanticVersion"] = driver["version"] = version
    invocation: dict[str, Json] = {"executionSuccessful": True}
    if receipt.notice:
        invocation["toolExecutionNotifications"] = [{"level": "note", "message": _message(receipt.notice)}]
    left_out = Counter(_no_alert(one) for one in report.findings if alerts_only and _no_alert(one))
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "language": "en-GB",
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "defaultEncoding": "UTF-8",
        "automationDetails": {"id": f"{name}/{places.folder()}"},
        "originalUriBaseIds": {_BASE: {"description": {"text": _root(places)}}},
        "invocations": [invocation],
        "artifacts": [_artifact(dossier, places) for dossier in casefile.dossiers],
        "results": [_result(finding, indices[finding.rule], places, report, rulebook) for finding in findings],
        "properties": {
            "receipt": json.receipt_tree(receipt),
            "standards": [*report.standards],
            "counts": dict(counts),
            "leftOut": {**left_out},
        },
    }
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def _no_alert(finding: Finding) -> str:
    """Why a finding is no alert, in one word; empty if it is one."""
    if finding.outcome not in ALERTS:
        return finding.outcome
    return "set_aside" if finding.waiver is not None else ""


def _root(places: Places) -> str:
    return "The folder that all documents share." if places.root else "The folder in which the check was run."


def _text(words: str) -> str:
    """A text in which no braces are a placeholder and no brackets a link (sections 3.11.5 and 3.11.6)."""
    return visible(words).replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _message(words: str) -> dict[str, Json]:
    return {"text": _text(words)}


def _shortened(words: str) -> str:
    plain = visible(words)
    return plain if len(plain) <= MOST_SHOWN else f"{plain[: MOST_SHOWN - 1]}…"


def _rule(rule: Rule, rulebook: Rulebook, described: str) -> Json:
    """A rule with its provision, what that says, and what the rule asks; there is no page on it to link to."""
    citation, provision = rulebook.cite(rule.provision), rulebook.provision(rule.provision)
    lines = [_indented(line) for line in described.rstrip("\n").split("\n")]
    heading = f"**{escaped(visible(rule.title))}** — {escaped(visible(citation))}"
    block = "\n".join(f"    {line}".rstrip() for line in lines)
    tags: list[Json] = [*dict.fromkeys((rule.instrument, rule.norm, rule.finding.severity, rule.status))]
    return {
        "id": rule.id,
        "name": visible(rule.title),
        "shortDescription": {"text": _shortened(f"{rule.title} ({citation})")},
        "fullDescription": {"text": _shortened(provision.paraphrase)},
        "help": {
            "text": "\n".join(lines),
            # Set as code, so that nothing in it is markup and its steps stay below one another.
            "markdown": f"{heading}\n\n{escaped(visible(provision.paraphrase))}\n\n{block}\n",
        },
        "properties": {"tags": tags, "provision": rule.provision, "citation": citation},
    }


def _indented(line: str) -> str:
    """A line with its indentation; the braces of a wording would be placeholders here (section 3.11.5)."""
    words = line.lstrip()
    return f"{' ' * (len(line) - len(words))}{visible(words)}".translate(_NO_PLACEHOLDERS).rstrip()


def _artifact(dossier: Dossier, places: Places) -> Json:
    """A document; an account that is fused from several has no text, and its hash is not that of its bytes."""
    found: dict[str, Json] = {
        "location": {"uri": places.address(dossier), "uriBaseId": _BASE},
        "roles": ["analysisTarget"],
        "properties": {"title": dossier.entry.title, "eventsSha256": dossier.events_sha256},
    }
    if not dossier.sources:
        found |= {
            "length": len(dossier.document.text.encode("utf-8")),
            "mimeType": "text/plain",
            "encoding": "UTF-8",
            "hashes": {"sha-256": dossier.document.sha256},
        }
    return found


def _result(finding: Finding, index: int, places: Places, report: Report, rulebook: Rulebook) -> Json:
    """One finding; that an analyst set it aside changes neither kind nor level."""
    kind, level = KINDS[finding.outcome]
    locations: list[Json] = [_location(finding, quote, places) for quote in finding.quotes]
    found: dict[str, Json] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "kind": kind,
        "level": level,
        "message": _message(with_reply(finding, rulebook.wording)),
        # A finding without a quote is about its document as a whole.
        "locations": locations or [_whole(places, finding, rulebook.wording.report.no_quote)],
        "partialFingerprints": {FINGERPRINT: finding.id, "primaryLocationLineHash": f"{finding.id}:1"},
        "properties": _properties(finding, report),
    }
    if report.waivers:
        # Where one result of a run has this list, all of them have it (section 3.27.23).
        found["suppressions"] = [] if finding.waiver is None else [_suppression(finding.waiver, rulebook.wording)]
    # Register rows are told in the properties: they stand in the rulebook, which is no part of the casefile.
    if finding.dispute_quotes:
        against = rulebook.wording.disputes[finding.dispute]
        found["relatedLocations"] = [
            {"id": number, **_location(finding, quote, places), "message": _message(against)}
            for number, quote in enumerate(finding.dispute_quotes)
        ]
    return found


def _suppression(waiver: WaiverState, wording: Wording) -> Json:
    return {"kind": "external", "status": "accepted", "justification": visible(sentence(waiver, wording))}


def _location(finding: Finding, quote: QuoteRef, places: Places) -> dict[str, Json]:
    dossier = places.of_quote(finding, quote)
    part = places.region(dossier, quote)
    region: dict[str, Json] = {
        "charOffset": part.offset,
        "charLength": part.length,
        "startLine": part.start_line,
        "startColumn": part.start_column,
        "endLine": part.end_line,
        "endColumn": part.end_column,
        # The words as they stand in the document; hidden characters among them are escaped by JSON.
        "snippet": {"text": quote.text},
    }
    return {
        "physicalLocation": {
            "artifactLocation": _artifact_location(dossier, places),
            "region": region,
        }
    }


def _whole(places: Places, finding: Finding, words: str) -> Json:
    dossier = places.dossier(finding)
    return {
        "physicalLocation": {
            "artifactLocation": _artifact_location(dossier, places),
            "region": {"startLine": 1},
        },
        "message": _message(words),
    }


def _artifact_location(dossier: Dossier, places: Places) -> Json:
    index = next(place for place, one in enumerate(places.casefile.dossiers) if one.path == dossier.path)
    return {"uri": places.address(dossier), "uriBaseId": _BASE, "index": index}


def _properties(finding: Finding, report: Report) -> Json:
    """What SARIF has no place for, in the words of the JSON report where it has the same."""
    told = json.finding_tree(replace(finding, proof=(), insight=None))
    assert isinstance(told, dict)  # noqa: S101 - a finding is written as an object
    names = (
        *("outcome", "reason", "strength", "weakest", "confidence", "severity", "dispute", "dispute_by"),
        *("dispute_according_to", "status"),
        *("due", "title", "instrument", "provision", "event", "event_title", "event_date", "bearer", "positions"),
        *("contested", "missing"),
    )
    citations = told["citations"]
    assert isinstance(citations, dict)  # noqa: S101 - see above
    abbreviation = report.abbreviations.get(finding.instrument, finding.instrument)
    return {
        **{name: told[name] for name in names},
        "citation": finding.citation,
        "abbreviation": abbreviation,
        "registers": citations["registers"],
    }
