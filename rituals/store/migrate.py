"""Migration of a store to the newest schema, after a look at its file and a copy of it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from rituals.store import engines, errors, snapshots, sums
from rituals.store.errors import DamagedError, StoreError
from rituals.store.migrations import ritual_marks

NEWER = "A newer Leavewell wrote this store; open it with that one."
FIRST_WITH_MARKS, FIRST_WITH_LEANS = "0011", "0014"
FIRST_WITH_KEPT, FIRST_WITH_SECRETS = "0016", "0019"
FIRST_WITH_THANKS = "0022"  # and those in which a thank-you is said in person
NO_COPY = "A copy of the store comes before it is brought up to date, and none can be kept"


def up_to_date(engine: sa.Engine, newest: str) -> sa.Engine:
    """Engine of a store that is migrated to the newest schema now.

    A damaged file is not touched. Raises StoreError, or an error of the database.
    """
    file = _FileBefore.of(engines.file_of(engine.url))
    try:
        if not _is_at(engine, newest):
            _upgrade(engine, newest, file)
    except BaseException:
        engine.dispose()
        raise
    return engine


def mark_rituals(at: sa.Connection, schema: str) -> None:
    """Sets the marks of rituals and occurrences that a schema did not have yet."""
    if schema < FIRST_WITH_MARKS:
        ritual_marks.mark(at)
    if schema < FIRST_WITH_LEANS:
        ritual_marks.lean(at)
    if schema < FIRST_WITH_KEPT:
        ritual_marks.keep(at)
    if schema < FIRST_WITH_SECRETS:
        ritual_marks.keep_secret(at)
    if schema < FIRST_WITH_THANKS:
        ritual_marks.thank_in_person(at)


@dataclass(frozen=True)
class _FileBefore:
    """A store's file before anything opened it, and the time of its last change."""

    file: Path
    changed: datetime

    @classmethod
    def of(cls, file: Path | None) -> _FileBefore | None:
        """State of a file, None if it does not exist yet; raises DamagedError if it is damaged."""
        if file is None or not file.is_file():
            return None
        beside = (file, file.with_name(f"{file.name}-wal"))
        changed = max(f.stat().st_mtime for f in beside if f.exists())
        if not file.stat().st_size and snapshots.existing(snapshots.folder_beside(file)):
            raise DamagedError(f"The store at {file} cannot be opened: {errors.EMPTIED}.")
        if snapshots.is_damaged(file):
            raise DamagedError(f"The store at {file} cannot be opened: {errors.DAMAGED}.")
        return cls(file, datetime.fromtimestamp(changed, UTC))


def _is_at(engine: sa.Engine, newest: str) -> bool:
    with engine.connect() as at:
        return _version(at) == newest


def _version(at: sa.Connection) -> str:
    """Migration that a store is at; "" for a new one."""
    if not sa.inspect(at).has_table("alembic_version"):
        return ""
    return at.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or ""


def _upgrade(engine: sa.Engine, newest: str, before: _FileBefore | None) -> None:
    from alembic import command  # only a store that is behind the program needs it
    from alembic.config import Config
    from alembic.util import CommandError

    settings = Config()
    scripts = str(Path(__file__).parent / "migrations")
    settings.set_main_option("script_location", scripts.replace("%", "%%"))
    try:
        with engines.write_transaction(engine) as at:
            if before and "" < _version(at) < newest:
                _keep_copy(before, newest)
            settings.attributes["connection"] = at
            command.upgrade(settings, "head")
            at.exec_driver_sql(sums.DROP)  # of other columns; the next change writes them anew
    except CommandError as unknown:
        raise StoreError(NEWER) from unknown


def _keep_copy(before: _FileBefore, newest: str) -> None:
    """Keeps a copy named by the time of the store's last change, because that is its state."""
    try:
        folder = snapshots.folder_beside(before.file)
        snapshots.make(before.file, folder, snapshots.BEFORE, before.changed, newest)
    except (sqlite3.Error, OSError) as refused:
        raise StoreError(f"{NO_COPY}: {errors.reason(refused)}.") from refused
