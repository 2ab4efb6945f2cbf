"""Checks the sentences of a rulebook: that none is missing, and that every word in braces can be filled in.

What a sentence says is not its business; nothing is formatted here.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from treatycheck.errors import did_you_mean, listed
from treatycheck.rulebook.model import FindingText, Wording

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC417": "the wording has no words for something the report may have to say",
        "TC428": "the braces in a sentence cannot be filled in",
    }
)

Fault = tuple[tuple[str, ...], str, str, str]
"""Where below the file or entry, the code, the message and the help line."""

OWN_PLACEHOLDERS: Final = ("bearer", "act", "objects", "date", "place", "due", "citation")
"""What the statement of a rule may take from an event, besides the roles of the vocabulary."""

SENTENCE_PLACEHOLDERS: Final = ("statement", "reason", "missing", "citation", "due")
REASON_PLACEHOLDERS: Final = ("bearer", "state", "standing", "exception")
REPORT_PLACEHOLDERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "not_bound": ("state",),
        "branches": ("state", "through", "paragraphs"),
        "branches_alone": ("state", "through"),
        "attributed": ("state", "through"),
        "account": ("source", "strength", "says"),
        "account_in_brief": ("source", "says"),
        "which_account": ("accounts",),
    }
)

_DIFFERING: Final = (
    *("document_new", "document_gone", "document", "events"),
    *("position", "as_of", "rulebook", "program", "unknown"),
)

WORDED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "outcomes": (
            *("established", "reasonable_grounds", "credible_concern", "concern", "met_late", "anticipated"),
            *("undetermined", "pending", "met", "not_applicable", "no_finding"),
        ),
        "reasons": (
            *("actor_not_addressee", "actor_not_bound", "not_yet_in_force", "ceased", "suspended"),
            *("object_out_of_scope", "act_out_of_scope", "place_out_of_scope", "exception_applies"),
        ),
        "strengths": ("S0", "S1", "S2", "S3", "S4"),
        "disputes": ("none", "denied", "contradicted", "retracted"),
        "confidences": ("settled", "majority", "contested", "open"),
        "severities": ("core", "deadline", "reporting", "question"),
        "gates": ("addressee", "bound", "place", "object", "conduct", "deadline"),
    }
)
"""What each part of the wording must have words for."""

WORDED_APART: Final[Mapping[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]]] = MappingProxyType(
    {
        ("since", "marks"): (("new", "changed", "some"), ()),
        ("since", "reasons"): (_DIFFERING, ("of", "before", "after")),
        ("since", "in_brief"): (_DIFFERING, ("of",)),
        ("waivers", "states"): (("stands", "expired", "graver", "stale"), ("expires", "outcome", "now", "day")),
    }
)
"""The same of parts within parts: what there must be words for, and what may be filled in."""

WORDED_ALONE: Final[Mapping[tuple[str, str], tuple[str, ...]]] = MappingProxyType(
    {
        ("report", "outside_document"): ("source",),
        ("report", "hedged"): ("hedges",),
        ("since", "made"): ("program", "rulebook", "day"),
        ("since", "numbers"): ("new", "gone", "changed", "unchanged"),
        ("waivers", "sentence"): ("reason", "role", "day", "outcome", "expires"),
    }
)
"""Sentences within parts, with what may be filled in."""


def statement_faults(text: FindingText, roles: Collection[str]) -> Iterator[Fault]:
    """What cannot be filled in in the sentences of a rule."""
    for name, sentence in (("statement", text.statement), ("foreseen", text.foreseen)):
        for fault in brace_faults(sentence, (*OWN_PLACEHOLDERS, *roles), f"`{name}`"):
            yield ("finding", name), *fault


def wording_faults(wording: Wording) -> Iterator[Fault]:
    """What the wording lacks, and what cannot be filled in in its sentences."""
    for part, names in WORDED.items():
        for name in names:
            if name not in getattr(wording, part):
                message = f"`{part}` has no words for `{name}`"
                yield (part,), "TC417", message, f"add `{name}:`; what is not worded cannot be reported"
    for name, outcome in wording.outcomes.items():
        for fault in brace_faults(outcome.sentence, SENTENCE_PLACEHOLDERS, f"the sentence of `{name}`"):
            yield ("outcomes", name, "sentence"), *fault
    for name, reason in wording.reasons.items():
        for fault in brace_faults(reason, REASON_PLACEHOLDERS, f"the reason `{name}`"):
            yield ("reasons", name), *fault
    yield from _faults_within(wording)
    for name, allowed in REPORT_PLACEHOLDERS.items():
        for fault in brace_faults(getattr(wording.report, name), allowed, f"`{name}`"):
            yield ("report", name), *fault


def _faults_within(wording: Wording) -> Iterator[Fault]:
    """The same of the parts that have parts of their own."""
    for (part, name), (needed, allowed) in WORDED_APART.items():
        words = getattr(getattr(wording, part), name)
        for one in needed:
            if one not in words:
                message = f"`{name}` has no words for `{one}`"
                yield (part, name), "TC417", message, f"add `{one}:`; what is not worded cannot be reported"
        # What is never filled in may hold what it likes.
        for one, sentence in words.items() if allowed else ():
            for fault in brace_faults(sentence, allowed, f"`{one}`"):
                yield (part, name, one), *fault
    for (part, name), allowed in WORDED_ALONE.items():
        for fault in brace_faults(getattr(getattr(wording, part), name), allowed, f"`{name}`"):
            yield (part, name), *fault


def brace_faults(sentence: str, allowed: Collection[str], called: str) -> Iterator[tuple[str, str, str]]:
    """Code, message and help line for everything in braces that is not one of the words allowed."""
    try:
        parts = list(string.Formatter().parse(sentence))
    except ValueError:
        yield (
            "TC428",
            f"the braces in {called} do not match",
            f"write both braces, for example `{{{next(iter(allowed))}}}`",
        )
        return
    for _, name, form, conversion in parts:
        if name is None:
            continue
        if name not in allowed:
            remedy = did_you_mean(name, allowed) or f"use {listed(allowed, limit=20)}"
            yield "TC428", f"unknown word `{{{name}}}` in {called}", remedy
        elif form or conversion:
            yield "TC428", f"`{{{name}}}` in {called} has signs after the word", f"write `{{{name}}}` and nothing else"
