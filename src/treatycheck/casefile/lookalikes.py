"""Names of actors that mix letters of several scripts, of which one may look like another: a warning, never a refusal.

Looks at the letters of a name alone; who is meant, and whether the document spells it so, is not its business.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from treatycheck.casefile.model import Actor
from treatycheck.casefile.words import TreePath
from treatycheck.errors import Diagnostic
from treatycheck.yaml import YamlDocument

CODES: Final[Mapping[str, str]] = MappingProxyType({"TC468": "the name of an actor mixes letters of several scripts"})

_USUAL: Final = "LATIN"
_ALIKE: Final = (_USUAL, "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "FULLWIDTH", "MATHEMATICAL")
"""Scripts and forms some letters of which look like one another; each is the first word of a letter's Unicode name."""

_LIKE_LATIN: Final = frozenset(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u051d"  # Cyrillic, small
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405\u04c0"  # its capitals
    "\u03bf\u03bd\u03b9\u03c1\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
)
"""Letters of other scripts that look like Latin ones in most typefaces (Greek in the last line)."""

_WORD: Final = re.compile(r"[^\W\d_]+")


def warnings(actors: Mapping[str, Actor], path: TreePath, source: YamlDocument) -> Iterator[Diagnostic]:
    """A warning for each actor below `path` whose name mixes scripts."""
    for key, actor in actors.items():
        odd = mixed(actor.name)
        if odd:
            place = source.at((*path, key, "name"))
            letters = ", ".join(f"`{one}` is {unicodedata.name(one)} (U+{ord(one):04X})" for one in odd)
            yield Diagnostic(
                source.file,
                place.line,
                place.column,
                "TC468",
                f"the name `{actor.name}` of `{key}` mixes letters that look alike: {letters}",
                "write the name in one script; if the document itself spells it so, leave it and say so in a `note`",
                severity="warning",
            )


def mixed(name: str) -> tuple[str, ...]:
    """The letters of a name, each once, that are of another script than those beside them and may be mistaken for them.

    Names in two scripts side by side, such as one with its translation behind it, are not mixed; a word of letters that
    all look like Latin ones is, where other words of the name are Latin.
    """
    if name.isascii():
        return ()
    words = _WORD.findall(name)
    latin = any({_script(letter) for letter in word} == {_USUAL} for word in words)
    odd: dict[str, None] = {}
    for word in words:
        scripts = {_script(letter) for letter in word} & {*_ALIKE}
        if len(scripts) > 1 or (latin and _LIKE_LATIN.issuperset(word)):
            home = _USUAL if _USUAL in scripts or latin else min(scripts, key=_ALIKE.index)
            odd.update((letter, None) for letter in word if _script(letter) != home and _script(letter) in _ALIKE)
    return tuple(odd)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
