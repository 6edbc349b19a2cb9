"""Words that nothing else holds, and every way in which bytes could still hold one of them."""

import base64
import json
import re
import urllib.parse
import zlib
from functools import cache
from io import BytesIO

from pypdf import PdfReader


@cache
def spellings(mark):
    """The bytes of a word, however it is written."""
    plain = mark.encode()
    return {
        plain,
        mark.encode("utf-16-le"),
        mark.encode("utf-16-be"),
        mark.encode("latin-1"),
        json.dumps(mark)[1:-1].encode(),
        urllib.parse.quote(mark).encode(),
        plain.hex().encode(),
        plain.hex().upper().encode(),
        *_in_base64(plain),
    }


def found(data, marks):
    """Those of the words that are in there: as they are, folded, pressed or drawn on paper."""
    raw = data.encode() if isinstance(data, str) else bytes(data)
    layers, drawn = [each.lower() for each in _layers(raw)], _drawn(raw)
    return {mark for mark in marks if mark in drawn or _in_any(layers, mark)}


def _in_any(layers, mark):
    sought = [spelling.lower() for spelling in spellings(mark)]
    return any(spelling in each for each in layers for spelling in sought)


def _layers(raw):
    """The bytes, the same without the folds of a calendar file, and what is pressed in them."""
    yield raw
    yield raw.replace(b"\r\n ", b"").replace(b"\\,", b",")
    for start in re.finditer(rb"stream\r?\n", raw):
        try:
            yield zlib.decompressobj().decompress(raw[start.end() :])
        except zlib.error:
            continue


def _drawn(raw):
    if not raw.startswith(b"%PDF"):
        return ""
    reader = PdfReader(BytesIO(raw))
    return "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])


def _in_base64(plain):
    """What of it stays the same wherever in a longer piece it begins."""
    for before in range(3):
        for to in (base64.b64encode, base64.urlsafe_b64encode):
            first = -(-before * 8 // 6)
            sure = (before + len(plain)) * 8 // 6
            yield to(b"\0" * before + plain)[first:sure]
