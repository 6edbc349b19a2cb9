"""Marker of a store's revision, which a browser compares."""

from __future__ import annotations

from secrets import token_hex

from rituals.store.store import Store

STARTED = token_hex(4)  # a word of this start


def marker(store: Store) -> str:
    """Text that is new with each change of the store, and with each start of the program.

    A page left open over a start would else stay with a visit that is forgotten.
    """
    return f"{STARTED} {store.revision()}"
