"""Garbage is collected while no hand moves: a collection after each run holds up its last messages.

Streamlit's own, after every run, is switched off in `.streamlit/config.toml`.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

AT_REST = 1.5  # seconds without a run, until it is collected

_ran = threading.Event()


def run_ended() -> None:
    """Has it collected soon, once nothing has run for a while."""
    _ran.set()


@contextmanager
def collecting() -> Iterator[None]:
    """As long as it lasts, what runs have left over is collected after them."""
    ends = threading.Event()
    threading.Thread(target=_follow, args=(ends,), daemon=True, name="garbage").start()
    try:
        yield
    finally:
        ends.set()
        _ran.set()


def _follow(ends: threading.Event) -> None:
    while _ran.wait() and not ends.is_set():
        while _ran.is_set() and not ends.is_set():
            _ran.clear()
            ends.wait(AT_REST)
        gc.collect()
