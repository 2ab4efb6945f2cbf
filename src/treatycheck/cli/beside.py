"""What a check reads beside its casefile: an earlier report to compare with, and findings that were set aside.

Reads the files and hands them on; naming them is light, so that a kept report can be printed before any is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from treatycheck.baseline.read import Earlier
    from treatycheck.findings import Report
    from treatycheck.options import Problems
    from treatycheck.waivers.model import Waiver

Baseline = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Tell what is new, gone or changed since an earlier report in JSON."),
]
Waivers = Annotated[
    list[str] | None,
    typer.Option(metavar="FILE", help="Mark the findings that an analyst set aside; may be given again."),
]


@dataclass(frozen=True, slots=True)
class Beside:
    """The files that are named: an earlier report, if any, and files of waivers."""

    baseline: Path | None
    waivers: tuple[Path, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """All of them."""
        return (*self.waivers, *([] if self.baseline is None else [self.baseline]))

    @property
    def words(self) -> tuple[str, ...]:
        """What a kept report has to have been asked with: which file is what."""
        return ("set aside", *map(str, self.waivers), "since", "" if self.baseline is None else str(self.baseline))


@dataclass(frozen=True, slots=True)
class Read:
    """What the files say."""

    earlier: Earlier | None
    waivers: tuple[Waiver, ...]


def named(baseline: str | None, waivers: Sequence[str] | None) -> Beside:
    """The files that options name."""
    return Beside(None if baseline is None else Path(baseline), tuple(Path(path) for path in waivers or ()))


def read(beside: Beside, problems: Problems) -> Read:
    """Read the files; `problems` receives what is wrong with them."""
    if not beside.paths:
        return Read(None, ())
    from treatycheck.errors import attempt

    earlier, waivers = None, None
    if beside.baseline is not None:
        from treatycheck.baseline.read import read as read_report

        earlier = attempt(partial(read_report, beside.baseline), problems)
    if beside.waivers:
        from treatycheck.waivers.load import load

        waivers = attempt(partial(load, beside.waivers), problems)
    return Read(earlier, waivers or ())


def marked(report: Report, found: Read) -> Report:
    """The report with what is set aside and what differs; `InputError` where a waiver does not fit its finding."""
    if found.waivers:
        from treatycheck.waivers.apply import applied

        report = applied(report, found.waivers)
    if found.earlier is not None:
        from treatycheck.baseline.compare import compared

        report = replace(report, baseline=compared(report, found.earlier))
    return report


def remarks(report: Report) -> tuple[str, ...]:
    """What is told of waivers that do not count."""
    if not report.waivers:
        return ()
    from treatycheck.waivers import apply

    return tuple(apply.remarks(report))
