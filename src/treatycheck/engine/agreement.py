"""Runs the engines side by side: what they say must be the same, or there is no answer at all.

Chooses the engines a run can use and says once when the matcher is not to be had.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, Self

from treatycheck.engine import matcher
from treatycheck.engine.units import Unit, Units
from treatycheck.errors import DefectError, TreatycheckError

EngineChoice = Literal["both", "durable", "reference"]


class Engine(Protocol):
    """What an engine does: verdicts of leaves in, verdicts of units out."""

    name: str

    def decide_object(self, leaves: Sequence[int]) -> list[int]:
        """Return the verdicts of all object units for one object."""
        ...

    def decide_event(self, leaves: Sequence[int], objects: Sequence[int]) -> list[int]:
        """Return the verdicts of all event units."""
        ...

    def close(self) -> None:
        """Release what the engine holds."""
        ...


@dataclass(frozen=True, slots=True)
class Answered:
    """A question put to the engines and their common answer: about one object, or (`objects` given) about the event."""

    leaves: tuple[int, ...]
    objects: tuple[int, ...] | None
    answer: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What a panel ran, and every question it was asked with the common answer; one asked twice is told once."""

    units: Units
    answered: tuple[Answered, ...]


class EngineUnavailableError(TreatycheckError):
    """The chosen engine cannot run on this machine; the message says why and what to do."""


def usable(choice: EngineChoice) -> tuple[tuple[str, ...], str]:
    """The engines that a choice comes to on this machine, and a line for the user if one of them cannot run.

    Raises `EngineUnavailableError` if nothing is left.
    """
    reason = None if choice == "reference" else matcher.available()
    if reason is None:
        return (("reference", "durable") if choice == "both" else (choice,)), ""
    if choice == "durable":
        message = f"the durable engine cannot run: {reason}; use `--engine reference`"
        raise EngineUnavailableError(message)
    return ("reference",), f"the durable engine cannot run ({reason}); this run is on the reference engine alone"


def _opened(name: str, units: Units) -> Engine:
    # A run whose questions were all answered before opens none.
    if name == "durable":
        from treatycheck.engine.durable import Durable

        return Durable(units)
    from treatycheck.engine.reference import Reference

    return Reference(units)


class Panel:
    """The engines of a run.

    `notice` is one line for the user when the run is on the reference engine alone; `answered` keeps what was asked.
    """

    def __init__(self, units: Units, choice: EngineChoice = "both") -> None:
        self._units = units
        self.answered: list[Answered] = []
        names, self.notice = usable(choice)
        self._engines: list[Engine] = [_opened(name, units) for name in names]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release what the engines hold."""
        for engine in self._engines:
            engine.close()

    @property
    def engines(self) -> tuple[str, ...]:
        """The names of the engines that run."""
        return tuple(engine.name for engine in self._engines)

    def record(self) -> Record:
        """What was run and answered so far."""
        return Record(self._units, tuple(dict.fromkeys(self.answered)))

    def decide_objects(self, objects: Sequence[Sequence[int]]) -> tuple[list[list[int]], list[int]]:
        """The verdicts of all object units for each object, and for each unit whether it holds for any object.

        An event without objects leaves open whether there is one: every unit is then unknown.
        """
        each = [self.decide_object(leaves) for leaves in objects]
        if not each:
            return [], [0] * len(self._units.object_units)
        return each, [*map(max, zip(*each, strict=True))]

    def decide_object(self, leaves: Sequence[int]) -> list[int]:
        """The verdicts of all object units for one object."""
        answers = [engine.decide_object(leaves) for engine in self._engines]
        agreed = self._agreed(self._units.object_units, answers)
        self.answered.append(Answered(tuple(leaves), None, tuple(agreed)))
        return agreed

    def decide_event(self, leaves: Sequence[int], objects: Sequence[int]) -> list[int]:
        """The verdicts of all event units."""
        answers = [engine.decide_event(leaves, objects) for engine in self._engines]
        agreed = self._agreed(self._units.event_units, answers)
        self.answered.append(Answered(tuple(leaves), tuple(objects), tuple(agreed)))
        return agreed

    def _agreed(self, units: Sequence[Unit], answers: list[list[int]]) -> list[int]:
        first = answers[0]
        for engine, answer in zip(self._engines[1:], answers[1:], strict=True):
            if answer != first:
                unit = next(index for index, verdict in enumerate(first) if answer[index] != verdict)
                message = (
                    f"the engines disagree on `{units[unit].name}`: {self._engines[0].name} says {first[unit]}, "
                    f"{engine.name} says {answer[unit]}; please report this with the casefile"
                )
                raise DefectError(message)
        return first
