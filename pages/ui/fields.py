"""Formats of fields for hours and days, in the words of Streamlit."""

from __future__ import annotations

from typing import Literal

from rituals.model.time.formats import Formats


def hour(formats: Formats) -> Literal["12h", "24h"]:
    """The format of a field for a clock time."""
    return "12h" if formats.twelve_hours else "24h"


def day(formats: Formats) -> str:
    """The format of a field for a day."""
    return "MM/DD/YYYY" if formats.month_first else "DD/MM/YYYY"
