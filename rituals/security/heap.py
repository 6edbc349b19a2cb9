"""Lets go of what nobody needs any more, and overwrites the memory that Python has freed."""

from __future__ import annotations

import ctypes
import ctypes.util
import gc
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

SMALL = range(48, 513, 16)  # bytes of the blocks that Python hands out again itself
MEGABYTE = 1024 * 1024
MOST, USUAL = 256, 8  # megabytes written over a size; the second where no system tells its own
HEADER = sys.getsizeof(b"")
PAGE = 4096  # bytes
TWO_DIGITS = 1 << 50  # less a little takes two digits, 32 bytes: a shift or a sum asks for three


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
    # What is held meanwhile are the pools that stand free: each size fills its own next.
    held = _fill(lambda: [TWO_DIGITS - number for number in range(MEGABYTE // 32)])
    _fill(lambda: [object() for _ in range(MEGABYTE // 16)])  # no bytes are as small as these two
    for size in SMALL:
        _fill(partial(_zeros, size))
    del held
    _trim()


def give_back() -> None:
    """Frees what is not needed and gives it back to the system, without writing over it."""
    gc.collect()
    _trim()


def _zeros(size: int) -> list[Any]:
    return [bytes(size - HEADER) for _ in range(MEGABYTE // size)]


def _fill(a_megabyte: Callable[[], list[Any]]) -> list[list[Any]]:
    """Blocks of one size, as many as it takes until Python asks the system for another arena."""
    blocks: list[list[Any]] = []
    while len(blocks) < MOST:
        before = _size()
        blocks.append(a_megabyte())
        if _size() - before >= MEGABYTE or (not before and len(blocks) == USUAL):
            break
    return blocks


def _size() -> int:
    """Bytes of this process's address space; 0 where the system has no /proc."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[0]) * PAGE
    return 0


def _trim() -> None:
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(ctypes.util.find_library("c")).malloc_trim(0)
