"""The entries of a rulebook as a lawyer reads them: citation, paraphrase, and conditions as an indented tree.

Words come from the rulebook; nothing is evaluated and nothing is printed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from textwrap import wrap
from typing import Final

from treatycheck.dates import describe_day, describe_period, parse_period
from treatycheck.rulebook.conditions import (
    AllOf,
    AnyOf,
    Condition,
    DateTest,
    FactTest,
    Negation,
    PassedTest,
    Question,
    StatusTest,
    TermTest,
    leaves,
)
from treatycheck.rulebook.model import (
    Deadline,
    Exempting,
    Instrument,
    Position,
    Procedure,
    Provision,
    Rule,
    Rulebook,
    Term,
)

_STEP: Final = 2


def ids(rulebook: Rulebook) -> tuple[str, ...]:
    """Every id that `entry` knows."""
    kinds = (rulebook.rules, rulebook.exceptions, rulebook.terms, rulebook.procedures, rulebook.positions)
    return (*(name for kind in kinds for name in kind), *(provision.id for provision in _provisions(rulebook)))


def _provisions(rulebook: Rulebook) -> Iterator[Provision]:
    for instrument in rulebook.instruments.values():
        yield from instrument.provisions


def overview(rulebook: Rulebook, instruments: Sequence[Instrument]) -> str:
    """The ids of some instruments by kind, with citation and title; positions where all instruments are asked for."""
    names = {instrument.id for instrument in instruments}

    def rows(entries: Iterable[Rule | Exempting | Term | Procedure]) -> list[tuple[str, str, str]]:
        return [
            (one.id, rulebook.cite(one.provision), one.title)
            for one in entries
            if one.provision.partition(":")[0] in names
        ]

    rules = [
        (one, cited, title if (status := rulebook.rules[one].status) == "stable" else f"{title} ({status})")
        for one, cited, title in rows(rulebook.rules.values())
    ]
    tables = {
        "rules": rules,
        "exceptions": rows(rulebook.exceptions.values()),
        "procedures": rows(rulebook.procedures.values()),
        "terms": rows(rulebook.terms.values()),
    }
    if len(names) == len(rulebook.instruments):
        tables["positions"] = [(one.id, one.reference or "-", one.question) for one in rulebook.positions.values()]
    blocks = [_table(f"{title} ({len(table)})", table) for title, table in tables.items() if table]
    return "\n\n".join(blocks) if blocks else "no rules"


def _table(title: str, rows: Sequence[tuple[str, str, str]]) -> str:
    first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
    return "\n".join([title, *(f"  {a:<{first}}  {b:<{second}}  {c}" for a, b, c in rows)])


def entry(rulebook: Rulebook, name: str, width: int) -> str:
    """Everything that stands under an id, in lines of at most `width` characters; KeyError for an unknown id."""
    if name in rulebook.rules:
        blocks = _rule(rulebook, rulebook.rules[name])
    elif name in rulebook.exceptions:
        blocks = _exception(rulebook, rulebook.exceptions[name])
    elif name in rulebook.terms:
        blocks = _term(rulebook, rulebook.terms[name])
    elif name in rulebook.procedures:
        blocks = _procedure(rulebook, rulebook.procedures[name])
    elif name in rulebook.positions:
        blocks = _position(rulebook, rulebook.positions[name])
    else:
        blocks = _provision(rulebook, {one.id: one for one in _provisions(rulebook)}[name])
    return "\n".join(_laid_out(title, list(lines), width) for title, lines in blocks if title)


Line = tuple[int, str]
"""How far a line is indented, in steps, and what it says."""
Block = tuple[str, Iterable[Line]]


def _laid_out(title: str, lines: Sequence[Line], width: int) -> str:
    """A title with its lines below it, wrapped; followed by an empty line in the end of the block."""
    told = wrap(title, width, subsequent_indent="  ")
    for depth, line in lines:
        margin = " " * (_STEP * (depth + 1))
        told += wrap(line, width, initial_indent=margin, subsequent_indent=f"{margin}  ", break_on_hyphens=False)
    return "\n".join([*told, ""])


def _rule(rulebook: Rulebook, rule: Rule) -> list[Block]:
    instrument = rulebook.instruments[rule.instrument]
    words = rulebook.vocabulary
    conditions: dict[str, Condition | None] = {
        "considered only if": rule.only_if,
        "addressee": rule.addressee or instrument.gates.addressee,
        "bound": rule.bound or instrument.gates.bound,
        "object": rule.object,
        "place": rule.place,
        "when": rule.when,
        "met when": rule.deadline.fulfilled if rule.deadline is not None else None,
    }
    given = {title: condition for title, condition in conditions.items() if condition is not None}
    blocks: list[Block] = [
        (f"{rule.id}: {rule.title}", [(0, f"{rule.norm}, {rule.status}, {instrument.short_title}")]),
        _cited(rulebook, rule.provision),
        ("binds", [(0, " or ".join(words.roles[role].label for role in rule.bearer.role))]),
        ("act", [(0, " or ".join(words.acts[act].label for act in rule.act))]),
        *_conditions(rulebook, given, instrument),
    ]
    if rule.deadline is not None:
        blocks.append(("last day", [(0, _last_day(rulebook, rule.deadline))]))
    if rule.unless:
        blocks.append(("unless", [(0, _exempted(rulebook, rulebook.exceptions[name])) for name in rule.unless]))
    blocks += _positions(rulebook, given.values(), [rulebook.exceptions[name].when for name in rule.unless], instrument)
    said = [(0, rule.finding.statement)]
    said += [(0, f"if only foreseen: {rule.finding.foreseen}")] if rule.finding.foreseen else []
    return [*blocks, (f"says ({rulebook.wording.severities[rule.finding.severity]})", said), *_note(rule.note)]


def _last_day(rulebook: Rulebook, deadline: Deadline) -> str:
    fact = rulebook.vocabulary.fact(deadline.start)
    start = deadline.start.replace("_", " ") if fact is None else f"{fact.question} [{deadline.start}]"
    register = f", or as granted in {deadline.register}" if deadline.register and deadline.extendable else ""
    period = describe_period(parse_period(deadline.period))
    return f"{period} after {start}{', every year' if deadline.yearly else ''}{register}"


def _exempted(rulebook: Rulebook, exempting: Exempting) -> str:
    unstated = "asked for" if exempting.if_unstated == "ask" else "taken not to apply"
    cited = rulebook.cite(exempting.provision)
    return f"{exempting.title} ({cited}), {unstated} where nothing is said of it [{exempting.id}]"


def _exception(rulebook: Rulebook, exempting: Exempting) -> list[Block]:
    return [
        (f"{exempting.id}: {exempting.title}", [(0, "exception")]),
        _cited(rulebook, exempting.provision),
        *_conditions(rulebook, {"when": exempting.when}),
        ("defeats", [(0, rule.id) for rule in rulebook.rules.values() if exempting.id in rule.unless]),
        *_positions(rulebook, [exempting.when]),
        *_note(exempting.note),
    ]


def _term(rulebook: Rulebook, term: Term) -> list[Block]:
    of = "an object" if term.scope == "object" else "an event"
    blocks: list[Block] = [
        (f"{term.id}: {term.title}", [(0, f"term, said of {of}")]),
        _cited(rulebook, term.provision),
    ]
    if term.when is not None:
        blocks += _conditions(rulebook, {"when": term.when})
    for name, reading in term.readings.items():
        confidence = rulebook.wording.confidences[reading.confidence]
        blocks += _conditions(rulebook, {f"when, on the position {name} ({confidence})": reading.when})
    conditions = [reading.when for reading in term.readings.values()]
    conditions += [TermTest(term.id)] if term.position else []
    conditions += [term.when] if term.when is not None else []
    return [*blocks, *_positions(rulebook, conditions), *_note(term.note)]


def _procedure(rulebook: Rulebook, procedure: Procedure) -> list[Block]:
    words = rulebook.vocabulary
    stages = {stage.label: stage.when for stage in procedure.stages}
    return [
        (f"{procedure.id}: {procedure.title}", [(0, "procedure")]),
        _cited(rulebook, procedure.provision),
        ("concerns", [(0, " or ".join(words.roles[role].label for role in procedure.subject.role))]),
        ("act", [(0, " or ".join(words.acts[act].label for act in procedure.act))]),
        *_conditions(rulebook, stages, rulebook.instruments[procedure.instrument]),
        *_note(procedure.note),
    ]


def _provision(rulebook: Rulebook, provision: Provision) -> list[Block]:
    encoded = [(0, name) for name in provision.encoded_by] or [(0, f"nothing: {provision.why_not}")]
    bearer = f", binds: {provision.bearer}" if provision.bearer else ""
    return [
        (f"{provision.id}: {rulebook.cite(provision.id)}", [(0, f"{provision.kind}{bearer}")]),
        ("in paraphrase", [(0, provision.paraphrase)]),
        ("encoded by", encoded),
        ("text", [(0, _CHECKED[provision.checked])]),
    ]


_CHECKED: Final = {
    "read": "the paraphrase was checked against the text",
    "partly": "the paraphrase was checked against a part of the text",
    "recalled": "the paraphrase was not checked against the text",
}


def _position(rulebook: Rulebook, position: Position) -> list[Block]:
    known_as = f"position {position.reference}" if position.reference else f"position ({position.why_no_reference})"
    blocks: list[Block] = [(f"{position.id}: {position.question}", [(0, known_as)])]
    for name, alternative in position.alternatives.items():
        default = ", in force unless another is chosen" if name == position.default else ""
        lines = [(0, alternative.summary)]
        lines += [(0, alternative.authority)] if alternative.authority else []
        blocks.append((f"{name} ({rulebook.wording.confidences[alternative.confidence]}{default})", lines))
    used = [term.id for term in rulebook.terms.values() if term.position == position.id]
    return [*blocks, ("chooses the reading of", [(0, name) for name in used])] if used else blocks


def _cited(rulebook: Rulebook, pinpoint: str) -> Block:
    return rulebook.cite(pinpoint), [(0, rulebook.provision(pinpoint).paraphrase)]


def _note(text: str) -> list[Block]:
    return [("note", [(0, text)])] if text else []


def _conditions(
    rulebook: Rulebook, conditions: Mapping[str, Condition], own: Instrument | None = None
) -> Iterator[Block]:
    for title, condition in conditions.items():
        yield title, _tree(rulebook, condition, 0, own)


def _tree(rulebook: Rulebook, condition: Condition, depth: int, own: Instrument | None) -> Iterator[Line]:
    """A condition as lines, each part one step further in."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            yield depth, "all of these:" if isinstance(condition, AllOf) else "any of these:"
            for part in parts:
                yield from _tree(rulebook, part, depth + 1, own)
        case Negation(part):
            yield depth, "not:"
            yield from _tree(rulebook, part, depth + 1, own)
        case _:
            yield depth, _leaf(rulebook, condition, own)


def _leaf(rulebook: Rulebook, leaf: Question, own: Instrument | None) -> str:
    if isinstance(leaf, TermTest):
        return f"{rulebook.terms[leaf.term].title} [{leaf.term}]"
    if isinstance(leaf, DateTest):
        return f"the event is {leaf.operator.replace('_', ' ')} {describe_day(date.fromisoformat(leaf.day))}"
    if isinstance(leaf, PassedTest):
        return f"the event is after the last day of the bearer under {rulebook.rules[leaf.rule].title} [{leaf.rule}]"
    if isinstance(leaf, StatusTest):
        other = rulebook.instruments.get(leaf.instrument, own)
        of = "the bearer" if leaf.of == "bearer" else leaf.of
        under = "this instrument" if other is None else f"the {other.short_title}"
        return f"{of} is {' or '.join(leaf.standings)} under {under}, by its register"
    fact = rulebook.vocabulary.fact(leaf.fact)
    question = "" if fact is None else f"{fact.question} "
    return f"{question}{_answer(leaf)} [{leaf.fact}]"


def _answer(test: FactTest) -> str:
    if test.operator == "is_stated":
        return "(stated)" if test.operands[0] == "true" else "(not stated)"
    values = " or ".join(test.operands)
    return f"({values})" if test.operator in ("is", "in") else f"({test.operator.replace('_', ' ')} {values})"


def _positions(
    rulebook: Rulebook,
    conditions: Iterable[Condition],
    more: Iterable[Condition] = (),
    instrument: Instrument | None = None,
) -> list[Block]:
    """The positions that conditions depend on, through terms and through the register of an instrument."""
    names: dict[str, None] = {}
    seen: set[str] = set()
    waiting = [*conditions, *more]
    while waiting:
        for leaf in leaves(waiting.pop(0)):
            if isinstance(leaf, TermTest) and leaf.term not in seen:
                seen.add(leaf.term)
                term = rulebook.terms[leaf.term]
                names |= {term.position: None} if term.position else {}
                waiting += [reading.when for reading in term.readings.values()]
                waiting += [term.when] if term.when is not None else []
    membership = instrument.membership if instrument is not None else None
    if membership is not None and membership.suspension is not None:
        names[membership.suspension.position] = None
    used = [rulebook.positions[name] for name in names]
    lines = [(0, f"{one.question} By default: {one.alternatives[one.default].summary} [{one.id}]") for one in used]
    return [("depends on these positions", lines)] if lines else []
