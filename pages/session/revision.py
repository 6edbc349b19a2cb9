"""How a store stands, in words that a browser compares."""

from __future__ import annotations

from secrets import token_hex

from rituals.store.store import Store

STARTED = token_hex(4)  # a word of this start


def marker(store: Store) -> str:
    """Words that are new with each change of the store, and with each start of the program.

    A page left open over a start would otherwise stay with a visit that nobody knows any more.
    """
    return f"{STARTED} {store.revision()}"
