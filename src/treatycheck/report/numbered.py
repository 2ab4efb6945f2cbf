"""The numbered paragraphs of one finding: status, facts alleged, reply, elements, conclusion, positions, questions.

Every sentence is one of the finding or of the wording; nothing is concluded here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from treatycheck.findings import Element, Finding, Missing, QuoteRef
from treatycheck.report.blocks import (
    DASH,
    Block,
    Column,
    Heading,
    Items,
    Line,
    Paragraph,
    Run,
    Table,
    code,
    line,
    strong,
    toned,
)
from treatycheck.report.citations import Citations
from treatycheck.report.numbering import letter
from treatycheck.rulebook.model import Wording

Tone = Literal["grave", "watch", "open", "plain"]

_TONES: Final[dict[str, Tone]] = {
    "established": "grave",
    "reasonable_grounds": "grave",
    "credible_concern": "watch",
    "concern": "watch",
    "met_late": "watch",
    "anticipated": "watch",
    "undetermined": "open",
}
_ELEMENTS: Final = (
    Column("Element", 17),
    Column("Found", 9),
    Column("Value", 20),
    Column("Strength", 8),
    Column("Notes", 5),
)


def bearer_heading(finding: Finding, wording: Wording) -> str:
    """The bearer where it stands out: a person is not named there."""
    return wording.report.person if finding.bearer.kind == "person" else finding.bearer.display


def outcome(finding: Finding, wording: Wording) -> Run:
    """The word for the outcome in its tone."""
    return toned(wording.outcomes[finding.outcome].label, _TONES.get(finding.outcome, "plain"))


def weakest(finding: Finding, wording: Wording) -> str:
    """What limits the outcome: the strength and the elements that have it, or the elements that are not known."""
    names, head = finding.weakest, finding.strength
    if not names:
        open_ones = [element.name for element in finding.elements if element.truth == "unknown"]
        names = tuple(name for name in open_ones if name in wording.gates) or tuple(open_ones)
        head = wording.report.truths["unknown"] if names else ""
    words = dict.fromkeys(name if name in wording.gates else "exception" for name in names)
    return f"{head}: {', '.join(words)}" if words and head else head


def reply(finding: Finding, wording: Wording) -> str:
    """What is said against the facts alleged, and by whom."""
    by = f" by {finding.dispute_by}" if finding.dispute_by else ""
    return f"{capital(wording.disputes[finding.dispute])}{by}"


def finding_blocks(number: int, finding: Finding, wording: Wording, citations: Citations) -> Iterator[Block]:
    """The heading and paragraphs of a finding."""
    bearer = bearer_heading(finding, wording)
    yield Heading(3, line(f"{finding.citation} — {finding.title} — {bearer}"), f"{number}.")
    paragraphs = iter(range(1, 1000))

    def paragraph(label: str, *parts: str | Run) -> Paragraph:
        return Paragraph(line(strong(f"{label} "), *parts), f"{number}.{next(paragraphs)}")

    yield paragraph("Status.", *_status(finding, wording, citations))
    yield paragraph("Facts alleged.", *_facts(finding, wording))
    yield _quotes(finding, finding.quotes, wording, citations)
    if finding.dispute == "none":
        yield paragraph("Denial or reply.", wording.report.no_reply)
    else:
        yield paragraph("Denial or reply.", f"{reply(finding, wording)}.")
        yield _quotes(finding, finding.dispute_quotes, wording, citations)
    yield paragraph("Elements.")
    yield Table(_ELEMENTS, tuple(_element(element, wording, citations) for element in finding.elements))
    yield paragraph("Conclusion.", finding.message)
    yield paragraph("Grade.", "Outcome: ", outcome(finding, wording), _grade(finding, wording))
    for use in finding.positions:
        words = wording.report
        yield paragraph(
            f"{words.on_position} {use.reference}",
            "(",
            code(use.id),
            ": ",
            code(use.chosen),
            f"). {use.question} {use.summary} {words.confidence}: {wording.confidences[use.confidence]}.",
        )
    labels = {element.name: element.label for element in finding.elements}
    for name in finding.assumed_not:
        yield paragraph("Assumption.", f"{wording.report.assumed_not} {_after_colon(labels.get(name, name))}.")
    if finding.missing:
        yield paragraph(f"{wording.report.settled_by}:")
        yield Items(tuple((f"({letter(place)})", _missing(one)) for place, one in enumerate(finding.missing)))


def _status(finding: Finding, wording: Wording, citations: Citations) -> Line:
    words = wording.report
    rows = next((element.registers for element in finding.elements if element.name == "bound"), ())
    name = finding.bearer.name
    if finding.bearer.kind == "state_organ" and finding.bearer.code:
        name = f"{words.organ_state} ({finding.bearer.code})"
    checked = dict.fromkeys(f"row {row.row}, {words.verified.get(row.verified, row.verified)}" for row in rows)
    where = f" (register {'; '.join(checked)})" if checked else ""
    return line(f"{capital(name)}: {finding.status or words.no_status}{where}.", *citations.registers(rows))


def _facts(finding: Finding, wording: Wording) -> Line:
    interest = wording.report.interests.get(finding.interest, finding.interest)
    relays = f" Relayed by {', then '.join(finding.chain)}." if finding.chain else ""
    date = finding.event_date
    stated = finding.event_date_stated
    stated = capital(stated) if stated.startswith("date ") else f"Date: {stated}"
    read = "" if date == finding.event_date_stated else f", read as {date}"
    return line(
        f"{finding.event_title} (event ",
        code(finding.event),
        " in ",
        code(finding.document),
        f"). Asserted by {finding.asserter}, {interest}.{relays} Modality: {finding.modality.replace('_', ' ')}. "
        f"{stated}{read}.",
    )


def _quotes(finding: Finding, quotes: Iterable[QuoteRef], wording: Wording, citations: Citations) -> Block:
    entries = [("•", _quote(finding, quote, citations)) for quote in quotes]
    return Items(tuple(entries)) if entries else Items((("•", line(wording.report.no_quote)),))


def _quote(finding: Finding, quote: QuoteRef, citations: Citations) -> Line:
    bears_on = "; ".join(_graded(element) for element in finding.elements if quote in element.quotes)
    return line(
        f"“{quote.text}”",
        *citations.quotes((quote,)),
        f" Line {quote.line}, characters {quote.start}{DASH}{quote.end}.",
        f" Bears on {bears_on}." if bears_on else "",
    )


def _graded(element: Element) -> str:
    label = element.label[:1].lower() + element.label[1:]
    return f"{label} ({element.strength})" if element.strength else label


def _element(element: Element, wording: Wording, citations: Citations) -> tuple[Line, ...]:
    strength = f"{element.strength} {wording.strengths[element.strength]}" if element.strength else DASH
    numbers = (*citations.quotes(element.quotes), *citations.registers(element.registers))
    return (
        line(element.label),
        line(wording.report.truths[element.truth]),
        line(element.detail or DASH),
        line(strength),
        line(*sorted(numbers, key=lambda note: int(note.text))) or line(DASH),
    )


def _grade(finding: Finding, wording: Wording) -> str:
    limits = weakest(finding, wording)
    strength = wording.strengths.get(finding.strength)
    if strength:
        limits = f"limited by {limits.replace(finding.strength, f'{finding.strength} ({strength})', 1)}"
    severity, law = wording.severities[finding.severity], wording.confidences[finding.confidence]
    return f"{f'; {limits}' if limits else ''}. Severity: {severity}. Law: {law}."


def _missing(one: Missing) -> Line:
    about = f" (about: {one.about})" if one.about else ""
    known = f" Known: {one.known}." if one.known else ""
    return line(f"{one.question}{about}{known}")


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def _after_colon(label: str) -> str:
    return label.partition(": ")[2] or label
