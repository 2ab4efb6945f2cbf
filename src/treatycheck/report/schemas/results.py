"""The schemas of whole results: the report of a check, explanations, and what would follow under suppositions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from treatycheck.explanations import ENGAGING
from treatycheck.report import explanation, json
from treatycheck.report import whatif as compared
from treatycheck.report.schemas.finding import ALONE, CONCLUDED, FINDING
from treatycheck.report.schemas.material import MATERIAL
from treatycheck.report.schemas.parts import (
    Schema,
    by_name,
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
from treatycheck.report.schemas.shared import SHARED

_VERDICTS: Final = ("confirmed", "wrong", "misleading", "unverifiable")
_REASONS: Final = (
    *("document_new", "document_gone", "document", "events", "position", "as_of", "rulebook", "program", "unknown"),
)


def report() -> Schema:
    """The report of a check."""
    return keys(
        "The result of a check.",
        {
            "schema": _named(json.SCHEMA),
            "title": text("Title of the report."),
            "standards": texts("How evidence is graded and what the report is not."),
            "receipt": ref("receipt"),
            "instruments": by_name("The instruments by id: full title with citation.", {"type": "string"}),
            "abbreviations": by_name("The instruments by id: short title.", {"type": "string"}),
            "positions": several("All contested points of law with the reading in force.", ref("position")),
            "documents": several("The documents of the run.", ref("document")),
            "unencoded": texts("Files of documents that have no events; they were not checked."),
            "findings": several("The findings, from the gravest to the least.", ref("finding")),
            "procedures": several("Where procedures stand.", ref("procedure")),
            "dormant": several("Rules that give no finding as things are, and would otherwise.", ref("dormant")),
            "claims": several("What documents say about law and numbers, with a verdict.", ref("claim")),
            "counts": ref("counts"),
            "set_aside": number("How many findings an analyst set aside; they are counted in `counts` as well."),
            "waivers": several("All entries of the files of findings that were set aside.", ref("waiver")),
            "baseline": or_null(ref("baseline"), "What differs from an earlier report; null if none was given."),
            **MATERIAL,
        },
    )


def explain() -> Schema:
    """Explanations of findings."""
    return keys(
        "Why outcomes are what they are.",
        {
            "schema": _named(explanation.SCHEMA),
            "receipt": ref("receipt"),
            "nobody": several(
                "Events in which nobody takes part, where a rule was asked for.",
                keys(
                    "An event.", {"event": text("Id of the event."), "roles": texts("Roles that the rule speaks of.")}
                ),
            ),
            "explained": several("The explanations, by event and rule.", ref("explanation")),
            "first": several(
                "What to find out first: facts that settle more findings than others come before them.",
                keys(
                    "Facts of one event.",
                    {
                        "event": text("Id of the event."),
                        "facts": several("The facts, which do it together.", ref("answer")),
                        "settles": several("The findings they settle.", ref("id")),
                        "flags": several("Those of them that some answer makes a flag.", ref("id")),
                        "rules_out": several("Those of them that some answer rules out.", ref("id")),
                    },
                ),
            ),
        },
    )


def whatif() -> Schema:
    """What would follow under suppositions."""
    side = keys("A check.", {"receipt": ref("receipt"), "counts": ref("counts")})
    state = or_null(ref("procedure"), "The state; null where nothing is said of it.")
    return keys(
        "What would follow if something were otherwise.",
        {
            "schema": _named(compared.SCHEMA),
            "suppositions": texts("What is supposed, in words."),
            "before": {**side, "description": "The check of what is given."},
            "after": {**side, "description": "The check of what is supposed."},
            "moved": several("The findings that come out otherwise.", ref("move")),
            "new": several("The findings that there were not before.", ref("finding")),
            "gone": several("The findings that there are no more.", ref("finding")),
            "stay": number("How many findings stay as they are."),
            "procedures": several(
                "The procedures that stand elsewhere.", keys("A procedure.", {"before": state, "after": state})
            ),
        },
    )


def _named(contract: str) -> Schema:
    return {"const": contract, "description": "Name and version of the contract."}


def _decided(description: str) -> Schema:
    return keys(description, {"truth": ref("truth"), "strength": ref("strength")})


def _gate(before: str, after: str) -> Schema:
    return keys(
        "A gate or exception that was decided otherwise.",
        {
            "name": text("Its name."),
            "label": text("Its name in words."),
            before: _decided("How it was decided before."),
            after: _decided("How it was decided after."),
        },
    )


_DIFFERS: Final = several("What differs that may bear on it.", ref("reason"))

DEFINITIONS: Final[Mapping[str, Schema]] = {
    **SHARED,
    "finding": FINDING,
    "document": keys(
        "A document of the run.",
        {
            "file": text("Its file."),
            "sha256": sha256("SHA-256 of its bytes."),
            "events_sha256": sha256("SHA-256 of the bytes of its events file."),
            "title": text("Its title."),
            "publisher": text("Who published it; may be empty."),
            "kind": text("What kind of document it is."),
            "date": text("When it was published, in words."),
            "date_note": text("How a date was resolved that it does not state; may be empty."),
            "note": text("What the analyst noted; may be empty."),
            "events": texts("The ids of its events."),
            "undated": truth("Whether it does not state its date."),
            "fused": texts("Of fused accounts, the files of the documents they are drawn from."),
        },
    ),
    "claim": keys(
        "What a document says about law or numbers.",
        {
            "id": text("Id of the claim."),
            "document": text("File of the document."),
            "says": text("What it says."),
            "verdict": word("What comes of it.", _VERDICTS),
            "correction": text("What is so instead, or what confirms it; may be empty."),
            "authority": text("On what the verdict rests; may be empty."),
            "note": text("What the analyst noted; may be empty."),
            "quotes": several("The words of the document.", ref("quote")),
            "registers": several("The register rows the verdict rests on.", ref("register")),
            "kind": text("How it was checked: count, status, elapsed, dated, sum, equal, conflict or judged."),
            "numbers": truth("Whether it belongs to the check of numbers."),
        },
    ),
    "reason": keys(
        "One thing that differs between two reports.",
        {
            "kind": word("What it is; unknown where nothing differs that the reports record.", _REASONS),
            "of": text("The file of a document or the name of a position; may be empty."),
            "from": text("What the earlier report says; may be empty."),
            "to": text("What this report says; may be empty."),
        },
    ),
    "difference": keys("A finding that only one of two reports has.", {**ALONE, **CONCLUDED, "reasons": _DIFFERS}),
    "change": keys(
        "A finding that came out otherwise than in an earlier report.",
        {
            **ALONE,
            "from": keys("What it came to in the earlier report.", CONCLUDED),
            "to": keys("What it comes to in this one.", CONCLUDED),
            "gates": several("The gates that were decided otherwise.", _gate("from", "to")),
            "reasons": _DIFFERS,
        },
    ),
    "baseline": keys(
        "What differs from an earlier report.",
        {
            "receipt": ref("receipt", "What produced the earlier report."),
            "file": text("The file of the earlier report."),
            "sha256": sha256("SHA-256 of its bytes."),
            "reasons": several("All that differs between the two runs.", ref("reason")),
            "new": several("Findings that the earlier report has not.", ref("difference")),
            "gone": several("Findings that only the earlier report has.", ref("difference")),
            "changed": several("Findings that came out otherwise.", ref("change")),
            "unchanged": number("How many findings came out as before."),
        },
    ),
    "explanation": keys(
        "A finding, or a rule that gave none, with all that decided it.",
        {
            "finding": ref("finding", "The finding; its proof is told by element below."),
            "effect": word(
                "Whether the conduct occurred, is only foreseen, or is denied.", ("actual", "prospective", "negated")
            ),
            "limit": ref("strength", "The strength to which the law of the rule limits a conclusion."),
            "readable": truth("Whether the law of the time is read."),
            "unengaged": several(
                "What of the event is not what the rule speaks of; there is no finding then.",
                word("What it is.", ENGAGING),
            ),
            "exceptions": several(
                "The exceptions of the rule.",
                keys(
                    "An exception.",
                    {
                        "name": text("Its name."),
                        "title": text("Its title."),
                        "invoked": truth("Whether something in the event suggests it."),
                        "at_most": ref("strength", "The strength it leaves where nothing is said of it."),
                    },
                ),
            ),
            "proof": several(
                "Every element with its proof, whether it decided or not.",
                keys(
                    "An element.",
                    {
                        "name": text("Its name."),
                        "truth": ref("truth"),
                        "strength": ref("strength"),
                        "tree": ref("step"),
                    },
                ),
            ),
        },
    ),
    "move": keys(
        "A finding that comes out otherwise.",
        {
            "before": ref("finding", "The finding on what is given."),
            "after": ref("finding", "The finding on what is supposed."),
            "gates": several("The gates that are decided otherwise.", _gate("before", "after")),
        },
    ),
}
"""Everything that a contract may refer to, by name."""
