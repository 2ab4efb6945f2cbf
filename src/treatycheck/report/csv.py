"""The findings as comma-separated values, one row for each, that a spreadsheet can open without running anything.

The file is UTF-8 in the form of RFC 4180: CR LF at the end of each row, every cell in quotation marks, those within it
doubled. What a reader cannot see is shown as an escape, as everywhere in a report, and a line break is a space.

No cell is taken for a formula (`report.cells`).

Nothing is cut off here, however long; many spreadsheets show the first 32,767 characters of a cell.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from treatycheck.findings import Finding, Insight, Missing, QuoteRef, RegisterRef, Report
from treatycheck.report.cells import guarded
from treatycheck.report.characters import visible

COLUMNS: Final = (
    *("id", "rule", "title", "instrument", "provision", "citation", "event", "event_title", "document"),
    *("bearer_code", "bearer_name", "bearer_kind", "bearer_through", "bearer_through_kind"),
    *("outcome", "reason", "strength", "weakest", "dispute", "dispute_by", "dispute_according_to", "confidence"),
    *("severity", "status"),
    *("event_date_stated", "event_date_read", "due", "message", "missing", "positions", "robust", "quotes"),
    *("registers", "set_aside", "set_aside_until", "counted_in"),
)
"""The columns in their order; later versions add theirs at the end."""

LISTED: Final = " | "
"""Stands between the entries of a list within a cell."""

_DUTY: Final = "fulfilled"


def render(report: Report) -> str:
    """Return the findings as CSV with one row of names above them."""
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for finding in report.findings:
        cells = row(finding)
        writer.writerow([guarded(visible(cells[column])) for column in COLUMNS])
    return stream.getvalue()


def row(finding: Finding) -> Mapping[str, str]:
    """What each column says of a finding."""
    bearer = finding.bearer
    return {
        "id": finding.id,
        "rule": finding.rule,
        "title": finding.title,
        "instrument": finding.instrument,
        "provision": finding.provision,
        "citation": finding.citation,
        "event": finding.event,
        "event_title": finding.event_title,
        "document": finding.document,
        "bearer_code": bearer.code,
        "bearer_name": bearer.name,
        "bearer_kind": bearer.kind,
        "bearer_through": bearer.through,
        "bearer_through_kind": bearer.through_kind,
        "outcome": finding.outcome,
        "reason": finding.reason,
        "strength": finding.strength,
        "weakest": LISTED.join(_weakest(finding)),
        "dispute": finding.dispute,
        "dispute_by": finding.dispute_by,
        "dispute_according_to": finding.dispute_according_to,
        "confidence": finding.confidence,
        "severity": finding.severity,
        "status": finding.status,
        "event_date_stated": finding.event_date_stated,
        "event_date_read": finding.event_date,
        "due": "" if finding.due is None else finding.due.isoformat(),
        "message": finding.message,
        "missing": _listed(map(_question, finding.missing)),
        "positions": _listed(f"{use.id}={use.chosen}" for use in finding.positions),
        "robust": _robust(finding.insight),
        "quotes": _listed(map(_quote, finding.quotes)),
        "registers": _listed(map(_register, finding.registers)),
        "set_aside": finding.waiver.reason if finding.waiver else "",
        "set_aside_until": finding.waiver.expires.isoformat() if finding.waiver else "",
        "counted_in": finding.counted_in,
    }


def _weakest(finding: Finding) -> Iterator[str]:
    """The weakest elements by name; a duty that counts because it is not fulfilled is called so."""
    lacking = any(element.name == _DUTY and element.truth == "false" for element in finding.elements)
    for name in finding.weakest:
        yield f"not {name}" if lacking and name == _DUTY else name


def _listed(entries: Iterable[str]) -> str:
    """Entries in one cell, each of them once."""
    return LISTED.join(dict.fromkeys(entries))


def _question(missing: Missing) -> str:
    return f"{missing.about}: {missing.question}" if missing.about else missing.question


def _robust(insight: Insight | None) -> str:
    """Whether nothing was found on which the outcome hinges; empty where that was not, or not fully, looked for."""
    if insight is None or not (insight.hinges or insight.hinges_fully):
        return ""
    return "no" if insight.hinges else "yes"


def _quote(quote: QuoteRef) -> str:
    return f"“{quote.text}” ({quote.document}:{quote.start}-{quote.end})"


def _register(register: RegisterRef) -> str:
    return f"{register.register}, row {register.row} ({register.key}), verified: {register.verified}"
