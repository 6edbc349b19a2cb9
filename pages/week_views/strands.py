"""Each strand: what was hoped for as a band, what was lived as dots, and a calm line."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.ui import chart, markdown
from pages.week_views import query
from rituals.charts import images, theme, weeks
from rituals.insights import balance, tables, trends
from rituals.model import wording
from rituals.model.household import Kind, Shade, Strand

KEY = (
    "The band is what you hoped for, give or take. A dot is a week as it happened, and the line "
    "follows the weeks without their ups and downs. A ring is planned. A soft column is a week off."
)


def show(wanted: query.ViewQuery) -> None:
    """The view: one chart for each strand."""
    rows = wanted.rows(trends.LEAD_IN)
    labels = balance.axis_labels(rows)[-len(wanted.shown) :]
    st.caption(KEY)
    household = wanted.household.over(wanted.shown)
    shown = [s for s in household.strands() if s.partner in (None, *_partners(wanted))]
    by_strand = {
        strand: trends.strand_weeks(rows, strand, wanted.ahead, len(labels)) for strand in shown
    }
    names = {strand: wording.strand(strand, wanted.household) for strand in shown}
    for strand in shown[:1]:
        _strand(strand, names[strand], by_strand[strand], labels)
    for column, partner in zip(st.columns(2, gap="large"), wanted.household.partners, strict=True):
        with column:
            for strand in (s for s in shown if s.partner == partner.key):
                _strand(strand, names[strand], by_strand[strand], labels)
    query.show(
        "Where did time come by itself?",
        lambda: tables.strands(
            {names[s]: by_strand[s] for s in shown[:1]}
            | _by_shade(rows, wanted, len(labels))
            | {names[s]: by_strand[s] for s in shown[1:]}
        ),
        query.Picture(
            "each-kind-of-time",
            "Each kind of time",
            partial(_all_of_them, shown, names, labels),
            {_data(strand): by_strand[strand] for strand in shown},
            query.period(wanted),
            KEY,
        ),
    )


def _partners(wanted: query.ViewQuery) -> tuple[str, ...]:
    return (wanted.partner,) if wanted.partner else tuple(p.key for p in wanted.household.partners)


def _by_shade(
    rows: list[balance.Row], wanted: query.ViewQuery, shown: int
) -> dict[str, list[trends.StrandWeek]]:
    """The weeks of each shade of together by its name; none without children."""
    if not wanted.household.over(wanted.shown).children:
        return {}
    together = Strand(Kind.TOGETHER)
    return {
        wording.shade(shade): trends.strand_weeks(
            balance.rows_of_shade(rows, shade), together, wanted.ahead, shown
        )
        for shade in Shade
    }


def _strand(
    strand: Strand, name: str, weeks_of_strand: list[trends.StrandWeek], labels: tuple[str, ...]
) -> None:
    st.markdown(f"{markdown.dot(strand.kind)} **{markdown.plain(name)}**")
    chart.chart(
        lambda ground: weeks.strand(strand.kind, labels, ground),
        f"weeks {strand.kind} {strand.partner}",
        f"{name}: hours hoped for and happened in each week, with a line",
        strand=weeks_of_strand,
    )


def _all_of_them(
    shown: list[Strand], names: dict[Strand, str], labels: tuple[str, ...], ground: theme.Ground
) -> theme.Grammar:
    return images.vertical_concat(
        [(names[s], weeks.strand(s.kind, labels, ground, _data(s))) for s in shown]
    )


def _data(strand: Strand) -> str:
    return f"{strand.kind} {strand.partner or 'both'}"
