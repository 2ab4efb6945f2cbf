"""The workload MBC-8 as SQL written by hand for DuckDB: what `screen` is measured against.

Two variants, each for counting conclusions and for writing what is reported:

fused      every conclusion of an event is a CASE over its truth values, in one pass
signature  conclusions are drawn once for each combination of what the rules look at; counting groups the events by it,
           writing looks the combination of each event up in a table

Truth values are 0 (false), 1 (unknown) and 2 (true), so that `least` is "and" and `greatest` is "or". What follows from
the two tables and the rules alone is prepared before any event is read. Run as

    uv run python -m tests.benchmarks.by_hand VARIANT WORKLOAD [FINDINGS.parquet]

It prints one line of JSON: the seconds until the events are read, the seconds from then on, and what was counted.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import duckdb

THREADS: Final = 2
REPORTED: Final = "('potential_violation', 'undetermined', 'object_and_purpose')"

PREPARED: Final = """
create temp macro conclude(scope, bound, exempt, met) as
  case when scope = 0 then 'outside_scope' when bound = 0 then 'not_bound' when exempt = 2 then 'exempt'
       when scope = 2 and bound = 2 and exempt = 0 then met else 'undetermined' end;
create temp macro exempt_of(act, purpose) as
  case when act = 'transfer' then case when purpose is null then 0 else 2 end
       when act in ('acquire', 'stockpile', 'retain') then
         case when purpose = 'training' then 2 when purpose is null and act = 'retain' then 1 else 0 end
       else 0 end;
create temp macro rule_of(act) as
  case act when 'use' then 'R1' when 'develop' then 'R2' when 'produce' then 'R2' when 'transfer' then 'R4'
           when 'assist' then 'R6' else 'R3' end;
-- Where a State stands on a day: 0 before all, 1 signed, 2 bound and in time, 3 bound and late, 4 gone; null: unlisted.
create temp macro phase_of(day, state) as
  case when day < state.bound then (day >= state.signed)::utinyint when day >= state.gone then 4::utinyint
       else 2::utinyint + (day >= state.late)::utinyint end;

create temp table states as
  select iso3, coalesce(signature::date, 'infinity') signed, coalesce(entry_into_force::date, 'infinity') bound,
         coalesce(withdrawal::date, 'infinity') gone,
         coalesce((entry_into_force::date + interval 4 year)::date + 1, 'infinity') late
  from read_csv('{folder}/status.csv', header = true, all_varchar = true);
create temp table designs as
  select model, (case when category = 'not_a_mine' then 3
         else list_position(['yes', 'no', 'configurable'], person_activated) - 1 end)::utinyint design
  from read_csv('{folder}/models.csv', header = true, all_varchar = true);
-- Whether it is an anti-personnel mine, by design (4: not known) and by what is said of its activation.
create temp table mines as
  select design::utinyint design, activation, by_design[design + 1]::utinyint mine
  from (values ('person', [2, 1, 2, 0, 1]), ('vehicle', [1, 0, 0, 0, 0]), ('command', [1, 0, 0, 0, 0]),
               ('unknown', [2, 0, 1, 0, 1])) of_activation(activation, by_design), range(5) each(design);
"""

# Which rule is asked of which State: what stands for the act, the State, whether something is held, and the events.
ACTOR: Final = {
    "act": "event.act",
    "bearer": "actor_iso3",
    "held": "(quantity > 0)::utinyint",
    "which": "event.act not in ('clear', 'destroy')",
}
COUNTERPART: Final = {
    "act": "'transfer'",
    "bearer": "counterpart_iso3",
    "held": "null::utinyint",
    "which": "event.act = 'transfer' and counterpart_iso3 is not null",
}

# What the rules look at, with how many events have it.
GROUPED: Final = """
  select {act} act, assertion, purpose, activation, design, phase_of(date, states) phase, {held} held, count(*) events
  from '{events}' event left join states on iso3 = {bearer} left join designs on model = weapon_model
  where {which} group by all"""
# The truth values that follow from it. Within time counts from the beginning: before it nobody is bound.
VALUED: Final = """
  select act, least(mine, case assertion when 'denied' then 0 when 'alleged' then 1 else 2 end) scope,
         coalesce((phase in (2, 3))::utinyint * 2, 1) party, coalesce((phase = 1)::utinyint * 2, 1) signatory,
         coalesce((phase < 3)::utinyint * 2, 1) in_time, coalesce(held * 2, 1) held, exempt_of(act, purpose) exempt,
         {carried} carried
  from {combinations} one join mines on mines.design = coalesce(one.design, 4) and mines.activation = one.activation"""
BY_ACTOR: Final = """
  select carried, rule_of(act) rule, conclude(scope, party, exempt, 'potential_violation') conclusion from by_actor
  union all
  select carried, 'R8', conclude(scope, signatory, exempt, 'object_and_purpose') from by_actor
  union all
  select carried, 'R7', conclude(least(scope, held), party, greatest(in_time, exempt), 'potential_violation')
  from by_actor where act = 'stockpile'"""
BY_COUNTERPART: Final = """
  select carried, 'R5' rule, conclude(scope, party, exempt, 'potential_violation') conclusion from by_counterpart"""

# The number of a combination: that of its four words, then design, phase and what is held, each with a place for null.
NUMBERED: Final = """
create temp table kinds as
  select act, assertion, purpose, activation, (row_number() over () - 1)::integer kind
  from unnest(['use', 'develop', 'produce', 'acquire', 'stockpile', 'retain', 'transfer', 'assist']) a(act),
       unnest(['confirmed', 'credible', 'alleged', 'denied']) b(assertion),
       unnest(['training', 'destruction', null]) c(purpose),
       unnest(['person', 'vehicle', 'command', 'unknown']) d(activation);
create temp macro number_of(kind, design, phase, held) as
  kind + 384 * (coalesce(design, 4) + 5 * (coalesce(phase, 5) + 6 * coalesce(held, 2)));
create temp table combinations as
  select * from kinds, unnest([0, 1, 2, 3, null]) e(design), unnest([0, 1, 2, 3, 4, null]) f(phase),
                unnest([0, 1, null]) g(held);
"""
FOUND: Final = """
create temp table {name} as with {alias} as ({valued}) select * from ({concluded}) where conclusion in {reported};
"""
LOOKED_UP: Final = """
select event.id, rule, {bearer} as bearer, conclusion
from '{events}' event
  join kinds on kinds.act = event.act and kinds.assertion = event.assertion
    and kinds.purpose is not distinct from event.purpose and kinds.activation = event.activation
  left join designs on model = weapon_model left join states on iso3 = {bearer}
  join {found} on carried = number_of(kind, design, phase_of(date, states), {held})
where {which}"""

FUSED: Final = """
with valued as (
  select event.id, act, actor_iso3, counterpart_iso3, quantity, purpose, exempt_of(act, purpose) exempt,
    case assertion when 'denied' then 0 when 'alleged' then least(mine_of(activation, modes), 1)
      else mine_of(activation, modes) end scope,
    between_days(date, actor, actor.bound, actor.gone) party,
    between_days(date, actor, actor.signed, actor.bound) signatory,
    between_days(date, actor, '-infinity', actor.late) in_time,
    between_days(date, counterpart, counterpart.bound, counterpart.gone) other_party
  from '{events}' event
    left join states actor on actor.iso3 = actor_iso3
    left join states counterpart on counterpart.iso3 = counterpart_iso3
    left join modes on modes.model = weapon_model
  where act not in ('clear', 'destroy')),
concluded as {materialized} (
  select id, actor_iso3, counterpart_iso3, rule_of(act) rule,
    conclude(scope, party, exempt, 'potential_violation') own,
    conclude(scope, signatory, exempt, 'object_and_purpose') signatory,
    case when act = 'transfer' and counterpart_iso3 is not null then
      conclude(scope, other_party, exempt, 'potential_violation') end received,
    case when act = 'stockpile' then
      conclude(least(scope, case when quantity is null then 1 when quantity > 0 then 2 else 0 end), party,
               case when purpose = 'training' then 2 else in_time end, 'potential_violation') end kept
  from valued)
"""
MODES: Final = """
create temp macro mine_of(activation, modes) as
  case activation when 'person' then coalesce(modes.by_person, 1) when 'vehicle' then coalesce(modes.by_vehicle, 0)
    when 'command' then coalesce(modes.by_command, 0) else coalesce(modes.by_unknown, 1) end;
create temp macro between_days(day, state, first, beyond) as
  case when state.iso3 is null then 1 when first <= day and day < beyond then 2 else 0 end;
create temp table modes as
  select model, max(mine) filter (activation = 'person') by_person,
         max(mine) filter (activation = 'vehicle') by_vehicle,
         max(mine) filter (activation = 'command') by_command, max(mine) filter (activation = 'unknown') by_unknown
  from designs join mines using (design) group by model;
"""


def signature_counts(events: str) -> str:
    """Count by rule and conclusion, where each combination is concluded on once."""
    actor, other = (GROUPED.format(events=events, **which) for which in (ACTOR, COUNTERPART))
    valued = [VALUED.format(combinations=name, carried="events") for name in ("of_actor", "of_counterpart")]
    return f"""
with of_actor as materialized ({actor}), of_counterpart as materialized ({other}),
by_actor as materialized ({valued[0]}), by_counterpart as ({valued[1]})
select rule, conclusion, sum(carried)::bigint from ({BY_ACTOR} union all {BY_COUNTERPART}) group by all"""


def signature_tables() -> str:
    """What writing needs: each combination with what is concluded on it, if that is reported."""
    number = "number_of(kind, one.design, phase, held)"
    valued = VALUED.format(combinations="combinations", carried=number)
    parts = (("found", "by_actor", BY_ACTOR), ("found_received", "by_counterpart", BY_COUNTERPART))
    return NUMBERED + "".join(
        FOUND.format(name=name, alias=alias, valued=valued, concluded=concluded, reported=REPORTED)
        for name, alias, concluded in parts
    )


def signature_findings(events: str) -> str:
    """Every row that is reported, by looking up the combination of each event."""
    parts = ((ACTOR, "found"), (COUNTERPART, "found_received"))
    return " union all ".join(LOOKED_UP.format(events=events, found=found, **which) for which, found in parts)


def fused_counts(events: str) -> str:
    """Count by rule and conclusion, where every event is concluded on."""
    return (
        FUSED.format(events=events, materialized="")
        + """, counted as materialized (
  select rule, own, signatory, received, kept, count(*) events from concluded group by all)
select rule, conclusion, sum(events)::bigint
from (select rule, own conclusion, events from counted union all select 'R8', signatory, events from counted
      union all select 'R5', received, events from counted union all select 'R7', kept, events from counted)
where conclusion is not null group by all"""
    )


def fused_findings(events: str) -> str:
    """Every row that is reported, where every event is concluded on."""
    parts = (
        ("rule", "actor_iso3", "own"),
        ("'R8'", "actor_iso3", "signatory"),
        ("'R5'", "counterpart_iso3", "received"),
        ("'R7'", "actor_iso3", "kept"),
    )
    return FUSED.format(events=events, materialized="materialized") + " union all ".join(
        f"select id, {rule} as rule, {bearer} as bearer, {told} as conclusion from concluded where {told} in {REPORTED}"
        for rule, bearer, told in parts
    )


VARIANTS: Final = ("signature", "fused")


def counts(variant: str, events: str) -> str:
    """The query that counts by rule and conclusion."""
    return (signature_counts if variant == "signature" else fused_counts)(events)


def findings(variant: str, events: str) -> str:
    """The query for every row that is reported: number of the event, rule, bearer, conclusion."""
    return (signature_findings if variant == "signature" else fused_findings)(events)


def prepared(folder: Path, variant: str) -> duckdb.DuckDBPyConnection:
    """A connection in which everything stands that follows from the tables and the rules."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(f"set threads = {THREADS}")
    connection.execute(PREPARED.format(folder=folder))
    connection.execute(MODES if variant == "fused" else signature_tables())
    return connection


def main(arguments: Sequence[str]) -> int:
    """Count, or write what is reported, and tell how long it took."""
    begun = time.perf_counter()
    variant, folder, *output = arguments
    connection = prepared(Path(folder), variant)
    query = (findings if output else counts)(variant, f"{folder}/events.parquet")
    ready = time.perf_counter()
    if output:
        written = connection.execute(f"copy ({query}) to '{output[0]}' (format parquet)").fetchone()
        counted = {"rows": written[0] if written else 0}
    else:
        counted = {f"{rule} {told}": events for rule, told, events in connection.execute(query).fetchall()}
    done = time.perf_counter()
    print(json.dumps({"start": ready - begun, "run": done - ready, "counts": dict(sorted(counted.items()))}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
