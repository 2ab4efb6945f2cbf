"""What would follow under suppositions, as a page of blocks and as JSON by the contract `treatycheck.whatif/1`.

Takes its sentences from the wording of the rulebook; it compares nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from treatycheck.dates import describe_day
from treatycheck.findings import Finding, ProcedureState
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
    Table,
    code,
    line,
    strong,
)
from treatycheck.report.json import Json
from treatycheck.report.masthead import SHA_SHOWN
from treatycheck.report.moves import ARROW, from_to, grouped, named, questions, through
from treatycheck.report.numbering import UNDETERMINED
from treatycheck.report.page import outcome
from treatycheck.rulebook.model import Wording
from treatycheck.whatif import Move, Step, WhatIf

SCHEMA: Final = "treatycheck.whatif/1"

NO_FINDING: Final = "no_finding"

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
        yield Paragraph(line(*named(move.after, wording)), f"{number}.")
        yield Items(tuple((_BULLET, one) for one in _moved(move, wording)))
    if not (found.moved or found.new or found.gone):
        yield Paragraph(line(words.nothing))
    if found.new:
        yield Heading(2, line(words.new))
        yield Items(tuple((_BULLET, one) for one in _new(found.new, wording)))
    if found.gone:
        yield Heading(2, line(words.gone))
        yield Items(tuple((_BULLET, one) for one in grouped(found.gone, wording)))
    if found.steps:
        yield Heading(2, line(words.procedures))
        yield Items(tuple((_BULLET, _step(step, wording)) for step in found.steps))
    yield Heading(2, line("Numbers"))
    yield from _numbers(found, wording)
    yield from _receipt(found, wording)


def _moved(move: Move, wording: Wording) -> Iterator[Line]:
    """From what to what, through which gates, and why."""
    before, after, words = move.before, move.after, wording.whatif
    yield from_to(before, after, wording)
    gates = through(move.gates, wording)
    asked = tuple(_questions(before, after, wording)) if before.outcome == after.outcome == UNDETERMINED else ()
    if gates or not asked:
        yield line(f"{words.through}: {gates}" if gates else words.no_gate)
    yield from asked or (line(_why(after, wording)),)


def _why(finding: Finding, wording: Wording) -> str:
    """The sentence of a finding; of what cannot be determined, a few of the questions that would settle it."""
    if finding.outcome != UNDETERMINED:
        return finding.message
    return f"{wording.report.settled_by}: {_some(questions(finding))}"


def _some(asked: Sequence[str]) -> str:
    more = len(asked) - _QUESTIONS
    return f"{' '.join(asked[:_QUESTIONS])}{f' (and {more} more)' if more > 0 else ''}"


def _questions(before: Finding, after: Finding, wording: Wording) -> Iterator[Line]:
    """Of what is still open: the questions that are answered, and those that arise."""
    first, then = questions(before), questions(after)
    for label, asked, others in ((wording.whatif.answered, first, then), (wording.whatif.asked, then, first)):
        if found := [question for question in asked if question not in others]:
            yield line(f"{label}: {_some(found)}")


def _new(findings: Sequence[Finding], wording: Wording) -> Iterator[Line]:
    """Each finding with its sentence; those that do not apply in groups."""
    for finding in findings:
        if finding.outcome != NOT_APPLICABLE:
            yield line(*named(finding, wording), ": ", outcome(finding, wording), f". {_why(finding, wording)}")
    yield from grouped([finding for finding in findings if finding.outcome == NOT_APPLICABLE], wording)


def _step(step: Step, wording: Wording) -> Line:
    first = step.before or step.after
    assert first is not None  # noqa: S101 - a step has one of them
    stages = (
        one.label if one is not None and one.label else wording.report.no_state for one in (step.before, step.after)
    )
    return line(
        strong(capital(first.citation)), f": {first.title}. Event ", code(first.event), f": {ARROW.join(stages)}"
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
