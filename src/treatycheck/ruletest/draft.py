"""An event of a test file as a tree that a test may vary, with where each of its values is written.

Knows paths and positions only; what the values mean is checked when the event is built.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from treatycheck.casefile.model import Event
from treatycheck.casefile.words import TreePath
from treatycheck.errors import did_you_mean, listed
from treatycheck.yaml import Position, YamlDocument

FIELDS: Final = tuple(one.name for one in dataclasses.fields(Event) if one.name not in ("id", "quotes", "source"))
"""The fields of an event that a test may write and change; the others say who reported it, which decides nothing."""

Wrong = tuple[TreePath, str, str, str]
"""A mistake: where it stands, its code, the message and what to do."""


@dataclass(slots=True)
class Draft:
    """A copy of the event of that name in the file; `positions` and `keys` are those of the tree, not of the file."""

    file: YamlDocument
    name: str
    tree: dict[str, object]
    positions: dict[TreePath, Position]
    keys: dict[TreePath, Position]

    @property
    def source(self) -> YamlDocument:
        """The tree as if it were a file of its own, so that mistakes in it are shown where they are written."""
        return YamlDocument(self.file.file, self.tree, self.positions, self.keys)

    def change(self, key: str, value: object, written: TreePath) -> Wrong | None:
        """Put a value at a dotted path, or a new entry at the end of a list; missing mappings on the way are made."""
        route, wrong = _route(key, written)
        if wrong is not None:
            return wrong
        *way, last = route
        owner: object = self.tree
        for depth, step in enumerate(way):
            inner = _entered(owner, step)
            if inner is None:
                return self._absent(route[: depth + 1], owner, written)
            owner = inner
        if isinstance(owner, dict):
            owner[last] = _spelt_out(route, value)
        elif isinstance(owner, list) and isinstance(last, int) and last <= len(owner):
            owner[last : last + 1] = [copy.deepcopy(value)]
        else:
            return self._absent(route, owner, written)
        self._forget(route)
        self.place(written, route)
        return None

    def remove(self, key: str, written: TreePath) -> Wrong | None:
        """Take away what stands at a dotted path."""
        route, wrong = _route(key, written)
        if wrong is not None:
            return wrong
        *way, last = route
        owner: object = self.tree
        for depth, step in enumerate(way):
            inner = _inside(owner, step)
            if inner is None:
                return self._absent(route[: depth + 1], owner, written)
            owner = inner
        if _inside(owner, last) is None:
            return self._absent(route, owner, written)
        # Something stands at that step, so it is a key of a mapping or a place in a list.
        del cast("dict[str | int, object]", owner)[last]
        self._forget(route)
        return None

    def place(self, written: TreePath, route: TreePath) -> None:
        """Note that what stands at `route` of the tree is written at `written` of the file."""
        depth = len(written)
        for own, origin in ((self.positions, self.file.positions), (self.keys, self.file.keys)):
            own.update({(*route, *at[depth:]): place for at, place in origin.items() if at[:depth] == written})

    def _forget(self, route: TreePath) -> None:
        depth = len(route)
        for own in (self.positions, self.keys):
            for at in [at for at in own if at[:depth] == route]:
                del own[at]

    def _absent(self, route: TreePath, owner: object, written: TreePath) -> Wrong:
        if isinstance(owner, list):
            help_line = f"the list has {len(owner)} {'entry' if len(owner) == 1 else 'entries'}, counted from 0"
        elif isinstance(owner, dict):
            help_line = did_you_mean(str(route[-1]), owner) or f"the keys there are {listed(owner)}"
        else:
            help_line = f"`{owner}` is a plain value"
        return written, "TC463", f"event `{self.name}` has no `{'.'.join(map(str, route))}`", help_line


def draft(file: YamlDocument, name: str, written: Mapping[str, object]) -> Draft:
    """Begin with the event as it is written in the file."""
    tree: dict[str, object] = {"id": name, "title": name}
    tree |= {key: _spelt_out((key,), value) for key, value in written.items()}
    begun = Draft(file, name, tree, {}, {})
    begun.place(("events", name), ())
    return begun


def _route(key: str, written: TreePath) -> tuple[TreePath, Wrong | None]:
    """The steps of a dotted path; a number is the place of a list entry, counted from 0."""
    route: TreePath = tuple(int(step) if step.isdecimal() else step for step in key.split("."))
    if route[0] in FIELDS:
        return route, None
    help_line = did_you_mean(str(route[0]), FIELDS) or f"a path begins with one of {listed(FIELDS, limit=20)}"
    return route, (written, "TC463", f"unknown path `{key}`", help_line)


def _spelt_out(route: TreePath, value: object) -> object:
    """A copy of the value; a date of the event may be written as such."""
    return {"edtf": value} if route == ("date",) and isinstance(value, str) else copy.deepcopy(value)


def _inside(owner: object, step: str | int) -> object:
    """What stands one step below, or None."""
    if isinstance(owner, dict):
        return owner.get(step)
    if isinstance(owner, list) and isinstance(step, int) and step < len(owner):
        return owner[step]
    return None


def _entered(owner: object, step: str | int) -> object:
    """What stands one step below, made if it can be; a value in its short form is written in full on the way."""
    if not isinstance(owner, dict):
        return _inside(owner, step)
    inner = owner.setdefault(step, {})
    if isinstance(inner, str):
        inner = owner[step] = {"value": inner}
    return inner
