"""Passphrase for the home network: its hash in the store, and words for who knew it.

As long as none is set no other machine is let in; at this one a link does as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from rituals.security import encryption, session_words
from rituals.security.encryption import Effort
from rituals.store.schema import DOOR
from rituals.store.store import Store

LEAST = 10  # letters of a passphrase
EFFORT = (64 * 1024, 3, 4)  # KiB, iterations, lanes: what RFC 9106 advises where memory is dear
TOO_SHORT = f"A passphrase has at least {LEAST} letters; a sentence of a few words is a good one."
NOT_THE_SAME = "The two are not the same. Please type them once more."


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


def _read(typed: str) -> str:
    """Passphrase without the spaces that a hand or a phone adds."""
    return " ".join(typed.split())
