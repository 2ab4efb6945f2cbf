"""Reads an earlier report of the contract `treatycheck.report/1`: what is needed to compare it, and that strictly.

Nothing is guessed: a report that breaks off, is of another contract or does not fit together is refused as a whole.
Keys that are not asked for may be there or not, as keys are added within a contract.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from treatycheck.baseline.values import ANEW, Reading, Value, short
from treatycheck.documents.text import line_and_column
from treatycheck.engine.outcomes import Outcome
from treatycheck.errors import Diagnostic, InputError
from treatycheck.findings import BearerRef, DocumentRef, Element, Finding, PositionUse, Receipt
from treatycheck.truth import Strength
from treatycheck.yaml import unreadable

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC601": "an earlier report is not JSON, or breaks off",
        "TC602": "an earlier report is of another contract, or is no report",
        "TC604": "an earlier report does not fit together",
    }
)

SCHEMA: Final = "treatycheck.report/1"

_ID: Final = re.compile("[0-9a-f]{12}")
_SHA256: Final = re.compile("[0-9a-f]{64}")
_TRUTHS: Final = ("true", "false", "unknown")
_STRENGTHS: Final = ("", *(str(strength) for strength in Strength))
_OUTCOMES: Final = tuple(str(outcome) for outcome in Outcome if outcome is not Outcome.NO_FINDING)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier report: `file` is its name, `sha256` that of its bytes. Its findings have no proof and no quotes."""

    file: str
    sha256: str
    receipt: Receipt
    documents: tuple[DocumentRef, ...]
    findings: tuple[Finding, ...]


def read(path: Path) -> Earlier:
    """Read a report; raises `InputError` with what is wrong with it, and where."""
    file = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError([unreadable(file, error)]) from error
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line, column = line_and_column(before := data[: error.start].decode("utf-8"), len(before))
        message = f"byte `0x{data[error.start]:02x}` is not UTF-8"
        raise InputError([Diagnostic(file, line, column, "TC102", message, ANEW)]) from error
    reading = Reading(file, text)
    root = Value(_tree(file, text), (), reading)
    _check_contract(root)
    earlier = Earlier(
        path.name,
        hashlib.sha256(data).hexdigest(),
        _receipt(root.at("receipt")),
        tuple(_document(one) for one in root.each("documents")),
        tuple(_finding(one) for one in root.each("findings")),
    )
    counts = root.at("counts").counts()
    reading.refuse()
    _check_fit(earlier, counts, reading)
    reading.refuse()
    return earlier


def _tree(file: str, text: str) -> object:
    twice: list[str] = []

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            twice.extend(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        return found

    def refused(name: str) -> object:
        raise ValueError(name)

    try:
        tree: object = json.loads(text, object_pairs_hook=unique, parse_constant=refused)
    except json.JSONDecodeError as error:
        line, column = line_and_column(text, error.pos)
        if not text.strip():
            message = "the file has no content"
        elif not text[error.pos :].strip() or error.msg.startswith("Unterminated"):
            message = "the report breaks off here"
        else:
            message = f"not JSON from here on: `{short(text[error.pos :])}`"
        raise InputError([Diagnostic(file, line, column, "TC601", message, ANEW)]) from error
    except (ValueError, RecursionError) as error:
        message = "not JSON: a number that is none, or nested too deeply"
        raise InputError([Diagnostic(file, 0, 0, "TC601", message, ANEW)]) from error
    if twice:
        message = f"the key `{short(twice[0])}` occurs twice in one object"
        raise InputError([Diagnostic(file, 0, 0, "TC601", message, ANEW)])
    return tree


def _check_contract(root: Value) -> None:
    """Refuse what is no report of this contract before anything is read from it."""
    schema = root.value.get("schema") if isinstance(root.value, dict) else None
    if schema == SCHEMA:
        return
    if isinstance(schema, str):
        root.reading.problem(
            ("schema",),
            "TC602",
            f"`{short(schema)}` is another contract than `{SCHEMA}`",
            "give a report of `treatycheck check --format json`",
        )
    else:
        root.reading.problem(
            (), "TC602", "this is no report of `treatycheck check`", f"a report has `schema: {SCHEMA}`; {ANEW}"
        )
    root.reading.refuse()


def _check_fit(earlier: Earlier, counts: Mapping[str, int], reading: Reading) -> None:
    """Refuse a report of which findings were taken away or added by hand, as each would be told as new or gone."""
    documents = {document.file for document in earlier.documents}
    known: set[str] = set()
    for number, finding in enumerate(earlier.findings):
        if finding.id in known:
            reading.problem(("findings", number, "id"), "TC604", f"the finding `{finding.id}` is there twice", ANEW)
        known.add(finding.id)
        if finding.document not in documents:
            message = f"the document `{finding.document}` is not among the documents"
            reading.problem(("findings", number, "document"), "TC604", message, ANEW)
    found = Counter(finding.outcome for finding in earlier.findings)
    for outcome in _OUTCOMES:
        if counts.get(outcome, 0) != found[outcome]:
            message = f"`{outcome}` is counted {counts.get(outcome, 0)} times and found {found[outcome]} times"
            reading.problem(("counts",), "TC604", message, f"the report was changed; {ANEW}")


def _receipt(value: Value) -> Receipt:
    return Receipt(
        program=value.text("program"),
        rulebook=value.text("rulebook"),
        rulebook_version=value.text("rulebook_version"),
        rulebook_sha256=value.text("rulebook_sha256", _SHA256, "a SHA-256"),
        as_of=value.day("as_of"),
        positions=value.at("positions").words(),
        engines=value.texts("engines"),
        notice=value.text("notice"),
    )


def _document(value: Value) -> DocumentRef:
    return DocumentRef(
        file=value.text("file"),
        sha256=value.text("sha256", _SHA256, "a SHA-256"),
        events_sha256=value.text("events_sha256", _SHA256, "a SHA-256"),
        title=value.text("title"),
        publisher="",
        kind="",
        date="",
        date_note="",
        note="",
        events=value.texts("events"),
    )


def _finding(value: Value) -> Finding:
    """A finding without what is not compared: proof, quotes, register rows and sentences."""
    return Finding(
        id=value.text("id", _ID, "an id of 12 digits and letters from `a` to `f`"),
        rule=value.text("rule"),
        rule_status="",
        title=value.text("title"),
        instrument=value.text("instrument"),
        provision=value.text("provision"),
        citation=value.at("citations").text("provision"),
        event=value.text("event"),
        event_title=value.text("event_title"),
        document=value.text("document"),
        bearer=_bearer(value.at("bearer")),
        outcome=value.choice("outcome", _OUTCOMES),
        reason=value.text("reason"),
        message="",
        missing=(),
        strength=value.choice("strength", _STRENGTHS),
        weakest=(),
        dispute="",
        dispute_by="",
        dispute_according_to="",
        severity="",
        confidence="",
        positions=tuple(PositionUse(one.text("id"), "", one.text("chosen"), "", "") for one in value.each("positions")),
        assumed_not=value.texts("assumed_not"),
        status="",
        due=None if isinstance(value.value, dict) and value.value.get("due", "") is None else value.day("due"),
        event_date="",
        event_date_stated="",
        modality="",
        asserter="",
        chain=(),
        interest="",
        elements=tuple(
            Element(
                one.text("name"),
                one.text("label"),
                one.choice("truth", _TRUTHS),
                one.choice("strength", _STRENGTHS),
                "",
                (),
                (),
            )
            for one in value.each("elements")
        ),
        quotes=(),
        dispute_quotes=(),
        registers=(),
        proof=(),
        remarks=(),
        rule_note="",
    )


def _bearer(value: Value) -> BearerRef:
    return BearerRef(
        value.text("code"), value.text("name"), value.text("kind"), value.text("through"), value.text("through_kind")
    )
