"""A file put in its place whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def put(content: bytes, file: Path) -> None:
    """The file with this content: written beside its place, then moved there.

    Raises OSError, and what was there before stays.
    """
    if file.exists() and not file.is_file():
        raise OSError(0, "it is not a file")
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with beside.open("wb") as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
