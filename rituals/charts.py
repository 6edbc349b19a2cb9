"""The grammar of our charts, by altair, for finished frames. No arithmetic, no clock, no judgement.

A chart's grammar depends on its weeks and the ground alone, never on the hours. So it is made once
(altair takes some 20 ms to check one), the data is named in it and handed over beside it, and
Streamlit swaps only the data in the living chart: a slider's move repaints without a flicker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt

from rituals.model import Kind

Grammar = dict[str, Any]  # a chart in Vega-Lite
MOST_LABELS = 13  # under one chart, before they touch
NOTES_UP_TO = 30  # weeks; beyond, a written note in a gap would not fit into it


@dataclass(frozen=True)
class Ground:
    """The colours of a screen: each kind's, in the kinds' order, and those of paper and ink."""

    kinds: tuple[str, str, str, str]
    quiet: str
    line: str
    band: str


LIGHT = Ground(("#993829", "#5394AC", "#B88714", "#532A6F"), "#6B6259", "#E9DFD0", "#F0E6D7")
DARK = Ground(("#C8503A", "#93D3EC", "#F5D68C", "#7D64BA"), "#B5A99B", "#423A33", "#332D28")


@cache
def weeks(labels: tuple[str, ...], ground: Ground) -> Grammar:
    """Stacked hours by kind and week: lived solid, planned softer, hoped as an outline.

    Draws the data named `bars` (balance.stacked) and `gaps` (balance.unwritten).
    """
    base = alt.Chart(alt.NamedData("bars")).encode(
        x=_week_axis(labels, ground),
        y=_hour_axis("hours"),
        order="order:Q",
        tooltip="words:N",
        description="words:N",
    )
    fill = alt.Fill("kind:N", scale=_kind_scale(ground), legend=None)
    stroke = alt.Stroke("kind:N", scale=_kind_scale(ground), legend=None)
    solid = alt.condition("datum.state === 'lived'", alt.value(1), alt.value(0.5))
    full = base.transform_filter("datum.state !== 'hoped'").mark_bar(width=_wide(0.62))
    outline = base.transform_filter("datum.state === 'hoped'").mark_bar(
        width=_wide(0.86), fillOpacity=0, strokeWidth=1.6
    )
    layers = [
        *_gaps(labels, ground),
        full.encode(fill=fill, opacity=solid),
        outline.encode(stroke=stroke),
    ]
    return _framed(layers, ground, height=230)


@cache
def strand(kind: Kind, labels: tuple[str, ...], ground: Ground) -> Grammar:
    """One strand over the weeks: the hoped range as a band, planned as rings, lived as dots.

    Draws the data named `strand` (balance.strand_weeks).
    """
    colour = ground.kinds[list(Kind).index(kind)]
    base = alt.Chart(alt.NamedData("strand")).encode(
        x=_week_axis(labels, ground), tooltip="words:N", description="words:N"
    )
    band = base.mark_bar(color=colour, opacity=0.18, width=_wide(1)).encode(
        y=_hour_axis("low"), y2="high:Q"
    )
    ring = base.mark_point(color=colour, size=42, strokeWidth=1.3, opacity=0.75).encode(
        y=_hour_axis("planned")
    )
    dot = base.mark_circle(color=colour, size=46, opacity=1).encode(y=_hour_axis("lived"))
    return _framed([band, ring, dot], ground, height=120)


def _gaps(labels: Sequence[str], ground: Ground) -> list[alt.Chart]:
    """A soft band over each week of grace, and a quiet note in each that nobody wrote down."""
    base = alt.Chart(alt.NamedData("gaps")).encode(
        x=_week_axis(labels, ground), tooltip="words:N", description="words:N"
    )
    band = base.transform_filter("datum.grace").mark_bar(width=_wide(1), color=ground.band)
    layers = [band.encode(y=alt.value(0), y2=alt.value("height"))]
    if len(labels) <= NOTES_UP_TO:
        note = base.mark_text(angle=270, align="left", fontStyle="italic", color=ground.quiet)
        layers.append(note.encode(y=alt.value("height"), text="note:N"))
    return layers


def _week_axis(labels: Sequence[str], ground: Ground) -> alt.X:
    every = max(-(-len(labels) // MOST_LABELS), 1)
    axis = alt.Axis(
        title=None,
        values=list(labels)[::-every],  # counted from the newest
        labelAngle=0,
        ticks=False,
        domainColor=ground.line,
        labelFlush=False,
        labelOverlap="parity",
    )
    scale = alt.Scale(domain=list(labels), padding=0)
    return alt.X("label:O", axis=axis, scale=scale)


def _hour_axis(field: str) -> alt.Y:
    axis = alt.Axis(
        title=None,
        labelExpr="format(datum.value, '~g') + ' h'",
        tickCount=4,
        domain=False,
        ticks=False,
    )
    return alt.Y(
        f"{field}:Q",
        axis=axis,
        scale=alt.Scale(zero=True),
    )


def _kind_scale(ground: Ground) -> alt.Scale:
    return alt.Scale(domain=list(Kind), range=list(ground.kinds))


def _wide(part: float) -> alt.RelativeBandSize:
    return alt.RelativeBandSize(band=part)


def _framed(layers: Sequence[alt.Chart], ground: Ground, height: int) -> Grammar:
    look = alt.Config(
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(gridColor=ground.line, labelColor=ground.quiet),
    )
    grammar: Grammar = alt.LayerChart(layer=list(layers), height=height, config=look).to_dict()
    return grammar
