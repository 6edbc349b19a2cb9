"""Snapshots of a store as files: made while it is in use, compared, and found by their names.

A snapshot's name begins with a number that grows, so that a clock set back neither hides one nor
makes an old one the newest. It is in its place whole, or not at all.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import count, zip_longest
from pathlib import Path
from zoneinfo import ZoneInfo

from rituals.store import errors, files

SUNDAY, BY_HAND, ASIDE, BEFORE = "sunday", "kept", "set-aside", "before"
LASTING = 8  # of those made on Sundays, and of those made before the store was brought up to date
NAME = re.compile(r"(\d{4,})-([a-z-]+?)(?:-(\d+))?-(\d{4}-\d\d-\d\d-\d{4})\.db")
AT = "%Y-%m-%d-%H%M"
BEING_MADE = ".being-made-"
NEWEST_CHANGES = ("-wal", "-journal")  # in the names of files beside a store that hold some of it
WAIT = 15.0  # seconds for whoever writes just now
A_MOMENT = 1.0  # second: whoever opens the store next waits long enough
USUAL = "leavewell"
NOT_OURS = "it is no store of Leavewell"
GONE = "it is not there"
EMPTY = "there is nothing in it"


@dataclass(frozen=True)
class Snapshot:
    """Copy of a store in a file, and the parts of its name."""

    file: Path
    number: int
    why: str  # SUNDAY, BY_HAND, ASIDE or BEFORE
    at: datetime  # at home, without a zone, as the name says it


@dataclass(frozen=True)
class Contents:
    """Contents of a store in a few numbers."""

    weeks: int
    newest: str  # the newest week, written like 2026-W48; "" where there is none
    partners: tuple[str, ...]


def folder_beside(store: Path) -> Path:
    """Folder of the snapshots of a store."""
    named = "backups" if store.stem == USUAL else f"backups of {store.stem}"
    return store.parent / named


def existing(folder: Path) -> tuple[Snapshot, ...]:
    """Snapshots in a folder, the newest first."""
    found = [_read(file) for file in folder.glob("*.db")] if folder.is_dir() else []
    return tuple(sorted((k for k in found if k), key=lambda k: (-k.number, k.file.name)))


def make(store: Path, folder: Path, why: str, now: datetime, version: str = "") -> Snapshot:
    """Makes a snapshot of the store as it is at this instant; deletes older ones over LASTING.

    It is compared with the store before it counts. Raises OSError or sqlite3.Error, and then
    nothing was made.
    """
    with new_file(folder, why, now.astimezone(zone_of(store)), version) as file:
        with closing(open_read_only(store)) as at, closing(sqlite3.connect(file)) as to:
            at.execute("BEGIN")
            _copy(at, to)
            _compare(at, to)
        files.make_private(file)
    return prune(folder, why)


@contextmanager
def new_file(folder: Path, why: str, at: datetime, version: str = "") -> Iterator[Path]:
    """Path to write a snapshot to; it moves to its own name once it is found whole."""
    number = max((k.number for k in existing(folder)), default=0) + 1
    kind = f"{why}-{version}" if version else why
    with temporary_folder(folder) as being_made:
        yield being_made / "copy.db"
        if problem := problem_with(being_made / "copy.db"):
            raise sqlite3.DatabaseError(problem)
        files.move_durably(being_made / "copy.db", folder / f"{number:04}-{kind}-{at:{AT}}.db")


def prune(folder: Path, why: str) -> Snapshot:
    """Deletes the oldest snapshots over LASTING; returns the newest, which was just made."""
    alike = [k for k in existing(folder) if k.why == why]
    if why in (SUNDAY, BEFORE):
        for older in alike[LASTING:]:
            older.file.unlink(missing_ok=True)
    return alike[0]


def problem_with(file: Path) -> str:
    """Problem of a store's file, in the words after a colon; "" if it is whole."""
    if not file.is_file():
        return GONE
    if not file.stat().st_size:
        return EMPTY
    try:
        with closing(open_read_only(file)) as at:
            return _problem_inside(at)
    except (sqlite3.Error, OSError, UnicodeDecodeError) as refused:
        return DAMAGED_COPY if errors.is_damage(refused) else errors.reason(refused)


def is_damaged(file: Path) -> bool:
    """True if a file is damaged, by a quick look at every page of it."""
    try:
        with closing(open_read_only(file, A_MOMENT)) as at:
            return bool(at.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except (sqlite3.Error, UnicodeDecodeError) as refused:
        return errors.is_damage(refused)


def contents(file: Path) -> Contents:
    """Contents of a store that is whole."""
    with closing(open_read_only(file)) as at:
        weeks, newest = at.execute("SELECT count(*), max(week) FROM weeks").fetchone()
        names = at.execute("SELECT name FROM partners ORDER BY key").fetchall()
    return Contents(weeks, newest or "", tuple(name for (name,) in names))


def version(file: Path) -> str:
    """Migration that a store is at; "" for another kind of file."""
    with closing(open_read_only(file)) as at:
        return _version(at)


def zone_of(store: Path) -> tzinfo:
    """Time zone of the household in a store, else UTC; its snapshots are named by it."""
    with (
        suppress(sqlite3.Error, OSError, ValueError, LookupError),
        closing(open_read_only(store)) as at,
    ):
        row = at.execute("SELECT zone FROM household").fetchone()
        if row:
            return ZoneInfo(row[0])
    return UTC


def open_read_only(file: Path, wait: float = WAIT) -> sqlite3.Connection:
    """Connection that can only read, so that not even closing it writes anything."""
    uri = f"{file.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)


@contextmanager
def temporary_folder(folder: Path) -> Iterator[Path]:
    """New folder inside a folder, so on the same disk, deleted at the end."""
    files.make_folder(folder)
    for old in folder.glob(f"{BEING_MADE}*"):
        if not _is_at_work(old):  # it was ended in the middle
            shutil.rmtree(old, ignore_errors=True)
    being_made = folder / f"{BEING_MADE}{os.getpid()}-{next(_NUMBERS)}"
    being_made.mkdir(files.FOLDER)
    try:
        yield being_made
    finally:
        shutil.rmtree(being_made, ignore_errors=True)


def replace(store: Path, new: Path, aside: Path) -> None:
    """Replaces a store by a new file, and keeps the old one under the name `aside`.

    Its newest changes may still be in the file beside it, and go with it. Raises OSError or
    sqlite3.Error if another program has it open, and then all is as it was.
    """
    with _exclusive(store):
        if store.exists():
            for name in NEWEST_CHANGES:
                if _beside(store, name).exists():
                    files.make_file(_beside(aside, name))
                    shutil.copyfile(_beside(store, name), _beside(aside, name))
            _link(store, aside)
        for name in (*NEWEST_CHANGES, "-shm"):  # they belong to the file that went aside
            _beside(store, name).unlink(missing_ok=True)
        files.move_durably(new, store)


@contextmanager
def _exclusive(store: Path) -> Iterator[None]:
    """Holds the store so that nobody else has it open; a damaged one cannot be held."""
    if not store.exists() or not store.stat().st_size or is_damaged(store):
        yield
        return
    with closing(sqlite3.connect(store, timeout=A_MOMENT, isolation_level=None)) as at:
        at.execute("PRAGMA journal_mode=DELETE")  # only who is alone may do that
        at.execute("BEGIN EXCLUSIVE")
        if os.name != "posix":
            at.close()  # a file in use cannot be renamed there
        yield


def _is_at_work(being_made: Path) -> bool:
    """True if the program that made a temporary folder may still run."""
    number = being_made.name.removeprefix(BEING_MADE).partition("-")[0]
    if os.name != "posix" or not number.isdecimal():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _beside(file: Path, name: str) -> Path:
    return file.with_name(f"{file.name}{name}")


def _link(file: Path, other: Path) -> None:
    """Gives a file a second name; on a disk without hard links it loses the first."""
    try:
        os.link(file, other)
    except OSError:
        file.replace(other)


def _read(file: Path) -> Snapshot | None:
    match = NAME.fullmatch(file.name)
    if match is None or match[2] not in (SUNDAY, BY_HAND, ASIDE, BEFORE):
        return None
    try:
        at = datetime.strptime(match[4], AT)  # noqa: DTZ007 - the clock at home, as it was written
    except ValueError:
        return None
    return Snapshot(file, int(match[1]), match[2], at)


def _copy(at: sqlite3.Connection, to: sqlite3.Connection) -> None:
    at.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it is one instant
    at.backup(to)
    # So that it can be looked at where nothing may be written beside it.
    to.execute("PRAGMA journal_mode=DELETE")


def _compare(at: sqlite3.Connection, to: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError if the copy differs, row by row."""
    named = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
    tables = at.execute(named).fetchall()
    if tables != to.execute(named).fetchall():
        raise sqlite3.DatabaseError(DIFFERENT)
    for name, _ in tables:
        rows = f'SELECT * FROM "{name}"'  # noqa: S608 - names from the store itself
        for original, copied in zip_longest(at.execute(rows), to.execute(rows)):
            if original != copied:
                raise sqlite3.DatabaseError(DIFFERENT)


def _problem_inside(at: sqlite3.Connection) -> str:
    if at.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        return DAMAGED_COPY
    if not _version(at):
        return NOT_OURS
    return DAMAGED_COPY if at.execute("PRAGMA foreign_key_check").fetchone() else ""


def _version(at: sqlite3.Connection) -> str:
    exists = at.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    row = at.execute("SELECT version_num FROM alembic_version").fetchone() if exists else None
    return str(row[0]) if row else ""


_NUMBERS = count()
DAMAGED_COPY = "it is damaged"
DIFFERENT = "the copy does not say what the store says"
