"""No outcome is worded above its grade, nobody who is not bound is said to have breached, no heading names a person.

What is printed is looked at after the words of documents, analysts and treaties have been replaced by a sign, so that
nothing has to be excused word by word: what is left, the program and its rules say themselves.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest
from tests.rules import masked

from treatycheck.casefile.fusion import with_fusions
from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile
from treatycheck.check import Options, check
from treatycheck.cli import rule_text
from treatycheck.explanations import Wanted, explain, locate
from treatycheck.findings import Finding, Report
from treatycheck.report import csv as csv_report
from treatycheck.report import explanation, junit, layout, markdown, sarif, terminal
from treatycheck.report import json as json_report
from treatycheck.report import whatif as whatif_page
from treatycheck.report.blocks import Block, Heading, Line, Pairs, Paragraph, Table
from treatycheck.report.web import page as web
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook, Wording
from treatycheck.suppose.model import StatusSupposed
from treatycheck.whatif import whatif

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = Options(engine="reference")

# What is never said (standards of proof, 2.2 and 3.4).

NEVER: Final = re.compile(
    r"\b(?:violat(?:e[sd]?|ing|ions?|ors?)|guilt(?:y)?|(?:il|un)lawful(?:ly)?|lawful(?:ly)?|illegal(?:ly|ity)?|criminals?"
    r"|(?:non-?)?complian(?:t|ce)|compl(?:y|ies|ied|ying)|infring\w*|breach(?:e[sd]|ing|es)?|prove[nsd]?|perpetrators?"
    r"|culprits?|innocent|wrongful(?:ly)?|legal(?:ly)? responsible|acquitted|exonerated|no violation|permitted by law"
    r"|allowed)\b",
    re.IGNORECASE,
)
WOULD: Final = re.compile(r"\bwould breach (?:(?!\bwould\b).){1,200}?\bif it occur(?:s|red)\b", re.IGNORECASE)
"""The one way in which a breach is spoken of: of conduct that is announced or conditional, and only if it occurs."""
QUOTED: Final = re.compile(r"“[^”]*”")


def never_said(text: str) -> list[str]:
    """The words outside quotes that nobody may be met with, each with what stands around it."""
    plain = WOULD.sub(" ", QUOTED.sub(" ", " ".join(text.split())))
    return [plain[max(0, one.start() - 60) : one.end() + 40] for one in NEVER.finditer(plain)]


# The ladder: words that claim something, each with the lowest grade that carries it.

LADDER: Final[tuple[tuple[int, str], ...]] = (
    (4, r"established|proof|proven?|proved|certain(?:ly)?|conclusive(?:ly)?|confirmed|found that|finds that|in fact"),
    (3, r"reasonable grounds|believe[ds]?|corroborated|substantiated|documented"),
    (2, r"credible|indicated|indicates|likely|probabl[ey]|evidence that"),
    (1, r"concerns?|alleged|allegations?|alleges|reported(?:ly)?|potential(?:ly)?"),
)
GRADE: Final[Mapping[str, int]] = {
    "established": 4,
    "reasonable_grounds": 3,
    "credible_concern": 2,
    "concern": 1,
    # Of duties that were met, late or in time, and of what is only announced, no more is said than that it is reported.
    "met_late": 1,
    "met": 1,
    "anticipated": 0,
    "undetermined": 0,
    "pending": 0,
    "not_applicable": 0,
    "no_finding": 0,
}
STRENGTH: Final = {"S0": 0, "S1": 1, "S2": 2, "S3": 3, "S4": 4}
GRADED: Final = ("established", "reasonable_grounds", "credible_concern", "concern")


def above(text: str, grade: int) -> list[str]:
    """The words of a text, outside quotes, that take a higher grade."""
    plain = QUOTED.sub(" ", text)
    found = ((rung, one[0]) for rung, words in LADDER for one in re.finditer(rf"\b(?:{words})\b", plain, re.IGNORECASE))
    return [word for rung, word in found if rung > grade]


def of_rung(text: str, grade: int) -> bool:
    """Whether a text has a word of just that grade."""
    return re.search(rf"\b(?:{dict(LADDER)[grade]})\b", text, re.IGNORECASE) is not None


def faults(wording: Wording) -> list[str]:
    """What the table of templates says above its grade, or does not say at its grade."""
    found: list[str] = []
    for name, words in wording.outcomes.items():
        texts = {"label": words.label, "sentence": words.sentence, "meaning": words.meaning}
        for part, text in texts.items():
            found += [f"{name}: {part}: `{one}` is above its grade" for one in above(text, GRADE[name])]
            found += [f"{name}: {part}: {one}" for one in never_said(text)]
        if name in GRADED:
            found += [
                f"{name}: {part}: has no word of its grade" for part in texts if not of_rung(texts[part], GRADE[name])
            ]
        if not re.match("would ", words.sentence, re.IGNORECASE) and "breach" in words.sentence:
            found.append(f"{name}: sentence: a breach without condition")
        if name in GRADED and words.sentence.startswith("{"):
            found.append(f"{name}: sentence: the statement comes before the grade")
    for name, text in wording.strengths.items():
        found += [f"{name}: `{one}` is above its grade" for one in above(text, STRENGTH[name])]
    for name, text in wording.reasons.items():
        found += [f"{name}: `{one}` is above its grade" for one in above(text, 0)]
    if not wording.outcomes["not_applicable"].sentence.startswith("Does not apply: "):
        found.append("not_applicable: sentence: does not begin by saying that the rule does not apply")
    return found


def templates(noun: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of the wording with where it stands."""
    if isinstance(noun, str):
        yield path, noun
    elif isinstance(noun, Mapping):
        for key, one in noun.items():
            yield from templates(one, f"{path}.{key}")
    elif isinstance(noun, tuple):
        for place, one in enumerate(noun):
            yield from templates(one, f"{path}.{place}")
    elif is_dataclass(noun):
        for field in fields(noun):
            yield from templates(getattr(noun, field.name), f"{path}.{field.name}")


@cache
def law() -> Rulebook:
    return load_rulebook(ROOT / "rules")


@cache
def own_law() -> Rulebook:
    """The rulebook with what it says itself; its title is a name and no verdict."""
    rulebook = masked.rulebook(law())
    return replace(rulebook, wording=replace(rulebook.wording, title=masked.SAID))


def test_no_template_is_worded_above_its_grade() -> None:
    assert [] == faults(law().wording)


def test_every_outcome_has_its_place_on_the_ladder() -> None:
    assert set(GRADE) == set(law().wording.outcomes)
    assert set(STRENGTH) == set(law().wording.strengths)


def test_no_template_has_a_word_that_is_never_said() -> None:
    wording = replace(law().wording, title="")
    assert [] == [(path, one) for path, text in templates(wording) for one in never_said(text)]


@pytest.mark.parametrize(
    ("outcome", "part", "text"),
    [
        ("concern", "sentence", "Credible allegation that {statement} ({citation})."),
        ("concern", "label", "likely concern"),
        ("concern", "sentence", "Violation: {statement} ({citation})."),
        ("concern", "sentence", "Raises a question: {statement} ({citation})."),
        ("credible_concern", "sentence", "Reasonable grounds to believe that {statement} ({citation})."),
        ("credible_concern", "meaning", "All elements are present and corroborated, a credible concern."),
        ("reasonable_grounds", "label", "established"),
        ("reasonable_grounds", "sentence", "{statement}: reasonable grounds ({citation})."),
        ("established", "sentence", "{statement} ({citation})."),
        ("anticipated", "sentence", "Breach of {citation} foreseen: {statement}."),
        ("anticipated", "sentence", "Credible concern that {statement} ({citation})."),
        ("undetermined", "sentence", "Alleged under {citation}; would be settled by: {missing}"),
        ("undetermined", "label", "no violation"),
        ("pending", "meaning", "The State is compliant so far."),
        ("not_applicable", "sentence", "Lawful: {reason} ({citation})."),
        ("not_applicable", "sentence", "{reason} ({citation})."),
        ("no_finding", "sentence", "In compliance with this rule."),
        ("met", "meaning", "It is certain that the duty was met."),
    ],
)
def test_a_planted_template_above_its_grade_is_found(outcome: str, part: str, text: str) -> None:
    wording = law().wording
    words = replace(wording.outcomes[outcome], **{part: text})
    assert [] != faults(replace(wording, outcomes={**wording.outcomes, outcome: words}))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It violated the treaty.", True),
        ("A violation of Art. 1.", True),
        ("The State is in\nbreach.", True),
        ("Would breach Art. 1 if it occurs: the use.", False),
        ("Would breach Art. 1.", True),
        ("It breached Art. 1; it would breach Art. 2 if it occurs.", True),
        ("He said “they violated it” twice.", False),
        ("He said “they left” and violated it.", True),
        ("unlawfulness_of, inviolate", False),
    ],
)
def test_words_that_are_never_said_are_found_outside_quotes_alone(text: str, found: bool) -> None:
    assert found == bool(never_said(text))


def rule_words(rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    for rule in rulebook.rules.values():
        yield from ((rule.id, one) for one in (rule.title, rule.finding.statement, rule.finding.foreseen, rule.note))
    for each in (rulebook.exceptions, rulebook.terms, rulebook.procedures):
        yield from ((name, one) for name, noun in each.items() for one in (noun.title, noun.note))


def test_no_rule_says_in_its_title_statement_or_note_that_somebody_breached() -> None:
    assert [] == [(name, one) for name, text in rule_words(law()) for one in never_said(text)]


def test_no_statement_has_a_grade_of_its_own() -> None:
    statements = [
        (rule.id, text) for rule in law().rules.values() for text in (rule.finding.statement, rule.finding.foreseen)
    ]
    assert [] == [(name, one) for name, text in statements for one in above(text, 0)]


# What is printed: on the documents, on the accounts fused from them, and on the same with everybody a person and all of
# one strength, so that each grade occurs.


@dataclass(frozen=True)
class Printed:
    """A casefile without its words, its report, and everything that is printed of it by format."""

    casefile: Casefile
    report: Report

    def texts(self) -> Iterator[tuple[str, str]]:
        rulebook, wording = own_law(), own_law().wording
        report = self.report
        yield "terminal", terminal.render(report, wording, width=80)
        yield "markdown", markdown.render(report, wording)
        yield "json", json_report.render(report)
        yield "csv", csv_report.render(report)
        yield "junit", junit.render(report, wording, GRADED)
        yield "html", shown(web.render(report, rulebook, self.casefile)).text
        for alerts in (False, True):
            yield "sarif", sarif.render(report, rulebook, self.casefile, described, alerts_only=alerts)
        yield "explain", terminal.text(explained(self.casefile))
        yield "whatif", terminal.text(supposed(self.casefile))


def described(rule: str) -> str:
    return rule_text.entry(own_law(), rule, 80)


@cache
def documents() -> Casefile:
    seeds = load_casefile([ROOT / "seeds"], law())
    return with_fusions(seeds, [ROOT / "seeds" / "libya-mines.fusion.yaml"], law())


CASES: Final = ("seeds", "S1", "S2", "S3", "S4")


@cache
def printed(case: str) -> Printed:
    found = masked.casefile(documents(), persons=case in STRENGTH, strength=case if case in STRENGTH else "")
    return Printed(found, check(own_law(), found, OPTIONS))


def explained(casefile: Casefile) -> tuple[Block, ...]:
    wanted = locate(own_law(), casefile, "all")
    assert isinstance(wanted, Wanted)
    return explanation.layout(explain(own_law(), casefile, wanted, OPTIONS), own_law().wording, own_law().cite)


def supposed(casefile: Casefile) -> tuple[Block, ...]:
    suppositions = [StatusSupposed(code, ("mbc",), "bound") for code in ("RUS", "LBY", "USA")]
    return whatif_page.layout(whatif(own_law(), casefile, suppositions, OPTIONS), own_law().wording)


@pytest.mark.parametrize("case", CASES)
def test_nothing_that_is_printed_has_a_word_that_is_never_said(case: str) -> None:
    assert [] == [(name, one) for name, text in printed(case).texts() for one in never_said(text)]


def test_all_grades_occur_in_what_is_looked_at() -> None:
    assert set(GRADED) <= {one.outcome for case in CASES for one in printed(case).report.findings}


@pytest.mark.parametrize("case", CASES)
def test_every_message_begins_with_the_words_of_its_own_outcome_and_claims_no_more(case: str) -> None:
    wording = law().wording
    for finding in printed(case).report.findings:
        head = wording.outcomes[finding.outcome].sentence.partition("{")[0]
        assert finding.message.startswith(head)
        assert head != ""
        if finding.outcome != "undetermined":  # its questions say what would settle it
            assert [] == above(finding.message, GRADE[finding.outcome]), finding.message


def conclusions(case: str) -> Iterator[tuple[Finding, str]]:
    """Each numbered finding of the page with the paragraph that concludes it."""
    found = {one.id: one for one in printed(case).report.findings}
    for block in layout.layout(printed(case).report, own_law().wording):
        if isinstance(block, Paragraph) and words(block.line).startswith("Conclusion. "):
            yield next(one for name, one in found.items() if f"Id: {name}" in words(block.line)), words(block.line)


@pytest.mark.parametrize("case", CASES)
def test_no_conclusion_on_the_page_claims_more_than_its_grade(case: str) -> None:
    told = list(conclusions(case))
    assert told != []
    # The weakest strength is named beside the outcome, in its own word.
    assert [] == [
        (one.id, word) for one, text in told for word in above(text, GRADE[one.outcome]) if one.outcome in GRADED
    ]


@pytest.mark.parametrize("case", CASES)
def test_formats_for_other_programs_claim_no_more_than_the_outcome(case: str) -> None:
    report = printed(case).report
    messages = {one.id: one.message for one in report.findings}
    texts = dict(printed(case).texts())
    rows = csv.DictReader(io.StringIO(texts["csv"], newline=""))
    assert messages == {row["id"]: row["message"] for row in rows}
    results = json.loads(sarif.render(report, own_law(), printed(case).casefile, described))["runs"][0]["results"]
    levels = {"error": 3, "warning": 1, "note": 0, "none": 0}
    outcomes = [one.outcome for one in report.findings]
    assert [] == [
        one["level"] for one, name in zip(results, outcomes, strict=True) if levels[one["level"]] > GRADE[name]
    ]
    cases = [*ET.fromstring(texts["junit"].encode()).iter("testcase")]  # noqa: S314 - written by the program itself
    assert len(report.findings) == len(cases)
    failed = [one.find("failure") for one in cases]
    assert {one.attrib["type"] for one in failed if one is not None} <= set(GRADED)
    assert [] == [
        one.attrib["message"]
        for one in failed
        if one is not None and above(one.attrib["message"], GRADE[one.attrib["type"]])
    ]


# Who is not bound.


def unbound(report: Report) -> list[Finding]:
    """Findings on a State of which the registers say that it was not bound."""
    return [
        one
        for one in report.findings
        for gate in one.elements
        if gate.name == "bound" and gate.truth == "false" and gate.strength in ("S2", "S3", "S4")
    ]


@pytest.mark.parametrize("case", CASES)
def test_who_is_not_bound_is_told_that_the_rule_does_not_apply_and_nothing_else(case: str) -> None:
    found = unbound(printed(case).report)
    assert found != []
    assert {("not_applicable", True)} == {(one.outcome, one.message.startswith("Does not apply: ")) for one in found}


@pytest.mark.parametrize("case", CASES)
def test_no_format_flags_who_is_not_bound(case: str) -> None:
    ids = {one.id for one in unbound(printed(case).report)}
    report, casefile = printed(case).report, printed(case).casefile
    for alerts in (False, True):
        tree = json.loads(sarif.render(report, own_law(), casefile, described, alerts_only=alerts))
        told = [one for one in tree["runs"][0]["results"] if one["partialFingerprints"][sarif.FINGERPRINT] in ids]
        assert ([] if alerts else [("notApplicable", "none")]) == sorted({(one["kind"], one["level"]) for one in told})
    marked = ET.fromstring(junit.render(report, own_law().wording, GRADED).encode())  # noqa: S314 - written by the program
    bad = [one for one in marked.iter("testcase") if one.find("failure") is not None or one.find("skipped") is not None]
    assert [] == [one for one in bad for name in ids if name in "".join(one.itertext())]
    numbered = [block for block in layout.layout(report, own_law().wording) if isinstance(block, Paragraph)]
    assert [] == [name for name in ids for block in numbered if f"Id: {name}" in words(block.line)]


# Persons.


def words(line: Line) -> str:
    return "".join(run.text for run in line)


def standing_out(blocks: Iterable[Block]) -> Iterator[str]:
    """What stands in headings, in cells of tables and as labels."""
    for block in blocks:
        match block:
            case Heading(_, line, number):
                yield f"{number} {words(line)}"
            case Table(columns, rows):
                yield from (column.title for column in columns)
                yield from (words(cell) for row in rows for cell in row)
            case Pairs(rows):
                yield from (label for label, _ in rows)


class Shown(HTMLParser):
    """A page with what is read in it, what stands in headings and cells, and what programs find it by."""

    OUT: Final = frozenset(
        {"h1", "h2", "h3", "h4", "h5", "h6", "th", "td", "title", "caption", "summary", "nav", "text"}
    )
    VOID: Final = frozenset({"meta", "br", "hr", "col", "wbr", "path", "line", "rect", "circle", "use"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.told: list[str] = []
        self.out: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        self.out += [value or "" for _, value in attrs]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out += [value or "" for _, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.told.append(data)
            if self.OUT.intersection(self.open):
                self.out.append(data)

    @property
    def text(self) -> str:
        return " ".join(self.told)


def shown(text: str) -> Shown:
    return Shown(text)


def ids_of(tree: Any, names: frozenset[str], data: frozenset[str] = frozenset()) -> Iterator[str]:
    """Whatever stands in JSON under one of the names, and every name itself; what is `data` is passed over."""
    if isinstance(tree, dict):
        for key, one in tree.items():
            yield key
            if key in names and isinstance(one, str):
                yield one
            if key not in data:
                yield from ids_of(one, names, data)
    elif isinstance(tree, list):
        for one in tree:
            yield from ids_of(one, names, data)


def in_blocks(case: str, make: Callable[[Printed], Iterable[Block]]) -> list[str]:
    return [*standing_out(make(printed(case)))]


def in_report(case: str) -> list[str]:
    return in_blocks(case, lambda one: layout.layout(one.report, own_law().wording))


def in_explanation(case: str) -> list[str]:
    return in_blocks(case, lambda one: explained(one.casefile))


def in_whatif(case: str) -> list[str]:
    return in_blocks(case, lambda one: supposed(one.casefile))


def in_page(case: str) -> list[str]:
    return shown(web.render(printed(case).report, own_law(), printed(case).casefile)).out


def in_json(case: str) -> list[str]:
    return [*ids_of(json.loads(json_report.render(printed(case).report)), frozenset({"id", "rule", "event", "title"}))]


def in_sarif(case: str) -> list[str]:
    text = sarif.render(printed(case).report, own_law(), printed(case).casefile, described)
    names = frozenset({"id", "ruleId", "name", "guid", "uri", "title", "event_title"})
    return [*ids_of(json.loads(text), names, frozenset({"bearer"}))]


def in_junit(case: str) -> list[str]:
    tree = ET.fromstring(junit.render(printed(case).report, own_law().wording, GRADED).encode())  # noqa: S314 - our own
    return [one.attrib[name] for one in tree.iter() for name in ("name", "classname", "type") if name in one.attrib]


PLACES: Final = (in_report, in_explanation, in_whatif, in_page, in_json, in_sarif, in_junit)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("place", PLACES)
def test_no_person_is_named_where_something_stands_out(place: Callable[[str], list[str]], case: str) -> None:
    found = place(case)
    assert found != []
    assert [] == [one for one in found if masked.PERSON in one]


def test_persons_are_among_the_bearers_and_are_named_in_running_text() -> None:
    report = printed("S4").report
    bearers = [one for one in report.findings if "person" in (one.bearer.kind, one.bearer.through_kind)]
    assert bearers != []
    assert masked.PERSON in terminal.render(report, own_law().wording)
