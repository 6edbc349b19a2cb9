"""Deletion of everything for good, also from the bytes of the store's file."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa

from rituals.model.calendar import Feed, Server
from rituals.security import keyring
from rituals.store import engines, files, snapshots
from rituals.store.schema import REVISION, TABLES
from rituals.store.store import Store

COPIES = "*.db*"  # how copies of a store are called, and what SQLite lays beside them
BUSY = "Something else still reads the store; until that is closed, the file may hold old words."


def delete_everything(store: Store, backups: Path | None = None) -> tuple[str, ...]:
    """Deletes all rows, copies and passwords; returns what stays elsewhere, in sentences.

    `backups` is the folder of the copies.
    """
    servers = [*store.load_servers().values()]
    feeds = [*store.load_feeds().values()]
    with store.writing() as at:
        for table in reversed(TABLES.sorted_tables):
            if table is not REVISION:  # so that another screen sees that there is a change
                at.execute(sa.delete(table))
    for server in servers:
        keyring.delete_password(server)
    left = [*_wiped(store.engine), *_without_copies(store.engine.url, backups)]
    return (*left, *_elsewhere(feeds, servers))


def _wiped(engine: sa.Engine) -> Iterator[str]:
    """Rewrites the store without the deleted rows; a sentence if that failed."""
    wipe = _wiped_file if engine.dialect.name == "sqlite" else _wiped_tables
    try:
        left = wipe(engine)
    except sa.exc.OperationalError:
        left = True
    if left:
        yield BUSY


def _wiped_file(engine: sa.Engine) -> bool:
    """Rewrites an SQLite file; true if somebody still reads the old rows."""
    with engine.connect() as at:
        at.exec_driver_sql("VACUUM")
        busy, *_ = at.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        return bool(busy)


def _wiped_tables(engine: sa.Engine) -> bool:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as at:
        for table in TABLES.sorted_tables:
            name = at.dialect.identifier_preparer.format_table(table)
            at.exec_driver_sql(f"VACUUM FULL {name}")
    return False


def _without_copies(url: sa.URL, folder: Path | None) -> Iterator[str]:
    """Deletes the copies of the store, and their folder if nothing else is in it."""
    own = engines.file_of(url)
    beside = [*own.parent.glob(f"{own.stem}-{snapshots.ASIDE}-{COPIES}")] if own else []
    secret = [*own.parent.glob(f"{own.stem}{files.OF_THIS_MACHINE}")] if own else []
    try:
        for file in [*(folder.glob(COPIES) if folder else ()), *beside, *secret]:
            if stat.S_ISREG(file.lstat().st_mode):
                file.unlink()
        if folder and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    except OSError as refused:
        yield f"The backups in {folder} could not all be deleted: {refused.strerror}."


def _elsewhere(feeds: Sequence[Feed], servers: Sequence[Server]) -> Iterator[str]:
    for folder in sorted({feed.folder for feed in feeds if feed.folder}):
        yield f"The calendar files in the folder {folder} are still there."
    for server in servers:
        yield f"What was published to {server.url} is still in the calendar there."
