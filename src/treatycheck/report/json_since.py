"""What was set aside, and what differs from an earlier report, as parts of the JSON report.

Keys may be added within a contract, never renamed or dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from treatycheck.findings import Comparison, Difference, Element, Finding, Gate, Reason, WaiverState

if TYPE_CHECKING:
    from treatycheck.report.json import Json


def waiver_tree(waiver: WaiverState) -> dict[str, Json]:
    """An entry of a file of findings that were set aside."""
    return {
        "finding": waiver.finding,
        "rule": waiver.rule,
        "event": waiver.event,
        "bearer": waiver.bearer,
        "reason": waiver.reason,
        "author_role": waiver.author_role,
        "set_aside": waiver.set_aside.isoformat(),
        "expires": waiver.expires.isoformat(),
        "outcome": waiver.outcome,
        "state": waiver.state,
        "file": waiver.file,
        "line": waiver.line,
    }


def comparison_tree(comparison: Comparison) -> dict[str, Json]:
    """What is new, gone and changed, with the number of what is not."""
    return {
        "file": comparison.file,
        "sha256": comparison.sha256,
        "reasons": [_reason(reason) for reason in comparison.reasons],
        "new": [_alone(one.after, one) for one in comparison.new if one.after is not None],
        "gone": [_alone(one.before, one) for one in comparison.gone if one.before is not None],
        "changed": [
            {
                **_named(one.after),
                "from": _concluded(one.before),
                "to": _concluded(one.after),
                "gates": [_gate(gate) for gate in one.gates],
                "reasons": [_reason(reason) for reason in one.reasons],
            }
            for one in comparison.changed
            if one.before is not None and one.after is not None
        ],
        "unchanged": comparison.unchanged,
    }


def _alone(finding: Finding, difference: Difference) -> Json:
    return {
        **_named(finding),
        **_concluded(finding),
        "reasons": [_reason(reason) for reason in difference.reasons],
    }


def _named(finding: Finding) -> dict[str, Json]:
    bearer = finding.bearer
    return {
        "id": finding.id,
        "rule": finding.rule,
        "citation": finding.citation,
        "title": finding.title,
        "event": finding.event,
        "document": finding.document,
        "bearer": {
            "code": bearer.code,
            "name": bearer.name,
            "kind": bearer.kind,
            "through": bearer.through,
            "through_kind": bearer.through_kind,
        },
    }


def _concluded(finding: Finding) -> dict[str, Json]:
    return {
        "outcome": finding.outcome,
        "reason": finding.reason,
        "strength": finding.strength,
        "due": None if finding.due is None else finding.due.isoformat(),
    }


def _gate(gate: Gate) -> Json:
    return {
        "name": gate.after.name,
        "label": gate.after.label,
        "from": _answer(gate.before),
        "to": _answer(gate.after),
    }


def _answer(element: Element) -> Json:
    return {"truth": element.truth, "strength": element.strength}


def _reason(reason: Reason) -> Json:
    return {"kind": reason.kind, "of": reason.of, "from": reason.before, "to": reason.after}
