"""One page of paper: its size, its letters, and the marks of the kinds of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple

from rituals import text
from rituals.model.household import Household, Kind, Shade, Tone
from rituals.model.time.formats import Paper
from rituals.printing.fonts import Typeface
from rituals.printing.lettering import Lettering


class Colour(NamedTuple):
    """Red, green and blue, to 255."""

    red: int
    green: int
    blue: int

    def tinted(self, strength: float) -> Colour:
        """Tint of this colour on white, at a part of its strength."""
        return Colour(*(round(255 - (255 - part) * strength) for part in self))


MILLIMETRES = {Paper.A4: (210.0, 297.0), Paper.LETTER: (215.9, 279.4)}
MARGIN = 13.0  # mm: what every printer can print, and room for a magnet
HEAD_ROOM = 21.0  # mm
INK, QUIET, LINE = Colour(47, 42, 38), Colour(107, 98, 89), Colour(201, 189, 172)
SOFT, WHITE = Colour(246, 236, 214), Colour(255, 255, 255)
TONES: Mapping[Tone, Colour] = {
    Kind.TOGETHER: Colour(153, 56, 41),
    Shade.TWO_OF_US: Colour(153, 56, 41),
    Shade.ALL_OF_US: Colour(196, 116, 95),
    Kind.ALONE: Colour(83, 148, 172),
    Kind.SOLO: Colour(184, 135, 20),
    Kind.OUT: Colour(83, 42, 111),
}
RING = 0.3  # of its width: how thick the mark of all of us is
CORNERS: Mapping[Tone, tuple[tuple[float, float], ...]] = {
    # Of a mark, in parts of its width from its middle; together is round.
    Kind.ALONE: ((-0.43, -0.43), (0.43, -0.43), (0.43, 0.43), (-0.43, 0.43)),
    Kind.SOLO: ((0.0, -0.52), (0.56, 0.44), (-0.56, 0.44)),
    Kind.OUT: ((0.0, -0.58), (0.58, 0.0), (0.0, 0.58), (-0.58, 0.0)),
}


def both_names(household: Household) -> str:
    """Names of the two partners: "Maya and Jonas"."""
    return " and ".join(text.bidi_isolated(partner.name) for partner in household.partners)


class Page:
    """One upright page, in millimetres from its upper left corner."""

    def __init__(
        self, title: str, day: date, paper: Paper, texts: Iterable[str], folders: Iterable[Path]
    ) -> None:
        from rituals.printing.document import Document  # who prints nothing need not wait for it

        self.width, self.height = MILLIMETRES[paper]
        self.left, self.right = MARGIN, self.width - MARGIN
        self.top, self.bottom = MARGIN, self.height - MARGIN
        self._pdf = Document(format=(self.width, self.height))
        self._pdf.set_auto_page_break(False)
        self._pdf.set_title(title)
        self._pdf.set_lang("en")
        self._pdf.set_producer("Leavewell")
        # Of the week, not of this hour: the same plan is the same file.
        self._pdf.set_creation_date(datetime.combine(day, time(), UTC))
        self._letters = Lettering(self._pdf, texts, folders)
        self._pdf.add_page()

    def as_pdf(self) -> bytes:
        """The finished page as a PDF."""
        return bytes(self._pdf.output())

    def write_head(self, title: str, subtitle: str) -> float:
        """Writes the title and a line under it; returns where the head ends, in mm."""
        self.write(self.left, self.top + 8, title, 25, Typeface.HEAD)
        for line in self.lines(subtitle, self.right - self.left, 1, 11):
            self.write(self.left, self.top + 15, line, 11, colour=QUIET)
        return self.top + HEAD_ROOM

    def can_print(self, text: str) -> bool:
        """True if anything of a text can be read on this page."""
        return self._letters.can_print(text)

    def text_width(self, text: str, size: float, face: Typeface = Typeface.TEXT) -> float:
        """Width of a line in millimetres; `size` is in points."""
        return self._letters.width(text, face, size)

    def lines(
        self, text: str, room: float, most: int, size: float, face: Typeface = Typeface.TEXT
    ) -> tuple[str, ...]:
        """Text wrapped into at most `most` lines of `room` millimetres."""
        return self._letters.lines(text, face, size, room, most)

    def write(  # noqa: PLR0913 - where, what and how
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        face: Typeface = Typeface.TEXT,
        colour: Colour = INK,
    ) -> None:
        """Writes one line on the base line `y`."""
        self._pdf.set_text_color(*colour)
        self._letters.write(x, y, text, face, size)

    def write_upwards(
        self, x: float, y: float, text: str, size: float, colour: Colour = QUIET
    ) -> None:
        """Writes one line from `y` upwards."""
        with self._pdf.rotation(90, x, y):
            self.write(x, y, text, size, colour=colour)

    def rule(self, left: float, right: float, y: float, *, dotted: bool = False) -> None:
        """Draws a thin line across, dotted if a hand may write on it."""
        self._pdf.set_draw_color(*LINE)
        self._pdf.set_line_width(0.25)
        if dotted:
            self._pdf.set_dash_pattern(dash=0.3, gap=1.2)
        self._pdf.line(left, y, right, y)
        self._pdf.set_dash_pattern()

    def outline(self, corner: tuple[float, float], size: tuple[float, float]) -> None:
        """Draws a dashed outline from its upper left corner."""
        self._pdf.set_draw_color(*QUIET)
        self._pdf.set_line_width(0.25)
        self._pdf.set_dash_pattern(dash=1, gap=0.8)
        self._pdf.rect(*corner, *size, style="D")
        self._pdf.set_dash_pattern()

    def box(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        fill: Colour | None,
        edge: Colour | None = None,
    ) -> None:
        """Draws a box from its upper left corner."""
        self._pdf.set_fill_color(*(fill or WHITE))
        self._pdf.set_draw_color(*(edge or WHITE))
        self._pdf.set_line_width(0.25)
        style = ("D" if edge else "") + ("F" if fill else "")
        self._pdf.rect(*corner, *size, style=style)

    def mark(
        self, tone: Tone, x: float, y: float, wide: float, colour: Colour | None = None
    ) -> None:
        """Draws the mark of a tone around its middle: its colour, and a shape that needs none."""
        ink = colour or TONES[tone]
        self._pdf.set_fill_color(*ink)
        if tone is Shade.ALL_OF_US:
            self._ring(x, y, wide, ink)
        elif tone in CORNERS:
            around = [(x + dx * wide, y + dy * wide) for dx, dy in CORNERS[tone]]
            self._pdf.polygon(around, style="F")
        else:
            self._pdf.circle(x, y, wide / 2, style="F")

    def _ring(self, x: float, y: float, wide: float, ink: Colour) -> None:
        self._pdf.set_draw_color(*ink)
        self._pdf.set_line_width(wide * RING)
        self._pdf.circle(x, y, wide * (1 - RING) / 2, style="D")
