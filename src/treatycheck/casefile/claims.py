"""Checks how claims are written: one kind of check each, with instruments, States, dates and numbers that exist.

Whether a claim is right is decided in `treatycheck.claims`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from treatycheck import dates
from treatycheck.casefile.model import CLAIM_KINDS, Claim
from treatycheck.casefile.words import TreePath, Words
from treatycheck.errors import listed

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC450": "a claim has not exactly one kind of check",
        "TC451": "a claim is judged without saying what is right and where it stands",
        "TC452": "a claim is about an instrument that cannot answer it",
        "TC453": "a number in a claim cannot be read",
        "TC454": "a claim says too little for its check, or more than is used",
        "TC459": "a claim has no id, or that of another",
    }
)

# More digits than any count has; far fewer than an integer may be read from.
MOST_DIGITS: Final = 30
_OF_INSTRUMENTS: Final = ("count", "status", "elapsed", "dated")
_OF_REGISTERS: Final = ("count", "status")
# For these the analyst names where the right answer stands; `conflict` may.
_WITH_AUTHORITY: Final = ("equal", "conflict", "judged")


def check_claim(claim: Claim, path: TreePath, words: Words) -> None:
    """Report every mistake in a claim."""
    if not claim.quotes:
        words.problem(
            (*path, "quotes"),
            "TC443",
            f"claim `{claim.id}` has no quote",
            "name at least one quote of the document that makes the statement",
        )
    if len(claim.kinds) != 1:
        found = listed(claim.kinds) if claim.kinds else "none"
        words.problem(
            path,
            "TC450",
            f"claim `{claim.id}` needs exactly one kind of check, found {found}",
            f"give one of {listed(CLAIM_KINDS)}",
        )
        return
    kind = claim.kinds[0]
    here = (*path, kind)
    _correction(claim, kind, path, words)
    about = getattr(claim, kind)
    if kind in _OF_INSTRUMENTS:
        _instrument(about.instrument, kind, here, words)
    if claim.status is not None:
        words.state(claim.status.state, (*here, "state"))
    for at, written in _dates(claim).items():
        _date(written, (*here, *at), words)
    for at, number in _numbers(claim).items():
        _number(number, (*here, *at), words)
    for name, several in _several(claim).items():
        if len(several) <= 1:
            words.problem(
                (*here, name),
                "TC454",
                f"claim `{claim.id}` gives fewer than two {name}",
                f"give every one of the {name} that the document states",
            )


def check_id(claim: Claim, path: TreePath, words: Words, known: dict[str, str]) -> None:
    """Report a claim without an id of its own; `known` are the claims of the run so far, with their places."""
    here = (*path, "id")
    if not claim.id:
        words.problem(here, "TC459", "a claim has an empty id", "give it an id of its own")
    elif claim.id in known:
        words.problem(
            here,
            "TC459",
            f"claim `{claim.id}` exists already",
            f"the first one is at {known[claim.id]}; give this one another id",
        )
    known.setdefault(claim.id, f"{words.source.file}:{words.source.at(here).line}")


def _number(written: str, path: TreePath, words: Words) -> None:
    digits = written.replace(",", "")
    if len(digits) > MOST_DIGITS:
        words.problem(
            path,
            "TC453",
            f"`{written[:MOST_DIGITS]}…` is too long for a number",
            f"write the number as the document states it, with at most {MOST_DIGITS} digits",
        )
    elif not digits.isdecimal():
        words.problem(path, "TC453", f"`{written}` is not a whole number", "write digits, as `3,166` or `3166`")


def _correction(claim: Claim, kind: str, path: TreePath, words: Words) -> None:
    """Check that a judgement is complete, and that a computed claim brings no answer of its own."""
    if kind == "judged" and not (claim.correction and claim.authority):
        words.problem(
            path,
            "TC451",
            f"claim `{claim.id}` is judged without a correction and an authority",
            "say what is right in `correction` and where it stands in `authority`",
        )
    if kind == "equal" and not claim.authority:
        words.problem(
            path,
            "TC451",
            f"claim `{claim.id}` is held against a value without an authority",
            "say in `authority` where the value on record stands",
        )
    for name in ("correction", "authority"):
        used = kind == "judged" or (name == "authority" and kind in _WITH_AUTHORITY)
        if getattr(claim, name) and not used:
            words.problem(
                (*path, name),
                "TC454",
                f"claim `{claim.id}` is computed, so its `{name}` would not be used",
                "remove it; what is to be said besides goes into `note`",
            )


def _instrument(name: str, kind: str, here: TreePath, words: Words) -> None:
    instruments, registers = words.rulebook.instruments, words.rulebook.registers
    words.known(name, instruments, (*here, "instrument"), "TC452", "instrument")
    if kind in _OF_REGISTERS and name in instruments and name not in registers:
        words.problem(
            (*here, "instrument"),
            "TC452",
            f"`{name}` has no register of States",
            f"use one of {listed(registers)}",
        )


def _dates(claim: Claim) -> Mapping[TreePath, str]:
    for about in (claim.count, claim.status, claim.elapsed):
        if about is not None:
            return {("on",): about.on}
    if claim.dated is not None:
        return {("stated",): claim.dated.stated}
    if claim.conflict is not None:
        return {("dates", index): one for index, one in enumerate(claim.conflict.dates)}
    return {}


def _numbers(claim: Claim) -> Mapping[TreePath, str]:
    if claim.count is not None:
        return {("stated",): claim.count.stated}
    if claim.elapsed is not None:
        return {("years",): claim.elapsed.years}
    if claim.sum is not None:
        return {("total",): claim.sum.total} | {("parts", index): part for index, part in enumerate(claim.sum.parts)}
    return {}


def _several(claim: Claim) -> Mapping[str, tuple[str, ...]]:
    if claim.sum is not None:
        return {"parts": claim.sum.parts}
    return {} if claim.conflict is None else {"dates": claim.conflict.dates}


def _date(written: str, path: TreePath, words: Words) -> None:
    try:
        dates.parse(written)
    except dates.DateError as error:
        words.problem(path, "TC448", error.message, error.help)
