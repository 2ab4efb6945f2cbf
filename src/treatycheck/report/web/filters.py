"""What the entries of a report are sorted by: instrument, outcome, bearer and strength, each as a list to choose from.

A choice hides what does not have it, by style alone. A browser that cannot do that is told so and shows everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from treatycheck.findings import Report
from treatycheck.phrasing import capital
from treatycheck.report.html import escaped
from treatycheck.report.numbering import Entry
from treatycheck.report.page import bearer_short
from treatycheck.rulebook.model import Wording


@dataclass(frozen=True, slots=True)
class Facet:
    """One list to choose from: its title, its letter in names of the page, and its choices in order."""

    title: str
    letter: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """The lists, and the names of the choices that each entry has, by its number."""

    facets: tuple[Facet, ...]
    classes: Mapping[int, str]

    def markup(self) -> str:
        """The lists as a form that sends nothing."""
        return "".join(self._form())

    def style(self) -> str:
        """What each choice hides."""
        return "".join(
            f".filters:has(#{name}:checked) ~ .row:not(.{name}),"
            f".filters:has(#{name}:checked) ~ .summary .row:not(.{name}){{display:none}}\n"
            for facet in self.facets
            for name, _ in _named(facet)
        )

    def _form(self) -> Iterator[str]:
        yield '<form class="filters" aria-label="Filter the entries" autocomplete="off">\n'
        for facet in self.facets:
            name = f"choose-{facet.letter}"
            yield f'<p><label for="{name}">{facet.title}</label> <select id="{name}"><option selected>all</option>'
            yield from (f'<option id="{one}">{escaped(choice)}</option>' for one, choice in _named(facet))
            yield "</select></p>\n"
        yield '<p><button type="reset">Show all entries</button></p>\n</form>\n'
        yield '<p class="no-filters">This browser is too old to filter the entries; all of them are shown.</p>\n'

    def count(self) -> str:
        """How many entries are shown; the number shown is counted by the style."""
        return f'<p class="count">Entries shown: <b></b> of {len(self.classes)}</p>\n'


def filters(entries: Sequence[Entry], report: Report, wording: Wording) -> Filters:
    """Sort the entries of a report; an entry on several instruments has the names of all of them."""
    found: dict[str, dict[str, dict[int, None]]] = {"i": {}, "o": {}, "b": {}, "s": {}}
    for entry in entries:
        for finding in entry.findings:
            weakest = wording.strengths.get(finding.strength)
            values = {
                "i": capital(report.abbreviations.get(finding.instrument) or finding.instrument),
                "o": wording.outcomes[finding.outcome].label,
                "b": bearer_short(finding.bearer, wording),
                "s": f"{finding.strength} {weakest}" if weakest else wording.report.truths["unknown"],
            }
            for letter, value in values.items():
                found[letter].setdefault(value, {})[entry.number] = None
    titles = {"i": "Instrument", "o": "Outcome", "b": "Bearer", "s": "Strength"}
    # Outcomes come as the report has them, from the gravest; the others by name.
    facets = tuple(
        Facet(title, letter, tuple(found[letter] if letter == "o" else sorted(found[letter], key=str.casefold)))
        for letter, title in titles.items()
    )
    classes: dict[int, list[str]] = {entry.number: [] for entry in entries}
    for facet in facets:
        for name, choice in _named(facet):
            for number in found[facet.letter][choice]:
                classes[number].append(name)
    return Filters(facets, {number: " ".join(names) for number, names in classes.items()})


def _named(facet: Facet) -> Iterator[tuple[str, str]]:
    """The choices with their names in the page."""
    return ((f"{facet.letter}{place}", choice) for place, choice in enumerate(facet.choices))
