"""What the report says besides findings: statements of the documents about law or numbers, and where procedures stand.

A remark corrects a statement; it is no finding, and a procedure is a state of affairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from treatycheck.findings import ClaimResult, ProcedureState, QuoteRef, Report
from treatycheck.report.blocks import Block, Heading, Items, Line, Paragraph, Run, code, line, strong
from treatycheck.report.citations import Citations
from treatycheck.report.numbering import letter
from treatycheck.rulebook.model import Wording


def remarks(report: Report, wording: Wording, citations: Citations, *, numbers: bool = False) -> Iterator[Block]:
    """The statements of each document with the verdict on them: those on numbers, or all others."""
    for document in report.documents:
        claims = [one for one in report.claims if one.document == document.file and one.numbers == numbers]
        if claims:
            yield Heading(3, line(document.title))
            printed: set[QuoteRef] = set()
            yield Items(tuple(("•", _claim(claim, report, wording, citations, printed)) for claim in claims))


def numbers_check(report: Report, wording: Wording, citations: Citations) -> Iterator[Block]:
    """The statements on numbers: sums, numbers on record, quantities."""
    if any(claim.numbers for claim in report.claims):
        yield Paragraph(line(wording.material.numbers_note))
        yield from remarks(report, wording, citations, numbers=True)
    else:
        yield Paragraph(line(wording.material.no_numbers))


def procedures(report: Report, wording: Wording, citations: Citations) -> Iterator[Block]:
    """Where each procedure stands by an event; subjects of whom the same is said stand together."""
    same: dict[ProcedureState, list[str]] = {}
    for state in report.procedures:
        same.setdefault(replace(state, subject=""), []).append(state.subject)
    entries = enumerate(same.items())
    yield Items(
        tuple(
            (f"({letter(at)})", _procedure(state, " and ".join(subjects), wording, citations))
            for at, (state, subjects) in entries
        )
    )


def quoted(quotes: tuple[QuoteRef, ...], citations: Citations) -> tuple[str | Run, ...]:
    """Quotes with their notes, one after another."""
    parts: list[str | Run] = []
    for quote in quotes:
        parts += ["; " if parts else "", f"“{quote.text}”", *citations.quotes((quote,))]
    return tuple(parts)


def _claim(claim: ClaimResult, report: Report, wording: Wording, citations: Citations, printed: set[QuoteRef]) -> Line:
    """A statement with the verdict; a quote that an earlier statement of the document has is cited by its note."""
    titles = {title: report.abbreviations.get(name, title) for name, title in report.instruments.items()}
    source = titles.get(claim.authority, claim.authority)
    correction = f" {claim.correction.rstrip('.')}." if claim.correction else ""
    authority = f" Authority: {source.rstrip('.')}." if source else ""
    note = f" {claim.note.rstrip('.')}." if claim.note else ""
    rows = citations.registers(claim.registers)
    fresh = tuple(quote for quote in claim.quotes if quote not in printed)
    known = citations.quotes(quote for quote in claim.quotes if quote in printed)
    printed.update(fresh)
    quotes = quoted(fresh, citations)
    return line(
        code(claim.id),
        f" {claim.says.rstrip('.')}: ",
        strong(wording.verdicts[claim.verdict]),
        f".{correction}{authority}{note}",
        *rows,
        *known,
        " " if quotes else "",
        *quotes,
    )


def _procedure(state: ProcedureState, subject: str, wording: Wording, citations: Citations) -> Line:
    strength = f" ({state.strength} {wording.strengths[state.strength]})" if state.strength else ""
    quotes = quoted(state.quotes, citations)
    return line(
        strong(f"{state.title} ({state.citation})"),
        f", {subject}: {state.label or wording.report.no_state}{strength} (event ",
        code(state.event),
        ")",
        ": " if quotes else "",
        *quotes,
        ".",
    )
