"""Reads a rulebook folder: every file, in the shape of `rulebook.model`, all mistakes of the run together.

References between files are checked in `rulebook.lint`; nothing is evaluated and no instrument is named here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from treatycheck import cache, dates, shape, yaml
from treatycheck.errors import Diagnostic, InputError, attempt, did_you_mean, listed
from treatycheck.registers import deadlines as deadlines_register
from treatycheck.registers import models as models_register
from treatycheck.registers import record, standing, states, status, table, terms
from treatycheck.registers.deadlines import DeadlineRegister
from treatycheck.registers.standing import StatusRegister
from treatycheck.registers.states import States
from treatycheck.registers.terms import Joining, RegisterTerms, Suspension
from treatycheck.rulebook import conditions, lint, model, vocabulary
from treatycheck.rulebook.conditions import AllOf, Parser
from treatycheck.rulebook.locate import named, part_of, rulebook_files, rulebook_folder
from treatycheck.rulebook.model import (
    Exempting,
    Instrument,
    Manifest,
    Membership,
    Position,
    Procedure,
    Provision,
    Rule,
    Rulebook,
    Term,
    Wording,
)
from treatycheck.rulebook.timing import membership_faults
from treatycheck.rulebook.vocabulary import SECTIONS, Additions, Vocabulary
from treatycheck.yaml import YamlDocument

Noun = TypeVar("Noun")
TreePath = tuple[str | int, ...]

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC410": "there is no rulebook in this folder",
        "TC411": "a file of a rulebook is not made of the lists it may have",
        "TC412": "an id is missing or is given twice",
        "TC415": "an instrument adds a word that the vocabulary has already",
        "TC418": "a file or folder that does not belong to the rulebook",
    }
)

Tree = dict[str, object]

CACHED_MODULES: Final = (
    deadlines_register,
    dates,
    models_register,
    record,
    standing,
    states,
    status,
    table,
    terms,
    conditions,
    model,
    vocabulary,
)
_EVENT_CONDITIONS: Final = ("only_if", "addressee", "bound", "place", "when")
_LISTS: Final[Mapping[str, type[Provision | Term | Rule | Exempting | Procedure | Position]]] = {
    "provisions": Provision,
    "terms": Term,
    "rules": Rule,
    "exceptions": Exempting,
    "procedures": Procedure,
    "positions": Position,
}
_OWN_SHAPE: Final = ("instrument.yaml", "vocabulary.yaml")
# Stands in for a condition that could not be parsed, so that its mistake is reported once and not twice.
_BROKEN: Final = AllOf(())


def load_rulebook(folder: Path) -> Rulebook:
    """Load and check the rulebook in a folder; raises `InputError` with every mistake in it."""
    try:
        is_there = (folder / "rulebook.yaml").is_file()
    except OSError as error:
        raise InputError([yaml.unreadable(str(folder), error)]) from error
    if not is_there:
        help_line = "give the folder of a rulebook with `--rules`"
        raise InputError(
            [Diagnostic(str(folder), 0, 0, "TC410", "there is no `rulebook.yaml` in this folder", help_line)]
        )
    parts: list[tuple[str, bytes]] = []
    unreadable: list[Diagnostic] = []
    for path in rulebook_files(folder):
        try:
            parts.append((named(path, folder), path.read_bytes()))
        except OSError as error:
            unreadable.append(yaml.unreadable(str(path), error))
    if unreadable:
        raise InputError(unreadable)
    sha256 = cache.digest(parts)
    return cache.load(
        "rulebook", f"{sha256} {folder}", Rulebook, CACHED_MODULES, lambda: _Loader(folder, sha256).load()
    )


@dataclass(slots=True)
class _Loader:
    folder: Path
    sha256: str
    problems: list[Diagnostic] = field(default_factory=list)
    origins: lint.Origins = field(default_factory=dict)

    def at(self, name: str) -> Path:
        """A file or folder of the rulebook: its own, else the one of the rulebook that comes with the program."""
        return part_of(self.folder, name)

    def load(self) -> Rulebook:
        manifest = self._file(self.folder / "rulebook.yaml", Manifest)
        words = self._file(self.at("vocabulary.yaml"), Vocabulary)
        wording = self._file(self.at("wording.yaml"), Wording)
        path = self.folder / "positions.yaml"
        source = self._read(path) if path.exists() else None
        positions = {} if source is None else {one.id: one for one in self._only_positions(source)}
        if manifest is None or words is None or wording is None:
            raise InputError(self.problems)
        known_states = self._table("rulebook.yaml", ("states",), self.folder, manifest.states, states.load_states)
        load_models = models_register.load_models
        known_models = self._table("rulebook.yaml", ("models",), self.folder, manifest.models, load_models)
        manifest = self._with_folders(manifest)
        words = self._with_additions(manifest, words)
        instruments, contents = self._instruments(manifest, words)
        positions |= {one.id: one for one in contents if isinstance(one, Position)}
        if self.problems or known_states is None or known_models is None:
            raise InputError(self.problems)
        registers: dict[str, StatusRegister] = {}
        for name, one in instruments.items():
            if one.membership is None:
                continue
            loaded = self._status(self.at(name), one, one.membership, known_states, positions)
            if loaded is not None:
                registers[one.id] = loaded
        deadlines = self._deadlines(manifest, instruments, contents, known_states)
        rulebook = Rulebook(
            manifest=manifest,
            vocabulary=words,
            wording=wording,
            positions=positions,
            instruments={one.id: one for one in instruments.values()},
            registers=registers,
            deadlines=deadlines,
            terms={one.id: one for one in contents if isinstance(one, Term)},
            rules={one.id: one for one in contents if isinstance(one, Rule)},
            exceptions={one.id: one for one in contents if isinstance(one, Exempting)},
            procedures={one.id: one for one in contents if isinstance(one, Procedure)},
            states=known_states,
            models=known_models,
            sha256=self.sha256,
        )
        self.problems += lint.check(rulebook, self.origins)
        if self.problems:
            raise InputError(self.problems)
        return rulebook

    def _only_positions(self, source: YamlDocument) -> Iterator[Position]:
        """The positions of the file that has nothing else."""
        for key in source.value if isinstance(source.value, dict) else ():
            if key != "positions":
                self._unknown_list(source, key, ("positions",))
        yield from self._entries(source, "positions", Position)

    def _with_folders(self, manifest: Manifest) -> Manifest:
        """The manifest with those instruments that have a folder of their own, each once."""
        known: dict[str, None] = {}
        source = self.origins["rulebook.yaml"][0]
        folders = (self.folder, rulebook_folder())
        there = sorted({path.parent.name for folder in folders for path in folder.glob("*/instrument.yaml")})
        for index, name in enumerate(manifest.instruments):
            if name in known:
                message, help_line = f"the instrument `{name}` is named twice", "remove one of them"
            elif name not in there:
                message = f"there is no instrument in a folder `{name}`"
                help_line = did_you_mean(name, there) or "name a folder of the rulebook that has an `instrument.yaml`"
            else:
                known[name] = None
                continue
            self._problem(source, ("instruments", index), "TC418", message, help_line)
        return replace(manifest, instruments=tuple(known))

    def _with_additions(self, manifest: Manifest, words: Vocabulary) -> Vocabulary:
        """The vocabulary with the words that instruments add in files of their own."""
        for name in manifest.instruments:
            path = self.at(name) / "vocabulary.yaml"
            source = self._read(path) if path.is_file() else None
            if source is None:
                continue
            added = shape.build(Additions, source.value, source, self.problems.append)
            if added is None:
                continue
            for fact in added.facts:
                self.origins.setdefault(f"facts {fact}", (source, ("facts", fact)))
            for section in SECTIONS:
                for word in getattr(words, section).keys() & getattr(added, section).keys():
                    self._problem(
                        source,
                        (section, word),
                        "TC415",
                        f"`{word}` is in the vocabulary already",
                        "use the word as it is defined there, or choose another",
                    )
            words = vocabulary.joined(words, added)
        return words

    def _instruments(self, manifest: Manifest, words: Vocabulary) -> tuple[dict[str, Instrument], list[object]]:
        """The instruments by folder, and every term, rule and exception in their files."""
        sources = {name: self._read(self.at(name) / "instrument.yaml") for name in manifest.instruments}
        trees = {
            name: source for name, source in sources.items() if source is not None and isinstance(source.value, dict)
        }
        ids = tuple(str(source.value.get("id", "")) for source in trees.values() if isinstance(source.value, dict))
        instruments: dict[str, Instrument] = {}
        contents: list[object] = []
        for name, source in trees.items():
            parser = Parser(source, words, ids, self.problems.append)
            tree = dict(source.value) if isinstance(source.value, dict) else {}
            if isinstance(gates := tree.get("gates"), dict):
                tree["gates"] = self._parsed(gates, ("addressee", "bound"), parser, ("gates",), "event")
            instrument = shape.build(Instrument, tree, source, self.problems.append)
            if instrument is None:
                # Its other files are still read, so that their mistakes are told in the same run.
                instrument_id = ""
            else:
                instrument_id = instrument.id
                self._remember(instrument_id, source, ())
            for index, provision in enumerate(() if instrument is None else instrument.provisions):
                self._remember(provision.id, source, ("provisions", index))
            own: list[object] = []
            for path in sorted(self.at(name).glob("*.yaml")):
                if path.name not in _OWN_SHAPE:
                    own += self._contents(path, instrument_id, words, ids)
            if instrument is None:
                continue
            more = tuple(one for one in own if isinstance(one, Provision))
            instruments[name] = replace(instrument, provisions=(*instrument.provisions, *more))
            contents += own
        return instruments, contents

    def _contents(self, path: Path, instrument: str, words: Vocabulary, ids: tuple[str, ...]) -> Iterator[object]:
        source = self._read(path)
        if source is None:
            return
        parser = Parser(source, words, ids, self.problems.append)
        keys = source.value if isinstance(source.value, dict) else {}
        if not keys:
            self._problem(
                source,
                (),
                "TC411",
                "the file has none of the lists of a rulebook",
                f"begin it with one of {listed(f'{name}:' for name in _LISTS)}",
            )
        for key in keys:
            if key not in _LISTS:
                self._unknown_list(source, key, _LISTS)
                continue
            prepare = partial(self._with_conditions, key, parser)
            entries: Iterator[object] = self._entries(source, key, _LISTS[key], prepare)
            for one in entries:
                yield replace(one, instrument=instrument) if isinstance(one, Rule | Procedure) else one

    def _with_conditions(self, key: str, parser: Parser, tree: Tree, where: TreePath) -> Tree:
        """The tree of a term, rule or exception with its conditions parsed."""
        stated = tree.get("scope", "event") if key == "terms" else "event"
        scope = str(stated) if stated in ("object", "event") else ""
        parsed = self._parsed(tree, _EVENT_CONDITIONS, parser, where, scope)
        parsed = self._parsed(parsed, ("object",), parser, where, "object")
        if isinstance(readings := parsed.get("readings"), dict):
            parsed["readings"] = {
                name: self._parsed(reading, ("when",), parser, (*where, "readings", name), scope)
                if isinstance(reading, dict)
                else reading
                for name, reading in readings.items()
            }
        if isinstance(stages := parsed.get("stages"), list):
            parsed["stages"] = [
                self._parsed(stage, ("when",), parser, (*where, "stages", index), scope)
                if isinstance(stage, dict)
                else stage
                for index, stage in enumerate(stages)
            ]
        if isinstance(deadline := parsed.get("deadline"), dict):
            parsed["deadline"] = self._parsed(deadline, ("fulfilled",), parser, (*where, "deadline"), "event")
        return parsed

    def _parsed(self, tree: Tree, keys: tuple[str, ...], parser: Parser, where: TreePath, scope: str) -> Tree:
        return {
            key: (parser.parse(value, (*where, key), scope) or _BROKEN) if key in keys else value
            for key, value in tree.items()
        }

    def _status(
        self,
        folder: Path,
        instrument: Instrument,
        membership: Membership,
        known: States,
        positions: Mapping[str, Position],
    ) -> StatusRegister | None:
        faults = list(membership_faults(membership))
        source = self.origins[instrument.id][0]
        for path, code, message, help_line in faults:
            self._problem(source, ("membership", *path), code, message, help_line)
        named = {"status": membership.status} | ({"acts": membership.acts} if membership.acts else {})
        tables = {
            key: self._table(instrument.id, ("membership", key), folder, name, lambda path: path)
            for key, name in named.items()
        }
        rows, acts = tables["status"], tables.get("acts")
        if faults or rows is None or None in tables.values():
            return None
        read = partial(
            status.load_status,
            rows,
            acts,
            instrument=instrument.id,
            states=known,
            terms=register_terms(
                membership, {name: one.default for name, one in positions.items()}, instrument.member_word
            ),
        )
        return attempt(read, self.problems)

    def _deadlines(
        self, manifest: Manifest, instruments: Mapping[str, Instrument], contents: list[object], known: States
    ) -> dict[str, DeadlineRegister]:
        """The tables of last days that rules name, by rule id."""
        folders = {instruments[name].id: self.at(name) for name in manifest.instruments if name in instruments}
        found: dict[str, DeadlineRegister] = {}
        for rule in contents:
            if isinstance(rule, Rule) and rule.deadline is not None and rule.deadline.register:
                read = partial(deadlines_register.load_deadlines, states=known)
                folder, place = folders[rule.instrument], ("deadline", "register")
                if (loaded := self._table(rule.id, place, folder, rule.deadline.register, read)) is not None:
                    found[rule.id] = loaded
        return found

    def _table(self, owner: str, place: TreePath, folder: Path, name: str, read: Callable[[Path], Noun]) -> Noun | None:
        """What is read from a register that `owner` names at `place`, if it is a file of the rulebook."""
        files = [file for file in rulebook_files(self.folder) if file.suffix == ".csv"]
        path = self.at(name) if folder == self.folder else folder / name
        if path.resolve() in {file.resolve() for file in files}:
            return attempt(lambda: read(path), self.problems)
        source, where = self.origins[owner]
        here = [file.relative_to(folder).as_posix() for file in files if file.is_relative_to(folder)]
        help_line = did_you_mean(name, here) or f"a register is a `.csv` file below `{folder}`"
        self._problem(source, (*where, *place), "TC418", f"there is no register `{name}` in the rulebook", help_line)
        return None

    def _read(self, path: Path) -> YamlDocument | None:
        return attempt(lambda: yaml.read(path), self.problems)

    def _file(self, path: Path, kind: type[Noun]) -> Noun | None:
        source = self._read(path)
        if source is None:
            return None
        self.origins[path.name] = (source, ())
        return shape.build(kind, source.value, source, self.problems.append)

    def _entries(
        self,
        source: YamlDocument,
        key: str,
        kind: type[Noun],
        prepare: Callable[[Tree, TreePath], Tree] = lambda tree, _: tree,
    ) -> Iterator[Noun]:
        trees = source.value.get(key) if isinstance(source.value, dict) else None
        if not isinstance(trees, list):
            self._problem(
                source,
                (key,),
                "TC411",
                f"the file has no list `{key}`" if trees is None else f"`{key}` must be a list",
                f"write `{key}:` and below it each entry after `- `",
            )
            return
        for index, tree in enumerate(trees):
            where = (key, index)
            if not isinstance(tree, dict):
                self._problem(
                    source,
                    where,
                    "TC411",
                    f"an entry of `{key}` must be a mapping",
                    "write `id:` and the other keys below it",
                )
                continue
            built = shape.build(kind, prepare(tree, where), source, self.problems.append, base=where)
            if built is not None:
                self._remember(str(tree["id"]), source, where)
                yield built

    def _unknown_list(self, source: YamlDocument, key: str, known: Iterable[str]) -> None:
        place = source.keys[key,]
        message = f"unknown list `{key}`"
        help_line = did_you_mean(key, known) or f"this file may have {listed(known)}"
        self.problems.append(Diagnostic(source.file, place.line, place.column, "TC411", message, help_line))

    def _remember(self, name: str, source: YamlDocument, where: TreePath) -> None:
        if not name:
            self._problem(source, (*where, "id"), "TC412", "an id is empty", "give it a name that nothing else has")
        elif name in self.origins:
            first, path = self.origins[name]
            place = first.at((*path, "id"))
            self._problem(
                source,
                (*where, "id"),
                "TC412",
                f"`{name}` is defined twice",
                f"the first one is at {first.file}:{place.line}; give this one another id",
            )
        else:
            self.origins[name] = (source, where)

    def _problem(self, source: YamlDocument, path: TreePath, code: str, message: str, help_line: str) -> None:
        place = source.at(path)
        self.problems.append(Diagnostic(source.file, place.line, place.column, code, message, help_line))


def register_terms(membership: Membership, positions: Mapping[str, str], member_word: str) -> RegisterTerms:
    """The parameters of a register under a choice of positions; `member_word` is the instrument's."""
    entry = membership.entry_into_force
    joining = Joining(
        rule=entry.rule,
        months=entry.months,
        first_deposits_until=date.fromisoformat(entry.first_deposits_until) if entry.first_deposits_until else None,
        first_entry=date.fromisoformat(entry.first_entry) if entry.first_entry else None,
        own_date_instruments=entry.own_date_instruments,
    )
    policy = membership.suspension
    suspension = None
    if policy is not None:
        effect = policy.effects.get(positions.get(policy.position, ""), "none")
        suspension = Suspension(policy.act, effect, policy.period, policy.objection_act)
    return RegisterTerms(joining, membership.provisional_act, suspension, membership.withdrawal_period, member_word)
