"""Passphrase for the home network: its hash in the store, and the wait after wrong ones.

As long as none is set no other machine is let in; at this one a link does as well.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from rituals.security import encryption, session_words
from rituals.security.encryption import Effort
from rituals.store.schema import DOOR
from rituals.store.store import Store

LEAST = 10  # letters of a passphrase
EFFORT = (64 * 1024, 3, 4)  # KiB, iterations, lanes: what RFC 9106 advises where memory is dear
TOO_SHORT = f"A passphrase has at least {LEAST} letters; a sentence of a few words is a good one."
NOT_THE_SAME = "The two are not the same. Please type them once more."
LONGEST_WAIT = 60  # seconds
FREE = 10  # wrong ones of an hour, from wherever they come, before their makers wait for all
REMEMBERED = timedelta(hours=1)


@dataclass(frozen=True)
class Door:
    """Hash of the passphrase and the time it was set; another passphrase is another door."""

    passphrase: str  # its hash
    since: datetime


def load(store: Store) -> Door | None:
    """Door in the store, or None as long as no other machine is let in."""
    with store.reading() as at:
        row = at.execute(sa.select(DOOR.c.passphrase, DOOR.c.since)).first()
    return None if row is None else Door(row.passphrase, row.since)


def problem(one: str, two: str) -> str:
    """Problem of a passphrase typed twice, in a sentence; "" if it can be one."""
    if _read(one) != _read(two):
        return NOT_THE_SAME
    return TOO_SHORT if len(_read(one)) < LEAST else ""


def set_passphrase(
    store: Store, passphrase: str, now: datetime, effort: Effort | None = None
) -> None:
    """Saves the hash of a passphrase in place of the one before."""
    hash = encryption.hash_secret(_read(passphrase), effort or encryption.Effort(*EFFORT))
    with store.writing() as at:
        at.execute(sa.delete(DOOR))
        at.execute(sa.insert(DOOR), {"id": 1, "passphrase": hash, "since": now})


def remove(store: Store) -> None:
    """Deletes the passphrase: from now on this machine alone is let in."""
    with store.writing() as at:
        at.execute(sa.delete(DOOR))


def new_word(door: Door, secret: bytes, until: datetime) -> str:
    """Word for a browser that was let in: good until then, at this door, and for this machine.

    It holds over restarts, for nothing of it is kept.
    """
    return session_words.new_word(secret, door.passphrase, until)


def is_good_word(word: str, door: Door, secret: bytes, now: datetime) -> bool:
    """True if a word was given at this door by this machine, and is not too old."""
    return session_words.is_good_word(word, secret, door.passphrase, now)


def is_right(door: Door, typed: str) -> bool:
    """True if the typed text is the passphrase; takes a moment."""
    return encryption.verify(door.passphrase, _read(typed))


@dataclass
class Attempts:
    """Wrong tries of the last hour: whoever made them waits longer, and for those of others too."""

    _of_one: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    _of_all: deque[datetime] = field(default_factory=deque)

    def begin(self, who: str, now: datetime) -> timedelta:
        """Wait of a try, zero if it may be looked at; then it counts as wrong until `was_right`.

        Counted before it is looked at, so that many at once are no more than one.
        """
        wait = self.wait(who, now)
        if not wait:
            count, _ = self._of_one.get(who, (0, now))
            self._of_one[who] = count + 1, now
            self._of_all.append(now)
        return wait

    def wait(self, who: str, now: datetime) -> timedelta:
        """Wait before the next try, zero if there is none."""
        self._forget(now)
        count, last = self._of_one.get(who, (0, now))
        wait = _rest(last, count, now)
        if self._of_all and count:  # who has not typed a wrong one waits for nobody
            wait = max(wait, _rest(self._of_all[-1], len(self._of_all) - FREE, now))
        return wait

    def was_right(self, who: str, began: datetime) -> None:
        """Forgets the tries of one whose passphrase was right."""
        self._of_one.pop(who, None)
        if began in self._of_all:
            self._of_all.remove(began)

    def _forget(self, now: datetime) -> None:
        """Forgets tries of an hour ago, or later than now: a clock may be set back."""
        oldest = now - REMEMBERED
        self._of_one = {w: it for w, it in self._of_one.items() if oldest <= it[1] <= now}
        self._of_all = deque(at for at in self._of_all if oldest <= at <= now)


def _rest(last: datetime, tries: int, now: datetime) -> timedelta:
    seconds = min(2 ** min(tries - 1, LONGEST_WAIT), LONGEST_WAIT) if tries > 0 else 0
    return max(last + timedelta(seconds=seconds) - now, timedelta())


def _read(typed: str) -> str:
    """Passphrase without the spaces that a hand or a phone adds."""
    return " ".join(typed.split())
