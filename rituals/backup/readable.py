"""Rows that Leavewell cannot read: found one by one, named without quoting them, and set aside.

A database takes any text for a date or a kind, and one altered letter stays a row. All is read
here as the program reads it, so that a store is called whole only if every page of it opens.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from rituals.backup import transfer, validation
from rituals.model import wording
from rituals.store import engines, snapshots, sums
from rituals.store.schema import HOUSEHOLD, PARTNERS, TABLES, Words

MOST_NAMED = 4
NEEDED = {HOUSEHOLD.name, PARTNERS.name}  # without which there are no weeks
WEEK = re.compile(r"\d{4}-W\d\d", re.ASCII)
UNREADABLE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    sa.exc.SQLAlchemyError,
)
ALTERED = "some of it is not as Leavewell kept it"
AS_A_WHOLE = "what it holds does not fit together"


class Unreadable(NamedTuple):
    """Row that cannot be read, or was altered: its table and number in it, and what it is about."""

    table: str
    row: int
    week: str = ""  # "" where it belongs to none, or does not say to which

    @property
    def name(self) -> str:
        """Name in words, like "times of rituals (2026-W48)"."""
        return f"{transfer.WORDS[self.table]}{f' ({self.week})' if self.week else ''}"


def unreadable_rows(file: Path) -> tuple[Unreadable, ...]:
    """Rows of a store's file, of today's schema, that cannot be read."""
    engine = _engine(file)
    try:
        with engine.connect() as at:
            return tuple(one for table in _tables() for one in _unreadable(at, table))
    finally:
        engine.dispose()


def altered_rows(file: Path) -> tuple[Unreadable, ...]:
    """Rows of a store's file, of today's schema, that are not as Leavewell kept them."""
    engine = _engine(file)
    try:
        with closing(snapshots.open_read_only(file)) as alone:
            found = [*sums.altered(alone)]
        with engine.connect() as at:
            return tuple(
                Unreadable(name, row, _week(at, TABLES.tables[name], row)) for name, row in found
            )
    finally:
        engine.dispose()


def keep_altered(file: Path) -> None:
    """Takes all that a store's file holds now for what was kept."""
    with closing(sqlite3.connect(file)) as at, at:
        at.execute("BEGIN IMMEDIATE")
        sums.renew(at)


def problem_with(file: Path) -> str:
    """Problem of what a store's file holds, in the words after a colon; "" if there is none."""
    if found := unreadable_rows(file):
        return f"some of it cannot be read: {named(found)}"
    engine = _engine(file)
    try:
        with engine.connect() as at:
            if at.execute(sa.select(HOUSEHOLD.c.id)).first() is not None:
                validation.read_all(at)
    except UNREADABLE:
        return AS_A_WHOLE
    finally:
        engine.dispose()
    return f"{ALTERED}: {named(found)}" if (found := altered_rows(file)) else ""


def named(found: tuple[Unreadable, ...]) -> str:
    """Names of the rows, each once, and how many more there are."""
    names = [*dict.fromkeys(one.name for one in found)]
    more = len(names) - MOST_NAMED
    shown = [*names[:MOST_NAMED], *([f"{more} more"] if more > 0 else [])]
    return wording.listed(shown)


def can_be_set_aside(found: tuple[Unreadable, ...]) -> bool:
    """True if all else can be kept without these rows."""
    return bool(found) and not NEEDED & {one.table for one in found}


def delete(file: Path, found: tuple[Unreadable, ...]) -> None:
    """Deletes rows from a copy of a store, with what hangs on them alone."""
    with closing(sqlite3.connect(file)) as at, at:
        for one in found:
            at.execute(f'DELETE FROM "{one.table}" WHERE rowid = ?', (one.row,))  # noqa: S608 ours
        while orphans := at.execute("PRAGMA foreign_key_check").fetchall():
            for table, row, *_ in orphans:
                at.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row,))  # noqa: S608 ours
    if left := unreadable_rows(file):
        delete(file, left)


def _unreadable(at: sa.Connection, table: sa.Table) -> Iterator[Unreadable]:
    """Rows of a table that cannot be read; they are looked at one by one only if there are any."""
    if _can_be_read(at, sa.select(table), table):
        return
    number: sa.ColumnClause[int] = sa.literal_column("rowid")
    for (row,) in at.execute(sa.select(number).select_from(table)).all():
        if not _can_be_read(at, sa.select(table).where(number == row), table):
            yield Unreadable(table.name, row, _week(at, table, row))


def _can_be_read(at: sa.Connection, query: sa.Select[Any], table: sa.Table) -> bool:
    texts = [column for column in table.columns if isinstance(column.type, Words)]
    try:
        for row in at.execute(query).mappings():
            if not all(isinstance(row[text], str | None) for text in texts):
                return False
            validation.check({column.key: row[column] for column in table.columns}, table)
    except UNREADABLE:
        return False
    return True


def _week(at: sa.Connection, table: sa.Table, row: int) -> str:
    """Week that a row says it is of, where that can be read."""
    if "week" not in table.c:
        return ""
    query = f'SELECT CAST("week" AS BLOB) FROM "{table.name}" WHERE rowid = {row}'  # noqa: S608 ours
    raw = at.exec_driver_sql(query).scalar()
    text = raw.decode(errors="replace") if isinstance(raw, bytes) else ""
    return text if WEEK.fullmatch(text) else ""


def _tables() -> list[sa.Table]:
    return [*transfer.MOVED]


def _engine(file: Path) -> sa.Engine:
    return engines.sharing(
        sa.create_engine(
            "sqlite://", creator=lambda: snapshots.open_read_only(file), poolclass=sa.NullPool
        )
    )
