"""What documents say about law and numbers, held against the registers: confirmed, wrong, misleading or unverifiable.

A claim is checked by what it is about (a count, a status, a sum, a date); what no register can answer is judged by the
analyst, who names the correction and its authority.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from treatycheck import dates
from treatycheck.casefile import model
from treatycheck.casefile.model import Casefile, Claim
from treatycheck.dates import When
from treatycheck.explain.quoting import quote_ref
from treatycheck.findings import ClaimResult, RegisterRef
from treatycheck.registers.record import Record, dated
from treatycheck.registers.standing import StatusRegister
from treatycheck.rulebook.model import Instrument, Rulebook


class Verdict(StrEnum):
    """What the registers say of a claim."""

    CONFIRMED = "confirmed"
    WRONG = "wrong"
    MISLEADING = "misleading"
    UNVERIFIABLE = "unverifiable"


@dataclass(frozen=True, slots=True)
class _Answer:
    verdict: Verdict
    correction: str
    authority: str
    registers: tuple[RegisterRef, ...] = ()


def check_claims(rulebook: Rulebook, casefile: Casefile, as_of: date | None = None) -> Iterator[ClaimResult]:
    """The verdict on every claim of a casefile, in the order of the documents.

    `as_of` is the last day for which the registers are believed, by default the rulebook's own.
    """
    last = as_of or date.fromisoformat(rulebook.manifest.as_of)
    for dossier in casefile.dossiers:
        for claim in dossier.claims:
            answer = _answer(rulebook, claim, last)
            yield ClaimResult(
                id=claim.id,
                document=dossier.entry.file,
                says=claim.says,
                verdict=str(answer.verdict),
                correction=answer.correction,
                authority=answer.authority,
                note=claim.note,
                quotes=tuple(quote_ref(dossier, name) for name in claim.quotes),
                registers=answer.registers,
                kind=claim.kinds[0],
                numbers=_of_numbers(claim),
            )


_QUANTITY: Final = re.compile(r"(?<![\w.,:/-])(?<!\w\()\d[\d,]*(?![\w:/(-])(?!\.\d)")
_YEARS: Final = range(1000, 2200)


def _of_numbers(claim: Claim) -> bool:
    """Whether a claim is one of quantities: a sum, a number on record, or a judged one that says how many.

    Counts of States and spans of years are held against the registers and stay with what is said of the law. In what
    an analyst judged, a number that may be a year is taken for one unless its thousands are set apart, and so is one
    that is part of another sign.
    """
    if claim.sum is not None:
        return True
    if claim.equal is not None:
        return claim.equal.recorded.replace(",", "").isdigit()
    numbers = [one.rstrip(",") for one in _QUANTITY.findall(claim.says)] if claim.judged else []
    return any("," in one or int(one) not in _YEARS for one in numbers)


def _answer(rulebook: Rulebook, claim: Claim, last: date) -> _Answer:
    if claim.count is not None:
        return _count(rulebook, claim.count, last)
    if claim.status is not None:
        return _status(rulebook, claim.status, last)
    if claim.elapsed is not None:
        return _elapsed(rulebook, claim.elapsed)
    if claim.dated is not None:
        return _dated(rulebook, claim.dated)
    if claim.sum is not None:
        return _sum(rulebook, claim.sum)
    if claim.equal is not None:
        return _equal(rulebook, claim.equal, claim.authority)
    if claim.conflict is not None:
        return _conflict(rulebook, claim.conflict, claim.authority)
    return _Answer(Verdict(claim.judged), claim.correction, claim.authority)


def _count(rulebook: Rulebook, claim: model.CountClaim, last: date) -> _Answer:
    instrument = rulebook.instruments[claim.instrument]
    when = dates.parse(claim.on)
    if open_date := _beyond(rulebook, when, last):
        return _Answer(Verdict.UNVERIFIABLE, open_date, _register(rulebook, instrument))
    register = rulebook.registers[claim.instrument]
    answers = [_counts(register, code, claim.of, when) for code in register.records]
    least = answers.count(True)
    most = least + answers.count(None)
    correction = rulebook.wording.claims["count" if least == most else "count_between"].format(
        instrument=instrument.short_title,
        number=least,
        most=most,
        what=rulebook.wording.claims[claim.of],
        date=dated(when),
    )
    verdict = Verdict.CONFIRMED if least == most else Verdict.UNVERIFIABLE
    if not least <= _number(claim.stated) <= most:
        verdict = Verdict.WRONG
    return _Answer(verdict, correction, _register(rulebook, instrument))


def _counts(register: StatusRegister, code: str, measure: str, when: When) -> bool | None:
    """Whether a State counts on every day that `when` may be; None if it does on some days, or it is not known."""
    if measure == "signed":
        return _signed(register.records[code], when)
    if measure == "consented":
        return register.consented(code, when)
    verdict = register.bound(code, when).verdict
    return None if verdict == 0 else verdict > 0


def _signed(record: Record, when: When) -> bool | None:
    signature = record.signature
    if signature is None:
        return False
    if signature.earliest is not None and dates.before(when, signature.earliest):
        return False
    return True if signature.latest is not None and dates.within(when, signature.latest, None) else None


_STATUS: Final[Mapping[str, Mapping[str, Verdict]]] = {
    # What a document says of a State, and where it stood (see `_position`); what is not listed is wrong.
    "bound": {"bound": Verdict.CONFIRMED, "consented": Verdict.MISLEADING},
    "not_bound": dict.fromkeys(("neither", "signed", "consented", "released", "unbound"), Verdict.CONFIRMED),
    "signatory": {"signed": Verdict.CONFIRMED, "consented": Verdict.MISLEADING, "unbound": Verdict.UNVERIFIABLE},
    "signed_not_ratified": {
        "signed": Verdict.CONFIRMED,
        "neither": Verdict.MISLEADING,
        "unbound": Verdict.UNVERIFIABLE,
    },
}


def _status(rulebook: Rulebook, claim: model.StatusClaim, last: date) -> _Answer:
    register = rulebook.registers[claim.instrument]
    instrument = rulebook.instruments[claim.instrument]
    when = dates.parse(claim.on)
    standing = register.bound(claim.state, when)
    # Without any date the register can still answer for a State that never did anything.
    dated_at_all = when.earliest is not None or when.latest is not None
    if (standing.changes or dated_at_all) and (open_date := _beyond(rulebook, when, last)):
        return _Answer(Verdict.UNVERIFIABLE, open_date, _register(rulebook, instrument))
    actual = _position(register, claim.state, when)
    correction = rulebook.wording.claims["status"].format(
        instrument=instrument.short_title, state=rulebook.states.name(claim.state), standing=standing.sentence
    )
    rows = tuple(RegisterRef(row.register, row.line, row.key, row.source, row.verified) for row in standing.rows)
    verdict = Verdict.UNVERIFIABLE if actual == "open" else _STATUS[claim.stated].get(actual, Verdict.WRONG)
    return _Answer(verdict, correction, _register(rulebook, instrument), rows)


def _position(register: StatusRegister, code: str, when: When) -> str:
    """Where a State stood: bound, released (no longer bound), consented, signed or neither.

    `unbound`: not bound; whether it had signed or consented is not known. `open`: whether it was bound is not known.
    """
    standing = register.bound(code, when)
    if standing.verdict == 0:
        return "open"
    if standing.verdict > 0:
        return "bound"
    if standing.reason in ("ceased", "suspended"):
        return "released"
    consented, signed = register.consented(code, when), _signed(register.records[code], when)
    if consented:
        return "consented"
    if None in (consented, signed):
        return "unbound"
    return "signed" if signed else "neither"


def _beyond(rulebook: Rulebook, when: When, last: date) -> str:
    """Why the registers cannot answer for that date, in words; empty if they can."""
    if when.latest is None:
        return rulebook.wording.claims["undated"]
    if when.latest > last:
        return rulebook.wording.claims["beyond"].format(date=dates.describe_day(last))
    return ""


def _elapsed(rulebook: Rulebook, claim: model.ElapsedClaim) -> _Answer:
    instrument = rulebook.instruments[claim.instrument]
    when = dates.parse(claim.on)
    said = _number(claim.years)
    passed = {base: _years(day, when) for base, day in _milestones(instrument).items()}

    def told(base: str) -> str:
        words, years = _milestone(rulebook, instrument, base), passed.get(base)
        return rulebook.wording.claims["years"].format(date=words, years=_span(years)) if years else words

    correction = rulebook.wording.claims["dated"].format(
        instrument=instrument.short_title, adopted=told("adopted"), in_force=told("in_force")
    )
    fits = {base: _fits(said, years) for base, years in passed.items()}
    return _Answer(_compared(claim.since, fits), correction, _source(instrument))


def _years(start: date, when: When) -> range | None:
    """The numbers of full years that may have passed since a day; None if the date is open."""
    if when.earliest is None or when.latest is None:
        return None
    least, most = (
        max(0, day.year - start.year - ((day.month, day.day) < (start.month, start.day)))
        for day in (when.earliest, when.latest)
    )
    return range(least, most + 1)


def _fits(said: int, years: range | None) -> bool | None:
    if years is None or (said in years and len(years) > 1):
        return None
    return said in years


def _span(years: range) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def _dated(rulebook: Rulebook, claim: model.DateClaim) -> _Answer:
    instrument = rulebook.instruments[claim.instrument]
    said = dates.parse(claim.stated)
    correction = rulebook.wording.claims["dated"].format(
        instrument=instrument.short_title,
        adopted=_milestone(rulebook, instrument, "adopted"),
        in_force=_milestone(rulebook, instrument, "in_force"),
    )

    def fits(day: date) -> bool | None:
        if said.earliest is None and said.latest is None:
            return None
        return (said.earliest is None or said.earliest <= day) and (said.latest is None or day <= said.latest)

    matches = {base: fits(day) for base, day in _milestones(instrument).items()}
    return _Answer(_compared(claim.of, matches), correction, _source(instrument))


def _compared(base: str, fits: Mapping[str, bool | None]) -> Verdict:
    """Confirmed on the claim's own base; misleading when it is wrong on that one and may be meant for another."""
    own = fits.get(base)
    if own is None:
        return Verdict.UNVERIFIABLE
    if own:
        return Verdict.CONFIRMED
    return Verdict.WRONG if set(fits.values()) == {False} else Verdict.MISLEADING


def _milestones(instrument: Instrument) -> Mapping[str, date]:
    return {
        base: date.fromisoformat(day)
        for base, day in (("adopted", instrument.adopted), ("in_force", instrument.in_force))
        if day
    }


def _milestone(rulebook: Rulebook, instrument: Instrument, base: str) -> str:
    day = _milestones(instrument).get(base)
    return dates.describe_day(day) if day else rulebook.wording.claims["unknown"]


def _sum(rulebook: Rulebook, claim: model.SumClaim) -> _Answer:
    total = sum(_number(part) for part in claim.parts)
    correction = rulebook.wording.claims["sum"].format(parts=" + ".join(claim.parts), total=f"{total:,}")
    verdict = Verdict.CONFIRMED if total == _number(claim.total) else Verdict.WRONG
    return _Answer(verdict, correction, rulebook.wording.claims["arithmetic"])


def _equal(rulebook: Rulebook, claim: model.EqualClaim, authority: str) -> _Answer:
    same = claim.stated.replace(",", "") == claim.recorded.replace(",", "")
    correction = rulebook.wording.claims["equal"].format(recorded=claim.recorded)
    return _Answer(Verdict.CONFIRMED if same else Verdict.WRONG, correction, authority)


def _conflict(rulebook: Rulebook, claim: model.ConflictClaim, authority: str) -> _Answer:
    whens = [dates.parse(one) for one in claim.dates]
    begins = max((when.earliest for when in whens if when.earliest), default=date.min)
    ends = min((when.latest for when in whens if when.latest), default=date.max)
    if begins > ends:
        verdict = Verdict.WRONG
    elif any(when.earliest is None and when.latest is None for when in whens):
        verdict = Verdict.UNVERIFIABLE
    else:
        verdict = Verdict.CONFIRMED
    told = "; ".join(dates.describe(when) for when in whens)
    correction = rulebook.wording.claims["conflict" if verdict is Verdict.WRONG else "dates"].format(dates=told)
    return _Answer(verdict, correction, authority or rulebook.wording.claims["document"])


def _register(rulebook: Rulebook, instrument: Instrument) -> str:
    return rulebook.wording.claims["register"].format(instrument=instrument.short_title)


def _source(instrument: Instrument) -> str:
    return f"{instrument.title} ({instrument.citation})"


def _number(text: str) -> int:
    return int(text.replace(",", ""))
