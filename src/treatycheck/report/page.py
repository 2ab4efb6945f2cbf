"""What the entries of a report share while it is laid out: words, notes, numbers, and what has been told already.

The facts of an event and its quotes are printed once; a later entry on the same event points to that paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from treatycheck.findings import BearerRef, Element, Finding, PositionUse, QuoteRef
from treatycheck.phrasing import capital
from treatycheck.report.blocks import Block, Items, Line, Paragraph, Run, code, line, strong, toned
from treatycheck.report.citations import Citations
from treatycheck.report.citing import cited
from treatycheck.report.numbering import UNDETERMINED, EventKey, Numbered, key
from treatycheck.rulebook.model import Wording

Tone = Literal["grave", "watch", "open", "plain"]

_DECISIVE: Final = "S2"
"""What is at least indicated may end a matter."""

_TONES: Final[Mapping[str, Tone]] = {
    "established": "grave",
    "reasonable_grounds": "grave",
    "credible_concern": "watch",
    "concern": "watch",
    "met_late": "watch",
    "anticipated": "watch",
    "undetermined": "open",
}


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quotes on the page: a list of those printed for the first time, if any, and what is said in its place."""

    items: tuple[Items, ...]
    notes: Line


@dataclass(frozen=True, slots=True)
class Told:
    """The paragraphs with the facts of an event and with the reply to them."""

    facts: str
    reply: str


@dataclass(frozen=True, slots=True)
class Page:
    """The page while it is laid out, with what stands on it already.

    `references` are the numbers of positions by their ids. `told` says where the facts of an event are told, `printed`
    has its quotes, `explained` the paragraph on a position or with a list of exceptions, and `asked` those with a
    question, and its place in them.
    """

    wording: Wording
    citations: Citations
    numbered: Numbered
    abbreviations: Mapping[str, str]
    references: Mapping[str, str] = field(default_factory=dict)
    told: dict[EventKey, Told] = field(default_factory=dict)
    printed: set[tuple[EventKey, QuoteRef]] = field(default_factory=set)
    explained: dict[object, str] = field(default_factory=dict)
    asked: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def fresh(self, event: EventKey, quotes: Iterable[QuoteRef]) -> Quoted:
        """Quotes as a list of those not yet printed for an event, which now are, and the notes of the others."""
        known: list[QuoteRef] = []
        fresh: list[QuoteRef] = []
        for quote in quotes:
            (known if (event, quote) in self.printed else fresh).append(quote)
        self.printed.update((event, quote) for quote in fresh)
        notes = self.citations.quotes(known)
        if not fresh:
            return Quoted((), notes if known else line(f" {self.wording.report.no_quote}"))
        entries = tuple(("•", line(f"“{quote.text}”", *self.citations.quotes((quote,)))) for quote in fresh)
        return Quoted((Items(entries),), notes)

    def cited(self, findings: Iterable[Finding], *, most: int = 0) -> str:
        """The provisions of findings in one phrase."""
        return cited((finding.citation for finding in findings), self.wording.report.plurals, most=most)


class Paragraphs:
    """Numbers the paragraphs of one entry: `4.1`, `4.2` and so on, each with its label."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._last = 0

    @property
    def following(self) -> str:
        """The number that the next paragraph will have."""
        return f"{self._number}.{self._last + 1}"

    def __call__(self, label: str, *parts: str | Run) -> Paragraph:
        """The next paragraph."""
        number = self.following
        self._last += 1
        return Paragraph(line(strong(f"{label} "), *parts), number)


def bearer_heading(bearer: BearerRef, wording: Wording) -> str:
    """The bearer where it stands out: a person is not named there."""
    return capital(_unnamed(bearer, wording).display)


def bearer_short(bearer: BearerRef, wording: Wording) -> str:
    """The bearer in a narrow column; a person is not named there either."""
    shown = _unnamed(bearer, wording)
    state, through = capital(shown.name), shown.through
    return wording.report.attributed.format(state=state, through=through) if through else state


def _unnamed(bearer: BearerRef, wording: Wording) -> BearerRef:
    person = wording.report.person
    return replace(
        bearer,
        name=person if bearer.kind == "person" else bearer.name,
        through=person if bearer.through_kind == "person" else bearer.through,
    )


def outcome(finding: Finding, wording: Wording) -> Run:
    """The word for the outcome in its tone."""
    return toned(wording.outcomes[finding.outcome].label, _TONES.get(finding.outcome, "plain"))


def elements_named(names: Iterable[str], wording: Wording) -> str:
    """Gates by their names, and all exceptions as one."""
    return ", ".join(
        dict.fromkeys(name if name.removeprefix("not ") in wording.gates else "exception" for name in names)
    )


def weakest_elements(finding: Finding, wording: Wording) -> tuple[str, ...]:
    """The weakest elements of a finding; a duty that counts because it is not fulfilled is called so."""
    denied = {
        element.name for element in finding.elements if element.truth == "false" and element.name in wording.gates
    }
    return tuple(f"not {name}" if name in denied else name for name in finding.weakest)


def open_elements(finding: Finding, wording: Wording) -> tuple[str, ...]:
    """The gates that are not known, and the exceptions that are not known and not taken not to apply.

    In an undetermined finding a gate that is denied is not known either: too little supports the denial to decide.
    """
    return tuple(
        element.name
        for element in finding.elements
        if (element.truth == "unknown" and element.name not in finding.assumed_not)
        or (element.truth == "false" and element.name in wording.gates and finding.outcome == UNDETERMINED)
    )


def ending_elements(finding: Finding, wording: Wording) -> tuple[str, ...]:
    """What ended the matter of a finding that does not apply: gates that are denied, exceptions that apply.

    Both count only where they are indicated at least.
    """
    return tuple(
        element.name
        for element in finding.elements
        if element.truth == ("false" if element.name in wording.gates else "true") and element.strength >= _DECISIVE
    )


def position_name(use: PositionUse) -> Line:
    """A position and its reading: `I-02 (wide_reading: wide)`."""
    if not use.reference:
        return line(code(use.id), ": ", code(use.chosen))
    return line(f"{use.reference} (", code(use.id), ": ", code(use.chosen), ")")


def by_reference(positions: Iterable[PositionUse]) -> list[PositionUse]:
    """Positions in the order of the references by which lawyers know them, then those that have none."""
    return sorted(positions, key=lambda position: (not position.reference, position.reference, position.id))


def paragraphs_named(numbers: Iterable[int | str]) -> str:
    """Numbers of paragraphs with their sign, which stays with the first."""
    return f"¶\N{NO-BREAK SPACE}{', '.join(map(str, numbers))}"


def reply(finding: Finding, wording: Wording) -> str:
    """What is said against the facts alleged, and by whom."""
    by = f" by {finding.dispute_by}" if finding.dispute_by else ""
    outside = ""
    if finding.dispute_according_to:
        outside = wording.report.outside_document.format(source=finding.dispute_according_to)
    return f"{capital(wording.disputes[finding.dispute])}{by}{outside}"


def with_reply(finding: Finding, wording: Wording) -> str:
    """The sentence of a finding with what is said against it, for formats in which it may stand alone."""
    return finding.message if finding.dispute == "none" else f"{finding.message} {reply(finding, wording)}."


def status(finding: Finding, page: Page) -> Line:
    """The bearer's status under one instrument, with the rows of the register; empty if no register speaks of it."""
    words = page.wording.report
    if not finding.status:
        return ()
    rows = next((element.registers for element in finding.elements if element.name == "bound"), ())
    checked = dict.fromkeys(f"row {row.row}, {words.verified.get(row.verified, row.verified)}" for row in rows)
    where = f" (register {'; '.join(checked)})" if checked else ""
    return line(f"{finding.status}{where}.", *page.citations.registers(rows))


def bearer_named(finding: Finding, wording: Wording) -> str:
    """The bearer at the head of its status; of an organ it is that of its State."""
    if finding.bearer.kind == "state_organ" and finding.bearer.code:
        return wording.report.organ_state
    return capital(finding.bearer.name)


def facts(findings: tuple[Finding, ...], page: Page, paragraph: Paragraphs) -> Iterator[Block]:
    """The facts alleged with their quotes, and what is said against them; what was told before is pointed to."""
    first, event = findings[0], key(findings[0])
    quotes = dict.fromkeys(quote for finding in findings for quote in finding.quotes)
    fresh = page.fresh(event, quotes)
    before = page.told.get(event)
    if before is not None:
        said = "" if first.dispute == "none" else f" {reply(first, page.wording)}, as in paragraph {before.reply}."
        told = line(f"As in paragraph {before.facts} (event ", code(first.event), ").")
        yield paragraph("Facts alleged and reply.", *told, *fresh.notes, said)
        yield from fresh.items
        return
    # What stays undetermined has the title of the event in its heading.
    title = "Event " if first.outcome == UNDETERMINED else f"{first.event_title}: event "
    facts_at = paragraph.following
    if first.dispute == "none":
        page.told[event] = Told(facts_at, facts_at)
        # Whoever speaks against his own interest owes no reply.
        no_reply = "" if first.interest == "adverse" else f" {page.wording.report.no_reply}"
        yield paragraph("Facts alleged and reply.", title, *_facts(first, page), no_reply, *fresh.notes)
        yield from fresh.items
        yield from _accounts(first, page, paragraph)
        yield from _remarks(first, page, paragraph)
        return
    yield paragraph("Facts alleged.", title, *_facts(first, page), *fresh.notes)
    yield from fresh.items
    page.told[event] = Told(facts_at, paragraph.following)
    against = page.fresh(event, first.dispute_quotes)
    yield paragraph("Denial or reply.", f"{reply(first, page.wording)}.", *against.notes)
    yield from against.items
    yield from _accounts(first, page, paragraph)
    yield from _remarks(first, page, paragraph)


def _accounts(finding: Finding, page: Page, paragraph: Paragraphs) -> Iterator[Block]:
    """What each source says where they contradict one another; nobody chooses between them."""
    words = page.wording
    if finding.accounts:
        yield paragraph(words.report.accounts_differ)
        entries = [
            (
                words.report.account.format(
                    source=one.according_to, strength=words.strengths[one.strength], says=one.says
                ),
                one,
            )
            for one in finding.accounts
        ]
        yield Items(tuple(("•", line(f"{said}.", *page.citations.quotes(one.quotes))) for said, one in entries))


def _remarks(finding: Finding, page: Page, paragraph: Paragraphs) -> Iterator[Block]:
    """What the analyst noted on the event."""
    if finding.remarks:
        yield paragraph(page.wording.report.remarks_of_analyst, " ".join(finding.remarks))


def rule_notes(findings: Iterable[Finding], page: Page, paragraph: Paragraphs) -> Iterator[Block]:
    """What has to be known of the rules, each told once on the page."""
    for rule, finding in {one.rule: one for one in findings if one.rule_note}.items():
        if page.explained.setdefault(("rule", rule), paragraph.following) == paragraph.following:
            yield paragraph(page.wording.report.on_rule, f"{capital(finding.citation)}: {finding.rule_note}")


def _facts(finding: Finding, page: Page) -> Line:
    interest = page.wording.report.interests.get(finding.interest, finding.interest)
    relays = f" Relayed by {', then '.join(finding.chain)}." if finding.chain else ""
    date = finding.event_date
    stated = finding.event_date_stated
    stated = capital(stated) if stated.startswith("date ") else f"Date: {stated}"
    read = "" if date == finding.event_date_stated else f", read as {date}"
    return line(
        code(finding.event),
        " in ",
        *page.citations.document(finding.document),
        f". Asserted by {finding.asserter}, {interest}.{relays} Modality: {finding.modality.replace('_', ' ')}. "
        f"{stated}{read}.",
    )


def branches(finding: Finding, page: Page, paragraph: Paragraphs) -> Iterator[Block]:
    """Of conduct that might be attributed to the bearer: that both answers are shown, and where."""
    bearer, words = finding.bearer, page.wording.report
    if bearer.through:
        numbers = page.numbered.on(key(finding), bearer.through)
        sentence = words.branches if numbers else words.branches_alone
        told = sentence.format(state=bearer.name, through=bearer.through, paragraphs=", ".join(numbers))
        yield paragraph("Attribution.", told)


def positions(findings: Iterable[Finding], page: Page, paragraph: Paragraphs) -> Iterator[Block]:
    """The positions on which the outcomes depend, each explained once on the page."""
    words = page.wording
    for use in {(one.id, one.chosen): one for finding in findings for one in finding.positions}.values():
        before = page.explained.setdefault((use.id, use.chosen), paragraph.following)
        confidence = words.confidences[use.confidence]
        if before != paragraph.following:
            told = f", as in paragraph {before} ({confidence})."
        else:
            asked = f"{use.question} {use.summary}".strip()
            told = f". {asked} {words.report.confidence}: {confidence}."
        yield paragraph(words.report.on_position, *position_name(use), told)


def contested(findings: Iterable[Finding], page: Page, paragraph: Paragraphs) -> Iterator[Block]:
    """What is contested of the law besides the positions."""
    told = dict.fromkeys(sentence for finding in findings for sentence in finding.contested)
    if told:
        yield paragraph(page.wording.report.contested, " ".join(told))


def exceptions(lists: Mapping[str, Iterable[str]], page: Page, paragraph: Paragraphs) -> Iterator[Block]:
    """Lists of exceptions by what is said of them; one that was given before is pointed to."""
    told = []
    for label, names in lists.items():
        if listed := "; ".join(dict.fromkeys(names)):
            before = page.explained.setdefault((label, listed), paragraph.following)
            told.append(f"{label}: {listed if before == paragraph.following else f'as in paragraph {before}'}.")
    if told:
        yield paragraph("Exceptions.", " ".join(told))


def exception_name(element: Element) -> str:
    """The title of an exception, without the word for what it is."""
    return element.label.partition(": ")[2] or element.label
