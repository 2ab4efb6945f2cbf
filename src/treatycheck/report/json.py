"""The report as JSON by the contract `treatycheck.report/1`: sorted, indented, the same bytes for the same report.

Keys may be added within a contract, never renamed or dropped. Hidden characters are written as JSON escapes.
"""

from __future__ import annotations

import json
import re
from typing import Final

from treatycheck.findings import (
    AccountRef,
    Answered,
    BearerRef,
    ClaimResult,
    Comparison,
    Dormant,
    Element,
    Finding,
    Firmer,
    Hinge,
    Insight,
    Node,
    PositionUse,
    ProcedureState,
    QuoteRef,
    Receipt,
    Report,
    Route,
)
from treatycheck.report.characters import HIDDEN
from treatycheck.report.json_material import material_tree, register_tree
from treatycheck.report.json_since import comparison_tree, waiver_tree

SCHEMA: Final = "treatycheck.report/1"

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


def render(report: Report) -> str:
    """Return the report as JSON text that ends with a line break."""
    return written(tree(report))


def written(tree: Json) -> str:
    """Return lists and dictionaries as JSON text that ends with a line break."""
    text = json.dumps(tree, ensure_ascii=False, indent=2, sort_keys=True)
    return _HIDDEN_IN_JSON.sub(_escape, text) + "\n"


# The line break is how JSON is laid out; within strings it is already escaped.
_HIDDEN_IN_JSON: Final = re.compile(f"(?!\n){HIDDEN.pattern}")


def _escape(found: re.Match[str]) -> str:
    """A hidden character as JSON spells it: beyond the first plane, as a pair."""
    data = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{data[place]:02x}{data[place + 1]:02x}" for place in range(0, len(data), 2))


def tree(report: Report) -> dict[str, Json]:
    """The report as lists and dictionaries."""
    return {
        "schema": SCHEMA,
        "title": report.title,
        "standards": [*report.standards],
        "receipt": receipt_tree(report.receipt),
        "instruments": dict(report.instruments),
        "abbreviations": dict(report.abbreviations),
        "positions": [_position(position) for position in report.positions],
        "documents": [
            {
                "file": document.file,
                "sha256": document.sha256,
                "events_sha256": document.events_sha256,
                "title": document.title,
                "publisher": document.publisher,
                "kind": document.kind,
                "date": document.date,
                "date_note": document.date_note,
                "note": document.note,
                "events": [*document.events],
                "undated": document.undated,
                "fused": [*document.fused],
            }
            for document in report.documents
        ],
        "unencoded": [*report.unencoded],
        "findings": [finding_tree(finding) for finding in report.findings],
        "procedures": [procedure_tree(state) for state in report.procedures],
        "dormant": [_dormant(one) for one in report.dormant],
        "claims": [_claim(claim) for claim in report.claims],
        "counts": dict(report.counts),
        "set_aside": sum(finding.waiver is not None for finding in report.findings),
        "waivers": [waiver_tree(waiver) for waiver in report.waivers],
        "baseline": None if report.baseline is None else _baseline(report.baseline),
        **material_tree(report),
    }


def _baseline(comparison: Comparison) -> Json:
    return {"receipt": receipt_tree(comparison.receipt), **comparison_tree(comparison)}


def receipt_tree(receipt: Receipt) -> Json:
    """What produced a result."""
    return {
        "program": receipt.program,
        "rulebook": receipt.rulebook,
        "rulebook_version": receipt.rulebook_version,
        "rulebook_sha256": receipt.rulebook_sha256,
        "as_of": receipt.as_of.isoformat(),
        "positions": dict(receipt.positions),
        "engines": [*receipt.engines],
        "notice": receipt.notice,
    }


def finding_tree(finding: Finding) -> Json:
    """One finding with its proof."""
    return {
        "id": finding.id,
        "rule": finding.rule,
        "rule_note": finding.rule_note,
        "rule_status": finding.rule_status,
        "remarks": list(finding.remarks),
        "title": finding.title,
        "instrument": finding.instrument,
        "provision": finding.provision,
        "event": finding.event,
        "event_title": finding.event_title,
        "event_date": {"stated": finding.event_date_stated, "read_as": finding.event_date},
        "document": finding.document,
        "bearer": _bearer(finding.bearer),
        "outcome": finding.outcome,
        "reason": finding.reason,
        "grounds": finding.grounds,
        "message": finding.message,
        "missing": [
            {"fact": one.fact, "question": one.question, "about": one.about, "known": one.known}
            for one in finding.missing
        ],
        "strength": finding.strength,
        "weakest": [*finding.weakest],
        "dispute": finding.dispute,
        "dispute_by": finding.dispute_by,
        "dispute_according_to": finding.dispute_according_to,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "positions": [_position(position) for position in finding.positions],
        "contested": [*finding.contested],
        "assumed_not": [*finding.assumed_not],
        "status": finding.status,
        "due": None if finding.due is None else finding.due.isoformat(),
        "modality": finding.modality,
        "source": {"asserter": finding.asserter, "chain": [*finding.chain], "interest": finding.interest},
        "elements": [_element(element) for element in finding.elements],
        "citations": {
            "provision": finding.citation,
            "quotes": [_quote(quote) for quote in finding.quotes],
            "dispute_quotes": [_quote(quote) for quote in finding.dispute_quotes],
            "registers": [register_tree(register) for register in finding.registers],
        },
        "accounts": [_account(account) for account in finding.accounts],
        "proof": [proof_node(node) for node in finding.proof if node.relevant],
        "insight": None if finding.insight is None else insight_tree(finding.insight),
        "waiver": None if finding.waiver is None else waiver_tree(finding.waiver),
        "counted_in": finding.counted_in,
    }


def _bearer(bearer: BearerRef) -> Json:
    return {
        "code": bearer.code,
        "name": bearer.name,
        "kind": bearer.kind,
        "through": bearer.through,
        "through_kind": bearer.through_kind,
    }


def _dormant(one: Dormant) -> Json:
    return {
        "id": one.id,
        "rule": one.rule,
        "title": one.title,
        "citation": one.citation,
        "event": one.event,
        "document": one.document,
        "bearer": _bearer(one.bearer),
        "hinges": [_hinge(hinge) for hinge in one.hinges],
    }


def insight_tree(insight: Insight) -> Json:
    """How far an outcome carries."""
    return {
        "settled_by": [_route(route) for route in insight.settled_by],
        "settled_fully": insight.settled_fully,
        "barred": insight.barred,
        "past": [_route(route) for route in insight.past],
        "hinges": [_hinge(hinge) for hinge in insight.hinges],
        "hinges_fully": insight.hinges_fully,
        "robust": not insight.hinges,
        "firmer": None if insight.firmer is None else _firmer(insight.firmer),
    }


def _route(route: Route) -> Json:
    return {
        "outcomes": [*route.outcomes],
        "all_of": [{"any_of": [[answered_tree(one) for one in facts] for facts in group]} for group in route.groups],
    }


def answered_tree(one: Answered) -> Json:
    """A fact with the answers that would do."""
    return {"fact": one.fact.fact, "question": one.fact.question, "about": one.fact.about, "answer": one.answer}


def _hinge(hinge: Hinge) -> Json:
    return {
        "kind": hinge.kind,
        "when": hinge.when,
        "days": hinge.days,
        "positions": dict(hinge.readings),
        "outcome": hinge.outcome,
        "gates": [*hinge.gates],
    }


def _firmer(firmer: Firmer) -> Json:
    return {
        "outcome": firmer.outcome,
        "step": firmer.step,
        "needs": [{"element": need.element, "what": need.words, "strength": need.strength} for need in firmer.needs],
        "capped": firmer.capped,
    }


def _account(account: AccountRef) -> Json:
    return {
        "according_to": account.according_to,
        "says": account.says,
        "strength": account.strength,
        "quotes": [_quote(quote) for quote in account.quotes],
    }


def procedure_tree(state: ProcedureState) -> Json:
    """Where one procedure stands."""
    return {
        "id": state.id,
        "title": state.title,
        "provision": state.provision,
        "citation": state.citation,
        "event": state.event,
        "document": state.document,
        "subject": state.subject,
        "state": state.state,
        "label": state.label,
        "strength": state.strength,
        "quotes": [_quote(quote) for quote in state.quotes],
    }


def _claim(claim: ClaimResult) -> Json:
    return {
        "id": claim.id,
        "document": claim.document,
        "says": claim.says,
        "verdict": claim.verdict,
        "correction": claim.correction,
        "authority": claim.authority,
        "note": claim.note,
        "quotes": [_quote(quote) for quote in claim.quotes],
        "registers": [register_tree(register) for register in claim.registers],
        "kind": claim.kind,
        "numbers": claim.numbers,
    }


def _element(element: Element) -> Json:
    return {
        "name": element.name,
        "label": element.label,
        "truth": element.truth,
        "strength": element.strength,
        "detail": element.detail,
        "quotes": [quote.name for quote in element.quotes],
        "registers": [register_tree(register) for register in element.registers],
    }


def _position(position: PositionUse) -> Json:
    return {
        "id": position.id,
        "reference": position.reference,
        "chosen": position.chosen,
        "summary": position.summary,
        "confidence": position.confidence,
    }


def _quote(quote: QuoteRef) -> Json:
    return {
        "document": quote.document,
        "name": quote.name,
        "start": quote.start,
        "end": quote.end,
        "line": quote.line,
        "text": quote.text,
    }


def proof_node(node: Node, *, everything: bool = False, depth: int | None = None) -> Json:
    """A step of a proof with the steps that decided it; what a step does not have is left out.

    With `everything`, those that did not decide as well, marked so; `depth` is how many steps down are shown.
    """
    found: dict[str, Json] = {"kind": node.kind, "label": node.label, "truth": node.truth, "strength": node.strength}
    if node.provision:
        found["provision"] = node.provision
    if node.values:
        found["values"] = [*node.values]
    if node.quotes:
        found["quotes"] = [*node.quotes]
    if node.registers:
        found["registers"] = [register_tree(register) for register in node.registers]
    if node.note:
        found["note"] = node.note
    if node.at_most:
        found["at_most"] = node.at_most
    if node.position is not None:
        found["position"] = node.position.id
    if everything and not node.relevant:
        found["decided"] = False
    below = None if depth is None else depth - 1
    shown = [child for child in node.children if child.relevant or everything] if depth != 0 else []
    if shown:
        found["children"] = [proof_node(child, everything=everything, depth=below) for child in shown]
    return found
