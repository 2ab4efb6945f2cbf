"""Suppositions: another status of a State, another fact of an event, a quote that does not count.

`read` makes them from texts, `supposed` gives the rulebook and the casefile as they would be under them, and `told`
says them in words. Nothing is written anywhere, and what is given stays as it is.
"""

from treatycheck.suppose.apply import supposed
from treatycheck.suppose.model import DateSupposed, FactSupposed, QuoteLost, StatusSupposed, Supposition
from treatycheck.suppose.read import read
from treatycheck.suppose.words import told, unsupported

__all__ = [
    "DateSupposed",
    "FactSupposed",
    "QuoteLost",
    "StatusSupposed",
    "Supposition",
    "read",
    "supposed",
    "told",
    "unsupported",
]
