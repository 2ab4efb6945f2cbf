"""Small turns of English that several parts of the program print; knows nothing of what it is about."""

from __future__ import annotations


def capital(text: str) -> str:
    """The text with a capital at its beginning, the other letters as they are."""
    return text[:1].upper() + text[1:]


def counted(number: int, noun: str) -> str:
    """A number of things in words: "1 row", "2 rows"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
