"""Files that nobody else on the machine can read: 0600, in folders that are 0700.

A folder that was there before may hold other things, so it stays as it is; our own does not. On
Windows a home folder is one's own already.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

OURS = Path(__file__).parent.parent / "data"  # the folder of the couple's own store
FOLDER, FILE = 0o700, 0o600
OTHERS = 0o077
BESIDE_IT = ("", "-wal", "-shm")  # SQLite gives its passing files the mode of the store


def make_folder(folder: Path) -> None:
    """The folder, and those above it, for one's own eyes where they are made now."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(FOLDER, exist_ok=True)


def store_at(file: Path) -> None:
    """The place of a store: its folder is there, and its files are for one's own eyes.

    Raises OSError where that place cannot be made.
    """
    make_folder(file.parent)
    if file.parent == OURS:
        keep(OURS)
    make_file(file)
    for name in BESIDE_IT:
        keep(file.with_name(f"{file.name}{name}"))


def make_file(file: Path) -> None:
    """An empty file for one's own eyes, where there is none yet."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE))


def keep(path: Path) -> None:
    """Keeps a file or folder, where it is there, from everybody else's eyes."""
    with suppress(OSError):  # somebody else's: it stays as they want it
        mode = path.stat().st_mode
        if os.name == "posix" and mode & OTHERS:
            path.chmod(mode & FOLDER)  # what may not be written stays so
