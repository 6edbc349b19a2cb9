"""Letters on paper: which font has each of them, how wide they are, in which order they stand.

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

from rituals.model.text import has_right_to_left
from rituals.paths import STATIC

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from fpdf import FPDF

OURS = STATIC / "paper"  # cut at one weight, from static/*.woff2
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
NO_LETTERS = {"Cf", "Cc", "Cs", "Co", "Cn"}  # what steers a text, and what nobody defined
STANDS_FOR_NONE = "\ufffd"  # what another program has put where it could not read a letter
MIRRORED = dict(zip("()[]{}<>«»", ")(][}{><»«", strict=True))
ARABIC_LETTERS = range(0x600, 0x700)
ARABIC_FORMS = (*range(0xFB50, 0xFDC0), *range(0xFE70, 0xFEFD))


class Face(StrEnum):
    """Our three fonts."""

    TEXT = "NunitoSans-Regular"
    BOLD = "NunitoSans-Bold"
    HEAD = "Fraunces-SemiBold"


def usual_folders(home: Path) -> tuple[Path, ...]:
    """Where Linux, macOS and Windows keep their fonts, whether they are there or not."""
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


def in_order(text: str) -> str:
    """One line as it stands on paper from left to right, Hebrew and Arabic too."""
    from fpdf.bidi import BidiParagraph

    joined = "".join(_joined(unicodedata.normalize("NFC", " ".join(text.split()))))
    plain = "".join(c for c in joined if not _is_no_letter(c))
    if not has_right_to_left(plain):
        return plain
    ordered = BidiParagraph(plain).get_reordered_characters()
    return "".join(
        MIRRORED.get(c.character, c.character) if c.embedding_level % 2 else c.character
        for c in ordered
    )


class Letters:
    """The letters of one document; whatever will be written has to be known from the start."""

    def __init__(self, pdf: FPDF, texts: Iterable[str], folders: Iterable[Path] = ()) -> None:
        self._pdf = pdf
        self._known = {face: _add_ours(pdf, face) for face in Face}
        self._others: dict[str, str] = {}
        self._advances: dict[tuple[str, str], float] = {}
        self._widths: dict[tuple[Face, str], float] = {}
        wanted = {c for text in texts for c in in_order(text)}
        wanted |= {c for letter in wanted for c in unicodedata.normalize("NFKC", letter)}
        self._borrow({c for c in wanted if not self._is_ours(c)}, folders)

    def knows(self, text: str) -> bool:
        """Whether anything of a text can be read on paper."""
        return any(c.isalnum() for _, run in self._runs(text, Face.TEXT) for c in run)

    def width(self, text: str, face: Face, size: float) -> float:
        """How wide a line is, in millimetres; `size` is in points."""
        if (face, text) not in self._widths:
            runs = [(face.value, text)] if text.isspace() else self._runs(text, face)
            wide = sum(self._advance(font, c) for font, run in runs for c in run)
            self._widths[face, text] = wide
        return self._widths[face, text] * size

    def lines(self, text: str, face: Face, size: float, room: float, most: int) -> tuple[str, ...]:
        """A text in at most so many lines; what has no room there ends in three dots."""
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

    def write(self, x: float, y: float, text: str, face: Face, size: float) -> None:
        """Writes one line on a base line, in the colour that is set."""
        for font, run in self._runs(text, face):
            self._pdf.set_font(font, size=size)
            self._pdf.text(x, y, run)
            x += sum(self._advance(font, c) for c in run) * size

    def _borrow(self, missing: set[str], folders: Iterable[Path]) -> None:
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

    def _is_ours(self, letter: str) -> bool:
        return ord(letter) in self._known[Face.TEXT]

    def _runs(self, text: str, face: Face) -> Iterator[tuple[str, str]]:
        """What is written of a line, by font."""
        there = "".join(self._there(in_order(text), face))
        spaced = " ".join(there.split()) if there.strip() else there
        letters = ((self._font(c, face), c) for c in spaced)
        for font, run in groupby(letters, lambda letter: letter[0]):
            yield font, "".join(c for _, c in run)

    def _there(self, line: str, face: Face) -> Iterator[str]:
        """The letters of a line that some font has; a form that is missing as its plain letter."""
        for c in line:
            plain = [c] if self._font(c, face) else unicodedata.normalize("NFKC", c)
            yield from (each for each in plain if self._font(each, face))

    def _font(self, letter: str, face: Face) -> str:
        for own in (face, Face.BOLD):
            if ord(letter) in self._known[own]:
                return own.value
        return self._others.get(letter, "")

    def _advance(self, font: str, letter: str) -> float:
        """The width of one letter at one point."""
        if (font, letter) not in self._advances:
            self._pdf.set_font(font, size=100)
            self._advances[font, letter] = self._pdf.get_string_width(letter) / 100
        return self._advances[font, letter]

    def _count(self, words: Sequence[str], face: Face, size: float, room: float) -> int:
        """How many words have room on a line, at least the first."""
        space = self.width(" ", face, size)
        used, count = -space, 0
        for word in words:
            used += space + self.width(word, face, size)
            if used > room and count:
                break
            count += 1
        return count

    def _cut(self, text: str, face: Face, size: float, room: float) -> int:
        """How many letters of a line have room, at least one."""
        if self.width(text, face, size) <= room:
            return len(text)
        used = 0.0
        for count, letter in enumerate(text):
            used += self.width(letter, face, size)
            if used > room:
                return max(count, 1)
        return len(text)


def _is_no_letter(character: str) -> bool:
    return character == STANDS_FOR_NONE or unicodedata.category(character) in NO_LETTERS


def _add_ours(pdf: FPDF, face: Face) -> frozenset[int]:
    file = OURS / f"{face}.ttf"
    pdf.add_font(face, fname=file)
    return _letters_of(file)


@cache
def _files(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """The font files in some folders, those for plain text first; the same order every time."""
    there = {
        file
        for folder in folders
        for file in folder.rglob("*")
        if file.suffix.lower() in FONT_FILES
    }
    return tuple(sorted(there, key=lambda file: (_rank(file.name), file.name, str(file))))[
        :MOST_FILES
    ]


def _rank(name: str) -> int:
    return next((n for n, pattern in enumerate(PLAIN_FIRST) if pattern.search(name)), 9)


@cache
def _letters_of(file: Path) -> frozenset[int]:
    """The letters a font can lend us; none where it cannot be read, or may not be embedded."""
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
    """A text with each Arabic letter in the form it has beside its neighbours."""
    letters = [c for c in text if unicodedata.category(c) != "Mn" or ord(c) not in ARABIC_LETTERS]
    for before, c, after in zip([" ", *letters], letters, [*letters[1:], " "], strict=False):
        joins = ("<initial>" in _forms().get(before, {})) and "<final>" in _forms().get(c, {})
        goes_on = "<initial>" in _forms().get(c, {}) and "<final>" in _forms().get(after, {})
        form = {
            (True, True): "<medial>",
            (True, False): "<final>",
            (False, True): "<initial>",
            (False, False): "<isolated>",
        }[joins, goes_on]
        yield _forms().get(c, {}).get(form, c)


@cache
def _forms() -> dict[str, dict[str, str]]:
    """The forms of every Arabic letter, by where in a word it stands."""
    forms: dict[str, dict[str, str]] = {}
    for code in ARABIC_FORMS:
        form, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        if len(letters) == 1:
            forms.setdefault(chr(int(letters[0], 16)), {}).setdefault(form, chr(code))
    return forms
