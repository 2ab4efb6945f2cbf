"""One event and one bearer as facts: what is said, how strongly, and by which quotes.

Turns the words of a casefile and the rows of the registers into verdicts of leaves; it draws no conclusion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from treatycheck import dates
from treatycheck.casefile.closed import StrengthName
from treatycheck.casefile.model import Attribution, Dispute, Dossier, Event, Item, Participant, Stated, level
from treatycheck.dates import When
from treatycheck.engine.program import DeadlineTest, Leaf, StandingTest
from treatycheck.registers.standing import Standing
from treatycheck.registers.table import Row
from treatycheck.rulebook.conditions import DateTest, FactTest
from treatycheck.rulebook.model import Rulebook
from treatycheck.rulebook.vocabulary import Lookup, is_number
from treatycheck.truth import CERTAIN, CERTAINLY_NOT, UNKNOWN, any_of, capped, graded

OPEN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a source states or a register gives. `strength` is 0..4; `row` is set when a register gave it."""

    value: str
    strength: int
    quotes: tuple[str, ...] = ()
    hedge: str = ""
    note: str = ""
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class BearerCase:
    """One actor that may bear a norm in an event: itself, through its organ, or through somebody else's conduct.

    `key` tells bearers of an event apart; `code` is the State's code or empty; `through` is the participant's name when
    the bearer did not act itself.
    """

    key: str
    name: str
    kind: str
    code: str
    link: str
    participants: tuple[Participant, ...]
    through: str = ""
    attributions: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class LeafResult:
    """The verdict of a leaf with what it rests on: values of the casefile, a standing or rows read from registers."""

    verdict: int
    values: tuple[Value, ...] = ()
    standing: Standing | None = None
    due: date | None = None
    reason: str = ""
    rows: tuple[Row, ...] = ()


_SILENCE: Final = LeafResult(UNKNOWN)
"""Nobody says anything."""


def bearers(dossier: Dossier, event: Event) -> tuple[BearerCase, ...]:
    """Every bearer of an event, in the order of its participants, those to whom conduct might be attributed last.

    Those who take part by some account of the event only come after those who are recorded.
    """
    direct: dict[str, BearerCase] = {}
    alleged: dict[str, BearerCase] = {}
    for participant in _participants(event):
        actor = dossier.actors[participant.actor]
        known = direct.get(participant.actor)
        parts = (*known.participants, participant) if known else (participant,)
        link = "organ" if actor.kind == "state_organ" else "direct"
        direct[participant.actor] = BearerCase(participant.actor, actor.name, actor.kind, actor.code, link, parts)
        for attribution in participant.attributed_to:
            principal = dossier.actors[attribution.actor]
            key = f"{attribution.actor} through {participant.actor}"
            known = alleged.get(key)
            parts = (*known.participants, participant) if known else (participant,)
            grounds = (*known.attributions, attribution) if known else (attribution,)
            alleged[key] = BearerCase(
                key, principal.name, principal.kind, principal.code, "alleged", parts, actor.name, grounds
            )
    return (*direct.values(), *alleged.values())


def _participants(event: Event) -> Sequence[Participant]:
    """Who takes part in an event by any account of it."""
    found = list(event.participants)
    for account in event.accounts:
        # As the account has them, without the strength it lends them: bearers are told apart by who they are.
        found += [participant for participant in account.participants if participant not in found]
    return found


class EventFacts:
    """The facts of one event as recorded; what accounts of it say is for `consensus`. Holds no verdict of any rule."""

    def __init__(self, rulebook: Rulebook, dossier: Dossier, event: Event, as_of: date) -> None:
        self._rulebook = rulebook
        self._dossier = dossier
        self.event = event
        self._as_of = as_of
        self._newest = max(as_of, date.fromisoformat(rulebook.manifest.as_of))
        self.when = event.date.when
        self._shared = dict(self._event_values())
        self._limit = int(event.dispute.limit)
        self._said: tuple[tuple[Leaf, ...], list[LeafResult | None]] = ((), [])
        self.date_strength = min(int(level(event.date.strength, event.strength)), self._limit)

    def object_leaves(self, tests: tuple[FactTest, ...]) -> list[list[LeafResult]]:
        """For each object of the event, the results of the given leaves in their order."""
        return [[self._fact(test, values) for test in tests] for values in map(self._object_values, self.event.objects)]

    def event_leaves(self, tests: tuple[Leaf, ...], bearer: BearerCase) -> list[LeafResult]:
        """The results of the given leaves for one bearer, in their order."""
        own = self._bearer_values(bearer)
        if self._said[0] is not tests:
            # What the event says for all its bearers is found once.
            self._said = tests, [self._of_event(test) for test in tests]
        return [
            said
            if said is not None and not (isinstance(test, FactTest) and test.fact in own)
            else self._of_bearer(test, own, bearer)
            for test, said in zip(*self._said, strict=True)
        ]

    def if_stated(self, test: FactTest, value: str) -> int:
        """The verdict of a question if this value were stated and established."""
        if test.operator == "is_stated":
            return CERTAIN if (value != OPEN) == (test.operands[0] == "true") else CERTAINLY_NOT
        return graded(_holds(test, value, numeric=self._numeric(test)), CERTAIN)

    def if_state(self, test: StandingTest, code: str) -> int:
        """The verdict of a question of status if that State were the one."""
        if not self.readable:
            return UNKNOWN
        best = self._best(test, code)
        return CERTAINLY_NOT if best is None else capped(best.verdict, self._carried(best, int(CERTAIN)))

    def told(self, bearer: BearerCase) -> Iterator[tuple[str, EventFacts, BearerCase]]:  # noqa: ARG002
        """Who says what: each account of the event with the bearer as it has it; none where there is only one."""
        return iter(())

    def under(self, rulebook: Rulebook) -> EventFacts:
        """The same facts with the registers of another rulebook."""
        other = copy(self)
        other._rulebook = rulebook  # noqa: SLF001 - a copy of itself
        return other

    @property
    def read_until(self) -> date:
        """The last day on which registers and law are read."""
        return self._as_of

    def undisputed(self) -> EventFacts:
        """The same facts as if nothing spoke against the event."""
        event = replace(self.event, dispute=Dispute(), accounts=())
        return EventFacts(self._rulebook, self._dossier, event, self._as_of)

    def at(self, when: When) -> EventFacts:
        """The same facts on another date, which is established."""
        other = copy(self)
        other.__dict__.pop("readable", None)
        other.__dict__.pop("_reported", None)
        other.when = when
        other.date_strength = int(CERTAIN)
        return other

    def turns(self, test: Leaf, bearer: BearerCase) -> Iterator[date]:
        """The days from which the answer to a question may be another, as the date of the event is."""
        match test:
            case DateTest():
                yield date.fromisoformat(test.day)
            case StandingTest():
                for code, _, _ in self._states(test.of, bearer):
                    yield from self._rulebook.registers[test.instrument].turns(code)
            case DeadlineTest():
                due, _ = self.due(test, bearer)
                if due is not None:
                    yield due + timedelta(days=1)

    def _of_event(self, test: Leaf) -> LeafResult | None:
        """The result of a fact for every bearer that has no such fact of its own."""
        return self._fact(test, self._shared) if isinstance(test, FactTest) else None

    def _of_bearer(self, test: Leaf, own: Mapping[str, tuple[Value, ...]], bearer: BearerCase) -> LeafResult:
        match test:
            case FactTest():
                return self._fact(test, own)
            case StandingTest():
                return self._standing(test, bearer)
            case DeadlineTest():
                return self._overdue(test, bearer)
            case DateTest():
                return self._dated(test)

    def due(self, test: DeadlineTest, bearer: BearerCase) -> tuple[date | None, Row | None]:
        """The bearer's last day under a deadline, with the row of the rule's own register that gives it, if one does.

        No day where its entry into force, or the date it runs from, is not known to the day.
        """
        start, _ = self._start(test, bearer)
        computed = None if start is None else dates.add(start, dates.parse_period(test.period))
        register = self._rulebook.deadlines.get(test.rule)
        own = register.rows.get(bearer.code) if register is not None and self._extendable(test) else None
        if own is None or own.due is None or own.due.latest is None or own.due.earliest != own.due.latest:
            return computed, None
        return own.due.latest, own.row

    def _extendable(self, test: DeadlineTest) -> bool:
        deadline = self._rulebook.rules[test.rule].deadline
        return deadline is not None and deadline.extendable

    def _start(self, test: DeadlineTest, bearer: BearerCase) -> tuple[date | None, int]:
        """The day a deadline runs from, and how well that day is supported."""
        if test.start == "entry_into_force":
            entry = self._rulebook.registers[test.instrument].entry_into_force(bearer.code) if bearer.code else None
            return (entry.earliest if entry is not None and entry.earliest == entry.latest else None), int(CERTAIN)
        values = [self._limited(value) for value in self._shared.get(test.start, ())]
        if not values or values[0].value == OPEN or not values[0].strength:
            return None, 0
        when = dates.parse(values[0].value)
        deadline = self._rulebook.rules[test.rule].deadline
        # A duty of every year runs from the end of that year; any other needs the day itself.
        yearly = deadline is not None and deadline.yearly
        return (when.latest if yearly or when.earliest == when.latest else None), values[0].strength

    def _fact(self, test: FactTest, values: Mapping[str, tuple[Value, ...]]) -> LeafResult:
        found = values.get(test.fact, ())
        if self._limit < CERTAIN:
            found = tuple([self._limited(value) for value in found])
        if test.operator == "is_stated":
            stated = any(value.value != OPEN and value.strength for value in found)
            return LeafResult(CERTAIN if stated == (test.operands[0] == "true") else CERTAINLY_NOT, found)
        if not found:
            return _SILENCE
        numeric = self._numeric(test)
        return LeafResult(
            any_of([graded(_holds(test, value.value, numeric=numeric), value.strength) for value in found]), found
        )

    def _numeric(self, test: FactTest) -> bool:
        fact = self._rulebook.vocabulary.facts.get(test.fact)
        return fact is not None and fact.type == "number"

    def _limited(self, value: Value) -> Value:
        return value if value.strength <= self._limit or value.row is not None else replace(value, strength=self._limit)

    def _standing(self, test: StandingTest, bearer: BearerCase) -> LeafResult:
        results = [self._standing_of(test, *state) for state in self._states(test.of, bearer)]
        if not results:
            return LeafResult(UNKNOWN, reason="no_state")
        return max(results, key=lambda result: result.verdict)

    def _states(self, of: str, bearer: BearerCase) -> Iterator[tuple[str, bool, int]]:
        """The State codes in a role, whether the actor's kind is known, and how well it is shown to be that State."""
        if of == "bearer":
            yield bearer.code, bearer.kind != OPEN, int(CERTAIN)
        elif of == "place":
            place = self.event.place
            if place is not None and place.country:
                yield place.country, True, min(self._grade(place.strength), self._limit)
        else:
            for participant in self.event.participants:
                if participant.role == of:
                    actor = self._dossier.actors[participant.actor]
                    yield actor.code, actor.kind != OPEN, min(self._grade(participant.strength), self._limit)

    def _standing_of(self, test: StandingTest, code: str, known: bool, shown: int) -> LeafResult:  # noqa: FBT001
        if not code:
            return LeafResult(-shown if known else UNKNOWN, reason="not_a_state")
        if not self.readable:
            return LeafResult(UNKNOWN, reason="after_register")
        best = self._best(test, code)
        if best is None:
            # Provisional application was asked for, and it does not cover the provision.
            return LeafResult(CERTAINLY_NOT, reason="not_covered")
        return LeafResult(capped(best.verdict, self._carried(best, shown)), standing=best, reason=best.reason)

    def _carried(self, standing: Standing, shown: int) -> int:
        """How well an answer is supported: one that turns on the date no better than the date."""
        return min(shown, self.date_strength) if standing.changes else shown

    def _best(self, test: StandingTest, code: str) -> Standing | None:
        """What the register says to the standing that is asked for and comes nearest; None if it does not apply."""
        found = self._standings(test, code, self._reported)
        return found[0] if len(found) == 1 else max(found, key=lambda one: one.verdict, default=None)

    def _standings(self, test: StandingTest, code: str, when: When) -> list[Standing]:
        """What the register says to each standing that is asked for."""
        register = self._rulebook.registers[test.instrument]
        provisional, wanted = "provisional" in test.standings, test.standings
        found: list[Standing] = []
        if "bound" in wanted:
            found.append(register.bound(code, when, provisional=provisional, continuing=test.continuing))
        elif provisional:
            applied = register.bound(code, when, provisional=True, continuing=test.continuing)
            # A State that is bound in full does not apply provisionally.
            found.append(replace(applied, verdict=-applied.verdict) if applied.reason == "bound" else applied)
        if "signatory" in wanted:
            found.append(register.signatory(code, when))
        return found

    @cached_property
    def readable(self) -> bool:
        """Whether every day of the event is within the time up to which registers and law are read."""
        when = self._reported
        return not any(day is not None and day > self._as_of for day in (when.earliest, when.latest))

    @cached_property
    def _reported(self) -> When:
        """The date as registers can speak to it: a reported event is not later than the newest of them."""
        if self.when.latest is None and (self.when.earliest is None or self.when.earliest <= self._newest):
            return replace(self.when, latest=self._newest)
        return self.when

    def _dated(self, test: DateTest) -> LeafResult:
        earlier = dates.before(self._reported, date.fromisoformat(test.day))
        holds = None if earlier is None else earlier == (test.operator == "before")
        return LeafResult(graded(holds, self.date_strength))

    def _overdue(self, test: DeadlineTest, bearer: BearerCase) -> LeafResult:
        due, row = self.due(test, bearer)
        if due is None:
            return LeafResult(UNKNOWN, reason="no_deadline")
        rows = () if row is None else (row,)
        late = dates.overlaps(self._reported, due + timedelta(days=1), None)
        if late and self._extendable(test) and (row is None or row.verified != "yes"):
            # A last day that nobody read in its source may have been extended: it proves no delay.
            return LeafResult(UNKNOWN, due=due, reason="deadline_not_verified", rows=rows)
        return LeafResult(graded(late, min(self.date_strength, self._start(test, bearer)[1])), due=due, rows=rows)

    def _event_values(self) -> Iterator[tuple[str, tuple[Value, ...]]]:
        event = self.event
        yield "event.act", (self._value(event.act),)
        yield "event.modality", (self._value(event.modality),)
        if event.purpose is not None:
            yield "event.purpose", (self._value(event.purpose),)
        for name, stated in event.facts.items():
            yield f"event.{name}", (self._value(stated),)
        place = event.place
        if place is not None and place.country:
            yield (
                "place.country",
                (Value(place.country, self._grade(place.strength), place.quotes or event.quotes, note=place.note),),
            )
        for role in {participant.role for participant in event.participants}:
            cast = [
                (participant, self._dossier.actors[participant.actor])
                for participant in event.participants
                if participant.role == role
            ]
            yield f"{role}.kind", tuple(self._taking_part(participant, actor.kind) for participant, actor in cast)
            yield (
                f"{role}.code",
                tuple(self._taking_part(participant, actor.code or OPEN) for participant, actor in cast),
            )

    def _bearer_values(self, bearer: BearerCase) -> dict[str, tuple[Value, ...]]:
        values = {
            "bearer.kind": (Value(bearer.kind, CERTAIN),),
            "bearer.code": (Value(bearer.code or OPEN, CERTAIN),),
            "bearer.link": (Value(bearer.link, CERTAIN),),
            "bearer.role": tuple(
                self._taking_part(participant, participant.role) for participant in bearer.participants
            ),
        }
        for name in dict.fromkeys(name for attribution in bearer.attributions for name in attribution.facts):
            stated = [attribution.facts[name] for attribution in bearer.attributions if name in attribution.facts]
            values[f"attribution.{name}"] = tuple(self._value(one) for one in stated)
        return values

    def _taking_part(self, participant: Participant, value: str) -> Value:
        return Value(
            value,
            self._grade(participant.strength),
            participant.quotes or self.event.quotes,
            participant.hedge,
            participant.note,
        )

    def _object_values(self, item: Item) -> dict[str, tuple[Value, ...]]:
        own: dict[str, Stated | None] = {
            "category": item.category,
            "model": item.model,
            "activation": item.activation,
            "quantity": item.quantity,
            "origin": item.origin,
        }
        values: dict[str, tuple[Value, ...]] = {
            f"object.{name}": (self._value(stated, item),)
            for name, stated in (own | dict(item.facts)).items()
            if stated is not None
        }
        for name, fact in self._rulebook.vocabulary.facts.items():
            if fact.lookup is not None:
                found = self._looked_up(fact.lookup, values)
                if found is not None:
                    values[name] = (found,)
        return values

    def _looked_up(self, lookup: Lookup, values: Mapping[str, tuple[Value, ...]]) -> Value | None:
        key = values.get(lookup.by)
        rows = self._rulebook.models.find(key[0].value) if key else ()
        cells = {row.values[lookup.column] for row in rows}
        if key is None or len(cells) != 1:
            # No such model, or models of one name that differ in this column: the register does not tell.
            return None
        row = rows[0]
        strength = min(key[0].strength, self._limit, *(row.strength for row in rows))
        return Value(cells.pop(), strength, key[0].quotes, row=row)

    def _value(self, stated: Stated, item: Item | None = None) -> Value:
        strength = stated.strength or (item.strength if item is not None else None)
        quotes = stated.quotes or (item.quotes if item is not None else ()) or self.event.quotes
        return Value(stated.value, self._grade(strength), quotes, stated.hedge, stated.note)

    def _grade(self, strength: StrengthName | None) -> int:
        return int(level(strength, self.event.strength))


def _holds(test: FactTest, value: str, *, numeric: bool) -> bool | None:
    if value == OPEN:
        return None
    if test.operator in ("is", "in") and value in test.operands:
        return True
    if test.operator in ("is", "in") and not (numeric and is_number(value)):
        return False
    from decimal import Decimal  # few events state numbers, and the module is slow to load

    number, operand = Decimal(value), Decimal(test.operands[0])
    return {
        "is": number == operand,
        "in": number in map(Decimal, test.operands),
        "above": number > operand,
        "at_least": number >= operand,
        "below": number < operand,
        "at_most": number <= operand,
    }[test.operator]
