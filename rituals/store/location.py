"""Database address of the couple's store: from the environment, of a file, back to a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa

from rituals.paths import DATA
from rituals.store import engines
from rituals.store.errors import StoreError

OWN_FILE = DATA / "leavewell.db"
LIKE = "sqlite:////home/us/leavewell.db or postgresql+psycopg://us@our-machine/leavewell"


def address(environment: Mapping[str, str]) -> str:
    """Address of the couple's own store: LEAVEWELL_DATABASE_URL, else OWN_FILE."""
    return environment.get("LEAVEWELL_DATABASE_URL") or sqlite_url(OWN_FILE)


def own_file(environment: Mapping[str, str]) -> Path:
    """File of the couple's own store; OWN_FILE where that is none, for what lies beside it."""
    return file_of(address(environment)) or OWN_FILE


def sqlite_url(file: Path) -> str:
    """Database address of an SQLite file."""
    return f"sqlite:///{file.as_posix()}"


def file_of(url: str) -> Path | None:
    """File that a database address names; None where it names a server or memory."""
    return engines.file_of(parsed(url))


def parsed(url: str) -> sa.URL:
    """Parts of a database address; raises StoreError, never with a piece of a password in it."""
    try:
        url.encode()  # a name of bytes that are no letters could not be shown
        parts = sa.make_url(url)
        sqlite = parts.get_backend_name() == "sqlite"
        if sqlite or "@" not in (parts.host or "") + (parts.database or ""):
            return parts
        raise ValueError("a password with an @ in it, of which the rest would be shown")
    except (sa.exc.ArgumentError, ValueError):
        # What was raised may hold a piece of a password.
        raise StoreError(f"The store's address cannot be read; write it like {LIKE}.") from None
