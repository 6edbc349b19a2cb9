"""Revision of a store, and a cache of values read from it, valid as long as that stays the same."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Any

import sqlalchemy as sa

from rituals.store.schema import REVISION

MOST_ENTRIES = 4_000  # among them figures of single weeks, which are small


class RevisionCache:
    """Values read at one revision of a store, by name; emptied by a reader at another one."""

    def __init__(self) -> None:
        self._lock, self._revision = Lock(), -1
        self._values: dict[Hashable, Any] = {}

    def values_at(self, revision: int) -> dict[Hashable, Any]:
        """Values of a revision, for the reader to add to; empty where it is a new one."""
        with self._lock:
            if self._revision != revision or len(self._values) > MOST_ENTRIES:
                self._revision, self._values = revision, {}
            return self._values

    def carry_over(self, before: int, after: int, changed: Hashable) -> None:
        """Moves the values of a revision to the one after it, all but those of what was changed.

        These are named by it, alone or as the first of a tuple. They are read again: a plan's flags
        from the ledger are in no plan that is kept.
        """
        with self._lock:
            if self._revision == before:
                self._revision = after
                kept = self._values.copy()  # another reader may be adding to the old one
                self._values = {
                    name: value for name, value in kept.items() if not _is_of(name, changed)
                }


def _is_of(name: Hashable, changed: Hashable) -> bool:
    return name == changed or (isinstance(name, tuple) and name[:1] == (changed,))


def read_revision(at: sa.Connection) -> int:
    """Revision of a store: the number of changes so far."""
    return at.execute(sa.select(REVISION.c.number)).scalar() or 0


def count_change(at: sa.Connection) -> None:
    """Raises the revision by one, as part of a change."""
    more = sa.update(REVISION).values(number=REVISION.c.number + 1)
    if not at.execute(more).rowcount:
        at.execute(sa.insert(REVISION), {"id": 1, "number": 1})
