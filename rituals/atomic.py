"""A file put in its place whole, or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def put(content: bytes, file: Path) -> None:
    """The file with this content: written beside its place, then moved there.

    Raises OSError, and what was there before stays.
    """
    if file.exists() and not file.is_file():
        raise OSError(0, "it is not a file")
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        move(beside, file)
    finally:
        beside.unlink(missing_ok=True)


def move(file: Path, at: Path) -> None:
    """Moves a file to its place, so that it is there even if the power goes right after."""
    with file.open("rb+") as whole:
        os.fsync(whole.fileno())
    file.replace(at)
    if os.name == "posix":
        folder = os.open(at.parent, os.O_RDONLY)
        try:
            with suppress(OSError):  # not every folder of a network can
                os.fsync(folder)
        finally:
            os.close(folder)
