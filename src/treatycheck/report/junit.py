"""The findings as JUnit XML, which build servers show as tests: one suite for each document, one case for each finding.

A case fails where its outcome reaches what `--fail-on` names, or flags anything where nothing is named. What cannot be
determined is skipped, never passed; so is what an analyst set aside, as it does not count for `--fail-on`. A case
without either mark says no more than that nothing was asked of it: its sentence, such as that a rule does not apply,
stands in its output.

Build servers read several dialects. This is what they share: of `testsuites`, `testsuite` and `testcase` the attributes
that no dialect refuses, children in the order of the schema that comes with Jenkins' xUnit plugin, and no times, as the
same input gives the same bytes. No person is named in the name of a case, since such names are kept for years.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from treatycheck.findings import DocumentRef, Finding, QuoteRef, Report
from treatycheck.report.characters import visible
from treatycheck.report.numbering import UNDETERMINED
from treatycheck.report.page import bearer_short, with_reply
from treatycheck.report.waivers import sentence
from treatycheck.rulebook.model import Wording

_INDENT: Final = "  "


def render(report: Report, wording: Wording, failing: Collection[str]) -> str:
    """Return the findings as XML; `failing` are the outcomes that are failures."""
    counts = _counted(report.findings, failing)
    # At the top the common schema knows no number of what is skipped; each suite has it.
    root = ET.Element("testsuites", {"name": visible(report.title), **counts})
    del root.attrib["skipped"]
    for document, findings in _by_document(report):
        root.append(_suite(report, document, findings, wording, failing))
    ET.indent(root, _INDENT)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _by_document(report: Report) -> Iterator[tuple[DocumentRef, list[Finding]]]:
    """Every document with its findings; one without any is a suite without cases.

    Two folders may have documents of one name, but the id of an event occurs once in a run.
    """
    for document in report.documents:
        events = {*document.events}
        yield document, [one for one in report.findings if one.document == document.file and one.event in events]


def _counted(findings: Iterable[Finding], failing: Collection[str]) -> dict[str, str]:
    marks = Counter(_mark(finding, failing) for finding in findings)
    return {
        "tests": str(marks.total()),
        "failures": str(marks["failure"]),
        "errors": "0",
        "skipped": str(marks["skipped"]),
    }


def _mark(finding: Finding, failing: Collection[str]) -> str:
    """The child that marks a case, if any does; what `--fail-on` names fails, also if it cannot be determined."""
    if finding.outcome in failing:
        return "failure" if finding.waiver is None else "skipped"
    return "skipped" if finding.outcome == UNDETERMINED else ""


def _suite(
    report: Report, document: DocumentRef, findings: Sequence[Finding], wording: Wording, failing: Collection[str]
) -> ET.Element:
    suite = ET.Element("testsuite", {"name": visible(document.file), **_counted(findings, failing)})
    receipt = report.receipt
    properties = ET.SubElement(suite, "properties")
    for name, value in (
        ("title", document.title),
        ("sha256", document.sha256),
        ("program", receipt.program),
        ("rulebook", f"{receipt.rulebook} {receipt.rulebook_version}"),
        ("rulebook_sha256", receipt.rulebook_sha256),
        ("as_of", receipt.as_of.isoformat()),
        ("fails", ", ".join(failing)),
    ):
        ET.SubElement(properties, "property", name=name, value=visible(value))
    names = Counter((one.rule, _name(one, wording)) for one in findings)
    for finding in findings:
        name = _name(finding, wording)
        # Two persons have one name here, and readers take cases of one name for the same.
        unique = name if names[finding.rule, name] == 1 else f"{name} ({finding.id})"
        suite.append(_case(finding, unique, wording, failing))
    return suite


def _name(finding: Finding, wording: Wording) -> str:
    return f"{finding.event}: {bearer_short(finding.bearer, wording)}"


def _case(finding: Finding, name: str, wording: Wording, failing: Collection[str]) -> ET.Element:
    case = ET.Element("testcase", classname=visible(finding.rule), name=visible(name))
    message = visible(with_reply(finding, wording))
    mark = _mark(finding, failing)
    if mark == "skipped":
        aside = [] if finding.waiver is None else [wording.waivers.paragraph, sentence(finding.waiver, wording)]
        ET.SubElement(case, "skipped", message=visible(" ".join(aside)) or message)
    elif mark:
        failure = ET.SubElement(case, "failure", message=message, type=finding.outcome)
        failure.text = _lines(_evidence(finding, wording))
    if mark != "failure":
        ET.SubElement(case, "system-out").text = _lines(_evidence(finding, wording))
    return case


def _evidence(finding: Finding, wording: Wording) -> Iterator[str]:
    """The finding in a few lines: outcome and sentence, where it stands, what it rests on."""
    yield f"{wording.outcomes[finding.outcome].label}: {with_reply(finding, wording)}"
    yield f"{finding.title} ({finding.citation}); {finding.id}"
    for quote in finding.quotes:
        yield _quoted(quote)
    for row in finding.registers:
        verified = wording.report.verified.get(row.verified, row.verified)
        yield f"{row.register}, row {row.row} ({row.key}; {verified}): {row.source}"


def _quoted(quote: QuoteRef) -> str:
    return f"“{quote.text}” ({quote.document}, line {quote.line}, characters {quote.start}-{quote.end})"


def _lines(lines: Iterable[str]) -> str:
    """Lines of text that XML 1.0 can hold: the characters that it cannot are among those that are made visible."""
    return "\n".join(map(visible, lines))
