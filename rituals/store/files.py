"""Files that nobody else on the machine can read: 0600, in folders that are 0700.

A folder that was there before may hold other things, so it stays as it is; our own does not. On
Windows a home folder is one's own already.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from rituals.paths import DATA

OURS = DATA  # the folder of the couple's own store
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
