"""How a table writes its dates, as a pattern of year, month and day; no order is ever guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

_SIGN: Final = re.compile(r"YYYY|MMMM|MMM|MM|M|DD|D|\*|.")
_PARTS: Final = {
    "YYYY": ("year", "([0-9]{4})"),
    "MMMM": ("month", f"({'|'.join(MONTHS)})"),
    "MMM": ("month", f"({'|'.join(month[:3] for month in MONTHS)})"),
    "MM": ("month", "([0-9]{2})"),
    "M": ("month", "([0-9]{1,2})"),
    "DD": ("day", "([0-9]{2})"),
    "D": ("day", "([0-9]{1,2})"),
}
HELP: Final = "put it together from `YYYY`, `MM`, `M`, `MMMM` (a name), `MMM`, `DD`, `D` and `*` (anything) at the end"


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern for the text in lower case, with the number of the group of each part; `named` months are words."""

    pattern: str
    groups: tuple[str, ...]
    named: bool

    def group(self, part: str) -> int:
        """The group in which a part stands, from 1; 0 if the form does not have it."""
        return self.groups.index(part) + 1 if part in self.groups else 0


def form(text: str) -> Form | None:
    """What a form such as `D MMMM YYYY` or `YYYY-MM-DD *` means; None if it is none."""
    pattern, groups, named = "", [], False
    for match in _SIGN.finditer(text):
        sign = match[0]
        if sign in _PARTS:
            part, expression = _PARTS[sign]
            pattern += expression
            groups.append(part)
            named = named or sign in ("MMM", "MMMM")
        elif sign == "*" and match.end() == len(text):
            pattern += ".*"
        elif sign.isalnum() or sign == "*" or not sign.isprintable():
            return None
        else:
            pattern += sign if sign == " " else re.escape(sign)
    once = len(set(groups)) == len(groups)
    if not once or "year" not in groups or ("day" in groups and "month" not in groups):
        return None
    return Form(f"^{pattern}$", tuple(groups), named)
