"""A PDF to write on. Whoever imports this waits for fpdf2."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fpdf import FPDF
from fpdf.line_break import Fragment


class Document(FPDF):
    """A PDF in which what is written at once is in one font, and shaped as a whole.

    By itself fpdf2 takes a text apart at every vowel sign and joiner, as at any change of script,
    and looks which way each part runs; what is written at once runs one way, which is known.
    """

    def __init__(self, **paper: Any) -> None:
        super().__init__(**paper)
        self.c_margin = 0
        self.alias_nb_pages("")  # "{nb}" in a title is no number of pages

    def _parse_chars(self, text: str, *_: Any, **__: Any) -> Iterator[Fragment]:
        yield Fragment(text, self._get_current_graphics_state(), self.k)

    def _preload_bidirectional_text(self, text: str, markdown: bool) -> Sequence[Fragment]:
        if self.text_shaping:
            way = self.text_shaping["direction"]
            self.text_shaping.update(paragraph_direction=way, fragment_direction=way)
        return self._preload_font_styles(text, markdown)
