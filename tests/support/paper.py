"""The glyphs of a printed page, read back from its PDF."""

import io
from collections.abc import Callable, Iterator
from functools import cache

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from rituals.printing.fonts import BUNDLED

SPACE = "space"  # what every glyph without an outline is called


def glyphs(content: bytes) -> list[str]:
    """Names of all glyphs of a page from left to right, as the files of our fonts call them.

    A page tells numbers alone: each is looked for by its outline.
    """
    (page,) = PdfReader(io.BytesIO(content)).pages
    named = {name: _by_number(font) for name, font in page["/Resources"]["/Font"].items()}
    found, name_of = list[str](), None
    for operands, operator in ContentStream(page.get_contents(), None).operations:
        if operator == b"Tf":
            name_of = named[operands[0]]
        elif operator == b"Tj":
            found += map(name_of, _numbers(operands[0].original_bytes))
    return found


def glyph_name(font: TTFont, name: str) -> str:
    """The name under which a glyph of one of our fonts is read back."""
    return _names()[_drawn(font, name)]


def _numbers(written: bytes) -> Iterator[int]:
    return (int.from_bytes(written[at : at + 2]) for at in range(0, len(written), 2))


def _by_number(font: DictionaryObject) -> Callable[[int], str]:
    """The name of the glyph for each number that the page tells in a font."""
    inner = font["/DescendantFonts"][0].get_object()
    embedded = TTFont(io.BytesIO(inner["/FontDescriptor"]["/FontFile2"].get_data()))
    order, glyph_of = embedded.getGlyphOrder(), list(_numbers(inner["/CIDToGIDMap"].get_data()))
    return lambda number: glyph_name(embedded, order[glyph_of[number]])


@cache
def _names() -> dict[str, str]:
    """The name of each outline in our fonts; of those that look the same, the first."""
    names: dict[str, str] = {"[]": SPACE}
    for file in sorted(BUNDLED.glob("*.ttf")):
        with TTFont(file) as font:
            for name in font.getGlyphOrder():
                names.setdefault(_drawn(font, name), name)
    return names


def _drawn(font: TTFont, name: str) -> str:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return repr(pen.value)
