"""What to ask: the question that an open leaf puts to whoever has to find out, in the words of the vocabulary.

Words only; which facts are open and what would settle them is found elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from treatycheck import dates
from treatycheck.consensus import ACCOUNTS_DIFFER
from treatycheck.engine.outcomes import DECISIVE, Gate
from treatycheck.engine.program import LeafRef, StandingTest
from treatycheck.explain.accounts import which_account
from treatycheck.explain.keys import told_by_register
from treatycheck.explain.proof import Evidence
from treatycheck.explain.trace import Step
from treatycheck.facts import BearerCase, LeafResult
from treatycheck.findings import Missing
from treatycheck.rulebook.conditions import FactTest
from treatycheck.rulebook.model import Rulebook


def missing_facts(
    evidence: Evidence, gates: Iterable[Gate], rests_on: Mapping[str, Sequence[Step]], bearer: BearerCase
) -> Iterator[Missing]:
    """The questions that the open gates put, leaf by leaf."""
    for gate in gates:
        if gate.verdict == 0 and gate.unit.scope == "event" and evidence.verdicts.event[gate.unit.index] != 0:
            # The law of that time is not read, whatever is known of the event.
            yield Missing(
                "date", f"What binds {bearer_name(evidence.rulebook, bearer)} after the last day of the registers?"
            )
            continue
        leaves = [
            (step, *evidence.leaf(step.ref, step.number))
            for step in rests_on[gate.name]
            if isinstance(step.ref, LeafRef)
        ]
        # What is well supported is not what keeps the gate open.
        weak = [leaf for leaf in leaves if abs(leaf[2].verdict) < DECISIVE] or leaves
        # Nor is what a register tells, as long as anything else is open.
        asked = [leaf for leaf in weak if not told_by_register(evidence, leaf[1], leaf[2], leaf[0].number)]
        for step, test, result in asked or weak:
            about = evidence.event.objects[step.number].described if step.number is not None else ""
            known = ", ".join(
                f"{value.value.replace('_', ' ')} only {evidence.rulebook.wording.strengths[f'S{value.strength}']}"
                for value in result.values
                if value.strength <= 1
            )
            if result.reason == ACCOUNTS_DIFFER:
                yield Missing("accounts", which_account(evidence.rulebook, evidence.dossier, evidence.event))
            elif isinstance(test, FactTest):
                fact = evidence.rulebook.vocabulary.fact(test.fact)
                yield Missing(test.fact, fact.question if fact is not None else test.fact, about, known)
            elif isinstance(test, StandingTest):
                turns_on = "place.country" if _turns_on_place(test, result) else "date"
                yield Missing(turns_on, status_question(evidence, test, result, bearer))
            else:
                yield Missing("date", "On which day was that?", known=dates.describe(evidence.event.date.when))
        if not leaves and gate.unit.scope == "object":
            yield Missing("object", "Which objects were they?")


def _turns_on_place(test: StandingTest, result: LeafResult) -> bool:
    """Whether the status is known, and what is weak is that it happened in that State."""
    return test.of == "place" and result.verdict != 0 and result.standing is not None and not result.standing.changes


def whose(evidence: Evidence, of: str, bearer: BearerCase) -> str:
    """Whom a question of status is about: the bearer, the State of the place, or whoever has a role."""
    place, roles = evidence.event.place, evidence.rulebook.vocabulary.roles
    if of == "bearer":
        # The status of an organ is that of its State.
        organ = bearer.code and bearer.kind != "state"
        return evidence.rulebook.states.name(bearer.code) if organ else bearer.name
    if of == "place" and place is not None and place.country:
        return evidence.rulebook.states.name(place.country)
    return roles[of].label if of in roles else of


def status_question(evidence: Evidence, test: StandingTest, result: LeafResult, bearer: BearerCase) -> str:
    """The question that settles a question of status, by why it is open."""
    name = whose(evidence, test.of, bearer)
    short = evidence.rulebook.instruments[test.instrument].short_title
    if _turns_on_place(test, result):
        return f"Did it happen in {name}, and who says so?"
    when = evidence.event.date.when
    day = "On which day did it happen, and who says so?"
    asked = {
        "date_straddles": f"On which day did it happen, as the status of {name} under the {short} changed meanwhile?",
        "date_not_certain_in_register": f"On which day did the status of {name} under the {short} change?",
        "after_register": f"What is the status of {name} under the {short} after the last day of the register?",
        "unlisted": f"What is the status of {name} under the {short}?",
        "supposed": f"What is the status of {name} under the {short}?",
    }
    if result.reason == "date_straddles" and when.earliest is None and when.latest is None:
        return day
    # The register has an answer, and it turns on a date that nobody vouches for.
    unsupported = (
        day if result.standing is not None else f"Which State is it, and what is its status under the {short}?"
    )
    return asked.get(result.reason, unsupported)


def bearer_name(rulebook: Rulebook, bearer: BearerCase) -> str:
    """The actor's name; of an organ, with its State."""
    if bearer.link == "organ" or bearer.kind == "state_organ":
        return f"{bearer.name} ({rulebook.states.name(bearer.code)})"
    return bearer.name
