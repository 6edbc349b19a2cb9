"""Fonts on paper: the files that there are, and which letters each of them can lend.

Our own fonts know Latin, Cyrillic and Vietnamese, and Noto the scripts of Arabic, Hebrew and Hindi
and emoji. What these lack is looked for in the folders that a caller names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rituals.paths import STATIC

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

BUNDLED = STATIC / "paper"  # ours cut at one weight, from static/*.woff2; Noto's to one script
FONT_FILES = {".ttf", ".otf", ".ttc", ".otc"}
MOST_FILES = 300  # of a machine's fonts that are opened, so that one odd letter costs no minute
PLAIN_FIRST = (
    re.compile(r"(DejaVuSans|NotoSans-Regular|NotoSans|Arial Unicode|segoeui|arial)\."),
    re.compile(r"(?i)sans.*regular|symbol|emoji|gothic|msyh|malgun|pingfang"),
    re.compile(r"(?i)^(?!.*(bold|italic|oblique|mono|serif|condensed|light|black|thin))"),
)
IN_COLOUR = {"CBDT", "sbix", "SVG ", "COLR"}  # drawn as pictures, which a letter is not
MAY_NOT_BE_EMBEDDED = 0x2


class Typeface(StrEnum):
    """Our three fonts."""

    TEXT = "NunitoSans-Regular"
    BOLD = "NunitoSans-Bold"
    HEAD = "Fraunces-SemiBold"


SCRIPTS = ("NotoSansHebrew", "NotoSansArabic", "NotoSansDevanagari")
EMOJI = "NotoEmoji-Regular"


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


def bundled(face: Typeface) -> Path:
    """The file of one of our fonts."""
    return BUNDLED / f"{face}.ttf"


def fallbacks(face: Typeface) -> tuple[Path, ...]:
    """Files of Noto that stand beside one of our fonts, bold beside what is bold."""
    weight = "Regular" if face is Typeface.TEXT else "Bold"
    names = (*(f"{name}-{weight}" for name in SCRIPTS), EMOJI)
    return tuple(BUNDLED / f"{name}.ttf" for name in names)


def lenders(missing: Iterable[str], folders: Iterable[Path]) -> Iterator[tuple[Path, list[str]]]:
    """Other fonts, and which of the missing letters each lends; none once all are found."""
    left = set(missing)
    for file in _files(tuple(folders)) if left else ():
        found = sorted(c for c in left if c in letters_of(file))
        if found:
            yield file, found
            left -= set(found)
        if not left:
            return


@cache
def letters_of(file: Path) -> frozenset[str]:
    """Letters a font can lend us; none if it cannot be read, or may not be embedded."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with file.open("rb") as content, TTFont(content, fontNumber=0, lazy=True) as font:
            is_fit = _is_fit(font) and _is_whole(font, file.stat().st_size)
            return frozenset(map(chr, font.getBestCmap() or ())) if is_fit else frozenset()
    except (OSError, TTLibError, AssertionError, ValueError, KeyError, EOFError):
        return frozenset()


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


def _is_fit(font: TTFont) -> bool:
    outlined = "glyf" in font or "CFF " in font
    restricted = "OS/2" in font and font["OS/2"].fsType & MAY_NOT_BE_EMBEDDED
    return outlined and not restricted and not IN_COLOUR & set(font.keys())


def _is_whole(font: TTFont, size: int) -> bool:
    return all(table.offset + table.length <= size for table in font.reader.tables.values())
