"""What is open in an event: for each open fact the question, and the answers it may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from treatycheck.explain.answers import Choice
from treatycheck.explain.keys import Key, Keys
from treatycheck.explain.possible import Answer, Catalogue, Possibilities, Possible, Shared
from treatycheck.explain.proof import Evidence
from treatycheck.explain.questions import bearer_name, whose
from treatycheck.facts import BearerCase, EventFacts
from treatycheck.findings import Answered, Missing


@dataclass(frozen=True)
class OpenFact:
    """A fact that is open, with the question and everything that could be answered."""

    key: Key
    asked: Missing
    possible: Possible
    _told: dict[int, Answered] = field(init=False, repr=False, compare=False, default_factory=dict)

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Everything that could be answered."""
        return self.possible.answers

    @property
    def choice(self) -> Choice:
        """The fact as the search for answers has it."""
        return self.possible.choice

    def answered(self, mask: int) -> Answered:
        """The fact with the answers that have these bits, all of them and, where they are many, some."""
        found = self._told.get(mask)
        if found is None:
            answer, brief = self.possible.words(mask)
            found = self._told[mask] = Answered(self.asked, answer, "" if brief == answer else brief)
        return found


class Choices:
    """The open facts of one bearer and event; what belongs to the event alone is worked out once for all bearers."""

    def __init__(
        self, evidence: Evidence, facts: EventFacts, bearer: BearerCase, shared: Shared, catalogue: Catalogue
    ) -> None:
        self.keys = Keys(evidence, bearer, catalogue.cones)
        self._evidence = evidence
        self._facts = facts
        self._bearer = bearer
        self._possible = Possibilities(evidence, facts, bearer, self.keys, shared, catalogue)
        self._found: dict[Key, OpenFact | None] = {}

    def open(self, keys: Iterable[Key]) -> Iterator[OpenFact]:
        """The open facts with these keys; what has no answer but the one it has is left out."""
        for key in dict.fromkeys(keys):
            if key not in self._found:
                possible = self._possible.of(key)
                self._found[key] = OpenFact(key, self._asked(key), possible) if possible.answers else None
            if (found := self._found[key]) is not None:
                yield found

    def _asked(self, key: Key) -> Missing:
        rulebook, event = self._evidence.rulebook, self._evidence.event
        match key:
            case ("fact", str(name), number):
                assert number is None or isinstance(number, int)  # noqa: S101 - how the key of a fact is made
                about = event.objects[number].described if number is not None else ""
                fact = rulebook.vocabulary.fact(name)
                return Missing(name, fact.question if fact is not None else name, about)
            case ("actor", _) if self.keys.actor("bearer") == key:
                name = bearer_name(rulebook, self._bearer)
                return Missing("bearer.kind", f"What kind of actor is {name}, and of which State?")
            case ("actor" | "role", str(who)):
                actor = self._evidence.dossier.actors.get(who)
                word = rulebook.vocabulary.roles.get(who)
                called = actor.name if actor is not None else f"the {word.label}" if word is not None else who
                return Missing("", f"What kind of actor is {called}, and of which State?")
            case ("kind", str(owner)):
                actor_kind = rulebook.vocabulary.fact(f"{owner}.kind")
                return Missing(f"{owner}.kind", actor_kind.question if actor_kind is not None else owner)
            case ("date",) | ("day", *_):
                return Missing("date", "On which day did it happen, and who says so?")
            case ("object", int(index)):
                kind, _, name = self._evidence.program.object_units[index].name.partition(" ")
                term = rulebook.terms.get(name) if kind == "term" else None
                return Missing("object", "Which objects were they?", "" if term is None else term.title)
            case ("accounts",):
                each = "; ".join(according_to for according_to, _, _ in self._facts.told(self._bearer))
                return Missing("accounts", f"Which account is right ({each})?")
            case ("place",):
                return Missing("place.country", "In which State did it happen?")
            case ("status", str(instrument), str(of)):
                name, short = whose(self._evidence, of, self._bearer), rulebook.instruments[instrument].short_title
                return Missing("date", f"What was the status of {name} under the {short} on that day?")
            case _:
                return Missing("date", "Which day was the last one, and had it passed?")
