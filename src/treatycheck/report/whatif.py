"""What would follow under suppositions, as a page of blocks and as JSON by the contract `treatycheck.whatif/1`.

Takes its sentences from the wording of the rulebook; it compares nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from treatycheck.dates import describe_day
from treatycheck.findings import Element, Finding, Gate, ProcedureState
from treatycheck.moving import NOT_APPLICABLE
from treatycheck.phrasing import capital, counted
from treatycheck.report import json
from treatycheck.report.blocks import (
    Block,
    Column,
    Heading,
    Items,
    Line,
    Pairs,
    Paragraph,
    Run,
    Table,
    code,
    line,
    strong,
)
from treatycheck.report.citing import cited
from treatycheck.report.json import Json
from treatycheck.report.layout import SHA_SHOWN
from treatycheck.report.numbering import UNDETERMINED
from treatycheck.report.page import bearer_short, outcome
from treatycheck.rulebook.model import Wording
from treatycheck.whatif import Move, Step, WhatIf

SCHEMA: Final = "treatycheck.whatif/1"

NO_FINDING: Final = "no_finding"

_ARROW: Final = " \N{RIGHTWARDS ARROW} "
_BULLET: Final = "•"
_QUESTIONS: Final = 3
"""How many questions are printed of a finding; the JSON has them all."""


def layout(found: WhatIf, wording: Wording) -> tuple[Block, ...]:
    """Lay out what would follow."""
    return tuple(_blocks(found, wording))


def _blocks(found: WhatIf, wording: Wording) -> Iterator[Block]:
    words = wording.whatif
    yield Heading(1, line(words.title))
    yield Paragraph(line(words.note))
    yield Heading(2, line(words.supposed))
    yield Items(tuple((_BULLET, line(text)) for text in found.suppositions))
    if found.moved or not (found.new or found.gone):
        yield Heading(2, line(words.moved))
    for number, move in enumerate(found.moved, 1):
        yield Paragraph(line(*_named(move.after, wording)), f"{number}.")
        yield Items(tuple((_BULLET, one) for one in _moved(move, wording)))
    if not (found.moved or found.new or found.gone):
        yield Paragraph(line(words.nothing))
    if found.new:
        yield Heading(2, line(words.new))
        yield Items(tuple((_BULLET, one) for one in _new(found.new, wording)))
    if found.gone:
        yield Heading(2, line(words.gone))
        yield Items(tuple((_BULLET, one) for one in _grouped(found.gone, wording)))
    if found.steps:
        yield Heading(2, line(words.procedures))
        yield Items(tuple((_BULLET, _step(step, wording)) for step in found.steps))
    yield Heading(2, line("Numbers"))
    yield from _numbers(found, wording)
    yield from _receipt(found, wording)


def _named(finding: Finding, wording: Wording) -> Iterator[str | Run]:
    """A finding in one line: provision and title, event, bearer."""
    yield strong(capital(finding.citation))
    yield f": {finding.title}. Event "
    yield code(finding.event)
    yield f", {bearer_short(finding.bearer, wording)}"


def _moved(move: Move, wording: Wording) -> Iterator[Line]:
    """From what to what, through which gates, and why."""
    before, after, words = move.before, move.after, wording.whatif
    detail = _detail(before, after, wording)
    yield line(outcome(before, wording), detail[0], _ARROW, outcome(after, wording), detail[1])
    gates = "; ".join(_gate(gate, wording) for gate in move.gates)
    questions = tuple(_questions(before, after, wording)) if before.outcome == after.outcome == UNDETERMINED else ()
    if gates or not questions:
        yield line(f"{words.through}: {gates}" if gates else words.no_gate)
    yield from questions or (line(_why(after, wording)),)


def _why(finding: Finding, wording: Wording) -> str:
    """The sentence of a finding; of what cannot be determined, a few of the questions that would settle it."""
    if finding.outcome != UNDETERMINED:
        return finding.message
    return f"{wording.report.settled_by}: {_some(_asked(finding))}"


def _some(questions: Sequence[str]) -> str:
    more = len(questions) - _QUESTIONS
    return f"{' '.join(questions[:_QUESTIONS])}{f' (and {more} more)' if more > 0 else ''}"


def _asked(finding: Finding) -> list[str]:
    questions = (f"{one.about}: {one.question}" if one.about else one.question for one in finding.missing)
    return list(dict.fromkeys(questions))


def _questions(before: Finding, after: Finding, wording: Wording) -> Iterator[Line]:
    """Of what is still open: the questions that are answered, and those that arise."""
    first, then = _asked(before), _asked(after)
    for label, asked, others in ((wording.whatif.answered, first, then), (wording.whatif.asked, then, first)):
        if found := [question for question in asked if question not in others]:
            yield line(f"{label}: {_some(found)}")


def _detail(before: Finding, after: Finding, wording: Wording) -> tuple[str, str]:
    """What tells two outcomes of one name apart; empty where their names do."""
    words = wording.whatif
    if before.outcome != after.outcome:
        return "", ""
    if before.due != after.due:
        days = (f", last day {describe_day(one.due)}" if one.due else "" for one in (before, after))
        return next(days), next(days)
    if before.strength != after.strength:
        grades = (f", {wording.strengths[one.strength]}" if one.strength else "" for one in (before, after))
        return next(grades), next(grades)
    if before.reason != after.reason:
        return "", f", {words.other_grounds}"
    return f", {counted(len(_asked(before)), 'question')}", f", {counted(len(_asked(after)), 'question')}"


def _gate(gate: Gate, wording: Wording) -> str:
    return f"{gate.after.label} ({_answer(gate.before, wording)}{_ARROW}{_answer(gate.after, wording)})"


def _answer(element: Element, wording: Wording) -> str:
    truth = wording.report.truths[element.truth]
    return f"{truth}, {wording.strengths[element.strength]}" if element.strength else truth


def _new(findings: Sequence[Finding], wording: Wording) -> Iterator[Line]:
    """Each finding with its sentence; those that do not apply in groups."""
    for finding in findings:
        if finding.outcome != NOT_APPLICABLE:
            yield line(*_named(finding, wording), ": ", outcome(finding, wording), f". {_why(finding, wording)}")
    yield from _grouped([finding for finding in findings if finding.outcome == NOT_APPLICABLE], wording)


def _grouped(findings: Sequence[Finding], wording: Wording) -> Iterator[Line]:
    """The provisions of findings with one outcome on one bearer and event."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.event, finding.bearer.display, finding.outcome), []).append(finding)
    for same in groups.values():
        first, provisions = same[0], cited((finding.citation for finding in same), wording.report.plurals)
        who = f", {bearer_short(first.bearer, wording)}: "
        yield line("Event ", code(first.event), who, outcome(first, wording), f" ({provisions})")


def _step(step: Step, wording: Wording) -> Line:
    first = step.before or step.after
    assert first is not None  # noqa: S101 - a step has one of them
    stages = (
        one.label if one is not None and one.label else wording.report.no_state for one in (step.before, step.after)
    )
    return line(
        strong(capital(first.citation)), f": {first.title}. Event ", code(first.event), f": {_ARROW.join(stages)}"
    )


def _numbers(found: WhatIf, wording: Wording) -> Iterator[Block]:
    columns = (Column("Outcome", 18), Column("Before", 6), Column("After", 6))
    before, after = found.before.counts, found.after.counts
    rows = tuple(
        (line(words.label), line(str(before.get(name, 0))), line(str(after.get(name, 0))))
        for name, words in wording.outcomes.items()
        if name != NO_FINDING and (before.get(name) or after.get(name))
    )
    yield Table(columns, rows)
    stay = counted(found.stay, "finding")
    yield Paragraph(line(f"{stay} {'stays as it is' if found.stay == 1 else 'stay as they are'}."))


def _receipt(found: WhatIf, wording: Wording) -> Iterator[Block]:
    """What the comparison was made with, as in the report."""
    receipt = found.after.receipt
    rulebook = line(
        f"{receipt.rulebook} {receipt.rulebook_version}, SHA-256 ", code(receipt.rulebook_sha256[:SHA_SHOWN])
    )
    rows = [(wording.report.as_of, line(describe_day(receipt.as_of))), ("Rulebook", rulebook)]
    yield Pairs((*rows, ("Checked with", line(f"{receipt.program}; engines: {' and '.join(receipt.engines)}"))))


def render(found: WhatIf) -> str:
    """Return what would follow as JSON text that ends with a line break."""
    return json.written(tree(found))


def tree(found: WhatIf) -> dict[str, Json]:
    """What would follow as lists and dictionaries."""
    return {
        "schema": SCHEMA,
        "suppositions": [*found.suppositions],
        "before": {"receipt": json.receipt_tree(found.before.receipt), "counts": dict(found.before.counts)},
        "after": {"receipt": json.receipt_tree(found.after.receipt), "counts": dict(found.after.counts)},
        "moved": [_move_tree(move) for move in found.moved],
        "new": [json.finding_tree(finding) for finding in found.new],
        "gone": [json.finding_tree(finding) for finding in found.gone],
        "stay": found.stay,
        "procedures": [{"before": _state_tree(step.before), "after": _state_tree(step.after)} for step in found.steps],
    }


def _move_tree(move: Move) -> Json:
    return {
        "before": json.finding_tree(move.before),
        "after": json.finding_tree(move.after),
        "gates": [
            {
                "name": gate.after.name,
                "label": gate.after.label,
                "before": {"truth": gate.before.truth, "strength": gate.before.strength},
                "after": {"truth": gate.after.truth, "strength": gate.after.strength},
            }
            for gate in move.gates
        ],
    }


def _state_tree(state: ProcedureState | None) -> Json:
    return None if state is None else json.procedure_tree(state)
