"""The backup of each week, made beside the pages as long as the program runs."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pages.session import stores
from rituals.backup import backups
from rituals.store import location
from rituals.store.errors import StoreError

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
    while not ends.wait(wait):
        before, wait = sentence, AGAIN
        try:
            sentence = make_if_due()
        except Exception as error:  # else no backup would be made until the next start
            sentence = f"A backup came to nothing: {error!r}"
        if sentence and sentence != before:
            LOG.warning(sentence)


LOG = logging.getLogger("leavewell")
