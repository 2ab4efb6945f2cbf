"""Giving a result its name: the rows, the receipt and the quarantine, each whole, the result itself last."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from treatycheck.screen import files
from treatycheck.screen.duck import literal, parquet
from treatycheck.screen.files import QUARANTINE, RECEIPT
from treatycheck.screen.quarantine import COLUMNS

if TYPE_CHECKING:
    from treatycheck.screen.duck import DuckBackend
    from treatycheck.screen.parts import Draft
    from treatycheck.screen.receipt import Receipt


def deliver(desk: DuckBackend, draft: Draft, target: Path, receipt: Receipt, counts: str) -> None:
    """Write what a draft holds to its target; `counts` is the query of a summary, empty for findings."""
    whole = _whole(desk, draft, target, counts)
    beside = {RECEIPT: draft.folder / "receipt"}
    told = json.dumps(asdict(receipt), ensure_ascii=False, indent=2) + "\n"
    beside[RECEIPT].write_text(told, encoding="utf-8")
    if draft.quarantine(draft.folder / "quarantine"):
        beside[QUARANTINE] = draft.folder / "quarantine"
    else:
        _outdated(files.beside(target, QUARANTINE))
    for name, file in beside.items():
        file.replace(files.beside(target, name))
    whole.replace(target)
    draft.remove()


def _outdated(file: Path) -> None:
    """Take away the quarantine of an earlier run, and nothing else of that name."""
    if file.is_file():
        with file.open("rb") as lines:
            ours = lines.readline().strip() == ",".join(COLUMNS).encode()
        if ours:
            file.unlink()


def _whole(desk: DuckBackend, draft: Draft, target: Path, counts: str) -> Path:
    """The file of the result, still in the draft."""
    layout, parts = files.layout_of(target), draft.files()
    if layout == "parquet" and not counts and len(parts) == 1:
        return parts[0]
    whole = draft.folder / f"whole{target.suffix}"
    source = counts or f"SELECT * FROM {parquet(parts)}"
    if target.name.endswith(files.DATABASE):
        whole.unlink(missing_ok=True)
        desk.run(f"ATTACH {literal(str(whole))} AS result")
        desk.run(f"CREATE TABLE result.{'summary' if counts else 'findings'} AS {source}")
        desk.run("DETACH result")
    else:
        desk.copy(source, whole, layout)
    return whole
