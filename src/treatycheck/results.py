"""What Python is given: a report, a finding, explanations and a comparison, each of which shows itself in every format.

Each has the plain nouns beside it. Nothing is printed here; a notebook asks a result for its `_repr_html_`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from treatycheck import arguments
from treatycheck.casefile.model import Casefile
from treatycheck.check import Options
from treatycheck.errors import Diagnostic
from treatycheck.explanations import Explanations, Wanted, explain
from treatycheck.findings import Finding, Report
from treatycheck.phrasing import capital, counted
from treatycheck.report import explanation, html, json, layout, markdown, single, terminal
from treatycheck.report import whatif as comparison
from treatycheck.report.blocks import Block
from treatycheck.report.page import bearer_short
from treatycheck.report.steps import Shown
from treatycheck.rulebook.model import Rulebook
from treatycheck.whatif import WhatIf

WIDTH: Final = 80
"""The columns of a text where none are given."""

_NO_FINDING: Final = "no_finding"


_LEAST_WIDTH: Final = 20


def _columns(width: int) -> int:
    """The columns of a text, or `InputError`."""
    problems: list[Diagnostic] = []
    arguments.whole("width", width, problems, least=_LEAST_WIDTH)
    arguments.refuse(problems)
    return width


@dataclass(frozen=True, slots=True)
class Ground:
    """What a result was made from and how; a finding is explained on the same ground."""

    rulebook: Rulebook
    casefile: Casefile
    options: Options


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CheckResult:
    """The report of a check; `report` is the plain noun."""

    report: Report
    ground: Ground

    @property
    def findings(self) -> tuple[FindingView, ...]:
        """The findings from the gravest to the least, each of which shows itself and can be explained."""
        return tuple(FindingView(finding, self.report, self.ground) for finding in self.report.findings)

    def text(self, width: int = WIDTH) -> str:
        """The report as plain text with lines of at most `width` cells."""
        return terminal.text(self._blocks(), width=_columns(width))

    def markdown(self) -> str:
        """The report as Markdown."""
        return markdown.text(self._blocks())

    def json(self) -> str:
        """The report as JSON text by the contract `treatycheck.report/1`."""
        return json.render(self.report)

    def _repr_html_(self) -> str:
        return html.fragment(self._blocks())

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        words = self.ground.rulebook.wording.outcomes
        counts = {name: count for name, count in self.report.counts.items() if count and name != _NO_FINDING}
        told = "; ".join(f"{words[name].label}: {count}" for name, count in counts.items())
        return f"<report: {told or 'no finding'}>"

    def _blocks(self) -> tuple[Block, ...]:
        return layout.layout(self.report, self.ground.rulebook.wording)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FindingView:
    """One finding, shown as its report has it; `finding` is the plain noun."""

    finding: Finding
    report: Report
    ground: Ground

    @property
    def id(self) -> str:
        """The id of the finding, by which it is explained and set aside."""
        return self.finding.id

    @arguments.named
    def explain(self, *, depth: int | None = None, everything: bool = False) -> Explained:
        """Explain the finding as it was decided; `depth` and `everything` are those of `Case.explain`.

        Raises `DefectError` when the engines disagree.
        """
        problems: list[Diagnostic] = []
        if depth is not None:
            arguments.whole("depth", depth, problems)
        arguments.switch("everything", everything, problems)
        arguments.refuse(problems)
        wanted = Wanted({self.finding.event: frozenset({self.finding.id})})
        ground = self.ground
        found = explain(ground.rulebook, ground.casefile, wanted, ground.options)
        return Explained(found, ground.rulebook, Shown(depth, everything))

    def text(self, width: int = WIDTH) -> str:
        """The finding as plain text with lines of at most `width` cells."""
        return terminal.text(self._blocks(), width=_columns(width))

    def markdown(self) -> str:
        """The finding as Markdown."""
        return markdown.text(self._blocks())

    def json(self) -> str:
        """The finding as JSON text, as it stands in that of its report."""
        return json.written(json.finding_tree(self.finding))

    def _repr_html_(self) -> str:
        return html.fragment(self._blocks())

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        finding, wording = self.finding, self.ground.rulebook.wording
        outcome, bearer = wording.outcomes[finding.outcome].label, bearer_short(finding.bearer, wording)
        return f"<finding {finding.id}: {outcome}; {capital(finding.citation)}; {finding.event}, {bearer}>"

    def _blocks(self) -> tuple[Block, ...]:
        return single.layout(self.finding, self.report, self.ground.rulebook.wording)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Explained:
    """Why findings are what they are; `explanations` are the plain nouns, `shown` is how much of a proof is shown."""

    explanations: Explanations
    rulebook: Rulebook
    shown: Shown

    def text(self, width: int = WIDTH) -> str:
        """The explanations as plain text with lines of at most `width` cells."""
        return terminal.text(self._blocks(), width=_columns(width))

    def markdown(self) -> str:
        """The explanations as Markdown."""
        return markdown.text(self._blocks())

    def json(self) -> str:
        """The explanations as JSON text by the contract `treatycheck.explain/1`."""
        return explanation.render(self.explanations, self.shown)

    def _repr_html_(self) -> str:
        return html.fragment(self._blocks())

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<{counted(len(self.explanations.explained), 'explanation')}>"

    def _blocks(self) -> tuple[Block, ...]:
        rulebook = self.rulebook
        return explanation.layout(self.explanations, rulebook.wording, rulebook.cite, self.shown)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Compared:
    """What would follow under suppositions; `whatif` is the plain noun."""

    whatif: WhatIf
    rulebook: Rulebook

    def text(self, width: int = WIDTH) -> str:
        """The comparison as plain text with lines of at most `width` cells."""
        return terminal.text(self._blocks(), width=_columns(width))

    def markdown(self) -> str:
        """The comparison as Markdown."""
        return markdown.text(self._blocks())

    def json(self) -> str:
        """The comparison as JSON text by the contract `treatycheck.whatif/1`."""
        return comparison.render(self.whatif)

    def _repr_html_(self) -> str:
        return html.fragment(self._blocks())

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        found = self.whatif
        counts = {"move": len(found.moved), "new": len(found.new), "gone": len(found.gone), "stay": found.stay}
        return f"<what if: {', '.join(f'{count} {name}' for name, count in counts.items())}>"

    def _blocks(self) -> tuple[Block, ...]:
        return comparison.layout(self.whatif, self.rulebook.wording)
