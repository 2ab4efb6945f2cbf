"""The words of an invented law on kites, and how what random rulebooks are made of is drawn and written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final, TypeVar

from treatycheck.screen.schema import UNKNOWN

One = TypeVar("One")
Tree = dict[str, Any]

STATES: Final = {"NLA": "Northland", "SLA": "Southland", "WLA": "Westland", "ELA": "Eastland"}
ROLES: Final = ("flyer", "keeper", "owner")
ACTS: Final = ("fly", "keep", "lend")
KINDS: Final = ("state", "state_organ", "club", "unknown")
MODALITIES: Final = {"occurred": "actual", "announced": "prospective", "planned": "prospective", "denied": "negated"}
CONFIDENCES: Final = ("settled", "majority", "contested", "open")
VERIFIED: Final = ("yes", "yes", "yes", "partly", "no")
CONSENTS: Final = ("ratification", "accession", "succession")

FACTS: Final[Mapping[str, Tree]] = {
    "object.category": {"type": "code", "values": {"storm": "A storm kite.", "calm": "A calm one.", "toy": "A toy."}},
    "object.model": {"type": "text"},
    "object.activation": {"type": "text"},
    "object.quantity": {"type": "number"},
    "object.origin": {"type": "state"},
    "object.marked": {"type": "truth"},
    "object.made": {"type": "date"},
    "model.category": {
        "type": "code",
        "values": {"storm": "For storms.", "fair": "For fair weather."},
        "lookup": {"register": "kites", "by": "object.model", "column": "category"},
    },
    "model.span": {"type": "number", "lookup": {"register": "kites", "by": "object.model", "column": "span"}},
    "event.purpose": {"type": "code", "values": {"rescue": "Rescue.", "show": "A show.", "sport": "A sport."}},
    "event.burnt": {"type": "truth"},
    "event.height": {"type": "number"},
    "event.colour": {"type": "text"},
    "event.begun": {"type": "date"},
    "event.seen_from": {"type": "state"},
    "place.country": {"type": "state"},
    "attribution.ordered": {"type": "truth"},
}
TEXTS: Final = ("red", "at night", "Red", 'a "b", c', "grün", "red ")
NUMBERS: Final = ("10", "10.0", "0", "2.5", "1000", ".5", "0.1", "10.00")
MORE_NUMBERS: Final = ("9", "11", "007", "40.", "2.50", "2.4999", "999999999999999", "12345678901234567890", "0.10")
DESIGNATIONS: Final = (
    "Albatross 3",
    "albatross-3",
    "Big  Bird",
    "Wren",
    "WREN",
    "\uff37ren",
    "no such model",
    "Unknown",
    "grün",
)
NAMES: Final = ("somebody", "another", "somebody", UNKNOWN)
BAD: Final = ("2012-13-01", "yesterday", "S9", "neither", "-1", "12,5", " ", "1e3", "nla")
EPOCH: Final = date(2000, 1, 1)
AS_OF: Final = date(2026, 1, 31)

OF_OBJECTS: Final = ("object.", "model.")
_CODE_OPERATORS: Final = ("is", "in", "is", "is_stated")
OPERATORS: Final[Mapping[str, tuple[str, ...]]] = {
    "truth": ("is", "is", "is_stated"),
    "code": _CODE_OPERATORS,
    "state": _CODE_OPERATORS,
    "text": _CODE_OPERATORS,
    "date": ("is_stated",),
    "number": ("is", "above", "at_least", "below", "at_most", "is_stated"),
}


WORDS: Final[Mapping[str, Sequence[str]]] = {
    "kind": KINDS,
    "role": ROLES,
    "link": ("direct", "organ", "alleged"),
    "modality": tuple(MODALITIES),
    "act": ACTS,
}


class Lots(Random):
    """Random choices."""

    def often(self, tenths: int) -> bool:
        """True in so many cases of ten."""
        return self.randrange(10) < tenths

    def rarely(self, one_in: int) -> bool:
        """True in one case of so many."""
        return self.randrange(one_in) == 0

    def some(self, several: Sequence[One], most: int) -> list[One]:
        """One to `most` different ones, in their order."""
        chosen = {self.randrange(len(several)) for _ in range(self.randint(1, most))}
        return [several[place] for place in sorted(chosen)]

    def day(self, within: int = 9000) -> date:
        """A day of the quarter of a century from the epoch on, or of so many days."""
        return EPOCH + timedelta(self.randrange(within))


def vocabulary(facts: Sequence[str]) -> str:
    """The vocabulary with these facts."""
    return yaml_of(
        {
            "format": "treatycheck.vocabulary/1",
            "acts": {act: {"label": act} for act in ACTS},
            "roles": {role: {"label": role} for role in ROLES},
            "actor_kinds": {kind: {"label": kind} for kind in KINDS},
            "modalities": {name: {"effect": effect, "label": name} for name, effect in MODALITIES.items()},
            "document_kinds": {"news_article": {"label": "news article", "strongest": "S3"}},
            "facts": {name: {"question": "What is it?", **FACTS[name]} for name in facts},
        }
    )


def yaml_of(tree: Tree) -> str:
    """A tree as YAML: JSON is a part of it."""
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def csv_of(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as CSV; a cell that is not given is empty."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()
