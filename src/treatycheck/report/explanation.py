"""Explanations as a page of blocks, and as JSON by the contract `treatycheck.explain/1`.

Takes its sentences from the wording of the rulebook; the proof is the one that the engines left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from treatycheck.explanations import Explanation, Explanations, First
from treatycheck.findings import Finding, Report
from treatycheck.phrasing import capital, counted
from treatycheck.report import insight as carried
from treatycheck.report import json
from treatycheck.report.blocks import Block, Heading, Items, Line, Paragraph, Tree, code, line, strong
from treatycheck.report.json import Json
from treatycheck.report.page import (
    bearer_heading,
    elements_named,
    open_elements,
    outcome,
    position_name,
    reply,
    weakest_elements,
)
from treatycheck.report.steps import Shown, Steps, marked, silent
from treatycheck.rulebook.model import Wording

SCHEMA: Final = "treatycheck.explain/1"

MOST_FIRST: Final = 10
"""So many sets of facts are named as those to find out first."""

NO_FINDING: Final = "no_finding"

_TITLE: Final = 2
_BULLET: Final = "•"


EVERYTHING_THAT_DECIDED: Final = Shown()


def layout(
    found: Explanations, wording: Wording, cite: Callable[[str], str], shown: Shown = EVERYTHING_THAT_DECIDED
) -> tuple[Block, ...]:
    """Lay explanations out; `cite` gives a provision in prose."""
    return tuple(_Page(found, wording, cite, shown).blocks())


def proofs(report: Report, wording: Wording, cite: Callable[[str], str]) -> Callable[[Finding], Tree]:
    """Return what gives the proof of each finding of a report, as far as it decided."""
    page = _Page(Explanations(report.receipt, report.positions, ()), wording, cite, EVERYTHING_THAT_DECIDED)
    return page.proof


@dataclass(frozen=True, slots=True)
class _Page:
    found: Explanations
    wording: Wording
    cite: Callable[[str], str]
    shown: Shown

    def blocks(self) -> Iterator[Block]:
        words = self.wording.explain
        yield Heading(1, line(words.title))
        hidden = "" if self.shown.everything or not self.found.explained else f" {words.leaves_out}"
        yield Paragraph(marked(f"{words.note}{hidden}"))
        if not (self.found.explained or self.found.nobody):
            yield Paragraph(marked(words.nothing))
        for event, roles in self.found.nobody:
            yield Paragraph(line(words.nobody.format(event=event, roles=" or ".join(roles))))
        if len(self.found.explained) > 1 and self.found.first:
            yield Heading(_TITLE, line(words.first))
            yield Paragraph(line(words.first_note))
            yield from self._first(words.first_flags, words.flags, lambda one: one.flagging)
            yield from self._first(words.first_rules_out, words.rules_out_number, lambda one: one.ruling_out)
        for number, one in enumerate(self.found.explained, 1):
            yield from self._explanation(number, one)

    def _first(
        self, heading: str, sentence: str, concerned: Callable[[First], Sequence[Finding]]
    ) -> Iterator[Block]:
        """The questions that could take most findings in one direction, of which those that do least are left out."""
        single = [one for one in self.found.first if len(one.facts) == 1 and concerned(one)]
        ordered = sorted(single, key=lambda one: -len(concerned(one)))
        rows = [_first(one, concerned(one), sentence, self.wording) for one in ordered]
        if rows:
            yield Heading(_TITLE + 1, line(heading))
            yield Items(tuple((_BULLET, row) for row in (rows if self.shown.everything else rows[:MOST_FIRST])))

    def _explanation(self, number: int, one: Explanation) -> Iterator[Block]:
        finding, words = one.finding, self.wording.explain
        title = f"{capital(finding.citation)} — {finding.title} — {bearer_heading(finding.bearer, self.wording)}"
        yield Heading(_TITLE, line(title), f"{number}.")
        yield Paragraph(
            line(
                "Event ",
                code(finding.event),
                f" ({finding.document}): {finding.event_title}. ",
                *((f"{reply(finding, self.wording)}. ",) if finding.dispute != "none" else ()),
                "Id: ",
                code(finding.id),
                ".",
            )
        )
        graded = outcome(finding, self.wording)
        # What would settle it has a part of its own below.
        unsettled = words.undetermined.format(citation=finding.citation)
        message = unsettled if finding.outcome == "undetermined" else finding.message
        if finding.outcome == NO_FINDING:
            message = words.not_engaged
        yield Paragraph(line(strong(f"{capital(graded.text)}. "), message))
        for reason in one.unengaged:
            yield Paragraph(line(words.unengaged[reason].format(**self._engaging(finding, one))))
        yield Heading(_TITLE + 1, line(words.why))
        yield from self._why(one)
        if finding.outcome in ("not_applicable", NO_FINDING):
            yield Heading(_TITLE + 1, line(words.past_title))
            sentence, ways = carried.past(finding, self.wording, whole=self.shown.everything)
            yield Paragraph(sentence)
            if ways:
                yield Items(tuple((_BULLET, way) for way in ways))
        if finding.outcome == "undetermined":
            yield Heading(_TITLE + 1, line(words.missing))
            for sentence, ways in carried.routes(finding, self.wording, whole=self.shown.everything):
                yield Paragraph(sentence)
                if ways:
                    yield Items(tuple((_BULLET, way) for way in ways))
            if finding.insight is not None and not finding.insight.settled_fully:
                yield Paragraph(line(words.fewer))
        if finding.outcome != NO_FINDING:
            yield Heading(_TITLE + 1, line(words.hinges_title))
            references = {use.id: use.reference or use.id for use in self.found.positions}
            yield Items(tuple((_BULLET, line(text)) for text in carried.hinges(finding, references, self.wording)))
        if raised := carried.firmer(finding, self.wording):
            yield Heading(_TITLE + 1, line(words.support_title))
            weakest = words.weakest.format(
                elements=elements_named(weakest_elements(finding, self.wording), self.wording),
                strength=f"{finding.strength}, {self.wording.strengths[finding.strength]}",
            )
            yield Paragraph(line(f"{weakest} ", *raised))
        if finding.positions:
            yield Heading(_TITLE + 1, line(words.positions_title))
            yield Items(
                tuple(
                    (
                        _BULLET,
                        line(
                            *position_name(use),
                            f". {use.question} {use.summary} ({self.wording.confidences[use.confidence]})",
                        ),
                    )
                    for use in finding.positions
                )
            )

    @staticmethod
    def _engaging(finding: Finding, one: Explanation) -> Mapping[str, str]:
        engaging = one.engaging
        return {
            "acts": " or ".join(engaging.acts),
            "act": engaging.act,
            "roles": " or ".join(engaging.roles),
            "role": " and ".join(engaging.role),
            "bearer": finding.bearer.display,
        }

    def _why(self, one: Explanation) -> Iterator[Block]:
        finding, words = one.finding, self.wording.explain
        deciding = self._deciding(finding)
        unsaid = {name: title for name, title in self._silent(one) if name in deciding}
        yield Tree(tuple(Steps(finding, self.wording, self.cite, self.shown).entries(deciding - {*unsaid})))
        told = [] if one.readable else [words.unreadable]
        if unsaid:
            told.append(words.silent.format(titles="; ".join(unsaid.values())))
        if one.limit != "S4":
            confidence = self.wording.confidences[finding.confidence]
            told.append(words.limit.format(confidence=confidence, strength=one.limit))
        for state in one.exceptions:
            if state.name in finding.assumed_not:
                sentence = words.assumed if state.at_most == "S4" else words.assumed_at_most
                told.append(sentence.format(title=state.title, strength=state.at_most))
        if told:
            yield Items(tuple((_BULLET, line(text)) for text in told))

    def _silent(self, one: Explanation) -> Iterator[tuple[str, str]]:
        """The exceptions that are out for the one reason that nothing is said of them, by name, each with its title."""
        if self.shown.everything:
            return
        exceptions = {state.name: state.title for state in one.exceptions}
        for element, proof in zip(one.finding.elements, one.finding.proof, strict=True):
            if element.name in exceptions and element.truth == "false" and silent(proof):
                cited = f" ({self.cite(proof.provision)})" if proof.provision else ""
                yield element.name, f"{exceptions[element.name]}{cited}"

    def proof(self, finding: Finding) -> Tree:
        """The elements that decided, each with what it rests on."""
        steps = Steps(finding, self.wording, self.cite, self.shown)
        return Tree(tuple(steps.entries(self._deciding(finding))))

    def _deciding(self, finding: Finding) -> set[str]:
        """The elements an outcome rests on."""
        if finding.outcome == "not_applicable" and any(element.truth == "false" for element in finding.elements):
            stopping = {element.name for element in finding.elements if self._stops(finding, element.name)}
            if stopping:
                return stopping
        if finding.outcome == "undetermined":
            return {*open_elements(finding, self.wording)} or {element.name for element in finding.elements}
        return {element.name for element in finding.elements if element.name not in finding.assumed_not}

    def _stops(self, finding: Finding, name: str) -> bool:
        element = next(one for one in finding.elements if one.name == name)
        wanted = "false" if name in self.wording.gates else "true"
        return element.truth == wanted and element.strength >= "S2" and name not in ("deadline", "fulfilled")


def _first(one: First, findings: Sequence[Finding], sentence: str, wording: Wording) -> Line:
    asked = carried.together(one.facts, wording, answers=False)
    settles = sentence.format(number=counted(len(findings), "finding"))
    return line("Event ", code(one.event), f": {asked} — {settles}")


def render(found: Explanations, shown: Shown = EVERYTHING_THAT_DECIDED) -> str:
    """Return explanations as JSON text that ends with a line break."""
    return json.written(tree(found, shown))


def tree(found: Explanations, shown: Shown = EVERYTHING_THAT_DECIDED) -> dict[str, Json]:
    """Explanations as lists and dictionaries; every element of a finding has its proof, whether it decided or not."""
    return {
        "schema": SCHEMA,
        "receipt": json.receipt_tree(found.receipt),
        "explained": [_explained(one, shown) for one in found.explained],
        "nobody": [{"event": event, "roles": [*roles]} for event, roles in found.nobody],
        "first": [
            {
                "event": one.event,
                "facts": [json.answered_tree(fact) for fact in one.facts],
                "settles": [finding.id for finding in one.findings],
                "flags": [finding.id for finding in one.flagging],
                "rules_out": [finding.id for finding in one.ruling_out],
            }
            for one in found.first
        ],
    }


def _explained(one: Explanation, shown: Shown) -> Json:
    return {
        # The proof of each element has its place below.
        "finding": json.finding_tree(replace(one.finding, proof=())),
        "effect": one.effect,
        "limit": one.limit,
        "readable": one.readable,
        "unengaged": [*one.unengaged],
        "exceptions": [
            {"name": state.name, "title": state.title, "invoked": state.invoked, "at_most": state.at_most}
            for state in one.exceptions
        ],
        "proof": [
            {
                "name": element.name,
                "truth": element.truth,
                "strength": element.strength,
                "tree": json.proof_node(node, everything=shown.everything, depth=shown.depth),
            }
            for element, node in zip(one.finding.elements, one.finding.proof, strict=True)
        ],
    }
