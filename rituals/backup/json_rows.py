"""Rows of the tables as JSON that people can read, one row a line, and back.

Instants are written as ISO 8601, bytes in base64. What one of the two keeps to themselves is
folded up: whoever reads the file for something else does not stumble over it.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

import sqlalchemy as sa

from rituals.store.schema import BUSY, NOTICED, WISHED, Instant, Words
from rituals.text import without_turning

FOLDED = "folded"  # the one name in what stands for a text that is folded up
BEGINS, ENDS = "[", "]"
PLAINLY = json.JSONEncoder(ensure_ascii=False, allow_nan=False)

Row = Mapping[Any, Any]


class RowError(ValueError):
    """Row that cannot be read; the text says what is in the way."""


def file_of(lines: Iterable[str]) -> Iterator[bytes]:
    """Pieces of a JSON file, one row a line."""
    yield BEGINS.encode() + b"\n"
    before = b""
    for line in lines:
        yield before + line.encode()
        before = b",\n"
    yield (b"\n" if before else b"") + ENDS.encode() + b"\n"


def lines_in(file: Iterable[bytes]) -> Iterator[str]:
    """Rows of a JSON file, each still as JSON; raises RowError."""
    lines = iter(file)
    if next(lines, b"") != BEGINS.encode():
        raise RowError("it does not begin as a list of rows")
    for line in lines:
        if line == ENDS.encode():
            if list(lines) != [b""]:
                raise RowError("something follows after its last row")
            return
        if not line:
            break
        yield line.removesuffix(b",").decode()
    raise RowError("its last row is not there")


def to_json(row: Row, table: sa.Table) -> str:
    """Row as a line of JSON, its columns in the order of the table."""
    values = {column.name: row[column.key] for column in table.columns}
    for name, write in _writers(table):
        if values[name] is not None:
            values[name] = write(values[name])
    for name in _for_one(row, table):
        values[name] = {FOLDED: b64encode(values[name].encode()).decode()}
    return PLAINLY.encode(values)


def from_json(line: str, table: sa.Table, *, older: bool = False) -> dict[str, Any]:
    """Row read from a line of JSON, each value of its column's type; raises RowError.

    An older zip may lack a column that has a default.
    """
    found = parsed(line)
    if not isinstance(found, dict):
        raise RowError("a row is no row")
    names = {column.name for column in table.columns}
    if unknown := [name for name in found if name not in names]:
        raise RowError(f"there is no “{unknown[0][:40]}” in it")
    return {
        c.key: _read(found[c.name], c, reader) if c.name in found else _default(c, older)
        for c, reader in _readers(table)
    }


def parsed(text: str | bytes) -> Any:
    """Value of a JSON text; raises RowError, also for a key given twice and for NaN."""
    try:
        return _READER.decode(text if isinstance(text, str) else text.decode())
    except (ValueError, RecursionError) as unread:
        raise RowError("it is not written as it ought to be") from unread


def _once(pairs: Collection[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RowError("a row says something twice")
    return found


def _no_number(text: str) -> None:
    raise RowError(f"{text} is no number")


_READER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)


def _for_one(row: Row, table: sa.Table) -> Collection[str]:
    """Columns of a row that are for one pair of eyes."""
    if table is WISHED:
        return ("partner", "ritual")
    if table is NOTICED and not row["shared"]:
        return ("text",)
    return ("title",) if table is BUSY and row["title"] else ()


@cache
def _readers(table: sa.Table) -> list[tuple[sa.Column[Any], Callable[[Any], Any]]]:
    """Columns of a table with the function that reads each."""
    return [(c, next(READ_AS[k] for k in READ_AS if isinstance(c.type, k))) for c in table.columns]


@cache
def _writers(table: sa.Table) -> list[tuple[str, Callable[[Any], Any]]]:
    """Names of columns that JSON has no type for, with the function that writes each."""
    found = (
        (c, next((k for k in WRITTEN_AS if isinstance(c.type, k)), None)) for c in table.columns
    )
    return [(c.name, WRITTEN_AS[kind]) for c, kind in found if kind]


def _read(value: Any, column: sa.Column[Any], reader: Callable[[Any], Any]) -> Any:
    if value is None:
        if column.nullable:
            return None
        raise RowError(f"“{column.name}” is empty")
    try:
        return reader(value)
    except (ValueError, TypeError, OverflowError) as unread:
        raise RowError(f"“{column.name}” cannot be read") from unread


def _default(column: sa.Column[Any], older: bool) -> Any:
    """Default of a column in the database: a number, yes or no, an hour, or a text in quotes."""
    if not older or column.server_default is None:
        raise RowError(f"it says nothing of “{column.name}”")
    written = str(getattr(column.server_default, "arg", "")).strip("'")
    match column.type:
        case sa.Integer():
            return int(written)
        case sa.Boolean():
            return written == "true"
        case sa.Time():
            return time.fromisoformat(written)
    return written


def _words(value: Any) -> str:
    if isinstance(value, dict) and set(value) == {FOLDED}:
        value = b64decode(value[FOLDED], validate=True).decode()
    if not isinstance(value, str):
        raise TypeError(value)
    value.encode()  # half a letter is none
    return without_turning(value)


def _whole_number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(value)
    return value


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _instant(value: Any) -> datetime:
    found = datetime.fromisoformat(value)
    if found.utcoffset() is None:
        raise ValueError(value)
    return found.astimezone(UTC)


def _clock(value: Any) -> time:
    found = time.fromisoformat(value)
    if found.tzinfo is not None:
        raise ValueError(value)
    return found


def _day(value: Any) -> date:
    return date.fromisoformat(value)


def _sealed(value: Any) -> bytes:
    return b64decode(value, validate=True)


READ_AS: dict[type, Callable[[Any], Any]] = {
    Instant: _instant,
    Words: _words,
    sa.Boolean: _yes_or_no,
    sa.Integer: _whole_number,
    sa.Time: _clock,
    sa.Date: _day,
    sa.LargeBinary: _sealed,
}
WRITTEN_AS: dict[type, Callable[[Any], Any]] = {
    Instant: datetime.isoformat,
    Words: without_turning,
    sa.Time: time.isoformat,
    sa.Date: date.isoformat,
    sa.LargeBinary: lambda value: b64encode(value).decode(),
}
