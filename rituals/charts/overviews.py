"""Charts that take in many weeks at once: the two of us, our rhythm, our rituals, a year.

Made as those in `weeks` are: a grammar depends on names and the ground alone, never on hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from rituals.charts.theme import (
    DAYS_UP_TO,
    QUARTERS_UP_TO,
    Grammar,
    Ground,
    as_table,
    caption_table,
    kind_scale,
    layered_chart,
    week_axis,
)
from rituals.model.time.day_parts import PARTS

if TYPE_CHECKING:
    import altair as alt

MONTHS = {1: "Jan", 14: "Apr", 27: "Jul", 40: "Oct"}  # by the week in which a quarter begins
WEEKS = list(range(1, 54))
VALUE = 44  # pixels: how wide the hours beside a bar are
ROW = 26  # pixels for each, however many there are
PALEST = 0.1  # of the ink of a cell that is known and holds no time


@cache
def two_of_us(kinds: tuple[str, ...], ground: Ground) -> Grammar:
    """Each partner's own hours, one to the left and one to the right of the middle.

    Draws the data named `sides` (trends.usual_weeks) and `ends` (trends.scale_ends): the latter
    gives both sides one scale and their names.
    """
    import altair as alt

    away = "format(abs(datum.value), '~g') + ' h'"
    across = alt.X(
        "x:Q",
        axis=alt.Axis(title=None, labelExpr=away, tickCount=6, domain=False, ticks=False),
        scale=alt.Scale(nice=False, padding=VALUE),
    )
    rows = alt.Y(
        "name:N",
        axis=alt.Axis(
            title=None, domain=False, ticks=False, labelFlush=False, labelFontSize=13, labelLimit=0
        ),
        scale=alt.Scale(domain=list(kinds), paddingInner=0.3, paddingOuter=0.15),
    )
    bars = (
        alt.Chart(alt.NamedData("sides"))
        .mark_bar(cornerRadius=3)
        .encode(
            x=across,
            y=rows,
            fill=alt.Fill("kind:N", scale=kind_scale(ground), legend=None),
            tooltip=as_table("partner", name="Kind of time", value="In a usual week"),
            description="words:N",
        )
    )
    values = alt.Chart(alt.NamedData("sides")).encode(x=across, y=rows, text="value:N")
    its: dict[str, Any] = {"aria": False, "fontSize": 13, "color": ground.ink}
    beside = [
        values.transform_filter("datum.is_left").mark_text(align="right", dx=-6, **its),
        values.transform_filter("!datum.is_left").mark_text(align="left", dx=6, **its),
    ]
    zero = alt.Chart(alt.NamedData("ends")).mark_rule(aria=False, color=ground.quiet)
    middle = zero.encode(x=alt.X("zero:Q"))
    names = alt.Chart(alt.NamedData("ends")).encode(x=across, y=alt.value(-8), text="name:N")
    left = names.transform_filter("datum.x < 0").mark_text(
        align="left", fontSize=14, color=ground.ink
    )
    right = names.transform_filter("datum.x > 0").mark_text(
        align="right", fontSize=14, color=ground.ink
    )
    return layered_chart([bars, *beside, middle, left, right], ground, height=150)


@cache
def rhythm(days: tuple[str, ...], ground: Ground) -> Grammar:
    """Hours together on weekdays by parts of the day, in one hue.

    Draws the data named `cells` (weekday_hours.weekday_cells).
    """
    import altair as alt

    chart = (
        alt.Chart(alt.NamedData("cells"))
        .mark_rect(cornerRadius=6, stroke=ground.paper, strokeWidth=4, fill=ground.kinds[0])
        .encode(
            x=alt.X(
                "day:O",
                axis=alt.Axis(
                    title=None,
                    orient="top",
                    labelExpr="slice(datum.label, 0, 3)",
                    labelAngle=0,
                    domain=False,
                    ticks=False,
                ),
                scale=alt.Scale(domain=list(days)),
            ),
            y=alt.Y(
                "part:O",
                axis=alt.Axis(title=None, domain=False, ticks=False, labelFlush=False),
                scale=alt.Scale(domain=list(PARTS)),
            ),
            opacity=_ink(),
            tooltip=as_table("day", part="Time of day", value="Together"),
            description="words:N",
        )
    )
    return layered_chart([chart], ground, height=220)


@cache
def rituals(titles: tuple[str, ...], labels: tuple[str, ...], ground: Ground) -> Grammar:
    """Weeks in which each ritual was lived, a dot each, larger for more often.

    Draws the data named `dots` (ritual_history.dots).
    """
    import altair as alt

    chart = (
        alt.Chart(alt.NamedData("dots"))
        .mark_circle(opacity=0.85)
        .encode(
            x=week_axis(labels, ground, beside=0.5),
            y=alt.Y(
                "title:N",
                axis=alt.Axis(
                    title=None,
                    domain=False,
                    ticks=False,
                    labelFlush=False,
                    grid=True,
                    labelLimit=150,
                ),
                scale=alt.Scale(domain=list(titles)),
            ),
            size=alt.Size(
                "times:Q",
                scale=alt.Scale(domain=[0, 7], range=[0, _largest(labels)], clamp=True),
                legend=None,
            ),
            fill=alt.Fill("kind:N", scale=kind_scale(ground), legend=None),
            tooltip=as_table("title", week="When", often="It happened"),
            description="words:N",
        )
    )
    return layered_chart([chart], ground, height=alt.Step(ROW))


@cache
def year(years: tuple[str, ...], ground: Ground) -> Grammar:
    """Cells for the weeks, a row for each year: deeper for more time together.

    Draws the data named `cells` (years.week_cells).
    """
    import altair as alt

    base = alt.Chart(alt.NamedData("cells")).encode(
        x=alt.X(
            "number:O",
            axis=alt.Axis(
                title=None,
                orient="top",
                values=list(MONTHS),
                labelExpr=_months(),
                labelAngle=0,
                labelAlign="left",
                domain=False,
                ticks=False,
            ),
            scale=alt.Scale(domain=WEEKS),
        ),
        y=alt.Y(
            "year:O",
            axis=alt.Axis(title=None, domain=False, ticks=False, labelFlush=False),
            scale=alt.Scale(domain=list(years)),
        ),
    )
    lived = base.transform_filter("datum.state === 'lived'").mark_rect(
        aria=False, cornerRadius=3, fill=ground.kinds[0]
    )
    rest = base.transform_filter("datum.state === 'grace'").mark_rect(
        aria=False, cornerRadius=3, color=ground.band
    )
    cell = base.mark_rect(cornerRadius=3, fillOpacity=0, stroke=ground.line, strokeWidth=1).encode(
        tooltip=caption_table(), description="words:N"
    )
    return layered_chart([rest, lived.encode(opacity=_ink()), cell], ground, height=alt.Step(ROW))


def _largest(labels: Sequence[str]) -> int:
    """Area of the largest dot, in square pixels, which leaves room for its neighbours."""
    if len(labels) <= DAYS_UP_TO:
        return 220
    return 90 if len(labels) <= QUARTERS_UP_TO else 20


def _ink() -> alt.Opacity:
    import altair as alt

    return alt.Opacity(
        "hours:Q", scale=alt.Scale(range=[PALEST, 1], zero=True, nice=False), legend=None
    )


def _months() -> str:
    names = " : ".join(f"datum.value === {week} ? '{name}'" for week, name in MONTHS.items())
    return f"{names} : ''"
