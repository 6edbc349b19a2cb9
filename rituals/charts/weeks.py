"""Charts of weeks side by side, by altair, for finished rows.

No arithmetic, no clock, no judgement.

A chart's grammar depends on its weeks and the ground alone, never on the hours. So it is made once
(altair takes some 20 ms to check one), the data is named in it and handed over beside it, and
Streamlit swaps only the data in the living chart: a slider's move repaints without a flicker.
Altair is loaded with the first chart: a start need not wait for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from rituals.charts.theme import (
    DAYS_UP_TO,
    QUARTERS_UP_TO,
    Grammar,
    Ground,
    as_table,
    band_width,
    caption_table,
    hour_axis,
    kind_scale,
    layered_chart,
    tone_scale,
    week_axis,
)
from rituals.model import wording
from rituals.model.household import Kind, Shade, Tone
from rituals.model.wording import Caption

if TYPE_CHECKING:
    import altair as alt

NOTES_UP_TO = 30  # weeks; beyond, a written note in a gap would not fit into it
HIGH = 230  # pixels of a chart's bars where it has the page for itself
PICK = "week"  # the selection: the label of the week that was clicked


def row_as_json(row: NamedTuple) -> dict[str, Any]:
    """A chart's row as JSON: captions as text, whole and in parts, null in place of NaN."""
    values = row._asdict()
    parts = [vars(value) for value in values.values() if isinstance(value, Caption)]
    return {name: _as_json(value) for part in (values, *parts) for name, value in part.items()}


@cache
def weeks(
    labels: tuple[str, ...], tones: tuple[Tone, ...], ground: Ground, height: int = HIGH
) -> Grammar:
    """Stacked hours by kind and week: lived solid, planned softer, hoped as an outline.

    Draws the data named `bars` (balance.stacked_bars) and `gaps` (balance.week_gaps), in the
    tones of its household.
    """
    layers = _weeks(labels, tones, ground, aria=True, lying=height < HIGH)
    return layered_chart(layers, ground, height)


@cache
def clickable_weeks(labels: tuple[str, ...], tones: tuple[Tone, ...], ground: Ground) -> Grammar:
    """Chart of `weeks` in which a click anywhere in a week picks it and shows all of it.

    Draws the data named `wholes` (week_captions) too, in `opened` the open one, and in
    `named` (named_weeks.named_weeks) what stands above a week.
    """
    import altair as alt

    picked = alt.selection_point(PICK, fields=["label"], on="click", clear=False)
    column: dict[str, Any] = {
        "x": week_axis(labels, ground),
        "y": alt.value(0),
        "y2": alt.value("height"),
    }
    opened = alt.Chart(alt.NamedData("opened")).encode(**column)
    shade = opened.mark_bar(aria=False, width=band_width(1), color=ground.quiet, opacity=0.16)
    touch = (
        alt.Chart(alt.NamedData("wholes"))
        .mark_bar(width=band_width(1), opacity=0, cursor="pointer")
        .encode(**column, tooltip=_week_table(tones), description="words:N")
        .add_params(picked)
    )
    drawn = _weeks(labels, tones, ground, aria=False)
    return layered_chart([*drawn, *_names(labels, ground), shade, touch], ground, height=HIGH)


@cache
def strand(kind: Kind, labels: tuple[str, ...], ground: Ground, data: str = "strand") -> Grammar:
    """Chart of one strand: the hoped range as a band, lived as dots, and a calm line.

    What is planned is a ring. Draws the data named `data` (trends.strand_weeks).
    """
    import altair as alt

    colour = ground.colour(kind)
    base = alt.Chart(alt.NamedData(data)).encode(x=week_axis(labels, ground))
    rest = base.transform_filter("datum.grace").mark_bar(
        aria=False, width=band_width(1), color=ground.band
    )
    rests = rest.encode(y=alt.value(0), y2=alt.value("height"))
    band = base.mark_bar(aria=False, color=colour, opacity=0.16, width=band_width(1)).encode(
        y=hour_axis("low"), y2="high:Q"
    )
    line = base.mark_line(aria=False, color=colour, strokeWidth=2, interpolate="monotone").encode(
        y=hour_axis("line")
    )
    small = 40 if len(labels) <= DAYS_UP_TO else 14
    ring = base.mark_point(aria=False, color=colour, size=small, strokeWidth=1.3).encode(
        y=hour_axis("planned")
    )
    dot = base.mark_circle(aria=False, color=colour, size=small, opacity=0.6).encode(
        y=hour_axis("lived")
    )
    return layered_chart([rests, band, line, ring, dot, _touch(base)], ground, height=120)


def _week_table(tones: Sequence[Tone]) -> list[alt.Tooltip]:
    """Tooltip of a week: a line for each kind of time that its household has."""
    kinds = {Kind.TOGETHER if isinstance(tone, Shade) else tone for tone in tones}
    names = {kind.value: wording.KINDS[kind] for kind in Kind if kind in kinds}
    return as_table("heading", **names)


def _as_json(value: Any) -> Any:
    if isinstance(value, Caption):
        return str(value)
    return None if value != value else value


def _weeks(
    labels: tuple[str, ...],
    tones: tuple[Tone, ...],
    ground: Ground,
    *,
    aria: bool,
    lying: bool = False,
) -> list[alt.Chart]:
    import altair as alt

    base = alt.Chart(alt.NamedData("bars")).encode(
        x=week_axis(labels, ground, few=lying),
        y=hour_axis("hours", few=lying),
        order="order:Q",
    )
    if aria:
        base = base.encode(tooltip=caption_table(), description="words:N")
    fill = alt.Fill("tone:N", scale=tone_scale(tones, ground), legend=None)
    stroke = alt.Stroke("kind:N", scale=kind_scale(ground), legend=None)
    solid = alt.condition("datum.state === 'lived'", alt.value(1), alt.value(0.5))
    drawn = alt.condition("datum.hours > 0", alt.value(1.6), alt.value(0))
    full = base.transform_filter("datum.state !== 'hoped'").mark_bar(
        aria=aria, width=band_width(_broad(labels))
    )
    outline = base.transform_filter("datum.state === 'hoped'").mark_bar(
        aria=aria, width=band_width(0.86), fillOpacity=0
    )
    return [
        *_gaps(labels, ground, aria=aria, lying=lying),
        full.encode(fill=fill, opacity=solid),
        outline.encode(stroke=stroke, strokeWidth=drawn),
        _dots(labels, ground, aria=aria, lying=lying),
    ]


def _names(labels: tuple[str, ...], ground: Ground) -> list[alt.Chart]:
    """Names of weeks, upwards from their bars; the axis reaches so high that they fit."""
    import altair as alt

    base = alt.Chart(alt.NamedData("named")).encode(x=week_axis(labels, ground))
    fits = len(labels) <= NOTES_UP_TO
    name = base.mark_text(
        aria=False,
        angle=270,
        align="left",
        dx=5,
        color=ground.quiet,
        opacity=1 if fits else 0,
    ).encode(y=hour_axis("hours"), text="name:N")
    room = base.mark_point(aria=False, opacity=0, size=0).encode(y=hour_axis("room"))
    return [name, room] if fits else [name]


def _dots(labels: tuple[str, ...], ground: Ground, *, aria: bool, lying: bool) -> alt.Chart:
    """Dots above each week that is said in part, for there may be more of it."""
    import altair as alt

    opacity = 1 if len(labels) <= DAYS_UP_TO else 0
    base = alt.Chart(alt.NamedData("bars")).transform_filter("datum.top > 0")
    dots = base.mark_text(
        aria=aria,
        text="…",
        baseline="alphabetic",
        dy=-4,
        fontSize=17,
        color=ground.ink,
        opacity=opacity,
    ).encode(x=week_axis(labels, ground, few=lying), y=hour_axis("top", few=lying))
    chart: alt.Chart = dots.encode(tooltip="note:N", description="note:N") if aria else dots
    return chart


def _broad(labels: Sequence[str]) -> float:
    """Part of a week's room that a bar takes: thin ones touch, or paper would make them pale."""
    if len(labels) <= DAYS_UP_TO:
        return 0.62
    return 0.86 if len(labels) <= QUARTERS_UP_TO else 1


def _gaps(labels: Sequence[str], ground: Ground, *, aria: bool, lying: bool) -> list[alt.Chart]:
    """Soft band over each week of grace, and a quiet note in each that nobody wrote down.

    In a low chart a note lies, a line a word.
    """
    import altair as alt

    base = alt.Chart(alt.NamedData("gaps")).encode(x=week_axis(labels, ground, few=lying))
    band = base.transform_filter("datum.grace").mark_bar(
        aria=False, width=band_width(1), color=ground.band
    )
    fits = len(labels) <= NOTES_UP_TO
    upright: dict[str, Any] = {"angle": 270, "align": "left", "dx": 4}
    flat: dict[str, Any] = {"lineBreak": " ", "align": "center", "baseline": "bottom", "dy": -34}
    note = base.mark_text(
        aria=aria,
        fontStyle="italic",
        color=ground.quiet,
        opacity=1 if fits else 0,
        **(flat if lying else upright),
    ).encode(y=alt.value("height"), text="note:N")
    if aria:
        note = note.encode(tooltip=caption_table(), description="words:N")
    return [band.encode(y=alt.value(0), y2=alt.value("height")), note]


def _touch(base: alt.Chart) -> alt.Chart:
    """Unseen marks over the full height that speak the words of each row.

    The marks themselves may be missing, and of those Vega would make a picture without a name.
    """
    import altair as alt

    unseen: alt.Chart = base.mark_bar(width=band_width(1), opacity=0)
    return unseen.encode(
        y=alt.value(0), y2=alt.value("height"), tooltip=caption_table(), description="words:N"
    )
