"""What was read of a store, known for as long as its revision says that nothing has changed."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Any

MOST_KNOWN = 200  # things: what pages show again and again, and not the plans of ten years


class Known:
    """What was read at one revision, by name; whoever reads at another one begins anew."""

    def __init__(self) -> None:
        self._lock, self._revision = Lock(), -1
        self._there: dict[Hashable, Any] = {}

    def at(self, revision: int) -> dict[Hashable, Any]:
        """What is known at a revision, to be filled by whoever reads more of it."""
        with self._lock:
            if self._revision != revision or len(self._there) > MOST_KNOWN:
                self._revision, self._there = revision, {}
            return self._there

    def goes_on(self, before: int, after: int, changed: Hashable) -> None:
        """What was known before a change stays known after it, but for what was changed.

        That is read once more: what a plan says of the ledger stands in no plan that is kept.
        """
        with self._lock:
            if self._revision == before:
                self._revision = after
                self._there = self._there.copy()  # at once: somebody may be reading more into it
                self._there.pop(changed, None)
