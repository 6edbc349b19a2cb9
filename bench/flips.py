"""What becomes of single bits that flip in a store: harmless, said, or silent.

`python -m bench.flips [FLIPS [SEED]]`: each in a copy of the sample couple's file, at rest.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

from rituals.backup import backups
from rituals.planning import catalogue, sample
from rituals.store.store import open_store

FLIPS, SEED = 1000, 1
TODAY, WEEKS = date(2026, 11, 22), 30
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sums'"


Rows = dict[str, list[dict[str, object]]]


def main() -> None:
    """Prints how many flips were harmless, said and silent, and where the silent ones lie."""
    flips, seed = [*map(int, sys.argv[1:]), *(FLIPS, SEED)[len(sys.argv) - 1 :]]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "leavewell.db"
        _fill(file)
        found, silent = flipped(file, flips, random.Random(seed))  # noqa: S311 no secret
    print(f"{flips} flips: {dict(found)}")
    for where, count in silent.most_common():
        print(f"  silent {count:3} {where}")


def flipped(file: Path, flips: int, chance: random.Random) -> tuple[Counter[str], Counter[str]]:
    """How many flips ended how, and the places of the silent ones."""
    whole = file.read_bytes()
    before = _rows(file)
    found: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    other = file.with_name("flipped.db")
    for _ in range(flips):
        content = bytearray(whole)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        other.write_bytes(content)
        is_said = not backups.check(other).whole
        places = () if is_said else _differences(before, _rows(other))
        found["said" if is_said else "silent" if places else "harmless"] += 1
        silent.update(places)
    return found, silent


def _fill(file: Path) -> None:
    store = open_store(f"sqlite:///{file}")
    couple = sample.couple(TODAY, WEEKS, catalogue.load(catalogue.SUGGESTED))
    store.fill(couple.household, (), couple.plans)
    store.engine.dispose()
    with closing(sqlite3.connect(file)) as at:
        at.execute("PRAGMA journal_mode=DELETE")


def _rows(file: Path) -> Rows:
    with closing(sqlite3.connect(file)) as at:
        at.row_factory, at.text_factory = sqlite3.Row, bytes
        tables = [
            name.decode()
            for (name,) in at.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        return {
            name: [dict(row) for row in at.execute(f'SELECT rowid AS "#", * FROM "{name}"')]  # noqa: S608
            for name in sorted(tables)
        }


def _differences(before: Rows, after: Rows) -> tuple[str, ...]:
    places = set()
    for table in {*before, *after}:
        one, two = before.get(table, []), after.get(table, [])
        if len(one) != len(two):
            places.add(f"{table}: rows")
        for row, other in zip(one, two, strict=False):
            places |= {f"{table}.{name}" for name in row if row[name] != other.get(name)}
    return tuple(sorted(places))


if __name__ == "__main__":
    main()
