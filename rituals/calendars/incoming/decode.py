"""Bytes of a supposed calendar file as UTF-8 text, or a sentence about what they are instead."""

from __future__ import annotations

import zlib

MOST_BYTES = 64 * 1024 * 1024

NO_CALENDAR = "This is not a calendar file: choose one that ends in .ics."
A_PAGE = "This is a web page, not a calendar: the address may ask for a login first."
AN_ARCHIVE = "This is a zip archive: unpack it first, then choose the .ics file inside."
NOTHING = "This file is empty."
TOO_LARGE = "This calendar is larger than 64 MB, more than Leavewell reads at once."
BROKEN_GZIP = "This compressed file is broken: export or download it once more."
SIGNATURES = (
    (b"PK", AN_ARCHIVE),
    (b"%PDF", "This is a PDF, made for printing: choose a file that ends in .ics."),
    (b"BEGIN:VCARD", "This is an address book, not a calendar: choose a file that ends in .ics."),
)


class CalendarError(ValueError):
    """Refusal of a file as a whole; the text is one sentence for people."""


def plain_text(data: bytes) -> bytes:
    """The bytes as UTF-8, or what is near to it, unpacked and without a mark at the beginning.

    Raises CalendarError for what is too large or broken.
    """
    if len(data) > MOST_BYTES:
        raise CalendarError(TOO_LARGE)
    if data.startswith(b"\x1f\x8b"):
        data = _unpacked(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    elif data[:2] == b"B\0":
        data = data.decode("utf-16-le", "replace").encode()
    elif data[:2] == b"\0B":
        data = data.decode("utf-16-be", "replace").encode()
    return data.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")


def what_it_is(text: bytes) -> str:
    """The sentence about a text that is no calendar."""
    start = text[:4096].strip().upper()
    if not start:
        return NOTHING
    if start.startswith(b"<") and (b"<HTML" in start or b"<!DOCTYPE" in start):
        return A_PAGE
    return next((sentence for mark, sentence in SIGNATURES if start.startswith(mark)), NO_CALENDAR)


def decoded(written: bytes) -> str:
    """The text of some bytes, also of those that older programs wrote."""
    try:
        return written.decode()
    except UnicodeDecodeError:
        return written.decode("cp1252", "replace")


def _unpacked(data: bytes) -> bytes:
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        plain = unzip.decompress(data, MOST_BYTES + 1)
    except zlib.error:
        raise CalendarError(BROKEN_GZIP) from None
    if len(plain) > MOST_BYTES:
        raise CalendarError(TOO_LARGE)
    if not unzip.eof:
        raise CalendarError(BROKEN_GZIP)
    return plain
