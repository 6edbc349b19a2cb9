"""Lets go of what nobody needs any more, and overwrites the memory that Python has freed."""

from __future__ import annotations

import ctypes
import ctypes.util
import gc
import sys
from collections.abc import Iterable
from contextlib import suppress
from types import FrameType

SMALL = range(48, 513, 16)  # bytes of the blocks that Python hands out again itself
HELD = 2 * 1024 * 1024  # bytes of each of these sizes that are written over
HEADER = sys.getsizeof(b"")


def clear_locals(frame: FrameType, names: Iterable[str]) -> None:
    """Lets a frame that waits let go of what some of its names hold: they are None then."""
    values = frame.f_locals
    values.update(dict.fromkeys(names))
    if sys.version_info < (3, 13):  # there they are the frame's own, here a copy
        ctypes.pythonapi.PyFrame_LocalsToFast(ctypes.py_object(frame), ctypes.c_int(0))


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
    _trim()


def give_back() -> None:
    """Frees what is not needed and gives it back to the system, without writing over it."""
    gc.collect()
    _trim()


def _trim() -> None:
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(ctypes.util.find_library("c")).malloc_trim(0)
