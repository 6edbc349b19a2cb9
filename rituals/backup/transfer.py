"""Transfer of a whole household to another store, compared row by row before it counts.

It is one change of the new store: all of it is there at the end, or nothing is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from rituals.store.errors import StoreError
from rituals.store.schema import ATTEMPTS, REVISION, TABLES
from rituals.store.store import Store
from rituals.text import without_turning

WORDS = {
    "household": "household",
    "partners": "partners",
    "hours": "usual hours",
    "usual": "what is usual beside them",
    "earlier": "what was usual in earlier weeks",
    "differences": "days that are different",
    "rituals": "rituals of your own",
    "ritual_lines": "ideas and times of rituals",
    "weeks": "weeks",
    "hopes": "hopes",
    "choices": "chosen rituals",
    "sitters": "times with somebody for the children",
    "calendars": "outside calendars",
    "busy": "busy times",
    "occurrences": "times of rituals",
    "lived": "words on a whole kind of time",
    "noticed": "things you noticed",
    "aside": "observations put aside",
    "taken": "things calendars were told",
    "feeds": "addresses and folders for calendars",
    "servers": "calendar servers",
    "yes": "words of yes",
    "drawers": "drawers",
    "covers": "hints of surprises",
    "wished": "wishes",
    "season": "weeks of what is rare",
    "door": "passphrase for your home network",
}
PRIVATE = frozenset({"wished"})  # each one's own: a number of them would tell of the other's
OF_ONE_STORE = (REVISION, ATTEMPTS)  # each counts its own
MOVED = [table for table in TABLES.sorted_tables if table not in OF_ONE_STORE]

Row = Mapping[str, Any]


def move(old: Store, new: Store) -> dict[str, int]:
    """Copies a store into an empty one; returns the number of rows by table.

    Raises StoreError, and leaves the new one as it was, if that fails.
    """
    with old.reading() as at, new.writing() as to:
        if not is_empty(to):
            raise StoreError("The store there already holds a household, and it stays as it is.")
        return copy_rows(at, to)


def copy_rows(at: sa.Connection, to: sa.Connection) -> dict[str, int]:
    """Copies all rows between two connections into empty tables; returns their number by table."""
    for table in MOVED:
        rows = _rows(at, table)
        if rows:
            to.execute(sa.insert(table), rows)
    return {table.name: _compared(at, to, table) for table in MOVED}


def is_empty(to: sa.Connection) -> bool:
    """True if a store holds nothing at all."""
    return not any(to.execute(sa.select(table).limit(1)).first() for table in MOVED)


def delete_all_rows(to: sa.Connection) -> None:
    """Deletes all rows of a store, as part of a change that puts others in."""
    for table in reversed(MOVED):
        to.execute(sa.delete(table))


def _compared(at: sa.Connection, to: sa.Connection, table: sa.Table) -> int:
    sent, stored = _rows(at, table), _rows(to, table)
    if sent != stored:
        what = WORDS[table.name]
        raise StoreError(f"The {what} did not arrive as they are here, so nothing was moved.")
    return len(stored)


def _rows(at: sa.Connection, table: sa.Table) -> Sequence[Row]:
    """Rows sorted by their key, which is in the same order in both databases."""
    found = at.execute(sa.select(table).order_by(*table.primary_key)).mappings()
    return [{c.key: _as_of_today(row[c]) for c in table.columns} for row in found]


def _as_of_today(value: Any) -> Any:
    """Value as it would be stored today: an older store may hold other letters."""
    return without_turning(value) if isinstance(value, str) else value
