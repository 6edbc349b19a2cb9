"""Drawers in the store: sealed as one piece each, with locks that count wrong tries.

A drawer is read, changed and saved in one transaction. Nothing is written in the clear but
covers: a line, and the hours that it keeps free. Nobody else hears of a change but by a cover: the
store's revision stays, and no other screen runs anew.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from rituals.calendars.outgoing import feeds, ical
from rituals.model.calendar import Audience
from rituals.model.context import Cover
from rituals.model.household import Household
from rituals.security import encryption
from rituals.security.encryption import SealError
from rituals.store import covers
from rituals.store.cache import count_change
from rituals.store.errors import StoreError
from rituals.store.schema import DRAWERS
from rituals.store.store import Store
from rituals.surprises import surprise as surprises
from rituals.surprises.surprise import Drawer

LONGEST_WAIT = 60  # seconds
HEARD = "covers are others"  # in a connection's notes
GONE = "This drawer is not there any more; it was emptied meanwhile."
EXISTS = "There is a drawer already, and it stays as it is."


@dataclass(frozen=True)
class Attempt:
    """Result of a try: the drawer's key, or the wait before the next one."""

    key: bytearray | None = None
    wait: timedelta = timedelta()
    looked: bool = True  # false where it came too early, and was not even looked at


def exists(store: Store, giver: str) -> bool:
    """True if somebody has a drawer; nobody else learns more of it."""
    with store.reading() as at:
        return at.execute(_of(giver)).first() is not None


def create(
    store: Store, giver: str, pin: str, words: str, effort: encryption.Effort = encryption.USUAL
) -> bytearray:
    """Creates an empty drawer and returns its key; raises StoreError if there is one."""
    key = encryption.new_key()
    content = {"content": _sealed(Drawer(), giver, key), "token": "", "feed": b""}
    row = content | _locks(key, giver, pin, words, effort)
    with _quietly(store) as at:
        if at.execute(_of(giver)).first() is not None:
            raise StoreError(EXISTS)
        at.execute(sa.insert(DRAWERS), row | {"partner": giver, "tries": 0, "until": None})
    return key


def try_pin(store: Store, giver: str, pin: str, now: datetime) -> Attempt:
    """Tries a PIN; a wrong one makes the next one wait, in any browser."""
    return _try(store, giver, "pin", pin, now)


def recover(  # noqa: PLR0913 - one way in, and what to lock it with from now on
    store: Store,
    giver: str,
    words: str,
    pin: str,
    now: datetime,
    effort: encryption.Effort = encryption.USUAL,
) -> Attempt:
    """Locks a drawer anew with another PIN and the same words, if these are right."""
    return _lock_anew(store, giver, ("recovery", words), (pin, words), now, effort)


def change_lock(  # noqa: PLR0913 - one way in, and what to lock it with from now on
    store: Store,
    giver: str,
    old: str,
    pin: str,
    words: str,
    now: datetime,
    effort: encryption.Effort = encryption.USUAL,
) -> Attempt:
    """Locks a drawer anew with a PIN and recovery words, if the PIN of now is right.

    Its key is another one then: whoever knows the old PIN opens an old backup with it, and no more.
    """
    return _lock_anew(store, giver, ("pin", old), (pin, words), now, effort)


def delete(store: Store, giver: str) -> None:
    """Deletes a drawer with everything in it, its covers and its address."""
    with _quietly(store) as at:
        _write_covers(at, giver, ())
        at.execute(sa.delete(DRAWERS).where(DRAWERS.c.partner == giver))


def load(store: Store, giver: str, key: encryption.Key) -> Drawer:
    """Content of a drawer; raises SealError if the key is not its own."""
    with store.reading() as at:
        return _content(_row(at, giver), key)


def change(  # noqa: PLR0913 - whose, with which key, and when it is
    store: Store,
    giver: str,
    key: encryption.Key,
    how: Callable[[Drawer], Drawer],
    household: Household,
    now: datetime,
) -> Drawer:
    """Saves a change of a drawer with its covers and its feed; returns the drawer after it.

    The drawer is read under the write lock, so no edit of another browser is lost.
    """
    with _quietly(store) as at:
        before = _content(_row(at, giver), key)
        after = how(before)
        kept = {"content": _sealed(after, giver, key)}
        at.execute(_changed(giver).values(kept | _feed(after, giver, household, now)))
        kept_free = (surprises.cover(s, household) for s in after.surprises)
        _write_covers(at, giver, (cover for cover in kept_free if cover))
    return after


def calendar(drawer: Drawer, giver: str, household: Household, now: datetime) -> bytes:
    """iCalendar file of a drawer, for its giver's own calendar."""
    occurrences = surprises.calendar_occurrences(drawer, now)
    return ical.calendar(occurrences, household, Audience(giver), uids=surprises.uids(occurrences))


def feed_of(store: Store, token: str) -> feeds.FeedContent | None:
    """Feed of a drawer, None for an unknown token; its duration says nothing about the others."""
    digest, found = _digest(token), None
    query = sa.select(DRAWERS.c.token, DRAWERS.c.feed).order_by(DRAWERS.c.partner)
    with store.reading() as at:
        for stored, feed in at.execute(query):
            if hmac.compare_digest(stored, digest):
                found = feed
    if found is None:
        return None
    try:
        modified, _, content = encryption.unseal(encryption.key_of(token), found).partition(b"\n")
        return feeds.FeedContent(content, datetime.fromisoformat(modified.decode()))
    except SealError:
        return None


def wait_seconds(tries: int) -> int:
    """Seconds that the next try waits after so many wrong ones in a row."""
    return min(2 ** (tries - 1), LONGEST_WAIT) if tries else 0


@contextmanager
def _quietly(store: Store) -> Iterator[sa.Connection]:
    """Connection for a change of which nobody hears unless covers are others after it."""
    with store.writing(quietly=True) as at:
        at.info.pop(HEARD, None)
        yield at
        is_heard = at.info.pop(HEARD, False)
    if is_heard:
        store.changed.set()


def _write_covers(at: sa.Connection, giver: str, kept_free: Iterable[Cover]) -> None:
    if covers.write(at, giver, kept_free):
        count_change(at)
        at.info[HEARD] = True


def _try(store: Store, giver: str, way: str, secret: str, now: datetime) -> Attempt:
    """Result of one try at a lock: counted under the write lock, and looked at outside of it.

    Counted as wrong before it is looked at, so that many at once are no more than one.
    """
    with _quietly(store) as at:
        row = _row(at, giver)
        wait = _begun(at, row, now)
    if wait:
        return Attempt(wait=wait, looked=False)
    key = encryption.unlock(row[way], _typed(way, secret), _about(giver, way))
    if key is None:
        return Attempt(wait=timedelta(seconds=wait_seconds(row["tries"] + 1)))
    with _quietly(store) as at:
        at.execute(_changed(giver).values(tries=0, until=None))
    return Attempt(key)


def _begun(at: sa.Connection, row: sa.RowMapping, now: datetime) -> timedelta:
    """Wait before the next try, zero for one that may be looked at and is counted now.

    A wait longer than any is one of a clock that was set back: it begins anew, and gives no try.
    """
    longest = timedelta(seconds=wait_seconds(row["tries"]))
    wait = (row["until"] - now) if row["until"] else timedelta()
    if timedelta() < wait <= longest:
        return wait
    tries = row["tries"] if wait > longest else min(row["tries"] + 1, 1000)
    until = now + timedelta(seconds=wait_seconds(tries))
    at.execute(_changed(row["partner"]).values(tries=tries, until=until))
    return longest if wait > longest else timedelta()


def _lock_anew(  # noqa: PLR0913 - one way in, and what to lock it with from now on
    store: Store,
    giver: str,
    way: tuple[str, str],
    secrets: tuple[str, str],
    now: datetime,
    effort: encryption.Effort,
) -> Attempt:
    tried, household = _try(store, giver, *way, now), store.load_household()
    if tried.key is None or household is None:
        return tried
    key = encryption.new_key()
    locks = _locks(key, giver, *secrets, effort)
    with _quietly(store) as at:
        drawer = _content(_row(at, giver), tried.key)
        if drawer.token:  # it lies in old backups too
            drawer = replace(drawer, token=feeds.new_token())
        content = {"content": _sealed(drawer, giver, key)}
        at.execute(_changed(giver).values(content | locks | _feed(drawer, giver, household, now)))
    return Attempt(key)


def _locks(
    key: encryption.Key, giver: str, pin: str, words: str, effort: encryption.Effort
) -> dict[str, str]:
    typed = {"pin": pin, "recovery": words}
    return {
        way: encryption.lock(key, _typed(way, secret), _about(giver, way), effort)
        for way, secret in typed.items()
    }


def _typed(way: str, secret: str) -> str:
    return encryption.normalized(secret) if way == "recovery" else secret


def _about(giver: str, part: str) -> str:
    return f"{giver} {part}"


def _sealed(drawer: Drawer, giver: str, key: encryption.Key) -> bytes:
    return encryption.seal(key, surprises.to_json(drawer), _about(giver, "content"))


def _of(giver: str) -> sa.Select[Any]:
    return sa.select(DRAWERS.c.partner).where(DRAWERS.c.partner == giver)


def _changed(giver: str) -> sa.Update:
    return sa.update(DRAWERS).where(DRAWERS.c.partner == giver)


def _row(at: sa.Connection, giver: str) -> sa.RowMapping:
    query = sa.select(DRAWERS).where(DRAWERS.c.partner == giver)
    row = at.execute(query).mappings().first()
    if row is None:
        raise SealError(GONE)
    return row


def _content(row: sa.RowMapping, key: encryption.Key) -> Drawer:
    about = _about(row["partner"], "content")
    try:
        return surprises.from_json(encryption.unseal(key, row["content"], about))
    except ValueError:
        raise SealError(encryption.BROKEN) from None


def _feed(drawer: Drawer, giver: str, household: Household, now: datetime) -> dict[str, Any]:
    if not drawer.token:
        return {"token": "", "feed": b""}
    modified = now.replace(microsecond=0).isoformat().encode()
    content = modified + b"\n" + calendar(drawer, giver, household, now)
    sealed = encryption.seal(encryption.key_of(drawer.token), content)
    return {"token": _digest(drawer.token), "feed": sealed}


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
