"""Overwrites what lies in memory that Python has freed."""

from __future__ import annotations

import ctypes
import ctypes.util
import gc
import sys
from contextlib import suppress

SMALL = range(48, 513, 16)  # bytes of the blocks that Python hands out again itself
HELD = 2 * 1024 * 1024  # bytes of each of these sizes that are written over
HEADER = sys.getsizeof(b"")


def sweep() -> None:
    """Frees what is not needed, writes zeros over it, and gives the rest back to the system.

    What the system's own allocator holds is overwritten as it is freed, as `make run` asks of it.
    """
    gc.unfreeze()  # what was in use as the pages were loaded may not be any more
    gc.collect()
    gc.freeze()
    [object() for _ in range(HELD // 16)]  # no bytes are as small as these two
    [number << 40 for number in range(1, HELD // 32)]
    for size in SMALL:
        [bytes(size - HEADER) for _ in range(HELD // size)]
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(ctypes.util.find_library("c")).malloc_trim(0)
