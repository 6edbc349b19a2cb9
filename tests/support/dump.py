"""Writes tests/data/stores/NNNN.sql: the store of the version before, as this program leaves it.

By hand, once a migration is written: `.venv/bin/python -m tests.support.dump`
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from rituals.store import location
from rituals.store.store import NEWEST, open_store
from tests.support.paths import ROOT

STORES = ROOT / "tests" / "data" / "stores"


def lay(file: Path, name: str) -> None:
    """Make an SQLite file of a store that is kept here."""
    with closing(sqlite3.connect(file)) as at:
        at.executescript((STORES / f"{name}.sql").read_text("utf-8"))


def main() -> None:
    """Dump the newest store kept here once more, migrated."""
    newest = max(STORES.glob("[0-9]???.sql"), key=lambda file: file.stem)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "leavewell.db"
        lay(file, newest.stem)
        open_store(location.sqlite_url(file)).engine.dispose()
        with closing(sqlite3.connect(file)) as at:
            lines = "\n".join(at.iterdump())
    (STORES / f"{NEWEST}.sql").write_text(lines + "\n", "utf-8")


if __name__ == "__main__":
    main()
