"""Entries of a file of waivers, as an analyst writes them."""

from __future__ import annotations

from treatycheck.findings import Finding


def entry(of: Finding, **changes: str) -> dict[str, str]:
    """An entry that sets a finding aside."""
    return {
        "finding": of.id,
        "rule": of.rule,
        "event": of.event,
        "bearer": of.bearer.display,
        "outcome": of.outcome,
        "reason": "The document is being asked for.",
        "author_role": "legal analyst",
        "set_aside": "2027-05-05",
        "expires": "2027-11-05",
        **changes,
    }
