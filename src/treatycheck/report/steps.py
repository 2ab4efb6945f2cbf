"""The proof of a finding as lines set under one another: what each step says, asks for and rests on.

Takes its sentences from the wording of the rulebook; which elements are shown is for the page to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from treatycheck.explain.proof import ANYTHING, NOTHING
from treatycheck.findings import Element, Finding, Node, PositionUse, QuoteRef, RegisterRef
from treatycheck.report.blocks import Line, Run, code, line, strong
from treatycheck.report.page import position_name
from treatycheck.rulebook.model import Wording

Sources = dict[QuoteRef | RegisterRef, int]
"""Quotes and rows that are told, with the numbers under which they are referred to."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How much of a proof is shown: down to `depth` steps below a gate (None: all), and whether what did not decide."""

    depth: int | None = None
    everything: bool = False


class Steps:
    """The proof of one finding as lines; a quote or row is told once and referred to by its number from then on.

    `told` has those that are told already, with their numbers, and receives the others.
    """

    def __init__(
        self, finding: Finding, wording: Wording, cite: Callable[[str], str], shown: Shown, told: Sources | None = None
    ) -> None:
        self._wording = wording
        self._words = wording.explain
        self._cite = cite
        self._shown = shown
        self._finding = finding
        self._quotes = {quote.name: quote for quote in (*finding.quotes, *finding.dispute_quotes)}
        self._told: Sources = {} if told is None else told

    def entries(self, decided: set[str]) -> Iterator[tuple[int, Line]]:
        """The elements, each with what it rests on, with their depths."""
        for element, proof in zip(self._finding.elements, self._finding.proof, strict=True):
            if element.name in decided or self._shown.everything:
                yield from self.of(element, proof)

    def of(self, element: Element, proof: Node) -> Iterator[tuple[int, Line]]:
        """One element with what it rests on."""
        own = element.label.partition(": ")[2] or element.label
        # An exception is called by its title, which its proof need not repeat.
        cited = f" ({self._cite(proof.provision)})" if proof.provision and proof.label == own else ""
        yield 0, line(*self._verdict(element.truth, element.strength), strong(element.label), cited)
        if self._shown.depth != 0:
            yield from self._below(proof, 1, {element.label, own}, [])

    def _below(
        self,
        node: Node,
        depth: int,
        above: set[str],
        beside: list[Node],
        *,
        denied: bool = False,
        one_of: bool = False,
    ) -> Iterator[tuple[int, Line]]:
        """A step of a proof and what it rests on, each with its depth.

        `above` are the labels of the steps above, `beside` the answers told beside this step; `denied` is whether the
        step is asked not to be so, `one_of` whether it is one of several that are told side by side, any of which will
        do.
        """
        shown = self._shown
        children = [child for child in node.children if child.relevant or shown.everything]
        if children and (node.kind == "not" or self._passes_on(node, len(children), above, one_of=one_of)):
            for child in children:
                turned = denied != (node.kind == "not")
                yield from self._below(child, depth, above, beside, denied=turned, one_of=one_of)
            return
        if not (denied or one_of) and self._repeats(node, beside):
            return
        deeper = bool(children) and shown.depth is not None and depth >= shown.depth
        sources: list[QuoteRef | RegisterRef] = [
            self._quotes[name]
            for name in dict.fromkeys(node.quotes)
            if name in self._quotes and node.truth != "unknown"
        ]
        sources += dict.fromkeys(node.registers)
        fresh = [one for one in sources if one not in self._told]
        known = [f"[{self._told[one]}]" for one in sources if one in self._told]
        yield depth, self._step(node, known, deeper=deeper, denied=denied)
        for one in fresh:
            number = self._told[one] = len(self._told) + 1
            yield depth + 1, self._source(one, number)
        if not deeper:
            below: list[Node] = []
            for child in children:
                yield from self._below(child, depth + 1, above | {node.label}, below, one_of=node.kind == "any")

    def _repeats(self, node: Node, beside: list[Node]) -> bool:
        """Whether the same answer to the same question stands beside a step already, whatever each asks for."""
        if self._shown.everything or node.kind != "fact" or node.truth != "true":
            return False
        answer = node._replace(label=node.label.partition(" Asked: ")[0])
        if answer in beside:
            return True
        beside.append(answer)
        return False

    def _passes_on(self, node: Node, children: int, above: set[str], *, one_of: bool) -> bool:
        """Whether a step says nothing that those above and below it do not say."""
        if node.kind == "term":
            return node.position is None and (node.label in above or not node.provision)
        if self._shown.everything or node.kind not in ("all", "any"):
            return False
        return children == 1 or (node.kind == "all" and node.truth == "true" and not one_of)

    def _step(self, node: Node, known: list[str], *, deeper: bool, denied: bool) -> Line:
        words = self._words
        label, _, asked = node.label.partition(" Asked: ")
        silence = {ANYTHING: words.whether_said, NOTHING: words.whether_silent}.get(asked)
        cited = f" ({self._cite(node.provision)})" if node.provision else ""
        parts = [
            silence.format(question=label) if silence else f"{label}{cited}",
            *([words.must_not] if denied else []),
        ]
        values = [value.removesuffix(f" ({node.strength})") for value in node.values]
        if node.kind == "fact":
            parts.append(f"— {'; '.join(values) or words.said_nothing}")
            if values and not silence and asked not in [value.partition(" (S")[0] for value in node.values]:
                parts.append(f"({words.asked_for.format(what=asked)})")
        elif values:
            parts.append(f"— {'; '.join(values)}")
        if node.kind != "fact" and node.note in words.reasons:
            parts.append(f"({words.reasons[node.note]})")
        if node.at_most:
            parts.append(f"({words.at_most.format(strength=node.at_most)})")
        parts += known
        below = marked(f" … {words.deeper}") if deeper else ()
        position: Line = () if node.position is None else self._position(node.position)
        return line(*self._verdict(node.truth, node.strength), " ".join(parts), *position, *below)

    def _position(self, use: PositionUse) -> Line:
        """The position that chose the reading of a step, and how widely that reading is held."""
        told, confidence = self._wording.report.on_position, self._wording.confidences[use.confidence]
        return line(f" ({told[:1].lower()}{told[1:]} ", *position_name(use), f"; {confidence})")

    def _verdict(self, truth: str, strength: str) -> Iterator[str | Run]:
        """An answer with its strength, before what it is an answer to."""
        yield strong(self._wording.report.truths[truth])
        yield f" {strength}: " if strength else ": "

    def _source(self, one: QuoteRef | RegisterRef, number: int) -> Line:
        words = self._words
        if isinstance(one, QuoteRef):
            place = words.quoted.format(start=one.start, end=one.end, line=one.line)
            return line(f"[{number}] “{one.text}” ", code(one.document), f", {place}")
        verified = self._wording.report.verified.get(one.verified, one.verified)
        told = words.row.format(register=one.register, row=one.row, verified=verified, source=one.source)
        return line(f"[{number}] {told}")


def marked(text: str) -> Line:
    """A sentence of the wording in which an option of the command line stands between backticks."""
    return line(*(code(part) if place % 2 else part for place, part in enumerate(text.split("`"))))


def silent(proof: Node) -> bool:
    """Whether all that decided in a proof is that nothing is said."""
    return all(leaf.label.endswith(ANYTHING) and not leaf.values for leaf in _leaves(proof))


def _leaves(node: Node) -> Iterator[Node]:
    """The ends of what decided in a proof."""
    children = [child for child in node.children if child.relevant]
    if not children:
        yield node
    for child in children:
        yield from _leaves(child)
