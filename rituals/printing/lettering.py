"""Letters of one document: each line shaped, in the order in which it is seen, and wrapped.

What no font has is left out: no box ever stands for a letter.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rituals.printing import fonts, line_order
from rituals.printing.fonts import Typeface

if TYPE_CHECKING:
    from rituals.printing.document import Document

ELLIPSIS = "…"
BASE_LINE = 0.8  # of a letter's size: how far it lies under the top of what fpdf2 calls a cell
EMPTY_ISOLATE = re.compile("[\u2066-\u2068] *\u2069")
READABLE = {"L", "N"}  # and pictures: what of a text says something by itself


class Run(NamedTuple):
    """A piece of text that is written at once: one font, one way."""

    font: str
    text: str
    right_to_left: bool


class Lettering:
    """Fonts of one document; every text that will be written has to be handed over at the start."""

    def __init__(self, pdf: Document, texts: Iterable[str], folders: Iterable[Path] = ()) -> None:
        self._pdf = pdf
        self._covered: dict[str, frozenset[str]] = {}
        self._near = {face: [face.value, Typeface.BOLD.value] for face in Typeface}
        self._widths: dict[tuple[Typeface, str], float] = {}
        for face in Typeface:
            self._add(face, fonts.bundled(face), fonts.letters_of(fonts.bundled(face)))
        wanted = {c for text in texts for c in line_order.cleaned(text)}
        wanted |= {c for letter in wanted for c in unicodedata.normalize("NFKC", letter)}
        known = {*self._covered[Typeface.TEXT], *line_order.ISOLATES, *line_order.JOINERS}
        self._add_fallbacks(wanted - known, folders)

    def can_print(self, text: str) -> bool:
        """True if anything of a text can be read on paper."""
        kinds = (unicodedata.category(c) for c in self._readable(text, Typeface.TEXT))
        return any(kind[0] in READABLE or kind == "So" for kind in kinds)

    def width(self, text: str, face: Typeface, size: float) -> float:
        """Width of a line in millimetres; `size` is in points."""
        if (face, text) not in self._widths:
            self._widths[face, text] = sum(self._width(r, 100) for r in self._runs(text, face))
        return self._widths[face, text] * size / 100

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
        return line_order.reopened(lines)

    def write(self, x: float, y: float, text: str, face: Typeface, size: float) -> None:
        """Writes one line on a base line, in the colour that is set."""
        for run in self._runs(text, face):
            wide = self._width(run, size)
            self._pdf.set_xy(x, y - BASE_LINE * self._pdf.font_size)
            self._pdf.cell(wide, text=run.text)
            x += wide

    def _add(self, name: str, file: Path, letters: Iterable[str]) -> None:
        """Takes letters of one more font."""
        self._covered[name] = frozenset(letters)
        self._pdf.add_font(name, fname=file, unicode_range=sorted(map(ord, letters)))

    def _add_fallbacks(self, missing: set[str], folders: Iterable[Path]) -> None:
        """Takes what ours lack from Noto, and what that lacks from other fonts."""
        for face in Typeface:
            for file in fonts.fallbacks(face):
                letters = fonts.letters_of(file)
                if missing & letters and file.stem not in self._covered:
                    self._add(file.stem, file, letters)
                if missing & letters:
                    self._near[face].append(file.stem)
        left = missing.difference(*self._covered.values())
        for number, (file, lent) in enumerate(fonts.lenders(left, folders)):
            name = f"borrowed{number}{file.stem}"
            self._add(name, file, lent)
            for names in self._near.values():
                names.append(name)

    def _runs(self, line: str, face: Typeface) -> Iterator[Run]:
        """The runs of a line, from left to right."""
        for stretch in line_order.stretches(self._readable(line, face)):
            letters = line_order.letters(stretch.text)
            runs = [
                Run(font, text, stretch.right_to_left)
                for font, group in groupby(letters, lambda letter: self._font(letter, face))
                if (text := "".join(group)).strip(line_order.JOINERS)  # alone these have no glyph
            ]
            yield from reversed(runs) if stretch.right_to_left else runs

    def _readable(self, text: str, face: Typeface) -> str:
        """The letters that some font has; what is left out leaves no hole."""
        if text.isspace():
            return text
        letters = line_order.letters(line_order.cleaned(text))
        known = "".join(self._known(letter, face) for letter in letters)
        return " ".join(EMPTY_ISOLATE.sub("", known).split())

    def _known(self, letter: str, face: Typeface) -> str:
        """A letter without those of its marks that its font lacks, or in its plain form."""
        if letter in line_order.ISOLATES:
            return letter
        if font := self._font(letter, face):
            return "".join(c for c in letter if c in self._covered[font])
        plain = unicodedata.normalize("NFKC", letter)
        return "".join(c for c in plain if self._font(c, face))

    def _font(self, letter: str, face: Typeface) -> str:
        """The nearest font that has a letter with its marks, or else the letter itself."""
        for wanted in (letter, letter[0]):
            for name in self._near[face]:
                if self._covered[name].issuperset(wanted):
                    return name
        return ""

    def _width(self, run: Run, size: float) -> float:
        """Width of what is written at once, whose font is then set."""
        self._pdf.set_font(run.font, size=size)
        self._pdf.set_text_shaping(direction="rtl" if run.right_to_left else "ltr")
        return self._pdf.get_string_width(run.text)

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
        """Number of characters of a line that have room, at least one letter with its marks."""
        if self.width(text, face, size) <= room:
            return len(text)
        ends = list(accumulate(map(len, line_order.letters(text))))
        fits = bisect_right(ends, room, key=lambda end: self.width(text[:end], face, size))
        return ends[max(fits - 1, 0)]
