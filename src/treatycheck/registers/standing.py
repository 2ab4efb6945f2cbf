"""Whether a State was bound by an instrument on the date of an event, as its register of acts tells it.

Three-valued throughout: where the register or the event leaves the day open and it matters, the answer is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from treatycheck.dates import When, overlaps, parse, parse_period, within
from treatycheck.errors import DefectError
from treatycheck.registers import record as records
from treatycheck.registers.record import Act, Record
from treatycheck.registers.table import Row
from treatycheck.registers.terms import Joining, Moment, RegisterTerms, Suspension, entry_by_rule, moment
from treatycheck.truth import UNKNOWN, graded

__all__ = ["Joining", "RegisterTerms", "Roll", "Standing", "StatusRegister", "Suspension"]

# That a suspension releases its State is at best the view of some: nothing that rests on it counts as established.
_CONTESTED: Final = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer for one State and one date.

    `verdict` is graded by the weakest row used (see `Row.strength`). `reason` is one of bound, provisional,
    signatory_only, never_party, not_yet_in_force, ceased, suspended, date_straddles (a change falls within the event's
    date), date_not_certain_in_register (the register does not know the day of the change), unlisted and supposed (by
    the run, whatever the date). `changes` says whether the answer depends on the date at all.
    """

    verdict: int
    reason: str
    changes: bool
    rows: tuple[Row, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Roll:
    """Who is bound on a day, as sorted codes, and two counts.

    `deposited` counts the States whose consent was deposited by then and had not ended, in force or not; a deposit
    whose day is not certain to have come is not counted and stands in `deposit_unknown`. `signed` counts signatures.
    """

    bound: tuple[str, ...]
    unknown: tuple[str, ...]
    deposited: int
    signed: int
    deposit_unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Window:
    """The days from `start` to before `end`; an `end` of None never comes."""

    start: Moment
    end: Moment | None

    @property
    def empty(self) -> bool:
        """Whether the window has closed before it can open."""
        opens, closes = self.start.earliest, self.end.latest if self.end is not None else None
        return opens is not None and closes is not None and closes <= opens


@dataclass(frozen=True, slots=True)
class StatusRegister:
    """The status of States under one instrument, by code; made by `status.load_status`."""

    instrument: str
    records: Mapping[str, Record] = field(hash=False)
    acts: tuple[Act, ...]
    terms: RegisterTerms
    # A run asks the same few questions for thousands of events; the answers follow from the fields above alone.
    _known: dict[tuple[str, When, bool, bool], Standing] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _turns: dict[str, tuple[date, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _sentences: dict[str, str] = field(init=False, repr=False, compare=False, default_factory=dict)

    def bound(self, code: str, when: When, *, provisional: bool = False, continuing: bool = False) -> Standing:
        """Return whether the State was bound at `when`: from entry into force to before its withdrawal took effect.

        With `provisional`, also from its declaration that it applies the provision provisionally. With `continuing`,
        conduct over a span of days is covered if it goes on while the State is bound; otherwise all its days must be.
        """
        question = (code, when, provisional, continuing)
        known = self._known.get(question)
        if known is None:
            known = self._known[question] = self._bound(*question)
        return known

    def signatory(self, code: str, when: When) -> Standing:
        """Return whether the State had signed, or deposited its consent, and was not yet bound at `when`.

        A State in that position has to refrain from defeating the object and purpose of what it signed.
        """
        record = self.records.get(code)
        if record is None:
            return _unlisted()
        if record.supposed:
            return self._supposed(record, "signatory")
        signed = record.signature or record.deposit
        if signed is None:
            return self._standing(record, holds=False, reason="never_party", changes=False)
        entry = record.entry_into_force
        window = _Window(moment(signed), moment(entry) if entry else None)
        holds = False if window.empty else _in_window(when, window, continuing=False)
        if holds is None:
            return self._standing(record, holds=None, reason=_doubt(when, window))
        if holds:
            return self._standing(record, holds=True, reason="signatory_only")
        if window.end is None or _comes_before(when, window.end):
            return self._standing(record, holds=False, reason="not_yet_in_force")
        end = self._end(record)
        ceased = end is not None and _comes_from(when, end)
        return self._standing(record, holds=False, reason="ceased" if ceased else "bound")

    def consented(self, code: str, when: When) -> bool | None:
        """Return whether the State's consent was deposited at `when` and had not ended, in force or not."""
        record = self.records.get(code)
        if record is None:
            return None
        if record.supposed:
            return None if record.supposed == "unknown" else record.supposed == "bound"
        if record.deposit is None:
            return False
        return _in_window(when, _Window(moment(record.deposit), self._end(record)), continuing=False)

    def entry_into_force(self, code: str) -> When | None:
        """Return when the instrument entered into force for a State; None if it did not."""
        record = self.records.get(code)
        return record.entry_into_force if record is not None and record.supposed in ("", "bound") else None

    def history(self, code: str) -> tuple[tuple[When, str, Row], ...]:
        """Return the dated acts of a State, the oldest first."""
        record = self.records.get(code)
        return records.history(record) if record is not None and not record.supposed else ()

    def roll(self, when_day: date) -> Roll:
        """Return who is bound on a day, and the counts at its end."""
        when = parse(when_day.isoformat())
        verdicts = {code: self.bound(code, when).verdict for code in sorted(self.records)}
        consents = {code: self.consented(code, when) for code in sorted(self.records)}
        signatures = (record.signature for record in self.records.values() if record.signature is not None)
        return Roll(
            bound=tuple(code for code, verdict in verdicts.items() if verdict > UNKNOWN),
            unknown=tuple(code for code, verdict in verdicts.items() if verdict == UNKNOWN),
            deposited=sum(consent is True for consent in consents.values()),
            signed=sum(within(when, signed.latest, None) is True for signed in signatures if signed.latest),
            deposit_unknown=tuple(code for code, consent in consents.items() if consent is None),
        )

    def turns(self, code: str) -> tuple[date, ...]:
        """Return the days from which another answer may hold for a State; where such a day is open, both its bounds."""
        known = self._turns.get(code)
        if known is None:
            record = self.records.get(code)
            known = self._turns[code] = () if record is None else tuple(self._turning(record))
        return known

    def _turning(self, record: Record) -> list[date]:
        whens = (record.signature, record.deposit, record.entry_into_force, *(act.when for act in record.acts))
        moments = [moment(when) for when in whens if when is not None]
        moments += [end] if (end := self._end(record)) is not None else []
        moments += [suspended[0]] if (suspended := self._suspended(record)) is not None else []
        return sorted({day for one in moments for day in (one.earliest, one.latest) if day is not None})

    def as_of(self, day: date) -> StatusRegister:
        """Return the register as it stood at the end of a day, without the acts that came later."""
        known = {code: records.known_by(record, day) for code, record in self.records.items()}
        acts = tuple(act for act in self.acts if act.when.earliest is None or act.when.earliest <= day)
        return replace(self, records=known, acts=acts)

    def recomputed_entry(self, code: str) -> date | None:
        """Return the entry into force that follows from the deposit.

        None if the day of the deposit is not certain, or if the instrument of consent has a date of its own.
        """
        record, joining = self.records.get(code), self.terms.joining
        if record is None or joining is None or record.deposit is None:
            return None
        if record.instrument in joining.own_date_instruments or not moment(record.deposit).certain:
            return None
        assert record.deposit.earliest is not None  # noqa: S101 - a certain moment has both bounds
        return entry_by_rule(joining, record.deposit.earliest)

    def _bound(self, code: str, when: When, provisional: bool, continuing: bool) -> Standing:  # noqa: FBT001
        record = self.records.get(code)
        if record is None:
            return _unlisted()
        if record.supposed:
            return self._supposed(record, "bound")
        if record.entry_into_force is None:
            return self._outside(record, when, provisional, continuing)
        window = _Window(moment(record.entry_into_force), self._end(record))
        suspended = self._suspended(record)
        if suspended is not None:
            halt, notice = suspended
            standing = self._judged(
                record, when, _Window(window.start, _earlier(halt, window.end)), provisional, continuing
            )
            if standing.verdict > UNKNOWN or _comes_before(when, halt) or not _comes_from(when, halt):
                return standing
            if window.end is None or not _comes_from(when, window.end):
                return self._standing(record, notice, holds=False, reason="suspended", note="suspension notified")
        return self._judged(record, when, window, provisional, continuing)

    def _outside(self, record: Record, when: When, provisional: bool, continuing: bool) -> Standing:  # noqa: FBT001
        """Return the standing of a State for which the instrument is not in force: it may still apply it."""
        declared = record.done(self.terms.provisional_act) if provisional else ()
        applied = self._applied(record, when, declared, self._end(record), continuing)
        if applied is not None:
            return applied
        reason = "never_party" if record.signature is None else "signatory_only"
        return self._standing(record, holds=False, reason=reason, changes=bool(declared))

    def _judged(
        self,
        record: Record,
        when: When,
        window: _Window,
        provisional: bool,  # noqa: FBT001
        continuing: bool,  # noqa: FBT001
    ) -> Standing:
        """Return the standing for one unbroken window."""
        holds = _in_window(when, window, continuing=continuing)
        if holds:
            return self._standing(record, holds=True, reason="bound")
        declared = record.done(self.terms.provisional_act) if provisional else ()
        applied = self._applied(record, when, declared, window.end, continuing)
        if applied is not None:
            return applied
        if holds is None:
            return self._standing(record, holds=None, reason=_doubt(when, window))
        before = _comes_before(when, window.start)
        return self._standing(record, holds=False, reason="not_yet_in_force" if before else "ceased")

    def _applied(
        self,
        record: Record,
        when: When,
        declared: tuple[Act, ...],
        end: Moment | None,
        continuing: bool,  # noqa: FBT001
    ) -> Standing | None:
        """Return the standing that rests on a declaration of provisional application; None if none covers `when`."""
        if not declared:
            return None
        window = _Window(moment(declared[0].when), end)
        holds = _in_window(when, window, continuing=continuing)
        if holds is None:
            return self._standing(record, declared[0], holds=None, reason=_doubt(when, window))
        if not holds:
            return None
        return self._standing(record, declared[0], holds=True, reason="provisional", note="applied provisionally")

    def _end(self, record: Record) -> Moment | None:
        """Return when a withdrawal took or takes effect; None without one.

        A notice whose effect the register does not show ends nothing before the period of notice has run; after that
        the answer is open, as other conditions may delay it.
        """
        if record.withdrawal_effective is not None:
            return moment(record.withdrawal_effective)
        if record.withdrawal_notified is None:
            return None
        notified = moment(record.withdrawal_notified)
        period = self.terms.withdrawal_period
        return Moment(notified.later(parse_period(period)).earliest if period else notified.earliest, None)

    def _suspended(self, record: Record) -> tuple[Moment, Act] | None:
        """Return from when the State's notice of suspension has effect under the terms; None if it has none."""
        suspension = self.terms.suspension
        notices = record.done(suspension.act) if suspension is not None else ()
        if suspension is None or not notices or suspension.effect == "none":
            return None
        notice = notices[0]
        if suspension.effect == "from_act":
            return moment(notice.when), notice
        if suspension.effect != "delayed":
            raise DefectError(f"`{suspension.effect}` is not an effect of a suspension")
        if any(act.act == suspension.objection_act and act.about == record.row.key for act in self.acts):
            return None
        return moment(notice.when).later(parse_period(suspension.period)), notice

    def _supposed(self, record: Record, asked: str) -> Standing:
        """Return the standing that a run supposes; only where it is the one asked for, its reason says more."""
        holds = None if record.supposed == "unknown" else record.supposed == asked
        reason = {"bound": "bound", "signatory": "signatory_only"}[asked] if holds else "supposed"
        return self._standing(record, holds=holds, reason=reason, changes=False)

    def _standing(
        self,
        record: Record,
        act: Act | None = None,
        *,
        holds: bool | None,
        reason: str,
        changes: bool = True,
        note: str = "",
    ) -> Standing:
        rows = (record.row,) if act is None else (record.row, act.row)
        strength = min(row.strength for row in rows)
        if reason == "suspended":
            strength = min(strength, _CONTESTED)
        text = self._sentences.get(record.row.key)
        if text is None:
            text = self._sentences[record.row.key] = records.sentence(record, self.terms.member_word)
        if act is not None and note:
            text = f"{text}, {note} {records.dated(act.when)}"
        return Standing(graded(holds, strength), reason, changes, rows, text)


def _unlisted() -> Standing:
    return Standing(UNKNOWN, "unlisted", changes=False, rows=(), sentence="is not listed in the register")


def _in_window(when: When, window: _Window, *, continuing: bool) -> bool | None:
    """Whether `when` falls in the window, whichever day its ends turn out to be; None if that decides it."""
    lies = overlaps if continuing else within
    start, end = window.start, window.end
    if lies(when, start.earliest, end.latest if end is not None else None) is False:
        return False
    if start.latest is None or (end is not None and end.earliest is None):
        return None
    return True if lies(when, start.latest, end.earliest if end is not None else None) else None


def _earlier(one: Moment, other: Moment | None) -> Moment:
    """Return the moment by which the first of two changes has come; one that is None never comes."""
    if other is None:
        return one
    earliest = None if one.earliest is None or other.earliest is None else min(one.earliest, other.earliest)
    return Moment(earliest, min((day for day in (one.latest, other.latest) if day is not None), default=None))


def _comes_before(when: When, change: Moment) -> bool:
    return change.earliest is not None and within(when, None, change.earliest) is True


def _comes_from(when: When, change: Moment) -> bool:
    return change.latest is not None and within(when, change.latest, None) is True


def _doubt(when: When, window: _Window) -> str:
    """Return why nobody can say whether `when` falls in the window: the register's date is open, or the event's is."""
    changes = (change for change in (window.start, window.end) if change is not None)
    undecided = [change for change in changes if not _comes_before(when, change) and not _comes_from(when, change)]
    open_in_register = any(not change.certain and not _spans(when, change) for change in undecided)
    return "date_not_certain_in_register" if open_in_register else "date_straddles"


def _spans(when: When, change: Moment) -> bool:
    """Whether `when` has days before and after the change, whichever day that is."""
    begins = when.earliest is None or (change.earliest is not None and when.earliest < change.earliest)
    ends = when.latest is None or (change.latest is not None and when.latest >= change.latest)
    return begins and ends
