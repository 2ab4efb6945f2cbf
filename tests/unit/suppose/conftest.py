"""Suppositions on the invented law and its one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path

import pytest

from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile, Event
from treatycheck.errors import InputError
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose import read, supposed, told

Reading = Callable[..., tuple[Rulebook, Casefile]]
Telling = Callable[..., list[str]]
Refusal = Callable[..., list[tuple[str, str, str, str]]]


@pytest.fixture
def casefile(desk: Path, rulebook: Rulebook) -> Casefile:
    return load_casefile([desk / "case"], rulebook)


@pytest.fixture(autouse=True)
def untouched(rulebook: Rulebook, casefile: Casefile) -> Iterator[None]:
    """Whatever is supposed, what is given stays as it is."""
    before = deepcopy((rulebook, casefile))
    yield
    assert before == (rulebook, casefile)


@pytest.fixture
def under(rulebook: Rulebook, casefile: Casefile) -> Reading:
    """The rulebook and the casefile under suppositions in texts."""
    return lambda **texts: supposed(rulebook, casefile, read(rulebook, casefile, **texts))


@pytest.fixture
def words(rulebook: Rulebook, casefile: Casefile) -> Telling:
    """What suppositions are in words."""
    return lambda **texts: [told(one, rulebook, casefile) for one in read(rulebook, casefile, **texts)]


@pytest.fixture
def refused(rulebook: Rulebook, casefile: Casefile) -> Refusal:
    """The option, code, message and help line of everything that is wrong with suppositions."""

    def refusals(**texts: object) -> list[tuple[str, str, str, str]]:
        with pytest.raises(InputError) as caught:
            read(rulebook, casefile, **texts)  # type: ignore[arg-type]  # as the test gives them
        return [(one.file, one.code, one.message, one.help) for one in caught.value.diagnostics]

    return refusals


def first(casefile: Casefile) -> Event:
    return casefile.dossiers[0].events[0]
