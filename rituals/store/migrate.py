"""A store as today's program wants it: looked at, kept as it was, and then brought up to date."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from rituals.store import engines, errors, snapshots
from rituals.store.errors import DamagedError, StoreError

NEWER = "A newer Leavewell wrote this store; open it with that one."
NO_COPY = "A copy of the store comes before it is brought up to date, and none can be kept"


def up_to_date(engine: sa.Engine, newest: str) -> sa.Engine:
    """The same way to a store, which is at the newest migration from here on.

    A damaged file is not touched. Raises StoreError, or what the database raises.
    """
    was = _Before.of(engines.file_of(engine.url))
    try:
        if not _is_at(engine, newest):
            _bring_up_to_date(engine, newest, was)
    except BaseException:
        engine.dispose()
        raise
    return engine


@dataclass(frozen=True)
class _Before:
    """A store's file before anything looked into it, and when it was changed last."""

    file: Path
    changed: datetime

    @classmethod
    def of(cls, file: Path | None) -> _Before | None:
        """None where there is no file yet; raises DamagedError where it is damaged."""
        if file is None or not file.is_file():
            return None
        beside = (file, file.with_name(f"{file.name}-wal"))
        changed = max(f.stat().st_mtime for f in beside if f.exists())
        if not file.stat().st_size and snapshots.kept(snapshots.folder_beside(file)):
            raise DamagedError(f"The store at {file} cannot be opened: {errors.EMPTIED}.")
        if snapshots.is_damaged(file):
            raise DamagedError(f"The store at {file} cannot be opened: {errors.DAMAGED}.")
        return cls(file, datetime.fromtimestamp(changed, UTC))


def _is_at(engine: sa.Engine, newest: str) -> bool:
    with engine.connect() as at:
        return _version(at) == newest


def _version(at: sa.Connection) -> str:
    """The migration a store stands at; "" where it is new."""
    if not sa.inspect(at).has_table("alembic_version"):
        return ""
    return at.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or ""


def _bring_up_to_date(engine: sa.Engine, newest: str, was: _Before | None) -> None:
    from alembic import command  # only a store that is behind the program needs it
    from alembic.config import Config
    from alembic.util import CommandError

    settings = Config()
    here = str(Path(__file__).parent / "migrations")
    settings.set_main_option("script_location", here.replace("%", "%%"))
    try:
        with engines.alone(engine) as at:
            if was and "" < _version(at) < newest:
                _keep_as_it_was(was, newest)
            settings.attributes["connection"] = at
            command.upgrade(settings, "head")
    except CommandError as unknown:
        raise StoreError(NEWER) from unknown


def _keep_as_it_was(was: _Before, newest: str) -> None:
    """A copy whose name says when the store was changed last: that is what it holds."""
    try:
        folder = snapshots.folder_beside(was.file)
        snapshots.make(was.file, folder, snapshots.BEFORE, was.changed, newest)
    except (sqlite3.Error, OSError) as refused:
        raise StoreError(f"{NO_COPY}: {errors.why(refused)}.") from refused
