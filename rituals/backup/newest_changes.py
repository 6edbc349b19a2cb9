"""A look at the file beside SQLite's, in which the newest changes lie until they are written home.

SQLite reads it up to the first page whose sum is wrong and says nothing of what comes after.
"""

from __future__ import annotations

import struct
from pathlib import Path

HEAD, FRAME = 32, 24  # bytes of the header, and of that of each page
MAGIC = (0x377F0682, 0x377F0683)  # little-endian sums, big-endian sums
SUFFIX = "-wal"


def are_damaged(store: Path) -> bool:
    """True if changes that were kept lie behind a page whose sum is wrong."""
    try:
        content = store.with_name(f"{store.name}{SUFFIX}").read_bytes()
    except OSError:
        return False
    if len(content) < HEAD:
        return False
    magic, _, size, _, *salts_and_sum = struct.unpack(">8I", content[:HEAD])
    if magic not in MAGIC or not 512 <= size <= 65536:
        return len(content) > HEAD + FRAME
    order, salt = "<>"[magic & 1], content[16:24]
    is_whole, running = True, _sum(content[:24], order, (0, 0))
    is_whole = running == tuple(salts_and_sum[2:])
    for at in range(HEAD, len(content) - FRAME - size + 1, FRAME + size):
        head = content[at : at + FRAME]
        running = _sum(head[:8], order, running)
        running = _sum(content[at + FRAME : at + FRAME + size], order, running)
        is_own = head[8:16] == salt
        is_whole = is_whole and is_own and running == struct.unpack(">2I", head[16:])
        ends_a_change = is_own and head[4:8] != bytes(4)
        if not is_whole and ends_a_change:
            return True
    return False


def _sum(data: bytes, order: str, begun: tuple[int, int]) -> tuple[int, int]:
    one, two = begun
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
