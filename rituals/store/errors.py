"""Errors of the store, and reasons of a file, a disk or the system in words that say what to do.

These are the words after a colon: without a capital and without a full stop.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

CHECK = "“python -m rituals check” says what can be put back"
DAMAGED = f"its file is damaged, so it stays as it is and nothing new is kept in it; {CHECK}"
EMPTIED = f"its file is empty, though copies of it hold weeks; {CHECK}"
BUSY = "another program is at work in it; close that one, or try again in a moment"
FULL = "the disk is full; make some room there and try again"
LOCKED_AWAY = "it may not be written there; see that its file and folder are yours and try again"
LOOSE = "the disk does not answer as it used to; see that it is connected and has room"
UNREADABLE = f"something in it is not as Leavewell writes it, so all of it stays as it is; {CHECK}"
CHANGED_FILES = "its file was moved or replaced; close Leavewell and start it again"

OF_SQLITE = {  # by its primary codes
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: LOCKED_AWAY,
    sqlite3.SQLITE_PERM: LOCKED_AWAY,
    sqlite3.SQLITE_AUTH: LOCKED_AWAY,
    sqlite3.SQLITE_CANTOPEN: LOCKED_AWAY,
    sqlite3.SQLITE_IOERR: LOOSE,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}
OF_THE_SYSTEM = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: LOCKED_AWAY,
    errno.EACCES: LOCKED_AWAY,
    errno.EPERM: LOCKED_AWAY,
    errno.EIO: LOOSE,
}
NO_LETTERS = "Could not decode to UTF-8"  # how sqlite3 begins before it quotes what it read
OF_A_ROW = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
PRIMARY = 0xFF  # the part of a code that says what it is about


class StoreError(Exception):
    """The store cannot be used; the text is one sentence that says what to do."""


class DamagedError(StoreError):
    """The store's file is damaged: it stays as it is, and something may be put in its place."""


def is_damage(error: object) -> bool:
    """True if SQLite reports that a file is not what it wrote, or never was."""
    return phrase(error) in (DAMAGED, UNREADABLE)


def phrase(error: object) -> str | None:
    """Words for an error of SQLite or the system; None for one that nobody foresaw."""
    if isinstance(error, OSError):
        return OF_THE_SYSTEM.get(error.errno or 0)
    if isinstance(error, UnicodeDecodeError):  # what SQLite says of a schema that is damaged
        return DAMAGED
    return UNREADABLE if NO_LETTERS in str(error) else OF_SQLITE.get(_code(error))


@contextmanager
def reading_rows() -> Iterator[None]:
    """Raises DamagedError where a row is not what Leavewell writes; nothing of it is quoted."""
    try:
        yield
    except OF_A_ROW:
        raise DamagedError(f"The store cannot be read: {UNREADABLE}.") from None


def reason(error: Exception) -> str:
    """Words for any error: an unforeseen one in its own words, on one line."""
    own = getattr(error, "strerror", None) or str(error)
    return phrase(error) or one_line(own)


def one_line(text: str) -> str:
    """Text without its line breaks and its full stop."""
    return " ".join(text.split()).rstrip(".")


def _code(error: object) -> int:
    return int(getattr(error, "sqlite_errorcode", None) or 0) & PRIMARY
