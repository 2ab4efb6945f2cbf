"""What was looked at besides the findings, as parts of the JSON report.

Keys may be added within a contract, never renamed or dropped.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from treatycheck.findings import EventRef, Period, RegisterRef, Report, StatusRow

if TYPE_CHECKING:
    from treatycheck.report.json import Json


def material_tree(report: Report) -> dict[str, Json]:
    """The keys of a report on its material."""
    material = report.material
    once = Counter(finding.outcome for finding in report.findings if not finding.counted_in)
    return {
        "counts_once": {name: once[name] for name in report.counts if name != "no_finding"},
        "period": None if material.period is None else _period(material.period),
        "events": [_event(event) for event in material.events],
        "shared_sources": [
            {"name": one.name, "documents": [*one.documents], "events": [*one.events]} for one in material.shared
        ],
        "status_table": [_status(row) for row in material.statuses],
        "asked": [
            {
                "instrument": one.instrument,
                "rules": one.rules,
                "silent": [*one.silent],
                "asked": one.asked,
                "no_finding": one.no_finding,
            }
            for one in material.asked
        ],
        "unasked": [
            {
                "event": one.event,
                "document": one.document,
                "bearer": one.bearer.display,
                "rules": [*one.rules],
            }
            for one in material.unasked
        ],
        "unfused": [*material.unfused],
        "warnings": [*material.warnings],
    }


def _period(period: Period) -> Json:
    return {
        "earliest": _day(period.earliest),
        "latest": _day(period.latest),
        "events": period.events,
        "exact": period.exact,
        "open_start": [*period.open_start],
        "open_end": [*period.open_end],
        "undated": [*period.undated],
    }


def _event(event: EventRef) -> Json:
    return {
        "id": event.id,
        "title": event.title,
        "document": event.document,
        "act": event.act,
        "modality": event.modality,
        "date": {"stated": event.stated, "read_as": event.read_as},
        "earliest": _day(event.earliest),
        "latest": _day(event.latest),
        "exact": event.exact,
        "sources": [
            {"asserter": one.asserter, "interest": one.interest, "chain": [*one.chain]} for one in event.sources
        ],
        "draws_on": [*event.draws_on],
        "unengaged": event.unengaged,
        "roles": [*event.roles],
        "taking_part": [*event.taking_part],
    }


def _status(row: StatusRow) -> Json:
    return {
        "instrument": row.instrument,
        "code": row.code,
        "state": row.state,
        "acts": [*row.acts],
        "status": row.status,
        "register": register_tree(row.row),
    }


def register_tree(register: RegisterRef) -> Json:
    """A row of a register."""
    return {
        "register": register.register,
        "row": register.row,
        "key": register.key,
        "source": register.source,
        "verified": register.verified,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
