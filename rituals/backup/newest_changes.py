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
    running = _sum(content[:24], order, (0, 0))
    if running != tuple(salts_and_sum[2:]):
        return len(content) > HEAD + FRAME
    return _is_cut_short(content, size, order, salt, running)


def _is_cut_short(
    content: bytes, size: int, order: str, salt: bytes, running: tuple[int, int]
) -> bool:
    """True if a page that ends a change lies at or behind one whose sum is wrong."""
    is_whole = True
    for at in range(HEAD, len(content) - FRAME - size + 1, FRAME + size):
        head, page = content[at : at + FRAME], content[at + FRAME : at + FRAME + size]
        before, said = running, struct.unpack(">2I", head[16:])
        running = _sum(page, order, _sum(head[:8], order, before))
        was_whole, is_whole = is_whole, is_whole and head[8:16] == salt and running == said
        ended = head[4:8] != bytes(4) or (
            was_whole > is_whole and _ended(head, page, order, before)
        )
        # Of one bit that flipped in it a page of now is not one from before.
        if not is_whole and ended and _bits_between(head[8:16], salt) <= 1:
            return True
    return False


def _ended(head: bytes, page: bytes, order: str, before: tuple[int, int]) -> bool:
    """True if a page ended a change, by its sum, before one bit of its mark flipped."""
    marks = (head[:4] + struct.pack(">I", 1 << bit) for bit in range(32))
    sums = (_sum(page, order, _sum(marked, order, before)) for marked in marks)
    return struct.unpack(">2I", head[16:]) in sums


def _bits_between(one: bytes, two: bytes) -> int:
    return (int.from_bytes(one) ^ int.from_bytes(two)).bit_count()


def _sum(data: bytes, order: str, begun: tuple[int, int]) -> tuple[int, int]:
    one, two = begun
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
