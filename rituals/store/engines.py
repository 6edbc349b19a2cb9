"""Engines of SQLite and PostgreSQL with the same promises for readers and writers.

A reader sees one instant, a writer is alone, and an error of a database becomes plain words.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
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
OPENED = "opened"  # in a connection's notes: the identity of its file
SECRETS = ("password", "sslpassword")  # that may stand in the query of an address, too
# To compile a statement takes longer than to run it, and is the same for each file.
_STATEMENTS = sa.util.LRUCache[Any, Any](500)

AWAY = "it does not answer just now; see that it runs and is reached, and try again"
BY_CODE = {  # what a server's codes mean
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
    """Database that cannot hold a store; the text says why, in the words after a colon."""


def engine(url: sa.URL) -> sa.Engine:
    """Engine of a database address, not connected yet; raises UnfitError for another kind."""
    kind = url.get_backend_name()
    if kind == "sqlite":
        return _of_a_file(url)
    if kind in ("postgresql", "postgres"):  # the second is how many hosts write it
        return _of_a_server(url)
    raise UnfitError("Leavewell keeps its weeks in SQLite or PostgreSQL")


def sharing(engine: sa.Engine) -> sa.Engine:
    """Engine of the same file that knows each statement which any of them has run before."""
    return sa.Engine(
        engine.pool,
        _in_memory().dialect,
        engine.url,
        hide_parameters=engine.hide_parameters,
        execution_options={"compiled_cache": _STATEMENTS},
    )


def file_of(url: sa.URL) -> Path | None:
    """File that an address names; None for a server or memory."""
    named = url.database or ":memory:"
    if url.get_backend_name() != "sqlite" or named.startswith((":memory:", "file:")):
        return None
    return Path(named).absolute()


def absolute(url: sa.URL) -> sa.URL:
    """Address with an absolute path, where it names a file."""
    if url.get_backend_name() != "sqlite" or not url.database:
        return url
    return url.set(database=Path(url.database).absolute().as_posix())


@contextmanager
def read_transaction(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Connection that sees the store as it was at one instant, whoever writes meanwhile."""
    if engine.dialect.name == "sqlite":
        with engine.begin() as at:
            at.exec_driver_sql("BEGIN")
            yield at
    else:
        with engine.connect().execution_options(**ONE_INSTANT) as at, at.begin():
            yield at


@contextmanager
def write_transaction(
    engine: sa.Engine, prepare: Callable[[sa.Connection], None] | None = None
) -> Iterator[sa.Connection]:
    """Connection whose transaction holds the write lock from its first statement on.

    It is prepared before that.
    """
    with engine.begin() as at:
        if prepare:
            prepare(at)
        if at.dialect.name == "sqlite":
            at.exec_driver_sql("BEGIN IMMEDIATE")
            if at.info.get(OPENED) != _identity(file_of(engine.url)):
                raise UnfitError(errors.CHANGED_FILES)
        else:
            # Each later statement sees all that was kept before the lock came: READ COMMITTED.
            # REPEATABLE READ would see what was there before the wait for it.
            at.execute(sa.select(sa.func.pg_advisory_xact_lock(WRITERS)))
        yield at


def write_home(engine: sa.Engine) -> None:
    """Writes the newest changes of a file, which lie beside it at first, into the file itself."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as at:
            at.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def redacted(url: sa.URL) -> str:
    """Address with its passwords hidden, to be read by anyone."""
    hidden = {name: "xxx" for name in SECRETS if name in url.query}
    written = url.update_query_dict(hidden).render_as_string(hide_password=True)
    for name in hidden:
        written = written.replace(f"{name}=xxx", f"{name}=***")
    return written


def reason(refused: Exception) -> str:
    """Reason of an error of a database or the system, on one line, without a full stop."""
    cause = getattr(refused, "orig", None) or getattr(refused, "strerror", None) or refused
    if hasattr(cause, "diag"):
        return _of_postgres(cause)
    return errors.phrase(refused) or errors.phrase(cause) or errors.one_line(str(cause))


def _of_postgres(cause: Any) -> str:
    """Reason in an error of psycopg, with a code, a message, or no answer at all."""
    if cause.sqlstate in BY_CODE:
        return BY_CODE[cause.sqlstate]
    if cause.diag.message_primary:
        return errors.one_line(cause.diag.message_primary)
    _, answers, refusal = str(cause).partition("FATAL:")
    if answers:
        return next((words for part, words in REFUSALS.items() if part in refusal), LETS_NOBODY_IN)
    return next((words for part, words in SILENCES.items() if part in str(cause)), AWAY)


def _of_a_file(url: sa.URL) -> sa.Engine:
    engine, file = _made(url), file_of(url)

    @sa.event.listens_for(engine, "do_connect")
    def _make_its_place(*_how: Any) -> None:
        if file:
            files.prepare_store(file)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: Any) -> None:
        record.info[OPENED] = _identity(file)
        connection.isolation_level = None  # sqlite3 begins nothing by itself: we do
        connection.execute(f"PRAGMA busy_timeout={PATIENCE}000")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")  # what is kept outlives a power cut
        connection.execute("PRAGMA foreign_keys=ON")

    return sharing(engine)


@cache
def _in_memory() -> sa.Engine:
    """Engine whose dialect has met its database: all files are spoken to in the same one."""
    engine = sa.create_engine("sqlite://")
    engine.connect().close()
    return engine


def _identity(file: Path | None) -> tuple[int, int] | None:
    """Device and inode, which differ for another file of the same name; None without a file."""
    try:
        stat = file.stat() if file else None
    except FileNotFoundError:
        return None
    return (stat.st_dev, stat.st_ino) if stat else None


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
