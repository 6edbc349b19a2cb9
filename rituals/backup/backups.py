"""Backups of a whole store: made by themselves each Sunday, checked, and restored.

Of either database a backup is one SQLite file. Restoring one loses nothing: the store
from before is set aside.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from rituals.backup import newest_changes, readable, transfer
from rituals.model.time.formats import STANDARD
from rituals.store import engines, errors, location, snapshots
from rituals.store.errors import DamagedError, StoreError
from rituals.store.snapshots import Snapshot as Snapshot
from rituals.store.snapshots import existing as existing
from rituals.store.store import NEWEST, Store, open_store

NEWER = "a newer Leavewell wrote it; put it back with that one"

LOST = (
    "{file} can be used, but some of the newest changes, which lie beside it, cannot be read: look"
    " at what you kept last."
)


class Checked(NamedTuple):
    """Result of a check of a store or a backup, and the same in one sentence."""

    whole: bool
    sentence: str


def folder_of(url: str) -> Path:
    """Folder of the backups of a store: beside its file, or else in the program's own folder."""
    file = location.file_of(url)
    return snapshots.folder_beside(file or location.OWN_FILE)


def make(store: Store, folder: Path, now: datetime, why: str = snapshots.BY_HAND) -> Snapshot:
    """Makes a backup of the store as it is now, compared with it; raises StoreError.

    Of those of Sundays the last eight stay.
    """
    file = engines.file_of(store.engine.url)
    with _in_a_sentence(f"No backup can be kept in {folder}"):
        if file:
            if why != snapshots.ASIDE:
                require_readable(file)
            return snapshots.make(file, folder, why, now)
        with store.reading() as at:
            return _keep_rows(at, folder, why, _at_home(store, now))


def make_weekly(store: Store, folder: Path, now: datetime) -> Snapshot | None:
    """Makes the backup of this week, on its Sunday or as soon after as this is called.

    None where there is one already, or nothing to keep yet. One whose day has not come yet was
    made by a clock that went wrong, so it does not count.
    """
    household = store.load_household()
    if household is None:
        return None
    today = now.astimezone(household.tz).date()
    sunday = today - timedelta(days=(today.weekday() + 1) % 7)
    days = (k.at.date() for k in existing(folder) if k.why == snapshots.SUNDAY)
    if any(sunday <= day <= today for day in days):
        return None
    engines.write_home(store.engine)
    return make(store, folder, now, snapshots.SUNDAY)


def set_aside(store: Store, now: datetime) -> Path | None:
    """Makes a copy of a store before something replaces it, and returns its path.

    None if the store holds no household yet.
    """
    if store.load_household() is None:
        return None
    folder = folder_of(store.engine.url.render_as_string(hide_password=False))
    return make(store, folder, now, snapshots.ASIDE).file


def check(file: Path) -> Checked:
    """Check of a store's file, with a sentence on its contents or its problem."""
    if wrong := _wrong_with(file):
        return Checked(False, f"{file} cannot be used: {wrong}.")
    if newest_changes.are_damaged(file):
        return Checked(False, LOST.format(file=file))
    holds = snapshots.contents(file)
    if not holds.weeks:
        return Checked(True, f"{file} is whole; it holds no weeks yet.")
    weeks = "1 week" if holds.weeks == 1 else f"{holds.weeks} weeks"
    return Checked(True, f"{file} is whole; it holds {weeks}, the newest {holds.newest}.")


def newest_whole(folder: Path) -> Snapshot | None:
    """Newest backup that can be restored, if there is one."""
    return next((k for k in existing(folder) if not _wrong_with(k.file)), None)


def day_of(backup: Snapshot) -> str:
    """Day of a backup, like "Sunday 15 November"."""
    return STANDARD.day(backup.at.date())


def restore(backup: Path, url: str, now: datetime) -> Path | None:
    """Replaces the store by a backup; returns the path of the old store, None if there was none.

    Raises StoreError, and then all is as it was; the backup itself stays in any case.
    """
    if wrong := _wrong_with(backup):
        raise StoreError(f"{backup} cannot be put back: {wrong}.")
    file = location.file_of(url)
    with _in_a_sentence(f"{backup} cannot be put back"):
        if file:
            return _put_file_back(backup, file, now)
        with snapshots.temporary_folder(folder_of(url)) as being_made:
            return _put_rows_back(_as_of_today(backup, being_made), url, now)


def unreadable_rows(file: Path) -> tuple[readable.Unreadable, ...]:
    """Rows of a store's file that cannot be read, if that is all that is wrong with it."""
    is_ours = not snapshots.problem_with(file) and snapshots.version(file) == NEWEST
    return readable.unreadable_rows(file) if is_ours else ()


def altered_rows(file: Path) -> tuple[readable.Unreadable, ...]:
    """Rows of a store's file that are not as Leavewell kept them, if that is all that is wrong."""
    is_ours = not snapshots.problem_with(file) and snapshots.version(file) == NEWEST
    return readable.altered_rows(file) if is_ours and not readable.unreadable_rows(file) else ()


def require_readable(file: Path) -> None:
    """Raises DamagedError, with what it is, if some of a store cannot be read or was altered."""
    if found := unreadable_rows(file):
        raise DamagedError(f"{file} cannot be read as a whole: {readable.named(found)}.")
    if found := altered_rows(file):
        raise DamagedError(f"{file} was altered: {readable.ALTERED}, {readable.named(found)}.")


def keep_altered(file: Path) -> None:
    """Takes a store as it is now for what was kept; raises StoreError."""
    with _in_a_sentence(f"{file} stays as it is"):
        readable.keep_altered(file)


def set_rows_aside(file: Path, now: datetime) -> Path:
    """Replaces a store by itself without the rows that cannot be read; the old one stays beside it.

    Returns the path of the old one; raises StoreError, and then all is as it was.
    """
    found = unreadable_rows(file)
    if not readable.can_be_set_aside(found):
        raise StoreError(f"{file} stays as it is: a backup can be put in its place.")
    with _in_a_sentence(f"{file} stays as it is"), snapshots.temporary_folder(file.parent) as made:
        new = made / "new.db"
        with closing(snapshots.open_read_only(file)) as at, closing(sqlite3.connect(new)) as to:
            at.backup(to)
        readable.delete(new, found)
        aside = _free_name(file, now)
        snapshots.replace(file, new, aside)
    return aside


def _wrong_with(file: Path) -> str:
    wrong = snapshots.problem_with(file)
    if wrong or snapshots.version(file) > NEWEST:
        return wrong or NEWER
    if snapshots.version(file) == NEWEST:
        return readable.problem_with(file)
    try:
        with snapshots.temporary_folder(file.parent) as being_made:
            return readable.problem_with(_as_of_today(file, being_made))
    except (StoreError, OSError):
        return snapshots.DAMAGED_COPY


def _put_file_back(backup: Path, file: Path, now: datetime) -> Path | None:
    with snapshots.temporary_folder(file.parent) as being_made:
        new = _as_of_today(backup, being_made)
        aside = _free_name(file, now.astimezone(snapshots.zone_of(new)))
        existed = file.exists()
        with _in_a_sentence(f"The store {file} cannot be replaced"):
            snapshots.replace(file, new, aside)
    return aside if existed else None


def _put_rows_back(new: Path, url: str, now: datetime) -> Path | None:
    """Replaces a database on a server in one change, which keeps the old rows in a file first."""
    source, target = open_store(location.sqlite_url(new)), open_store(url)
    aside = None
    try:
        at_home = _at_home(source, now)
        with source.reading() as at, target.writing() as to:
            if not transfer.is_empty(to):
                aside = _keep_rows(to, folder_of(url), snapshots.ASIDE, at_home).file
                transfer.delete_all_rows(to)
            transfer.copy_rows(at, to)
    finally:
        source.engine.dispose()
        target.engine.dispose()
    return aside


def _as_of_today(backup: Path, being_made: Path) -> Path:
    """Copy of a backup, at the newest migration, so that a store in use needs none."""
    new = being_made / "new.db"
    shutil.copyfile(backup, new)
    open_store(location.sqlite_url(new)).engine.dispose()
    return new


def _keep_rows(at: sa.Connection, folder: Path, why: str, at_home: datetime) -> Snapshot:
    with snapshots.new_file(folder, why, at_home) as file:
        made = open_store(location.sqlite_url(file))
        try:
            with made.writing() as to:
                transfer.copy_rows(at, to)
        finally:
            made.engine.dispose()
        with closing(sqlite3.connect(file)) as alone:
            alone.execute("PRAGMA journal_mode=DELETE")
    return snapshots.prune(folder, why)


def _at_home(store: Store, now: datetime) -> datetime:
    household = store.load_household()
    return now.astimezone(household.tz) if household else now


def _free_name(file: Path, at: datetime) -> Path:
    """Free name beside a store, under which it is set aside."""
    number = 1
    while True:
        more = f"-{number}" if number > 1 else ""
        name = f"{file.stem}-{snapshots.ASIDE}-{at:{snapshots.AT}}{more}{file.suffix}"
        if not file.with_name(name).exists():
            return file.with_name(name)
        number += 1


@contextmanager
def _in_a_sentence(what: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as refused:
        raise StoreError(f"{what}: {errors.reason(refused)}.") from refused
