"""The schemas of what was looked at besides the findings: events, sources, status of States, and what was silent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from treatycheck.report.schemas.parts import Schema, day, keys, number, or_null, ref, several, text, texts, truth, word
from treatycheck.report.schemas.shared import INTERESTS, OUTCOMES

_EARLIEST: Final = or_null(day("The day."), "The first possible day; null where it is open.")
_LATEST: Final = or_null(day("The day."), "The last possible day; null where it is open.")

MATERIAL: Final[Mapping[str, Schema]] = {
    "counts_once": keys(
        "As `counts`, without the findings that another on the same incident is counted for (`counted_in`).",
        {outcome: number(f"How many are {outcome}.") for outcome in OUTCOMES if outcome != "no_finding"},
    ),
    "period": or_null(
        keys(
            "The days that the dates of the events allow, those of fused events left out.",
            {
                "earliest": _EARLIEST,
                "latest": _LATEST,
                "events": number("How many events there are."),
                "exact": number("Of how many of them the first and the last day are known."),
                "open_start": texts("Ids of events of which no first day is known."),
                "open_end": texts("Ids of events of which no last day is known."),
                "undated": texts("Ids of events without any date."),
            },
        ),
        "The reporting period.",
    ),
    "events": several(
        "All events, with a finding or without.",
        keys(
            "An event.",
            {
                "id": text("Id of the event."),
                "title": text("Its title."),
                "document": text("File of its document."),
                "act": text("The act, in words."),
                "modality": text("How the source speaks of it, in words."),
                "date": keys(
                    "Its date, in words.",
                    {"stated": text("As stated."), "read_as": text("As rules are applied on it.")},
                ),
                "earliest": _EARLIEST,
                "latest": _LATEST,
                "exact": truth("Whether its first and last day are known."),
                "sources": several(
                    "Its source, then those of other accounts.",
                    keys(
                        "A source.",
                        {
                            "asserter": text("Who asserts it."),
                            "interest": word("What the asserter has at stake; empty for accounts.", (*INTERESTS, "")),
                            "chain": texts("Who relays it, in order."),
                        },
                    ),
                ),
                "draws_on": texts("Of a fused event, the ids of those it was made from."),
                "unengaged": word(
                    "Why no rule gives a finding: none on the act, nobody takes part, none on the roles, or what rules "
                    "ask beforehand is not so; empty where one does.",
                    ("", "act", "nobody", "role", "before"),
                ),
                "roles": texts("The roles that rules on the act are on, in words."),
                "taking_part": texts("The roles of those who take part, in words."),
            },
        ),
    ),
    "shared_sources": several(
        "Sources that occur in more than one document: these documents do not corroborate one another through them.",
        keys(
            "A source.",
            {
                "name": text("Its name."),
                "documents": texts("Files of the documents."),
                "events": texts("Ids of the events."),
            },
        ),
    ),
    "status_table": several(
        "What the registers say of each State that bears a finding or was asked for.",
        keys(
            "A row of a register.",
            {
                "instrument": text("Id of the instrument."),
                "code": text("Code of the State."),
                "state": text("Its name."),
                "acts": texts("Dated acts in words, the oldest first."),
                "status": text("What it did, in words, where there is no dated act; else empty."),
                "register": ref("register"),
            },
        ),
    ),
    "asked": several(
        "How often the rules of each instrument were asked: each of each bearer of each event.",
        keys(
            "An instrument.",
            {
                "instrument": text("Its id."),
                "rules": number("How many rules it has in force."),
                "silent": texts("Ids of the rules that gave no finding at all."),
                "asked": number("How often they were asked."),
                "no_finding": number("How often the answer was none."),
            },
        ),
    ),
    "unasked": several(
        "By event and bearer, rules on the act and the role that ask something beforehand which is not so.",
        keys(
            "A bearer of an event.",
            {
                "event": text("Id of the event."),
                "document": text("File of its document."),
                "bearer": text("The bearer, in words."),
                "rules": texts("Ids of the rules."),
            },
        ),
    ),
    "unfused": texts("Files with fused accounts that lie beside the events and were not used."),
    "warnings": texts("What in the input may be meant otherwise, with what to do."),
}
"""The keys of a report on its material."""
