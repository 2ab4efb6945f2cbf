"""A terminal without a screen: what it shows of a text, and whatever else the text would have made it do."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final
from unicodedata import normalize

import pyte
from wcwidth import wcwidth

QUIET: Final = frozenset({"draw", "linefeed", "select_graphic_rendition"})
"""All that a report may ask of a terminal: to show a character, to begin a line, and to set it in a style."""

ESCAPE: Final = re.compile(r"\x1b\[([0-9;]*)m")
STYLES: Final = frozenset({"0", "1", "2", "36", "1;31", "33", "35"})
"""The styles of the report and the end of each."""

PLAIN: Final = ("default", False)
COLOURS: Final = frozenset(
    {PLAIN, ("default", True), ("cyan", False), ("red", True), ("brown", False), ("magenta", False)}
)
"""The same as the emulator has them: colour, and whether bold. Its name for dark yellow is brown."""


class _Screen(pyte.Screen):
    """Passes over signs that take no room: after some the emulator drops a text, after others it breaks the line."""

    def draw(self, data: str) -> None:
        super().draw(seen(data))


class _Watched:
    """Stands before a screen and writes down what it is asked to do beyond showing text."""

    def __init__(self, screen: pyte.Screen) -> None:
        self.screen = screen
        self.done: list[str] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        asked: Callable[..., None] = getattr(self.screen, name)
        if name in QUIET:
            return asked

        def noted(*arguments: Any, **options: Any) -> None:
            self.done.append(name)
            asked(*arguments, **options)

        return noted


class Shown:
    """A text on a terminal of so many columns: the lines that can be read there, what was done, and the styles used."""

    def __init__(self, text: str, columns: int) -> None:
        screen = _Screen(columns, text.count("\n") + 20)
        # A program writes line ends only; that each begins at the left is what the driver of a terminal sees to.
        screen.set_mode(pyte.modes.LNM)
        watched = _Watched(screen)
        pyte.Stream(watched).feed(text)  # type: ignore[arg-type]  # has whatever a screen has
        rows = [[screen.buffer[row][column] for column in range(columns)] for row in range(screen.lines)]
        self.lines = [seen("".join(cell.data for cell in row)).rstrip() for row in rows]
        self.done = watched.done
        self.title = (screen.title, screen.icon_name)
        self.row = screen.cursor.y
        cells = [cell for row in rows for cell in row]
        self.colours = {(cell.fg, cell.bold) for cell in cells}
        self.others = {one for one in cells if one.bg != "default" or one.reverse or one.blink or one.underscore}


def seen(text: str) -> str:
    """A text without the signs that take no room of their own."""
    return text if text.isascii() else "".join(one for one in normalize("NFD", text) if wcwidth(one))


def unacted(text: str, columns: int) -> list[str]:
    """What is wrong with a text that a terminal of so many columns is to show: nothing, or what it does or loses."""
    shown = Shown(text, columns)
    told = [seen(one).rstrip() for one in ESCAPE.sub("", text).split("\n")]
    styles = {found[1] for found in ESCAPE.finditer(text)}
    wrong = [f"does {name}" for name in shown.done]
    wrong += [f"style {one}" for one in sorted(styles - STYLES)]
    wrong += [f"colour {one}" for one in shown.colours - COLOURS]
    wrong += [f"cell {one}" for one in shown.others]
    wrong += ["a title" for one in shown.title if one]
    wrong += [f"sign {ord(one):x}" for one in re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", ESCAPE.sub("", text))]
    if shown.lines[: len(told)] != told:
        place = next(at for at, pair in enumerate(zip(shown.lines, told, strict=False)) if pair[0] != pair[1])
        wrong.append(f"line {place + 1}: {told[place]!r} is shown as {shown.lines[place]!r}")
    if shown.row != text.count("\n"):
        wrong.append(f"ends in row {shown.row + 1} of {text.count(chr(10)) + 1}")
    return wrong


def unspaced(text: str) -> str:
    """A text as seen, without spaces and line ends, so that it can be looked for where it is broken into lines."""
    return "".join(seen(text).split())
