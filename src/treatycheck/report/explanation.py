"""Explanations as a page of blocks, and as JSON by the contract `treatycheck.explain/1`.

Takes its sentences from the wording of the rulebook; the proof is the one that the engines left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from treatycheck.explanations import Explanation, Explanations, First
from treatycheck.findings import Finding, PositionUse, Report
from treatycheck.phrasing import capital, counted
from treatycheck.report import insight as carried
from treatycheck.report import json
from treatycheck.report.blocks import Block, Heading, Items, Line, Paragraph, Tree, code, line, strong
from treatycheck.report.json import Json
from treatycheck.report.once import Place, Told, entries_once
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


def _same(blocks: Iterable[Block]) -> Callable[[Place], tuple[Block, ...]]:
    """The same blocks wherever they stand."""
    told = tuple(blocks)
    return lambda _: told


def _listed(told: Iterable[tuple[Line, tuple[Line, ...]]]) -> Iterator[Block]:
    """Sentences, each with its entries."""
    for sentence, entries in told:
        yield Paragraph(sentence)
        if entries:
            yield Items(tuple((_BULLET, entry) for entry in entries))


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
        several, event, told = len(self.found.explained) > 1, "", Told()
        for number, one in enumerate(self.found.explained, 1):
            finding = one.finding
            if several and finding.event != event:
                event, told = finding.event, Told()
                yield Heading(_TITLE, line(f"Event {event}: {finding.event_title}"))
                denied = f"{reply(finding, self.wording)}. " if finding.dispute != "none" else ""
                yield Paragraph(line(f"{finding.document}. {denied}{words.told_once}"))
            yield from self._explanation(Place(number, _TITLE + several, told if several else None), one)

    def _first(self, heading: str, sentence: str, concerned: Callable[[First], Sequence[Finding]]) -> Iterator[Block]:
        """The questions that could take most findings in one direction; of many, those that do least are left out."""
        single = [one for one in self.found.first if len(one.facts) == 1 and concerned(one)]
        ordered = sorted(single, key=lambda one: -len(concerned(one)))
        rows = [_first(one, concerned(one), sentence, self.wording) for one in ordered]
        if rows:
            yield Heading(_TITLE + 1, line(heading))
            yield Items(tuple((_BULLET, row) for row in (rows if self.shown.everything else rows[:MOST_FIRST])))

    def _explanation(self, place: Place, one: Explanation) -> Iterator[Block]:
        finding, words = one.finding, self.wording.explain
        title = f"{capital(finding.citation)} — {finding.title} — {bearer_heading(finding.bearer, self.wording)}"
        yield Heading(place.level, line(title), f"{place.number}.")
        named = line("Id: ", code(finding.id), ".")
        if place.told is None:
            denied = (f"{reply(finding, self.wording)}. ",) if finding.dispute != "none" else ()
            event = f" ({finding.document}): {finding.event_title}. "
            yield Paragraph(line("Event ", code(finding.event), event, *denied, *named))
        graded = outcome(finding, self.wording)
        # What would settle it has a part of its own below.
        unsettled = words.undetermined.format(citation=finding.citation)
        message = unsettled if finding.outcome == "undetermined" else finding.message
        if finding.outcome == NO_FINDING:
            message = words.not_engaged
        concluded = line(strong(f"{capital(graded.text)}. "), message)
        yield Paragraph(concluded if place.told is None else line(*concluded, " ", *named))
        for reason in one.unengaged:
            yield Paragraph(line(words.unengaged[reason].format(**self._engaging(finding, one))))
        told = place.told
        alike: dict[int, list[str]] = {}
        for heading, blocks in self._parts(one):
            if told is None:
                yield Heading(place.level + 1, line(heading))
                yield from blocks(place)
                continue
            # What stands alone reads the same wherever it stands.
            alone = tuple(blocks(replace(place, told=None)))
            before = told.parts.setdefault((heading, alone), place.number)
            if before == place.number:
                yield Heading(place.level + 1, line(heading))
                for block in blocks(place):
                    if isinstance(block, Items):
                        yield Items(tuple(entries_once(block, place, words.as_under)))
                    else:
                        yield block
            else:
                alike.setdefault(before, []).append(heading)
        if alike:
            sentences = [words.alike.format(parts="; ".join(parts), number=number) for number, parts in alike.items()]
            yield Paragraph(line(" ".join(sentences)))

    def _parts(self, one: Explanation) -> Iterator[tuple[str, Callable[[Place], Iterable[Block]]]]:
        """The parts of an explanation by their headings; the proof points to what is told where it stands."""
        finding, words = one.finding, self.wording.explain
        yield words.why, partial(self._why, one)
        if finding.outcome in ("not_applicable", NO_FINDING):
            past = carried.past(finding, self.wording, whole=self.shown.everything)
            yield words.past_title, _same(_listed([past]))
        if finding.outcome == "undetermined":
            routes = carried.routes(finding, self.wording, whole=self.shown.everything)
            fewer = [(line(words.fewer), ())] if finding.insight and not finding.insight.settled_fully else []
            yield words.missing, _same(_listed([*routes, *fewer]))
        if finding.outcome != NO_FINDING:
            references = {use.id: use.reference or use.id for use in self.found.positions}
            sentences = carried.hinges(finding, references, self.wording)
            yield words.hinges_title, _same([Items(tuple((_BULLET, line(text)) for text in sentences))])
        if raised := carried.firmer(finding, self.wording):
            weakest = words.weakest.format(
                elements=elements_named(weakest_elements(finding, self.wording), self.wording),
                strength=f"{finding.strength}, {self.wording.strengths[finding.strength]}",
            )
            yield words.support_title, _same([Paragraph(line(f"{weakest} ", *raised))])
        if finding.contested:
            title = self.wording.report.contested.rstrip(".")
            yield title, _same([Items(tuple((_BULLET, line(one)) for one in finding.contested))])
        if finding.positions:
            entries = tuple((_BULLET, self._position(use)) for use in finding.positions)
            yield words.positions_title, _same([Items(entries)])

    def _position(self, use: PositionUse) -> Line:
        confidence = self.wording.confidences[use.confidence]
        return line(*position_name(use), f". {use.question} {use.summary} ({confidence})")

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

    def _why(self, one: Explanation, place: Place) -> Iterator[Block]:
        finding, words = one.finding, self.wording.explain
        deciding = self._deciding(finding)
        unsaid = {name: title for name, title in self._silent(one) if name in deciding}
        yield Tree(tuple(self._steps(finding, deciding - {*unsaid}, place)))
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

    def _steps(self, finding: Finding, decided: set[str], place: Place) -> Iterator[tuple[int, Line]]:
        """The elements with what they rest on; one that an earlier finding on the event has is pointed to there."""
        told = place.told
        if told is None:
            yield from Steps(finding, self.wording, self.cite, self.shown).entries(decided)
            return
        numbered = Steps(finding, self.wording, self.cite, self.shown, told.sources)
        for element, proof in zip(finding.elements, finding.proof, strict=True):
            if element.name in decided or self.shown.everything:
                # With numbers of its own, the same proof reads the same wherever it stands.
                alike = tuple(Steps(finding, self.wording, self.cite, self.shown).of(element, proof))
                before = told.steps.setdefault(alike, place.number)
                if before != place.number and len(alike) > 1:
                    pointed = self.wording.explain.as_under.format(number=before)
                    yield 0, line(*alike[0][1], f" ({pointed})")
                else:
                    yield from numbered.of(element, proof)

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
