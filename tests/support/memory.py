"""The memory of a running process, as one who may look at it would find it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


def found_in_memory(process: int, marks: Iterable[bytes]) -> set[bytes]:
    """Those of the marks that lie anywhere in the process's writable memory (Linux)."""
    marks, found = set(marks), set()
    longest = max(map(len, marks))
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for start, end in _writable(process):
            rest = b""
            for at in range(start, end, 1 << 24):
                try:
                    memory.seek(at)
                    piece = rest + memory.read(min(1 << 24, end - at))
                except OSError:
                    break
                found |= {mark for mark in marks if mark in piece}
                rest = piece[-longest:]
    return found


def _writable(process: int) -> list[tuple[int, int]]:
    lines = Path(f"/proc/{process}/maps").read_text().splitlines()
    spans = [line.split()[0].split("-") for line in lines if line.split()[1].startswith("rw")]
    return [(int(start, 16), int(end, 16)) for start, end in spans]
