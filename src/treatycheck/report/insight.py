"""How far an outcome carries, in lines: what it hinges on, what would settle it, let it past a gate, or raise it.

Words come from the rulebook's wording; nothing is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from string import ascii_lowercase

from treatycheck.engine.outcomes import FLAGGED
from treatycheck.explain.alternatives import MOST_WORLDS
from treatycheck.findings import Dormant, FactSet, Finding, Hinge, Report, Route
from treatycheck.phrasing import capital
from treatycheck.report.blocks import Block, Line, Run, code, line, strong
from treatycheck.report.numbering import NOT_APPLICABLE
from treatycheck.report.page import Page, Paragraphs, bearer_short
from treatycheck.rulebook.model import Wording


def hinges(finding: Finding, references: Mapping[str, str], wording: Wording) -> Iterator[str]:
    """What would change the outcome, a sentence each; that nothing would, if so.

    `references` are the numbers of positions by their ids.
    """
    words, insight = wording.explain, finding.insight
    if insight is None:
        return
    for hinge in insight.hinges:
        yield f"{capital(_hinge(finding, hinge, references, wording))}."
    if not insight.hinges:
        yield words.robust
    if finding.dispute == "denied" and finding.outcome != NOT_APPLICABLE:
        yield words.denied
    if not insight.hinges_fully:
        yield words.hinges_more.format(number=MOST_WORLDS)


def hinges_of(findings: Sequence[Finding], page: Page, *, robust: bool) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """What would change the outcomes of several findings, each sentence with those it is said of."""
    told: dict[str, list[Finding]] = {}
    for finding in findings:
        if robust or (finding.insight is not None and finding.insight.hinges):
            for sentence in hinges(finding, page.references, page.wording):
                told.setdefault(sentence, []).append(finding)
    for sentence, concerned in told.items():
        yield sentence, tuple(concerned)


def hinge_paragraphs(findings: Sequence[Finding], page: Page, paragraph: Paragraphs) -> Iterator[Block]:
    """The paragraph on what outcomes hinge on, each sentence with the provisions it is said of if they are not all."""
    told = [
        sentence if len(concerned) == len(findings) else f"{sentence[:-1]} ({page.cited(concerned)})."
        for sentence, concerned in hinges_of(findings, page, robust=True)
    ]
    if told:
        yield paragraph(page.wording.explain.hinges, " ".join(told))


def dormant(report: Report, page: Page) -> Iterator[Line]:
    """The rules that give no finding as things are and would otherwise, each with its events and bearers."""
    told: dict[tuple[str, str], list[Dormant]] = {}
    for one in report.dormant:
        sentences = (_worded(replace(hinge, gates=()), page.references, page.wording, {}) for hinge in one.hinges)
        told.setdefault((one.rule, "; ".join(sentences)), []).append(one)
    for (_, sentence), same in told.items():
        concerned: list[str | Run] = []
        for one in same:
            concerned += ["; " if concerned else " ", code(one.event), f" {bearer_short(one.bearer, page.wording)}"]
        first = same[0]
        yield line(strong(capital(first.citation)), f": {first.title}. {capital(sentence)}:", *concerned, ".")


def _hinge(finding: Finding, hinge: Hinge, references: Mapping[str, str], wording: Wording) -> str:
    labels = {element.name: element.label.partition(": ")[2] or element.label for element in finding.elements}
    return _worded(hinge, references, wording, labels)


def _worded(hinge: Hinge, references: Mapping[str, str], wording: Wording, labels: Mapping[str, str]) -> str:
    """What would change an outcome, in words; `labels` are those of exceptions."""
    words = wording.explain
    told = {
        "outcome": wording.outcomes[hinge.outcome].label,
        "positions": " and ".join(f"{references.get(name, name)}/{answer}" for name, answer in hinge.readings),
        "when": hinge.when,
        "who": hinge.when,
        "days": hinge.days,
        "gates": ", ".join(wording.gates.get(gate) or labels.get(gate, gate) for gate in hinge.gates),
    }
    alone = {"account": words.on_account, "date": words.on_date, "dispute": words.on_dispute}
    beside = {"account": words.and_account, "date": words.and_date, "dispute": words.and_dispute}
    on = words.on_position if hinge.readings else alone[hinge.kind]
    further = beside.get(hinge.kind, "") if hinge.readings else ""
    if hinge.days:
        further += words.and_date.replace("{when}", "{days}")
    head, gate, rest = on.partition(" (")
    through = f"{gate}{rest}" if hinge.gates else ""
    return f"{head}{further}{through}".format(**told)


def firmer(finding: Finding, wording: Wording) -> Line:
    """What would raise the outcome by one step, or what stands in the way; empty where nothing is to be raised."""
    insight, words = finding.insight, wording.explain
    if insight is None or insight.firmer is None:
        return ()
    found = insight.firmer
    needs = "; ".join(
        f"{need.words} ({words.so_far.format(strength=need.strength)})" if need.strength else need.words
        for need in found.needs
    )
    if found.capped:
        return line((words.capped.get(found.capped) or words.limited[found.capped]).format(needs=needs))
    told = {
        "outcome": wording.outcomes[found.outcome].label,
        "step": found.step,
        "strength": wording.strengths[found.step],
        "needs": needs,
    }
    sentence = words.firmer_same if found.outcome == finding.outcome else words.firmer
    return line(f"{sentence.format(**told)} {words.evidence[found.step]}")


def labels(outcomes: Iterable[str], wording: Wording) -> str:
    """Outcomes by name."""
    return " or ".join(wording.outcomes[one].label for one in outcomes)


def routes(finding: Finding, wording: Wording, *, whole: bool = False) -> Iterator[tuple[Line, tuple[Line, ...]]]:
    """What would settle an undetermined finding: a sentence for each direction, with its conditions.

    Of many answers that would do, only the first are named unless `whole`.
    """
    insight, words = finding.insight, wording.explain
    if insight is None:
        return
    if insight.barred:
        yield line(words.barred), ()
    for route in insight.settled_by:
        outcomes = labels(route.outcomes, wording)
        if route.outcomes[0] not in FLAGGED and len(route.groups) > 1:
            yield line(words.rules_out_all.format(outcomes=outcomes)), tuple(_conditions(route, wording, whole=whole))
        elif route.outcomes[0] not in FLAGGED:
            yield line(words.rules_out.format(outcomes=outcomes)), tuple(_sets(route.groups[0], wording, whole=whole))
        elif len(route.groups) == 1 and len(route.groups[0]) > 1:
            yield line(words.to_flag_one.format(outcomes=outcomes)), tuple(_sets(route.groups[0], wording, whole=whole))
        else:
            yield line(words.to_flag.format(outcomes=outcomes)), tuple(_conditions(route, wording, whole=whole))


def past(finding: Finding, wording: Wording, *, whole: bool = False) -> tuple[Line, tuple[Line, ...]]:
    """What would have let a finding past what stopped it; `whole` is that of `routes`."""
    insight, words = finding.insight, wording.explain
    if insight is None or not insight.past:
        return line(words.no_past), ()
    (route,) = insight.past
    outcomes = labels(route.outcomes, wording)
    if len(route.groups) == 1:
        return line(words.past.format(outcomes=outcomes)), tuple(_sets(route.groups[0], wording, whole=whole))
    return line(words.past_all.format(outcomes=outcomes)), tuple(_conditions(route, wording, whole=whole))


def _conditions(route: Route, wording: Wording, *, whole: bool) -> Iterator[Line]:
    """Conditions that all have to be met, each with the sets of facts that do it."""
    for group in route.groups:
        # What every set asks for has to be so in any case.
        common = tuple(one for one in group[0] if all(one in facts for facts in group))
        if common:
            yield line(together(common, wording, whole=whole))
        if len(group) > 1:
            others = [tuple(one for one in facts if one not in common) for facts in group]
            told = [*_sets(others, wording, whole=whole)]
            inside: list[Run] = [*line(f"{wording.explain.one_of} ")]
            for place, one in enumerate(told):
                inside += line("; " if place else "", f"({ascii_lowercase[place % len(ascii_lowercase)]}) ", *one)
            yield tuple(inside)


def _sets(group: Sequence[FactSet], wording: Wording, *, whole: bool) -> Iterator[Line]:
    for facts in group:
        yield line(together(facts, wording, whole=whole))


def together(facts: FactSet, wording: Wording, *, answers: bool = True, whole: bool = False) -> str:
    """Facts, each with the answer that would do unless only what to ask is told; an object they share is named once.

    Of many answers, all are named if `whole`.
    """
    words, told, about = wording.explain, [], ""
    for one in facts:
        answer = one.answer if whole else one.brief or one.answer
        asked = words.answered.format(question=one.fact.question, answer=answer) if answers else one.fact.question
        told.append(words.about.format(about=one.fact.about, asked=asked) if one.fact.about != about else asked)
        about = one.fact.about
    return words.together.join(told)
