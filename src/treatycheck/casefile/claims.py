"""Checks how claims are written: one kind of check each, with instruments, States, dates and numbers that exist.

Whether a claim is right is decided in `treatycheck.claims`.
"""

from __future__ import annotations

from treatycheck import dates
from treatycheck.casefile.model import Claim
from treatycheck.casefile.words import TreePath, Words
from treatycheck.errors import listed

KINDS = ("count", "status", "elapsed", "dated", "sum", "equal", "conflict", "judged")


def check_claim(claim: Claim, path: TreePath, words: Words) -> None:
    """Report every mistake in a claim."""
    if len(claim.kinds) != 1:
        found = listed(claim.kinds) if claim.kinds else "none"
        words.problem(
            path,
            "TC450",
            f"claim `{claim.id}` needs exactly one kind of check, found {found}",
            f"give one of {listed(KINDS)}",
        )
        return
    if claim.judged and not (claim.correction and claim.authority):
        words.problem(
            path,
            "TC451",
            f"claim `{claim.id}` is judged without a correction and an authority",
            "say what is right in `correction` and where it stands in `authority`",
        )
    kind = claim.kinds[0]
    about = getattr(claim, kind)
    here = (*path, kind)
    if kind in ("count", "status", "elapsed", "dated"):
        instruments = words.rulebook.instruments
        words.known(about.instrument, instruments, (*here, "instrument"), "TC452", "instrument")
        if (
            kind in ("count", "status")
            and about.instrument in instruments
            and about.instrument not in words.rulebook.registers
        ):
            words.problem(
                (*here, "instrument"),
                "TC452",
                f"`{about.instrument}` has no register of States",
                f"use one of {listed(words.rulebook.registers)}",
            )
    if kind == "status":
        words.state(about.state, (*here, "state"))
    for name in ("on", "stated") if kind == "dated" else ("on",):
        if (written := getattr(about, name, None)) is not None:
            _date(written, (*here, name), words)
    if kind == "conflict":
        for index, one in enumerate(about.dates):
            _date(one, (*here, "dates", index), words)
    numbers = {
        "count": lambda: {("stated",): about.stated},
        "elapsed": lambda: {("years",): about.years},
        "sum": lambda: {("total",): about.total} | {("parts", index): part for index, part in enumerate(about.parts)},
    }
    for at, number in numbers.get(kind, dict)().items():
        if not number.replace(",", "").isdecimal():
            words.problem(
                (*here, *at), "TC453", f"`{number}` is not a whole number", "write digits, as `3,166` or `3166`"
            )


def _date(written: str, path: TreePath, words: Words) -> None:
    try:
        dates.parse(written)
    except dates.DateError as error:
        words.problem(path, "TC448", error.message, error.help)
