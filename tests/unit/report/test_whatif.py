"""The page on what would follow, and its JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from treatycheck.findings import BearerRef, Element, Finding, Gate, Missing, ProcedureState, Report
from treatycheck.report import markdown, terminal
from treatycheck.report.whatif import layout, render
from treatycheck.rulebook.model import Wording
from treatycheck.whatif import Move, Step, WhatIf

Reports = Callable[..., Report]


@pytest.fixture
def bound() -> Element:
    return Element("bound", "Bound on the date", "true", "S2", "", (), ())


@pytest.fixture
def none(report_of: Reports) -> WhatIf:
    """Something is supposed, and nothing moves."""
    report = report_of()
    return WhatIf(("Arcadia: status under WT: bound",), report, report, (), (), (), 1)


def page(found: WhatIf, wording: Wording) -> str:
    return terminal.text(layout(found, wording), width=80)


def moved(none: WhatIf, before: Finding, *gates: Gate, **changes: object) -> WhatIf:
    after = replace(before, **changes)  # type: ignore[arg-type]  # fields of a finding
    return replace(none, moved=(Move(before, after, gates),))


def test_a_page_on_which_nothing_moves_says_so(none: WhatIf, wording: Wording) -> None:
    told = page(none, wording)
    assert "Supposed\n────────\n\n• Arcadia: status under WT: bound\n" in told
    assert "Moved\n─────\n\nNothing moves.\n" in told
    assert "1 finding stays as it is." in told


def test_a_finding_that_moves_is_told_with_its_gate_and_why(
    none: WhatIf, finding: Finding, bound: Element, wording: Wording
) -> None:
    gate = Gate(bound, replace(bound, truth="false", strength="S4"))
    found = moved(none, finding, gate, outcome="not_applicable", strength="", message="Does not apply.")
    assert (
        "1.  WT, Art. 1: Sale of widgets. Event E1, Arcadia\n"
        "    • concern → not applicable\n"
        "    • Through: Bound on the date (yes, indicated → no, established)\n"
        "    • Does not apply.\n"
    ) in page(found, wording)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"strength": "S2"}, "concern, alleged → concern, indicated"),
        ({"strength": ""}, "concern, alleged → concern"),
        ({"reason": "ceased"}, "concern → concern, on other grounds"),
        ({"due": date(2005, 1, 1)}, "concern, last day 1 March 2003 → concern, last day 1 January 2005"),
        ({"due": None}, "concern, last day 1 March 2003 → concern"),
    ],
)
def test_what_tells_two_outcomes_of_one_name_apart_is_told(
    none: WhatIf, finding: Finding, wording: Wording, changes: dict[str, object], expected: str
) -> None:
    told = page(moved(none, finding, **changes), wording)
    assert f"    • {expected}\n    • no gate is answered otherwise\n" in told


def test_of_what_stays_undetermined_the_questions_that_go_and_come_are_told(
    none: WhatIf, undetermined: Finding, bound: Element, wording: Wording
) -> None:
    before = replace(
        undetermined, missing=(Missing("a", "Was it sold?", "a widget"), Missing("b", "When?")), strength=""
    )
    after = (Missing("b", "When?"), *(Missing("c", f"Who is {number}?") for number in range(5)))
    told = page(moved(none, before, missing=after), wording)
    assert (
        "    • undetermined, 2 questions → undetermined, 6 questions\n"
        "    • No longer asked: a widget: Was it sold?\n"
        "    • Asked now: Who is 0? Who is 1? Who is 2? (and 2 more)\n"
    ) in told
    through = page(
        moved(none, before, Gate(bound, replace(bound, truth="unknown", strength="")), missing=after), wording
    )
    assert "    • Through: Bound on the date (yes, indicated → not known)\n    • No longer asked" in through


def test_a_finding_that_becomes_undetermined_is_told_with_a_few_questions(
    none: WhatIf, finding: Finding, wording: Wording
) -> None:
    missing = tuple(Missing("c", f"Who is {number}?") for number in range(4))
    told = page(moved(none, finding, outcome="undetermined", missing=missing), wording)
    assert "    • Would be settled by: Who is 0? Who is 1? Who is 2? (and 1 more)\n" in told


def test_new_findings_are_told_with_their_sentence_and_gone_ones_in_groups(
    none: WhatIf, finding: Finding, inapplicable: Finding, wording: Wording
) -> None:
    other = replace(inapplicable, citation="WT, Art. 2")
    found = replace(none, new=(finding, inapplicable, other), gone=(inapplicable, other))
    told = page(found, wording)
    assert "Moved" not in told
    assert "• WT, Art. 1: Sale of widgets. Event E1, Arcadia: concern. Concern that Arcadia" in told
    event, bearer = inapplicable.event, inapplicable.bearer.name
    assert 2 == told.count(f"• Event {event}, {bearer}: not applicable (WT, Arts 1, 2)\n")


def test_a_person_is_named_in_the_sentence_only(none: WhatIf, finding: Finding, wording: Wording) -> None:
    person = replace(finding, bearer=BearerRef("", "John Doe", "person"), message="Concern that John Doe sold.")
    found = replace(moved(none, person, strength="S2"), new=(person,), gone=(person,))
    told = " ".join(page(found, wording).split())
    assert (3, 2) == (told.count("A person"), told.count("John Doe"))


def test_a_procedure_that_stands_elsewhere_is_told(none: WhatIf, wording: Wording) -> None:
    state = ProcedureState("p", "Listing", "wt:3", "WT, Art. 3", "E1", "a.txt", "John Doe", "held", "on hold", "S2", ())
    told = page(replace(none, steps=(Step(state, replace(state, state="", label="")), Step(None, state))), wording)
    assert "• WT, Art. 3: Listing. Event E1: on hold → cannot be told\n" in told
    assert "• WT, Art. 3: Listing. Event E1: cannot be told → on hold\n" in told


def test_outcomes_are_counted_before_and_after(none: WhatIf, wording: Wording) -> None:
    before, after = (replace(none.before, counts={name: 1, "no_finding": 9}) for name in ("concern", "established"))
    told = page(replace(none, before=before, after=after, stay=3), wording)
    assert "established  0       1\nconcern      1       0\n\n3 findings stay as they are." in told
    assert "no finding" not in told


def test_markup_in_a_supposition_is_escaped(none: WhatIf, wording: Wording) -> None:
    hostile = replace(none, suppositions=("a [link](x) \x1b[2J",))
    assert r"- a \[link\](x) " in markdown.text(layout(hostile, wording))
    assert "\x1b" not in markdown.text(layout(hostile, wording)) + page(hostile, wording) + render(hostile)


def test_the_json_has_findings_before_and_after_with_their_gates(
    none: WhatIf, finding: Finding, bound: Element
) -> None:
    state = ProcedureState("p", "Listing", "wt:3", "WT, Art. 3", "E1", "a.txt", "Doe", "held", "on hold", "S2", ())
    gate = Gate(bound, replace(bound, truth="false", strength="S4"))
    found = replace(moved(none, finding, gate, outcome="not_applicable"), new=(finding,), steps=(Step(None, state),))
    tree = json.loads(render(found))
    assert ["after", "before", "gone", "moved", "new", "procedures", "schema", "stay", "suppositions"] == list(tree)
    assert ("treatycheck.whatif/1", 1) == (tree["schema"], tree["stay"])
    (move,) = tree["moved"]
    assert ("concern", "not_applicable") == (move["before"]["outcome"], move["after"]["outcome"])
    assert [
        {
            "name": "bound",
            "label": "Bound on the date",
            "before": {"truth": "true", "strength": "S2"},
            "after": {"truth": "false", "strength": "S4"},
        }
    ] == move["gates"]
    assert (None, "held") == (tree["procedures"][0]["before"], tree["procedures"][0]["after"]["state"])
    assert {"counts", "receipt"} == set(tree["before"])
