"""What each signature comes to: its facts asked part by part, and both engines asked once for each different answer.

The questions are those of the compiled rules, the facts and the table of outcomes those of a check. What is new here is
only that parts of an event are asked apart: a question looks at one actor, the place, the date or the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from treatycheck.check import standing_reason
from treatycheck.engine.agreement import Panel
from treatycheck.engine.chambers import Chambers
from treatycheck.engine.outcomes import Conclusion, Outcome, conclude
from treatycheck.engine.program import CompiledRule, DeadlineTest, Leaf, Program, StandingTest
from treatycheck.facts import EventFacts, LeafResult, bearers
from treatycheck.rulebook.conditions import DateTest
from treatycheck.screen.asking import NOBODY
from treatycheck.screen.classes import Classes, Signature
from treatycheck.screen.event import Cells
from treatycheck.screen.schema import (
    ACT,
    COUNTRY,
    DATE,
    DISPUTE,
    MODALITY,
    OF_CODE,
    OF_KIND,
    OF_STRENGTH,
    STRENGTH,
    WHO,
)


class Result(NamedTuple):
    """What a rule comes to for one bearer of a row: its roles, joined by `|`, and the conclusion in a few words."""

    roles: str
    rule: str
    outcome: str
    strength: str
    why: str


class _Part(NamedTuple):
    """The digits that some questions look at, and where these questions stand among those of the program."""

    digits: tuple[int, ...]
    leaves: tuple[int, ...]
    tests: tuple[Leaf, ...]


REST: Final = "rest"
BEARER: Final = "bearer"


class Decider:
    """Decides signatures, each kind of question and each combination of answers once; close it when done."""

    def __init__(self, classes: Classes, chambers: Chambers) -> None:
        self._classes = classes
        self._chambers = chambers
        self._parts: dict[str, dict[str, _Part]] = {}
        self._asked: dict[tuple[object, ...], tuple[LeafResult, ...]] = {}
        self._objects: dict[tuple[object, ...], tuple[int, ...]] = {}
        self._readable: dict[tuple[int, ...], bool] = {}
        self._units: dict[tuple[object, ...], list[int]] = {}
        self._concluded: dict[tuple[object, ...], tuple[Result, ...]] = {}
        rules = [rule.rule for program in classes.programs.values() for rule in program.rules]
        self._binding = frozenset(role for rule in rules for role in rule.bearer.role)
        self._modality = classes.index[MODALITY]
        self._act = classes.index[ACT]
        self._dates = self._digits(DATE, DATE + OF_STRENGTH)

    def decide(self, signature: Signature) -> tuple[Result, ...]:
        """What every engaged rule comes to for each bearer of a row with this signature."""
        act = self._classes.cells(self._act, signature[self._act]).get(ACT, "")
        if act not in self._classes.programs:
            return ()
        program, panel = self._chambers.of(act)
        lifted = self._lifted(act, program, panel, signature)
        found: list[Result] = []
        for roles in self._casts(signature):
            if any(not set(roles).isdisjoint(rule.rule.bearer.role) for rule in program.rules):
                found += self._of_bearer(act, program, panel, signature, roles, lifted)
        return tuple(found)

    def _of_bearer(
        self,
        act: str,
        program: Program,
        panel: Panel,
        signature: Signature,
        roles: tuple[str, ...],
        lifted: tuple[int, ...],
    ) -> tuple[Result, ...]:
        results: list[LeafResult] = [_NOT_ASKED] * len(program.event_leaves)
        for name, part in self._parts_of(act, program, roles).items():
            for place, result in zip(part.leaves, self._answers(act, name, part, signature, roles), strict=True):
                results[place] = result
        readable = self._is_readable(signature)
        effect = self._effect(signature)
        leaves = tuple([result.verdict for result in results])
        reasons = tuple([result.reason for result in results])
        key = (act, roles, leaves, reasons, lifted, readable, effect)
        found = self._concluded.get(key)
        if found is None:
            units = self._units.get((act, leaves, lifted))
            if units is None:
                units = self._units[act, leaves, lifted] = panel.decide_event(leaves, lifted)
            found = self._concluded[key] = tuple(
                _result(roles, rule, conclusion)
                for rule in program.rules
                if not set(roles).isdisjoint(rule.rule.bearer.role)
                and (
                    conclusion := conclude(
                        rule,
                        lifted,
                        units,
                        effect=effect,
                        standing=standing_reason(program, results, rule),
                        readable=readable,
                    )
                ).outcome
                is not Outcome.NO_FINDING
            )
        return found

    # Parts of an event

    def _parts_of(self, act: str, program: Program, roles: tuple[str, ...]) -> dict[str, _Part]:
        """Which questions of a program look at which digits, for a bearer in these roles."""
        key = f"{act} {' '.join(roles)}"
        found = self._parts.get(key)
        if found is None:
            places: dict[str, list[int]] = {}
            for place, test in enumerate(program.event_leaves):
                places.setdefault(self._looked_at(test), []).append(place)
            found = self._parts[key] = {
                name: _Part(
                    self._digits(*self._columns(name, roles)),
                    tuple(leaves),
                    tuple(program.event_leaves[place] for place in leaves),
                )
                for name, leaves in places.items()
            }
        return found

    def _looked_at(self, test: Leaf) -> str:
        """What a question looks at: the bearer, an actor by its role, the place, the date, or the rest of the event."""
        match test:
            case DateTest():
                return DATE
            case StandingTest():
                return COUNTRY if test.of == "place" else test.of
            case DeadlineTest():
                return BEARER
        owner = test.fact.partition(".")[0]
        if owner == BEARER or owner in self._classes.schema.roles:
            return owner
        return COUNTRY if test.fact == COUNTRY else REST

    def _columns(self, name: str, roles: tuple[str, ...]) -> tuple[str, ...]:
        """The columns that one part of an event is made of."""
        always = (ACT, MODALITY, STRENGTH, DISPUTE)
        if name == REST:
            stated = (column.name for column in self._classes.columns if column.part in ("event", "object"))
            return (*always, *stated, *(f"{column.name} in words" for column in self._classes.columns), "object")
        if name == DATE:
            return (*always, DATE, DATE + OF_STRENGTH)
        if name == COUNTRY:
            return (*always, DATE + OF_STRENGTH, COUNTRY, COUNTRY + OF_STRENGTH)
        cast = roles if name == BEARER else (name,)
        of_cast = (role + part for role in cast for part in (*WHO, OF_STRENGTH))
        # Where a deadline runs from a date that is stated, the date of the row counts even for who is no State.
        begun = (each for one in sorted(self._classes.begin) for each in (DATE, one, one + OF_STRENGTH))
        return (*always, DATE + OF_STRENGTH, *(begun if name == BEARER else ()), *of_cast)

    def _digits(self, *names: str) -> tuple[int, ...]:
        index = self._classes.index
        return tuple(index[name] for name in names if name in index)

    def _answers(
        self, act: str, name: str, part: _Part, signature: Signature, roles: tuple[str, ...]
    ) -> tuple[LeafResult, ...]:
        key = (act, name, roles if name == BEARER else (), *[signature[number] for number in part.digits])
        found = self._asked.get(key)
        if found is None:
            said: Cells = {**self._classes.row(part.digits, signature), ACT: act}
            if name == BEARER:
                # Only where a rule binds a role do the classes of its State tell what is asked of a bearer.
                first = next(role for role in roles if role in self._binding)
                state = self._classes.row(self._digits(first + OF_CODE), signature)
                said = _as_one({**said, **state}, first, roles)
            dossier, event = self._classes.case(said)
            facts = EventFacts(self._classes.rulebook, dossier, event, self._classes.as_of)
            # In this part of the event the bearer is all who take part.
            cast = bearers(dossier, event) if name == BEARER else ()
            found = self._asked[key] = tuple(facts.event_leaves(part.tests, cast[0] if cast else NOBODY))
        return found

    def _lifted(self, act: str, program: Program, panel: Panel, signature: Signature) -> tuple[int, ...]:
        """Of each unit about objects, whether it holds for the object of the row."""
        digits = self._digits(*self._columns(REST, ()))
        key = (act, *[signature[number] for number in digits])
        found = self._objects.get(key)
        if found is None:
            facts = self._classes.facts({**self._classes.row(digits, signature), ACT: act})
            leaves = tuple(tuple(one.verdict for one in each) for each in facts.object_leaves(program.object_leaves))
            known = self._objects.get((act, leaves))
            if known is None:
                known = self._objects[act, leaves] = tuple(panel.decide_objects(leaves)[1])
            found = self._objects[key] = known
        return found

    def _is_readable(self, signature: Signature) -> bool:
        key = tuple([signature[number] for number in self._dates])
        found = self._readable.get(key)
        if found is None:
            found = self._readable[key] = self._classes.facts(self._classes.row(self._dates, signature)).readable
        return found

    def _effect(self, signature: Signature) -> str:
        word = self._classes.cells(self._modality, signature[self._modality])[MODALITY]
        return self._classes.rulebook.vocabulary.modalities[word].effect

    # Who takes part

    def _casts(self, signature: Signature) -> Iterator[tuple[str, ...]]:
        """The bearers of a row by their roles; the roles of one actor are one bearer where that matters."""
        casts: list[list[str]] = []
        for role in self._classes.roles:
            if not self._takes_part(role, signature):
                continue
            same = [cast for cast in casts if any(self._is_same(one, role, signature) for one in cast)]
            if same:
                # Two roles that are not compared with each other may both be those of the actor in this one.
                first, *others = same
                first += [*(one for cast in others for one in cast), role]
                casts = [cast for cast in casts if cast not in others]
            else:
                casts.append([role])
        for cast in casts:
            yield tuple(sorted(cast, key=self._classes.roles.index))

    def _takes_part(self, role: str, signature: Signature) -> bool:
        return any(signature[number] for number in self._digits(role, role + OF_CODE, role + OF_KIND))

    def _is_same(self, role: str, other: str, signature: Signature) -> bool:
        number = self._classes.index.get(f"{role} {other}")
        return number is not None and bool(signature[number])


_NOT_ASKED: Final = LeafResult(0)


def _as_one(said: Cells, first: str, roles: tuple[str, ...]) -> Cells:
    """A row in which these roles are played by one actor, the one in the role that comes first.

    What stands for a class of one column need not be what stands for that of another; two without a name would be two.
    """
    named = {first: "somebody"} if len(roles) > 1 else {}
    one = {**said, **named}
    same = {role + part: one.get(first + part, "") for role in roles for part in WHO}
    return {name: text for name, text in {**said, **same}.items() if text}


def _result(roles: tuple[str, ...], rule: CompiledRule, conclusion: Conclusion) -> Result:
    strength = "" if conclusion.strength is None else str(conclusion.strength)
    why = conclusion.reason or "|".join(gate.name for gate in conclusion.open)
    return Result("|".join(roles), rule.rule.id, str(conclusion.outcome), strength, why)
