"""What several contracts describe alike: the nouns around a finding, from the receipt to a step of a proof.

The words that a value may be are taken from where the program defines them; a vocabulary may add kinds of actors, acts
and modalities, so these are any text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from treatycheck.casefile.closed import DisputeStatus, Interest
from treatycheck.engine.outcomes import Outcome
from treatycheck.report.schemas.parts import (
    Schema,
    by_name,
    day,
    form,
    keys,
    number,
    or_null,
    ref,
    several,
    sha256,
    text,
    texts,
    truth,
    word,
)
from treatycheck.rulebook.model import Confidence
from treatycheck.truth import Strength, Truth

OUTCOMES: Final = (*map(str, Outcome),)
STRENGTHS: Final = ("", *map(str, Strength))
CONFIDENCES: Final = get_args(Confidence)
DISPUTES: Final = get_args(DisputeStatus)
INTERESTS: Final = get_args(Interest)
TRUTHS: Final = (*map(str, Truth),)

SHARED: Final[Mapping[str, Schema]] = {
    "id": form("Id of a finding: the same as long as rule, bearer and event are.", "^[0-9a-f]{12}$"),
    "outcome": word("What is said of one rule, one bearer and one event.", OUTCOMES),
    "strength": word("How well something is supported, S0 to S4; empty where nothing is known.", STRENGTHS),
    "truth": word("Whether something is so; unknown is no answer.", TRUTHS),
    "due": or_null(day("The day."), "The last day of a dated duty; null where there is none."),
    "bearer": keys(
        "Who bears the norm.",
        {
            "code": text("ISO 3166-1 alpha-3 code of the State, or that in the registers; empty for what is no State."),
            "name": text("The name."),
            "kind": text("The kind of actor, a word of the vocabulary."),
            "through": text("The actor whose conduct might be attributed to the bearer; empty if there is none."),
            "through_kind": text("The kind of that actor; empty if there is none."),
        },
    ),
    "quote": keys(
        "Words of a document, found there.",
        {
            "document": text("File of the document."),
            "name": text("The name that the events file gives the quote; with its document before a colon if fused."),
            "start": number("Where it begins: Unicode code points from the beginning of the file, from 0."),
            "end": number("Where it ends, exclusive."),
            "line": number("The line on which it begins, from 1.", 1),
            "text": text("The words as they stand in the document."),
        },
    ),
    "register": keys(
        "A row of a register.",
        {
            "register": text("File of the register, in the folder of the rulebook."),
            "row": number("Line of that file, from 1."),
            "key": text("What the row is about, such as the code of a State."),
            "source": text("Where the row is taken from."),
            "verified": text("Whether it was read there: yes, partly or no; supposed where a run supposes it."),
        },
    ),
    "position": keys(
        "A contested point of law with the reading in force.",
        {
            "id": text("Name of the position."),
            "reference": text("Its number in the literature or the rulebook; empty if it has none."),
            "chosen": text("The reading in force."),
            "summary": text("What that reading says."),
            "confidence": word("How widely that reading is held; empty if it is not known.", ("", *CONFIDENCES)),
        },
    ),
    "receipt": keys(
        "What produced a result.",
        {
            "program": text("Name and version of the program."),
            "rulebook": text("Name of the rulebook."),
            "rulebook_version": text("Version of the rulebook."),
            "rulebook_sha256": sha256("SHA-256 over all files of the rulebook."),
            "as_of": day("The day up to which the registers are believed."),
            "positions": by_name("The reading in force of every contested point, by name.", {"type": "string"}),
            "engines": several("The engines that decided; where there are two, they agreed.", text("An engine.")),
            "notice": text("Why only one engine decided; empty if both did."),
        },
    ),
    "counts": keys(
        "How many findings have each outcome; no_finding counts pairs of rule and bearer that no event engages.",
        {outcome: number(f"How many are {outcome}.") for outcome in OUTCOMES},
    ),
    "procedure": keys(
        "Where a procedure stands by an event; a state of affairs, never a breach.",
        {
            "id": text("Id of the procedure."),
            "title": text("What it is."),
            "provision": text("The provision, as the rulebook names it."),
            "citation": text("The provision in prose."),
            "event": text("Id of the event."),
            "document": text("File of the document."),
            "subject": text("Whom or what it concerns."),
            "state": text("The stage that was reached; empty if none can be told."),
            "label": text("That stage in words; empty if none can be told."),
            "strength": ref("strength"),
            "quotes": several("The words it rests on.", ref("quote")),
        },
    ),
    "answer": keys(
        "A fact with the answers to it that would do.",
        {
            "fact": text("Name of the fact."),
            "question": text("What is asked."),
            "about": text("What it is asked about, such as one of several objects; may be empty."),
            "answer": text("The answers that would do, in words."),
        },
    ),
    "step": keys(
        "A step of a proof, with those that decided it.",
        {
            "kind": word(
                "What was asked.", ("term", "all", "any", "not", "object", "fact", "status", "date", "deadline")
            ),
            "label": text("What was asked, in words."),
            "truth": ref("truth"),
            "strength": ref("strength"),
            "provision": text("The provision that defines it, as the rulebook names it."),
            "values": texts("What is known, in words."),
            "quotes": texts("The quotes it rests on, by name."),
            "registers": several("The register rows it rests on.", ref("register")),
            "note": text("What else bears on the answer, such as the reason a register gave."),
            "at_most": ref("strength", "The strength to which this step limits what rests on it."),
            "position": text("The contested point of law whose reading in force decides this step, by name."),
            "decided": {"const": False, "description": "There, and false, for a step that did not decide."},
            "children": several("The steps below.", ref("step")),
        },
        optional=("provision", "values", "quotes", "registers", "note", "at_most", "position", "decided", "children"),
    ),
    "route": keys(
        "Facts that would bring about one of some outcomes.",
        {
            "outcomes": several("The outcomes.", ref("outcome")),
            "all_of": several(
                "What is needed, all of it.",
                keys(
                    "Sets of facts, of which one is needed.",
                    {"any_of": several("The sets.", several("Facts that do it together.", ref("answer")))},
                ),
            ),
        },
    ),
    "dormant": keys(
        "A rule that gives no finding as things are.",
        {
            "id": ref("id"),
            "rule": text("Id of the rule."),
            "title": text("What the rule is about."),
            "citation": text("The provision in prose."),
            "event": text("Id of the event."),
            "document": text("File of the document."),
            "bearer": ref("bearer"),
            "hinges": several("What would change that.", ref("hinge"), least=1),
        },
    ),
    "hinge": keys(
        "What would change the outcome.",
        {
            "kind": word(
                "What would be otherwise: an account, a date, a dispute that falls, or only a reading of the law.",
                ("account", "date", "dispute", "position"),
            ),
            "when": text("Which account or which dates; empty for readings and disputes."),
            "days": text("Which days of an account, if not all; else empty."),
            "positions": by_name("The readings that would have to be taken, by name.", {"type": "string"}),
            "outcome": ref("outcome"),
            "gates": texts("The gates through which the outcome changes, by name."),
        },
    ),
    "firmer": keys(
        "What would raise the outcome by one step.",
        {
            "outcome": ref("outcome", "The outcome it would be raised to."),
            "step": ref("strength", "The strength that is needed; empty where none would do."),
            "needs": several(
                "What has to be that strong.",
                keys(
                    "One thing.",
                    {
                        "element": text("The gate or exception it belongs to, by name."),
                        "what": text("What it is, in words."),
                        "strength": ref("strength", "Its strength so far."),
                    },
                ),
            ),
            "capped": word(
                "What stands in the way where no evidence raises it; else empty.",
                ("", "law", "dispute", "reading", "exception", "degree", "contested", "contested_and_degree"),
            ),
        },
    ),
    "insight": keys(
        "How far an outcome carries.",
        {
            "settled_by": several("What would settle a finding that is undetermined.", ref("route")),
            "settled_fully": truth("Whether all such facts were looked for to the end."),
            "barred": truth("Whether the event is retracted, so that no answer decides anything."),
            "past": several("What would let what does not apply past the gate that stopped it.", ref("route")),
            "hinges": several("What would change the outcome.", ref("hinge")),
            "hinges_fully": truth("Whether hinges were looked for to the end."),
            "robust": truth("Whether no hinge was found."),
            "firmer": or_null(ref("firmer"), "What would raise a flagged outcome; null for others."),
        },
    ),
    "waiver": keys(
        "An entry of a file of findings that an analyst set aside.",
        {
            "finding": ref("id"),
            "rule": text("Id of the rule."),
            "event": text("Id of the event."),
            "bearer": text("The bearer."),
            "reason": text("Why it was set aside."),
            "author_role": text("In which role somebody set it aside."),
            "set_aside": day("The day on which it was set aside."),
            "expires": day("The day until which that holds."),
            "outcome": ref("outcome", "The outcome at which it was set aside."),
            "state": word(
                "What it comes to in this run; only one that stands counts.", ("stands", "expired", "graver", "stale")
            ),
            "file": text("The file in which it is written."),
            "line": number("The line of that file, from 1.", 1),
        },
    ),
}
"""The definitions by the names by which others refer to them."""
