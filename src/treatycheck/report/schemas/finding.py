"""The schema of a finding, the noun that all contracts are about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from treatycheck.report.schemas.parts import Schema, keys, or_null, ref, several, text, texts, word
from treatycheck.report.schemas.shared import CONFIDENCES, DISPUTES, INTERESTS
from treatycheck.rulebook.model import RuleStatus

_SEVERITIES: Final = ("core", "deadline", "reporting", "question")

FINDING: Final[Schema] = keys(
    "One rule, one bearer, one event: the outcome and everything it rests on.",
    {
        "id": ref("id"),
        "rule": text("Id of the rule."),
        "rule_note": text("What has to be known of the rule; may be empty."),
        "rule_status": word("Whether the rule was reviewed.", get_args(RuleStatus)),
        "remarks": texts("What the analyst noted on the event."),
        "title": text("What the rule is about."),
        "instrument": text("Id of the instrument."),
        "provision": text("The provision, as the rulebook names it."),
        "event": text("Id of the event."),
        "event_title": text("What the event is."),
        "event_date": keys(
            "When the event was.",
            {"stated": text("As the document has it, in words."), "read_as": text("As it was read, in words.")},
        ),
        "document": text("File of the document."),
        "bearer": ref("bearer"),
        "outcome": ref("outcome"),
        "reason": text("Why the rule does not apply, as one word; empty for every other outcome."),
        "grounds": text("The same in words; empty for every other outcome."),
        "message": text("The finding in one sentence, never worded above its grade."),
        "missing": several(
            "What would settle an undetermined finding.",
            keys(
                "A fact that is not known.",
                {
                    "fact": text("Name of the fact."),
                    "question": text("What is asked."),
                    "about": text("What it is asked about, such as one of several objects; may be empty."),
                    "known": text("What is said of it, but too weakly to count; may be empty."),
                },
            ),
        ),
        "strength": ref("strength", "That of the weakest element; empty where no grade is given."),
        "weakest": texts("The elements that limit the outcome, by name."),
        "dispute": word("Whether the facts are disputed.", DISPUTES),
        "dispute_by": text("Who disputes them; may be empty."),
        "dispute_according_to": text("The source outside the document that says so; empty where the document does."),
        "severity": word("What kind of duty the rule is about.", _SEVERITIES),
        "confidence": word("How settled the law is on which the outcome rests.", CONFIDENCES),
        "positions": several("The contested points of law on which the outcome depends.", ref("position")),
        "contested": texts("What is contested of the law besides these points, in sentences."),
        "assumed_not": texts("The exceptions taken not to apply as nothing suggests them, by name."),
        "status": text("The status of the bearer under the instrument, in words; empty if no register speaks of it."),
        "due": ref("due"),
        "modality": text("Whether the event occurred, was announced and so on, a word of the vocabulary."),
        "source": keys(
            "Where the facts come from.",
            {
                "asserter": text("Who states them."),
                "chain": texts("Who relays them, in order."),
                "interest": word("What the asserter has at stake.", INTERESTS),
            },
        ),
        "elements": several(
            "The gates and exceptions of the rule.",
            keys(
                "A gate or an exception.",
                {
                    "name": text("Its name."),
                    "label": text("Its name in words."),
                    "truth": ref("truth"),
                    "strength": ref("strength"),
                    "detail": text("What it rests on, in words."),
                    "quotes": texts("The quotes it rests on, by name."),
                    "registers": several("The register rows it rests on.", ref("register")),
                },
            ),
        ),
        "citations": keys(
            "What the finding cites.",
            {
                "provision": text("The provision in prose."),
                "quotes": several("The words of documents.", ref("quote")),
                "dispute_quotes": several("The words in which the facts are disputed.", ref("quote")),
                "registers": several("The rows of registers.", ref("register")),
            },
        ),
        "accounts": several(
            "What each source says, where sources contradict one another.",
            keys(
                "What one source says.",
                {
                    "according_to": text("The source."),
                    "says": text("What it says, in words."),
                    "strength": ref("strength"),
                    "quotes": several("The words of documents.", ref("quote")),
                },
            ),
        ),
        "proof": several("The steps that decided, one for each element that did.", ref("step")),
        "insight": or_null(ref("insight"), "How far the outcome carries; null where that was not looked for."),
        "counted_in": text("Id of the finding on the same incident that is counted for this one as well; else empty."),
        "waiver": or_null(ref("waiver"), "The entry by which an analyst set the finding aside; null if none stands."),
    },
)

ALONE: Final[Mapping[str, Schema]] = {
    "id": ref("id"),
    "rule": text("Id of the rule."),
    "citation": text("The provision in prose."),
    "title": text("What the rule is about."),
    "event": text("Id of the event."),
    "document": text("File of the document."),
    "bearer": ref("bearer"),
}
"""What tells a finding from others, where it is not told in full."""

CONCLUDED: Final[Mapping[str, Schema]] = {
    "outcome": ref("outcome"),
    "reason": text("Why the rule does not apply, as one word; empty for every other outcome."),
    "strength": ref("strength"),
    "due": ref("due"),
}
"""What a finding came to."""
