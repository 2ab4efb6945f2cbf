"""Strict YAML in which every scalar is text and every value knows its line and column.

It knows the form of a file, not what the file means: no key, type or vocabulary is checked here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from treatycheck.errors import Diagnostic, InputError

MAX_BYTES: Final = 2_000_000
MAX_DEPTH: Final = 50
# A binary or tab-indented file would drown every other message, so each kind of character is listed only this often.
_MAX_LISTED: Final = 50

CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "TC101": "the file cannot be read",
        "TC102": "the file is not UTF-8",
        "TC103": "a control or invisible character",
        "TC104": "the file is too large",
        "TC105": "the content is nested too deeply",
        "TC106": "the text is not well-formed YAML",
        "TC107": "a tab outside quoted or block text",
        "TC108": "a key occurs twice in one mapping",
        "TC109": "an anchor or alias",
        "TC110": "a merge key",
        "TC111": "an explicit tag",
        "TC112": "several documents in one file",
        "TC113": "the file has no content",
        "TC114": "a key is not plain text",
    }
)

# C0 without tab and newlines, DEL, C1, zero width, line separators, bidirectional controls, and what no parser accepts.
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200d\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)

# What the parser reports (in either of its two dialects) -> what the user is told: code, message, help.
# `{found}` is the text at that place, `{opened}` the text where the construct starts (the message then points there),
# `{line}` the line where it starts.
_SYNTAX: Final = (
    ("found a tab", "TC107", "a tab outside quoted or block text", "use spaces"),
    ("directive|incompatible", "TC106", "unexpected directive {opened}", "remove the line that starts with `%`"),
    (r"\btag\b", "TC111", "unexpected tag {opened}", "put text that starts with `!` in quotes"),
    ("scanning an (alias|anchor)", "TC109", "unexpected {opened}", "put text that starts with `&` or `*` in quotes"),
    ("block scalar", "TC106", "unexpected {found} after `|` or `>`", "start the text on the next line"),
    ("could not find expected ':'", "TC106", "no `:` after {opened}", "write `key: value`, or indent to go on above"),
    ("unexpected (end|document)", "TC106", "quotation marks not closed: {opened}", "add the closing quotation mark"),
    ("quoted scalar", "TC106", "unknown escape at {found}", "double the backslash, or use single quotes"),
    ("cannot start any", "TC106", "text cannot start with {found}", "put the text in quotes"),
    ("mapping values", "TC106", "unexpected {found}", "put text that contains `: ` in quotes, or align the key"),
    ("entries are not", "TC106", "a list cannot start at {found}", "put each `- ` on its own line below the key"),
    ("',' or ']'", "TC106", "expected `,` or `]`, found {found}", "close the list opened on line {line}"),
    ("',' or '}'", "TC106", "expected `,` or `}}`, found {found}", "close the mapping opened on line {line}"),
    ("document start", "TC106", "unexpected {found} after the end", "quote the whole text, or align the lines"),
    ("node content", "TC106", "expected a value, found {found}", "give a value, or put the text in quotes"),
    ("block collection", "TC106", "expected `- `, found {found}", "align it with the list that starts on line {line}"),
    ("block mapping", "TC106", "expected a key, found {found}", "align it with line {line}, or quote the whole text"),
    ("", "TC106", "unexpected {found}", "check the indentation, quotes and brackets here and on the line above"),
)

Route: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file; line and column count from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """The content of one file: `dict`, `list` and `str` only, with where each value and key stands.

    An empty value is the empty text. Paths start at the root, which is the empty tuple.
    """

    file: str
    value: object
    positions: Mapping[Route, Position]
    keys: Mapping[Route, Position]

    def at(self, path: Sequence[str | int]) -> Position:
        """Return the position of the value at `path`, or of the nearest value above it if there is none."""
        known = tuple(path)
        while known and known not in self.positions:
            known = known[:-1]
        return self.positions[known]


def read(path: Path, *, shown: str | None = None) -> YamlDocument:
    """Read a file; `shown` is its name in diagnostics. Raises `InputError`."""
    file = shown if shown is not None else str(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError([unreadable(file, error)]) from error
    return load(data, file)


def unreadable(file: str, error: OSError) -> Diagnostic:
    """The diagnostic for a file that cannot be read at all."""
    reason = (error.strerror or "unknown reason").lower()
    return Diagnostic(file, 0, 0, "TC101", f"cannot read `{file}`: {reason}", "check the name and the permissions")


def load(data: bytes, file: str) -> YamlDocument:
    """Read the content of `file`. Raises `InputError` with every problem found as far as the text can be understood."""
    if len(data) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB"
        raise InputError([Diagnostic(file, 0, 0, "TC104", message, "split it into several files")])
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        place = _place(data[: error.start].decode("utf-8").removeprefix("\ufeff"))
        message = f"byte `0x{data[error.start]:02x}` is not UTF-8"
        diagnostic = Diagnostic(file, place.line, place.column, "TC102", message, "save the file as UTF-8")
        raise InputError([diagnostic]) from error
    hidden = list(_HIDDEN.finditer(text))
    # A visible stand-in of the same length keeps lines and columns, so that the other problems are found as well.
    reading = _Reading(file, _HIDDEN.sub("\ufffd", text))
    for number, match in enumerate(hidden[:_MAX_LISTED], start=1):
        rest = len(hidden) - number if number == _MAX_LISTED else 0
        reading.report_hidden(match[0], _place(text[: match.start()]), more=rest)
    value = reading.value()
    if reading.problems:
        raise InputError(reading.problems)
    return YamlDocument(file, value, MappingProxyType(reading.positions), MappingProxyType(reading.keys))


class _CannotGoOnError(Exception):
    """The rest of the file cannot be read; the reason is already among the problems."""


class _MalformedError(Exception):
    """The parser gave up: what it said, and where (`here`) in what (`opened`), as offset and position."""

    def __init__(self, said: str, here: tuple[int, Position], opened: tuple[int, Position]) -> None:
        super().__init__(said)
        self.said, self.here, self.opened = said, here, opened


class _Event(NamedTuple):
    """One step of the parser; `kind` is scalar, sequencestart, mappingend and so on; offsets are code points."""

    kind: str
    place: Position
    start: int
    end: int
    value: str
    style: str
    anchor: str | None
    tag: str | None


def _events(text: str) -> Iterator[_Event]:
    """Run the parser over `text`. Raises `_MalformedError`."""
    import yaml

    def where(mark: object) -> tuple[int, Position]:
        index, line, column = attrgetter("index", "line", "column")(mark)
        return index, Position(line + 1, column + 1)

    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            start, place = where(event.start_mark)
            kind = type(event).__name__.removesuffix("Event").lower()
            attributes = (getattr(event, name, None) for name in ("value", "style", "anchor", "tag"))
            value, style, anchor, tag = attributes
            yield _Event(kind, place, start, where(event.end_mark)[0], value or "", style or "", anchor, tag)
    except yaml.MarkedYAMLError as error:
        here = where(error.problem_mark)
        opened = where(error.context_mark) if error.context_mark else here
        raise _MalformedError(f"{error.context} {error.problem}", here, opened) from error


class _Reading:
    """One pass over the parser's events; collects values, positions and problems."""

    __slots__ = ("events", "file", "keys", "positions", "problems", "read_to", "tabs_allowed", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.positions: dict[Route, Position] = {}
        self.keys: dict[Route, Position] = {}
        self.problems: list[Diagnostic] = []
        self.tabs_allowed: list[tuple[int, int]] = []  # spans of quoted and block text, in order
        self.read_to = 0
        self.events = _events(text)

    def report(self, place: Position, code: str, message: str, advice: str) -> None:
        self.problems.append(Diagnostic(self.file, place.line, place.column, code, message, advice))

    def report_hidden(self, character: str, place: Position, *, more: int = 0) -> None:
        name = unicodedata.name(character, "control character").lower()
        message = f"invisible character `U+{ord(character):04X}` ({name})"
        self.report(place, "TC103", f"{message}, and {more} more" if more else message, "delete it or type it anew")

    def value(self) -> object:
        """Return the content, or the empty text if it could not be understood."""
        malformed = None
        content: object = ""
        try:
            content = self._content()
            self.read_to = len(self.text)
        except _MalformedError as error:
            malformed = error
        except _CannotGoOnError:
            pass  # reported where it was found
        self._report_tabs()
        if malformed:
            self._report_malformed(malformed)
        return content

    def _next(self) -> _Event:
        event = next(self.events)
        self.read_to = event.end
        return event

    def _content(self) -> object:
        self._next()
        start = self._next()
        if self.text.startswith("%", start.start):
            advice = "remove the line that starts with `%`"
            self.report(start.place, "TC106", f"unexpected directive {self._snippet(start.start)}", advice)
        root = self._next() if start.kind == "documentstart" else None
        if root is None or (root.kind == "scalar" and root.start == root.end):
            self.problems.append(
                Diagnostic(self.file, 0, 0, "TC113", "the file has no content", "fill it in or delete it")
            )
        if root is None:
            return ""
        content = self._node(root, (), 1)
        self._next()
        following = self._next()
        if following.kind == "documentstart":
            advice = "keep one document in a file; remove the `---`"
            self.report(following.place, "TC112", "a second document starts here", advice)
            raise _CannotGoOnError
        return content

    def _node(self, event: _Event, path: Route | None, depth: int) -> object:
        """Read the value that starts with `event`; a path of None looks for problems only."""
        if path is not None:
            self.positions[path] = event.place
        if event.kind == "alias":
            advice = "write the value out, or put text that starts with `*` in quotes"
            self.report(event.place, "TC109", f"alias `*{event.anchor}` is not supported", advice)
            return ""
        if event.anchor is not None:
            advice = "remove it, or put text that starts with `&` in quotes"
            self.report(event.place, "TC109", f"anchor `&{event.anchor}` is not supported", advice)
        if event.tag is not None:
            advice = "remove it, or put text that starts with `!` in quotes; every value is read as text"
            self.report(event.place, "TC111", f"tag before {self._snippet(event.start)} is not supported", advice)
        if event.kind == "scalar":
            return self._scalar(event)
        if depth > MAX_DEPTH:
            self.report(event.place, "TC105", f"nested more than {MAX_DEPTH} levels deep", "make it flatter")
            raise _CannotGoOnError
        return self._sequence(path, depth) if event.kind == "sequencestart" else self._mapping(path, depth)

    def _scalar(self, event: _Event) -> str:
        if event.style:
            self.tabs_allowed.append((event.start, event.end))
        if event.style == '"':
            for character in sorted(set(_HIDDEN.findall(event.value))):  # written as an escape
                self.report_hidden(character, event.place)
        return event.value

    def _sequence(self, path: Route | None, depth: int) -> list[object]:
        items: list[object] = []
        while (event := self._next()).kind != "sequenceend":
            items.append(self._node(event, None if path is None else (*path, len(items)), depth + 1))
        return items

    def _mapping(self, path: Route | None, depth: int) -> dict[str, object]:
        entries: dict[str, object] = {}
        lines: dict[str, int] = {}
        while (event := self._next()).kind != "mappingend":
            key = self._key(event, depth)
            if key is not None and key in lines:
                message = f"key {_quoted(key)} occurs twice; the first is on line {lines[key]}"
                self.report(event.place, "TC108", message, "keep one of them")
                key = None
            if key is None:
                self._node(self._next(), None, depth + 1)
                continue
            lines[key] = event.place.line
            here = None if path is None else (*path, key)
            if here is not None:
                self.keys[here] = event.place
            entries[key] = self._node(self._next(), here, depth + 1)
        return entries

    def _key(self, event: _Event, depth: int) -> str | None:
        """Return the key that starts with `event`, or None if it cannot be one."""
        self._node(event, None, depth + 1)
        if event.kind == "alias":
            return None
        if event.kind != "scalar" or event.style in ("|", ">"):
            advice = "write a short text as key; put text with brackets or braces in quotes"
            self.report(event.place, "TC114", f"{self._snippet(event.start)} cannot be a key", advice)
        elif not event.value:
            self.report(event.place, "TC114", "a key is empty", "write the key before the `:`")
        elif event.value == "<<" and not event.style:
            self.report(event.place, "TC110", "merge key `<<` is not supported", "write the entries out")
        else:
            return event.value
        return None

    def _report_tabs(self) -> None:
        spans = iter([*self.tabs_allowed, (len(self.text), len(self.text))])
        start, end = next(spans)
        found: dict[int, Position] = {}  # the first on each line
        for match in re.finditer("\t", self.text[: self.read_to]):
            while end <= match.start():
                start, end = next(spans)
            if match.start() < start and len(found) < _MAX_LISTED:
                place = _place(self.text[: match.start()])
                found.setdefault(place.line, place)
        for place in found.values():
            self.report(place, "TC107", "a tab outside quoted or block text", "use spaces")

    def _report_malformed(self, error: _MalformedError) -> None:
        _, code, message, advice = next(row for row in _SYNTAX if re.search(row[0], error.said))
        offset, place = error.opened if "{opened}" in message else error.here
        content = self.text.rstrip()
        if self.text.startswith("\t", error.here[0]):
            _, code, message, advice = _SYNTAX[0]
            place = error.here[1]
        elif offset >= len(content):  # the dialects put the end of the file differently
            place = _place(content)
        if any(known.line == place.line and known.code in ("TC103", "TC107") for known in self.problems):
            return  # the odd character explains it
        snippet, line = self._snippet(offset), error.opened[1].line
        self.report(place, code, message.format(found=snippet, opened=snippet, line=line), advice.format(line=line))

    def _snippet(self, offset: int) -> str:
        """Return the rest of the line at `offset`, shortened and in backticks."""
        rest = re.split(r"[\r\n]", self.text[offset : offset + 200], maxsplit=1)[0].strip()
        if rest:
            return _quoted(rest)
        return "the end of the line" if self.text[offset:].strip() else "the end of the file"


def _quoted(text: str, longest: int = 40) -> str:
    shown = " ".join(text.split()).replace("`", "'")
    return f"`{shown}`" if len(shown) <= longest else f"`{shown[:longest]}…`"


def _place(before: str) -> Position:
    """Return the position that follows the text `before`."""
    lines = re.split(r"\r\n|\r|\n", before)
    return Position(len(lines), len(lines[-1]) + 1)
