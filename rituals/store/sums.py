# ruff: noqa: S608 - the names of our own tables
"""A sum of each row, kept beside the rows of a file, so that an altered one is noticed.

SQLite keeps none of its pages. Triggers that live in our connections alone write them in the same
change; what anything else writes, a disk too, has none. A server has sums of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b

import sqlalchemy as sa

from rituals.store.schema import ATTEMPTS, REVISION, TABLES

NAME = "sums"
OF_A_ROW = "leavewell_sum"  # the function of our connections
FOLLOWED = "followed"  # in a connection's notes
NEITHER = (REVISION, ATTEMPTS)  # numbers that nobody would miss
SUMMED = [table for table in TABLES.sorted_tables if table not in NEITHER]
PLACE, REST = 2, 6  # bytes of a sum: rows of one week lie side by side, so that few pages change

EXISTS = f"SELECT 1 FROM main.sqlite_master WHERE type = 'table' AND name = '{NAME}'"
CREATE = f"CREATE TABLE main.{NAME} (sum INTEGER PRIMARY KEY)"
ADD = f"INSERT OR IGNORE INTO main.{NAME} (sum)"
FORGET = f"DELETE FROM main.{NAME}"
DROP = f"DROP TABLE IF EXISTS main.{NAME}"


def follow(at: sa.Connection) -> None:
    """Has a connection to a file keep the sums from now on; before its transaction begins."""
    if at.dialect.name != "sqlite" or at.info.get(FOLLOWED):
        return
    there = {name for (name,) in at.exec_driver_sql("SELECT name FROM main.sqlite_master")}
    if not {table.name for table in SUMMED} <= there:
        return
    connection = _of_sqlite(at)
    connection.execute("PRAGMA temp_store=MEMORY")  # where our triggers stand
    for trigger in _all_triggers():
        connection.execute(trigger)
    at.info[FOLLOWED] = True


def begin(at: sa.Connection) -> None:
    """Has a file without sums get them, as part of a change."""
    if at.info.get(FOLLOWED) and at.exec_driver_sql(EXISTS).first() is None:
        renew(_of_sqlite(at))


def renew(at: sqlite3.Connection) -> None:
    """Takes every row of a file as it is now for what was kept."""
    _teach(at)
    at.execute(DROP)
    at.execute(CREATE)
    for table in SUMMED:
        at.execute(f"{ADD} SELECT {_sum_of(table)} FROM main.{_quoted(table.name)}")


def altered(at: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    """Rows of a file that are not as they were kept: table and number in it; none without sums."""
    if at.execute(EXISTS).fetchone() is None:
        return
    _teach(at)
    for table in SUMMED:
        rows = f"SELECT rowid FROM main.{_quoted(table.name)}"
        known = f"SELECT sum FROM main.{NAME}"
        for (row,) in at.execute(f"{rows} WHERE {_sum_of(table)} NOT IN ({known})"):
            yield table.name, row


def _of_sqlite(at: sa.Connection) -> sqlite3.Connection:
    connection = at.connection.driver_connection
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError("no connection of SQLite")
    _teach(connection)
    return connection


def _teach(at: sqlite3.Connection) -> None:
    at.create_function(OF_A_ROW, -1, _sum, deterministic=True)


def _sum(table: str, week: bytes | None, *values: bytes | None) -> int:
    """Sum of a row: two bytes of its table and week, and six of all that it holds."""
    where = b"%s\0%s" % (table.encode(), week or b"")
    row = b"\0".join(b"n" if value is None else b"v%d:%s" % (len(value), value) for value in values)
    place = blake2b(where, digest_size=PLACE).digest()
    return int.from_bytes(place + blake2b(where + row, digest_size=REST).digest(), signed=True)


@cache
def _all_triggers() -> tuple[str, ...]:
    return tuple(trigger for table in SUMMED for trigger in _triggers(table))


def _triggers(table: sa.Table) -> Iterator[str]:
    old, new = _sum_of(table, "OLD."), _sum_of(table, "NEW.")
    add, forget = f"{ADD} VALUES ({new})", f"{FORGET} WHERE sum = {old}"
    for event, does in (("INSERT", (add,)), ("DELETE", (forget,)), ("UPDATE", (forget, add))):
        name = _quoted(f"{NAME}_{table.name}_{event.lower()}")
        on = f"CREATE TEMP TRIGGER IF NOT EXISTS {name} AFTER {event} ON main.{_quoted(table.name)}"
        yield f"{on} BEGIN {'; '.join(does).replace(f'main.{NAME}', NAME)}; END"


def _sum_of(table: sa.Table, row: str = "") -> str:
    """Expression for the sum of a row; bytes, for a text that was altered may be none."""
    week = f"CAST({row}week AS BLOB)" if "week" in table.c else "NULL"
    values = (f"CAST({row}{_quoted(column.name)} AS BLOB)" for column in table.columns)
    return f"{OF_A_ROW}('{table.name}', {week}, {', '.join(values)})"


def _quoted(name: str) -> str:
    return f'"{name}"'
