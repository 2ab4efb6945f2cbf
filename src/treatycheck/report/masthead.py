"""The masthead: what the report speaks of, on what law and day it rests, and the material that was looked at.

Takes its sentences from the wording of the rulebook.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from treatycheck.dates import describe_day
from treatycheck.findings import DocumentRef, Period, Report
from treatycheck.phrasing import capital, counted
from treatycheck.report.blocks import Block, Heading, Items, Line, Pairs, Paragraph, code, line, strong
from treatycheck.report.citations import Citations
from treatycheck.report.page import by_reference, position_name
from treatycheck.rulebook.model import MaterialWords, Wording

SHA_SHOWN: Final = 12
"""Digits of a hash in print; the JSON report has them all."""

_MOST_NAMED: Final = 9
"""So many events are named in the masthead; the annex has them all."""


def masthead(report: Report, wording: Wording, citations: Citations) -> Iterator[Block]:
    """The masthead and the list of the material."""
    receipt = report.receipt
    engines = line(" and ".join(receipt.engines) or "none", f"; {receipt.notice}" if receipt.notice else "")
    rulebook = line(
        f"{receipt.rulebook} {receipt.rulebook_version}, SHA-256 ", code(receipt.rulebook_sha256[:SHA_SHOWN])
    )
    rows: list[tuple[str, Line]] = []
    if report.material.period is not None:
        rows.append((wording.material.period, line(_period(report.material.period, wording.material))))
    rows += [
        (wording.report.as_of, line(describe_day(receipt.as_of))),
        ("Rulebook", rulebook),
        *_under("Instruments", [_instrument(name, report) for name in report.instruments]),
        ("Checked with", line(receipt.program, "; engines: ", *engines)),
        *_under("Positions in force", [position_name(position) for position in by_reference(report.positions)]),
    ]
    yield Pairs(tuple(rows))
    yield Heading(2, line("Material"))
    documents = enumerate(report.documents, 1)
    yield Items(tuple((f"{place}.", _document(one, wording, citations)) for place, one in documents))
    if report.material.unfused:
        yield Paragraph(line(wording.material.unfused.format(files=", ".join(report.material.unfused))))
    if report.material.warnings:
        yield Heading(3, line(wording.material.warnings))
        yield Items(tuple(("•", line(one)) for one in report.material.warnings))


def _period(period: Period, words: MaterialWords) -> str:
    """From when to when, and how far that is known."""
    if period.earliest is None and period.latest is None:
        return f"{capital(words.no_days)}."
    first, last = (words.open if day is None else describe_day(day) for day in (period.earliest, period.latest))
    told = [f"{capital(words.days.format(first=first, last=last))}."]
    told.append(words.exact.format(exact=period.exact, events=counted(period.events, "event")))
    for sentence, events in (
        (words.open_start, period.open_start),
        (words.open_end, period.open_end),
        (words.no_date, period.undated),
    ):
        if events:
            told.append(sentence.format(events=_named(events, words)))
    return " ".join(told)


def _named(events: Sequence[str], words: MaterialWords) -> str:
    shown = ", ".join(events[:_MOST_NAMED])
    more = len(events) - _MOST_NAMED
    return words.more.format(events=shown, number=more) if more > 0 else shown


def _document(document: DocumentRef, wording: Wording, citations: Citations) -> Line:
    ending = (code(document.file), ", SHA-256 ", code(document.sha256[:SHA_SHOWN]), ".")
    if document.fused:
        told = wording.material.fused.format(documents=citations.numbers(document.fused))
        return line(strong(document.title), f". {told} ", *ending)
    date = wording.material.undated if document.undated else document.date
    date = f"{date}, {document.date_note}" if document.date_note else date
    publisher = document.publisher or wording.report.no_publisher
    return line(strong(document.title), f", {publisher}. {capital(date).rstrip('.')}. ", *ending)


def _instrument(name: str, report: Report) -> Line:
    """The title of an instrument behind the abbreviation by which it is cited."""
    short = capital(report.abbreviations.get(name, ""))
    return line(strong(short), ": " if short else "", report.instruments[name])


def _under(label: str, lines: list[Line]) -> Iterator[tuple[str, Line]]:
    """Several lines under one label."""
    yield from (("" if place else label, one) for place, one in enumerate(lines))
