"""What the report says besides findings: statements of the documents about law or numbers, and where procedures stand.

A remark corrects a statement; it is no finding, and a procedure is a state of affairs.
"""

from __future__ import annotations

from collections.abc import Iterator

from treatycheck.findings import ClaimResult, ProcedureState, QuoteRef, Report
from treatycheck.report.blocks import Block, Heading, Items, Line, Run, code, line, strong
from treatycheck.report.citations import Citations
from treatycheck.report.numbering import letter
from treatycheck.rulebook.model import Wording


def remarks(report: Report, wording: Wording, citations: Citations) -> Iterator[Block]:
    """The statements of each document with the verdict on them."""
    for document in report.documents:
        claims = [claim for claim in report.claims if claim.document == document.file]
        if claims:
            yield Heading(3, line(document.title))
            entries = ((f"({letter(at)})", _claim(claim, wording, citations)) for at, claim in enumerate(claims))
            yield Items(tuple(entries))


def procedures(report: Report, wording: Wording, citations: Citations) -> Iterator[Block]:
    """Where each procedure stands by an event."""
    entries = enumerate(report.procedures)
    yield Items(tuple((f"({letter(at)})", _procedure(state, wording, citations)) for at, state in entries))


def quoted(quotes: tuple[QuoteRef, ...], citations: Citations) -> tuple[str | Run, ...]:
    """Quotes with their notes, one after another."""
    parts: list[str | Run] = []
    for quote in quotes:
        parts += ["; " if parts else "", f"“{quote.text}”", *citations.quotes((quote,))]
    return tuple(parts)


def _claim(claim: ClaimResult, wording: Wording, citations: Citations) -> Line:
    correction = f" {claim.correction.rstrip('.')}." if claim.correction else ""
    authority = f" Authority: {claim.authority.rstrip('.')}." if claim.authority else ""
    note = f" {claim.note.rstrip('.')}." if claim.note else ""
    rows = citations.registers(claim.registers)
    quotes = quoted(claim.quotes, citations)
    return line(
        f"{claim.says.rstrip('.')}: ",
        strong(wording.verdicts[claim.verdict]),
        f".{correction}{authority}{note}",
        *rows,
        " " if quotes else "",
        *quotes,
    )


def _procedure(state: ProcedureState, wording: Wording, citations: Citations) -> Line:
    strength = f" ({state.strength} {wording.strengths[state.strength]})" if state.strength else ""
    quotes = quoted(state.quotes, citations)
    return line(
        strong(f"{state.title} ({state.citation})"),
        f", {state.subject}: {state.label or wording.report.no_state}{strength} (event ",
        code(state.event),
        ")",
        ": " if quotes else "",
        *quotes,
        ".",
    )
