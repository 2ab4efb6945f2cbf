"""Citations as phrases: those that differ in their last word alone are joined under the plural of the word before it.

Knows no instrument; the plurals come from the wording of the rulebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def cited(citations: Iterable[str], plurals: Mapping[str, str], *, most: int = 0) -> str:
    """Citations in one phrase, each of them once and in their order.

    With `most`, no more than so many are given under one plural, and an ellipsis for the others.
    """
    found: dict[str, list[str]] = {}
    for citation in dict.fromkeys(citations):
        head, _, pinpoint = citation.rpartition(" ")
        if head.rpartition(" ")[2] in plurals:
            found.setdefault(head, []).append(pinpoint)
        else:
            found[citation] = []
    return "; ".join(_phrase(head, pinpoints, plurals, most) for head, pinpoints in found.items())


def _phrase(head: str, pinpoints: list[str], plurals: Mapping[str, str], most: int) -> str:
    if len(pinpoints) <= 1:
        return " ".join((head, *pinpoints))
    before, gap, word = head.rpartition(" ")
    shown = pinpoints[:most] if most else pinpoints
    others = " …" if len(shown) < len(pinpoints) else ""
    return f"{before}{gap}{plurals[word]} {', '.join(shown)}{others}"
