"""Rows of the workload MBC-8 as events of a casefile, and the outcomes of its rulebook in the words of the workload."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from treatycheck.casefile.model import (
    Actor,
    Casefile,
    Dated,
    DocumentEntry,
    Dossier,
    Event,
    Item,
    Participant,
    Source,
    Stated,
)
from treatycheck.check import Options, check
from treatycheck.documents.text import Document
from treatycheck.engine.outcomes import FLAGGED, Outcome
from treatycheck.rulebook.model import Rulebook

RULEBOOK: Final = Path(__file__).resolve().parent / "mbc-8"
RULES: Final[Mapping[str, str]] = {
    "mbc8-r1-use": "R1",
    "mbc8-r2-make": "R2",
    "mbc8-r3-hold": "R3",
    "mbc8-r4-transfer": "R4",
    "mbc8-r5-receive": "R5",
    "mbc8-r6-assist": "R6",
    "mbc8-r7-destroy-stock": "R7",
    "mbc8-r8-signatory": "R8",
}
MET: Final = "potential_violation"
MET_BY_SIGNATORY: Final = "object_and_purpose"
UNDETERMINED: Final = "undetermined"
REPORTABLE: Final = (MET, UNDETERMINED, MET_BY_SIGNATORY)
EITHER: Final = ("outside_scope", "not_bound")
"""Where scope and binding are both false, one may be told for the other."""

REASONS: Final[Mapping[str, str]] = {
    "object_out_of_scope": "outside_scope",
    "act_out_of_scope": "outside_scope",
    "exception_applies": "exempt",
    "actor_not_bound": "not_bound",
    "not_yet_in_force": "not_bound",
    "ceased": "not_bound",
}

Row = tuple[int, str, str, str]
"""Number of the event, rule, bearer, conclusion."""


def conclusion(rule: str, outcome: str, reason: str) -> str:
    """What the workload calls an outcome of a rule of its rulebook; KeyError for one that it does not know."""
    if outcome in FLAGGED:
        return MET_BY_SIGNATORY if RULES[rule] == "R8" else MET
    known: Mapping[str, str] = {Outcome.UNDETERMINED: UNDETERMINED}
    return REASONS[reason] if outcome == Outcome.NOT_APPLICABLE else known[outcome]


def event(row: Mapping[str, Any]) -> Event:
    """One row as an event; what the row leaves empty nobody states."""

    def stated(column: str) -> Stated | None:
        return None if row[column] in ("", None) else Stated(value=str(row[column]))

    facts = {"assertion": Stated(value=row["assertion"])}
    cast = [("actor", row["actor_iso3"]), ("counterpart", row["counterpart_iso3"])]
    item = Item(
        described="objects",
        model=stated("weapon_model"),
        activation=stated("activation"),
        quantity=stated("quantity"),
    )
    return Event(
        id=str(row["id"]),
        title="",
        act=Stated(value=row["act"]),
        modality=Stated(value="occurred"),
        date=Dated(edtf=str(row["date"])),
        strength="S3",
        quotes=(),
        source=Source(asserter="the table"),
        participants=tuple(Participant(actor=code, role=role) for role, code in cast if code),
        objects=(item,),
        purpose=stated("purpose"),
        facts=facts,
    )


def casefile(rows: Iterable[Mapping[str, Any]]) -> Casefile:
    """The rows as the events of one document."""
    events = tuple(map(event, rows))
    codes = {participant.actor for one in events for participant in one.participants}
    actors = {code: Actor(name=code, kind="state", code=code) for code in codes}
    entry = DocumentEntry(file="events", sha256="", title="events", kind="other", date=Dated(edtf="2026-12-31"))
    return Casefile((Dossier("events", Document("events", "", ""), entry, actors, events, {}, ""),))


def decided(rulebook: Rulebook, rows: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    """Every row of the answer, as both engines decide it."""
    for finding in check(rulebook, casefile(rows), Options(insight=False)).findings:
        found = conclusion(finding.rule, finding.outcome, finding.reason)
        yield int(finding.event), RULES[finding.rule], finding.bearer.display, found
