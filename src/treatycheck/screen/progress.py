"""How far a screening has come, on a terminal: the share of the table, the rate, and the time that is left.

Writes one line over and over and takes it away at the end; where nobody looks on, it writes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Final, Self, TextIO

_EVERY: Final = 0.5
_CLEAR: Final = "\r\x1b[K"


class Progress:
    """Asks `state` (rows done, rows in all, what is being done) from time to time while the work goes on."""

    def __init__(self, state: Callable[[], tuple[int, int, str]], stream: TextIO) -> None:
        self._state = state
        self._stream = stream
        self._done = Event()
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        if self._stream.isatty():
            self._thread = Thread(target=self._watch, daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._thread is not None:
            self._done.set()
            self._thread.join()
            self._stream.write(_CLEAR)
            self._stream.flush()

    def _watch(self) -> None:
        begun = time.monotonic()
        while not self._done.wait(_EVERY):
            self._stream.write(_CLEAR + line(*self._state(), time.monotonic() - begun))
            self._stream.flush()


def line(done: int, total: int, doing: str, seconds: float) -> str:
    """The line that is shown."""
    if not done or not total or seconds <= 0:
        return doing
    rate = done / seconds
    left = max(total - done, 0) / rate
    return f"{doing}: {done / total:.0%}, {rate:,.0f} rows a second, {left:,.0f} s left"
