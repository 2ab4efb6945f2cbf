"""What is new, gone and changed since an earlier report, with everything that differs and may bear on it.

Compares what two reports say and decides nothing: where several things differ, which of them brought a change about
cannot be told from the reports. Findings are the same if they have the same id, a hash of rule, bearer and event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from treatycheck.baseline.read import Earlier
from treatycheck.findings import Comparison, Difference, DocumentRef, Finding, Reason, Receipt, Report
from treatycheck.moving import concluded, gates_moved

UNKNOWN: Final = Reason("unknown")

OF_HASH: Final = ", SHA-256 "
"""Stands between the version of a rulebook and its hash, as text may change within one version."""

Documents = Mapping[str, Sequence[DocumentRef]]
"""The documents of a report by their files; several folders may have one of the same name."""


def compared(report: Report, earlier: Earlier) -> Comparison:
    """Compare a report with an earlier one; what is set aside is compared like everything else."""
    of_runs = tuple(_between_runs(earlier.receipt, report.receipt))
    documents = _by_file(earlier.documents), _by_file(report.documents)
    before = {finding.id: finding for finding in earlier.findings}
    after = {finding.id: finding for finding in report.findings}

    def difference(first: Finding | None, then: Finding | None) -> Difference:
        of_documents = tuple(_of_document(first or then, *documents))
        gates = gates_moved(first, then) if first is not None and then is not None else ()
        return Difference(first, then, tuple(_bearing(first, then, of_documents, of_runs)), gates)

    pairs = [(before[name], finding) for name, finding in after.items() if name in before]
    changed = [(first, then) for first, then in pairs if concluded(first) != concluded(then)]
    return Comparison(
        earlier.file,
        earlier.sha256,
        earlier.receipt,
        (*of_runs, *_between_documents(*documents)),
        new=tuple(difference(None, finding) for name, finding in after.items() if name not in before),
        gone=tuple(difference(finding, None) for name, finding in before.items() if name not in after),
        changed=tuple(difference(first, then) for first, then in changed),
        unchanged=len(pairs) - len(changed),
    )


def _between_runs(before: Receipt, after: Receipt) -> Iterator[Reason]:
    """What differs in how the two reports were made, whatever they are about."""
    rulebooks = [f"{one.rulebook} {one.rulebook_version}{OF_HASH}{one.rulebook_sha256}" for one in (before, after)]
    if rulebooks[0] != rulebooks[1]:
        yield Reason("rulebook", "", *rulebooks)
    if before.as_of != after.as_of:
        yield Reason("as_of", "", before.as_of.isoformat(), after.as_of.isoformat())
    for name in sorted({*before.positions, *after.positions}):
        chosen = [one.positions.get(name, "") for one in (before, after)]
        if chosen[0] != chosen[1]:
            yield Reason("position", name, *chosen)
    if before.program != after.program:
        yield Reason("program", "", before.program, after.program)


def _by_file(documents: Iterable[DocumentRef]) -> Documents:
    found: dict[str, list[DocumentRef]] = {}
    for document in documents:
        found.setdefault(document.file, []).append(document)
    return found


def _between_documents(before: Documents, after: Documents) -> Iterator[Reason]:
    """What differs in the documents and their events, each document once."""
    told: dict[Reason, None] = {}
    for document in (one for documents in (after, before) for named in documents.values() for one in named):
        told |= dict.fromkeys(_of_file(document, before, after))
    yield from told


def _of_document(finding: Finding | None, before: Documents, after: Documents) -> Iterator[Reason]:
    """What differs in the document of a finding; of several with one name, it is the one with its event."""
    if finding is None:
        return
    named = [*after.get(finding.document, ()), *before.get(finding.document, ())]
    own = next((one for one in named if finding.event in one.events), None)
    if own is not None:
        yield from _of_file(own, before, after)


def _of_file(document: DocumentRef, before: Documents, after: Documents) -> Iterator[Reason]:
    first, then = _counterpart(document, before), _counterpart(document, after)
    if first is None or then is None:
        yield Reason("document_new" if first is None else "document_gone", document.file)
        return
    # A file of fused accounts is its own document.
    if then.sha256 not in (first.sha256, then.events_sha256):
        yield Reason("document", document.file, first.sha256, then.sha256)
    if first.events_sha256 != then.events_sha256:
        yield Reason("events", document.file, first.events_sha256, then.events_sha256)


def _counterpart(document: DocumentRef, others: Documents) -> DocumentRef | None:
    """The document of that name in a report; of several, the one that is most like it."""
    return max(
        others.get(document.file, ()),
        key=lambda one: (
            one.events_sha256 == document.events_sha256,
            one.sha256 == document.sha256,
            len({*one.events} & {*document.events}),
        ),
        default=None,
    )


def _bearing(
    before: Finding | None, after: Finding | None, of_document: Sequence[Reason], of_runs: Sequence[Reason]
) -> Iterator[Reason]:
    """What may bear on one finding: its document if that is new or gone, else everything that differs around it."""
    if (before is None or after is None) and any(
        reason.kind in ("document_new", "document_gone") for reason in of_document
    ):
        yield from of_document
        return
    used = {use.id for finding in (before, after) if finding is not None for use in finding.positions}
    # An outcome names the positions it rests on; the others cannot have changed it, unless nothing else differs.
    found = [*of_document, *(reason for reason in of_runs if reason.kind != "position" or reason.of in used)]
    yield from found or of_runs or (UNKNOWN,)
