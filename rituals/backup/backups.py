"""Backups of a whole store: kept by themselves each Sunday, looked at, and put back.

Of either database a backup is one SQLite file. Nothing that was there is lost by putting one back:
it lies aside from then on.
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

from rituals.backup import transfer
from rituals.model import wording
from rituals.store import engines, errors, location, snapshots
from rituals.store.errors import StoreError
from rituals.store.snapshots import Snapshot as Kept
from rituals.store.snapshots import existing as kept
from rituals.store.store import NEWEST, Store, open_store

NEWER = "a newer Leavewell wrote it; put it back with that one"


class Checked(NamedTuple):
    """Whether a store or a backup is whole, and that in one sentence."""

    whole: bool
    said: str


def folder_of(url: str) -> Path:
    """Where the backups of a store lie: beside its file, or else in the program's own folder."""
    file = location.file_of(url)
    return snapshots.folder_beside(file or location.OWN_FILE)


def keep(store: Store, folder: Path, now: datetime, why: str = snapshots.BY_HAND) -> Kept:
    """A backup of the store as it is now, compared with it; raises StoreError where none is made.

    Of those of Sundays the last eight stay.
    """
    file = engines.file_of(store.engine.url)
    with _in_a_sentence(f"No backup can be kept in {folder}"):
        if file:
            return snapshots.make(file, folder, why, now)
        with store.reading() as at:
            return _keep_rows(at, folder, why, _at_home(store, now))


def keep_on_sunday(store: Store, folder: Path, now: datetime) -> Kept | None:
    """The backup of this week, made on its Sunday or as soon after as this is asked.

    None where there is one already, or nothing to keep yet. One whose day has not come yet was
    made by a clock that went wrong, so it does not count.
    """
    household = store.load_household()
    if household is None:
        return None
    today = now.astimezone(household.tz).date()
    sunday = today - timedelta(days=(today.weekday() + 1) % 7)
    days = (k.at.date() for k in kept(folder) if k.why == snapshots.SUNDAY)
    if any(sunday <= day <= today for day in days):
        return None
    return keep(store, folder, now, snapshots.SUNDAY)


def set_aside(store: Store, now: datetime) -> Path | None:
    """Where all that is in a store lies, too, before something else takes its place.

    None where nobody lives in it yet.
    """
    if store.load_household() is None:
        return None
    folder = folder_of(store.engine.url.render_as_string(hide_password=False))
    return keep(store, folder, now, snapshots.ASIDE).file


def check(file: Path) -> Checked:
    """Whether a file is a whole store, and in one sentence what it holds or what is wrong."""
    if wrong := _wrong_with(file):
        return Checked(False, f"{file} cannot be used: {wrong}.")
    holds = snapshots.contents(file)
    if not holds.weeks:
        return Checked(True, f"{file} is whole; it holds no weeks yet.")
    weeks = "1 week" if holds.weeks == 1 else f"{holds.weeks} weeks"
    return Checked(True, f"{file} is whole; it holds {weeks}, the newest {holds.newest}.")


def newest_whole(folder: Path) -> Kept | None:
    """The newest backup that can be put back, if there is one."""
    return next((k for k in kept(folder) if not _wrong_with(k.file)), None)


def day_of(backup: Kept) -> str:
    """When a backup was made, as "Sunday 15 November"."""
    return wording.day(backup.at.date())


def put_back(backup: Path, url: str, now: datetime) -> Path | None:
    """Puts a backup in the place of the store; where what was there lies now, if anything was.

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


def _wrong_with(file: Path) -> str:
    wrong = snapshots.problem_with(file)
    return wrong or (NEWER if snapshots.version(file) > NEWEST else "")


def _put_file_back(backup: Path, file: Path, now: datetime) -> Path | None:
    with snapshots.temporary_folder(file.parent) as being_made:
        new = _as_of_today(backup, being_made)
        aside = _free_name(file, now.astimezone(snapshots.zone_of(new)))
        was_there = file.exists()
        with _in_a_sentence(f"The store {file} cannot be replaced"):
            snapshots.replace(file, new, aside)
    return aside if was_there else None


def _put_rows_back(new: Path, url: str, now: datetime) -> Path | None:
    """The same in a database on a server: one change, in which what was there is kept first."""
    here, there = open_store(location.sqlite_url(new)), open_store(url)
    aside = None
    try:
        at_home = _at_home(here, now)
        with here.reading() as at, there.writing() as to:
            if not transfer.is_empty(to):
                aside = _keep_rows(to, folder_of(url), snapshots.ASIDE, at_home).file
                transfer.take_out(to)
            transfer.copied(at, to)
    finally:
        here.engine.dispose()
        there.engine.dispose()
    return aside


def _as_of_today(backup: Path, being_made: Path) -> Path:
    """A copy of a backup, at the newest migration, so that a store in use needs none."""
    new = being_made / "new.db"
    shutil.copyfile(backup, new)
    open_store(location.sqlite_url(new)).engine.dispose()
    return new


def _keep_rows(at: sa.Connection, folder: Path, why: str, at_home: datetime) -> Kept:
    with snapshots.new_file(folder, why, at_home) as file:
        made = open_store(location.sqlite_url(file))
        try:
            with made.writing() as to:
                transfer.copied(at, to)
        finally:
            made.engine.dispose()
        with closing(sqlite3.connect(file)) as alone:
            alone.execute("PRAGMA journal_mode=DELETE")
    return snapshots.prune(folder, why)


def _at_home(store: Store, now: datetime) -> datetime:
    household = store.load_household()
    return now.astimezone(household.tz) if household else now


def _free_name(file: Path, at: datetime) -> Path:
    """The name under which what is there is set aside; one that nothing has yet."""
    number = 1
    while True:
        more = f"-{number}" if number > 1 else ""
        name = f"{file.stem}-{snapshots.ASIDE}-{at:{snapshots.AT}}{more}{file.suffix}"
        if not file.with_name(name).exists():
            return file.with_name(name)
        number += 1


@contextmanager
def _in_a_sentence(said: str) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as refused:
        raise StoreError(f"{said}: {errors.reason(refused)}.") from refused
