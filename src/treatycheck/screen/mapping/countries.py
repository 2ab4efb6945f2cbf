"""What tables call States: codes of ISO 3166-1, English names, and the numbers of Gleditsch and Ward.

Every spelling is listed beforehand and stands for one State of the registers or for none; nothing that is merely like a
name is taken for it. The codes and names come from `pycountry`, beside the names that the registers have themselves.
The numbers (Gleditsch and Ward 1999, "A Revised List of Independent States since the Congress of Vienna") stand in a
table beside the law, for States that exist today: the number of one that has ended names no State of the registers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from treatycheck.errors import listed
from treatycheck.registers.states import States
from treatycheck.rulebook.locate import rulebook_folder
from treatycheck.screen.mapping.model import System

NUMBERS: Final[tuple[System, ...]] = ("numeric", "gleditsch-ward")
"""Ways of writing that cannot be told apart, as one number stands for different States."""

_TABLE: Final = "mappings/gleditsch-ward.csv"
"""Where the numbers stand beside the law."""


def dictionary(systems: Iterable[System], states: States) -> Mapping[str, str]:
    """The code of every State of the registers by its spellings in lower case; what means two States means none."""
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    for system in systems:
        for spelling, code in _spellings(system, states):
            folded = spelling.strip().lower()
            if found.setdefault(folded, code) != code:
                doubtful.add(folded)
    return {spelling: code for spelling, code in found.items() if code in states.codes and spelling not in doubtful}


def reason(text: str, systems: Iterable[System], states: States) -> str:
    """Why a text is no State by these systems, to be read after the text itself."""
    folded = text.strip().lower()
    named = listed(systems)
    meant = {code for system in systems for spelling, code in _spellings(system, states) if spelling.lower() == folded}
    if len(meant) > 1:
        return f"means more than one State or territory as {named}"
    if meant:
        return f"means `{meant.pop()}`, for which the registers have no State"
    return f"no State as {named}"


def _spellings(system: System, states: States) -> Iterator[tuple[str, str]]:
    """Every spelling with the alpha-3 code, of what is no State of the registers as well."""
    if system == "gleditsch-ward":
        text = (rulebook_folder() / _TABLE).read_text(encoding="utf-8")
        yield from ((row["number"], row["code"]) for row in csv.DictReader(text.splitlines()))
        return
    if system == "alpha-3":
        yield from ((code, code) for code in states.codes)
    if system == "name":
        for code, row in states.codes.items():
            yield from ((name, code) for name in (row.values["name"], *row.values["aliases"].split("|")) if name)
    yield from _of_library(system)


def _of_library(system: System) -> Iterator[tuple[str, str]]:
    from pycountry import countries

    for country in countries:
        code = country.alpha_3
        if system == "alpha-2":
            yield country.alpha_2, code
        elif system == "alpha-3":
            yield code, code
        elif system == "numeric":
            # Tables keep it as a number, so that its zeros are gone, or as three digits.
            yield from ((spelling, code) for spelling in {country.numeric, country.numeric.lstrip("0")})
        elif system == "name":
            names = {getattr(country, kind, None) for kind in ("name", "common_name", "official_name")}
            yield from ((name, code) for name in names if name)
