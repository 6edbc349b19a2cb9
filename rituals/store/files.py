"""Files that nobody else on the machine can read: 0600, in folders that are 0700.

A folder that was there before may hold other things, so it stays as it is; our own does not. On
Windows a home folder is one's own already.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_bytes, token_hex

from rituals.paths import DATA

OURS = DATA  # the folder of the couple's own store
FOLDER, FILE = 0o700, 0o600
OTHERS = 0o077
OF_THIS_MACHINE = ".secret"  # the end of a name
SECRET = 32  # bytes
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
NEW |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)  # each where the system has it
SQLITE_SUFFIXES = ("", "-wal", "-shm")  # SQLite gives its passing files the mode of the store


def make_folder(folder: Path) -> None:
    """Makes a folder and those above it, private where they are new."""
    if not folder.exists():
        make_folder(folder.parent)
        folder.mkdir(FOLDER, exist_ok=True)


def prepare_store(file: Path) -> None:
    """Makes the folder of a store, and all its files private.

    Raises OSError where that fails.
    """
    make_folder(file.parent)
    if file.parent == OURS:
        make_private(OURS)
    make_file(file)
    for name in SQLITE_SUFFIXES:
        make_private(file.with_name(f"{file.name}{name}"))


def make_file(file: Path) -> None:
    """Makes an empty private file unless one exists."""
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE))


def secret_beside(store: Path) -> bytes:
    """Secret of this machine, drawn once into a private file beside a store and in no backup.

    Raises OSError, also where somebody else laid one there.
    """
    file = store.with_name(f"{store.stem}{OF_THIS_MACHINE}")
    make_folder(file.parent)
    if not file.exists() or file.stat().st_size < SECRET:  # cut short, anybody could guess it
        file.unlink(missing_ok=True)
        write_atomically(token_bytes(SECRET), file)
    if os.name == "posix" and (file.is_symlink() or file.stat().st_uid != os.geteuid()):
        raise PermissionError(f"{file} is somebody else's.")
    make_private(file)
    return file.read_bytes()


def make_private(path: Path) -> None:
    """Takes everybody else's rights from a file or folder, if it exists."""
    with suppress(OSError):  # somebody else's: it stays as they want it
        mode = path.stat().st_mode
        if os.name == "posix" and mode & OTHERS:
            path.chmod(mode & FOLDER)  # what may not be written stays so


def write_atomically(content: bytes, file: Path) -> None:
    """Writes a file beside its place, then moves it into place.

    A new one is private from its first byte; one from before keeps its owner's choice of who reads.
    Raises OSError, and the file from before stays.
    """
    if file.exists() and not file.is_file():
        raise OSError(0, "it is not a file")
    beside = file.with_name(f".{token_hex(8)}.tmp")  # nobody can have made a link of that name
    try:
        with os.fdopen(os.open(beside, NEW, FILE), "wb") as new:
            new.write(content)
        if os.name == "posix" and file.exists():
            beside.chmod(file.stat().st_mode & 0o777)
        move_durably(beside, file)
    finally:
        beside.unlink(missing_ok=True)


def move_durably(file: Path, at: Path) -> None:
    """Moves a file to its place, so that it stays even if the power goes right after."""
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
