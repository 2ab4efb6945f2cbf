"""Two findings on one rule, bearer and event: whether they came out alike, and the gates that were decided otherwise.

Works on what two checks have found, whenever each of them was run; it decides nothing.
"""

from __future__ import annotations

from typing import Final

from treatycheck.findings import Finding, Gate

NOT_APPLICABLE: Final = "not_applicable"


def came_out(finding: Finding) -> tuple[object, ...]:
    """How a finding came out; an undetermined one for which other questions are left has come nearer to an answer."""
    return *concluded(finding), frozenset(finding.missing)


def concluded(finding: Finding) -> tuple[object, ...]:
    """What a finding concludes, whatever is still asked."""
    return finding.outcome, finding.reason, finding.strength, finding.due


def gates_moved(before: Finding, after: Finding) -> tuple[Gate, ...]:
    """The gates whose answer changed; if none did, those whose strength changed, or that are no longer assumed."""
    later = {element.name: element for element in after.elements}
    gates = [Gate(element, later[element.name]) for element in before.elements if element.name in later]
    # Where a rule does not apply, nothing is assumed of its exceptions.
    told = all(finding.outcome != NOT_APPLICABLE for finding in (before, after))
    assumed = set(before.assumed_not) ^ set(after.assumed_not) if told else set()
    return (
        tuple(gate for gate in gates if gate.before.truth != gate.after.truth)
        or tuple(gate for gate in gates if gate.before.strength != gate.after.strength)
        or tuple(gate for gate in gates if gate.before.name in assumed)
    )
