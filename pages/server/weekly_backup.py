"""The backup of each week, made beside the pages as long as the program runs.

At its start all of the store is read once; at its end the newest changes are written home.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pages.session import stores
from rituals.backup import backups, newest_changes
from rituals.store import location
from rituals.store.errors import DamagedError, StoreError

AFTER_THE_START = 20.0  # seconds that the first page has the machine to itself
AGAIN = 3600.0  # seconds until it is asked whether a new week has come


@contextmanager
def making_backups() -> Iterator[None]:
    """As long as it lasts, each week's backup is made on Sunday, or once it opens after that."""
    ends = threading.Event()
    threading.Thread(target=_follow, args=(ends,), daemon=True, name="backups").start()
    try:
        yield
    finally:
        ends.set()
        with suppress(StoreError):
            stores.close_store()


def say_if_changes_are_lost() -> None:
    """Logs a sentence if some of the newest changes cannot be read; before SQLite looks."""
    file = location.file_of(location.address(os.environ))
    if file and newest_changes.are_damaged(file):
        LOG.warning(backups.LOST.format(file=file))


def read_all() -> str:
    """Reads all of the store once; a sentence where some of it cannot be read."""
    file = location.file_of(location.address(os.environ))
    try:
        if file:
            backups.require_readable(file)
    except DamagedError as refused:
        stores.own_store().damaged.set()
        return str(refused)
    return ""


def make_if_due() -> str:
    """Makes this week's backup unless it exists; a sentence where that was refused."""
    try:
        folder = backups.folder_of(location.address(os.environ))
        backups.make_weekly(stores.own_store(), folder, stores.now())
    except StoreError as refused:
        return str(refused)
    return ""


def _follow(ends: threading.Event) -> None:
    """Looks once after the start and then each hour; the same refusal is logged once."""
    sentence, wait = "", AFTER_THE_START
    is_read = False
    while not ends.wait(wait):
        before, wait = sentence, AGAIN
        try:
            sentence = ("" if is_read else read_all()) or make_if_due()
            is_read = True
        except Exception as error:  # else no backup would be made until the next start
            sentence = f"A backup came to nothing: {error!r}"
        if sentence and sentence != before:
            LOG.warning(sentence)


LOG = logging.getLogger("leavewell")
