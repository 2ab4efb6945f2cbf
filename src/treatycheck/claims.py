"""What documents say about law and numbers, held against the registers: confirmed, wrong, misleading or unverifiable.

A claim is checked by what it is about (a count, a status, a sum, a date); what no register can answer is judged by the
analyst, who names the correction and its authority.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from treatycheck import dates
from treatycheck.casefile.model import Casefile, Claim, CountClaim, DateClaim, ElapsedClaim, StatusClaim
from treatycheck.dates import When
from treatycheck.explain.quoting import quote_ref
from treatycheck.findings import ClaimResult, RegisterRef
from treatycheck.registers.standing import StatusRegister
from treatycheck.rulebook.model import Instrument, Rulebook

Known = TypeVar("Known")


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


def check_claims(rulebook: Rulebook, casefile: Casefile) -> Iterator[ClaimResult]:
    """The verdict on every claim of a casefile, in the order of the documents."""
    for dossier in casefile.dossiers:
        for claim in dossier.claims:
            answer = _answer(rulebook, claim)
            yield ClaimResult(
                id=claim.id,
                document=dossier.entry.file,
                says=claim.says,
                verdict=str(answer.verdict),
                correction=answer.correction or claim.correction,
                authority=answer.authority or claim.authority,
                note=claim.note,
                quotes=tuple(quote_ref(dossier, name) for name in claim.quotes),
                registers=answer.registers,
            )


def _answer(rulebook: Rulebook, claim: Claim) -> _Answer:
    if claim.count is not None:
        return _count(rulebook, claim.count)
    if claim.status is not None:
        return _status(rulebook, claim.status)
    if claim.elapsed is not None:
        return _elapsed(rulebook, claim.elapsed)
    if claim.dated is not None:
        return _dated(rulebook, claim.dated)
    if claim.sum is not None:
        total = sum((_number(part) for part in claim.sum.parts), Decimal(0))
        stated = _number(claim.sum.total)
        words = rulebook.wording.claims["sum"].format(parts=" + ".join(claim.sum.parts), total=f"{total:,}")
        return _Answer(
            Verdict.CONFIRMED if total == stated else Verdict.WRONG, words, rulebook.wording.claims["arithmetic"]
        )
    if claim.equal is not None:
        same = claim.equal.stated == claim.equal.recorded
        words = rulebook.wording.claims["equal"].format(recorded=claim.equal.recorded)
        return _Answer(Verdict.CONFIRMED if same else Verdict.WRONG, words, claim.authority)
    if claim.conflict is not None:
        whens = [dates.describe(dates.parse(one)) for one in claim.conflict.dates]
        agree = len(set(whens)) == 1
        words = rulebook.wording.claims["conflict"].format(dates="; ".join(whens))
        return _Answer(Verdict.CONFIRMED if agree else Verdict.WRONG, words, claim.authority)
    return _Answer(Verdict(claim.judged), claim.correction, claim.authority)


def _count(rulebook: Rulebook, claim: CountClaim) -> _Answer:
    when = dates.parse(claim.on)
    instrument = rulebook.instruments[claim.instrument]
    words = rulebook.wording.claims
    if when.earliest is None or when.latest is None:
        return _Answer(Verdict.UNVERIFIABLE, words["undated"], "")
    register = rulebook.registers[claim.instrument]
    numbers = [_measured(register, day, claim.of) for day in (when.earliest, when.latest)]
    if None in numbers or numbers[0] != numbers[1]:
        return _Answer(Verdict.UNVERIFIABLE, words["count_open"], _source(instrument))
    said = int(_number(claim.stated))
    correction = words["count"].format(
        number=numbers[0], what=words[claim.of], instrument=instrument.short_title, date=dates.describe(when)
    )
    return _Answer(Verdict.CONFIRMED if said == numbers[0] else Verdict.WRONG, correction, _source(instrument))


def _measured(register: StatusRegister, day: date, measure: str) -> int | None:
    roll = register.roll(day)
    if measure == "bound":
        return len(roll.bound) if not roll.unknown else None
    if measure == "consented":
        return roll.deposited if not roll.deposit_unknown else None
    return roll.signed


def _status(rulebook: Rulebook, claim: StatusClaim) -> _Answer:
    register = rulebook.registers[claim.instrument]
    instrument = rulebook.instruments[claim.instrument]
    when = dates.parse(claim.on)
    bound, signed = register.bound(claim.state, when), register.signatory(claim.state, when)
    actual = (
        "bound"
        if bound.verdict > 0
        else "signatory"
        if signed.verdict > 0
        else "open"
        if 0 in (bound.verdict, signed.verdict)
        else "neither"
    )
    if bound.reason == "ceased":
        actual = "ceased"
    verdict = _STATUS[claim.stated].get(actual, Verdict.WRONG)
    name = rulebook.states.name(claim.state)
    correction = rulebook.wording.claims["status"].format(
        state=name, standing=bound.sentence, instrument=instrument.short_title
    )
    rows = tuple(RegisterRef(row.register, row.line, row.key, row.source, row.verified) for row in bound.rows)
    return _Answer(
        verdict, correction, "; ".join(dict.fromkeys(row.source for row in rows)) or _source(instrument), rows
    )


_STATUS: Final[Mapping[str, Mapping[str, Verdict]]] = {
    # What a document says of a State, and what the register answers; what is not listed is wrong.
    "bound": {"bound": Verdict.CONFIRMED, "open": Verdict.UNVERIFIABLE},
    "not_bound": {
        "neither": Verdict.CONFIRMED,
        "signatory": Verdict.CONFIRMED,
        "ceased": Verdict.CONFIRMED,
        "open": Verdict.UNVERIFIABLE,
    },
    "signatory": {"signatory": Verdict.CONFIRMED, "open": Verdict.UNVERIFIABLE},
    "signed_not_ratified": {
        "signatory": Verdict.CONFIRMED,
        "neither": Verdict.MISLEADING,
        "open": Verdict.UNVERIFIABLE,
    },
}


def _elapsed(rulebook: Rulebook, claim: ElapsedClaim) -> _Answer:
    instrument = rulebook.instruments[claim.instrument]
    when = dates.parse(claim.on)
    years = {base: _years(day, when) for base in ("adopted", "in_force") if (day := getattr(instrument, base))}
    words = rulebook.wording.claims
    correction = words["elapsed"].format(
        instrument=instrument.short_title,
        adopted=dates.describe(dates.parse(instrument.adopted)) if instrument.adopted else words["unknown"],
        in_force=dates.describe(dates.parse(instrument.in_force)) if instrument.in_force else words["unknown"],
    )
    said = int(_number(claim.years))
    return _Answer(
        _compared(claim.since, years, lambda found: found is not None and said in found),
        correction,
        _source(instrument),
    )


def _years(base: str, when: When) -> range | None:
    """The whole years that may have passed since a day."""
    start = date.fromisoformat(base)
    if when.earliest is None or when.latest is None:
        return None
    least, most = (
        day.year - start.year - ((day.month, day.day) < (start.month, start.day))
        for day in (when.earliest, when.latest)
    )
    return range(least, most + 1)


def _dated(rulebook: Rulebook, claim: DateClaim) -> _Answer:
    instrument = rulebook.instruments[claim.instrument]
    said = dates.parse(claim.stated)
    known = {base: day for base in ("adopted", "in_force") if (day := getattr(instrument, base))}
    words = rulebook.wording.claims
    correction = words["elapsed"].format(
        instrument=instrument.short_title,
        adopted=dates.describe(dates.parse(known["adopted"])) if "adopted" in known else words["unknown"],
        in_force=dates.describe(dates.parse(known["in_force"])) if "in_force" in known else words["unknown"],
    )

    def fits(day: str | None) -> bool:
        return (
            day is not None
            and said.earliest is not None
            and said.latest is not None
            and said.earliest <= date.fromisoformat(day) <= said.latest
        )

    return _Answer(_compared(claim.of, known, fits), correction, _source(instrument))


def _compared(base: str, known: Mapping[str, Known], fits: Callable[[Known | None], bool]) -> Verdict:
    """Confirmed on the claim's own base; misleading when it only fits another one."""
    if base not in known:
        return Verdict.UNVERIFIABLE
    if fits(known[base]):
        return Verdict.CONFIRMED
    return Verdict.MISLEADING if any(fits(one) for name, one in known.items() if name != base) else Verdict.WRONG


def _source(instrument: Instrument) -> str:
    return f"{instrument.title} ({instrument.citation})"


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace(" ", ""))
