"""One chamber for each act: the program of the rules that speak of it, and the panel of engines that runs it.

An event has one act, so only the rules that speak of it need be decided. A chamber is set up for its first event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Self

from treatycheck.engine.agreement import EngineChoice, Panel, Record, usable
from treatycheck.engine.compile import Compiler
from treatycheck.engine.program import Program
from treatycheck.rulebook.model import Rulebook


class Chambers:
    """The chambers of a run under one choice of positions; close them when done."""

    def __init__(self, rulebook: Rulebook, positions: Mapping[str, str], choice: EngineChoice = "both") -> None:
        self._rulebook = rulebook
        self._positions = positions
        self._choice = choice
        self._compilers: dict[str, Compiler] = {}
        self._open: dict[str, tuple[Program, Panel]] = {}
        self._undecided: dict[str, Program] = {}
        # Whether and which engines can run is the same for every chamber, and told even when no event comes.
        self.engines, self.notice = usable(choice)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for _program, panel in self._open.values():
            panel.close()

    def of(self, act: str) -> tuple[Program, Panel]:
        """The program and the panel for an act."""
        if act not in self._open:
            compiler = self._compilers[act] = Compiler(self._rulebook, self._positions, act)
            program = compiler.program()
            self._open[act] = program, Panel(program.units, self._choice)
        return self._open[act]

    def undecided(self, act: str) -> Program:
        """The program for an act with every position left open, by which alternatives are compared; nothing runs it.

        It begins with all that the program for that act has.
        """
        if act not in self._undecided:
            self.of(act)
            self._undecided[act] = self._compilers[act].opened().program()
        return self._undecided[act]

    def records(self) -> Iterator[Record]:
        """What every chamber was asked and answered so far; a question asked twice is told once."""
        for _program, panel in self._open.values():
            if panel.answered:
                yield panel.record()
