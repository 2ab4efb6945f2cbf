"""The inventory of provisions as text: what is encoded by what, and why the rest is not.

Repeats the inventory and decides nothing.
"""

from __future__ import annotations

from textwrap import wrap

from treatycheck.rulebook.coverage import Coverage
from treatycheck.rulebook.model import Provision, Rulebook


def table(rulebook: Rulebook, found: Coverage, width: int, *, brief: bool) -> str:
    """Figures for each instrument and, unless `brief`, every provision with what encodes it or why nothing does."""
    lines: list[str] = []
    for one in found.instruments:
        instrument = rulebook.instruments[one.instrument]
        lines += [f"{instrument.short_title} ({instrument.id})", ""]
        counts = f"{len(one.encoded)} encoded, {len(one.reasoned)} not encoded with a reason"
        lines.append(f"  {one.total} provisions: {counts}, {len(one.unexplained)} neither")
        lines += [f"  {kind.kind:<22} {kind.total:>4}  encoded {kind.encoded:>3}" for kind in one.kinds]
        lines.append("  text: " + ", ".join(f"{reading.total} {reading.checked}" for reading in one.readings))
        if not brief:
            lines.append("")
            for provision in instrument.provisions:
                lines += _entry(provision, width)
        lines.append("")
    lines.append(
        f"{found.total} provisions, {found.encoded} encoded, {len(found.unexplained)} neither encoded nor explained"
    )
    return "\n".join([*lines, ""])


def _entry(provision: Provision, width: int) -> list[str]:
    kind = f"{provision.kind}, {provision.bearer}" if provision.bearer else provision.kind
    head = f"{provision.id} ({kind}; text {provision.checked})"
    told = (
        f"encoded by {', '.join(provision.encoded_by)}" if provision.encoded_by else f"not encoded: {provision.why_not}"
    )
    lines = wrap(head, width, initial_indent="  ", subsequent_indent="    ")
    for text in (provision.paraphrase, told):
        lines += wrap(text, width, initial_indent="    ", subsequent_indent="      ")
    return lines
