"""Files in a zip, whoever made it: none is unpacked to a disk, and none grows too large.

The list of a zip is checked first, and enforced while it is read.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

MOST_FILES = 100
MOST_BYTES = 100 * 1024 * 1024  # unpacked: some hundred years of two people
MOST_TIMES = 500  # how much larger one file may become; rows of words become some thirty times
SMALL = 1024 * 1024  # bytes that are no danger, however small they were packed
LONGEST_LINE = 4 * 1024 * 1024
CHUNK = 64 * 1024
ENTRY = b"PK\1\2"  # how each file is announced in the list at the end of a zip
KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
LINK, KIND_OF_FILE = 0o120000, 0o170000
NO_ZIP = "This is no zip that can be read; perhaps only a part of it has arrived."
# What the readers of the standard library raise for bytes that are no zip.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    OverflowError,
)


class ZipError(Exception):
    """Zip that cannot be taken; the text is one sentence that says why."""


@dataclass(frozen=True)
class Zip:
    """Zip whose list of files was checked."""

    file: zipfile.ZipFile
    sizes: dict[str, int]  # by name, as the list says

    def chunks(self, name: str) -> Iterator[bytes]:
        """Content of a file in pieces, and no more of it than the list says; raises ZipError."""
        with _plainly():
            opened = self.file.open(name)
        with opened:
            left = self.sizes[name]
            while True:
                with _plainly():
                    chunk = opened.read(CHUNK)
                if not chunk:
                    break
                left -= len(chunk)
                yield chunk
        if left:
            raise ZipError(NO_ZIP)

    def content(self, name: str, most: int) -> bytes:
        """Content of a file of at most `most` bytes; raises ZipError for a larger one."""
        if self.sizes[name] > most:
            raise ZipError(f"“{name}” in this zip is far larger than it could be.")
        return b"".join(self.chunks(name))

    def digest(self, name: str) -> str:
        """SHA-256 of a file, in hexadecimal."""
        found = hashlib.sha256()
        for chunk in self.chunks(name):
            found.update(chunk)
        return found.hexdigest()

    def lines(self, name: str) -> Iterator[bytes]:
        """Lines of a file, without their ends; raises ZipError for a very long one."""
        rest = b""
        for chunk in self.chunks(name):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole
            if len(rest) > LONGEST_LINE:
                raise ZipError(f"A line of “{name}” in this zip is far longer than it could be.")
        yield rest


@contextmanager
def open_zip(content: bytes) -> Iterator[Zip]:
    """Zip to read from; raises ZipError if it is none, or cannot be read safely."""
    if content.count(ENTRY) > 2 * MOST_FILES:  # before the list of them takes any room
        raise ZipError(f"This zip holds more than {MOST_FILES} files; ours holds fewer.")
    with _plainly():
        file = zipfile.ZipFile(BytesIO(content))
    with file:
        listed = file.infolist()
        for complaint in _complaints(listed):
            raise ZipError(complaint)
        yield Zip(file, {entry.filename: entry.file_size for entry in listed})


def zip_bytes(files: dict[str, Iterable[bytes]], at: datetime) -> bytes:
    """Bytes of a zip of these files, readable by their owner alone on systems with owners."""
    whole = BytesIO()
    moment = at.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        for name, pieces in files.items():
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            with file.open(entry, "w") as into:
                for piece in pieces:
                    into.write(piece)
    return whole.getvalue()


def _complaints(listed: list[zipfile.ZipInfo]) -> Iterator[str]:
    names = [entry.filename for entry in listed]
    if len(listed) > MOST_FILES:
        yield f"This zip holds more than {MOST_FILES} files; ours holds fewer."
    if len({name.casefold() for name in names}) < len(names):
        yield "This zip holds two files of the same name, so nobody knows which one counts."
    for entry in listed:
        yield from _complaints_of(entry)
    if sum(entry.file_size for entry in listed) > MOST_BYTES:
        yield f"Unpacked, this zip is larger than the {MOST_BYTES >> 20} megabytes that we read."


def _complaints_of(entry: zipfile.ZipInfo) -> Iterator[str]:
    name = entry.filename
    if entry.orig_filename != name or not _stays_inside(name):
        yield "This zip holds a file that would lie outside of it, which ours never does."
    if entry.flag_bits & ENCRYPTED:
        yield "This zip asks for a password, which ours never does."
    if (entry.external_attr >> 16) & KIND_OF_FILE == LINK:
        yield "This zip holds a link in place of a file, which ours never does."
    if entry.compress_type not in KINDS:
        yield "This zip is packed in a way that ours never is."
    if entry.file_size > max(SMALL, MOST_TIMES * entry.compress_size):
        yield "A file in this zip would become far larger than it is, which none of ours does."


def _stays_inside(name: str) -> bool:
    parts = name.split("/")
    return not ({"", ".", ".."} & set(parts) or set(name) & set("\\:") or not name.isprintable())


@contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except BROKEN as broken:
        raise ZipError(NO_ZIP) from broken
