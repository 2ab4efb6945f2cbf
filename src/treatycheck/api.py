"""The program for Python and notebooks: a casefile that is opened once, then checked, explained and asked what if.

    from treatycheck import api

    case = api.open_case("seeds")
    report = case.check()
    report.findings[0]

Does the same as the command line in the same words, and prints nothing. What is wrong with the files or the arguments
raises `InputError` with every `Diagnostic`; where the command line would name an option, it names the argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from os import PathLike
from pathlib import Path
from types import MappingProxyType
from typing import Final

from treatycheck import arguments, options
from treatycheck.casefile.fusion import with_fusions
from treatycheck.casefile.load import load_casefile
from treatycheck.casefile.model import Casefile
from treatycheck.check import Options
from treatycheck.check import check as checked
from treatycheck.errors import DefectError, Diagnostic, InputError, attempt
from treatycheck.explanations import explain as explained
from treatycheck.options import Problems
from treatycheck.phrasing import counted
from treatycheck.report.steps import Shown
from treatycheck.results import CheckResult, Compared, Explained, FindingView, Ground
from treatycheck.rulebook.load import load_rulebook
from treatycheck.rulebook.locate import rulebook_folder
from treatycheck.rulebook.model import Rulebook
from treatycheck.suppose import read
from treatycheck.whatif import whatif as compared

__all__ = [
    "Case",
    "CheckResult",
    "Compared",
    "DefectError",
    "Diagnostic",
    "Explained",
    "FindingView",
    "InputError",
    "open_case",
]

Place = str | PathLike[str]
"""A file or folder."""

Day = str | date
"""A day as a text such as `2024-12-31`, or as a date."""

_ARGUMENTS: Final[Mapping[str, str]] = MappingProxyType({"--set": "set", "--fact": "facts", "--without": "without"})
"""The arguments that the command line has as options of another name."""

_EXAMPLE: Final = "set=['NOR.status=not_bound']"
_SUPPOSED: Final = {
    "set": f"`{_EXAMPLE}`",
    "facts": "`facts=['E1.modality=announced']`",
    "without": "`without=['name_of_a_quote']`",
}


@arguments.named
def open_case(*paths: Place, rules: Place | None = None, fuse: Place | Iterable[Place] = ()) -> Case:
    """Open documents with their events: folders, or single event files (`<document>.events.yaml`).

    `rules` is the folder of a rulebook in place of the one that comes along; `fuse` are files of accounts that are
    fused from several documents, none of which is read unless it is named here. Raises `InputError` with every mistake
    in the files.
    """
    if not paths:
        _refuse("paths", "nothing is opened", "give a folder of documents with their events, or an event file")
    problems: Problems = []
    for path in paths:
        arguments.path("paths", path, problems)
    if rules is not None:
        arguments.path("rules", rules, problems)
    fused = arguments.paths("fuse", fuse, problems)
    options.refuse(problems)
    rulebook = load_rulebook(rulebook_folder() if rules is None else Path(rules))
    casefile = load_casefile([Path(path) for path in paths], rulebook)
    if fused:
        casefile = with_fusions(casefile, fused, rulebook)
    return Case(rulebook, casefile)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Case:
    """A casefile with the rulebook it is held against; nothing that is asked of it changes either.

    Every question may be asked as of a day up to which the registers are believed (`as_of`, by default the rulebook's
    own) and under other readings of contested points of law (`positions`, the name of each with the alternative).
    """

    rulebook: Rulebook
    casefile: Casefile

    @property
    def unfused(self) -> tuple[str, ...]:
        """The files with fused accounts beside the events that were not named when it was opened."""
        return self.casefile.unfused

    @property
    def warnings(self) -> tuple[str, ...]:
        """What in the files may be meant otherwise, in the words of the command line."""
        return tuple(map(str, self.casefile.warnings))

    @arguments.named
    def check(self, *, as_of: Day | None = None, positions: Mapping[str, str] | None = None) -> CheckResult:
        """Check every event against every rule.

        Raises `InputError` with every mistake in the arguments, `DefectError` when the engines disagree.
        """
        problems: Problems = []
        settings = self._settings(as_of, positions, problems)
        options.refuse(problems)
        report = checked(self.rulebook, self.casefile, settings)
        return CheckResult(report, Ground(self.rulebook, self.casefile, settings))

    @arguments.named
    def explain(
        self,
        wanted: str,
        *,
        rule: str | None = None,
        depth: int | None = None,
        everything: bool = False,
        as_of: Day | None = None,
        positions: Mapping[str, str] | None = None,
    ) -> Explained:
        """Explain findings: the proof, what is missing, what they hinge on, and what would raise them.

        `wanted` is the id of a finding (its first characters will do), that of an event, for all findings on it, or
        `all`. With `rule`, what that rule says to each actor of the event, also where it gives no finding. `depth` is
        how many steps of the proof are shown below each element, by default all; with `everything`, what did not decide
        is shown as well: the two that a page calls `--depth` and `--all`. Raises as `check` does.
        """
        problems: Problems = []
        arguments.text("wanted", wanted, problems)
        if rule is not None:
            arguments.text("rule", rule, problems)
        if depth is not None:
            arguments.whole("depth", depth, problems)
        arguments.switch("everything", everything, problems)
        settings = self._settings(as_of, positions, problems)
        if any(one.file in ("wanted", "rule") for one in problems):
            raise InputError(problems)
        if rule is not None:
            options.choice("rule", rule, [*self.rulebook.rules], problems, "rule")
        events = options.wanted("wanted", wanted, self.rulebook, self.casefile, problems)
        if events is None or problems:
            raise InputError(problems)
        found = explained(self.rulebook, self.casefile, events, settings, rule=rule or "")
        return Explained(found, self.rulebook, Shown(depth, everything))

    @arguments.named
    def whatif(
        self,
        *,
        set: str | Iterable[str] = (),  # noqa: A002 - the word that the command line has for it
        facts: str | Iterable[str] = (),
        without: str | Iterable[str] = (),
        as_of: Day | None = None,
        positions: Mapping[str, str] | None = None,
    ) -> Compared:
        """Compare with what would follow if something were otherwise; the files and this object stay as they are.

        `set` are statuses and dates of States such as `NOR.status=not_bound`, `facts` are facts of events such as
        `E1.modality=announced@S2`, `without` are the names of quotes that do not count; all as on the command line. The
        day and the positions belong to what is supposed. Raises as `check` does.
        """
        problems: Problems = []
        given = {"set": set, "facts": facts, "without": without}
        texts = {name: arguments.texts(name, one, problems, _SUPPOSED[name]) for name, one in given.items()}
        if not (problems or any(texts.values()) or positions or as_of):
            _refuse("whatif", "nothing is supposed", f"for example `{_EXAMPLE}`")
        settings = self._settings(as_of, positions, problems)
        suppositions = attempt(
            partial(
                read,
                self.rulebook,
                self.casefile,
                states=texts["set"],
                facts=texts["facts"],
                quotes=texts["without"],
                as_of=settings.as_of,
            ),
            problems,
        )
        if suppositions is None or problems:
            raise InputError(replace(one, file=_ARGUMENTS.get(one.file, one.file)) for one in problems)
        return Compared(compared(self.rulebook, self.casefile, suppositions, settings), self.rulebook)

    def __repr__(self) -> str:
        dossiers, manifest = self.casefile.dossiers, self.rulebook.manifest
        events = counted(sum(len(dossier.events) for dossier in dossiers), "event")
        unfused = f"not fused: {', '.join(self.unfused)}; " if self.unfused else ""
        documents = counted(len(dossiers), "document")
        return f"<case: {documents}, {events}; {unfused}{manifest.name} {manifest.version}>"

    def _settings(self, as_of: Day | None, positions: Mapping[str, str] | None, problems: Problems) -> Options:
        """The day and the positions as the command line reads them; `problems` receives what is wrong with them."""
        found: Problems = []
        if positions is not None:
            arguments.choices("positions", positions, found, "`positions={'name': 'alternative'}`")
        if as_of is not None:
            arguments.day("as_of", as_of, found)
        problems += found
        if found:
            return Options()
        texts = [f"{name}={alternative}" for name, alternative in (positions or {}).items()]
        chosen = options.positions("positions", texts, self.rulebook, problems)
        text = f"{as_of:%Y-%m-%d}" if isinstance(as_of, date) else as_of
        day = options.day("as_of", text, date.fromisoformat(self.rulebook.manifest.as_of), problems)
        return Options(as_of=day, positions=chosen)


def _refuse(argument: str, message: str, help_line: str) -> None:
    raise InputError([options.wrong(argument, "TC501", message, help_line)])
