"""One row of a table, explained as an event of a casefile: the same proof by the same code.

The row is its own document; each filled cell is a line of it and is quoted where it counts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from treatycheck import check
from treatycheck.casefile.model import Casefile
from treatycheck.errors import Diagnostic, InputError
from treatycheck.explanations import Explanations, Wanted, explain
from treatycheck.rulebook.model import Rulebook
from treatycheck.screen.event import document_of
from treatycheck.screen.files import Table
from treatycheck.screen.quarantine import told
from treatycheck.screen.run import Run
from treatycheck.screen.settings import Options


def explained(rulebook: Rulebook, table: Table, number: int, options: Options, *, rule: str = "") -> Explanations:
    """Explain every finding on a row, or what one rule says of it; `InputError` with what is wrong with either."""
    # One row is found sooner without a cluster.
    run = Run(rulebook, [table], None, replace(options, backend="duckdb"))
    try:
        cells = run.cells(table, number)
    finally:
        run.close()
    place = str(table.path)
    if cells is None:
        message, help_line = f"there is no row {number}", "rows are counted from 1"
        if options.mapping is not None:
            message += ", or the mapping passes over it"
            help_line += "; those that a mapping passes over are held against no rule"
        raise InputError([Diagnostic(place, 0, 0, "TC651", message, help_line)])
    wrong = run.faults(cells)
    if wrong:
        raise InputError(told(table.path, number, one) for one in wrong)
    dossier = document_of(cells, run.law.schema, file=table.path.name, row=number)
    as_of = options.as_of or date.fromisoformat(rulebook.manifest.as_of)
    settings = check.Options(engine=options.engine, as_of=as_of, positions=options.positions)
    return explain(rulebook, Casefile((dossier,)), Wanted({dossier.events[0].id: None}), settings, rule=rule)
