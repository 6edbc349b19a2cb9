"""Names of the tones of time in style sheets."""

from __future__ import annotations

from rituals.model.household import Kind, Shade, Tone


def look(tone: Tone) -> str:
    """Class of a tone, and the name of its colour; the two of us has together's own."""
    kind = Kind.TOGETHER if tone is Shade.TWO_OF_US else tone
    return f"lw-{kind.replace(' ', '-')}"
