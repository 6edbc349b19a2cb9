"""Admission at the machine itself: links of this run, and browsers that came by one.

That a request comes from this machine proves nothing: another account on it, and whatever hands
lines on from elsewhere, look the same. Only who may read our private files can make a link.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from secrets import token_bytes

import streamlit as st

from pages.server import network
from rituals.security import links, session_words
from rituals.security.links import Run
from rituals.store import files, location
from rituals.store.errors import StoreError

STAYS = timedelta(days=400)  # no browser keeps a cookie for longer
ABOUT = "at the machine itself"
BY_LINK = "\n  Leavewell: {link}\n  The link lets one browser in, once; another one: {command}\n\n"
BY_COMMAND = "\n  Leavewell: {address}\n  A browser is let in by: {command}\n\n"


class Admission:
    """Links of this run, each good once, and words of browsers that were let in by one."""

    def __init__(self) -> None:
        self.run = Run(network.own_address())
        self._used: set[str] = set()

    @cached_property
    def secret(self) -> bytes:
        """Secret of this machine, which signs the words of all browsers that were let in."""
        try:
            return files.secret_beside(_store())
        except OSError:  # nothing can be written here, so nobody stays let in over restarts
            return token_bytes(files.SECRET)

    def uses_up(self, word: str) -> bool:
        """True if a word is the end of a link that nobody used before."""
        if word in self._used or not self.run.is_own(word):
            return False
        self._used.add(word)
        return True

    def new_word(self, now: datetime) -> str:
        """Word for a browser that came by a link; it holds over restarts."""
        return session_words.new_word(self.secret, ABOUT, now + STAYS)

    def knows(self, word: str, now: datetime) -> bool:
        """True if a word was given to a browser that came by a link, in this run or before."""
        return session_words.is_good_word(word, self.secret, ABOUT, now)

    @contextmanager
    def by_links(self) -> Iterator[None]:
        """As long as it lasts, `python -m rituals open` can make links."""
        self.run = Run(network.own_address(), self.run.key)  # a busy port may have become another
        with links.announced(self.run, _store()):
            yield

    def greet(self) -> None:
        """Prints where Leavewell is, and opens it in the browser unless that is not wanted.

        A link stands in a terminal alone: what is printed elsewhere may be a file for all to read.
        """
        if sys.stdout.isatty():
            said = BY_LINK.format(link=self.run.new_link(), command=links.COMMAND)
        else:
            said = BY_COMMAND.format(address=self.run.address, command=links.COMMAND)
        sys.stdout.write(said)
        sys.stdout.flush()
        if not st.get_option("server.headless"):
            links.open_browser(self.run, _store())


def _store() -> Path:
    try:
        return location.own_file(os.environ)
    except StoreError:  # the pages say so
        return location.OWN_FILE
