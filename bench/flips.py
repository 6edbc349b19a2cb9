"""What becomes of single bits that flip in a store: harmless, said, or silent.

`python -m bench.flips [FLIPS [SEED [--wal]]]`: each in a copy of the sample couple's file at rest,
or in that of its newest changes, beside it until they are written home.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from rituals.backup import backups, newest_changes
from rituals.model.time.week import Week
from rituals.planning import catalogue, sample
from rituals.store.store import open_store

FLIPS, SEED = 1000, 1
TODAY, WEEKS = date(2026, 11, 22), 30
CHANGES = 40  # that lie in the file beside it

Rows = dict[str, list[dict[str, object]]]


def main() -> None:
    """Prints how many flips were harmless, said and silent, and where the silent ones lie."""
    beside = "--wal" in sys.argv
    given = [int(each) for each in sys.argv[1:] if each.isdecimal()]
    flips, seed = [*given, *(FLIPS, SEED)[len(given) :]]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "leavewell.db"
        _fill(file)
        kept = _with_newest_changes(file) if beside else file
        suffix = newest_changes.SUFFIX if beside else ""
        found, silent = flipped(kept, flips, random.Random(seed), suffix)  # noqa: S311 no secret
    print(f"{flips} flips{' in the newest changes' if beside else ''}: {dict(found)}")
    for where, count in silent.most_common():
        print(f"  silent {count:3} {where}")


def flipped(
    file: Path, flips: int, chance: random.Random, suffix: str = ""
) -> tuple[Counter[str], Counter[str]]:
    """How many flips ended how, and the places of the silent ones."""
    store = {end: _beside(file, end).read_bytes() for end in {"", suffix}}
    whole, before = store[suffix], _rows(_copied(store, file.with_name("before.db")))
    found: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for _ in range(flips):
        content = bytearray(whole)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        other = _copied(store | {suffix: bytes(content)}, file.with_name("flipped.db"))
        is_said = not backups.check(other).whole
        places = () if is_said else _differences(before, _rows(other))
        found["said" if is_said else "silent" if places else "harmless"] += 1
        silent.update(places)
    return found, silent


def _copied(store: dict[str, bytes], file: Path) -> Path:
    _beside(file, "-shm").unlink(missing_ok=True)
    for end, content in store.items():
        _beside(file, end).write_bytes(content)
    return file


def _beside(file: Path, end: str) -> Path:
    return file.with_name(f"{file.name}{end}")


def _with_newest_changes(file: Path) -> Path:
    """A copy of the store with changes that are not written home yet."""
    store, copy = open_store(f"sqlite:///{file}"), file.with_name("copy.db")
    week = Week.of_monday(TODAY - timedelta(days=TODAY.weekday()))
    for number in range(CHANGES):
        begun = store.load_plan(week - number % WEEKS)
        if begun:
            store.change_plan(begun, lambda plan, n=number: replace(plan, grace=f"rest {n}"))  # type: ignore[misc]
    _copied({end: _beside(file, end).read_bytes() for end in ("", newest_changes.SUFFIX)}, copy)
    store.engine.dispose()
    return copy


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
