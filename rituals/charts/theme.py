"""Look of our charts: the grounds' colours, the axes and the frame that all of them have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rituals.model.household import Kind, Shade, Tone

if TYPE_CHECKING:
    import altair as alt


Grammar = dict[str, Any]  # a chart in Vega-Lite
MOST_LABELS = 13  # under one chart, before they touch
DAYS_UP_TO = 53  # weeks; beyond, an axis tells quarters, and far beyond years
QUARTERS_UP_TO = 160
WITHOUT_DAY = r"replace(datum.label, /\b\d\d? /, '')"  # of "5 Jan 2026" or "Jan 5 2026"
QUARTERS = ("Jan", "Apr", "Jul", "Oct")
HOURS = "format(datum.value, '~g') + ' h'"
LAST_HOURS = f"datum.index === 1 ? {HOURS} : ''"


@dataclass(frozen=True)
class Ground:
    """Colours of a screen: each kind's, in the kinds' order, and those of paper and ink."""

    kinds: tuple[str, str, str, str]
    all_of_us: str  # the second shade of together; the first is together's own
    quiet: str
    line: str
    band: str
    ink: str
    paper: str

    def colour(self, tone: Tone) -> str:
        """Colour of a kind or a shade."""
        if tone is Shade.ALL_OF_US:
            return self.all_of_us
        kind = Kind.TOGETHER if isinstance(tone, Shade) else tone
        return self.kinds[list(Kind).index(kind)]


LIGHT = Ground(
    ("#993829", "#5394AC", "#B88714", "#532A6F"),
    all_of_us="#C4745F",
    quiet="#6B6259",
    line="#E9DFD0",
    band="#F0E6D7",
    ink="#2F2A26",
    paper="#FBF7F1",
)
PRINT = replace(LIGHT, paper="#FFFFFF")
DARK = Ground(
    ("#C8503A", "#93D3EC", "#F5D68C", "#7D64BA"),
    all_of_us="#EBA593",
    quiet="#B5A99B",
    line="#423A33",
    band="#332D28",
    ink="#F3EBDF",
    paper="#211D1A",
)


def week_axis(
    labels: Sequence[str], ground: Ground, beside: float = 0, *, few: bool = False
) -> alt.X:
    """Axis of the weeks from left to right; each keeps its place, whatever is known of it.

    `beside` is how much of a week's room is left free at both ends, where marks are points.
    With `few` labels two of them have one.
    """
    import altair as alt

    labelled, label_expr = _marks(labels, 2 if few else MOST_LABELS)
    axis = alt.Axis(
        title=None,
        values=labelled,
        labelExpr=label_expr,
        labelAngle=0,
        ticks=False,
        domainColor=ground.line,
        labelFlush=False,
        labelOverlap="parity",
    )
    scale = alt.Scale(domain=list(labels), padding=beside)
    return alt.X("label:O", axis=axis, scale=scale)


def kind_scale(ground: Ground) -> alt.Scale:
    """Colour scale of the four kinds."""
    import altair as alt

    return alt.Scale(domain=list(Kind), range=list(ground.kinds))


def tone_scale(tones: Sequence[Tone], ground: Ground) -> alt.Scale:
    """Colour scale of these kinds and shades."""
    import altair as alt

    return alt.Scale(domain=list(tones), range=[ground.colour(tone) for tone in tones])


def band_width(part: float) -> alt.RelativeBandSize:
    """Width of a mark as a part of the room that a week has."""
    import altair as alt

    return alt.RelativeBandSize(band=part)


def as_table(heading: str, **rows: str) -> list[alt.Tooltip]:
    """Tooltip as a small table: a field above, and others, each beside what it is called."""
    import altair as alt

    tooltips = (alt.Tooltip(f"{field}:N", title=name) for field, name in rows.items())
    return [alt.Tooltip(f"{heading}:N", title="title"), *tooltips]  # the heading, by its name


def caption_table() -> list[alt.Tooltip]:
    """Tooltip of a row whose words are a caption."""
    return as_table("of", text="Hours")


def layered_chart(layers: Sequence[alt.Chart], ground: Ground, height: int | alt.Step) -> Grammar:
    """Grammar of these layers as one chart, in the look that all of ours have."""
    import altair as alt

    look = alt.Config(
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(gridColor=ground.line, labelColor=ground.quiet),
    )
    grammar: Grammar = alt.LayerChart(layer=list(layers), height=height, config=look).to_dict()
    return grammar


def _marks(labels: Sequence[str], most: int) -> tuple[list[str], str]:
    """Weeks that have a label on the axis, and the Vega expression of its text."""
    if len(labels) <= DAYS_UP_TO:
        every = max(-(-len(labels) // most), 1)
        return list(labels)[::-every], "slice(datum.label, 0, -5)"  # counted from the newest
    if len(labels) <= QUARTERS_UP_TO:
        return _first_of(labels, QUARTERS), WITHOUT_DAY
    return _first_of(labels, QUARTERS[:1]), "slice(datum.label, -4)"


def _first_of(labels: Sequence[str], months: Sequence[str]) -> list[str]:
    """First week of each of these months."""
    firsts: dict[str, str] = {}
    for label in labels:
        *day, year = label.split()  # "5 Jan 2026" or "Jan 5 2026"
        if month := next((month for month in months if month in day), ""):
            firsts.setdefault(f"{month} {year}", label)
    return list(firsts.values())


def hour_axis(field: str, *, few: bool = False) -> alt.Y:
    """Axis of hours, from none upwards; with `few` labels it names the last alone."""
    import altair as alt

    text, count = (LAST_HOURS, 2) if few else (HOURS, 4)
    axis = alt.Axis(title=None, labelExpr=text, tickCount=count, domain=False, ticks=False)
    return alt.Y(f"{field}:Q", axis=axis, scale=alt.Scale(zero=True))
