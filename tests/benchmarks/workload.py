"""The made-up events of the workload MBC-8, and its two tables, the same for the same seed on every machine.

An event is thirteen numbers drawn evenly from [0, 1), each turned into one column by a rule of its own, so that nothing
hangs on how a library draws from a distribution. Events come in blocks with a seed each: a larger workload begins with
the smaller one. The status of States is that of the project's own register, without the States whose entry into force
is not known to the day: to the workload they are not listed. Rows that name a State say nothing about it. Run as

    uv run python -m tests.benchmarks.workload FOLDER SIZE...
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from treatycheck.rulebook.conditions import is_day

if TYPE_CHECKING:
    import duckdb

ROOT: Final = Path(__file__).resolve().parents[2]
REGISTER: Final = ROOT / "rules" / "mine-ban-convention" / "status.csv"
SEED: Final = 8
BLOCK: Final = 100_000
BLOCKS_AT_ONCE: Final = 10
ROW_GROUP: Final = 122_880
FIRST_DAY: Final = date(1990, 1, 1)
LAST_DAY: Final = date(2026, 12, 31)
NO_STATE: Final = "ZZZ"
NO_MODEL: Final = "M-UNLISTED"

ACTS: Final = {
    "use": 0.30, "develop": 0.03, "produce": 0.07, "acquire": 0.08, "stockpile": 0.12,
    "retain": 0.06, "transfer": 0.12, "assist": 0.07, "clear": 0.08, "destroy": 0.07,
}  # fmt: skip
ACTIVATIONS: Final = {"person": 0.40, "vehicle": 0.15, "command": 0.10, "unknown": 0.35}
PURPOSES: Final = {"training": 0.12, "destruction": 0.08, "": 0.80}
ASSERTIONS: Final = {"confirmed": 0.25, "credible": 0.35, "alleged": 0.33, "denied": 0.07}
CATEGORIES: Final = {
    "ap_blast": 14, "ap_fragmentation": 10, "ap_directional": 6, "anti_vehicle": 14,
    "improvised": 5, "multi_role": 5, "not_a_mine": 6,
}  # fmt: skip


@dataclass(frozen=True)
class Tables:
    """The reference tables as rows of texts, with the codes that events use and that no table has."""

    status: tuple[tuple[str, str, str, str], ...]
    unlisted: tuple[str, ...]
    models: tuple[tuple[str, str, str], ...]

    @property
    def codes(self) -> list[str]:
        """What an event may name as a State, the last one standing for nobody who is known."""
        return [*(row[0] for row in self.status), *self.unlisted, NO_STATE]

    @property
    def designations(self) -> list[str]:
        """What an event may name as a model, the last one being in no table."""
        return [*(row[0] for row in self.models), NO_MODEL]


def tables(seed: int = SEED) -> Tables:
    """The status of States from the project's register, and made-up models."""
    status, unlisted = [], []
    with REGISTER.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            entry = row["entry_into_force"]
            if row["instrument"] and not is_day(entry):
                unlisted.append(row["code"])
            else:
                status.append((row["code"], row["signature"], entry, row["withdrawal_effective"]))
    return Tables(tuple(status), tuple(unlisted), tuple(_models(seed)))


def _models(seed: int) -> Iterator[tuple[str, str, str]]:
    """Sixty models; where a category does not settle it, a draw says how a model is set off."""
    categories = [name for name, count in CATEGORIES.items() for _ in range(count)]
    for number, (category, drawn) in enumerate(zip(categories, _draws(seed, 1_000_002, 60), strict=True), 1):
        either = "configurable"
        activated = {
            "ap_blast": "yes",
            "ap_fragmentation": "yes",
            "improvised": either if drawn < 0.6 else "yes",
            "anti_vehicle": either if drawn < 0.2 else "no",
            "not_a_mine": ("yes", "no", either)[int(drawn * 3)],
        }.get(category, either)
        yield f"M{number:02}", category, activated


def _draws(seed: int, stream: int, *shape: int) -> Any:
    import numpy as np

    return np.random.Generator(np.random.PCG64([seed, stream])).random(shape)


def block(number: int, known: Tables, seed: int = SEED) -> Mapping[str, Any]:
    """The columns of one block of events as arrays of small integers: places in a list, or -1 for nothing.

    `date` is in days since 1970, `quantity` a number.
    """
    import numpy as np

    drawn = _draws(seed, number, 13, BLOCK)

    def chosen(column: int, shares: Mapping[str, float]) -> Any:
        steps = np.cumsum(list(shares.values()))
        return np.minimum(np.searchsorted(steps, drawn[column], side="right"), len(shares) - 1).astype("int32")

    def skewed(column: int, power: float, count: int) -> Any:
        return (drawn[column] ** power * count).astype("int32")

    act, names = chosen(0, ACTS), list(ACTS)
    states, models = len(known.codes) - 1, len(known.designations) - 1
    has_other = np.select([act == names.index("transfer"), act == names.index("assist")], [0.85, 0.60], 0.02)
    first, days = (FIRST_DAY - date(1970, 1, 1)).days, (LAST_DAY - FIRST_DAY).days + 1
    how_many = np.floor(10.0 ** ((drawn[10] - 0.43) / 0.57 * 5.0))
    purpose = chosen(11, PURPOSES)
    return {
        "act": act,
        "actor_iso3": np.where(drawn[1] < 0.015, states, skewed(2, 2, states)),
        "counterpart_iso3": np.select(
            [drawn[3] >= has_other, drawn[4] < 0.03], [-1, states], skewed(5, 2, states)
        ),
        "date": (first + (drawn[6] * days).astype("int32")).astype("int32"),
        "weapon_model": np.select([drawn[7] < 0.15, drawn[7] < 0.18], [-1, models], skewed(8, 1.5, models)),
        "activation": chosen(9, ACTIVATIONS),
        "quantity": np.select([drawn[10] < 0.40, drawn[10] < 0.43], [-1, 0], how_many).astype("int32"),
        "purpose": np.where(purpose == len(PURPOSES) - 1, -1, purpose),
        "assertion": chosen(12, ASSERTIONS),
    }  # fmt: skip


def written(number: int, known: Tables, seed: int = SEED) -> Any:
    """One block of events as a table in the columns of the workload."""
    import pyarrow as pa

    words = {
        "act": list(ACTS),
        "actor_iso3": known.codes,
        "counterpart_iso3": known.codes,
        "weapon_model": known.designations,
        "activation": list(ACTIVATIONS),
        "purpose": list(PURPOSES)[:-1],
        "assertion": list(ASSERTIONS),
    }
    columns = {"id": pa.array(range(number * BLOCK, (number + 1) * BLOCK), pa.int64())}
    for name, values in block(number, known, seed).items():
        if name == "date":
            columns[name] = pa.array(values, pa.date32())
            continue
        plain = pa.array(values, pa.int32(), mask=values < 0)
        if name in words:
            plain = pa.DictionaryArray.from_arrays(plain, pa.array(words[name])).cast(pa.string())
        columns[name] = plain
    return pa.table(columns)


def save(folder: Path, size: int, seed: int = SEED) -> Path:
    """Write the tables and the events of a workload to `folder/SIZE`, unless they are there; returns that folder."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    known, place = tables(seed), folder / str(size)
    made_of = {"size": size, "seed": seed, "tables": hashlib.sha256(repr(known).encode()).hexdigest()[:16]}
    note = place / "made-of.json"
    if note.is_file() and json.loads(note.read_text(encoding="utf-8")) == made_of:
        return place
    place.mkdir(parents=True, exist_ok=True)
    save_tables(place, known)
    blocks, waiting = -(-size // BLOCK), []
    schema = written(0, known, seed).schema
    with ParquetWriter(place / "events.parquet", schema, compression="snappy") as file:
        for number in range(blocks):
            waiting.append(written(number, known, seed).slice(0, min(BLOCK, size - number * BLOCK)))
            if len(waiting) == BLOCKS_AT_ONCE or number == blocks - 1:
                file.write_table(pa.concat_tables(waiting), row_group_size=ROW_GROUP)
                waiting = []
    note.write_text(json.dumps(made_of), encoding="utf-8")
    return place


def typed(connection: duckdb.DuckDBPyConnection, table: Path, events: Path) -> None:
    """Write events that stand in a CSV file as a Parquet file with the types of the workload."""
    integers = "replace (id::bigint as id, quantity::integer as quantity, date::date as date)"
    connection.execute(
        f"copy (select * {integers} from read_csv('{table}', header = true, all_varchar = true))"
        f" to '{events}' (format parquet)"
    )


def save_tables(folder: Path, known: Tables) -> None:
    """Write the two tables as the workload has them."""
    for name, header, rows in (
        ("status", ("iso3", "signature", "entry_into_force", "withdrawal"), known.status),
        ("models", ("model", "category", "person_activated"), known.models),
    ):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])


def main(arguments: Sequence[str]) -> int:
    """Write workloads of some sizes."""
    folder, *sizes = arguments
    for size in sizes:
        print(save(Path(folder), int(size)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
