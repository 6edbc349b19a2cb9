"""SQLite and PostgreSQL: the same promises to whoever reads and whoever writes.

A reader sees one instant, a writer is alone, and what a database says becomes plain words.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from rituals.store import errors, files

PATIENCE = 15  # seconds that a writer waits for the one before
SLEEPS = 60  # seconds after which a machine that fell asleep in the middle of a change lets go
WRITERS = 0x1EA7E3E11  # the number of the lock that all writers of a PostgreSQL database share
OF_A_SERVER = {
    "client_encoding": "utf8",
    "connect_timeout": 10,  # seconds
    "keepalives_idle": 15,  # seconds, so that a network that is gone is noticed
    "tcp_user_timeout": 15_000,  # milliseconds
}
ONE_INSTANT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
OPENED = "opened"  # in a connection's notes: which file that was
SECRETS = ("password", "sslpassword")  # that may stand in the query of an address, too

AWAY = "it does not answer just now; see that it runs and is reached, and try again"
MEANS = {  # what a server's codes mean
    "53300": "too many others use it just now",
    "55P03": "somebody is still writing there; try again in a moment",
    "57P01": AWAY,
    "57P02": AWAY,
    "57P03": AWAY,
}
LETS_NOBODY_IN = "it answers, but lets nobody in under this name"
REFUSALS = {  # what a server says before it has a code
    "authentication": "the name or the password is not one it knows",
    "database": "there is no such database, or not for this name",
}
SILENCES = {  # and what is said where it never got that far
    "no password supplied": "it asks for a password",
    "resolve": "no machine of that name is known here",
    "translate host name": "no machine of that name is known here",
}


class UnfitError(Exception):
    """A database that cannot hold a store; the text says why, in the words after a colon."""


def engine(url: sa.URL) -> sa.Engine:
    """The way to a database; nothing is asked of it yet."""
    kind = url.get_backend_name()
    if kind == "sqlite":
        return _of_a_file(url)
    if kind in ("postgresql", "postgres"):  # the second is how many hosts write it
        return _of_a_server(url)
    raise UnfitError("Leavewell keeps its weeks in SQLite or PostgreSQL")


def file_of(url: sa.URL) -> Path | None:
    """The file that an address names; None where it names none, or a server."""
    named = url.database or ":memory:"
    if url.get_backend_name() != "sqlite" or named.startswith((":memory:", "file:")):
        return None
    return Path(named).absolute()


def from_anywhere(url: sa.URL) -> sa.URL:
    """The address as it means the same from every folder."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return url
    return url.set(database=Path(url.database).absolute().as_posix())


@contextmanager
def one_instant(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection that sees the store as it was at one instant, whoever writes meanwhile."""
    if engine.dialect.name == "sqlite":
        with engine.begin() as at:
            at.exec_driver_sql("BEGIN")
            yield at
    else:
        with engine.connect().execution_options(**ONE_INSTANT) as at, at.begin():
            yield at


@contextmanager
def alone(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection whose transaction holds the write lock from its first statement on."""
    with engine.begin() as at:
        if at.dialect.name == "sqlite":
            at.exec_driver_sql("BEGIN IMMEDIATE")
            if at.info.get(OPENED) != _identity(file_of(engine.url)):
                raise UnfitError(errors.CHANGED_FILES)
        else:
            # Each later statement sees all that was kept before the lock came: READ COMMITTED.
            # REPEATABLE READ would see what was there before the wait for it.
            at.execute(sa.select(sa.func.pg_advisory_xact_lock(WRITERS)))
        yield at


def shown(url: sa.URL) -> str:
    """An address without its passwords, to be read by anyone."""
    hidden = {name: "xxx" for name in SECRETS if name in url.query}
    written = url.update_query_dict(hidden).render_as_string(hide_password=True)
    for name in hidden:
        written = written.replace(f"{name}=xxx", f"{name}=***")
    return written


def why(refused: Exception) -> str:
    """What a database or the system says, on one line and without a full stop."""
    said = getattr(refused, "orig", None) or getattr(refused, "strerror", None) or refused
    if hasattr(said, "diag"):
        return _in_words(said)
    return errors.in_words(refused) or errors.in_words(said) or errors.one_line(str(said))


def _in_words(said: Any) -> str:
    """What a server means, or means by not answering."""
    if said.sqlstate in MEANS:
        return MEANS[said.sqlstate]
    if said.diag.message_primary:
        return errors.one_line(said.diag.message_primary)
    _, answers, refusal = str(said).partition("FATAL:")
    if answers:
        return next((words for part, words in REFUSALS.items() if part in refusal), LETS_NOBODY_IN)
    return next((words for part, words in SILENCES.items() if part in str(said)), AWAY)


def _of_a_file(url: sa.URL) -> sa.Engine:
    engine, file = _made(url), file_of(url)

    @sa.event.listens_for(engine, "do_connect")
    def _make_its_place(*_how: Any) -> None:
        if file:
            files.store_at(file)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: Any) -> None:
        record.info[OPENED] = _identity(file)
        connection.isolation_level = None  # sqlite3 begins nothing by itself: alone() does
        connection.execute(f"PRAGMA busy_timeout={PATIENCE}000")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")  # what is kept outlives a power cut
        connection.execute("PRAGMA foreign_keys=ON")

    return engine


def _identity(file: Path | None) -> tuple[int, int] | None:
    """What tells a file from another under its name; None where there is none."""
    try:
        there = file.stat() if file else None
    except FileNotFoundError:
        return None
    return (there.st_dev, there.st_ino) if there else None


def _made(url: sa.URL) -> sa.Engine:
    with warnings.catch_warnings():
        warnings.simplefilter("error", sa.exc.SAWarning)
        try:
            return sa.create_engine(url, hide_parameters=True)
        except sa.exc.SAWarning:
            raise UnfitError("nobody knows the option after the ? there") from None


def _of_a_server(url: sa.URL) -> sa.Engine:
    own = url.set(drivername="postgresql+psycopg")
    usual = {name: value for name, value in OF_A_SERVER.items() if name not in url.query}
    # A connection from before the server went away is made anew.
    engine = sa.create_engine(own, hide_parameters=True, pool_pre_ping=True, connect_args=usual)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        letters = connection.info.parameter_status("server_encoding")
        if letters != "UTF8":
            connection.close()
            raise UnfitError(f"it keeps letters as {letters}; make a database WITH ENCODING 'UTF8'")
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = '{PATIENCE}s'")
        connection.execute(f"SET idle_in_transaction_session_timeout = '{SLEEPS}s'")
        connection.autocommit = False

    return engine
