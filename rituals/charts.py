"""Finished frames as altair charts. No arithmetic, no dates of today, no colour of judgement.

A chart's grammar depends on its weeks and the ground alone, never on the hours: Streamlit then
swaps only the data in the living chart, and a slider's move repaints without a flicker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from rituals.model import Kind
from rituals.words import KINDS

ORDER = list(Kind)  # from the bottom of every stack to its top
MOST_LABELS = 14  # of weeks under a chart, before they touch at 390 px


@dataclass(frozen=True)
class Ground:
    """The colours a chart is drawn with."""

    kinds: tuple[str, str, str, str]
    ink: str
    quiet: str
    line: str
    band: str


LIGHT = Ground(("#993829", "#5394AC", "#B88714", "#532A6F"), "#2F2A26", "#6B6259", "#E9DFD0", "#F3EBDF")
DARK = Ground(("#D9705C", "#6FB6CF", "#E0B44C", "#A688CE"), "#F3EBDF", "#B5A99B", "#423A33", "#332D28")
