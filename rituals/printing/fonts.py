"""Fonts on paper: which of them has a letter, how wide a line is, and its visual order.

Our own fonts know Latin, Cyrillic and Vietnamese. What they lack is looked for in the folders that
a caller names, and what nobody has is left out: no box ever stands for a letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from rituals.paths import STATIC
from rituals.text import has_right_to_left

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from fpdf import FPDF

BUNDLED = STATIC / "paper"  # cut at one weight, from static/*.woff2
FONT_FILES = {".ttf", ".otf", ".ttc", ".otc"}
MOST_FILES = 300  # of a machine's fonts that are opened, so that one odd letter costs no minute
PLAIN_FIRST = (
    re.compile(r"(DejaVuSans|NotoSans-Regular|NotoSans|Arial Unicode|segoeui|arial)\."),
    re.compile(r"(?i)sans.*regular|symbol|emoji|gothic|msyh|malgun|pingfang"),
    re.compile(r"(?i)^(?!.*(bold|italic|oblique|mono|serif|condensed|light|black|thin))"),
)
IN_COLOUR = {"CBDT", "sbix", "SVG ", "COLR"}  # drawn as pictures, which a letter is not
MAY_NOT_BE_EMBEDDED = 0x2
ELLIPSIS = "…"
UNPRINTABLE = {"Cf", "Cc", "Cs", "Co", "Cn"}  # what steers a text, and what nobody defined
STANDS_FOR_NONE = "\ufffd"  # what another program has put where it could not read a letter
MIRRORED = dict(zip("()[]{}<>«»", ")(][}{><»«", strict=True))
ARABIC_LETTERS = range(0x600, 0x700)
ARABIC_FORMS = (*range(0xFB50, 0xFDC0), *range(0xFE70, 0xFEFD))


class Typeface(StrEnum):
    """Our three fonts."""

    TEXT = "NunitoSans-Regular"
    BOLD = "NunitoSans-Bold"
    HEAD = "Fraunces-SemiBold"


def system_font_folders(home: Path) -> tuple[Path, ...]:
    """Folders in which Linux, macOS and Windows keep fonts; some may not exist."""
    return (
        home / ".local/share/fonts",
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / "Library/Fonts",
        Path("/Library/Fonts"),
        Path("/System/Library/Fonts"),
        home / "AppData/Local/Microsoft/Windows/Fonts",
        Path("C:/Windows/Fonts"),
    )


def visual_order(text: str) -> str:
    """One line as it stands on paper from left to right, Hebrew and Arabic too."""
    from fpdf.bidi import BidiParagraph

    joined = "".join(_joined(unicodedata.normalize("NFC", " ".join(text.split()))))
    plain = "".join(c for c in joined if not _is_unprintable(c))
    if not has_right_to_left(plain):
        return plain
    ordered = BidiParagraph(plain).get_reordered_characters()
    return "".join(
        MIRRORED.get(c.character, c.character) if c.embedding_level % 2 else c.character
        for c in ordered
    )


class FontSet:
    """Fonts of one document; every text that will be written has to be handed over at the start."""

    def __init__(self, pdf: FPDF, texts: Iterable[str], folders: Iterable[Path] = ()) -> None:
        self._pdf = pdf
        self._covered = {face: _add_bundled(pdf, face) for face in Typeface}
        self._others: dict[str, str] = {}
        self._advances: dict[tuple[str, str], float] = {}
        self._widths: dict[tuple[Typeface, str], float] = {}
        wanted = {c for text in texts for c in visual_order(text)}
        wanted |= {c for letter in wanted for c in unicodedata.normalize("NFKC", letter)}
        self._add_fallbacks({c for c in wanted if not self._is_bundled(c)}, folders)

    def can_print(self, text: str) -> bool:
        """True if anything of a text can be read on paper."""
        return any(c.isalnum() for _, run in self._runs(text, Typeface.TEXT) for c in run)

    def width(self, text: str, face: Typeface, size: float) -> float:
        """Width of a line in millimetres; `size` is in points."""
        if (face, text) not in self._widths:
            runs = [(face.value, text)] if text.isspace() else self._runs(text, face)
            width = sum(self._advance(font, c) for font, run in runs for c in run)
            self._widths[face, text] = width
        return self._widths[face, text] * size

    def lines(
        self, text: str, face: Typeface, size: float, room: float, most: int
    ) -> tuple[str, ...]:
        """Text wrapped into at most `most` lines; what is cut ends in three dots."""
        left, lines = text.split(), list[str]()
        while left and len(lines) < most:
            count = self._count(left, face, size, room)
            line, left = " ".join(left[:count]), left[count:]
            cut = self._cut(line, face, size, room)
            lines.append(line[:cut])
            left = [line[cut:], *left] if cut < len(line) else left
        if left and lines:
            longer = f"{lines[-1]} {left[0]}"
            cut = self._cut(longer, face, size, room - self.width(ELLIPSIS, face, size))
            lines[-1] = longer[:cut].rstrip() + ELLIPSIS
        return tuple(lines)

    def write(self, x: float, y: float, text: str, face: Typeface, size: float) -> None:
        """Writes one line on a base line, in the colour that is set."""
        for font, run in self._runs(text, face):
            self._pdf.set_font(font, size=size)
            self._pdf.text(x, y, run)
            x += sum(self._advance(font, c) for c in run) * size

    def _add_fallbacks(self, missing: set[str], folders: Iterable[Path]) -> None:
        """Takes letters that ours lack from other fonts, as long as some are missing."""
        for file in _files(tuple(folders)) if missing else ():
            found = sorted(c for c in missing if ord(c) in _letters_of(file))
            if found:
                name = f"borrowed{len(self._others)}{file.stem}"
                only = [ord(c) for c in found]
                self._pdf.add_font(name, fname=file, unicode_range=only)
                self._others |= dict.fromkeys(found, name)
                missing = missing - set(found)
            if not missing:
                return

    def _is_bundled(self, letter: str) -> bool:
        return ord(letter) in self._covered[Typeface.TEXT]

    def _runs(self, text: str, face: Typeface) -> Iterator[tuple[str, str]]:
        """Pairs of a font and what is written of a line in it."""
        printable = "".join(self._printable(visual_order(text), face))
        spaced = " ".join(printable.split()) if printable.strip() else printable
        letters = ((self._font(c, face), c) for c in spaced)
        for font, run in groupby(letters, lambda letter: letter[0]):
            yield font, "".join(c for _, c in run)

    def _printable(self, line: str, face: Typeface) -> Iterator[str]:
        """Letters of a line that some font has; a missing form becomes its plain letter."""
        for c in line:
            plain = [c] if self._font(c, face) else unicodedata.normalize("NFKC", c)
            yield from (each for each in plain if self._font(each, face))

    def _font(self, letter: str, face: Typeface) -> str:
        for own in (face, Typeface.BOLD):
            if ord(letter) in self._covered[own]:
                return own.value
        return self._others.get(letter, "")

    def _advance(self, font: str, letter: str) -> float:
        """Width of one letter at one point."""
        if (font, letter) not in self._advances:
            self._pdf.set_font(font, size=100)
            self._advances[font, letter] = self._pdf.get_string_width(letter) / 100
        return self._advances[font, letter]

    def _count(self, words: Sequence[str], face: Typeface, size: float, room: float) -> int:
        """Number of words that have room on a line, at least the first."""
        space = self.width(" ", face, size)
        used, count = -space, 0
        for word in words:
            used += space + self.width(word, face, size)
            if used > room and count:
                break
            count += 1
        return count

    def _cut(self, text: str, face: Typeface, size: float, room: float) -> int:
        """Number of letters of a line that have room, at least one."""
        if self.width(text, face, size) <= room:
            return len(text)
        used = 0.0
        for count, letter in enumerate(text):
            used += self.width(letter, face, size)
            if used > room:
                return max(count, 1)
        return len(text)


def _is_unprintable(character: str) -> bool:
    return character == STANDS_FOR_NONE or unicodedata.category(character) in UNPRINTABLE


def _add_bundled(pdf: FPDF, face: Typeface) -> frozenset[int]:
    file = BUNDLED / f"{face}.ttf"
    pdf.add_font(face, fname=file)
    return _letters_of(file)


@cache
def _files(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Font files in some folders, those for plain text first; the same order every time."""
    files = {
        file
        for folder in folders
        for file in folder.rglob("*")
        if file.suffix.lower() in FONT_FILES
    }
    return tuple(sorted(files, key=lambda file: (_rank(file.name), file.name, str(file))))[
        :MOST_FILES
    ]


def _rank(name: str) -> int:
    return next((n for n, pattern in enumerate(PLAIN_FIRST) if pattern.search(name)), 9)


@cache
def _letters_of(file: Path) -> frozenset[int]:
    """Code points a font can lend us; none if it cannot be read, or may not be embedded."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with file.open("rb") as content, TTFont(content, fontNumber=0, lazy=True) as font:
            is_fit = _is_fit(font) and _is_whole(font, file.stat().st_size)
            return frozenset(font.getBestCmap() or ()) if is_fit else frozenset()
    except (OSError, TTLibError, AssertionError, ValueError, KeyError, EOFError):
        return frozenset()


def _is_fit(font: TTFont) -> bool:
    outlined = "glyf" in font or "CFF " in font
    restricted = "OS/2" in font and font["OS/2"].fsType & MAY_NOT_BE_EMBEDDED
    return outlined and not restricted and not IN_COLOUR & set(font.keys())


def _is_whole(font: TTFont, size: int) -> bool:
    return all(table.offset + table.length <= size for table in font.reader.tables.values())


def _joined(text: str) -> Iterator[str]:
    """Letters of a text, each Arabic one in the form it has beside its neighbours."""
    letters = [c for c in text if unicodedata.category(c) != "Mn" or ord(c) not in ARABIC_LETTERS]
    for before, c, after in zip([" ", *letters], letters, [*letters[1:], " "], strict=False):
        joins = ("<initial>" in _forms().get(before, {})) and "<final>" in _forms().get(c, {})
        continues = "<initial>" in _forms().get(c, {}) and "<final>" in _forms().get(after, {})
        form = {
            (True, True): "<medial>",
            (True, False): "<final>",
            (False, True): "<initial>",
            (False, False): "<isolated>",
        }[joins, continues]
        yield _forms().get(c, {}).get(form, c)


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Forms of every Arabic letter, by the place in a word."""
    forms: dict[str, dict[str, str]] = {}
    for code in ARABIC_FORMS:
        form, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        if len(letters) == 1:
            forms.setdefault(chr(int(letters[0], 16)), {}).setdefault(form, chr(code))
    return forms
