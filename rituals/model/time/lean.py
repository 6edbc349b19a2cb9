"""Lean of a ritual: the end of its hours that it would rather lie at, or an hour of its own."""

from __future__ import annotations

from datetime import time
from enum import StrEnum

from rituals.model.time.window import Anchor, NotationError, read_hour, write_hour
from rituals.text import quoted


class Lean(StrEnum):
    """Part of its hours in which a ritual would rather lie."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


def read_lean(text: str) -> Lean | time:
    """The lean of "start", "middle", "end" or "19:30"; raises NotationError that quotes it."""
    if text in set(Lean):
        return Lean(text)
    try:
        hour = read_hour(text)
    except ValueError:
        hour = None
    if hour is None or isinstance(hour, Anchor):
        raise NotationError(
            f"“{quoted(text)}” is no part of a ritual’s hours; write start, middle, end, "
            "or an hour like “19:30”."
        )
    return hour


def write_lean(lean: Lean | time) -> str:
    """A lean as it is read: "start", or "19:30"."""
    return lean.value if isinstance(lean, Lean) else write_hour(lean)
