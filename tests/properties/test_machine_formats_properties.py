"""Whatever stands in the fields of a finding, programs that read the formats get text and nothing that acts."""

from __future__ import annotations

import csv as standard_csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.unit.report.sarif_schema import official

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile
from treatycheck.check import Options, check
from treatycheck.engine.outcomes import FLAGGED
from treatycheck.findings import BearerRef, Finding, Report
from treatycheck.report import csv, junit, sarif
from treatycheck.report.cells import guarded, unguarded
from treatycheck.report.characters import HIDDEN, visible
from treatycheck.report.page import with_reply
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.model import Rulebook

ROOT = Path(__file__).resolve().parents[2]

HOSTILE = (
    *("=cmd|' /C calc'!A0", "+1;=1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", ' "=1', "\uff1d1", "a\r\n=1", '","=1', "';=1"),
    *("\x1b[2J\x1b]0;x\x07", "\u202eabc\u2066", "\u200b", "\ufeff", "\x00", "\ud800", "\udfff\ud800", "\uffff", "\x9b"),
    *("</failure>", "]]>", "<!ENTITY x 'y'>", "&lt;&#0;", "<![CDATA[", "--><!--", '"}],"kind":"pass"', "\\u0000", "\\"),
    *("{0}", "{{", "[a](javascript:b)", "](", "|a|", "`x`", "**a**", "x" * 40_000, "", " ", "\U000e0041", "\U0010ffff"),
)
texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join),
    st.text(st.characters(), max_size=20),
)
# A place in a document or rulebook is found by these, and they are checked when it is loaded; the outcome is a word of
# the program.
FIXED = frozenset({"rule", "event", "document", "outcome", "dispute"})
# Every sign that a spreadsheet knows to begin a formula, after anything that it passes over.
FORMULA = re.compile(r"[\s\"'“”‘’`]*[=+\-@＝＋－＠\t\r]")  # noqa: RUF001 - these signs are the subject


class Ground:
    """The invented rulebook and casefile with the findings on it; shown without its content."""

    def __init__(self, folder: Path) -> None:
        self.rulebook: Rulebook = load_rulebook(folder / "rules")
        self.casefile: Casefile = load_casefile([folder / "case"], self.rulebook)
        self.report: Report = check(self.rulebook, self.casefile, Options(engine="reference", insight=False))


@pytest.fixture(scope="module", autouse=True)
def _cells_as_long_as_they_are() -> Iterator[None]:
    before = standard_csv.field_size_limit(10**9)
    yield
    standard_csv.field_size_limit(before)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    folder = tmp_path_factory.mktemp("ground")
    shutil.copytree(ROOT / "tests" / "good", folder, dirs_exist_ok=True)
    shutil.copy(ROOT / "rules" / "wording.yaml", folder / "rules")
    return Ground(folder)


def poisoned(noun: Any, said: Callable[[], str], fixed: frozenset[str] = frozenset()) -> Any:
    """A noun with other text in every field that is text, also in the nouns within it."""
    changes: dict[str, Any] = {}
    for field in fields(noun):
        value = getattr(noun, field.name)
        if field.name in fixed:
            continue
        if isinstance(value, str):
            changes[field.name] = said()
        elif isinstance(value, tuple) and field.name != "proof":
            inner = frozenset({"document", "kind"})
            changes[field.name] = tuple(
                said() if isinstance(one, str) else poisoned(one, said, inner) if hasattr(one, "__slots__") else one
                for one in value
            )
    return replace(noun, **changes)


@st.composite
def hostile(draw: st.DrawFn) -> Callable[[Report], Report]:
    """What makes a report hostile: text for each field of each finding, the same text now and then."""
    few = draw(st.lists(texts, min_size=1, max_size=6))
    outcomes = draw(st.lists(st.sampled_from(sorted(sarif.KINDS)), min_size=1, max_size=3))

    def made(report: Report) -> Report:
        counter = iter(range(10**9))

        def said() -> str:
            return few[next(counter) % len(few)]

        findings = []
        for number, finding in enumerate(report.findings):
            kind = ("person", "state")[number % 2]
            bearer = BearerRef(said(), said(), kind, said(), kind)
            changed: Finding = poisoned(replace(finding, bearer=bearer), said, FIXED)
            outcome = outcomes[number % len(outcomes)]
            findings.append(replace(changed, bearer=bearer, outcome=outcome, dispute="denied"))
        documents = tuple(replace(one, title=said(), publisher=said()) for one in report.documents)
        receipt = replace(report.receipt, rulebook=said(), notice=said())
        return replace(report, findings=tuple(findings), documents=documents, receipt=receipt, title=said())

    return made


@given(hostile())
@settings(deadline=None)
def test_a_table_read_back_gives_the_visible_text_and_no_cell_is_a_formula(
    ground: Ground, change: Callable[[Report], Report]
) -> None:
    report = change(ground.report)
    text = csv.render(report)
    assert [] == HIDDEN.findall(text.replace("\r\n", ""))
    rows = list(standard_csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert [*csv.COLUMNS] == [*rows[0]]
    assert [{name: visible(cell) for name, cell in csv.row(one).items()} for one in report.findings] == [
        {name: unguarded(cell) for name, cell in row.items()} for row in rows
    ]
    cells = [cell for row in rows for cell in row.values()]
    assert [] == [part for cell in cells for part in cell.split(";") if FORMULA.match(part) and part[0] != "'"]


@given(hostile())
@settings(deadline=None)
def test_test_reports_are_xml_that_says_the_visible_text(ground: Ground, change: Callable[[Report], Report]) -> None:
    report = change(ground.report)
    text = junit.render(report, ground.rulebook.wording, [*map(str, FLAGGED)])
    tree = ET.fromstring(text.encode("utf-8"))  # noqa: S314 - written by the program itself
    tags = {"testsuites", "testsuite", "properties", "property", "testcase", "failure", "skipped", "system-out"}
    assert tags >= {element.tag for element in tree.iter()}
    assert str(len(report.findings)) == tree.attrib["tests"]
    messages = [one.attrib["message"] for one in tree.iter() if one.tag in ("failure", "skipped")]
    marked = [one for one in report.findings if one.outcome in (*FLAGGED, "undetermined")]
    assert [visible(with_reply(one, ground.rulebook.wording)) for one in marked] == messages
    assert [] == HIDDEN.findall(text.replace("\n", ""))


@given(hostile())
@settings(deadline=None, max_examples=30)
def test_sarif_follows_its_schema_and_says_the_visible_text(ground: Ground, change: Callable[[Report], Report]) -> None:
    report = change(ground.report)
    text = sarif.render(report, ground.rulebook, ground.casefile, lambda rule: f"{rule}\n  {report.title}")
    assert [] == HIDDEN.findall(text.replace("\n", ""))
    tree = json.loads(text)
    schema = official()
    assert [] == [one.message for one in jsonschema.validators.validator_for(schema)(schema).iter_errors(tree)]
    (run,) = tree["runs"]
    assert [sarif.KINDS[one.outcome] for one in report.findings] == [
        (one["kind"], one["level"]) for one in run["results"]
    ]
    for finding, result in zip(report.findings, run["results"], strict=True):
        said = result["message"]["text"]
        assert "](" not in said
        sentence = with_reply(finding, ground.rulebook.wording)
        assert re.sub(r"\] \(", "](", visible(sentence)) == re.sub(
            r"\] \(", "](", said.replace("{{", "{").replace("}}", "}")
        )
        snippets = [one["physicalLocation"]["region"]["snippet"]["text"] for one in result["locations"]]
        # No document has halves of a pair; in JSON two of them side by side are one character.
        assert [json.loads(json.dumps(one.text)) for one in finding.quotes] == snippets


@given(texts)
@example("';'=1")
def test_an_apostrophe_that_was_added_can_be_taken_away(text: str) -> None:
    shown = visible(text)
    assert shown == unguarded(guarded(shown))
